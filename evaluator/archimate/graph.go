package archimate

import (
	"fmt"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// kinds are what elements are that run or are used. Persons count where they use one of
// the others.
var kinds = map[string]string{
	"ApplicationComponent": "application", "SystemSoftware": "platform", "Node": "platform", "Device": "platform",
	"BusinessActor": "person", "BusinessRole": "person",
}

// offered are the elements by which a component is used.
var offered = map[string]bool{"ApplicationService": true, "ApplicationInterface": true, "TechnologyService": true, "TechnologyInterface": true}

// done are the elements that are what a component does.
var done = map[string]bool{
	"ApplicationFunction": true, "ApplicationProcess": true, "ApplicationInteraction": true, "ApplicationEvent": true,
	"TechnologyFunction": true, "TechnologyProcess": true, "TechnologyInteraction": true, "TechnologyEvent": true,
}

// A drawing makes a graph of a model.
type drawing struct {
	*model
	owners     map[*item]*item // the component that an element is, belongs to or is made of
	within     map[*item]*item
	interfaces []edge
	known      map[edgeKey]int // index of an edge
}

// An edgeKey is what edges have in common that are the same.
type edgeKey struct {
	from, to             *item
	kind, name, protocol string
}

// An edge is an interface before components have ids.
type edge struct {
	from, to *item // nil where the model does not say
	austauschbar.Interface
}

func (m *model) architecture() (*austauschbar.Architecture, error) {
	relations, err := m.throughJunctions()
	if err != nil {
		return nil, err
	}
	d := &drawing{model: m, owners: map[*item]*item{}, within: map[*item]*item{}, known: map[edgeKey]int{}}
	d.own(relations)
	served := map[*item]bool{}
	for _, r := range relations {
		d.relate(r, served)
	}
	for _, e := range m.elements {
		if owner := d.owners[e]; offered[e.kind] && owner != nil && !served[e] {
			d.add(edge{to: owner, Interface: austauschbar.Interface{Name: e.name, Kind: "api", Evidence: []austauschbar.Evidence{e.Evidence}}})
		}
	}
	return d.said(), nil
}

// A link is a relation with its ends.
type link struct {
	*item
	source, target *item
}

// throughJunctions finds the ends of relations; those that meet in a junction lead on
// from it.
func (m *model) throughJunctions() ([]link, error) {
	leaving := map[*item][]*item{}
	for _, r := range m.relations {
		if source := m.byID[r.from]; source != nil && source.kind == "Junction" {
			leaving[source] = append(leaving[source], r)
		}
	}
	var links []link
	steps := 0
	for _, r := range m.relations {
		source, target := m.byID[r.from], m.byID[r.to]
		if source == nil || target == nil || source.kind == "Junction" {
			continue
		}
		passed, next := map[*item]bool{}, []*item{target}
		for len(next) > 0 {
			at := next[0]
			next = next[1:]
			if steps++; steps > limit.Elements {
				return nil, limit.Refuse("too_large", "too many relations meet in junctions")
			}
			if at.kind != "Junction" {
				links = append(links, link{r, source, at})
				continue
			}
			if passed[at] {
				continue
			}
			passed[at] = true
			for _, on := range leaving[at] {
				if to := m.byID[on.to]; to != nil && on.kind == r.kind {
					next = append(next, to)
				}
			}
		}
	}
	return links, nil
}

// own finds for each element the component behind it: that which realises, performs or
// has it; of an artifact that which it realises. The nearest counts, of several equally
// near the first.
func (d *drawing) own(relations []link) {
	of := map[*item][]*item{}
	for _, r := range relations {
		switch {
		case r.kind == "Realization" && r.source.kind == "Artifact":
			of[r.target] = append(of[r.target], r.source)
		case (offered[r.target.kind] || done[r.target.kind]) && (r.kind == "Realization" || r.kind == "Assignment" || r.kind == "Composition" || r.kind == "Aggregation"):
			of[r.source] = append(of[r.source], r.target)
		}
	}
	var next []*item
	for _, e := range d.elements {
		if kinds[e.kind] != "" && e.name != "" {
			d.owners[e] = e
			if kinds[e.kind] != "person" {
				next = append(next, e)
			}
		}
	}
	for len(next) > 0 {
		at := next[0]
		next = next[1:]
		for _, e := range of[at] {
			if d.owners[e] == nil {
				d.owners[e] = d.owners[at]
				next = append(next, e)
			}
		}
	}
}

// relate reads one relation as ArchiMate means it; served gets the services that
// somebody uses.
func (d *drawing) relate(r link, served map[*item]bool) {
	from, to := d.owners[r.source], d.owners[r.target]
	switch r.kind {
	case "Serving": // from the one that is served
		d.serve(r, served)
	case "Flow", "Triggering", "Access":
		d.connect(r, from, to, r.name)
	case "Assignment", "Realization": // what is above needs what is below
		d.connect(r, to, from, r.name)
	case "Composition", "Aggregation":
		d.put(r.target, r.source)
	}
}

func (d *drawing) serve(r link, served map[*item]bool) {
	user, offer := d.owners[r.target], d.owners[r.source]
	if !offered[r.source.kind] {
		d.connect(r, user, offer, r.name)
		return
	}
	if user == nil || user == offer {
		return
	}
	served[r.source] = true
	e := edgeOf(r, user, offer, r.source.name)
	if e.Kind == "dependency" {
		e.Kind = "api"
	}
	d.add(e)
}

// connect adds an edge between two components, of which one is no person.
func (d *drawing) connect(r link, from, to *item, name string) {
	if from == nil || to == nil || from == to || isPerson(from) && isPerson(to) {
		return
	}
	d.add(edgeOf(r, from, to, name))
}

func edgeOf(r link, from, to *item, name string) edge {
	kind := "dependency"
	if isPerson(from) || isPerson(to) {
		kind = "user"
	}
	return edge{from, to, austauschbar.Interface{Name: name, Kind: kind, Protocol: property(r.item, "protocol", "protokoll"), Evidence: []austauschbar.Evidence{r.Evidence}}}
}

func isPerson(i *item) bool { return i != nil && kinds[i.kind] == "person" }

// add adds an edge; one that is known gets another place.
func (d *drawing) add(e edge) {
	key := edgeKey{e.from, e.to, e.Kind, e.Name, e.Protocol}
	if i, known := d.known[key]; known {
		if of := &d.interfaces[i]; len(of.Evidence) < maxPlaces {
			of.Evidence = append(of.Evidence, e.Evidence...)
		}
		return
	}
	d.known[key] = len(d.interfaces)
	d.interfaces = append(d.interfaces, e)
}

// maxPlaces bounds the places of one interface.
const maxPlaces = 20

// put makes a component part of another, unless it is part of one or that is part of it.
func (d *drawing) put(part, whole *item) {
	if !runs(part) || !runs(whole) || d.within[part] != nil {
		return
	}
	for above, steps := whole, 0; above != nil; above, steps = d.within[above], steps+1 {
		if above == part || steps > limit.Depth {
			return
		}
	}
	d.within[part] = whole
}

// runs says whether an element is a component and no person.
func runs(i *item) bool { return kinds[i.kind] != "" && !isPerson(i) && i.name != "" }

// said writes the graph down: components in the file's order, persons where an edge
// names them.
func (d *drawing) said() *austauschbar.Architecture {
	said := &austauschbar.Architecture{}
	used := map[*item]bool{}
	for _, e := range d.interfaces {
		used[e.from], used[e.to] = true, true
	}
	ids := map[*item]string{}
	for _, e := range d.elements {
		if runs(e) || isPerson(e) && used[e] {
			ids[e] = fmt.Sprintf("%d", len(ids)+1)
		}
	}
	for _, e := range d.elements {
		if ids[e] == "" {
			continue
		}
		said.Components = append(said.Components, austauschbar.Component{
			ID: ids[e], Name: e.name, Kind: kinds[e.kind], Within: ids[d.within[e]],
			Technology: property(e, "technology", "technologie"), Version: property(e, "version"), External: isExternal(e),
			Evidence: []austauschbar.Evidence{e.Evidence},
		})
	}
	for i, e := range d.interfaces {
		e.ID, e.From, e.To = fmt.Sprintf("%d", i+1), ids[e.from], ids[e.to]
		said.Interfaces = append(said.Interfaces, e.Interface)
	}
	return said
}

// property returns the first property of these names; "" where there is none.
func property(of *item, names ...string) string {
	for _, name := range names {
		if value := of.properties[name]; value != "" {
			return value
		}
	}
	return ""
}

// isExternal says whether a property calls an element somebody else's.
func isExternal(of *item) bool {
	switch strings.ToLower(property(of, "external", "extern")) {
	case "true", "yes", "ja", "1":
		return true
	}
	return strings.EqualFold(property(of, "location", "ort"), "external")
}
