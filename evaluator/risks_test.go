package evaluator

import "testing"

func TestTablesOfRisks(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"risks":            {"| Risiko | Eintrittswahrscheinlichkeit | Maßnahme |\n|---|---|---|\n| Daten sind nicht exportierbar | hoch | Datenexport in CSV |\n", "question"},
		"risks, English":   {"| ID | Risk | Impact |\n|---|---|---|\n| 1 | The data export is missing | high |\n", "question"},
		"fields of risks":  {"| Risikobereich | Einschätzung |\n|---|---|\n| Datenexport | hoch, wenn die Daten nicht exportierbar sind |\n", "question"},
		"demands":          {"| Nr. | Anforderung | Bewertung |\n|---|---|---|\n| 1 | Der Datenexport erfolgt in CSV | 5 |\n", "requirement"},
		"risks alone":      {"| Nr. | Risiko |\n|---|---|\n| 1 | Der Datenexport erfolgt in CSV |\n", "requirement"},
		"the row below it": {"| Risiko | Maßnahme |\n|---|---|\n| Ausfall | Sicherung |\n\nDer Datenexport erfolgt in CSV.\n", "requirement"},
	} {
		t.Run(name, func(t *testing.T) {
			hits := factsOf(t, map[string]string{"a.md": test.text}).Topics["data_export"]
			if len(hits) != 1 {
				t.Fatalf("hits %+v, want one", hits)
			}
			if hits[0].Role != test.want {
				t.Errorf("role %s, want %s", hits[0].Role, test.want)
			}
		})
	}
}
