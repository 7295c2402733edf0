package lexicon

import (
	"slices"
	"strings"
)

// A spelling is a word as texts write it, with all that can be told of it by itself.
// Texts repeat their words, so a scanner looks at each spelling only once.
type spelling struct {
	text      string
	folded    string
	hasDigit  bool
	isArticle bool
	atoms     []int32 // that it is
	begins    []begun // atoms of several words that it may begin, and those that look at the signs around it
	languages []int   // of which it is a function word
}

// A begun is an atom that a word may begin, with the first byte of the word that must
// follow; 0 where none must.
type begun struct {
	atom int32
	next byte
}

// initial is a word's first byte; 0 where it is empty.
func initial(folded string) byte {
	if folded == "" {
		return 0
	}
	return folded[0]
}

const (
	// mostSpellings bounds what a scanner keeps; it then starts anew. A tender of 300
	// pages has some ten thousand.
	mostSpellings = 1 << 15
	// longestKept is in bytes; longer words hardly come twice.
	longestKept = 64
)

// spell looks a word up.
func (s *Scanner) spell(word string) *spelling {
	if known := s.spellings[word]; known != nil {
		return known
	}
	if len(word) > longestKept {
		return s.analyse(word, new(spelling))
	}
	if len(s.spellings) == mostSpellings {
		clear(s.spellings)
	}
	made := s.analyse(strings.Clone(word), s.room())
	s.spellings[made.text] = made
	return made
}

// room takes memory for a spelling; for many at once, they are made fast.
func (s *Scanner) room() *spelling {
	if len(s.free) == 0 {
		s.free = make([]spelling, 64)
	}
	made := &s.free[0]
	s.free = s.free[1:]
	return made
}

// analyse finds out what a word is.
func (s *Scanner) analyse(word string, made *spelling) *spelling {
	set := append(appendFolded(append(s.set[:0], ' '), word), ' ')
	made.text, made.folded = word, word
	if folded := set[1 : len(set)-1]; string(folded) != word {
		made.folded = string(folded)
	}
	m := s.matcher
	made.hasDigit = slices.ContainsFunc(set, func(c byte) bool { return '0' <= c && c <= '9' })
	made.isArticle, made.languages = articles[made.folded], m.functionWords[made.folded]
	s.atoms = s.atoms[:0]
	m.automaton.scan(set, func(state int32, end int) {
		tails := tailOf(made.folded[min(end-1, len(made.folded)):])
		for id := range m.automaton.ending(state) {
			if m.tails[id]&tails != 0 {
				s.consider(made, id)
			}
		}
	})
	s.set = set
	made.atoms = slices.Clone(s.atoms)
	return made
}

// consider takes up an atom whose first word stands in a spelling.
func (s *Scanner) consider(w *spelling, id int32) {
	switch a := &s.matcher.atoms[id]; {
	case len(a.rest) > 0:
		w.begins = append(w.begins, begun{id, initial(a.rest[0])})
	case a.exact == "":
		s.atoms = append(s.atoms, id)
	case a.besides:
		w.begins = append(w.begins, begun{atom: id})
	case strings.HasPrefix(w.text, a.exact) || sameLetters(w.text, a.exact):
		s.atoms = append(s.atoms, id)
	}
}

// An atom is a form as it is looked for.
type atom struct {
	form
	rest     []string // folded words that follow its first one
	restTail uint8    // kinds of tails that the last of these may have; see allowedTails
	besides  bool     // its exact spelling has signs around its letters: "C#", ".NET"
}

// newAtom makes an atom and tells the kinds of tails that its first word may have.
func newAtom(f form) (a atom, tails uint8) {
	words := strings.Split(f.text, " ")
	isSign := func(r rune) bool { return !isWordRune(r) }
	a = atom{form: f, rest: words[1:], besides: strings.IndexFunc(f.exact, isSign) >= 0}
	if tails = f.allowedTails(); len(a.rest) > 0 {
		a.restTail, tails = tails, tailNone
	}
	return a, tails
}

// sought is the literal that the automaton looks for in a spelling: the first word, a
// blank on those sides on which nothing else may stand.
func (a *atom) sought() string {
	text, _, several := strings.Cut(a.text, " ")
	if !a.before {
		text = " " + text
	}
	if several || !a.after && !a.ending {
		text += " "
	}
	return text
}
