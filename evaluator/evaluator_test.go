package evaluator

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
)

var shipped = sync.OnceValues(func() (*Evaluator, error) { return New(os.DirFS("../policies")) })

// factsOf reads documents given by path and text.
func factsOf(t testing.TB, documents map[string]string) austauschbar.Facts {
	t.Helper()
	e, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	var dossier austauschbar.Dossier
	for path, text := range documents {
		dossier.Documents = append(dossier.Documents, austauschbar.Document{Path: path, Size: int64(len(text)), Load: func(context.Context) ([]byte, error) { return []byte(text), nil }})
	}
	facts, err := e.Facts(t.Context(), dossier, time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), nil)
	if err != nil {
		t.Fatal(err)
	}
	return facts
}

func TestEvidence(t *testing.T) {
	facts := factsOf(t, map[string]string{"a.md": "# 3 Vertrag\n\n## 3.2 Exit\n\nZuerst etwas anderes. Der Bieter legt mit dem Angebot ein Exit-Konzept vor.\n"})
	want := austauschbar.Evidence{Path: "a.md", Section: "3.2 Exit", Line: 5, Place: "a.md, 3.2 Exit, line 5", Quote: "Der Bieter legt mit dem Angebot ein Exit-Konzept vor."}
	hits := facts.Topics["exit_plan"]
	if len(hits) != 1 {
		t.Fatalf("hits: %v", hits)
	}
	if diff := cmp.Diff(want, hits[0].Evidence); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	clause := facts.Clauses[hits[0].Clause]
	if diff := cmp.Diff([]string{"3 Vertrag", "3.2 Exit"}, clause.Headings); diff != "" {
		t.Errorf("headings (-want +got):\n%s", diff)
	}
}

