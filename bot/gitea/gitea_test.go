package gitea

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/gitea/giteatest"
)

// start returns a forge for a handler: a fake, or what stands before one.
func start(t testing.TB, handler http.Handler, options Options) *Forge {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	options.URL, options.Token = server.URL, giteatest.Token
	forge, err := New(context.Background(), options)
	if err != nil {
		t.Fatal(err)
	}
	return forge
}

func change(fake *giteatest.Fake) austauschbar.Change {
	return austauschbar.Change{Forge: "gitea", Repository: "o/r", Number: 7, Base: fake.Base, Head: fake.Head}
}

var at = place{"o", "r", 7}

func TestNew(t *testing.T) {
	for name, test := range map[string]struct {
		url  func(server string) string
		told string // the version
		bad  bool
	}{
		"the instance":       {url: func(s string) string { return s }, told: "1.26.0"},
		"with a slash":       {url: func(s string) string { return s + "/" }, told: "1.26.0"},
		"the API's root":     {url: func(s string) string { return s + "/api/v1" }, told: "1.26.0"},
		"too old":            {url: func(s string) string { return s }, told: "1.20.0", bad: true},
		"no version":         {url: func(s string) string { return s }, bad: true},
		"no address":         {url: func(string) string { return "" }, bad: true},
		"no web address":     {url: func(string) string { return "ssh://git.example" }, bad: true},
		"with a password":    {url: func(s string) string { return strings.Replace(s, "//", "//a:secret@", 1) }, told: "1.26.0", bad: true},
		"nobody is there":    {url: func(string) string { return "http://127.0.0.1:1" }, bad: true},
		"not an address":     {url: func(string) string { return "http://a b" }, bad: true},
		"another server":     {url: func(s string) string { return s + "/elsewhere" }, told: "1.26.0", bad: true},
		"below another path": {url: func(s string) string { return s + "/git/" }, told: "1.26.0"},
	} {
		t.Run(name, func(t *testing.T) {
			fake := giteatest.NewFake()
			fake.Version = test.told
			mux := http.NewServeMux()
			mux.Handle("/api/v1/", fake)
			mux.Handle("/git/api/v1/", http.StripPrefix("/git", fake))
			server := httptest.NewServer(mux)
			defer server.Close()
			forge, err := New(context.Background(), Options{URL: test.url(server.URL), Token: giteatest.Token, Patience: 1})
			if (err != nil) != test.bad {
				t.Fatalf("error %v", err)
			}
			if err != nil {
				if strings.Contains(err.Error(), "secret") {
					t.Errorf("error %v tells a secret", err)
				}
				return
			}
			if _, err := forge.Fetch(context.Background(), change(fake)); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestCan(t *testing.T) {
	for version, resolve := range map[string]bool{giteatest.Oldest: false, giteatest.Newest: true, giteatest.Forgejo: false} {
		t.Run(version, func(t *testing.T) {
			fake := giteatest.NewFake()
			fake.Version = version
			want := bot.Capabilities{Summary: true, Inline: true, Status: true, Resolve: resolve, Labels: true, MaxInline: 9}
			if got := start(t, fake, Options{Labels: "x", MaxInline: 9}).Can(); !reflect.DeepEqual(got, want) {
				t.Errorf("it can %+v, want %+v", got, want)
			}
		})
	}
}

func TestPlaces(t *testing.T) {
	forge := start(t, giteatest.NewFake(), full)
	for name, change := range map[string]austauschbar.Change{
		"no owner":        {Repository: "r", Number: 7},
		"a folder more":   {Repository: "o/r/x", Number: 7},
		"another folder":  {Repository: "o/..", Number: 7},
		"a question":      {Repository: "o/r?x", Number: 7},
		"no number":       {Repository: "o/r"},
		"negative":        {Repository: "o/r", Number: -7},
		"no such thing":   {Repository: "o/r", Number: 8},
		"to another host": {Repository: "o/elsewhere", Number: 7},
	} {
		t.Run(name, func(t *testing.T) {
			ctx := context.Background()
			if _, err := forge.Fetch(ctx, change); err == nil {
				t.Error("it is fetched")
			}
			change.Head = strings.Repeat("0a", 20)
			if err := forge.Apply(ctx, change, bot.CreateSummary{Body: "S"}); err == nil {
				t.Error("it is written to")
			}
		})
	}
	if pull, err := forge.pull(context.Background(), place{"o", "old", 7}); err != nil || pull.Index != 7 {
		t.Errorf("a renamed repository is not followed: %v", err)
	}
}

// Lists of more than a page are read whole, however they tell of their pages.
func TestPages(t *testing.T) {
	fake := giteatest.NewFake()
	fake.PageLimit = 7 // the server's owner may set less than we ask for
	fake.Permissions = map[string]string{"alice": "write"}
	files := map[string]string{"a.md": "two\n"}
	for i := range 30 {
		files[fmt.Sprintf("f%02d.md", i)] = "x\n"
		fake.Say("alice", "talk")
		fake.SayAt("alice", "a.md", 1, "talk")
		fake.RepoLabels = append(fake.RepoLabels, fmt.Sprintf("label %d", i))
		fake.Label(fmt.Sprintf("austauschbar: %d", i))
	}
	fake.Push(files)
	for i := range 30 {
		fake.Statuses = append(fake.Statuses, &giteatest.Status{ID: int64(i), Commit: fake.Head, State: "success", Context: "other", By: "alice"})
	}
	fake.Say("alice", "/austauschbar help")
	fake.SayAt("alice", "a.md", 2, "/austauschbar help")
	fake.Statuses = append(fake.Statuses, &giteatest.Status{ID: 99, Commit: fake.Head, State: "failure", Context: checkName, Description: "D", By: fake.Login})
	forge := start(t, fake, full)
	fetched, err := forge.Fetch(context.Background(), change(fake))
	if err != nil || len(fetched.Diff) != 31 {
		t.Errorf("%d files in the diff, error %v", len(fetched.Diff), err)
	}
	posted, err := forge.Posted(context.Background(), change(fake))
	if err != nil {
		t.Fatal(err)
	}
	if posted.Check == nil || posted.Check.Title != "D" || len(posted.Requests) != 2 || len(posted.Labels) != 30 {
		t.Errorf("check %+v, %d requests, %d labels", posted.Check, len(posted.Requests), len(posted.Labels))
	}
	if err := forge.Apply(context.Background(), change(fake), bot.SetLabels{Labels: []string{"austauschbar: 29", "austauschbar: new"}}); err != nil {
		t.Fatal(err)
	}
	if want := []string{"austauschbar: 29", "austauschbar: new"}; !slices.Equal(fake.Labels, want) {
		t.Errorf("labels %v, want %v", fake.Labels, want)
	}
}

func TestErrors(t *testing.T) {
	for name, test := range map[string]struct {
		status int
		want   error
	}{
		"forbidden":      {http.StatusForbidden, bot.ErrForbidden},
		"trouble":        {http.StatusBadGateway, bot.ErrUnavailable},
		"its own fault":  {http.StatusInternalServerError, bot.ErrUnavailable},
		"not acceptable": {http.StatusUnprocessableEntity, nil},
	} {
		t.Run(name, func(t *testing.T) {
			fake := giteatest.NewFake()
			fake.OnWrite = func([]string) int { return test.status }
			err := start(t, fake, full).Apply(context.Background(), change(fake), bot.CreateSummary{Body: "S"})
			if status(err) != test.status || errors.Is(err, bot.ErrForbidden) != (test.want == bot.ErrForbidden) || errors.Is(err, bot.ErrUnavailable) != (test.want == bot.ErrUnavailable) {
				t.Errorf("error %v", err)
			}
			if !strings.Contains(err.Error(), "the test says so") || strings.Contains(err.Error(), giteatest.Token) {
				t.Errorf("error %v does not tell why, or tells too much", err)
			}
		})
	}
}
