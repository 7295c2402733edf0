package lexicon

import (
	"slices"
	"strings"
)

// A spelling is a word as texts write it, with all that can be told of it by itself.
// Texts repeat their words, so a scanner looks at each spelling only once.
type spelling struct {
	text      string
	words     []int32 // of the lexicon of which it is a form
	more      *more   // nil for most
	tells     bool    // it is a word of the lexicon or begins what is
	hasDigit  bool
	isArticle bool
	initials  initials
	folded    string

	infinitive, buyer answer // told once a phrase asks
}

// more is what few spellings are.
type more struct {
	begins    []begun // atoms that are of more than it: of several words, of signs around it, of a prefix behind
	languages []int   // of which it is a function word
}

// A begun is an atom that a word may begin, with what the word must begin with that
// follows; nothing where none must.
type begun struct {
	atom      int32
	next      initials
	separated bool // it is the stem of a verb whose prefix must follow
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

// spell looks a word up by its hash.
func (s *Scanner) spell(word string, hash uint32) *spelling {
	if known := s.spellings.find(word, hash); known != nil {
		return known
	}
	var made *spelling
	if len(word) > longestKept {
		made = &spelling{text: word}
	} else {
		made = s.spellings.add(s.memory.text(word), hash)
	}
	s.analyse(made)
	return made
}

// analyse finds out what a word is.
func (s *Scanner) analyse(w *spelling) {
	s.set = append(appendFolded(append(s.set[:0], ' '), w.text), ' ')
	w.folded, w.hasDigit = w.text, hasDigit(s.set)
	if folded := s.set[1 : len(s.set)-1]; string(folded) != w.text {
		w.folded = s.memory.text(string(folded))
	}
	w.initials = initialsOf(w.folded)
	s.forms, s.begins = s.forms[:0], nil
	s.lookAtBeginning(w)
	s.lookInside(w)
	slices.Sort(s.forms)
	w.words = s.memory.numbers(slices.Compact(s.forms))
	w.tells = len(w.words)+len(s.begins) > 0
	var languages []int
	if m := s.matcher; len(w.folded) <= m.longestSmall {
		w.isArticle, languages = articles[w.folded], m.functionWords[w.folded]
	}
	if len(s.begins)+len(languages) > 0 {
		w.more = &more{begins: s.begins, languages: languages}
	}
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
	if len(of.forms) == 0 {
		return
	}
	tails := tailOf(w.folded[min(end, len(w.folded)):])
	for _, f := range of.forms {
		switch {
		case f.tails&tails == 0:
		case f.kind == exactly:
			s.takeUpExact(w, f.id)
		case f.kind == separated:
			s.begins = append(s.begins, begun{atom: f.id, separated: true})
		default:
			s.forms = append(s.forms, f.id)
		}
	}
}

// takeUpExact notes an atom whose spelling counts.
func (s *Scanner) takeUpExact(w *spelling, id int32) {
	switch a := &s.matcher.atoms[id]; {
	case a.besides:
		s.begins = append(s.begins, begun{atom: id})
	case strings.HasPrefix(w.text, a.exact):
		s.forms = append(s.forms, s.matcher.wordsWith[id]...)
	}
}

// An atom is a form as it is looked for.
type atom struct {
	form
	tails   uint8    // kinds of tails that its last word may have; see allowedTails
	rest    []string // folded words that follow its first one
	besides bool     // its exact spelling has signs around its letters: "C#", ".NET"
}

func newAtom(f form) atom {
	words := strings.Split(f.text, " ")
	isSign := func(r rune) bool { return !isWordRune(r) }
	return atom{form: f, tails: f.allowedTails(), rest: words[1:], besides: strings.IndexFunc(f.exact, isSign) >= 0}
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
