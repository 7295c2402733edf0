package office

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/grid"
)

// headingRows is how many rows can head a table.
const headingRows = 8

// A Table turns the rows of a text document's table into passages. Its first rows
// are held back until it is clear whether they head those that follow.
type Table struct {
	put    func(row austauschbar.Passage, after []austauschbar.Passage) error
	held   []*Row   // that seem to be heading rows
	header []string // by column
	body   bool     // the heading rows are over
	part   string   // title of the rows at hand; "" where they have none
	above  []string // by column: the last text
}

// NewTable returns a table whose passages go to put: a row, which has no cells where
// only what follows it is to be kept, and what follows it.
func NewTable(put func(row austauschbar.Passage, after []austauschbar.Passage) error) *Table {
	return &Table{put: put}
}

// A Row is one row of a table.
type Row struct {
	At     int    // 1-based
	Cells  []Cell // those that have text, from left to right
	Heads  bool   // marked as heading row
	Hidden bool
	After  []austauschbar.Passage // notes, text boxes, inner tables
	Below  []int                  // columns, from 0, in which the cell above reaches down to this row

	doubted bool // seems to be a heading row but may be the first of a list of names and values
}

// A Cell is one cell of a row.
type Cell struct {
	Column, Span int    // from 0; how many columns it covers, at least 1
	Text         string // folded, never empty
	Mark         string // number of its first numbered paragraph that has text
	Paragraph    int    // of its first text
	Emphasised   bool   // all its text is bold, or the cell is shaded
}

// Add holds a row back as a heading row or emits it below those that were.
func (t *Table) Add(r *Row) error {
	switch {
	case t.body, len(r.Cells) == 0:
	case r.Heads && r.plausible() && len(t.held) < headingRows:
		t.held = append(t.held, r)
		return nil
	case len(t.held) > 0: // r is the first row below
		if err := t.settle(); err != nil {
			return err
		}
	case r.titles(): // heading rows may follow
	case r.plausible() && r.unlikeData() && !r.labelled():
		r.doubted = r.doubtful()
		t.held = append(t.held, r)
		return nil
	default:
		t.body = true
	}
	return t.emit(r)
}

// Finish emits rows that were taken for heading rows of a table without others.
func (t *Table) Finish() error {
	held := t.held
	t.held = nil
	for _, r := range held {
		if err := t.emit(r); err != nil {
			return err
		}
	}
	return nil
}

// settle makes the rows held back the table's header. One in doubt is emitted as
// well: what it says must not be lost where it heads nothing.
func (t *Table) settle() error {
	held := t.held
	t.held, t.body = nil, true
	for _, r := range held {
		if r.doubted {
			if err := t.emit(r); err != nil {
				return err
			}
			continue
		}
		if err := t.put(austauschbar.Passage{}, r.After); err != nil {
			return err
		}
	}
	for _, r := range held {
		for _, c := range r.Cells {
			t.head(c)
		}
	}
	return nil
}

// head puts a cell's text over the columns it spans, below what stands there.
func (t *Table) head(c Cell) {
	end := min(c.Column+c.Span, TableColumns)
	for len(t.header) < end {
		t.header = append(t.header, "")
	}
	for column := min(c.Column, TableColumns); column < end; column++ {
		t.header[column] = strings.TrimSpace(t.header[column] + " " + c.Text)
	}
}

func (t *Table) emit(r *Row) error {
	passage := austauschbar.Passage{Kind: austauschbar.Row, Hidden: r.Hidden}
	if !r.titles() {
		passage.Context = t.context(r)
	}
	texts := make([]string, 0, len(r.Cells))
	for _, c := range r.Cells {
		header := ""
		if c.Column < len(t.header) && !r.titles() {
			header = t.header[c.Column]
		}
		texts = append(texts, c.Text)
		passage.Cells = append(passage.Cells, austauschbar.Cell{Ref: Ref(c.Column, r.At), Header: header, Text: c.Text})
		if passage.Number == "" {
			passage.Number = c.Mark
		}
	}
	if len(texts) > 0 {
		passage.Text = strings.Join(texts, " | ")
		passage.Paragraph = r.Cells[0].Paragraph
	}
	t.remember(r)
	return t.put(passage, r.After)
}

// context returns what stands above a row and holds for it too.
func (t *Table) context(r *Row) []string {
	var context []string
	if t.part != "" {
		context = append(context, t.part)
	}
	for _, column := range r.Below {
		if column < len(t.above) && explains(t.above[column]) {
			context = append(context, t.above[column])
		}
	}
	return context
}

// remember keeps what a row says of those below it.
func (t *Table) remember(r *Row) {
	if r.titles() {
		t.part = ""
		if explains(r.Cells[0].Text) {
			t.part = r.Cells[0].Text
		}
	}
	for _, c := range r.Cells {
		for len(t.above) <= min(c.Column, TableColumns) {
			t.above = append(t.above, "")
		}
		t.above[min(c.Column, TableColumns)] = c.Text
	}
}

// explains says whether a text can be context: words, and few.
func explains(text string) bool {
	return grid.Wordy(text) && utf8.RuneCountInString(text) <= headingRunes
}

// Longest texts of heading cells, in runes.
const (
	headingRunes      = 80
	abbreviationRunes = 20
)

// plausible says whether a row can be a heading row: several short cells, none of
// them a sentence.
func (r *Row) plausible() bool {
	for _, c := range r.Cells {
		size := utf8.RuneCountInString(c.Text)
		if size > headingRunes || size > abbreviationRunes && strings.ContainsAny(c.Text[len(c.Text)-1:], ".!?;") {
			return false
		}
	}
	return len(r.Cells) > 1
}

// unlikeData says whether a row that is not marked as a heading row looks like one:
// all in bold or shaded, or else words alone.
func (r *Row) unlikeData() bool {
	words := true
	for _, c := range r.Cells {
		words = words && names(c.Text)
	}
	return words || r.emphasised()
}

// doubtful says whether a row that looks like a heading row may as well be a name
// and its value: two cells, unless both are emphasised and neither has a digit.
func (r *Row) doubtful() bool {
	digits := false
	for _, c := range r.Cells {
		digits = digits || strings.ContainsFunc(c.Text, unicode.IsDigit)
	}
	return len(r.Cells) == 2 && (digits || !r.emphasised())
}

// labelled says whether the first cell of a row alone stands out, as the name of the
// values beside it.
func (r *Row) labelled() bool {
	others := func(c Cell) bool { return c.Emphasised }
	return r.Cells[0].Emphasised && !slices.ContainsFunc(r.Cells[1:], others)
}

// emphasised says whether all of a row stands out.
func (r *Row) emphasised() bool {
	for _, c := range r.Cells {
		if !c.Emphasised {
			return false
		}
	}
	return true
}

// names says whether a text is more of a column's name than a value: "Jahr 1", not
// "48 Monate", "0-10" or "Auftraggeber:".
func names(text string) bool {
	return grid.Wordy(text) && (text[0] < '0' || text[0] > '9') && !strings.HasSuffix(text, ":")
}

// titles says whether a row is the title of its table: one cell over several columns.
func (r *Row) titles() bool { return len(r.Cells) == 1 && r.Cells[0].Span > 1 }
