package evaluator

import (
	"slices"
	"testing"
)

// What a product's name is there for, by sentence and section.
func TestRolesOfNames(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"demand":                      {"Die Daten müssen in PostgreSQL gespeichert werden.", "requirement"},
		"nearest heading":             {"# Hinweise zur Angebotsabgabe\n\n## Anforderungen\n\nDie Daten müssen in PostgreSQL gespeichert werden.", "requirement"},
		"outer heading":               {"# Systemlandschaft\n\n## Datenbanken\n\nPostgreSQL 16", "existing_estate"},
		"case that may arise":         {"Im Fall von PostgreSQL müssen Lizenzen nachgewiesen werden.", "example"},
		"condition":                   {"Bei Einsatz von PostgreSQL ist eine Sicherung zu liefern.", "example"},
		"after the condition":         {"Sofern nichts anderes vereinbart ist, müssen die Daten in PostgreSQL gespeichert werden.", "requirement"},
		"choice":                      {"Die Daten müssen entweder in MariaDB oder in PostgreSQL gespeichert werden.", "example"},
		"English choice":              {"The data shall be stored in either MariaDB or PostgreSQL.", "example"},
		"English estate":              {"It must run within a PostgreSQL environment that we manage.", "existing_estate"},
		"form of the procedure":       {"Responses must be provided in the PostgreSQL form.", "procedure"},
		"earlier projects":            {"Please describe previous projects with PostgreSQL.", "staff_skill"},
		"credits":                     {"This text is based on the PostgreSQL guide.", "citation"},
		"credits to a title":          {"Based on the Drupal Association's How to Buy Software: featuring PostgreSQL.", "citation"},
		"credits of a picture":        {"The PostgreSQL screen is shown courtesy of the City.", "citation"},
		"German credits":              {"Basierend auf der Handreichung der Stadt zu PostgreSQL.", "citation"},
		"built on it":                 {"Based on PostgreSQL, the solution must store all data.", "requirement"},
		"table of what is run":        {"Der Auftraggeber betreibt folgende Systeme:\n\n| Dienst | Produkt |\n|---|---|\n| Datenbank | PostgreSQL |", "existing_estate"},
		"table below its caption":     {"Our team manages technical services. These are:\n\nTable 1 - Components\n\n| Service | Component |\n|---|---|\n| Database | PostgreSQL |", "existing_estate"},
		"caption that tells":          {"Table 2: components that we manage\n\n| Service | Component |\n|---|---|\n| Database | PostgreSQL |", "existing_estate"},
		"table of demands":            {"Our team manages technical services.\n\n| Service | Component |\n|---|---|\n| Database | PostgreSQL |", "requirement"},
		"graded row below the estate": {"Der Auftraggeber betreibt folgende Systeme:\n\n| Dienst | Produkt | Kriterium |\n|---|---|---|\n| Datenbank | PostgreSQL | A |", "requirement"},
		"table in the next section":   {"Der Auftraggeber betreibt folgende Systeme:\n\n# Lieferumfang\n\n| Dienst | Produkt |\n|---|---|\n| Datenbank | PostgreSQL |", "requirement"},
		"existing repositories on it": {"Align with existing repositories on GitLab.", "existing_estate"},
		"German repositories on it":   {"Der Code ist in die vorhandenen Repositories auf GitLab einzupflegen.", "existing_estate"},
		"solution of ours":            {"Clone PostgreSQL from our ALM solution.", "existing_estate"},
		"found there":                 {"The form can be found at the GitLab page.", "procedure"},
		"link to report":              {"- Links to the GitLab branch", "procedure"},
		"paste from it":               {"The editor supports Microsoft Word cut-and-paste.", "integration_target"},
		"German paste from it":        {"Der Editor muss das Einfügen aus Microsoft Word unterstützen.", "integration_target"},
		"preferred technology":        {"The site is built (preferably via JavaScript).", "example"},
		"German preferred technology": {"Die Anwendung ist vorzugsweise in Java zu schreiben.", "example"},
		"preferred product":           {"Data are kept preferably in Oracle Database.", "requirement"},
		"joined heading, no blank":    {"##2.0 SYSTEMLANDSCHAFT\n\nPostgreSQL 16", "existing_estate"},
		"office by its initials":      {"For logging and audit, DHSS uses PostgreSQL.", "existing_estate"},
		"office that is to use it":    {"DHSS must use PostgreSQL.", "requirement"},
		"or an alternative":           {"Backend: PostgreSQL / MariaDB (oder Alternative)", "example"},
		"devices of the buyer":        {"Mobile devices for the department are:\n\n- Apple iOS tablets\n", "existing_estate"},
		"data through its interface":  {"It is based on a file accessible through the GitLab API.", "integration_target"},
		"options to choose from":      {"- The vendor selects the database. Options are listed below in declining order of preference:\n\n    - PostgreSQL\n", "example"},
		"label within a choice":       {"Zur Auswahl stehen:\n\n- Datenbanken:\n    - PostgreSQL\n", "example"},
		"item behind a list within":   {"The solution shall use:\n\n- One of these databases, listed in order of preference:\n    - MariaDB\n- PostgreSQL\n", "requirement"},
		"table of systems in use":     {"# Aktuelle Systeme\n\n| System | Stand |\n|---|---|\n| PostgreSQL | eingeführt |", "existing_estate"},
		"programme of its own":        {"The office provides oversight for the functions of the Salesforce Technical Program.", "existing_estate"},
		"account that is lent":        {"They will be given a temporary PostgreSQL account.", "existing_estate"},
		"accounts of the buyer":       {"The agency will provide PostgreSQL accounts.", "existing_estate"},
		"German licences of it":       {"Der Auftraggeber stellt PostgreSQL-Lizenzen bereit.", "existing_estate"},
		"what it was written in":      {"The old tool was written in PostgreSQL.", "existing_estate"},
		"accounts to deliver":         {"The contractor will provide PostgreSQL accounts.", "requirement"},
		"German licences to deliver":  {"Der Auftragnehmer stellt PostgreSQL-Lizenzen bereit.", "requirement"},
		"board of the backlog":        {"User needs are listed in a GitLab board.", "procedure"},
		"room for another product":    {"The solution must allow for migration to PostgreSQL.", "integration_target"},
		"risk that is weighed":        {"# Risikobewertung\n\nHoch, wenn PostgreSQL nicht verfügbar ist.", "question"},
		"payment to connect":          {"Zahlungen müssen über PayPal möglich sein.", "integration_target"},
		"test as a yardstick":         {"Die Webserver erreichen eine Note von A im Qualys SSL Server Test.", "procedure"},
		"English test as a yardstick": {"The site must pass Google PageSpeed tests.", "procedure"},
		"what may come later":         {"# Spätere Ausbaustufen\n\n- Auswertung mit PostgreSQL\n", "example"},
		"duty under a later stage":    {"# Spätere Ausbaustufen\n\nDie Auswertung muss mit PostgreSQL erfolgen.", "requirement"},
		"document of the bid":         {"Vendors shall complete the GitLab response document.", "procedure"},
		"bids handed in with it":      {"Technical submissions must be entered into PostgreSQL by noon.", "procedure"},
		"pages of the bid":            {"Quotes must be in Microsoft Word.", "procedure"},
		"interview of a bidder":       {"Interviewees must join the GitLab session.", "procedure"},
		"registration to bid":         {"Offerors must be registered in GitLab in order to respond.", "procedure"},
		"row of instructions":         {"## Proposal Instructions\n\n| Part | Format |\n|---|---|\n| Price must be completed | PostgreSQL |", "procedure"},
		"under contents of the quote": {"## Contents of the Quote\n\nMicrosoft Word", "procedure"},
		"German form of the bid":      {"Das Preisblatt ist in Microsoft Excel auszufüllen.", "procedure"},
		"German questions":            {"Fragen müssen über GitLab gestellt werden.", "procedure"},
		"German interview":            {"Für das Verhandlungsgespräch ist GitLab zu verwenden.", "procedure"},
		"German papers to hand in":    {"## Einzureichende Unterlagen\n\nMicrosoft Word", "procedure"},
		"submissions of users":        {"Applicants' submissions must be stored in PostgreSQL.", "requirement"},
		"forms to build":              {"The forms of the solution must be built with Drupal.", "requirement"},
		"German forms to build":       {"Das System muss Formulare in PostgreSQL ablegen.", "requirement"},
		"beside it":                   {"The tool must coexist alongside PostgreSQL.", "integration_target"},
		"data exchanged with it":      {"The system must exchange records with PostgreSQL.", "integration_target"},
		"shown in it":                 {"Reports must be viewable in Power BI.", "integration_target"},
		"sign-on through it":          {"The solution shall support authentication through Keycloak.", "integration_target"},
		"German, run with it":         {"Die Software muss zusammen mit PostgreSQL betrieben werden können.", "integration_target"},
		"German, beside it":           {"Die Lösung muss neben PostgreSQL betrieben werden.", "integration_target"},
		"German, interoperable":       {"Die Lösung muss mit PostgreSQL interoperabel sein.", "integration_target"},
		"German, shown in it":         {"Die Termine müssen in Microsoft Outlook erscheinen.", "integration_target"},
		"delivered together":          {"The contractor shall provide PostgreSQL together with its documentation.", "requirement"},
		"built on it, German":         {"Die Lösung muss auf PostgreSQL aufsetzen.", "requirement"},
		"clients that use it":         {"Client agencies require the use of Amazon Web Services.", "existing_estate"},
		"behind what is there":        {"The program requires the use of Amazon Web Services as the infrastructure behind its sites.", "existing_estate"},
		"where it stays":              {"The portal must remain on Drupal.", "existing_estate"},
		"what the old system needed":  {"The old system required PostgreSQL.", "existing_estate"},
		"work of a committee":         {"The committee must record its minutes in PostgreSQL.", "existing_estate"},
		"partner that runs it":        {"The partner organisation operates PostgreSQL and must grant access.", "existing_estate"},
		"German old system":           {"Das bisherige Verfahren setzt zwingend PostgreSQL voraus.", "existing_estate"},
		"German buyer's own":          {"Die Fachverfahren des Amtes benötigen PostgreSQL.", "existing_estate"},
		"German committee":            {"Der Lenkungsausschuss muss seine Beschlüsse in PostgreSQL ablegen.", "existing_estate"},
		"infrastructure to use":       {"The contractor shall use Amazon Web Services as the infrastructure behind the new portal.", "requirement"},
		"new system on it":            {"The new system must be hosted on Microsoft Azure.", "requirement"},
		"use that a buyer demands":    {"The State requires that the contractor use PostgreSQL.", "requirement"},
		"requirements of a glossary":  {"# Glossar\n\nPostgreSQL: eine Datenbank.", "definition"},
	} {
		t.Run(name, func(t *testing.T) {
			found := factsOf(t, map[string]string{"a.md": test.text}).Mentions
			mentions := slices.Concat(found["cloud_service"], found["product"])
			if len(mentions) == 0 {
				t.Fatal("no mention")
			}
			if last := mentions[len(mentions)-1]; last.Role != test.want {
				t.Errorf("%s is read as %s, want %s", last.Name, last.Role, test.want)
			}
		})
	}
}

