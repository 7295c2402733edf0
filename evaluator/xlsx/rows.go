package xlsx

import (
	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/lines"
	"github.com/austauschbar/austauschbar/evaluator/office"
)

// put takes a passage of a sheet.
func (b *book) put(passage austauschbar.Passage) error {
	if err := b.meter.Passage(len(passage.Cells)); err != nil {
		return err
	}
	b.text.Passages = append(b.text.Passages, passage)
	return nil
}

// row makes a row of its values by column. Its error is that of the meter.
func (b *book) row(number int, values []string, survey survey) (*office.SheetRow, error) {
	look := survey.rows[number]
	r := &office.SheetRow{At: number, Hidden: look.hidden}
	for column, value := range values {
		if value == "" {
			continue
		}
		if err := b.meter.Text(len(value)); err != nil {
			return nil, err
		}
		if text := lines.Clean(value); text != "" {
			size := survey.merged[place{number, column + 1}]
			r.Cells = append(r.Cells, office.SheetCell{
				Column: column, Span: size.column, Rows: size.row, Text: text, Hidden: survey.hides(column),
			})
		}
	}
	r.Emphasised = b.emphasised(look, len(r.Cells) == 1)
	return r, nil
}

// emphasised says whether all cells of a row stand out.
func (b *book) emphasised(row rowLook, alone bool) bool {
	first, second := b.look(row.styles[0]), b.look(row.styles[1])
	return first.Stands(alone) && (alone || row.same && second.Stands(alone))
}

// look returns the look of a style by its index.
func (b *book) look(style int) office.Look {
	if known, found := b.styles[style]; found {
		return known
	}
	b.styles[style] = office.Look{} // should the library panic
	var v office.Look
	if s, err := b.file.GetStyle(style); err == nil && s != nil {
		if s.Font != nil {
			v.Bold, v.Size = s.Font.Bold, s.Font.Size
		}
		v.Filled = s.Fill.Pattern > 0 || s.Fill.Type == "gradient"
	}
	b.styles[style] = v
	return v
}
