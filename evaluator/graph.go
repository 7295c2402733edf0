package evaluator

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/austauschbar/austauschbar"
)

// keepArchitecture keeps what an architecture file says, with its places.
func (w *walk) keepArchitecture(said austauschbar.Architecture) {
	said = said.Clone()
	for i := range said.Components {
		w.locateAll(said.Components[i].Evidence)
	}
	for i := range said.Interfaces {
		w.locateAll(said.Interfaces[i].Evidence)
		if specification := said.Interfaces[i].Specification; specification != nil && specification.Path == "" {
			specification.Path = w.path
		}
	}
	for i := range said.Models {
		w.locateAll(said.Models[i].Evidence)
	}
	for i := range said.Packages {
		w.located(&said.Packages[i].Evidence)
	}
	for i := range said.Resources {
		w.located(&said.Resources[i].Evidence)
	}
	for i := range said.Settings {
		w.located(&said.Settings[i].Evidence)
	}
	w.found.architecture = said
}

func (w *walk) locateAll(evidence []austauschbar.Evidence) {
	for i := range evidence {
		w.located(&evidence[i])
	}
}

// join makes one graph of what the documents say.
func (e *Evaluator) join(found []documentFacts) austauschbar.Architecture {
	graph := austauschbar.Architecture{
		Components: []austauschbar.Component{}, Interfaces: []austauschbar.Interface{}, Models: []austauschbar.Model{},
		Packages: []austauschbar.Package{}, Resources: []austauschbar.Resource{},
	}
	ids := map[string]bool{}
	for _, document := range found {
		said := document.architecture.Clone()
		renamed := map[string]string{}
		for _, component := range said.Components {
			id := unused(ids, component.Name)
			renamed[component.ID], component.ID = id, id
			component.Sources = []string{document.document.Format}
			graph.Components = append(graph.Components, component)
		}
		for _, edge := range said.Interfaces {
			edge.ID, edge.From, edge.To = unused(ids, edge.From+" "+edge.To+" "+edge.Name), renamed[edge.From], renamed[edge.To]
			graph.Interfaces = append(graph.Interfaces, edge)
		}
		graph.Models = append(graph.Models, said.Models...)
		graph.Packages = append(graph.Packages, said.Packages...)
		graph.Resources = append(graph.Resources, said.Resources...)
	}
	return graph
}

// unused makes an id of a name and marks it as used.
func unused(ids map[string]bool, name string) string {
	slug := strings.Trim(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return '-'
	}, name), "-")
	id := slug
	for n := 2; ids[id]; n++ {
		id = fmt.Sprintf("%s-%d", slug, n)
	}
	ids[id] = true
	return id
}
