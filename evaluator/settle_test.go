package evaluator

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Words that stand alone are names where the document tells by others that they are, and
// names in headings count.
func TestSettledNames(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want []string // name and role; what stands alone comes last
	}{
		"alone beside tools":   {"Gebaut wird mit TypeScript und Next.js.\n\n- Playwright (optional)\n- Prettier: Auto-format\n- Jest hilft beim Spiel", []string{"TypeScript requirement", "Next.js requirement", "Prettier requirement", "Microsoft Playwright requirement"}},
		"alone without tools":  {"- Playwright (optional)\n- Husky: Hunde\n", nil},
		"in a column of names": {"| Aufgabe | Software |\n|---|---|\n| Texte | Word |", []string{"Microsoft Word requirement"}},
		"in another column":    {"| Aufgabe | Anmerkung |\n|---|---|\n| Texte | Word |", nil},
		"heading":              {"# Lastenheft\n\n## 7.1 Vercel-Setup\n\nSiehe unten.", []string{"Vercel definition"}},
		"portal of tenders":    {"Changes will be posted as an amendment on GSA eBuy. The contractor must submit invoices to Vendor Customer Self Service.", []string{"GSA eBuy procedure", "Vendor Customer Self Service procedure"}},
		"portal to connect":    {"Die Lösung muss eine Schnittstelle zu simap.ch haben.", []string{"simap.ch integration_target"}},
		"abbreviation of many": {"Das Preisblatt (.docx) und Dateien im Format xlsx werden importiert.", []string{"Office Open XML requirement", "Office Open XML requirement"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			mentions := factsOf(t, map[string]string{"a.md": test.text}).Mentions
			for _, kind := range []string{"product", "cloud_service", "format"} {
				for _, mention := range mentions[kind] {
					got = append(got, mention.Name+" "+mention.Role)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
