package lexicon

import (
	"cmp"
	"iter"
	"slices"
	"strings"
	"unicode"
)

// Polarities of a topic in a clause.
const (
	Met  = "met"
	Weak = "weak"
	Risk = "risk"
)

// A Reading is what a clause says, as far as it can be told from the clause
// alone.
type Reading struct {
	Topics   []TopicReading // sorted by topic
	Signals  []TopicReading // of the deal as a whole, sorted by id
	Names    []Hit          // in the order of the text; ambiguous ones are marked
	Values   []Value
	Subjects []Hit
	Cues     Cues     // of the clause's language only
	Roles    []string // roles the clause's own words suggest, sorted
	Headings []string // roles that its words give to what stands under them, if it is a heading
	// Names that the clause gives to systems, as written, which the catalogue does
	// not know. They are not among Names.
	Introduced []string
	Modality   string // "must", "should", "may", "none"
	Negated    bool
	Optional   bool // the supplier may do what the clause says, or not
	Words      int  // number of words
}

// Cues are the small words of a clause, in the order of the text.
type Cues []Hit

// Of lists the words of one cue.
func (c Cues) Of(id string) iter.Seq[Hit] {
	return func(yield func(Hit) bool) {
		for i := range c {
			if c[i].ID == id && !yield(c[i]) {
				return
			}
		}
	}
}

// Has says whether the clause has a cue.
func (c Cues) Has(id string) bool {
	return slices.ContainsFunc(c, func(hit Hit) bool { return hit.ID == id })
}

// Follow says whether the words of a cue stand right behind a hit.
func (c Cues) Follow(id string, hit Hit) bool {
	for cue := range c.Of(id) {
		if cue.First == hit.Last+1 {
			return true
		}
	}
	return false
}

// Lead says whether the words of a cue stand right before a hit.
func (c Cues) Lead(id string, hit Hit) bool {
	for cue := range c.Of(id) {
		if cue.Last+1 == hit.First {
			return true
		}
	}
	return false
}

// Reach says whether the words of a cue stand before a hit, with neither a comma nor the
// like in between.
func (c Cues) Reach(id string, hit Hit) bool {
	for cue := range c.Of(id) {
		if cue.Last < hit.First && cue.Part == hit.Part {
			return true
		}
	}
	return false
}

// A TopicReading is a topic that a clause speaks of, with what stands in the
// clause for or against it.
type TopicReading struct {
	ID         string
	Polarity   string
	Optional   bool   // weak since it is an option, whatever it says
	Hedge      string // the words that alone make it weak ("grundsätzlich"); "" for none
	Start, End int    // bytes of the clause's text
}

// Nothing says whether nothing worth keeping was recognised.
func (r Reading) Nothing() bool {
	return len(r.Topics) == 0 && len(r.Names) == 0 && len(r.Values) == 0
}

// Read reads one clause. The language decides which small words count; where
// it is "", those of every language do.
func (l *Lexicon) Read(scanner *Scanner, text, language string) Reading {
	hits, values := scanner.Scan(text)
	reading := Reading{Values: values, Modality: "none", Words: len(scanner.tokens)}
	if len(hits) == 0 {
		reading.Introduced = scanner.introduced(nil, nil)
		return reading
	}
	scanner.sort(hits, language, &reading)
	scanner.topics = l.understood(scanner, language)
	reading.Names = withoutWords(reading.Names, reading.Cues)
	reading.Modality = modality(reading.Cues)
	negations := scanner.negations(reading.Cues)
	reading.Negated = len(negations)%2 == 1
	ofNames := scanner.appendExceptions(slices.Clip(negations), reading.Cues, "unbound")
	for i := range reading.Names {
		reading.Names[i].Negated = scanner.negated(&reading.Names[i], ofNames)
	}
	denyLists(text, reading.Names)
	reading.Signals, reading.Topics = l.apart(l.readTopics(scanner, unlimited(scanner.topics, reading.Cues), negations))
	if reading.Cues.Has("reservation") {
		halfHearted(reading.Topics)
	}
	reading.Introduced = scanner.introduced(reading.Cues, reading.Names)
	reading.Optional = len(negations) == 0 && scanner.optional(reading.Cues)
	if reading.Optional {
		l.Weaken(reading.Topics)
	}
	for _, list := range [][]Hit{reading.Names, reading.Subjects, reading.Cues} {
		scanner.countParts(list)
	}
	return reading
}

