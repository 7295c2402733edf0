package lexicon

import (
	"cmp"
	"iter"
	"maps"
	"math"
	"slices"
	"strings"
)

// A Label says what a phrase stands for.
type Label struct {
	Set      string // "topic", "name", "cue", "role", "subject", "document"
	ID       string // of the topic, catalogue entry, cue, …
	Side     string // of a topic: "met", "weak", "risk", "not"; of a role: "headings" or "sentences"
	Language string // "de" or "en"; "" for both
}

// A Hit is a phrase found in a clause.
type Hit struct {
	Label
	Start, End  int     // bytes of the clause's text
	First, Last int     // its first and last word
	Used        []int32 // the words that matched, in order; nil in a Reading
	Negated     bool    // of a name: a negation reaches it
	Part        int     // of a Reading: commas and the like before it in the clause
}

// A Matcher finds all phrases and names of a lexicon in one pass over a clause.
// It is not changed by matching, so many Scanners may share it.
type Matcher struct {
	dictionary dictionary // made of the atoms
	atoms      []atom
	byForm     map[form]int32
	words      [][]int32                  // word -> atoms, its forms
	holders    []int                      // word -> how many times rules hold it
	likely     []float64                  // word -> see likelihoods
	byWord     map[string]int32           // as phrases write it
	named      map[string]map[string]node // by language and name: words that phrases name in braces
	wordsWith  [][]int32                  // atom -> words that have the form
	rules      []rule
	labels     []Label             // of the rules, each once, sorted
	candidates []candidate         // rules to try, word after word
	anchors    []int32             // word -> where its candidates begin; behind the last one, where they end
	needed     []int32             // sets of words, those of a candidate one behind the other, each behind its length, 0 behind the last
	nameSlots  map[string]slot     // catalogue id -> that of its kind
	contextsOf map[string][]string // catalogue id -> labels of what may settle its ambiguous names
	// Function words, folded, with the numbers of the languages that have them.
	functionWords map[string][]int
	longestSmall  int // of articles and these, in bytes
	buyers        buyerWords
}

type rule struct {
	turn    turn
	units   uint8   // kinds of values to look for where it may apply
	slots   slotSet // that must not be empty
	number  int32   // of the label
	settled int32   // number of the label that an ambiguous name has where the clause tells what it is
	root    compiled
	label   Label
}

// A turn is when a rule is tried: phrases may ask for names and values in slots.
type turn uint8

const (
	turnOfNames turn = iota
	turnOfPhrases
	noTurn // on demand
)

func turnOf(set string) turn {
	switch set {
	case SetName:
		return turnOfNames
	case setContext, setUnit:
		return noTurn
	}
	return turnOfPhrases
}

// compiled is a phrase with its words and slots replaced by their numbers.
type compiled struct {
	kind  byte    // one of the kinds below
	words []int32 // one of which stands there
	slot  slot
	parts []compiled
	gaps  []int
}

const (
	isWord     = 'w'
	isSlotKind = 's'
	isSequence = 'q'
	isChoice   = 'c'
	isTogether = 't'
)

func newMatcher() *Matcher {
	return &Matcher{byWord: map[string]int32{}, byForm: map[form]int32{}, named: map[string]map[string]node{}, nameSlots: map[string]slot{}, contextsOf: map[string][]string{}, functionWords: map[string][]int{}, buyers: buyerWords{whole: map[string]bool{}}}
}

// add registers a phrase under a label, once with and once without each of its
// optional parts. What leaves a choice as a whole is as many rules: each then needs
// all of its own words.
func (m *Matcher) add(label Label, phrase string) error {
	parsed, err := parsePhrase(phrase, m.named[label.Language])
	if err != nil {
		return err
	}
	for _, variant := range variants(parsed) {
		for _, choice := range choices(variant) {
			root := m.compile(choice)
			made := rule{label: label, turn: turnOf(label.Set), root: root, slots: slotsIn(root)}
			if strings.Contains(phrase, "{number}") {
				made.units = askedNumber
			}
			m.rules = append(m.rules, made)
		}
	}
	return nil
}

// addName registers a name as it is written, not as a phrase.
func (m *Matcher) addName(label Label, forms ...form) {
	m.rules = append(m.rules, rule{label: label, turn: turnOf(label.Set), root: compiled{kind: isWord, words: []int32{m.addWord(forms)}}})
}

