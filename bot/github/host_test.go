package github

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/github/githubtest"
)

var appKey = sync.OnceValue(func() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key
})

func inPEM(kind string, der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
}

// pkcs1 is the form in which GitHub gives the key.
func pkcs1() []byte { return inPEM("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(appKey())) }

// withApp is a GitHub in whose repository an App is installed.
func withApp() *githubtest.Fake {
	fake := githubtest.NewFake()
	fake.App = &githubtest.App{ID: 4711, Slug: "austauschbar", Key: &appKey().PublicKey, Installation: 5}
	return fake
}

// startApp serves a GitHub, or what wraps it, and returns the App's host for it.
func startApp(t *testing.T, github http.Handler) *Host {
	t.Helper()
	server := httptest.NewServer(github)
	t.Cleanup(server.Close)
	host, err := NewHost(HostOptions{API: server.URL, App: 4711, Key: pkcs1(), Secret: secret, Labels: full.Labels, Pause: time.Nanosecond})
	if err != nil {
		t.Fatal(err)
	}
	return host
}

func forgeOf(t *testing.T, host *Host, change austauschbar.Change) *Forge {
	t.Helper()
	forge, err := host.Forge(context.Background(), change)
	if err != nil {
		t.Fatal(err)
	}
	return forge.(*Forge)
}

// An App signs itself what it asks as an App, and uses one token for all it does in
// an installation.
func TestApp(t *testing.T) {
	pkcs8, err := x509.MarshalPKCS8PrivateKey(appKey())
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		key    []byte
		mount  func(*githubtest.Fake) http.Handler
		path   string
		life   time.Duration
		tokens int // at least
	}{
		"key as GitHub gives it": {key: pkcs1(), tokens: 1},
		"key in PKCS 8":          {key: inPEM("PRIVATE KEY", pkcs8), tokens: 1},
		"Enterprise":             {key: pkcs1(), mount: enterprise, path: "/api/v3", tokens: 1},
		"Enterprise, a slash":    {key: pkcs1(), mount: enterprise, path: "/api/v3/", tokens: 1},
		"tokens that expire":     {key: pkcs1(), life: 30 * time.Second, tokens: 10},
	} {
		t.Run(name, func(t *testing.T) {
			fake := withApp()
			fake.App.Life = test.life
			fake.Files = []githubtest.FakeFile{manyLines("a.md", 40)}
			handler := http.Handler(fake)
			if test.mount != nil {
				handler = test.mount(fake)
			}
			server := httptest.NewServer(handler)
			defer server.Close()
			host, err := NewHost(HostOptions{API: server.URL + test.path, App: 4711, Key: test.key, Secret: secret, Labels: full.Labels, Pause: time.Nanosecond})
			if err != nil {
				t.Fatal(err)
			}
			settle(t, forgeOf(t, host, change(fake)), fake, review(fake.Head, 30))
			settle(t, forgeOf(t, host, change(fake)), fake, review(fake.Head, 30))
			if len(fake.Threads) != 30 || fake.Comments[0].User.Login != "austauschbar[bot]" || fake.Writes() != 4 {
				t.Errorf("%d threads, %d writes", len(fake.Threads), fake.Writes())
			}
			if fake.Tokens < test.tokens || test.tokens == 1 && fake.Tokens > 1 {
				t.Errorf("%d tokens, want %d", fake.Tokens, test.tokens)
			}
			for _, path := range []string{"/app", "/repos/o/r/installation"} {
				if asked := count(fake.Reads, path); asked != 1 {
					t.Errorf("%s was asked %d times", path, asked)
				}
			}
		})
	}
}

// enterprise serves a GitHub where an Enterprise server has it.
func enterprise(fake *githubtest.Fake) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/api/v3/", http.StripPrefix("/api/v3", fake))
	mux.Handle("/api/graphql", http.StripPrefix("/api", fake))
	return mux
}

func count(all []string, one string) int {
	n := 0
	for _, each := range all {
		if each == one {
			n++
		}
	}
	return n
}

// A token that GitHub no longer knows is renewed, and what it should have signed is
// done, once.
func TestTokenThatIsGone(t *testing.T) {
	fake := withApp()
	gone := ""
	host := startApp(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if token := r.Header.Get("Authorization"); gone == "the next" && strings.HasPrefix(token, "token ") {
			gone = token
		}
		if gone != "" && r.Header.Get("Authorization") == gone {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		fake.ServeHTTP(w, r)
	}))
	forge := forgeOf(t, host, change(fake))
	for range 2 {
		if err := forge.Apply(context.Background(), change(fake), bot.Answer{Body: "S"}); err != nil {
			t.Fatal(err)
		}
		gone = "the next"
	}
	if len(fake.Comments) != 2 || fake.Comments[1].Body != "S" || fake.Tokens != 2 {
		t.Errorf("%d comments, %d tokens", len(fake.Comments), fake.Tokens)
	}
}

