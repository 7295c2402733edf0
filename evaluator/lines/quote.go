package lines

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxQuote is in runes.
const maxQuote = 300

// given matches what gives a secret away: a value behind its name, a password in an
// address.
var given = regexp.MustCompile(`(?i)([\w.-]*(?:password|passwort|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key)[\w-]*(?:["']\s*)?[=:]\s*["']?)[^\s"',;&]+|(://[^/\s:@"]*:)[^/\s@"]+@`)

// Quote returns what evidence shows of a line: trimmed, at most 300 runes, of secrets
// the name only.
func Quote(line string) string {
	if len(line) > maxQuote*utf8.UTFMax*2 {
		line = strings.ToValidUTF8(line[:maxQuote*utf8.UTFMax*2], "")
	}
	line = strings.TrimSpace(line)
	if maySay(line) {
		line = given.ReplaceAllString(line, "$1$2…")
	}
	if runes := []rune(line); len(runes) > maxQuote {
		return string(runes[:maxQuote])
	}
	return line
}

// maySay says whether a line may give a secret away: it spares the pattern most lines.
func maySay(line string) bool {
	if strings.Contains(line, "://") && strings.Contains(line, "@") {
		return true
	}
	line = strings.ToLower(line)
	return slices.ContainsFunc([]string{"pass", "pwd", "secret", "token", "key"}, func(part string) bool { return strings.Contains(line, part) })
}
