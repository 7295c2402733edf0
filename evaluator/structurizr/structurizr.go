// Package structurizr reads C4 models that Structurizr keeps: workspaces in JSON and in
// its DSL. Both notations are read into one model, so that the same workspace gives the
// same components and interfaces.
package structurizr

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
)

// The kinds of elements.
const (
	person             = "person"
	softwareSystem     = "softwaresystem"
	container          = "container"
	component          = "component"
	custom             = "element"
	deploymentNode     = "deploymentnode"
	infrastructureNode = "infrastructurenode"
	instance           = "instance" // of a container or software system, on a node
)

// A workspace is what both notations say.
type workspace struct {
	elements  []*element
	relations []relation
	shapes    map[string]string // by tag, in lower case both
	// environments are those of deployments, in their order, each with its first place.
	environments []named
}

// A named place is where a file first names something.
type named struct {
	name string
	place
}

// environment adds an environment; Structurizr's own for a deployment without one is none.
func (w *workspace) environment(name string, at place) {
	known := slices.ContainsFunc(w.environments, func(e named) bool { return e.name == name })
	if name != "" && name != "Default" && !known {
		w.environments = append(w.environments, named{name, at})
	}
}

// An element is a part of the model.
type element struct {
	kind       string
	name       string
	technology string
	tags       []string
	external   bool     // by its location
	group      string   // the outermost that it stands in; "" for none
	parent     *element // nil at the top
	of         *element // what an instance is one of
	place
}

// A relation leads from one element to another.
type relation struct {
	from, to                *element
	description, technology string
	tags                    []string
	place
}

// A place is where a file says something.
type place struct {
	path  string // of an included file; "" in the file that is read
	line  int
	quote string
}

func (p place) evidence() austauschbar.Evidence {
	return austauschbar.Evidence{Path: p.path, Line: p.line, Quote: p.quote}
}

// architecture says what a workspace says in the words of all architecture files.
func (w *workspace) architecture() *austauschbar.Architecture {
	said := &austauschbar.Architecture{}
	ids, described := map[*element]string{}, w.described()
	for _, e := range w.elements {
		ids[e] = fmt.Sprintf("%d", len(ids)+1)
		of := e.whole()
		said.Components = append(said.Components, austauschbar.Component{
			ID: ids[e], Name: of.name, Kind: w.kindOf(of), Technology: technologyOf(of), Within: ids[e.parent], External: isExternal(of) || isContext(of, described),
			Evidence: []austauschbar.Evidence{e.evidence()},
		})
	}
	edges := edges{ids: ids, known: map[string]int{}}
	for _, r := range w.relations {
		edges.add(r.from.whole(), r.to.whole(), austauschbar.Interface{Name: r.description, Protocol: r.technology, Kind: w.kindOfRelation(r)}, r.place)
	}
	said.Interfaces = edges.list
	for _, e := range w.environments {
		said.Environments = append(said.Environments, austauschbar.Environment{Name: e.name, Evidence: []austauschbar.Evidence{e.evidence()}})
	}
	return said
}

// whole is what an instance is one of; any other element itself.
func (e *element) whole() *element {
	if e.kind == instance {
		return e.of
	}
	return e
}

// edges are interfaces, each named once.
type edges struct {
	ids   map[*element]string
	known map[string]int
	list  []austauschbar.Interface
}

// add adds an interface; one that is known gets another place. What leads from an
// element to itself, as between two of its instances, is no interface.
func (e *edges) add(from, to *element, edge austauschbar.Interface, at place) {
	edge.From, edge.To = e.ids[from], e.ids[to]
	if edge.From == "" || edge.To == "" || edge.From == edge.To {
		return
	}
	key := strings.Join([]string{edge.From, edge.To, edge.Kind, edge.Name, edge.Protocol}, "\x00")
	if i, ok := e.known[key]; ok {
		if len(e.list[i].Evidence) < maxPlaces {
			e.list[i].Evidence = append(e.list[i].Evidence, at.evidence())
		}
		return
	}
	e.known[key] = len(e.list)
	edge.ID = fmt.Sprintf("%d", len(e.list)+1)
	edge.Evidence = []austauschbar.Evidence{at.evidence()}
	e.list = append(e.list, edge)
}

// maxPlaces bounds the places of one interface.
const maxPlaces = 20

