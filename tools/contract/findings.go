package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
)

// findings counts operations, and the violations of each.
type findings struct {
	operations map[string]int
	violations map[string]int
}

func newFindings() *findings {
	return &findings{operations: map[string]int{}, violations: map[string]int{}}
}

// add counts one exchange. One without an operation is a violation only.
func (f *findings) add(operation string, faults []string) {
	if operation != "" {
		f.operations[operation]++
	}
	slices.Sort(faults)
	for _, fault := range slices.Compact(faults) {
		if operation != "" {
			fault = operation + ": " + fault
		}
		f.violations[fault]++
	}
}

// list prints the operations.
func (f *findings) list(w io.Writer) {
	for _, operation := range slices.Sorted(maps.Keys(f.operations)) {
		fmt.Fprintf(w, "%7d %s\n", f.operations[operation], operation)
	}
}

// print prints the violations and a sum.
func (f *findings) print(w io.Writer) {
	for _, fault := range slices.Sorted(maps.Keys(f.violations)) {
		fmt.Fprintf(w, "%s (%d times)\n", fault, f.violations[fault])
	}
	exchanges := 0
	for _, count := range f.operations {
		exchanges += count
	}
	fmt.Fprintf(w, "%d exchanges of %d operations, %d violations\n", exchanges, len(f.operations), len(f.violations))
}
