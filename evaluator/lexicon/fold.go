package lexicon

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A token is a word of a clause: a run of letters and digits.
type token struct {
	start, end int  // bytes in the clause's text
	barrier    bool // a comma, colon, semicolon or bracket stands before it
	*spelling
}

// plain are the letters and digits of ASCII, folded; 0 for all other bytes.
var plain = func() (table [256]byte) {
	for _, c := range "abcdefghijklmnopqrstuvwxyz0123456789" {
		table[c], table[unicode.ToUpper(c)] = byte(c), byte(c)
	}
	return table
}()

// What a byte of a text may be.
const (
	aSign    uint8 = iota // of ASCII, or a blank
	aBarrier              // a comma, colon, semicolon or bracket
	aLetter               // of ASCII, or a digit
	aPart                 // of what is not ASCII
)

var bytesAre = func() (table [256]uint8) {
	for c := range table {
		switch {
		case c >= utf8.RuneSelf:
			table[c] = aPart
		case plain[c] != 0:
			table[c] = aLetter
		case strings.IndexByte(",;:()|", byte(c)) >= 0:
			table[c] = aBarrier
		}
	}
	return table
}()

func appendFoldedRune(buffer []byte, r rune) []byte {
	switch unicode.ToLower(r) {
	case 'ä':
		return append(buffer, "ae"...)
	case 'ö':
		return append(buffer, "oe"...)
	case 'ü':
		return append(buffer, "ue"...)
	case 'ß', 'ẞ':
		return append(buffer, "ss"...)
	}
	if r < utf8.RuneSelf {
		return append(buffer, byte(unicode.ToLower(r)))
	}
	for _, part := range norm.NFKD.String(string(unicode.ToLower(r))) {
		if !unicode.Is(unicode.Mn, part) {
			buffer = utf8.AppendRune(buffer, part)
		}
	}
	return buffer
}

// fold returns a word's folded form: lower case, umlauts spelt with e, ß as ss, other
// accents dropped. What does not belong into words is kept.
func fold(word string) string { return string(appendFolded(nil, word)) }

func appendFolded(buffer []byte, word string) []byte {
	for _, r := range word {
		if r < utf8.RuneSelf && plain[r] != 0 {
			buffer = append(buffer, plain[r])
			continue
		}
		buffer = appendFoldedRune(buffer, r)
	}
	return buffer
}

// wordStart returns where the next word stands from a byte on, and whether a barrier stands
// before it. Where none is left, that is the text's end.
func wordStart(text string, from int) (start int, barrier bool) {
	for at := from; at < len(text); at++ {
		switch bytesAre[text[at]] {
		case aLetter:
			return at, barrier
		case aBarrier:
			barrier = true
		case aPart:
			r, size := utf8.DecodeRuneInString(text[at:])
			if isWordRune(r) {
				return at, barrier
			}
			at += size - 1
		}
	}
	return len(text), barrier
}

// wordEnd returns where a word ends of which a byte is the first that may be no more of it.
func wordEnd(text string, at int) int {
	for {
		for at < len(text) && bytesAre[text[at]] == aLetter {
			at++
		}
		if at == len(text) || text[at] < utf8.RuneSelf {
			return at
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		if !isWordRune(r) {
			return at
		}
		at += size
	}
}

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return plain[r] != 0
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || r == '§'
}
