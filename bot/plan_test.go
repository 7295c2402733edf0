package bot

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// everything is what a forge can at best.
var everything = Capabilities{Summary: true, Inline: true, File: true, Suggestions: true, Resolve: true, Checks: true, Labels: true, MaxInline: 50}

var diff = []FileDiff{{Path: "a.md", Old: "a.md", Changed: []int{10, 11, 30}, Context: []int{9, 12}}, {Path: "b.docx", Old: "b.docx", Binary: true}}

func remark(id, path string, line int) Remark {
	return Remark{Finding: id, Path: path, Line: line, Body: MarkFinding(id, "Remark "+id)}
}

func check(title string) Check {
	return Check{Head: "h1", Conclusion: "neutral", Title: title, Annotations: []Annotation{}}
}

func TestPlan(t *testing.T) {
	thread := func(id string, changes func(*Thread)) Thread {
		found := Thread{ID: "t-" + id, Comment: "c-" + id, Finding: id, Body: MarkFinding(id, "Remark "+id), Path: "a.md", Line: 10}
		if changes != nil {
			changes(&found)
		}
		return found
	}
	posted := check("E")
	done := Posted{Summaries: []Comment{{"1", "S"}}, Threads: []Thread{thread("x", nil)}, Check: &posted}
	with := func(change func(*Posted)) Posted {
		changed := done
		change(&changed)
		return changed
	}
	wanted := Wanted{Summary: "S", Remarks: []Remark{remark("x", "a.md", 10)}, Open: []string{"x"}, Check: check("E")}
	for name, test := range map[string]struct {
		wanted Wanted
		posted Posted
		can    Capabilities
		want   []Operation
	}{
		"new": {wanted, Posted{}, everything, []Operation{
			CreateReview{[]Inline{{"x", "a.md", 10, MarkFinding("x", "Remark x")}}}, CreateSummary{"S"}, SetCheck{check("E")}}},
		"unchanged":               {wanted, done, everything, nil},
		"quiet and clean":         {Wanted{Check: check("A")}, Posted{}, everything, []Operation{SetCheck{check("A")}}},
		"nothing to say any more": {Wanted{Settled: "settled", Check: check("E")}, with(func(p *Posted) { p.Threads = nil }), everything, []Operation{EditSummary{"1", "settled"}}},
		"nothing ever said":       {Wanted{Settled: "settled", Check: check("E")}, with(func(p *Posted) { p.Threads, p.Summaries = nil, nil }), everything, nil},
		"fixed": {Wanted{Summary: "all settled", Check: check("E")}, done, everything, []Operation{
			Resolve{"t-x"}, EditSummary{"1", "all settled"}}},
		"returned": {wanted, with(func(p *Posted) { p.Threads = []Thread{thread("x", func(t *Thread) { t.Resolved = true })} }), everything, []Operation{
			Reopen{"t-x"}}},
		"returned, but a person settled it": {wanted, with(func(p *Posted) {
			p.Threads = []Thread{thread("x", func(t *Thread) { t.Resolved, t.Answered = true, true })}
		}), everything, nil},
		"other words":  {wanted, with(func(p *Posted) { p.Threads = []Thread{thread("x", func(t *Thread) { t.Body = "old" })} }), everything, []Operation{EditComment{"c-x", MarkFinding("x", "Remark x")}}},
		"after a race": {wanted, with(func(p *Posted) { p.Summaries = []Comment{{"1", "S"}, {"2", "S"}} }), everything, []Operation{DeleteSummary{"2"}}},
		"new head":     {wanted, with(func(p *Posted) { old := check("E"); old.Head = "h0"; p.Check = &old }), everything, []Operation{SetCheck{check("E")}}},
		"only a summary": {wanted, Posted{}, Capabilities{Summary: true}, []Operation{
			CreateSummary{"S"}}},
		"labels": {Wanted{Labels: []string{"austauschbar: E"}, Check: check("E")}, with(func(p *Posted) { p.Threads, p.Summaries = nil, nil }), everything, []Operation{
			SetLabels{[]string{"austauschbar: E"}}}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, Plan(test.wanted, test.posted, diff, test.can)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// The ladder: exact line, nearest changed line of the section, file, summary.
func TestPlacement(t *testing.T) {
	near := remark("near", "a.md", 20)
	near.Near = []int{11, 30, 40}
	near.Elsewhere = MarkFinding("near", "Remark near, from line 20")
	for name, test := range map[string]struct {
		remark Remark
		want   []Operation
	}{
		"changed line":           {remark("x", "a.md", 10), []Operation{CreateReview{[]Inline{{"x", "a.md", 10, MarkFinding("x", "Remark x")}}}}},
		"line of the context":    {remark("x", "a.md", 12), []Operation{CreateReview{[]Inline{{"x", "a.md", 12, MarkFinding("x", "Remark x")}}}}},
		"nearest of the section": {near, []Operation{CreateReview{[]Inline{{"near", "a.md", 11, MarkFinding("near", "Remark near, from line 20")}}}}},
		"no lines":               {remark("x", "b.docx", 0), []Operation{CreateFileComment{"b.docx", MarkFinding("x", "Remark x")}}},
		"outside of the diff":    {remark("x", "a.md", 100), []Operation{CreateFileComment{"a.md", MarkFinding("x", "Remark x")}}},
		"file not touched":       {remark("x", "c.md", 1), nil},
	} {
		t.Run(name, func(t *testing.T) {
			can := Capabilities{Inline: true, File: true}
			if diff := cmp.Diff(test.want, Plan(Wanted{Remarks: []Remark{test.remark}}, Posted{}, diff, can)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestSuggestion(t *testing.T) {
	exact := remark("x", "a.md", 10)
	exact.Replace = "Use ``` fences"
	plan := Plan(Wanted{Remarks: []Remark{exact}}, Posted{}, diff, everything)
	body := plan[0].(CreateReview).Comments[0].Body
	if want := "````suggestion\nUse ``` fences\n````\n"; !strings.HasSuffix(body, want) {
		t.Errorf("body %q does not end in %q", body, want)
	}
	posted := Posted{Threads: []Thread{{ID: "t", Comment: "c", Finding: "x", Body: body}}}
	if again := planRemarks(Wanted{Remarks: []Remark{exact}, Open: []string{"x"}}, posted, diff, everything); len(again) > 0 {
		t.Errorf("posted with its suggestion, it is written again: %v", again)
	}
	exact.Line, exact.Near = 20, []int{11}
	plan = Plan(Wanted{Remarks: []Remark{exact}}, Posted{}, diff, everything)
	if body := plan[0].(CreateReview).Comments[0].Body; strings.Contains(body, "suggestion") {
		t.Errorf("a suggestion at another line than its own: %q", body)
	}
}

// Applying a plan and planning again yields nothing, however many findings.
func TestPlanIsIdempotent(t *testing.T) {
	for _, n := range []int{0, 1, 30, 500} {
		wanted := Wanted{Summary: "S", Check: check("E"), Labels: []string{"l"}}
		lines := FileDiff{Path: "a.md"}
		for i := range n {
			id := fmt.Sprintf("f-%d", i)
			wanted.Remarks = append(wanted.Remarks, remark(id, "a.md", i+1))
			wanted.Open = append(wanted.Open, id)
			lines.Changed = append(lines.Changed, i+1)
		}
		posted := Posted{}
		plan := Plan(wanted, posted, []FileDiff{lines}, everything)
		for _, operation := range plan {
			posted = applied(posted, operation)
		}
		if again := Plan(wanted, posted, []FileDiff{lines}, everything); len(again) > 0 {
			t.Errorf("%d findings: planned again: %d operations, first %#v", n, len(again), again[0])
		}
		if n == 30 && len(plan) > 6 {
			t.Errorf("30 findings take %d writes, want at most 6", len(plan))
		}
	}
}

// applied is what a forge shows after an operation.
func applied(posted Posted, operation Operation) Posted {
	switch o := operation.(type) {
	case CreateSummary:
		posted.Summaries = append(posted.Summaries, Comment{"1", o.Body})
	case CreateReview:
		for _, c := range o.Comments {
			posted.Threads = append(posted.Threads, Thread{ID: "t-" + c.Finding, Comment: "c-" + c.Finding, Finding: c.Finding, Body: c.Body, Path: c.Path, Line: c.Line})
		}
	case SetCheck:
		posted.Check = &o.Check
	case SetLabels:
		posted.Labels = o.Labels
	case Answer:
		posted.Requests = nil
	}
	return posted
}

func TestMarkers(t *testing.T) {
	if id, ok := FindingOf(MarkFinding("ne-01-0123456789-abcdef", "Text.")); !ok || id != "ne-01-0123456789-abcdef" {
		t.Errorf("%q, %t", id, ok)
	}
	for _, body := range []string{"", "Text.", "quoted <!-- austauschbar:finding x -->", "<!-- austauschbar:finding a b -->", SummaryMarker} {
		if id, ok := FindingOf(body); ok {
			t.Errorf("%q bears a marker: %q", body, id)
		}
	}
	if Key("a", "x") == Key("b", "x") {
		t.Error("two dossiers share a key")
	}
}

// A forge with words of its own is given them, and finds them again.
func TestPlanSpells(t *testing.T) {
	can := everything
	can.Spell = func(text string) string { return strings.ReplaceAll(text, "suggestion\n", "suggestion:-0+0\n") }
	wanted := Wanted{
		Summary: "suggestion\n", Check: Check{Head: "h"}, Remarks: []Remark{{Finding: "f", Path: "a.md", Line: 1, Body: "x", Replace: "y"}}, Open: []string{"f"},
		Answer: func(Request) string { return "suggestion\n" },
	}
	diff := []FileDiff{{Path: "a.md", Changed: []int{1}}}
	plan := Plan(wanted, Posted{Requests: []Request{{ID: "12"}}}, diff, can)
	review, summary, answer := plan[0].(CreateReview), plan[1].(CreateSummary), plan[3].(Answer)
	for _, text := range []string{review.Comments[0].Body, summary.Body, answer.Body} {
		if !strings.Contains(text, "suggestion:-0+0\n") {
			t.Errorf("%q is not spelt", text)
		}
	}
	posted := Posted{Summaries: []Comment{{"1", summary.Body}}, Threads: []Thread{{ID: "2", Comment: "3", Finding: "f", Body: review.Comments[0].Body}}, Check: &wanted.Check}
	if plan := Plan(wanted, posted, diff, can); len(plan) > 0 {
		t.Errorf("again: %v", plan)
	}
}
