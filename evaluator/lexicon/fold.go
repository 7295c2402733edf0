package lexicon

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A token is a word of a clause: a run of letters and digits.
type token struct {
	start, end int  // bytes in the clause's text
	folded     int  // where the word begins in the folded buffer
	barrier    bool // a comma, colon, semicolon or bracket stands before it
}

// plain are the letters and digits of ASCII, folded; 0 for all other bytes.
var plain = func() (table [utf8.RuneSelf]byte) {
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
func fold(word string) string {
	var folded []byte
	for _, r := range word {
		folded = appendFoldedRune(folded, r)
	}
	return string(folded)
}

// split cuts text into tokens and writes them, folded and set off by single
// blanks, to buffer, which begins and ends with a blank.
func split(text string, tokens []token, buffer []byte) ([]token, []byte) {
	buffer = append(buffer, ' ')
	barrier, inWord := false, false
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		folded := byte(0)
		if r < utf8.RuneSelf {
			folded = plain[r]
		} else {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		isWord := folded != 0 || r >= utf8.RuneSelf && isWordRune(r)
		if isWord && !inWord {
			tokens = append(tokens, token{start: i, folded: len(buffer), barrier: barrier})
			inWord, barrier = true, false
		}
		switch {
		case folded != 0:
			for buffer = append(buffer, folded); i+1 < len(text) && text[i+1] < utf8.RuneSelf && plain[text[i+1]] != 0; i++ {
				buffer = append(buffer, plain[text[i+1]])
			}
		case isWord:
			buffer = appendFoldedRune(buffer, r)
		case inWord:
			tokens[len(tokens)-1].end = i
			buffer = append(buffer, ' ')
			inWord, barrier = false, isBarrier(r)
		default:
			barrier = barrier || isBarrier(r)
		}
		i += size
	}
	if inWord {
		tokens[len(tokens)-1].end = len(text)
		buffer = append(buffer, ' ')
	}
	return tokens, buffer
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
