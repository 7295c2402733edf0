package evaluator

import (
	"testing"

	"github.com/austauschbar/austauschbar"
)

// kindsOf tells what was understood of an order and a solution.
func kindsOf(facts austauschbar.Facts) (order, form string) {
	if known := facts.Dossier.Order; known != nil {
		order = known.Value
	}
	if known := facts.Dossier.Form; known != nil {
		form = known.Value
	}
	return order, form
}

func TestOrders(t *testing.T) {
	const (
		partyDE = "Der Auftragnehmer arbeitet sorgfältig. "
		party   = "The contractor works with care. "
	)
	for name, test := range map[string]struct{ text, want string }{
		"contractor chosen":                 {"# Example LLC has been selected for award of this effort\n\n" + party, "awarded"},
		"contractor chosen, German":         {"# Bekanntmachung vergebener Aufträge\n\n" + partyDE, "awarded"},
		"contractor of the last order":      {party + "The previous contract was awarded to Example LLC.", ""},
		"contractor who has a client":       {party + filler + "# Client Responsibilities\n\nThe client is expected to provide test data.", "awarded"},
		"customer, German":                  {partyDE + "# Mitwirkungspflichten des Kunden\n\nTestdaten", "awarded"},
		"client and award":                  {party + "The client is expected to provide test data. Bids will be evaluated by price.", ""},
		"contractor to be chosen":           {partyDE + "Der Zuschlag wird auf das wirtschaftlichste Angebot erteilt.", ""},
		"features for an open code base":    {party + "We look for developers to add features to the codebase that powers our index. It is in Python.", "own_software"},
		"product taken over":                {party + "The contractor will take the MVP and continue its development. It builds off the open source code developed by our team.", "own_software"},
		"upkeep in the buyer's repository":  {party + "The vendor shall maintain our website. All work happens in our repository.", "own_software"},
		"upkeep of what the buyer made":     {party + "This order is for support of the permit application developed by the Department. Code is checked in to the agency's repository.", "own_software"},
		"upkeep of what is there, German":   {partyDE + "Gegenstand ist die Pflege der vom Auftraggeber selbst entwickelten Anwendung. Alle Änderungen erfolgen im Repository des Auftraggebers.", "own_software"},
		"parts of what runs":                {party + "The team shall maintain the current environment and development of new features. The contractor shall create new search system components as open source code.", "own_software"},
		"upkeep after a purchase":           {party + "The vendor provides maintenance of the new system. The vendor shall deliver a new system. Code is checked in to the agency's repository.", ""},
		"modernisation of code":             {party + "The contractor shall refactor the existing application. The source code is publicly available under the MIT licence.", "own_software"},
		"code the state owns":               {party + "The vendor continues development of the platform. The state owns all code and data.", "own_software"},
		"sprints on open software":          {partyDE + "Gegenstand ist die Weiterentwicklung der Webanwendung Lichtblick. Der Quellcode liegt auf openCode unter der EUPL.", "own_software"},
		"repository of the city":            {partyDE + "Das Portal wird weiterentwickelt. Alle Änderungen erfolgen im Repository der Stadt.", "own_software"},
		"new functions":                     {partyDE + "Neue Funktionen für die bestehende Anwendung sind umzusetzen. Die bestehende Codebasis ist in Java geschrieben.", "own_software"},
		"on code that is there":             {partyDE + "Es ist auf dem vorhandenen Quellcode aufzubauen. Die Software ist als Open Source veröffentlicht.", "own_software"},
		"what is in use":                    {partyDE + "Gegenstand ist die Weiterentwicklung der Plattform.\n\n# Ausgangslage\n\nDerzeit liegt der Quellcode auf GitHub.", "own_software"},
		"work on a vendor's product":        {partyDE + "Die Software wird vom Auftragnehmer weiterentwickelt. Der Quellcode wird bei einem Treuhänder hinterlegt.", ""},
		"code to be handed over":            {party + "The vendor continues development of the platform. The source code shall be delivered to the agency.", ""},
		"bespoke platform of a supplier":    {party + "The contractor continues development of the platform in our repository. The contractor shall host the platform.", ""},
		"service":                           {party + "The supplier provides a SaaS solution and continues its development. The code base is open source.", ""},
		"ready-made":                        {partyDE + "Gesucht wird Standardsoftware; sie wird weiterentwickelt. Der Quellcode liegt auf GitHub.", ""},
		"new system in the buyer's hands":   {party + "We intend to develop a new case management system in our repository. Further development of the system will follow.", ""},
		"new system, German":                {partyDE + "Gegenstand ist die Neuentwicklung der Plattform; sie wird im Repository der Stadt weiterentwickelt.", ""},
		"experience":                        {party + "Experience in continued development of a codebase in our repository is required.", ""},
		"devices":                           {"# Lieferung von 400 Notebooks\n\n" + partyDE, "hardware"},
		"devices, English":                  {"# Supply of laptops and monitors\n\n" + party, "hardware"},
		"leased devices":                    {partyDE + "Gegenstand ist das Leasing von Multifunktionsgeräten.", "hardware"},
		"network":                           {party + "This contract covers the procurement of network equipment.", "hardware"},
		"devices with a system":             {"# Lieferung von Tablets\n\n" + partyDE + "Die Daten hält eine Datenbank.", ""},
		"devices with a system, English":    {"# Supply of tablets\n\n" + party + "Users sign in to the web application.", ""},
		"devices beside software":           {partyDE + filler + "Dazu gehört die Lieferung von Tablets.", ""},
		"servers":                           {"# Lieferung und Installation einer neuen Server- und SAN-Infrastruktur\n\n" + partyDE + "Das Backup läuft auf einem Backupserver.", "hardware"},
		"servers, English":                  {"# Supply of servers and storage\n\n" + party + "The servers are mounted in two data centres.", "hardware"},
		"a code of devices further on":      {filler + "Haupteinstufung (cpv): 30200000 Computeranlagen und Zubehör", "hardware"},
		"a code of devices beside software": {filler + "Haupteinstufung (cpv): 48100000\n\nZusätzliche Einstufung (cpv): 30200000", ""},
		"servers beside software":           {"# Lieferung von Servern\n\n" + partyDE + "Gesucht wird Standardsoftware für die Buchhaltung.", ""},
		"servers that are hosted":           {"# Supply of servers\n\n" + party + "The supplier provides a SaaS solution.", ""},
		"licences of one maker":             {partyDE + "Ausschreibungsgegenstand ist der Bezug von Lizenzen für die Standardsoftware des Herstellers Microsoft.", "licences"},
		"enterprise agreement":              {partyDE + "Ziel ist die Verlängerung des bestehenden Enterprise Agreement.", "licences"},
		"licence dealer":                    {party + "A large account reseller is sought for volume licences.", "licences"},
		"licences of what is put to use":    {partyDE + "Gegenstand ist die Lieferung von Lizenzen.\n\nDie Altdaten werden in die neue Lösung migriert. Die Schnittstelle zum Finanzverfahren ist umzusetzen.", ""},
		"licences of a service":             {party + "The order covers the supply of Microsoft licences. The supplier provides a SaaS solution.", ""},
		"licences of what is made":          {partyDE + "Gegenstand ist die Lieferung von Lizenzen. Die Individualsoftware wird in Sprints geliefert.", ""},
		"licences":                          {"# Verlängerung der vorhandenen Lizenzen\n\n" + partyDE, "licences"},
		"licences, English":                 {"# Software renewal\n\n" + party, "licences"},
		"subscriptions":                     {"# Renewal of subscriptions for virtualisation\n\n" + party, "licences"},
		"renewal of a service":              {"# Renewal of subscriptions\n\n" + party + "The supplier provides a SaaS solution.", ""},
		"renewal of a contract's term":      {party + "The contract has an option for renewal of the subscription.", ""},
		"charter":                           {"# Scope of Work\n\nThe purpose of the Data Quality Subcommittee is to give members timely access to data. It exports large data files.", "charter"},
		"charter, German":                   {"# Geschäftsordnung\n\nAufgabe der Arbeitsgruppe Geodaten ist die Abstimmung der Datenmodelle.", "charter"},
		"committee of a tender":             {party + "The purpose of the Data Quality Subcommittee is to give members timely access to data.", ""},
		"committee of a portal":             {"# Anforderungen\n\nDas Portal unterstützt die Arbeit der Gremien.", ""},
		"committee further on":              {filler + "The working group meets monthly.", ""},
		"accounts at a provider":            {party + "All services are provided within a master payer account.", "resale"},
		"brokerage":                         {partyDE + "Gegenstand ist die Vermittlung von Cloud-Diensten aus einem Rahmenvertrag.", "resale"},
		"reseller of what is developed":     {party + "The contractor shall develop an application. It is billed in a master payer account.", ""},
		"authorised reseller":               {partyDE + "Der Bieter legt eine Bestätigung als autorisierter Wiederverkäufer vor.", ""},
		"licence for good":                  {"# Lizenzvertrag\n\nDer Lizenzgeber räumt dem Lizenznehmer ein unbefristetes Nutzungsrecht an der Software [Name der SaaS-Lösung] ein. Der Lizenznehmer darf sie als SaaS anbieten.", "licence_grant"},
		"licence for good, English":         {"# Licence agreement\n\nThe Licensor grants the Licensee a perpetual, royalty-free licence. The Licensor gives no warranty.", "licence_grant"},
		"left to another authority":         {"# Nutzungsvereinbarung\n\nDie überlassende Stelle räumt der nutzenden Stelle ein Nutzungsrecht an der Fachanwendung ein.", "licence_grant"},
		"licence with upkeep":               {"# Lizenzvertrag\n\nDer Lizenzgeber räumt dem Lizenznehmer ein unbefristetes Nutzungsrecht ein. Der Lizenzgeber erbringt die Softwarepflege.", ""},
		"licence with hosting":              {"# Licence agreement\n\nThe Licensor grants the Licensee a perpetual licence. The Licensor hosts the service in two regions.", ""},
		"licence for a year":                {"# Licence agreement\n\nThe Licensor grants the Licensee a licence for one year.", ""},
		"licence that is tendered":          {"# Lizenzvertrag\n\nDer Lizenzgeber räumt dem Lizenznehmer ein unbefristetes Nutzungsrecht ein. Der Zuschlag wird auf das wirtschaftlichste Angebot erteilt.", ""},
		"terms of maintenance":              {"# Vertrag über Pflegeleistungen für Standardsoftware\n\nDer Auftragnehmer beseitigt Störungen und überlässt neue Programmstände.", "software_upkeep"},
		"terms of maintenance, English":     {"# Software Maintenance Agreement\n\nThe supplier corrects errors and delivers new releases.", "software_upkeep"},
		"hosting beside the maintenance":    {"# Softwarepflegevertrag\n\nDer Auftragnehmer betreibt die Software in seinem Rechenzentrum.", ""},
		"terms of a sale":                   {"# Vertragsbedingungen\n\nDiese Bedingungen gelten für die Überlassung von Standardsoftware.", "standard_software"},
		"terms of a licence":                {"# Terms and Conditions\n\nThe Licensor grants the Licensee a right to install and use the software for the licence term.", "standard_software"},
		"terms of a hosted product":         {"# Vertragsbedingungen\n\nDiese Bedingungen gelten für die Überlassung von Standardsoftware. Der Auftragnehmer betreibt die Software in seinem Rechenzentrum.", ""},
		"licences beside their development": {"# Verlängerung der Lizenzen\n\n" + partyDE + "Gegenstand ist auch die Entwicklung einer App.", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if order, _ := kindsOf(factsOf(t, map[string]string{"leistung.md": test.text})); order != test.want {
				t.Errorf("order %q, want %q", order, test.want)
			}
		})
	}
}

