//go:build unix

package main

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"
)

// A table holds the measurements of one folder by contender.
type table struct {
	folder  string
	corpus  corpus
	results map[string][]measurement
}

// print writes all tables as one. A ratio below 1 says that austauschbar took
// less time than that contender.
func print(out io.Writer, runs int, tables []table) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "what\tmedian of %d\tfastest to slowest\tpeak memory\tours / this\n", runs)
	for _, t := range tables {
		fmt.Fprintf(w, "%s\t\t\t\t\n", t.folder)
		fmt.Fprintf(w, " reading %d files, %.1f MB (pdf %d, docx %d, markdown %d)\t\t\t\t\n", t.corpus.files, float64(t.corpus.bytes)/1e6,
			len(t.corpus.byKind["pdf"]), len(t.corpus.byKind["docx"]), len(t.corpus.byKind["markdown"]))
		ours := median(times(t.results[reviewWarm]))
		cold := median(times(t.results[reviewCold]))
		for _, name := range []string{reviewWarm, reviewCold} {
			t.row(w, name, "")
		}
		for _, name := range []string{eachFile, eachFormat} {
			theirs := median(times(t.results[name]))
			t.row(w, name, fmt.Sprintf("%s prepared, %s not", ratio(ours, theirs), ratio(cold, theirs)))
		}
		fmt.Fprintf(w, " judging, all files of the folder\t\t\t\t\n")
		t.row(w, reviewAll, "")
		t.row(w, findFacts, "")
		judged := median(times(t.results[reviewAll])) - median(times(t.results[findFacts]))
		fmt.Fprintf(w, "  %s\t%s\t\t\t\n", judging, seconds(judged))
		t.row(w, opaEval, ratio(judged, median(times(t.results[opaEval]))))
	}
	w.Flush()
}

func (t table) row(w io.Writer, name, compared string) {
	all := times(t.results[name])
	memory := int64(0)
	for _, m := range t.results[name] {
		memory = max(memory, m.memory)
	}
	fmt.Fprintf(w, "  %s\t%s\t%s to %s\t%d MB\t%s\n", name, seconds(median(all)), seconds(slices.Min(all)), seconds(slices.Max(all)), memory/1e6, compared)
}

func times(measured []measurement) []time.Duration {
	all := make([]time.Duration, len(measured))
	for i, m := range measured {
		all[i] = m.time
	}
	return all
}

// median returns the middle one, of an even number the mean of the two; 0 for none.
func median(all []time.Duration) time.Duration {
	if len(all) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(all))
	return (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.2f s", d.Seconds()) }

// ratio is "-" where there is nothing to compare with.
func ratio(ours, theirs time.Duration) string {
	if theirs <= 0 {
		return "-"
	}
	return fmt.Sprintf("%.2f", ours.Seconds()/theirs.Seconds())
}
