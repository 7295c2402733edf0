package pages

import (
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/oauth2"
)

// A SignIn is the gate where a forge says who people are, by OAuth with state and PKCE. It
// keeps no token: what the forge said stands in a signed cookie until it expires.
type SignIn struct {
	Forge  string        // "github", "gitlab"
	API    string        // root of the forge's API, with a slash at its end
	OAuth  oauth2.Config // with the address of Callback
	Key    []byte        // signs the cookies
	Groups []string      // those to ask the forge about
	Log    *slog.Logger
	Now    func() time.Time
}

// Where signing in begins and ends.
const (
	begin = Root + "sign-in"
	// Callback is where the forge sends people back to.
	Callback = Root + "callback"
)

// Cookies. The prefix keeps other hosts and paths from setting them.
const (
	sessionCookie = "__Host-austauschbar"
	signInCookie  = "__Host-austauschbar-sign-in"
	sessionTime   = 8 * time.Hour
	signInTime    = 10 * time.Minute
)

// A session is what the cookie of somebody signed in says.
type session struct {
	Name    string   `json:"name"`
	Groups  []string `json:"groups"`
	Expires int64    `json:"expires"` // seconds since 1970
}

// A signingIn is what the cookie of somebody on the way says.
type signingIn struct {
	State    string `json:"state"`
	Verifier string `json:"verifier"`
	Expires  int64  `json:"expires"`
}

// An Application is what a forge knows us by.
type Application struct {
	Forge      string // "github", "gitlab"
	Root       string // address of the forge; "" for github.com or gitlab.com
	Address    string // of our server: "https://austauschbar.example.org"
	ID, Secret string
}

// NewSignIn makes the gate of an application. The key signs cookies; the forge is asked
// about these groups.
func NewSignIn(of Application, key []byte, groups []string, log *slog.Logger) SignIn {
	root := strings.TrimSuffix(of.Root, "/")
	s := SignIn{Forge: of.Forge, Key: key, Groups: groups, Log: log, Now: time.Now}
	s.OAuth = oauth2.Config{ClientID: of.ID, ClientSecret: of.Secret, RedirectURL: of.Address + Callback}
	s.OAuth.Endpoint.AuthStyle = oauth2.AuthStyleInParams
	switch {
	case of.Forge == "gitlab":
		root = cmp.Or(root, "https://gitlab.com")
		s.API, s.OAuth.Scopes = root+"/api/v4/", []string{"read_api"}
		s.OAuth.Endpoint.AuthURL, s.OAuth.Endpoint.TokenURL = root+"/oauth/authorize", root+"/oauth/token"
		return s
	case root == "" || root == "https://github.com":
		root, s.API = "https://github.com", "https://api.github.com/"
	default:
		s.API = root + "/api/v3/"
	}
	s.OAuth.Scopes = []string{"read:org"}
	s.OAuth.Endpoint.AuthURL, s.OAuth.Endpoint.TokenURL = root+"/login/oauth/authorize", root+"/login/oauth/access_token"
	return s
}

// Wrap answers what signing in needs, and hands on the rest.
func (s SignIn) Wrap(pages http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+begin, s.begin)
	mux.HandleFunc("GET "+Callback, s.callback)
	mux.Handle(Root, pages)
	return mux
}

// Who reads the session.
func (s SignIn) Who(r *http.Request) (Person, bool) {
	var said session
	if !s.cookie(r, sessionCookie, &said) || s.Now().Unix() >= said.Expires {
		return Person{}, false
	}
	return Person{said.Name, said.Groups}, true
}

// Unknown sends people who look for a page to the forge.
func (s SignIn) Unknown(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet {
		Refuse(w)
		return
	}
	http.Redirect(w, r, begin, http.StatusSeeOther)
}

func (s SignIn) begin(w http.ResponseWriter, r *http.Request) {
	Guard(w.Header())
	way := signingIn{State: rand.Text(), Verifier: oauth2.GenerateVerifier(), Expires: s.Now().Add(signInTime).Unix()}
	s.set(w, signInCookie, signInTime, way)
	http.Redirect(w, r, s.OAuth.AuthCodeURL(way.State, oauth2.S256ChallengeOption(way.Verifier)), http.StatusSeeOther)
}

func (s SignIn) callback(w http.ResponseWriter, r *http.Request) {
	Guard(w.Header())
	var way signingIn
	asked := r.URL.Query()
	valid := s.cookie(r, signInCookie, &way) && s.Now().Unix() < way.Expires && hmac.Equal([]byte(way.State), []byte(asked.Get("state")))
	http.SetCookie(w, expired(signInCookie))
	if !valid || asked.Get("code") == "" {
		Refuse(w)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), 30*time.Second)
	defer cancel()
	person, err := s.person(ctx, asked.Get("code"), way.Verifier)
	if err != nil {
		s.Log.Warn("sign-in failed", "error", err)
		Refuse(w)
		return
	}
	s.set(w, sessionCookie, sessionTime, session{person.Name, person.Groups, s.Now().Add(sessionTime).Unix()})
	http.Redirect(w, r, Root, http.StatusSeeOther)
}

