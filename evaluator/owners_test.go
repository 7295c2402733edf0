package evaluator

import (
	"testing"

	"github.com/austauschbar/austauschbar"
)

func TestOwnImages(t *testing.T) {
	for name, test := range map[string]struct {
		url, image string
		custom     bool
	}{
		"the account of the project":  {url: "https://github.com/City/portal", image: "ghcr.io/city/gateway/gateway:1", custom: true},
		"a group on another forge":    {url: "https://gitlab.opencode.de/city/portal.git", image: "registry.opencode.de/city/portal/app:1", custom: true},
		"somebody else's":             {url: "https://github.com/city/portal", image: "ghcr.io/town/gateway:1"},
		"a product of the account":    {url: "https://github.com/mastodon/mastodon", image: "ghcr.io/mastodon/mastodon:v4"},
		"no address":                  {url: "city/portal", image: "ghcr.io/city/gateway:1"},
		"an image without an account": {url: "https://github.com/city/portal", image: "city"},
	} {
		t.Run(name, func(t *testing.T) {
			e, err := shipped()
			if err != nil {
				t.Fatal(err)
			}
			compose := documentFacts{architecture: components(app("part", image(test.image)))}
			compose.document = austauschbar.DocumentFact{Path: "compose.yaml", Format: "compose"}
			own := documentFacts{repositories: []austauschbar.Repository{{URL: test.url}}}
			said, _ := e.join([]documentFacts{compose, own})
			if c := said.Components[0]; c.Custom != test.custom {
				t.Errorf("custom is %t, want %t: %+v", c.Custom, test.custom, c)
			}
		})
	}
}
