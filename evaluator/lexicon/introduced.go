package lexicon

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Words between what is connected and the name of the system that it is connected to.
const reachConnected = 8

// introduced lists the names that a clause gives to systems that the catalogue does not
// know, as they are written: what stands beside the kind of a system ("Fachverfahren
// SchulAkte 9", "TimeTrack application") or behind a connection ("Schnittstelle zu
// SchulAkte"). Only what is written as no word of prose is taken for a name.
func (s *Scanner) introduced(cues Cues, known []Hit) []string {
	var names []string
	take := func(first int, isName func(string) bool) {
		name := s.nameAt(first, isName)
		if name != "" && !s.isKnown(first, cues, known) && !cues.NamesCompany(s.tokens[first].start+len(name)) {
			names = append(names, name)
		}
	}
	for kind := range cues.Of("system_kind") {
		take(kind.Last+1, isMixed)
		if kind.First == 0 && kind.Last+1 < len(s.tokens) && s.endsWith(kind.Last+1) {
			take(kind.Last+1, isTitled)
		}
		if kind.Language == "en" && kind.First > 0 && strings.Trim(s.text[s.tokens[kind.First-1].end:kind.Start], " )") == "" {
			take(kind.First-1, isMixed)
		}
	}
	for connection := range cues.Of("connected") {
		for word := connection.Last + 1; word < len(s.tokens) && word <= connection.Last+reachConnected; word++ {
			take(word, isMixed)
		}
	}
	return names
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
