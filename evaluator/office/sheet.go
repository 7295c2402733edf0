package office

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/grid"
)

// Longest texts of a sheet, in runes: of a heading cell, of one in a row that stands
// out, and of a heading that stands alone in its row.
const (
	sheetHeaderRunes      = 100
	emphasisedHeaderRunes = 300
	aloneRunes            = 100
)

const (
	// sheetHeaderRows is how many rows can head a table of a sheet.
	sheetHeaderRows = 3
	// titleRows is how many headings can follow each other. More are the labels of a
	// form, whose values are to be filled in beside them.
	titleRows = 3
)

// A Sheet finds the tables of a sheet and makes passages of its rows. Rows that seem
// to head a table are held back until the next one tells.
type Sheet struct {
	Name   string
	Hidden bool
	Put    func(austauschbar.Passage) error // where the passages go

	header   []string    // by column; empty before the first table
	held     []*SheetRow // that seem to head a table
	titles   []*SheetRow // that seem to be headings, one below the other
	last     int         // number of the last row that was not empty
	reaching []reaching  // merged cells that reach down to the rows at hand
}

// A SheetRow is one row of a sheet.
type SheetRow struct {
	At     int         // 1-based
	Cells  []SheetCell // those that have text, from left to right
	Hidden bool
	// Emphasised means that all its cells stand out: one alone in bold or a larger
	// type, several in these or on a ground of another colour.
	Emphasised bool

	fresh bool // it follows an empty row, or is the first
}

// A SheetCell is one cell of a sheet.
type SheetCell struct {
	Column int    // from 0
	Span   int    // how many columns it covers; 0 counts as 1
	Rows   int    // how many rows it covers; 0 counts as 1
	Text   string // folded, never empty
	Hidden bool   // in a hidden column
}

// reaching is a merged cell that holds for rows below its own.
type reaching struct {
	text string
	last int // number of the last row it covers
}

// mostReaching is how many such cells are followed at a time.
const mostReaching = 16

// end returns the column behind a cell.
func (c SheetCell) end() int { return min(c.Column+max(c.Span, 1), SheetColumns) }

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
	r.fresh = r.At > s.last+1 || s.last == 0
	s.last = r.At
	if !r.fresh && s.deepens(r) {
		s.held = append(s.held, r)
		return nil
	}
	if err := s.settle(r); err != nil {
		return err
	}
	title := r.titles() && !s.within(r)
	if !title || r.fresh {
		if err := s.releaseTitles(); err != nil {
			return err
		}
	}
	switch {
	case title:
		s.titles = append(s.titles, r)
	case s.heads(r):
		s.held = append(s.held, r)
	default:
		return s.emit(r)
	}
	return nil
}

// Finish emits what is still held back.
func (s *Sheet) Finish() error {
	if err := s.releaseTitles(); err != nil {
		return err
	}
	return s.release()
}

// release emits rows that turned out to head nothing.
func (s *Sheet) release() error {
	held := s.held
	s.held = nil
	for _, r := range held {
		if err := s.emit(r); err != nil {
			return err
		}
	}
	return nil
}

// releaseTitles emits what stands alone in its rows as headings or, where it is too
// many rows, as text.
func (s *Sheet) releaseTitles() error {
	titles := s.titles
	s.titles = nil
	for _, r := range titles {
		r.Emphasised = len(titles) <= titleRows
		if err := s.emit(r); err != nil {
			return err
		}
	}
	return nil
}

// within says whether a row stands within a table.
func (s *Sheet) within(r *SheetRow) bool { return s.header != nil && !r.fresh }

// heads says whether a row may head those below: the first of several texts, or one
// after an empty row.
func (s *Sheet) heads(r *SheetRow) bool {
	return (s.header == nil || r.fresh) && r.textual()
}

// deepens says whether a row divides the headings held back: all its cells stand below
// such that cover several columns, and several of them below one.
func (s *Sheet) deepens(r *SheetRow) bool {
	if len(s.held) == 0 || len(s.held) == sheetHeaderRows {
		return false
	}
	divided, next := false, 0
	for _, c := range s.held[len(s.held)-1].Cells {
		below := 0
		for ; next < len(r.Cells) && r.Cells[next].Column < c.end(); next++ {
			if r.Cells[next].Column < c.Column || c.Span < 2 || utf8.RuneCountInString(r.Cells[next].Text) > sheetHeaderRunes {
				return false
			}
			below++
		}
		divided = divided || below > 1
	}
	return divided && next == len(r.Cells)
}

