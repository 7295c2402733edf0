package github

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/github/githubtest"
)

// rights are who may do what in the repositories of these tests.
var rights = map[string]string{"alice": "admin", "bert": "maintain", "carla": "write", "dora": "triage", "emil": "read", "austauschbar": "admin"}

// talk is a pull request with one finding of ours and one thread of somebody else's.
func talk(t *testing.T) (*githubtest.Fake, *Forge) {
	t.Helper()
	fake := githubtest.NewFake()
	fake.Permissions = rights
	fake.Files = []githubtest.FakeFile{manyLines("a.md", 10)}
	forge, _ := start(t, fake, full)
	settle(t, forge, fake, review(fake.Head, 1))
	theirs := fake.NewThread("a.md", 2, "Why this?")
	theirs.Comments[0].User = githubtest.Account("emil")
	fake.Threads = append(fake.Threads, theirs)
	return fake, forge
}

func TestRequests(t *testing.T) {
	for name, test := range map[string]struct {
		say  func(*testing.T, *githubtest.Fake)
		want []string // author, place, finding
	}{
		"nothing asked": {func(t *testing.T, f *githubtest.Fake) { f.Say("alice", "I like /austauschbar") }, nil},
		"who may": {func(t *testing.T, f *githubtest.Fake) {
			for _, login := range []string{"alice", "bert", "carla", "dora", "emil", "mallory"} {
				f.Say(login, "/austauschbar recheck")
			}
		}, []string{"alice", "bert", "carla"}},
		"in our thread": {func(t *testing.T, f *githubtest.Fake) { f.Reply(t, "f-001", "carla", "/austauschbar explain") }, []string{"carla thread f-001"}},
		"in theirs":     {func(t *testing.T, f *githubtest.Fake) { f.Reply(t, "Why this?", "carla", "/austauschbar help") }, []string{"carla thread"}},
		"beginning one": {func(t *testing.T, f *githubtest.Fake) {
			thread := f.NewThread("a.md", 3, "/austauschbar help")
			thread.Comments[0].User = githubtest.Account("alice")
			f.Threads = append(f.Threads, thread)
		}, []string{"alice thread"}},
		"a copied marker": {func(t *testing.T, f *githubtest.Fake) {
			f.Threads[1].Comments[0].Body = bot.MarkFinding("f-001", "as if we had said it")
			f.Reply(t, "as if", "alice", "/austauschbar explain")
		}, []string{"alice thread"}},
		"by programs": {func(t *testing.T, f *githubtest.Fake) {
			f.Say("other[bot]", "/austauschbar recheck")
			f.Say(f.Login, "/austauschbar recheck")
			f.Reply(t, "f-001", "other[bot]", "/austauschbar explain")
		}, nil},
		"answered by us": {func(t *testing.T, f *githubtest.Fake) {
			f.Say("alice", "/austauschbar recheck")
			f.Say(f.Login, bot.MarkAnswer(lastComment(f), "Done."))
		}, nil},
		"answered by somebody else": {func(t *testing.T, f *githubtest.Fake) {
			f.Say("alice", "/austauschbar recheck")
			f.Say("mallory", bot.MarkAnswer(lastComment(f), "Done."))
		}, []string{"alice"}},
		"another one answered": {func(t *testing.T, f *githubtest.Fake) {
			f.Say("alice", "/austauschbar recheck")
			f.Say(f.Login, bot.MarkAnswer(lastComment(f), "Done."))
			f.Say("bert", "/austauschbar recheck")
		}, []string{"bert"}},
		"late in a long thread": {func(t *testing.T, f *githubtest.Fake) {
			for range 30 {
				f.Reply(t, "f-001", "emil", "…")
			}
			f.Reply(t, "f-001", "carla", "/austauschbar explain")
		}, []string{"carla thread f-001"}},
		"many by one": {func(t *testing.T, f *githubtest.Fake) {
			for range 120 {
				f.Say("emil", "/austauschbar recheck")
			}
			f.Say("alice", "/austauschbar recheck")
		}, []string{"alice"}},
	} {
		t.Run(name, func(t *testing.T) {
			fake, forge := talk(t)
			test.say(t, fake)
			reads := len(fake.Reads)
			posted, err := forge.Posted(context.Background(), change(fake))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, request := range posted.Requests {
				told := request.Author
				if request.Thread != "" {
					told += " thread"
				}
				got = append(got, strings.TrimSpace(told+" "+request.Finding))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("requests (-want +got):\n%s", diff)
			}
			asked := slices.DeleteFunc(slices.Clone(fake.Reads[reads:]), func(path string) bool { return !strings.Contains(path, "/collaborators/") })
			if len(slices.Compact(slices.Sorted(slices.Values(asked)))) != len(asked) {
				t.Errorf("somebody's permission was asked for twice: %q", asked)
			}
		})
	}
}

func lastComment(f *githubtest.Fake) string {
	return strconv.FormatInt(f.Comments[len(f.Comments)-1].ID, 10)
}

