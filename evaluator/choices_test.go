package evaluator

import "testing"

// What was weighed and is not taken is no demand.
func TestRejectedNames(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"heading":                  {"# Nicht verwendet (bewusste Entscheidung)\n\n- Firebase\n", "excluded"},
		"rejected alternatives":    {"# Verworfene Alternativen\n\nFirebase\n", "excluded"},
		"alternatives looked at":   {"# Geprüfte Optionen\n\n- Firebase: nur als Dienst\n", "excluded"},
		"lead-in":                  {"Folgende Dienste werden nicht eingesetzt:\n\n- Firebase\n", "excluded"},
		"even where it obliges":    {"# Abgelehnte Lösungen\n\nMit Firebase müssten alle Daten im Ausland liegen.\n", "excluded"},
		"options, English":         {"# Rejected options\n\n- Firebase\n", "excluded"},
		"considered, English":      {"# Considered Alternatives\n\nFirebase is hosted abroad.\n", "excluded"},
		"not chosen, English":      {"# Technologies not chosen\n\n- Firebase\n", "excluded"},
		"column of reasons":        {"| Alternative | Grund der Ablehnung |\n|---|---|\n| Firebase | nur als Dienst |\n", "excluded"},
		"column, English":          {"| Tool | Rejected because |\n|---|---|\n| Firebase | hosted abroad |\n", "excluded"},
		"column of decisions":      {"| Dienst | Entscheidung |\n|---|---|\n| Firebase | verworfen |\n", "excluded"},
		"chosen in such a column":  {"| Dienst | Entscheidung |\n|---|---|\n| Firebase | gewählt |\n", "requirement"},
		"no reason in the column":  {"| Tool | Rejected because |\n|---|---|\n| Firebase | - |\n", "requirement"},
		"the next section":         {"# Verworfene Alternativen\n\nSupabase\n\n# Anforderungen\n\nDie Daten müssen in Firebase liegen.\n", "requirement"},
		"the next paragraph":       {"| Tool | Rejected because |\n|---|---|\n| Supabase | hosted abroad |\n\nThe data must be kept in Firebase.\n", "requirement"},
		"used":                     {"# Verwendete Dienste im Projekt\n\nDie Daten müssen in Firebase liegen.\n", "requirement"},
		"no heading of a decision": {"# Anforderungen an Alternativtexte\n\nDie Texte müssen in Firebase liegen.\n", "requirement"},
		"a column of a form":       {"| Feld | Ablehnungsgrund |\n|---|---|\n| Firebase | |\n", "requirement"},
	} {
		t.Run(name, func(t *testing.T) {
			mentions := factsOf(t, map[string]string{"a.md": test.text}).Mentions["cloud_service"]
			if len(mentions) == 0 {
				t.Fatal("no mention")
			}
			if last := mentions[len(mentions)-1]; last.Name != "Firebase" || last.Role != test.want {
				t.Errorf("%s is read as %s, want %s", last.Name, last.Role, test.want)
			}
		})
	}
}

// What such a section says of the choice itself stays, and nothing else in it is demanded.
func TestTopicsOfRejectedAlternatives(t *testing.T) {
	topics := factsOf(t, map[string]string{"a.md": "# Verworfene Alternativen\n\nZwei Lösungen wurden verglichen. Der Datenexport erfolgt in CSV.\n"}).Topics
	for topic, want := range map[string]string{"alternatives_considered": "requirement", "data_export": "excluded"} {
		if hits := topics[topic]; len(hits) == 0 || hits[0].Role != want {
			t.Errorf("%s: %+v, want one as %s", topic, hits, want)
		}
	}
}

func TestReasonsInColumns(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want int
	}{
		"reason":                {"| Ebene | Technik | Begründung |\n|---|---|---|\n| Daten | PostgreSQL | Erweiterung für Karten |\n", 1},
		"English":               {"| Layer | Choice | Rationale |\n|---|---|---|\n| Data | PostgreSQL | maps |\n", 1},
		"asked as a question":   {"| Was | Warum? |\n|---|---|\n| PostgreSQL | Karten |\n", 1},
		"why, English":          {"| What | Why |\n|---|---|\n| PostgreSQL | maps |\n", 1},
		"of two sentences":      {"| Technik | Begründung |\n|---|---|\n| PostgreSQL | Kann Karten. Ist offen. |\n", 1},
		"still to be filled in": {"| Technik | Begründung |\n|---|---|\n| PostgreSQL | - |\n", 0},
		"nothing is named":      {"| Technik | Begründung |\n|---|---|\n| Datenbank | Karten |\n", 0},
		"another column":        {"| Technik | Bemerkung |\n|---|---|\n| PostgreSQL | Karten |\n", 0},
	} {
		t.Run(name, func(t *testing.T) {
			if hits := factsOf(t, map[string]string{"a.md": test.text}).Topics[productReason]; len(hits) != test.want {
				t.Errorf("%d reasons, want %d: %+v", len(hits), test.want, hits)
			}
		})
	}
}

// The place to show is what was chosen, not why.
func TestReasonsAreNotThePlace(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"with a reason":    {"| Ebene | Technik | Begründung |\n|---|---|---|\n| Hosting | Vercel | für dieses Framework optimiert, mit Vorschau |\n", "Vercel"},
		"English":          {"| Layer | Choice | Rationale |\n|---|---|---|\n| Hosting | Vercel | optimised for this framework, with previews |\n", "Vercel"},
		"without a reason": {"| Ebene | Technik | Umfang |\n|---|---|---|\n| Hosting | Vercel | alle Seiten der Anwendung mit ihren Bildern |\n", "alle Seiten der Anwendung mit ihren Bildern"},
	} {
		t.Run(name, func(t *testing.T) {
			hits := factsOf(t, map[string]string{"a.md": test.text}).Topics["operating_environment"]
			if len(hits) != 1 || hits[0].Evidence.Quote != test.want {
				t.Errorf("hits %+v, want one that quotes %q", hits, test.want)
			}
		})
	}
}
