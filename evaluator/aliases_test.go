package evaluator

import (
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// One part of a solution goes by several names; two of them in one drawing are two.
func TestNamesOfOneSolution(t *testing.T) {
	other := kind("other")
	run := func(more ...string) file {
		parts := components(app("backend", image("city/portal-backend:1")), app("frontend", image("city/portal-frontend:1")))
		for _, name := range more {
			parts.Components = append(parts.Components, app(name, image("city/portal-backend:1")))
		}
		return file{"compose.yaml", "compose", parts}
	}
	for name, test := range map[string]struct {
		files []file
		want  []string
	}{
		"by the solution's name": {
			[]file{run(), {"a.md", "markdown", components(app("Portal Backend", other), app("Portal Frontend", other))}},
			[]string{"backend custom", "frontend custom"},
		},
		"by the half alone and by what it is written in": {
			[]file{run(), {"a.md", "markdown", components(app("Portal Backend", other, as("line 1: a")), app("Backend", other, as("line 9: b")), app("Django Backend", other, as("line 20: c")))}},
			[]string{"backend custom", "frontend custom"},
		},
		"two in one drawing": {
			[]file{run(), {"a.md", "markdown", components(app("Portal Backend", other, as("line 1: a")), app("Django Backend", other, as("line 1: b")))}},
			[]string{"backend custom", "django-backend custom", "frontend custom", "portal-backend"},
		},
		"a back end of another thing": {
			[]file{run(), {"a.md", "markdown", components(app("Portal Backend", other), app("Payment Backend", other))}},
			[]string{"backend custom", "frontend custom", "payment-backend"},
		},
		"another program of the same image": {
			[]file{run("tasks"), {"a.md", "markdown", components(app("Portal Backend", other), app("Tasks Worker", other))}},
			[]string{"backend custom", "frontend custom", "tasks custom"},
		},
		"images that no drawing calls so": {
			[]file{run(), {"a.md", "markdown", components(app("Shop", other))}},
			[]string{"backend", "frontend", "shop"},
		},
		"one half only": {
			[]file{{"compose.yaml", "compose", components(app("backend", image("city/portal-backend:1")))}, {"a.md", "markdown", components(app("Portal Backend", other))}},
			[]string{"backend", "portal-backend"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			graph, _ := graphOf(t, test.files...)
			if diff := gocmp.Diff(test.want, written(graph.Components, box)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// What is run under a product's name is what drawings of the same text call so, whatever stands
// behind the name.
func TestNamesOfWhatIsRun(t *testing.T) {
	other := kind("other")
	for name, test := range map[string]struct {
		files []file
		want  []string
	}{
		"a product and its server": {
			[]file{{"compose.yaml", "compose", components(app("livekit", image("livekit/livekit-server:1")))}, {"a.md", "markdown", components(app("LiveKit Server", other, as("line 1: a")), app("LiveKit", other, as("line 9: b")))}},
			[]string{"livekit livekit"},
		},
		"a name and what it does": {
			[]file{{"compose.yaml", "compose", components(app("mailer", image("x/mailer")))}, {"a.md", "markdown", components(app("Mailer Service", other))}},
			[]string{"mailer"},
		},
		"a name that says nothing": {
			[]file{{"compose.yaml", "compose", components(app("web", image("x/one")))}, {"a.md", "markdown", components(app("Web Server", other))}},
			[]string{"web", "web-server"},
		},
		"object stores of two drawings": {
			[]file{{"a.md", "markdown", components(app("S3", other, as("line 1: a")), app("ObjectStore", other, as("line 9: b")))}},
			[]string{"s3"},
		},
		"two in one drawing": {
			[]file{{"a.md", "markdown", components(app("S3", other, as("line 1: a")), app("Bucket", other, as("line 1: b")))}},
			[]string{"bucket", "s3"},
		},
		"the product that is one": {
			[]file{{"compose.yaml", "compose", components(app("minio", image("minio/minio")))}, {"a.md", "markdown", components(app("Object Store", other))}},
			[]string{"minio minio"},
		},
		"servers that are called by their protocol": {
			[]file{{"a.md", "markdown", components(app("SMTP", other), app("LDAP", other), app("SMTP Relay", other), app("HTTP", other))}},
			[]string{"http", "ldap external", "smtp external", "smtp-relay"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			graph, _ := graphOf(t, test.files...)
			if diff := gocmp.Diff(test.want, written(graph.Components, box)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
