package lexicon

import (
	"slices"
	"strings"
	"unicode"
)

// A literal is what the automaton looks for on behalf of a word: folded words
// set off by blanks, with rules for what may stand before and after.
type literal struct {
	text     string
	before   bool   // any beginning of the word is allowed ("*export")
	after    bool   // any ending is allowed ("Quellcode*")
	ending   bool   // an inflection ending is allowed
	strong   bool   // of endings, only those of a past tense: "Übergabe" is no form of "gab"
	genitive bool   // of endings, only s
	needs    bool   // an ending is needed, since the word's own e or en was cut off
	exact    string // the spelling asked for; "" for any case
}

// endings are what may follow a word's stem, folded. German and English share one
// list: a wrong ending makes no word, so it costs nothing.
const endings = "e em en er es n ns nen s st t te ten ter tes tem et eten ete end ende enden ender endes nd nde nenden ed d ing ly in innen"

// pastEndings are those of a strong verb's past and participle, folded, but for none.
const pastEndings = "t st en et ener ene enen enes enem"

const longestEnding = len("enden")

func init() {
	for ending := range strings.FieldsSeq(endings) {
		tailKinds[ending] |= tailEnding
	}
	for ending := range strings.FieldsSeq(pastEndings) {
		tailKinds[ending] |= tailPast
	}
}

// separable prefixes of German verbs, longest first.
var separable = []string{"zurueck", "zusammen", "herunter", "heraus", "bereit", "weiter", "sicher", "offen", "fest", "fort", "frei", "hoch", "nach", "teil", "auf", "aus", "bei", "dar", "ein", "her", "hin", "mit", "vor", "weg", "ab", "an", "um", "zu"}

// strong verbs whose stem changes: infinitive, folded -> the other stems.
var strong = map[string][]string{
	"geben": {"gib", "gab", "gaeb"}, "nehmen": {"nimm", "nahm", "nomm"}, "halten": {"haelt", "hielt"},
	"lassen": {"laess", "liess"}, "treten": {"tritt", "trat"}, "tragen": {"traeg", "trug"},
	"schliessen": {"schloss"}, "weisen": {"wies"}, "legen": {}, "bringen": {"brach"},
	"sprechen": {"sprich", "sprach", "sproch"}, "gehen": {"ging", "gang"}, "stehen": {"stand"},
	"bieten": {"bot"}, "binden": {"band", "bund"}, "schreiben": {"schrieb"}, "greifen": {"griff"},
	"laufen": {"laeuf", "lief"}, "laden": {"laed", "lud"}, "ziehen": {"zog"}, "werben": {"wirb", "warb", "worb"}, "messen": {"miss", "mass"}, "wachsen": {},
}

// A form is one way in which a word of a phrase may appear.
type form struct {
	literal
	prefix string // a separable verb's prefix that must follow within the clause
}

// formsOf lists the forms of a word as it is written in a phrase.
func formsOf(word string) []form {
	if exact, ok := strings.CutPrefix(word, "="); ok {
		return []form{{literal: literal{text: foldWords(exact), exact: exact}}}
	}
	bare := strings.Trim(word, "*")
	l := literal{before: strings.HasPrefix(word, "*"), after: strings.HasSuffix(word, "*")}
	switch {
	case isCapitals(bare):
		l.text, l.exact, l.ending = foldWords(bare), bare, true
		return []form{{literal: l}}
	case strings.Contains(bare, "-"):
		return compoundForms(bare, l)
	case l.after:
		l.text = fold(bare)
		return []form{{literal: l}}
	}
	forms := inflected(fold(bare), l)
	if !l.before && isVerb(bare) {
		forms = append(forms, verbForms(fold(bare))...)
	}
	return forms
}

// foldWords folds a literal of several words; what stands between them is a blank.
func foldWords(text string) string {
	words := strings.FieldsFunc(text, func(r rune) bool { return !isWordRune(r) })
	for i, word := range words {
		words[i] = fold(word)
	}
	return strings.Join(words, " ")
}

