package github

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestLines(t *testing.T) {
	for name, test := range map[string]struct {
		patch            string
		changed, context []int
		bad              bool
	}{
		"added file":         {patch: "@@ -0,0 +1,3 @@\n+a\n+b\n+c", changed: []int{1, 2, 3}},
		"one line":           {patch: "@@ -1 +1 @@\n-a\n+b", changed: []int{1}},
		"deleted file":       {patch: "@@ -1,2 +0,0 @@\n-a\n-b"},
		"deleted lines":      {patch: "@@ -3,3 +3,1 @@ heading\n a\n-b\n-c", context: []int{3}},
		"context":            {patch: "@@ -10,4 +10,5 @@ func x() { @@\n a\n b\n+c\n d\n e", changed: []int{12}, context: []int{10, 11, 13, 14}},
		"two hunks":          {patch: "@@ -1,2 +1,3 @@\n a\n+b\n c\n@@ -20,2 +21,1 @@\n-x\n y", changed: []int{2}, context: []int{1, 3, 21}},
		"no newline":         {patch: "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file", changed: []int{1}},
		"newline came":       {patch: "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b", changed: []int{2}, context: []int{1}},
		"lines like headers": {patch: "@@ -1,2 +1,2 @@\n--- a\n-@@ -1 +1 @@\n+++ b\n+@@ -9 +9 @@", changed: []int{1, 2}},
		"trimmed blank":      {patch: "@@ -1,3 +1,4 @@\n a\n\n+b\n c", changed: []int{3}, context: []int{1, 2, 4}},
		"carriage returns":   {patch: "@@ -1,2 +1,2 @@\n a\r\n-b\r\n+c\r", changed: []int{2}, context: []int{1}},
		"final newline":      {patch: "@@ -1 +1 @@\n-a\n+b\n", changed: []int{1}},
		"deleted in between": {patch: "@@ -5,2 +4,0 @@\n-a\n-b\n@@ -9,1 +5,1 @@\n-c\n+d", changed: []int{5}},
		"empty":              {bad: true},
		"no header":          {patch: "+a", bad: true},
		"cut off":            {patch: "@@ -1,2 +1,9 @@\n a\n+b", bad: true},
		"too many lines":     {patch: "@@ -1 +1 @@\n-a\n+b\n+c", bad: true},
		"strange line":       {patch: "@@ -1 +1 @@\n*a", bad: true},
		"backwards":          {patch: "@@ -9 +9 @@\n-a\n+b\n@@ -1 +1 @@\n-a\n+b", bad: true},
		"line zero":          {patch: "@@ -0,0 +0,1 @@\n+a", bad: true},
		"no number":          {patch: "@@ -a +1 @@\n+a", bad: true},
		"huge number":        {patch: "@@ -1 +99999999999999999999 @@\n-a\n+a", bad: true},
		"combined":           {patch: "@@@ -1 -1 +1 @@@\n++a", bad: true},
	} {
		t.Run(name, func(t *testing.T) {
			changed, context, ok := linesOf(test.patch)
			if ok == test.bad {
				t.Fatalf("ok is %v", ok)
			}
			if ok && (!slices.Equal(changed, test.changed) || !slices.Equal(context, test.context)) {
				t.Errorf("changed %v, want %v; context %v, want %v", changed, test.changed, context, test.context)
			}
		})
	}
}

// Whatever a patch holds, its lines are positive, ascending and of one kind each.
func FuzzLines(f *testing.F) {
	f.Add("@@ -1,2 +1,3 @@\n a\n+b\n c\n@@ -20,2 +21,1 @@\n-x\n y\n\\ No newline at end of file")
	f.Add("@@ -0,0 +1 @@\n+a")
	f.Add("@@ -5,2 +4,0 @@\n-a\n-b\n@@ -9 +5 @@\n-c\n+d")
	f.Fuzz(func(t *testing.T, patch string) {
		changed, context, ok := linesOf(patch)
		if !ok {
			if changed != nil && context != nil && strings.Count(patch, "\n") == 0 {
				t.Error("lines of a single line that is no hunk")
			}
			return
		}
		for _, lines := range [][]int{changed, context} {
			for i, line := range lines {
				if line < 1 || i > 0 && line <= lines[i-1] {
					t.Fatalf("lines %v", lines)
				}
			}
		}
		for _, line := range changed {
			if slices.Contains(context, line) {
				t.Fatalf("line %d is changed and is not", line)
			}
		}
		if len(changed)+len(context) > strings.Count(patch, "\n") {
			t.Fatalf("%d lines of a patch of %d", len(changed)+len(context), strings.Count(patch, "\n"))
		}
	})
}

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
