package evaluator

import (
	"fmt"
	"strings"
	"testing"
)

// Award criteria that stand in a list without weights, by name.
func TestListedAwardCriteria(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"headings below":      {"## Evaluation Criteria\n\n### Pass/Fail\n\n- complete\n- signed\n\n### Experience\n\n- Is there experience?\n\n### Cost\n\n- Does it fit?\n\n## Scope\n\n### Security\n", "Experience; Cost"},
		"items, German":       {"# Zuschlagskriterien\n\n- Preis\n- Konzept: Vorgehen und Zeitplan\n- Projektteam\n", "Preis; Konzept; Projektteam"},
		"questions":           {"# Bewertung der Angebote\n\n- Wie überzeugend ist das Konzept?\n- Wie erfahren ist das Team?\n", "Wie überzeugend ist das Konzept?; Wie erfahren ist das Team?"},
		"items within items":  {"# Basis for award\n\n- Price\n  - hourly rates\n- Approach\n", "Price; Approach"},
		"behind a sentence":   {"Proposals will be evaluated on the following:\n\n- technical approach\n- past performance\n\nOther matters:\n\n- travel\n", "technical approach; past performance"},
		"behind one, German":  {"Die Zuschlagskriterien sind:\n\n- Preis\n- Qualität\n", "Preis; Qualität"},
		"weights are told":    {"# Zuschlagskriterien\n\n- Preis 60 %\n- Qualität 40 %\n", ""},
		"ranked":              {"# Evaluation factors\n\nThe factors are listed in descending order of importance.\n\n- Approach\n- Price\n", ""},
		"weights elsewhere":   {"# Zuschlagskriterien\n\nDie Gewichtung entnehmen Sie Anlage 4.\n\n- Preis\n- Qualität\n", ""},
		"price alone":         {"# Zuschlagskriterien\n\nEinziges Zuschlagskriterium ist der niedrigste Preis.\n\n- Preis netto\n- Preis brutto\n", ""},
		"one name":            {"# Zuschlagskriterien\n\n- Preis\n", ""},
		"acceptance":          {"# Acceptance criteria\n\n- fast\n- safe\n", ""},
		"conditions of bids":  {"# Evaluation criteria\n\n- Minimum experience\n- Mandatory forms\n", ""},
		"second list is good": {"# Evaluation criteria\n\nSee below.\n\n# Basis of award\n\n- Price\n- Quality\n", "Price; Quality"},
	} {
		t.Run(name, func(t *testing.T) {
			var names []string
			for _, criterion := range factsOf(t, map[string]string{"a.md": test.text}).AwardCriteria {
				if criterion.Weight != nil || criterion.Evidence.Line == 0 {
					t.Errorf("criterion %+v has a weight or no place", criterion)
				}
				names = append(names, criterion.Name)
			}
			if got := strings.Join(names, "; "); got != test.want {
				t.Errorf("criteria %q, want %q", got, test.want)
			}
		})
	}
}

// Weights that stand in brackets behind the names, and lists whose bullets are but signs.
func TestListedAwardWeights(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"bullets in text":   {"## Award criteria (Lot 1)\n\n• Architecture (5%)\n• Training (10 %)\n\n## Planning\n\n• Ramp (7%)\n• Lift (8%)\n", "Architecture 5; Training 10"},
		"one bullet":        {"## Award criteria\n\nSee the notice • page 4\n", ""},
		"German, a lot":     {"## Zuschlagskriterien (Los 2)\n\n• Konzept\n• Preis\n", "Konzept; Preis"},
		"other brackets":    {"## Other headings (Lot 1)\n\n• Architecture (5%)\n• Training (10%)\n", ""},
		"number of a claim": {"## Award criteria\n\n• Plan (part 5)\n• Price (net)\n", "Plan (part 5); Price (net)"},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, criterion := range factsOf(t, map[string]string{"a.md": test.text}).AwardCriteria {
				text := criterion.Name
				if criterion.Weight != nil {
					text += fmt.Sprintf(" %g", *criterion.Weight)
				}
				got = append(got, text)
			}
			if strings.Join(got, "; ") != test.want {
				t.Errorf("criteria %q, want %q", got, test.want)
			}
		})
	}
}
