package gitlab

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/courier"
	"github.com/austauschbar/austauschbar/bot/gitlab/gitlabtest"
)

const labelPrefix = "austauschbar: "

var change = austauschbar.Change{Forge: "gitlab", Repository: gitlabtest.Project, Number: 7}

// A clock stands still but for those who wait.
type clock struct {
	now    time.Time
	waited []time.Duration
}

func (c *clock) sleep(ctx context.Context, d time.Duration) error {
	c.now, c.waited = c.now.Add(d), append(c.waited, d)
	return ctx.Err()
}

// on returns a forge of the fake, and the clock that it waits by.
func on(t *testing.T, fake http.Handler, changes ...func(*Options)) (*Forge, *clock) {
	t.Helper()
	server := httptest.NewServer(fake)
	t.Cleanup(server.Close)
	options := Options{API: server.URL + "/api/v4", Token: gitlabtest.Token, Labels: labelPrefix}
	for _, change := range changes {
		change(&options)
	}
	forge, err := New(options)
	if err != nil {
		t.Fatal(err)
	}
	clock := &clock{now: time.Unix(1_800_000_000, 0)}
	forge.limits.Now, forge.limits.Sleep = func() time.Time { return clock.now }, clock.sleep
	return forge, clock
}

// headed is the change with the fake's head.
func headed(fake *gitlabtest.Fake) austauschbar.Change {
	change := change
	change.Head = fake.Head
	return change
}

func TestNewRefuses(t *testing.T) {
	for name, options := range map[string]Options{
		"no address": {Token: "t"},
		"no scheme":  {API: "gitlab.example/api/v4", Token: "t"},
		"no token":   {API: "https://gitlab.example/api/v4"},
	} {
		if _, err := New(options); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}

func TestPlaceOf(t *testing.T) {
	for repository, ok := range map[string]bool{
		"a/b": true, "a/b/c.d_e-f": true, "a": false, "": false, "a/": false, "a/../b": false, "a/b c": false, "a/b%2Fc": false, "/a/b": false,
	} {
		if _, err := placeOf(austauschbar.Change{Repository: repository, Number: 1}); (err == nil) != ok {
			t.Errorf("%q: %v", repository, err)
		}
	}
	if _, err := placeOf(austauschbar.Change{Repository: "a/b"}); err == nil {
		t.Error("number 0 is accepted")
	}
}

// Where GitLab sends us elsewhere, our token does not follow, and no write becomes a
// read that passes for done.
func TestRedirects(t *testing.T) {
	fake := gitlabtest.NewFake()
	forge, _ := on(t, fake)
	for name, test := range map[string]struct {
		repository string
		want       string // of the error; "" for none
	}{
		"renamed":      {"amt/umgezogen", ""},
		"another host": {"amt/anderswo", "another host"},
	} {
		t.Run(name, func(t *testing.T) {
			moved := headed(fake)
			moved.Repository = test.repository
			_, err := forge.Fetch(t.Context(), moved)
			if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
				t.Errorf("%v, want %q", err, test.want)
			}
		})
	}
	moved := headed(fake)
	moved.Repository = "amt/umgezogen"
	if err := forge.Apply(t.Context(), moved, bot.CreateSummary{Body: "x"}); err == nil || !strings.Contains(err.Error(), "has moved to") || len(fake.Notes()) > 0 {
		t.Errorf("%v, notes %v", err, fake.Notes())
	}
}

