package evaluator

import (
	"regexp"
	"strings"

	"github.com/austauschbar/austauschbar/evaluator/lexicon"
)

// privateRegistry matches registries that belong to one customer of a cloud: whoever pushes
// there is who runs the solution.
var privateRegistry = regexp.MustCompile(`(?i)^(?:\d+\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com|[a-z0-9]+\.azurecr\.io)/`)

// forges are registries that keep images beside the sources that they are built of.
var forges = regexp.MustCompile(`(?i)^(?:ghcr\.io|registry\.[a-z0-9.-]+)/([^/:@]+)/`)

// minOwn is how many unknown images of one account on a forge make it that of the solution.
const minOwn = 3

// accountOf is the account on a forge under which an image lies; "" for others.
func accountOf(image string) string {
	found := forges.FindStringSubmatch(image)
	if found == nil {
		return ""
	}
	return strings.ToLower(found[1])
}

// ownAccounts makes what is built here of images that nobody knows and that come from one
// account on a forge, where most of a solution does: three images and more, and none as
// many from another account.
func (g *graph) ownAccounts() {
	images := map[string]map[string]bool{} // by account
	for _, p := range g.parts {
		if account := accountOf(p.Image); account != "" && g.lexicon.Image(p.Image) == "" {
			if images[account] == nil {
				images[account] = map[string]bool{}
			}
			images[account][lexicon.Repository(p.Image)] = true
		}
	}
	own, most, tie := "", minOwn-1, false
	for account, list := range images {
		switch {
		case len(list) > most:
			own, most, tie = account, len(list), false
		case len(list) == most:
			tie = true
		}
	}
	if own == "" || tie {
		return
	}
	for i := range g.parts {
		if p := &g.parts[i]; p.Term == "" && !p.External && accountOf(p.Image) == own {
			p.Custom = true
		}
	}
}
