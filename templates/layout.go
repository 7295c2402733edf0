package templates

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// A picture is a drawing with places, in pixels.
type picture struct {
	ID            string
	Width, Height int
	Boxes         []box
	Lines         []line
	Efforts       []effortCount
}

// A box is a node with its upper left corner.
type box struct {
	node
	X, Y int
}

// Width, Height of every box.
func (box) Width() int  { return boxWidth }
func (box) Height() int { return boxHeight }

// Hexagon is the outline of a box, for its riskiest shape.
func (b box) Hexagon() string {
	const tip = 14
	return fmt.Sprintf("%d,%d %d,%d %d,%d %d,%d %d,%d %d,%d", b.X, b.Y+boxHeight/2, b.X+tip, b.Y, b.X+boxWidth-tip, b.Y,
		b.X+boxWidth, b.Y+boxHeight/2, b.X+boxWidth-tip, b.Y+boxHeight, b.X+tip, b.Y+boxHeight)
}

// Inner is the upper left corner of a second border.
func (b box) Inner() (at struct{ X, Y, Width, Height int }) {
	at.X, at.Y, at.Width, at.Height = b.X+4, b.Y+4, boxWidth-8, boxHeight-8
	return at
}

// Middle is where the text of a box stands.
func (b box) Middle() int { return b.X + boxWidth/2 }

// First and Second are the base lines of the text.
func (b box) First() int  { return b.Y + 24 }
func (b box) Second() int { return b.Y + 43 }

// Short is the sign and the name, cut to the box.
func (b box) Short() string {
	return strings.TrimSpace(b.Sign() + " " + shorten(b.Name, boxRunes))
}

// Kind is the kind of a box, cut to it.
func (b box) Kind() string { return shorten(b.About, boxRunes) }

// A line is an arrow with its way.
type line struct {
	arrow
	Path  string
	X, Y  int    // of its label
	Title string // whence and whither
}

// Short is the label, cut to the room between two columns.
func (l line) Short() string { return shorten(l.Label(), gapRunes) }

// The measures of a picture; runes at the sizes of its letters.
const (
	boxWidth, boxHeight = 200, 56
	boxRunes, gapRunes  = 21, 18
	gapX, gapY, edge    = 110, 26, 16
)

// picture lays the nodes out in columns, so that arrows lead to the right where they can.
func (d drawing) picture(id string) picture {
	grid := layOut(len(d.Nodes), d.Arrows)
	p := picture{ID: id, Boxes: make([]box, len(d.Nodes)), Efforts: d.Efforts}
	for i, n := range d.Nodes {
		at := grid.at[i]
		p.Boxes[i] = box{n, edge + at.column*(boxWidth+gapX), edge + at.row*(boxHeight+gapY)}
		p.Width, p.Height = max(p.Width, p.Boxes[i].X+boxWidth+edge), max(p.Height, p.Boxes[i].Y+boxHeight+edge)
	}
	for i, a := range d.Arrows {
		drawn := line{arrow: a, Title: d.Nodes[a.From].Name + " → " + d.Nodes[a.To].Name}
		drawn.Path, drawn.X, drawn.Y = route(grid, i, a)
		p.Lines = append(p.Lines, drawn)
		for _, at := range grid.bends[i] {
			p.Height = max(p.Height, edge+at.row*(boxHeight+gapY)+boxHeight+edge)
		}
	}
	return p
}

// route is the way of an arrow from the side of one box to that of another, through the
// places that are kept free for it, and where its label stands.
func route(g grid, number int, a arrow) (path string, labelX, labelY int) {
	corner := func(at cell) (x, y int) {
		return edge + at.column*(boxWidth+gapX), edge + at.row*(boxHeight+gapY) + boxHeight/2
	}
	fromX, fromY := corner(g.at[a.From])
	toX, toY := corner(g.at[a.To])
	var out strings.Builder
	if g.at[a.From].column > g.at[a.To].column { // back, closing a circle
		fromY, toY, toX = fromY+boxHeight/4, toY+boxHeight/4, toX+boxWidth
		fmt.Fprintf(&out, "M%d %d C%d %d %d %d %d %d", fromX, fromY, fromX-gapX/2, fromY, toX+gapX/2, toY, toX, toY)
		return out.String(), (fromX + toX) / 2, (fromY + toY) / 2
	}
	x, y := fromX+boxWidth, fromY
	fmt.Fprintf(&out, "M%d %d", x, y)
	step := func(nextX, nextY int) {
		fmt.Fprintf(&out, " C%d %d %d %d %d %d", x+gapX/2, y, nextX-gapX/2, nextY, nextX, nextY)
		x, y = nextX, nextY
	}
	first := true
	place := func(nextX, nextY int) {
		if first {
			labelX, labelY, first = (x+nextX)/2, (y+nextY)/2, false
		}
		step(nextX, nextY)
	}
	for _, at := range g.bends[number] {
		bendX, bendY := corner(at)
		place(bendX, bendY)
		x = bendX + boxWidth
		fmt.Fprintf(&out, " L%d %d", x, y)
	}
	place(toX, toY)
	return out.String(), labelX, labelY
}

