package lexicon

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// buyerWords are the nouns that name whoever buys, folded: "court", "stadt". Those that
// end compounds stand apart: "*amt".
type buyerWords struct {
	whole map[string]bool
	ends  []string
}

func (b *buyerWords) add(words []string) {
	for _, word := range words {
		if end, compound := strings.CutPrefix(word, "*"); compound {
			b.ends = append(b.ends, fold(end))
			continue
		}
		b.whole[fold(word)] = true
	}
}

// buyerEndings are those of a buyer's noun in its cases: "Landkreises", "court's".
var buyerEndings = []string{"s", "es", "n", "en", "in", "’s", "'s"}

// has says whether a folded word is one of the nouns, in any case.
func (b *buyerWords) has(folded string) bool {
	if b.stands(folded) {
		return true
	}
	return slices.ContainsFunc(buyerEndings, func(ending string) bool {
		stem, cut := strings.CutSuffix(folded, ending)
		return cut && b.stands(stem)
	})
}

func (b *buyerWords) stands(noun string) bool {
	return b.whole[noun] || slices.ContainsFunc(b.ends, func(end string) bool { return strings.HasSuffix(noun, end) })
}

// buyers finds the words that name the buyer: its nouns and what the document calls it.
func (s *Scanner) buyers() []span {
	begin, named := len(s.places), s.matcher.buyers.has
	for i := range s.tokens {
		if s.tokens[i].buyer.told(named, s.tokens[i].folded) || s.called[s.word(i)] {
			s.places = append(s.places, span{first: int32(i), last: int32(i)})
		}
	}
	return s.places[begin:]
}

// definition matches what a text will call somebody from here on: (hereinafter “the Court”),
// (the "Agency"), (im Folgenden: LfK).
var definition = regexp.MustCompile(`\((?:(?i:hereinafter|hereafter|im folgenden|nachfolgend|nachstehend)[^"“„()]{0,30}?(?:the |kurz )?["“„']?|(?:the )?["“„])(\pL[\pL-]{1,30})\b`)

// reachDefined is how many bytes before a definition the noun may stand that says that it
// is the buyer who is defined.
const reachDefined = 90

// otherDefined are words of what is no buyer but bears its name: "the department's case
// management system (“CMS”)".
var otherDefined = regexp.MustCompile(`(?i)system|software|platform|plattform|application|anwendung|portal|website|project|projekt|programm?e?\b|contract(?:or)?|vertrag|auftragnehmer|vendor|supplier|anbieter|bieter|service|act\b|gesetz|verordnung`)

// Learn notes what a clause calls the buyer from here on.
func (s *Scanner) Learn(text string) {
	if !strings.Contains(text, "(") {
		return
	}
	for _, at := range definition.FindAllStringSubmatchIndex(text, -1) {
		before := text[max(0, at[0]-reachDefined):at[0]]
		if cut := strings.LastIndexAny(before, ".;:()"); cut >= 0 {
			before = before[cut+1:]
		}
		name := text[at[2]:at[3]]
		if utf8.RuneCountInString(name) > 1 && !otherDefined.MatchString(before+" "+name) && s.namesBuyer(before) {
			s.called[name] = true
		}
	}
}

// namesBuyer says whether a text holds a noun for the buyer.
func (s *Scanner) namesBuyer(text string) bool {
	return slices.ContainsFunc(strings.FieldsFunc(text, func(r rune) bool { return !isWordRune(r) && r != '-' }), func(word string) bool {
		return s.matcher.buyers.has(fold(word))
	})
}

// Forget lets go of what a document calls its buyer.
func (s *Scanner) Forget() { clear(s.called) }