// What a table says above a row holds for that row, as a heading does; a sheet has
// headings of its own.
func TestContextOfRows(t *testing.T) {
	l, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	row := func(sheet, text string, context ...string) austauschbar.Passage {
		return austauschbar.Passage{Kind: austauschbar.Row, Sheet: sheet, Text: text, Cells: []austauschbar.Cell{{Text: text}}, Context: context}
	}
	w := newWalk(l.lexicon, "a.xlsx")
	w.read(austauschbar.Text{Passages: []austauschbar.Passage{
		{Kind: austauschbar.Heading, Level: 1, Text: "Anlage", Sheet: "1"},
		row("1", "PostgreSQL 12", "Ist-Zustand", "Server"),
		row("1", "PostgreSQL 15"),
		row("2", "PostgreSQL 16"),
	}})
	type place struct {
		Role     string
		Headings []string
		Section  string
	}
	var got []place
	for _, mention := range w.found.mentions["product"] {
		got = append(got, place{mention.Role, w.found.clauses[mention.Clause].Headings, mention.Evidence.Section})
	}
	want := []place{{"existing_estate", []string{"Anlage", "Ist-Zustand", "Server"}, "Anlage"}, {"requirement", []string{"Anlage"}, "Anlage"}, {"requirement", nil, ""}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Where a name stands decides what it means.
func TestRoles(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"requirement":             {"Zu liefern ist PostgreSQL 15.", "requirement"},
		"existing by heading":     {"# Ist-Zustand\n\nPostgreSQL 12 auf zwei Servern.", "existing_estate"},
		"existing by sentence":    {"Derzeit wird PostgreSQL eingesetzt.", "existing_estate"},
		"existing, English":       {"The agency currently uses PostgreSQL for storage.", "existing_estate"},
		"integration target":      {"Eine Schnittstelle zu Nextcloud ist bereitzustellen.", "integration_target"},
		"integration, English":    {"The system shall integrate with Nextcloud.", "integration_target"},
		"example":                 {"Das System speichert in einer relationalen Datenbank, z. B. PostgreSQL.", "example"},
		"example, English":        {"The system shall use a relational database such as PostgreSQL.", "example"},
		"staff skill":             {"Der Projektleiter verfügt über Erfahrung mit PostgreSQL.", "staff_skill"},
		"quotation":               {"> Zu liefern ist PostgreSQL.", "citation"},
		"glossary":                {"# Glossar\n\nPostgreSQL: ein Datenbanksystem", "definition"},
		"question":                {"Unterstützen Sie PostgreSQL?", "question"},
		"list of interfaces":      {"# Übersicht der Schnittstellen\n\n- PostgreSQL\n", "integration_target"},
		"list under its lead-in":  {"Denkbar sind beispielsweise:\n\n- PostgreSQL\n", "example"},
		"led into as targets":     {"Folgende Systeme sind anzubinden:\n\n- PostgreSQL\n", "integration_target"},
		"led into as estate":      {"Derzeit sind folgende Systeme im Einsatz:\n\n- PostgreSQL\n", "existing_estate"},
		"behind such a list":      {"Folgende Systeme sind anzubinden:\n\n- Altdaten\n\nZu liefern ist PostgreSQL.", "requirement"},
		"under a condition":       {"Sofern PostgreSQL eingesetzt wird, ist die Version zu nennen.", "example"},
		"asked in a row":          {"| Frage | Art |\n|---|---|\n| Ist PostgreSQL enthalten? | Info |\n", "question"},
		"asked and marked":        {"| Frage | Art |\n|---|---|\n| Ist PostgreSQL enthalten? | A |\n", "requirement"},
		"source of data":          {"Die Daten aus PostgreSQL sind zu übernehmen.", "existing_estate"},
		"since a year":            {"Die Hochschule nutzt seit 2012 PostgreSQL.", "existing_estate"},
		"since a year, English":   {"The university has used PostgreSQL since 2012.", "existing_estate"},
		"from a year on":          {"Ab 2027 ist PostgreSQL zu liefern.", "requirement"},
		"sign-on of the buyer":    {"Single sign-on integration must support the PostgreSQL SSO.", "integration_target"},
		"receiver of data":        {"Die Daten sind an PostgreSQL zu übergeben.", "integration_target"},
		"tool of the buyer":       {"Tickets stehen in PostgreSQL des Auftraggebers.", "existing_estate"},
		"a requirement set apart": {"# Requirement\n\n> The system shall use PostgreSQL.", "requirement"},
	} {
		t.Run(name, func(t *testing.T) {
			products := factsOf(t, map[string]string{"a.md": test.text}).Mentions["product"]
			if len(products) != 1 || products[0].Role != test.want {
				t.Errorf("mentions %v, want one of role %s", products, test.want)
			}
		})
	}
}

func TestEquivalence(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want bool
	}{
		"in the sentence":     {"Zu liefern ist PostgreSQL oder gleichwertig.", true},
		"English":             {"Supply PostgreSQL or equivalent.", true},
		"in the lead-in":      {"Zu liefern sind folgende Produkte oder gleichwertige:\n\n- PostgreSQL\n", true},
		"in the column":       {"| Produkt (oder gleichwertig) | Menge |\n|---|---|\n| PostgreSQL | 2 |\n", true},
		"nowhere":             {"Zu liefern ist PostgreSQL.", false},
		"in another one":      {"Zu liefern ist PostgreSQL.\n\nAndere Teile dürfen gleichwertig sein.", false},
		"general clause":      {"Soweit in dieser Leistungsbeschreibung Fabrikate oder Produkte genannt sind, gelten sie mit dem Zusatz „oder gleichwertig“.\n\nZu liefern ist PostgreSQL.", true},
		"in the next one":     {"Zu liefern ist PostgreSQL. Gleichwertige Produkte werden akzeptiert.", true},
		"in the next passage": {"Zu liefern ist PostgreSQL.\n\nGleichwertige Produkte werden akzeptiert.", false},
		"of what it names":    {"PostgreSQL is in use, but equal products may be offered.\n\n# Features", true},
		"only an example":     {"Zu liefern ist eine Datenbank, z. B. PostgreSQL.", false},
		"in a later clause":   {"Zu liefern ist PostgreSQL. Dies gilt für alle Standorte.", false},
	} {
		t.Run(name, func(t *testing.T) {
			products := factsOf(t, map[string]string{"a.md": test.text}).Mentions["product"]
			if len(products) != 1 || products[0].Equivalent != test.want {
				t.Errorf("mentions %+v, want one with equivalent %t", products, test.want)
			}
		})
	}
}

