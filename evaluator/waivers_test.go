package evaluator

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/austauschbar/austauschbar"
)

const waiversYAML = "waivers:\n  - criterion: EX-02\n    finding: ex-02-0000000000\n    text: Ein Exit-Konzept wird nicht verlangt.\n    date: 2026-09-01\n    expires: 2027-09-01\n"

// Waivers are facts; what they say is no text of the dossier. Those of a folder
// within the dossier are not the dossier's.
func TestWaivers(t *testing.T) {
	facts := factsOf(t, map[string]string{"a.md": "Der Bieter liefert.", "waivers.yaml": waiversYAML, "inner/waivers.yaml": waiversYAML})
	if len(facts.Waivers) != 1 || facts.Waivers[0].Criterion != "EX-02" || facts.Waivers[0].Expires != "2027-09-01" {
		t.Errorf("waivers %+v", facts.Waivers)
	}
	if len(facts.Documents) != 1 || len(facts.Gaps) != 0 || len(facts.Topics["exit_plan"]) != 0 {
		t.Errorf("documents %v, gaps %v, hits %v", facts.Documents, facts.Gaps, facts.Topics["exit_plan"])
	}
	if without := factsOf(t, map[string]string{"a.md": "Der Bieter liefert."}); without.Waivers == nil || len(without.Waivers) != 0 {
		t.Errorf("waivers %#v, want an empty list", without.Waivers)
	}
}

func TestBrokenWaivers(t *testing.T) {
	e, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	load := func(context.Context) ([]byte, error) {
		return []byte("waivers:\n  - criterion: EX-02\n    aprover: b\n"), nil
	}
	dossier := austauschbar.Dossier{Path: "tender", Documents: []austauschbar.Document{{Path: "waivers.yaml", Load: load}}}
	_, err = e.Facts(t.Context(), dossier, time.Now(), nil)
	if want := `read tender/waivers.yaml: line 3: unknown key "aprover"`; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("error %v, want %q", err, want)
	}
}