// sort puts hits into a reading by what they are; those of topics are kept aside. Of
// another language than the clause's, small words do not count.
func (s *Scanner) sort(hits []Hit, language string, reading *Reading) {
	s.topics, s.cues = s.topics[:0], s.cues[:0]
	for _, hit := range hits {
		foreign := hit.Language != "" && language != "" && hit.Language != language
		switch {
		case hit.Set == SetTopic:
			s.topics = append(s.topics, hit)
		case hit.Set == SetName:
			reading.Names = append(reading.Names, hit)
		case hit.Set == SetSubject:
			reading.Subjects = append(reading.Subjects, hit)
		case hit.Set == SetRole && hit.Side == "headings":
			reading.Headings = append(reading.Headings, hit.ID)
		case foreign:
		case hit.Set == SetCue:
			s.cues = append(s.cues, hit)
		case hit.Set == SetRole:
			reading.Roles = append(reading.Roles, hit.ID)
		}
	}
	reading.Cues = slices.Clone(s.cues)
	slices.Sort(reading.Roles)
	reading.Roles = slices.Compact(reading.Roles)
}

// lingua is the language whose terms are at home in texts of any other, too: "Vendor
// Lock-in" in a German one.
const lingua = "en"

// fewestWords are the small words by which a clause must speak one language more than
// another to be surely not in that: in "Architektur: On-Premises" stands one by chance.
const fewestWords = 2

// understood leaves out phrases of topics that are of a language which the clause surely
// is not in: „Client … Access“ in an English one.
func (l *Lexicon) understood(scanner *Scanner, language string) []Hit {
	foreign := func(hit Hit) bool {
		return hit.Language != "" && hit.Language != language && hit.Language != lingua
	}
	if language == "" || !slices.ContainsFunc(scanner.topics, foreign) {
		return scanner.topics
	}
	votes := l.votes(scanner)
	words := func(language string) int { return votes[slices.Index(l.languageNames, language)] }
	return slices.DeleteFunc(scanner.topics, func(hit Hit) bool {
		return foreign(hit) && slices.Contains(l.languageNames, hit.Language) && words(language)-words(hit.Language) >= fewestWords
	})
}

// withoutWords leaves out names that are but part of what is no name: "SQL Injection".
func withoutWords(names []Hit, cues Cues) []Hit {
	return slices.DeleteFunc(names, func(name Hit) bool {
		for no := range cues.Of("no_name") {
			if no.First <= name.First && name.Last <= no.Last && no.Last-no.First > name.Last-name.First {
				return true
			}
		}
		return false
	})
}

// countParts tells in which part of the clause each hit of a list stands, and lets go of
// what is the scanner's; see Scan.
func (s *Scanner) countParts(list []Hit) {
	part, word := 0, 0
	for i := range list {
		for ; word <= list[i].First; word++ {
			if s.tokens[word].barrier {
				part++
			}
		}
		list[i].Part, list[i].Used = part, nil
	}
}

// readTopics takes the hits of one topic after the other.
func (l *Lexicon) readTopics(scanner *Scanner, hits []Hit, negations []negation) []TopicReading {
	slices.SortStableFunc(hits, func(a, b Hit) int { return strings.Compare(a.ID, b.ID) })
	var topics []TopicReading
	for len(hits) > 0 {
		end := 1
		for end < len(hits) && hits[end].ID == hits[0].ID {
			end++
		}
		if topic, ok := l.readTopic(scanner, hits[0].ID, hits[:end], negations); ok {
			topics = append(topics, topic)
		}
		hits = hits[end:]
	}
	return topics
}

