package lexicon

import (
	"slices"
	"strings"
)

// A spelling is a word as texts write it, with all that can be told of it by itself.
// Texts repeat their words, so a scanner looks at each spelling only once.
type spelling struct {
	text      string
	atoms     []int32 // that it is
	more      *more   // nil for most
	tells     bool    // it is atoms or begins some
	hasDigit  bool
	isArticle bool
	folded    string
}

// more is what few spellings are.
type more struct {
	begins    []begun // atoms of several words that it may begin, and those that look at the signs around it
	languages []int   // of which it is a function word
}

// A begun is an atom that a word may begin, with what the word must begin with that
// follows; nothing where none must.
type begun struct {
	atom int32
	next initials
}

// initials are a word's first two bytes; 0 where it has no more.
type initials [2]byte

func initialsOf(folded string) (first initials) {
	copy(first[:], folded)
	return first
}

// begin says whether a word with other initials may begin with these.
func (i initials) begin(other initials) bool {
	return i[0] == 0 || i[0] == other[0] && (i[1] == 0 || i[1] == other[1])
}

const (
	// mostSpellings bounds what a scanner keeps; with the next text, it then starts anew.
	// A tender of 300 pages has some ten thousand.
	mostSpellings = 1 << 15
	// longestKept is in bytes; longer words hardly come twice.
	longestKept = 64
)

// spell looks a word up.
func (s *Scanner) spell(word string) *spelling {
	known, hash := s.spellings.find(word)
	if known != nil {
		return known
	}
	if len(word) > longestKept {
		made := s.analyse(word)
		return &made
	}
	return s.spellings.add(s.analyse(s.memory.text(word)), hash)
}

// analyse finds out what a word is.
func (s *Scanner) analyse(word string) spelling {
	s.set = append(appendFolded(append(s.set[:0], ' '), word), ' ')
	made := spelling{text: word, folded: word, hasDigit: hasDigit(s.set)}
	if folded := s.set[1 : len(s.set)-1]; string(folded) != word {
		made.folded = s.memory.text(string(folded))
	}
	s.atoms, s.begins = s.atoms[:0], nil
	s.lookAtBeginning(&made)
	s.lookInside(&made)
	made.atoms = s.memory.numbers(s.atoms)
	made.tells = len(s.atoms)+len(s.begins) > 0
	var languages []int
	if m := s.matcher; len(made.folded) <= m.longestSmall {
		made.isArticle, languages = articles[made.folded], m.functionWords[made.folded]
	}
	if len(s.begins)+len(languages) > 0 {
		made.more = &more{begins: s.begins, languages: languages}
	}
	return made
}

func hasDigit(folded []byte) bool {
	for _, c := range folded {
		if '0' <= c && c <= '9' {
			return true
		}
	}
	return false
}

// lookAtBeginning takes up the literals that begin a spelling.
func (s *Scanner) lookAtBeginning(w *spelling) {
	in := &s.matcher.dictionary
	node := int32(0)
	for i, letter := range s.set[1:] {
		if node = in.beginnings.child(node, letter); node == 0 {
			return
		}
		if text := in.beginnings.nodes[node].text; text >= 0 {
			s.takeUp(w, &in.asBeginnings[text], i+1)
		}
	}
}

// lookInside takes up the literals that stand anywhere in a spelling.
func (s *Scanner) lookInside(w *spelling) {
	in := &s.matcher.dictionary
	s.sightings = in.insides.appendSightings(s.sightings[:0], s.set)
	for _, seen := range s.sightings {
		for state := seen.state; state != 0; state = in.insides.link[state] {
			if text := in.insides.first[state]; text >= 0 {
				s.takeUp(w, &in.asInsides[text], seen.end-1)
			}
		}
	}
}

// takeUp notes which atoms of a literal a spelling is, and those that it may begin. The
// literal ends before a byte of the folded spelling, or takes the blank behind it, too.
func (s *Scanner) takeUp(w *spelling, of *meaning, end int) {
	if len(s.begins) == 0 {
		s.begins = slices.Clip(of.begins) // most often all there are
	} else {
		s.begins = append(s.begins, of.begins...)
	}
	if len(of.atoms) == 0 {
		return
	}
	tails := tailOf(w.folded[min(end, len(w.folded)):])
	for _, id := range of.atoms {
		switch allowed := s.matcher.tails[id]; {
		case allowed&tails == 0:
		case allowed&isExact == 0:
			s.atoms = append(s.atoms, id)
		default:
			s.takeUpExact(w, id)
		}
	}
}

// takeUpExact notes an atom whose spelling counts.
func (s *Scanner) takeUpExact(w *spelling, id int32) {
	switch a := &s.matcher.atoms[id]; {
	case a.besides:
		s.begins = append(s.begins, begun{atom: id})
	case strings.HasPrefix(w.text, a.exact):
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

// newAtom makes an atom and tells the kinds of tails that its first word may have, with
// isExact and isSeparated where it is.
func newAtom(f form) (a atom, tails uint8) {
	words := strings.Split(f.text, " ")
	isSign := func(r rune) bool { return !isWordRune(r) }
	a = atom{form: f, rest: words[1:], besides: strings.IndexFunc(f.exact, isSign) >= 0}
	if tails = f.allowedTails(); len(a.rest) > 0 {
		a.restTail, tails = tails, tailNone
	}
	if f.exact != "" {
		tails |= isExact
	}
	if f.prefix != "" {
		tails |= isSeparated
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
