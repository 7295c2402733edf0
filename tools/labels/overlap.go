package labels

import (
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"
)

var (
	hyphenated = regexp.MustCompile(`([\pL\pN_])-\s+([\pL\pN_])`)
	word       = regexp.MustCompile(`[\pL\pN_]+`)
)

// words folds a text: no case, no hyphens of line breaks, no punctuation.
func words(text string) []string {
	text = strings.ReplaceAll(norm.NFKC.String(text), "\u00ad", "")
	return word.FindAllString(hyphenated.ReplaceAllString(strings.ToLower(text), "$1$2"), -1)
}

// Overlap says whether two texts are of one passage: the shorter stands in the
// longer, or they share a run of at least three words and half of the shorter.
func Overlap(a, b string) bool {
	short, long := words(a), words(b)
	if len(short) > len(long) {
		short, long = long, short
	}
	if len(short) == 0 {
		return false
	}
	run := longestRun(short, long)
	return run == len(short) || run >= 3 && 2*run >= len(short)
}

// longestRun counts the words of the longest run that both texts share.
func longestRun(short, long []string) int {
	best, previous := 0, make([]int, len(long)+1)
	for _, one := range short {
		row := make([]int, len(long)+1)
		for i, other := range long {
			if one == other {
				row[i+1] = previous[i] + 1
				best = max(best, row[i+1])
			}
		}
		previous = row
	}
	return best
}
