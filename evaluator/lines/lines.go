// Package lines recognises headings, list marks and line-end hyphens in text
// that has nothing but lines: plain text and the text layer of a PDF.
package lines

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MarkKind says what kind of mark a line begins with.
type MarkKind int

// The kinds of marks.
const (
	None    MarkKind = iota
	Bullet           // "•", "-", "☐" stays, as it is part of a form
	Letter           // "a)", "(b)", "iv)", "A."
	Decimal          // "1.", "2)", "(3)"
	Bare             // "3 Anforderungen": a number alone
	Roman            // "II."
	Clause           // "3.2.1", "A.4", "1.0"
	Section          // "§ 5", "Anlage 2", "Schedule B"
)

// A Mark is what a line begins with.
type Mark struct {
	Kind   MarkKind
	Number string // as written: "3.2.1", "a)", "§ 5"; "" for None and Bullet
	Text   string // what follows, never empty
	Level  int    // depth of the heading it would be, from 1; 0 for None and Bullet
}

var (
	clause  = regexp.MustCompile(`^((?:\d{1,2}|[A-Z]\d{0,2})(?:\.(?:0|[1-9]\d?)){1,7}[.)]?)[ \t]+(\S.*)$`)
	decimal = regexp.MustCompile(`^(\d{1,3}[.)]|\(\d{1,3}\))[ \t]+(\S.*)$`)
	bare    = regexp.MustCompile(`^([1-9]\d?)[ \t]+(\S.*)$`)
	roman   = regexp.MustCompile(`^([IVX]{1,5}\.)[ \t]+(\S.*)$`)
	letter  = regexp.MustCompile(`^([A-Za-z]\)|[a-z]{2}\)|[ivx]{1,5}\)|\((?:[A-Za-z]|[a-z]{2}|[ivx]{1,5})\)|[A-Za-z]\.)[ \t]+(\S.*)$`)
	section = regexp.MustCompile(`^(§§?[ \t]?\d{1,3}[a-z]?|[A-Z][a-z]+[ \t]+(?:\d{1,3}(?:\.\d{1,2})*|[A-Z]\d{0,2}|[IVX]{1,5}))[ \t]*[:.–—-]?[ \t]+(\S.*)$`)

	// abbreviated is how the rest of "z. B." or "i. d. R." begins.
	abbreviated = regexp.MustCompile(`^\pL{1,2}\.`)
	// quantity is what follows a number that counts or measures.
	quantity = regexp.MustCompile(`^(?:%|€|\$|Mio\b|Mrd\b|Millionen\b|Milliarden\b|Tsd\b|Euro\b|EUR\b|[KMGT]i?B\b|[KMG]Hz\b|[KMG]bit|Uhr\b|Stunden?\b|Minuten?\b|Sekunden?\b|Tagen?\b|Werktagen?\b|Arbeitstagen?\b|Wochen?\b|Monaten?\b|Jahren?\b|Prozent|Punkten?\b|Stück\b|Personentagen?\b|PT\b|Million\b|Billion\b|Januar\b|Februar\b|März\b|April\b|Mai\b|Juni\b|Juli\b|August\b|September\b|Oktober\b|November\b|Dezember\b|January\b|February\b|March\b|May\b|June\b|July\b|October\b|December\b)`)
	// citation is what follows a "§ 5" that cites a law.
	citation = regexp.MustCompile(`^(?:Abs|Absatz|Satz|S|Nr|Nummer|Ziff|Ziffer|ff?|bis|und|EU|VgV|GWB|UVgO|VOB|VOL|SektVO|KonzVgV|BGB|HGB|DSGVO|BDSG|SGB|EGovG|OZG|UrhG|StGB|BHO|LHO|UWG)\b`)
)

// bullets are the marks of unnumbered lists, those of symbol fonts included,
// which come as private characters.
const bullets = "•●○◦▪▫■◾‣⁃∙·➢➤►▶✓✔–—-*o\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf0a8\uf0e0\uf02d"

// Find returns the mark that a clean line begins with; its Text is the whole
// line where there is none.
func Find(line string) Mark {
	if first, size := utf8.DecodeRuneInString(line); strings.ContainsRune(bullets, first) {
		if text := strings.TrimLeft(line[size:], " \t"); text != "" && (len(text) < len(line)-size || glued(first)) {
			return Mark{Kind: Bullet, Text: text}
		}
		return Mark{Text: line}
	}
	switch kindOf(line) {
	case None:
		return Mark{Text: line}
	case Section:
		if m := section.FindStringSubmatch(line); m != nil && begins(m[2]) && !(m[1][0] == 0xc2 && citation.MatchString(m[2])) {
			return Mark{Kind: Section, Number: Clean(m[1]), Text: m[2], Level: 1}
		}
		return Mark{Text: line}
	}
	if m := clause.FindStringSubmatch(line); m != nil && begins(m[2]) {
		return Mark{Kind: Clause, Number: m[1], Text: m[2], Level: depth(m[1])}
	}
	if m := decimal.FindStringSubmatch(line); m != nil && !quantity.MatchString(m[2]) {
		return Mark{Kind: Decimal, Number: m[1], Text: m[2], Level: 1}
	}
	if m := roman.FindStringSubmatch(line); m != nil && !abbreviated.MatchString(m[2]) {
		return Mark{Kind: Roman, Number: m[1], Text: m[2], Level: 1}
	}
	if m := letter.FindStringSubmatch(line); m != nil && !(strings.HasSuffix(m[1], ".") && abbreviated.MatchString(m[2])) {
		return Mark{Kind: Letter, Number: m[1], Text: m[2], Level: 1}
	}
	if m := bare.FindStringSubmatch(line); m != nil && begins(m[2]) {
		return Mark{Kind: Bare, Number: m[1], Text: m[2], Level: 1}
	}
	return Mark{Text: line}
}

