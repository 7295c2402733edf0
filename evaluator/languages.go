package evaluator

import (
	"path"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
)

// projectLanguages are the languages of projects, by the names of the files that list
// what they need; the catalogue's ids.
var projectLanguages = map[string]string{
	"go.mod": "golang", "package.json": "javascript", "pom.xml": "java", "pyproject.toml": "python", "composer.json": "php", ".csproj": "csharp", ".fsproj": "fsharp",
}

// writtenIn tells of a document's own code what it is written in: by the manifest of its
// packages, and by the image that its Dockerfile builds on.
func (g *graph) writtenIn(document int, found documentFacts) {
	switch found.document.Format {
	case "packages":
		name := strings.ToLower(path.Base(found.document.Path))
		language := projectLanguages[name] + projectLanguages[path.Ext(name)]
		for _, at := range g.local[document] {
			if p := &g.parts[at]; p.Custom && language != "" {
				p.BuiltWith = union(p.BuiltWith, []string{language})
			}
		}
	case "dockerfile":
		for _, edge := range found.architecture.Interfaces {
			from, built := g.local[document][edge.From]
			to, based := g.local[document][edge.To]
			if built && based && g.parts[from].Custom {
				g.parts[from].BuiltWith = union(g.parts[from].BuiltWith, g.parts[to].BuiltWith)
			}
		}
	}
}

// languages lists the languages among entries of the catalogue, by name.
func (r recogniser) languages(ids []string) []austauschbar.Language {
	var list []austauschbar.Language
	for _, id := range ids {
		if entry := r.lexicon.Entries[id]; slices.Contains(entry.Tags, "language") {
			list = append(list, austauschbar.Language{Name: entry.Name, Open: entry.Open})
		}
	}
	slices.SortFunc(list, func(a, b austauschbar.Language) int { return strings.Compare(a.Name, b.Name) })
	return list
}
