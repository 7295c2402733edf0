package lexicon

import "testing"

// What is told by a glance must not keep an expression from what it would find.
func TestBeginsMissesNothing(t *testing.T) {
	patterns := map[string]*pattern{"duration": &durationPattern, "percentage": &percentPattern, "amount": &amountPattern, "day": &dayPattern, "month": &monthPattern}
	for name, test := range map[string]struct {
		pattern string
		texts   []string
	}{
		"durations":         {"duration", []string{"48 Monate", "2 x 12 Monate", "3×6 Monate", "vier (4) Wochen", "24-monatig", "12 – Monate", "zehn aufeinanderfolgende Tage", "10 consecutive days", "30 working days", "Dreißig Kalendertage", "1 year", "5 yrs", "48 mths", "Twenty-two months"}},
		"percentages":       {"percentage", []string{"3,5 %", "3.5%", "10\u00a0000 %", "19 v. H.", "19 vom Hundert, 7 Prozent", "5 per cent"}},
		"amounts":           {"amount", []string{"1.200 Euro", "1\u202f200,00 €", "€ 5", "US$ 5,000", "EUR\t7", "12'000 CHF", "£3"}},
		"days":              {"day", []string{"2027-03-01", "1.3.2027", "01. 12. 2027", "31.12. 2027"}},
		"months":            {"month", []string{"1. März 2027", "1 March 2027", "12.\tDezember 2027", "September 30, 2027", "May 1, 2027"}},
		"numbers, no value": {"percentage", []string{"3.2.1", "12, 13 und 14", "1'"}},
	} {
		t.Run(name, func(t *testing.T) {
			p := patterns[test.pattern]
			for _, text := range test.texts {
				begins := false
				for at := range len(text) {
					if withinWord(text, at) || !p.expression.MatchString(text[at:]) {
						continue
					}
					begins = true
					if !p.first[text[at]] || p.begins != nil && !p.begins(text, at) {
						t.Errorf("%q: nothing seems to begin at byte %d", text, at)
					}
				}
				if want := name != "numbers, no value"; begins != want {
					t.Errorf("%q: a value begins: %t, want %t", text, begins, want)
				}
			}
		})
	}
}