func TestDurations(t *testing.T) {
	for name, test := range map[string]struct {
		text, about, limit string
		months             float64
	}{
		"term":       {"Die Laufzeit des Vertrages beträgt vier Jahre.", "contract_term", "", 48},
		"option":     {"Der Vertrag kann zweimal um 12 Monate verlängert werden (Option).", "extension", "", 12},
		"notice":     {"Die Kündigungsfrist beträgt höchstens zwei Monate.", "notice", "max", 2},
		"warranty":   {"Die Gewährleistung beträgt 24 Monate.", "warranty", "", 24},
		"by heading": {"# Kündigungsfrist\n\nMindestens 60 Tage.", "notice", "min", 2},
	} {
		t.Run(name, func(t *testing.T) {
			durations := factsOf(t, map[string]string{"a.md": test.text}).Durations
			if len(durations) != 1 || durations[0].About != test.about || durations[0].Months != test.months || durations[0].Limit != test.limit {
				t.Errorf("durations %+v", durations)
			}
		})
	}
}

// How often a length is meant may stand in words before it.
func TestRepetitions(t *testing.T) {
	for text, want := range map[string]int{
		"Die Laufzeit kann 2 x 12 Monate verlängert werden.":                       2,
		"Der Vertrag kann zweimal um jeweils ein Jahr verlängert werden.":          2,
		"Der Vertrag kann dreimalig um je 12 Monate verlängert werden.":            3,
		"Es gibt drei Verlängerungsoptionen von jeweils 12 Monaten.":               3,
		"The contract has three option periods of 12 months each.":                 3,
		"The contract may be extended twice by one year.":                          2,
		"The contract may be extended 2 times by up to one year.":                  2,
		"Der Vertrag kann um ein Jahr verlängert werden.":                          1,
		"Zwei Wochen vor Ablauf kann der Vertrag um 12 Monate verlängert werden.":  1,
		"Option 2 sieht eine Verlängerung um 12 Monate vor.":                       1,
		"The two parties may agree on an extension of 12 months for the contract.": 1,
	} {
		durations := factsOf(t, map[string]string{"a.md": text}).Durations
		if len(durations) == 0 || durations[len(durations)-1].Count != want {
			t.Errorf("%q: durations %+v, want the last %d times", text, durations, want)
		}
	}
}

// What stands among the things that are no part of the contract is denied.
func TestExclusion(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"by heading":                     {"# Nicht Bestandteil der Leistung\n\nEin Exit-Konzept wird mit dem Angebot vorgelegt.", "risk"},
		"by heading, English":            {"# Out of scope\n\n- The supplier submits an exit plan with the tender.\n", "risk"},
		"by lead-in":                     {"Nicht geschuldet sind:\n\n- Vorlage eines Exit-Konzepts mit dem Angebot\n", "risk"},
		"what is denied is not demanded": {"# Out of scope\n\nNo exit plan is required.", ""},
		"signs are explained":            {"# MUST, SHOULD nach RFC 2119; OUT = nicht Bestandteil\n\nEin Exit-Konzept wird mit dem Angebot vorgelegt.", "met"},
		"signs are explained, English":   {"# M = mandatory, X = out of scope\n\nThe supplier submits an exit plan with the tender.", "met"},
		"in scope":                       {"# Bestandteil der Leistung\n\nEin Exit-Konzept wird mit dem Angebot vorgelegt.", "met"},
	} {
		t.Run(name, func(t *testing.T) {
			got := ""
			for _, hit := range factsOf(t, map[string]string{"a.md": test.text}).Topics["exit_plan"] {
				got += hit.Polarity
			}
			if got != test.want {
				t.Errorf("polarity %q, want %q", got, test.want)
			}
		})
	}
}

