package bot

import (
	"context"
	"io/fs"

	"github.com/austauschbar/austauschbar"
)

// A Forge hosts changes: all that a new one must learn.
type Forge interface {
	// Can says what the forge offers; the planner asks for nothing else.
	Can() Capabilities
	// Fetch returns the files of a change at its head and at its base.
	Fetch(context.Context, austauschbar.Change) (Fetched, error)
	// Posted returns what we have written to the change so far. Only comments by
	// our own account count, whatever markers others may have copied.
	Posted(context.Context, austauschbar.Change) (Posted, error)
	// Apply carries out one operation. An error wraps ErrMoved where the head is
	// no longer the one that was reviewed.
	Apply(context.Context, austauschbar.Change, Operation) error
}

// Capabilities of a forge.
type Capabilities struct {
	Summary     bool // a comment that is kept up to date
	Inline      bool // comments at lines of the diff
	File        bool // comments at a whole file
	Suggestions bool // replacements that a click applies
	Resolve     bool // threads can be resolved and opened again
	Checks      bool // check runs with annotations
	Status      bool // a commit status
	Labels      bool
	MaxBody     int // bytes of a comment; 0 for no limit
	MaxInline   int // new inline comments of one review; 0 for no limit
	// Spell says a comment's text as the forge must be given it: its own fence of
	// suggestions, nothing that it takes for an order. What is spelt already stays as
	// it is. Nil for texts as they are.
	Spell func(string) string
}

// Fetched is a change with its files.
type Fetched struct {
	Change austauschbar.Change // completed: base, head, author
	Head   fs.FS
	Base   fs.FS  // nil where the change has no base
	Prefix string // put before the paths of dossiers; "" for none
	Diff   []FileDiff
	Cut    bool // the change has more files than Diff names
	Closed bool // merged or declined: there is nothing to review any more
	Fork   bool // the head is of another repository: its author may not write to ours
	// Edit is the address of a page where a person can add a file to the base
	// branch, or change it; nil where the forge has none.
	Edit func(path string, exists bool, content string) string
}

// A FileDiff is what a change does to one file.
type FileDiff struct {
	Path    string // at the head; "" where the file is deleted
	Old     string // at the base; "" where the file is new
	Binary  bool   // or too large for the forge to show
	Changed []int  // lines of the head that were added or changed, ascending
	Context []int  // lines of the head that the diff shows besides, ascending
}

// Posted is what we have written to a change.
type Posted struct {
	Summaries []Comment // oldest first; more than one after a race
	Threads   []Thread
	Check     *Check   // of the head; nil before the first
	Labels    []string // of ours
	Requests  []Request
}

// A Request is a comment in which somebody who may write to the repository asks
// something of us, and which we have not answered.
type Request struct {
	ID      string // of the comment
	Thread  string // id of the comment that begins its thread; "" for a comment at the change
	Finding string // that the thread is about; "" elsewhere
	Author  string // login
	Body    string
}

// A Comment is one of ours.
type Comment struct {
	ID   string
	Body string
}

// A Thread is a remark of ours at a file or line, with what people answered.
type Thread struct {
	ID       string // of the thread, for resolving; "" where the forge tells none
	Comment  string // id of our comment
	Finding  string // id of the finding, out of our marker
	Body     string
	Path     string
	Line     int // 0 for a whole file or where the line is gone
	Resolved bool
	Answered bool // by somebody else
}

// A Check is the result that a forge shows beside a commit.
type Check struct {
	ID          string
	Head        string
	Conclusion  string // "success", "neutral", "failure"
	Title       string
	Summary     string // Markdown
	Annotations []Annotation
	Actions     []Action // at most three
}

// An Action is a button of a check. A press comes back as a webhook.
type Action struct {
	ID          string // at most 20 characters, as Label
	Label       string
	Description string // at most 40 characters
}

// An Annotation is a finding at a line, as a check shows it.
type Annotation struct {
	Path    string
	Line    int    // 1-based
	Level   string // "notice", "warning", "failure"
	Title   string
	Message string // plain text
}
