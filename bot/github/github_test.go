package github

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

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/courier"
	"github.com/austauschbar/austauschbar/bot/github/githubtest"
)

// recordWaits gives a forge a clock that its waits move on.
func recordWaits(forge *Forge) *[]time.Duration {
	waits := &[]time.Duration{}
	clock := githubtest.Dawn
	forge.courier.Now = func() time.Time { return clock }
	forge.courier.Sleep = func(ctx context.Context, d time.Duration) error {
		if d > time.Millisecond {
			*waits = append(*waits, d.Round(time.Second))
		}
		clock = clock.Add(d)
		return ctx.Err()
	}
	return waits
}

// full is what an App with all permissions is given.
var full = Options{Login: "austauschbar[bot]", Checks: true, Resolve: true, Labels: "austauschbar: "}

func change(fake *githubtest.Fake) austauschbar.Change {
	return austauschbar.Change{Forge: "github", Repository: "o/r", Number: 7, Base: fake.Base, Head: fake.Head}
}

// manyLines is a file of which n lines are new.
func manyLines(name string, n int) githubtest.FakeFile {
	return githubtest.FakeFile{Name: name, Status: "added", Patch: fmt.Sprintf("@@ -0,0 +1,%d @@\n", n) + strings.TrimSuffix(strings.Repeat("+x\n", n), "\n")}
}

func remark(id string, line int) bot.Remark {
	return bot.Remark{Finding: id, Path: "a.md", Line: line, Body: bot.MarkFinding(id, "Remark "+id)}
}

// review is what a change with findings at lines 1 to n of a.md should show.
func review(head string, n int) bot.Wanted {
	wanted := bot.Wanted{Summary: fmt.Sprintf("%s\n%d findings", bot.SummaryMarker, n), Labels: []string{"austauschbar: C"}}
	wanted.Check = bot.Check{Head: head, Conclusion: "neutral", Title: fmt.Sprintf("%d findings", n), Summary: "Level C"}
	for i := range n {
		id := fmt.Sprintf("f-%03d", i+1)
		wanted.Remarks = append(wanted.Remarks, remark(id, i+1))
		wanted.Open = append(wanted.Open, id)
		wanted.Check.Annotations = append(wanted.Check.Annotations, bot.Annotation{Path: "a.md", Line: i + 1, Level: "warning", Title: id, Message: "Remark " + id})
	}
	return wanted
}

// settle publishes and checks that nothing is left to do.
func settle(t *testing.T, forge *Forge, fake *githubtest.Fake, wanted bot.Wanted) bot.Posted {
	t.Helper()
	ctx := context.Background()
	fetched, err := forge.Fetch(ctx, change(fake))
	if err != nil {
		t.Fatal(err)
	}
	if err := bot.Publish(ctx, forge, fetched.Change, wanted, fetched.Diff); err != nil {
		t.Fatal(err)
	}
	posted, err := forge.Posted(ctx, fetched.Change)
	if err != nil {
		t.Fatal(err)
	}
	if left := bot.Plan(wanted, posted, fetched.Diff, forge.Can()); len(left) > 0 {
		t.Errorf("after the plan is applied, there is left: %v", left)
	}
	return posted
}

