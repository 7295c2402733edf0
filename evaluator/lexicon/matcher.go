package lexicon

import (
	"cmp"
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
	automaton *automaton
	atoms     []atom
	tails     []uint8 // atom -> kinds of tails that its first word may have; see allowedTails
	byForm    map[form]int32
	words     [][]int32        // word -> atoms, its forms
	byWord    map[string]int32 // as phrases write it
	wordsWith [][]int32        // atom -> words that have the form
	rules     []rule
	units     []uint8         // rule -> kinds of values to look for where it may apply
	anchored  []ruleList      // word -> rules to try where it stands
	nameSlots map[string]slot // catalogue id -> that of its kind
	// Function words, folded, with the numbers of the languages that have them.
	functionWords map[string][]int
	buyers        buyerWords
}

type rule struct {
	label Label
	root  compiled
	slots []slot // that must not be empty
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
	return &Matcher{byWord: map[string]int32{}, byForm: map[form]int32{}, nameSlots: map[string]slot{}, functionWords: map[string][]int{}, buyers: buyerWords{whole: map[string]bool{}}}
}

// add registers a phrase under a label, once with and once without each of its
// optional parts. What leaves a choice as a whole is as many rules: each then needs
// all of its own words.
func (m *Matcher) add(label Label, phrase string) error {
	parsed, err := parsePhrase(phrase)
	if err != nil {
		return err
	}
	for _, variant := range variants(parsed) {
		for _, choice := range choices(variant) {
			root := m.compile(choice)
			made := rule{label: label, root: root, slots: appendSlots(nil, root)}
			units := uint8(0)
			if strings.Contains(phrase, "{number}") {
				units = askedNumber
			}
			m.rules, m.units = append(m.rules, made), append(m.units, units)
		}
	}
	return nil
}

// addName registers a name as it is written, not as a phrase.
func (m *Matcher) addName(label Label, forms ...form) {
	m.rules, m.units = append(m.rules, rule{label: label, root: compiled{kind: isWord, words: []int32{m.addWord(forms)}}}), append(m.units, 0)
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
	return number
}

func (m *Matcher) addWord(forms []form) int32 {
	atoms := make([]int32, len(forms))
	for i, f := range forms {
		atoms[i] = m.atom(f)
	}
	m.words = append(m.words, atoms)
	return int32(len(m.words) - 1)
}

func (m *Matcher) atom(f form) int32 {
	id, ok := m.byForm[f]
	if !ok {
		id = int32(len(m.atoms))
		m.byForm[f] = id
		made, tails := newAtom(f)
		m.atoms, m.tails = append(m.atoms, made), append(m.tails, tails)
	}
	return id
}

// build makes the automaton; nothing may be added afterwards.
func (m *Matcher) build() {
	texts := make([]string, len(m.atoms))
	for i := range m.atoms {
		texts[i] = m.atoms[i].sought()
	}
	m.automaton = newAutomaton(texts)
	m.wordsWith, m.anchored = make([][]int32, len(m.atoms)), make([]ruleList, len(m.words))
	for word, atoms := range m.words {
		for _, atom := range atoms {
			m.wordsWith[atom] = append(m.wordsWith[atom], int32(word))
		}
	}
	for id, rule := range m.rules {
		needed := m.needs(rule.root)
		rarest := m.rarest(needed)
		anchors := needed[rarest]
		others := inOne(slices.Delete(needed, rarest, rarest+1))
		for _, word := range anchors {
			m.anchored[word] = m.anchored[word].with(int32(id), others)
		}
	}
}

// A ruleList holds rules, each with the words that it needs besides, in one piece of
// memory: most are asked for no more than these.
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

