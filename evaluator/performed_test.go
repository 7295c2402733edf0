package evaluator

import (
	"math"
	"testing"
)

// The time within which all that is owed is done, in months; 0 where a sentence tells none.
func TestPerformedWithin(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want float64
	}{
		"weeks":                  {"Delivery of all products and services defined in the Statement of Work will occur within 9 weeks of project execution date.", 2.1},
		"months of execution":    {"Implementation of the solution will occur within 6 months of execution of this SOW.", 6},
		"scope of work":          {"Implementation of the scope of work will occur within 12 months of execution of this SOW.", 12},
		"days after award":       {"All deliverables must be completed within 90 days after award.", 3},
		"label":                  {"Completion: 90 days after contract award", 3},
		"notice to proceed":      {"The contractor shall complete the work within 180 calendar days from the notice to proceed.", 6},
		"in words":               {"The project shall be finished within six months after the effective date of the contract.", 6},
		"German weeks":           {"Die Leistung ist binnen sechs Wochen nach Zuschlag zu erbringen.", 1.4},
		"German months":          {"Die Arbeiten sind innerhalb von 5 Monaten nach Auftragserteilung abzuschließen.", 5},
		"German study":           {"Der Auftragnehmer legt das Gutachten innerhalb von zwölf Wochen ab Beauftragung vor.", 2.8},
		"German label":           {"Ausführung: 10 Wochen nach Vertragsschluss", 2.3},
		"a plan":                 {"The contractor shall deliver the project plan within 30 days of award.", 0},
		"a report":               {"The draft report on the services is due within 6 weeks of award.", 0},
		"a German concept":       {"Das Feinkonzept zur Leistung ist binnen vier Wochen nach Zuschlag vorzulegen.", 0},
		"defects":                {"Mängel der Leistung sind innerhalb von 3 Wochen nach Vertragsschluss zu beheben.", 0},
		"a warranty":             {"The work is under warranty within 12 months of the start.", 0},
		"after acceptance":       {"All services are paid within 30 days of acceptance.", 0},
		"what the software does": {"The order is archived within 3 months of delivery.", 0},
		"a contract's own term":  {"The contract term is 24 months. All work shall be completed within 9 weeks of award.", 24},
	} {
		t.Run(name, func(t *testing.T) {
			terms := factsOf(t, map[string]string{"a.md": test.text}).Terms
			got := 0.0
			if len(terms) > 0 {
				got = terms[0].Base
			}
			if len(terms) > 1 || math.Abs(got-test.want) > 0.05 {
				t.Errorf("terms %+v, want %v months", terms, test.want)
			}
		})
	}
}
