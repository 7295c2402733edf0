package github

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/github/githubtest"
)

// withThreads is a pull request with two findings, of which a person answered one, a
// remark at a file, and a thread of a person.
func withThreads(t *testing.T) *githubtest.Fake {
	t.Helper()
	fake := githubtest.NewFake()
	fake.Files = []githubtest.FakeFile{manyLines("a.md", 10), {Name: "b.docx", Status: "modified"}}
	forge, _ := start(t, fake, full)
	wanted := review(fake.Head, 2)
	wanted.Remarks = append(wanted.Remarks, bot.Remark{Finding: "f-docx", Path: "b.docx", Body: bot.MarkFinding("f-docx", "page 3")})
	wanted.Open = append(wanted.Open, "f-docx")
	settle(t, forge, fake, wanted)
	fake.Reply(t, "f-002", "alice", "We need it.")
	theirs := fake.NewThread("a.md", 3, "Why?")
	theirs.Comments[0].User = githubtest.Account("alice")
	fake.Threads = append(fake.Threads, theirs)
	for range 120 {
		fake.Reply(t, "Why?", "emil", "…")
	}
	return fake
}

// Where GraphQL is refused, REST tells the same threads, but that none can be
// resolved.
func TestThreadsWithoutGraphQL(t *testing.T) {
	for name, answer := range map[string]struct {
		status int
		body   string
	}{
		"unauthorised": {401, `{"message": "Bad credentials"}`},
		"forbidden":    {403, `{"message": "Resource not accessible by personal access token"}`},
		"not there":    {404, `{"message": "Not Found"}`},
		"not allowed":  {405, ``},
		"gone":         {410, ``},
		"not made":     {501, ``},
		"hidden":       {200, `{"data": {"repository": null}, "errors": [{"type": "NOT_FOUND", "message": "Could not resolve to a Repository"}]}`},
		"null":         {200, `{"data": {"repository": null}}`},
		"no scope":     {200, `{"errors": [{"type": "INSUFFICIENT_SCOPES", "message": "Your token has not been granted the required scopes"}]}`},
		"not yours":    {200, `{"errors": [{"type": "FORBIDDEN", "message": "Resource not accessible by integration"}]}`},
		"an old one":   {200, `{"errors": [{"message": "Field 'fullDatabaseId' doesn't exist", "extensions": {"code": "undefinedField"}}]}`},
	} {
		t.Run(name, func(t *testing.T) {
			fake, asked := withThreads(t), 0
			whole, _ := start(t, fake, full)
			forge, _ := startBehind(t, full, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path != "/graphql" {
					fake.ServeHTTP(w, r)
					return
				}
				asked++
				w.WriteHeader(answer.status)
				_, _ = w.Write([]byte(answer.body))
			})
			want, err := whole.Posted(context.Background(), change(fake))
			if err != nil {
				t.Fatal(err)
			}
			for range 2 {
				got, err := forge.Posted(context.Background(), change(fake))
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(want.Threads, got.Threads, cmpopts.IgnoreFields(bot.Thread{}, "ID")); diff != "" || len(got.Threads) != 3 {
					t.Errorf("threads (-GraphQL +REST):\n%s", diff)
				}
				for _, thread := range got.Threads {
					if thread.ID != "" {
						t.Errorf("thread %q could be resolved", thread.ID)
					}
				}
			}
			if asked != 1 || forge.Can().Resolve || !whole.Can().Resolve {
				t.Errorf("asked %d times; can %+v", asked, forge.Can())
			}
			settle(t, forge, fake, review(fake.Head, 1)) // one finding is gone, and its thread stays
		})
	}
}

// Trouble, limits and pull requests that are not there are no reason to do without.
func TestThreadsKeepGraphQL(t *testing.T) {
	for name, test := range map[string]struct {
		answer http.HandlerFunc
		number int
	}{
		"trouble": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }, 7},
		"limit": {func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte(`{"errors": [{"type": "RATE_LIMITED", "message": "API rate limit exceeded"}]}`))
		}, 7},
		"a mistake of ours": {func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte(`{"errors": [{"message": "Parse error on \"x\"", "extensions": {"code": "parseError"}}]}`))
		}, 7},
		"no such pull request": {nil, 99},
	} {
		t.Run(name, func(t *testing.T) {
			fake := withThreads(t)
			forge, _ := startBehind(t, full, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/graphql" && test.answer != nil {
					test.answer(w, r)
					return
				}
				fake.ServeHTTP(w, r)
			})
			if threads, err := forge.threads(context.Background(), place{"o", "r", test.number}); err == nil {
				t.Errorf("%d threads and no error", len(threads))
			}
			if !forge.Can().Resolve {
				t.Error("GraphQL is given up")
			}
		})
	}
}

// A reply to a comment that is gone belongs to no thread.
func TestOrphanedReply(t *testing.T) {
	forge, _ := startBehind(t, full, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/pulls/7/comments") {
			_, _ = w.Write([]byte(`[{"id": 2, "in_reply_to_id": 1, "body": "/austauschbar help", "user": {"login": "alice", "type": "User"}}, {"id": 3, "path": "a.md", "line": null, "body": "x", "user": null}]`))
			return
		}
		w.WriteHeader(http.StatusNotFound)
	})
	threads, err := forge.threads(context.Background(), place{"o", "r", 7})
	if err != nil || len(threads) != 1 || threads[0].first() != 3 || threads[0].Line != 0 {
		t.Errorf("threads %+v, error %v", threads, err)
	}
}
