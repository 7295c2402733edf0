// Command austauschbar reviews public IT tenders and solution architectures for
// exchangeability, open interfaces and lock-in risk.
package main

import (
	"os"

	"github.com/austauschbar/austauschbar/evaluator"
	"github.com/austauschbar/austauschbar/evaluator/pdf"
)

func main() {
	pdf.Work()       // ends here where this process was started to read PDFs
	evaluator.Work() // or for another task
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}
