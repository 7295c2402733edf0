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
	tails      []uint8 // atom -> kinds of tails that its first word may have; see allowedTails
	byForm     map[form]int32
	words      [][]int32        // word -> atoms, its forms
	holders    []int            // word -> how many times rules hold it
	likely     []float64        // word -> see likelihoods
	byWord     map[string]int32 // as phrases write it
	wordsWith  [][]int32        // atom -> words that have the form
	rules      []rule
	units      []uint8             // rule -> kinds of values to look for where it may apply
	turns      []turn              // rule -> when it is tried
	anchored   []ruleList          // word -> rules to try where it stands
	nameSlots  map[string]slot     // catalogue id -> that of its kind
	contextsOf map[string][]string // catalogue id -> labels of what may settle its ambiguous names
	// Function words, folded, with the numbers of the languages that have them.
	functionWords map[string][]int
	longestSmall  int // of articles and these, in bytes
	buyers        buyerWords
}

type rule struct {
	label Label
	root  compiled
	slots []slot // that must not be empty
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
	return &Matcher{byWord: map[string]int32{}, byForm: map[form]int32{}, nameSlots: map[string]slot{}, contextsOf: map[string][]string{}, functionWords: map[string][]int{}, buyers: buyerWords{whole: map[string]bool{}}}
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
	m.holders[number]++
	return number
}

