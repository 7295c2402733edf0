package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/evaluator"
	"github.com/austauschbar/austauschbar/policies"
	"github.com/austauschbar/austauschbar/schema"
	"github.com/austauschbar/austauschbar/templates"
)

// policy is the workbench of those who own policies.
func (a *app) policy() *cobra.Command {
	command := &cobra.Command{
		Use:   "policy",
		Short: "Check, test, document and explain policies; see what a change of them does",
		Long: `The workbench of those who own policies. DIR is a folder with criteria, lexicon …:
a whole set, or an authority's own files, which are laid over the built-in ones.
Without DIR it is that of --policies, else the folder policies below this one,
else a repository's own, else the built-in policies.

What these commands do, OPA's own programs do too: opa test, opa check --strict,
opa fmt, regal lint.`,
		Args: func(_ *cobra.Command, args []string) error { return noSuchCommand(args) },
		RunE: func(command *cobra.Command, _ []string) error { return command.Help() },
	}
	command.AddCommand(a.policyCheck(), a.policyTest(), a.policyExplain(), a.policyDocs(), a.policyImpact(), a.policyBundle())
	return command
}

// A workpiece is a set of policies that somebody works on.
type workpiece struct {
	folder string // as its files are named to people; "" for the built-in policies
	own    fs.FS  // what lies in the folder
	files  fs.FS  // the whole set
	words  fs.FS  // the templates beside it, else the program's
}

// wholeSet is the file by which a whole set is told from one that is laid over.
const wholeSet = "scoring/scoring.rego"

// workpiece finds the policies that a command is about.
func (a *app) workpiece(args []string) (workpiece, error) {
	folder := a.policyDir
	switch {
	case len(args) > 0:
		folder = args[0]
	case a.overlay != nil && !isFolder(folder):
		return workpiece{own: a.overlay, files: laidOver(a.overlay), words: templates.Files()}, nil // a bundle
	case folder == "" && isFolder("policies/criteria"):
		folder = "policies"
	case folder == "":
		_, root, err := findConfig(".")
		if err != nil {
			return workpiece{}, err
		}
		folder = filepath.Join(root, filepath.FromSlash(bot.PolicyDir))
		if root == "" || !isFolder(folder) {
			return workpiece{own: policies.Shipped(), files: policies.Shipped(), words: templates.Files()}, nil
		}
	}
	if !isFolder(folder) {
		return workpiece{}, usageError{fmt.Errorf("%s: is no folder", folder)}
	}
	work := workpiece{folder: folder, own: os.DirFS(folder), words: templates.Files()}
	work.files = completed(work.own)
	if beside := filepath.Join(folder, "..", "templates"); isFolder(filepath.Join(beside, "de", "criteria")) {
		work.words = os.DirFS(beside)
	}
	return work, nil
}

// completed is a whole set as it is, and anything else laid over the built-in one.
func completed(own fs.FS) fs.FS {
	if _, err := fs.Stat(own, wholeSet); err == nil {
		return own
	}
	return laidOver(own)
}

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// named is a file as people see it.
func (w workpiece) named(file string) string {
	if file == "" {
		return filepath.ToSlash(w.folder)
	}
	if _, err := fs.Stat(w.own, file); err != nil || w.folder == "" {
		return file
	}
	return path.Join(filepath.ToSlash(w.folder), file)
}

// wordsOf are the words that lie beside policies, in the language asked for.
func (a *app) wordsOf(work workpiece) (*templates.Words, error) {
	if _, err := a.words(); err != nil {
		return nil, err // there is no such language
	}
	return templates.Read(work.words, a.language)
}

// rulesOf makes rules of a whole set of policies.
func rulesOf(ctx context.Context, files fs.FS, options ...evaluator.Option) (rules, error) {
	reader, factsSchema, err := readerOf(files, options...)
	if err != nil {
		return rules{}, err
	}
	judge, err := policies.New(ctx, files, factsSchema)
	return rules{reader, judge}, err
}