// Names in addresses of the network are no mentions.
func TestNamesInAddresses(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want int
	}{
		"address":            {"The code follows the policy (https://gitlab.com/agency/policy).", 0},
		"misspelt address":   {"The code follows the [policy] (https:/gitlab.com/agency/policy/) in effect.", 0},
		"without a protocol": {"Der Code liegt unter gitlab.com/agency/policy.", 0},
		"beside an address":  {"GitLab (https://gitlab.com/agency) must be used.", 1},
		"slash between":      {"The code is kept on GitLab/Bitbucket.", 2},
	} {
		t.Run(name, func(t *testing.T) {
			found := factsOf(t, map[string]string{"a.md": test.text}).Mentions
			if got := len(found["product"]) + len(found["cloud_service"]); got != test.want {
				t.Errorf("%d mentions, want %d", got, test.want)
			}
		})
	}
}

// A sentence that goes on about the one before is read with it.
func TestSentencesTogether(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want string // the clause of the half-hearted hit; "" for none
	}{
		"price of what was said":  {"Der Auftragnehmer unterstützt den Übergang auf ein Nachfolgesystem. Hierfür wird nach Aufwand vergütet.", "a.md#1.2"},
		"another matter":          {"Der Auftragnehmer unterstützt den Übergang auf ein Nachfolgesystem. Reisen werden nach Aufwand vergütet.", ""},
		"first of its passage":    {"Der Auftragnehmer unterstützt den Übergang auf ein Nachfolgesystem.\n\nHierfür wird nach Aufwand vergütet.", ""},
		"what is not bought":      {"# Nicht Bestandteil der Leistung\n\nDer Auftragnehmer unterstützt den Übergang auf ein Nachfolgesystem. Hierfür wird nach Aufwand vergütet.", ""},
		"English, what was said":  {"The supplier provides transition support. This is charged on time and materials.", "a.md#1.2"},
		"English, another matter": {"The supplier provides transition support. Travel is charged on time and materials.", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := ""
			for _, hit := range factsOf(t, map[string]string{"a.md": test.text}).Topics["transition_support"] {
				if hit.Polarity == "weak" {
					got = hit.Clause
				}
			}
			if got != test.want {
				t.Errorf("half-hearted at %q, want %q", got, test.want)
			}
		})
	}
}

