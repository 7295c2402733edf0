// Command contract checks what a fake GitHub was asked and answered against
// GitHub's own descriptions of its APIs.
//
//	contract -descriptions FOLDER EXCHANGES
//
// FOLDER is what fetch.sh fills; EXCHANGES is the folder that the tests wrote to
// for AUSTAUSCHBAR_EXCHANGES. Each violation is printed once, with how often it was
// seen. It fails for any violation, and where so little was written down that a
// pass would say nothing.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("contract", flag.ContinueOnError)
	flags.SetOutput(stderr)
	descriptions := flags.String("descriptions", "tmp/octokit", "`FOLDER` of GitHub's descriptions")
	least := flags.Int("operations", 15, "how many operations must have been seen at least")
	list := flags.Bool("list", false, "print the operations that were seen")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	if flags.NArg() != 1 {
		flags.Usage()
		return 2
	}
	found, err := check(*descriptions, flags.Arg(0))
	if err != nil {
		fmt.Fprintln(stderr, "contract:", err)
		return 1
	}
	if *list {
		found.list(stdout)
	}
	found.print(stdout)
	switch {
	case len(found.violations) > 0:
		return 1
	case len(found.operations) < *least:
		fmt.Fprintf(stderr, "contract: only %d operations were seen, at least %d are needed\n", len(found.operations), *least)
		return 1
	}
	return 0
}

// check reads the descriptions and all exchanges, and judges each.
func check(descriptions, exchanges string) (*findings, error) {
	lines, err := readExchanges(exchanges)
	if err != nil {
		return nil, fmt.Errorf("read exchanges: %w", err)
	}
	rest, err := loadREST(filepath.Join(descriptions, "api.github.com.json"), lines)
	if err != nil {
		return nil, fmt.Errorf("load the REST description: %w", err)
	}
	graphQL, err := loadGraphQL(filepath.Join(descriptions, "schema.graphql"))
	if err != nil {
		return nil, fmt.Errorf("load the GraphQL schema: %w", err)
	}
	found := newFindings()
	for _, line := range lines {
		operation, faults := "", []string(nil)
		if line.path() == "/graphql" {
			operation, faults = graphQL.check(line)
		} else {
			operation, faults = rest.check(line)
		}
		found.add(operation, faults)
	}
	return found, nil
}
