package lines

import (
	"strings"

	"github.com/austauschbar/austauschbar"
)

// Code makes a passage of each run of code lines without a blank one; line is the
// number of the first line.
func Code(text string, line int) []austauschbar.Passage {
	var found []austauschbar.Passage
	var run []string
	for part := range strings.SplitSeq(text+"\n\n", "\n") {
		part = Clean(part)
		switch {
		case part != "":
			run = append(run, part)
		case len(run) > 0:
			found = append(found, austauschbar.Passage{Kind: austauschbar.Code, Text: strings.Join(run, " "), Line: line - len(run)})
			run = run[:0]
		}
		line++
	}
	return found
}
