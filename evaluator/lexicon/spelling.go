package lexicon

import (
	"slices"
	"strings"
)

// A spelling is a word as texts write it, with all that can be told of it by itself.
// Texts repeat their words, so a scanner looks at each spelling only once.
type spelling struct {
	folded    string
	hasDigit  bool
	isArticle bool
	atoms     []int32  // that it is
	begins    []begun  // atoms of several words that it may begin, and those that look at the signs around it
	words     []int32  // of phrases, that its atoms make present
	rules     ruleList // that its atoms give cause to try
	languages []int    // of which it is a function word
}

// A ruleList holds rules, each with the words that it needs, in one piece of memory: most
// are asked for no more than these.
type ruleList []int32

func (l ruleList) with(rule int32, needed []int32) ruleList {
	return append(append(l, rule, int32(len(needed))), needed...)
}

func (l ruleList) all(yield func(rule int32, needed []int32) bool) {
	for len(l) > 0 {
		end := 2 + l[1]
		if !yield(l[0], l[2:end]) {
			return
		}
		l = l[end:]
	}
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
	made := s.matcher.spelling(word)
	if len(word) > longestKept {
		return made
	}
	if len(s.spellings) == mostSpellings {
		clear(s.spellings)
	}
	s.spellings[strings.Clone(word)] = made
	return made
}

func (m *Matcher) spelling(word string) *spelling {
	folded := fold(word)
	made := &spelling{folded: folded, hasDigit: strings.ContainsAny(folded, "0123456789"), isArticle: articles[folded], languages: m.functionWords[folded]}
	set := " " + folded + " "
	m.automaton.scan(set, func(state int32, end int) {
		tails := tailOf(strings.Trim(set[end:], " "))
		for id := range m.automaton.ending(state) {
			switch a := &m.atoms[id]; {
			case len(a.rest) > 0:
				made.begins = append(made.begins, begun{id, initial(a.rest[0])})
			case a.tails&tails == 0:
			case a.exact == "":
				made.atoms = append(made.atoms, id)
			case a.besides:
				made.begins = append(made.begins, begun{atom: id})
			case strings.HasPrefix(word, a.exact) || sameLetters(word, a.exact):
				made.atoms = append(made.atoms, id)
			}
		}
	})
	var rules []int32
	for _, atom := range made.atoms {
		made.words = append(made.words, m.wordsWith[atom]...)
		rules = append(rules, m.anchored[atom]...)
	}
	made.words = unique(made.words)
	for _, rule := range unique(rules) {
		made.rules = made.rules.with(rule, m.needed[rule])
	}
	made.rules = slices.Clip(made.rules)
	return made
}

// unique sorts ids, each once, without room for more.
func unique(ids []int32) []int32 {
	slices.Sort(ids)
	return slices.Clip(slices.Compact(ids))
}

// An atom is a form as it is looked for.
type atom struct {
	form
	rest    []string // folded words that follow its first one
	tails   uint8    // kinds of tails that its last word may have; see allowedTails
	besides bool     // its exact spelling has signs around its letters: "C#", ".NET"
}

func newAtom(f form) atom {
	words := strings.Split(f.text, " ")
	isSign := func(r rune) bool { return !isWordRune(r) }
	return atom{form: f, rest: words[1:], tails: f.allowedTails(), besides: strings.IndexFunc(f.exact, isSign) >= 0}
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
