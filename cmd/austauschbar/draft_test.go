package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

func TestWriteFile(t *testing.T) {
	whole := func(out io.Writer) error {
		_, err := io.WriteString(out, "new")
		return err
	}
	failure := errors.New("disk is full")
	breaks := func(out io.Writer) error { return errors.Join(whole(out), failure) }
	fails := func(io.Writer) error { return failure }
	for name, test := range map[string]struct {
		before string // "" for no file
		write  func(io.Writer) error
		want   string
		err    error
	}{
		"a new file":                 {"", whole, "new", nil},
		"in place of another":        {"old", whole, "new", nil},
		"nothing is written":         {"old", func(io.Writer) error { return nil }, "", nil},
		"writing breaks off":         {"", breaks, "", failure},
		"breaks off, another stays":  {"old", breaks, "old", failure},
		"fails before the beginning": {"old", fails, "old", failure},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			file := filepath.Join(folder, "report.html")
			if test.before != "" {
				must(t, os.WriteFile(file, []byte(test.before), 0o640))
			}
			if err := writeFile(file, test.write); !errors.Is(err, test.err) {
				t.Errorf("got %v, want %v", err, test.err)
			}
			got, err := os.ReadFile(file)
			if missing := errors.Is(err, os.ErrNotExist); missing != (test.before == "" && test.err != nil) || string(got) != test.want {
				t.Errorf("the file holds %q, %v", got, err)
			}
			if info, err := os.Stat(file); test.before != "" && err == nil && info.Mode().Perm() != 0o640 {
				t.Errorf("the file has the mode %v", info.Mode())
			}
			if left, _ := os.ReadDir(folder); len(left) > 1 {
				t.Errorf("%s is left behind", left[0].Name())
			}
		})
	}
}

// While a review reads a folder, the file that it will write there is not there yet.
func TestDraftIsMadeLate(t *testing.T) {
	folder := t.TempDir()
	link := filepath.Join(folder, "link.html")
	must(t, os.Symlink("report.html", link))
	must(t, os.WriteFile(filepath.Join(folder, "report.html"), []byte("old"), 0o600))
	out, finish, err := newDraft(link)
	must(t, err)
	if files, _ := os.ReadDir(folder); len(files) != 2 {
		t.Errorf("%d files", len(files))
	}
	_, err = io.WriteString(out, "new")
	must(t, finish(err))
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v", err)
	}
	if got, _ := os.ReadFile(link); string(got) != "new" {
		t.Errorf("the file holds %q", got)
	}
	for _, name := range []string{folder, filepath.Join(folder, "missing", "a.html")} {
		if _, _, err := newDraft(name); err == nil {
			t.Errorf("%s can be written", name)
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
