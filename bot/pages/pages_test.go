package pages

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"github.com/austauschbar/austauschbar"
)

// past is a history of reviews whose text is their id.
type past []austauschbar.HistoryEntry

func (p past) Reviews(_ context.Context, may func(austauschbar.Change) bool) ([]austauschbar.HistoryEntry, error) {
	return slices.DeleteFunc(slices.Clone(p), func(e austauschbar.HistoryEntry) bool { return !may(e.Change) }), nil
}

func (p past) Review(_ context.Context, id string) (austauschbar.HistoryEntry, []byte, error) {
	for _, entry := range p {
		if entry.ID == id {
			return entry, []byte(id), nil
		}
	}
	return austauschbar.HistoryEntry{}, nil, errors.New("none")
}

// plainly speaks as a test reads.
type plainly struct{}

func (plainly) HistoryTrends(out io.Writer, trends []austauschbar.HistoryTrend) error {
	for _, trend := range trends {
		fmt.Fprintf(out, "%s %d x%d;", trend.Last().Change.Repository, trend.Last().Change.Number, len(trend.Entries))
	}
	return nil
}

func (plainly) HistoryTrend(out io.Writer, trend austauschbar.HistoryTrend) error {
	return plainly{}.HistoryTrends(out, []austauschbar.HistoryTrend{trend})
}

func (plainly) HistoryCriteria(out io.Writer, criteria []austauschbar.HistoryCriterion) error {
	_, err := fmt.Fprint(out, criteria)
	return err
}

func (plainly) HistorySettings(out io.Writer, settings []austauschbar.HistorySetting) error {
	_, err := fmt.Fprint(out, settings)
	return err
}

func (plainly) HistoryHealth(out io.Writer, health austauschbar.HistoryHealth) error {
	_, err := fmt.Fprint(out, health.Waiting)
	return err
}

func (plainly) HistoryPolicy() string { return "default-src 'none'" }

func (plainly) Report(out io.Writer, _ austauschbar.HistoryEntry, review []byte) (string, error) {
	_, err := out.Write(review)
	return "default-src 'none'", err
}

func entry(id, instance, repository string, number, minute int, fired map[string]austauschbar.HistoryFired) austauschbar.HistoryEntry {
	return austauschbar.HistoryEntry{
		ID: id, Change: austauschbar.Change{Forge: "github", Instance: instance, Repository: repository, Number: number, Head: id}, Dossier: "d",
		Kept: time.Unix(int64(60*minute), 0), HistorySummary: austauschbar.HistorySummary{Fired: fired},
	}
}

var kept = past{
	entry("a1", "", "stadt/a", 1, 1, map[string]austauschbar.HistoryFired{"EX-02": {Open: 3}}),
	entry("b1", "", "stadt/b", 1, 2, map[string]austauschbar.HistoryFired{"EX-02": {Open: 1, Waived: 1}}),
	entry("a2", "", "stadt/a", 1, 3, map[string]austauschbar.HistoryFired{"EX-02": {Open: 2}, "NE-01": {Waived: 1}}),
	entry("o1", "other", "stadt/a", 1, 4, nil),
	entry("l1", "", "land/geheim/x", 1, 5, nil),
}

func shown(gate Gate) Pages {
	return Pages{
		History: kept, Gate: gate, Voice: func(*http.Request) Voice { return plainly{} }, Title: func(id string) string { return "T" + id }, Log: slog.New(slog.DiscardHandler),
		Health: func(context.Context) austauschbar.HistoryHealth { return austauschbar.HistoryHealth{Waiting: 7} }, Settings: []austauschbar.HistorySetting{{Name: "n", Value: "v"}},
		Rules: []Rule{
			{Forge: "github", Repositories: []string{"stadt/*"}, Users: []string{"anna"}, Groups: []string{"stadt/vergabe"}},
			{Forge: "github", Repositories: []string{"land/**"}, Users: []string{"land"}},
			{Forge: "github", Instance: "other", Repositories: []string{"**"}, Users: []string{"other"}},
			{Forge: "github", Repositories: []string{"stadt/*"}, Groups: []string{"gruppe"}},
		},
	}
}

var proxy = Header{Name: "X-Forwarded-User", From: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}}