// unlimited leaves out phrases that take the "only" of "not only" for a limit. Those
// that hold the "not" mean it.
func unlimited(topics []Hit, cues Cues) []Hit {
	if !cues.Has("not_only") {
		return topics
	}
	limits := func(topic Hit) bool {
		return slices.ContainsFunc(cues, func(cue Hit) bool {
			return cue.ID == "not_only" && slices.Contains(topic.Used, int32(cue.Last)) && !slices.Contains(topic.Used, int32(cue.First))
		})
	}
	return slices.DeleteFunc(topics, limits)
}

// halfHearted makes of what is promised what may be refused.
func halfHearted(topics []TopicReading) {
	for i := range topics {
		if topics[i].Polarity == Met {
			topics[i].Polarity = Weak
		}
	}
}

// Excluded turns round a clause that stands among what is not part of the contract
// ("out of scope:"). What it speaks for is denied where a negation would deny it; of
// its other topics nothing is left.
func (l *Lexicon) Excluded(reading Reading) Reading {
	reading.Topics, reading.Signals, reading.Negated = l.denied(reading.Topics), l.denied(reading.Signals), !reading.Negated
	for i := range reading.Names {
		reading.Names[i].Negated = true
	}
	return reading
}

// denied gives what is left of topics or signals that are taken out as a whole.
func (l *Lexicon) denied(all []TopicReading) []TopicReading {
	var left []TopicReading
	for _, one := range all {
		if other := l.Topics[one.ID].Excluded; other != "" {
			left = append(left, TopicReading{ID: other, Polarity: Met, Start: one.Start, End: one.End})
		}
		if one.Polarity == Met && turned(Met, l.Topics[one.ID].Negation, true) == Risk {
			one.Polarity = Risk
			left = append(left, one)
		}
	}
	return left
}

// apart keeps signals from what criteria look up.
func (l *Lexicon) apart(all []TopicReading) (signals, topics []TopicReading) {
	for _, topic := range all {
		if l.isSignal(topic.ID) {
			signals = append(signals, topic)
		} else {
			topics = append(topics, topic)
		}
	}
	return signals, topics
}

// modality returns the first modal of the clause; "none" where it has none.
func modality(cues Cues) string {
	first, at := "none", -1
	for _, name := range []string{"must", "should", "may"} {
		for hit := range cues.Of(name) {
			if at < 0 || hit.First < at {
				first, at = name, hit.First
			}
		}
	}
	return first
}

// Words between a modal and who may.
const reachActor = 5

// optional says whether a "may" is the supplier's ("Der Auftragnehmer kann den
// Quellcode übergeben") and nothing in the clause obliges. What the buyer or the
// solution can do is no option of the supplier's.
func (s *Scanner) optional(cues Cues) bool {
	if cues.Has("must") || cues.Has("should") {
		return false
	}
	for modal := range cues.Of("may") {
		if s.actor(cues, modal) == "supplier" {
			return true
		}
	}
	return false
}

// actor returns the party nearest to a modal, the buyer before the supplier; "" where
// none is near. A party of another part of the sentence does not count.
func (s *Scanner) actor(cues Cues, modal Hit) string {
	actor, least := "", reachActor+1
	for _, party := range []string{"buyer", "supplier"} {
		for hit := range cues.Of(party) {
			first, last := hit, modal
			if modal.First < hit.First {
				first, last = modal, hit
			}
			if d := last.First - first.Last; d < least && !s.parted(first.Last, last.First) {
				actor, least = party, d
			}
		}
	}
	return actor
}

// Weaken makes half-hearted what would speak for a topic, but is an option. What is
// half-hearted anyway becomes an option, too.
func (l *Lexicon) Weaken(topics []TopicReading) {
	for i := range topics {
		if topic := &topics[i]; topic.Polarity != Risk && l.Topics[topic.ID].Option != Met {
			topic.Polarity, topic.Optional = Weak, true
		}
	}
}