func compoundForms(word string, l literal) []form {
	l.ending = !l.after
	apart, joined := l, l
	apart.text = foldWords(word)
	joined.text = strings.ReplaceAll(apart.text, " ", "")
	return []form{{literal: apart}, {literal: joined}}
}

// inflected gives the word itself and, where it ends in e, en or n, its stem
// with another ending.
func inflected(folded string, l literal) []form {
	l.text, l.ending = folded, true
	forms := []form{{literal: l}}
	if stem := stemOf(folded); stem != folded {
		l.text, l.needs = stem, true
		forms = append(forms, form{literal: l})
	}
	return forms
}

// stemOf cuts off a final e, en or n; stems keep at least four letters.
func stemOf(folded string) string {
	for _, ending := range []string{"en", "e"} {
		if stem, ok := strings.CutSuffix(folded, ending); ok && len(stem) >= 4 {
			return stem
		}
	}
	if stem, ok := strings.CutSuffix(folded, "n"); ok && len(stem) >= 5 && (strings.HasSuffix(stem, "er") || strings.HasSuffix(stem, "el")) {
		return stem
	}
	return folded
}

func isVerb(word string) bool {
	return word != "" && unicode.IsLower([]rune(word)[0]) && strings.HasSuffix(word, "n") && stemOf(fold(word)) != fold(word)
}

// verbForms gives the forms of a verb that have another stem or a separated prefix.
func verbForms(verb string) []form {
	prefix, base := splitPrefix(verb)
	stems := append([]string{strings.TrimSuffix(strings.TrimSuffix(base, "n"), "e")}, strongStems(base)...)
	var forms []form
	for i, stem := range stems {
		l := literal{ending: true, needs: i == 0, strong: i > 0}
		if i > 0 {
			l.text = verb[:len(verb)-len(base)] + stem
			forms = append(forms, form{literal: l})
		}
		if prefix == "" {
			continue
		}
		for _, infix := range []string{"ge", "zu"} {
			l.text = prefix + infix + stem
			forms = append(forms, form{literal: l})
		}
		l.text, l.needs = stem, i == 0
		forms = append(forms, form{literal: l, prefix: prefix})
	}
	return forms
}

// splitPrefix cuts a separable prefix off a verb; "" where it has none.
func splitPrefix(verb string) (prefix, base string) {
	for _, prefix := range separable {
		if base, ok := strings.CutPrefix(verb, prefix); ok && len(base) >= 5 {
			return prefix, base
		}
	}
	return "", verb
}

func strongStems(verb string) []string {
	for infinitive, stems := range strong {
		if strings.HasSuffix(verb, infinitive) {
			changed := slices.Clone(stems)
			for i := range changed {
				changed[i] = strings.TrimSuffix(verb, infinitive) + changed[i]
			}
			return changed
		}
	}
	return nil
}

// isCapitals says whether a word is written in capitals throughout, digits aside.
func isCapitals(word string) bool {
	capitals := 0
	for _, r := range word {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			capitals++
		}
	}
	return capitals >= 2
}

// Kinds of tails: what may follow a literal within its word. A tail is of one or more.
const (
	tailNone     uint8 = 1 << iota // the word ends with the literal
	tailGenitive                   // s
	tailEnding                     // of endings
	tailPast                       // of pastEndings
	tailAny
)

func tailOf(tail string) uint8 {
	if len(tail) > longestEnding {
		return tailAny
	}
	return tailAny | tailKinds[tail]
}

// tailKinds are those of the tails that are of more than tailAny.
var tailKinds = map[string]uint8{"": tailNone | tailPast, "s": tailGenitive}

// allowedTails lists the kinds of tails with which a literal is still the word.
func (l *literal) allowedTails() uint8 {
	allowed := tailNone
	switch {
	case l.after:
		return tailAny
	case l.strong:
		return tailPast
	case l.needs:
		allowed = 0
	}
	switch {
	case l.genitive:
		allowed |= tailGenitive
	case l.ending:
		allowed |= tailEnding
	}
	return allowed
}
