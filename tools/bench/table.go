//go:build unix

package main

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"
)

// A table is what was measured, line by line.
type table struct {
	dossier string // what the mixed dossier consists of
	lines   []line
}

type line struct{ what, median, spread, memory, compared, budget string }

// A budget is what design says of a figure and whether it is kept.
type budget string

const nothing budget = ""

func atMost(limit, got float64, unit string) budget {
	return verdict(fmt.Sprintf("≤ %g %s", limit, unit), got <= limit)
}

func atLeast(limit, got float64, unit string) budget {
	return verdict(fmt.Sprintf("≥ %g %s", limit, unit), got >= limit)
}

func verdict(limit string, kept bool) budget {
	if kept {
		return budget(limit + ": kept")
	}
	return budget(limit + ": missed")
}

// add tells of runs of a contender.
func (t *table) add(what string, runs []measurement, compared string, budget budget) {
	all := times(runs)
	t.lines = append(t.lines, line{what, seconds(median(all)), seconds(slices.Min(all)) + " to " + seconds(slices.Max(all)),
		fmt.Sprintf("%d MB", memoryOf(runs)/1e6), compared, string(budget)})
}

// tell tells of a figure that was measured elsewhere.
func (t *table) tell(what, figure, compared string, budget budget) {
	t.lines = append(t.lines, line{what: what, median: figure, compared: compared, budget: string(budget)})
}

func (t *table) print(out io.Writer, runs int) error {
	fmt.Fprintf(out, "mixed dossier: %s\n\n", t.dossier)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "what\tmedian of %d\tfastest to slowest\tpeak memory\tcompared\tbudget\n", runs)
	for _, l := range t.lines {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", l.what, l.median, l.spread, l.memory, l.compared, l.budget)
	}
	return w.Flush()
}

// memoryOf is the peak of all runs, in bytes.
func memoryOf(runs []measurement) int64 {
	most := int64(0)
	for _, m := range runs {
		most = max(most, m.memory)
	}
	return most
}

func middle(runs []measurement) time.Duration { return median(times(runs)) }

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

// ratioTo says how many times as long something took as something else.
func ratioTo(ours, theirs time.Duration, name string) string {
	if theirs <= 0 {
		return ""
	}
	return fmt.Sprintf("%.2f × %s", ours.Seconds()/theirs.Seconds(), name)
}
