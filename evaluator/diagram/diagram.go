// Package diagram makes an architecture of boxes and arrows: what the readers of
// drawings share, whatever notation they read.
package diagram

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// Bounds of one drawing: more than anybody can look at.
const (
	maxBoxes  = 5_000
	maxArrows = 20_000
	places    = 5 // of evidence for one arrow or box
)

// A Role is what a box is in its drawing beside its kind.
type Role int

// The roles of boxes.
const (
	Thing    Role = iota // what a box mostly is
	Group                // a frame around others; no component where it holds none
	Port                 // an interface drawn as a box: arrows at it are calls of who offers it
	Decision             // of a process
	Terminal             // start or end of a process
)

// A Box is what becomes a component.
type Box struct {
	ID         string // in the drawing
	Name       string
	Kind       string // of a component; "" for other
	Technology string
	Within     string // id of the box around it
	External   bool
	System     bool // a whole system of C4, or the boundary of one
	Role       Role
	Evidence   austauschbar.Evidence
}

// An Arrow is what becomes an interface.
type Arrow struct {
	From, To   string // ids of boxes
	Label      string
	Technology string // what is said of the way: "async, JSON/HTTPS"
	Reply      bool   // answers an arrow the other way
	Plain      bool   // a line without a head
	Evidence   austauschbar.Evidence
}

// A Drawing gathers the boxes and arrows of one diagram. The zero value is empty.
type Drawing struct {
	Flow     bool // boxes may as well be the steps of a process
	Sequence bool // arrows are messages: those between two boxes are one interface
	boxes    []*Box
	byID     map[string]*Box
	arrows   []Arrow
	full     bool
}

// Box adds a box; one that is there already is completed.
func (d *Drawing) Box(box Box) {
	if box.ID == "" {
		return
	}
	known := d.byID[box.ID]
	switch {
	case known == nil && len(d.boxes) >= maxBoxes:
		d.full = true
	case known == nil:
		if d.byID == nil {
			d.byID = map[string]*Box{}
		}
		d.byID[box.ID] = &box
		d.boxes = append(d.boxes, &box)
	default:
		known.complete(box)
	}
}

// complete takes over what a later place says in more detail.
func (b *Box) complete(later Box) {
	if later.Name != "" && later.Name != later.ID {
		b.Name, b.Kind, b.Evidence = later.Name, later.Kind, later.Evidence
	}
	b.Kind = cmp.Or(b.Kind, later.Kind)
	b.Technology = cmp.Or(later.Technology, b.Technology)
	b.Within = cmp.Or(b.Within, later.Within)
	b.Role = max(b.Role, later.Role)
	b.External, b.System = b.External || later.External, b.System || later.System
}

// Has says whether a box of this id is there.
func (d *Drawing) Has(id string) bool { return d.byID[id] != nil }

// Arrow adds an arrow. Ends that are no boxes are left out with it.
func (d *Drawing) Arrow(arrow Arrow) {
	if len(d.arrows) >= maxArrows {
		d.full = true
		return
	}
	d.arrows = append(d.arrows, arrow)
}

// Gap is what could not be taken in; nil where all was.
func (d *Drawing) Gap() error {
	if !d.full {
		return nil
	}
	return limit.Refuse("too_large", fmt.Sprintf("a drawing has more than %d boxes or %d arrows", maxBoxes, maxArrows))
}

// Stopped is the error of a reader whose context is done: the refusal "timeout" where
// its time is over; nil where the reader may go on.
func Stopped(ctx context.Context) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return limit.Refuse("timeout", "")
	}
	return ctx.Err()
}

// setApart marks the systems beside the one that a C4 drawing takes apart: what is drawn
// whole, and not in one frame with that one, is somebody else's.
func (d *Drawing) setApart() {
	var apart *Box // what is taken apart
	for _, box := range d.boxes {
		if box.Role != Group || !box.System {
			continue
		}
		if apart != nil {
			return
		}
		apart = box
	}
	if apart == nil {
		return
	}
	for _, box := range d.boxes {
		if box.System && box != apart && (box.Within == "" || box.Within != apart.Within) && box.Within != apart.ID {
			box.External = true
		}
	}
}

// Architecture returns what the drawing says. A process says nothing of an architecture.
func (d *Drawing) Architecture() austauschbar.Architecture {
	var said austauschbar.Architecture
	if d.Flow && d.isProcess() {
		return said
	}
	d.setApart()
	arrows := d.joined()
	kept, parts := d.kept(arrows), map[string][]string{}
	for _, box := range d.boxes {
		if kept[box.ID] {
			components := box.components(d.around(box, kept))
			said.Components = append(said.Components, components...)
			for _, component := range components {
				parts[box.ID] = append(parts[box.ID], component.ID)
			}
		}
	}
	for i := range said.Components {
		if within := parts[said.Components[i].Within]; len(within) != 1 { // a list of several is around nothing
			said.Components[i].Within = ""
		}
	}
	for _, arrow := range arrows {
		if len(said.Interfaces) > maxArrows {
			d.full = true
			break
		}
		said.Interfaces = append(said.Interfaces, d.edges(arrow, parts, len(said.Interfaces))...)
	}
	return said
}

