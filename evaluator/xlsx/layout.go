package xlsx

import (
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/grid"
)

// headingRunes is the longest text, in runes, of a heading that stands alone in its row.
const headingRunes = 100

// A layout makes passages of a sheet's rows.
type layout struct {
	*book
	sheet  sheet
	survey survey
	tables grid.Layout
}

func newLayout(b *book, s sheet, v survey) *layout {
	l := &layout{book: b, sheet: s, survey: v}
	l.tables.Emit = l.emit
	return l
}

// add takes the next row with its values by column.
func (l *layout) add(number int, values []string) error {
	r := grid.Row{At: number}
	for i, value := range values {
		if value == "" {
			continue
		}
		if err := l.meter.Text(len(value)); err != nil {
			_ = l.tables.Finish()
			return err
		}
		if text := fold(value); text != "" {
			r.Cells = append(r.Cells, grid.Cell{Column: i + 1, Text: text})
		}
	}
	if len(r.Cells) == 0 {
		return nil
	}
	r.Emphasised = l.emphasised(r)
	return l.tables.Add(r)
}

// emit makes passages of a row: one of its visible cells, one of the hidden.
func (l *layout) emit(r grid.Row, header []string) error {
	var visible, hidden []grid.Cell
	for _, c := range r.Cells {
		if l.survey.hides(c.Column) {
			hidden = append(hidden, c)
		} else {
			visible = append(visible, c)
		}
	}
	hide := l.sheet.hidden || l.survey.rows[r.At].hidden
	if err := l.pass(r, header, visible, hide); err != nil {
		return err
	}
	return l.pass(r, header, hidden, true)
}

func (l *layout) pass(r grid.Row, headers []string, cells []grid.Cell, hidden bool) error {
	if len(cells) == 0 {
		return nil
	}
	passage := austauschbar.Passage{Kind: austauschbar.Row, Sheet: l.sheet.name, Hidden: hidden}
	texts := make([]string, 0, len(cells))
	for _, c := range cells {
		ref, err := excelize.CoordinatesToCellName(c.Column, r.At)
		if err != nil {
			continue // beyond the last column or row that a sheet can have
		}
		header := ""
		if c.Column <= len(headers) {
			header = headers[c.Column-1]
		}
		texts = append(texts, c.Text)
		passage.Cells = append(passage.Cells, austauschbar.Cell{Ref: ref, Header: header, Text: c.Text})
	}
	if len(texts) == 0 {
		return nil
	}
	passage.Text = strings.Join(texts, " | ")
	if len(r.Cells) == 1 && grid.Wordy(passage.Text) {
		l.alone(r, &passage)
	}
	if err := l.meter.Passage(len(passage.Cells)); err != nil {
		return err
	}
	l.text.Passages = append(l.text.Passages, passage)
	return nil
}

// alone says what a text is that has its row to itself.
func (l *layout) alone(r grid.Row, passage *austauschbar.Passage) {
	passage.Kind = austauschbar.Paragraph
	passage.Cells[0].Header = ""
	if r.Emphasised && utf8.RuneCountInString(passage.Text) <= headingRunes && !strings.ContainsAny(passage.Text[len(passage.Text)-1:], ".:") {
		passage.Kind, passage.Level = austauschbar.Heading, 1
	}
}

// A look is what makes a cell stand out.
type look struct{ bold, large, filled bool }

// larger is the size of type, in points, from which a text stands out. Sheets are
// set in 10 to 12.
const larger = 13

// emphasised says whether all cells of a row stand out.
func (l *layout) emphasised(r grid.Row) bool {
	looks := l.survey.rows[r.At]
	first, second := l.look(looks.styles[0]), l.look(looks.styles[1])
	if len(r.Cells) == 1 {
		return first.bold || first.large
	}
	stands := func(v look) bool { return v.bold || v.large || v.filled }
	return looks.same && stands(first) && stands(second)
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