// Whoever is not known or not let in learns nothing: the answer is the same as for what
// is not there.
func TestHeader(t *testing.T) {
	t.Parallel()
	a, l := trendID(kept[0]), trendID(kept[4])
	for name, test := range map[string]struct {
		method, path, from string
		users              []string
		want               string // "" for no
	}{
		"changes":                   {path: "", users: []string{"anna"}, want: "stadt/a 1 x2;stadt/b 1 x1;"},
		"of another":                {path: "", users: []string{"land"}, want: "land/geheim/x 1 x1;"},
		"of an instance":            {path: "", users: []string{"other"}, want: "stadt/a 1 x1;"},
		"a change":                  {path: "changes/" + a, users: []string{"anna"}, want: "stadt/a 1 x2;"},
		"a review":                  {path: "reviews/a1", users: []string{"anna"}, want: "a1"},
		"criteria":                  {path: "criteria", users: []string{"anna"}, want: "[{EX-02 TEX-02 2 3 1} {NE-01 TNE-01 0 0 1}]"},
		"settings":                  {path: "settings", users: []string{"anna"}, want: "[{n v}]"},
		"health":                    {path: "health", users: []string{"anna"}, want: "7"},
		"a change of another":       {path: "changes/" + l, users: []string{"anna"}},
		"a review of another":       {path: "reviews/l1", users: []string{"anna"}},
		"of the same name":          {path: "reviews/o1", users: []string{"anna"}},
		"no review":                 {path: "reviews/none", users: []string{"anna"}},
		"no page":                   {path: "none", users: []string{"anna"}},
		"not a way to read":         {method: http.MethodPost, path: "", users: []string{"anna"}},
		"nobody":                    {path: ""},
		"an empty name":             {path: "", users: []string{""}},
		"two names":                 {path: "", users: []string{"anna", "land"}},
		"somebody else":             {path: "", users: []string{"mallory"}},
		"somebody else at health":   {path: "health", users: []string{"mallory"}},
		"somebody else at a review": {path: "reviews/a1", users: []string{"mallory"}},
		"not by the proxy":          {path: "", from: "198.51.100.1:1", users: []string{"anna"}},
		"by the proxy over IPv6":    {path: "", from: "[::ffff:192.0.2.9]:1", users: []string{"anna"}, want: "stadt/a 1 x2;stadt/b 1 x1;"},
		"a name like a group":       {path: "", users: []string{"gruppe"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			request := httptest.NewRequest(test.method, Root+test.path, nil)
			request.RemoteAddr = "192.0.2.9:1"
			if test.from != "" {
				request.RemoteAddr = test.from
			}
			for _, user := range test.users {
				request.Header.Add("X-Forwarded-User", user)
			}
			answer := httptest.NewRecorder()
			shown(proxy).Handler().ServeHTTP(answer, request)
			status, want := http.StatusOK, test.want
			if want == "" {
				status, want = http.StatusForbidden, "forbidden\n"
			}
			if answer.Code != status || answer.Body.String() != want {
				t.Errorf("%d %q, want %d %q", answer.Code, answer.Body, status, want)
			}
			for header, want := range map[string]string{
				"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
				"Cache-Control": "no-store", "X-Frame-Options": "DENY",
			} {
				if got := answer.Header().Get(header); got != want {
					t.Errorf("%s is %q, want %q", header, got, want)
				}
			}
		})
	}
}

