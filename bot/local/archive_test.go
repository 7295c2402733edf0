package local

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

// A folder at a revision is what was committed, not what lies there now.
func TestWhole(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("needs git")
	}
	root := t.TempDir()
	folder := filepath.Join(root, "policies")
	write := func(name, text string) {
		t.Helper()
		file := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("README.md", "outside")
	write("policies/lib/a.rego", "then")
	for _, args := range [][]string{{"init", "-q"}, {"add", "."}, {"-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "base"}} {
		if _, err := git(t.Context(), root, args...); err != nil {
			t.Fatal(err)
		}
	}
	write("policies/lib/a.rego", "now")
	write("policies/lib/b.rego", "new")
	write("fresh/c.rego", "new")

	files, err := Whole(t.Context(), folder, "HEAD")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	err = fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			names = append(names, name)
		}
		return err
	})
	if err != nil || !slices.Equal(names, []string{"lib/a.rego"}) {
		t.Errorf("files %v, error %v", names, err)
	}
	if data, err := fs.ReadFile(files, "lib/a.rego"); err != nil || string(data) != "then" {
		t.Errorf("read %q, error %v", data, err)
	}
	if files, err := Whole(t.Context(), filepath.Join(root, "fresh"), "HEAD"); err != nil {
		t.Errorf("a folder that was not there: error %v", err)
	} else if entries, err := fs.ReadDir(files, "."); err != nil || len(entries) > 0 {
		t.Errorf("a folder that was not there holds %v, error %v", entries, err)
	}
	if _, err := Whole(t.Context(), folder, "nonsense"); err == nil {
		t.Error("a revision that is none is found")
	}
}
