package evaluator

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
)

// deal is what is known of a deal, each value with how it is known.
type deal struct{ Model, Operator, Award, Contract string }

func dealOf(facts austauschbar.Facts) deal {
	var d deal
	if known := facts.Dossier.ServiceModel; known != nil {
		d.Model = known.Value + " " + known.Source
	}
	if known := facts.Dossier.Operator; known != nil {
		d.Operator = known.Value + " " + known.Source
	}
	if known := facts.Dossier.Award; known != nil {
		d.Award = map[bool]string{true: "yes ", false: "no "}[known.Value] + known.Source
	}
	if known := facts.Dossier.Contract; known != nil {
		d.Contract = known.Value.Kind + " " + known.Source
	}
	return d
}

// filler makes a text long enough for its silence to tell something.
var filler = "\n\n# Touren\n\n" + strings.Repeat("Die Karte zeigt Touren. ", enoughToTell)

func TestDeal(t *testing.T) {
	const (
		rights   = "The Government shall have unlimited rights in all software. "
		rightsDE = "Der Auftraggeber erhält das zeitlich und räumlich unbeschränkte, übertragbare Nutzungsrecht an den Ergebnissen. "
		partyDE  = "Der Auftragnehmer arbeitet sorgfältig. "
		party    = "The contractor works with care. "
	)
	for name, test := range map[string]struct {
		text string
		want deal
	}{
		"on the buyer's machines":             {"# Betrieb On-Premises\n\n" + partyDE, deal{Model: "on-prem inferred", Operator: "buyer inferred"}},
		"on the buyer's machines, English":    {party + "The software is installed on-premises.", deal{Model: "on-prem inferred", Operator: "buyer inferred"}},
		"local program":                       {partyDE + "Das Programm arbeitet vollständig lokal, ohne Cloud-Dienste.", deal{Model: "on-prem inferred", Operator: "buyer inferred"}},
		"as a service":                        {partyDE + "Die Lösung ist als SaaS bereitzustellen.", deal{Model: "saas inferred"}},
		"as a service, English":               {party + "The supplier provides a SaaS solution.", deal{Model: "saas inferred"}},
		"either":                              {partyDE + "Die Lösung ist als SaaS bereitzustellen.\n\n# Betrieb On-Premises\n", deal{}},
		"either, English":                     {party + "The supplier provides a SaaS solution.\n\nThe software is installed on-premises.", deal{Operator: "buyer inferred"}},
		"made for the buyer":                  {partyDE + "Gegenstand ist die Individualentwicklung eines Portals. " + rightsDE, deal{Model: "custom inferred"}},
		"made for the buyer, English":         {party + "The contractor provides software development services. " + rights, deal{Model: "custom inferred"}},
		"development without results":         {partyDE + "Gegenstand ist die Individualentwicklung eines Portals.", deal{}},
		"results without development":         {party + rights, deal{}},
		"ready-made":                          {partyDE + "Gegenstand ist eine Individualentwicklung auf Basis marktgängiger Software. Gesucht wird Standardsoftware. " + rightsDE, deal{}},
		"ready-made, English":                 {party + "The contractor provides software development services. The offeror shall propose a COTS product. " + rights, deal{}},
		"made for the buyer or rented":        {party + "The contractor provides software development services. The supplier provides a SaaS solution. " + rights, deal{}},
		"paid by time":                        {party + "The agency anticipates award of a labor hour task order. The contractor shall operate the platform.", deal{Model: "services inferred", Operator: "supplier inferred"}},
		"paid by time, German":                {partyDE + "Der Auftragnehmer erbringt Unterstützungsleistungen im Umfang von 400 Personentagen.", deal{Model: "services inferred"}},
		"staff lent":                          {party + "The department seeks staff augmentation for its help desk.", deal{Model: "services inferred"}},
		"sprints paid by time":                {party + "The contract type is time and materials. The contractor provides software development services. " + rights, deal{Model: "custom inferred"}},
		"interface beside paid time":          {party + "The contract type is time and materials. The solution must provide a REST API with documentation.", deal{}},
		"buyer operates":                      {partyDE + "Der Betrieb erfolgt durch den Auftraggeber.", deal{Operator: "buyer inferred"}},
		"buyer operates, English":             {"The agency, not the contractor, will be responsible for hosting the deployed system.", deal{Operator: "buyer inferred"}},
		"supplier operates":                   {"Der Auftragnehmer betreibt die Plattform.", deal{Operator: "supplier inferred"}},
		"supplier operates, English":          {"The vendor shall host the application.", deal{Operator: "supplier inferred"}},
		"hosting left out":                    {partyDE + "Nicht Gegenstand der Leistung sind:\n\n- Hosting der Anwendung", deal{Operator: "buyer inferred"}},
		"hosting left out, English":           {"The vendor will not be required to handle the following tasks:\n\n- Provide or configure hosting of the site", deal{Operator: "buyer inferred"}},
		"hosting among the tasks, English":    {"The vendor will be required to handle the following tasks:\n\n- Provide or configure hosting of the site", deal{}},
		"both operate":                        {"Der Auftragnehmer betreibt die Plattform. Der Betrieb erfolgt durch den Auftraggeber.", deal{}},
		"test environment":                    {partyDE + "Die Testumgebung wird in der Infrastruktur des Auftraggebers betrieben.", deal{}},
		"what is there":                       {partyDE + "\n\n# Ausgangslage\n\nDerzeit erfolgt der Betrieb durch den Auftraggeber.", deal{}},
		"work of people":                      {partyDE + "Gegenstand der Leistung sind Beratungsleistungen zur Prozessoptimierung.", deal{Model: "services inferred"}},
		"work of people, English":             {party + "The supplier shall perform penetration tests of these applications.", deal{Model: "services inferred"}},
		"tests of what is developed":          {party + "The contractor provides software development services. The supplier shall perform penetration tests of these applications.", deal{}},
		"advice on what is operated":          {partyDE + "Gegenstand der Leistung sind Beratungsleistungen. Die Lösung verfügt über eine REST-API.", deal{}},
		"award by day":                        {"Der Workshop findet zwei Wochen nach Zuschlagserteilung statt. Der Auftragnehmer bereitet ihn vor.", deal{}},
		"response evaluated, English":         {"The supplier's response will be evaluated for technical merit.", deal{Award: "yes inferred"}},
		"award":                               {"Die Angebotsfrist endet am 1. Juni.", deal{Award: "yes inferred"}},
		"award, English":                      {"Quotes must be submitted by email.", deal{Award: "yes inferred"}},
		"no award":                            {"Die Plattform zeigt Touren in der Nähe.", deal{Award: "no inferred"}},
		"no award, English":                   {"The platform shows tours nearby.", deal{Award: "no inferred"}},
		"contractor without bids":             {partyDE, deal{}},
		"single delivery":                     {partyDE + "Liefertermin ist der 26. Juni. Die Abnahme folgt.", deal{Contract: "purchase inferred"}},
		"single delivery, English":            {party + "The delivery date is 1 June. Acceptance follows.", deal{Contract: "purchase inferred"}},
		"delivery and maintenance":            {partyDE + "Liefertermin ist der 26. Juni. Die Abnahme folgt. Danach beginnt die Wartung.", deal{}},
		"delivery and maintenance, English":   {party + "The delivery date is 1 June. Acceptance follows. Maintenance begins then.", deal{}},
		"delivery without acceptance":         {partyDE + "Liefertermin ist der 26. Juni.", deal{}},
		"delivery with a right to terminate":  {partyDE + "Liefertermin ist der 26. Juni. Die Abnahme folgt. Der Vertrag kann mit einer Frist von zwei Monaten gekündigt werden.", deal{}},
		"delivery with a licence, in English": {party + "The delivery date is 1 June. Acceptance follows. Annual subscription.", deal{}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, dealOf(factsOf(t, map[string]string{"a.md": test.text + filler}))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// What the manifest says is not inferred again, and silence tells nothing where a
// document could not be read.
func TestDealIsKnownOtherwise(t *testing.T) {
	text := "# Installation On-Premises\n\nLiefertermin ist der 26. Juni. Die Abnahme folgt." + filler
	for name, test := range map[string]struct {
		documents map[string]string
		want      deal
	}{
		"inferred": {map[string]string{"a.md": text}, deal{"on-prem inferred", "buyer inferred", "no inferred", "purchase inferred"}},
		"declared": {
			map[string]string{"a.md": text, "dossier.yaml": "service_model: iaas\noperator: supplier\naward: true\ncontract: {kind: service}\n"},
			deal{"iaas declared", "supplier declared", "yes declared", "service declared"},
		},
		"declared as a service": {map[string]string{"a.md": text, "dossier.yaml": "service_model: saas\n"}, deal{"saas declared", "", "no inferred", "purchase inferred"}},
		"with a gap":            {map[string]string{"a.md": text, "b.pdf": "damaged"}, deal{Model: "on-prem inferred", Operator: "buyer inferred"}},
		"a note":                {map[string]string{"a.md": strings.TrimSuffix(text, filler)}, deal{Model: "on-prem inferred", Operator: "buyer inferred"}},
		"with its maintenance":  {map[string]string{"a.md": text, "b.md": "Wartung durch den Auftragnehmer"}, deal{Model: "on-prem inferred", Operator: "buyer inferred"}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, dealOf(factsOf(t, test.documents))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Each document that tells of the deal is evidence with its first place.
func TestDealHasEvidence(t *testing.T) {
	facts := factsOf(t, map[string]string{
		"a.md": "Der Betrieb erfolgt durch den Auftraggeber. Der Betrieb erfolgt durch den Auftraggeber.",
		"b.md": "# Wer betreibt\n\nBetrieb durch die Behörde",
	})
	var places []string
	for _, evidence := range facts.Dossier.Operator.Evidence {
		places = append(places, evidence.Place+": "+evidence.Quote)
	}
	want := []string{"a.md, line 1: Der Betrieb erfolgt durch den Auftraggeber.", "b.md, Wer betreibt, line 3: Betrieb durch die Behörde"}
	if !slices.Equal(places, want) {
		t.Errorf("places %q, want %q", places, want)
	}
}

// A short paper tells no award by its silence, but by what it says of its authors.
func TestShortPapersOfOwnProjects(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"part of a documentation":  {"Dieser Teil kommt in der Dokumentation vor die Architektur.", "no inferred"},
		"students":                 {"Die App entsteht als Semesterprojekt.", "no inferred"},
		"spare time, English":      {"The bot is written in our spare time.", "no inferred"},
		"lock-in at a vendor":      {"Firebase scheidet wegen Vendor Lock-in aus. Dieser Teil kommt in der Dokumentation vor die Architektur.", "no inferred"},
		"with a contractor":        {"Dieser Teil kommt in der Dokumentation vor die Architektur. Der Auftragnehmer schreibt sie.", ""},
		"with an award":            {"Die App entsteht als Semesterprojekt. Die Angebotsfrist endet am 1. Juni.", "yes inferred"},
		"nothing but requirements": {"Das System muss Touren zeigen.", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := dealOf(factsOf(t, map[string]string{"a.md": test.text})).Award; got != test.want {
				t.Errorf("award %q, want %q", got, test.want)
			}
		})
	}
}

// Who wrote a paper is shown only where nothing tells what becomes of the work.
func TestOwnProjectIsShownWhereItSaysMost(t *testing.T) {
	const authors = "Autor des Dokuments: Projektgruppe Delta. "
	for name, test := range map[string]struct{ text, want string }{
		"the end of the project": {authors + "Für einen positiven Projektabschluss muss die Anwendung laufen.", "Für einen positiven Projektabschluss muss die Anwendung laufen."},
		"nothing but authors":    {authors, "Autor des Dokuments: Projektgruppe Delta."},
	} {
		t.Run(name, func(t *testing.T) {
			award := factsOf(t, map[string]string{"a.md": test.text + filler}).Dossier.Award
			if award == nil || award.Value || len(award.Evidence) == 0 || award.Evidence[0].Quote != test.want {
				t.Errorf("award: %+v, want none by %q", award, test.want)
			}
		})
	}
}