// Each request is answered once, in its place, wherever the head is. That our answer
// speaks of commands asks for nothing.
func TestAnswers(t *testing.T) {
	fake, forge := talk(t)
	fake.Say("alice", "/austauschbar help\r\n\r\nThanks")
	fake.Reply(t, "f-001", "carla", "/austauschbar explain")
	for range 25 {
		fake.Reply(t, "f-001", "emil", "…")
	}
	wanted := review(fake.Head, 1)
	wanted.Answer = func(r bot.Request) string { return fmt.Sprintf("/austauschbar heard %q about %q", r.Body, r.Finding) }
	for range 2 {
		settle(t, forge, fake, wanted)
	}
	ours := slices.DeleteFunc(slices.Clone(fake.Comments), func(c *githubtest.Comment) bool { return c.User.Login != fake.Login })
	if last := ours[len(ours)-1]; len(ours) != 2 || last.Body != bot.MarkAnswer(strconv.FormatInt(fake.Comments[1].ID, 10), "/austauschbar heard \"/austauschbar help\\n\\nThanks\" about \"\"") {
		t.Errorf("%d comments, the last %q", len(ours), last.Body)
	}
	thread := fake.Thread(t, "f-001").Comments
	if last := thread[len(thread)-1]; len(thread) != 28 || last.Body != bot.MarkAnswer(strconv.FormatInt(thread[1].ID, 10), "/austauschbar heard \"/austauschbar explain\" about \"f-001\"") {
		t.Errorf("%d comments in the thread, the last %q", len(thread), last.Body)
	}

	moved := change(fake)
	fake.Push(map[string]string{"a.md": "three\n"})
	if err := forge.Apply(context.Background(), moved, bot.Answer{Request: bot.Request{ID: "1"}, Body: "late"}); err != nil {
		t.Errorf("a request is not answered where the head has moved: %v", err)
	}
	if err := forge.Apply(context.Background(), moved, bot.Answer{Request: bot.Request{ID: "1", Thread: "../1"}, Body: "x"}); err == nil {
		t.Error("an id that is none is asked for")
	}
}

// Where we may not know who may write, nobody may.
func TestMayWrite(t *testing.T) {
	for name, test := range map[string]struct {
		answer int
		login  string
		want   bool
		err    bool
	}{
		"may":       {login: "carla", want: true},
		"may not":   {login: "emil"},
		"hidden":    {login: "carla", answer: http.StatusForbidden},
		"gone":      {login: "carla", answer: http.StatusNotFound},
		"a path":    {login: "../carla"},
		"no answer": {login: "carla", answer: http.StatusBadRequest, err: true},
	} {
		t.Run(name, func(t *testing.T) {
			fake := githubtest.NewFake()
			fake.Permissions = rights
			forge, _ := startBehind(t, full, func(w http.ResponseWriter, r *http.Request) {
				if test.answer != 0 {
					w.WriteHeader(test.answer)
					return
				}
				fake.ServeHTTP(w, r)
			})
			got, err := forge.mayWrite(context.Background(), place{"o", "r", 7}, test.login)
			if got != test.want || (err != nil) != test.err {
				t.Errorf("%v, error %v", got, err)
			}
		})
	}
}

// A command is acknowledged at once, without a comment.
func TestSeen(t *testing.T) {
	for name, test := range map[string]struct {
		login  string
		thread bool
		want   string
	}{
		"may":                  {"carla", false, "eyes"},
		"may not":              {"emil", false, "confused"},
		"may, in a thread":     {"alice", true, "eyes"},
		"may not, in a thread": {"mallory", true, "confused"},
	} {
		t.Run(name, func(t *testing.T) {
			fake := withApp()
			fake.Permissions = rights
			host := startApp(t, fake)
			var asked *githubtest.Comment
			event, at := "issue_comment", `"issue": {"number": 7, "pull_request": {}}`
			if test.thread {
				fake.Threads = append(fake.Threads, fake.NewThread("a.md", 1, "/austauschbar explain"))
				asked, event, at = fake.Threads[0].Comments[0], "pull_request_review_comment", `"pull_request": {"number": 7}`
			} else {
				fake.Say(test.login, "/austauschbar explain")
				asked = fake.Comments[0]
			}
			body := fmt.Sprintf(`{"action": "created", "repository": {"full_name": "o/r"}, %s, "comment": {"id": %d, "body": %q, "user": {"login": %q, "type": "User"}}}`, at, asked.ID, asked.Body, test.login)
			delivery, err := host.Hear(delivered(event, body), []byte(body))
			if err != nil {
				t.Fatal(err)
			}
			if fake.Tokens > 0 || len(fake.Reads) > 0 {
				t.Error("something was sent before anybody asked for it")
			}
			for range 2 {
				if err := delivery.Seen(context.Background()); err != nil {
					t.Fatal(err)
				}
			}
			if len(asked.Reactions) != 1 || asked.Reactions[0].Content != test.want {
				t.Errorf("reactions are %+v, want %s", asked.Reactions, test.want)
			}
		})
	}
}
