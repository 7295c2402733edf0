package main

import (
	"testing"

	"github.com/austauschbar/austauschbar"
)

func TestProfileFor(t *testing.T) {
	known := func(value, source string) *austauschbar.Known[string] {
		return &austauschbar.Known[string]{Value: value, Source: source}
	}
	drawing := austauschbar.DocumentFact{Path: "compose.yaml", Role: austauschbar.RoleArchitecture}
	profiles := []string{"architecture", "poc", "tender-uvgo", "tender-vgv"}
	tests := map[string]struct {
		asked    string
		facts    austauschbar.Facts
		profiles []string
		want     string
	}{
		"asked for":    {"poc", austauschbar.Facts{Dossier: austauschbar.DossierFacts{Regime: known("uvgo", "declared")}}, profiles, "poc"},
		"regime":       {"", austauschbar.Facts{Dossier: austauschbar.DossierFacts{Regime: known("uvgo", "inferred")}}, profiles, "tender-uvgo"},
		"nothing told": {"", austauschbar.Facts{}, profiles, "tender-vgv"},
		"architecture": {"", austauschbar.Facts{
			Dossier:   austauschbar.DossierFacts{Kind: known("architecture", "inferred"), Regime: known("uvgo", "inferred")},
			Documents: []austauschbar.DocumentFact{drawing},
		}, profiles, "architecture"},
		"both": {"", austauschbar.Facts{Dossier: austauschbar.DossierFacts{Kind: known("both", "inferred")}}, profiles, "tender-vgv"},
		"an architecture of a procedure": {"", austauschbar.Facts{
			Dossier: austauschbar.DossierFacts{Kind: known("architecture", "inferred"), Regime: known("uvgo", "declared")},
		}, profiles, "tender-uvgo"},
		"a tender that calls itself an architecture": {"", austauschbar.Facts{
			Dossier:   austauschbar.DossierFacts{Kind: known("architecture", "declared")},
			Documents: []austauschbar.DocumentFact{drawing, {Path: "vertrag.md", Role: austauschbar.RoleContract}},
		}, profiles, "tender-vgv"},
		"an award that calls itself an architecture": {"", austauschbar.Facts{
			Dossier: austauschbar.DossierFacts{Kind: known("architecture", "declared"), Award: &austauschbar.Known[bool]{Value: true, Source: "inferred"}},
		}, profiles, "tender-vgv"},
		"policies without that profile": {"", austauschbar.Facts{Dossier: austauschbar.DossierFacts{Kind: known("architecture", "inferred")}}, []string{"tender-vgv"}, "tender-vgv"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := profileFor(test.asked, test.facts, test.profiles); got != test.want {
				t.Errorf("profile: got %q, want %q", got, test.want)
			}
		})
	}
}
