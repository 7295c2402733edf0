package evaluator

import "testing"

// Topics that count only beside what else is spoken of, or only without it.
func TestPlaced(t *testing.T) {
	for name, test := range map[string]struct {
		path, text, topic string
		want              int
	}{
		"weights of something else":      {"a.md", "The weighting factors are printed.\n", "award_weights", 0},
		"its own words":                  {"a.md", "The weighting of the evaluation factors is as follows.\n", "award_weights", 1},
		"heading":                        {"a.md", "# Award criteria\n\nWeighting factors are listed below.\n", "award_weights", 1},
		"heading further out":            {"a.md", "# Zuschlagskriterien\n\n## Teil A\n\nGewichtung 40 %\n", "award_weights", 1},
		"section behind it":              {"a.md", "# Zuschlagskriterien\n\nsiehe unten\n\n# Klausur\n\nGewichtung 40 %\n", "award_weights", 0},
		"sentence before":                {"a.md", "Proposals are compared. The weighting factors are listed below.\n", "award_weights", 1},
		"paragraph before":               {"a.md", "Proposals are compared.\n\nThe weighting factors are listed below.\n", "award_weights", 0},
		"lead-in":                        {"a.md", "Angebote werden so bewertet:\n\n- Gewichtung 40 %\n", "award_weights", 1},
		"above a table":                  {"a.md", "Proposals receive these points.\n\n| Part | Share |\n|---|---|\n| Approach | 40 % of points |\n", "award_weights", 1},
		"header of a column":             {"a.md", "| Zuschlagskriterium | Anteil |\n|---|---|\n| Methodik | Gewichtung 40 % |\n", "award_weights", 1},
		"name of the document":           {"Bewertungsmatrix_2026.md", "Gewichtung 40 %\n", "award_weights", 1},
		"transition at the beginning":    {"a.md", "# Phase-in\n\nThe contractor performs all transition activities.\n", "transition_support", 0},
		"both":                           {"a.md", "# Phase-in and phase-out\n\nThe contractor performs all transition activities.\n", "transition_support", 1},
		"neither":                        {"a.md", "The contractor performs all transition activities.\n", "transition_support", 1},
		"plan due after the award":       {"a.md", "Provide a transition plan within 30 days after contract award.\n", "exit_plan", 0},
		"exit plan due after the award":  {"a.md", "Provide an exit plan within 30 days after contract award.\n", "exit_plan", 1},
		"handover after the award, exit": {"a.md", "Ein Ausstiegsplan ist binnen drei Monaten nach Zuschlag vorzulegen.\n", "exit_plan", 1},
	} {
		t.Run(name, func(t *testing.T) {
			if got := len(factsOf(t, map[string]string{test.path: test.text}).Topics[test.topic]); got != test.want {
				t.Errorf("%d hits of %s, want %d", got, test.topic, test.want)
			}
		})
	}
}

// Words that leave exceptions make half-hearted what stands in their part of the sentence.
func TestHedges(t *testing.T) {
	for name, test := range map[string]struct{ text, topic, polarity, hedge string }{
		"none":              {"Die Betriebsdokumentation ist zu liefern.", "documentation", "met", ""},
		"German":            {"Die Betriebsdokumentation ist grundsätzlich zu liefern.", "documentation", "weak", "grundsätzlich"},
		"adjective":         {"Die grundsätzlichen Anforderungen an die Betriebsdokumentation gelten.", "documentation", "met", ""},
		"other part":        {"Die Betriebsdokumentation ist zu liefern, Wartung findet in der Regel nachts statt.", "documentation", "met", ""},
		"at the beginning":  {"Soweit technisch möglich, ist die Betriebsdokumentation zu liefern.", "documentation", "weak", "Soweit technisch möglich"},
		"at the end":        {"The contractor shall deliver system documentation, where feasible.", "documentation", "weak", "where feasible"},
		"efforts":           {"The contractor uses best efforts to deliver the source code.", "source_code", "weak", "best efforts"},
		"a denial":          {"Die Betriebsdokumentation ist in der Regel nicht zu liefern.", "documentation", "risk", ""},
		"what there is":     {"Die Lösung stellt grundsätzlich eine REST-API bereit.", "interface_required", "met", ""},
		"whatever it costs": {"Der Export ist grundsätzlich kostenfrei.", "export_cost", "met", ""},
	} {
		t.Run(name, func(t *testing.T) {
			hits := factsOf(t, map[string]string{"a.md": test.text + "\n"}).Topics[test.topic]
			if len(hits) != 1 || hits[0].Polarity != test.polarity || hits[0].Hedge != test.hedge {
				t.Errorf("hits %+v, want one %s with %q", hits, test.polarity, test.hedge)
			}
		})
	}
}
