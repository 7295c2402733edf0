package lexicon

import (
	"strings"
	"testing"
)

func TestDeniedLists(t *testing.T) {
	l := load(t)
	for name, test := range map[string]struct{ text, language, denied string }{
		"a list that goes on":        {"All models are open source (no API calls to MySQL, MongoDB, etc.).", "en", "MySQL MongoDB"},
		"joined by or":               {"The solution must work without MySQL, MongoDB or Redis.", "en", "MySQL MongoDB Redis"},
		"neither nor":                {"Neither MySQL nor MongoDB may be used.", "en", "MySQL MongoDB"},
		"German list that goes on":   {"Es wird kein MySQL, MongoDB usw. verwendet.", "de", "MySQL MongoDB"},
		"German list joined by or":   {"Der Betrieb muss ohne MySQL, MongoDB oder Redis möglich sein.", "de", "MySQL MongoDB Redis"},
		"the opposite behind a list": {"Nicht MySQL, MongoDB ist zu verwenden.", "de", "MySQL"},
		"the opposite in English":    {"The data are stored without MySQL, MongoDB is used.", "en", "MySQL"},
		"what stands before":         {"MongoDB is used, not MySQL.", "en", "MySQL"},
		"nothing denied":             {"The solution uses MySQL, MongoDB or Redis.", "en", ""},
		"another clause":             {"No MySQL is used; MongoDB, Redis etc. may be.", "en", "MySQL"},
	} {
		t.Run(name, func(t *testing.T) {
			var denied []string
			for _, hit := range l.Read(l.Matcher.NewScanner(), test.text, test.language).Names {
				if hit.Negated {
					denied = append(denied, test.text[hit.Start:hit.End])
				}
			}
			if got := strings.Join(denied, " "); got != test.denied {
				t.Errorf("denied are %q, want %q", got, test.denied)
			}
		})
	}
}
