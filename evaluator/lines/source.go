package lines

import (
	"regexp"
	"strings"

	"github.com/austauschbar/austauschbar"
)

// A Source gives evidence of a file's lines.
type Source struct{ lines []string }

// NewSource returns the source of a file.
func NewSource(data []byte) Source { return Source{strings.Split(string(data), "\n")} }

// quoted is the most runes of a quote.
const quoted = 300

// Evidence returns the place of a line, 1-based, with its text; secrets are cut. Of a
// line that the file does not have it is empty.
func (s Source) Evidence(line int) austauschbar.Evidence {
	if line < 1 || line > len(s.lines) {
		return austauschbar.Evidence{}
	}
	quote := WithoutSecrets(Clean(strings.ToValidUTF8(s.lines[line-1], "")))
	if runes := []rune(quote); len(runes) > quoted {
		quote = string(runes[:quoted])
	}
	return austauschbar.Evidence{Line: line, Quote: quote}
}

var (
	// secret matches a name that tells of a secret, what stands between it and its
	// value, and the value.
	secret = regexp.MustCompile(`(?i)([\w.-]*(?:passw|passphrase|secret|token|credential|api[_-]?key|private[_-]?key|access[_-]?key|[_-]key\b)[\w.-]*["']?\s*(?:=>|[:=]))\s*\S.*`)
	// login matches what stands before the host of an address.
	login = regexp.MustCompile(`://[^/@\s"']+@`)
)

// WithoutSecrets cuts the value behind a name that tells of a secret, and what logs in
// to an address.
func WithoutSecrets(text string) string {
	return login.ReplaceAllString(secret.ReplaceAllString(text, "$1 …"), "://")
}
