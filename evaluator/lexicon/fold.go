package lexicon

import (
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

// split adds the words of a text to tokens.
func split(text string, tokens []token) []token {
	barrier := false
	for i := 0; i < len(text); {
		if end := wordEnd(text, i); end > i {
			tokens = append(tokens, token{start: i, end: end, barrier: barrier})
			i, barrier = end, false
			if i < len(text) && text[i] == ' ' {
				i++ // as behind most words
			}
			continue
		}
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		barrier = barrier || isBarrier(r)
		i += size
	}
	return tokens
}

// wordEnd returns where the word ends that begins at a byte; the same byte where none
// does.
func wordEnd(text string, at int) int {
	for {
		for at < len(text) && plain[text[at]] != 0 {
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

func isBarrier(r rune) bool {
	switch r {
	case ',', ';', ':', '(', ')', '|':
		return true
	}
	return false
}

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return plain[r] != 0
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || r == '§'
}
