package templates

import "testing"

func TestRanges(t *testing.T) {
	words := load(t, "en")
	for name, c := range map[string]struct {
		ids  any
		want string
	}{
		"none":         {[]string{}, ""},
		"one":          {[]string{"CE-01"}, "CE-01"},
		"two in a row": {[]any{"CE-01", "CE-02"}, "CE-01 and CE-02"},
		"a row":        {[]any{"CE-01", "CE-02", "CE-03"}, "CE-01 to CE-03"},
		"rows":         {[]string{"CE-09", "CE-10", "CE-11", "EX-01", "LI-04", "LI-05", "LI-06", "LI-08"}, "CE-09 to CE-11, EX-01, LI-04 to LI-06 and LI-08"},
		"other groups": {[]string{"EX-01", "IF-02", "LI-03"}, "EX-01, IF-02 and LI-03"},
		"no ids":       {[]string{"a", "b-"}, "a and b-"},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := words.ranges(c.ids); got != c.want || err != nil {
				t.Errorf("%q, %v, want %q", got, err, c.want)
			}
		})
	}
}
