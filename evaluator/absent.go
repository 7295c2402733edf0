package evaluator

import (
	"path"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
)

// withoutPresent leaves out of the gaps that name absent files those which the dossier holds:
// a file of Compose cannot know what is read beside it.
func withoutPresent(gaps []austauschbar.Gap, documents []austauschbar.DocumentFact) []austauschbar.Gap {
	present := map[string]bool{}
	for _, document := range documents {
		present[document.Path] = true
	}
	left := []austauschbar.Gap{}
	for _, gap := range gaps {
		if gap.Reason == "absent_files" {
			files := slices.DeleteFunc(strings.Split(gap.Detail, ", "), func(file string) bool {
				_, name, _ := strings.Cut(file, " ")
				return present[path.Join(path.Dir(gap.Path), name)]
			})
			if len(files) == 0 {
				continue
			}
			gap.Detail = strings.Join(files, ", ")
		}
		left = append(left, gap)
	}
	return left
}
