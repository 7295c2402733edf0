package evaluator

import (
	"slices"
	"testing"
)

func TestExcludedTopics(t *testing.T) {
	const section = "\n\n## Abgrenzung\n\nNicht Bestandteil des Vorhabens:\n\n- KI-Assistent\n"
	for name, test := range map[string]struct {
		text, topic string
		want        []string // roles of the hits
	}{
		"left for later":              {"Die Suche ist regelbasiert (später KI-Erweiterung).", "ai_component", []string{"excluded"}},
		"later, in English":           {"Rules only for now (future AI features).", "ai_component", []string{"excluded"}},
		"demanded for later":          {"Die Lösung muss für die spätere KI-Erweiterung vorbereitet sein.", "ai_component", []string{"requirement"}},
		"something else is later":     {"Später kommt ein Portal mit KI-Assistent hinzu.", "ai_component", []string{"requirement"}},
		"taken out elsewhere":         {"Das Portal bietet eine Suche mit KI-Assistent." + section, "ai_component", []string{"excluded"}},
		"taken out before":            {section + "\n## Umfang\n\nDas Portal bietet eine Suche mit KI-Assistent.", "ai_component", []string{"excluded"}},
		"taken out under non-goals":   {"The portal has a chatbot.\n\n## Non-Goals\n\n- chatbot\n", "ai_component", []string{"excluded"}},
		"demanded all the same":       {"Das Portal muss einen KI-Assistenten bieten. Das Handbuch beschreibt die KI-Funktion." + section, "ai_component", []string{"requirement", "requirement"}},
		"another topic is taken out":  {"Der Datenexport erfolgt in CSV." + section, "data_export", []string{"requirement"}},
		"other things are taken out":  {"The web application works in Chrome and Firefox.\n\nThe following are out of scope:\n\n- mobile apps (iOS, Android)\n", "client_independence", []string{"requirement", "requirement"}},
		"nothing of it is taken out":  {"Das Portal bietet eine Suche mit KI-Assistent.", "ai_component", []string{"requirement"}},
		"a lack that is taken out":    {"Der Datenexport erfolgt in CSV.\n\n## Nicht-Ziele\n\n- Lösung ohne Datenexport\n", "data_export", []string{"requirement"}},
		"a question stays a question": {"Bietet das Portal eine Suche mit KI-Assistent?" + section, "ai_component", []string{"question"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, hit := range factsOf(t, map[string]string{"a.md": test.text}).Topics[test.topic] {
				got = append(got, hit.Role)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("roles %q, want %q", got, test.want)
			}
		})
	}
}
