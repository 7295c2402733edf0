package bot

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// ErrMoved says that the change's head is no longer the one that was reviewed:
// what was planned must not be written.
var ErrMoved = errors.New("the change has moved on")

// ErrUnavailable says that the forge did not answer, or only that it has trouble:
// whether the operation was carried out is not known.
var ErrUnavailable = errors.New("the forge is not available")

// A Later is an error of a forge that asks for patience: a rate limit.
type Later interface {
	error
	Again() time.Time // when it makes sense to try again
}

// ErrForbidden says that our account may not do one thing: write comments, say, or
// resolve threads. What else was planned may still succeed.
var ErrForbidden = errors.New("the token lacks the permission")

// Wanted is what a change should show of its review.
type Wanted struct {
	Summary string   // "" where there is nothing to say
	Settled string   // what an earlier summary becomes where there is nothing to say any more
	Remarks []Remark // of new findings, gravest first
	Open    []string // ids of all findings there are, new or not
	Check   Check
	Labels  []string
	// Answer is our answer to a request, Markdown without the marker; nil to leave
	// requests to another run.
	Answer func(Request) string
}

// A Remark is a finding as it is told at its place.
type Remark struct {
	Finding string
	Path    string
	Line    int    // of the head; 0 where the format has no lines
	Near    []int  // lines of the same section, for a line outside the diff
	Body    string // Markdown with the marker, without a suggestion
	// Elsewhere is the text for another place than the line itself, where quote
	// and place must be told; "" for Body.
	Elsewhere string
	// Replace is what a click puts in the line's place; "" for none. It holds
	// only for exactly that line.
	Replace string
}

// An Operation is one thing to write to a forge.
type Operation interface{ isOperation() }

// The operations.
type (
	// CreateSummary writes the first summary.
	CreateSummary struct{ Body string }
	// EditSummary replaces its text.
	EditSummary struct{ ID, Body string }
	// DeleteSummary removes a second one that a race left.
	DeleteSummary struct{ ID string }
	// CreateReview posts inline comments at lines of the diff, all at once.
	CreateReview struct{ Comments []Inline }
	// CreateFileComment posts a remark at a whole file.
	CreateFileComment struct{ Path, Body string }
	// EditComment replaces the text of an inline or file comment.
	EditComment struct{ ID, Body string }
	// Resolve closes a thread whose finding is gone.
	Resolve struct{ Thread string }
	// Reopen opens a thread whose finding has come back.
	Reopen struct{ Thread string }
	// SetCheck writes the check run or commit status.
	SetCheck struct{ Check Check }
	// SetLabels makes these the only labels of ours.
	SetLabels struct{ Labels []string }
	// Answer replies to a request, in its thread where it has one.
	Answer struct {
		Request Request
		Body    string // with the marker
	}
)

func (CreateSummary) isOperation()     {}
func (EditSummary) isOperation()       {}
func (DeleteSummary) isOperation()     {}
func (CreateReview) isOperation()      {}
func (CreateFileComment) isOperation() {}
func (EditComment) isOperation()       {}
func (Resolve) isOperation()           {}
func (Reopen) isOperation()            {}
func (SetCheck) isOperation()          {}
func (SetLabels) isOperation()         {}
func (Answer) isOperation()            {}

// An Inline is a comment at a line of the diff.
type Inline struct {
	Finding string
	Path    string
	Line    int
	Body    string // with the suggestion, where there is one
}

// ErrRefused says that the forge took a part of an operation and refused the rest
// for what it says, not for who says it.
var ErrRefused = errors.New("the forge refused a part")

// A RefusedError lists the comments that a forge did not take. The others of their
// review are posted.
type RefusedError struct {
	Comments []Inline
	Cause    error // of the first
}

func (e *RefusedError) Error() string {
	places := make([]string, len(e.Comments))
	for i, comment := range e.Comments {
		places[i] = fmt.Sprintf("%s:%d (%s)", comment.Path, comment.Line, comment.Finding)
	}
	return fmt.Sprintf("%d comments refused, %s: %v", len(places), strings.Join(places, ", "), e.Cause)
}

// Unwrap returns ErrRefused and the cause.
func (e *RefusedError) Unwrap() []error { return []error{ErrRefused, e.Cause} }

// Plan lists what has to be written so that a change shows what is wanted: as
// little as possible, and nothing where it shows that already. It is pure: the
// same arguments give the same operations, and after they are applied it gives
// none.
func Plan(wanted Wanted, posted Posted, diff []FileDiff, can Capabilities) []Operation {
	wanted = can.spelt(wanted)
	var plan []Operation
	plan = append(plan, planThreads(wanted, posted, can)...)
	plan = append(plan, planRemarks(wanted, posted, diff, can)...)
	plan = append(plan, planSummary(wanted, posted, can)...)
	if (can.Checks || can.Status) && (posted.Check == nil || !sameCheck(*posted.Check, wanted.Check, can)) {
		plan = append(plan, SetCheck{wanted.Check})
	}
	if can.Labels && !slices.Equal(slices.Sorted(slices.Values(wanted.Labels)), slices.Sorted(slices.Values(posted.Labels))) {
		plan = append(plan, SetLabels{wanted.Labels})
	}
	return append(plan, planAnswers(wanted, posted)...)
}

