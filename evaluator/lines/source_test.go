package lines

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestSource(t *testing.T) {
	long := strings.Repeat("x", 400)
	for name, test := range map[string]struct {
		data, about string
		line        int
		wantLine    int
		want        string
	}{
		"a line":                {"a\n  title:   Fahrzeuge \nb", "", 2, 2, "title: Fahrzeuge"},
		"the last one":          {"a\nb", "", 2, 2, "b"},
		"ends of Windows":       {"a\r\nb\r\n", "", 1, 1, "a"},
		"behind the end":        {"a\nb", "", 9, 2, "b"},
		"none":                  {"a\nb", "", 0, 1, "a"},
		"of nothing":            {"", "", 1, 1, ""},
		"a long one":            {long, "", 1, 1, long[:300]},
		"a long one, about":     {long + `"title":"Fahrzeuge"`, `Fahrzeuge"`, 1, 1, `Fahrzeuge"`},
		"a password":            {`db_password: "x1"`, "", 1, 1, "db_password: …"},
		"of an old encoding":    {"Gr\xfc\xdfe", "", 1, 1, "Grüße"},
		"a long one of umlauts": {"a" + strings.Repeat("aü", 2000), "", 1, 1, "a" + strings.Repeat("aü", 149) + "a"},
	} {
		t.Run(name, func(t *testing.T) {
			got := NewSource([]byte(test.data)).Evidence(test.line, test.about)
			if got.Line != test.wantLine || got.Quote != test.want {
				t.Errorf("got %d %q, want %d %q", got.Line, got.Quote, test.wantLine, test.want)
			}
		})
	}
}

func TestSourceFind(t *testing.T) {
	s := NewSource([]byte("<a\n b=\"c\"\n>c"))
	for name, test := range map[string]struct {
		first, last int
		text        string
		want        int
	}{
		"on one of them": {1, 3, `"c"`, 2},
		"behind them":    {1, 1, `"c"`, 1},
		"nowhere":        {2, 9, "d", 2},
		"nothing":        {2, 3, "", 2},
		"no such lines":  {9, 12, "c", 3},
	} {
		t.Run(name, func(t *testing.T) {
			if got := s.Find(test.first, test.last, test.text); got != test.want {
				t.Errorf("line %d", got)
			}
		})
	}
}

func FuzzSource(f *testing.F) {
	f.Add([]byte("a\npassword: x\n"), 2, "x")
	f.Fuzz(func(t *testing.T, data []byte, line int, about string) {
		s := NewSource(data)
		got := s.Evidence(line, about)
		if got.Line < 1 || got.Line > s.Lines() {
			t.Errorf("line %d of %d", got.Line, s.Lines())
		}
		if !utf8.ValidString(got.Quote) || utf8.RuneCountInString(got.Quote) > quoted {
			t.Errorf("quote %q", got.Quote)
		}
	})
}
