package evaluator

import (
	"net/url"
	"strings"

	"github.com/austauschbar/austauschbar/evaluator/helm"
	"github.com/austauschbar/austauschbar/evaluator/lexicon"
)

// ownersOf are the accounts and groups on forges under which a dossier's software lies, as
// its publiccode.yml and its charts tell: "it-at-m" of https://github.com/it-at-m/mucgpt.
// In lower case.
func ownersOf(found []documentFacts) map[string]bool {
	owners := map[string]bool{}
	for _, document := range found {
		for _, repository := range document.repositories {
			addOwner(owners, repository.URL)
		}
		for _, said := range document.architecture.Settings {
			if document.document.Format == "helm" && said.Name == helm.Source {
				addOwner(owners, said.Value)
			}
		}
	}
	return owners
}

// addOwner adds the account of an address on a forge.
func addOwner(owners map[string]bool, address string) {
	at, err := url.Parse(address)
	if err != nil || at.Host == "" {
		return
	}
	if owner, _, inside := strings.Cut(strings.Trim(at.Path, "/"), "/"); inside {
		owners[strings.ToLower(owner)] = true
	}
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