// planAnswers answers what people asked. It comes last: they will look at what
// was written before.
func planAnswers(wanted Wanted, posted Posted) []Operation {
	var plan []Operation
	for _, request := range posted.Requests {
		if wanted.Answer == nil {
			break
		}
		if body := wanted.Answer(request); body != "" {
			plan = append(plan, Answer{request, MarkAnswer(request.ID, body)})
		}
	}
	return plan
}

// planSummary keeps the oldest summary, removes others, and writes nothing where
// there is nothing to say and nothing was said.
func planSummary(wanted Wanted, posted Posted, can Capabilities) []Operation {
	if !can.Summary {
		return nil
	}
	if len(posted.Summaries) == 0 {
		if wanted.Summary == "" {
			return nil
		}
		return []Operation{CreateSummary{wanted.Summary}}
	}
	var plan []Operation
	text := cmp.Or(wanted.Summary, wanted.Settled)
	if oldest := posted.Summaries[0]; text != "" && !sameBody(oldest.Body, text) {
		plan = append(plan, EditSummary{oldest.ID, text})
	}
	for _, second := range posted.Summaries[1:] {
		plan = append(plan, DeleteSummary{second.ID})
	}
	return plan
}

// planThreads resolves threads whose finding is gone and opens those whose
// finding has come back. A thread that somebody answered is resolved like any
// other; nothing is ever deleted.
func planThreads(wanted Wanted, posted Posted, can Capabilities) []Operation {
	if !can.Resolve {
		return nil
	}
	var plan []Operation
	for _, thread := range posted.Threads {
		open := slices.Contains(wanted.Open, thread.Finding)
		switch {
		case thread.ID == "":
		case !open && !thread.Resolved:
			plan = append(plan, Resolve{thread.ID})
		case open && thread.Resolved && !thread.Answered:
			// Where somebody answered, a person resolved it for a reason.
			plan = append(plan, Reopen{thread.ID})
		}
	}
	return plan
}

// planRemarks posts remarks that are not there yet: at the exact line, else at
// the nearest changed line of the same section, else at the file. What finds no
// place stands in the summary anyway.
func planRemarks(wanted Wanted, posted Posted, diff []FileDiff, can Capabilities) []Operation {
	var plan []Operation
	var review CreateReview
	// What is there already counts, else each run would add as many again.
	room := can.MaxInline - len(posted.Threads)
	for _, remark := range wanted.Remarks {
		if i := slices.IndexFunc(posted.Threads, func(t Thread) bool { return t.Finding == remark.Finding }); i >= 0 {
			if thread := posted.Threads[i]; !sameText(thread.Body, remark, can) {
				plan = append(plan, EditComment{thread.Comment, remark.elsewhere()})
			}
			continue
		}
		file := fileOf(diff, remark.Path)
		line, exact := lineFor(remark, file)
		switch {
		case file == nil:
		case can.Inline && line > 0 && (can.MaxInline == 0 || len(review.Comments) < room):
			body := remark.elsewhere()
			if exact {
				body = remark.Body
			}
			if exact && can.Suggestions && remark.Replace != "" {
				body = can.spell(withSuggestion(body, remark.Replace))
			}
			review.Comments = append(review.Comments, Inline{remark.Finding, remark.Path, line, body})
		case can.File && line == 0:
			plan = append(plan, CreateFileComment{remark.Path, remark.elsewhere()})
		}
	}
	if len(review.Comments) > 0 {
		plan = append([]Operation{review}, plan...)
	}
	return plan
}

// fileOf returns the diff of the file at the head; nil where the change does not
// touch it.
func fileOf(diff []FileDiff, path string) *FileDiff {
	i := slices.IndexFunc(diff, func(f FileDiff) bool { return f.Path == path })
	if i < 0 {
		return nil
	}
	return &diff[i]
}

// lineFor places a remark in a file's diff: its own line, else the nearest
// changed line of its section; 0 where neither is in the diff.
func lineFor(remark Remark, file *FileDiff) (line int, exact bool) {
	if file == nil || remark.Line == 0 {
		return 0, false
	}
	if slices.Contains(file.Changed, remark.Line) || slices.Contains(file.Context, remark.Line) {
		return remark.Line, true
	}
	best := 0
	for _, near := range remark.Near {
		if slices.Contains(file.Changed, near) && (best == 0 || distance(near, remark.Line) < distance(best, remark.Line)) {
			best = near
		}
	}
	return best, false
}

