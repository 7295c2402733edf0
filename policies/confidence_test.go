package policies

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"

	"github.com/austauschbar/austauschbar"
)

// code is a code in the text of a criterion, as lib.result is handed it.
var code = regexp.MustCompile(`result\.(?:finding|likely|unsure)\(rego\.metadata\.chain\(\), "(\w+)"`)

// texts gives the text of each criterion by its id.
func texts(t *testing.T) map[string]string {
	t.Helper()
	modules, _, err := parse(Shipped(), whole)
	if err != nil {
		t.Fatal(err)
	}
	texts, id := map[string]string{}, regexp.MustCompile(`(?m)^#   id: (\S+)$`)
	for name, module := range modules {
		if _, ok := groupOf(module.Package); !ok {
			continue
		}
		text, err := shipped.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts[string(id.FindSubmatch(text)[1])] = string(text)
	}
	return texts
}

// What the table names exists: a rule that was renamed would lose its precision.
func TestMeasuredNames(t *testing.T) {
	var table struct {
		Topics, Mentions map[string]any
		Rules            map[string]struct {
			From  []string
			Codes map[string]any
		}
	}
	if _, err := readTable(Shipped(), measuredFile, &table); err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Properties struct {
			Topics struct{ Required []string }
		}
	}
	if err := json.Unmarshal(FactsSchema(), &schema); err != nil {
		t.Fatal(err)
	}
	topics, criteria := schema.Properties.Topics.Required, texts(t)
	for topic := range table.Topics {
		if !slices.Contains(topics, topic) {
			t.Errorf("there is no topic %q", topic)
		}
	}
	for kind := range table.Mentions {
		if !slices.Contains(austauschbar.MentionKinds, kind) {
			t.Errorf("there is no kind of names %q", kind)
		}
	}
	if len(table.Rules) == 0 {
		t.Error("the table is empty: run make confidence")
	}
	for id, rule := range table.Rules {
		for _, from := range rule.From {
			if table.Topics[from] == nil && table.Mentions[from] == nil {
				t.Errorf("%s is said to come from %q, which is not measured", id, from)
			}
		}
		for code := range rule.Codes {
			if !strings.Contains(criteria[id], `"`+code+`"`) && !(code == "missing" && strings.Contains(criteria[id], "result.missing(")) {
				t.Errorf("%s has no code %q", id, code)
			}
		}
	}
}

// Names of kinds that do not exist would never be measured.
func TestMentionsOfCriteria(t *testing.T) {
	var owned decided
	if _, err := readTable(Shipped(), decidedFile, &owned); err != nil {
		t.Fatal(err)
	}
	for id, kinds := range owned.Mentions {
		for _, kind := range kinds {
			if !slices.Contains(austauschbar.MentionKinds, kind) {
				t.Errorf("%s: there is no kind of names %q", id, kind)
			}
		}
	}
}

// Every rule has a precision, measured or not: a finding without one would drop
// out of the review.
func TestEveryCodeHasConfidence(t *testing.T) {
	p := mustLoad(t)
	query, err := prepare(t.Context(), p.compiler, p.data, "confidence := data.policies.lib.result.confidence(input.criterion, input.code, input.certainty)")
	if err != nil {
		t.Fatal(err)
	}
	for id, text := range texts(t) {
		codes := []string{"missing"}
		for _, found := range code.FindAllStringSubmatch(text, -1) {
			codes = append(codes, found[1])
		}
		for _, code := range codes {
			for _, certainty := range certainties {
				input := ast.MustInterfaceToValue(map[string]string{"criterion": id, "code": code, "certainty": certainty})
				results, err := query.Eval(t.Context(), rego.EvalParsedInput(input))
				if err != nil || len(results) != 1 {
					t.Errorf("%s %s, %s: %v, error %v", id, code, certainty, results, err)
				}
			}
		}
	}
}
