package html

import (
	"strings"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/grid"
)

// Bounds of a table: how many columns are told apart, and how many rows can head it.
const (
	columns     = 256
	headingRows = 8
)

// A table is a table while it is read. Its first rows are held back while they may
// head those that follow.
type table struct {
	outer  *cell // that the table stands in; nil outside of tables
	layout bool  // marked as being there for the layout of the page
	row    *row  // being read
	count  int   // rows so far
	until  []int // by column: the row, 1-based, up to which a cell above reaches
	held   []*row
	header []string // by column
	body   bool     // the heading rows are over
}

// A row is a row while it is read.
type row struct {
	column int // where the next cell stands, from 0
	cells  []*cell
	heads  bool // of the table's head
}

// A cell is a cell while it is read.
type cell struct {
	column, span int
	heading      bool // th
	plain        bool // some of its text is not bold
	complex      bool // holds headings or tables
	blocks       []austauschbar.Passage
}

// openCell begins a cell in the open row. What stands beyond the last column that a
// sheet can have follows the table's text as if it were outside.
func (w *walker) openCell(t *table, begun tag, heads bool) *cell {
	if t.row == nil {
		t.row = &row{heads: heads}
	}
	r := t.row
	for r.column < len(t.until) && t.until[r.column] > t.count {
		r.column++
	}
	c := &cell{column: r.column, span: min(max(begun.number("colspan", 1), 1), columns), heading: begun.name.String() == "th"}
	r.column = min(r.column+c.span, columns)
	if down := begun.number("rowspan", 1); down != 1 {
		if down < 1 {
			down = 1 << 16 // to the end of the table
		}
		for len(t.until) < r.column {
			t.until = append(t.until, 0)
		}
		for column := c.column; column < r.column; column++ {
			t.until[column] = t.count + min(down, 1<<16)
		}
	}
	if len(r.cells) == grid.Columns {
		return t.outer
	}
	r.cells = append(r.cells, c)
	return c
}

func (c *cell) text() string {
	texts := make([]string, len(c.blocks))
	for i, block := range c.blocks {
		texts[i] = strings.TrimSpace(block.Number + " " + block.Text)
	}
	return strings.Join(texts, " ")
}

// endRow places the open row: it heads the table, stands below its head, or only
// lays out the page.
func (w *walker) endRow(t *table) error {
	r := t.row
	t.row = nil
	if r == nil {
		return nil
	}
	t.count++
	filled := r.cells[:0]
	for _, c := range r.cells {
		if len(c.blocks) > 0 {
			filled = append(filled, c)
		}
	}
	r.cells = filled
	switch {
	case len(filled) == 0:
		return nil
	case t.lays(r):
		return w.layOut(t, r)
	case !t.body && len(t.held) < headingRows && (r.marked() || len(t.held) == 0 && r.looks()):
		t.held = append(t.held, r)
		return nil
	}
	t.settle()
	return w.emit(t, r)
}

// lays reports whether a row only lays out what it holds.
func (t *table) lays(r *row) bool {
	if t.layout {
		return true
	}
	for _, c := range r.cells {
		if c.complex {
			return true
		}
	}
	if len(r.cells) > 1 {
		return false
	}
	only := r.cells[0]
	titled := only.column < len(t.header) && t.header[only.column] != ""
	return only.span > 1 || !only.heading && !titled && len(t.held) == 0
}

// layOut gives a row's contents one by one.
func (w *walker) layOut(t *table, r *row) error {
	for _, c := range r.cells {
		for _, block := range c.blocks {
			if err := w.add(block, t.outer); err != nil {
				return err
			}
		}
	}
	return nil
}

// headerRunes is the longest text of a heading cell, in runes.
const headerRunes = 200

// marked reports whether a row is marked as heading those below.
func (r *row) marked() bool {
	for _, c := range r.cells {
		if !c.heading && !r.heads || utf8.RuneCountInString(c.text()) > headerRunes {
			return false
		}
	}
	return true
}

// looks reports whether a row that is not marked looks like one that heads those
// below: all in bold, or three or more short texts.
func (r *row) looks() bool {
	bold, texts := true, make([]string, len(r.cells))
	for i, c := range r.cells {
		bold, texts[i] = bold && !c.plain, c.text()
	}
	return grid.Textual(texts) && (bold || len(texts) > 2)
}

// settle makes the rows held back the table's head.
func (t *table) settle() {
	t.body = true
	for _, r := range t.held {
		for _, c := range r.cells {
			end := min(c.column+c.span, columns)
			for len(t.header) < end {
				t.header = append(t.header, "")
			}
			text := c.text()
			for column := c.column; column < end; column++ {
				t.header[column] = strings.TrimSpace(t.header[column] + " " + text)
			}
		}
	}
	t.held = nil
}

// endTable emits the rows held back of a table without others.
func (w *walker) endTable(t *table) error {
	held := t.held
	t.held = nil
	for _, r := range held {
		if err := w.emit(t, r); err != nil {
			return err
		}
	}
	return nil
}

// emit makes a passage of a row.
func (w *walker) emit(t *table, r *row) error {
	first := r.cells[0].blocks[0]
	found := austauschbar.Passage{Kind: austauschbar.Row, Line: first.Line, Hidden: first.Hidden}
	texts := make([]string, 0, len(r.cells))
	for _, c := range r.cells {
		header := ""
		if c.column < len(t.header) {
			header = t.header[c.column]
		}
		text := c.text()
		texts = append(texts, text)
		found.Cells = append(found.Cells, austauschbar.Cell{Header: header, Text: text})
	}
	found.Text = strings.Join(texts, " | ")
	return w.add(found, t.outer)
}
