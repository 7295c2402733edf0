package gitlab

import (
	"regexp"
	"strings"
	"testing"
)

func TestSpell(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"plain":                {"a\nb / c\n", "a\nb / c\n"},
		"marker":               {"<!-- austauschbar:summary -->\n## x", "<!-- austauschbar:summary -->\n## x"},
		"order":                {"a\n/close\nb", "a\n&#47;close\nb"},
		"first line":           {"/Approve", "&#47;Approve"},
		"blanks before":        {"  \t/label ~x", "  \t&#47;label ~x"},
		"carriage return":      {"a\r\n\r/close\r\n", "a\n&#47;close\n"},
		"path":                 {"see /etc/passwd\n// no order\n/ no order\n/1", "see /etc/passwd\n// no order\n/ no order\n/1"},
		"in a fence":           {"```\n/close\n  /close\n```\n/close", "```\n /close\n  /close\n```\n&#47;close"},
		"in a long fence":      {"````yaml\n```\n/close\n````", "````yaml\n```\n /close\n````"},
		"in tildes":            {"~~~\n/close\n~~~", "~~~\n /close\n~~~"},
		"no fence":             {"    ```\n/close", "    ```\n&#47;close"},
		"code in a line":       {"```x``` y\n/close", "```x``` y\n&#47;close"},
		"suggestion":           {"x\n\n```suggestion\nnew line\n```\n", "x\n\n```suggestion:-0+0\nnew line\n```\n"},
		"long suggestion":      {"````suggestion\n```\n````", "````suggestion:-0+0\n```\n````"},
		"suggestion of orders": {"```suggestion\na\n/close\n```", "```text\na\n /close\n```"},
		"quoted suggestion":    {"````\n```suggestion\n```\n````", "````\n```suggestion\n```\n````"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := spell(test.text); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

// carriedOut matches what GitLab could carry out, whatever stands around it: after it
// has dropped carriage returns, lines that begin with a slash and a name.
var carriedOut = regexp.MustCompile(`(?m)^/[A-Za-z]`)

// Whatever a text holds, nothing of it is carried out, what is spelt stays as it is, and
// nothing is lost.
func FuzzSpell(f *testing.F) {
	for _, text := range []string{"/close", "a\r\n\r/close", "```\n/x\n```", "~~~~\n```suggestion\n/a\n~~~~\n/b", "```suggestion\n/a\n\n```\n ```\n/b", "\t/x\n   ```a`\n/y", "&#47;x"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := spell(text)
		if found := carriedOut.FindString(strings.ReplaceAll(got, "\r", "")); found != "" {
			t.Errorf("%q: %q is carried out", got, found)
		}
		if again := spell(got); again != got {
			t.Errorf("%q becomes %q", got, again)
		}
		if strings.Count(got, "\n") != strings.Count(text, "\n") || len(got) < len(text)-strings.Count(text, "\r")-len("suggestion:-0+0")*strings.Count(text, "suggestion") {
			t.Errorf("%q loses something of %q", got, text)
		}
	})
}
