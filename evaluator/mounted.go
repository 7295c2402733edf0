package evaluator

import (
	"path"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/compose"
)

// unreadModels lists the files of configuration that Compose puts into what hands on or runs
// models, and that the dossier lacks: the models stand there.
func (g *graph) unreadModels(found []documentFacts) []austauschbar.Gap {
	here := map[string]bool{}
	for _, document := range found {
		here[document.document.Path] = true
	}
	var gaps []austauschbar.Gap
	for i, document := range found {
		var lacking []string
		for _, said := range document.architecture.Settings {
			n := g.nodeOf(i, said.Component)
			if said.Name != compose.Mount || n == nil || !hasAny(n.Tags, "ai_gateway", "model_server") || here[path.Join(path.Dir(document.document.Path), said.Value)] {
				continue
			}
			if name := said.Value + " (" + n.Name + ")"; !slices.Contains(lacking, name) {
				lacking = append(lacking, name)
			}
		}
		if len(lacking) > 0 {
			gaps = append(gaps, austauschbar.Gap{Path: document.document.Path, Reason: "models_elsewhere", Detail: strings.Join(lacking, ", ")})
		}
	}
	return gaps
}
