package policies

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/loader"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/tester"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// Tested is what came of the policies' own tests.
type Tested struct {
	Ran       int       `json:"ran"`
	Failed    []Failure `json:"failed"`
	Coverage  float64   `json:"coverage"` // per cent of the lines, as 'opa test --coverage' counts
	Uncovered []Lines   `json:"uncovered"`
}

// A Failure is a test that did not pass.
type Failure struct {
	File  string `json:"file"`
	Line  int    `json:"line"` // 1-based
	Name  string `json:"name"`
	Cause string `json:"cause"` // the expression that was not true, or the error
}

// Lines are lines of a policy that no test runs, 1-based and both included.
type Lines struct {
	File  string `json:"file"`
	First int    `json:"first"`
	Last  int    `json:"last"`
}

// Test runs the tests of a set of policies as 'opa test' does; only those whose name
// matches a regular expression, where one is given. Without tests nothing is covered.
func Test(ctx context.Context, files fs.FS, matching string) (Tested, error) {
	loaded, err := loader.NewFileLoader().WithFS(files).WithProcessAnnotation(true).Filtered([]string{"."}, nil)
	if err != nil {
		return Tested{}, fmt.Errorf("read policies: %w", err)
	}
	covered := cover.New()
	results, err := runTests(ctx, loaded, tester.NewRunner().SetCoverageQueryTracer(covered).Filter(matching))
	if err != nil {
		return Tested{}, err
	}
	tested := Tested{Ran: len(results), Failed: []Failure{}, Uncovered: []Lines{}}
	failed := []string{}
	for _, result := range results {
		if !result.Pass() && !result.Skip {
			failed = append(failed, regexp.QuoteMeta(result.Package+"."+result.Name))
		}
	}
	if len(failed) > 0 {
		// Once more, since what failed shows in a trace only.
		again, err := runTests(ctx, loaded, tester.NewRunner().EnableTracing(true).Filter("^("+strings.Join(failed, "|")+")$"))
		if err != nil {
			return Tested{}, err
		}
		for _, result := range again {
			tested.Failed = append(tested.Failed, failureOf(result))
		}
	}
	slices.SortFunc(tested.Failed, func(a, b Failure) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	tested.addCoverage(covered.Report(loaded.ParsedModules()))
	return tested, nil
}

func runTests(ctx context.Context, loaded *loader.Result, runner *tester.Runner) ([]*tester.Result, error) {
	running, err := runner.SetStore(inmem.NewFromObject(loaded.Documents)).SetModules(loaded.ParsedModules()).RunTests(ctx, nil)
	if err != nil {
		return nil, fmt.Errorf("compile policies: %w", err)
	}
	var results []*tester.Result
	for result := range running {
		results = append(results, result)
	}
	return results, ctx.Err()
}

// failureOf reads a trace for the last expression of the test itself that was not true.
func failureOf(result *tester.Result) Failure {
	failure := Failure{Name: result.Name, File: result.Location.File, Line: result.Location.Row}
	if result.Error != nil {
		failure.Cause = result.Error.Error()
		return failure
	}
	for _, event := range result.Trace {
		at := event.Location
		if event.Op == topdown.FailOp && at != nil && at.File == failure.File && at.Row >= result.Location.Row {
			failure.Line, failure.Cause = at.Row, strings.TrimSpace(string(at.Text))
		}
	}
	return failure
}

func (t *Tested) addCoverage(report cover.Report) {
	t.Coverage = report.Coverage
	for name, file := range report.Files {
		for _, lines := range file.NotCovered {
			t.Uncovered = append(t.Uncovered, Lines{name, lines.Start.Row, lines.End.Row})
		}
	}
	slices.SortFunc(t.Uncovered, func(a, b Lines) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.First, b.First))
	})
	t.Uncovered = slices.Compact(t.Uncovered) // several parts of one line
}
