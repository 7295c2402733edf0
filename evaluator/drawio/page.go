package drawio

import (
	"cmp"
	"encoding/xml"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/diagram"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// A page is the cells of a page, in their order.
type page struct {
	place    string
	cells    []*cell
	byID     map[string]*cell
	children map[string][]*cell // by id of what they lie in
	legends  map[string]bool    // ids of groups that are legends
	frames   map[string]bool    // ids of shapes that others lie in
	framesIn map[string][]*cell // the same, by id of what they lie in
}

// A cell is a shape or an arrow.
type cell struct {
	id, parent, source, target string
	label                      string // HTML, placeholders put in
	vertex, edge, shown        bool   // shown: it bears a label
	style                      map[string]string
	fields                     map[string]string // of the object around it: "c4Name"
	area                       area
	line                       int
}

// An area is where a shape lies within its parent.
type area struct{ x, y, width, height float64 }

// holds says whether an area lies within this one.
func (a area) holds(b area) bool {
	return a.width*a.height > b.width*b.height && b.width > 0 && b.x >= a.x && b.y >= a.y && b.x+b.width <= a.x+a.width && b.y+b.height <= a.y+a.height
}

// take reads a cell, or an object with the cell in it.
func (p *page) take(x *limit.XML, element xml.StartElement, line int) error {
	c := &cell{line: line}
	switch element.Name.Local {
	case "mxCell":
		c.set(element)
		if err := x.Children(c.geometry); err != nil {
			return err
		}
	case "object", "UserObject":
		c.fields = map[string]string{}
		for _, attr := range element.Attr {
			c.fields[attr.Name.Local] = attr.Value
		}
		err := x.Children(func(inner xml.StartElement) error {
			if inner.Name.Local != "mxCell" {
				return nil
			}
			c.set(inner)
			return x.Children(c.geometry)
		})
		if err != nil {
			return err
		}
		c.id, c.label = limit.Attr(element, "id"), cmp.Or(limit.Attr(element, "label"), c.label)
	default:
		return nil
	}
	if p.byID[c.id] != nil || c.id == "" {
		return nil
	}
	c.shown = c.isC4() || diagram.Text(c.text()) != ""
	p.byID[c.id] = c
	p.cells = append(p.cells, c)
	p.children[c.parent] = append(p.children[c.parent], c)
	if isLegend(c.label) {
		p.legends[c.id] = true
		if c.is("text") {
			p.legends[c.parent] = true
		}
	}
	return nil
}

// set takes over what a cell's element says.
func (c *cell) set(element xml.StartElement) {
	c.id, c.parent, c.label = limit.Attr(element, "id"), limit.Attr(element, "parent"), limit.Attr(element, "value")
	c.source, c.target = limit.Attr(element, "source"), limit.Attr(element, "target")
	c.vertex, c.edge = limit.Attr(element, "vertex") == "1", limit.Attr(element, "edge") == "1"
	c.style = map[string]string{}
	for part := range strings.SplitSeq(limit.Attr(element, "style"), ";") {
		name, value, _ := strings.Cut(part, "=")
		if name = strings.TrimSpace(name); name != "" {
			c.style[name] = value
		}
	}
}

// geometry takes over where a cell lies.
func (c *cell) geometry(element xml.StartElement) error {
	if element.Name.Local == "mxGeometry" {
		number := func(name string) float64 {
			value, err := strconv.ParseFloat(limit.Attr(element, name), 64)
			if err != nil || math.IsNaN(value) || math.IsInf(value, 0) {
				return 0
			}
			return value
		}
		c.area = area{number("x"), number("y"), number("width"), number("height")}
	}
	return nil
}

// is says whether a cell's style names something without a value: "text", "swimlane".
func (c *cell) is(name string) bool {
	_, found := c.style[name]
	return found || c.style["shape"] == name
}

// draw makes a drawing of a page's cells.
func (p *page) draw() *diagram.Drawing {
	drawing := &diagram.Drawing{Flow: !slices.ContainsFunc(p.cells, (*cell).isC4)}
	joined := p.ends()
	p.frame()
	for _, c := range p.cells {
		if box, drawn := p.box(c, joined); drawn {
			drawing.Box(box)
		}
	}
	for _, c := range p.cells {
		if c.edge {
			p.arrow(drawing, c)
		}
	}
	return drawing
}

// ends are the cells that arrows join.
func (p *page) ends() map[string]bool {
	ends := map[string]bool{}
	for _, c := range p.cells {
		if c.edge && c.source != "" && c.target != "" {
			ends[c.source], ends[c.target] = true, true
		}
	}
	return ends
}

// frame finds the shapes that others lie in: those with cells of their own, and frames
// that the shape says they are.
func (p *page) frame() {
	p.frames, p.framesIn = map[string]bool{}, map[string][]*cell{}
	for _, c := range p.cells {
		if c.vertex && !c.is("edgeLabel") && !c.is("text") && !c.is("line") {
			if parent := p.byID[c.parent]; parent != nil && parent.vertex {
				p.frames[parent.id] = true
			}
		}
		if c.vertex && (c.isBoundary() || c.style["container"] == "1" || strings.HasSuffix(c.style["shape"], ".group") || c.style["grIcon"] != "") {
			p.frames[c.id] = true
		}
	}
	for _, c := range p.cells {
		if p.frames[c.id] && len(p.framesIn[c.parent]) < mostFrames {
			p.framesIn[c.parent] = append(p.framesIn[c.parent], c)
		}
	}
}

// mostFrames is how many frames side by side are looked at for what lies in them.
const mostFrames = 200

// box is what a shape draws; false for what is no box: text, lines, legends, lists of
// attributes, and shapes that neither an arrow nor a picture tells from decoration.
func (p *page) box(c *cell, joined map[string]bool) (diagram.Box, bool) {
	if !c.vertex || c.is("edgeLabel") || c.is("line") || c.is("note") || c.style["childLayout"] == "stackLayout" || c.style["shape"] == "table" || p.inLegend(c) {
		return diagram.Box{}, false
	}
	if c.is("text") && !joined[c.id] || p.listed(c) {
		return diagram.Box{}, false
	}
	stencil := c.stencil()
	box := diagram.Box{ID: c.id, Within: p.within(c), Evidence: p.evidence(c, c.text())}
	switch {
	case c.isC4():
		box.Name, box.Kind, box.Technology = c.c4()
		box.External = c.grey()
	default:
		box.Name, box.Technology = diagram.Name(c.text())
		box.Kind, box.Role = c.shape()
		if box.Name == "" && box.Role == diagram.Thing {
			box.Name = stencil
		}
		box.Technology = cmp.Or(stencil, box.Technology)
		if box.Kind == "" {
			box.Kind = diagram.Person(box.Name)
		}
	}
	if p.frames[c.id] && box.Role == diagram.Thing {
		box.Role = diagram.Group
	}
	if box.Role == diagram.Decision || box.Role == diagram.Terminal {
		box.Name = cmp.Or(box.Name, c.id)
		return box, joined[c.id]
	}
	if !c.isC4() && (strings.HasPrefix(box.Name, "- ") || strings.HasSuffix(box.Name, "…")) { // a list, prose
		return diagram.Box{}, false
	}
	telling := c.isC4() || stencil != "" || p.frames[c.id] || box.Kind == "database" || box.Kind == "queue"
	return box, box.Name != "" && (telling || joined[c.id])
}

// listed says whether a cell is a row of a list: of a class, a table.
func (p *page) listed(c *cell) bool {
	parent := p.byID[c.parent]
	return parent != nil && (parent.style["childLayout"] == "stackLayout" || parent.style["childLayout"] == "tableLayout")
}

// inLegend says whether a shape stands in a group that says it is a legend.
func (p *page) inLegend(c *cell) bool {
	parent := p.byID[c.parent]
	return parent != nil && parent.vertex && p.legends[parent.id]
}

func isLegend(label string) bool {
	switch strings.ToLower(strings.TrimSuffix(diagram.Text(label), ":")) {
	case "legend", "legende", "key", "zeichenerklärung":
		return true
	}
	return false
}

// within is the frame that a shape stands in: the nearest shape above it, else the
// smallest frame that it lies in.
func (p *page) within(c *cell) string {
	at := p.byID[c.parent]
	for depth := 0; at != nil && at.vertex && depth < limit.Depth; depth++ {
		if at.shown {
			return at.id
		}
		at = p.byID[at.parent]
	}
	var nearest *cell
	for _, other := range p.framesIn[c.parent] {
		if other == c || !other.area.holds(c.area) {
			continue
		}
		if nearest == nil || nearest.area.holds(other.area) {
			nearest = other
		}
	}
	if nearest == nil {
		return ""
	}
	return nearest.id
}

// arrow draws an arrow between the boxes that its ends belong to.
func (p *page) arrow(drawing *diagram.Drawing, c *cell) {
	from, to := p.boxOf(drawing, c.source), p.boxOf(drawing, c.target)
	if from == "" || to == "" || p.inLegend(c) {
		return
	}
	labels := []string{c.text()}
	for _, other := range p.children[c.id] {
		labels = append(labels, other.text())
	}
	label, technology := diagram.Name(strings.Join(labels, "\n"))
	if c.fields["c4Type"] == "Relationship" {
		label, technology = diagram.Text(c.fields["c4Description"]), diagram.Text(c.fields["c4Technology"])
	}
	headless := func(name string) bool { return c.style[name] == "none" }
	_, begins := c.style["startArrow"]
	begins = begins && !headless("startArrow")
	if begins && headless("endArrow") {
		from, to = to, from
	}
	drawing.Arrow(diagram.Arrow{From: from, To: to, Label: strings.ReplaceAll(label, "\n", ", "), Technology: technology, Plain: !begins && headless("endArrow"), Evidence: p.evidence(c, strings.Join(labels, " "))})
}

// boxOf is the box that an end belongs to: itself or what it is a part of.
func (p *page) boxOf(drawing *diagram.Drawing, id string) string {
	for range limit.Depth {
		if drawing.Has(id) {
			return id
		}
		c := p.byID[id]
		if c == nil {
			return ""
		}
		id = c.parent
	}
	return ""
}

func (p *page) evidence(c *cell, text string) austauschbar.Evidence {
	evidence := diagram.Evidence(c.line, diagram.Text(text))
	evidence.Place = p.place
	return evidence
}

var placeholder = regexp.MustCompile(`%(\w+)%`)

// text is a cell's label with its fields put in.
func (c *cell) text() string {
	if c.fields == nil || len(c.label) > 10_000 {
		return c.label
	}
	return placeholder.ReplaceAllStringFunc(c.label, func(found string) string {
		value, known := c.fields[strings.Trim(found, "%")]
		if !known || len(value) > 1_000 {
			return found
		}
		return value
	})
}
