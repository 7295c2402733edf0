package templates

import (
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar"
)

// suggested is what words of a language suggest for a finding in a.md.
func suggested(t *testing.T, language string, finding austauschbar.Finding, others ...austauschbar.Criterion) string {
	t.Helper()
	review := austauschbar.Review{Criteria: others, Findings: []austauschbar.Finding{finding}, Dossier: austauschbar.ReviewDossier{
		Language:  "en",
		Documents: []austauschbar.DocumentFact{{Path: "a.md", Language: "de"}, {Path: "p.md", Language: "de", Role: "price_sheet"}},
	}}
	filled, err := load(t, language).Fill(review)
	if err != nil {
		t.Fatal(err)
	}
	return filled.Findings[0].Suggestion
}

func at(path, quote string) *austauschbar.Evidence {
	return &austauschbar.Evidence{Path: path, Line: 3, Quote: quote}
}

func TestSuggestionOfSentences(t *testing.T) {
	const clause = "Der Auftraggeber darf die Dokumentation der Schnittstellen unentgeltlich an Dritte weitergeben und veröffentlichen"
	secret := at("a.md", "Sie ist vertraulich.")
	cut := at("a.md", "Sie ist vertraulich.")
	cut.Cut = true
	same := *secret
	same.Place = "a.md, line 3"
	elsewhere := *at("a.md", "Etwas anderes.")
	for name, test := range map[string]struct {
		evidence *austauschbar.Evidence
		severity string
		others   []austauschbar.Criterion
		want     string
	}{
		"in the quote's place":           {secret, "major", nil, clause + "."},
		"the clause goes on":             {at("a.md", "Sie ist vertraulich;"), "major", nil, clause + ";"},
		"a list follows":                 {at("a.md", "Sie ist vertraulich:"), "major", nil, ""},
		"it goes on a sentence":          {at("a.md", "vertraulich ist."), "major", nil, ""},
		"a part of a sentence":           {cut, "major", nil, ""},
		"a position of a price sheet":    {at("p.md", "Sie ist vertraulich."), "major", nil, ""},
		"only asked":                     {secret, "question", nil, ""},
		"another criterion rests on it":  {secret, "major", []austauschbar.Criterion{{ID: "IF-01", Evidence: []austauschbar.Evidence{same}}}, ""},
		"another one has more than that": {secret, "major", []austauschbar.Criterion{{ID: "IF-01", Evidence: []austauschbar.Evidence{same, elsewhere}}}, clause + "."},
	} {
		t.Run(name, func(t *testing.T) {
			finding := austauschbar.Finding{Criterion: "IF-03", Code: "risk", Severity: test.severity, Evidence: test.evidence}
			if got := suggested(t, "en", finding, test.others...); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

// A clause calls the parties by what the document calls them.
func TestSuggestionToLicensees(t *testing.T) {
	const rights = "an den für ihn erstellten Ergebnissen"
	licence := austauschbar.DocumentFact{Path: "l.md", Language: "de", Licence: true}
	contract := austauschbar.DocumentFact{Path: "c.md", Language: "de"}
	for name, test := range map[string]struct {
		documents []austauschbar.DocumentFact
		evidence  *austauschbar.Evidence
		want      string
	}{
		"a licence":                {[]austauschbar.DocumentFact{licence, contract}, at("l.md", "Es gilt ein einfaches Recht."), "Der Lizenznehmer erhält " + rights},
		"a contract":               {[]austauschbar.DocumentFact{licence, contract}, at("c.md", "Es gilt ein einfaches Recht."), "Der Auftraggeber erhält " + rights},
		"missing in a licence":     {[]austauschbar.DocumentFact{licence}, nil, "Der Lizenznehmer erhält " + rights},
		"missing in both of these": {[]austauschbar.DocumentFact{licence, contract}, nil, "Der Auftraggeber erhält " + rights},
	} {
		t.Run(name, func(t *testing.T) {
			code := "weak"
			if test.evidence == nil {
				code = "missing"
			}
			filled, err := load(t, "de").Fill(austauschbar.Review{
				Findings: []austauschbar.Finding{{Criterion: "CE-07", Code: code, Severity: "major", Evidence: test.evidence}},
				Dossier:  austauschbar.ReviewDossier{Language: "de", Documents: test.documents},
			})
			if err != nil {
				t.Fatal(err)
			}
			if got := filled.Findings[0].Suggestion; !strings.HasPrefix(got, test.want) {
				t.Errorf("%q, want it to begin with %q", got, test.want)
			}
		})
	}
}

func TestSuggestionOfAdditions(t *testing.T) {
	const sentence = " Der Export umfasst alle Daten einschließlich Metadaten, Anlagen und Historie."
	const measure = " (die Gleichwertigkeit bemisst sich nach Funktionsumfang, Schnittstellen und Leistung)"
	for name, test := range map[string]struct{ criterion, code, quote, want string }{
		"a sentence":                 {"EX-03", "no_scope", "Ein Export ist vorgesehen.", "Ein Export ist vorgesehen." + sentence},
		"behind an item":             {"EX-03", "no_scope", "Export", "Export." + sentence},
		"a list follows":             {"EX-03", "no_scope", "Export:", ""},
		"in the sentence":            {"NE-02", "no_yardstick", "Gefordert ist X oder gleichwertig.", "Gefordert ist X oder gleichwertig" + measure + "."},
		"in an item":                 {"NE-02", "no_yardstick", "X oder gleichwertig", "X oder gleichwertig" + measure},
		"the sentence is a question": {"NE-02", "no_yardstick", "X oder gleichwertig?", ""},
	} {
		t.Run(name, func(t *testing.T) {
			finding := austauschbar.Finding{Criterion: test.criterion, Code: test.code, Severity: "major", Evidence: at("a.md", test.quote),
				Args: map[string]any{"products": []any{"X"}, "count": 1.0}}
			if got := suggested(t, "en", finding); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

func TestSuggestionAtAName(t *testing.T) {
	frame := func(before, name, after string, bare bool) map[string]any {
		return map[string]any{"before": before, "name": name, "after": after, "bare": bare}
	}
	for name, test := range map[string]struct {
		criterion, code, language, quote string
		frame                            map[string]any
		want                             string
	}{
		"in its place":          {"NE-01", "named", "de", "Gefordert ist X 9.", frame("Gefordert ist ", "X 9", ".", true), "Gefordert ist Technik der Art „Datenbank“."},
		"first in the sentence": {"NE-01", "named", "en", "X is required.", frame("", "X", " is required.", true), "Technology of the type “Datenbank” is required."},
		"behind an article":     {"NE-01", "named", "de", "Gefordert ist eine X.", frame("Gefordert ist eine ", "X", ".", false), ""},
		"behind it":             {"NE-03", "no_equivalent", "de", "Gefordert ist eine X.", frame("Gefordert ist eine ", "X", ".", false), "Gefordert ist eine X oder gleichwertig."},
		"in parentheses":        {"NE-02", "no_equivalent", "de", "Gefordert ist eine Datei (X).", frame("Gefordert ist eine Datei (", "X", ").", true), "Gefordert ist eine Datei (X oder gleichwertig; Datenbank – die Gleichwertigkeit bemisst sich nach Funktionsumfang, Schnittstellen und Leistung)."},
		"in them, nothing more": {"NE-03", "no_equivalent", "de", "Gefordert ist eine Norm (X).", frame("Gefordert ist eine Norm (", "X", ").", true), "Gefordert ist eine Norm (X oder gleichwertig)."},
		"part of a noun":        {"NE-03", "no_equivalent", "de", "Gefordert sind X-Lizenzen.", map[string]any{}, ""},
		"of another passage":    {"NE-03", "no_equivalent", "de", "Gefordert ist X.", frame("Verlangt ist ", "X", ".", true), ""},
	} {
		t.Run(name, func(t *testing.T) {
			finding := austauschbar.Finding{Criterion: test.criterion, Code: test.code, Severity: "major", Evidence: at("a.md", test.quote), Args: map[string]any{
				"name": "X", "open": false, "count": 1.0, "language": test.language, "function": "Datenbank", "frame": test.frame,
			}}
			if got := suggested(t, "de", finding); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

// A clause to add is in the language of the dossier, a clause for a place in that of its
// document.
func TestSuggestionOfWhatIsMissing(t *testing.T) {
	missing := austauschbar.Finding{Criterion: "LI-06", Code: "missing", Severity: "question"}
	if got, want := suggested(t, "de", missing), "Switching charges and egress charges are excluded."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	missing.Evidence = at("a.md", "Hier könnte es stehen.")
	if got, want := suggested(t, "en", missing), "Wechselentgelte und Egress-Entgelte sind ausgeschlossen."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
