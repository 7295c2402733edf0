package gitlab

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/gitlab/gitlabtest"
)

// inline is a remark at a line of a.md.
func inline(finding string, line int) bot.Inline {
	return bot.Inline{Finding: finding, Path: "a.md", Line: line, Body: bot.MarkFinding(finding, "Remark "+finding)}
}

// changedAt is a GitLab where lines of a.md are new.
func changedAt(lines ...int) *gitlabtest.Fake {
	fake := gitlabtest.NewFake()
	fake.Begin(map[string]string{"a.md": sample(), "b.docx": "PK\x00old"})
	fake.Push(map[string]string{"a.md": strings.Replace(sample(lines...), "line 10\n", "", 1), "b.docx": "PK\x00new"})
	return fake
}

// Each kind of line has a position of its own: of one that did not change, the old
// number counts too, which is another below a removed line.
func TestCreateReviewPositions(t *testing.T) {
	fake := changedAt(3)
	forge, _ := on(t, fake)
	err := forge.Apply(t.Context(), headed(fake), bot.CreateReview{Comments: []bot.Inline{inline("added", 3), inline("before", 2), inline("below", 11)}})
	if err != nil {
		t.Fatal(err)
	}
	var got []gitlabtest.Position
	for _, thread := range fake.Threads() {
		got = append(got, *thread.Position)
	}
	at := func(old, line int) gitlabtest.Position {
		return gitlabtest.Position{Type: "text", BaseSHA: fake.MergeBase, StartSHA: fake.Start, HeadSHA: fake.Head, OldPath: "a.md", NewPath: "a.md", OldLine: old, NewLine: line}
	}
	if diff := cmp.Diff([]gitlabtest.Position{at(0, 3), at(2, 2), at(12, 11)}, got); diff != "" {
		t.Error(diff)
	}
}

// One comment that GitLab does not like, and one at a line that it does not show, stop
// none of the others.
func TestCreateReviewRefused(t *testing.T) {
	fake := changedAt(3)
	fake.Bad = "disliked"
	forge, _ := on(t, fake)
	err := forge.Apply(t.Context(), headed(fake), bot.CreateReview{Comments: []bot.Inline{inline("disliked", 3), inline("far", 18), inline("good", 3)}})
	refused := (*bot.RefusedError)(nil)
	if !errors.As(err, &refused) || !errors.Is(err, bot.ErrRefused) || len(refused.Comments) != 2 {
		t.Fatal(err)
	}
	if threads := fake.Threads(); len(threads) != 1 || !strings.Contains(threads[0].Notes[0].Body, "good") {
		t.Errorf("threads %v", threads)
	}
}

// Nothing is written of a review whose head has moved, not even in its midst.
func TestApplyMoved(t *testing.T) {
	for name, test := range map[string]struct {
		operation bot.Operation
		after     int // writes before the head moves
		written   bool
	}{
		"summary":   {bot.CreateSummary{Body: "x"}, 0, false},
		"edit":      {bot.EditSummary{ID: "1", Body: "x"}, 0, false},
		"labels":    {bot.SetLabels{Labels: []string{labelPrefix + "A"}}, 0, false},
		"review":    {bot.CreateReview{Comments: []bot.Inline{inline("a", 3), inline("b", 3)}}, 1, true},
		"file":      {bot.CreateFileComment{Path: "a.md", Body: "x"}, 0, false},
		"resolving": {bot.Resolve{Thread: "x"}, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			fake := changedAt(3)
			forge, _ := on(t, fake)
			reviewed := headed(fake)
			if test.after == 0 {
				fake.Push(map[string]string{"a.md": "other\n"})
			}
			fake.OnWrite = func(int) (int, bool) {
				fake.Push(map[string]string{"a.md": sample(3, 4)})
				return 0, true
			}
			if err := forge.Apply(t.Context(), reviewed, test.operation); !errors.Is(err, bot.ErrMoved) || fake.Writes() != test.after {
				t.Errorf("%v, %d writes", err, fake.Writes())
			}
		})
	}
}

// GitLab may know of a push before it has compared the branches anew.
func TestCreateReviewVersionBehind(t *testing.T) {
	fake := changedAt(3)
	forge, _ := on(t, fake)
	behind, _ := on(t, versionless{fake})
	if err := behind.Apply(t.Context(), headed(fake), bot.CreateReview{Comments: []bot.Inline{inline("a", 3)}}); !errors.Is(err, bot.ErrMoved) {
		t.Error(err)
	}
	if err := forge.Apply(t.Context(), headed(fake), bot.CreateReview{Comments: []bot.Inline{inline("a", 3)}}); err != nil {
		t.Error(err)
	}
}

// versionless is a fake that knows no version yet.
type versionless struct{ *gitlabtest.Fake }

func (f versionless) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasSuffix(r.URL.Path, "/versions") {
		_, _ = w.Write([]byte("[]"))
		return
	}
	f.Fake.ServeHTTP(w, r)
}

