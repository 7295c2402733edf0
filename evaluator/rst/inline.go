package rst

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar/evaluator/lines"
	"github.com/austauschbar/austauschbar/evaluator/plain"
)

// long is the longest text, in bytes, whose markup is taken out.
const long = 1 << 20

var (
	// role is what may stand before or behind interpreted text.
	role = regexp.MustCompile(`^:[A-Za-z][\w:+.-]*:` + "`")
	// target is what stands behind a link's text: where it leads.
	target = regexp.MustCompile(`^((?s:.*?))\s*<[^<>]*>$`)
	// reference is a link or footnote of one word.
	reference = regexp.MustCompile(`^\[(?:#?[\w.-]*|\*)\]_(?:\W|$)`)
)

// A speaker takes the markup out of a text.
type speaker struct {
	text   string
	places plain.Marks
	out    strings.Builder
	// replaced are the texts that "|name|" stands for.
	replaced map[string]string
}

// inline returns a clean text without its markup.
func (p *parser) inline(text string) string {
	if len(text) > long || !strings.ContainsAny(text, "*`_\\|") {
		return lines.Clean(text)
	}
	s := &speaker{text: text, places: plain.NewMarks(text), replaced: p.replaced}
	for at := 0; at < len(text); {
		if next := s.step(at); next > at {
			at = next
			continue
		}
		_, size := utf8.DecodeRuneInString(text[at:])
		s.out.WriteString(text[at : at+size])
		at += size
	}
	return lines.Clean(s.out.String())
}

// step takes the markup that begins at an offset and returns where it ends; the
// offset itself where none begins.
func (s *speaker) step(at int) int {
	rest := s.text[at:]
	switch char := rest[0]; {
	case char == '\\':
		return s.escape(at)
	case strings.HasPrefix(rest, "``"):
		return s.marked(at, "``", false)
	case char == '`':
		return s.marked(at, "`", true)
	case strings.HasPrefix(rest, "**"):
		return s.marked(at, "**", false)
	case char == '*':
		return s.marked(at, "*", false)
	case char == '|' && !s.word(at):
		return s.marked(at, "|", false)
	case char == ':' && !s.word(at) && role.MatchString(rest[:min(len(rest), 60)]):
		return at + strings.IndexByte(rest, '`')
	case char == '[' && reference.MatchString(rest[:min(len(rest), 60)]):
		return at + strings.Index(rest, "]_") + 2
	case char == '_' && strings.HasPrefix(rest, "_`") && !s.word(at):
		return at + 1
	case char == '_' && s.word(at) && !s.underscored(at):
		return s.reference(at)
	}
	return at
}

// word reports whether a word ends at an offset.
func (s *speaker) word(at int) bool {
	char, _ := utf8.DecodeLastRuneInString(s.text[:at])
	return at > 0 && (unicode.IsLetter(char) || unicode.IsDigit(char))
}

// underscored reports whether the word that ends at an offset has an underscore
// before it, as "__init__".
func (s *speaker) underscored(at int) bool {
	before := strings.TrimRightFunc(s.text[max(0, at-100):at], func(char rune) bool { return unicode.IsLetter(char) || unicode.IsDigit(char) })
	return strings.HasSuffix(before, "_")
}

// escape writes what a backslash keeps from being markup; white space behind one
// parts nothing.
func (s *speaker) escape(at int) int {
	if at+1 == len(s.text) {
		return at
	}
	char, size := utf8.DecodeRuneInString(s.text[at+1:])
	if !unicode.IsSpace(char) {
		s.out.WriteRune(char)
	}
	return at + 1 + size
}

// marked takes a text between two marks, the first of which stands at the beginning
// of a word and the second at the end of one.
func (s *speaker) marked(at int, mark string, interpreted bool) int {
	begin := at + len(mark)
	if s.word(at) || begin >= len(s.text) || strings.ContainsRune(" \t\n", rune(s.text[begin])) {
		return at
	}
	end := s.places.Find(mark, begin)
	if end <= begin || strings.ContainsRune(" \t\n", rune(s.text[end-1])) {
		return at
	}
	text := s.text[begin:end]
	if interpreted {
		if m := target.FindStringSubmatch(text); m != nil && m[1] != "" {
			text = m[1]
		}
		text = strings.TrimPrefix(text, "~")
	}
	if mark != "``" {
		text = strings.ReplaceAll(text, `\`, "")
	}
	if other, found := s.replaced[text]; found && mark == "|" {
		text = other
	}
	s.out.WriteString(text)
	end += len(mark)
	for end < len(s.text) && (interpreted || mark == "|") && s.text[end] == '_' {
		end++
	}
	return end
}

// reference drops the underscores behind a word that is a link.
func (s *speaker) reference(at int) int {
	end := at
	for end < len(s.text) && s.text[end] == '_' {
		end++
	}
	next, _ := utf8.DecodeRuneInString(s.text[end:])
	if end-at > 2 || end < len(s.text) && (unicode.IsLetter(next) || unicode.IsDigit(next)) {
		s.out.WriteString(s.text[at:end])
	}
	return end
}