// person asks the forge who has come with a code, and in which of our groups they are.
func (s SignIn) person(ctx context.Context, code, verifier string) (Person, error) {
	token, err := s.OAuth.Exchange(ctx, code, oauth2.VerifierOption(verifier))
	if err != nil {
		if refused := (*oauth2.RetrieveError)(nil); errors.As(err, &refused) { // whose body may hold what it should not
			err = fmt.Errorf("the forge refuses the code: %s", refused.ErrorCode)
		}
		return Person{}, err
	}
	client := s.OAuth.Client(ctx, token)
	var user struct {
		ID       int64  `json:"id"`
		Login    string `json:"login"`    // GitHub's
		Username string `json:"username"` // GitLab's
	}
	if _, err := s.get(ctx, client, "user", &user); err != nil {
		return Person{}, err
	}
	person := Person{Name: user.Login}
	if s.Forge == "gitlab" {
		person.Name = user.Username
	}
	if person.Name == "" {
		return Person{}, errors.New("the forge tells no name")
	}
	for _, group := range s.Groups {
		in, err := s.isIn(ctx, client, group, person.Name, user.ID)
		if err != nil {
			return Person{}, err
		}
		if in {
			person.Groups = append(person.Groups, group)
		}
	}
	return person, nil
}

// isIn asks about a group: on GitHub "organisation" or "organisation/team", on GitLab
// "group/subgroup", in which also those are who are in a group above. Only members count
// who are active.
func (s SignIn) isIn(ctx context.Context, client *http.Client, group, name string, id int64) (bool, error) {
	if s.Forge == "gitlab" {
		var member struct {
			State       string `json:"state"`
			AccessLevel int    `json:"access_level"`
		}
		found, err := s.get(ctx, client, fmt.Sprintf("groups/%s/members/all/%d", url.PathEscape(group), id), &member)
		return found && member.State == "active" && member.AccessLevel > 0, err
	}
	at := "user/memberships/orgs/" + url.PathEscape(group)
	if organisation, team, ok := strings.Cut(group, "/"); ok {
		at = "orgs/" + url.PathEscape(organisation) + "/teams/" + url.PathEscape(team) + "/memberships/" + url.PathEscape(name)
	}
	var membership struct {
		State string `json:"state"`
	}
	found, err := s.get(ctx, client, at, &membership)
	return found && membership.State == "active", err
}

// get reads an answer of the forge's API; false where there is nothing for this person.
func (s SignIn) get(ctx context.Context, client *http.Client, at string, into any) (bool, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.API+at, nil)
	if err != nil {
		return false, err
	}
	request.Header.Set("Accept", "application/json")
	response, err := client.Do(request)
	if err != nil {
		return false, err
	}
	defer response.Body.Close()
	switch {
	case slices.Contains([]int{http.StatusNotFound, http.StatusForbidden}, response.StatusCode) && at != "user":
		return false, nil
	case response.StatusCode != http.StatusOK:
		return false, fmt.Errorf("ask the forge for %s: %s", at, response.Status)
	}
	if err := json.NewDecoder(io.LimitReader(response.Body, 1<<20)).Decode(into); err != nil {
		return false, fmt.Errorf("ask the forge for %s: %w", at, err)
	}
	return true, nil
}

// set sets a cookie that nobody else can make.
func (s SignIn) set(w http.ResponseWriter, name string, lasts time.Duration, value any) {
	data, err := json.Marshal(value)
	if err != nil {
		panic(err) // of texts and numbers
	}
	text := base64.RawURLEncoding.EncodeToString(data)
	cookie := expired(name)
	cookie.Value, cookie.MaxAge = text+"."+base64.RawURLEncoding.EncodeToString(s.sign(name, text)), int(lasts.Seconds())
	http.SetCookie(w, cookie)
}

// expired is a cookie that takes away one. It is sent along a link from elsewhere, as the
// forge's way back is one.
func expired(name string) *http.Cookie {
	return &http.Cookie{Name: name, Path: "/", MaxAge: -1, HttpOnly: true, Secure: true, SameSite: http.SameSiteLaxMode}
}

// cookie reads one of ours; false for none.
func (s SignIn) cookie(r *http.Request, name string, into any) bool {
	cookie, err := r.Cookie(name)
	if err != nil {
		return false
	}
	text, signature, _ := strings.Cut(cookie.Value, ".")
	sum, err := base64.RawURLEncoding.DecodeString(signature)
	if err != nil || !hmac.Equal(sum, s.sign(name, text)) {
		return false
	}
	data, err := base64.RawURLEncoding.DecodeString(text)
	return err == nil && json.Unmarshal(data, into) == nil
}

// sign signs a cookie's text for its name, so that one cannot stand in for another.
func (s SignIn) sign(name, text string) []byte {
	mac := hmac.New(sha256.New, s.Key)
	fmt.Fprintf(mac, "%s\x00%s", name, text)
	return mac.Sum(nil)
}
