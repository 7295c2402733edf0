package docx

import (
	"strconv"
	"strings"
)

// Symbol fonts store what they show as letters, or as private characters from
// U+F000 on. Only signs that mean something are told; arrows and boxes of several
// shapes are told as one.
var (
	wingdings = map[rune]rune{
		'n': '■', 'o': '☐', 'q': '☐', 'r': '☐', 'x': '☒', 'l': '●', 'u': '◆', 'v': '◆',
		0x9e: '•', 0x9f: '•', 0xa7: '▪', 0xa8: '☐', 0xd8: '➢', 0xdf: '←', 0xe0: '→', 0xe1: '↑', 0xe2: '↓', 0xe8: '→',
		0xef: '⇐', 0xf0: '⇒', 0xf3: '⇔', 0xfb: '✗', 0xfc: '✓', 0xfd: '☒', 0xfe: '☑',
	}
	wingdings2 = map[rune]rune{'O': '✗', 'P': '✓', 'Q': '☒', 'R': '☑', 'S': '☒', 'T': '☒', 0xa3: '☐'}
	webdings   = map[rune]rune{'a': '✓', 'c': '☐', 'g': '■', 'r': '✗', 'n': '●', '=': '•'}
	greek      = symbolFont()
	fonts      = map[string]map[rune]rune{"wingdings": wingdings, "wingdings 2": wingdings2, "webdings": webdings, "symbol": greek}
)

// symbolFont returns what the font Symbol shows: digits and most marks as they are,
// Greek letters, and signs of mathematics.
func symbolFont() map[rune]rune {
	shown := map[rune]rune{
		0xa3: '≤', 0xa5: '∞', 0xab: '↔', 0xac: '←', 0xad: '↑', 0xae: '→', 0xaf: '↓', 0xb0: '°', 0xb1: '±', 0xb3: '≥', 0xb4: '×',
		0xb7: '•', 0xb8: '÷', 0xb9: '≠', 0xba: '≡', 0xbb: '≈', 0xbc: '…', 0xd6: '√', 0xd7: '·', 0xdb: '⇔', 0xdc: '⇐', 0xde: '⇒', 0xe5: '∑', 0xf2: '∫',
		'-': '−', '\'': '∋', '"': '∀', '$': '∃', '*': '∗', '@': '≅', '\\': '∴', '^': '⊥',
	}
	for code := rune(' '); code <= '~'; code++ {
		if _, found := shown[code]; !found {
			shown[code] = code
		}
	}
	for i, letter := range []rune("ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ") {
		shown['A'+rune(i)] = letter
	}
	for i, letter := range []rune("αβχδεφγηιϕκλμνοπθρστυϖωξψζ") {
		shown['a'+rune(i)] = letter
	}
	return shown
}

// symbol returns what w:sym shows; char is its code in hexadecimals. It is "" where
// that is not known.
func symbol(font, char string) string {
	code, err := strconv.ParseUint(char, 16, 21)
	if err != nil {
		return ""
	}
	return inFont(font, string(rune(code)))
}

// inFont returns what a font shows for a text.
func inFont(font, text string) string {
	known := fonts[strings.ToLower(font)]
	if known == nil {
		if !strings.ContainsFunc(text, private) {
			return text
		}
		known = wingdings // by far the most common
	}
	var shown strings.Builder
	for _, char := range text {
		switch {
		case private(char):
			char -= 0xf000
		case fonts[strings.ToLower(font)] == nil || char > 0xff:
			shown.WriteRune(char)
			continue
		}
		if sign, found := known[char]; found {
			shown.WriteRune(sign)
		} else if char == ' ' {
			shown.WriteByte(' ')
		}
	}
	return shown.String()
}

// private says whether a character is one of a symbol font's.
func private(char rune) bool { return char >= 0xf020 && char <= 0xf0ff }
