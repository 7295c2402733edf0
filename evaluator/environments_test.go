package evaluator

import (
	"fmt"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

func TestEnvironments(t *testing.T) {
	const service, live = "services: {web: {image: nginx}}\n", "workspace {\n model {\n deploymentEnvironment Live {\n deploymentNode a\n }\n }\n}\n"
	for name, test := range map[string]struct {
		files []string
		want  []string
	}{
		"Compose files":              {[]string{"compose.yaml", "docker-compose.prod.yml", "compose.staging.yaml"}, []string{"staging 1", "prod 1"}},
		"two words for one":          {[]string{"compose.prod.yaml", "x/compose.production.yaml"}, []string{"prod 2"}},
		"for tests and one's own":    {[]string{"docker-compose.test.yml", "compose.local.yaml", "compose.override.yaml"}, []string{}},
		"folders":                    {[]string{"deploy/overlays/bund/compose.yaml", "deploy/overlays/land/compose.yaml"}, []string{"bund 1", "land 1"}},
		"drawn, and named by a file": {[]string{"a.dsl", "compose.prod.yaml"}, []string{"Live 2"}},
		"a text":                     {[]string{"environments/prod/a.md"}, []string{}},
	} {
		t.Run(name, func(t *testing.T) {
			files := map[string]string{}
			for _, at := range test.files {
				switch at {
				case "a.dsl":
					files[at] = live
				case "environments/prod/a.md":
					files[at] = "Text.\n"
				default:
					files[at] = service
				}
			}
			got := []string{}
			for _, e := range factsOf(t, files).Environments {
				got = append(got, fmt.Sprintf("%s %d", e.Name, len(e.Evidence)))
			}
			if diff := gocmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
