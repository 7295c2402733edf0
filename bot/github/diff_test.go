package github

import (
	"testing"
	"unicode/utf8"
)

func TestCutMarkdown(t *testing.T) {
	for name, test := range map[string]struct {
		text  string
		limit int
		want  string
	}{
		"fits":              {"abc", 3, "abc"},
		"at a line's end":   {"one\ntwo\nthree", 10, "one\ntwo"},
		"within a rune":     {"ääää", 5, "ää"},
		"closes a fence":    {"x\n```go\none\ntwo\nthree\n```\n", 18, "x\n```go\none\n```"},
		"closes long fence": {"~~~~\none\ntwo\nthree\n~~~~", 14, "~~~~\none\n~~~~"},
		"closed fence":      {"```\na\n```\nbbbbbbbbbbbb", 15, "```\na\n```"},
		"inline backticks":  {"```x``` y\nbbbbbbbbbbbbbb", 12, "```x``` y"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := cutMarkdown(test.text, test.limit); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

// A cut text keeps its limit, its characters and its fences.
func FuzzCutMarkdown(f *testing.F) {
	f.Add("x\n```go\none\ntwo\n```\n", 12)
	f.Add("````````````````````", 9)
	f.Add("~~~ä\n```\n~~~", 6)
	f.Fuzz(func(t *testing.T, text string, limit int) {
		if limit < 0 || limit > 1<<16 {
			return
		}
		got := cutMarkdown(text, limit)
		if len(got) > limit {
			t.Errorf("%d bytes, limit %d", len(got), limit)
		}
		if utf8.ValidString(text) && !utf8.ValidString(got) {
			t.Errorf("%q has half a character", got)
		}
		if fence, _ := openFence(got); len(text) > limit && fence != "" {
			t.Errorf("%q leaves a fence open", got)
		}
	})
}
