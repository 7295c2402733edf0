package evaluator

import "strings"

// Stems are parts of words, of at least two bytes, one of which stands in whatever some
// expression finds: looking for them spares most texts the expression. They are found by
// their first two bytes, see pairOf, so that a text is gone through once for all of them.
type stems [1 << 10][]string

func stemsOf(words ...string) *stems {
	s := &stems{}
	for _, word := range words {
		pair := pairOf(word[0], word[1])
		s[pair] = append(s[pair], word)
	}
	return s
}

// pairOf is the same for letters of ASCII that differ in case only, and for some others.
func pairOf(first, second byte) int { return int(first&31)<<5 | int(second&31) }

// in says whether one of the stems stands in a text.
func (s *stems) in(text string) bool {
	for at := 1; at < len(text); at++ {
		for _, stem := range s[pairOf(text[at-1], text[at])] {
			if strings.HasPrefix(text[at-1:], stem) {
				return true
			}
		}
	}
	return false
}
