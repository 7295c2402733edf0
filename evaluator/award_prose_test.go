package evaluator

import (
	"strings"
	"testing"
)

// Award criteria that stand in a sentence without weights, by name.
func TestProseAwardCriteria(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"technical merit":     {"Supplier's Response must be submitted in the specified format and will be evaluated for format compliance.\n\nSupplier's Response will be evaluated for technical merit based on its appropriateness to the performance of the requirements, its applicability to the environment, and its effective utilization of supplier and user resources.", "appropriateness to the performance of the requirements; applicability to the environment; effective utilization of supplier and user resources"},
		"proposals":           {"Proposals will be evaluated on price, technical approach and past performance.", "price; technical approach; past performance"},
		"on the basis of":     {"All bids shall be assessed on the basis of the following criteria: approach, team, price.", "approach; team; price"},
		"active":              {"The agency will evaluate all quotes based on technical understanding, relevant experience, and total cost.", "technical understanding; relevant experience; total cost"},
		"best value":          {"Award will be made to the offeror whose proposal represents the best value, considering price and quality of the approach.", "price; quality of the approach"},
		"factors will be":     {"The following factors will be used to evaluate offers: price, approach and staffing.", "price; approach; staffing"},
		"criteria are":        {"The award criteria are quality, delivery time and price.", "quality; delivery time; price"},
		"tenders are":         {"Tenders are compared in terms of quality and cost.", "quality; cost"},
		"responses judged":    {"Responses will also be judged against understanding of the task, qualifications, and timeline.", "understanding of the task; qualifications; timeline"},
		"other factors":       {"Quotes will be evaluated on price and other factors.", ""},
		"German nach":         {"Die Angebote werden nach Preis, Qualität und Lieferzeit bewertet.", "Preis; Qualität; Lieferzeit"},
		"German behind":       {"Die Angebote werden bewertet nach den Kriterien Preis, Konzept und Referenzen.", "Preis; Konzept; Referenzen"},
		"German anhand":       {"Die Wertung der Angebote erfolgt anhand der Kriterien Vorgehen, Projektteam und Preis.", "Vorgehen; Projektteam; Preis"},
		"German sind":         {"Zuschlagskriterien sind der Preis, das Konzept sowie die Präsentation.", "Preis; Konzept; Präsentation"},
		"German Wertung":      {"Bei der Wertung der Angebote werden der Preis, das Konzept und die Präsentation berücksichtigt.", "Preis; Konzept; Präsentation"},
		"German Zuschlag":     {"Der Zuschlag wird auf Grundlage von Preis, Methodik und Zeitplan erteilt.", "Preis; Methodik; Zeitplan"},
		"by people":           {"Proposals will be evaluated by the committee, the manager and the board.", ""},
		"on compliance":       {"Quotes will be evaluated for completeness and compliance.", ""},
		"one criterion":       {"Quotes will be evaluated on price.", ""},
		"criteria elsewhere":  {"Quotes will be evaluated against the criteria in section 8, and the instructions.", ""},
		"weights":             {"Proposals will be evaluated on price (60 %) and quality (40 %).\n\nWeighting: price 60 %, quality 40 %", ""},
		"what software does":  {"The system evaluates measurements on temperature, pressure and time.", ""},
		"experience of teams": {"Teams are evaluated annually on quality and speed.", ""},
		"German software":     {"Die Anwendung zeigt Angebote nach Datum, Ort und Preis sortiert.", ""},
		"only ranked":         {"Proposals will be evaluated on approach and price.\n\nThe factors are listed in descending order of importance.", ""},
	} {
		t.Run(name, func(t *testing.T) {
			var names []string
			for _, criterion := range factsOf(t, map[string]string{"a.md": test.text}).AwardCriteria {
				if criterion.Weight == nil {
					names = append(names, criterion.Name)
				}
			}
			if got := strings.Join(names, "; "); got != test.want {
				t.Errorf("criteria %q, want %q", got, test.want)
			}
		})
	}
}
