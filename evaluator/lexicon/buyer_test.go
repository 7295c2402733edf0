package lexicon

import "testing"

func TestBuyers(t *testing.T) {
	tests := map[string]struct {
		told, text string
		want       bool
	}{
		"noun":                       {"", "Die Stadt kann verlängern", true},
		"case of a noun":             {"", "im Netz des Landkreises kann", true},
		"compound":                   {"", "Das Innenministerium kann verlängern", true},
		"possessive":                 {"", "the Court's staff kann", true},
		"supplier":                   {"", "Der Auftragnehmer kann verlängern", false},
		"word with the same end":     {"", "Insgesamt kann", false},
		"called so, German":          {"Das Landesamt für Statistik (im Folgenden: LfSt) schreibt aus.", "LfSt kann verlängern", true},
		"called so, English":         {"The Bureau of Maps (hereinafter “BoM”) seeks bids.", "BoM kann verlängern", true},
		"called so in brackets":      {`The Port Authority (the "Terminal") seeks bids.`, "Terminal kann verlängern", true},
		"not told":                   {"", "LfSt kann verlängern", false},
		"system of the buyer":        {"Das Landesamt betreibt ein Register-System (im Folgenden: RegSys).", "RegSys kann verlängern", false},
		"contractor":                 {"Der Auftragnehmer des Landes (im Folgenden: AN) liefert.", "AN kann verlängern", false},
		"definition of another noun": {"The Act on Records of the State (hereinafter “ARS”) applies.", "ARS kann verlängern", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			m := newMatcher()
			m.buyers.add([]string{"Stadt", "Landkreis", "*ministerium", "Amt", "Landesamt", "Land", "Court", "Bureau", "Authority", "State"})
			if err := m.add(Label{Set: SetTopic, ID: "x"}, "{buyer} .. kann"); err != nil {
				t.Fatal(err)
			}
			m.addUnits()
			m.build()
			scanner := m.NewScanner()
			scanner.Learn(test.told)
			if hits, _ := scanner.Scan(test.text); (len(hits) > 0) != test.want {
				t.Errorf("found %v, want %v", len(hits) > 0, test.want)
			}
			scanner.Forget()
			if hits, _ := scanner.Scan(test.text); test.told != "" && len(hits) > 0 {
				t.Error("remembers what another document calls its buyer")
			}
		})
	}
}
