//go:build unix

package main

import (
	"fmt"
	"os/exec"
	"strconv"
	"strings"
)

// Go benchmarks by package; they measure what no process can be timed for.
var goBenchmarks = []struct{ folder, names, args string }{
	{"./evaluator/lexicon", "^BenchmarkScan$", "-benchtime=1s -cpu=1"},
	{"./evaluator", "^BenchmarkWalk$", "-benchtime=3s -cpu=1"},
	{"./policies", "^BenchmarkJudge$", "-benchtime=3x"},
	{"./cmd/austauschbar", "^BenchmarkPush$/^example$", "-benchtime=5x"},
}

// figures are a benchmark's results: name -> unit -> value.
type figures map[string]map[string]float64

// runGo runs the benchmarks and gathers their figures.
func runGo() (figures, error) {
	all := figures{}
	for _, b := range goBenchmarks {
		args := append([]string{"test", "-run", "^$", "-bench", b.names}, strings.Fields(b.args)...)
		out, err := exec.Command("go", append(args, b.folder)...).CombinedOutput()
		if err != nil {
			return nil, fmt.Errorf("go test -bench %s %s: %w: %s", b.names, b.folder, err, out)
		}
		all.read(string(out))
	}
	return all, nil
}

// read takes the lines that tell of a benchmark; the number of processors is left out
// of the names.
func (f figures) read(out string) {
	for line := range strings.Lines(out) {
		fields := strings.Fields(line)
		if len(fields) < 4 || !strings.HasPrefix(fields[0], "Benchmark") {
			continue
		}
		name := fields[0]
		if at := strings.LastIndexByte(name, '-'); at > 0 {
			if _, err := strconv.Atoi(name[at+1:]); err == nil {
				name = name[:at]
			}
		}
		units := map[string]float64{}
		for i := 2; i+1 < len(fields); i += 2 {
			if value, err := strconv.ParseFloat(fields[i], 64); err == nil {
				units[fields[i+1]] = value
			}
		}
		f[strings.TrimPrefix(name, "Benchmark")] = units
	}
}