func TestCreateFileComment(t *testing.T) {
	for name, test := range map[string]struct {
		prepare func(*gitlabtest.Fake)
		path    string
		want    string // the position's type; "" for none
		refused bool
	}{
		"at the file":    {func(*gitlabtest.Fake) {}, "b.docx", "file", false},
		"older server":   {func(f *gitlabtest.Fake) { f.NoFiles = true }, "b.docx", "", false},
		"another file":   {func(*gitlabtest.Fake) {}, "c.docx", "", false},
		"disliked words": {func(f *gitlabtest.Fake) { f.Bad = "Remark" }, "b.docx", "", true},
	} {
		t.Run(name, func(t *testing.T) {
			fake := changedAt(3)
			test.prepare(fake)
			forge, _ := on(t, fake)
			err := forge.Apply(t.Context(), headed(fake), bot.CreateFileComment{Path: test.path, Body: bot.MarkFinding("f", "Remark f")})
			if errors.Is(err, bot.ErrRefused) != test.refused {
				t.Fatal(err)
			}
			if test.refused {
				return
			}
			if thread := fake.Thread(t, "Remark f"); thread.Single || (thread.Position == nil) != (test.want == "") || thread.Position != nil && thread.Position.Type != test.want {
				t.Errorf("position %+v", thread.Position)
			}
			posted, err := forge.Posted(t.Context(), headed(fake))
			if err != nil || len(posted.Threads) != 1 || posted.Threads[0].Finding != "f" || posted.Threads[0].Line != 0 {
				t.Errorf("%v, threads %+v", err, posted.Threads)
			}
		})
	}
}

// The summary never keeps people from merging; a thread does until it is resolved.
func TestMergeable(t *testing.T) {
	fake := changedAt(3)
	forge, _ := on(t, fake)
	apply := func(operation bot.Operation) {
		t.Helper()
		if err := forge.Apply(t.Context(), headed(fake), operation); err != nil {
			t.Fatal(err)
		}
	}
	apply(bot.CreateSummary{Body: bot.SummaryMarker + "\nx"})
	note := fake.Say("alice", "/austauschbar help")
	apply(bot.Answer{Request: bot.Request{ID: text(note.ID)}, Body: bot.MarkAnswer(text(note.ID), "x")})
	if !fake.Mergeable(7) {
		t.Error("summary and answer block")
	}
	apply(bot.CreateReview{Comments: []bot.Inline{inline("f", 3)}})
	if fake.Mergeable(7) {
		t.Error("a thread does not block")
	}
	thread := fake.Thread(t, "Remark f").ID
	apply(bot.Resolve{Thread: thread})
	if !fake.Mergeable(7) {
		t.Error("a resolved thread blocks")
	}
	apply(bot.Reopen{Thread: thread})
	if fake.Mergeable(7) {
		t.Error("a reopened thread does not block")
	}
}

// What a text says is never carried out, whichever way it goes.
func TestNoQuickActions(t *testing.T) {
	const orders = "x\n/close\n\r/merge\n```\n/approve\n```\n  /label ~a\n"
	fake := changedAt(3)
	forge, _ := on(t, fake)
	ours := fake.Say(fake.Us.Name, bot.SummaryMarker+"\nx")
	fake.SayAt("a.md", 3, "alice", "/austauschbar")
	for _, operation := range []bot.Operation{
		bot.CreateSummary{Body: orders}, bot.EditSummary{ID: text(ours.ID), Body: orders}, bot.EditComment{ID: text(ours.ID), Body: orders},
		bot.CreateReview{Comments: []bot.Inline{{Path: "a.md", Line: 3, Body: orders}}}, bot.CreateFileComment{Path: "a.md", Body: orders},
		bot.Answer{Body: orders}, bot.Answer{Request: bot.Request{Thread: fake.Thread(t, "/austauschbar").ID}, Body: orders},
	} {
		if err := forge.Apply(t.Context(), headed(fake), operation); err != nil {
			t.Errorf("%T: %v", operation, err)
		}
	}
	if len(fake.QuickActions) > 0 {
		t.Errorf("carried out: %q", fake.QuickActions)
	}
	if n := len(fake.Discussion); n != 6 {
		t.Errorf("%d discussions", n)
	}
}