// What GitLab's limits and troubles become.
func TestTrouble(t *testing.T) {
	after := func(seconds string) http.Header { return http.Header{"Retry-After": {seconds}} }
	for name, test := range map[string]struct {
		prepare func(*gitlabtest.Fake)
		options func(*Options)
		writes  bool
		want    error // nil for none
		again   time.Duration
		waited  []time.Duration
	}{
		"limit, then fine":        {prepare: func(f *gitlabtest.Fake) { f.Limits = []http.Header{after("17")} }, waited: []time.Duration{17 * time.Second}},
		"limit of a write":        {prepare: func(f *gitlabtest.Fake) { f.Limits = []http.Header{nil, nil} }, writes: true, waited: []time.Duration{time.Minute, 2 * time.Minute}, options: patient},
		"limit with its end":      {prepare: func(f *gitlabtest.Fake) { f.Limits = []http.Header{{"Ratelimit-Reset": {"1800000030"}}} }, waited: []time.Duration{31 * time.Second}},
		"limit for too long":      {prepare: func(f *gitlabtest.Fake) { f.Limits = []http.Header{after("600")} }, want: &courier.LimitedError{}, again: 600 * time.Second},
		"limit again and again":   {prepare: func(f *gitlabtest.Fake) { f.Limits = slices.Repeat([]http.Header{after("1")}, 9) }, want: &courier.LimitedError{}, again: 5 * time.Second, waited: slices.Repeat([]time.Duration{time.Second}, 4)},
		"trouble, then fine":      {prepare: func(f *gitlabtest.Fake) { f.Outages = []int{502, 503} }, waited: []time.Duration{time.Second, 4 * time.Second}},
		"trouble again and again": {prepare: func(f *gitlabtest.Fake) { f.Outages = []int{500, 500, 500} }, want: bot.ErrUnavailable, waited: []time.Duration{time.Second, 4 * time.Second}},
		"trouble of a write":      {prepare: func(f *gitlabtest.Fake) { f.OnWrite = func(int) (int, bool) { return 502, true } }, writes: true, want: bot.ErrUnavailable},
		"forbidden":               {prepare: func(f *gitlabtest.Fake) { f.ReadOnly = true }, writes: true, want: bot.ErrForbidden},
		"wrong token":             {options: func(o *Options) { o.Token = "other" }, want: bot.ErrForbidden},
	} {
		t.Run(name, func(t *testing.T) {
			fake := gitlabtest.NewFake()
			forge, clock := on(t, fake, func(o *Options) {
				if test.options != nil {
					test.options(o)
				}
			})
			if test.prepare != nil {
				test.prepare(fake)
			}
			began := clock.now
			var err error
			if test.writes {
				err = forge.Apply(t.Context(), headed(fake), bot.CreateSummary{Body: "x"})
			} else {
				_, err = forge.Fetch(t.Context(), change)
			}
			limited, wantLimited := (*courier.LimitedError)(nil), (*courier.LimitedError)(nil)
			switch {
			case errors.As(test.want, &wantLimited):
				if !errors.As(err, &limited) || !limited.Again().Equal(began.Add(test.again)) {
					t.Errorf("%v, want a limit of %v", err, test.again)
				}
			case !errors.Is(err, test.want):
				t.Errorf("%v, want %v", err, test.want)
			}
			if !slices.Equal(clock.waited, test.waited) {
				t.Errorf("waited %v, want %v", clock.waited, test.waited)
			}
			if fake.Writes() > 1 {
				t.Errorf("written %d times", fake.Writes())
			}
		})
	}
}

func patient(o *Options) { o.Patience = time.Hour }

func TestNoAnswer(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	forge, err := New(Options{API: server.URL + "/api/v4", Token: "t"})
	server.Close()
	if err != nil {
		t.Fatal(err)
	}
	forge.limits.Sleep = func(context.Context, time.Duration) error { return nil }
	if _, err := forge.Fetch(t.Context(), change); !errors.Is(err, bot.ErrUnavailable) {
		t.Error(err)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := forge.Fetch(cancelled, change); !errors.Is(err, context.Canceled) || errors.Is(err, bot.ErrUnavailable) {
		t.Error(err)
	}
}

// sample is a text of numbered lines, of which some are others.
func sample(changed ...int) string {
	text := ""
	for i := 1; i <= 20; i++ {
		word := "line"
		if slices.Contains(changed, i) {
			word = "new"
		}
		text += fmt.Sprintf("%s %d\n", word, i)
	}
	return text
}
