//go:build unix

package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestMedian(t *testing.T) {
	for name, test := range map[string]struct {
		all  []time.Duration
		want time.Duration
	}{
		"none": {nil, 0},
		"odd":  {[]time.Duration{9, 1, 5}, 5},
		"even": {[]time.Duration{4, 1, 9, 2}, 3},
	} {
		t.Run(name, func(t *testing.T) {
			if got := median(test.all); got != test.want {
				t.Errorf("got %d, want %d", got, test.want)
			}
		})
	}
}

func TestRatioOfNothing(t *testing.T) {
	if got := ratio(time.Second, 0); got != "-" {
		t.Errorf("got %q", got)
	}
}

// Only files that every contender reads are compared; the manifest goes along.
func TestCollect(t *testing.T) {
	from, to := t.TempDir(), filepath.Join(t.TempDir(), "same")
	for _, name := range []string{"a.PDF", "b.docx", "c/d.md", "e.xlsx", "dossier.yaml", "f.labels.yaml"} {
		file := filepath.Join(from, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte("12345"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	c, err := collect(from, to)
	if err != nil {
		t.Fatal(err)
	}
	if c.files != 3 || c.bytes != 15 {
		t.Errorf("%d files, %d bytes; want 3 and 15", c.files, c.bytes)
	}
	var copied []string
	if err := filepath.WalkDir(to, func(name string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			copied = append(copied, strings.TrimPrefix(name, to+"/"))
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if want := []string{"a.PDF", "b.docx", "c/d.md", "dossier.yaml"}; !slices.Equal(copied, want) {
		t.Errorf("copied %v, want %v", copied, want)
	}
	if each, once := len(c.extraction(false)), len(c.extraction(true)); each != 3 || once != 3 {
		t.Errorf("%d and %d commands, want 3 and 3", each, once)
	}
}

func TestNothingToCompare(t *testing.T) {
	if _, err := collect(t.TempDir(), t.TempDir()); err == nil {
		t.Error("an empty folder is compared")
	}
}
