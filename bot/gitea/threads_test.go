package gitea

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/gitea/giteatest"
)

// talk is a change with two findings of ours at one line and one at another, and a
// thread of somebody else's.
func talk(t *testing.T) (*giteatest.Fake, *Forge, []*giteatest.Comment) {
	t.Helper()
	fake := giteatest.NewFake()
	fake.Permissions = map[string]string{"alice": "owner", "bert": "admin", "carla": "write", "emil": "read", "nobody": ""}
	fake.Push(map[string]string{"a.md": "two\nthree\n"})
	forge := start(t, fake, full)
	review := remarks(3)
	review.Comments[1].Line = 1
	if err := forge.Apply(context.Background(), change(fake), review); err != nil {
		t.Fatal(err)
	}
	fake.SayAt("emil", "a.md", 2, "Why this?")
	return fake, forge, fake.Reviews[0].Comments
}

func posted(t *testing.T, forge *Forge, fake *giteatest.Fake) bot.Posted {
	t.Helper()
	posted, err := forge.Posted(context.Background(), change(fake))
	if err != nil {
		t.Fatal(err)
	}
	return posted
}

func TestThreads(t *testing.T) {
	type told struct {
		Finding            string
		Resolved, Answered bool
	}
	for name, test := range map[string]struct {
		happens func(*giteatest.Fake, []*giteatest.Comment)
		want    []told
	}{
		"nothing":             {func(*giteatest.Fake, []*giteatest.Comment) {}, []told{{Finding: "f-001"}, {Finding: "f-002"}, {Finding: "f-003"}}},
		"an answer":           {func(f *giteatest.Fake, ours []*giteatest.Comment) { f.Reply("alice", ours[2].ID, "No.") }, []told{{Finding: "f-001"}, {Finding: "f-002"}, {Finding: "f-003", Answered: true}}},
		"an answer to two":    {func(f *giteatest.Fake, ours []*giteatest.Comment) { f.Reply("alice", ours[1].ID, "No.") }, []told{{Finding: "f-001", Answered: true}, {Finding: "f-002", Answered: true}, {Finding: "f-003"}}},
		"our own answer":      {func(f *giteatest.Fake, ours []*giteatest.Comment) { f.Reply(f.Login, ours[2].ID, "No.") }, []told{{Finding: "f-001"}, {Finding: "f-002"}, {Finding: "f-003"}}},
		"resolved by us":      {func(_ *giteatest.Fake, ours []*giteatest.Comment) { ours[0].Resolver = "austauschbar" }, []told{{Finding: "f-001", Resolved: true}, {Finding: "f-002"}, {Finding: "f-003"}}},
		"resolved by a human": {func(f *giteatest.Fake, ours []*giteatest.Comment) { f.Click("alice", ours[1].ID) }, []told{{Finding: "f-001", Resolved: true, Answered: true}, {Finding: "f-002", Resolved: true, Answered: true}, {Finding: "f-003"}}},
		"copied markers": {func(f *giteatest.Fake, ours []*giteatest.Comment) {
			f.Reply("mallory", ours[2].ID, bot.MarkFinding("f-001", "x"))
			f.SayAt("mallory", "a.md", 1, bot.MarkFinding("f-009", "x"))
		}, []told{{Finding: "f-001"}, {Finding: "f-002"}, {Finding: "f-003", Answered: true}}},
		"not sent off": {func(f *giteatest.Fake, _ []*giteatest.Comment) {
			f.SayAt(f.Login, "a.md", 2, bot.MarkFinding("f-009", "x"))
			f.Reviews[len(f.Reviews)-1].State = "PENDING"
		}, []told{{Finding: "f-001"}, {Finding: "f-002"}, {Finding: "f-003"}}},
		"edited in a browser": {func(_ *giteatest.Fake, ours []*giteatest.Comment) {
			ours[0].Body = strings.ReplaceAll(ours[0].Body, "\n", "\r\n")
		}, []told{{Finding: "f-001"}, {Finding: "f-002"}, {Finding: "f-003"}}},
	} {
		t.Run(name, func(t *testing.T) {
			fake, forge, ours := talk(t)
			test.happens(fake, ours)
			var got []told
			for i, thread := range posted(t, forge, fake).Threads {
				got = append(got, told{thread.Finding, thread.Resolved, thread.Answered})
				if want := fmt.Sprint(ours[i].ID); thread.ID != want || thread.Comment != want || thread.Path != "a.md" || thread.Line != ours[i].Line || thread.Body != bot.MarkFinding(thread.Finding, "Remark") {
					t.Errorf("thread is %+v", thread)
				}
			}
			if d := cmp.Diff(test.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestRequests(t *testing.T) {
	for name, test := range map[string]struct {
		say  func(*giteatest.Fake, []*giteatest.Comment)
		want []string // author, place, finding
	}{
		"nothing asked": {func(f *giteatest.Fake, _ []*giteatest.Comment) { f.Say("alice", "I like /austauschbar") }, nil},
		"who may": {func(f *giteatest.Fake, _ []*giteatest.Comment) {
			for _, login := range []string{"alice", "bert", "carla", "emil", "mallory", "nobody", "../admin"} {
				f.Say(login, "/austauschbar recheck")
			}
		}, []string{"alice", "bert", "carla"}},
		"our account may not know": {func(f *giteatest.Fake, _ []*giteatest.Comment) {
			f.Admin = false
			f.Say("alice", "/austauschbar recheck")
		}, nil},
		"in our thread": {func(f *giteatest.Fake, ours []*giteatest.Comment) {
			f.Reply("carla", ours[2].ID, "/austauschbar explain")
		}, []string{"carla thread f-003"}},
		"at the first of two": {func(f *giteatest.Fake, ours []*giteatest.Comment) {
			f.Reply("carla", ours[0].ID, "/austauschbar explain")
		}, []string{"carla thread f-002"}},
		"in theirs": {func(f *giteatest.Fake, _ []*giteatest.Comment) {
			f.Reply("carla", f.Reviews[1].Comments[0].ID, "/austauschbar help")
		}, []string{"carla thread"}},
		"beginning one": {func(f *giteatest.Fake, _ []*giteatest.Comment) { f.SayAt("alice", "a.md", 2, "/austauschbar help") }, []string{"alice thread"}},
		"by programs": {func(f *giteatest.Fake, ours []*giteatest.Comment) {
			f.Permissions["gitea-actions"], f.Permissions["other[bot]"], f.Permissions["Ghost"] = "write", "write", "write"
			for _, login := range []string{"other[bot]", "gitea-actions", "Ghost", f.Login} {
				f.Say(login, "/austauschbar recheck")
			}
			f.Reply("gitea-actions", ours[0].ID, "/austauschbar explain")
		}, nil},
		"answered by us": {func(f *giteatest.Fake, _ []*giteatest.Comment) {
			asked := f.Say("alice", "/austauschbar recheck")
			f.Say(f.Login, bot.MarkAnswer(fmt.Sprint(asked.ID), "Done."))
		}, nil},
		"answered in another review": {func(f *giteatest.Fake, ours []*giteatest.Comment) {
			asked := f.Reply("alice", ours[2].ID, "/austauschbar explain")
			f.SayAt(f.Login, "a.md", 2, bot.MarkAnswer(fmt.Sprint(asked.ID), "Done."))
		}, nil},
		"answered by somebody else": {func(f *giteatest.Fake, _ []*giteatest.Comment) {
			asked := f.Say("alice", "/austauschbar recheck")
			f.Say("mallory", bot.MarkAnswer(fmt.Sprint(asked.ID), "Done."))
		}, []string{"alice"}},
		"another one answered": {func(f *giteatest.Fake, _ []*giteatest.Comment) {
			asked := f.Say("alice", "/austauschbar recheck")
			f.Say(f.Login, bot.MarkAnswer(fmt.Sprint(asked.ID), "Done."))
			f.Say("bert", "/austauschbar recheck")
		}, []string{"bert"}},
	} {
		t.Run(name, func(t *testing.T) {
			fake, forge, ours := talk(t)
			test.say(fake, ours)
			var got []string
			for _, request := range posted(t, forge, fake).Requests {
				told := request.Author
				if request.Thread != "" {
					told += " thread"
				}
				got = append(got, strings.TrimSpace(told+" "+request.Finding))
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("requests are %q, want %q", got, test.want)
			}
		})
	}
}

// Answers stand where the request does: an old server has no replies, so that a review
// of its own stands at the same line.
func TestAnswer(t *testing.T) {
	for name, test := range map[string]struct {
		version string
		ask     func(*giteatest.Fake, []*giteatest.Comment)
		at      string // path and line, and the review's number; "" for the change
	}{
		"at the change":         {giteatest.Newest, func(f *giteatest.Fake, _ []*giteatest.Comment) { f.Say("alice", "/austauschbar help") }, ""},
		"in a thread":           {giteatest.Newest, func(f *giteatest.Fake, ours []*giteatest.Comment) { f.Reply("alice", ours[2].ID, "/austauschbar help") }, "a.md:3 in review 0"},
		"in a thread, old":      {giteatest.Oldest, func(f *giteatest.Fake, ours []*giteatest.Comment) { f.Reply("alice", ours[2].ID, "/austauschbar help") }, "a.md:3 in review 2"},
		"in a thread, Forgejo":  {giteatest.Forgejo, func(f *giteatest.Fake, ours []*giteatest.Comment) { f.Reply("alice", ours[2].ID, "/austauschbar help") }, "a.md:3 in review 2"},
		"at the base, old":      {giteatest.Oldest, func(f *giteatest.Fake, _ []*giteatest.Comment) { f.SayAt("alice", "a.md", -1, "/austauschbar help") }, ""},
		"at the base, newest":   {giteatest.Newest, func(f *giteatest.Fake, _ []*giteatest.Comment) { f.SayAt("alice", "a.md", -1, "/austauschbar help") }, "a.md:-1 in review 2"},
		"of a thread gone, old": {giteatest.Oldest, nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			fake, _, ours := talk(t)
			fake.Version = test.version
			forge := start(t, fake, full)
			request := bot.Request{ID: "5", Thread: "5"}
			if test.ask != nil {
				test.ask(fake, ours)
				request = posted(t, forge, fake).Requests[0]
			}
			fake.Push(map[string]string{"a.md": "moved\n"}) // people are answered anyway
			if err := forge.Apply(context.Background(), change(fake), bot.Answer{Request: request, Body: bot.MarkAnswer(request.ID, "So.")}); err != nil {
				t.Fatal(err)
			}
			got := "nowhere"
			for i, review := range fake.Reviews {
				for _, c := range review.Comments {
					if _, answers := bot.AnswerOf(c.Body); answers {
						got = fmt.Sprintf("%s:%d in review %d", c.Path, c.Line, i)
					}
				}
			}
			for _, c := range fake.Comments {
				if _, answers := bot.AnswerOf(c.Body); answers {
					got = ""
				}
			}
			if got != test.at {
				t.Errorf("answered %q, want %q", got, test.at)
			}
			if left := posted(t, forge, fake).Requests; len(left) > 0 {
				t.Errorf("left to answer: %+v", left)
			}
		})
	}
}

// Summaries are those of our account only, the oldest first.
func TestSummaries(t *testing.T) {
	fake := giteatest.NewFake()
	fake.Say("mallory", bot.SummaryMarker+"\nhers")
	first := fake.Say(fake.Login, bot.SummaryMarker+"\r\nfirst")
	fake.Say(fake.Login, "see "+bot.SummaryMarker)
	second := fake.Say(strings.ToUpper(fake.Login), bot.SummaryMarker+"\nsecond")
	want := []bot.Comment{{ID: fmt.Sprint(first.ID), Body: bot.SummaryMarker + "\nfirst"}, {ID: fmt.Sprint(second.ID), Body: bot.SummaryMarker + "\nsecond"}}
	if d := cmp.Diff(want, posted(t, start(t, fake, full), fake).Summaries); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// A review that is removed while we look is none.
func TestReviewRemovedMeanwhile(t *testing.T) {
	fake, _, _ := talk(t)
	forge := start(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fake.ServeHTTP(w, r)
		if strings.HasSuffix(r.URL.Path, "/reviews") {
			request := httptest.NewRequest(http.MethodDelete, fmt.Sprintf("%s/%d", r.URL.Path, fake.Reviews[0].ID), nil)
			request.Header = r.Header
			fake.ServeHTTP(httptest.NewRecorder(), request)
		}
	}), full)
	if got := posted(t, forge, fake).Threads; len(got) > 0 {
		t.Errorf("threads are %+v", got)
	}
}