// What writing costs on GitHub, and what can be mixed up there only; TestScenarios has
// the scenarios of every forge. The pull request has 40 new lines. Each play ends with
// a plan that is applied; a further plan must be empty.
func TestWrites(t *testing.T) {
	type world struct {
		t     *testing.T
		fake  *githubtest.Fake
		forge *Forge
	}
	for name, test := range map[string]struct {
		play   func(w world) bot.Wanted // returns what is wanted in the end
		lines  int
		writes int // of the last plan
		check  func(t *testing.T, fake *githubtest.Fake, posted bot.Posted)
	}{
		"new": {
			play:   func(w world) bot.Wanted { return review(w.fake.Head, 30) },
			writes: 4, // review, summary, check, label
			check: func(t *testing.T, fake *githubtest.Fake, posted bot.Posted) {
				if len(posted.Threads) != 30 || len(posted.Summaries) != 1 || len(posted.Check.Annotations) != 30 {
					t.Errorf("%d threads, %d summaries, %d annotations", len(posted.Threads), len(posted.Summaries), len(posted.Check.Annotations))
				}
				if first := posted.Threads[0]; first.Finding != "f-001" || first.Line != 1 || first.Answered || first.Body != bot.MarkFinding("f-001", "Remark f-001") {
					t.Errorf("first thread is %+v", first)
				}
			},
		},
		"fixed": {
			play: func(w world) bot.Wanted {
				settle(w.t, w.forge, w.fake, review(w.fake.Head, 2))
				return review(w.fake.Head, 1)
			},
			writes: 3, // resolve, summary, a new check since annotations cannot be removed
			check: func(t *testing.T, fake *githubtest.Fake, posted bot.Posted) {
				if !fake.Thread(t, "f-002").Resolved || fake.Thread(t, "f-001").Resolved || len(fake.Runs) != 2 {
					t.Error("the thread of the fixed finding is open, another resolved, or the run was not replaced")
				}
			},
		},
		"somebody copies our markers": {
			play: func(w world) bot.Wanted {
				w.fake.Say("mallory", bot.SummaryMarker+"\nall is well")
				w.fake.Say("austauschbar", bot.SummaryMarker+"\nall is well") // a person, not the App
				thread := w.fake.NewThread("a.md", 1, bot.MarkFinding("f-001", "all is well"))
				thread.Comments[0].User = githubtest.Account("austauschbar")
				w.fake.Threads = append(w.fake.Threads, thread)
				w.fake.Runs = append(w.fake.Runs, &githubtest.Run{ID: 1, Head: w.fake.Head, Name: checkName, External: externalID, Slug: "mallory", Conclusion: "success", Title: "Level A", Summary: ""})
				w.fake.Runs = append(w.fake.Runs, &githubtest.Run{ID: 2, Head: w.fake.Head, Name: checkName, External: "a job of Actions", Slug: "austauschbar", Conclusion: "success", Title: "", Summary: ""})
				return review(w.fake.Head, 1)
			},
			writes: 4,
			check: func(t *testing.T, fake *githubtest.Fake, posted bot.Posted) {
				if len(fake.Comments) != 3 || len(fake.Threads) != 2 || len(fake.Runs) != 3 || fake.Comments[0].Body != bot.SummaryMarker+"\nall is well" {
					t.Error("what others wrote was taken for ours")
				}
			},
		},
		"a job has our name": {
			play: func(w world) bot.Wanted {
				settle(w.t, w.forge, w.fake, review(w.fake.Head, 1))
				w.fake.Runs = append(w.fake.Runs, &githubtest.Run{ID: w.fake.ID(), Head: w.fake.Head, Name: checkName, External: "a job of Actions", Slug: "austauschbar", Conclusion: "success", Title: "", Summary: ""})
				return review(w.fake.Head, 1)
			},
			writes: 0,
		},
		"many comments by others": {
			play: func(w world) bot.Wanted {
				for range 250 {
					w.fake.Say("bob", "me too")
				}
				settle(w.t, w.forge, w.fake, review(w.fake.Head, 1))
				return review(w.fake.Head, 1)
			},
			writes: 0,
		},
		"500 findings": {
			play:   func(w world) bot.Wanted { return review(w.fake.Head, 500) },
			lines:  500,
			writes: 29, // 17 reviews, summary, 10 pages of annotations, label
			check: func(t *testing.T, fake *githubtest.Fake, posted bot.Posted) {
				if len(posted.Threads) != 500 || len(posted.Check.Annotations) != 500 {
					t.Errorf("%d threads, %d annotations", len(posted.Threads), len(posted.Check.Annotations))
				}
			},
		},
		"crash between pages of annotations": {
			play:   func(w world) bot.Wanted { return crash(w.t, w.forge, w.fake, review(w.fake.Head, 120), 7) },
			lines:  120,
			writes: 2, // the last page, label
			check: func(t *testing.T, fake *githubtest.Fake, posted bot.Posted) {
				if len(fake.Runs) != 1 || len(posted.Check.Annotations) != 120 {
					t.Errorf("%d runs, %d annotations", len(fake.Runs), len(posted.Check.Annotations))
				}
			},
		},
		"labels of others stay": {
			play: func(w world) bot.Wanted {
				w.fake.Labels = []string{"bug", "austauschbar: E", "austauschbar/other?"}
				return bot.Wanted{Labels: []string{"austauschbar: B"}, Check: bot.Check{Head: w.fake.Head, Conclusion: "success", Title: "B"}}
			},
			writes: 3, // check, add, remove
			check: func(t *testing.T, fake *githubtest.Fake, posted bot.Posted) {
				if want := []string{"bug", "austauschbar/other?", "austauschbar: B"}; !slices.Equal(fake.Labels, want) {
					t.Errorf("labels %q, want %q", fake.Labels, want)
				}
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			fake := githubtest.NewFake()
			fake.Files = []githubtest.FakeFile{manyLines("a.md", max(40, test.lines)), {Name: "b.docx", Status: "modified"}}
			forge, _ := start(t, fake, full)
			wanted := test.play(world{t, fake, forge})
			before := fake.Writes()
			posted := settle(t, forge, fake, wanted)
			if writes := fake.Writes() - before; writes != test.writes {
				t.Errorf("%d writes, want %d:\n%s", writes, test.writes, strings.Join(fake.Log[before:], "\n"))
			}
			if test.check != nil {
				test.check(t, fake, posted)
			}
			before = fake.Writes()
			settle(t, forge, fake, wanted)
			if again := fake.Writes() - before; again != 0 {
				t.Errorf("%d writes where nothing changed", again)
			}
		})
	}
}

