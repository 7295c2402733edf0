package docx

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// Bounds of a table: how many columns are told apart, of which Word allows 63, and
// how many rows can head it.
const (
	columns     = 1024
	headingRows = 8
)

// A table is one w:tbl while it is read. Its first rows are held back until it is
// clear whether they head those that follow.
type table struct {
	count  int      // rows so far
	held   []*row   // that seem to be heading rows
	header []string // by column
	body   bool     // the heading rows are over
}

// A row is one w:tr.
type row struct {
	at      int // 1-based
	column  int // where the next cell stands, from 0
	cells   []*cell
	heads   bool // marked as heading row
	doubted bool // seems to be a heading row but may be the first of a list of names and values
	deleted bool
	hidden  bool
	after   []austauschbar.Passage // notes, text boxes, inner tables
}

// A cell is one w:tc.
type cell struct {
	column, span int
	texts        []string
	mark         string // number of its first numbered paragraph that has text
	paragraph    int    // of its first text
	plain        bool   // some of its text is not bold
	shaded       bool
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
	c.mark = or(c.mark, mark)
	c.plain = c.plain || p.plain
}

func (c *cell) text() string { return strings.Join(c.texts, " ") }

// table reads w:tbl. A table within a cell follows the row it stands in.
func (w *walker) table() error {
	if w.cell != nil {
		return w.aside(w.table)
	}
	if err := w.release(); err != nil {
		return err
	}
	t := &table{}
	err := w.rows(t)
	return first(err, w.emitHeld(t))
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
	r := &row{at: t.count}
	err := w.cells(r)
	r.after, w.pending = w.pending, nil
	if r.deleted {
		return err
	}
	return first(err, w.place(t, r))
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
			r.heads = on(value, true)
		case "hidden":
			r.hidden = on(value, true)
		case "gridBefore":
			r.column = min(number(value, 0), columns)
		case "del":
			r.deleted = true
		}
		return nil
	})
}

func (w *walker) readCell(r *row) error {
	c := &cell{column: r.column, span: 1}
	w.cell = c
	err := w.x.Children(func(element start) error {
		switch element.Name.Local {
		case "tcPr":
			return w.cellProperties(c)
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
	r.column = min(r.column+c.span, columns)
	if len(c.texts) > 0 {
		r.cells = append(r.cells, c)
	}
	return err
}

func (w *walker) cellProperties(c *cell) error {
	return w.x.Children(func(element start) error {
		value := limit.Attr(element, "val")
		switch element.Name.Local {
		case "gridSpan":
			c.span = min(max(number(value, 1), 1), columns)
		case "vMerge":
			c.continues = value != "restart"
		case "shd":
			fill := strings.ToLower(limit.Attr(element, "fill"))
			c.shaded = fill != "" && fill != "auto" && fill != "ffffff"
		case "cellDel":
			c.deleted = true
		}
		return nil
	})
}

// place holds a row back as a heading row or emits it below those that were.
func (w *walker) place(t *table, r *row) error {
	switch {
	case t.body, len(r.cells) == 0:
	case r.heads && r.plausible() && len(t.held) < headingRows:
		t.held = append(t.held, r)
		return nil
	case len(t.held) > 0: // r is the first row below
		if err := w.settle(t); err != nil {
			return err
		}
	case r.titles(): // heading rows may follow
	case r.plausible() && r.unlikeData():
		r.doubted = r.doubtful()
		t.held = append(t.held, r)
		return nil
	default:
		t.body = true
	}
	return w.emitRow(t, r)
}

// settle makes the rows held back the table's header. One in doubt is emitted as
// well: what it says must not be lost where it heads nothing.
func (w *walker) settle(t *table) error {
	held := t.held
	t.held, t.body = nil, true
	for _, r := range held {
		if r.doubted {
			if err := w.emitRow(t, r); err != nil {
				return err
			}
			continue
		}
		w.passages = append(w.passages, r.after...)
	}
	for _, r := range held {
		for _, c := range r.cells {
			t.head(c)
		}
	}
	return nil
}

// head puts a cell's text over the columns it spans, below what stands there.
func (t *table) head(c *cell) {
	end := min(c.column+c.span, columns)
	for len(t.header) < end {
		t.header = append(t.header, "")
	}
	for column := min(c.column, columns); column < end; column++ {
		t.header[column] = strings.TrimSpace(t.header[column] + " " + c.text())
	}
}

// emitHeld emits rows that were taken for heading rows of a table without others.
func (w *walker) emitHeld(t *table) error {
	held := t.held
	t.held = nil
	for _, r := range held {
		if err := w.emitRow(t, r); err != nil {
			return err
		}
	}
	return nil
}

func (w *walker) emitRow(t *table, r *row) error {
	passage := austauschbar.Passage{Kind: austauschbar.Row, Hidden: r.hidden}
	texts := make([]string, 0, len(r.cells))
	for _, c := range r.cells {
		header := ""
		if c.column < len(t.header) {
			header = t.header[c.column]
		}
		text := c.text()
		texts = append(texts, text)
		passage.Cells = append(passage.Cells, austauschbar.Cell{Ref: ref(c.column, r.at), Header: header, Text: text})
		passage.Number = or(passage.Number, c.mark)
	}
	if len(texts) > 0 {
		passage.Text = strings.Join(texts, " | ")
		passage.Paragraph = r.cells[0].paragraph
		if err := w.emit(passage); err != nil {
			return err
		}
	}
	w.passages = append(w.passages, r.after...)
	return nil
}

// Longest texts of heading cells, in runes.
const (
	headingRunes      = 80
	abbreviationRunes = 20
)

// plausible says whether a row can be a heading row: several short cells, none of
// them a sentence.
func (r *row) plausible() bool {
	for _, c := range r.cells {
		text := c.text()
		size := utf8.RuneCountInString(text)
		if size > headingRunes || size > abbreviationRunes && strings.ContainsAny(text[len(text)-1:], ".!?;") {
			return false
		}
	}
	return len(r.cells) > 1
}

// unlikeData says whether a row that is not marked as a heading row looks like one:
// all in bold or shaded, or else words alone.
func (r *row) unlikeData() bool {
	words := true
	for _, c := range r.cells {
		words = words && wordy(c.text())
	}
	return words || r.emphasised()
}

// doubtful says whether a row that looks like a heading row may as well be a name
// and its value: two cells, unless both are emphasised and neither has a digit.
func (r *row) doubtful() bool {
	digits := false
	for _, c := range r.cells {
		digits = digits || strings.ContainsFunc(c.text(), unicode.IsDigit)
	}
	return len(r.cells) == 2 && (digits || !r.emphasised())
}

// emphasised says whether all of a row is bold or shaded.
func (r *row) emphasised() bool {
	for _, c := range r.cells {
		if c.plain && !c.shaded {
			return false
		}
	}
	return true
}

// wordy says whether a text is more of a column's name than a value: "Jahr 1", not
// "48 Monate", "0-10" or "Auftraggeber:".
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
	return letters > digits && (text[0] < '0' || text[0] > '9') && !strings.HasSuffix(text, ":")
}

// titles says whether a row is the title of its table: one cell over several columns.
func (r *row) titles() bool { return len(r.cells) == 1 && r.cells[0].span > 1 }

// ref names a cell by its column, from 0, and its row, 1-based: "A1".
func ref(column, row int) string {
	letters := ""
	for column++; column > 0; column = (column - 1) / 26 {
		letters = string(rune('A'+(column-1)%26)) + letters
	}
	return letters + strconv.Itoa(row)
}
