// Command austauschbar reviews public IT tenders and solution architectures for
// exchangeability, open interfaces and lock-in risk.
package main

import (
	"os"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }
