package evaluator

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/austauschbar/austauschbar"
)

// What documents say of how long a contract runs is added up.
func TestContractTerms(t *testing.T) {
	type term = austauschbar.ContractTerm
	tests := map[string]struct {
		text string
		want []term
	}{
		"base alone":                        {"Die Laufzeit des Vertrages beträgt 48 Monate.", []term{{Base: 48, Total: 48, Firm: true}}},
		"base alone, English":               {"The contract term is 48 months.", []term{{Base: 48, Total: 48, Firm: true}}},
		"times":                             {"Die Vertragslaufzeit beträgt 24 Monate und kann zweimal um jeweils 12 Monate verlängert werden.", []term{{Base: 24, Options: []float64{12, 12}, Total: 48, Firm: true}}},
		"times behind":                      {"Vertragslaufzeit: 48 Monate, zweimal um 12 Monate verlängerbar.", []term{{Base: 48, Options: []float64{12, 12}, Total: 72, Firm: true}}},
		"times, English":                    {"The contract term is two years and may be extended twice by 12 months.", []term{{Base: 24, Options: []float64{12, 12}, Total: 48, Firm: true}}},
		"x":                                 {"Laufzeit: 24 Monate zzgl. 2 x 12 Monate Option.", []term{{Base: 24, Options: []float64{12, 12}, Total: 48, Firm: true}}},
		"sum":                               {"Die Vertragslaufzeit beträgt 2+1+1 Jahre.", []term{{Base: 24, Options: []float64{12, 12}, Total: 48, Firm: true}}},
		"sum of months":                     {"Laufzeit 24 + 12 Monate", []term{{Base: 24, Options: []float64{12}, Total: 36, Firm: true}}},
		"sum, English":                      {"The contract term is 3 + 1 years.", []term{{Base: 36, Options: []float64{12}, Total: 48, Firm: true}}},
		"number of options":                 {"The Period of Performance will include a base period of six months with up to 4 six-month option periods.", []term{{Base: 6, Options: []float64{6, 6, 6, 6}, Total: 30, Firm: true}}},
		"options, each":                     {"The Period of Performance includes a base period of 3 months, with 5 additional option periods, each 3 months in duration.", []term{{Base: 3, Options: []float64{3, 3, 3, 3, 3}, Total: 18, Firm: true}}},
		"options of the same length":        {"Die Vertragslaufzeit beträgt 12 Monate. Es bestehen drei Verlängerungsoptionen von jeweils 12 Monaten.", []term{{Base: 12, Options: []float64{12, 12, 12}, Total: 48, Firm: true}}},
		"total in one sentence":             {"Die Vertragslaufzeit beträgt 24 Monate, einschließlich aller Optionen höchstens 48 Monate.", []term{{Base: 24, Total: 48, Stated: true, Firm: true}}},
		"total behind":                      {"Die Laufzeit der Rahmenvereinbarung beträgt 48 Monate einschließlich aller Verlängerungsoptionen.", []term{{Total: 48, Stated: true, Firm: true}}},
		"total in two units":                {"The contract term is one year. The total duration of this contract, including the exercise of any options, shall not exceed 2 years 6 months.", []term{{Base: 12, Total: 30, Stated: true, Firm: true}}},
		"total explained":                   {"The contract runs for a period of three years (a base period of one year plus two one-year option periods).", []term{{Base: 12, Options: []float64{12, 12}, Total: 36, Stated: true, Firm: true}}},
		"initial length":                    {"The contract period is for an initial 5-year period, with the option to extend for a further 5 years.", []term{{Base: 60, Options: []float64{60}, Total: 120, Firm: true}}},
		"days":                              {"Der Vertrag läuft vom 1.1.2027 bis 31.12.2030.", []term{{Base: 48, Total: 48, Firm: true}}},
		"days, English":                     {"The contract runs from 1 January 2027 to 31 December 2030.", []term{{Base: 48, Total: 48, Firm: true}}},
		"days of a month":                   {"Vertragslaufzeit: 15.03.2027 bis 15.03.2031", []term{{Base: 48, Total: 48, Firm: true}}},
		"days with a dash":                  {"The term of this contract will be from approximately January 1, 2027 -- December 31, 2028.", []term{{Base: 24, Total: 24, Firm: true}}},
		"told twice":                        {"Die Vertragslaufzeit beträgt 24 Monate. Sie kann zweimal um 12 Monate (2 x 12 Monate) verlängert werden.", []term{{Base: 24, Options: []float64{12, 12}, Total: 48, Firm: true}}},
		"other part":                        {"Die Laufzeit des Pflegevertrags beträgt 60 Monate.", []term{{Part: "maintenance", Base: 60, Total: 60, Firm: true}}},
		"other part by its days":            {"Umsetzung bis 31.10.2027; Wartung 3 Jahre (31.10.2027 - 31.10.2030)", []term{{Part: "maintenance", Base: 36, Total: 36, Firm: true}}},
		"services for so long":              {"The services are performed from the project start date and for the 12 contiguous months thereafter.", []term{{Base: 12, Total: 12, Firm: true}}},
		"services for so long, German":      {"Die Leistungen werden ab Zuschlagserteilung für 24 zusammenhängende Monate erbracht.", []term{{Base: 24, Total: 24, Firm: true}}},
		"other part, English":               {"The maintenance term shall be 12 months.", []term{{Part: "maintenance", Base: 12, Total: 12, Firm: true}}},
		"lots":                              {"Los 1: Die Vertragslaufzeit beträgt 24 Monate.\n\nLos 2: Die Vertragslaufzeit beträgt 36 Monate.", []term{{Lot: "1", Base: 24, Total: 24, Firm: true}, {Lot: "2", Base: 36, Total: 36, Firm: true}}},
		"notice before the end":             {"Die Laufzeit beträgt 24 Monate. Der Vertrag ist 3 Monate vor Ende der Laufzeit kündbar.", []term{{Base: 24, Total: 24, Firm: true}}},
		"notice before the end, English":    {"The contract term is 24 months. The option is exercised 3 months before the end of the contract term.", []term{{Base: 24, Total: 24, Firm: true}}},
		"ends after the award":              {"The Period of Performance begins on the date of the award and ends 90 calendar days after the award.", []term{{Base: 3, Total: 3, Firm: true}}},
		"plus the options":                  {"Die Vertragslaufzeit beträgt 48 Monate zuzüglich der Optionen (2 x 12 Monate).", []term{{Base: 48, Options: []float64{12, 12}, Total: 72, Firm: true}}},
		"price over base and options":       {"Summe der Positionen über 48 Monate zuzüglich der Optionen (2 x 12 Monate).", []term{{Base: 48, Options: []float64{12, 12}, Total: 72}}},
		"price over base, English":          {"Total price over 24 months plus the option periods (2 x 12 months).", []term{{Base: 24, Options: []float64{12, 12}, Total: 48}}},
		"beside an award":                   {"Der Vertrag tritt mit Zuschlagserteilung in Kraft und hat eine Grundlaufzeit von zwei Jahren. Die maximale Laufzeit beträgt vier Jahre.", []term{{Base: 24, Total: 48, Stated: true, Firm: true}}},
		"periods":                           {"The initial term of this Agreement is three (3) years. The Authority may extend it for up to two further periods of 12 months each.", []term{{Base: 36, Options: []float64{12, 12}, Total: 60, Firm: true}}},
		"days and their length":             {"Laufzeit: 01.01.2027 – 31.12.2029 (3 Jahre), Verlängerungsoption: 1 Jahr, max. 2 mal", []term{{Base: 36, Options: []float64{12, 12}, Total: 60, Firm: true}}},
		"times at the end":                  {"Der Vertrag beginnt am 1. Januar 2027 und endet am 31. Dezember 2029. Er verlängert sich um jeweils ein Jahr, höchstens zweimal.", []term{{Base: 36, Options: []float64{12, 12}, Total: 60, Firm: true}}},
		"first termination":                 {"# Laufzeit\n\nDie Vertragslaufzeit beträgt 24 Monate. Eine ordentliche Kündigung ist erstmals nach 12 Monaten möglich.", []term{{Base: 24, Total: 24, Firm: true}}},
		"contract that is replaced":         {"Der bestehende Vertrag hat noch eine Laufzeit von 6 Monaten.", []term{}},
		"contract replaced, English":        {"The current contract ends in June and has a term of 8 years.", []term{}},
		"duty that outlasts it":             {"Confidentiality obligations survive for a period of 5 years after the end of the contract term.", []term{}},
		"references":                        {"Der Bieter nennt drei Referenzen mit einer Vertragslaufzeit von 36 Monaten.", []term{}},
		"of each invoice":                   {"The period of performance for each invoice shall be for one calendar month.", []term{}},
		"question":                          {"Welche Vertragslaufzeit von mindestens 24 Monaten bieten Sie an?", []term{}},
		"within":                            {"Innerhalb von 3 Monaten nach Vertragsbeginn legt der Auftragnehmer während der Laufzeit ein Konzept vor.", []term{}},
		"first months":                      {"The first 4 months of the performance period, the Contractor shall focus on the tool.", []term{}},
		"heading alone is no firm base":     {"# Laufzeit\n\nVorgesehen sind 36 Monate.", []term{{Base: 36, Total: 36}}},
		"deadline of tenders":               {"Die Angebotsfrist kann um 2 Monate verlängert werden.", []term{}},
		"warranty":                          {"Die Gewährleistung beträgt 24 Monate.", []term{}},
		"two contracts":                     {"Die Vertragslaufzeit beträgt 24 Monate.\n\nDie Vertragslaufzeit beträgt 48 Monate.", []term{{Base: 24, Total: 24, Firm: true}, {Base: 48, Total: 48, Firm: true}}},
		"first and last day in rows":        {"| Feld | Angabe |\n|---|---|\n| Beginn der Ausführung | 01.01.2027 |\n| Ende der Ausführung | 31.12.2029 |\n", []term{{Base: 36, Total: 36, Firm: true}}},
		"first and last day in cells":       {"| Los | Vertragsbeginn | Vertragsende |\n|---|---|---|\n| A | Vertragsbeginn 01.01.2027 | Vertragsende 31.12.2028 |\n", []term{{Base: 24, Total: 24, Firm: true}}},
		"first and last day, English":       {"- Contract start date: 1 January 2027\n- Contract end date: 31 December 2028\n", []term{{Base: 24, Total: 24, Firm: true}}},
		"days of something else":            {"- Beginn der Testphase: 01.01.2027\n- Ende der Testphase: 31.12.2028\n", []term{}},
		"days far apart":                    {"- Vertragsbeginn: 01.01.2027\n- Ort: Halle\n- Vertragsende: 31.12.2028\n", []term{}},
		"days the wrong way round":          {"- Vertragsbeginn: 01.01.2027\n- Vertragsende: 31.12.2026\n", []term{}},
		"option of a longer contract alone": {"Die Vertragslaufzeit kann um weitere 12 Monate verlängert werden.", []term{{Options: []float64{12}, Total: 12}}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			facts := factsOf(t, map[string]string{"a.md": test.text + "\n"})
			for i := range test.want {
				test.want[i].Path = "a.md"
			}
			if diff := cmp.Diff(test.want, facts.Terms, cmpopts.IgnoreFields(term{}, "Evidence")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			for _, term := range facts.Terms {
				if len(term.Evidence) == 0 || term.Evidence[0].Quote == "" {
					t.Errorf("%+v has no evidence", term)
				}
			}
		})
	}
}
