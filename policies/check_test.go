package policies

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/austauschbar/austauschbar"
)

func TestCheckFindsNothingInTheShippedPolicies(t *testing.T) {
	t.Parallel()
	complaints, err := Check(t.Context(), Shipped(), FactsSchema())
	if err != nil || len(complaints) > 0 {
		t.Errorf("complaints %+v, error %v", complaints, err)
	}
}

// sound is a criterion that nothing can be said against.
const sound = `# METADATA
# title: Own
# description: A criterion of a test.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://example.org/law
#     description: "§ 1 of a law, of 1 January 2026"
# custom:
#   id: IF-99
#   kind: B
#   weight: 5
#   stage: draft
#   owner: policy owners
package policies.criteria.interfaces.own

rating := "met" if count(input.topics.exit_plan) > 0
`

const soundTest = `package policies.criteria.interfaces.own_test

import data.policies.criteria.interfaces.own
import data.policies.lib.fake

test_met if own.rating == "met" with input as fake.topic("exit_plan", ["met"])
`

func TestCheck(t *testing.T) {
	t.Parallel()
	const rule, tests = "criteria/interfaces/own/own.rego", "criteria/interfaces/own/own_test.rego"
	for name, test := range map[string]struct {
		file, old, new string // a change to a sound criterion
		at             string // file and line of the complaint
		problem        string
		remedy         string
	}{
		"no title":       {rule, "# title: Own\n", "", rule + ":15", "lacks title", "# title"},
		"no description": {rule, "# description: A criterion of a test.\n", "", rule + ":15", "lacks description", "one sentence"},
		"no schema":      {rule, "# schemas:\n#   - input: schema.facts\n", "", rule + ":14", "schema of the facts", "input: schema.facts"},
		"no owner":       {rule, "#   owner: policy owners\n", "", rule + ":15", "custom.owner", "owner:"},
		"no source":      {rule, "# related_resources:\n#   - ref: https://example.org/law\n#     description: \"§ 1 of a law, of 1 January 2026\"\n", "", rule + ":13", "names no source", "related_resources"},
		"bare source":    {rule, "#     description: \"§ 1 of a law, of 1 January 2026\"\n", "", rule + ":15", "lacks an address or description", "paragraph"},
		"no real source": {rule, "stage: draft", "stage: stable", rule + ":16", "an example for a source", "rests on"},
		"weight":         {rule, "weight: 5", "weight: 50", rule + ":16", "custom.weight 50", "writing-criteria"},
		"id":             {rule, "id: IF-99", "id: IF-199", rule + ":16", `id "IF-199" is none`, "two digits"},
		"id of another":  {rule, "id: IF-99", "id: IF-01", rule + ":16", "id IF-01 is that of", "next free"},
		"other group":    {rule, "id: IF-99", "id: EX-99", rule + ":16", "belongs to group exchangeability", "neighbours"},
		"no test":        {tests, "test_met", "met", rule + ":0", "has no tests", "own_test.rego"},
		"misspelt topic": {rule, "topics.exit_plan", "topics.exit_paln", rule + ":18", "undefined ref", "austauschbar schema facts"},
		"clock":          {rule, "count(input.topics.exit_plan) > 0", "time.now_ns() > 0", rule + ":18", "undefined function time.now_ns", "input.today"},
		"network":        {rule, "count(input.topics.exit_plan) > 0", `http.send({"url": "https://example.org"})`, rule + ":18", "undefined function http.send", "no network"},
		"misspelt call":  {rule, "count(", "cuont(", rule + ":18", "undefined function cuont", "mend the name"},
		"syntax":         {rule, "if count(", "if count((", rule + ":19", "", "mend the rule"},
		"format":         {rule, "> 0", ">  0", rule + ":0", "is not formatted", "opa fmt"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			over := fstest.MapFS{rule: {Data: []byte(sound)}, tests: {Data: []byte(soundTest)}}
			changed := strings.Replace(string(over[test.file].Data), test.old, test.new, 1)
			if changed == string(over[test.file].Data) {
				t.Fatal("the change changes nothing")
			}
			over[test.file].Data = []byte(changed)
			complaints, err := Check(t.Context(), Overlay(over, Shipped()), FactsSchema())
			if err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(complaints, func(c Complaint) bool {
				return placeText(c) == test.at && strings.Contains(c.Problem, test.problem) && strings.Contains(c.Remedy, test.remedy)
			}) {
				t.Errorf("complaints %+v, want %s: %s (%s)", complaints, test.at, test.problem, test.remedy)
			}
		})
	}
}

