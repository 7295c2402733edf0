//go:build unix

// Command bench measures whole runs of austauschbar and the parts that have a budget,
// compares them with what other programs need for parts of the work on the same files,
// and prints one table.
//
//	bench -austauschbar PROGRAM -opa PROGRAM [-runs 5] [-work tmp/bench] SOURCE...
//
// The mixed dossier is built of the sources' Markdown, PDF and Excel files. Contenders
// take turns, so that a busy moment meets all of them; medians are compared. Nothing
// fails for being slow. It runs in the repository's root, since it runs Go benchmarks
// as well.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

func main() {
	b := bench{}
	flag.IntVar(&b.runs, "runs", 5, "how often each contender runs; at least 3")
	flag.StringVar(&b.austauschbar, "austauschbar", "./austauschbar", "`PROGRAM` to measure")
	flag.StringVar(&b.opa, "opa", "opa", "`PROGRAM` to compare judging with")
	flag.StringVar(&b.policies, "policies", "policies", "`FOLDER` of the policies")
	flag.StringVar(&b.work, "work", "tmp/bench", "`FOLDER` for the mixed dossier, which is built once")
	flag.Parse()
	if flag.NArg() == 0 || b.runs < 3 {
		flag.Usage()
		os.Exit(2)
	}
	if err := b.run(flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

type bench struct {
	runs                        int
	austauschbar, opa, policies string
	work                        string
	scratch                     string // removed in the end
}

func (b *bench) run(sources []string) (err error) {
	if err := installed(); err != nil {
		return err
	}
	for _, program := range []*string{&b.austauschbar, &b.opa} {
		if *program, err = exec.LookPath(*program); err != nil {
			return fmt.Errorf("find program: %w", err)
		}
		if *program, err = filepath.Abs(*program); err != nil {
			return fmt.Errorf("find program: %w", err)
		}
	}
	if b.scratch, err = os.MkdirTemp("", "austauschbar-bench-"); err != nil {
		return fmt.Errorf("make scratch folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(b.scratch)) }()
	var report table
	for _, part := range []func(*table) error{
		func(t *table) error { return b.measureDossier(t, sources) },
		b.measureGo,
		b.measureJudging,
		func(t *table) error { return b.measureGrowth(t, sources[0]) },
		b.measureStart,
	} {
		if err := part(&report); err != nil {
			return err
		}
	}
	return report.print(os.Stdout, b.runs)
}

// installed says what to install where the programs to compare with are missing.
func installed() error {
	var missing []error
	for program, packages := range map[string]string{
		"pdftotext": "Debian: apt-get install poppler-utils; macOS: brew install poppler",
		"pandoc":    "Debian: apt-get install pandoc; macOS: brew install pandoc",
	} {
		if _, err := exec.LookPath(program); err != nil {
			missing = append(missing, fmt.Errorf("%s is missing (%s)", program, packages))
		}
	}
	return errors.Join(missing...)
}