func (m *Matcher) addWord(forms []form) int32 {
	atoms := make([]int32, len(forms))
	for i, f := range forms {
		atoms[i] = m.atom(f)
	}
	m.words, m.holders = append(m.words, atoms), append(m.holders, 0)
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

// build makes the dictionary; nothing may be added afterwards.
func (m *Matcher) build() {
	m.dictionary = newDictionary(m.atoms)
	m.longestSmall = longest(maps.Keys(articles), longest(maps.Keys(m.functionWords), 0))
	m.wordsWith, m.anchored = make([][]int32, len(m.atoms)), make([]ruleList, len(m.words))
	for word, atoms := range m.words {
		for _, atom := range atoms {
			m.wordsWith[atom] = append(m.wordsWith[atom], int32(word))
		}
	}
	m.turns = make([]turn, len(m.rules))
	for id, rule := range m.rules {
		m.turns[id] = turnOf(rule.label.Set)
	}
	m.likely = m.likelihoods()
	m.anchor()
}

// anchor lists each rule with the words of the rarest set that it needs.
func (m *Matcher) anchor() {
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

// longest gives the length of the longest word, if it is more than some other.
func longest(words iter.Seq[string], other int) int {
	for word := range words {
		other = max(other, len(word))
	}
	return other
}

// A ruleList holds rules, each with the sets of words that it needs besides, in one
// piece of memory: most are asked for no more than these. Before the sets stands how much
// room they take.
type ruleList []int32

func (l ruleList) with(rule int32, needed []int32) ruleList {
	return append(append(l, rule, int32(len(needed))), needed...)
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

// likelihoods guesses how likely each word is in a text, for comparison only: the
// shorter, and the more rules hold it, the likelier. The numbers are those with which
// the fewest rules were looked at over real tenders.
func (m *Matcher) likelihoods() []float64 {
	likely := make([]float64, len(m.words))
	for word, atoms := range m.words {
		shortest := math.MaxInt
		for _, atom := range atoms {
			shortest = min(shortest, len(m.atoms[atom].text))
		}
		likely[word] = math.Sqrt(float64(m.holders[word])) * math.Pow(1.3, -float64(shortest))
	}
	return likely
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
	settled bool // of an ambiguous name: the clause tells what it stands for
	span
}

// A Scanner matches clause after clause; it keeps its buffers. Not for
// concurrent use.
type Scanner struct {
	matcher   *Matcher
	spellings vocabulary // met so far
	text      string
	cutText   string // what tokens hold
	tokens    []token
	telling   []int32 // those of which the lexicon knows something
	hasDigit  bool
	spans     [][]span // by atom
	touched   []int32  // atoms with spans
	words     []int32  // of which a form stands in the clause
	present   []bool   // word -> whether it is one of these
	slots     [][]span
	tried     []int32
	matches   []match
	hits      []Hit
	topics    []Hit // of these, those of topics
	cues      Cues
	places    []span  // of parts of phrases, list after list
	used      []int32 // words that matched, span after span
	articles  []int32 // number of articles before each word
	memory    memory
	set       []byte // the spelling that is looked at, folded, between blanks
	sightings []sighting
	atoms     []int32         // that it is
	begins    []begun         // what it may begin
	called    map[string]bool // names that the document gives the buyer, as written; see Learn
}

// NewScanner returns a scanner of its own for a goroutine.
func (m *Matcher) NewScanner() *Scanner {
	return &Scanner{matcher: m, spellings: newVocabulary(), called: map[string]bool{}, spans: make([][]span, len(m.atoms)), slots: make([][]span, len(Slots())), present: make([]bool, len(m.words))}
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
	matches := s.settleNames(s.appendTurn(s.matches[:0], turnOfNames))
	values := s.findValues()
	matches = s.appendTurn(matches, turnOfPhrases)
	slices.SortStableFunc(matches, s.compare)
	s.matches, s.hits = matches, s.hits[:0]
	for i, m := range matches {
		if i == 0 || !s.repeats(m, matches[i-1]) {
			s.hits = append(s.hits, s.hit(m))
		}
	}
	return s.hits, values
}

// appendTurn adds what the rules of one turn match.
func (s *Scanner) appendTurn(matches []match, now turn) []match {
	for _, id := range s.tried {
		if s.matcher.turns[id] == now {
			matches = s.appendMatches(matches, id)
		}
	}
	return matches
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
	switch {
	case m.settled:
		label.Side = ""
	case label.Side == sideProper:
		label.Side = SideAmbiguous
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
		s.present[word] = false
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
	if len(s.spellings.spellings) >= mostSpellings {
		s.spellings.clear()
	}
	s.cutText, s.tokens, s.telling, s.hasDigit = text, s.tokens[:0], s.telling[:0], false
	for start, end, barrier := nextWord(text, 0); start < end; start, end, barrier = nextWord(text, end) {
		word := s.spell(text[start:end])
		if word.tells {
			s.telling = append(s.telling, int32(len(s.tokens)))
		}
		s.hasDigit = s.hasDigit || word.hasDigit
		s.tokens = append(s.tokens, token{start: start, end: end, barrier: barrier, spelling: word})
	}
}

// findAtoms notes which atoms stand where, and which words that makes present.
func (s *Scanner) findAtoms() {
	for _, at := range s.telling {
		word := s.tokens[at].spelling
		for _, atom := range word.atoms {
			s.keep(atom, span{first: at, last: at})
		}
		if word.more != nil {
			s.findLonger(word.more.begins, at)
		}
	}
}

// findLonger notes which of the atoms that a word may begin stand there.
func (s *Scanner) findLonger(begins []begun, at int32) {
	var next initials
	if int(at)+1 < len(s.tokens) {
		next = initialsOf(s.tokens[at+1].folded)
	}
	for _, b := range begins {
		if !b.next.begin(next) {
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
			if !s.present[word] {
				s.present[word] = true
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
		for list := s.matcher.anchored[word]; len(list) > 0; {
			rule, end := list[0], 2+list[1]
			if s.meets(list[2:end]) {
				s.tried = append(s.tried, rule)
			}
			list = list[end:]
		}
	}
	slices.Sort(s.tried)
	s.tried = slices.Compact(s.tried)
}

// meets says whether of each of some sets a word is in the clause.
func (s *Scanner) meets(sets []int32) bool {
	for len(sets) > 0 {
		end := 1 + sets[0]
		if !s.hasAny(sets[1:end]) {
			return false
		}
		sets = sets[end:]
	}
	return true
}

func (s *Scanner) hasAny(words []int32) bool {
	for _, word := range words {
		if s.present[word] {
			return true
		}
	}
	return false
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
			if s.present[word] {
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
	if s.matcher.tails[atom]&isSeparated == 0 {
		return s.spans[atom]
	}
	prefix := s.matcher.atoms[atom].prefix
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
