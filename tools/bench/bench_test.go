//go:build unix

package main

import (
	"maps"
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
	if got := ratioTo(time.Second, 0, "them"); got != "" {
		t.Errorf("got %q", got)
	}
}

func TestFigures(t *testing.T) {
	found := figures{}
	found.read("goos: linux\nBenchmarkWalk/dense-2   \t 62\t 39449097 ns/op\t 4.89 MB/s\nBenchmarkScan/5000  9  7 ns/op\nok  \tpackage 1.2s\n")
	want := figures{"Walk/dense": {"ns/op": 39449097, "MB/s": 4.89}, "Scan/5000": {"ns/op": 7}}
	if !maps.EqualFunc(found, want, maps.Equal[map[string]float64, map[string]float64]) {
		t.Errorf("got %v, want %v", found, want)
	}
}

// A dossier is built once, of the sources in their order.
func TestMixOfNothing(t *testing.T) {
	if _, err := mix(filepath.Join(t.TempDir(), "dossier"), []string{t.TempDir()}, false); err == nil {
		t.Error("a dossier is built of nothing")
	}
}

func TestWrite(t *testing.T) {
	text := filepath.Join(t.TempDir(), "a.md")
	if err := os.WriteFile(text, []byte(strings.Repeat("one two three\n", 100)), 0o644); err != nil {
		t.Fatal(err)
	}
	b := builder{texts: []string{text}}
	written, err := b.write(2)
	if err != nil {
		t.Fatal(err)
	}
	if words := len(strings.Fields(written)); words < 2*pageWords-3 || words > 2*pageWords {
		t.Errorf("%d words, want two pages of %d", words, pageWords)
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
	if count := len(c.extraction()); count != 3 {
		t.Errorf("%d commands, want 3", count)
	}
}

func TestNothingToCompare(t *testing.T) {
	if _, err := collect(t.TempDir(), t.TempDir()); err == nil {
		t.Error("an empty folder is compared")
	}
}
