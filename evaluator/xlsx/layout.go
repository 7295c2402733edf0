package xlsx

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
	"github.com/xuri/excelize/v2"
)

// Longest texts, in runes.
const (
	headerRunes  = 100 // of a heading cell
	headingRunes = 100 // of a heading that stands alone in its row
)

// A layout finds the tables of a sheet and makes passages of its rows. A row that
// seems to head a table is held back until the next one tells.
type layout struct {
	*book
	sheet  sheet
	survey survey
	header []string // by column, from 0; empty before the first table
	held   *row
	last   int // number of the last row that was not empty
}

// A row is one row of the sheet.
type row struct {
	at    int // 1-based
	cells []cell
	look  rowLook
}

// A cell is one non-empty cell.
type cell struct {
	column int // 1-based
	text   string
}

// add takes the next row with its values by column.
func (l *layout) add(number int, values []string) error {
	r := &row{at: number, look: l.survey.rows[number]}
	for i, value := range values {
		if value == "" {
			continue
		}
		if err := l.meter.Text(len(value)); err != nil {
			_ = l.finish()
			return err
		}
		if text := fold(value); text != "" {
			r.cells = append(r.cells, cell{column: i + 1, text: text})
		}
	}
	if len(r.cells) == 0 {
		return nil
	}
	fresh := number > l.last+1 || l.last == 0
	l.last = number
	if err := l.settle(r, fresh); err != nil {
		return err
	}
	if l.heads(r, fresh) {
		l.held = r
		return nil
	}
	return l.emit(r)
}

// heads says whether a row may head those below: the first of several texts, or one
// after an empty row.
func (l *layout) heads(r *row, fresh bool) bool {
	return (l.header == nil || fresh) && r.textual()
}

// settle decides on the row held back, now that the next one is known.
func (l *layout) settle(next *row, fresh bool) error {
	held := l.held
	if held == nil {
		return nil
	}
	l.held = nil
	if fresh || !l.above(held, next) {
		return l.emit(held)
	}
	l.header = nil
	for _, c := range held.cells {
		for len(l.header) < c.column {
			l.header = append(l.header, "")
		}
		l.header[c.column-1] = c.text
	}
	return nil
}

// above says whether a row heads the next one. The first of a sheet needs no more
// than to be text; where a table has gone before, an empty row may be mere spacing,
// so that the row must differ in look or the next must have values. A single text
// may follow as the title of the table's first part, but also as that of another.
func (l *layout) above(held, next *row) bool {
	if len(next.cells) == 1 {
		return len(held.cells) > 2
	}
	return l.header == nil || l.emphasised(held) && !l.emphasised(next) || !next.textual()
}

// finish emits what is still held back.
func (l *layout) finish() error {
	held := l.held
	l.held = nil
	if held == nil {
		return nil
	}
	return l.emit(held)
}

// textual says whether a row is made of two or more short texts.
func (r *row) textual() bool {
	for _, c := range r.cells {
		if !wordy(c.text) || utf8.RuneCountInString(c.text) > headerRunes {
			return false
		}
	}
	return len(r.cells) > 1
}

// wordy says whether a text has more letters than digits: "Jahr 1", not "15 %".
func wordy(text string) bool {
	letters, digits := 0, 0
	for _, r := range text {
		switch {
		case unicode.IsLetter(r):
			letters++
		case unicode.IsDigit(r):
			digits++
		}
	}
	return letters > digits
}

// emit makes passages of a row: one of its visible cells, one of the hidden.
func (l *layout) emit(r *row) error {
	var visible, hidden []cell
	for _, c := range r.cells {
		if l.survey.hides(c.column) {
			hidden = append(hidden, c)
		} else {
			visible = append(visible, c)
		}
	}
	hide := l.sheet.hidden || r.look.hidden
	if err := l.pass(r, visible, hide); err != nil {
		return err
	}
	return l.pass(r, hidden, true)
}

func (l *layout) pass(r *row, cells []cell, hidden bool) error {
	if len(cells) == 0 {
		return nil
	}
	passage := austauschbar.Passage{Kind: austauschbar.Row, Sheet: l.sheet.name, Hidden: hidden}
	texts := make([]string, 0, len(cells))
	for _, c := range cells {
		ref, err := excelize.CoordinatesToCellName(c.column, r.at)
		if err != nil {
			continue // beyond the last column or row that a sheet can have
		}
		header := ""
		if c.column <= len(l.header) {
			header = l.header[c.column-1]
		}
		texts = append(texts, c.text)
		passage.Cells = append(passage.Cells, austauschbar.Cell{Ref: ref, Header: header, Text: c.text})
	}
	if len(texts) == 0 {
		return nil
	}
	passage.Text = strings.Join(texts, " | ")
	if len(r.cells) == 1 && wordy(passage.Text) {
		l.alone(r, &passage)
	}
	if err := l.meter.Passage(len(passage.Cells)); err != nil {
		return err
	}
	l.text.Passages = append(l.text.Passages, passage)
	return nil
}

// alone says what a text is that has its row to itself.
func (l *layout) alone(r *row, passage *austauschbar.Passage) {
	passage.Kind = austauschbar.Paragraph
	passage.Cells[0].Header = ""
	if l.emphasised(r) && utf8.RuneCountInString(passage.Text) <= headingRunes && !strings.ContainsAny(passage.Text[len(passage.Text)-1:], ".:") {
		passage.Kind, passage.Level = austauschbar.Heading, 1
	}
}

// A look is what makes a cell stand out.
type look struct{ bold, large, filled bool }

// larger is the size of type, in points, from which a text stands out. Sheets are
// set in 10 to 12.
const larger = 13

// emphasised says whether all cells of a row stand out.
func (l *layout) emphasised(r *row) bool {
	first, second := l.look(r.look.styles[0]), l.look(r.look.styles[1])
	if len(r.cells) == 1 {
		return first.bold || first.large
	}
	stands := func(v look) bool { return v.bold || v.large || v.filled }
	return r.look.same && stands(first) && stands(second)
}

// look returns the look of a style by its index.
func (b *book) look(style int) look {
	if known, found := b.styles[style]; found {
		return known
	}
	b.styles[style] = look{} // should the library panic
	var v look
	if s, err := b.file.GetStyle(style); err == nil && s != nil {
		if s.Font != nil {
			v.bold, v.large = s.Font.Bold, s.Font.Size >= larger
		}
		v.filled = s.Fill.Pattern > 0 || s.Fill.Type == "gradient"
	}
	b.styles[style] = v
	return v
}

// fold returns the text with white space folded and soft hyphens removed.
func fold(text string) string {
	if strings.Contains(text, "\u00ad") {
		text = strings.ReplaceAll(text, "\u00ad", "")
	}
	return strings.Join(strings.Fields(text), " ")
}
