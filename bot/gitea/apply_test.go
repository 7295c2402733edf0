package gitea

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/forgetest"
	"github.com/austauschbar/austauschbar/bot/gitea/giteatest"
)

// remarks are comments at the first lines of a.md.
func remarks(n int) bot.CreateReview {
	var review bot.CreateReview
	for i := 1; i <= n; i++ {
		id := fmt.Sprintf("f-%03d", i)
		review.Comments = append(review.Comments, bot.Inline{Finding: id, Path: "a.md", Line: i, Body: bot.MarkFinding(id, "Remark")})
	}
	return review
}

// operations are one of each kind that writes to the change.
func operations(fake *giteatest.Fake) map[string]bot.Operation {
	summary := fake.Say(fake.Login, bot.SummaryMarker)
	remark := fake.SayAt(fake.Login, "a.md", 1, bot.MarkFinding("f-001", "Remark"))
	name := fmt.Sprint(remark.ID)
	return map[string]bot.Operation{
		"create summary": bot.CreateSummary{Body: "S"},
		"edit summary":   bot.EditSummary{ID: fmt.Sprint(summary.ID), Body: "S"},
		"delete summary": bot.DeleteSummary{ID: fmt.Sprint(summary.ID)},
		"create review":  remarks(1),
		"edit comment":   bot.EditComment{ID: name, Body: "S"},
		"resolve":        bot.Resolve{Thread: name},
		"reopen":         bot.Reopen{Thread: name},
		"set labels":     bot.SetLabels{Labels: []string{"austauschbar: C"}},
	}
}

func TestApply(t *testing.T) {
	for name := range operations(giteatest.NewFake()) {
		t.Run(name, func(t *testing.T) {
			fake := giteatest.NewFake()
			operation := operations(fake)[name]
			forge := start(t, fake, full)
			moved := change(fake)
			moved.Head = strings.Repeat("0a", 20)
			if err := forge.Apply(context.Background(), moved, operation); !errors.Is(err, bot.ErrMoved) || len(fake.Log) > 0 {
				t.Errorf("of another head, there was written %v, error %v", fake.Log, err)
			}
			moved.Head = ""
			if err := forge.Apply(context.Background(), moved, operation); err == nil {
				t.Error("without a head, there is no error")
			}
			if err := forge.Apply(context.Background(), change(fake), operation); err != nil || len(fake.Log) == 0 {
				t.Errorf("written is %v, error %v", fake.Log, err)
			}
		})
	}
}

func TestApplyRefuses(t *testing.T) {
	for name, operation := range map[string]bot.Operation{
		"no id":              bot.EditSummary{ID: "x", Body: "S"},
		"a negative id":      bot.DeleteSummary{ID: "-1"},
		"no thread":          bot.Resolve{},
		"a file":             bot.CreateFileComment{Path: "a.md", Body: "S"},
		"an id that is gone": bot.EditComment{ID: "99", Body: "S"},
		"somebody's label":   bot.SetLabels{Labels: []string{"bug"}},
		"nothing to say":     bot.CreateReview{},
		"a strange thread":   bot.Answer{Request: bot.Request{ID: "1", Thread: "x"}, Body: "S"},
	} {
		t.Run(name, func(t *testing.T) {
			fake := giteatest.NewFake()
			if err := start(t, fake, full).Apply(context.Background(), change(fake), operation); err == nil {
				t.Error("there is no error")
			}
		})
	}
}

// What is gone already need not be removed.
func TestDeleteTwice(t *testing.T) {
	fake := giteatest.NewFake()
	if err := start(t, fake, full).Apply(context.Background(), change(fake), bot.DeleteSummary{ID: "99"}); err != nil {
		t.Error(err)
	}
}

