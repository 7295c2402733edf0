//go:build unix

package evaluator

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/austauschbar/austauschbar/evaluator/markdown"
)

// The walk alone, by how much there is to find: ordinary prose is the example's and,
// where it is, the corpus's; dense is made of the lexicon's examples and the
// catalogue's names, so that every clause holds several. MB/core-s counts the time of
// processors only, collecting garbage included: others on the machine slow it less.
func BenchmarkWalk(b *testing.B) {
	e, err := shipped()
	if err != nil {
		b.Fatal(err)
	}
	for name, source := range map[string]string{"ordinary": ordinary(b), "dense": dense(b, e)} {
		text, err := markdown.Read(b.Context(), []byte(source))
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(source)))
			b.ReportAllocs()
			before := processorTime(b)
			for b.Loop() {
				w := newWalk(e.lexicon, "a.md")
				w.read(text)
				e.lexicon.Return(w.scanner)
			}
			took := (processorTime(b) - before).Seconds()
			b.ReportMetric(float64(len(source)*b.N)/1e6/took, "MB/core-s")
		})
	}
}

// ordinary joins the Markdown tenders there are.
func ordinary(b *testing.B) string {
	b.Helper()
	var parts []string
	for _, pattern := range []string{"../examples/sources/*.md", "../../shared/corpus/tenders/*.md"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			b.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				b.Fatal(err)
			}
			parts = append(parts, string(data))
		}
	}
	return strings.Join(parts, "\n\n")
}

// dense writes a heading for each topic, under it its examples, each with two names
// of the catalogue.
func dense(b *testing.B, e *Evaluator) string {
	b.Helper()
	names := slices.Sorted(maps.Keys(e.lexicon.Entries))
	name := func(i int) string { return e.lexicon.Entries[names[i*7919%len(names)]].Name }
	var text strings.Builder
	count := 0
	for _, id := range e.Topics() {
		fmt.Fprintf(&text, "# %s\n\n", e.lexicon.Topics[id].Title["de"])
		for _, polarity := range slices.Sorted(maps.Keys(e.lexicon.Topics[id].Examples)) {
			for _, example := range e.lexicon.Topics[id].Examples[polarity] {
				fmt.Fprintf(&text, "%s Das System muss %s oder gleichwertig bis zum 31.12.2027 ersetzen und mit %s zusammenarbeiten.\n\n", example, name(count), name(count+1))
				count += 2
			}
		}
	}
	return text.String()
}

// processorTime is what the process has used of all cores.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
