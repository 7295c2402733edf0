// Command confidence measures on labelled documents how often each rule is right,
// and writes the table that findings take their confidence from.
//
//	confidence [-austauschbar PROGRAM] [-policies DIR] [-o FILE] CORPUS
//
// CORPUS holds label files beside their documents.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/austauschbar/austauschbar/tools/labels"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "confidence:", err)
		os.Exit(1)
	}
}

func run() error {
	program := flag.String("austauschbar", "./austauschbar", "`PROGRAM` to measure")
	policies := flag.String("policies", "policies", "`DIR` whose lexicon and confidence/data.yaml say what a criterion rests on")
	output := flag.String("o", "", "`FILE` to write (default: standard output)")
	today := flag.String("today", time.Now().Format(time.DateOnly), "`DATE` of the measuring")
	flag.Parse()
	if flag.NArg() != 1 {
		flag.Usage()
		os.Exit(2)
	}
	corpus := flag.Arg(0)
	documents, err := labels.Read(corpus)
	if err != nil {
		return err
	}
	reader, err := newReader(*program, *today)
	if err != nil {
		return err
	}
	defer reader.close()
	criteria, err := reader.criteria()
	if err != nil {
		return err
	}
	basis, err := readBasis(*policies, criteria)
	if err != nil {
		return err
	}
	counts := make([]counts, len(documents))
	for i := range documents {
		found, err := reader.read(documents[i].Path)
		if err != nil {
			return err
		}
		counts[i] = basis.count(&documents[i], found)
	}
	name, err := filepath.Abs(corpus)
	if err != nil {
		return fmt.Errorf("name corpus: %w", err)
	}
	table := tabulate(basis, sum(counts))
	table.Corpus = corpusOf(filepath.Base(name), *today, documents)
	table.LeftOut = foretell(basis, counts)
	return table.write(*output)
}