// inOne writes sets one behind the other, each behind its length, the smallest first:
// it is the likeliest to miss.
func inOne(sets [][]int32) []int32 {
	slices.SortStableFunc(sets, func(a, b []int32) int { return len(a) - len(b) })
	var all []int32
	for _, words := range sets {
		all = append(append(all, int32(len(words))), words...)
	}
	return slices.Clip(all)
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

// appendSlots adds the slots without which a phrase cannot stand. Infinitives and the
// like are looked for when asked for.
func appendSlots(slots []slot, c compiled) []slot {
	switch c.kind {
	case isSlotKind:
		if c.slot < slotInfinitive || c.slot > slotBuyer {
			slots = append(slots, c.slot)
		}
	case isSequence, isTogether:
		for _, part := range c.parts {
			slots = appendSlots(slots, part)
		}
	}
	return slots
}

// rarest returns the place of the set whose shortest literal is the longest.
func (m *Matcher) rarest(sets [][]int32) int {
	best, longest := 0, 0
	for i, words := range sets {
		shortest := math.MaxInt
		for _, atom := range m.formsOf(words) {
			shortest = min(shortest, len(m.atoms[atom].text))
		}
		if shortest > longest {
			best, longest = i, shortest
		}
	}
	return best
}

// formsOf lists the atoms of words, each once.
func (m *Matcher) formsOf(words []int32) []int32 {
	var atoms []int32
	for _, word := range words {
		atoms = append(atoms, m.words[word]...)
	}
	slices.Sort(atoms)
	return slices.Compact(atoms)
}

// A span is a place where a part of a phrase stands, in words. Those that matched are
// from one to another of the scanner's used; where there are none, all of the span's did.
type span struct {
	first, last int32
	from, to    int32
}

// A match is a place where a phrase or a name stands, its used words in order.
type match struct {
	rule    int32
	settled bool // of an ambiguous name: its context stands in the clause
	span
}

// A Scanner matches clause after clause; it keeps its buffers. Not for
// concurrent use.
type Scanner struct {
	matcher   *Matcher
	spellings map[string]*spelling // met so far
	text      string
	cutText   string // what tokens hold
	tokens    []token
	hasDigit  bool
	spans     [][]span // by atom
	touched   []int32  // atoms with spans
	words     []int32  // of which a form stands in the clause
	present   []uint64 // a bit for each of these
	slots     [][]span
	tried     []int32
	matches   []match
	hits      []Hit
	topics    []Hit // of these, those of topics
	cues      Cues
	places    []span  // of parts of phrases, list after list
	used      []int32 // words that matched, span after span
	articles  []int32 // number of articles before each word
	free      []spelling
	set       []byte          // the spelling that is looked at, between blanks
	atoms     []int32         // that it is
	called    map[string]bool // names that the document gives the buyer, as written; see Learn
}

// NewScanner returns a scanner of its own for a goroutine.
func (m *Matcher) NewScanner() *Scanner {
	return &Scanner{matcher: m, spellings: map[string]*spelling{}, called: map[string]bool{}, spans: make([][]span, len(m.atoms)), slots: make([][]span, len(Slots())), present: make([]uint64, len(m.words)/64+1)}
}

// Scan returns what stands in a clause, in the order of the text: the hits and
// the values. Of variants of one phrase at one place, the one that uses most
// words is kept. The hits are the scanner's and last until it scans again.
func (s *Scanner) Scan(text string) ([]Hit, []Value) {
	s.begin(text)
	s.findAtoms()
	if len(s.touched) == 0 {
		return nil, nil
	}
	s.chooseRules()
	// Names first, since phrases may ask for them in slots.
	matches := s.matches[:0]
	for _, id := range s.tried {
		if s.matcher.rules[id].label.Set == SetName {
			matches = s.appendMatches(matches, id)
		}
	}
	matches = s.settleNames(matches)
	values := s.findValues()
	for _, id := range s.tried {
		if set := s.matcher.rules[id].label.Set; set != SetName && set != setContext && set != setUnit {
			matches = s.appendMatches(matches, id)
		}
	}
	slices.SortStableFunc(matches, s.compare)
	s.matches, s.hits = matches, s.hits[:0]
	for i, m := range matches {
		if i == 0 || !s.repeats(m, matches[i-1]) {
			s.hits = append(s.hits, s.hit(m))
		}
	}
	return s.hits, values
}

// compare orders matches by their place, the longest first, by label, and those of one
// label by the words that they use, most first.
func (s *Scanner) compare(a, b match) int {
	if a.first != b.first || a.last != b.last {
		return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(b.last, a.last))
	}
	return cmp.Or(compareLabels(s.label(a), s.label(b)), cmp.Compare(b.to-b.from, a.to-a.from))
}

