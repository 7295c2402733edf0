package odf

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/office"
)

// copies is how many of the rows or cells that are stored once and repeated are
// written out. Those beyond say nothing new.
const copies = 256

// A table is a table of a text while it is read.
type table struct {
	*office.Table
	count int // rows so far
}

// A row is a row of such a table.
type row struct {
	office.Row
	column int // where the next cell stands, from 0
}

// A cell is a cell of such a row.
type cell struct {
	texts     []string
	mark      string // number of its first numbered paragraph that has text
	paragraph int    // of its first text
	plain     bool   // some of its text is not bold
}

// add takes a paragraph's text. A number without text, as in a column of running
// numbers, is the cell's text.
func (c *cell) add(p *paragraph, text, mark string) {
	if text == "" {
		text, mark = mark, ""
	}
	if text == "" {
		return
	}
	if len(c.texts) == 0 {
		c.paragraph = p.at
	}
	c.texts = append(c.texts, text)
	c.mark = cmp.Or(c.mark, mark)
	c.plain = c.plain || p.plain
}

// table reads table:table. A table within a cell follows the row it stands in.
func (w *walker) table() error {
	if w.cell != nil {
		return w.aside(w.table)
	}
	outer := w.list
	w.list = nil
	t := &table{Table: office.NewTable(w.putRow)}
	err := w.rows(t, false)
	w.list = outer
	return cmp.Or(err, t.Finish())
}

// rows reads rows, of which heads says that they are marked as heading rows.
func (w *walker) rows(t *table, heads bool) error {
	return w.x.Children(func(element start) error {
		switch element.Name.Local {
		case "table-row":
			return w.row(t, element, heads)
		case "table-header-rows":
			return w.rows(t, true)
		case "table-rows", "table-row-group":
			return w.rows(t, heads)
		}
		return nil
	})
}

func (w *walker) row(t *table, element start, heads bool) error {
	r := &row{Row: office.Row{At: t.count + 1, Heads: heads, Hidden: w.hidden || collapsed(element)}}
	repeated := repetition(element, "number-rows-repeated")
	t.count += repeated
	err := w.traceRow(func() error { return w.cells(r) })
	r.After, w.pending = w.pending, nil
	err = cmp.Or(err, t.Add(&r.Row))
	for i := 1; i < min(repeated, copies) && err == nil && len(r.Cells) > 0; i++ {
		again := r.Row
		again.At, again.After = r.At+i, nil
		err = cmp.Or(w.meterCopy(&again), t.Add(&again))
	}
	return err
}

func (w *walker) cells(r *row) error {
	return w.x.Children(func(element start) error {
		switch element.Name.Local {
		case "table-cell":
			return w.readCell(r, element)
		case "covered-table-cell": // what it holds is not shown
			r.column = min(r.column+repetition(element, "number-columns-repeated"), office.TableColumns)
		}
		return nil
	})
}

// meterCopy counts the text of a row that is written out again.
func (w *walker) meterCopy(r *office.Row) error {
	size := 0
	for _, c := range r.Cells {
		size += len(c.Text)
	}
	return w.meter.Text(size)
}

func (w *walker) readCell(r *row, element start) error {
	c := &cell{}
	w.cell = c
	err := w.traceCell(r, w.blocks)
	w.cell = nil
	repeated := repetition(element, "number-columns-repeated")
	if len(c.texts) > 0 {
		err = cmp.Or(err, w.place(r, c, element, repeated))
	}
	r.column = min(r.column+repeated, office.TableColumns)
	return err
}

// place puts a cell with text into its row, as often as it is repeated.
func (w *walker) place(r *row, c *cell, element start, repeated int) error {
	left := office.TableColumns - r.column
	if left == 0 {
		w.tell("too_large", fmt.Sprintf("a table has more than %d columns", office.TableColumns))
		return nil
	}
	placed := office.Cell{
		Span: repetition(element, "number-columns-spanned"), Text: strings.Join(c.texts, " "), Mark: c.mark, Paragraph: c.paragraph,
		Emphasised: !c.plain || is(w.styles.of("table-cell", limit.Attr(element, "style-name")).filled),
	}
	for i := range min(repeated, copies, left) {
		if i > 0 {
			if err := w.meter.Text(len(placed.Text)); err != nil {
				return err
			}
		}
		placed.Column = r.column + i
		r.Cells = append(r.Cells, placed)
	}
	return nil
}

// putRow takes what a table makes of a row.
func (w *walker) putRow(row austauschbar.Passage, after []austauschbar.Passage) error {
	if len(row.Cells) > 0 {
		if err := w.emit(row); err != nil {
			return err
		}
	}
	w.passages = append(w.passages, after...)
	return nil
}

// repetition reads how often a row, column or cell is repeated, or how far it spans:
// at least once.
func repetition(element start, name string) int {
	return max(number(limit.Attr(element, name), 1), 1)
}

// collapsed says whether a row or column is hidden, by hand or by a filter.
func collapsed(element start) bool {
	visibility := limit.Attr(element, "visibility")
	return visibility == "collapse" || visibility == "filter"
}
