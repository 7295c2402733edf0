package lexicon

import (
	"cmp"
	"slices"
	"strings"
)

// A span is a place where a part of a phrase stands, in words. Those that matched are
// from one to another of the scanner's used; where there are none, all of the span's did.
type span struct {
	first, last int32
	from, to    int32
}

// A match is a place where a phrase or a name stands, its used words in order.
type match struct {
	rule  int32
	label int32 // its number
	span
}

// A Scanner matches clause after clause; it keeps its buffers. Not for
// concurrent use.
type Scanner struct {
	matcher   *Matcher
	spellings vocabulary // met so far
	text      string
	cutText   string // what tokens hold
	padded    []byte // its bytes, see vocabulary.read
	tokens    []token
	telling   []int32 // those of which the lexicon knows something
	hasDigit  bool
	words     []int32  // of the lexicon, of which a form stands in the clause
	place     []int32  // word -> its place among these, 1-based; 0 for others
	trace     trace    // of these
	spans     [][]span // of these, in their order: where each stands
	slots     [][]span
	filled    slotSet // slots that hold something
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
	forms     []int32         // words of which it is a form
	begins    []begun         // what it may begin
	called    map[string]bool // names that the document gives the buyer, as written; see Learn
}

// NewScanner returns a scanner of its own for a goroutine.
func (m *Matcher) NewScanner() *Scanner {
	return &Scanner{matcher: m, spellings: newVocabulary(), called: map[string]bool{}, place: make([]int32, len(m.words)), slots: make([][]span, len(slotNames))}
}

// Scan returns what stands in a clause, in the order of the text: the hits and
// the values. Of variants of one phrase at one place, the one that uses most
// words is kept. The hits are the scanner's and last until it scans again.
func (s *Scanner) Scan(text string) ([]Hit, []Value) {
	s.begin(text)
	s.findWords()
	if len(s.words) == 0 {
		return nil, nil
	}
	s.chooseRules()
	return s.match()
}

// match finds what the rules that are to be tried match.
func (s *Scanner) match() ([]Hit, []Value) {
	matches := s.settleNames(s.appendTurn(s.matches[:0], turnOfNames))
	values := s.findValues()
	matches = s.appendTurn(matches, turnOfPhrases)
	slices.SortStableFunc(matches, compareMatches)
	s.matches, s.hits = matches, s.hits[:0]
	for i, m := range matches {
		if i == 0 || !m.repeats(matches[i-1]) {
			s.hits = append(s.hits, s.hit(m))
		}
	}
	return s.hits, values
}

// appendTurn adds what the rules of one turn match.
func (s *Scanner) appendTurn(matches []match, now turn) []match {
	for _, id := range s.tried {
		if s.matcher.rules[id].turn == now {
			matches = s.appendMatches(matches, id)
		}
	}
	return matches
}

// compareMatches orders matches by their place, the longest first, by label, and those of
// one label by the words that they use, most first.
func compareMatches(a, b match) int {
	switch {
	case a.first != b.first:
		return int(a.first - b.first)
	case a.last != b.last:
		return int(b.last - a.last)
	case a.label != b.label:
		return int(a.label - b.label)
	}
	return int((b.to - b.from) - (a.to - a.from))
}

// repeats says whether a match says what the one before it does.
func (m match) repeats(before match) bool {
	return m.first == before.first && m.last == before.last && m.label == before.label
}

func (s *Scanner) hit(m match) Hit {
	return Hit{Label: s.matcher.labels[m.label], First: int(m.first), Last: int(m.last),
		Start: s.tokens[m.first].start, End: s.tokens[m.last].end, Used: s.used[m.from:m.to:m.to]}
}

