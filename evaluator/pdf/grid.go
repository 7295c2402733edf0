package pdf

import (
	"cmp"
	"math"
	"slices"
)

// Bounds of drawn tables. Lengths are in points.
const (
	thin     = 3.0   // height or width of a drawn line
	touching = 2.5   // between drawn lines that meet
	rulesMax = 2_000 // drawn lines of one page
	rowsMax  = 300   // of one table
)

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
	if len(lefts) < 2 || len(lefts) > columnsMax || len(g.rows) > rowsMax || g.boxed(lefts) {
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

// A shaft is a column of a grid: what it takes up, and the rows in which its cells begin.
type shaft struct {
	rule
	begins []int     // of the grid
	tops   []float64 // heights at which they begin
}

// boxed reports whether the grid is but a frame around text.
func (g *grid) boxed(lefts []float64) bool {
	return g.upright != nil && len(g.columns) < 3 && lefts[0] > g.columns[0]
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