// repeats says whether a match says what the one before it does.
func (s *Scanner) repeats(m, before match) bool {
	return m.first == before.first && m.last == before.last && s.label(m) == s.label(before)
}

func (s *Scanner) label(m match) Label {
	label := s.matcher.rules[m.rule].label
	if m.settled {
		label.Side = ""
	}
	return label
}

func (s *Scanner) hit(m match) Hit {
	return Hit{Label: s.label(m), First: int(m.first), Last: int(m.last),
		Start: s.tokens[m.first].start, End: s.tokens[m.last].end, Used: s.used[m.from:m.to:m.to]}
}

func compareLabels(a, b Label) int {
	return cmp.Or(strings.Compare(a.Set, b.Set), strings.Compare(a.ID, b.ID), strings.Compare(a.Side, b.Side), strings.Compare(a.Language, b.Language))
}

func (s *Scanner) begin(text string) {
	for _, atom := range s.touched {
		s.spans[atom] = s.spans[atom][:0]
	}
	s.text, s.touched, s.tried = text, s.touched[:0], s.tried[:0]
	for i := range s.slots {
		s.slots[i] = s.slots[i][:0]
	}
	for _, word := range s.words {
		s.present[word/64] = 0
	}
	s.words = s.words[:0]
	s.places, s.used, s.articles = s.places[:0], s.used[:0], s.articles[:0]
	s.cut(text)
}

// cut splits a text into words, unless it is the one that was split last.
func (s *Scanner) cut(text string) {
	if text == s.cutText {
		return
	}
	s.cutText, s.tokens, s.hasDigit = text, split(text, s.tokens[:0]), false
	for i := range s.tokens {
		word := &s.tokens[i]
		word.spelling = s.spell(text[word.start:word.end])
		s.hasDigit = s.hasDigit || word.hasDigit
	}
}

// findAtoms notes which atoms stand where, and which words that makes present.
func (s *Scanner) findAtoms() {
	for i := range s.tokens {
		at, word := int32(i), &s.tokens[i]
		for _, atom := range word.atoms {
			s.keep(atom, span{first: at, last: at})
		}
		if len(word.begins) > 0 {
			s.findLonger(word.begins, at)
		}
	}
}

// findLonger notes which of the atoms that a word may begin stand there.
func (s *Scanner) findLonger(begins []begun, at int32) {
	next := byte(0)
	if int(at)+1 < len(s.tokens) {
		next = initial(s.tokens[at+1].folded)
	}
	for _, b := range begins {
		if b.next != 0 && b.next != next {
			continue
		}
		if last, stands := s.standsFrom(b.atom, at); stands {
			s.keep(b.atom, span{first: at, last: last})
		}
	}
}

// standsFrom says whether an atom that looks at more than a word stands from a word on,
// and which is its last.
func (s *Scanner) standsFrom(id, first int32) (last int32, stands bool) {
	a := &s.matcher.atoms[id]
	if last = first + int32(len(a.rest)); int(last) >= len(s.tokens) {
		return 0, false
	}
	for i, word := range a.rest {
		tail, begins := strings.CutPrefix(s.tokens[first+1+int32(i)].folded, word)
		ends := i == len(a.rest)-1
		if !begins || !ends && tail != "" || ends && a.restTail&tailOf(tail) == 0 {
			return 0, false
		}
	}
	return last, a.exact == "" || s.spelled(a.exact, first, last)
}

