package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The tutorial for policy owners, followed to the letter in a fresh repository.
func TestTutorial(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("the tutorial uses git")
	}
	data, err := os.ReadFile("../../docs/writing-criteria.md")
	if err != nil {
		t.Fatal(err)
	}
	tutorial, _, ok := strings.Cut(string(data), "\n## Reference\n")
	if !ok {
		t.Fatal("the page has no reference")
	}
	folder := t.TempDir()
	for _, part := range []string{"policies", "templates/de", "templates/en", "examples"} {
		if err := os.CopyFS(filepath.Join(folder, part), os.DirFS(filepath.Join("../..", part))); err != nil {
			t.Fatal(err)
		}
	}
	tools := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(self, filepath.Join(tools, "austauschbar")); err != nil {
		t.Fatal(err)
	}
	typed := func(script string) string {
		t.Helper()
		command := exec.Command("sh", "-ec", script)
		command.Dir = folder
		command.Env = append(os.Environ(), "AUSTAUSCHBAR_TEST=1", "PATH="+tools+":"+os.Getenv("PATH"), "GIT_CONFIG_GLOBAL=/dev/null",
			"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.org", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.org")
		out, err := command.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s\n%s", err, script, out)
		}
		return string(out)
	}
	typed("git init -q && git add . && git commit -q -m base")
	var said strings.Builder
	for i, part := range strings.Split(tutorial, "```") {
		if block, isShell := strings.CutPrefix(part, "sh\n"); isShell && i%2 == 1 {
			said.WriteString(typed(block))
		}
	}
	for _, want := range []string{
		`"interface_test_environment": [`,
		"IF-99 asks about the topic interface_test_environment",
		"8 of 8 tests passed",
		"6 of 6 tests passed",
		"rating: not_met",
		"IF-99  Testumgebung für",
		"pages in de and en",
	} {
		if !strings.Contains(said.String(), want) {
			t.Errorf("following the tutorial does not say %q:\n%s", want, said.String())
		}
	}
	if page, err := os.ReadFile(filepath.Join(folder, "site/en/IF-99.html")); err != nil || !strings.Contains(string(page), "only on request or as an option") {
		t.Errorf("the criterion's page: error %v", err)
	}
	if register, err := os.ReadFile(filepath.Join(folder, "policies/criteria/data.yaml")); err != nil || !strings.Contains(string(register), "\nIF-99: {group: interfaces, kind: B, weight: 3,") {
		t.Errorf("the register does not list the criterion: error %v", err)
	}
	if left := typed("git status --porcelain policies templates"); left != "" {
		t.Errorf("not committed: %s", left)
	}
}
