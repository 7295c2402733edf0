package docx

import (
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/office"
)

// A table is one w:tbl while it is read.
type table struct {
	*office.Table
	count   int          // rows so far
	merging map[int]bool // columns, from 0, whose last cell can reach down
}

// A row is one w:tr.
type row struct {
	office.Row
	of      *table
	column  int // where the next cell stands, from 0
	deleted bool
}

// A cell is one w:tc.
type cell struct {
	column, span int
	texts        []string
	marks        []string // numbers of its paragraphs; "" of those without
	numbered     int      // paragraphs that have one
	paragraph    int      // of its first text
	plain        bool     // some of its text is not bold
	shaded       bool
	merged       bool // with the one above or below
	continues    bool // the one above; what it holds itself is not shown
	deleted      bool
}

// add takes a paragraph's text. A number without text, as in a column of running
// numbers, is the cell's text.
func (c *cell) add(p *paragraph, text, mark string) {
	if text == "" {
		text, mark = mark, ""
	}
	if text == "" || c.continues || c.deleted {
		return
	}
	if len(c.texts) == 0 {
		c.paragraph = p.at
	}
	c.texts = append(c.texts, text)
	c.marks = append(c.marks, mark)
	if mark != "" {
		c.numbered++
	}
	c.plain = c.plain || p.plain
}

// written returns the cell's text and the number that its row bears for it. Numbers of
// a list within the cell are part of the text.
func (c *cell) written() (text, mark string) {
	if c.numbered == 1 {
		return strings.Join(c.texts, " "), strings.Join(c.marks, "")
	}
	var b strings.Builder
	for i, text := range c.texts {
		b.WriteString(strings.TrimLeft(c.marks[i]+" ", " ") + text + " ")
	}
	return strings.TrimSpace(b.String()), ""
}

// table reads w:tbl. A table within a cell follows the row it stands in.
func (w *walker) table() error {
	if w.cell != nil {
		return w.aside(w.table)
	}
	if err := w.release(); err != nil {
		return err
	}
	t := &table{Table: office.NewTable(w.putRow), merging: map[int]bool{}}
	err := w.rows(t)
	return first(err, t.Finish())
}

func (w *walker) rows(t *table) error {
	return w.x.Children(func(element start) error {
		switch element.Name.Local {
		case "tr":
			return w.row(t)
		case "AlternateContent":
			return w.choice(func() error { return w.rows(t) })
		case "sdt", "sdtContent", "customXml", "ins", "moveTo":
			return w.rows(t)
		}
		return nil
	})
}

func (w *walker) row(t *table) error {
	t.count++
	r := &row{Row: office.Row{At: t.count}, of: t}
	err := w.traceRow(func() error { return w.cells(r) })
	r.After, w.pending = w.pending, nil
	if r.deleted {
		return err
	}
	return first(err, t.Add(&r.Row))
}

func (w *walker) cells(r *row) error {
	return w.x.Children(func(element start) error {
		switch element.Name.Local {
		case "trPr":
			return w.rowProperties(r)
		case "tc":
			return w.readCell(r)
		case "AlternateContent":
			return w.choice(func() error { return w.cells(r) })
		case "sdt", "sdtContent", "customXml", "ins", "moveTo":
			return w.cells(r)
		}
		return nil
	})
}

func (w *walker) rowProperties(r *row) error {
	return w.x.Children(func(element start) error {
		value := limit.Attr(element, "val")
		switch element.Name.Local {
		case "tblHeader":
			r.Heads = on(value, true)
		case "hidden":
			r.Hidden = on(value, true)
		case "gridBefore":
			r.column = min(number(value, 0), office.TableColumns)
		case "del":
			r.deleted = true
		}
		return nil
	})
}

func (w *walker) readCell(r *row) error {
	c := &cell{column: r.column, span: 1}
	w.cell = c
	w.traceCell(c.column, r.At)
	err := w.x.Children(func(element start) error {
		switch element.Name.Local {
		case "tcPr":
			return w.cellProperties(r, c)
		case "p":
			return w.paragraph()
		case "tbl":
			return w.table()
		case "AlternateContent":
			return w.choice(w.blocks)
		case "sdt", "customXml", "ins", "moveTo":
			return w.blocks()
		}
		return nil
	})
	err = first(err, w.release())
	w.cell = nil
	r.of.merging[c.column] = c.merged
	r.column = min(r.column+c.span, office.TableColumns)
	if c.continues {
		r.Below = append(r.Below, c.column)
	}
	if text, mark := c.written(); text != "" {
		r.Cells = append(r.Cells, office.Cell{
			Column: c.column, Span: c.span, Text: text, Mark: mark, Paragraph: c.paragraph,
			Emphasised: !c.plain || c.shaded,
		})
	}
	return err
}

func (w *walker) cellProperties(r *row, c *cell) error {
	return w.x.Children(func(element start) error {
		value := limit.Attr(element, "val")
		switch element.Name.Local {
		case "gridSpan":
			c.span = min(max(number(value, 1), 1), office.TableColumns)
		case "vMerge":
			c.merged = true
			c.continues = value != "restart" && r.of.merging[c.column] // else there is none above
		case "shd":
			fill := strings.ToLower(limit.Attr(element, "fill"))
			c.shaded = fill != "" && fill != "auto" && fill != "ffffff"
		case "cellDel":
			c.deleted = true
		}
		return nil
	})
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