func TestAwardCriteria(t *testing.T) {
	facts := factsOf(t, map[string]string{"a.md": "| Nr. | Zuschlagskriterium | Gewichtung |\n|---|---|---|\n| 1 | Preis | 40 % |\n| 2 | Austauschbarkeit | 15,5 % |\n"})
	if len(facts.AwardCriteria) != 2 || facts.AwardCriteria[1].Name != "Austauschbarkeit" || *facts.AwardCriteria[1].Weight != 15.5 {
		t.Errorf("award criteria %+v", facts.AwardCriteria)
	}
}

// A grade column says how binding a row is.
func TestModality(t *testing.T) {
	table := "| Nr. | Anforderung | A/B |\n|---|---|---|\n| 1 | Datenexport in einem offenen Format | %s |\n"
	for grade, want := range map[string]string{"A": "must", "B": "should", "optional": "may", "?": "none"} {
		facts := factsOf(t, map[string]string{"a.md": strings.Replace(table, "%s", grade, 1)})
		hits := facts.Topics["export_format"]
		if len(hits) == 0 || hits[0].Modality != want {
			t.Errorf("grade %s: hits %+v, want %s", grade, hits, want)
		}
	}
}

// A word in a column outweighs the words of its row: what is optional is half-hearted.
func TestOptionalRows(t *testing.T) {
	table := "| Nr. | Anforderung | Stufe |\n|---|---|---|\n| 1 | %s | %s |\n"
	for name, test := range map[string]struct {
		text, grade, modality, polarity string
		optional                        bool
	}{
		"optional row":            {"Der Quellcode wird mit jeder Version übergeben.", "KANN", "may", "weak", true},
		"optional row, English":   {"Source code is delivered with each release.", "MAY", "may", "weak", true},
		"required row":            {"Der Auftraggeber kann jederzeit die Übergabe des Quellcodes verlangen.", "MUSS", "must", "met", false},
		"a supplier's option":     {"Der Auftragnehmer kann den Quellcode übergeben.", "", "may", "weak", true},
		"a letter may be another": {"Der Auftragnehmer muss den Quellcode übergeben.", "B", "must", "met", false},
	} {
		t.Run(name, func(t *testing.T) {
			hits := factsOf(t, map[string]string{"a.md": fmt.Sprintf(table, test.text, test.grade)}).Topics["source_code"]
			if len(hits) != 1 || hits[0].Modality != test.modality || hits[0].Polarity != test.polarity || hits[0].Optional != test.optional {
				t.Errorf("hits %+v", hits)
			}
		})
	}
}

func TestInferred(t *testing.T) {
	facts := factsOf(t, map[string]string{
		"01_Leistungsbeschreibung.md": "Die Vergabe richtet sich nach der VgV. Der Auftragnehmer liefert die Software.",
		"Preisblatt.md":               "Der Preis ist in Euro anzugeben.",
		"contract.md":                 "The supplier shall deliver the software.",
		"dossier.yaml":                "roles: {contract.md: annex}\n",
	})
	var roles []string
	for _, document := range facts.Documents {
		roles = append(roles, document.Path+" "+document.Role+" "+document.Source+" "+document.Language)
	}
	want := []string{"01_Leistungsbeschreibung.md specification inferred de", "Preisblatt.md price_sheet inferred de", "contract.md annex declared en"}
	if diff := cmp.Diff(want, roles); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if regime := facts.Dossier.Regime; regime == nil || regime.Value != "vgv" || regime.Source != "inferred" {
		t.Errorf("regime %+v", regime)
	}
	if language := facts.Dossier.Language; language == nil || language.Value != "de" {
		t.Errorf("language %+v", language)
	}
}