// edges returns an arrow as interfaces: one for each pair of components at its ends.
func (d *Drawing) edges(arrow Arrow, parts map[string][]string, before int) []austauschbar.Interface {
	var found []austauschbar.Interface
	callers, offering := parts[arrow.From], parts[arrow.To]
	if arrow.From == "" {
		callers = []string{""}
	}
	if arrow.To == "" {
		offering = []string{""}
	}
	for _, from := range callers {
		for _, to := range offering {
			protocol, formats := Protocol(arrow.Technology)
			if protocol == "" && len(formats) == 0 {
				protocol = addressed(arrow.Label)
			}
			found = append(found, austauschbar.Interface{
				ID: fmt.Sprintf("edge %d", before+len(found)+1), Name: arrow.Label, From: from, To: to,
				Kind: d.kindOf(arrow, protocol, formats), Protocol: protocol, Formats: formats,
				Evidence: evidenceOf(arrow.Evidence),
			})
		}
	}
	return found
}

// kindOf tells an interface's kind by what stands at its ends and at it.
func (d *Drawing) kindOf(arrow Arrow, protocol string, formats []string) string {
	from, to := d.byID[arrow.From], d.byID[arrow.To]
	switch {
	case from != nil && from.Kind == "person", to != nil && to.Kind == "person":
		return "user"
	case to != nil && to.Kind == "database":
		return "database"
	case to != nil && to.Kind == "queue", from != nil && from.Kind == "queue":
		return "events"
	case protocol != "", len(formats) > 0, from == nil, to == nil:
		return "api"
	}
	return "dependency"
}

// joined returns the arrows between boxes: none from a box to itself, none twice, calls
// of a port as calls of who offers it, messages between two boxes as one.
func (d *Drawing) joined() []Arrow {
	arrows := d.throughPorts()
	type ends struct{ from, to, label, technology string }
	at := map[ends]int{}
	var found []Arrow
	for _, arrow := range arrows {
		if arrow.From == arrow.To || arrow.From != "" && !d.Has(arrow.From) || arrow.To != "" && !d.Has(arrow.To) {
			continue
		}
		key := ends{arrow.From, arrow.To, arrow.Label, arrow.Technology}
		if d.Sequence {
			key = ends{from: min(arrow.From, arrow.To), to: max(arrow.From, arrow.To)}
		}
		known, seen := at[key]
		switch {
		case !seen:
			at[key] = len(found)
			found = append(found, arrow)
		case d.Sequence && found[known].Reply && !arrow.Reply:
			found[known] = arrow
		}
	}
	return found
}

// throughPorts replaces arrows at ports by arrows between those who call and those who
// offer. A line without a head, or an arrow from the port's side, says who offers it.
func (d *Drawing) throughPorts() []Arrow {
	var found []Arrow
	calls, offers := map[string][]Arrow{}, map[string][]Arrow{}
	for _, arrow := range d.arrows {
		from, to := d.byID[arrow.From], d.byID[arrow.To]
		switch {
		case from != nil && to != nil && from.Role == Port && to.Role == Port:
		case to != nil && to.Role == Port && !arrow.Plain:
			calls[to.ID] = append(calls[to.ID], arrow)
		case to != nil && to.Role == Port:
			offers[to.ID] = append(offers[to.ID], arrow)
		case from != nil && from.Role == Port:
			arrow.From, arrow.To = arrow.To, arrow.From
			offers[from.ID] = append(offers[from.ID], arrow)
		default:
			found = append(found, arrow)
		}
	}
	for _, box := range d.boxes {
		if box.Role == Port {
			found = append(found, throughPort(box, calls[box.ID], offers[box.ID])...)
		}
	}
	return found
}

// throughPort joins the calls of a port with the first who offers it.
func throughPort(port *Box, calls, offers []Arrow) []Arrow {
	offering := ""
	if len(offers) > 0 {
		offering = offers[0].From
	}
	if len(calls) == 0 && offering != "" {
		return []Arrow{{To: offering, Label: port.Name, Evidence: port.Evidence}}
	}
	for i := range calls {
		calls[i].To = offering
		calls[i].Label = cmp.Or(port.Name, calls[i].Label)
	}
	return calls
}

