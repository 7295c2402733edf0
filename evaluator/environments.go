package evaluator

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
)

// environmentsOf lists the environments that the documents draw or that their paths
// name, each once, in the order of the documents.
func environmentsOf(found []documentFacts) []austauschbar.Environment {
	list, at := []austauschbar.Environment{}, map[string]int{}
	for _, document := range found {
		said := document.architecture.Clone().Environments
		if name := environmentIn(document.document.Path, document.document.Format); name != "" {
			evidence := austauschbar.Evidence{Path: document.document.Path}
			evidence.Place = place(evidence)
			said = append(said, austauschbar.Environment{Name: name, Evidence: []austauschbar.Evidence{evidence}})
		}
		for _, e := range said {
			key := stageOf(e.Name)
			if i, known := at[key]; known {
				list[i].Evidence = append(list[i].Evidence, e.Evidence...)
				continue
			}
			at[key] = len(list)
			list = append(list, e)
		}
	}
	return list
}

// stagedFormats are those of files that are kept once for each environment.
var stagedFormats = []string{"compose", "helm", "kustomize", "terraform"}

// stagedFolder matches folders that hold a folder for each environment.
var stagedFolder = regexp.MustCompile(`(?i)(?:^|/)(?:overlays|environments?|envs?|stages|umgebungen)/([^/]+)/`)

// environmentIn is the environment that a file is for, by its folder or by a word of its
// name; "" for none. Files for tests and for one's own machine are for none.
func environmentIn(at, format string) string {
	if !slices.Contains(stagedFormats, format) {
		return ""
	}
	if folder := stagedFolder.FindStringSubmatch(at); folder != nil {
		return folder[1]
	}
	name := strings.TrimSuffix(path.Base(at), path.Ext(at))
	for _, word := range nameWords(name) {
		if _, known := stages[word]; known {
			return word
		}
	}
	return ""
}

// stages are words for environments, and the one that stands for all that mean the same.
var stages = map[string]string{
	"dev": "development", "development": "development", "entwicklung": "development",
	"staging": "staging", "stage": "staging", "qa": "qa", "uat": "acceptance", "abnahme": "acceptance", "referenz": "reference",
	"preprod": "preproduction", "demo": "demo", "schulung": "training",
	"prod": "production", "production": "production", "produktion": "production", "live": "production",
}

// stageOf is the name of an environment for comparison.
func stageOf(name string) string {
	key := keyOf(name)
	if stage, known := stages[key]; known {
		return stage
	}
	return key
}
