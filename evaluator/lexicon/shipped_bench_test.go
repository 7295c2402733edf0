//go:build unix

package lexicon

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// What ships over real tenders, matching alone, sentence by sentence: the names of the
// catalogue, and the catalogue with all phrases of the lexicon. The tenders' words are
// new each time.
func BenchmarkScanShipped(b *testing.B) {
	clauses, size := tenderClauses(b, load(b))
	for name, folders := range map[string][]string{"catalogue": {"catalogue"}, "all": {"catalogue", "lexicon"}} {
		b.Run(name, func(b *testing.B) {
			l, err := Load(foldersOf(b, "../../policies", folders))
			if err != nil {
				b.Fatal(err)
			}
			scanner := l.Matcher.NewScanner()
			b.SetBytes(int64(size))
			b.ReportAllocs()
			before := processorTime(b)
			for b.Loop() {
				scanner.forget()
				for _, clause := range clauses {
					scanner.Scan(clause)
				}
			}
			b.ReportMetric(float64(size*b.N)/1e6/(processorTime(b)-before).Seconds(), "MB/core-s")
		})
	}
}

// tenderClauses are the sentences of the example's documents and, where it is, the
// corpus's, with their length in bytes.
func tenderClauses(b *testing.B, l *Lexicon) (clauses []string, size int) {
	b.Helper()
	for _, pattern := range []string{"../../examples/sources/*.md", "../../../shared/corpus/tenders/*.md"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			b.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				b.Fatal(err)
			}
			for line := range strings.Lines(string(data)) {
				for _, clause := range l.Sentences(strings.TrimSpace(line)) {
					clauses, size = append(clauses, clause), size+len(clause)
				}
			}
		}
	}
	return clauses, size
}

// foldersOf holds some of a folder's folders.
func foldersOf(b *testing.B, root string, folders []string) fs.FS {
	b.Helper()
	files := fstest.MapFS{}
	for _, folder := range folders {
		names, err := filepath.Glob(filepath.Join(root, folder, "*.yaml"))
		if err != nil {
			b.Fatal(err)
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				b.Fatal(err)
			}
			files[folder+"/"+filepath.Base(name)] = &fstest.MapFile{Data: data}
		}
	}
	return files
}
