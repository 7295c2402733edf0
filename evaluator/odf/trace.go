package odf

import (
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/office"
)

// A span is a piece of the content's part, in bytes.
type span struct{ from, to int }

// A trace notes where the text that the walker reads is stored, so that what is found
// in a document can be marked in it: paragraphs and cells are counted in one place. A
// nil trace notes nothing.
type trace struct {
	texts  []*traced // paragraphs, in the order of their beginnings; those of notes left out
	open   *traced   // that is read; nil outside, and in notes
	host   *traced   // paragraph that the text box that is read hangs on; nil outside
	boxed  bool      // a text box is read
	closed *span     // element that is read and may only be marked around; nil outside
	row    int       // table rows so far
	cell   cellPlace // that is read; zero outside tables
	cells  []tracedCell
}

// A cellPlace tells the cells of all tables of a text apart.
type cellPlace struct {
	row int    // 1-based, through the document
	ref string // within the table: "A1"
}

// A traced paragraph is one text:p or text:h.
type traced struct {
	at     int // its number, 1-based
	cell   cellPlace
	boxed  bool    // it stands in a text box
	host   *traced // that the box hangs on; nil where it hangs on the page
	hidden bool    // it is not shown
	inner  span    // what it holds
	pieces []piece
}

// A piece is text with its place.
type piece struct {
	span         // of the characters as they are stored
	closed *span // that is marked around; nil where marks may stand in the text
	text   string
}

// A tracedCell is a cell of a sheet that shows text.
type tracedCell struct {
	sheet  string
	hidden bool // its sheet is
	ref    string
	tag    span // of its beginning
	note   int  // where its comment ends; 0 where it has none
}

// traceParagraph reads a paragraph that is counted.
func (w *walker) traceParagraph(p *paragraph, read func() error) error {
	t := w.trace
	if t == nil || w.noted {
		return read()
	}
	outer := t.open
	_, from := w.x.Span()
	traced := &traced{at: w.count, cell: t.cell, boxed: t.boxed, host: t.host, inner: span{from, from}}
	t.texts, t.open = append(t.texts, traced), traced
	err := read()
	traced.inner.to, _ = w.x.Span()
	traced.hidden = w.hidden || p.gone
	t.open = outer
	return err
}

// traceText notes characters that were read and are shown.
func (w *walker) traceText(text []byte, l look) {
	if t := w.trace; t != nil && t.open != nil && !is(l.struck) && !is(l.hidden) {
		from, to := w.x.Span()
		t.open.pieces = append(t.open.pieces, piece{span{from, to}, t.closed, string(text)})
	}
}

// traceInline reads an element of a paragraph. Marks may stand in what is but set
// differently, and in links; of anything else, only around it.
func (w *walker) traceInline(name string, read func() error) error {
	t := w.trace
	if t == nil || t.closed != nil || name == "span" || name == "a" {
		return read()
	}
	c := &span{}
	c.from, _ = w.x.Span()
	t.closed = c
	err := read()
	_, c.to = w.x.Span()
	t.closed = nil
	return err
}

// traceAside reads a note or a text box, whose paragraphs stand in none of those that
// are open.
func (w *walker) traceAside(box bool, read func() error) error {
	t := w.trace
	if t == nil {
		return read()
	}
	outer := *t
	if t.open, t.closed, t.cell = nil, nil, (cellPlace{}); box && !t.boxed {
		t.boxed, t.host = true, outer.open
	}
	err := read()
	t.open, t.host, t.boxed, t.closed, t.cell = outer.open, outer.host, outer.boxed, outer.closed, outer.cell
	return err
}

// traceRow counts a table's row.
func (w *walker) traceRow(read func() error) error {
	if w.trace == nil {
		return read()
	}
	outer := w.trace.cell
	w.trace.row++
	w.trace.cell = cellPlace{row: w.trace.row}
	err := read()
	w.trace.cell = outer
	return err
}

// traceCell reads a cell of the row.
func (w *walker) traceCell(r *row, read func() error) error {
	if w.trace == nil {
		return read()
	}
	outer := w.trace.cell
	w.trace.cell.ref = office.Ref(r.column, r.At)
	err := read()
	w.trace.cell = outer
	return err
}

// traceCell notes a cell of a sheet that shows text.
func (s *sheet) traceCell(column, row int, tag span, note int) {
	if s.trace != nil {
		s.trace.cells = append(s.trace.cells, tracedCell{s.sheet.Name, s.sheet.Hidden, office.Ref(column, row), tag, note})
	}
}

// endOf leaves the element that is open and returns where its end begins.
func endOf(x *limit.XML) (int, error) {
	err := x.Children(func(start) error { return nil })
	at, _ := x.Span()
	return at, err
}