// A review that broke off leaves comments that nobody sees. The next one neither
// repeats nor shows them.
func TestReviewThatBrokeOff(t *testing.T) {
	fake := giteatest.NewFake()
	fake.BreakReview = 3
	forge := start(t, fake, full)
	ctx := context.Background()
	if err := forge.Apply(ctx, change(fake), remarks(5)); !errors.Is(err, bot.ErrUnavailable) {
		t.Fatalf("error %v", err)
	}
	if posted, err := forge.Posted(ctx, change(fake)); err != nil || len(posted.Threads) > 0 {
		t.Errorf("%d threads are posted, error %v", len(posted.Threads), err)
	}
	if err := forge.Apply(ctx, change(fake), remarks(5)); err != nil {
		t.Fatal(err)
	}
	if posted, err := forge.Posted(ctx, change(fake)); err != nil || len(posted.Threads) != 5 || len(fake.Reviews) != 1 {
		t.Errorf("%d threads in %d reviews, error %v", len(posted.Threads), len(fake.Reviews), err)
	}
}

// A remark at which the server breaks down each time keeps nothing else from being
// written, and leaves nothing behind that would be shown later.
func TestReviewThatBreaksTheServer(t *testing.T) {
	fake := giteatest.NewFake()
	fake.Push(map[string]string{"a.md": "two\nthree\n"})
	fake.Bad = "f-002"
	forge := start(t, fake, full)
	fetched := fetch(t, forge, fake)
	err := bot.Publish(context.Background(), forge, fetched.Change, forgetest.Findings(2), fetched.Diff)
	if !errors.Is(err, bot.ErrRefused) || len(fake.Comments) != 1 || len(fake.Statuses) != 1 || len(fake.Labels) != 1 {
		t.Errorf("%d comments, %d statuses, labels %v, error %v", len(fake.Comments), len(fake.Statuses), fake.Labels, err)
	}
	fake.Bad = ""
	if err := bot.Publish(context.Background(), forge, fetched.Change, forgetest.Findings(2), fetched.Diff); err != nil {
		t.Fatal(err)
	}
	if len(fake.Reviews) != 1 || len(fake.Reviews[0].Comments) != 2 {
		t.Errorf("reviews are %+v", fake.Reviews)
	}
}

// A person who shares our account may be writing a review: ours would send it off.
func TestReviewOfAPerson(t *testing.T) {
	for name, pending := range map[string]giteatest.Review{
		"a comment": {State: "PENDING", Comments: []*giteatest.Comment{{ID: 5, Body: "A thought", Login: "austauschbar", Path: "a.md", Line: 1}}},
		"a text":    {State: "PENDING", Body: "A thought"},
	} {
		t.Run(name, func(t *testing.T) {
			fake := giteatest.NewFake()
			pending.ID, pending.Login = 4, fake.Login
			fake.Reviews = append(fake.Reviews, &pending)
			if err := start(t, fake, full).Apply(context.Background(), change(fake), remarks(2)); !errors.Is(err, bot.ErrRefused) {
				t.Errorf("error %v", err)
			}
			if pending.State != "PENDING" || len(fake.Reviews) != 1 {
				t.Errorf("reviews are %+v", fake.Reviews)
			}
			pending.Login = "alice" // hers is none of our business
			if err := start(t, fake, full).Apply(context.Background(), change(fake), remarks(2)); err != nil || len(fake.Reviews) != 2 {
				t.Errorf("%d reviews, error %v", len(fake.Reviews), err)
			}
		})
	}
}

// Where resolving is refused once, it is not asked for again.
func TestResolveRefused(t *testing.T) {
	for name, refuse := range map[string]func(*giteatest.Fake){
		"forbidden":      func(f *giteatest.Fake) { f.NoResolve = true },
		"an older twin":  func(f *giteatest.Fake) { f.Version = "1.25.4" },
		"it is Forgejo":  func(f *giteatest.Fake) { f.Version = giteatest.Forgejo },
		"nothing at all": nil,
	} {
		t.Run(name, func(t *testing.T) {
			fake := giteatest.NewFake()
			remark := fake.SayAt(fake.Login, "a.md", 1, bot.MarkFinding("f-001", "Remark"))
			forge := start(t, fake, full)
			if refuse != nil {
				refuse(fake)
			}
			err := forge.Apply(context.Background(), change(fake), bot.Resolve{Thread: fmt.Sprint(remark.ID)})
			if errors.Is(err, bot.ErrForbidden) != (refuse != nil) || forge.Can().Resolve != (refuse == nil) {
				t.Errorf("error %v, can resolve is %v", err, forge.Can().Resolve)
			}
			posted, err := forge.Posted(context.Background(), change(fake))
			if err != nil || (posted.Threads[0].ID == "") != (refuse != nil) {
				t.Errorf("thread %+v, error %v", posted.Threads[0], err)
			}
		})
	}
}