func placeText(c Complaint) string { return fmt.Sprintf("%s:%d", c.File, c.Line) }

func TestCheckNamesUnknownIDs(t *testing.T) {
	t.Parallel()
	for file, text := range map[string]string{
		"profiles/own/data.json":        "{\n\"criteria\": {\"IF-77\": {\"weight\": 1}}}",
		"crosswalks/own/data.yaml":      "items:\n  - {id: AV-09, criteria: {IF-77: full}}",
		"confidence/measured/data.yaml": "rules:\n  IF-77: {precision: 0.5}",
	} {
		t.Run(file, func(t *testing.T) {
			complaints, err := Check(t.Context(), Overlay(fstest.MapFS{file: {Data: []byte(text)}}, Shipped()), FactsSchema())
			if err != nil {
				t.Fatal(err)
			}
			if len(complaints) != 1 || complaints[0].File != file || complaints[0].Line != 2 || complaints[0].Problem != "there is no criterion IF-77" {
				t.Errorf("complaints %+v", complaints)
			}
		})
	}
}

// What only loading shows is a complaint too.
func TestCheckLoads(t *testing.T) {
	t.Parallel()
	complaints, err := Check(t.Context(), Overlay(fstest.MapFS{"profiles/own/data.json": {Data: []byte("{")}}, Shipped()), FactsSchema())
	if err != nil || len(complaints) != 1 || !strings.Contains(complaints[0].Problem, "profiles/own/data.json") {
		t.Errorf("complaints %+v, error %v", complaints, err)
	}
}

func TestRead(t *testing.T) {
	said, err := Read(Shipped())
	if err != nil {
		t.Fatal(err)
	}
	exit := said["EX-02"]
	if len(exit.Codes["risk"]) == 0 || len(exit.Codes["missing"]) == 0 || exit.Open || !slices.Contains(exit.Topics, "exit_plan") {
		t.Errorf("EX-02 says %+v", exit)
	}
	if code := exit.CodeAt(exit.Codes["risk"][0]); code != "risk" || exit.CodeAt(0) != "" {
		t.Errorf("code %q at its line, %q at none", code, exit.CodeAt(0))
	}
}

func TestFirings(t *testing.T) {
	p := mustLoad(t)
	firings, err := p.Firings(t.Context(), []austauschbar.Facts{factsWith("exit_plan", "risk"), factsWith("exit_plan", "met")})
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	for _, firing := range firings {
		if firing.Criterion == "EX-02" {
			counts[strings.TrimSpace(firing.Rule+" "+firing.Code)] += firing.Dossiers
		}
	}
	if counts["rating"] != 2 || counts["findings risk"] != 1 || counts["findings weak"] != 0 {
		t.Errorf("fired: %v", counts)
	}
}

func TestTestIsOPAs(t *testing.T) {
	t.Parallel()
	over := fstest.MapFS{
		"criteria/interfaces/own/own.rego":      {Data: []byte(sound + "\nnot_applicable := \"never\" if count(input.topics.exit_plan) > 7\n")},
		"criteria/interfaces/own/own_test.rego": {Data: []byte(soundTest + "\ntest_wrong if {\n\tcount([]) == 0\n\town.rating == \"partly\" with input as fake.facts\n}\n")},
	}
	tested, err := Test(t.Context(), Overlay(over, Shipped()), `own_test\.`)
	if err != nil {
		t.Fatal(err)
	}
	if tested.Ran != 2 || len(tested.Failed) != 1 {
		t.Fatalf("tested %+v", tested)
	}
	if failure := tested.Failed[0]; failure.Name != "test_wrong" || failure.Line != 10 || !strings.HasPrefix(failure.Cause, "own.rating == ") {
		t.Errorf("failure %+v", failure)
	}
	if !slices.ContainsFunc(tested.Uncovered, func(l Lines) bool { return l.File == "criteria/interfaces/own/own.rego" && l.First == 20 }) {
		t.Errorf("uncovered %+v", tested.Uncovered)
	}
}
