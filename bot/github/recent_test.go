package github

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/github/githubtest"
)

var since = githubtest.Dawn

// swept is a GitHub with pull requests that have moved at all times.
func swept() *githubtest.Fake {
	fake := withApp()
	files := map[string]string{"a.md": "one\n"}
	for number, moved := range map[int]time.Duration{8: time.Hour, 9: -time.Second, 10: 0, 11: 2 * time.Hour} {
		pull := fake.Open(number, files, map[string]string{"a.md": fmt.Sprint(number)})
		pull.Updated = since.Add(moved)
	}
	fake.Pulls[11].State = "closed"
	fake.Pull.Updated = since.Add(time.Minute)
	return fake
}

// told makes an answer of values.
func told(value any) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _ = json.NewEncoder(w).Encode(value) }
}

// listed is a repository as lists tell it.
func listed(name string, more map[string]any) map[string]any {
	repository := map[string]any{"full_name": name, "pushed_at": since, "permissions": map[string]bool{"push": true}}
	for field, value := range more {
		repository[field] = value
	}
	return repository
}

func TestRecent(t *testing.T) {
	many := []any{}
	for i := range 250 {
		many = append(many, listed(fmt.Sprintf("o/empty-%d", i), nil))
	}
	all := []string{"o/r#8", "o/r#7", "o/r#10"}
	for name, test := range map[string]struct {
		token   bool // of a user, not an App's
		answers map[string]http.HandlerFunc
		want    []string
		errs    []string
		reads   int // of lists of pull requests, at most; 0 for any
	}{
		"App": {want: all},
		"App in several places": {want: append(slices.Clone(all), all...), answers: map[string]http.HandlerFunc{
			"/app/installations":                 told([]any{map[string]any{"id": 5}, map[string]any{"id": 6, "suspended_at": since}, map[string]any{"id": 7}}),
			"/app/installations/7/access_tokens": told(map[string]any{"token": githubtest.Token, "expires_at": time.Now().Add(time.Hour)}),
			"/installation/repositories":         told(map[string]any{"repositories": []any{listed("o/r", nil)}}),
		}},
		"a repository fails": {want: all, errs: []string{"o/broken", "o/../x"}, answers: map[string]http.HandlerFunc{
			"/installation/repositories": told(map[string]any{"repositories": []any{listed("o/broken", nil), listed("o/../x", nil), listed("o/r", nil)}}),
			"/repos/o/broken/pulls":      refusal(http.StatusForbidden),
		}},
		"an installation fails": {want: all, errs: []string{"list repositories", "404"}, answers: map[string]http.HandlerFunc{
			"/app/installations":                 told([]any{map[string]any{"id": 7}, map[string]any{"id": 5}}),
			"/app/installations/7/access_tokens": refusal(http.StatusNotFound),
		}},
		"nothing can be listed": {errs: []string{"list installations"}, answers: map[string]http.HandlerFunc{"/app/installations": refusal(http.StatusUnauthorized)}},
		"repositories at rest": {want: all, reads: 1, answers: map[string]http.HandlerFunc{
			"/installation/repositories": told(map[string]any{"repositories": []any{
				listed("o/archived", map[string]any{"archived": true}), listed("o/disabled", map[string]any{"disabled": true}),
				listed("o/old", map[string]any{"pushed_at": since.Add(-atRest - time.Hour)}), listed("o/r", map[string]any{"pushed_at": since.Add(-atRest + time.Hour)}),
			}}),
		}},
		"limited": {errs: []string{"o/r", "rate limit"}, reads: 1, answers: map[string]http.HandlerFunc{
			"/installation/repositories": told(map[string]any{"repositories": []any{listed("o/r", nil), listed("o/r", nil)}}),
			"/repos/o/r/pulls": func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Retry-After", "3600")
				w.WriteHeader(http.StatusTooManyRequests)
			},
		}},
		"token": {token: true, want: all, reads: 1, answers: map[string]http.HandlerFunc{
			"/user/repos": told([]any{listed("o/readable", map[string]any{"permissions": map[string]bool{"pull": true}}), listed("o/r", nil)}),
		}},
		"token of many": {token: true, reads: maxRepositories, answers: map[string]http.HandlerFunc{
			"/user/repos":  paged(many),
			"/repos/o/{r}": nil, // any of them is empty
		}},
	} {
		t.Run(name, func(t *testing.T) {
			fake, reads := swept(), 0
			mux := http.NewServeMux()
			mux.Handle("/", fake)
			for path, handle := range test.answers {
				if handle == nil {
					path, handle = path+"/pulls", told([]any{})
				}
				mux.HandleFunc(path, handle)
			}
			got, err := sweep(t, test.token, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if strings.HasSuffix(r.URL.Path, "/pulls") {
					reads++
				}
				mux.ServeHTTP(w, r)
			}))
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
			if test.reads > 0 && reads != test.reads {
				t.Errorf("%d lists of pull requests were read, want %d", reads, test.reads)
			}
		})
	}
}

func refusal(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }
}

// paged tells a hundred at a time.
func paged(all []any) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var page int
		_, _ = fmt.Sscan(r.URL.Query().Get("page"), &page)
		page = max(page, 1)
		if page*100 < len(all) {
			w.Header().Set("Link", fmt.Sprintf(`<http://%s%s?page=%d>; rel="next"`, r.Host, r.URL.Path, page+1))
		}
		told(all[(page-1)*100:min(page*100, len(all))])(w, r)
	}
}

// sweep lists what Recent visits.
func sweep(t *testing.T, token bool, github http.Handler) ([]string, error) {
	t.Helper()
	host := startApp(t, github)
	if token {
		server := httptest.NewServer(github)
		t.Cleanup(server.Close)
		var err error
		if host, err = NewHost(HostOptions{API: server.URL, Token: githubtest.Token, Secret: secret}); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	err := host.Recent(context.Background(), since, func(change austauschbar.Change) error {
		if change.Forge != "github" || !bot.IsCommit(change.Head) {
			t.Errorf("change is %+v", change)
		}
		got = append(got, fmt.Sprintf("%s#%d", change.Repository, change.Number))
		return nil
	})
	return got, err
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
		"visit":   {context.Background(), func() error { return full }, full},
		"context": {ctx, func() error { cancel(); return nil }, context.Canceled},
	} {
		t.Run(name, func(t *testing.T) {
			fake, visits := swept(), 0
			mux := http.NewServeMux()
			mux.Handle("/", fake)
			mux.Handle("/installation/repositories", told(map[string]any{"repositories": []any{listed("o/r", nil), listed("o/r", nil), listed("o/r", nil)}}))
			err := startApp(t, mux).Recent(test.ctx, since, func(austauschbar.Change) error { visits++; return test.visit() })
			if !errors.Is(err, test.want) || visits > 3 || test.want == full && visits != 1 {
				t.Errorf("%d visits, error %v", visits, err)
			}
		})
	}
}
