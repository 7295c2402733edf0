package templates

import (
	"cmp"
	"fmt"
	"html"
	"slices"
	"strings"
	"unicode"

	"github.com/austauschbar/austauschbar"
)

// A drawing is a lock-in map as nodes and arrows, few enough to look at.
type drawing struct {
	Nodes  []node
	Arrows []arrow
	Efforts
}

// Efforts are what the drawing's components take.
type Efforts []effortCount

// A node is a component, a system of others, or several of one kind.
type node struct {
	Name   string
	About  string // its kind, or what is in a group
	Effort string // "" for systems of others
}

// Sign is the mark before a node's name.
func (n node) Sign() string { return signs[n.Effort] }

// An arrow leads from one node to another, by their numbers.
type arrow struct {
	From, To int
	Open     string // "yes", "no", "unknown"
	Labels   []string
}

// The bounds of a drawing.
const (
	nodesDrawn  = 30
	aloneDrawn  = 14 // of more, the riskiest stand alone; the rest are one node for each kind
	labelsDrawn = 2
	labelRunes  = 24
)

// drawing puts each component into a node; of a large map, those beyond the riskiest go
// together by kind, and so do all systems of others.
func (words *Words) drawing(lockIn austauschbar.LockInMap) (drawing, error) {
	d := drawing{Efforts: countEfforts(lockIn)}
	place, groups, counts := map[string]int{}, map[string]int{}, map[int]int{}
	add := func(id, name, kind, effort, group string) error {
		about, err := words.name("component", kind)
		if err != nil {
			return err
		}
		if group == "" {
			place[id] = len(d.Nodes)
			d.Nodes = append(d.Nodes, node{Name: clean(name), About: about, Effort: effort})
			return nil
		}
		if _, ok := groups[group]; !ok {
			if name, err = words.name("components", group); err != nil {
				return err
			}
			groups[group] = len(d.Nodes)
			d.Nodes = append(d.Nodes, node{Name: name, Effort: effort}) // the riskiest comes first
		}
		place[id] = groups[group]
		counts[place[id]]++
		return nil
	}
	large := len(lockIn.Components)+len(lockIn.Others) > nodesDrawn
	for i, component := range lockIn.Components {
		group := ""
		if large && i >= aloneDrawn {
			group = component.Kind
		}
		name, err := words.called(component)
		if err != nil {
			return drawing{}, err
		}
		if err := add(component.ID, name, component.Kind, component.Effort, group); err != nil {
			return drawing{}, err
		}
	}
	for _, other := range lockIn.Others {
		group := ""
		if large {
			group = "foreign"
		}
		if err := add("foreign "+other.ID, other.Name, other.Kind, "", group); err != nil {
			return drawing{}, err
		}
		place[other.ID] = place["foreign "+other.ID]
	}
	for i, count := range counts {
		var err error
		if d.Nodes[i].About, err = words.say("map.group", count); err != nil {
			return drawing{}, err
		}
	}
	d.Arrows = arrows(lockIn.Ways, place)
	return d, nil
}

// arrows join the ways between two nodes that are alike open.
func arrows(ways []austauschbar.MapWay, place map[string]int) []arrow {
	type key struct {
		from, to int
		open     string
	}
	var list []arrow
	known := map[key]int{}
	for _, way := range ways {
		from, ok := place[way.From]
		to, also := place[way.To]
		if !ok || !also || from == to {
			continue
		}
		k := key{from, to, way.Open}
		i, drawn := known[k]
		if !drawn {
			i = len(list)
			known[k] = i
			list = append(list, arrow{From: from, To: to, Open: way.Open})
		}
		if label := clean(way.Standard); label != "" && !slices.Contains(list[i].Labels, label) {
			list[i].Labels = append(list[i].Labels, label)
		}
	}
	return list
}

// Label is what stands at an arrow, with a mark where the protocol is not open.
func (a arrow) Label() string {
	shown := make([]string, 0, labelsDrawn)
	for _, label := range a.Labels[:min(labelsDrawn, len(a.Labels))] {
		shown = append(shown, shorten(label, labelRunes))
	}
	text := strings.Join(shown, ", ")
	if len(a.Labels) > labelsDrawn {
		text += ", …"
	}
	return strings.TrimSpace(a.sign() + " " + text)
}

// sign marks what is not open, beside the dashes.
func (a arrow) sign() string { return map[string]string{"no": "!", "unknown": "?"}[a.Open] }

// brackets are Mermaid's shapes of nodes, by effort; a system of others has round ends.
var brackets = map[string][2]string{
	austauschbar.EffortHigh: {"{{", "}}"}, austauschbar.EffortMedium: {"[[", "]]"},
	austauschbar.EffortUnknown: {"[", "]"}, austauschbar.EffortLow: {"(", ")"}, "": {"([", "])"},
}

// styles are borders for Mermaid's classes.
var styles = []struct{ class, style string }{
	{austauschbar.EffortHigh, "stroke:#cf222e,stroke-width:4px"},
	{austauschbar.EffortMedium, "stroke:#9a6700,stroke-width:2px"},
	{austauschbar.EffortUnknown, "stroke:#6e7781,stroke-width:2px,stroke-dasharray:2 4"},
	{austauschbar.EffortLow, "stroke:#1a7f37,stroke-width:1px"},
	{"foreign", "stroke:#6e7781,stroke-width:1px"},
}

// mermaid gives a drawing as a block for the Markdown of forges, which draw it.
func (d drawing) mermaid() markup {
	lines := []string{"flowchart LR"}
	used := map[string]bool{}
	for i, n := range d.Nodes {
		class := cmp.Or(n.Effort, "foreign")
		used[class] = true
		label := strings.TrimSpace(n.Sign()+" "+shorten(n.Name, labelRunes)) + "\n" + n.About
		bracket := brackets[n.Effort]
		lines = append(lines, fmt.Sprintf("  n%d%s\"%s\"%s:::%s", i, bracket[0], escapeMermaid(label), bracket[1], class))
	}
	marked := map[string][]string{}
	for i, a := range d.Arrows {
		between := ""
		if label := a.Label(); label != "" {
			between = `|"` + escapeMermaid(label) + `"|`
		}
		lines = append(lines, fmt.Sprintf("  n%d -->%s n%d", a.From, between, a.To))
		marked[a.Open] = append(marked[a.Open], fmt.Sprint(i))
	}
	for _, of := range styles {
		if used[of.class] {
			lines = append(lines, "  classDef "+of.class+" "+of.style)
		}
	}
	for _, of := range []struct{ open, style string }{{"no", "stroke-width:3px,stroke-dasharray:10 5"}, {"unknown", "stroke-dasharray:2 4"}} {
		if len(marked[of.open]) > 0 {
			lines = append(lines, "  linkStyle "+strings.Join(marked[of.open], ",")+" "+of.style)
		}
	}
	return fenced("mermaid", strings.Join(lines, "\n"))
}

// escapeMermaid gives a text for the quotes of a Mermaid label. All but letters, digits
// and a few signs become Mermaid's own entities, so that neither Mermaid, nor the HTML or
// Markdown that it takes labels for, sees anything to act upon. A line break stays one.
func escapeMermaid(text string) string {
	var out strings.Builder
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			out.WriteString("<br/>")
		}
		for _, r := range clean(line) {
			if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(" ,()!?✓…", r) {
				out.WriteRune(r)
			} else {
				fmt.Fprintf(&out, "#%d;", r)
			}
		}
	}
	return out.String()
}

// pictures are SVG for pages. Their shapes are told apart without colour.
var pictures = voice{shape: "map_svg", escape: html.EscapeString}
