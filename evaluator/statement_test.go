package evaluator

import (
	"slices"
	"testing"
)

func TestStatements(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want [][]string // texts of the clauses that say something together
	}{
		"the next sentence takes it up": {
			"Der Quellcode ist zu übergeben. Dieser steht unter der EUPL. Das Angebot nennt PostgreSQL.",
			[][]string{{"Der Quellcode ist zu übergeben.", "Dieser steht unter der EUPL."}},
		},
		"over a sentence of no interest": {
			"The source code must be handed over. This is for good reasons. It is licensed under the EUPL.",
			[][]string{{"It is licensed under the EUPL.", "The source code must be handed over."}},
		},
		"the second half of a sentence": {
			"Der Quellcode ist zu übergeben; er steht unter der EUPL.",
			[][]string{{"Der Quellcode ist zu übergeben;", "er steht unter der EUPL."}},
		},
		"sentences that begin anew": {
			"Der Quellcode ist zu übergeben. Der Betrieb erfolgt mit PostgreSQL.", nil,
		},
		"the word stands in the midst": {
			"Der Quellcode ist zu übergeben. Der Betrieb dieser Art erfolgt mit PostgreSQL.", nil,
		},
		"nothing before it to take up": {
			"Der Quellcode ist zu übergeben.\n\nDiese Datenbank ist PostgreSQL.", nil,
		},
		"cells of a row": {
			"| Nr. | Anforderung | Lizenz |\n|---|---|---|\n| 1 | Der Quellcode ist zu übergeben. Er wird geprüft. | EUPL |\n| 2 | Als Datenbank dient PostgreSQL. Der Rest ist frei. | CSV |\n",
			[][]string{{"1 | EUPL", "Der Quellcode ist zu übergeben."}, {"2 | CSV", "Als Datenbank dient PostgreSQL."}},
		},
		"items under an item": {
			"- Der Quellcode ist vollständig zu übergeben\n  - Lizenz: EUPL\n- Als Datenbank dient PostgreSQL\n",
			[][]string{{"Der Quellcode ist vollständig zu übergeben", "Lizenz: EUPL"}},
		},
		"items under a mere label": {
			"- Vorgaben\n  - Lizenz: EUPL\n  - Datenbank: PostgreSQL\n", nil,
		},
		"two lists": {
			"- Der Quellcode ist vollständig zu übergeben\n\nDer Betrieb:\n\n  - Lizenz: EUPL\n", nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			together := map[string][]string{}
			for _, clause := range factsOf(t, map[string]string{"a.md": test.text}).Clauses {
				if clause.Statement != "" {
					together[clause.Statement] = append(together[clause.Statement], clause.Text)
				}
			}
			var got [][]string
			for _, texts := range together {
				slices.Sort(texts)
				got = append(got, texts)
			}
			slices.SortFunc(got, slices.Compare)
			if !slices.EqualFunc(got, test.want, slices.Equal) {
				t.Errorf("together are %q, want %q", got, test.want)
			}
		})
	}
}