// Each installation has a budget of its own.
func TestInstallationsAreApart(t *testing.T) {
	fake := withApp()
	host := startApp(t, fake)
	one := forgeOf(t, host, change(fake))
	other, err := host.app.at(context.Background(), 6)
	if err != nil {
		t.Fatal(err)
	}
	if one == other || one.courier == other.courier || one.blobs != other.blobs {
		t.Error("two installations share their limits, or not their blobs")
	}
	if forgeOf(t, host, change(fake)) != one {
		t.Error("one installation has two forges")
	}
}

// Many at once share one token.
func TestManyAtOnce(t *testing.T) {
	fake := withApp()
	host := startApp(t, fake)
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			forge, err := host.Forge(context.Background(), change(fake))
			if err == nil {
				err = forge.Apply(context.Background(), change(fake), bot.Answer{Body: "S"})
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if len(fake.Comments) != 20 || fake.Tokens != 1 || count(fake.Reads, "/app") != 1 {
		t.Errorf("%d comments, %d tokens", len(fake.Comments), fake.Tokens)
	}
}

// Where the App is not is asked again after a while only.
func TestNotInstalled(t *testing.T) {
	fake, asked := withApp(), 0
	host := startApp(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/repos/o/else/installation" {
			asked++
			http.NotFound(w, r)
			return
		}
		fake.ServeHTTP(w, r)
	}))
	clock := githubtest.Dawn
	host.app.now = func() time.Time { return clock }
	elsewhere := austauschbar.Change{Forge: "github", Repository: "o/else", Number: 1}
	for _, want := range []int{1, 1, 2} {
		if _, err := host.Forge(context.Background(), elsewhere); err == nil || !strings.Contains(err.Error(), "not installed") {
			t.Fatalf("error %v", err)
		}
		if asked != want {
			t.Errorf("asked %d times, want %d", asked, want)
		}
		clock = clock.Add(keepNoPlace/2 + time.Second)
	}
}

// What goes wrong with the account is told without its secrets.
func TestAppErrors(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*githubtest.Fake)
		answer int // to the request for a token; 0 for the fake's
		want   error
	}{
		"another App's key":  {change: func(f *githubtest.Fake) { f.App.ID = 4712 }},
		"suspended":          {answer: http.StatusForbidden, want: errNoToken},
		"installed anew":     {answer: http.StatusNotFound, want: errNoToken},
		"trouble for a time": {answer: http.StatusBadGateway, want: bot.ErrUnavailable},
	} {
		t.Run(name, func(t *testing.T) {
			fake := withApp()
			if test.change != nil {
				test.change(fake)
			}
			tries, seen := 0, []string{}
			host := startApp(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				seen = append(seen, r.Header.Get("Authorization"))
				if test.answer != 0 && strings.HasSuffix(r.URL.Path, "/access_tokens") {
					tries++
					w.WriteHeader(test.answer)
					return
				}
				fake.ServeHTTP(w, r)
			}))
			forge, err := host.Forge(context.Background(), change(fake))
			if err == nil {
				recordWaits(forge.(*Forge))
				_, err = forge.Posted(context.Background(), change(fake))
			}
			if err == nil || test.want != nil && !errors.Is(err, test.want) || errors.Is(err, bot.ErrForbidden) {
				t.Fatalf("error %v", err)
			}
			if retried := tries > 1; retried != errors.Is(err, bot.ErrUnavailable) {
				t.Errorf("a token was asked for %d times", tries)
			}
			if slices.ContainsFunc(seen, func(header string) bool { return strings.Contains(err.Error(), strings.TrimPrefix(header, "Bearer ")) }) {
				t.Errorf("the error tells a token: %v", err)
			}
		})
	}
}

func TestNewHostRefuses(t *testing.T) {
	for name, options := range map[string]HostOptions{
		"no secret":     {Token: "t"},
		"no account":    {Secret: "s"},
		"two accounts":  {Secret: "s", Token: "t", App: 1, Key: pkcs1()},
		"no key":        {Secret: "s", App: 1},
		"no App":        {Secret: "s", Key: pkcs1()},
		"no key at all": {Secret: "s", App: 1, Key: []byte("-----BEGIN RSA PRIVATE KEY-----\nc2VjcmV0\n-----END RSA PRIVATE KEY-----\n")},
		"no address":    {Secret: "s", Token: "t", API: "github.example"},
		"App's address": {Secret: "s", App: 1, Key: pkcs1(), API: "github.example"},
	} {
		t.Run(name, func(t *testing.T) {
			if host, err := NewHost(options); err == nil || host != nil || strings.Contains(err.Error(), "c2VjcmV0") {
				t.Errorf("host %v, error %v", host, err)
			}
		})
	}
}

func TestForgeOfToken(t *testing.T) {
	host := listening(t)
	forge, err := host.Forge(context.Background(), austauschbar.Change{Repository: "o/r", Number: 7})
	if err != nil || forge != bot.Forge(host.forge) || forge.Can().Checks {
		t.Errorf("forge %v, error %v", forge, err)
	}
	if _, err := host.Forge(context.Background(), austauschbar.Change{Repository: "o/../r", Number: 7}); err == nil {
		t.Error("no error for a repository that is none")
	}
}