func TestSetCheck(t *testing.T) {
	for conclusion, want := range map[string]string{"success": "success", "neutral": "success", "failure": "failure"} {
		t.Run(conclusion, func(t *testing.T) {
			fake := giteatest.NewFake()
			forge := start(t, fake, full)
			old := fake.Head
			moved := change(fake)
			fake.Push(map[string]string{"a.md": "three\n"})
			for range 2 { // the second time, it stands there already
				// It belongs to its commit, though the head has moved.
				if err := forge.Apply(context.Background(), moved, bot.SetCheck{Check: bot.Check{Conclusion: conclusion, Title: "T"}}); err != nil {
					t.Fatal(err)
				}
			}
			if len(fake.Statuses) != 1 {
				t.Fatalf("%d statuses", len(fake.Statuses))
			}
			if s := fake.Statuses[0]; s.State != want || s.Commit != old || s.Context != "Austauschbar" || s.Description != "T" {
				t.Errorf("status is %+v", s)
			}
			if err := forge.Apply(context.Background(), moved, bot.SetCheck{Check: bot.Check{Conclusion: conclusion, Title: "U"}}); err != nil {
				t.Fatal(err)
			}
			moved.Head = old
			posted, err := forge.Posted(context.Background(), moved)
			if err != nil || posted.Check == nil || posted.Check.Title != "U" {
				t.Errorf("posted is %+v, error %v", posted.Check, err)
			}
		})
	}
}

// Somebody else's status of our name is not ours.
func TestStatusOfOthers(t *testing.T) {
	fake := giteatest.NewFake()
	fake.Statuses = []*giteatest.Status{{ID: 1, Commit: fake.Head, State: "success", Context: checkName, By: "mallory"}, {ID: 2, Commit: fake.Head, State: "success", Context: checkName}}
	posted, err := start(t, fake, full).Posted(context.Background(), change(fake))
	if err != nil || posted.Check != nil {
		t.Errorf("check is %+v, error %v", posted.Check, err)
	}
}

func TestSetLabels(t *testing.T) {
	for name, test := range map[string]struct {
		there, on, wanted, want []string
	}{
		"none yet":         {wanted: []string{"austauschbar: C"}, want: []string{"austauschbar: C"}},
		"the label exists": {there: []string{"bug", "austauschbar: C"}, wanted: []string{"austauschbar: C"}, want: []string{"austauschbar: C"}},
		"another":          {on: []string{"bug", "austauschbar: C"}, wanted: []string{"austauschbar: B"}, want: []string{"bug", "austauschbar: B"}},
		"in other letters": {on: []string{"Austauschbar: C"}, wanted: []string{"austauschbar: c"}, want: []string{"Austauschbar: C"}},
		"no more":          {on: []string{"bug", "austauschbar: C"}, want: []string{"bug"}},
	} {
		t.Run(name, func(t *testing.T) {
			fake := giteatest.NewFake()
			fake.RepoLabels = append(fake.RepoLabels, test.there...)
			for _, label := range test.on {
				fake.Label(label)
			}
			if err := start(t, fake, full).Apply(context.Background(), change(fake), bot.SetLabels{Labels: test.wanted}); err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(fake.Labels, test.want) {
				t.Errorf("labels %v, want %v", fake.Labels, test.want)
			}
			slices.Sort(fake.RepoLabels)
			if len(slices.Compact(slices.Clone(fake.RepoLabels))) != len(fake.RepoLabels) {
				t.Errorf("a label was made twice: %v", fake.RepoLabels)
			}
		})
	}
}