// Beside a description the terms of a sale say nothing of the whole order.
func TestTermsOfASaleBesideADescription(t *testing.T) {
	facts := factsOf(t, map[string]string{
		"vertrag.md":  "# Vertragsbedingungen\n\nDiese Bedingungen gelten für die Überlassung von Standardsoftware.",
		"leistung.md": "# Leistungsbeschreibung\n\nDer Auftragnehmer führt die Fachanwendung ein.",
	})
	if order, _ := kindsOf(facts); order != "" {
		t.Errorf("order %q, want none", order)
	}
}

func TestForms(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"editor extension":          {`# Lastenheft: VS Code Extension "Sturm"`, "editor_extension"},
		"plugin of an environment":  {"Gesucht ist ein Plugin für IntelliJ.", "editor_extension"},
		"extension, English":        {"The tool is an extension for Visual Studio Code.", "editor_extension"},
		"command line":              {"Entwicklung eines Kommandozeilenwerkzeugs zum Prüfen von Dateien.", "command_line"},
		"command line, English":     {"# Requirements for a command-line tool\n", "command_line"},
		"library":                   {"Entwicklung einer Programmbibliothek zum Lesen von Rechnungen.", "library"},
		"library, English":          {"The contractor develops a JavaScript library for charts.", "library"},
		"firmware":                  {"Entwicklung der Firmware für einen Pegelsensor.", "embedded_software"},
		"embedded, English":         {"Development of embedded software for a weather station.", "embedded_software"},
		"static site":               {"Gesucht wird eine statische Website für das Projekt.", "static_site"},
		"informational site":        {"The office needs an informational website on recycling.", "static_site"},
		"app":                       {"# App für Smartphones und Tablets\n\nDie App zeigt Wanderwege auch ohne Netz.", "mobile_app"},
		"app, English":              {"# Dictionary apps for mobile phones and pads\n\nThe apps must support iOS and Android.", "mobile_app"},
		"app with a server":         {"# App für Smartphones\n\nDie App meldet Schäden an das Backend.", ""},
		"app of a system":           {"# Mobile app for iOS and Android\n\nUsers sign in with their user account.", ""},
		"app run by others":         {"# Mobile app for iOS and Android\n\nThe vendor shall host the application.", ""},
		"app further on":            {filler + "Für Android wird eine App bereitgestellt.", ""},
		"prototype":                 {"Gegenstand ist die Entwicklung eines Prototyps für das Portal.", "prototype"},
		"prototype, English":        {"The office seeks the creation of a prototype of its portal.", "prototype"},
		"prototype that goes live":  {"Gegenstand ist die Entwicklung eines Prototyps. Die Produktivsetzung folgt im Mai.", ""},
		"goes live, English":        {"Develop a prototype and release it to production.", ""},
		"prototype there already":   {"The team has created a prototype of the portal.", ""},
		"keeps nothing":             {"Der Rechner läuft auf einem Server und speichert keine Daten.", "stateless"},
		"keeps nothing, English":    {"The converter is a stateless service with a backend.", "stateless"},
		"keeps nothing abroad":      {"Es werden keine Daten außerhalb der EU gespeichert.", ""},
		"on one machine":            {"Die Anwendung arbeitet rein lokal. Alle Daten liegen in einer Datenbank.", "local_program"},
		"on one machine, English":   {"Develop an open source database. All modules are assembled on a CD for delivery.", "local_program"},
		"run for its users":         {"Die Anwendung arbeitet rein lokal. Der Auftragnehmer betreibt die Anwendung in seinem Rechenzentrum.", ""},
		"local tests":               {"Das Portal hat eine Datenbank. Die Testumgebung läuft ausschließlich lokal.", ""},
		"template":                  {"# Performance Work Statement\n\n{{ buy.description }}\n\nThe contractor works with care.", "blank"},
		"template, German":          {"# Leistungsbeschreibung\n\n{{ beschreibung }}\n\nDer Auftragnehmer arbeitet sorgfältig.", "blank"},
		"one name to be filled in":  {"# Work for {{ buy.name }}\n\nThe contractor develops a portal for {{ buy.name }}.", ""},
		"blank further on":          {filler + "{{ buy.description }}", ""},
		"markup":                    {"# Terms of reference\n\n&lt;hr/&gt;\n\nThe contractor works with care.", ""},
		"tool beside a platform":    {"Die Plattform bringt ein Kommandozeilenwerkzeug mit.", ""},
		"library of a system":       {"The contractor develops a JavaScript library and a backend with a database.", ""},
		"extension of a service":    {"Gesucht ist ein Plugin für IntelliJ. Die Lösung ist als SaaS bereitzustellen.", ""},
		"extension run by others":   {"The tool is a VS Code extension. The vendor shall host the application.", ""},
		"site with a form":          {"Gesucht wird eine statische Website mit Kontaktformular.", ""},
		"site with accounts":        {"The office needs an informational website with user accounts.", ""},
		"tool named further on":     {filler + "Daneben gibt es ein Kommandozeilenwerkzeug.", ""},
		"library that lends books":  {"Die Bibliothek der Hochschule erhält ein neues System.", ""},
		"no server, says the text":  {"Es entsteht ein Kommandozeilenwerkzeug. Eine Datenbank wird nicht benötigt.", "command_line"},
		"library used by a program": {"Verwendete Softwarebibliotheken sind aufzuführen.", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if _, form := kindsOf(factsOf(t, map[string]string{"lastenheft.md": test.text})); form != test.want {
				t.Errorf("form %q, want %q", form, test.want)
			}
		})
	}
}