// kept says which boxes become components: groups only where they hold something or
// something points at them.
func (d *Drawing) kept(arrows []Arrow) map[string]bool {
	kept := map[string]bool{}
	for _, arrow := range arrows {
		kept[arrow.From], kept[arrow.To] = true, true
	}
	for _, box := range d.boxes {
		if box.Role == Port {
			continue
		}
		if box.Role != Group {
			kept[box.ID] = true
		}
		if !kept[box.ID] {
			continue
		}
		within := box.Within
		for depth := 0; depth < limit.Depth && d.Has(within) && !kept[within]; depth++ {
			kept[within], within = true, d.byID[within].Within
		}
	}
	for _, box := range d.boxes {
		if box.Role == Port || box.Name == "" {
			kept[box.ID] = false
		}
	}
	return kept
}

// around returns the id of the box around a box that is kept; "" where there is none, or
// where the boxes around it go round in a circle.
func (d *Drawing) around(box *Box, kept map[string]bool) string {
	if !kept[box.Within] {
		return ""
	}
	at := box
	for range limit.Depth {
		if at = d.byID[at.Within]; at == nil {
			return box.Within
		}
		if at == box {
			return ""
		}
	}
	return box.Within
}

// components returns a box as components: mostly one, several where its label lists them.
func (b *Box) components(within string) []austauschbar.Component {
	var found []austauschbar.Component
	for i, name := range listed(b.Name) {
		id := b.ID
		if i > 0 {
			id = fmt.Sprintf("%s, part %d", b.ID, i+1)
		}
		found = append(found, austauschbar.Component{
			ID: id, Name: name, Kind: cmp.Or(b.Kind, "other"), Technology: b.Technology, Within: within, External: b.External,
			Evidence: evidenceOf(b.Evidence),
		})
	}
	return found
}

func evidenceOf(evidence austauschbar.Evidence) []austauschbar.Evidence {
	return []austauschbar.Evidence{evidence}
}

// Merge makes one architecture of the drawings of one file: what bears the same name and
// is of the same kind and technology on two of them is one component.
func Merge(drawings []austauschbar.Architecture) austauschbar.Architecture {
	if len(drawings) == 1 {
		return drawings[0]
	}
	var merged austauschbar.Architecture
	known, used := map[string]int{}, map[string]int{} // places by what identifies a component, and by id
	for number, drawing := range drawings {
		renamed, fresh, framed, here := map[string]string{}, map[string]int{}, map[int]string{}, len(merged.Components)
		for _, component := range drawing.Components {
			key := spelling(component.Name) + "\x00" + component.Kind + "\x00" + strings.ToLower(component.Technology)
			if at, seen := known[key]; seen {
				renamed[component.ID] = merged.Components[at].ID
				framed[at] = component.Within
				if evidence := &merged.Components[at].Evidence; len(*evidence) < places {
					*evidence = append(*evidence, component.Evidence...)
				}
				continue
			}
			id := component.ID
			for _, taken := used[id]; taken; _, taken = used[id] {
				id = fmt.Sprintf("%d/%s", number+1, id)
			}
			used[id], renamed[component.ID], component.ID = len(merged.Components), id, id
			fresh[key] = len(merged.Components)
			merged.Components = append(merged.Components, component)
		}
		for key, at := range fresh { // two of one drawing stay two
			known[key] = at
		}
		for i := here; i < len(merged.Components); i++ {
			merged.Components[i].Within = renamed[merged.Components[i].Within]
		}
		for _, at := range slices.Sorted(maps.Keys(framed)) {
			frame(merged.Components, used, at, renamed[framed[at]])
		}
		merged.Interfaces = append(merged.Interfaces, freshEdges(merged.Interfaces, drawing.Interfaces, renamed)...)
	}
	return merged
}

// frame puts a component that stood in nothing so far into another one, unless that stands in
// it in turn. The places are those of components by their ids.
func frame(components []austauschbar.Component, places map[string]int, at int, within string) {
	if components[at].Within != "" {
		return
	}
	for outer, steps := within, 0; outer != ""; steps++ {
		if places[outer] == at || steps > limit.Depth {
			return
		}
		outer = components[places[outer]].Within
	}
	components[at].Within = within
}

// spelling is a name without what diagrams write between its words: "Intercom_Service".
func spelling(name string) string {
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
	return cmp.Or(letters, name)
}

// freshEdges returns the edges that are not known yet, between the merged components.
func freshEdges(known, edges []austauschbar.Interface, renamed map[string]string) []austauschbar.Interface {
	type ends struct{ from, to, name, protocol string }
	seen := map[ends]bool{}
	for _, edge := range known {
		seen[ends{edge.From, edge.To, edge.Name, edge.Protocol}] = true
	}
	var found []austauschbar.Interface
	for _, edge := range edges {
		edge.From, edge.To = renamed[edge.From], renamed[edge.To]
		key := ends{edge.From, edge.To, edge.Name, edge.Protocol}
		if seen[key] || edge.From == edge.To {
			continue
		}
		seen[key] = true
		edge.ID = fmt.Sprintf("edge %d", len(known)+len(found)+1)
		found = append(found, edge)
	}
	return found
}