// A quote is a part of its clause, at most 300 runes and cut at blanks.
func TestLongQuotes(t *testing.T) {
	long := strings.Repeat("außerdem ", 60) + "legt der Bieter mit dem Angebot ein Exit-Konzept vor " + strings.Repeat("überdies ", 60)
	quote := factsOf(t, map[string]string{"a.md": long}).Topics["exit_plan"][0].Evidence.Quote
	if n := utf8.RuneCountInString(quote); n > 300 || n < 200 || !strings.Contains(long, " "+quote+" ") || !strings.Contains(quote, "Exit-Konzept") {
		t.Errorf("%d runes: %q", n, quote)
	}
}

// Every topic and kind is a key, so that policies need not ask whether it is.
func TestAllKeys(t *testing.T) {
	facts := factsOf(t, map[string]string{"a.md": "Text."})
	e, _ := shipped()
	if len(facts.Topics) != len(e.Topics()) || len(facts.Mentions) != len(austauschbar.MentionKinds) {
		t.Errorf("%d topics of %d, %d kinds of %d", len(facts.Topics), len(e.Topics()), len(facts.Mentions), len(austauschbar.MentionKinds))
	}
}

func TestBrokenData(t *testing.T) {
	for name, test := range map[string]struct{ file, data, want string }{
		"unknown key":      {"lexicon/a.yaml", "topics: {x: {mett: {}}}", "load lexicon/a.yaml: yaml: unmarshal errors:\n  line 1: field mett not found"},
		"unknown kind":     {"catalogue/a.yaml", "produkt: {}", `load catalogue/a.yaml: kind "produkt": want one of product`},
		"no source":        {"catalogue/a.yaml", "product: {x: {name: X, aliases: [X]}}", "product x: needs name, source and checked"},
		"no context":       {"catalogue/a.yaml", "product: {x: {name: X, ambiguous: [X], source: s, checked: d}}", "product x: ambiguous needs context"},
		"bad negation":     {"lexicon/a.yaml", "topics: {x: {negation: turns}}", `topic x: negation "turns": want flips`},
		"defined twice":    {"catalogue/a.yaml", "product: {x: {name: X, aliases: [XX], source: s, checked: d}}\nvendor: {x: {name: X, aliases: [XY], source: s, checked: d}}", "x: is defined twice"},
		"nothing to match": {"catalogue/a.yaml", "product: {x: {name: X, source: s, checked: d}}", "needs aliases, proper or ambiguous"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := New(fstest.MapFS{test.file: {Data: []byte(test.data)}})
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
}

// A reader that runs out of time or a caller that gives up must not hang.
func TestCancelled(t *testing.T) {
	e, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	dossier := austauschbar.Dossier{Documents: []austauschbar.Document{{Path: "a.md", Size: 5, Load: func(ctx context.Context) ([]byte, error) { return nil, ctx.Err() }}}}
	if _, err := e.Facts(ctx, dossier, time.Now(), nil); err == nil {
		t.Error("a cancelled reading gives facts")
	}
}

// A document whose size shows only when it is fetched is a gap, as any other that is too
// large.
func TestTooLarge(t *testing.T) {
	e, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	load := func(context.Context) ([]byte, error) { return nil, fmt.Errorf("fetch: %w", austauschbar.ErrTooLarge) }
	facts, err := e.Facts(t.Context(), austauschbar.Dossier{Documents: []austauschbar.Document{{Path: "a.md", Load: load}}}, time.Now(), nil)
	if err != nil || len(facts.Gaps) != 1 || facts.Gaps[0].Reason != "too_large" {
		t.Errorf("%v, gaps %v", err, facts.Gaps)
	}
}

func TestTitle(t *testing.T) {
	for text, want := range map[string]string{
		"# Inhaltsverzeichnis {#toc .TOCHeading}\n\n# Lastenheft Ticketsystem {#x}\n": "Lastenheft Ticketsystem",
		"---\ntitle: Lastenheft\n---\n\n# Anderes\n":                                  "Lastenheft",
		"Nur Text.": "",
		"General Services\n\nRequest for Quotation\n\nFrom: the contracting officer\n\n# Preamble\n\nText.\n":        "Request for Quotation",
		"Stadt Beispielstadt\n\nLeistungsbeschreibung Fachverfahren\n\n# Fristen und Formate\n":                      "Leistungsbeschreibung Fachverfahren",
		"Information Technology Requirements\n\nState of Example\n\n# Table of Contents\n\n# Purpose of the annex\n": "Information Technology Requirements",
		"Subject: Request for Quotation (RFQ)\n\n# Dashboard for permits\n":                                          "Dashboard for permits",
		"The request for proposals was published in May and is attached.\n\n# Portal\n":                              "Portal",
		"&lt;hr/&gt;\n\n* * *\n\n# Background\n\nText.\n\n# Objective of this TOR\n":                                 "",
		"# &lt;br/&gt;\n\n# Terms of reference for a toolkit\n":                                                      "Terms of reference for a toolkit",
		"# Zielbestimmung\n\nText.\n\n# Umfang\n":                                                                    "",
		"# Example LLC has been selected for award of this effort.\n\n# Statement of Work: App\n":                    "Statement of Work: App",
		"# Der Zuschlag wurde am 3. März der Muster GmbH erteilt\n\n# Pflege des Portals\n":                          "Pflege des Portals",
		"# Supplemental Resource Guide\n\n# CMS RFP and procurement guide\n":                                         "CMS RFP and procurement guide",
		"# Supplemental funding portal\n\n# Scope of work\n":                                                         "Supplemental funding portal",
		"Ticketsystem der Stadt\n\n# Präambel\n":                                                                     "Ticketsystem der Stadt",
		"Request for Proposals 2026\n\n# Statement of Work: Portal\n":                                                "Statement of Work: Portal",
	} {
		got := ""
		if title := factsOf(t, map[string]string{"a.md": text}).Dossier.Title; title != nil {
			got = title.Value
		}
		if got != want {
			t.Errorf("%q: title %q, want %q", text, got, want)
		}
	}
}

// A publiccode.yml describes software: it is a fact of its own, and no requirement.
func TestRepositories(t *testing.T) {
	facts := factsOf(t, map[string]string{
		"a.md":                  "Ein Exit-Konzept ist vorzulegen.\n",
		"code/publiccode.yml":   "name: Beispiel\nlegal:\n  license: MIT\nlongDescription: Ein Exit-Konzept ist vorzulegen.\n",
		"broken/publiccode.yml": "name: [\n",
	})
	if len(facts.Repositories) != 1 || facts.Repositories[0].Name != "Beispiel" || facts.Repositories[0].Evidence.Path != "code/publiccode.yml" || facts.Repositories[0].Licence.Evidence.Line != 3 {
		t.Errorf("repositories: %+v", facts.Repositories)
	}
	if len(facts.Topics["exit_plan"]) != 1 {
		t.Errorf("hits: %+v", facts.Topics["exit_plan"])
	}
	if len(facts.Gaps) != 1 || facts.Gaps[0].Path != "broken/publiccode.yml" || facts.Gaps[0].Reason != "damaged" || !strings.HasPrefix(facts.Gaps[0].Detail, "line ") {
		t.Errorf("gaps: %+v", facts.Gaps)
	}
	if len(facts.Documents) != 2 || facts.Documents[1].Format != "publiccode" {
		t.Errorf("documents: %+v", facts.Documents)
	}
	if none := factsOf(t, map[string]string{"a.md": "Text.\n"}); none.Repositories == nil {
		t.Error("without one the list is missing")
	}
}
