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
	thin       = 3.0   // height or width of a drawn line
	touching   = 2.5   // between drawn lines that meet
	cellGap    = 0.8   // least room between cells that no line parts, in the size of their type
	rulesMax   = 2_000 // drawn lines of one page
	rowsMax    = 300   // of one drawn table
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

// A grid is the drawn lines of a table.
type grid struct {
	rule              // what it takes up
	level   []rule    // the horizontal lines
	upright []rule    // the vertical ones; nil where no line parts the columns
	rows    []float64 // heights of the horizontal lines, from above
	columns []float64 // places of the vertical lines, from the left
}

// withRuled folds the tables that have drawn borders, those at the page's edges
// only where that is asked for: they may be running titles.
func withRuled(p page, edges bool) page {
	for _, g := range grids(within(p)) {
		if !edges && (g.Bottom > (1-edgeShare)*p.Height || g.Top < edgeShare*p.Height) {
			continue
		}
		indices := g.lines(p)
		if g.upright == nil {
			indices = g.open(p, indices)
		}
		if t := g.table(p, indices); t != nil {
			p.Lines = replaced(p.Lines, indices, t)
		}
	}
	return p
}

// within returns what is drawn on a page, without backgrounds and what lies beyond
// its edges.
func within(p page) []rule {
	var found []rule
	for _, r := range p.Rules {
		large := r.Top-r.Bottom > p.Height/4 && r.Right-r.Left > 0.9*p.Width
		if !large && r.Bottom > -touching && r.Top < p.Height+touching {
			found = append(found, r)
		}
	}
	return found
}

// grids puts the drawn lines of a page together: those that touch, and horizontal
// ones of the same width, one below the other.
func grids(all []rule) []grid {
	if len(all) > rulesMax {
		return nil
	}
	all = edgesOf(all)
	slices.SortFunc(all, func(a, b rule) int {
		return cmp.Or(cmp.Compare(b.Top, a.Top), cmp.Compare(a.Left, b.Left), cmp.Compare(a.Right, b.Right))
	})
	var found []grid
	for _, r := range all {
		last := len(found) - 1
		if last < 0 || !found[last].takes(r) {
			found = append(found, grid{rule: r})
			last++
		}
		found[last].add(r)
	}
	for i := range found {
		found[i].settle()
	}
	return slices.DeleteFunc(found, func(g grid) bool { return len(g.rows) < 2 || len(g.rows) < 3 && len(g.columns) < 3 })
}

// edgesOf returns the drawn lines as lines: a box is its four edges, what is too
// short to part cells is left out.
func edgesOf(all []rule) []rule {
	var found []rule
	for _, r := range all {
		width, height := r.Right-r.Left, r.Top-r.Bottom
		switch {
		case width < 5 && height < 5:
		case width < thin || height < thin:
			found = append(found, r)
		default:
			found = append(found, rule{r.Left, r.Top, r.Right, r.Top}, rule{r.Left, r.Bottom, r.Right, r.Bottom},
				rule{r.Left, r.Bottom, r.Left, r.Top}, rule{r.Right, r.Bottom, r.Right, r.Top})
		}
	}
	return found
}

// takes reports whether a line that begins no higher than those of the grid
// belongs to it.
func (g *grid) takes(r rule) bool {
	if r.Top >= g.Bottom-touching {
		return true
	}
	// Rows without uprights are as wide as the one above.
	return g.upright == nil && r.Top-r.Bottom < thin && g.Bottom-r.Top < 250 && math.Abs(r.Left-g.Left) < thin && (r.Right < g.Right+thin)
}

func (g *grid) add(r rule) {
	g.Left, g.Right = min(g.Left, r.Left), max(g.Right, r.Right)
	g.Bottom, g.Top = min(g.Bottom, r.Bottom), max(g.Top, r.Top)
	if r.Top-r.Bottom < thin {
		g.level = append(g.level, r)
	} else {
		g.upright = append(g.upright, r)
	}
}

// settle sorts out the rows and columns. Where no line stands upright, the columns
// end where the horizontal lines do.
func (g *grid) settle() {
	for _, r := range g.level {
		g.rows = append(g.rows, (r.Top+r.Bottom)/2)
		if g.upright == nil {
			g.columns = append(g.columns, r.Left, r.Right)
		}
	}
	slices.SortStableFunc(g.level, func(a, b rule) int { return cmp.Compare(a.Left, b.Left) })
	g.rows, g.columns = merged(g.rows), merged(append(g.columns, parting(g.upright)...))
	slices.Reverse(g.rows)
}

// parting returns the places of those vertical lines that are not much shorter, all
// those at one place together, than the longest: the others border a shading.
func parting(upright []rule) []float64 {
	heights := map[float64]float64{}
	longest := 0.0
	for _, r := range upright {
		place := math.Round((r.Left + r.Right) / 2)
		heights[place] += r.Top - r.Bottom
		longest = max(longest, heights[place])
	}
	var found []float64
	for place, height := range heights {
		if height > 0.3*longest {
			found = append(found, place)
		}
	}
	return found
}

// merged sorts places and makes one of those that touch.
func merged(places []float64) []float64 {
	slices.Sort(places)
	var found []float64
	for _, at := range places {
		if len(found) == 0 || at-found[len(found)-1] > thin {
			found = append(found, at)
		}
	}
	return found
}

