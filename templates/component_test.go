package templates_test

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// A component is what GitLab makes of a file in this folder.
type component struct {
	inputs map[string]input
	header any    // all of the first document
	body   string // the second document, before inputs are put in
}

type input struct {
	Type        string
	Description string
	Default     any
	Options     []string
	Regex       string
}

func readComponent(t *testing.T) component {
	t.Helper()
	data, err := os.ReadFile("review.yml")
	if err != nil {
		t.Fatal(err)
	}
	header, body, ok := strings.Cut(string(data), "\n---\n")
	if !ok {
		t.Fatal("review.yml has no header")
	}
	var spec struct {
		Spec struct{ Inputs map[string]input }
	}
	decoder := yaml.NewDecoder(strings.NewReader(header))
	decoder.KnownFields(true)
	if err := decoder.Decode(&spec); err != nil {
		t.Fatal(err)
	}
	read := component{inputs: spec.Spec.Inputs, body: body}
	if err := yaml.Unmarshal([]byte(header), &read.header); err != nil {
		t.Fatal(err)
	}
	return read
}

var interpolation = regexp.MustCompile(`\$\[\[(.*?)]]`)

// interpolate puts inputs in as GitLab does: into the text, before it is read as
// YAML. An input that is not declared or not used is an error.
func (c component) interpolate(given map[string]any) (string, error) {
	values := map[string]string{}
	for name, declared := range c.inputs {
		value, err := declared.value(given[name])
		if err != nil {
			return "", fmt.Errorf("input %s: %w", name, err)
		}
		values[name] = value
	}
	for name := range given {
		if _, ok := values[name]; !ok {
			return "", fmt.Errorf("input %s is not declared", name)
		}
	}
	used, failure := map[string]bool{}, error(nil)
	text := interpolation.ReplaceAllStringFunc(c.body, func(block string) string {
		name := strings.TrimPrefix(strings.TrimSpace(block[len("$[["):len(block)-len("]]")]), "inputs.")
		value, ok := values[name]
		if !ok || block != "$[[ inputs."+name+" ]]" {
			failure = fmt.Errorf("%s names no input", block)
		}
		used[name] = true
		return value
	})
	for name := range values {
		if !used[name] {
			failure = fmt.Errorf("input %s is not used", name)
		}
	}
	return text, failure
}

// value is what a value given becomes, nil for none. GitLab matches regular
// expressions as Go does, with RE2.
func (i input) value(given any) (string, error) {
	if given == nil {
		given = i.Default
	}
	switch value := given.(type) {
	case bool:
		if i.Type != "boolean" {
			return "", errors.New("is no boolean")
		}
		return strconv.FormatBool(value), nil
	case string:
		switch {
		case i.Type != "" && i.Type != "string":
			return "", fmt.Errorf("is a %s", i.Type)
		case i.Options != nil && !slices.Contains(i.Options, value):
			return "", fmt.Errorf("%q is none of %v", value, i.Options)
		case i.Regex != "" && !regexp.MustCompile(i.Regex).MatchString(value):
			return "", fmt.Errorf("%q does not match %s", value, i.Regex)
		}
		return value, nil
	}
	return "", fmt.Errorf("%v is neither text nor boolean", given)
}

// A job is what the component becomes.
type job struct {
	Stage        string
	Image        struct{ Name string }
	Rules        []struct{ If string }
	AllowFailure bool `yaml:"allow_failure"`
	Variables    map[string]string
	Script       []string
	Artifacts    struct {
		When    string
		Reports map[string]string
	}
}

func (c component) job(t *testing.T, given map[string]any) (string, job) {
	t.Helper()
	text, err := c.interpolate(given)
	if err != nil {
		t.Fatal(err)
	}
	var jobs map[string]job
	if err := yaml.Unmarshal([]byte(text), &jobs); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	if len(jobs) != 1 {
		t.Fatalf("%d jobs", len(jobs))
	}
	for name, only := range jobs {
		return name, only
	}
	panic("unreachable")
}

// Everything has a default, so that an include line alone is enough, and every text
// is bounded.
func TestInputs(t *testing.T) {
	read := readComponent(t)
	for name, declared := range read.inputs {
		if declared.Default == nil || declared.Description == "" {
			t.Errorf("%s has no default or no description", name)
		}
		if declared.Type != "boolean" && declared.Options == nil && !(strings.HasPrefix(declared.Regex, "^") && strings.HasSuffix(declared.Regex, "$")) {
			t.Errorf("%s takes any text", name)
		}
	}
	if strings.Contains(strings.Join(second(read.job(t, nil)).Script, ""), "$[[") {
		t.Error("an input stands in the script")
	}
	if _, err := read.interpolate(map[string]any{"pfad": "."}); err == nil {
		t.Error("an unknown input is taken")
	}
}

