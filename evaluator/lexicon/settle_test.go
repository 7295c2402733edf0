package lexicon

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// Names that are everyday words count where the clause tells that they are meant.
func TestSettledNames(t *testing.T) {
	l, err := Load(fstest.MapFS{
		"lexicon/a.yaml": {Data: []byte("contexts:\n  framework:\n    de: [Frontend*]\ncues:\n  no_name:\n    de: [Go Live, SQL Injection]\n")},
		"catalogue/a.yaml": {Data: []byte(`
product:
  word: {name: Word, aliases: [MS Word], ambiguous: [Word], context: [Textverarbeitung], source: s, checked: d}
  excel: {name: Excel, proper: [Excel], source: s, checked: d}
  react: {name: React, proper: [React], context: [Pakete], tags: [framework], source: s, checked: d}
  flask: {name: Flask, ambiguous: [Flask], context: [Python], tags: [framework], source: s, checked: d}
  golang: {name: Golang, aliases: [Go], source: s, checked: d}
standard:
  sql: {name: SQL, aliases: [SQL], source: s, checked: d}
  fim: {name: FIM, ambiguous: [FIM], context: [Datenfelder], source: s, checked: d}
`)}})
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		text string
		want []string // names that count
	}{
		"proper":                         {"Ein Export nach Excel ist nötig.", []string{"excel"}},
		"proper, joined":                 {"Excel-basierter Planer", []string{"excel"}},
		"proper, alone":                  {"Excel", []string{"excel"}},
		"proper, small":                  {"They excel at it.", nil},
		"proper, opens a sentence":       {"Excel at what you do.", nil},
		"proper, opens a cell":           {"7 | React to incidents", nil},
		"proper, opens, with context":    {"React wird mit Pakete geliefert.", []string{"react"}},
		"context of its own":             {"Die Textverarbeitung Word", []string{"word"}},
		"no context":                     {"Das Word", nil},
		"context of a tag":               {"Im Frontend steht Flask.", []string{"flask"}},
		"context of another tag":         {"Im Frontend steht Word.", nil},
		"neighbour":                      {"Geliefert werden Excel und Word.", []string{"excel", "word"}},
		"neighbour of a neighbour":       {"Word, Flask/Excel", []string{"word", "flask", "excel"}},
		"neighbour that is no product":   {"SQL, Word", []string{"sql"}},
		"standard beside a product":      {"Excel und FIM", []string{"excel"}},
		"too far for a neighbour":        {"Für Excel und das Word", []string{"excel"}},
		"part of what is no name":        {"Schutz vor SQL Injection, Go-Live im Mai", nil},
		"beside what holds it elsewhere": {"SQL und SQL Injection", []string{"sql"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, hit := range l.Read(l.Matcher.NewScanner(), test.text, "").Names {
				if hit.Side == "" {
					got = append(got, hit.ID)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Names with a full stop in them are told from addresses, files and sentences that lack
// a blank.
func TestDottedNames(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"capital":               {"IBU.data", "IBU.data"},
		"domain":                {"beispiel-online.com bleibt", "beispiel-online.com"},
		"domain of three parts": {"map.beispiel.ch, später", "map.beispiel.ch"},
		"small":                 {"beispiel.data", ""},
		"abbreviation":          {"z.B", ""},
		"sentence":              {"später.Die", ""},
		"file":                  {"Beispiel.docx", ""},
		"page":                  {"beispiel.de/portal", ""},
		"web":                   {"www.beispiel.de", ""},
		"number":                {"1234.56", ""},
		"no full stop":          {"Beispiel", ""},
	}
	scanner := load(t).Matcher.NewScanner()
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			scanner.Scan(test.text)
			if got := scanner.dottedAt(0); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
	scanner.Scan("an post@beispiel.de")
	if got := scanner.dottedAt(2); got != "" {
		t.Errorf("%q in an address of mail", got)
	}
}