// A negation is a word that turns round what stands near it.
type negation struct {
	word    int
	last    int  // its own last word, from which it reaches: "mit Ausnahme" has two
	duty    bool // "nicht verpflichtet": what it turns begins behind a comma
	forward bool // reaches only what comes after it
	reach   int  // words after its last that it reaches
	noun    bool // turns a phrase that it stands in by a noun, or by what follows at once: "ohne Werkzeuge möglich" is possible
}

// negations lists the clause's negations, those left out that are none.
func (s *Scanner) negations(cues Cues) []negation {
	var list []negation
	for _, kind := range []string{"negation", "negation_before"} {
		for hit := range cues.Of(kind) {
			if s.covering(&hit, cues, "no_negation") == nil {
				n := negation{word: hit.First, last: hit.First, forward: kind == "negation_before", reach: reachForward}
				if duty := s.covering(&hit, cues, "negated_duty"); duty != nil {
					n.last, n.duty = duty.Last, true
				}
				list = append(list, n)
			}
		}
	}
	return s.appendExceptions(list, cues, "exception")
}

// appendExceptions adds the words of a cue that take out only what follows at once.
func (s *Scanner) appendExceptions(list []negation, cues Cues, kind string) []negation {
	for hit := range cues.Of(kind) {
		longer := slices.ContainsFunc(cues, func(other Hit) bool { return other.ID == kind && other.First == hit.First && other.Last > hit.Last })
		if !longer && s.covering(&hit, cues, "no_negation") == nil {
			list = append(list, negation{word: hit.First, last: hit.Last, forward: true, reach: reachException, noun: hit.Language == "de"})
		}
	}
	return list
}

// covering returns the cue of a kind that a word is part of; nil for none.
func (s *Scanner) covering(hit *Hit, cues Cues, id string) *Hit {
	i := slices.IndexFunc(cues, func(other Hit) bool {
		return other.ID == id && other.First <= hit.First && hit.Last <= other.Last && !s.parted(other.First, other.Last)
	})
	if i < 0 {
		return nil
	}
	return &cues[i]
}

// Words over which a negation reaches.
const (
	reachForward   = 6
	reachBackward  = 5
	reachException = 3 // "ohne Drittkomponenten ist der Quellcode zu übergeben" denies no source code
)

// negated says whether an odd number of negations reaches the phrase.
func (s *Scanner) negated(phrase *Hit, negations []negation) bool {
	odd := false
	for _, n := range negations {
		if !slices.Contains(phrase.Used, int32(n.word)) && s.reaches(n, phrase) {
			odd = !odd
		}
	}
	return odd
}

func (s *Scanner) reaches(n negation, phrase *Hit) bool {
	switch {
	case n.word < phrase.First:
		return phrase.First-n.last <= n.reach && !s.parted(n.behind(phrase), phrase.First)
	case n.word < phrase.Last && n.reach == reachException:
		return slices.ContainsFunc(phrase.Used, func(word int32) bool {
			behind := int(word) - n.last
			return 0 < behind && behind <= n.reach && (!n.noun || behind == 1 || s.isCapital(word))
		})
	case n.word > phrase.Last:
		return !n.forward && n.word-phrase.Last <= reachBackward && !s.parted(phrase.Last, n.word)
	}
	return true
}

// isCapital says whether a word begins with a capital, as German nouns do.
func (s *Scanner) isCapital(word int32) bool {
	return unicode.IsUpper(runeAt(s.text, s.tokens[word].start))
}

// behind is the word from which on a comma ends a negation's reach: "nicht
// verpflichtet, den Quellcode zu übergeben" reaches over the first. It may stand
// within the phrase itself.
func (n negation) behind(phrase *Hit) int {
	if n.duty {
		return min(n.last+1, phrase.First)
	}
	return n.word
}

// parted says whether a comma, colon, semicolon or bracket stands between two words.
func (s *Scanner) parted(a, b int) bool {
	return slices.ContainsFunc(s.tokens[a+1:b+1], func(t token) bool { return t.barrier })
}

