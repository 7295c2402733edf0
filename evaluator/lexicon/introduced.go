package lexicon

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// How many words behind its cue the name of a system may stand.
const (
	reachConnected = 8 // "Schnittstelle zum vorhandenen Kartenverkauf über …"
	reachMadeOf    = 2 // "auf Basis von …"
)

// introduced lists the names that a clause gives to systems that the catalogue does not
// know, as they are written: what stands beside the kind of a system ("Fachverfahren
// SchulAkte 9", "TimeTrack application"), behind a connection ("Schnittstelle zu
// SchulAkte"), behind what something is made of ("auf Basis von FachKern"), or speaks for
// itself. Mostly only what is written as no word of prose is taken for a name.
func (s *Scanner) introduced(cues Cues, known []Hit) []string {
	names := introducer{Scanner: s, cues: cues, known: known}
	for kind := range cues.Of("system_kind") {
		names.beside(kind)
		names.atAddress(kind)
	}
	names.behind("connected", reachConnected)
	names.behind("made_of", reachMadeOf)
	for maker := range cues.Of("maker") {
		names.take(maker.First-1, isMixed)
	}
	for region := range cues.Of("regional") {
		if joined := s.text[region.Start:region.End]; !strings.Contains(joined, " ") {
			names.take(region.First, func(word string) bool { return word == joined })
		}
	}
	names.versions()
	names.amongKnown()
	return names.found
}

// An introducer gathers the names that one clause introduces.
type introducer struct {
	*Scanner
	cues  Cues
	known []Hit
	found []string
}

// take keeps the name that begins at a word, if one does that nobody knows.
func (n *introducer) take(first int, isName func(string) bool) {
	name := n.nameAt(first, isName)
	if name != "" && !n.isKnown(first, n.cues, n.known) && !n.cues.NamesCompany(n.tokens[first].start+len(name)) {
		n.found = append(n.found, name)
	}
}

// behind takes what stands not far behind a cue.
func (n *introducer) behind(cue string, reach int) {
	for lead := range n.cues.Of(cue) {
		for word := lead.Last + 1; word < len(n.tokens) && word <= lead.Last+reach; word++ {
			n.take(word, isMixed)
			n.takeDotted(word)
		}
	}
}

// beside takes what stands beside the kind of a system.
func (n *introducer) beside(kind Hit) {
	next := kind.Last + 1
	n.take(next, isMixed)
	n.takeDotted(next)
	if kind.Language == "de" && n.isApposed(kind, next) {
		n.take(next, isAcronym)
	}
	if next < len(n.tokens) {
		if kind.First == 0 && n.endsWith(next) {
			n.take(next, isTitled)
		}
		if n.isQuoted(kind.End, next) {
			n.take(next, isCapitalised)
		}
	}
	for called := range n.cues.Of("called") {
		if called.First == next {
			n.take(called.Last+1, isCapitalised)
		}
	}
	if kind.Language != "en" {
		return
	}
	if n.isApposition(kind.End, next) {
		n.take(next, isAcronym)
	}
	if kind.First > 0 && strings.Trim(n.text[n.tokens[kind.First-1].end:kind.Start], " )") == "" {
		n.take(kind.First-1, isMixed)
	}
}

// isApposed says whether the word behind the kind of a system stands right behind it and is
// none that a text sets in capitals: "Das System MUSS …", "DAS SYSTEM NUTZT".
func (n *introducer) isApposed(kind Hit, word int) bool {
	if word >= len(n.tokens) || n.text[kind.End:n.tokens[word].start] != " " || isCapitals(n.text[kind.Start:kind.End]) {
		return false
	}
	small := n.tokens[word].more != nil && len(n.tokens[word].more.languages) > 0
	return !small && !slices.ContainsFunc(n.cues, func(cue Hit) bool { return cue.First <= word && word <= cue.Last })
}

// isQuoted says whether the word behind a byte of the clause stands in quotation marks of
// its own: das Fachverfahren „Kompass“.
func (n *introducer) isQuoted(end, word int) bool {
	const opening, closing = "„“\"«»'‘", "“”\"«»'’"
	before, behind := n.text[end:n.tokens[word].start], n.text[n.tokens[word].end:]
	return strings.HasPrefix(before, " ") && strings.Trim(before, " ") != "" && strings.Trim(before, " "+opening) == "" &&
		behind != "" && strings.ContainsRune(closing, runeAt(behind, 0))
}

// isApposition says whether the word behind a byte of the clause stands between commas:
// "the planning system, ALDA, for …". In a list another comma or "and" would follow.
func (n *introducer) isApposition(end, word int) bool {
	if word+1 >= len(n.tokens) || n.text[end:n.tokens[word].start] != ", " {
		return false
	}
	next := n.word(word + 1)
	return n.text[n.tokens[word].end:n.tokens[word+1].start] == ", " && (next == "for" || next == "which" || next == "to" || next == "is")
}

// versions takes what bears a version's number: "SchulAkte 9". A word that begins with
// but one small letter ("eAkte 2") is a kind of thing, one that ends in a capital a law
// ("SächsDSG 5").
func (n *introducer) versions() {
	for i := 1; i < len(n.tokens); i++ {
		if digit := n.text[n.tokens[i].start]; digit < '0' || digit > '9' {
			continue
		}
		name := n.nameAt(i-1, isMixed)
		if !strings.Contains(name, " ") || n.tokens[i-1].start > 0 && n.text[n.tokens[i-1].start-1] == '-' {
			continue
		}
		last, _ := utf8.DecodeLastRuneInString(n.word(i - 1))
		if unicode.IsLower(last) && !unicode.IsUpper(runeAt(name, 1)) {
			n.take(i-1, isMixed)
		}
	}
}

