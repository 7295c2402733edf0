package lexicon

import (
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// shipped is the lexicon that lies in policies/.
var shipped = sync.OnceValues(func() (*Lexicon, error) { return Load(os.DirFS("../../policies")) })

func load(t testing.TB) *Lexicon {
	t.Helper()
	l, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// Every example of a topic is read as the heading it stands under says.
func TestExamples(t *testing.T) {
	l := load(t)
	for _, id := range slices.Sorted(maps.Keys(l.Topics)) {
		t.Run(id, func(t *testing.T) {
			if len(l.Topics[id].Examples) == 0 {
				t.Error("has no examples")
			}
			for _, wrong := range l.Misread(id) {
				t.Errorf("%q is read as %s, want %s", wrong.Text, wrong.Read, wrong.Side)
			}
		})
	}
}

// One phrase, one clause: the table of docs/lexicon.md.
func TestPhrases(t *testing.T) {
	tests := map[string]struct {
		phrase string
		finds  []string
		misses []string
	}{
		"inflection":       {"Export", []string{"Export", "des Exports", "EXPORTE", "Daten-Export", "Export-Datei"}, []string{"Exporteur", "Datenexport", "Exportdatei"}},
		"verb":             {"liefern", []string{"liefert", "zu liefern", "lieferte"}, []string{"Lieferant", "Lieferung"}},
		"strong verb":      {"übergeben", []string{"übergibt den Code", "übergeben", "uebergab"}, []string{"Übergabe"}},
		"separable verb":   {"bereitstellen", []string{"bereitgestellt", "bereitzustellen", "Er stellt die Daten zum Abruf bereit."}, []string{"Er stellt Daten."}},
		"prefix of two":    {"herunterladen", []string{"heruntergeladen", "herunterzuladen", "Sie lädt die Liste herunter."}, []string{"Sie lädt Gäste ein."}},
		"separable strong": {"herausgeben", []string{"gibt den Quellcode heraus", "herausgegeben", "herauszugeben"}, []string{"gibt den Quellcode"}},
		"hyphen":           {"Exit-Konzept", []string{"Exit-Konzept", "Exit Konzept", "Exitkonzepte"}, []string{"Exit und Konzept"}},
		"left part":        {"Quellcode*", []string{"Quellcode", "Quellcodeübergabe"}, []string{"Quelle", "Binärquellcode"}},
		"right part":       {"*export", []string{"Datenexport", "Vollexports", "Export"}, []string{"Exportdatei"}},
		"middle":           {"*lizenz*", []string{"Unterlizenzierung"}, []string{"Patent"}},
		"capitals":         {"API", []string{"API", "APIs", "API-Doku"}, []string{"api", "Apis"}},
		"exact":            {"=Go", []string{"in Go geschrieben"}, []string{"go", "Gos", "GO"}},
		"sequence":         {"offen Format", []string{"offenes Format", "in offenen, Formaten"}, []string{"offenes und freies Format"}},
		"short gap":        {"Export .. Format", []string{"Export in einem freien Format"}, []string{"Export wird gemeinsam mit dem Auftraggeber abgestimmt, Format"}},
		"articles":         {"Export Daten", []string{"Export der Daten"}, []string{"Export von Daten"}},
		"together":         {"Export + Metadaten", []string{"Metadaten gehören zum Export"}, []string{"Export"}},
		"choice":           {"(offen|frei) Format", []string{"freie Formate", "offenes Format"}, []string{"gutes Format"}},
		"optional":         {"[vollständig] Export der", []string{"Export der", "vollständiger Export der"}, []string{"der Export"}},
		"optional middle":  {"Export [vollständig] Daten", []string{"Export Daten", "Export vollständiger Daten"}, []string{"Daten Export"}},
		"slot":             {"Laufzeit .. {duration}", []string{"Laufzeit beträgt 48 Monate", "Laufzeit: vier Jahre"}, []string{"Laufzeit beträgt 48"}},
		"percent":          {"Gewicht .. {percent}", []string{"Gewicht: 15 %", "Gewicht von 15 Prozent"}, []string{"Gewicht 15"}},
		"infinitive":       {"ist ... {infinitive}", []string{"Die Datei ist mit jeder Version bereitzustellen.", "Als Datenbank ist X einzusetzen"}, []string{"Das ist einzigartig", "ist der Einzug"}},
		"acronym":          {"Schnittstelle .. {acronym}", []string{"Schnittstelle zu WHISARD", "Schnittstelle zu WHIS und OLGA"}, []string{"Schnittstelle zu Olga", "Schnittstelle zum GIS", "SCHNITTSTELLE ZU ALTEN SYSTEMEN", "SCHNITTSTELLE IHRER WAHL"}},
		"umlaut":           {"Öffnung", []string{"öffnung", "Oeffnung"}, []string{"Offnung"}},
		"dotted":           {"z.B.", []string{"z. B. hier", "z.B. hier"}, []string{"zB"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			m := newMatcher()
			if err := m.add(Label{Set: SetTopic, ID: "x"}, test.phrase); err != nil {
				t.Fatal(err)
			}
			m.addUnits()
			m.build()
			scanner := m.NewScanner()
			for _, text := range test.finds {
				if hits, _ := scanner.Scan(text); len(hits) == 0 {
					t.Errorf("%q is not found in %q", test.phrase, text)
				}
			}
			for _, text := range test.misses {
				if hits, _ := scanner.Scan(text); len(hits) > 0 {
					t.Errorf("%q is found in %q at %d-%d", test.phrase, text, hits[0].Start, hits[0].End)
				}
			}
		})
	}
}

func TestBadPhrases(t *testing.T) {
	for name, test := range map[string]struct{ phrase, want string }{
		"empty":         {"", "a part is empty"},
		"open bracket":  {"(a|b", "bracket ( is not closed"},
		"gap at start":  {".. a", "nothing stands before"},
		"gap at end":    {"a ..", "nothing stands after a gap"},
		"unknown slot":  {"a {colour}", "there is no {colour}"},
		"only optional": {"[a]", "at least one word"},
		"only a slot":   {"{percent}", "at least one word"},
		"stray bracket": {"a )", "not expected"},
		"bare star":     {"a *", "is not a word"},
		"bare sign":     {"terms & conditions", `"&" is not a word`},
		"exact sign":    {"terms =& conditions", `"=&" is not a word`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := parsePhrase(test.phrase, nil)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
}

// What could match nothing is refused before any text is read, and said where it stands.
func TestRefusedAtLoad(t *testing.T) {
	for name, test := range map[string]struct{ file, content, want string }{
		"phrase": {"lexicon/rights.yaml", "topics:\n  rights:\n    met:\n      en: [terms & conditions]\n", `phrase "terms & conditions"`},
		"alias":  {"catalogue/marks.yaml", "product:\n  mark: {name: Mark, aliases: [\"&\"], source: s, checked: d}\n", `alias "&"`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Load(fstest.MapFS{test.file: {Data: []byte(test.content)}})
			if err == nil || !strings.Contains(err.Error(), test.file) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one that names %s and %s", err, test.file, test.want)
			}
		})
	}
}

func TestExclusionOfAnUnknownTopic(t *testing.T) {
	_, err := Load(fstest.MapFS{"lexicon/a.yaml": {Data: []byte("topics:\n  tea:\n    excluded: coffee\n    met:\n      en: [tea]\n")}})
	if err == nil || !strings.Contains(err.Error(), "topic tea") || !strings.Contains(err.Error(), "coffee") {
		t.Errorf("error %v, want one that names tea and coffee", err)
	}
}

func TestNames(t *testing.T) {
	data := fstest.MapFS{"catalogue/a.yaml": {Data: []byte(`
product:
  word: {name: Microsoft Word, aliases: [Microsoft Word, MS Word], ambiguous: [Word], context: [Textverarbeitung, Dokument], source: s, checked: d}
  oracle_database: {name: Oracle Database, aliases: [Oracle Database, Oracle-Datenbank], source: s, checked: d}
  csharp: {name: C#, aliases: ["C#", .NET], source: s, checked: d}
vendor:
  oracle: {name: Oracle, aliases: [Oracle], source: s, checked: d}
`)}}
	l, err := Load(data)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string][]string{
		"Export nach MS Word":                  {"word"},
		"Word für Word":                        {"word?", "word?"},
		"Ein Word-Dokument":                    {"word"},
		"in other word":                        nil,
		"Oracle Database 19c":                  {"oracle_database"},
		"Oracle-Datenbanken und Oracles Preis": {"oracle"},
		"eine Oracle-Lizenz":                   {"oracle"},
		"Oracles":                              {"oracle"},
		"Entwicklung in C# und .NET":           {"csharp", "csharp"},
		"Internet und C":                       nil,
		"unter EUPL-1.2 oder Apache-2.0":       {"spdx_eupl-1.2", "spdx_apache-2.0"},
	} {
		var got []string
		hits, _ := l.Matcher.NewScanner().Scan(text)
		for _, hit := range hits {
			if hit.Set == SetName {
				id := hit.ID
				if hit.Side == SideAmbiguous {
					id += "?"
				}
				got = append(got, id)
			}
		}
		if text == "Oracle-Datenbanken und Oracles Preis" {
			continue // see TestNameInflection
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

func TestSentences(t *testing.T) {
	l := load(t)
	for name, want := range map[string][]string{
		"abbreviations": {"Gemäß § 31 Abs. 6 VgV bzw. Nr. 3 gilt dies z. B. für Lizenzen.", "Danach nicht."},
		"dates":         {"Am 1. Januar 2027 endet der Vertrag.", "Er verlängert sich nicht."},
		"quotation":     {"Er sagt: „So nicht.“", "Dann geht er."},
		"semicolon":     {"Der Export ist Pflicht;", "die Kosten trägt der Bieter."},
		"English":       {"The U.S. agency shall pay.", "It will not pay twice (see Sec. 3)."},
		"decimal":       {"Version 3.2.1 kostet 1.200,50 Euro."},
		"ends":          {"Ende"},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(want, l.Sentences(strings.Join(want, " "))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestLanguage(t *testing.T) {
	l := load(t)
	for text, want := range map[string]string{
		"Der Auftragnehmer stellt die Daten bereit.": "de",
		"The contractor shall deliver the data.":     "en",
		"OpenAPI 3.1":                                "",
	} {
		if got := l.Language(l.Matcher.NewScanner(), text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

// German phrases are not looked for in English clauses; English terms are at home in both.
func TestUnderstood(t *testing.T) {
	l := load(t)
	scanner := l.Matcher.NewScanner()
	for text, want := range map[string]bool{
		"The client has access to the portal and to the data.": false, // „Client … Access“
		"Der Client setzt eine Datenbank in Access voraus.":    true,
		"Clients: Access":                      true, // no small words tell
		"Ein Vendor Lock-in ist zu vermeiden.": true,
		"The solution must avoid vendor lock-in, and so must its parts.": true,
	} {
		reading := l.Read(scanner, text, l.Language(scanner, text))
		got := slices.ContainsFunc(reading.Topics, func(topic TopicReading) bool {
			return topic.ID == "platform_named" || topic.ID == "vendor_dependency"
		})
		if got != want {
			t.Errorf("%q: read as one of platform or dependency: %v, want %v", text, got, want)
		}
	}
}

func TestValues(t *testing.T) {
	l := load(t)
	scanner := l.Matcher.NewScanner()
	for text, want := range map[string][]Value{
		"Die Laufzeit beträgt 48 Monate.": {{Kind: "duration", Number: 48, Unit: "month", Count: 1}},
		"12 contiguous months":            {{Kind: "duration", Number: 12, Unit: "month", Count: 1}},
		"12 successive months":            {{Kind: "duration", Number: 12, Unit: "month", Count: 1}},
		"12 zusammenhängende Monate":      {{Kind: "duration", Number: 12, Unit: "month", Count: 1}},
		"Option 2 x 12 Monate":            {{Kind: "duration", Number: 12, Unit: "month", Count: 2}},
		"a term of three (3) years":       {{Kind: "duration", Number: 3, Unit: "year", Count: 1}},
		"binnen zwei Wochen":              {{Kind: "duration", Number: 2, Unit: "week", Count: 1}},
		"support for 5 yrs":               {{Kind: "duration", Number: 5, Unit: "year", Count: 1}},
		"1-yr extension":                  {{Kind: "duration", Number: 1, Unit: "year", Count: 1}},
		"48 mths from go-live":            {{Kind: "duration", Number: 48, Unit: "month", Count: 1}},
		"base 12 mos., option 2 x 6 mths": {{Kind: "duration", Number: 12, Unit: "month", Count: 1}, {Kind: "duration", Number: 6, Unit: "month", Count: 2}},
		"within 3 wks":                    {{Kind: "duration", Number: 3, Unit: "week", Count: 1}},
		"12 most common errors":           nil,
		"thirty-six months":               {{Kind: "duration", Number: 36, Unit: "month", Count: 1}},
		"sechsunddreißig Monate":          {{Kind: "duration", Number: 36, Unit: "month", Count: 1}},
		"30 Kalendertage Abruf":           {{Kind: "duration", Number: 30, Unit: "day", Count: 1}},
		"ein Jahresbericht":               nil,
		"Gewichtung 12,5 %":               {{Kind: "percentage", Number: 12.5, Count: 1}},
		"Kosten von 1.250.000,00 EUR":     {{Kind: "amount", Number: 1250000, Unit: "EUR", Count: 1}},
		"$1,250.50 per month":             {{Kind: "amount", Number: 1250.5, Unit: "USD", Count: 1}},
		"Vertrag bis zum 12.01.2027":      {{Kind: "date", Day: "2027-01-12", Count: 1}},
		"Vertrag ab 3. März 2027":         {{Kind: "date", Day: "2027-03-03", Count: 1}},
		"contract by January 12, 2027":    {{Kind: "date", Day: "2027-01-12", Count: 1}},
	} {
		_, values := scanner.Scan(text)
		var got []Value
		for _, value := range values {
			value.Start, value.End, value.First, value.Last = 0, 0, 0, 0
			if value.Kind != "number" {
				got = append(got, value)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

func TestNegation(t *testing.T) {
	data := fstest.MapFS{
		"lexicon/a.yaml": {Data: []byte(`
topics:
  export:
    met: {de: [Export + Daten, Export + (geschuldet|vorzusehen)], en: [export data]}
    risk: {de: [Entgelt .. Wechsel, nur .. Ausdruck], en: [only printouts]}
`)},
		"lexicon/language.yaml": {Data: mustRead(t, "../../policies/lexicon/language.yaml")},
	}
	l, err := Load(data)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"Der Export der Daten ist geschuldet.":                                   "met",
		"Ein Export der Daten ist nicht geschuldet.":                             "risk",
		"Ein Export der Daten ist nicht nur möglich.":                            "met",
		"Der Export der Daten erfolgt ohne Mitwirkung.":                          "met",
		"Es fallen keine Entgelte für den Wechsel an.":                           "met",
		"Der Preis ist nicht fest, der Export der Daten schon.":                  "met",
		"Soweit kein Abruf angeboten wird, ist ein Export der Daten umzusetzen.": "met",
		"If the API cannot be provided, the vendor shall export data.":           "met",
		"Wenn die Daten alt sind, ist ein Export nicht geschuldet.":              "risk",
		"The vendor does not export data.":                                       "risk",
		"The vendor shall export data.":                                          "met",
		// Behind the comma of a denied duty; the duty may stand behind what it denies.
		"Der Auftragnehmer ist nicht verpflichtet, den Export der Daten anzubieten.": "risk",
		"Kein Export der Daten ist Pflicht.":                                         "risk",
		"Schulungen sind nicht geschuldet, der Export der Daten ist vorzusehen.":     "met",
		"Der Export der Daten ist vorzusehen, Schulungen sind nicht geschuldet.":     "met",
		"Ein Export, der alle Daten umfasst, ist nicht geschuldet.":                  "risk",
		// What is taken out is what follows at once.
		"Alle Leistungen mit Ausnahme des Exports der Daten":                "risk",
		"Der Export ist mit Ausnahme von Protokollen für alle Daten da.":    "met",
		"Ohne Protokolle ist ein Export der Daten vorzusehen.":              "met",
		"Abweichend von § 5 ist ein Export der Daten sofort möglich.":       "met",
		"The vendor shall provide all services excluding export of data.":   "none",
		"The vendor shall do all work with the exception of export data.":   "risk",
		"Nothing in this section obliges the vendor to export data.":        "risk",
		"The vendor shall neither delete nor export data.":                  "risk",
		"Möglich ist nicht nur ein Ausdruck, sondern ein Export der Daten.": "met",
		"Möglich ist nur ein Ausdruck.":                                     "risk",
		"The vendor shall provide not only printouts.":                      "none",
		"Der Export ist ohne Werkzeuge vorzusehen.":                         "met",
		"The export data duty is out of scope.":                             "risk",
		// A promise that the supplier may break.
		"Sofern der Auftragnehmer zustimmt, ist ein Export der Daten möglich.": "weak",
		"If the vendor agrees, it shall export data.":                          "weak",
	} {
		if got := l.sideOf(l.Matcher.NewScanner(), "export", text); got != want {
			t.Errorf("%q is read as %s, want %s", text, got, want)
		}
	}
}

// What the supplier may do is no duty; what others can do is as good as written.
func TestOptional(t *testing.T) {
	l := load(t)
	scanner := l.Matcher.NewScanner()
	for text, want := range map[string]bool{
		"Der Auftragnehmer kann den Quellcode übergeben.":                                   true,
		"Optional kann der Anbieter den Quellcode übergeben.":                               true,
		"Der Auftragnehmer darf dem Auftraggeber den Quellcode übergeben.":                  true,
		"Der Quellcode kann vom Auftragnehmer übergeben werden.":                            true,
		"Der Auftraggeber kann den Vertrag kündigen.":                                       false,
		"Der Auftraggeber kann vom Auftragnehmer den Quellcode verlangen.":                  false,
		"Die Lösung des Anbieters kann in jedem Rechenzentrum betrieben werden.":            false,
		"Die Software kann auch durch andere Anbieter betrieben werden.":                    false,
		"Der Auftragnehmer muss den Quellcode übergeben und kann dafür ein Archiv anlegen.": false,
		"Der Auftragnehmer kann die Übergabe des Quellcodes nicht verweigern.":              false,
		"Erwirbt ein Dritter Anteile am AN, kann der AG den Vertrag kündigen.":              false,
		"If the supplier is insolvent, the customer may terminate the contract.":            false,
		"Der Auftragnehmer übergibt den Quellcode.":                                         false,
		"The supplier may hand over the source code.":                                       true,
		"The source code may be delivered by the contractor.":                               true,
		"The customer may terminate the contract.":                                          false,
		"The supplier's software can be operated by a third party.":                         false,
		"The software can be operated by another supplier.":                                 false,
		"The contractor shall deliver the source code and may use an archive.":              false,
		"The supplier may not refuse to hand over the source code.":                         false,
		"All data can be exported at any time.":                                             false,
		"The supplier delivers the source code.":                                            false,
		"The agency can request the source code from the contractor.":                       false,
	} {
		if got := l.Read(scanner, text, l.Language(scanner, text)).Optional; got != want {
			t.Errorf("%q is read as optional: %v, want %v", text, got, want)
		}
	}
}

// Freedom of bidders speaks for a topic that says so.
func TestOption(t *testing.T) {
	data := fstest.MapFS{
		"lexicon/a.yaml": {Data: []byte(`
topics:
  duty: {met: {de: [Quellcode + übergeben]}}
  half: {weak: {de: [Quellcode]}}
  freedom: {option: met, met: {de: [Quellcode + übergeben]}}
`)},
		"lexicon/language.yaml": {Data: mustRead(t, "../../policies/lexicon/language.yaml")},
	}
	l, err := Load(data)
	if err != nil {
		t.Fatal(err)
	}
	text := "Der Bieter kann den Quellcode übergeben."
	want := []TopicReading{{ID: "duty", Polarity: Weak, Optional: true}, {ID: "freedom", Polarity: Met}, {ID: "half", Polarity: Weak, Optional: true}}
	got := l.Read(l.Matcher.NewScanner(), text, "de").Topics
	for i := range got {
		got[i].Start, got[i].End = 0, 0
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	data["lexicon/a.yaml"] = &fstest.MapFile{Data: []byte("topics:\n  duty: {option: perhaps}\n")}
	if _, err := Load(data); err == nil {
		t.Error("an option that nobody knows is let pass")
	}
}

func mustRead(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// What stands in an address or ends a file's name is no mention.
func TestAddresses(t *testing.T) {
	l := load(t)
	scanner := l.Scanner()
	defer l.Return(scanner)
	for text, want := range map[string]bool{
		"Der Quellcode liegt auf GitHub.":                                     true,
		"Siehe https://github.com/18F/prototype.":                             false,
		"Siehe [GitHub](https://github.com/18F/prototype).":                   true,
		"The prototype at (https://example.org/a?b=GitHub) is old.":           false,
		"Der Export liefert JSON.":                                            true,
		"Maßgeblich ist data/centers.json.":                                   false,
		"Zulässig sind die Formate .json und .xml.":                           true,
		"Ein Bericht unter https://example.org/bericht.pdf liegt als CSV vor": true,
	} {
		if got := len(l.Read(scanner, text, "").Names) > 0; got != want {
			t.Errorf("%q: names %t, want %t", text, got, want)
		}
	}
}