// readerOf makes what reads, and the schema of the facts it finds.
func readerOf(files fs.FS, options ...evaluator.Option) (*evaluator.Evaluator, []byte, error) {
	reader, err := evaluator.New(files, options...)
	if err != nil {
		return nil, nil, err
	}
	factsSchema, err := schema.Schema(schema.Facts, reader.Topics())
	return reader, factsSchema, err
}

// outputs of the commands that list something.
var outputs = []string{"terminal", "json"}

func checkOutput(format string) error {
	if !slices.Contains(outputs, format) {
		return usageError{fmt.Errorf("format %q: want one of %s", format, strings.Join(outputs, ", "))}
	}
	return nil
}

func outputFlag(command *cobra.Command, format *string) {
	command.Flags().StringVarP(format, "format", "f", "terminal", "`FORMAT`: "+strings.Join(outputs, ", "))
	complete(command, "format", outputs)
}

func writeIndented(out io.Writer, value any) error {
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

func (a *app) policyTest() *cobra.Command {
	var format, matching string
	var threshold float64
	command := &cobra.Command{
		Use:   "test [DIR]",
		Short: "Run the policies' own tests, as 'opa test' does, and tell which lines no test runs",
		Long: `Runs every rule whose name begins with test_, as 'opa test DIR --coverage' does,
and lists the tests that failed and the lines that no test runs.

Exits with 1 where a test fails or less is covered than --threshold asks for.`,
		Example: `  austauschbar policy test
  austauschbar policy test --run exit_plan policies`,
		Args: arguments(cobra.MaximumNArgs(1)),
		RunE: func(command *cobra.Command, args []string) error {
			if err := checkOutput(format); err != nil {
				return err
			}
			work, err := a.workpiece(args)
			if err != nil {
				return err
			}
			tested, err := policies.Test(command.Context(), work.files, matching)
			if err != nil {
				return fmt.Errorf("test policies: %w", err)
			}
			if matching != "" {
				tested.Uncovered = nil // most is, and on purpose
			}
			if format == "json" {
				err = writeIndented(a.stdout, tested)
			} else {
				work.writeTested(a.stdout, tested, matching != "")
			}
			return errors.Join(err, verdictOn(tested, threshold))
		},
	}
	outputFlag(command, &format)
	command.Flags().StringVar(&matching, "run", "", "run only tests whose package and name match this `REGEX`; coverage is left out")
	command.Flags().Float64Var(&threshold, "threshold", 0, "fail where less than this `PERCENT` of lines is covered")
	return command
}

// verdictOn is an error where tests do not suffice.
func verdictOn(tested policies.Tested, threshold float64) error {
	switch {
	case tested.Ran == 0:
		return errors.New("test policies: no test ran")
	case len(tested.Failed) > 0:
		return fmt.Errorf("test policies: %s failed", counted(len(tested.Failed), "test"))
	case tested.Coverage < threshold:
		return fmt.Errorf("test policies: %.1f %% covered, want %.1f %%", shown(tested.Coverage), threshold)
	}
	return nil
}

func (w workpiece) writeTested(out io.Writer, tested policies.Tested, some bool) {
	for _, failure := range tested.Failed {
		fmt.Fprintf(out, "%s:%d: %s failed\n", w.named(failure.File), failure.Line, failure.Name)
		if failure.Cause != "" {
			fmt.Fprintf(out, "    not true: %s\n", strings.ReplaceAll(failure.Cause, "\n", "\n    "))
		}
	}
	for _, lines := range tested.Uncovered {
		if lines.First == lines.Last {
			fmt.Fprintf(out, "%s:%d: no test runs this line\n", w.named(lines.File), lines.First)
		} else {
			fmt.Fprintf(out, "%s:%d: no test runs lines %d to %d\n", w.named(lines.File), lines.First, lines.First, lines.Last)
		}
	}
	fmt.Fprintf(out, "%d of %s passed", tested.Ran-len(tested.Failed), counted(tested.Ran, "test"))
	if !some {
		fmt.Fprintf(out, "; %.1f %% of lines covered", shown(tested.Coverage))
	}
	fmt.Fprintln(out)
}

// shown is a share in per cent with one decimal, rounded down: 100 is all.
func shown(share float64) float64 { return math.Floor(share*10) / 10 }

// counted is a number with its noun.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
