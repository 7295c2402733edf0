// Package grid finds the tables of a sheet and what heads their columns.
package grid

import (
	"strconv"
	"unicode"
	"unicode/utf8"
)

// Columns is the most columns that a sheet can have.
const Columns = 16_384

// headerRunes is the longest text of a heading cell, in runes.
const headerRunes = 100

// A Row is a row of a sheet.
type Row struct {
	At         int    // 1-based
	Cells      []Cell // the empty ones left out
	Emphasised bool   // all cells stand out by their look
}

// A Cell is one non-empty cell.
type Cell struct {
	Column int // 1-based
	Text   string
}

// A Layout takes the rows of a sheet in their order and hands them on with the texts
// that head their columns, by column from 0. A row that seems to head a table is held
// back until the next one tells.
type Layout struct {
	Emit func(row Row, header []string) error

	header []string // empty before the first table
	held   *Row
	last   int // number of the last row
}

// Add takes the next row that is not empty.
func (l *Layout) Add(r Row) error {
	fresh := r.At > l.last+1 || l.last == 0
	l.last = r.At
	if err := l.settle(r, fresh); err != nil {
		return err
	}
	if (l.header == nil || fresh) && r.textual() {
		l.held = &r // the first of several texts, or one after an empty row
		return nil
	}
	return l.Emit(r, l.header)
}

// settle decides on the row held back, now that the next one is known.
func (l *Layout) settle(next Row, fresh bool) error {
	held := l.held
	if held == nil {
		return nil
	}
	l.held = nil
	if fresh || !l.above(*held, next) {
		return l.Emit(*held, l.header)
	}
	l.header = nil
	for _, c := range held.Cells {
		for len(l.header) < c.Column {
			l.header = append(l.header, "")
		}
		l.header[c.Column-1] = c.Text
	}
	return nil
}

// above says whether a row heads the next one. The first of a sheet needs no more
// than to be text; where a table has gone before, an empty row may be mere spacing,
// so that the row must differ in look or the next must have values. A single text
// may follow as the title of the table's first part, but also as that of another.
func (l *Layout) above(held, next Row) bool {
	if len(next.Cells) == 1 {
		return len(held.Cells) > 2
	}
	return l.header == nil || held.Emphasised && !next.Emphasised || !next.textual()
}

// Finish emits what is still held back.
func (l *Layout) Finish() error {
	held := l.held
	l.held = nil
	if held == nil {
		return nil
	}
	return l.Emit(*held, l.header)
}

func (r Row) textual() bool {
	texts := make([]string, len(r.Cells))
	for i, c := range r.Cells {
		texts[i] = c.Text
	}
	return Textual(texts)
}

// Textual says whether a row is made of two or more short texts.
func Textual(texts []string) bool {
	for _, text := range texts {
		if !Wordy(text) || utf8.RuneCountInString(text) > headerRunes {
			return false
		}
	}
	return len(texts) > 1
}

// Wordy says whether a text has more letters than digits: "Jahr 1", not "15 %".
func Wordy(text string) bool {
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

// Ref names a cell by its column and row, both 1-based: "C7".
func Ref(column, row int) string { return Column(column) + strconv.Itoa(row) }

// Column names a column, 1-based: A … Z, AA, AB …
func Column(column int) string {
	name := ""
	for ; column > 0; column = (column - 1) / 26 {
		name = string(rune('A'+(column-1)%26)) + name
	}
	return name
}