func (m *Matcher) compile(n node) compiled {
	switch n := n.(type) {
	case wordNode:
		return compiled{kind: isWord, words: []int32{m.wordOf(n.word)}}
	case slotNode:
		return compiled{kind: isSlotKind, slot: slotNamed(n.name)}
	case sequenceNode:
		return compiled{kind: isSequence, parts: m.compileAll(n.parts), gaps: n.gaps}
	case choiceNode:
		return m.compileChoice(n)
	case togetherNode:
		return compiled{kind: isTogether, parts: m.compileAll(n.parts)}
	}
	panic("lexicon: unknown part of a phrase")
}

// compileChoice makes one part of words that follow each other.
func (m *Matcher) compileChoice(n choiceNode) compiled {
	var parts []compiled
	for _, part := range m.compileAll(n.choices) {
		if last := len(parts) - 1; last >= 0 && part.kind == isWord && parts[last].kind == isWord {
			parts[last].words = append(parts[last].words, part.words...)
			continue
		}
		parts = append(parts, part)
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return compiled{kind: isChoice, parts: parts}
}

func (m *Matcher) compileAll(nodes []node) []compiled {
	parts := make([]compiled, len(nodes))
	for i, n := range nodes {
		parts[i] = m.compile(n)
	}
	return parts
}

func (m *Matcher) wordOf(word string) int32 {
	number, known := m.byWord[word]
	if !known {
		number = m.addWord(formsOf(word))
		m.byWord[word] = number
	}
	m.holders[number]++
	return number
}

func (m *Matcher) addWord(forms []form) int32 {
	var atoms []int32
	for _, f := range forms {
		if atom := m.atom(f); !slices.Contains(atoms, atom) {
			atoms = append(atoms, atom)
		}
	}
	m.words, m.holders = append(m.words, atoms), append(m.holders, 0)
	return int32(len(m.words) - 1)
}

func (m *Matcher) atom(f form) int32 {
	id, ok := m.byForm[f]
	if !ok {
		id = int32(len(m.atoms))
		m.byForm[f] = id
		m.atoms = append(m.atoms, newAtom(f))
	}
	return id
}

// build makes the dictionary; nothing may be added afterwards.
func (m *Matcher) build() {
	m.longestSmall = longest(maps.Keys(articles), longest(maps.Keys(m.functionWords), 0))
	m.wordsWith = make([][]int32, len(m.atoms))
	for word, atoms := range m.words {
		for _, atom := range atoms {
			m.wordsWith[atom] = append(m.wordsWith[atom], int32(word))
		}
	}
	m.dictionary = newDictionary(m.atoms, m.wordsWith)
	m.numberLabels()
	m.likely = m.likelihoods()
	m.anchor()
}

// numberLabels numbers labels in their order, so that matches are put in order by
// numbers alone.
func (m *Matcher) numberLabels() {
	numbers := map[Label]int32{}
	for _, rule := range m.rules {
		numbers[rule.label.unsettled()], numbers[rule.label.settled()] = 0, 0
	}
	m.labels = slices.SortedFunc(maps.Keys(numbers), compareLabels)
	for number, label := range m.labels {
		numbers[label] = int32(number)
	}
	for i := range m.rules {
		rule := &m.rules[i]
		rule.number, rule.settled = numbers[rule.label.unsettled()], numbers[rule.label.settled()]
	}
}

// unsettled is the label of a name of which nothing tells whether it is one; of others,
// the label itself.
func (l Label) unsettled() Label {
	if l.Side == sideProper {
		l.Side = SideAmbiguous
	}
	return l
}

// settled is the label of a name that may be an everyday word, where the clause tells that
// it is none; of others, the label itself.
func (l Label) settled() Label {
	if l.Side == SideAmbiguous || l.Side == sideProper {
		l.Side = ""
	}
	return l
}

func compareLabels(a, b Label) int {
	return cmp.Or(strings.Compare(a.Set, b.Set), strings.Compare(a.ID, b.ID), strings.Compare(a.Side, b.Side), strings.Compare(a.Language, b.Language))
}

// anchor lists each rule with the words of the rarest set that it needs.
func (m *Matcher) anchor() {
	m.needed = []int32{0} // of candidates that need no other word
	anchored := make([][]candidate, len(m.words))
	for id, rule := range m.rules {
		needed := m.needs(rule.root)
		rarest := m.rarest(needed)
		anchors := needed[rarest]
		tried := m.candidate(int32(id), slices.Delete(needed, rarest, rarest+1))
		for _, word := range anchors {
			anchored[word] = append(anchored[word], tried)
		}
	}
	for _, list := range anchored {
		m.anchors = append(m.anchors, int32(len(m.candidates)))
		m.candidates = append(m.candidates, list...)
	}
	m.anchors = append(m.anchors, int32(len(m.candidates)))
}

// anchoredAt lists the rules to try where a word stands.
func (m *Matcher) anchoredAt(word int32) []candidate {
	return m.candidates[m.anchors[word]:m.anchors[word+1]]
}

// longest gives the length of the longest word, if it is more than some other.
func longest(words iter.Seq[string], other int) int {
	for word := range words {
		other = max(other, len(word))
	}
	return other
}

// A candidate is a rule to try, with the sets of words of each of which one must stand
// in the clause, besides the word that gives cause to try it: most candidates lack one.
type candidate struct {
	trace  trace // of the words of the first set; that of any where there is none
	needed int32 // where its sets begin among the matcher's; 0 where there is none
	rule   int32
}

// candidate puts the smallest set first: it is the likeliest to miss.
func (m *Matcher) candidate(rule int32, sets [][]int32) candidate {
	slices.SortStableFunc(sets, func(a, b []int32) int { return len(a) - len(b) })
	made := candidate{rule: rule, trace: anyTrace}
	if len(sets) == 0 {
		return made
	}
	made.trace, made.needed = traceOf(sets[0]), int32(len(m.needed))
	for _, words := range sets {
		m.needed = append(append(m.needed, int32(len(words))), words...)
	}
	m.needed = append(m.needed, 0)
	return made
}

// A trace has a bit for each of some words, which it shares with others: where two traces
// have none in common, no word is the same.
type trace [4]uint64

var anyTrace = trace{math.MaxUint64, math.MaxUint64, math.MaxUint64, math.MaxUint64}

func traceOf(words []int32) (t trace) {
	for _, word := range words {
		t.add(word)
	}
	return t
}

func (t *trace) add(word int32) { t[int(word)/64%len(t)] |= 1 << (word % 64) }

func (t *trace) meets(other *trace) bool {
	return t[0]&other[0]|t[1]&other[1]|t[2]&other[2]|t[3]&other[3] != 0
}

// needs lists sets of words, of each of which one at least must stand where the
// phrase does. Every phrase has one such set; see hasWord.
func (m *Matcher) needs(c compiled) [][]int32 {
	switch c.kind {
	case isWord:
		return [][]int32{slices.Clone(c.words)}
	case isChoice:
		var either []int32
		for _, part := range c.parts {
			needed := m.needs(part)
			if len(needed) == 0 {
				return nil
			}
			either = append(either, needed[m.rarest(needed)]...)
		}
		return [][]int32{either}
	}
	var all [][]int32
	for _, part := range c.parts {
		all = append(all, m.needs(part)...)
	}
	return all
}

// slotsIn are the slots without which a phrase cannot stand. Infinitives and the like are
// looked for when asked for.
func slotsIn(c compiled) (slots slotSet) {
	switch c.kind {
	case isSlotKind:
		if c.slot < slotInfinitive || c.slot > slotBuyer {
			slots = 1 << c.slot
		}
	case isSequence, isTogether:
		for _, part := range c.parts {
			slots |= slotsIn(part)
		}
	}
	return slots
}

// rarest returns the place of the set of words that is the least likely to be met.
func (m *Matcher) rarest(sets [][]int32) int {
	best, least := 0, math.Inf(1)
	for i, words := range sets {
		sum := 0.0
		for _, word := range words {
			sum += m.likely[word]
		}
		if sum < least {
			best, least = i, sum
		}
	}
	return best
}

// likelihoods guesses how likely each word is in a text, for comparison only: the more
// spellings it has, words by a name those of all, the shorter these are, and the more rules
// hold it, the likelier. The numbers are those with which matching real tenders took the
// least time.
func (m *Matcher) likelihoods() []float64 {
	likely := make([]float64, len(m.words))
	for word, atoms := range m.words {
		for _, atom := range atoms {
			likely[word] += math.Pow(1.8, -float64(len(m.atoms[atom].text)))
		}
		likely[word] *= math.Sqrt(float64(m.holders[word]))
	}
	return likely
}