func TestSetCheck(t *testing.T) {
	long := strings.Repeat("ä", 300)
	for name, test := range map[string]struct {
		checks []bot.Check
		fork   bool
		want   []gitlabtest.Status // without ids
	}{
		"success": {checks: []bot.Check{{Conclusion: "success", Title: "A"}}, want: []gitlabtest.Status{{State: "success", Description: "A"}}},
		"neutral": {checks: []bot.Check{{Conclusion: "neutral", Title: "C"}}, want: []gitlabtest.Status{{State: "success", Description: "C"}}},
		"failure": {checks: []bot.Check{{Conclusion: "failure", Title: "E"}}, want: []gitlabtest.Status{{State: "failed", Description: "E"}}},
		"same again": {checks: []bot.Check{{Conclusion: "neutral", Title: "C"}, {Conclusion: "success", Title: "C"}},
			want: []gitlabtest.Status{{State: "success", Description: "C"}}},
		"other words": {checks: []bot.Check{{Conclusion: "success", Title: "C"}, {Conclusion: "success", Title: "B"}},
			want: []gitlabtest.Status{{State: "success", Description: "C"}, {State: "success", Description: "B"}}},
		"too long": {checks: []bot.Check{{Conclusion: "success", Title: long}, {Conclusion: "success", Title: long}},
			want: []gitlabtest.Status{{State: "success", Description: strings.Repeat("ä", 254) + "…"}}},
		"fork": {checks: []bot.Check{{Conclusion: "success", Title: "A"}}, fork: true, want: []gitlabtest.Status{{State: "success", Description: "A", Ref: "refs/merge-requests/7/head"}}},
	} {
		t.Run(name, func(t *testing.T) {
			fake := changedAt(3)
			fake.Fork = test.fork
			forge, _ := on(t, fake)
			for _, check := range test.checks {
				if err := forge.Apply(t.Context(), headed(fake), bot.SetCheck{Check: check}); err != nil {
					t.Fatal(err)
				}
			}
			var got []gitlabtest.Status
			for i, status := range fake.Statuses {
				if test.want[i].Ref == "" {
					test.want[i].Ref = "topic-7"
				}
				test.want[i].SHA, test.want[i].Name, test.want[i].Author = fake.Head, "Austauschbar", fake.Us
				status := *status
				status.ID = 0
				got = append(got, status)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A server that refuses a state which stands there already has it.
func TestSetCheckRefusedAgain(t *testing.T) {
	fake := changedAt(3)
	refusing := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = w.Write([]byte(`{"message":"Cannot transition status via :success from :success (Reason(s): Status cannot transition via \"success\")"}`))
			return
		}
		fake.ServeHTTP(w, r)
	})
	forge, _ := on(t, refusing)
	if err := forge.Apply(t.Context(), headed(fake), bot.SetCheck{Check: bot.Check{Conclusion: "success"}}); err != nil {
		t.Error(err)
	}
}

func TestSetLabels(t *testing.T) {
	for name, test := range map[string]struct {
		posted, wanted, want []string
		writes               int
		fails                bool
	}{
		"first":     {nil, []string{labelPrefix + "C"}, []string{labelPrefix + "C"}, 1, false},
		"same":      {[]string{"bug", labelPrefix + "C"}, []string{labelPrefix + "C"}, []string{"bug", labelPrefix + "C"}, 0, false},
		"another":   {[]string{labelPrefix + "C", "bug"}, []string{labelPrefix + "B"}, []string{"bug", labelPrefix + "B"}, 1, false},
		"none":      {[]string{labelPrefix + "C", "bug"}, nil, []string{"bug"}, 1, false},
		"not ours":  {nil, []string{"bug"}, nil, 0, true},
		"two names": {nil, []string{labelPrefix + "A,bug"}, nil, 0, true},
	} {
		t.Run(name, func(t *testing.T) {
			fake := changedAt(3)
			fake.Labels = test.posted
			forge, _ := on(t, fake)
			err := forge.Apply(t.Context(), headed(fake), bot.SetLabels{Labels: test.wanted})
			if (err != nil) != test.fails || fake.Writes() != test.writes || !slices.Equal(fake.Labels, test.want) {
				t.Errorf("%v, %d writes, labels %q", err, fake.Writes(), fake.Labels)
			}
		})
	}
}

// A token that may not resolve is asked once.
func TestMayNotResolve(t *testing.T) {
	fake := changedAt(3)
	forge, _ := on(t, fake)
	if err := forge.Apply(t.Context(), headed(fake), bot.CreateReview{Comments: []bot.Inline{inline("f", 3)}}); err != nil {
		t.Fatal(err)
	}
	fake.NoResolve = true
	if err := forge.Apply(t.Context(), headed(fake), bot.Resolve{Thread: fake.Thread(t, "Remark f").ID}); !errors.Is(err, bot.ErrForbidden) || forge.Can().Resolve {
		t.Errorf("%v, can still resolve: %v", err, forge.Can().Resolve)
	}
}

func TestApplyRefuses(t *testing.T) {
	fake := changedAt(3)
	forge, _ := on(t, fake)
	elsewhere := headed(fake)
	elsewhere.Repository = "nowhere"
	for name, err := range map[string]error{
		"no head":    forge.Apply(t.Context(), change, bot.CreateSummary{Body: "x"}),
		"no project": forge.Apply(t.Context(), elsewhere, bot.CreateSummary{Body: "x"}),
		"no id":      forge.Apply(t.Context(), headed(fake), bot.EditSummary{ID: "x", Body: "x"}),
		"not ours":   forge.Apply(t.Context(), headed(fake), bot.EditSummary{ID: text(fake.Say("alice", "x").ID), Body: "y"}),
	} {
		if err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
	if err := forge.Apply(t.Context(), headed(fake), bot.DeleteSummary{ID: "1"}); err != nil {
		t.Errorf("what is gone cannot be deleted: %v", err)
	}
}
