package evaluator

import (
	"net/url"
	"strings"

	"github.com/austauschbar/austauschbar/evaluator/lexicon"
)

// ownersOf are the accounts and groups on forges under which a dossier's software lies, as
// its publiccode.yml tells: "it-at-m" of https://github.com/it-at-m/mucgpt. In lower case.
func ownersOf(found []documentFacts) map[string]bool {
	owners := map[string]bool{}
	for _, document := range found {
		for _, repository := range document.repositories {
			at, err := url.Parse(repository.URL)
			if err != nil || at.Host == "" {
				continue
			}
			if owner, _, inside := strings.Cut(strings.Trim(at.Path, "/"), "/"); inside {
				owners[strings.ToLower(owner)] = true
			}
		}
	}
	return owners
}

// isOwn says whether an image lies under an account of the software's own forge or in a
// registry of one's own, and so comes from whoever builds it.
func (g *graph) isOwn(image string) bool {
	if privateRegistry.MatchString(image) {
		return true
	}
	owner, _, inside := strings.Cut(lexicon.Repository(image), "/")
	return inside && g.owners[owner]
}