// kinds are what elements are where neither shape nor tag says more.
var kinds = map[string]string{
	person: "person", softwareSystem: "system", container: "application", component: "application", custom: "other",
	deploymentNode: "platform", infrastructureNode: "platform",
}

// kindsByShape are what a shape draws.
var kindsByShape = map[string]string{
	"cylinder": "database", "bucket": "storage", "pipe": "queue",
	"webbrowser": "client", "mobiledeviceportrait": "client", "mobiledevicelandscape": "client",
}

// kindsByTag are what tags say that many workspaces use.
var kindsByTag = map[string]string{
	"database": "database", "datastore": "database", "data store": "database", "datenbank": "database",
	"queue": "queue", "topic": "queue", "message bus": "queue", "message queue": "queue", "message broker": "queue", "broker": "queue", "cache": "cache",
	"web browser": "client", "mobile app": "client", "single-page application": "client", "single page application": "client",
}

func (w *workspace) kindOf(e *element) string {
	if e.kind == container || e.kind == component || e.kind == softwareSystem || e.kind == custom {
		for _, tag := range slices.Backward(e.tags) {
			tag = strings.ToLower(tag)
			if kind := cmp.Or(kindsByShape[w.shapes[tag]], kindsByTag[tag]); kind != "" {
				return kind
			}
		}
	}
	return kinds[e.kind]
}

// kindOfRelation says over what kind of interface elements talk.
func (w *workspace) kindOfRelation(r relation) string {
	from, to := w.kindOf(r.from.whole()), w.kindOf(r.to.whole())
	switch {
	case from == "person" || to == "person":
		return "user"
	case to == "database":
		return "database"
	case from == "queue" || to == "queue" || slices.ContainsFunc(r.tags, isAsynchronous):
		return "events"
	case r.technology != "":
		return "api"
	}
	return "dependency"
}

func isAsynchronous(tag string) bool {
	return strings.EqualFold(tag, "asynchronous") || strings.EqualFold(tag, "async")
}

// technologyOf is what an element is made of. Nodes of a provider often say it by a tag
// alone, with which a theme draws the service's icon: "Amazon Web Services - RDS".
func technologyOf(e *element) string {
	if e.technology != "" || e.kind != deploymentNode && e.kind != infrastructureNode {
		return e.technology
	}
	for _, tag := range e.tags {
		if strings.Contains(tag, " - ") {
			return tag
		}
	}
	return ""
}

// externalTags mark what is somebody else's.
var externalTags = map[string]bool{
	"external": true, "external system": true, "external software system": true, "external person": true, "external container": true,
	"existing": true, "existing system": true, "existing software system": true, "extern": true, "externes system": true, "fremdsystem": true,
}

// isExternal says whether an element, or what it is part of, is somebody else's.
func isExternal(e *element) bool {
	for ; e != nil; e = e.parent {
		if e.external || slices.ContainsFunc(e.tags, isExternalTag) {
			return true
		}
	}
	return false
}

// isExternalTag says whether a tag is one of somebody else's; a shape may stand before it,
// as in "Database Existing System".
func isExternalTag(tag string) bool {
	tag = strings.ToLower(tag)
	return externalTags[tag] || strings.HasSuffix(tag, " existing system") || strings.HasSuffix(tag, " external system")
}

// described is the system that a model takes apart; nil where it does so with none or
// several.
func (w *workspace) described() *element {
	var one *element
	for _, e := range w.elements {
		if e.parent == nil || e.parent.kind != softwareSystem || e.parent == one {
			continue
		}
		if one != nil {
			return nil
		}
		one = e.parent
	}
	return one
}

// isContext says whether a system only stands around the one that is described: the model
// says nothing of what is in it, nor that it belongs together with that one.
func isContext(e, described *element) bool {
	return described != nil && e.kind == softwareSystem && e != described && (e.group == "" || e.group != described.group)
}

// maxTags bounds the tags of one element.
const maxTags = 100

// addTags adds the tags of a list with commas.
func addTags(tags []string, lists ...string) []string {
	for _, list := range lists {
		for tag := range strings.SplitSeq(list, ",") {
			if tag = strings.TrimSpace(tag); tag != "" && len(tags) < maxTags && !slices.Contains(tags, tag) {
				tags = append(tags, tag)
			}
		}
	}
	return tags
}
