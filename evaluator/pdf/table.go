package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/lines"
)

// Bounds of what is taken for a table. Lengths are in points.
const (
	cellGap    = 0.8 // least room between cells that no line parts, in the size of their type
	columnsMax = 40
	triesMax   = 6_000 // lines tried as rows of tables that are not drawn, on one page, each as often as it is
)

// A table is a run of rows found on one page.
type table struct {
	rows  []row
	lefts []float64 // where the columns begin
}

// A row is one of a table: the cells by column, nil where one is empty.
type row struct {
	cells [][]line
}

// bold reports whether all of a row is bold.
func (r row) bold() bool {
	for _, cell := range r.cells {
		for _, l := range cell {
			if !l.Bold {
				return false
			}
		}
	}
	return true
}

// filled counts the cells that hold text.
func (r row) filled() int {
	count := 0
	for _, cell := range r.cells {
		if len(cell) > 0 {
			count++
		}
	}
	return count
}

// wide reports whether a line has a gap as wide as between cells.
func (l line) wide() bool { return len(l.columns()) > 1 }

// pieces returns the parts of a line, one where it has no gap.
func (l line) pieces() []piece {
	if len(l.Pieces) == 0 {
		return []piece{{l.Text, l.Left, l.Right}}
	}
	return l.Pieces
}

// columns returns the pieces of a line that stand apart as cells do.
func (l line) columns() []piece {
	var found []piece
	for _, p := range l.pieces() {
		if last := len(found) - 1; last >= 0 && p.Left-found[last].Right < cellGap*l.Size {
			found[last].Text += " " + p.Text
			found[last].Right = p.Right
			continue
		}
		found = append(found, p)
	}
	return found
}

// part returns a line with the text and place of one of its pieces.
func (l line) part(p piece, last bool) line {
	l.Text, l.Left, l.Right, l.Pieces = p.Text, p.Left, p.Right, nil
	l.Hyphen = l.Hyphen && last
	return l
}

// replaced returns the lines of a page with those of a table, given by their
// indices, folded into one that stands where the first of them stood.
func replaced(all []line, indices []int, t *table) []line {
	folded, first := map[int]bool{}, slices.Min(indices)
	for _, at := range indices {
		folded[at] = true
	}
	kept := make([]line, 0, len(all)-len(indices)+1)
	for at, l := range all {
		switch {
		case at == first:
			l.table, l.Text, l.Pieces, l.Hyphen = t, "", nil, false
			kept = append(kept, l)
		case !folded[at]:
			kept = append(kept, l)
		}
	}
	return kept
}

// columnOf returns the column in which a place lies.
func columnOf(lefts []float64, x float64) int {
	column := 0
	for at, left := range lefts {
		if left <= x {
			column = at
		}
	}
	return column
}

// put adds a line to a cell; where it goes on with the line put there before, on the
// same height, the two are one.
func (r *row) put(column int, l line, goesOn bool) {
	cell := r.cells[column]
	if last := len(cell) - 1; goesOn && last >= 0 && cell[last].Base == l.Base {
		cell[last].Text += " " + l.Text
		cell[last].Right, cell[last].Hyphen = l.Right, l.Hyphen
		return
	}
	r.cells[column] = append(cell, l)
}

// worthIt drops empty rows and columns, and returns nil for what is no table.
func (t *table) worthIt() *table {
	t.rows = slices.DeleteFunc(t.rows, func(r row) bool { return r.filled() == 0 })
	several := 0
	for _, r := range t.rows {
		if r.filled() > 1 {
			several++
		}
	}
	if several == 0 || len(t.rows) < 2 && t.rows[0].filled() < 3 {
		return nil
	}
	return t
}

// withAligned folds the tables whose cells nothing but their alignment tells.
func withAligned(p page) page {
	tries := 0
	for at := 0; at < len(p.Lines) && tries < triesMax; at++ {
		if l := p.Lines[at]; l.table != nil || !l.placed() || !l.wide() {
			continue
		}
		end := alignedEnd(p.Lines, at)
		tries += end - at
		if t := aligned(p.Lines[at:end]); t != nil {
			var indices []int
			for i := at; i < end; i++ {
				indices = append(indices, i)
			}
			p.Lines = replaced(p.Lines, indices, t)
		}
	}
	return p
}

// alignedEnd returns the index behind the lines that can be rows of a table whose
// first row begins at an index.
func alignedEnd(all []line, at int) int {
	first := all[at]
	second := first.columns()[1].Left // where the second column begins
	top, lowest := first.Base, first.Base
	end := at + 1
	for i := at + 1; i < len(all); i++ {
		l := all[i]
		near := l.Base <= top+1 && l.Base > lowest-2.4*l.Size
		if l.table != nil || !l.placed() || !sameSize(first, l) || !near {
			break
		}
		switch letter, _ := utf8.DecodeRuneInString(l.Text); {
		case l.wide():
			if l.Base < lowest-1 {
				top = l.Base
			}
			end = i + 1
		case l.Left > second-thin: // goes on with a cell on the right
			end = i + 1
		case l.Right < second && unicode.IsLower(letter): // goes on with a cell on the left
		default:
			return end
		}
		lowest = min(lowest, l.Base)
	}
	return end
}

