package evaluator

import (
	"strings"
	"testing"
)

// What an author may still choose, and what is yet to be filled in, is not said.
func TestBoxes(t *testing.T) {
	const export = "Alle Daten sind jederzeit als CSV zu exportieren."
	for name, test := range map[string]struct {
		text string
		want bool
	}{
		"not ticked":                     {"- ☐ " + export, false},
		"not ticked, further sentences":  {"- ☐ Gemäß Anlage. " + export, false},
		"not ticked, in a paragraph":     {"☐ " + export, false},
		"a task":                         {"- [ ] " + export, false},
		"brackets":                       {"\\[ \\] " + export, false},
		"round brackets":                 {"( ) " + export, false},
		"square beside a tick":           {"□ " + export + "\n\n☒ Anlage 1 gilt.", false},
		"within an item":                 {"- ☐ Zusätzlich gilt:\n  - " + export, false},
		"behind a tick":                  {"☒ Alles in Anlage 1 gilt. ☐ " + export, false},
		"a row":                          {"| | Regelung |\n|---|---|\n| ☐ | " + export + " |", false},
		"a row to choose":                {"| Vereinbart | Regelung |\n|---|---|\n| ☐ | " + export + " |", false},
		"in a cell":                      {"| Nr. | Regelung |\n|---|---|\n| 1 | ☐ " + export + " |", false},
		"field left blank":               {"- Datenexport im Format: ____", false},
		"not ticked, English":            {"- ☐ All data shall be exported as CSV at any time.", false},
		"field left blank, English":      {"Data export format: ______", false},
		"ticked":                         {"- ☒ " + export, true},
		"ticked, other sign":             {"- ☑ " + export, true},
		"task that is done":              {"- [x] " + export, true},
		"brackets that are ticked":       {"\\[x\\] " + export, true},
		"ticked behind one that is not":  {"☐ Anlage 1 gilt. ☒ " + export, true},
		"a row that is ticked":           {"| | Regelung |\n|---|---|\n| ☒ | " + export + " |", true},
		"whether it is met":              {"| Erfüllt | Anforderung |\n|---|---|\n| ☐ | " + export + " |", true},
		"what bidders answer":            {"| Anforderung | ja | nein |\n|---|---|---|\n| " + export + " | ☐ | ☐ |", true},
		"answers behind the demand":      {export + " ☐ ja ☐ nein", true},
		"boxes behind their words":       {export + " ja ☐ nein ☐", true},
		"to be ticked off at acceptance": {"## Abnahmekriterien\n\n- [ ] " + export, true},
		"definition of done":             {"## Definition of Done\n\n- [ ] All data shall be exported as CSV at any time.", true},
		"beside an item":                 {"- ☐ Zusätzlich gilt:\n- " + export, true},
		"square as a bullet":             {"□ " + export, true},
		"a call":                         {"Mit export( ) gilt: " + export, true},
		"sentence with a blank":          {"Alle Daten sind innerhalb von ____ Tagen als CSV zu exportieren.", true},
	} {
		t.Run(name, func(t *testing.T) {
			facts := factsOf(t, map[string]string{"a.md": "# Leistungsbeschreibung\n\nDie Lösung muss barrierefrei sein.\n\n" + test.text + "\n"})
			if got := len(facts.Topics["data_export"]) > 0; got != test.want {
				t.Errorf("says so: %t, want %t", got, test.want)
			}
		})
	}
}

// A name or a length that may still be chosen counts as little.
func TestBoxesNameNothing(t *testing.T) {
	facts := factsOf(t, map[string]string{"a.md": "# Vertrag\n\nBetriebssystem: ☐ Windows ☒ Linux ☐ macOS\n\n- ☐ Die Vertragslaufzeit beträgt 48 Monate.\n- ☒ Die Vertragslaufzeit beträgt 24 Monate.\n"})
	for _, mention := range facts.Mentions["product"] {
		if mention.Term == "windows" || mention.Term == "macos" {
			t.Errorf("%s is named", mention.Term)
		}
	}
	if len(facts.Terms) != 1 || facts.Terms[0].Total != 24 {
		t.Errorf("terms are %v, want one of 24 months", facts.Terms)
	}
}

// Contracts and catalogues of criteria in which nothing is ticked yet are forms.
func TestFormsOfBoxes(t *testing.T) {
	open := strings.Repeat("- ☐ Es gilt Anlage Nr. ____.\n", 6)
	for name, test := range map[string]struct{ file, text, want string }{
		"contract":                 {"vertrag.md", "# Vertrag\n\n" + open, "form"},
		"contract, English":        {"contract.md", "# Contract\n\n" + strings.Repeat("- [ ] Annex ____ applies.\n", 6), "form"},
		"catalogue of criteria":    {"a.md", "# Kriterienkatalog\n\n" + open, "form"},
		"description":              {"a.md", "# Leistungsbeschreibung\n\n" + open, "form"},
		"a box is ticked":          {"vertrag.md", "# Vertrag\n\n- ☒ Es gilt Anlage 1.\n" + open, "contract"},
		"clauses beside the boxes": {"vertrag.md", "# Vertrag\n\n" + strings.Repeat("Der Auftragnehmer haftet nach dem Gesetz.\n\n", 20) + open, "contract"},
		"blanks and no boxes":      {"vertrag.md", "# Vertrag\n\n" + strings.Repeat("Beginn: ____\n\n", 9), "contract"},
	} {
		t.Run(name, func(t *testing.T) {
			facts := factsOf(t, map[string]string{test.file: test.text})
			if got := facts.Documents[0].Role; got != test.want {
				t.Errorf("is read as %s, want %s", got, test.want)
			}
		})
	}
}
