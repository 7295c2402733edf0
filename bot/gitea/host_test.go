package gitea

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
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
	"github.com/austauschbar/austauschbar/bot/gitea/giteatest"
)

func host(t *testing.T, handler http.Handler) *Host {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	host, err := NewHost(Options{URL: server.URL, Token: giteatest.Token}, secret)
	if err != nil {
		t.Fatal(err)
	}
	return host
}

// A server is asked for its version once in a while: it may have been updated.
func TestHostAsksAgain(t *testing.T) {
	fake := giteatest.NewFake()
	fake.Version = giteatest.Oldest
	host := host(t, fake)
	now := time.Now()
	host.now = func() time.Time { return now }
	for _, test := range []struct {
		pass    time.Duration
		resolve bool
	}{{0, false}, {keepForge - 1, false}, {1, true}} {
		now = now.Add(test.pass)
		forge, err := host.Forge(context.Background(), change(fake))
		if err != nil || forge.Can().Resolve != test.resolve {
			t.Errorf("after %v: can resolve is not %v, error %v", test.pass, test.resolve, err)
		}
		fake.Version = giteatest.Newest
	}
	if asked := len(slices.DeleteFunc(slices.Clone(fake.Reads), func(path string) bool { return path != "/version" })); asked != 2 {
		t.Errorf("asked %d times", asked)
	}
}

// What a fake sends is heard, from Gitea and from Forgejo, late, twice and in any
// order; what is dropped is found by a sweep.
func TestDeliveries(t *testing.T) {
	for _, version := range []string{giteatest.Newest, giteatest.Forgejo} {
		t.Run(version, func(t *testing.T) {
			fake := giteatest.NewFake()
			fake.Version = version
			fake.Permissions = map[string]string{"alice": "write"}
			host := host(t, fake)
			var lock sync.Mutex
			heard, commands := map[string]int{}, 0 // deliveries by id
			receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				body := new(strings.Builder)
				_ = r.Write(body)
				_, text, _ := strings.Cut(body.String(), "\r\n\r\n")
				delivery, err := host.Hear(r.Header, []byte(text))
				if err != nil {
					w.WriteHeader(http.StatusBadRequest)
					return
				}
				lock.Lock()
				defer lock.Unlock()
				if heard[delivery.ID]++; len(delivery.Changes) != 1 || delivery.Changes[0].Number > 8 {
					t.Errorf("heard %+v", delivery)
				}
				if delivery.Seen != nil {
					if commands++; delivery.Seen(r.Context()) != nil {
						t.Error("the command is not shown as seen")
					}
				}
			}))
			defer receiver.Close()
			fake.Hooks = giteatest.Hooks{URL: receiver.URL, Secret: secret, Delay: time.Millisecond, Jitter: 5 * time.Millisecond, Drop: 4, Repeat: 3}
			fake.Open(8, map[string]string{"a.md": "one\n"}, map[string]string{"a.md": "two\n"})
			fake.PushTo(8, map[string]string{"a.md": "three\n"})
			fake.Retarget(map[string]string{"a.md": "zero\n"})
			fake.PushTo(8, map[string]string{"a.md": "four\n"}) // dropped
			asked := fake.Say("alice", "/austauschbar help")
			if dropped := slices.IndexFunc(fake.Deliveries(), func(d giteatest.Delivery) bool { return d.Dropped }); dropped != 3 {
				t.Errorf("delivery %d is dropped", dropped)
			}
			for _, delivery := range fake.Deliveries() {
				if !delivery.Dropped && (delivery.Status != http.StatusOK || delivery.Err != nil) {
					t.Errorf("delivery %+v", delivery)
				}
			}
			if len(heard) != 4 || commands != 1 || !slices.Equal(asked.Reactions, []string{"eyes"}) {
				t.Errorf("heard %v, %d commands, reactions %v", heard, commands, asked.Reactions)
			}
			found := false
			err := host.Recent(context.Background(), time.Now().Add(-time.Hour), func(c austauschbar.Change) error {
				found = found || c.Number == 8 && c.Head == fake.Pulls[8].Head
				return nil
			})
			if err != nil || !found {
				t.Errorf("the sweep does not find the last push, error %v", err)
			}
		})
	}
}

// Who may not command is shown that.
func TestSeen(t *testing.T) {
	for login, want := range map[string]string{"alice": "eyes", "emil": "confused"} {
		t.Run(login, func(t *testing.T) {
			fake := giteatest.NewFake()
			fake.Permissions = map[string]string{"alice": "write"}
			host := host(t, fake)
			asked := fake.Say(login, "/austauschbar help")
			if err := host.react(context.Background(), at, command{asked.ID, login}); err != nil || !slices.Equal(asked.Reactions, []string{want}) {
				t.Errorf("reactions %v, error %v", asked.Reactions, err)
			}
			if err := host.react(context.Background(), at, command{99, login}); status(err) != http.StatusNotFound {
				t.Errorf("error %v", err)
			}
		})
	}
}

var since = time.Date(2027, 1, 15, 8, 0, 0, 0, time.UTC)