// keep notes where an atom stands and, where it is the first time, which words it is a
// form of.
func (s *Scanner) keep(atom int32, at span) {
	if len(s.spans[atom]) == 0 {
		s.touched = append(s.touched, atom)
		for _, word := range s.matcher.wordsWith[atom] {
			if !s.isPresent(word) {
				s.present[word/64] |= 1 << (word % 64)
				s.words = append(s.words, word)
			}
		}
	}
	s.spans[atom] = append(s.spans[atom], at)
}

// chooseRules lists the rules to try: those of which all words are present that they
// need. Most that a word gives cause to try lack another.
func (s *Scanner) chooseRules() {
	for _, word := range s.words {
		for rule, needed := range s.matcher.anchored[word].all {
			if !s.lacksWord(needed) {
				s.tried = append(s.tried, rule)
			}
		}
	}
	slices.Sort(s.tried)
	s.tried = slices.Compact(s.tried)
}

// spelled says whether the words stand in the text just as asked for, up to an
// ending behind them.
func (s *Scanner) spelled(exact string, first, last int32) bool {
	from, to := s.tokens[first].start, s.tokens[last].end
	lead := strings.IndexFunc(exact, isWordRune)
	from = max(0, from-lead)
	trail := len(exact) - strings.LastIndexFunc(exact, isWordRune) - 1
	to = min(len(s.text), to+trail)
	return strings.HasPrefix(s.text[from:to], exact) || sameLetters(s.text[from:to], exact)
}

// sameLetters compares, what stands between the words aside.
func sameLetters(text, exact string) bool {
	letters := func(r rune) rune {
		if isWordRune(r) {
			return r
		}
		return -1
	}
	return strings.HasPrefix(strings.Map(letters, text), strings.Map(letters, exact)) && strings.IndexFunc(exact, func(r rune) bool { return !isWordRune(r) && r != '-' && r != ' ' }) < 0
}

// lacksWord says whether of one of some sets no word is in the clause.
func (s *Scanner) lacksWord(needed []int32) bool {
	for len(needed) > 0 {
		end := 1 + needed[0]
		if !slices.ContainsFunc(needed[1:end], s.isPresent) {
			return true
		}
		needed = needed[end:]
	}
	return false
}

func (s *Scanner) isPresent(word int32) bool { return s.present[word/64]&(1<<(word%64)) != 0 }

func (s *Scanner) appendMatches(matches []match, id int32) []match {
	rule := &s.matcher.rules[id]
	if slices.ContainsFunc(rule.slots, func(slot slot) bool { return len(s.slots[slot]) == 0 }) {
		return matches
	}
	for _, place := range s.find(&rule.root) {
		from := len(s.used)
		s.use(place)
		slices.Sort(s.used[from:])
		place.from, place.to = int32(from), int32(len(s.used))
		matches = append(matches, match{rule: id, span: place})
	}
	return matches
}

// use adds the words that matched in a span to the used ones.
func (s *Scanner) use(place span) {
	if place.from < place.to {
		s.used = append(s.used, s.used[place.from:place.to]...)
		return
	}
	for word := place.first; word <= place.last; word++ {
		s.used = append(s.used, word)
	}
}

// most bounds the places considered for one part of a phrase in one clause.
const most = 32

// find lists the places at which a part of a phrase stands in the clause.
func (s *Scanner) find(c *compiled) []span {
	var spans []span
	switch c.kind {
	case isWord:
		for _, word := range c.words {
			if s.isPresent(word) {
				spans = alsoAt(spans, s.findWord(s.matcher.words[word]))
			}
		}
	case isSlotKind:
		switch c.slot {
		case slotInfinitive:
			spans = s.infinitives()
		case slotAcronym:
			spans = s.acronyms()
		case slotBuyer:
			spans = s.buyers()
		default:
			spans = s.slots[c.slot]
		}
	case isChoice:
		for i := range c.parts {
			spans = alsoAt(spans, s.find(&c.parts[i]))
		}
	case isSequence:
		spans = s.findSequence(c)
	case isTogether:
		spans = s.findTogether(c)
	}
	return spans[:min(len(spans), most)]
}

