package gitea

import (
	"strings"
	"testing"

	"code.gitea.io/sdk/gitea"
	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar/bot"
)

func TestDiffOf(t *testing.T) {
	const patch = "@@ -1,2 +1,2 @@\n a\n-b\n+c"
	for name, test := range map[string]struct {
		file  gitea.ChangedFile
		patch string
		want  bot.FileDiff
	}{
		"changed":      {gitea.ChangedFile{Filename: "a", Status: "changed"}, patch, bot.FileDiff{Path: "a", Old: "a", Changed: []int{2}, Context: []int{1}}},
		"added":        {gitea.ChangedFile{Filename: "a", Status: "added"}, "@@ -0,0 +1 @@\n+c", bot.FileDiff{Path: "a", Changed: []int{1}}},
		"copied":       {gitea.ChangedFile{Filename: "a", Status: "copied"}, patch, bot.FileDiff{Path: "a", Changed: []int{2}, Context: []int{1}}},
		"deleted":      {gitea.ChangedFile{Filename: "a", Status: "deleted"}, "", bot.FileDiff{Old: "a"}},
		"renamed":      {gitea.ChangedFile{Filename: "a", PreviousFilename: "b", Status: "renamed"}, patch, bot.FileDiff{Path: "a", Old: "b", Changed: []int{2}, Context: []int{1}}},
		"only renamed": {gitea.ChangedFile{Filename: "a", PreviousFilename: "b", Status: "renamed"}, "", bot.FileDiff{Path: "a", Old: "b", Binary: true}},
		"binary":       {gitea.ChangedFile{Filename: "a", Status: "changed"}, "", bot.FileDiff{Path: "a", Old: "a", Binary: true}},
		"broken":       {gitea.ChangedFile{Filename: "a", Status: "changed"}, "@@ -1,2 +1,9 @@\n a", bot.FileDiff{Path: "a", Old: "a", Binary: true}},
	} {
		t.Run(name, func(t *testing.T) {
			if d := cmp.Diff(test.want, diffOf(&test.file, test.patch)); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
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
			if d := cmp.Diff(test.want, patches(test.text)); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

// Whatever a diff holds, each part of it is one of its own, and has a name and hunks.
func FuzzPatches(f *testing.F) {
	f.Add("diff --git a/a.md b/a.md\n--- a/a.md\n+++ b/a.md\n@@ -1 +1 @@\n-one\n+two\ndiff --git a/b b/b\n--- /dev/null\n+++ \"b/\\303\\244\"\t\n@@ -0,0 +1 @@\n+x\n")
	f.Add("diff --git \n+++ b/\n@@ ")
	f.Fuzz(func(t *testing.T, text string) {
		for name, hunks := range patches(text) {
			if name == "" || !strings.HasPrefix(hunks, "@@ ") || !strings.Contains(text, hunks) || strings.Contains(hunks, "\ndiff --git ") {
				t.Errorf("%q: %q", name, hunks)
			}
		}
	})
}
