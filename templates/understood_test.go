package templates

import (
	"testing"

	"github.com/austauschbar/austauschbar"
)

// A reader sees from what was understood why a question is asked or not.
func TestUnderstood(t *testing.T) {
	for name, test := range map[string]struct {
		dossier austauschbar.ReviewDossier
		de, en  string
	}{
		"documents only": {
			austauschbar.ReviewDossier{Kind: "architecture"},
			"Verstanden als: Lösungsarchitektur", "Understood as: solution architecture",
		},
		"order": {
			austauschbar.ReviewDossier{Kind: "tender", Order: "own_software", Regime: "vgv"},
			"Verstanden als: Vergabeunterlagen; Auftrag: Arbeit an Software, deren Code der Auftraggeber hat; Vergaberecht: VgV",
			"Understood as: tender documents; order: work on software whose code the buyer has; procurement law: VgV",
		},
		"order and solution": {
			austauschbar.ReviewDossier{Kind: "tender", Order: "licences", Form: "command_line", Regime: "uvgo", Language: "de"},
			"Verstanden als: Vergabeunterlagen; Auftrag: Bezug oder Verlängerung von Lizenzen; Lösung: Kommandozeilenprogramm; Vergaberecht: UVgO; Sprache: Deutsch",
			"Understood as: tender documents; order: purchase or renewal of licences; solution: command line program; procurement law: UVgO; language: German",
		},
		"solution alone": {
			austauschbar.ReviewDossier{Kind: "architecture", Form: "library"},
			"Verstanden als: Lösungsarchitektur; Lösung: Programmbibliothek",
			"Understood as: solution architecture; solution: program library",
		},
	} {
		t.Run(name, func(t *testing.T) {
			for language, want := range map[string]string{"de": test.de, "en": test.en} {
				if got, err := load(t, language).understood(austauschbar.Review{Dossier: test.dossier}); err != nil || got != want {
					t.Errorf("%q, %v, want %q", got, err, want)
				}
			}
		})
	}
}

// Whatever the evaluator tells of orders and solutions has a name in every language.
func TestOrdersAndFormsHaveNames(t *testing.T) {
	names := map[string][]string{
		"order": {"own_software", "hardware", "licences", "services"},
		"form":  {"editor_extension", "embedded_software", "command_line", "library", "static_site", "mobile_app", "stateless", "prototype", "blank"},
	}
	for _, language := range []string{"de", "en"} {
		words := load(t, language)
		for kind, ids := range names {
			for _, id := range ids {
				if name, err := words.say(kind+"."+id, nil); err != nil || name == "" {
					t.Errorf("%s %s %s: %q, %v", language, kind, id, name, err)
				}
			}
		}
	}
}