// alsoAt adds places to others. Most often only one list has any: it is not copied, and
// so not appended to.
func alsoAt(spans, others []span) []span {
	if len(spans) == 0 {
		return slices.Clip(others)
	}
	return append(spans, others...)
}

// findWord lists the places of a word's forms, one form after the other.
func (s *Scanner) findWord(forms []int32) []span {
	var spans []span
	for _, atom := range forms {
		if len(s.spans[atom]) > 0 {
			spans = alsoAt(spans, s.whole(atom))
		}
	}
	return spans
}

// whole lists the places of an atom; a separated verb stands where its stem is and
// where its prefix is.
func (s *Scanner) whole(atom int32) []span {
	prefix := s.matcher.atoms[atom].prefix
	if prefix == "" {
		return s.spans[atom]
	}
	begin := len(s.places)
	for _, stem := range s.spans[atom] {
		if at := s.prefixAfter(prefix, stem.last); at >= 0 {
			from := int32(len(s.used))
			s.used = append(s.used, stem.first, at)
			s.places = append(s.places, span{stem.first, stem.last, from, from + 2}, span{at, at, from, from + 2})
		}
	}
	return s.places[begin:]
}

// prefixAfter finds a separated verb's prefix within the next words; -1 where
// there is none.
func (s *Scanner) prefixAfter(prefix string, after int32) int32 {
	for i := after + 1; i < int32(len(s.tokens)) && i <= after+together; i++ {
		if s.tokens[i].folded == prefix {
			return i
		}
	}
	return -1
}

func (s *Scanner) findSequence(c *compiled) []span {
	reached := s.find(&c.parts[0])
	for i := 1; i < len(c.parts) && len(reached) > 0; i++ {
		reached = s.join(reached, s.find(&c.parts[i]), c.gaps[i-1])
	}
	return reached
}

// join combines places that follow each other with at most gap words between,
// articles not counted.
func (s *Scanner) join(left, right []span, gap int) []span {
	begin := len(s.places)
	for _, a := range left {
		for _, b := range right {
			if b.first <= a.last || s.between(a.last, b.first) > int32(gap) {
				continue
			}
			from := int32(len(s.used))
			s.use(a)
			s.use(b)
			s.places = append(s.places, span{a.first, b.last, from, int32(len(s.used))})
			if len(s.places)-begin == most {
				return s.places[begin:]
			}
		}
	}
	return s.places[begin:]
}

// between counts the words between two others, articles left out.
func (s *Scanner) between(a, b int32) int32 {
	if len(s.articles) == 0 {
		s.countArticles()
	}
	return b - a - 1 - (s.articles[b] - s.articles[a+1])
}

func (s *Scanner) countArticles() {
	count := int32(0)
	for i := range s.tokens {
		s.articles = append(s.articles, count)
		if s.tokens[i].isArticle {
			count++
		}
	}
}

var articles = map[string]bool{}

func init() {
	for article := range strings.FieldsSeq("der die das des dem den ein eine einer eines einem einen the a an") {
		articles[article] = true
	}
}

// findTogether finds, for each place of the first part, the nearest place of
// every other part.
func (s *Scanner) findTogether(c *compiled) []span {
	places := make([][]span, len(c.parts))
	for i := range c.parts {
		if places[i] = s.find(&c.parts[i]); len(places[i]) == 0 {
			return nil
		}
	}
	begin := len(s.places)
	for _, cover := range places[0] {
		from := int32(len(s.used))
		s.use(cover)
		for _, others := range places[1:] {
			other := nearest(others, cover)
			s.use(other)
			cover.first, cover.last = min(cover.first, other.first), max(cover.last, other.last)
		}
		cover.from, cover.to = from, int32(len(s.used))
		if cover.last-cover.first < together {
			s.places = append(s.places, cover)
		}
	}
	return s.places[begin:]
}

func nearest(places []span, to span) span {
	return slices.MinFunc(places, func(a, b span) int { return cmp.Compare(a.distance(to), b.distance(to)) })
}

func (f span) distance(other span) int32 {
	return max(f.first-other.last, other.first-f.last, 0)
}