// A cell is a place in the grid.
type cell struct{ column, row int }

type grid struct {
	at    []cell         // of the nodes
	bends map[int][]cell // places that an arrow passes, by its number
}

// layOut puts each node into a column right of those that lead to it, where a circle does
// not forbid it, and into a row near to what it is joined with. Nodes without arrows
// stand below the others.
func layOut(count int, arrows []arrow) grid {
	columns := layers(count, arrows)
	g := grid{at: make([]cell, count), bends: map[int][]cell{}}
	rank, joined := slices.Clone(columns), make([][]int, count)
	join := func(a, b int) { joined[a], joined[b] = append(joined[a], b), append(joined[b], a) }
	bends := map[int][]int{}
	for i, a := range arrows {
		last := a.From
		for column := columns[a.From] + 1; column < columns[a.To]; column++ {
			bend := len(rank)
			rank, joined = append(rank, column), append(joined, nil)
			join(last, bend)
			bends[i] = append(bends[i], bend)
			last = bend
		}
		join(last, a.To)
	}
	layer := make([][]int, slices.Max(append(rank, 0))+1)
	var alone []int
	for i, column := range rank {
		if i < count && len(joined[i]) == 0 {
			alone = append(alone, i)
			continue
		}
		layer[column] = append(layer[column], i)
	}
	order := arrange(layer, joined, len(rank))
	height := 0
	for _, column := range layer {
		height = max(height, len(column))
	}
	rows := make([]int, len(rank))
	for _, column := range layer {
		for _, n := range column {
			rows[n] = (height-len(column))/2 + order[n]
		}
	}
	for i := range count {
		g.at[i] = cell{rank[i], rows[i]}
	}
	wide := max(len(layer), 3)
	for i, n := range alone {
		g.at[n] = cell{i % wide, height + i/wide}
	}
	for number, list := range bends {
		for _, bend := range list {
			g.bends[number] = append(g.bends[number], cell{rank[bend], rows[bend]})
		}
	}
	return g
}

// layers gives each node its column: the longest way to it, without the arrows that close
// a circle.
func layers(count int, arrows []arrow) []int {
	next := make([][]int, count)
	for _, a := range arrows {
		next[a.From] = append(next[a.From], a.To)
	}
	const fresh, open, done = 0, 1, 2
	state := make([]int, count)
	var sorted []int // each node after those that it leads to
	forward := make([][]int, count)
	var visit func(int)
	visit = func(n int) {
		state[n] = open
		for _, to := range next[n] {
			if state[to] == open {
				continue
			}
			forward[n] = append(forward[n], to)
			if state[to] == fresh {
				visit(to)
			}
		}
		state[n] = done
		sorted = append(sorted, n)
	}
	for n := range count {
		if state[n] == fresh && !slices.ContainsFunc(arrows, func(a arrow) bool { return a.To == n }) {
			visit(n)
		}
	}
	for n := range count { // circles that nothing leads to
		if state[n] == fresh {
			visit(n)
		}
	}
	column := make([]int, count)
	for _, n := range slices.Backward(sorted) {
		for _, to := range forward[n] {
			column[to] = max(column[to], column[n]+1)
		}
	}
	return column
}

// sweeps are enough for drawings of this size.
const sweeps = 8

// arrange orders each column by the middle of what its nodes are joined with, to and fro,
// and gives each node its place in its column.
func arrange(layer [][]int, joined [][]int, count int) []int {
	order := make([]int, count)
	number := func(column []int) {
		for i, n := range column {
			order[n] = i
		}
	}
	for _, column := range layer {
		number(column)
	}
	middle := func(n int) float64 {
		sum := 0
		for _, other := range joined[n] {
			sum += order[other]
		}
		return float64(sum) / math.Max(1, float64(len(joined[n])))
	}
	for sweep := range sweeps {
		for i := range layer {
			column := layer[i]
			if sweep%2 == 1 {
				column = layer[len(layer)-1-i]
			}
			slices.SortStableFunc(column, func(a, b int) int {
				switch ma, mb := middle(a), middle(b); {
				case ma < mb:
					return -1
				case ma > mb:
					return 1
				}
				return 0
			})
			number(column)
		}
	}
	return order
}
