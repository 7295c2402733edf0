package rtf

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
)

// Bounds of a table: how many cells a row has, how many rows can head it, and how deep
// tables lie within each other.
const (
	cellsOfRow  = 1024
	headingRows = 8
	deepest     = 16
)

// inwards is how far inside a cell the heading above it is looked for, in twentieths
// of a point.
const inwards = 100

// A table is read row by row. Its first rows are held back until it is clear whether
// they head those that follow.
type table struct {
	open   []content // paragraphs of the open cell
	cells  []cell    // of the open row
	layout []layout  // of its cells
	next   layout    // of the cell whose edge comes next
	marked bool      // the open row is marked as a heading row
	rows   int       // so far
	held   []row
	header [][]cell // by heading row
	below  bool     // the heading rows are over
}

// layout is what a row's definition says of a cell.
type layout struct {
	left, right int // edges, in twentieths of a point
	continues   bool
	shaded      bool
}

// A cell is one cell of a row, or of the heading rows.
type cell struct {
	layout
	column int // 0-based
	text   string
	mark   string
	at     int
	plain  bool
}

// A row is what a table's row holds: cells with text.
type row struct {
	at      int // 1-based
	columns int
	cells   []cell
	marked  bool
	doubted bool // seems to be a heading row but may be the first of a list of names and values
}

// table is the open table at a depth, 1-based; it and those around it are opened where
// they are not.
func (r *reader) table(depth int) *table {
	depth = min(depth, deepest)
	for len(r.flow.tables) < depth {
		r.flow.tables = append(r.flow.tables, &table{})
	}
	return r.flow.tables[depth-1]
}

// add takes a paragraph of the open cell.
func (t *table) add(found content) {
	if found.text != "" || found.mark != "" {
		t.open = append(t.open, found)
	}
}

// rowWord takes a word that defines the rows of a table.
func (r *reader) rowWord(name string, value int) {
	depth := 1
	if r.destination == rowTail {
		depth = max(r.paragraph.nested, 2)
	}
	t := r.table(depth)
	switch name {
	case "trowd":
		t.layout, t.next, t.marked = nil, layout{}, false
	case "trhdr":
		t.marked = true
	case "clmrg", "clvmrg":
		t.next.continues = true
	case "clcbpat":
		t.next.shaded = value > 0
	case "cellx":
		if len(t.layout) > 0 {
			t.next.left = t.layout[len(t.layout)-1].right
		}
		t.next.right = max(value, t.next.left)
		if len(t.layout) < cellsOfRow {
			t.layout = append(t.layout, t.next)
		}
		t.next = layout{}
	}
}

// cellEnds ends a cell of the table at a depth.
func (r *reader) cellEnds(depth int) {
	if r.destination != page && r.destination != rowTail {
		return
	}
	r.counted()
	t := r.table(depth)
	t.add(r.taken())
	r.endTables(min(depth, deepest))
	t.close()
}

// close makes a cell of the open one's paragraphs.
func (t *table) close() {
	made := cell{column: len(t.cells)}
	texts := make([]string, 0, len(t.open))
	for _, paragraph := range t.open {
		text, mark := paragraph.text, paragraph.mark
		if text == "" {
			text, mark = mark, "" // a column of running numbers
		}
		if len(texts) == 0 {
			made.at = paragraph.at
		}
		texts = append(texts, text)
		if made.mark == "" {
			made.mark = mark
		}
		made.plain = made.plain || paragraph.plain
	}
	made.text = strings.Join(texts, " ")
	t.open = t.open[:0]
	if len(t.cells) < cellsOfRow {
		t.cells = append(t.cells, made)
	}
}

// rowEnds ends a row of the table at a depth, and a cell that was left open.
func (r *reader) rowEnds(depth int) {
	if r.destination != page && r.destination != rowTail {
		return
	}
	if r.flow.text.Len() > 0 {
		r.cellEnds(depth)
	}
	r.closeRow(r.table(depth), depth)
}

func (r *reader) closeRow(t *table, depth int) {
	if len(t.open) > 0 {
		t.close()
	}
	t.rows++
	ended := row{at: t.rows, columns: len(t.cells), marked: t.marked}
	for i, c := range t.cells {
		c.layout = layout{left: i, right: i + 1}
		if len(t.layout) == len(t.cells) {
			c.layout = t.layout[i]
		}
		if c.text != "" && !c.continues {
			ended.cells = append(ended.cells, c)
		}
	}
	t.cells = t.cells[:0]
	r.place(t, ended, depth)
}

// place holds a row back as a heading row, or emits it below those that were.
func (r *reader) place(t *table, ended row, depth int) {
	switch {
	case t.below, len(ended.cells) == 0:
	case ended.marked && ended.plausible() && len(t.held) < headingRows:
		t.held = append(t.held, ended)
		return
	case len(t.held) > 0: // ended is the first row below
		r.settle(t, depth)
	case len(ended.cells) == 1 && ended.columns == 1: // a title; heading rows may follow
	case ended.plausible() && (ended.emphasised() || ended.wordy()):
		ended.doubted = ended.doubtful()
		t.held = append(t.held, ended)
		return
	default:
		t.below = true
	}
	r.emitRow(t, ended, depth)
}

