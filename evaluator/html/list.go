package html

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/lines"
)

// A list is an ordered or unordered list while it is read.
type list struct {
	style string // "1", "a", "A", "i" or "I"; "" where items bear no number
	next  int
	step  int // 1, or -1 of a reversed list
	// counted is set for a reversed list without a start, which ends at 1: its items
	// get their numbers once they are counted.
	counted bool
	items   []*item
}

// An item is an li while it is read.
type item struct {
	level  int
	value  int
	number string // "" where the list shows none
	begun  bool   // its first passage has come; those that follow are paragraphs
	at     int    // index of that passage where it was put
}

// styles are the styles of numbers by their names in style sheets.
var styles = map[string]string{
	"decimal": "1", "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i", "upper-roman": "I",
	"none": "", "disc": "", "circle": "", "square": "",
}

var styleType = regexp.MustCompile(`(?i)list-style(?:-type)?\s*:\s*([a-z-]+)`)

func newList(t tag) *list {
	l := &list{next: t.number("start", 1), step: 1}
	if t.name == atom.Ol {
		l.style = "1"
		if kind := t.attrs["type"]; len(kind) == 1 && strings.Contains("1aAiI", kind) {
			l.style = kind
		}
		if t.has("reversed") {
			l.step, l.counted = -1, !t.has("start")
		}
	}
	if m := styleType.FindStringSubmatch(t.attrs["style"]); m != nil {
		if style, known := styles[strings.ToLower(m[1])]; known {
			l.style = style
		}
	}
	return l
}

func newItem(t tag, in *element) *item {
	i := &item{level: max(in.lists, 1)}
	l := in.list
	if l == nil || l.style == "" {
		return i
	}
	l.next = t.number("value", l.next)
	i.value, i.number = l.next, mark(l.style, l.next)
	l.next += l.step
	if l.counted {
		l.items = append(l.items, i)
	}
	return i
}

// renumber gives the items of a reversed list their numbers, among the passages
// that hold them.
func (l *list) renumber(passages *[]austauschbar.Passage) {
	for _, i := range l.items {
		if i.begun && i.at < len(*passages) {
			(*passages)[i.at].Number = mark(l.style, i.value+len(l.items)-1)
		}
	}
}

// mark writes a number as a browser does before an item.
func mark(style string, n int) string { return lines.Ordinal(style, n) + "." }

var wordList = regexp.MustCompile(`mso-list:\s*l\d+\s+level(\d)\b`)

// wordLevel returns the depth at which Word has a paragraph in a list; 0 for others.
// Word saves lists as paragraphs that hold their marks.
func wordLevel(t tag) int {
	m := wordList.FindStringSubmatch(t.attrs["style"])
	if m == nil || strings.HasPrefix(t.attrs["class"], "MsoHeading") {
		return 0
	}
	return int(m[1][0] - '0')
}

// numberOf returns a mark that a page holds as text; "" for a bullet.
func numberOf(mark string) string {
	if lines.Find(mark+" x").Kind == lines.Bullet || utf8.RuneCountInString(mark) == 1 && strings.ContainsAny(mark, "§ØüoO·") {
		return ""
	}
	return mark
}

// terms is a list of terms and their descriptions while it is read.
type terms struct {
	pending *austauschbar.Passage // a term whose description has not come
}

// define holds a term back.
func (w *walker) define(t *terms, term austauschbar.Passage) error {
	if err := w.meter.Text(len(term.Text)); err != nil {
		return err
	}
	if err := w.endTerms(t, w.top().cell); err != nil {
		return err
	}
	t.pending = &term
	return nil
}

// describe makes a row of a term and the paragraph that describes it. Anything else
// follows the term.
func (w *walker) describe(t *terms, p austauschbar.Passage) (bool, error) {
	term := t.pending
	if term == nil {
		return false, nil
	}
	if p.Kind != austauschbar.Paragraph {
		return false, w.endTerms(t, w.top().cell)
	}
	t.pending = nil
	p.Kind, p.Line, p.Cells = austauschbar.Row, term.Line, []austauschbar.Cell{{Text: term.Text}, {Text: p.Text}}
	p.Text = term.Text + " | " + p.Text
	return true, w.add(p, w.top().cell)
}

// endTerms gives a term without a description.
func (w *walker) endTerms(t *terms, to *cell) error {
	term := t.pending
	t.pending = nil
	if term == nil {
		return nil
	}
	return w.add(*term, to)
}