// A forge that lets one person in: anna, in the group stadt/vergabe.
func newForge(t *testing.T, forge string) SignIn {
	t.Helper()
	mux := http.NewServeMux()
	challenge, root := "", map[string]string{"github": "/api/v3", "gitlab": "/api/v4"}[forge]
	authorize := func(w http.ResponseWriter, r *http.Request) {
		challenge = r.URL.Query().Get("code_challenge")
		http.Redirect(w, r, r.URL.Query().Get("redirect_uri")+"?code=c&state="+url.QueryEscape(r.URL.Query().Get("state")), http.StatusSeeOther)
	}
	token := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if r.FormValue("code") != "c" || r.FormValue("client_secret") != "secret" || oauth2.S256ChallengeFromVerifier(r.FormValue("code_verifier")) != challenge {
			w.WriteHeader(http.StatusBadRequest)
			fmt.Fprint(w, `{"error":"invalid_grant"}`)
			return
		}
		fmt.Fprint(w, `{"access_token":"token","token_type":"bearer"}`)
	}
	for way, answer := range map[string]http.HandlerFunc{
		"GET /login/oauth/authorize": authorize, "POST /login/oauth/access_token": token, "GET /oauth/authorize": authorize, "POST /oauth/token": token,
	} {
		mux.HandleFunc(way, answer)
	}
	told := map[string]string{
		"/user":                         `{"id":5,"login":"anna-f","username":"anna-f"}`,
		"/user/memberships/orgs/gruppe": `{"state":"pending"}`, "/orgs/stadt/teams/vergabe/memberships/anna-f": `{"state":"active"}`,
		"/groups/gruppe/members/all/5": `{"state":"awaiting","access_level":30}`, "/groups/stadt%2Fvergabe/members/all/5": `{"state":"active","access_level":10}`,
	}
	mux.HandleFunc("GET /", func(w http.ResponseWriter, r *http.Request) {
		answer, ok := told[strings.TrimPrefix(r.URL.EscapedPath(), root)]
		if !ok || r.Header.Get("Authorization") != "Bearer token" {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		fmt.Fprint(w, answer)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return NewSignIn(Application{Forge: forge, Root: server.URL, Address: "https://here.example", ID: "id", Secret: "secret"},
		[]byte(strings.Repeat("k", 32)), []string{"gruppe", "stadt/vergabe", "unknown"}, slog.New(slog.DiscardHandler))
}

// The public forges are known; another has its API below its own address.
func TestNewSignIn(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ forge, root, want string }{
		"GitHub":            {"github", "", "https://api.github.com/ https://github.com/login/oauth/authorize read:org"},
		"GitHub by address": {"github", "https://github.com/", "https://api.github.com/ https://github.com/login/oauth/authorize read:org"},
		"Enterprise":        {"github", "https://git.example", "https://git.example/api/v3/ https://git.example/login/oauth/authorize read:org"},
		"GitLab":            {"gitlab", "", "https://gitlab.com/api/v4/ https://gitlab.com/oauth/authorize read_api"},
		"openCoDE":          {"gitlab", "https://gitlab.opencode.de/", "https://gitlab.opencode.de/api/v4/ https://gitlab.opencode.de/oauth/authorize read_api"},
	} {
		gate := NewSignIn(Application{Forge: test.forge, Root: test.root, Address: "https://here.example"}, nil, nil, nil)
		if got := strings.Join([]string{gate.API, gate.OAuth.Endpoint.AuthURL, strings.Join(gate.OAuth.Scopes, " ")}, " "); got != test.want || gate.OAuth.RedirectURL != "https://here.example/pages/callback" {
			t.Errorf("%s: %s, %s", name, got, gate.OAuth.RedirectURL)
		}
	}
}

// ask asks for a page with cookies, and takes those that come.
func ask(pages http.Handler, address string, cookies map[string]*http.Cookie) *httptest.ResponseRecorder {
	request := httptest.NewRequest(http.MethodGet, address, nil)
	for _, cookie := range cookies {
		request.AddCookie(cookie)
	}
	answer := httptest.NewRecorder()
	pages.ServeHTTP(answer, request)
	for _, cookie := range answer.Result().Cookies() {
		if cookies[cookie.Name] = cookie; cookie.MaxAge < 0 {
			delete(cookies, cookie.Name)
		}
	}
	return answer
}

// signedIn goes the whole way and gives the address that the forge leads back to.
func signedIn(t *testing.T, pages http.Handler, cookies map[string]*http.Cookie) (back string) {
	t.Helper()
	if answer := ask(pages, Root, cookies); answer.Code != http.StatusSeeOther || answer.Header().Get("Location") != begin {
		t.Fatalf("a stranger gets %d %v", answer.Code, answer.Header())
	}
	to := ask(pages, begin, cookies).Header().Get("Location")
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Get(to)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	return strings.TrimPrefix(response.Header.Get("Location"), "https://here.example")
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	for _, forge := range []string{"github", "gitlab"} {
		t.Run(forge, func(t *testing.T) {
			t.Parallel()
			gate, cookies := newForge(t, forge), map[string]*http.Cookie{}
			pages := gate.Wrap(shown(gate).Handler())
			back := signedIn(t, pages, cookies)
			if answer := ask(pages, back, cookies); answer.Code != http.StatusSeeOther || answer.Header().Get("Location") != Root {
				t.Fatalf("back from the forge: %d %v", answer.Code, answer.Header())
			}
			cookie := cookies[sessionCookie]
			if cookie == nil || !cookie.HttpOnly || !cookie.Secure || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" || cookie.Domain != "" {
				t.Fatalf("the session is %+v", cookie)
			}
			if person, ok := gate.Who(&http.Request{Header: http.Header{"Cookie": {cookie.String()}}}); !ok || person.Name != "anna-f" || strings.Join(person.Groups, " ") != "stadt/vergabe" {
				t.Errorf("it is %+v", person)
			}
			if answer := ask(pages, Root, cookies); answer.Body.String() != "stadt/a 1 x2;stadt/b 1 x1;" {
				t.Errorf("the page is %d %q", answer.Code, answer.Body)
			}
			if answer := ask(pages, Root+"reviews/l1", cookies); answer.Code != http.StatusForbidden {
				t.Errorf("a review of another is %d", answer.Code)
			}
			if answer := ask(pages, back, cookies); answer.Code != http.StatusForbidden {
				t.Errorf("coming back twice is %d", answer.Code)
			}
		})
	}
}

