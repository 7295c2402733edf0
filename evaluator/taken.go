package evaluator

import (
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
)

// addTaken adds the services that resources only set something up in: the tenant of Auth0 that
// a module sends elsewhere what it logs, the parameters of a database that another module makes.
// Each one once, and none that a file shows itself.
func (g *graph) addTaken(found []documentFacts) {
	shown := map[string]bool{}
	for _, p := range g.parts {
		shown[p.Term] = true
	}
	taken := map[string]int{} // by id of a service, its place in parts
	for i := range g.parts {
		if p := &g.parts[i]; shown[p.Term] && p.format == "terraform" && g.lexicon.Platform(g.lexicon.Entries[p.Term].Vendor) == "" {
			taken[p.Term] = i // what is set up in it may lead on to others
		}
	}
	for document, one := range found {
		for _, resource := range one.architecture.Resources {
			id, itself := g.created(resource)
			_, known := g.local[document][resource.ID]
			if itself || known || !g.isTaken(resource, id) {
				continue
			}
			at, added := taken[id]
			if !added && shown[id] {
				continue
			}
			if !added {
				if at, added = g.addPart(document, one.document, austauschbar.Component{
					ID: resource.ID, Name: g.lexicon.Entries[id].Name, Kind: "other", Evidence: []austauschbar.Evidence{resource.Evidence},
				}); !added {
					continue
				}
				taken[id] = at
				g.makeResource(&g.parts[at].Component, resource, id, true)
			}
			if g.parts[at].document == document {
				g.local[document][resource.ID] = at
			}
		}
	}
}

// isTaken says whether a resource that sets something up in a service tells that the solution
// uses it: no cloud as such, which everything in it is told by, no machines and no tools of
// those who develop.
func (g *graph) isTaken(resource austauschbar.Resource, id string) bool {
	entry, known := g.lexicon.Entries[id]
	if !known || resource.Type == "module" || entry.Open || strings.Contains(entry.Function["en"], "development") || strings.Contains(resource.Type, "/") {
		return false
	}
	if entry.Kind == "product" {
		return len(entry.Hosts) > 0 // somebody's offer over the network
	}
	return !slices.ContainsFunc(entry.Tags, isPlatformTag) && !hasAny(entry.Tags, "managed_compute", "container")
}
