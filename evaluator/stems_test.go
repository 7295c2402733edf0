package evaluator

import "testing"

func TestStems(t *testing.T) {
	s := stemsOf("nlage ", "NNEX ", " bei", "eigefügt")
	for name, test := range map[string]struct {
		text string
		want bool
	}{
		"at the beginning":       {"nlage 3", true},
		"at the end":             {"liegt bei", true},
		"in between":             {"siehe Anlage 3.", true},
		"behind one that is not": {"NNE NNEX B", true},
		"letters beyond ASCII":   {"ist beigefügt.", true},
		"another case":           {"ANLAGE 3, annex b", false},
		"cut off":                {"Anlage", false},
		"shorter than any":       {"n", false},
		"no text":                {"", false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := s.in(test.text); got != test.want {
				t.Errorf("in %q: %t, want %t", test.text, got, test.want)
			}
		})
	}
}