func distance(a, b int) int { return max(a-b, b-a) }

// withSuggestion adds the block that a click applies. Its fence is longer than any
// run of backticks in the text.
func withSuggestion(body, replace string) string {
	fence := "```"
	for strings.Contains(replace, fence) {
		fence += "`"
	}
	return strings.TrimRight(body, "\n") + "\n\n" + fence + "suggestion\n" + replace + "\n" + fence + "\n"
}

func (r Remark) elsewhere() string { return cmp.Or(r.Elsewhere, r.Body) }

// sameText says whether a comment already tells a remark: at its line, with its
// suggestion or without, or elsewhere.
func sameText(posted string, remark Remark, can Capabilities) bool {
	return sameBody(posted, remark.Body) || sameBody(posted, remark.elsewhere()) ||
		remark.Replace != "" && sameBody(posted, can.spell(withSuggestion(remark.Body, remark.Replace)))
}

// spell says a text as the forge must be given it.
func (c Capabilities) spell(text string) string {
	if c.Spell == nil {
		return text
	}
	return c.Spell(text)
}

// spelt is what is wanted, in texts as the forge must be given them.
func (c Capabilities) spelt(wanted Wanted) Wanted {
	if c.Spell == nil {
		return wanted
	}
	if answer := wanted.Answer; answer != nil {
		wanted.Answer = func(request Request) string { return c.Spell(answer(request)) }
	}
	wanted.Summary, wanted.Settled = c.spell(wanted.Summary), c.spell(wanted.Settled)
	wanted.Remarks = slices.Clone(wanted.Remarks)
	for i, remark := range wanted.Remarks {
		wanted.Remarks[i].Body, wanted.Remarks[i].Elsewhere = c.spell(remark.Body), c.spell(remark.Elsewhere)
	}
	return wanted
}

// sameCheck compares what people see; the id is the forge's. A commit status
// shows the title's beginning and whether it failed, and no more.
func sameCheck(posted, wanted Check, can Capabilities) bool {
	if posted.Head != wanted.Head {
		return false
	}
	if !can.Checks {
		return (posted.Conclusion == "failure") == (wanted.Conclusion == "failure") && strings.HasPrefix(wanted.Title, strings.TrimSuffix(posted.Title, "…"))
	}
	return posted.Conclusion == wanted.Conclusion && posted.Title == wanted.Title && sameBody(posted.Summary, wanted.Summary) &&
		slices.Equal(slices.SortedFunc(slices.Values(posted.Annotations), compareAnnotations), slices.SortedFunc(slices.Values(wanted.Annotations), compareAnnotations))
}

func compareAnnotations(a, b Annotation) int {
	return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Level, b.Level), cmp.Compare(a.Title, b.Title), cmp.Compare(a.Message, b.Message))
}

// sameBody compares texts up to white space at their end, which forges drop.
func sameBody(a, b string) bool { return strings.TrimSpace(a) == strings.TrimSpace(b) }

// Verb says what an operation does to a change, for errors: "comment on". Check is
// what the forge shows as one: "check", "commit status".
func Verb(operation Operation, check string) string {
	switch operation.(type) {
	case CreateSummary, EditSummary:
		return "write summary of"
	case DeleteSummary:
		return "delete second summary of"
	case CreateReview, CreateFileComment, EditComment:
		return "comment on"
	case Resolve, Reopen:
		return "resolve or reopen thread of"
	case SetCheck:
		return "write " + check + " of"
	case SetLabels:
		return "label"
	}
	return "post to"
}

// Describe says an operation in one line, for a dry run.
func Describe(operation Operation) string {
	switch o := operation.(type) {
	case CreateSummary:
		return fmt.Sprintf("create the summary (%d bytes)\n%s", len(o.Body), o.Body)
	case EditSummary:
		return fmt.Sprintf("edit summary %s (%d bytes)\n%s", o.ID, len(o.Body), o.Body)
	case DeleteSummary:
		return "delete second summary " + o.ID
	case CreateReview:
		text := fmt.Sprintf("create a review with %d remarks", len(o.Comments))
		for _, comment := range o.Comments {
			text += fmt.Sprintf("\n  %s:%d %s", comment.Path, comment.Line, comment.Finding)
		}
		return text
	case CreateFileComment:
		return "remark at file " + o.Path
	case EditComment:
		return "edit remark " + o.ID
	case Resolve:
		return "resolve thread " + o.Thread
	case Reopen:
		return "open thread again " + o.Thread
	case SetCheck:
		return fmt.Sprintf("set the check to %s: %s (%d annotations)", o.Check.Conclusion, o.Check.Title, len(o.Check.Annotations))
	case SetLabels:
		return "set labels " + strings.Join(o.Labels, ", ")
	case Answer:
		return fmt.Sprintf("answer comment %s\n%s", o.Request.ID, o.Body)
	}
	return fmt.Sprintf("%#v", operation)
}