func second[A, B any](_ A, b B) B { return b }

func TestHostileInputsAreRefused(t *testing.T) {
	read := readComponent(t)
	for name, declared := range read.inputs {
		if declared.Type == "boolean" {
			continue
		}
		for _, hostile := range []string{
			`a"`, `a" b: "c`, "a\nscript: id", "a\n", "\na", "a\r", "a\x00", `a\`, "$(id)", "a`id`", "-a", "", "$[[ inputs.path ]]",
		} {
			if text, err := read.interpolate(map[string]any{name: hostile}); err == nil {
				t.Errorf("%s takes %q:\n%s", name, hostile, text)
			}
		}
	}
}

// What is let in arrives as it was given.
func TestInputsArrive(t *testing.T) {
	given := map[string]any{
		"job_name": "Austauschbar DE-1", "stage": ".pre", "image": "${CI_DEPENDENCY_PROXY_GROUP_IMAGE_PREFIX}/golang:1.26@sha256:0a", "version": "v1.2.3-rc.1",
		"path": "Vergabe 2027/Straße & 'Co'; #1: {a}, [b] (neu)", "language": "en", "profile": "tender-vgv", "fail_on": "level:D", "comment": false, "code_quality": false, "junit": true,
	}
	read := readComponent(t)
	if len(given) != len(read.inputs) {
		t.Fatalf("%d of %d inputs are tried", len(given), len(read.inputs))
	}
	name, got := read.job(t, given)
	arrived := map[string]any{"job_name": name, "stage": got.Stage, "image": got.Image.Name}
	for variable, value := range got.Variables {
		if of, ok := strings.CutPrefix(variable, "AUSTAUSCHBAR_INPUT_"); ok {
			arrived[strings.ToLower(of)] = value
		}
	}
	for name, want := range given {
		if fmt.Sprint(arrived[name]) != fmt.Sprint(want) {
			t.Errorf("%s: %q, want %q", name, arrived[name], want)
		}
	}
}

var condition = regexp.MustCompile(`^\$(\w+) == (?:\$(\w+)|"(\w+)")$`)

// runs says whether the job is in a pipeline with these variables.
func (j job) runs(t *testing.T, variables map[string]string) bool {
	t.Helper()
	return slices.ContainsFunc(j.Rules, func(rule struct{ If string }) bool {
		parts := condition.FindStringSubmatch(rule.If)
		if parts == nil {
			t.Fatalf("rule %q is not understood", rule.If)
		}
		return variables[parts[1]] == cmp.Or(variables[parts[2]], parts[3])
	})
}

// A push to a branch with a merge request starts two pipelines in a project that
// has jobs of both kinds; ours is in one of them.
func TestRules(t *testing.T) {
	for name, test := range map[string]struct {
		variables map[string]string
		want      bool
	}{
		"merge request":      {map[string]string{"CI_PIPELINE_SOURCE": "merge_request_event", "CI_MERGE_REQUEST_IID": "7"}, true},
		"branch":             {map[string]string{"CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BRANCH": "draft"}, false},
		"default branch":     {map[string]string{"CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BRANCH": "main"}, true},
		"scheduled":          {map[string]string{"CI_PIPELINE_SOURCE": "schedule", "CI_COMMIT_BRANCH": "main"}, true},
		"tag":                {map[string]string{"CI_PIPELINE_SOURCE": "push", "CI_COMMIT_TAG": "v1.0.0"}, false},
		"scheduled, a draft": {map[string]string{"CI_PIPELINE_SOURCE": "schedule", "CI_COMMIT_BRANCH": "draft"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			test.variables["CI_DEFAULT_BRANCH"] = "main"
			_, only := readComponent(t).job(t, nil)
			if got := only.runs(t, test.variables); got != test.want {
				t.Errorf("runs: %v, want %v", got, test.want)
			}
		})
	}
}

// Reports count whatever the job ends with.
func TestReportsAreKept(t *testing.T) {
	_, only := readComponent(t).job(t, nil)
	if only.Artifacts.When != "always" || len(only.Artifacts.Reports) != 2 || only.AllowFailure {
		t.Errorf("%+v, allow_failure %v", only.Artifacts, only.AllowFailure)
	}
}
