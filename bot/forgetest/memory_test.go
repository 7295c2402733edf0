package forgetest

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
)

// A memory is a forge without a network. It is its own bench.
type memory struct {
	can      bot.Capabilities
	pushes   []map[string]string // the first is the base, the last the head
	comments []comment           // at the change
	threads  []*thread
	checks   map[string]bot.Check // by head
	labels   []string
	lastID   int
	writes   int
	hook     func(n int) Fault
	hooked   int
	forbids  bool // to resolve
}

type comment struct {
	id, body string
	ours     bool
}

type thread struct {
	id, path           string
	line               int
	comments           []comment
	resolved, byPerson bool
}

func newMemory(can bot.Capabilities) *memory {
	return &memory{can: can, pushes: []map[string]string{Base()}, checks: map[string]bot.Check{}}
}

func (m *memory) Can() bot.Capabilities { return m.can }

func (m *memory) head() string { return "h" + strconv.Itoa(len(m.pushes)-1) }

func (m *memory) Fetch(_ context.Context, change austauschbar.Change) (bot.Fetched, error) {
	base, head := m.pushes[0], m.pushes[len(m.pushes)-1]
	change.Base, change.Head = "h0", m.head()
	fetched := bot.Fetched{Change: change, Base: tree(base), Head: tree(head)}
	for name := range head {
		if head[name] != base[name] {
			fetched.Diff = append(fetched.Diff, diff(name, base[name], head[name]))
		}
	}
	return fetched, nil
}

func tree(files map[string]string) fs.FS {
	tree := fstest.MapFS{}
	for name, content := range files {
		tree[name] = &fstest.MapFile{Data: []byte(content)}
	}
	return tree
}

// diff compares lines of the same number, which is enough for ours.
func diff(name, before, after string) bot.FileDiff {
	found := bot.FileDiff{Path: name, Old: name, Binary: strings.Contains(after, "\x00")}
	if found.Binary {
		return found
	}
	old := strings.Split(before, "\n")
	for i, line := range strings.Split(strings.TrimSuffix(after, "\n"), "\n") {
		if i >= len(old) || old[i] != line {
			found.Changed = append(found.Changed, i+1)
		}
	}
	last := found.Changed[len(found.Changed)-1]
	found.Context = []int{last + 1, last + 2, last + 3}
	return found
}

func (m *memory) Posted(_ context.Context, change austauschbar.Change) (bot.Posted, error) {
	shown := m.Shown()
	posted := bot.Posted{Summaries: shown.Summaries, Threads: shown.Threads}
	for i, thread := range m.ours() {
		posted.Threads[i].Answered = posted.Threads[i].Answered || thread.byPerson
	}
	if check, ok := m.checks[change.Head]; ok {
		posted.Check = &check
	}
	for _, label := range m.labels {
		if strings.HasPrefix(label, LabelPrefix) {
			posted.Labels = append(posted.Labels, label)
		}
	}
	posted.Requests = unanswered(m.comments, bot.Request{})
	for _, thread := range m.ours() {
		finding, _ := bot.FindingOf(thread.comments[0].body)
		posted.Requests = append(posted.Requests, unanswered(thread.comments, bot.Request{Thread: thread.id, Finding: finding})...)
	}
	return posted, nil
}

// unanswered lists the commands among comments, as requests like one.
func unanswered(comments []comment, like bot.Request) []bot.Request {
	var found []bot.Request
	for _, c := range comments {
		answered := func(other comment) bool {
			id, ok := bot.AnswerOf(other.body)
			return ok && other.ours && id == c.id
		}
		if _, asks := bot.ParseCommand(c.body); asks && !c.ours && !slices.ContainsFunc(comments, answered) {
			like.ID, like.Author, like.Body = c.id, "alice", c.body
			found = append(found, like)
		}
	}
	return found
}

func (m *memory) Apply(_ context.Context, change austauschbar.Change, operation bot.Operation) error {
	switch operation.(type) {
	case bot.SetCheck, bot.Answer:
	default:
		if change.Head != m.head() {
			return bot.ErrMoved
		}
	}
	fault := None
	m.writes++
	if m.hooked++; m.hook != nil {
		fault = m.hook(m.hooked)
	}
	if fault == Outage {
		return bot.ErrUnavailable
	}
	if err := m.apply(operation); err != nil {
		return err
	}
	if fault == Lost {
		return bot.ErrUnavailable
	}
	return nil
}

func (m *memory) apply(operation bot.Operation) error {
	switch o := operation.(type) {
	case bot.CreateSummary:
		m.comments = append(m.comments, m.comment(o.Body, true))
	case bot.EditSummary:
		return edit(m.comments, o.ID, o.Body)
	case bot.DeleteSummary:
		m.comments = slices.DeleteFunc(m.comments, func(c comment) bool { return c.id == o.ID })
	case bot.CreateReview:
		for _, inline := range o.Comments {
			m.begin(inline.Path, inline.Line, inline.Body, true)
		}
	case bot.CreateFileComment:
		m.begin(o.Path, 0, o.Body, true)
	case bot.EditComment:
		for _, thread := range m.threads {
			if edit(thread.comments, o.ID, o.Body) == nil {
				return nil
			}
		}
		return fmt.Errorf("no comment %s", o.ID)
	case bot.Resolve:
		return m.turn(o.Thread, true)
	case bot.Reopen:
		return m.turn(o.Thread, false)
	case bot.SetCheck:
		if !m.can.Checks {
			o.Check.Annotations = nil
		}
		m.checks[o.Check.Head] = o.Check
	case bot.SetLabels:
		m.labels = slices.DeleteFunc(m.labels, func(l string) bool { return strings.HasPrefix(l, LabelPrefix) })
		m.labels = append(m.labels, o.Labels...)
	case bot.Answer:
		reply := m.comment(o.Body, true)
		if o.Request.Thread == "" {
			m.comments = append(m.comments, reply)
			return nil
		}
		i := slices.IndexFunc(m.threads, func(t *thread) bool { return t.id == o.Request.Thread })
		m.threads[i].comments = append(m.threads[i].comments, reply)
	}
	return nil
}

