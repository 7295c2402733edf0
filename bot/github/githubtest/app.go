package githubtest

import (
	"cmp"
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// An App is a GitHub App that is installed in the fake's repository. It shows who
// it is with a token that it signs, and is given tokens for its installation.
type App struct {
	ID           int64
	Slug         string
	Key          *rsa.PublicKey
	Installation int64
	Life         time.Duration // of an installation's token; 0 for GitHub's hour
}

// ofApp says whether a path is for the App itself, not for an installation.
func ofApp(path string) bool {
	return path == "/app" || strings.HasPrefix(path, "/app/") || path == "/repos/o/r/installation"
}

// bearer is the token that a request is signed with; "" for none.
func bearer(r *http.Request) string {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") && !strings.EqualFold(scheme, "token") {
		return ""
	}
	return token
}

// admit refuses whom GitHub does not know.
func (f *Fake) admit(w http.ResponseWriter, r *http.Request) bool {
	if r.Header.Get("User-Agent") == "" {
		refuse(w, http.StatusForbidden, "Request forbidden by administrative rules")
		return false
	}
	token := bearer(r)
	if ofApp(r.URL.Path) {
		if fault := f.App.verify(token, f.Now()); fault != "" {
			refuse(w, http.StatusUnauthorized, fault)
			return false
		}
		return true
	}
	expires, given := f.tokens[token]
	if token != Token && !(given && f.Now().Before(expires)) {
		refuse(w, http.StatusUnauthorized, "Bad credentials")
		return false
	}
	return true
}

// verify checks a token that the App signed: an RS256 JSON Web Token of at most
// ten minutes. It says
// what GitHub says against it; "" for nothing.
func (a *App) verify(token string, now time.Time) string {
	const undecodable = "A JSON web token could not be decoded"
	parts := strings.Split(token, ".")
	if a == nil || len(parts) != 3 {
		return undecodable
	}
	var header struct{ Alg string }
	var claims struct {
		Issuer  any   `json:"iss"`
		Issued  int64 `json:"iat"`
		Expires int64 `json:"exp"`
	}
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil || decode(parts[0], &header) != nil || header.Alg != "RS256" || decode(parts[1], &claims) != nil {
		return undecodable
	}
	digest := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	if rsa.VerifyPKCS1v15(a.Key, crypto.SHA256, digest[:], signature) != nil {
		return undecodable
	}
	issued, expires := time.Unix(claims.Issued, 0), time.Unix(claims.Expires, 0)
	switch {
	case claims.Issuer != strconv.FormatInt(a.ID, 10) && claims.Issuer != float64(a.ID):
		return "'Issuer' claim ('iss') must be the App's ID"
	case claims.Issued == 0 || issued.After(now.Add(time.Second)):
		return "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued"
	case !expires.After(now):
		return "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires"
	case expires.Sub(issued) > 10*time.Minute:
		return "'Expiration time' claim ('exp') is too far in the future"
	}
	return ""
}

func decode(part string, into any) error {
	data, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil {
		return err
	}
	return json.Unmarshal(data, into)
}

// permissions are those of the App.
var permissions = map[string]string{"checks": "write", "contents": "write", "metadata": "read", "pull_requests": "write"}

var events = []string{"pull_request", "issue_comment", "check_run"}

func appShape(slug string, id int64) object {
	return object{
		"id": id, "slug": slug, "node_id": node("Integration", id), "owner": Account("o"), "name": cmp.Or(slug, "App"), "description": nil,
		"external_url": "https://app.example", "html_url": site + "/apps/" + slug, "created_at": Dawn, "updated_at": Dawn, "permissions": permissions, "events": events,
	}
}

func (f *Fake) installationShape() object {
	id := strconv.FormatInt(f.App.Installation, 10)
	return object{
		"id": f.App.Installation, "account": Account("o"), "app_id": f.App.ID, "app_slug": f.App.Slug, "target_id": number("o"), "target_type": "User",
		"repository_selection": "selected", "permissions": permissions, "events": events, "single_file_name": nil,
		"access_tokens_url": api + "/app/installations/" + id + "/access_tokens", "repositories_url": api + "/installation/repositories", "html_url": site + "/settings/installations/" + id,
		"created_at": Dawn, "updated_at": Dawn, "suspended_by": nil, "suspended_at": nil,
	}
}

func (f *Fake) getApp(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, appShape(f.App.Slug, f.App.ID))
}

func (f *Fake) getInstallation(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, f.installationShape())
}

func (f *Fake) getInstallations(w http.ResponseWriter, r *http.Request) {
	answer(w, http.StatusOK, paged(w, r, []object{f.installationShape()}))
}

// getRepositories lists what an installation may reach; a user's token has none.
func (f *Fake) getRepositories(w http.ResponseWriter, r *http.Request) {
	if bearer(r) == Token {
		refuse(w, http.StatusForbidden, "You must authenticate with an installation access token in order to list repositories for an installation.")
		return
	}
	answer(w, http.StatusOK, object{"total_count": 1, "repositories": paged(w, r, []repository{f.repository()})})
}

func (f *Fake) postAccessToken(w http.ResponseWriter, r *http.Request) {
	if !isNamed(r, f.App.Installation) {
		notFound(w)
		return
	}
	f.Tokens++
	token := fmt.Sprintf("ghs_%036d", f.Tokens)
	expires := f.now().Add(cmp.Or(f.App.Life, time.Hour))
	f.tokens[token] = expires
	answer(w, http.StatusCreated, object{"token": token, "expires_at": expires, "permissions": permissions, "repository_selection": "selected"})
}
