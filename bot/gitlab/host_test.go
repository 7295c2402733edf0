package gitlab

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/courier"
	"github.com/austauschbar/austauschbar/bot/gitlab/gitlabtest"
)

// A receiver hears what a fake sends.
type receiver struct {
	host *Host

	lock       sync.Mutex
	deliveries []bot.Delivery
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	body, _ := io.ReadAll(request.Body)
	delivery, err := r.host.Hear(request.Header, body)
	if err != nil {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	r.lock.Lock()
	defer r.lock.Unlock()
	r.deliveries = append(r.deliveries, delivery)
}

// What GitLab sends is heard, by either scheme and of older servers, and what it sends
// again is the same delivery.
func TestHooks(t *testing.T) {
	for name, test := range map[string]struct {
		hooks  gitlabtest.Hooks
		noKeys bool
	}{
		"token":        {hooks: gitlabtest.Hooks{Secret: plainSecret}},
		"signed":       {hooks: gitlabtest.Hooks{Secret: signingSecret}},
		"older server": {hooks: gitlabtest.Hooks{Secret: plainSecret}, noKeys: true},
		"again, late":  {hooks: gitlabtest.Hooks{Secret: plainSecret, Repeat: 1, Jitter: 20 * time.Millisecond}},
		"dropped":      {hooks: gitlabtest.Hooks{Secret: plainSecret, Drop: 2}},
	} {
		t.Run(name, func(t *testing.T) {
			hooks, fake := test.hooks, gitlabtest.NewFake()
			fake.NoKeys = test.noKeys
			receiver := &receiver{host: hostOf(t, fake, hooks.Secret)}
			server := httptest.NewServer(receiver)
			defer server.Close()
			fake.Hooks = hooks
			fake.Hooks.URL = server.URL
			fake.Open(8, map[string]string{"a.md": "one\n"}, map[string]string{"a.md": "two\n"})
			fake.PushTo(8, map[string]string{"a.md": "three\n"})
			fake.SayTo(8, "alice", "/austauschbar")
			fake.SayTo(8, "alice", "nice")
			asked, ids := 0, map[string]bool{}
			for _, sent := range fake.Deliveries() {
				if sent.Err != nil || !sent.Dropped && sent.Status != http.StatusOK {
					t.Errorf("%+v", sent)
				}
			}
			for _, delivery := range receiver.deliveries {
				if len(delivery.Changes) > 0 && !ids[delivery.ID] {
					asked++
				}
				ids[delivery.ID] = true
			}
			wantAsked, wantIDs := 3, 4
			if hooks.Drop > 0 {
				wantAsked, wantIDs = 2, 2
			}
			if asked != wantAsked || len(ids) != wantIDs || hooks.Repeat > 0 && len(receiver.deliveries) != 8 {
				t.Errorf("asked %d times by %d deliveries, sent %d times", asked, len(ids), len(receiver.deliveries))
			}
		})
	}
}

// A command is answered at once by a face: one who may not give it sees another.
func TestSeen(t *testing.T) {
	for name, want := range map[string]string{"alice": "eyes", "stranger": "confused"} {
		t.Run(name, func(t *testing.T) {
			fake := gitlabtest.NewFake()
			receiver := &receiver{host: hostOf(t, fake, plainSecret)}
			server := httptest.NewServer(receiver)
			defer server.Close()
			fake.Hooks = gitlabtest.Hooks{URL: server.URL, Secret: plainSecret}
			note := fake.Say(name, "/austauschbar recheck")
			fake.Deliveries()
			if len(receiver.deliveries) != 1 || receiver.deliveries[0].Seen == nil {
				t.Fatalf("heard %+v", receiver.deliveries)
			}
			for range 2 { // as for a delivery that is sent again
				if err := receiver.deliveries[0].Seen(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			if !slices.Equal(note.Emoji, []string{want}) {
				t.Errorf("emoji %q, want %s", note.Emoji, want)
			}
		})
	}
}

func TestHostForge(t *testing.T) {
	fake := gitlabtest.NewFake()
	host := hostOf(t, fake, plainSecret)
	forge, err := host.Forge(t.Context(), change)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := forge.Fetch(t.Context(), change); err != nil {
		t.Error(err)
	}
	if _, err := host.Forge(t.Context(), austauschbar.Change{Repository: "x", Number: 1}); err == nil {
		t.Error("a change without a project is accepted")
	}
	delete(fake.Levels, fake.Us.Name)
	if _, err := host.Forge(t.Context(), change); !errors.Is(err, bot.ErrForbidden) {
		t.Errorf("a project that we are no member of: %v", err)
	}
	if err := host.react(t.Context(), place{change.Repository, 7}, command{fake.Say("alice", "/austauschbar").ID, fake.Users["alice"].ID, "alice"}); !errors.Is(err, bot.ErrForbidden) || fake.Writes() > 0 {
		t.Errorf("%v, %d writes", err, fake.Writes())
	}
}

func TestRecent(t *testing.T) {
	now := time.Date(2027, 1, 15, 8, 0, 0, 0, time.UTC)
	errStop := errors.New("stop")
	for name, test := range map[string]struct {
		prepare func(*gitlabtest.Fake)
		since   time.Time
		visit   func() error
		want    []int
		fails   error
		reads   int // of lists; 0 not to count
	}{
		"all":            {since: now.Add(-time.Hour), want: []int{9, 8, 7}, reads: 2},
		"moved":          {prepare: func(f *gitlabtest.Fake) { f.Merges[8].Updated = now.Add(-2 * time.Hour) }, since: now.Add(-time.Hour), want: []int{9, 7}},
		"open":           {prepare: func(f *gitlabtest.Fake) { f.Merges[9].State = "merged" }, since: now.Add(-time.Hour), want: []int{8, 7}},
		"project sleeps": {since: now.Add(48 * time.Hour), reads: 1},
		"stopped":        {since: now.Add(-time.Hour), visit: func() error { return errStop }, want: []int{9}, fails: errStop},
		"no projects":    {prepare: func(f *gitlabtest.Fake) { f.Outages = []int{500, 500, 500} }, since: now, fails: bot.ErrUnavailable},
		"limited":        {prepare: func(f *gitlabtest.Fake) { f.Limits = []http.Header{{"Retry-After": {"900"}}} }, since: now, fails: &courier.LimitedError{}},
	} {
		t.Run(name, func(t *testing.T) {
			fake := gitlabtest.NewFake()
			fake.Now = func() time.Time { return now }
			for _, number := range []int{8, 9} {
				fake.Open(number, map[string]string{"a.md": "one\n"}, map[string]string{"a.md": "two\n"})
			}
			fake.Merge.Updated = now
			if test.prepare != nil {
				test.prepare(fake)
			}
			host := hostOf(t, fake, plainSecret)
			host.forge.limits.Sleep = func(context.Context, time.Duration) error { return nil }
			var got []int
			err := host.Recent(t.Context(), test.since, func(change austauschbar.Change) error {
				if change.Forge != "gitlab" || change.Repository != gitlabtest.Project || change.Head != fake.Merges[change.Number].Head {
					t.Errorf("change %+v", change)
				}
				got = append(got, change.Number)
				if test.visit != nil {
					return test.visit()
				}
				return nil
			})
			if limited := (*courier.LimitedError)(nil); errors.As(test.fails, &limited) {
				if !errors.As(err, &limited) {
					t.Error(err)
				}
			} else if !errors.Is(err, test.fails) {
				t.Errorf("%v, want %v", err, test.fails)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
			if test.reads > 0 && len(fake.Reads) != test.reads {
				t.Errorf("read %s", strings.Join(fake.Reads, ", "))
			}
		})
	}
}
