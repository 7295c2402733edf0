package office

import (
	"strings"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
)

// Longest texts of a sheet, in runes: of a heading cell, and of a heading that
// stands alone in its row.
const (
	sheetHeaderRunes = 100
	aloneRunes       = 100
)

// A Sheet finds the tables of a sheet and makes passages of its rows. A row that
// seems to head a table is held back until the next one tells.
type Sheet struct {
	Name   string
	Hidden bool
	Put    func(austauschbar.Passage) error // where the passages go

	header []string // by column; empty before the first table
	held   *SheetRow
	last   int // number of the last row that was not empty
}

// A SheetRow is one row of a sheet.
type SheetRow struct {
	At     int         // 1-based
	Cells  []SheetCell // those that have text, from left to right
	Hidden bool
	// Emphasised means that all its cells stand out: one alone in bold or a larger
	// type, several in these or on a ground of another colour.
	Emphasised bool
}

// A SheetCell is one cell of a sheet.
type SheetCell struct {
	Column int    // from 0
	Text   string // folded, never empty
	Hidden bool   // in a hidden column
}

// larger is the size of type, in points, from which a text stands out. Sheets are
// set in 10 to 12.
const larger = 13

// A Look is what makes a cell of a sheet stand out.
type Look struct {
	Bold, Filled bool
	Size         float64 // of the type, in points
}

// Stands says whether a cell stands out, one that is alone in its row only by its
// type.
func (l Look) Stands(alone bool) bool {
	return l.Bold || l.Size >= larger || l.Filled && !alone
}

// Add takes the next row.
func (s *Sheet) Add(r *SheetRow) error {
	if len(r.Cells) == 0 {
		return nil
	}
	fresh := r.At > s.last+1 || s.last == 0
	s.last = r.At
	if err := s.settle(r, fresh); err != nil {
		return err
	}
	if s.heads(r, fresh) {
		s.held = r
		return nil
	}
	return s.emit(r)
}

// Finish emits what is still held back.
func (s *Sheet) Finish() error {
	held := s.held
	s.held = nil
	if held == nil {
		return nil
	}
	return s.emit(held)
}

// heads says whether a row may head those below: the first of several texts, or one
// after an empty row.
func (s *Sheet) heads(r *SheetRow, fresh bool) bool {
	return (s.header == nil || fresh) && r.textual()
}

// settle decides on the row held back, now that the next one is known.
func (s *Sheet) settle(next *SheetRow, fresh bool) error {
	held := s.held
	if held == nil {
		return nil
	}
	s.held = nil
	if fresh || !s.above(held, next) {
		return s.emit(held)
	}
	s.header = nil
	for _, c := range held.Cells {
		for len(s.header) <= c.Column {
			s.header = append(s.header, "")
		}
		s.header[c.Column] = c.Text
	}
	return nil
}

// above says whether a row heads the next one. The first of a sheet needs no more
// than to be text; where a table has gone before, an empty row may be mere spacing,
// so that the row must differ in look or the next must have values. A single text
// may follow as the title of the table's first part, but also as that of another.
func (s *Sheet) above(held, next *SheetRow) bool {
	if len(next.Cells) == 1 {
		return len(held.Cells) > 2
	}
	return s.header == nil || held.Emphasised && !next.Emphasised || !next.textual()
}

// textual says whether a row is made of two or more short texts.
func (r *SheetRow) textual() bool {
	for _, c := range r.Cells {
		if !wordy(c.Text) || utf8.RuneCountInString(c.Text) > sheetHeaderRunes {
			return false
		}
	}
	return len(r.Cells) > 1
}

// emit makes passages of a row: one of its visible cells, one of the hidden.
func (s *Sheet) emit(r *SheetRow) error {
	var visible, hidden []SheetCell
	for _, c := range r.Cells {
		if c.Hidden {
			hidden = append(hidden, c)
		} else {
			visible = append(visible, c)
		}
	}
	if err := s.pass(r, visible, s.Hidden || r.Hidden); err != nil {
		return err
	}
	return s.pass(r, hidden, true)
}

func (s *Sheet) pass(r *SheetRow, cells []SheetCell, hidden bool) error {
	passage := austauschbar.Passage{Kind: austauschbar.Row, Sheet: s.Name, Hidden: hidden}
	texts := make([]string, 0, len(cells))
	for _, c := range cells {
		if c.Column >= SheetColumns || r.At > SheetRows {
			continue
		}
		header := ""
		if c.Column < len(s.header) {
			header = s.header[c.Column]
		}
		texts = append(texts, c.Text)
		passage.Cells = append(passage.Cells, austauschbar.Cell{Ref: Ref(c.Column, r.At), Header: header, Text: c.Text})
	}
	if len(texts) == 0 {
		return nil
	}
	passage.Text = strings.Join(texts, " | ")
	if len(r.Cells) == 1 && wordy(passage.Text) {
		alone(r, &passage)
	}
	return s.Put(passage)
}

// alone says what a text is that has its row to itself.
func alone(r *SheetRow, passage *austauschbar.Passage) {
	passage.Kind = austauschbar.Paragraph
	passage.Cells[0].Header = ""
	if r.Emphasised && utf8.RuneCountInString(passage.Text) <= aloneRunes && !strings.ContainsAny(passage.Text[len(passage.Text)-1:], ".:") {
		passage.Kind, passage.Level = austauschbar.Heading, 1
	}
}
