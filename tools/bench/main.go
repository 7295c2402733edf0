//go:build unix

// Command bench compares whole runs of austauschbar with what other programs
// need for parts of the work, on the same files, and prints one table.
//
//	bench -austauschbar PROGRAM -opa PROGRAM [-runs 5] FOLDER...
//
// Reading: a review of a folder's PDF, Word and Markdown files against
// pdftotext and pandoc that merely extract their text. Judging: what a review
// takes longer than finding the facts, against opa eval of all criteria on the
// same facts. Contenders take turns, so that a busy moment meets all of them;
// medians are compared. Nothing fails for being slow.
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
	flag.IntVar(&b.runs, "runs", 5, "how often each contender runs; at least 5")
	flag.StringVar(&b.austauschbar, "austauschbar", "./austauschbar", "`PROGRAM` to measure")
	flag.StringVar(&b.opa, "opa", "opa", "`PROGRAM` to compare judging with")
	flag.StringVar(&b.policies, "policies", "policies", "`FOLDER` of the policies")
	flag.Parse()
	if flag.NArg() == 0 || b.runs < 5 {
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
	scratch                     string // removed in the end
}

func (b *bench) run(folders []string) (err error) {
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
	var tables []table
	for i, folder := range folders {
		measured, err := b.measure(folder, filepath.Join(b.scratch, fmt.Sprint(i)))
		if err != nil {
			return fmt.Errorf("measure %s: %w", folder, err)
		}
		tables = append(tables, measured)
	}
	print(os.Stdout, b.runs, tables)
	return nil
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
