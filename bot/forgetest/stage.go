package forgetest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar/bot"
)

// A stage is a bench with what a scenario does on it.
type stage struct {
	Bench
	t     *testing.T
	start func(*testing.T) Bench
	can   bot.Capabilities
}

// newStage starts a bench whose change has 40 new lines.
func newStage(t *testing.T, start func(*testing.T) Bench) *stage {
	bench := start(t)
	bench.Push(head(40))
	return &stage{bench, t, start, bench.Forge().Can()}
}

// again is a stage like this one where nothing has happened yet.
func (s *stage) again() *stage { return newStage(s.t, s.start) }

// needs skips a scenario that a forge cannot take part in.
func (s *stage) needs(able bool) {
	if !able {
		s.t.Skip("the forge cannot")
	}
}

// fetch is how a run of ours begins.
func (s *stage) fetch(forge bot.Forge) bot.Fetched {
	s.t.Helper()
	fetched, err := forge.Fetch(s.t.Context(), s.Change())
	if err != nil {
		s.t.Fatal(err)
	}
	return fetched
}

// publish is a run of ours.
func (s *stage) publish(forge bot.Forge, wanted bot.Wanted) error {
	s.t.Helper()
	fetched := s.fetch(forge)
	wanted.Check.Head = fetched.Change.Head
	return bot.Publish(s.t.Context(), forge, fetched.Change, wanted, fetched.Diff)
}

// settle publishes what is wanted, looks whether it is shown, and whether a further
// run has nothing to write. It returns how many writes the first took.
func (s *stage) settle(wanted bot.Wanted, changes ...func(*Shown)) int {
	s.t.Helper()
	before := s.Writes()
	if err := s.publish(s.Forge(), wanted); err != nil {
		s.t.Fatal(err)
	}
	writes := s.Writes() - before
	s.shows(wanted, changes...)
	s.quiet(wanted)
	return writes
}

// quiet runs once more and wants nothing written.
func (s *stage) quiet(wanted bot.Wanted) {
	s.t.Helper()
	before := s.Writes()
	if err := s.publish(s.Forge(), wanted); err != nil {
		s.t.Fatal(err)
	}
	if again := s.Writes() - before; again > 0 {
		s.t.Errorf("%d writes where nothing changed", again)
	}
}

// shows compares what is shown with what is wanted, with changes to that, as far as
// the forge can.
func (s *stage) shows(wanted bot.Wanted, changes ...func(*Shown)) {
	s.t.Helper()
	if want, got := s.expected(wanted, changes...).picture(s.can), s.Shown().picture(s.can); got != want {
		s.t.Errorf("shown is\n%swant\n%s", got, want)
	}
}

// expected is what a forge should show.
func (s *stage) expected(wanted bot.Wanted, changes ...func(*Shown)) Shown {
	shown := Shown{Check: &wanted.Check, Labels: wanted.Labels}
	if wanted.Summary != "" {
		shown.Summaries = []bot.Comment{{Body: wanted.Summary}}
	}
	for _, remark := range wanted.Remarks {
		shown.Threads = append(shown.Threads, threadOf(remark))
	}
	for _, change := range changes {
		change(&shown)
	}
	if !s.can.Summary {
		shown.Summaries = nil
	}
	if !s.can.Checks && !s.can.Status {
		shown.Check = nil
	}
	if !s.can.Labels {
		shown.Labels = nil
	}
	shown.Threads = slices.DeleteFunc(shown.Threads, func(t bot.Thread) bool {
		return t.Line > 0 && !s.can.Inline || t.Line == 0 && !s.can.File
	})
	if s.can.MaxInline > 0 && len(shown.Threads) > s.can.MaxInline {
		shown.Threads = shown.Threads[:s.can.MaxInline]
	}
	return shown
}

func threadOf(remark bot.Remark) bot.Thread {
	return bot.Thread{Finding: remark.Finding, Path: remark.Path, Line: remark.Line, Body: remark.Body}
}

// The changes to what is expected.

// resolved says that the thread of a line is, or that it is there and resolved though
// its finding is gone.
func resolved(line int) func(*Shown) {
	return func(shown *Shown) { shown.thread(line).Resolved = true }
}

func answered(line int) func(*Shown) {
	return func(shown *Shown) { shown.thread(line).Answered = true }
}

// open says that the thread of a line is still there, though its finding is gone.
func open(line int) func(*Shown) { return func(shown *Shown) { shown.thread(line) } }

// thread is the one of a line.
func (s *Shown) thread(line int) *bot.Thread {
	thread := threadOf(remark(line))
	i := slices.IndexFunc(s.Threads, func(t bot.Thread) bool { return t.Finding == thread.Finding })
	if i < 0 {
		i = len(s.Threads)
		s.Threads = append(s.Threads, thread)
	}
	return &s.Threads[i]
}

// picture tells what is shown, a line for each thing, for people to compare. Ids are
// left out; what the forge cannot tell apart is told alike.
func (s Shown) picture(can bot.Capabilities) string {
	lines := []string{}
	for _, summary := range s.Summaries {
		lines = append(lines, "summary: "+words(summary.Body))
	}
	for _, thread := range slices.SortedFunc(slices.Values(s.Threads), byFinding) {
		line := fmt.Sprintf("thread %s at %s:%d: %s", thread.Finding, thread.Path, thread.Line, words(thread.Body))
		if thread.Resolved && can.Resolve {
			line += ", resolved"
		}
		if thread.Answered {
			line += ", answered"
		}
		lines = append(lines, line)
	}
	switch check := s.Check; {
	case check == nil:
	case can.Checks:
		lines = append(lines, fmt.Sprintf("check: %s, %s, %d annotations", check.Conclusion, check.Title, len(check.Annotations)))
	default:
		lines = append(lines, fmt.Sprintf("status: %s, failed is %t", check.Title, check.Conclusion == "failure"))
	}
	for _, label := range slices.Sorted(slices.Values(s.Labels)) {
		lines = append(lines, "label: "+label)
	}
	before := len(lines)
	for _, answer := range s.Answers {
		lines = append(lines, "answer: "+words(answer))
	}
	slices.Sort(lines[before:])
	return "\t" + strings.Join(lines, "\n\t") + "\n"
}

func byFinding(a, b bot.Thread) int {
	return cmp.Or(cmp.Compare(a.Finding, b.Finding), cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line))
}

// words is a comment's text in one line, without the marker that begins it.
func words(body string) string {
	_, text, _ := strings.Cut(strings.TrimSpace(body), "\n")
	return strings.ReplaceAll(text, "\n", "\\n")
}