// readTopic weighs the phrases of one topic: risk over weak over met, a phrase
// within a longer one giving way to it. One that a negation behind a comma turns gives
// way to another that none does: "… ist vorzulegen, Schulungen sind nicht geschuldet".
func (l *Lexicon) readTopic(s *Scanner, id string, hits []Hit, negations []negation) (TopicReading, bool) {
	var reading TopicReading
	for i := range hits {
		hit := &hits[i]
		if hit.Side == "not" {
			return reading, false
		}
		if len(hits) > 1 && slices.ContainsFunc(hits, func(other Hit) bool { return within(hit, &other) }) {
			continue
		}
		negated := s.negated(hit, negations)
		if negated && s.outweighed(hit, hits, negations) {
			continue
		}
		polarity, hedge := turned(hit.Side, l.Topics[id].Negation, negated), ""
		if polarity == Met && l.Topics[id].hedged() {
			if hedge = s.hedge(hit); hedge != "" {
				polarity = Weak
			}
		}
		if polarity != "" && gravity[polarity] > gravity[reading.Polarity] {
			reading = TopicReading{ID: id, Polarity: polarity, Hedge: hedge, Start: hit.Start, End: hit.End}
		}
	}
	return reading, reading.ID != ""
}

// hedge returns the words that leave exceptions to what a phrase demands; "" for none.
// They stand in its part of the sentence, or at the beginning or end of the whole.
func (s *Scanner) hedge(phrase *Hit) string {
	for hit := range Cues(s.cues).Of("hedge") {
		first, last := min(hit.First, phrase.First), max(hit.Last, phrase.Last)
		used := slices.ContainsFunc(phrase.Used, func(word int32) bool { return hit.First <= int(word) && int(word) <= hit.Last })
		if !used && (!s.parted(first, last) || hit.First <= 1 || hit.Last >= len(s.tokens)-1) {
			return strings.Clone(s.text[hit.Start:hit.End])
		}
	}
	return ""
}

// outweighed says whether a phrase that reaches over a comma shares a word with one that
// does not and that no negation turns.
func (s *Scanner) outweighed(hit *Hit, hits []Hit, negations []negation) bool {
	return s.parted(hit.First, hit.Last) && slices.ContainsFunc(hits, func(other Hit) bool {
		return other.Side == hit.Side && !s.parted(other.First, other.Last) && share(hit, &other) && !s.negated(&other, negations)
	})
}

func share(a, b *Hit) bool {
	return slices.ContainsFunc(a.Used, func(word int32) bool { return slices.Contains(b.Used, word) })
}

var gravity = map[string]int{Met: 1, Weak: 2, Risk: 3}

// turned gives a phrase's polarity after negation; "" where nothing is left of it.
func turned(side, rule string, negated bool) string {
	switch {
	case !negated || rule == "ignored":
		return side
	case rule == "silences" || side == Weak:
		return ""
	case side == Met:
		return Risk
	}
	return Met
}

// within says whether a phrase gives way to a longer one with another side: all
// its words are among the other's or, half-hearted as it is, one of them.
func within(hit, other *Hit) bool {
	if hit.Side == other.Side || len(other.Used) <= len(hit.Used) {
		return false
	}
	shared := 0
	for _, word := range hit.Used {
		if slices.Contains(other.Used, word) {
			shared++
		}
	}
	return shared == len(hit.Used) || shared > 0 && hit.Side == Weak
}

// Near returns the subject whose phrase stands nearest to a value; "" where
// none does.
func Near(value Value, subjects []Hit) string {
	if len(subjects) == 0 {
		return ""
	}
	return slices.MinFunc(subjects, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(distance(value, a), distance(value, b)), strings.Compare(a.ID, b.ID))
	}).ID
}

func distance(value Value, hit Hit) int { return max(hit.First-value.Last, value.First-hit.Last, 0) }

// DocumentNames lists what in a file name or title suggests a role, in the order of
// the text.
func (l *Lexicon) DocumentNames(scanner *Scanner, title string) []Hit {
	hits, _ := scanner.Scan(title)
	var names []Hit
	for _, hit := range hits {
		if hit.Set == SetDocument {
			names = append(names, hit)
		}
	}
	return names
}