// crash publishes until a number of writes is done, then fails.
func crash(t *testing.T, forge *Forge, fake *githubtest.Fake, wanted bot.Wanted, after int) bot.Wanted {
	t.Helper()
	fake.OnWrite = func(log []string) int {
		if len(log) >= after {
			return http.StatusBadRequest // which is not tried again
		}
		return 0
	}
	fetched, err := forge.Fetch(context.Background(), change(fake))
	if err != nil {
		t.Fatal(err)
	}
	if err := bot.Publish(context.Background(), forge, fetched.Change, wanted, fetched.Diff); err == nil {
		t.Fatal("nothing failed")
	}
	fake.OnWrite = nil
	return wanted
}

// One user's token may not write checks: the status says what it can.
func TestCommitStatus(t *testing.T) {
	for name, options := range map[string]Options{
		"known":     {Resolve: true},
		"found out": {Checks: true, Resolve: true},
	} {
		t.Run(name, func(t *testing.T) {
			fake := githubtest.NewFake()
			fake.Login, fake.NoChecks = "bert", true
			forge, _ := start(t, fake, options)
			wanted := bot.Check{Head: fake.Head, Conclusion: "failure", Title: strings.Repeat("ä", 200)}
			for range 2 {
				if err := forge.Apply(context.Background(), change(fake), bot.SetCheck{Check: wanted}); err != nil {
					t.Fatal(err)
				}
			}
			if can := forge.Can(); can.Checks || !can.Status {
				t.Errorf("can %+v", can)
			}
			if len(fake.Statuses) != 1 || fake.Statuses[0].State != "failure" {
				t.Fatalf("%d statuses", len(fake.Statuses))
			}
			posted, err := forge.Posted(context.Background(), change(fake))
			if err != nil || posted.Check == nil || posted.Check.Conclusion != "failure" || posted.Check.Title != strings.Repeat("ä", 139)+"…" {
				t.Errorf("posted %+v, error %v", posted.Check, err)
			}
			fake.Statuses = append(fake.Statuses, &githubtest.Status{ID: fake.ID(), State: "success", Description: "all is well", Context: checkName, Creator: githubtest.Account("mallory"), Head: fake.Head})
			if posted, _ := forge.Posted(context.Background(), change(fake)); posted.Check.Conclusion != "failure" {
				t.Error("somebody else's status was taken for ours")
			}
		})
	}
}

func TestApplyRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		prepare   func(*githubtest.Fake)
		options   Options
		operation bot.Operation
		want      error
		writes    int
	}{
		"moved":               {func(f *githubtest.Fake) { f.Push(map[string]string{"a.md": "new"}) }, full, bot.CreateSummary{Body: "S"}, bot.ErrMoved, 0},
		"review of moved":     {func(f *githubtest.Fake) { f.Push(map[string]string{"a.md": "new"}) }, full, bot.CreateReview{Comments: []bot.Inline{{Path: "a.md", Line: 1, Body: "B"}}}, bot.ErrMoved, 0},
		"may not resolve":     {func(f *githubtest.Fake) { f.NoResolve = true }, full, bot.Resolve{Thread: "PRRT_1"}, bot.ErrForbidden, 1},
		"may not reopen":      {func(f *githubtest.Fake) { f.NoResolve = true }, full, bot.Reopen{Thread: "PRRT_1"}, bot.ErrForbidden, 1},
		"foreign label":       {nil, full, bot.SetLabels{Labels: []string{"bug"}}, nil, 0},
		"no id":               {nil, full, bot.EditSummary{ID: "../../x", Body: "S"}, nil, 0},
		"no thread":           {nil, full, bot.Resolve{Thread: "PRRT_1"}, nil, 1},
		"nobody knows who":    {func(f *githubtest.Fake) { f.NoUser = true }, Options{Checks: true}, bot.SetCheck{Check: bot.Check{Conclusion: "success"}}, nil, 0},
		"no such operation":   {nil, full, nil, nil, 0},
		"someone else's text": {func(f *githubtest.Fake) { f.Say("bob", "hello") }, full, bot.EditSummary{ID: "3000000001", Body: "S"}, bot.ErrForbidden, 1},
	} {
		t.Run(name, func(t *testing.T) {
			fake := githubtest.NewFake()
			reviewed := change(fake)
			if test.prepare != nil {
				test.prepare(fake)
			}
			forge, _ := start(t, fake, test.options)
			err := forge.Apply(context.Background(), reviewed, test.operation)
			if err == nil || test.want != nil && !errors.Is(err, test.want) {
				t.Errorf("error %v, want %v", err, test.want)
			}
			if fake.Writes() != test.writes {
				t.Errorf("%d writes, want %d", fake.Writes(), test.writes)
			}
			if strings.HasPrefix(name, "may not re") && forge.Can().Resolve {
				t.Error("the forge would ask for it again")
			}
		})
	}
}

// A head that moves while the review is on its way is no reason to look for bad
// comments.
func TestHeadMovesUnderReview(t *testing.T) {
	fake := githubtest.NewFake()
	fake.Files = []githubtest.FakeFile{manyLines("a.md", 10)}
	reviewed := change(fake)
	forge, _ := start(t, fake, full)
	fake.OnWrite = func([]string) int { fake.Head = fake.Base; return 0 }
	err := forge.Apply(context.Background(), reviewed, bot.CreateReview{Comments: inlines(10)})
	if !errors.Is(err, bot.ErrMoved) || fake.Writes() != 1 {
		t.Errorf("error %v after %d writes", err, fake.Writes())
	}
}

func inlines(n int) []bot.Inline {
	var comments []bot.Inline
	for i := range n {
		comments = append(comments, bot.Inline{Finding: fmt.Sprintf("f-%03d", i), Path: "a.md", Line: i + 1, Body: fmt.Sprintf("Remark %03d", i)})
	}
	return comments
}

