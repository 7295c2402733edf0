package markdown

import (
	"strings"

	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// Bounds of what is parsed as Markdown. Block quotes and lists cost by depth,
// delimiters of one block by the square of their number: at work, parsing takes
// about a second. Much longer texts than any author writes by hand are taken for
// hostile too.
const (
	large = 4 << 20     // bytes
	depth = 16          // quotes and lists opened on one line
	reach = 160         // columns a line is indented by, which lists need to nest
	work  = 400_000_000 // squares of delimiters, all blocks together
)

// hostile reports whether a body would take much longer to parse than its length
// lets expect.
func hostile(body string) bool {
	if len(body) > large {
		return true
	}
	total, block, notes, columns, below := 0, 0, 0, 0, 0
	close := func() {
		total += block * block
		block = 0
	}
	for line := range strings.SplitSeq(body, "\n") {
		opened, indent := openers(line)
		if opened > depth || indent > reach {
			return true
		}
		trimmed := strings.TrimSpace(line)
		if trimmed == "" || strings.HasPrefix(trimmed, "|") {
			close()
		}
		if trimmed == "" {
			columns, below = 0, 0
		}
		if wide := strings.Count(trimmed, "|") + 1; strings.Trim(trimmed, "|:- \t>") == "" && trimmed != "" {
			columns = max(columns, wide)
		}
		if columns > 0 {
			// Short rows are filled up to the width of their table.
			if below++; columns*below > limit.Cells {
				return true
			}
		}
		block += delimiters(line)
		notes += strings.Count(line, "[^")
		if total+block*block+notes*notes > work {
			return true
		}
	}
	close()
	return total+notes*notes > work
}

// openers counts the marks of quotes and lists that a line begins with, and the
// columns it is indented by.
func openers(line string) (opened, indent int) {
	digits := false
	for at, char := range line {
		switch {
		case char == ' ' || char == '\t':
			if opened == 0 {
				indent++
				if char == '\t' {
					indent += 3
				}
			}
		case char == '>':
			opened++
		case (char == '-' || char == '*' || char == '+' || (char == '.' || char == ')') && digits) &&
			(at+1 == len(line) || line[at+1] == ' ' || line[at+1] == '\t'):
			opened++
		case char >= '0' && char <= '9':
		default:
			return opened, indent
		}
		digits = char >= '0' && char <= '9'
	}
	return opened, indent
}

// delimiters counts the runs of characters that may open something in a line.
func delimiters(line string) int {
	count := 0
	var before byte
	for at := range len(line) {
		char := line[at]
		switch char {
		case '*', '_', '~', '`':
			if char != before {
				count++
			}
		case '[', ']', '<', '!':
			count++
		}
		before = char
	}
	return count
}
