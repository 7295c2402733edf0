package patch

import (
	"slices"
	"strings"
	"testing"
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
			lines, ok := Read(test.patch)
			changed, context := Split(lines)
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
		read, ok := Read(patch)
		if !ok && len(read) > 0 {
			t.Error("lines of a patch that is not understood")
		}
		changed, context := Split(read)
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
		old := 0
		for _, line := range read {
			if line.Old != 0 && line.Old <= old {
				t.Fatalf("lines %v", read)
			}
			old = max(old, line.Old)
		}
		if len(changed)+len(context) > strings.Count(patch, "\n") {
			t.Fatalf("%d lines of a patch of %d", len(changed)+len(context), strings.Count(patch, "\n"))
		}
	})
}

// The old number of a line that did not change counts what was removed and added
// before it.
func TestOldLines(t *testing.T) {
	lines, ok := Read("@@ -1,4 +1,4 @@\n a\n-b\n-c\n+d\n+e\n f\n@@ -20,1 +20,2 @@\n g\n+h\n@@ -30,0 +32,1 @@\n+i\n@@ -40,2 +43,1 @@\n-j\n k")
	want := []Line{{1, 1}, {2, 0}, {3, 0}, {4, 4}, {20, 20}, {21, 0}, {32, 0}, {43, 41}}
	if !ok || !slices.Equal(lines, want) {
		t.Errorf("%v, %v, want %v", lines, ok, want)
	}
}
