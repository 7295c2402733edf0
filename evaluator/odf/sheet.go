package odf

import (
	"cmp"
	"math"
	"sort"
	"strconv"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
	"github.com/austauschbar/austauschbar/evaluator/office"
)

// readSheets reads the body of a spreadsheet.
func (d *document) readSheets(x *limit.XML) error {
	return x.Children(func(element start) error {
		name := limit.Attr(element, "name")
		if element.Name.Local != "table" || borrowed(name) {
			return nil // changes, names, filters, …
		}
		display := d.styles.of("table", limit.Attr(element, "style-name")).display
		s := &sheet{document: d, x: x}
		s.sheet = office.Sheet{Name: name, Hidden: display != nil && !*display, Put: d.put}
		err := s.parts()
		return cmp.Or(err, s.sheet.Finish())
	})
}

// borrowed says whether a sheet is a copy that was kept of another document's: its
// name is "'file:///prices.ods'#$Sheet1".
func borrowed(name string) bool {
	return strings.HasPrefix(name, "'") && strings.Contains(name, "'#")
}

// put takes a passage of a sheet.
func (d *document) put(passage austauschbar.Passage) error {
	if err := d.meter.Passage(len(passage.Cells)); err != nil {
		return err
	}
	d.text.Passages = append(d.text.Passages, passage)
	return nil
}

// A sheet is one table of a spreadsheet while it is read.
type sheet struct {
	*document
	x       *limit.XML
	sheet   office.Sheet
	columns []column
	count   int // rows so far
}

// A column is a run of columns that are stored as one.
type column struct {
	end    int // of the run: column, from 0, of the next
	hidden bool
	style  string // of cells that name none
}

// parts reads the columns and rows, which may stand in groups.
func (s *sheet) parts() error {
	return s.x.Children(func(element start) error {
		switch element.Name.Local {
		case "table-column":
			s.column(element)
		case "table-row":
			return s.row(element)
		case "table-columns", "table-header-columns", "table-column-group", "table-rows", "table-header-rows", "table-row-group":
			return s.parts()
		}
		return nil
	})
}

func (s *sheet) column(element start) {
	begin := 0
	if len(s.columns) > 0 {
		begin = s.columns[len(s.columns)-1].end
	}
	if begin < office.SheetColumns {
		s.columns = append(s.columns, column{
			end:    begin + repetition(element, "number-columns-repeated"),
			hidden: collapsed(element),
			style:  limit.Attr(element, "default-cell-style-name"),
		})
	}
}

// columnAt returns what is known of a column, from 0.
func (s *sheet) columnAt(at int) column {
	i := sort.Search(len(s.columns), func(i int) bool { return s.columns[i].end > at })
	if i == len(s.columns) {
		return column{}
	}
	return s.columns[i]
}

// A sheetRow is a row of a sheet while it is read.
type sheetRow struct {
	office.SheetRow
	column int           // where the next cell stands, from 0
	style  string        // of cells that name none
	looks  []office.Look // of its cells, which may stand for several
	size   int           // bytes of text
}

func (s *sheet) row(element start) error {
	r := &sheetRow{SheetRow: office.SheetRow{At: s.count + 1, Hidden: collapsed(element)}, style: limit.Attr(element, "default-cell-style-name")}
	repeated := repetition(element, "number-rows-repeated")
	s.count = min(s.count+repeated, office.SheetRows)
	err := s.x.Children(func(element start) error {
		switch element.Name.Local {
		case "table-cell":
			return s.cell(r, element)
		case "covered-table-cell": // what it holds is not shown
			r.column = min(r.column+repetition(element, "number-columns-repeated"), office.SheetColumns)
		}
		return nil
	})
	r.Emphasised = len(r.looks) > 0
	for _, look := range r.looks {
		r.Emphasised = r.Emphasised && look.Stands(len(r.Cells) == 1)
	}
	err = cmp.Or(err, s.sheet.Add(&r.SheetRow))
	for i := 1; i < min(repeated, copies) && err == nil && len(r.Cells) > 0; i++ {
		again := r.SheetRow
		again.At += i
		err = cmp.Or(s.meter.Text(r.size), s.sheet.Add(&again))
	}
	return err
}

func (s *sheet) cell(r *sheetRow, element start) error {
	repeated := repetition(element, "number-columns-repeated")
	at := r.column
	r.column = min(at+repeated, office.SheetColumns)
	var tag span
	tag.from, tag.to = s.x.Span()
	text, note, err := s.shown(element)
	if text == "" || at >= office.SheetColumns {
		return err
	}
	s.traceCell(at, r.At, tag, note)
	first := s.columnAt(at)
	r.looks = append(r.looks, s.look(cmp.Or(limit.Attr(element, "style-name"), r.style, first.style)))
	for i := range min(repeated, copies, office.SheetColumns-at) {
		r.size += len(text)
		if i > 0 {
			err = cmp.Or(err, s.meter.Text(len(text)))
		}
		r.Cells = append(r.Cells, office.SheetCell{Column: at + i, Text: text, Hidden: s.columnAt(at + i).hidden})
	}
	return err
}

// look returns the look of a cell's style.
func (s *sheet) look(style string) office.Look {
	found := s.styles.of("table-cell", style)
	return office.Look{Bold: is(found.look.bold), Filled: is(found.filled), Size: found.size}
}

// shown reads a cell and returns what it shows: its text or, where its program did
// not store that, its value; and where its comment ends, 0 where it has none.
func (s *sheet) shown(element start) (shown string, note int, err error) {
	var (
		text   strings.Builder
		stored bool
	)
	err = s.x.Children(func(element start) (err error) {
		if element.Name.Local == "annotation" {
			note, err = endOf(s.x)
			return err
		}
		if element.Name.Local != "p" {
			return nil // drawings, tables
		}
		stored = true
		text.WriteByte(' ')
		return s.paragraph(&text)
	})
	if !stored {
		text := lines.Clean(value(element))
		return text, note, cmp.Or(err, s.meter.Text(len(text)))
	}
	return lines.Clean(text.String()), note, err
}

// paragraph reads a paragraph of a cell.
func (s *sheet) paragraph(text *strings.Builder) error {
	write := func(data []byte) error {
		text.Write(data)
		return s.meter.Text(len(data))
	}
	return s.x.Content(write, func(element start) error {
		switch name := element.Name.Local; {
		case blanks[name]:
			return write([]byte{' '})
		case unread[name], shapes[name]:
			return nil
		}
		return s.paragraph(text)
	})
}

// value writes what a cell holds; "" where it is empty.
func value(element start) string {
	value := limit.Attr(element, "value")
	switch limit.Attr(element, "value-type") {
	case "percentage":
		if share, err := strconv.ParseFloat(value, 64); err == nil {
			const digits = 1e8 // of the percentage, so that 0.07 is 7 and not 7.000000000000001
			return strconv.FormatFloat(math.Round(share*100*digits)/digits, 'f', -1, 64) + "%"
		}
	case "currency":
		return value + " " + limit.Attr(element, "currency")
	}
	return cmp.Or(value, limit.Attr(element, "string-value"), limit.Attr(element, "date-value"), limit.Attr(element, "time-value"), limit.Attr(element, "boolean-value"))
}
