package evaluator

import (
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
)

// Who asks whether a component is well, and where it listens, tells that it answers over HTTP.
func TestAnswering(t *testing.T) {
	at := []austauschbar.Evidence{{Line: 3}}
	way := func(kind, protocol string) austauschbar.Interface {
		return austauschbar.Interface{ID: "1", From: "web", To: "it", Kind: kind, Protocol: protocol, Evidence: at}
	}
	check := func(value string) austauschbar.Setting { return set("it", "healthcheck.test", value) }
	for name, test := range map[string]struct {
		component austauschbar.Component
		edges     []austauschbar.Interface
		setting   austauschbar.Setting
		want      []string
	}{
		"a page of its own":           {app("it"), []austauschbar.Interface{way("api", "")}, check("http://localhost:${IT_PORT}/status"), []string{"web > it api http"}},
		"a page at its first port":    {app("it"), []austauschbar.Interface{way("api", "")}, check("wget -q http://127.0.0.1/ || exit 1"), []string{"web > it api http"}},
		"a page without a scheme":     {app("it"), []austauschbar.Interface{way("api", "")}, check("curl -s localhost:3000/health"), []string{"web > it api http"}},
		"a program of its own":        {app("it"), []austauschbar.Interface{way("api", "")}, check("/app/check localhost:3000"), []string{"web > it api"}},
		"a page of somebody else":     {app("it"), []austauschbar.Interface{way("api", "")}, check("curl -f http://db:8080/health"), []string{"web > it api"}},
		"a host that begins alike":    {app("it"), []austauschbar.Interface{way("api", "")}, check("curl -f http://localhost.example.org/health"), []string{"web > it api"}},
		"where it listens":            {app("it"), []austauschbar.Interface{way("api", "")}, set("it", "ASPNETCORE_URLS", "http://*:${IT_PORT}"), []string{"web > it api"}},
		"whom it asks":                {app("it"), []austauschbar.Interface{way("api", "")}, set("it", "SHOP_URL", "http://shop:8080"), []string{"web > it api"}},
		"a load balancer's page":      {app("it"), []austauschbar.Interface{way("api", "")}, set("it", "health_check.path", "/health"), []string{"web > it api http"}},
		"no page":                     {app("it"), []austauschbar.Interface{way("api", "")}, set("it", "health_check.path", "true"), []string{"web > it api"}},
		"a protocol that is told":     {app("it"), []austauschbar.Interface{way("api", "gRPC")}, check("curl localhost:80"), []string{"web > it api gRPC"}},
		"what is only used":           {app("it"), []austauschbar.Interface{way("dependency", "")}, check("curl localhost:80"), []string{"> it user http", "web > it dependency"}},
		"a product that speaks other": {app("it", image("minio/minio")), []austauschbar.Interface{way("dependency", "")}, check("curl http://localhost:9000/minio/health/live"), []string{"web > it database s3"}},
	} {
		t.Run(name, func(t *testing.T) {
			said := austauschbar.Architecture{Components: []austauschbar.Component{app("web"), test.component}, Interfaces: test.edges, Settings: []austauschbar.Setting{test.setting}}
			graph, _ := graphOf(t, file{"c.yml", "compose", said})
			if diff := gocmp.Diff(test.want, written(graph.Interfaces, arrow)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A text that calls an interface after a product and a protocol tells what that offers.
func TestOfferedInTexts(t *testing.T) {
	table := "# Software architecture\n\n| Component | Licence |\n|:--|:--|\n| Nextcloud | AGPL-3.0-or-later |\n| Keycloak | Apache-2.0 |\n\n"
	for name, test := range map[string]struct{ sentence, want string }{
		"a part of it":         {"Nextcloud's WebDAV server keeps the files.", "webdav"},
		"an interface":         {"The Nextcloud WebDAV interface is open to all.", "webdav"},
		"in German":            {"Über die Nextcloud-WebDAV-Schnittstelle greifen alle zu.", "webdav"},
		"what it is joined to": {"Nextcloud needs an external WebDAV server.", ""},
		"what it reads":        {"Nextcloud LDAP groups are available to all.", ""},
		"another's":            {"The Keycloak SCIM interface is open to Nextcloud.", ""},
		"what carries all":     {"The Nextcloud HTTPS interface is open to all.", ""},
	} {
		t.Run(name, func(t *testing.T) {
			facts := factsOf(t, map[string]string{"docs/architecture.md": table + test.sentence + "\n"})
			if len(facts.Components) < 2 {
				t.Fatalf("components: %v", written(facts.Components, line))
			}
			got := ""
			for _, offered := range facts.Interfaces {
				if offered.To == "nextcloud" {
					got += offered.Term
				}
			}
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