// lines returns the indices of the lines within the grid.
func (g *grid) lines(p page) []int {
	var found []int
	for at, l := range p.Lines {
		middle := l.Base + 0.3*l.Size
		if l.placed() && l.table == nil && middle < g.Top && middle > g.Bottom && l.Left > g.Left-thin && l.Right < g.Right+2*l.Size {
			found = append(found, at)
		}
	}
	return found
}

// open adds the lines above and below that stand in the columns of a grid without
// uprights: not all tables have a line above the first row and below the last one.
func (g *grid) open(p page, indices []int) []int {
	lefts := g.lefts(p, indices)
	if len(lefts) < 2 || len(indices) == 0 {
		return indices
	}
	g.rows = append([]float64{p.Height}, g.rows...)
	for at := indices[0] - 1; at >= 0 && g.fits(p.Lines[at], lefts) && p.Lines[at].Base < g.Top+2*p.Lines[at].Size; at-- {
		indices = append([]int{at}, indices...)
	}
	lowest := g.Bottom
	for at := indices[len(indices)-1] + 1; at < len(p.Lines) && g.fits(p.Lines[at], lefts) && p.Lines[at].Base > lowest-2*p.Lines[at].Size; at++ {
		indices = append(indices, at)
		lowest = min(lowest, p.Lines[at].Base)
	}
	return indices
}

// fits reports whether a line stands in columns: in several of them, or on the
// right of the first, and with none of its pieces in two.
func (g *grid) fits(l line, lefts []float64) bool {
	if !l.placed() || l.table != nil || l.Left < g.Left-thin || l.Right > g.Right+l.Size {
		return false
	}
	pieces := l.pieces()
	for _, piece := range pieces {
		if piece.Right > g.column(lefts, columnOf(lefts, piece.Left+0.3*l.Size)).Right+1 {
			return false
		}
	}
	return len(pieces) > 1 || l.Left > lefts[1]-thin
}

// lefts returns where the columns begin: by the drawn lines, or by the text in them.
func (g *grid) lefts(p page, indices []int) []float64 {
	if len(g.columns) < 3 {
		var rows []line
		for _, at := range indices {
			rows = append(rows, p.Lines[at])
		}
		return columnsOf(rows)
	}
	lefts := g.columns
	if lefts[len(lefts)-1] > g.Right-2*thin {
		lefts = lefts[:len(lefts)-1]
	}
	if lefts[0] > g.Left+2*thin { // no line on the left
		return append([]float64{g.Left}, lefts...)
	}
	return lefts
}

// table puts lines into the cells of the grid. It returns nil where they make no
// two rows of two cells, or do not keep to the columns.
func (g *grid) table(p page, indices []int) *table {
	lefts := g.lefts(p, indices)
	if len(lefts) < 2 || len(lefts) > columnsMax || len(g.rows) > rowsMax || g.upright != nil && len(g.columns) < 3 && lefts[0] > g.columns[0] {
		return nil
	}
	crossing := 0
	columns := g.split(lefts)
	t := &table{lefts: lefts, rows: make([]row, len(g.rows))}
	for i := range t.rows {
		t.rows[i].cells = make([][]line, len(lefts))
	}
	for _, at := range indices {
		l := p.Lines[at]
		pieces := l.pieces()
		for i, piece := range pieces {
			at := columnOf(lefts, piece.Left+0.3*l.Size)
			if piece.Right > columns[at].Right+l.Size/2 {
				crossing++
			}
			t.rows[columns[at].rowOf(l.Base+0.3*l.Size)].put(at, l.part(piece, i == len(pieces)-1), i > 0)
		}
	}
	if 4*crossing > len(indices) {
		return nil
	}
	return t.worthIt()
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

// A shaft is a column of a grid: what it takes up, and the rows in which its cells begin.
type shaft struct {
	rule
	begins []int     // of the grid
	tops   []float64 // heights at which they begin
}

// split returns the columns of a grid that begin at these places.
func (g *grid) split(lefts []float64) []shaft {
	columns := make([]shaft, len(lefts))
	for at := range columns {
		c := &columns[at]
		c.rule = g.column(lefts, at)
		for r := 1; r < len(g.rows); r++ {
			if g.parts(g.rows[r], c.rule) {
				c.begins, c.tops = append(c.begins, r), append(c.tops, g.rows[r])
			}
		}
	}
	return columns
}

// rowOf returns the row in which a height lies: the one below the nearest line above
// it.
func (c *shaft) rowOf(y float64) int {
	r := 0
	for at, top := range c.tops {
		if top > y {
			r = c.begins[at]
		}
	}
	return r
}

// column returns what a column takes up.
func (g *grid) column(lefts []float64, at int) rule {
	taken := g.rule
	taken.Left = lefts[at]
	if at+1 < len(lefts) {
		taken.Right = lefts[at+1]
	}
	return taken
}

// parts reports whether a horizontal line at this height runs over a column, from
// edge to edge: one that is shorter underlines its text.
func (g *grid) parts(y float64, column rule) bool {
	reached := column.Left + 2
	for _, r := range g.level { // from the left
		if math.Abs((r.Top+r.Bottom)/2-y) <= thin && r.Left <= reached {
			reached = max(reached, r.Right)
		}
	}
	return reached > column.Right-2
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
