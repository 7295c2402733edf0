// Package plain reads text files without any markup.
package plain

import (
	"bytes"
	"context"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
)

// Read reads a text file. Blank lines end paragraphs; numbered lines that stand
// alone, and lines with a rule below them, are headings; lists are told by their
// marks. Each passage carries the line it begins on.
//
// The encoding is UTF-8, UTF-16 with a byte order mark, or else Windows-1252.
// Refusals: "empty", "too_large", "not_text", "timeout".
func Read(ctx context.Context, data []byte) (austauschbar.Text, error) {
	source, err := Decode(data)
	if err != nil {
		return austauschbar.Text{}, err
	}
	var text austauschbar.Text
	text.Passages, err = Passages(ctx, source)
	return limit.Finish(ctx, text, err)
}

// Decode returns data as UTF-8 without a byte order mark and with "\n" at the
// ends of its lines. Its error is a *limit.Refusal: "empty", "too_large" or
// "not_text".
func Decode(data []byte) (string, error) {
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return "", limit.Refuse("empty", "")
	case len(data) > limit.File:
		return "", limit.Refuse("too_large", "")
	}
	decoded, err := decode(data)
	if err != nil || binary(decoded) {
		return "", limit.Refuse("not_text", "")
	}
	if bytes.IndexByte(decoded, '\r') >= 0 {
		decoded = bytes.ReplaceAll(bytes.ReplaceAll(decoded, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))
	}
	return string(decoded), nil
}

func decode(data []byte) ([]byte, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return bytes.ToValidUTF8(data[3:], []byte("\ufffd")), nil
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM).NewDecoder().Bytes(data)
	case utf8.Valid(data):
		return data, nil
	default:
		return charmap.Windows1252.NewDecoder().Bytes(data)
	}
}

// binary reports whether data holds characters that no text has.
func binary(data []byte) bool {
	return bytes.ContainsFunc(data, func(char rune) bool {
		return char < ' ' && char != '\n' && char != '\r' && char != '\t' && char != '\f' && char != '\v' && char != 0x1b
	})
}

// A row is a line of the file.
type row struct {
	number int // 1-based
	text   string
	indent int // of the text, in columns
}

// width is how far the line reaches, in columns.
func (r row) width() int { return r.indent + utf8.RuneCountInString(r.text) }

// rule is a line that underlines a title or parts sections.
var rule = regexp.MustCompile(`^([=\-_*~#+])[=\-_*~#+ ]{2,}$`)

// Passages splits decoded text into passages. Its error is a *limit.Refusal
// where a limit was reached; what stands before it is returned too.
func Passages(ctx context.Context, source string) ([]austauschbar.Passage, error) {
	s := &splitter{ctx: ctx}
	var block []row
	number := 0
	for text := range strings.SplitSeq(source, "\n") {
		number++
		if number%1000 == 0 && ctx.Err() != nil {
			return s.passages, limit.Refuse("timeout", "")
		}
		clean := lines.Clean(text)
		if clean != "" {
			s.joiner.Learn(clean)
			block = append(block, row{number, clean, indent(text)})
			continue
		}
		if err := s.add(block); err != nil {
			return s.passages, err
		}
		block = block[:0]
	}
	return s.passages, s.add(block)
}

func indent(text string) int {
	columns := 0
	for _, char := range text {
		switch char {
		case ' ', '\u00a0':
			columns++
		case '\t':
			columns += 8 - columns%8
		default:
			return columns
		}
	}
	return columns
}

// A splitter collects passages.
type splitter struct {
	ctx      context.Context
	passages []austauschbar.Passage
	joiner   lines.Joiner
	meter    limit.Meter
}

// wide is the length, in runes, from which on a line is a whole paragraph: the
// file is not broken into lines of one width.
const wide = 160

// add splits one block of lines that no blank line parts.
func (s *splitter) add(block []row) error {
	block, level := title(block)
	if len(block) == 0 {
		return nil
	}
	if level > 0 {
		return s.put(heading(block[0], level))
	}
	if mark := lines.Find(block[0].text); len(block) == 1 && mark.Kind > lines.Decimal && lines.Short(mark.Text) && mark.Kind != lines.Bare {
		return s.put(heading(block[0], mark.Level))
	}
	unbroken := false
	for _, r := range block {
		unbroken = unbroken || utf8.RuneCountInString(r.text) > wide
	}
	var open *growing
	for i, r := range block {
		if i%1000 == 999 && s.ctx.Err() != nil {
			return limit.Refuse("timeout", "")
		}
		if rule.MatchString(r.text) {
			continue
		}
		if level := headsIndented(block, i); level > 0 {
			if err := s.close(&open); err != nil {
				return err
			}
			if err := s.put(heading(r, level)); err != nil {
				return err
			}
			continue
		}
		if open != nil && !unbroken && !begins(block, i, open.Passage) {
			open.join(&s.joiner, r.text)
			continue
		}
		if err := s.close(&open); err != nil {
			return err
		}
		open = &growing{Passage: passage(r)}
	}
	return s.close(&open)
}

