package evaluator

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
)

// Names of systems that the catalogue does not know, by what introduces them.
func TestIntroducedNames(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want []string // name and role, in the order of the text
	}{
		"kind of system":             {"Abgelöst wird das Fachverfahren SchulAkte 9.", []string{"SchulAkte 9 existing_estate"}},
		"later places":               {"Daten aus SchulAkte werden übernommen.\n\nDas Fachverfahren SchulAkte bleibt.", []string{"SchulAkte requirement", "SchulAkte requirement"}},
		"heading":                    {"# Lastenheft\n\n## Dokumentenmanagementsystem DMS-Nord\n\nBescheide sind an DMS-Nord zu übergeben.", []string{"DMS-Nord integration_target"}},
		"row":                        {"| Nr. | Anforderung |\n|---|---|\n| 1 | Die Lösung hat eine Schnittstelle zu TicketMeister. |", []string{"TicketMeister integration_target"}},
		"connection":                 {"Es besteht eine Schnittstelle zum Kartenverkauf über TicketMeister.", []string{"TicketMeister integration_target"}},
		"English":                    {"It replaces the Staff Bidding (STBid) application and all of its reports for the bureau.", []string{"STBid integration_target"}},
		"own subject":                {"# Lastenheft SchulAkte\n\nDie Anwendung SchulAkte soll schnell sein.", nil},
		"no introduction":            {"SchulAkte ist gut.", nil},
		"company":                    {"Geliefert hat die Software SchulAkte Digital GmbH.", nil},
		"word of prose":              {"Die Plattform BürgerInnen zugänglich machen; das System DMS-Daten liefern lassen.", nil},
		"compound":                   {"Kompatibilität und Schnittstelle zu VR-Headsets und zur Q4-Roadmap.", nil},
		"known to the catalogue":     {"Das Portal nutzt die Software PostgreSQL.", nil},
		"no name by the lexicon":     {"The system is built by a DevSecOps platform team with a RESTful interface to the database.", nil},
		"part of another word":       {"Das Fachverfahren SchulAkte bleibt. SchulAktenzeichen sind Nummern.", []string{"SchulAkte requirement"}},
		"association of people":      {"Contributions to the Drupal community are welcome, and the Linux Foundation is a member.", nil},
		"version alone":              {"Für SchulAkte 9 wird ein Datenaustausch benötigt.", []string{"SchulAkte 9 requirement"}},
		"version of a kind or law":   {"Die Einführung der eAkte 2 richtet sich nach SächsDSG 5 und für BürgerInnen 10.", nil},
		"role with a number":         {"The team consists of a ScrumMaster 1 and a developer.", nil},
		"part of the country":        {"Dokumente sind an DMS-Nord zu übergeben.", []string{"DMS-Nord integration_target"}},
		"no part of the country":     {"Dokumente sind an DMS-Systeme zu übergeben, Kreis und Stadt nutzen DMS Nord.", nil},
		"quoted":                     {"Das Fachverfahren „Kompass“ bleibt.", []string{"Kompass requirement"}},
		"quoted word of prose":       {"Die Software „Zukunft“ bleibt. In Zukunft ist Zukunft wichtig.", []string{"Zukunft requirement"}},
		"not quoted":                 {"Das System Schule und das Verfahren Vergabe bleiben; the Department system stays.", nil},
		"called":                     {"Im Einsatz ist eine Anwendung namens Kompass.", []string{"Kompass existing_estate"}},
		"quoted phrase":              {"Die Software „Stand der Technik“ gibt es nicht.", nil},
		"maker":                      {"Eingesetzt wird SchulAkte (Hersteller: Muster).", []string{"SchulAkte requirement"}},
		"maker of a thing":           {"Die Drucker (Hersteller: Muster) bleiben.", nil},
		"based on":                   {"Die Lösung ist auf Basis von FachKern umzusetzen.", []string{"FachKern requirement"}},
		"based on a noun":            {"Die Lösung ist auf Basis von Angeboten umzusetzen.", nil},
		"apposition":                 {"We use the planning system, ALDA, for reporting.", []string{"ALDA existing_estate"}},
		"apposition, later":          {"We use the planning system, ALDA, for reporting. Activities must include ALDA.", []string{"ALDA existing_estate", "ALDA integration_target"}},
		"apposition to be bought":    {"The planning system, ALDA, is new. ALDA must be fast.", nil},
		"list of kinds":              {"The offer covers a system, LIMS, database and API.", nil},
		"list of known products":     {"Experience with Selenium WebDriver, zUnit and TestRail is needed.", []string{"zUnit staff_skill"}},
		"list with one known":        {"JUnit, zUnit und Handbücher sind zu liefern.", nil},
		"compound in a list":         {"Gewünscht: JUnit, WebView-Frontend, TestRail.", nil},
		"column of products":         {"| Aufgabe | Software |\n|---|---|\n| Akten | Muster FachKern |", []string{"FachKern requirement"}},
		"column of something else":   {"| Aufgabe | Anmerkung |\n|---|---|\n| Akten | Muster FachKern |", nil},
		"column of plain words":      {"| Aufgabe | System |\n|---|---|\n| Akten | Neue Zeiterfassung |", nil},
		"by its address":             {"Abgelöst wird die unter beispiel-online.com betriebene Anwendung.", []string{"beispiel-online.com existing_estate"}},
		"address of an office":       {"Fragen zur Anwendung unter https://www.beispiel.de/portal oder an post@beispiel.de.", nil},
		"full stop in its name":      {"Verknüpfungen mit BSP.data sind zu erhalten.", []string{"BSP.data integration_target"}},
		"abbreviation behind kind":   {"Daten aus dem Fachverfahren KITAWEB werden übernommen.", []string{"KITAWEB integration_target"}},
		"duty in capitals":           {"Das System MUSS schnell sein, die Software SOLLTE es auch.", nil},
		"all in capitals":            {"DAS SYSTEM NUTZT STANDARDS", nil},
		"capitals alone are no name": {"Das System ERP und die Software API.", nil},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, mention := range factsOf(t, map[string]string{"a.md": test.text}).Mentions["product"] {
				if mention.Term == "" || name == "association of people" {
					got = append(got, mention.Name+" "+mention.Role)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A sheet has headings of its own, on the second way through a document too.
func TestIntroducedNamesOfSheets(t *testing.T) {
	l, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	w := newWalk(l.lexicon, "a.xlsx")
	defer l.lexicon.Return(w.scanner)
	row := func(sheet, text string) austauschbar.Passage {
		return austauschbar.Passage{Kind: austauschbar.Row, Sheet: sheet, Text: text, Cells: []austauschbar.Cell{{Ref: "A1", Text: text}}}
	}
	w.read(austauschbar.Text{Passages: []austauschbar.Passage{
		{Kind: austauschbar.Heading, Level: 1, Sheet: "Eins", Text: "Erste Tabelle"},
		row("Eins", "Das Fachverfahren SchulAkte bleibt."),
		row("Zwei", "Daten aus SchulAkte werden übernommen."),
	}})
	var sections []string
	for _, mention := range w.found.mentions["product"] {
		sections = append(sections, mention.Evidence.Section)
	}
	if diff := cmp.Diff([]string{"Erste Tabelle", ""}, sections); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Code is full of identifiers that are written like names.
func TestCodeIntroducesNothing(t *testing.T) {
	const text = "Der Code:\n\n```\nexport from the application serverApp\n```\n\nDie Funktion serverApp ist kurz.\n"
	if found := factsOf(t, map[string]string{"a.md": text}).Mentions["product"]; len(found) > 0 {
		t.Errorf("found %v", found)
	}
}

// Platforms that users may choose from are needed none of them; what a solution must run
// on alone, or what it runs on beneath, is named.
func TestPlatformsToChooseFrom(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want []string
	}{
		"browsers":         {"Die Anwendung läuft in gängigen Browsern wie Mozilla Firefox und Google Chrome.", nil},
		"English":          {"The site works with current versions of commonly used browsers: Firefox, Google Chrome and Safari on Windows 11 and macOS.", nil},
		"beside a product": {"The portal is browser independent, supports Firefox and Google Chrome, and stores data in PostgreSQL.", []string{"PostgreSQL"}},
		"one alone":        {"Die Anwendung läuft unter Windows 11.", []string{"Microsoft Windows"}},
		"beneath":          {"Die Anwendung läuft auf Servern unter Debian.", []string{"Debian"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, mention := range factsOf(t, map[string]string{"a.md": test.text}).Mentions["product"] {
				got = append(got, mention.Name)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