func edit(comments []comment, id, body string) error {
	i := slices.IndexFunc(comments, func(c comment) bool { return c.id == id })
	if i < 0 || !comments[i].ours {
		return fmt.Errorf("no comment %s of ours", id)
	}
	comments[i].body = body
	return nil
}

func (m *memory) turn(id string, resolved bool) error {
	if m.forbids {
		return bot.ErrForbidden
	}
	i := slices.IndexFunc(m.threads, func(t *thread) bool { return t.id == id })
	m.threads[i].resolved, m.threads[i].byPerson = resolved, false
	return nil
}

func (m *memory) comment(body string, ours bool) comment {
	m.lastID++
	return comment{strconv.Itoa(m.lastID), body, ours}
}

func (m *memory) begin(path string, line int, body string, ours bool) {
	first := m.comment(body, ours)
	m.threads = append(m.threads, &thread{id: "t" + first.id, path: path, line: line, comments: []comment{first}})
}

// ours lists the threads that we began.
func (m *memory) ours() []*thread {
	var found []*thread
	for _, thread := range m.threads {
		if thread.comments[0].ours {
			found = append(found, thread)
		}
	}
	return found
}

// about is our thread of a finding.
func (m *memory) about(finding string) *thread {
	threads := m.ours()
	return threads[slices.IndexFunc(threads, func(t *thread) bool { id, _ := bot.FindingOf(t.comments[0].body); return id == finding })]
}

func (m *memory) Forge() bot.Forge { return m }
func (m *memory) Change() austauschbar.Change {
	return austauschbar.Change{Repository: "o/r", Number: 7}
}
func (m *memory) Push(files map[string]string) {
	m.pushes = append(m.pushes, files)
}
func (m *memory) Say(body string)                          { m.comments = append(m.comments, m.comment(body, false)) }
func (m *memory) SayAt(path string, line int, body string) { m.begin(path, line, body, false) }
func (m *memory) Reply(finding, body string) {
	thread := m.about(finding)
	thread.comments = append(thread.comments, m.comment(body, false))
}
func (m *memory) Resolve(finding string) {
	thread := m.about(finding)
	thread.resolved, thread.byPerson = true, true
}
func (m *memory) Label(name string)              { m.labels = append(m.labels, name) }
func (m *memory) Race(body string)               { m.comments = append(m.comments, m.comment(body, true)) }
func (m *memory) Writes() int                    { return m.writes }
func (m *memory) OnWrite(hook func(n int) Fault) { m.hook, m.hooked = hook, 0 }
func (m *memory) ForbidResolve()                 { m.forbids = true }

func (m *memory) Shown() Shown {
	shown := Shown{Labels: m.labels}
	all := m.comments
	for _, thread := range m.ours() {
		first := thread.comments[0]
		finding, _ := bot.FindingOf(first.body)
		shown.Threads = append(shown.Threads, bot.Thread{
			ID: thread.id, Comment: first.id, Finding: finding, Body: first.body, Path: thread.path, Line: thread.line, Resolved: thread.resolved,
			Answered: slices.ContainsFunc(thread.comments, func(c comment) bool { return !c.ours }),
		})
		all = append(slices.Clone(all), thread.comments...)
	}
	for _, c := range all {
		if strings.HasPrefix(c.body, bot.SummaryMarker) && c.ours {
			shown.Summaries = append(shown.Summaries, bot.Comment{ID: c.id, Body: c.body})
		}
		if _, ok := bot.AnswerOf(c.body); ok && c.ours {
			shown.Answers = append(shown.Answers, c.body)
		}
	}
	if check, ok := m.checks[m.head()]; ok {
		shown.Check = &check
	}
	return shown
}

// Forges of all sorts pass the scenarios, since the planner asks of none more than it
// can.
func TestMemory(t *testing.T) {
	everything := bot.Capabilities{Summary: true, Inline: true, File: true, Suggestions: true, Resolve: true, Checks: true, Labels: true}
	for name, without := range map[string]func(*bot.Capabilities){
		"everything":       func(*bot.Capabilities) {},
		"few at once":      func(c *bot.Capabilities) { c.MaxInline = 10 },
		"no resolving":     func(c *bot.Capabilities) { c.Resolve = false },
		"no file comments": func(c *bot.Capabilities) { c.File = false },
		"a status":         func(c *bot.Capabilities) { c.Checks, c.Status, c.Suggestions = false, true, false },
		"no threads":       func(c *bot.Capabilities) { c.Inline, c.File, c.Resolve, c.Suggestions = false, false, false, false },
		"a summary":        func(c *bot.Capabilities) { *c = bot.Capabilities{Summary: true} },
		"a check":          func(c *bot.Capabilities) { *c = bot.Capabilities{Checks: true} },
	} {
		t.Run(name, func(t *testing.T) {
			can := everything
			without(&can)
			for name, play := range scenarios {
				t.Run(name, func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) { // which waits no time
						play(newStage(t, func(*testing.T) Bench { return newMemory(can) }))
					})
				})
			}
		})
	}
}
