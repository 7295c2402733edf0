package asciidoc

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar/evaluator/lines"
	"github.com/austauschbar/austauschbar/evaluator/plain"
)

// Bounds of one text: beyond, markup stays in it.
const (
	long   = 1 << 20 // bytes of the text
	nested = 3       // texts within the texts of links and notes
	reach  = 2_000   // bytes between a bracket and the one that may end a macro instead
)

// A speaker takes the markup out of a text. It looks at each byte a bounded number of
// times.
type speaker struct {
	text      string
	depth     int
	out       strings.Builder
	footnotes []string
	places    plain.Marks
	ends      map[int]int  // of opened marks: where their closing ones stand, and how long they are
	opened    map[byte]int // by character: where the text that it formats ends
	barren    int          // up to here no macro's target is followed by a bracket
}

// inline returns a clean text without its markup, and the footnotes in it.
func inline(text string) (string, []string) {
	if len(text) > long || !strings.ContainsAny(text, "*_`#+^~[<(\\&:\"'") {
		return lines.Clean(text), nil
	}
	shown, notes := speak(text, 0)
	return lines.Clean(html.UnescapeString(shown)), notes
}

func speak(text string, depth int) (string, []string) {
	s := &speaker{text: text, depth: depth, places: plain.NewMarks(text), ends: map[int]int{}, opened: map[byte]int{}}
	s.run()
	return s.out.String(), s.footnotes
}

// marks are the characters that format what stands between two of them.
const marks = "*_`#+"

func (s *speaker) run() {
	for at := 0; at < len(s.text); {
		if length, closes := s.ends[at]; closes {
			at += length
			continue
		}
		if next := s.step(at); next > at {
			at = next
			continue
		}
		_, size := utf8.DecodeRuneInString(s.text[at:])
		s.out.WriteString(s.text[at : at+size])
		at += size
	}
}

// step takes the markup that begins at an offset and returns where it ends; the
// offset itself where none begins.
func (s *speaker) step(at int) int {
	switch char := s.text[at]; {
	case char == '\\':
		return s.escape(at)
	case strings.IndexByte(marks, char) >= 0:
		return s.format(at, char)
	case char == '^' || char == '~':
		return s.script(at, char)
	case char == '<':
		return s.crossReference(at)
	case char == '[':
		return s.bracket(at)
	case char == '(':
		return s.indexTerm(at)
	case char == '"' || char == '\'':
		return s.quotes(at, char)
	case char >= 'a' && char <= 'z' && (!wordBefore(s.text, at) || char == 'f' && strings.HasPrefix(s.text[at:], "footnote")):
		return s.macro(at)
	}
	return at
}

// escape writes what a backslash keeps from being markup.
func (s *speaker) escape(at int) int {
	if at+1 == len(s.text) || !strings.ContainsRune(marks+"^~<[({\"'", rune(s.text[at+1])) {
		return at
	}
	s.out.WriteByte(s.text[at+1])
	return at + 2
}

// format takes the mark of bold, italic, monospaced, marked or literal text. A single
// mark stands at the edges of words, a double one anywhere.
func (s *speaker) format(at int, char byte) int {
	double := strings.Repeat(string(char), 2)
	if strings.HasPrefix(s.text[at:], double) {
		if char == '+' && strings.HasPrefix(s.text[at:], "+++") {
			return s.literal(at, "+++")
		}
		end := s.places.Find(double, at+2)
		switch {
		case end <= at+2:
			return at
		case char == '+':
			return s.literal(at, double)
		}
		s.ends[end] = 2
		return at + 2
	}
	if wordBefore(s.text, at) || at+1 == len(s.text) || blank(s.text[at+1]) || at < s.opened[char] {
		return at
	}
	end := s.closing(at+1, char)
	switch {
	case end < 0:
		return at
	case char == '+':
		s.out.WriteString(s.text[at+1 : end])
		return end + 1
	}
	s.ends[end] = 1
	return at + 1
}