// What GitHub refuses costs itself and no other.
func TestReviewSurvivesBadComments(t *testing.T) {
	for name, test := range map[string]struct {
		comments int
		bad      func(*githubtest.Fake, []bot.Inline)
		posted   int
		refused  int
		most     int // writes
	}{
		"one of many":         {100, func(f *githubtest.Fake, _ []bot.Inline) { f.Bad = "Remark 042" }, 99, 1, 15},
		"outside the diff":    {20, func(_ *githubtest.Fake, c []bot.Inline) { c[3].Line = 400; c[17].Path = "else.md" }, 18, 2, 20},
		"too long":            {20, func(_ *githubtest.Fake, c []bot.Inline) { c[7].Body = strings.Repeat("x", 70_000) }, 19, 1, 10},
		"all, but not alone":  {1, func(f *githubtest.Fake, _ []bot.Inline) { f.Bad = "Remark" }, 0, 1, 1},
		"more than one takes": {95, func(f *githubtest.Fake, _ []bot.Inline) { f.Bad = "Remark 090" }, 94, 1, 10},
		"all of very many":    {200, func(f *githubtest.Fake, _ []bot.Inline) { f.Bad = "Remark" }, 0, 200, maxReviews},
	} {
		t.Run(name, func(t *testing.T) {
			fake := githubtest.NewFake()
			fake.Files = []githubtest.FakeFile{manyLines("a.md", 200)}
			comments := inlines(test.comments)
			test.bad(fake, comments)
			forge, _ := start(t, fake, full)
			err := forge.Apply(context.Background(), change(fake), bot.CreateReview{Comments: comments})
			refused := (*bot.RefusedError)(nil)
			if !errors.As(err, &refused) || len(refused.Comments) != test.refused {
				t.Fatalf("error %v", err)
			}
			if !strings.Contains(err.Error(), refused.Comments[0].Finding) || status(err) != http.StatusUnprocessableEntity {
				t.Errorf("error %v does not name the comment or its cause", err)
			}
			if len(fake.Threads) != test.posted || fake.Writes() > test.most {
				t.Errorf("%d posted, want %d; %d writes", len(fake.Threads), test.posted, fake.Writes())
			}
		})
	}
}

func TestCheckFits(t *testing.T) {
	fake := githubtest.NewFake()
	forge, _ := start(t, fake, full)
	wanted := bot.Check{Conclusion: "failure", Summary: strings.Repeat("ä\n", 40_000)}
	for range 60 {
		wanted.Annotations = append(wanted.Annotations, bot.Annotation{Path: "b.docx", Level: "failure", Title: strings.Repeat("ü", 300)})
	}
	for range 2 {
		if err := forge.Apply(context.Background(), change(fake), bot.SetCheck{Check: wanted}); err != nil {
			t.Fatal(err)
		}
	}
	if run := fake.Runs[0]; len(fake.Runs) != 1 || len(run.Annotations) != 60 || fake.Writes() != 2 || run.Head != fake.Head {
		t.Errorf("%d runs, %d annotations, %d writes", len(fake.Runs), len(run.Annotations), fake.Writes())
	}
}

// Buttons are sent each time a run is written, within GitHub's limits: it does not tell
// which a run has.
func TestCheckHasButtons(t *testing.T) {
	fake := githubtest.NewFake()
	forge, _ := start(t, fake, full)
	button := bot.Action{ID: recheck, Label: "Prüfung wiederholen, bitte", Description: strings.Repeat("ü", 50)}
	wanted := bot.Check{Conclusion: "neutral", Title: "C", Actions: []bot.Action{button, {ID: "b", Label: "B"}, button, button}}
	want := []githubtest.Action{
		{Label: "Prüfung wiederholen…", Description: strings.Repeat("ü", 39) + "…", Identifier: recheck},
		{Label: "B", Description: "B", Identifier: "b"},
		{Label: "Prüfung wiederholen…", Description: strings.Repeat("ü", 39) + "…", Identifier: recheck},
	}
	for _, summary := range []string{"created", "updated"} {
		wanted.Summary = summary
		if err := forge.Apply(context.Background(), change(fake), bot.SetCheck{Check: wanted}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, fake.Runs[0].Actions); diff != "" || len(fake.Runs) != 1 || fake.Runs[0].Summary != summary {
			t.Errorf("%s, %d runs, buttons (-want +got):\n%s", fake.Runs[0].Summary, len(fake.Runs), diff)
		}
		fake.Runs[0].Actions = nil
	}
}

