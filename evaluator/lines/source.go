package lines

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
)

// A Source tells what stands on the lines of a file that is no prose.
type Source struct {
	data []byte
	ends []int // offsets of the ends of all lines but the last
}

// NewSource returns the lines of data, which end in "\n".
func NewSource(data []byte) *Source {
	s := &Source{data: data}
	for at := 0; ; {
		i := bytes.IndexByte(data[at:], '\n')
		if i < 0 {
			return s
		}
		s.ends = append(s.ends, at+i)
		at += i + 1
	}
}

// Lines counts the lines, of which an empty file has one.
func (s *Source) Lines() int { return len(s.ends) + 1 }

// Evidence quotes a line, 1-based and held to the lines there are. Of a line that is too
// long it quotes what begins with about, and of what looks like a secret the name alone.
func (s *Source) Evidence(line int, about string) austauschbar.Evidence {
	line = max(1, min(line, s.Lines()))
	begin, end := 0, len(s.data)
	if line > 1 {
		begin = s.ends[line-2] + 1
	}
	if line <= len(s.ends) {
		end = s.ends[line-1]
	}
	return austauschbar.Evidence{Line: line, Quote: quote(s.data[begin:end], about)}
}

// quoted is the most runes of a quote.
const quoted = 300

func quote(line []byte, about string) string {
	if utf8.RuneCount(line) > quoted {
		if i := bytes.Index(line, []byte(about)); i > 0 {
			line = line[i:]
		}
		line = line[:min(len(line), quoted*utf8.UTFMax)]
	}
	text := []rune(withoutSecrets(Clean(strings.ToValidUTF8(string(line), "\ufffd"))))
	return strings.TrimSpace(string(text[:min(len(text), quoted)]))
}

var (
	// secret matches the name of a secret and what stands between it and its value.
	secret = regexp.MustCompile(`(?i)([\w.-]*(?:passw(?:or)?d|passwort|kennwort|secret|token|credential|api[_-]?key|private[_-]?key|access[_-]?key)[\w.-]*["']?\s*[:=])\s*\S.*$`)
	// login matches the name and password within an address.
	login = regexp.MustCompile(`(://)[^/\s"'@]*@`)
)

// withoutSecrets leaves the values of secrets out.
func withoutSecrets(line string) string {
	return secret.ReplaceAllString(login.ReplaceAllString(line, "$1…@"), "$1 …")
}