// closing returns the offset of the single mark that ends a text begun before from;
// until there none of the kind begins.
func (s *speaker) closing(from int, char byte) int {
	for at := from + 1; at < len(s.text); at++ {
		if s.text[at] == char && !blank(s.text[at-1]) && !wordAfter(s.text, at+1) {
			s.opened[char] = at
			return at
		}
	}
	s.opened[char] = len(s.text)
	return -1
}

// literal writes a text that holds no markup.
func (s *speaker) literal(at int, mark string) int {
	end := s.places.Find(mark, at+len(mark))
	if end < 0 {
		return at
	}
	s.out.WriteString(s.text[at+len(mark) : end])
	return end + len(mark)
}

// script takes the mark of raised or lowered text, which has no blanks.
func (s *speaker) script(at int, char byte) int {
	for end := at + 1; end < len(s.text) && !blank(s.text[end]); end++ {
		if s.text[end] == char && end > at+1 {
			s.ends[end] = 1
			return at + 1
		}
	}
	return at
}

// crossReference takes "<<id,text>>".
func (s *speaker) crossReference(at int) int {
	if !strings.HasPrefix(s.text[at:], "<<") {
		return at
	}
	end := s.places.Find(">>", at+2)
	if end < 0 {
		return at
	}
	id, text, named := strings.Cut(s.text[at+2:end], ",")
	if !named {
		text = strings.TrimPrefix(id, "#")
	}
	s.within(strings.TrimSpace(text))
	return end + 2
}

// bracket takes an anchor or the role of a formatted text.
func (s *speaker) bracket(at int) int {
	if strings.HasPrefix(s.text[at:], "[[") {
		if end := s.places.Find("]]", at+2); end > at+2 && !strings.ContainsAny(s.text[at+2:end], " []") {
			return end + 2
		}
	}
	end := s.places.Find("]", at+1)
	if end > at+1 && end-at < reach && end+1 < len(s.text) && strings.IndexByte("#*_`", s.text[end+1]) >= 0 && !wordBefore(s.text, at) {
		if s.text[at+1] == '.' || s.text[at+1] == '#' || s.text[end+1] == '#' {
			return end + 1
		}
	}
	return at
}

// indexTerm takes "((shown))" and "(((not shown)))".
func (s *speaker) indexTerm(at int) int {
	switch {
	case strings.HasPrefix(s.text[at:], "((("):
		if end := s.places.Find(")))", at+3); end > 0 {
			return end + 3
		}
	case strings.HasPrefix(s.text[at:], "(("):
		if end := s.places.Find("))", at+2); end > at+2 {
			s.within(s.text[at+2 : end])
			return end + 2
		}
	}
	return at
}

// quotes takes curved quotation marks: "`text`".
func (s *speaker) quotes(at int, char byte) int {
	if !strings.HasPrefix(s.text[at:], string(char)+"`") {
		return at
	}
	end := s.places.Find("`"+string(char), at+2)
	if end < 0 {
		return at
	}
	open, closed := "“", "”"
	if char == '\'' {
		open, closed = "‘", "’"
	}
	s.out.WriteString(open)
	s.within(s.text[at+2 : end])
	s.out.WriteString(closed)
	return end + 2
}

// within writes a text that stands within markup.
func (s *speaker) within(text string) {
	if s.depth == nested {
		s.out.WriteString(text)
		return
	}
	shown, notes := speak(text, s.depth+1)
	s.out.WriteString(shown)
	s.footnotes = append(s.footnotes, notes...)
}

// macros are the names of macros and whether brackets follow; schemes of addresses
// stand alone too.
var macros = map[string]bool{
	"http": false, "https": false, "ftp": false, "irc": false, "file": false,
	"link": true, "xref": true, "image": true, "footnote": true, "footnoteref": true, "kbd": true, "btn": true, "menu": true,
	"icon": true, "anchor": true, "pass": true, "stem": true, "latexmath": true, "asciimath": true, "indexterm": true,
	"indexterm2": true, "mailto": true,
}