// An annotation that GitHub refuses must not keep the check from its conclusion.
func TestCheckConcludesWithoutAnnotations(t *testing.T) {
	fake := githubtest.NewFake()
	fake.Provoked = true
	forge, _ := start(t, fake, full)
	err := forge.Apply(context.Background(), change(fake), bot.SetCheck{Check: bot.Check{Conclusion: "failure", Annotations: []bot.Annotation{{Path: "a.md", Line: 1, Level: "terrible", Message: "M"}}}})
	if err == nil || len(fake.Runs) != 1 || fake.Runs[0].Conclusion != "failure" {
		t.Errorf("error %v, %d runs", err, len(fake.Runs))
	}
}

func TestOwnLogin(t *testing.T) {
	for name, test := range map[string]struct {
		login, option string
		noUser        bool
		summaries     int
		err           bool
	}{
		"a user's token asks":     {login: "bert", summaries: 1},
		"an App is told":          {login: "austauschbar[bot]", option: "Austauschbar[bot]", noUser: true, summaries: 1},
		"the token of Actions":    {login: "github-actions[bot]", option: "github-actions[bot]", noUser: true, summaries: 1},
		"an App that is not told": {login: "austauschbar[bot]", noUser: true, err: true},
	} {
		t.Run(name, func(t *testing.T) {
			fake := githubtest.NewFake()
			fake.Login, fake.NoUser = test.login, test.noUser
			fake.Say(test.login, bot.SummaryMarker+"\r\nours")
			fake.Say("mallory", bot.SummaryMarker+"\ntheirs")
			forge, _ := start(t, fake, Options{Login: test.option})
			posted, err := forge.Posted(context.Background(), change(fake))
			if (err != nil) != test.err || len(posted.Summaries) != test.summaries {
				t.Fatalf("%d summaries, error %v", len(posted.Summaries), err)
			}
			if !test.err && posted.Summaries[0].Body != bot.SummaryMarker+"\nours" {
				t.Errorf("body %q", posted.Summaries[0].Body)
			}
		})
	}
}

// GitHub says in three ways that it was asked too often.
func TestRateLimits(t *testing.T) {
	seconds := func(waits ...time.Duration) []time.Duration {
		for i := range waits {
			waits[i] *= time.Second
		}
		return waits
	}
	for name, test := range map[string]struct {
		limits   []int
		patience time.Duration
		waits    []time.Duration
		limited  bool
	}{
		"primary":             {[]int{403}, 0, seconds(31), false},
		"secondary":           {[]int{429}, 0, seconds(17), false},
		"of content":          {[]int{422}, 0, seconds(60), false},
		"all one by one":      {[]int{403, 429, 422}, 10 * time.Minute, seconds(31, 17, 240), false},
		"longer than we wait": {[]int{429}, 10 * time.Second, nil, true},
	} {
		t.Run(name, func(t *testing.T) {
			fake := githubtest.NewFake()
			fake.Limits = test.limits
			options := full
			options.Patience = test.patience
			forge, waits := start(t, fake, options)
			err := forge.Apply(context.Background(), change(fake), bot.CreateSummary{Body: "S"})
			limited := (*courier.LimitedError)(nil)
			if errors.As(err, &limited) != test.limited || err != nil && !test.limited {
				t.Fatalf("error %v", err)
			}
			if test.limited && !limited.Until.After(forge.courier.Now()) {
				t.Errorf("limited until %v, which is past", limited.Until)
			}
			if !test.limited && (len(fake.Comments) != 1 || fake.Comments[0].Body != "S") {
				t.Error("the comment was not written once, with its body")
			}
			if diff := cmp.Diff(test.waits, *waits, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("waits (-want +got):\n%s", diff)
			}
		})
	}
}

// Refusals that only sound like a limit are told at once.
func TestTellsLimit(t *testing.T) {
	for name, test := range map[string]struct {
		body string
		want bool
	}{
		"secondary":           {`{"message":"You have exceeded a secondary rate limit. Please wait"}`, true},
		"old documentation":   {`{"message":"x","documentation_url":"https://docs.github.com/v3/#abuse-rate-limits"}`, true},
		"too quickly":         {`{"message":"Validation Failed","errors":[{"resource":"IssueComment","code":"custom","message":"was submitted too quickly"}]}`, true},
		"permission":          {`{"message":"Resource not accessible by integration"}`, false},
		"text of ours":        {`{"message":"Validation Failed","errors":["body: secondary rate limit"]}`, false},
		"errors of no object": {`{"message":"Validation Failed","errors":"abuse"}`, false},
		"no JSON":             {`<html>`, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := tellsLimit([]byte(test.body)); got != test.want {
				t.Errorf("tellsLimit is %v", got)
			}
		})
	}
}

