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
	Stubs         []stub
	Efforts       []effortCount
	Numbered      bool // numbers stand at the lines; what they mean is for a list
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

// A boxText is a line of text in a box.
type boxText struct {
	Text string
	Y    int // of its base line
	Bold bool
}

// Rows are the sign and the name, in two rows where it is long, and the kind; cut to the
// box.
func (b box) Rows() []boxText {
	names := broken(strings.TrimSpace(b.Sign()+" "+b.Name), boxRunes)
	const high = 17
	y := b.Y + boxHeight/2 + 5 - len(names)*high/2
	var rows []boxText
	for _, name := range names {
		rows = append(rows, boxText{name, y, true})
		y += high
	}
	return append(rows, boxText{shorten(b.About, kindRunes), y, false})
}

// broken is a text in at most two rows of this many runes, broken at a blank or behind
// a joining sign where there is one.
func broken(text string, most int) []string {
	runes := []rune(text)
	if len(runes) <= most {
		return []string{text}
	}
	end := most
	for i := most; i > most/3; i-- {
		if runes[i] == ' ' || strings.ContainsRune("-_/.", runes[i-1]) {
			end = i
			break
		}
	}
	return []string{string(runes[:end]), shorten(strings.TrimSpace(string(runes[end:])), most)}
}

// A line is an arrow with its way.
type line struct {
	arrow
	Number int    // 1-based; 0 where labels stand at the lines
	Path   string // "" where it leads to another band
	X, Y   int    // of its label
	Title  string // whence and whither
	stops  []spotXY
}

// A spotXY is where a label can stand.
type spotXY struct{ X, Y int }

// Short is the number, or the label cut to the room between two columns.
func (l line) Short() string {
	if l.Number > 0 {
		return strings.TrimSpace(fmt.Sprint(l.sign(), " ", l.Number))
	}
	return shorten(l.Label(), gapRunes)
}

// The measures of a picture; runes at the sizes of its letters.
const (
	boxWidth, boxHeight               = 176, 62
	boxRunes, kindRunes, gapRunes     = 19, 22, 16
	gapX, gapY, edge                  = 100, 26, 16
	labelled                          = 12 // of more lines, each has a number in its label's place
	labelHeight, labelRune, labelEdge = 14, 6, 4
)

// picture lays the nodes out in columns, so that arrows lead to the right where they can.
func (d drawing) picture(id string) picture {
	grid := layOut(len(d.Nodes), d.Arrows)
	p := picture{ID: id, Boxes: make([]box, len(d.Nodes)), Efforts: d.Efforts, Numbered: len(d.Arrows) > labelled}
	for i, n := range d.Nodes {
		x, y := grid.corner(grid.at[i])
		p.Boxes[i] = box{n, x, y}
		p.Width, p.Height = max(p.Width, x+boxWidth+grid.edge), max(p.Height, y+boxHeight+edge)
	}
	out, in := map[int][]int{}, map[int][]int{}
	for i, a := range d.Arrows {
		drawn := line{arrow: a, Title: d.Nodes[a.From].Name + " → " + d.Nodes[a.To].Name}
		if p.Numbered = p.Numbered || len(grid.first) > 1; p.Numbered {
			drawn.Number = i + 1
		}
		if grid.at[a.From].band == grid.at[a.To].band {
			drawn.Path, drawn.stops = route(grid, i, a)
		} else {
			out[a.From], in[a.To] = append(out[a.From], i+1), append(in[a.To], i+1)
		}
		p.Lines = append(p.Lines, drawn)
		for _, at := range grid.bends[i] {
			x, y := grid.corner(at)
			p.Width, p.Height = max(p.Width, x+boxWidth+grid.edge), max(p.Height, y+boxHeight+edge)
		}
	}
	p.Stubs = grid.stubs(out, in)
	p.label()
	return p
}

// label puts each label where it touches neither another nor a box, as far as its line
// allows.
func (p *picture) label() {
	var taken []area
	for _, b := range p.Boxes {
		taken = append(taken, area{b.X, b.Y, b.X + boxWidth, b.Y + boxHeight})
	}
	for i := range p.Lines {
		l := &p.Lines[i]
		text := l.Short()
		if text == "" || len(l.stops) == 0 {
			continue
		}
		half := (len([]rune(text))*labelRune + labelEdge) / 2
		at := l.stops[0]
		for _, stop := range l.stops {
			if !slices.ContainsFunc(taken, areaOf(stop, half).touches) {
				at = stop
				break
			}
		}
		l.X, l.Y = at.X, at.Y
		taken = append(taken, areaOf(at, half))
	}
}

// An area is a rectangle by two corners.
type area struct{ left, top, right, bottom int }

// areaOf is what a label takes whose base line's middle is at a place.
func areaOf(at spotXY, half int) area {
	return area{at.X - half, at.Y - labelHeight + 3, at.X + half, at.Y + 3}
}