// close puts the open passage, if there is one.
func (s *splitter) close(open **growing) error {
	if *open == nil {
		return nil
	}
	closed := (*open).grown()
	*open = nil
	return s.put(closed)
}

// headsIndented returns the level of the heading that line i is: numbered, short, and
// its text set in below it. It is none, and the level 0, where the line is full: then it
// is broken and goes on below, with a hanging indent.
func headsIndented(block []row, i int) int {
	if i+1 == len(block) || block[i+1].indent <= block[i].indent || !lines.Short(block[i].text) {
		return 0
	}
	mark := lines.Find(block[i].text)
	if mark.Kind < lines.Clause || lines.Find(block[i+1].text).Kind > lines.Bullet {
		return 0
	}
	word, _, _ := strings.Cut(block[i+1].text, " ")
	for _, r := range block {
		if r.width() > block[i].width()+len(" ")+utf8.RuneCountInString(word) {
			return mark.Level
		}
	}
	return 0
}

// A growing passage takes lines. Its text is only the end, which is all that joining
// looks at, so that many lines take no more time than they are long.
type growing struct {
	austauschbar.Passage
	before strings.Builder
}

// kept is how much of a growing passage's end is at hand, in bytes.
const kept = 64

func (g *growing) join(joiner *lines.Joiner, line string) {
	g.Text = joiner.Join(g.Text, line)
	if len(g.Text) < 4*kept {
		return
	}
	cut := strings.LastIndexByte(g.Text[:len(g.Text)-kept], ' ')
	if cut < 0 {
		cut = len(g.Text) - kept
		for !utf8.RuneStart(g.Text[cut]) {
			cut--
		}
	}
	g.before.WriteString(g.Text[:cut])
	g.Text = g.Text[cut:]
}

func (g *growing) grown() austauschbar.Passage {
	whole := g.Passage
	whole.Text = g.before.String() + g.Text
	return whole
}

// title cuts a block that is a title with a rule below it, or above and below,
// down to its title, and returns the level of that heading; 0 for other blocks.
func title(block []row) ([]row, int) {
	framed := block
	if len(framed) == 3 && rule.MatchString(framed[0].text) {
		framed = framed[1:]
	}
	if len(framed) != 2 || !rule.MatchString(framed[1].text) || rule.MatchString(framed[0].text) || !lines.Short(framed[0].text) {
		return block, 0
	}
	if framed[1].text[0] == '=' {
		return framed[:1], 1
	}
	return framed[:1], 2
}

func heading(r row, level int) austauschbar.Passage {
	found := austauschbar.Passage{Kind: austauschbar.Heading, Text: r.text, Level: level, Line: r.number}
	if mark := lines.Find(r.text); mark.Kind > lines.Bullet {
		found.Number, found.Text = mark.Number, mark.Text
	}
	return found
}

// begins reports whether line i of a block begins a new passage behind open.
func begins(block []row, i int, open austauschbar.Passage) bool {
	mark := lines.Find(block[i].text)
	switch {
	case mark.Kind == lines.None || mark.Kind == lines.Bare:
		return open.Kind == austauschbar.Item && block[i].indent < block[i-1].indent && lines.Ended(open.Text)
	case open.Kind == austauschbar.Item || open.Number != "":
		return true
	default:
		// A number or dash in the middle of a sentence may have come to stand at
		// the beginning of a line.
		return lines.Ended(open.Text) || mark.Kind == lines.Bullet && !strings.HasPrefix(block[i].text, "–") && !strings.HasPrefix(block[i].text, "-") ||
			i+1 < len(block) && lines.Find(block[i+1].text).Kind == mark.Kind
	}
}

func passage(r row) austauschbar.Passage {
	found := austauschbar.Passage{Kind: austauschbar.Paragraph, Text: r.text, Line: r.number}
	switch mark := lines.Find(r.text); mark.Kind {
	case lines.Bullet, lines.Letter, lines.Decimal:
		found.Kind, found.Level, found.Number, found.Text = austauschbar.Item, 1, mark.Number, mark.Text
	case lines.Clause:
		found.Number, found.Text = mark.Number, mark.Text
	}
	return found
}

func (s *splitter) put(found austauschbar.Passage) error {
	if err := s.meter.Passage(0); err != nil {
		return err
	}
	if err := s.meter.Text(len(found.Text)); err != nil {
		return err
	}
	s.passages = append(s.passages, found)
	return nil
}