// Nobody comes in by what they made up, stole from elsewhere or kept too long.
func TestSignInRefuses(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(gate *SignIn, back *string, cookies map[string]*http.Cookie){
		"another state": func(_ *SignIn, back *string, _ map[string]*http.Cookie) { *back = Callback + "?code=c&state=other" },
		"no state":      func(_ *SignIn, back *string, _ map[string]*http.Cookie) { *back = Callback + "?code=c" },
		"no code": func(_ *SignIn, back *string, _ map[string]*http.Cookie) {
			*back = strings.Replace(*back, "code=c&", "", 1)
		},
		"another code": func(_ *SignIn, back *string, _ map[string]*http.Cookie) {
			*back = strings.Replace(*back, "code=c", "code=x", 1)
		},
		"another browser": func(_ *SignIn, _ *string, cookies map[string]*http.Cookie) { delete(cookies, signInCookie) },
		"too late": func(gate *SignIn, _ *string, _ map[string]*http.Cookie) {
			gate.Now = func() time.Time { return time.Now().Add(signInTime) }
		},
		"another key":         func(gate *SignIn, _ *string, _ map[string]*http.Cookie) { gate.Key = []byte("other") },
		"a forge without us":  func(gate *SignIn, _ *string, _ map[string]*http.Cookie) { gate.API += "nowhere/" },
		"a made-up cookie":    func(_ *SignIn, _ *string, cookies map[string]*http.Cookie) { cookies[signInCookie].Value = "e30.e30" },
		"the state of a twin": func(_ *SignIn, _ *string, cookies map[string]*http.Cookie) { cookies[signInCookie].Value += "x" },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			gate, cookies := newForge(t, "github"), map[string]*http.Cookie{}
			back := signedIn(t, gate.Wrap(shown(gate).Handler()), cookies)
			spoil(&gate, &back, cookies)
			answer := ask(gate.Wrap(shown(gate).Handler()), back, cookies)
			if answer.Code != http.StatusForbidden || answer.Body.String() != "forbidden\n" || cookies[sessionCookie] != nil {
				t.Errorf("%d %q %v", answer.Code, answer.Body, cookies)
			}
		})
	}
}

func TestSession(t *testing.T) {
	t.Parallel()
	gate := newForge(t, "github")
	made := func(name string, value any) *http.Request {
		w := httptest.NewRecorder()
		gate.set(w, name, time.Hour, value)
		cookie := w.Result().Cookies()[0]
		cookie.Name = sessionCookie
		return &http.Request{Header: http.Header{"Cookie": {cookie.String()}}}
	}
	later := time.Now().Add(time.Hour).Unix()
	if _, ok := gate.Who(made(sessionCookie, session{Name: "anna", Expires: later})); !ok {
		t.Error("a session does not count")
	}
	if _, ok := gate.Who(made(sessionCookie, session{Name: "anna", Expires: time.Now().Unix()})); ok {
		t.Error("an old session counts")
	}
	if _, ok := gate.Who(made(signInCookie, session{Name: "anna", Expires: later})); ok {
		t.Error("a cookie of another name counts")
	}
	var said json.RawMessage
	if gate.cookie(&http.Request{Header: http.Header{}}, sessionCookie, &said) {
		t.Error("no cookie counts")
	}
}