// settle makes the rows held back the table's header. One in doubt is emitted as
// well: what it says must not be lost where it heads nothing.
func (r *reader) settle(t *table, depth int) {
	held := t.held
	t.held, t.below = nil, true
	for _, head := range held {
		if head.doubted {
			r.emitRow(t, head, depth)
		}
	}
	for _, head := range held {
		t.header = append(t.header, head.cells)
	}
}

// above is the text of the heading cells over a cell: those over its left side, a
// little inwards, as the edges of one column differ a little from row to row.
func (t *table) above(c cell) string {
	var texts []string
	twice := 2*c.left + min(c.right-c.left, 2*inwards)
	for _, cells := range t.header {
		i, _ := slices.BinarySearchFunc(cells, twice, func(head cell, twice int) int { return cmp.Compare(2*head.right, twice+1) })
		if i < len(cells) && 2*cells[i].left <= twice {
			texts = append(texts, cells[i].text)
		}
	}
	return strings.Join(texts, " ")
}

func (r *reader) emitRow(t *table, ended row, depth int) {
	passage := austauschbar.Passage{Kind: austauschbar.Row}
	texts := make([]string, 0, len(ended.cells))
	for _, c := range ended.cells {
		texts = append(texts, c.text)
		passage.Cells = append(passage.Cells, austauschbar.Cell{Ref: ref(c.column, ended.at), Header: t.above(c), Text: c.text})
		if passage.Number == "" {
			passage.Number = c.mark
		}
	}
	if len(texts) > 0 {
		passage.Text, passage.Paragraph = strings.Join(texts, " | "), ended.cells[0].at
		if depth == 1 {
			r.emit(passage)
		} else {
			r.hang(passage)
		}
	}
	if depth == 1 {
		r.flow.passages = append(r.flow.passages, r.flow.pending...)
		r.flow.pending = nil
	}
}

// hang puts an inner table's row behind the row it stands in.
func (r *reader) hang(passage austauschbar.Passage) {
	if err := r.meter.Passage(len(passage.Cells)); err != nil {
		r.err = err
		return
	}
	r.flow.pending = append(r.flow.pending, passage)
}

// endTables ends the tables that lie deeper than so many.
func (r *reader) endTables(depth int) {
	for len(r.flow.tables) > depth {
		last := len(r.flow.tables)
		t := r.flow.tables[last-1]
		if len(t.cells) > 0 || len(t.open) > 0 {
			r.closeRow(t, last)
		}
		held := t.held
		t.held = nil
		for _, head := range held { // they head nothing
			r.emitRow(t, head, last)
		}
		r.flow.tables = r.flow.tables[:last-1]
	}
}

// Longest texts of heading cells, in runes.
const (
	headingRunes      = 80
	abbreviationRunes = 20
)

// plausible says whether a row can be a heading row: several short cells, none of them
// a sentence.
func (r row) plausible() bool {
	for _, c := range r.cells {
		size := utf8.RuneCountInString(c.text)
		if size > headingRunes || size > abbreviationRunes && strings.ContainsAny(c.text[len(c.text)-1:], ".!?;") {
			return false
		}
	}
	return len(r.cells) > 1
}

// emphasised says whether all of a row is bold or shaded.
func (r row) emphasised() bool {
	return !slices.ContainsFunc(r.cells, func(c cell) bool { return c.plain && !c.shaded })
}

// wordy says whether all of a row is more of a column's name than a value: "Jahr 1",
// not "48 Monate" or "Auftraggeber:".
func (r row) wordy() bool {
	for _, c := range r.cells {
		letters, digits := 0, 0
		for _, char := range c.text {
			switch {
			case unicode.IsLetter(char):
				letters++
			case unicode.IsDigit(char):
				digits++
			}
		}
		if letters <= digits || c.text[0] >= '0' && c.text[0] <= '9' || strings.HasSuffix(c.text, ":") {
			return false
		}
	}
	return true
}

// doubtful says whether a row that looks like a heading row may as well be a name and
// its value: two cells, unless both are emphasised and neither has a digit.
func (r row) doubtful() bool {
	digits := slices.ContainsFunc(r.cells, func(c cell) bool { return strings.ContainsFunc(c.text, unicode.IsDigit) })
	return len(r.cells) == 2 && (digits || !r.emphasised())
}

// ref names a cell by its column, from 0, and its row, 1-based: "A1".
func ref(column, row int) string {
	letters := ""
	for column++; column > 0; column = (column - 1) / 26 {
		letters = string(rune('A'+(column-1)%26)) + letters
	}
	return letters + strconv.Itoa(row)
}
