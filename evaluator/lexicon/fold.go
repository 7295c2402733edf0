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
	folded     int  // where the word begins in the folded buffer
	barrier    bool // a comma, colon, semicolon or bracket stands before it
}

// appendFolded appends the word's folded form: lower case, umlauts spelt with e,
// ß as ss, other accents dropped.
func appendFolded(buffer []byte, word string) []byte {
	for i := 0; i < len(word); {
		if c := word[i]; c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			buffer = append(buffer, c)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(word[i:])
		buffer = appendFoldedRune(buffer, r)
		i += size
	}
	return buffer
}

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
	for _, part := range norm.NFKD.String(string(unicode.ToLower(r))) {
		if !unicode.Is(unicode.Mn, part) {
			buffer = utf8.AppendRune(buffer, part)
		}
	}
	return buffer
}

func fold(word string) string { return string(appendFolded(nil, word)) }

// split cuts text into tokens and writes them, folded and set off by single
// blanks, to buffer, which begins and ends with a blank.
func split(text string, tokens []token, buffer []byte) ([]token, []byte) {
	buffer = append(buffer, ' ')
	barrier := false
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		if !isWordRune(r) {
			barrier = barrier || strings.ContainsRune(",;:()|", r)
			i += size
			continue
		}
		end := wordEnd(text, i)
		tokens = append(tokens, token{start: i, end: end, folded: len(buffer), barrier: barrier})
		buffer = append(appendFolded(buffer, text[i:end]), ' ')
		barrier = false
		i = end
	}
	return tokens, buffer
}

// wordEnd returns where the word that begins at start ends. An apostrophe
// within a word belongs to it, so that "supplier's" is one word.
func wordEnd(text string, start int) int {
	for i := start; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		if !isWordRune(r) {
			return i
		}
		i += size
	}
	return len(text)
}

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || r == '§'
}