// told makes an answer of a value.
func told(value any) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _ = json.NewEncoder(w).Encode(value) }
}

// found makes an answer of repositories.
func found(repositories ...map[string]any) http.HandlerFunc {
	return told(map[string]any{"data": repositories})
}

// listed is a repository as lists tell it.
func listed(name string, push bool, open int) map[string]any {
	return map[string]any{"full_name": name, "permissions": map[string]bool{"push": push}, "open_pr_counter": open}
}

func TestRecent(t *testing.T) {
	for name, test := range map[string]struct {
		answers map[string]http.HandlerFunc
		want    []string
		errs    []string
		reads   int // of lists of pull requests
	}{
		"all": {want: []string{"o/r#8", "o/r#7", "o/r#10"}, reads: 2}, // two pages
		"repositories that ask for nothing": {reads: 0, answers: map[string]http.HandlerFunc{
			"/api/v1/repos/search": found(listed("o/readable", false, 3), listed("o/still", true, 0), map[string]any{"full_name": "o/strange", "open_pr_counter": 3}),
		}},
		"a repository fails": {want: []string{"o/r#8", "o/r#7", "o/r#10"}, errs: []string{"o/broken", "o/../x"}, reads: 3, answers: map[string]http.HandlerFunc{
			"/api/v1/repos/search":         found(listed("o/broken", true, 1), listed("o/../x", true, 1), listed("o/r", true, 1)),
			"/api/v1/repos/o/broken/pulls": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) },
		}},
		"nothing can be listed": {errs: []string{"list repositories", "403"}, answers: map[string]http.HandlerFunc{
			"/api/v1/repos/search": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) },
		}},
		"we are nobody": {errs: []string{"who we are"}, answers: map[string]http.HandlerFunc{
			"/api/v1/user": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) },
		}},
		"limited": {errs: []string{"o/r", "rate limit"}, reads: 1, answers: map[string]http.HandlerFunc{
			"/api/v1/repos/search": found(listed("o/r", true, 1), listed("o/r", true, 1)),
			"/api/v1/repos/o/r/pulls": func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Retry-After", "3600")
				w.WriteHeader(http.StatusTooManyRequests)
			},
		}},
		"very many repositories": {reads: maxRepositories, answers: map[string]http.HandlerFunc{
			"/api/v1/repos/search": func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("X-Total-Count", "100000")
				page := make([]map[string]any, pageSize)
				for i := range page {
					page[i] = listed("o/empty", true, 1)
				}
				found(page...)(w, r)
			},
			"/api/v1/repos/o/empty/pulls": told([]any{}),
		}},
	} {
		t.Run(name, func(t *testing.T) {
			fake, reads := giteatest.NewFake(), 0
			fake.PageLimit = 2
			files := map[string]string{"a.md": "one\n"}
			for number, moved := range map[int]time.Duration{8: time.Hour, 9: -time.Second, 10: 0, 11: 2 * time.Hour} {
				fake.Open(number, files, map[string]string{"a.md": fmt.Sprint(number)}).Updated = since.Add(moved)
			}
			fake.Pulls[11].State = "closed"
			fake.Pull.Updated = since.Add(time.Minute)
			mux := http.NewServeMux()
			mux.Handle("/", fake)
			for path, handle := range test.answers {
				mux.HandleFunc(path, handle)
			}
			var got []string
			err := host(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if strings.HasSuffix(r.URL.Path, "/pulls") {
					reads++
				}
				mux.ServeHTTP(w, r)
			})).Recent(context.Background(), since, func(change austauschbar.Change) error {
				if change.Forge != "gitea" || !bot.IsCommit(change.Head) {
					t.Errorf("change is %+v", change)
				}
				got = append(got, fmt.Sprintf("%s#%d", change.Repository, change.Number))
				return nil
			})
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("visited (-want +got):\n%s", diff)
			}
			for _, want := range test.errs {
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("error %v does not tell of %q", err, want)
				}
			}
			if len(test.errs) == 0 && err != nil {
				t.Error(err)
			}
			if reads != test.reads {
				t.Errorf("%d lists of pull requests were read, want %d", reads, test.reads)
			}
		})
	}
}

// A visit that fails ends the sweep, as does the end of the context.
func TestRecentEnds(t *testing.T) {
	full := errors.New("the queue is full")
	ctx, cancel := context.WithCancel(context.Background())
	for name, test := range map[string]struct {
		ctx   context.Context
		visit func() error
		want  error
	}{
		"a visit fails":    {context.Background(), func() error { return full }, full},
		"the context ends": {ctx, func() error { cancel(); return nil }, context.Canceled},
	} {
		t.Run(name, func(t *testing.T) {
			fake, visits := giteatest.NewFake(), 0
			fake.Open(8, nil, nil)
			err := host(t, fake).Recent(test.ctx, since.Add(-10*365*24*time.Hour), func(austauschbar.Change) error {
				visits++
				return test.visit()
			})
			if !errors.Is(err, test.want) || test.want == full && visits != 1 {
				t.Errorf("error %v after %d visits", err, visits)
			}
		})
	}
}
