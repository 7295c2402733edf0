package lines

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// maxQuote is in runes.
const maxQuote = 300

// given matches what gives a secret away: a value behind its name, a password in an
// address.
var given = regexp.MustCompile(`(?i)([\w.-]*(?:password|passwort|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key)[\w-]*["']?[=:])[^\s"',;&]+|(://[^/\s:@"]*:)[^/\s@"]+@`)

// Quote returns what evidence shows of a line: trimmed, at most 300 runes, of secrets
// the name only.
func Quote(line string) string {
	if len(line) > maxQuote*utf8.UTFMax*2 {
		line = strings.ToValidUTF8(line[:maxQuote*utf8.UTFMax*2], "")
	}
	line = given.ReplaceAllString(strings.TrimSpace(line), "$1$2…")
	if runes := []rune(line); len(runes) > maxQuote {
		return string(runes[:maxQuote])
	}
	return line
}
