// Package deploy_test holds the files of this folder, the Containerfile and the
// pages that explain them to each other.
package deploy_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// grants says which permission GitHub asks for before it sends an event.
var grants = map[string]string{
	"check_run":                   "checks",
	"check_suite":                 "checks",
	"issue_comment":               "issues",
	"pull_request":                "pull_requests",
	"pull_request_review_comment": "pull_requests",
}

func TestGitHubApp(t *testing.T) {
	var manifest struct {
		Name           string `json:"name"`
		URL            string `json:"url"`
		Description    string `json:"description"`
		HookAttributes struct {
			URL    string `json:"url"`
			Active bool   `json:"active"`
		} `json:"hook_attributes"`
		RedirectURL        string            `json:"redirect_url"`
		Public             bool              `json:"public"`
		DefaultPermissions map[string]string `json:"default_permissions"`
		DefaultEvents      []string          `json:"default_events"`
	}
	text := read(t, "github-app.json")
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&manifest); err != nil {
		t.Fatal(err)
	}
	if manifest.Public || !manifest.HookAttributes.Active || !strings.HasSuffix(manifest.HookAttributes.URL, "/webhooks/github") {
		t.Errorf("manifest: %+v", manifest)
	}
	if strings.ContainsAny(text, "<&") {
		t.Error("docs/github.md puts the manifest into a page as it is")
	}
	page := read(t, "../docs/github.md")
	for permission, access := range manifest.DefaultPermissions {
		if row := "| `" + permission + "` | " + access + " |"; !strings.Contains(page, row) {
			t.Errorf("docs/github.md does not tell %q", row)
		}
	}
	for _, event := range manifest.DefaultEvents {
		if manifest.DefaultPermissions[grants[event]] == "" {
			t.Errorf("event %s needs the permission %q", event, grants[event])
		}
		if !strings.Contains(page, "`"+event+"`") {
			t.Errorf("docs/github.md does not tell of the event %s", event)
		}
	}
}

var variable = regexp.MustCompile(`AUSTAUSCHBAR_[A-Z_]+`)

// What the server reads from its environment, and what it is told by it here.
func TestVariables(t *testing.T) {
	table := read(t, "../docs/operating.md")
	for _, name := range []string{"austauschbar.service", "kubernetes.yaml", "../Containerfile", "../docs/github.md", "../docs/opencode.md", "../docs/gitea.md", "../docs/operating.md"} {
		for _, found := range variable.FindAllString(read(t, name), -1) {
			if !strings.Contains(table, "| `"+strings.TrimSuffix(found, "_FILE")+"` |") {
				t.Errorf("%s sets %s, of which the table in docs/operating.md does not tell", name, found)
			}
		}
	}
}

// The PDF reader runs code that it has compiled into memory, and keeps it.
func TestServiceLetsThePDFReaderRun(t *testing.T) {
	unit := read(t, "austauschbar.service")
	if regexp.MustCompile(`(?m)^MemoryDenyWriteExecute=`).MatchString(unit) {
		t.Error("the service forbids executable memory")
	}
	for _, want := range []string{"\nEnvironment=XDG_CACHE_HOME=%C\n", "\nCacheDirectory=austauschbar\n", "\nDynamicUser=yes\n", "\nProtectSystem=strict\n", "\nNoNewPrivileges=yes\n"} {
		if !strings.Contains(unit, want) {
			t.Errorf("%q is missing", want)
		}
	}
}

type object struct {
	APIVersion string `yaml:"apiVersion"`
	Kind       string
	Metadata   struct{ Name string }
	Spec       struct {
		Template struct {
			Metadata struct{ Labels map[string]string }
			Spec     struct {
				GracePeriod int `yaml:"terminationGracePeriodSeconds"`
				Containers  []container
				Volumes     []struct{ Name string }
			}
		}
		Selector yaml.Node
		Ports    []struct {
			TargetPort string `yaml:"targetPort"`
		}
	}
}