func (s *Scanner) begin(text string) {
	for _, word := range s.words {
		s.place[word] = 0
	}
	for slot := range s.slots {
		s.slots[slot] = s.slots[slot][:0]
	}
	s.text, s.words, s.trace, s.tried, s.filled = text, s.words[:0], trace{}, s.tried[:0], 0
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
	s.padded = append(append(s.padded[:0], text...), padding...)
	for start, barrier := wordStart(text, 0); start < len(text); {
		end, hash := s.spellings.read(text, s.padded, start)
		word := s.spell(text[start:end], hash)
		if word.tells {
			s.telling = append(s.telling, int32(len(s.tokens)))
		}
		s.hasDigit = s.hasDigit || word.hasDigit
		s.tokens = append(s.tokens, token{start: start, end: end, barrier: barrier, spelling: word})
		start, barrier = wordStart(text, end)
	}
}

// findWords notes which words of the lexicon stand where.
func (s *Scanner) findWords() {
	for _, at := range s.telling {
		spelled := s.tokens[at].spelling
		for _, word := range spelled.words {
			s.keep(word, span{first: at, last: at})
		}
		if spelled.more != nil {
			s.findLonger(spelled.more.begins, at)
		}
	}
}

// findLonger notes which of the atoms that a word may begin stand there.
func (s *Scanner) findLonger(begins []begun, at int32) {
	var next initials
	if int(at)+1 < len(s.tokens) {
		next = s.tokens[at+1].initials
	}
	for _, b := range begins {
		switch {
		case !b.next.begin(next):
		case b.separated:
			s.findSeparated(b.atom, at)
		default:
			if last, stands := s.standsFrom(b.atom, at); stands {
				for _, word := range s.matcher.wordsWith[b.atom] {
					s.keep(word, span{first: at, last: last})
				}
			}
		}
	}
}

// findSeparated notes where a separated verb stands: where its stem is and where its
// prefix is. It counts as present by its stem alone.
func (s *Scanner) findSeparated(id, stem int32) {
	prefix := s.prefixAfter(s.matcher.atoms[id].prefix, stem)
	from := int32(len(s.used))
	if prefix >= 0 {
		s.used = append(s.used, stem, prefix)
	}
	for _, word := range s.matcher.wordsWith[id] {
		if spans := s.meet(word); prefix >= 0 {
			*spans = append(*spans, span{stem, stem, from, from + 2}, span{prefix, prefix, from, from + 2})
		}
	}
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
		if !begins || !ends && tail != "" || ends && a.tails&tailOf(tail) == 0 {
			return 0, false
		}
	}
	return last, a.exact == "" || s.spelled(a.exact, first, last)
}

// keep notes where a word stands.
func (s *Scanner) keep(word int32, at span) {
	spans := s.meet(word)
	*spans = append(*spans, at)
}

// meet notes that a word is in the clause, and returns where it was found so far.
func (s *Scanner) meet(word int32) *[]span {
	place := s.place[word]
	if place == 0 {
		s.words = append(s.words, word)
		place = int32(len(s.words))
		s.place[word] = place
		s.trace.add(word)
		if len(s.spans) < len(s.words) {
			s.spans = append(s.spans, nil)
		}
		s.spans[place-1] = s.spans[place-1][:0]
	}
	return &s.spans[place-1]
}

// chooseRules lists the rules to try: those of which all words are present that they
// need.
func (s *Scanner) chooseRules() {
	for _, word := range s.words {
		candidates := s.matcher.anchoredAt(word)
		for i := range candidates {
			if c := &candidates[i]; c.trace.meets(&s.trace) && s.meets(c.needed) {
				s.tried = append(s.tried, c.rule)
			}
		}
	}
	slices.Sort(s.tried)
	s.tried = slices.Compact(s.tried)
}

// meets says whether of each of some sets a word is in the clause; see Matcher.needed.
func (s *Scanner) meets(from int32) bool {
	for sets := s.matcher.needed[from:]; sets[0] > 0; {
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
		if s.place[word] > 0 {
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
	if rule.slots&^s.filled != 0 {
		return matches
	}
	for _, place := range s.find(&rule.root) {
		from := len(s.used)
		s.use(place)
		slices.Sort(s.used[from:])
		place.from, place.to = int32(from), int32(len(s.used))
		matches = append(matches, match{rule: id, label: rule.number, span: place})
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
			if place := s.place[word]; place > 0 {
				spans = alsoAt(spans, s.spans[place-1])
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