// Writes keep their distance; questions do not wait.
func TestWritesAreSpaced(t *testing.T) {
	fake := githubtest.NewFake()
	options := full
	options.Pause = 2 * time.Second
	forge, waits := start(t, fake, options)
	fake.Threads = append(fake.Threads, fake.NewThread("a.md", 1, "x"))
	for _, operation := range []bot.Operation{bot.CreateSummary{Body: "S"}, bot.Resolve{Thread: fake.Threads[0].ID}} {
		if _, err := forge.Posted(context.Background(), change(fake)); err != nil {
			t.Fatal(err)
		}
		if err := forge.Apply(context.Background(), change(fake), operation); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]time.Duration{2 * time.Second}, *waits); diff != "" {
		t.Errorf("waits (-want +got):\n%s", diff)
	}
}

func TestNewRefuses(t *testing.T) {
	for name, options := range map[string]Options{
		"no address":         {API: "github.example"},
		"a file":             {API: "file:///etc/passwd"},
		"no GraphQL address": {GraphQL: "graphql"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := New(options); err == nil {
				t.Error("no error")
			}
		})
	}
}

func TestAddresses(t *testing.T) {
	for api, want := range map[string]string{
		"":                              "https://api.github.com/graphql",
		"https://api.github.com":        "https://api.github.com/graphql",
		"https://git.example/api/v3":    "https://git.example/api/graphql",
		"https://git.example/api/v3/":   "https://git.example/api/graphql",
		"http://127.0.0.1:1/below/api/": "http://127.0.0.1:1/below/api/graphql",
	} {
		forge, err := New(Options{API: api})
		if err != nil {
			t.Fatal(err)
		}
		if forge.graphQL != want {
			t.Errorf("%s: %s, want %s", api, forge.graphQL, want)
		}
	}
}

// The token must not follow a redirect to another host.
func TestRedirectElsewhere(t *testing.T) {
	fake := githubtest.NewFake()
	forge, _ := start(t, fake, full)
	elsewhere := change(fake)
	elsewhere.Repository = "o/elsewhere"
	if _, err := forge.Fetch(context.Background(), elsewhere); err == nil || !strings.Contains(err.Error(), "another host") {
		t.Errorf("error %v", err)
	}
}

func TestPlaces(t *testing.T) {
	for repository, good := range map[string]bool{"o/r": true, "Land-01/lastenheft_2.x": true, "o": false, "o/r/x": false, "../r": false, "o/..": false, "o/r?x": false, "": false, "o/ü": false} {
		_, err := placeOf(austauschbar.Change{Repository: repository, Number: 1})
		if (err == nil) != good {
			t.Errorf("%q: error %v", repository, err)
		}
	}
	if _, err := placeOf(austauschbar.Change{Repository: "o/r"}); err == nil {
		t.Error("0 is taken for a pull request")
	}
}

// start serves the fake and returns a forge for it, whose waits are recorded and
// not waited.
func start(t testing.TB, fake *githubtest.Fake, options Options) (forge *Forge, waits *[]time.Duration) {
	t.Helper()
	return startBehind(t, options, fake.ServeHTTP)
}

// startBehind does so for what stands before a fake.
func startBehind(t testing.TB, options Options, github http.HandlerFunc) (forge *Forge, waits *[]time.Duration) {
	t.Helper()
	server := httptest.NewServer(github)
	t.Cleanup(server.Close)
	options.API, options.Token = server.URL, githubtest.Token
	if options.Pause == 0 {
		options.Pause = time.Nanosecond
	}
	forge, err := New(options)
	if err != nil {
		t.Fatal(err)
	}
	return forge, recordWaits(forge)
}