type container struct {
	Ports     []struct{ Name string }
	Liveness  probe `yaml:"livenessProbe"`
	Readiness probe `yaml:"readinessProbe"`
	Env       []struct{ Value string }
	Mounts    []struct {
		Name string
		Path string `yaml:"mountPath"`
	} `yaml:"volumeMounts"`
	Security struct {
		ReadOnly  bool  `yaml:"readOnlyRootFilesystem"`
		Privilege *bool `yaml:"allowPrivilegeEscalation"`
	} `yaml:"securityContext"`
}

type probe struct {
	HTTPGet struct{ Path, Port string } `yaml:"httpGet"`
}

func TestKubernetes(t *testing.T) {
	objects := map[string]object{}
	for decoder := yaml.NewDecoder(bytes.NewBufferString(read(t, "kubernetes.yaml"))); ; {
		var next object
		err := decoder.Decode(&next)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if next.APIVersion == "" || next.Metadata.Name == "" {
			t.Errorf("an object without version or name: %+v", next)
		}
		objects[next.Kind] = next
	}
	for _, kind := range []string{"Deployment", "Service", "Ingress", "PodDisruptionBudget"} {
		if objects[kind].Kind == "" {
			t.Fatalf("no %s", kind)
		}
	}
	pod := objects["Deployment"].Spec.Template
	server := pod.Spec.Containers[0]
	if server.Liveness.HTTPGet.Path != "/healthz" || server.Readiness.HTTPGet.Path != "/readyz" {
		t.Errorf("probes: %+v, %+v", server.Liveness, server.Readiness)
	}
	if !server.Security.ReadOnly || server.Security.Privilege == nil || *server.Security.Privilege {
		t.Errorf("security: %+v", server.Security)
	}
	if target := objects["Service"].Spec.Ports[0].TargetPort; target != server.Ports[0].Name {
		t.Errorf("the service leads to %q, the container listens on %q", target, server.Ports[0].Name)
	}
	var selector map[string]string
	service := objects["Service"].Spec.Selector
	if err := service.Decode(&selector); err != nil || len(selector) == 0 {
		t.Fatalf("selector: %v, %v", selector, err)
	}
	for name, value := range selector {
		if pod.Metadata.Labels[name] != value {
			t.Errorf("the service looks for %s=%s, the pod has %v", name, value, pod.Metadata.Labels)
		}
	}
	var mounted []string
	for _, mount := range server.Mounts {
		mounted = append(mounted, mount.Path)
		if !slices.ContainsFunc(pod.Spec.Volumes, func(v struct{ Name string }) bool { return v.Name == mount.Name }) {
			t.Errorf("%s mounts %q, which is no volume", mount.Path, mount.Name)
		}
	}
	for _, env := range server.Env {
		if strings.HasPrefix(env.Value, "/") && !slices.ContainsFunc(mounted, func(path string) bool { return strings.HasPrefix(env.Value, path+"/") }) {
			t.Errorf("%s lies in no volume", env.Value)
		}
	}
	// The image's cache folder, since the root file system is read only.
	if !slices.Contains(mounted, "/cache") || !strings.Contains(read(t, "../Containerfile"), "XDG_CACHE_HOME=/cache\n") {
		t.Errorf("the cache is not at /cache: %v", mounted)
	}
}

// docs/operating.md tells how to try the image's build without an engine.
func TestContainerfile(t *testing.T) {
	image, page := read(t, "../Containerfile"), read(t, "../docs/operating.md")
	flags := "go build -buildvcs=true -trimpath -ldflags='-s -w' -o "
	if !strings.Contains(image, flags) || !strings.Contains(page, flags) {
		t.Errorf("image and page do not both say %q", flags)
	}
	last := image[strings.LastIndex(image, "\nFROM "):]
	for _, want := range []string{"\nUSER 65532:65532\n", "\nENTRYPOINT [", "\nEXPOSE 8080\n"} {
		if !strings.Contains(last, want) {
			t.Errorf("the last stage lacks %q", want)
		}
	}
	if strings.Contains(last, "\nRUN ") {
		t.Error("the last stage has no shell to run anything")
	}
}
