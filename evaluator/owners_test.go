package evaluator

import (
	"fmt"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

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
		"a registry of one's own":     {image: "123456789012.dkr.ecr.eu-central-1.amazonaws.com/portal:1", custom: true},
		"a product in such a one":     {image: "town.azurecr.io/library/postgres:16"},
		"Microsoft's registry":        {image: "mcr.microsoft.com/town/portal:1"},
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

// What a file tells only the language of, or runs in the image of one, is written here.
func TestOwnCode(t *testing.T) {
	for name, test := range map[string]struct {
		component austauschbar.Component
		custom    bool
	}{
		"drawn with its language":              {app("API", technology("Java, Spring"), in("shop")), true},
		"drawn by itself":                      {app("API", technology("Java, Spring")), false},
		"named with its framework":             {app("Backend (Django)"), true},
		"named with its languages":             {app("API [Java, Spring Boot]", kind("other")), true},
		"named with a product":                 {app("Sign-in (Keycloak)"), false},
		"named with an abbreviation":           {app("Portal (POC)"), false},
		"named as somebody else's":             {app("Backend (Django)", external), false},
		"drawn with a language of few letters": {app("API", technology("API Gateway, Go"), in("shop")), true},
		"drawn with its store":                 {app("API", technology("Go, DynamoDB"), in("shop")), true},
		"drawn as somebody else's":             {app("API", technology("Java"), in("shop"), external), false},
		"drawn as a product":                   {app("Sign-in", technology("Keycloak, Java"), in("shop")), false},
		"drawn on a platform only":             {app("API", technology("Docker"), in("shop")), false},
		"a store with its driver":              {app("Store", technology("Java"), in("shop"), kind("database")), false},
		"in the image of a language":           {app("worker", image("python:3.12-slim")), true},
		"in the image of a system":             {app("worker", image("debian:12")), true},
		"in the image of a product":            {app("worker", image("postgres:16")), false},
		"in an image nobody knows":             {app("worker", image("example/worker:1")), false},
		"with neither image nor drawing":       {app("worker"), false},
	} {
		t.Run(name, func(t *testing.T) {
			graph, _ := graphOf(t, file{"a.yml", "compose", components(test.component)})
			if c := graph.Components[0]; c.Custom != test.custom {
				t.Errorf("custom is %t, want %t: %+v", c.Custom, test.custom, c)
			}
		})
	}
}

func external(c *austauschbar.Component) { c.External = true }

// Where most of a solution lies under one account on a forge, that is whose solution it is.
func TestOwnAccount(t *testing.T) {
	for name, test := range map[string]struct {
		images []string
		custom int
	}{
		"three of one account":         {[]string{"ghcr.io/city/a:1", "ghcr.io/city/b:1", "ghcr.io/city/c:1", "ghcr.io/town/d:1"}, 3},
		"two of one account":           {[]string{"ghcr.io/city/a:1", "ghcr.io/city/b:1"}, 0},
		"one image three times":        {[]string{"ghcr.io/city/a:1", "ghcr.io/city/a:2", "ghcr.io/city/a:3"}, 0},
		"as many of another":           {[]string{"ghcr.io/city/a", "ghcr.io/city/b", "ghcr.io/city/c", "ghcr.io/town/a", "ghcr.io/town/b", "ghcr.io/town/c"}, 0},
		"beside a product of the same": {[]string{"ghcr.io/zammad/zammad:7", "ghcr.io/zammad/a:1", "ghcr.io/zammad/b:1", "ghcr.io/zammad/c:1"}, 3},
		"of a registry of all":         {[]string{"city/a:1", "city/b:1", "city/c:1"}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			var parts []austauschbar.Component
			for i, at := range test.images {
				parts = append(parts, app(string(rune('p'+i)), image(at)))
			}
			graph, _ := graphOf(t, file{"c.yml", "compose", components(parts...)})
			custom := 0
			for _, c := range graph.Components {
				if c.Custom {
					custom++
				}
			}
			if custom != test.custom {
				t.Errorf("%d built here, want %d", custom, test.custom)
			}
		})
	}
}

// Charts tell by their sources whose images are their own, and what lies beside them.
func TestOwnCharts(t *testing.T) {
	facts := factsOf(t, map[string]string{
		"Chart.yaml":               "apiVersion: v2\nname: seabird\nversion: 1.0.0\nsources: [\"https://github.com/seatown/seabird\"]\ndependencies:\n  - {name: nests, version: \"*\"}\n  - {name: keycloak, version: \"*\"}\n  - {name: feeds, version: 1.2.0, repository: \"https://charts.example.org\"}\n",
		"templates/web.yaml":       "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {containers: [{name: web, image: ghcr.io/seatown/web:1}]}}}\n",
		"templates/other.yaml":     "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: other}\nspec: {template: {spec: {containers: [{name: other, image: ghcr.io/landtown/other:1}]}}}\n",
		"charts/nests/Chart.yaml":  "apiVersion: v2\nname: nests\nversion: 0.1.0\n",
		"charts/nests/values.yaml": "{}\n",
	})
	got := map[string]string{}
	for _, c := range facts.Components {
		got[c.Name] = fmt.Sprintf("%s %v", c.Product, c.Custom)
	}
	want := map[string]string{"web": " true", "other": " false", "nests": " true", "keycloak": "Keycloak false", "feeds": " false"}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