// Studies and training leave paper and knowledge behind; beside a system they are a part
// of its order.
func TestKnowledgeWork(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"study":                   {"# Erstellung einer Machbarkeitsstudie\n\nDer Auftragnehmer arbeitet sorgfältig.", "services"},
		"training":                {"Gegenstand des Auftrags sind Schulungen für 80 Beschäftigte.", "services"},
		"upkeep of devices":       {"Gegenstand ist die Wartung der Hardware.", "services"},
		"study, English":          {"The consultant shall conduct a feasibility study.", "services"},
		"selection":               {"Gegenstand des Auftrags ist die Unterstützung bei der Auswahl eines Dokumentenmanagementsystems. Zu prüfen sind Schnittstellen und der Zugang zum Quellcode.", "services"},
		"selection, English":      {"The objective of this order is to assist the agency with the analysis of a modern technology platform.\n\n- Availability of source code to the public\n- Export of all data", "services"},
		"alternatives":            {"This work is an analysis of alternatives. It is not anticipated that code is written.", "services"},
		"alternatives in use":     {"The objective is to assist the office with the selection of a platform that replaces the existing legacy system.", "services"},
		"selection and build":     {"The contractor shall conduct an alternatives analysis. The contractor provides agile software development services.", ""},
		"selection and hosting":   {"The contractor shall conduct an alternatives analysis. The vendor shall host the application.", ""},
		"selection long ago":      {"An alternatives analysis was conducted last year. The contractor delivers a portal.", ""},
		"training, English":       {"# Delivery of training courses\n\nThe contractor works with care.", "services"},
		"training on a system":    {"Gegenstand des Auftrags sind Schulungen und ein Lernportal.", ""},
		"training beside a build": {"# Delivery of training courses\n\nThe contractor provides software development services.", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := ""
			if known := factsOf(t, map[string]string{"leistung.md": test.text}).Dossier.ServiceModel; known != nil {
				got = known.Value
			}
			if got != test.want {
				t.Errorf("model %q, want %q", got, test.want)
			}
		})
	}
}

func TestAnArchitectureOrdersNothing(t *testing.T) {
	facts := factsOf(t, map[string]string{"arc42.md": "# Architektur\n\n## Bausteinsicht\n\nDie Plattform wird weiterentwickelt. Der Quellcode liegt auf GitHub.\n\n## Verteilungssicht\n\nAlles läuft in Containern.\n"})
	if kind := facts.Dossier.Kind; kind == nil || kind.Value != "architecture" {
		t.Fatalf("kind %v, want an architecture", kind)
	}
	if order, form := kindsOf(facts); order+form != "" {
		t.Errorf("order %q and form %q, want none", order, form)
	}
}
