package diff

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
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
			changed, context, ok := Lines(test.patch)
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
		changed, context, ok := Lines(patch)
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

func TestPatches(t *testing.T) {
	const index = "index 5626abf..814f4a4 100644\n"
	for name, test := range map[string]struct {
		text string
		want map[string]string
	}{
		"nothing": {"", map[string]string{}},
		"two files": {
			"diff --git a/a.md b/a.md\n" + index + "--- a/a.md\n+++ b/a.md\n@@ -1 +1 @@\n-one\n+two\n" +
				"diff --git a/c/b.md b/c/b.md\nnew file mode 100644\n" + index + "--- /dev/null\n+++ b/c/b.md\n@@ -0,0 +1,2 @@\n+x\n+y\n",
			map[string]string{"a.md": "@@ -1 +1 @@\n-one\n+two", "c/b.md": "@@ -0,0 +1,2 @@\n+x\n+y"},
		},
		"two hunks": {
			"diff --git a/a.md b/a.md\n" + index + "--- a/a.md\n+++ b/a.md\n@@ -1 +1 @@\n-one\n+two\n@@ -9 +9 @@ heading\n-x\n+y\n",
			map[string]string{"a.md": "@@ -1 +1 @@\n-one\n+two\n@@ -9 +9 @@ heading\n-x\n+y"},
		},
		"deleted": {"diff --git a/a.md b/a.md\ndeleted file mode 100644\n" + index + "--- a/a.md\n+++ /dev/null\n@@ -1 +0,0 @@\n-one\n", map[string]string{}},
		"only renamed, binary": {
			"diff --git a/a.md b/b.md\nsimilarity index 100%\nrename from a.md\nrename to b.md\n" +
				"diff --git a/b.docx b/b.docx\n" + index + "Binary files a/b.docx and b/b.docx differ\n",
			map[string]string{},
		},
		"renamed and changed": {
			"diff --git a/a.md b/b.md\nsimilarity index 90%\nrename from a.md\nrename to b.md\n" + index + "--- a/a.md\n+++ b/b.md\n@@ -1 +1 @@\n-one\n+two\n",
			map[string]string{"b.md": "@@ -1 +1 @@\n-one\n+two"},
		},
		"blanks": {
			"diff --git a/Los 1/a b.md b/Los 1/a b.md\n" + index + "--- a/Los 1/a b.md\t\n+++ b/Los 1/a b.md\t\n@@ -1 +1 @@\n-one\n+two\n",
			map[string]string{"Los 1/a b.md": "@@ -1 +1 @@\n-one\n+two"},
		},
		"quoted": {
			"diff --git \"a/Pr\\303\\274fung \\\"1\\\".md\" \"b/Pr\\303\\274fung \\\"1\\\".md\"\n" + index + "--- \"a/Pr\\303\\274fung \\\"1\\\".md\"\n+++ \"b/Pr\\303\\274fung \\\"1\\\".md\"\n@@ -1 +1 @@\n-one\n+two\n",
			map[string]string{`Prüfung "1".md`: "@@ -1 +1 @@\n-one\n+two"},
		},
		"quoted, with blanks": {
			"diff --git \"a/Los 1/ä \\\"x\\\".md\" \"b/Los 1/ä \\\"x\\\".md\"\n" + index + "--- \"a/Los 1/ä \\\"x\\\".md\"\t\n+++ \"b/Los 1/ä \\\"x\\\".md\"\t\n@@ -1 +1 @@\n-one\n+two\n",
			map[string]string{`Los 1/ä "x".md`: "@@ -1 +1 @@\n-one\n+two"},
		},
		"lines like headers": {
			"diff --git a/a.md b/a.md\n" + index + "--- a/a.md\n+++ b/a.md\n@@ -1,2 +1,3 @@\n--- a/x\n+++ b/evil.md\n+diff --git a/y b/y\n diff --git a/z b/z\n",
			map[string]string{"a.md": "@@ -1,2 +1,3 @@\n--- a/x\n+++ b/evil.md\n+diff --git a/y b/y\n diff --git a/z b/z"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if d := cmp.Diff(test.want, Patches(test.text)); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}
