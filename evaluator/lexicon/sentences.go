package lexicon

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentences cuts a passage into sentences. A full stop ends one where a blank
// and a capital, digit or quotation mark follow, unless an abbreviation, a
// single letter or a number in German dates stands before it. What it returns
// are parts of the text, without the blanks around them.
func (l *Lexicon) Sentences(text string) []string {
	var sentences []string
	start := 0
	for i := nextStop(text, 0); i < len(text); i = nextStop(text, i+1) {
		if end := l.endsSentence(text, start, i); end > 0 {
			sentences = appendSentence(sentences, text[start:end])
			start, i = end, end-1
		}
	}
	return appendSentence(sentences, text[start:])
}

// nextStop returns where the next sign stands that may end a sentence; the text's
// length where none does.
func nextStop(text string, from int) int {
	for i := from; i < len(text); i++ {
		switch text[i] {
		case '.', '!', '?', ';':
			return i
		}
	}
	return len(text)
}

func appendSentence(sentences []string, sentence string) []string {
	if sentence = strings.TrimSpace(sentence); sentence != "" {
		sentences = append(sentences, sentence)
	}
	return sentences
}

// endsSentence returns where the sentence ends if it does at the stop at i, else 0.
func (l *Lexicon) endsSentence(text string, start, i int) int {
	end := i + 1
	for end < len(text) && strings.ContainsRune(`"”“’»)]`, runeAt(text, end)) {
		end += utf8.RuneLen(runeAt(text, end))
	}
	if end >= len(text) || text[end] != ' ' {
		return 0
	}
	if text[i] != '.' {
		return end
	}
	next := runeAt(text, end+1)
	if !unicode.IsUpper(next) && !unicode.IsDigit(next) && !strings.ContainsRune(`"„“‚»(§•-–[`, next) {
		return 0
	}
	if l.isAbbreviation(lastWord(text[start:i]), next) {
		return 0
	}
	return end
}

func runeAt(text string, i int) rune {
	if i >= len(text) {
		return utf8.RuneError
	}
	r, _ := utf8.DecodeRuneInString(text[i:])
	return r
}

func lastWord(text string) string {
	return text[strings.LastIndexFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("(„“\"/", r) })+1:]
}

// isAbbreviation says whether the full stop after a word is part of it:
// abbreviations, single letters, ordinals ("1. Januar") and clause numbers.
func (l *Lexicon) isAbbreviation(word string, next rune) bool {
	if word == "" {
		return true
	}
	if utf8.RuneCountInString(word) == 1 && unicode.IsLetter(runeAt(word, 0)) {
		return true
	}
	if isDigits(word) {
		return len(word) <= 2 && (unicode.IsLetter(next) || unicode.IsDigit(next))
	}
	last := word[strings.LastIndexByte(word, '.')+1:]
	return l.abbreviations[fold(last)] || l.abbreviations[fold(word)]
}

func isDigits(word string) bool {
	return strings.IndexFunc(word, func(r rune) bool { return !unicode.IsDigit(r) && r != '.' }) < 0
}

// Language says which language's function words prevail in a text; "" where
// neither does.
func (l *Lexicon) Language(scanner *Scanner, text string) string {
	scanner.cut(text)
	votes := l.votes(scanner)
	best := 0
	for i, count := range votes {
		if count > votes[best] {
			best = i
		}
	}
	for i, count := range votes {
		if count == 0 && i == best || count == votes[best] && i != best {
			return "" // nothing, or a tie
		}
	}
	return l.languageNames[best]
}

// votes counts the function words of each language in the text that was cut last.
func (l *Lexicon) votes(scanner *Scanner) []int {
	votes := make([]int, len(l.languageNames))
	for _, word := range scanner.tokens {
		if word.more == nil {
			continue
		}
		for _, language := range word.more.languages {
			votes[language]++
		}
	}
	return votes
}