// An item is read with the sentence that leads into its list, by the topics that ask for
// it, and is the whole hit.
func TestItemsWithTheirLeadIn(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want string // quote of the hit; "" for none
	}{
		"item of the export":      {"Der Export umfasst mindestens:\n\n- Stammdaten;\n- Rollen und Rechte;\n", "Rollen und Rechte;"},
		"English":                 {"Exports include:\n\n- documents\n- user roles\n", "user roles"},
		"list of something else":  {"Die Schulung umfasst mindestens:\n\n- Stammdaten;\n- Rollen und Rechte;\n", ""},
		"below the next sentence": {"Der Export umfasst alles.\n\nEs gibt:\n\n- Rollen und Rechte;\n", ""},
		"said once":               {"Der Export umfasst:\n\n- der Export umfasst Rollen;\n", "der Export umfasst Rollen;"},
		"what is not bought":      {"# Nicht Bestandteil der Leistung\n\nDer Export umfasst:\n\n- Rollen;\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := ""
			hits := factsOf(t, map[string]string{"a.md": test.text}).Topics["exported_rights"]
			for _, hit := range hits {
				got += hit.Evidence.Quote
			}
			if got != test.want {
				t.Errorf("hit at %q, want %q", got, test.want)
			}
		})
	}
}

// A vendor's name that is the first part of another one is no name of its own.
func TestVendorWithinAName(t *testing.T) {
	for text, want := range map[string]int{
		"Die Daten müssen als Esri GeoJSON geliefert werden.":     0,
		"Die Daten müssen mit Produkten von Esri erfasst werden.": 1,
		"Die Daten müssen mit Esri, GeoJSON und CSV lesbar sein.": 1,
	} {
		if found := factsOf(t, map[string]string{"a.md": text}).Mentions["vendor"]; len(found) != want {
			t.Errorf("%s: %d vendors, want %d", text, len(found), want)
		}
	}
}