// sections are the words that "Anlage 2" and its like begin with.
var sections = map[string]bool{
	"Anlage": true, "Anhang": true, "Kapitel": true, "Abschnitt": true, "Teil": true, "Los": true, "Artikel": true,
	"Annex": true, "Appendix": true, "Attachment": true, "Exhibit": true, "Schedule": true, "Chapter": true,
	"Section": true, "Article": true, "Part": true, "Lot": true,
}

// kindOf guesses from its first word what a line may begin with: None, Section or,
// for all else, Clause. Most lines are spared the patterns so.
func kindOf(line string) MarkKind {
	end := 0
	for end < len(line) && (line[end] >= 'a' && line[end] <= 'z' || line[end] >= 'A' && line[end] <= 'Z') {
		end++
	}
	switch {
	case end == len(line):
		return None
	case end == 0 && (line[0] >= '0' && line[0] <= '9' || line[0] == '('):
		return Clause
	case end == 0 && strings.HasPrefix(line, "§"):
		return Section
	case end == 0:
		return None
	case line[end] == ' ' && sections[line[:end]]:
		return Section
	case end <= 5 && (line[end] == ')' || line[end] == '.' || line[end] >= '0' && line[end] <= '9'):
		return Clause
	}
	return None
}

// glued reports whether a bullet needs no blank behind it.
func glued(mark rune) bool {
	return strings.ContainsRune("•●▪■➢\uf0b7\uf0a7\uf0d8\uf0fc", mark)
}

// begins reports whether text can follow a heading's or clause's number: it
// begins with a capital, a quotation or a bracket and measures nothing.
func begins(text string) bool {
	if quantity.MatchString(text) {
		return false
	}
	first, size := utf8.DecodeRuneInString(text)
	if unicode.IsUpper(first) || strings.ContainsRune("„“\"»«'‚([<", first) {
		return true
	}
	second, _ := utf8.DecodeRuneInString(text[size:])
	return unicode.IsLower(first) && unicode.IsUpper(second) // "iOS", "eAkte"
}

// depth counts the parts of a clause number; a closing ".0" counts nothing.
func depth(number string) int {
	number = strings.TrimRight(number, ".)")
	for strings.HasSuffix(number, ".0") {
		number = strings.TrimSuffix(number, ".0")
	}
	return 1 + strings.Count(number, ".")
}

// Short reports whether text is as short as a heading and ends like one: not
// as a sentence, and not in the middle of one.
func Short(text string) bool {
	if utf8.RuneCountInString(text) > 120 {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(text)
	if strings.ContainsRune(".;,:!", last) {
		return false
	}
	for _, char := range text {
		if unicode.IsLetter(char) {
			return true
		}
	}
	return false
}

// Ended reports whether a line ends as a sentence or an entry does.
func Ended(line string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(line, " \t\u00a0\"“”»«)]'’"))
	return strings.ContainsRune(".:;!?", last)
}

// Mapped is Clean, with the place in text of each byte of what it returns.
func Mapped(text string) (string, []int) {
	var (
		b      strings.Builder
		places []int
	)
	blank := -1 // where white space begins that is still to be written
	for at, char := range text {
		switch {
		case invisible(char):
		case white(char):
			if blank < 0 && b.Len() > 0 {
				blank = at
			}
		default:
			if blank >= 0 {
				b.WriteByte(' ')
				places = append(places, blank)
				blank = -1
			}
			for i := range utf8.RuneLen(char) {
				places = append(places, at+i)
			}
			b.WriteRune(char)
		}
	}
	return b.String(), places
}

// invisible says whether a character shows nothing.
func invisible(char rune) bool {
	return char == '\u00ad' || char == '\u200b' || char == '\u2060' || char == '\ufeff'
}

// white says whether a character is folded to a blank.
func white(char rune) bool {
	return unicode.IsSpace(char) || unicode.IsControl(char) || char == '\u202f' || unicode.Is(unicode.Zs, char)
}

// Clean folds white space to single blanks, trims it at both ends, and removes
// soft hyphens and other characters that show nothing.
func Clean(text string) string {
	if plainly(text) {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	blank := false
	for _, char := range text {
		switch {
		case invisible(char):
		case white(char):
			blank = b.Len() > 0
		default:
			if blank {
				b.WriteByte(' ')
				blank = false
			}
			b.WriteRune(char)
		}
	}
	return b.String()
}

// plainly reports whether text is clean as it stands; it looks at ASCII and the
// common letters only, since a wrong no costs but a copy.
func plainly(text string) bool {
	blank := true
	for _, char := range text {
		switch {
		case char == ' ':
			if blank {
				return false
			}
			blank = true
		case char < '!' || char == 0x7f || char >= 0x80 && char < 0xc0 || char > 0x17f:
			return false
		default:
			blank = false
		}
	}
	return !blank || text == ""
}
