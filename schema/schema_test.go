package schema

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
)

func TestDecode(t *testing.T) {
	for name, test := range map[string]struct{ data, want string }{
		"fine":            {"title: A\nregime: vgv\nstarted: 2026-09-01\ncontract: {months: 48, options: [12, 12]}\nroles: {a.docx: specification}\n", ""},
		"empty":           {"", ""},
		"unknown key":     {"title: A\nregmie: vgv\n", `line 2: unknown key "regmie"; did you mean "regime"?`},
		"far-off key":     {"colour: red\n", `line 1: unknown key "colour"; known are ai, award, budget, complete`},
		"nested key":      {"contract:\n  month: 4\n", `line 2: unknown key "month"; did you mean "months"?`},
		"wrong value":     {"regime: vgw\n", `line 1: regime: value must be one of 'vgv', 'uvgo'`},
		"wrong role":      {"roles:\n  a.docx: spec\n", `line 2: roles.a.docx: value must be one of`},
		"wrong type":      {"complete: perhaps\n", `line 1: complete: got string, want boolean`},
		"wrong date":      {"started: yesterday\n", `line 1: started: 'yesterday' is not valid date`},
		"broken":          {"title: [\n", "line 1"},
		"alias":           {"title: &a x\nstage: *a\n", "aliases are not allowed"},
		"not a mapping":   {"- a\n", "want object"},
		"several unknown": {"zz: 1\nyy: 2\n", `unknown key "yy"`},
	} {
		t.Run(name, func(t *testing.T) {
			var manifest austauschbar.Manifest
			err := Decode(Dossier, []byte(test.data), &manifest)
			if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
}

func TestDecodeFills(t *testing.T) {
	var got austauschbar.Manifest
	if err := Decode(Dossier, []byte("title: A\ncomplete: true\ncontract: {months: 48, options: [12]}\n"), &got); err != nil {
		t.Fatal(err)
	}
	complete := true
	want := austauschbar.Manifest{Title: "A", Complete: &complete, Contract: &austauschbar.Contract{Months: 48, Options: []int{12}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The facts' topics and kinds are closed: a policy that misspells one must not
// compile.
func TestFactsAreClosed(t *testing.T) {
	data, err := Schema(Facts, []string{"data_export"})
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Properties map[string]struct {
			AdditionalProperties any
			Properties           map[string]any
		}
	}
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	for property, want := range map[string]int{"topics": 1, "mentions": len(austauschbar.MentionKinds)} {
		got := schema.Properties[property]
		if got.AdditionalProperties != false || len(got.Properties) != want {
			t.Errorf("%s: additionalProperties %v, %d properties, want false and %d", property, got.AdditionalProperties, len(got.Properties), want)
		}
	}
}

func TestUnknownName(t *testing.T) {
	if _, err := Schema("dossiers", nil); err == nil || !strings.Contains(err.Error(), "want one of [batch config dossier facts profile register review server waivers]") {
		t.Errorf("error %v", err)
	}
}

func TestNearest(t *testing.T) {
	for word, want := range map[string]string{"regmie": "regime", "REGIME": "regime", "xyz": ""} {
		if got := Nearest(word, []string{"title", "regime"}); got != want {
			t.Errorf("%s: %q, want %q", word, got, want)
		}
	}
}
