// Package forgetest plays the same scenarios on every forge. What a forge should show
// in the end follows from what it says it can, never from its name.
package forgetest

import (
	"fmt"
	"slices"
	"testing"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
)

// A Bench is a forge's fake with one open change, whose base holds Base. Where the
// forge cannot do a thing, the method that is about it is not called.
type Bench interface {
	// Forge returns a forge as after a start: it remembers nothing. Its labels begin
	// with LabelPrefix, and it does not wait between writes.
	Forge() bot.Forge
	// Change names the change; its head and base are those that Fetch tells.
	Change() austauschbar.Change
	// Push makes a commit of files the head. The diff follows from them and the base.
	Push(files map[string]string)

	// Say is a comment at the change by a person who may write to the repository.
	Say(body string)
	// SayAt is one that begins a thread at a line of the diff.
	SayAt(path string, line int, body string)
	// Reply is a person's answer in our thread of a finding.
	Reply(finding, body string)
	// Resolve is a person's click at our thread of a finding.
	Resolve(finding string)
	// Label is a label that a person gives the change.
	Label(name string)
	// Race is a comment at the change by our own account, written by another run.
	Race(body string)

	// Shown looks at the fake itself, not through the forge.
	Shown() Shown
	// Writes counts what the forge sent to change something, refused or not.
	Writes() int
	// OnWrite has hook called before each further write, with the writes counted from
	// 1, and what it returns happen. The hook may call the bench. Nil ends it.
	OnWrite(hook func(n int) Fault)
	// ForbidResolve takes the right to resolve threads from our account.
	ForbidResolve()
}

// LabelPrefix begins our labels.
const LabelPrefix = "austauschbar: "

// A Fault is what happens to a write.
type Fault int

// The faults.
const (
	None   Fault = iota
	Outage       // the forge has trouble and does nothing
	Lost         // it is carried out, and the forge tells trouble
)

// Shown is what people see at a change.
type Shown struct {
	Summaries []bot.Comment // by our account, oldest first
	// Threads are those that our account began, resolved or not, with the finding of
	// their marker. They are answered where somebody else wrote in them.
	Threads []bot.Thread
	// Check is our check run or commit status of the head; nil for none. A status
	// is "failure" or "success".
	Check   *bot.Check
	Labels  []string // anybody's
	Answers []string // bodies of our answers to requests, wherever they stand
}

// Base is what the base of every change holds: a text of 100 lines, a document without
// lines, and a file that no change touches.
func Base() map[string]string { return files(0, 100, "old") }

// head is what a head holds of which the first lines are new.
func head(lines int) map[string]string { return files(lines, max(lines, 100), "new") }

func files(changed, lines int, document string) map[string]string {
	text := ""
	for i := 1; i <= lines; i++ {
		word := "old"
		if i <= changed {
			word = "new"
		}
		text += fmt.Sprintf("%s line %d\n", word, i)
	}
	return map[string]string{"a.md": text, "b.docx": "PK\x03\x04\x00" + document, "c.md": "same\n"}
}

// Findings is what a change with a finding at each of the first n lines of a.md should
// show.
func Findings(n int) bot.Wanted {
	wanted := bot.Wanted{
		Summary: fmt.Sprintf("%s\n%d findings", bot.SummaryMarker, n),
		Labels:  []string{LabelPrefix + "C"},
		Check:   bot.Check{Conclusion: "neutral", Title: fmt.Sprintf("%d findings", n), Summary: "Level C"},
	}
	for i := 1; i <= n; i++ {
		wanted = with(wanted, remark(i))
	}
	return wanted
}

// with adds a remark and its finding.
func with(wanted bot.Wanted, remark bot.Remark) bot.Wanted {
	wanted.Remarks = append(slices.Clone(wanted.Remarks), remark)
	wanted.Open = append(slices.Clone(wanted.Open), remark.Finding)
	wanted.Check.Annotations = append(slices.Clone(wanted.Check.Annotations), bot.Annotation{
		Path: remark.Path, Line: max(remark.Line, 1), Level: "warning", Title: remark.Finding, Message: "Remark " + remark.Finding,
	})
	return wanted
}

// remark is the one of the finding at a line of a.md.
func remark(line int) bot.Remark { return remarkAt(fmt.Sprintf("f-%03d", line), "a.md", line) }

func remarkAt(finding, path string, line int) bot.Remark {
	return bot.Remark{Finding: finding, Path: path, Line: line, Body: bot.MarkFinding(finding, "Remark "+finding)}
}

// Run plays every scenario, each on a bench of its own.
func Run(t *testing.T, start func(*testing.T) Bench) {
	for name, play := range scenarios {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			play(newStage(t, start))
		})
	}
}