// macro takes "name:target[text]" and addresses.
func (s *speaker) macro(at int) int {
	colon := at
	for colon < len(s.text) && colon-at < 16 && (s.text[colon] >= 'a' && s.text[colon] <= 'z' || s.text[colon] >= '0' && s.text[colon] <= '9') {
		colon++
	}
	if colon == len(s.text) || s.text[colon] != ':' || at < s.barren {
		return at
	}
	name := s.text[at:colon]
	bracketed, known := macros[name]
	if !known || !bracketed && !strings.HasPrefix(s.text[colon:], "://") {
		return at
	}
	open := colon + 1
	for open < len(s.text) && !blank(s.text[open]) && !strings.ContainsRune("[<>", rune(s.text[open])) {
		open++
	}
	end := -1
	if open < len(s.text) && s.text[open] == '[' {
		end = s.closingBracket(open + 1)
	} else {
		s.barren = open
	}
	switch target := s.text[colon+1 : open]; {
	case end >= 0:
		s.put(name, target, strings.ReplaceAll(s.text[open+1:end], `\]`, "]"))
		return end + 1
	case !bracketed:
		s.out.WriteString(s.text[at:open])
		return open
	}
	return at
}

// closingBracket returns the offset of the bracket that ends a macro's text, in
// which other macros may stand.
func (s *speaker) closingBracket(from int) int {
	nearest := s.places.Find("]", from)
	if nearest < 0 {
		return -1
	}
	depth := 0
	for at := from; at < len(s.text) && at < nearest+reach; at++ {
		switch s.text[at] {
		case '\\':
			at++
		case '[':
			depth++
		case ']':
			if depth == 0 {
				return at
			}
			depth--
		}
	}
	return nearest
}

// put writes what is shown of a macro.
func (s *speaker) put(name, target, text string) {
	switch name {
	case "anchor", "indexterm", "icon":
	case "footnote", "footnoteref":
		if _, defined, split := strings.Cut(text, ","); name == "footnoteref" && split {
			text = defined
		}
		if text != "" {
			s.footnotes = append(s.footnotes, text)
		}
	case "image":
		s.out.WriteString(" " + first(text) + " ")
	case "menu":
		s.out.WriteString(target + " > " + text)
	case "kbd", "btn", "pass", "stem", "latexmath", "asciimath", "indexterm2":
		s.within(text)
	default:
		if shown := strings.TrimSuffix(linkText(text), "^"); shown != "" {
			s.within(shown)
			return
		}
		if strings.HasPrefix(target, "//") {
			target = name + ":" + target
		}
		s.out.WriteString(strings.TrimPrefix(target, "#"))
	}
}

// linkText cuts the attributes off a link's text.
func linkText(text string) string {
	if !strings.Contains(text, "=") {
		return text
	}
	if strings.HasPrefix(text, `"`) {
		if end := strings.IndexByte(text[1:], '"'); end >= 0 {
			return text[1 : end+1]
		}
	}
	head, _, _ := strings.Cut(text, ",")
	if strings.Contains(head, "=") {
		return ""
	}
	return head
}

// first returns the first of an image's attributes, its alternative text.
func first(attributes string) string {
	parts := splitAttributes(attributes)
	for _, part := range parts {
		if alt, found := strings.CutPrefix(part, "alt="); found {
			return strings.Trim(alt, `"'`)
		}
	}
	if len(parts) == 0 || strings.Contains(parts[0], "=") && !strings.Contains(parts[0], " ") {
		return ""
	}
	return strings.Trim(parts[0], `"'`)
}

func blank(char byte) bool { return char == ' ' || char == '\t' || char == '\n' }

// wordBefore reports whether a word ends at an offset.
func wordBefore(text string, at int) bool {
	char, _ := utf8.DecodeLastRuneInString(text[:at])
	return at > 0 && word(char)
}

// wordAfter reports whether a word begins at an offset.
func wordAfter(text string, at int) bool {
	char, _ := utf8.DecodeRuneInString(text[at:])
	return at < len(text) && word(char)
}

func word(char rune) bool {
	return char == '_' || unicode.IsLetter(char) || unicode.IsDigit(char)
}
