package lines

import (
	"strconv"
	"strings"
)

// Ordinal writes a number in a list's style: "1", "a", "A", "i" or "I". Numbers that
// a style cannot write are decimal.
func Ordinal(style string, n int) string {
	text := strconv.Itoa(n)
	switch {
	case n < 1:
	case style == "a" || style == "A":
		text = letters(n)
	case (style == "i" || style == "I") && n < 4000:
		text = romans(n)
	}
	if style == "A" || style == "I" {
		return strings.ToUpper(text)
	}
	return text
}

// letters counts a, b … z, aa.
func letters(n int) string {
	text := ""
	for ; n > 0; n = (n - 1) / 26 {
		text = string(rune('a'+(n-1)%26)) + text
	}
	return text
}

func romans(n int) string {
	var b strings.Builder
	for _, digit := range []struct {
		value int
		text  string
	}{{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}} {
		for ; n >= digit.value; n -= digit.value {
			b.WriteString(digit.text)
		}
	}
	return b.String()
}
