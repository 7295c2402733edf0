package templates_test

import (
	"cmp"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"
)

// ciSchema is GitLab's description of its CI configuration, which
// tools/component/fetch.sh fetches.
func ciSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	folder := os.Getenv("AUSTAUSCHBAR_CI_SCHEMA")
	data, err := os.ReadFile(filepath.Join(cmp.Or(folder, filepath.FromSlash("../tmp/ci-schema")), "ci.json"))
	if err != nil {
		if folder != "" || os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skipf("GitLab's schema is not there, `make component` fetches it: %v", err)
	}
	// Commas at the ends of lists, which JSON does not know and YAML does.
	var schema any
	if err := yaml.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("ci.json", schema); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("ci.json")
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

func parse(t *testing.T, text string) any {
	t.Helper()
	var document any
	if err := yaml.Unmarshal([]byte(text), &document); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return document
}

func TestComponentIsAsGitLabDescribes(t *testing.T) {
	schema, read := ciSchema(t), readComponent(t)
	if err := schema.Validate(read.header); err != nil {
		t.Errorf("header: %v", err)
	}
	for name, given := range map[string]map[string]any{
		"defaults": nil,
		"other":    {"image": "$CI_REGISTRY_IMAGE/austauschbar:1", "path": "Vergabe 2027", "comment": false, "fail_on": "gate"},
	} {
		text, err := read.interpolate(given)
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(parse(t, text)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, broken := range []string{"allow_failure: perhaps", "reports: {code_quality: a.json}", "rules: [{iff: $A}]"} {
			if schema.Validate(parse(t, text+"\nbroken:\n  script: [id]\n  "+strings.Replace(broken, "reports:", "artifacts:\n    reports:", 1))) == nil {
				t.Errorf("%s: %q is let pass", name, broken)
			}
		}
	}
}

var (
	fence   = regexp.MustCompile("(?ms)^ *```yaml\n(.*?)^ *```")
	include = regexp.MustCompile(`^\$CI_SERVER_FQDN/austauschbar/austauschbar/review@v\d+\.\d+\.\d+$` +
		`|^https://raw\.githubusercontent\.com/austauschbar/austauschbar/v\d+\.\d+\.\d+/templates/review\.yml$`)
)

var (
	pages = []string{"../docs/opencode.md", "../docs/de/opencode.md"}
	// The catalogue shows the README.
	including = append(slices.Clone(pages), "../README.md")
)

// configurations are the blocks of a page that go into .gitlab-ci.yml.
func configurations(t *testing.T, page string) []string {
	t.Helper()
	data, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, block := range fence.FindAllStringSubmatch(string(data), -1) {
		if strings.Contains(block[1], "include:") {
			found = append(found, block[1])
		}
	}
	if found == nil {
		t.Fatalf("%s includes nothing", page)
	}
	return found
}

type inclusion struct {
	Component, Remote string
	Inputs            map[string]any
}

func included(t *testing.T, text string) []inclusion {
	t.Helper()
	var configuration struct{ Include []inclusion }
	if err := yaml.Unmarshal([]byte(text), &configuration); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	if len(configuration.Include) == 0 {
		t.Fatalf("nothing is included in\n%s", text)
	}
	return configuration.Include
}

// The pages give the component inputs that it has, and tell of all of them.
func TestPagesIncludeTheComponent(t *testing.T) {
	read := readComponent(t)
	for _, page := range including {
		for _, configuration := range configurations(t, page) {
			for _, each := range included(t, configuration) {
				if !include.MatchString(each.Component + each.Remote) {
					t.Errorf("%s includes %+v", page, each)
				}
				if _, err := read.interpolate(each.Inputs); err != nil {
					t.Errorf("%s: %v", page, err)
				}
			}
		}
	}
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for name := range read.inputs {
			if !strings.Contains(string(text), "| `"+name+"` |") {
				t.Errorf("%s does not tell of the input %s", page, name)
			}
		}
	}
}

func TestPagesAreAsGitLabDescribes(t *testing.T) {
	schema := ciSchema(t)
	for _, page := range including {
		for _, configuration := range configurations(t, page) {
			if err := schema.Validate(parse(t, configuration)); err != nil {
				t.Errorf("%s: %v in\n%s", page, err, configuration)
			}
		}
	}
}

// The mirror's own pipeline includes the component of its commit.
func TestRepositoryIncludesTheComponent(t *testing.T) {
	data, err := os.ReadFile("../.gitlab-ci.yml")
	if err != nil {
		t.Fatal(err)
	}
	for _, each := range included(t, string(data)) {
		if each.Component != "$CI_SERVER_FQDN/$CI_PROJECT_PATH/review@$CI_COMMIT_SHA" {
			t.Errorf("includes %q", each.Component)
		}
		_, only := readComponent(t).job(t, each.Inputs)
		if _, err := os.Stat("../" + only.Variables["AUSTAUSCHBAR_INPUT_PATH"]); err != nil {
			t.Error(err)
		}
	}
	if err := ciSchema(t).Validate(parse(t, string(data))); err != nil {
		t.Error(err)
	}
}
