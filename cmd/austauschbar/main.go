// Command austauschbar reviews public IT tenders and solution architectures for
// exchangeability, open interfaces and lock-in risk.
package main

import (
	"os"
	"runtime"

	"github.com/austauschbar/austauschbar/evaluator"
	"github.com/austauschbar/austauschbar/evaluator/pdf"
)

func main() {
	pdf.Work()       // ends here where this process was started to read PDFs
	evaluator.Work() // or for another task
	os.Exit(process())
}

// headroom is what a process may hold before it collects garbage, in bytes. What is
// made while policies and lexicon load mostly stays: collecting it again and again
// while there is little of it took a third of a review's time.
const headroom = 64 << 20

// process is the command in a process of its own.
func process() int {
	ballast := make([]byte, headroom) // counts as held, and takes no memory since nothing touches it
	code := run(os.Args[1:], os.Stdout, os.Stderr)
	runtime.KeepAlive(ballast)
	return code
}
