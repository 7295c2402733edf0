package lines

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Joiner puts lines together again. It learns the document's words first, as
// only they tell whether "open-" and "source" make "open-source" or
// "opensource".
type Joiner struct {
	words map[string]bool // in lower case, with their inner hyphens
}

// learned is the most words a Joiner keeps.
const learned = 200_000

// Learn takes in the words of a line; the last one only if it is whole.
func (j *Joiner) Learn(line string) {
	if j.words == nil {
		j.words = map[string]bool{}
	}
	for word := range strings.FieldsSeq(line) {
		word = strings.ToLower(strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }))
		if len(word) > 3 && len(word) < 64 && !strings.HasSuffix(word, "-") && len(j.words) < learned {
			j.words[word] = true
		}
	}
}

// Join appends a line to a text. A hyphen at the text's end goes where it only
// divided a word, and stays where it belongs to one: before a capital or digit
// ("Oracle-Datenbanken"), in a word the document spells so elsewhere, and with
// a blank behind it before "und" ("Haupt- und Nebenleistung").
func (j *Joiner) Join(text, line string) string {
	if text == "" || line == "" {
		return text + line
	}
	body, hyphen := cutHyphen(text)
	if !hyphen {
		return text + " " + line
	}
	next, _ := utf8.DecodeRuneInString(line)
	switch {
	case suspends(line):
		return body + "- " + line
	case !unicode.IsLower(next):
		return body + "-" + line
	}
	head, tail := lastWord(body), firstWord(line)
	if j.words[head+"-"+tail] && !j.words[head+tail] {
		return body + "-" + line
	}
	return body + line
}

// cutHyphen cuts the hyphen off a text that ends in a letter and a hyphen. A
// digit before it counts as well ("ISO-27001" the other way round: "802-").
func cutHyphen(text string) (string, bool) {
	for _, hyphen := range []string{"-", "\u00ad", "\u2010"} {
		body, found := strings.CutSuffix(text, hyphen)
		if !found {
			continue
		}
		last, _ := utf8.DecodeLastRuneInString(body)
		return body, unicode.IsLetter(last) || unicode.IsDigit(last)
	}
	return text, false
}

// suspends reports whether a line begins with a word behind which a suspended
// hyphen's second half follows.
func suspends(line string) bool {
	switch firstWord(line) {
	case "und", "oder", "bzw", "sowie", "als", "noch", "bis", "statt", "and", "or", "to", "nor":
		return true
	}
	return false
}

func firstWord(text string) string {
	end := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' })
	if end < 0 {
		end = len(text)
	}
	return strings.ToLower(strings.TrimRight(text[:end], "-"))
}

func lastWord(text string) string {
	start := strings.LastIndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' })
	if start >= 0 {
		_, size := utf8.DecodeRuneInString(text[start:])
		start += size
	} else {
		start = 0
	}
	return strings.ToLower(text[start:])
}