// columnsOf returns where columns begin that no piece of the lines bridges.
func columnsOf(all []line) []float64 {
	var taken []piece
	for _, l := range all {
		if l.wide() {
			taken = append(taken, l.columns()...)
		}
	}
	slices.SortFunc(taken, func(a, b piece) int { return cmp.Compare(a.Left, b.Left) })
	var lefts []float64
	edge := math.Inf(-1)
	for _, p := range taken {
		if p.Left > edge+1 {
			lefts = append(lefts, p.Left)
		}
		edge = max(edge, p.Right)
	}
	return lefts
}

// aligned makes a table of lines, or returns nil where they are none: too few, a
// list whose marks stand apart, running text in columns.
func aligned(all []line) *table {
	lefts := columnsOf(all)
	wide, marks, long := 0, 0, 0
	for _, l := range all {
		if !l.wide() {
			continue
		}
		wide++
		pieces := l.columns()
		if mark := lines.Find(l.Text); mark.Kind != lines.None && strings.HasSuffix(l.Text, mark.Text) && len(l.Text)-len(mark.Text) >= len(pieces[0].Text) {
			marks++
		}
		if len(pieces[0].Text) > 28 && len(pieces[1].Text) > 28 {
			long++
		}
	}
	if len(lefts) < 2 || len(lefts) > columnsMax || wide < 3 || len(lefts) == 2 && (2*marks > wide || 2*long > wide) {
		return nil
	}
	t := &table{lefts: lefts}
	for i, l := range all {
		pieces := l.columns()
		begins := i == 0 || l.Base < all[i-1].Base-1 && columnOf(lefts, pieces[0].Left+1) == 0 && l.wide()
		if begins {
			t.rows = append(t.rows, row{cells: make([][]line, len(lefts))})
		}
		for j, p := range pieces {
			t.rows[len(t.rows)-1].put(columnOf(lefts, p.Left+1), l.part(p, j == len(pieces)-1), j > 0)
		}
	}
	return t.worthIt()
}

// tabulate writes the passages of a table. Its first row is its header where it
// alone is bold, or repeats that of the page before, where the table began.
func (c *composer) tabulate(t *table, number int, follows bool) {
	follows = follows && c.last != nil && sameColumns(c.last, t)
	rows := t.rows
	switch {
	case follows && slices.Equal(c.texts(rows[0]), c.header):
		rows = rows[1:]
	case follows && c.header != nil:
	case heads(rows):
		c.header = c.texts(rows[0])
		if c.doubtful() {
			head := c.header
			c.header = nil
			c.row(head, number)
			c.header = head
		}
		rows = rows[1:]
	default:
		c.header = nil
	}
	for i, r := range rows {
		texts := c.texts(r)
		if i == 0 && follows && texts[0] == "" && c.extend(texts) {
			continue
		}
		c.row(texts, number)
	}
	c.last = t
}

// heads reports whether the first row is the header of the others.
func heads(rows []row) bool {
	if len(rows) < 2 || rows[0].filled() < 2 || !rows[0].bold() {
		return false
	}
	return !slices.ContainsFunc(rows[1:], row.bold)
}

// doubtful reports whether the header may as well be a name and its value, which must
// not be lost.
func (c *composer) doubtful() bool {
	return len(c.header) == 2 && strings.ContainsFunc(c.header[0]+c.header[1], unicode.IsDigit)
}

// sameColumns reports whether two tables have the same columns, at the same
// places.
func sameColumns(a, b *table) bool {
	return slices.EqualFunc(a.lefts, b.lefts, func(x, y float64) bool { return math.Abs(x-y) < 6 })
}

// texts returns the texts of a row's cells, "" for an empty one.
func (c *composer) texts(r row) []string {
	texts := make([]string, len(r.cells))
	for i, cell := range r.cells {
		texts[i] = c.text(block{lines: cell})
	}
	return texts
}

// row writes one row.
func (c *composer) row(texts []string, number int) {
	c.paragraph++
	passage := austauschbar.Passage{Kind: austauschbar.Row, Page: number, Paragraph: c.paragraph}
	c.cells = texts
	for column, text := range texts {
		if text == "" {
			continue
		}
		cell := austauschbar.Cell{Text: text}
		if column < len(c.header) {
			cell.Header = c.header[column]
		}
		passage.Cells = append(passage.Cells, cell)
	}
	passage.Text = joined(passage.Cells)
	c.rowAt = len(c.passages)
	c.passages = append(c.passages, passage)
}

// joined is the text of a row.
func joined(cells []austauschbar.Cell) string {
	texts := make([]string, len(cells))
	for i, cell := range cells {
		texts[i] = cell.Text
	}
	return strings.Join(texts, " | ")
}

// extend goes on with the last row, which a page's end cut in two. It reports
// whether there is one with a cell above each that goes on.
func (c *composer) extend(texts []string) bool {
	if len(c.cells) != len(texts) {
		return false
	}
	for column, text := range texts {
		if text != "" && c.cells[column] == "" {
			return false
		}
	}
	last := &c.passages[c.rowAt]
	at := 0
	for column, text := range texts {
		if c.cells[column] == "" {
			continue
		}
		last.Cells[at].Text = c.joiner.Join(last.Cells[at].Text, text)
		at++
	}
	last.Text = joined(last.Cells)
	return true
}
