package lexicon

import "regexp"

var (
	// nextDenied matches what stands between two names of a list that leaves a choice or goes
	// on, lastDenied what joins its last name by "or", andSoOn what says that it goes on.
	nextDenied = regexp.MustCompile(`^\s*[,/]\s*$`)
	lastDenied = regexp.MustCompile(`(?i)^\s*,?\s*(?:or|nor|oder|noch)\s+$`)
	andSoOn    = regexp.MustCompile(`(?i)^\s*,?\s*(?:(?:etc|usw)\b|or similar|or the like|and the like|and so on|o\. ?ä\.|oder ähnliche|und dergleichen|und so weiter)`)
)

// denyLists carries a negation on to the names behind the one that it reaches, where they are
// a list: "no calls to A, B or C", "ohne A, B usw." A list that only ends ("nicht A, B ist zu
// verwenden") may say the opposite of its last name.
func denyLists(text string, names []Hit) {
	for first := 0; first < len(names); first++ {
		if !names[first].Negated {
			continue
		}
		last, joined := first, false
		for last+1 < len(names) && !joined {
			between := text[min(names[last].End, names[last+1].Start):names[last+1].Start]
			joined = lastDenied.MatchString(between)
			if !joined && !nextDenied.MatchString(between) {
				break
			}
			last++
		}
		if joined || andSoOn.MatchString(text[names[last].End:]) {
			for i := first; i <= last; i++ {
				names[i].Negated = true
			}
		}
		first = last
	}
}