// settle decides on the rows held back, now that the next one is known. One that may
// as well be a name and its value is emitted all the same.
func (s *Sheet) settle(next *SheetRow) error {
	if len(s.held) == 0 {
		return nil
	}
	if next.fresh || !s.above(s.held[0], next) {
		return s.release()
	}
	held := s.held
	s.held, s.header = nil, nil
	if len(held) == 1 && len(held[0].Cells) == 2 && !held[0].Emphasised && next.textual() {
		if err := s.emit(held[0]); err != nil {
			return err
		}
	}
	for _, r := range held {
		for _, c := range r.Cells {
			s.head(c)
		}
	}
	return nil
}

// head puts a cell's text over the columns it covers, below what stands there.
func (s *Sheet) head(c SheetCell) {
	for len(s.header) < c.end() {
		s.header = append(s.header, "")
	}
	for column := min(c.Column, SheetColumns); column < c.end(); column++ {
		s.header[column] = strings.TrimSpace(s.header[column] + " " + c.Text)
	}
}

// above says whether a row heads the next one. The first of a sheet needs no more
// than to be text; where a table has gone before, an empty row may be mere spacing,
// so that the row must differ in look or the next must have values. A single text
// may follow as the title of the table's first part, but also as that of another.
func (s *Sheet) above(held, next *SheetRow) bool {
	if len(next.Cells) == 1 {
		return held.Cells[len(held.Cells)-1].end()-held.Cells[0].Column > 2
	}
	return s.header == nil || held.Emphasised && !next.Emphasised || !next.textual()
}

// year is what a heading cell may say besides words.
var year = regexp.MustCompile(`^(19|20)[0-9]{2}$`)

// textual says whether a row is made of two or more short texts. Years and signs such
// as "%" may be among them where the row stands out.
func (r *SheetRow) textual() bool {
	longest, words := sheetHeaderRunes, 0
	if r.Emphasised {
		longest = emphasisedHeaderRunes
	}
	for _, c := range r.Cells {
		switch {
		case utf8.RuneCountInString(c.Text) > longest:
			return false
		case grid.Wordy(c.Text):
			words++
		case !r.Emphasised || !year.MatchString(c.Text) && strings.ContainsAny(c.Text, "0123456789"):
			return false
		}
	}
	return len(r.Cells) > 1 && words > 0
}

// titles says whether a row is a heading if it stands alone: one short text that
// stands out.
func (r *SheetRow) titles() bool {
	text := r.Cells[0].Text
	return len(r.Cells) == 1 && r.Emphasised && grid.Wordy(text) && utf8.RuneCountInString(text) <= aloneRunes &&
		!strings.ContainsAny(text[len(text)-1:], ".:")
}

// emit makes passages of a row: one of its visible cells, one of the hidden.
func (s *Sheet) emit(r *SheetRow) error {
	context := s.context(r)
	var visible, hidden []SheetCell
	for _, c := range r.Cells {
		if c.Hidden {
			hidden = append(hidden, c)
		} else {
			visible = append(visible, c)
		}
	}
	if err := s.pass(r, visible, context, s.Hidden || r.Hidden); err != nil {
		return err
	}
	return s.pass(r, hidden, context, true)
}

// context returns the merged cells above that reach down to a row, and keeps those of
// the row for the ones below.
func (s *Sheet) context(r *SheetRow) []string {
	s.reaching = slices.DeleteFunc(s.reaching, func(a reaching) bool { return a.last < r.At })
	var context []string
	for _, a := range s.reaching {
		context = append(context, a.text)
	}
	for _, c := range r.Cells {
		if c.Rows > 1 && len(s.reaching) < mostReaching && explains(c.Text) {
			s.reaching = append(s.reaching, reaching{c.Text, r.At + c.Rows - 1})
		}
	}
	return context
}

func (s *Sheet) pass(r *SheetRow, cells []SheetCell, context []string, hidden bool) error {
	passage := austauschbar.Passage{Kind: austauschbar.Row, Sheet: s.Name, Hidden: hidden, Context: context}
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
	if len(r.Cells) == 1 && len(context) == 0 && grid.Wordy(passage.Text) {
		s.alone(r, &passage)
	}
	return s.Put(passage)
}

// alone says what a text is that has its row to itself. Within a table, one that
// covers half of the columns or more is the heading of a part.
func (s *Sheet) alone(r *SheetRow, passage *austauschbar.Passage) {
	passage.Kind = austauschbar.Paragraph
	passage.Cells[0].Header = ""
	part := *r
	part.Emphasised = r.Emphasised || s.within(r) && r.Cells[0].Span > 1 && 2*r.Cells[0].Span >= len(s.header)
	if part.titles() {
		passage.Kind, passage.Level = austauschbar.Heading, 1
		if s.within(r) {
			passage.Level = 2
		}
	}
}
