// Package csv reads tables stored as text (.csv, .tsv).
package csv

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/grid"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
	"github.com/austauschbar/austauschbar/evaluator/plain"
)

// Read turns each record into a row with the line it begins on; cells are named as
// in a sheet, "B7" being the second of the seventh record. A record with one text
// alone is a paragraph. The first record of short texts, and one after an empty
// line, heads those below. What parts the cells, a semicolon, comma, tabulator or
// bar, is found from the first records.
//
// The encoding is UTF-8, UTF-16 with a byte order mark, or else Windows-1252.
// Refusals: "empty", "too_large", "not_text", "timeout".
func Read(ctx context.Context, data []byte) (austauschbar.Text, error) {
	source, err := plain.Decode(data)
	if err != nil {
		return austauschbar.Text{}, err
	}
	t := &table{ctx: ctx}
	err = t.read(source)
	return limit.Finish(ctx, austauschbar.Text{Passages: t.passages}, err)
}

// A table collects passages.
type table struct {
	ctx      context.Context
	meter    limit.Meter
	starts   map[int]int // by record: its line; of those not emitted yet
	passages []austauschbar.Passage
}

func (t *table) read(source string) error {
	comma, first := separator(source)
	r := csv.NewReader(strings.NewReader(source[first:]))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord = comma, true, -1, true
	skipped := strings.Count(source[:first], "\n")
	t.starts = map[int]int{}
	layout := &grid.Layout{Emit: t.emit}
	last := skipped // line on which the record before ends
	for number := 1; ; number++ {
		record, err := r.Read()
		switch {
		case errors.Is(err, io.EOF):
			return layout.Finish()
		case err != nil:
			return errors.Join(layout.Finish(), limit.Refuse("damaged", err.Error()))
		case number%1000 == 0 && t.ctx.Err() != nil:
			return errors.Join(layout.Finish(), t.ctx.Err())
		}
		line, _ := r.FieldPos(0)
		line += skipped
		number += max(line-last-1, 0) // empty lines are rows
		last = t.end(r, record) + skipped
		if err := t.add(layout, number, line, record); err != nil {
			return err
		}
	}
}

// end returns the line on which a record ends.
func (t *table) end(r *csv.Reader, record []string) int {
	line, _ := r.FieldPos(len(record) - 1)
	return line + strings.Count(record[len(record)-1], "\n")
}

// add takes a record.
func (t *table) add(layout *grid.Layout, number, line int, record []string) error {
	row := grid.Row{At: number}
	for i, value := range record {
		if text := lines.Clean(value); text != "" && i < grid.Columns {
			row.Cells = append(row.Cells, grid.Cell{Column: i + 1, Text: text})
			if err := t.meter.Text(len(text)); err != nil {
				return errors.Join(layout.Finish(), err)
			}
		}
	}
	if len(row.Cells) == 0 {
		return nil
	}
	t.starts[number] = line
	return layout.Add(row)
}

// emit makes a passage of a row.
func (t *table) emit(row grid.Row, header []string) error {
	found := austauschbar.Passage{Kind: austauschbar.Row, Line: t.starts[row.At]}
	delete(t.starts, row.At)
	texts := make([]string, 0, len(row.Cells))
	for _, c := range row.Cells {
		head := ""
		if c.Column <= len(header) {
			head = header[c.Column-1]
		}
		texts = append(texts, c.Text)
		found.Cells = append(found.Cells, austauschbar.Cell{Ref: grid.Ref(c.Column, row.At), Header: head, Text: c.Text})
	}
	found.Text = strings.Join(texts, " | ")
	if len(texts) == 1 && grid.Wordy(found.Text) && found.Cells[0].Header == "" {
		found.Kind = austauschbar.Paragraph
	}
	if err := t.meter.Passage(len(found.Cells)); err != nil {
		return err
	}
	t.passages = append(t.passages, found)
	return nil
}

// sampled is how many bytes tell what parts the cells.
const sampled = 64 << 10

// separators are what may part cells, the likelier ones first.
const separators = ";\t,|"

// separator returns what parts the cells, and where the records begin: behind the
// line "sep=;" by which Excel is told. It is the character that the most of the first
// lines have equally often, a semicolon before the comma of decimals.
func separator(source string) (rune, int) {
	head, _, _ := strings.Cut(source, "\n")
	if stated, found := strings.CutPrefix(strings.ToLower(head), "sep="); found && len(stated) == 1 && strings.Contains(separators, stated) {
		return rune(stated[0]), min(len(head)+1, len(source))
	}
	sample := source[:min(len(source), sampled)]
	best, most := ',', 0
	for _, candidate := range separators {
		if score := agreement(sample, byte(candidate)); score > most {
			best, most = candidate, score
		}
	}
	return best, 0
}

// agreement returns how many lines of a sample have a character, outside quotes, as
// often as most that have it.
func agreement(sample string, char byte) int {
	counts := map[int]int{}
	count, quoted := 0, false
	for at := range len(sample) {
		switch {
		case sample[at] == '"':
			quoted = !quoted
		case quoted:
		case sample[at] == char:
			count++
		case sample[at] == '\n':
			counts[count]++
			count = 0
		}
	}
	counts[count]++
	best := 0
	for times, lines := range counts {
		if times > 0 {
			best = max(best, lines)
		}
	}
	return best
}