// fewKnown is how many names of a list must be known before another one of it is taken
// for a name.
const fewKnown = 2

// amongKnown takes the members of a list of known products that the catalogue does not
// know: "NUnit, xUnit and Selenium".
func (n *introducer) amongKnown() {
	if len(n.known) < fewKnown {
		return
	}
	made := slices.DeleteFunc(slices.Clone(n.known), func(hit Hit) bool { return !n.isMade(hit) })
	if len(made) < fewKnown {
		return
	}
	for _, hit := range made {
		if next := hit.Last + 1; next < len(n.tokens) && isListMark(n.text[hit.End:n.tokens[next].start]) {
			n.take(next, isMixedAlone)
		}
		if before := hit.First - 1; before >= 0 && isListMark(n.text[n.tokens[before].end:hit.Start]) {
			n.take(before, isMixedAlone)
		}
	}
}

// isMixedAlone leaves out compounds, which speak of a part: "WebView-Frontend".
func isMixedAlone(word string) bool { return isMixed(word) && !strings.Contains(word, "-") }

// isMade says whether a name is one of a product or service rather than a specification.
func (n *introducer) isMade(hit Hit) bool {
	kind := n.matcher.nameSlots[hit.ID]
	return hit.Side != SideAmbiguous && (kind == slotNamed("product") || kind == slotNamed("cloud_service"))
}

// isListMark says whether what stands between two names sets the members of a list apart.
func isListMark(between string) bool {
	switch strings.TrimSpace(between) {
	case ",", "/", ";", "|", "&":
		return true
	}
	return false
}

// Mixed lists the names in a text that are written as no word of prose and that the
// catalogue does not know: what a column of products holds.
func (l *Lexicon) Mixed(scanner *Scanner, text string) []string {
	reading := l.Read(scanner, text, "")
	names := introducer{Scanner: scanner, cues: reading.Cues, known: reading.Names}
	for word := range scanner.tokens {
		names.take(word, isMixed)
	}
	return names.found
}

// nameAt returns the name that begins at a word: the word, what is joined to it by a
// hyphen, and a number behind it ("SchulAkte 9"); "" where none does.
func (s *Scanner) nameAt(first int, isName func(string) bool) string {
	if first < 0 || first >= len(s.tokens) {
		return ""
	}
	start, last := s.tokens[first].start, first
	for last+1 < len(s.tokens) && s.text[s.tokens[last].end:s.tokens[last+1].start] == "-" {
		last++
	}
	if !isName(s.text[start:s.tokens[last].end]) {
		return ""
	}
	if next := last + 1; next < len(s.tokens) && s.text[s.tokens[last].end:s.tokens[next].start] == " " && isDigits(s.word(next)) && len(s.word(next)) <= 2 {
		last = next
	}
	return s.text[start:s.tokens[last].end]
}

// endsWith says whether the clause ends with the hyphenated word that begins at a word.
func (s *Scanner) endsWith(first int) bool {
	return strings.IndexFunc(s.text[s.tokens[first].start:], unicode.IsSpace) < 0
}

func (s *Scanner) word(i int) string { return s.text[s.tokens[i].start:s.tokens[i].end] }

// isKnown says whether the catalogue names what stands at a word, or the lexicon says
// that it is no name.
func (s *Scanner) isKnown(word int, cues Cues, known []Hit) bool {
	for _, hit := range known {
		if hit.First <= word && word <= hit.Last {
			return true
		}
	}
	for no := range cues.Of("no_name") {
		if no.First <= word && word <= no.Last {
			return true
		}
	}
	return false
}

// isTitled says whether a word may be the name in a heading that is but a kind of
// system and its name: "Dokumentenmanagementsystem DMS-Nord". In prose, too many
// compounds begin with capitals.
func isTitled(word string) bool {
	head, tail, _ := strings.Cut(word, "-")
	return len(head) >= 3 && isCapitals(head) && unicode.IsUpper(runeAt(tail, 0))
}

// isCapitalised says whether a word begins with a capital and goes on.
func isCapitalised(word string) bool {
	return len(word) >= 3 && unicode.IsUpper(runeAt(word, 0))
}

// isAcronym says whether a word is an abbreviation in capitals that is long enough to be
// a system's own: shorter ones are kinds of systems (CMS, GIS) or offices.
func isAcronym(word string) bool {
	return len(word) >= 4 && isCapitals(word) && strings.IndexFunc(word, unicode.IsDigit) < 0
}

// isMixed says whether a word or one of its hyphenated parts has a capital behind a
// small letter ("SchulAkte") or a capitalised end behind other capitals ("FSBid"; not
// "APIs"). Forms of both genders ("BürgerInnen") are words of prose.
func isMixed(word string) bool {
	for part := range strings.SplitSeq(word, "-") {
		if utf8.RuneCountInString(part) >= 5 && !strings.HasSuffix(part, "Innen") && !strings.HasSuffix(part, "In") && mixes(part) {
			return true
		}
	}
	return false
}

func mixes(word string) bool {
	small, capitals, behind := false, 0, 0
	for _, r := range word {
		switch upper := unicode.IsUpper(r); {
		case upper && small:
			return true
		case upper:
			capitals++
		case capitals >= 2 && unicode.IsLower(r):
			behind++
		}
		small = unicode.IsLower(r)
	}
	return behind >= 2
}

// nearCompany is how many bytes may stand between a name and its company's form:
// "SchulAkte Digital GmbH".
const nearCompany = 25

// NamesCompany says whether what ends at a byte of the clause is part of a company's
// name.
func (c Cues) NamesCompany(end int) bool {
	for form := range c.Of("company") {
		if end <= form.Start && form.Start-end <= nearCompany {
			return true
		}
	}
	return false
}