func (a area) touches(b area) bool {
	return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

// A way is an SVG path in the making.
type way struct {
	strings.Builder
	x, y  int
	stops []spotXY // on it, the best place for a label first
}

// along are parts of a curve, the best for a label first.
var along = []float64{.5, .4, .6, .3, .7, .2, .8, .12, .88}

// curve leads on to a place.
func (w *way) curve(x, y, bow int) {
	fmt.Fprintf(w, " C%d %d %d %d %d %d", w.x+bow, w.y, x-bow, y, x, y)
	for _, t := range along {
		u := 1 - t
		at := func(a, b, c, d int) int {
			return int(u*u*u*float64(a) + 3*u*u*t*float64(b) + 3*u*t*t*float64(c) + t*t*t*float64(d))
		}
		w.stops = append(w.stops, spotXY{at(w.x, w.x+bow, x-bow, x), at(w.y, w.y, y, y) + 4})
	}
	w.x, w.y = x, y
}

// straight leads on through places kept free.
func (w *way) straight(x int) {
	fmt.Fprintf(w, " L%d %d", x, w.y)
	w.x = x
}

// route is the way of an arrow from the side of one box to that of another, through the
// places that are kept free for it, and where its label can stand.
func route(g grid, number int, a arrow) (string, []spotXY) {
	fromX, fromY := g.side(g.at[a.From])
	toX, toY := g.side(g.at[a.To])
	if g.rank[a.From] > g.rank[a.To] { // back, closing a circle
		w := way{x: fromX, y: fromY + boxHeight/4}
		fmt.Fprintf(&w, "M%d %d", w.x, w.y)
		w.curve(toX+boxWidth, toY+boxHeight/4, -gapX/2)
		return w.String(), w.stops
	}
	w := way{x: fromX + boxWidth, y: fromY}
	fmt.Fprintf(&w, "M%d %d", w.x, w.y)
	for _, at := range g.bends[number] {
		x, y := g.side(at)
		w.curve(x, y, gapX/2)
		w.straight(x + boxWidth)
	}
	w.curve(toX, toY, gapX/2)
	return w.String(), w.stops
}

// A stub stands at a box for lines to or from boxes of another band, which would cross
// all others: what is at its ends is for the list that tells the numbers.
type stub struct {
	Path    string
	Numbers string
	X, Y    int
	Anchor  string // of the numbers: where they begin or end
}

// stubLength is how long a stub is; stubNumbers how many numbers it has.
const stubLength, stubNumbers = 16, 3

// stubs draws, for each box, one for what leaves it and one for what comes in.
func (g grid) stubs(out, in map[int][]int) []stub {
	var all []stub
	for n := range g.at {
		x, y := g.side(g.at[n])
		y += boxHeight / 4
		if numbers := out[n]; len(numbers) > 0 {
			right := x + boxWidth
			all = append(all, stub{fmt.Sprintf("M%d %d H%d", right, y, right+stubLength), some(numbers), right + stubLength + 3, y + 4, "start"})
		}
		if numbers := in[n]; len(numbers) > 0 {
			all = append(all, stub{fmt.Sprintf("M%d %d H%d", x-stubLength, y, x), some(numbers), x - stubLength - 3, y + 4, "end"})
		}
	}
	return all
}

// some lists the first of several numbers: "1, 2, 3 …".
func some(numbers []int) string {
	var shown []string
	for _, number := range numbers[:min(stubNumbers, len(numbers))] {
		shown = append(shown, fmt.Sprint(number))
	}
	text := strings.Join(shown, ", ")
	if len(numbers) > stubNumbers {
		text += " …"
	}
	return text
}

// corner is the upper left corner of a cell, in pixels.
func (g grid) corner(at cell) (x, y int) {
	return g.edge + at.column*(boxWidth+gapX), edge + at.row*(boxHeight+gapY) + at.band*bandGap
}

// side is the middle of a cell's left side.
func (g grid) side(at cell) (x, y int) {
	x, y = g.corner(at)
	return x, y + boxHeight/2
}

// columnsDrawn is how many columns stand beside one another; more go into a band below.
const (
	columnsDrawn = 4
	bandGap      = 14 // more room between bands than between rows
	bandEdge     = 88 // beside bands, for stubs
)

// A cell is a place in the grid.
type cell struct{ column, row, band int }

type grid struct {
	at    []cell         // of the nodes
	rank  []int          // of the nodes: the column, were there one band only
	bends map[int][]cell // places that an arrow passes, by its number
	first []int          // row that each band begins with
	edge  int            // left and right, in pixels
}

// layOut puts each node into a column right of those that lead to it, where a circle does
// not forbid it, and into a row near to what it is joined with. Nodes without arrows
// stand below the others.
func layOut(count int, arrows []arrow) grid {
	columns := layers(count, arrows)
	g := grid{at: make([]cell, count), rank: columns, bends: map[int][]cell{}, edge: edge}
	rank, joined := slices.Clone(columns), make([][]int, count)
	join := func(a, b int) { joined[a], joined[b] = append(joined[a], b), append(joined[b], a) }
	bends := map[int][]int{}
	for i, a := range arrows {
		last := a.From
		if columns[a.From]/columnsDrawn != columns[a.To]/columnsDrawn {
			continue
		}
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
	places := make([]cell, len(rank))
	for start := 0; start < len(layer); start += columnsDrawn {
		band := layer[start:min(start+columnsDrawn, len(layer))]
		tallest := 0
		for _, column := range band {
			tallest = max(tallest, len(column))
		}
		for i, column := range band {
			for _, n := range column {
				places[n] = cell{i, height + (tallest-len(column))/2 + order[n], len(g.first)}
			}
		}
		g.first = append(g.first, height)
		height += tallest
	}
	if len(g.first) > 1 {
		g.edge = bandEdge
	}
	copy(g.at, places[:count])
	wide := min(max(len(layer), 3), columnsDrawn)
	for i, n := range alone {
		g.at[n] = cell{i % wide, height + i/wide, len(g.first) - 1}
	}
	for number, list := range bends {
		for _, bend := range list {
			g.bends[number] = append(g.bends[number], places[bend])
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
