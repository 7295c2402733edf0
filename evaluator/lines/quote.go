package lines

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// quoted is the most runes of a quote.
const quoted = 300

// Quote returns what evidence shows of a text: folded, at most 300 runes, of secrets the
// name only.
func Quote(text string) string {
	text = WithoutSecrets(Clean(strings.ToValidUTF8(text[:min(len(text), 2*quoted*utf8.UTFMax)], "")))
	if runes := []rune(text); len(runes) > quoted {
		return strings.TrimSpace(string(runes[:quoted]))
	}
	return text
}

var (
	// telling matches what the name of a secret holds.
	telling = regexp.MustCompile(`(?i)passw|passphrase|[_-](?:pass|pw)\b|pwd|kennwort|secret|token|credential|(?:api|access|private)[_-]?key|[_-]key\b`)
	// given matches the rest of a name, what stands between it and its value, and the value.
	given = regexp.MustCompile(`(?s)^([\w.-]*["']?\s*(?:=>|[:=])\s*|[\w.]*>)\S.*`)
	// login matches what stands before the host of an address.
	login = regexp.MustCompile(`://[^/\s"']+@`)
)

// WithoutSecrets cuts a text behind a name that tells of a secret and is given a value,
// and takes what logs in out of addresses.
func WithoutSecrets(text string) string {
	if !strings.ContainsAny(text, ":=>") { // most labels
		return text
	}
	text = login.ReplaceAllString(text, "://…@")
	for _, name := range telling.FindAllStringIndex(text, -1) {
		if rest := text[name[1]:]; given.MatchString(rest) {
			return text[:name[1]] + given.ReplaceAllString(rest, "$1…")
		}
	}
	return text
}
