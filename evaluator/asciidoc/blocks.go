package asciidoc

import (
	"context"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/html"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
)

// A parser turns prepared lines into passages.
type parser struct {
	ctx      context.Context
	meter    *limit.Meter
	lines    []line
	at       int
	title    string
	passages []austauschbar.Passage
	listings []austauschbar.Listing
	sections [7]int // by level: the number of the section that is open
	annexes  int
	notes    int
	attrs    attributes // of the block that comes next
	lists    []*list    // open ones, from the outermost
	attached bool       // the next block belongs to the open item
	term     *austauschbar.Passage
}

// within says what surrounds a block.
type within struct {
	end    string // the line that ends it; "" at the end of the document
	quoted bool
	depth  int // of blocks
	lists  int // depth of lists around
}

// blocks reads blocks up to the end of what is around them.
func (p *parser) blocks(in within) error {
	outer := p.lists
	p.lists = nil
	defer func() { p.lists = outer }()
	for count := 1; p.at < len(p.lines); count++ {
		if count%500 == 0 && p.ctx.Err() != nil {
			return p.ctx.Err()
		}
		text := p.lines[p.at].text
		if in.end != "" && text == in.end {
			p.at++
			break
		}
		if err := p.block(text, in); err != nil {
			return err
		}
	}
	p.attrs, p.attached = attributes{}, false
	return p.endTerm()
}

// block reads the block or line that begins at the parser's place.
func (p *parser) block(text string, in within) error {
	switch {
	case text == "":
		p.at++
		return nil
	case text == "//":
		p.at++
		if p.blankAround() {
			p.lists = nil
		}
		return nil
	case text == "+":
		p.at++
		p.attached = true
		return nil
	case ignored.MatchString(text):
		p.at++
		return nil
	case p.attributeLine(text):
		return nil
	}
	if title := caption.FindStringSubmatch(text); title != nil {
		p.at++
		if err := p.endTerm(); err != nil {
			return err
		}
		return p.say(austauschbar.Passage{Kind: austauschbar.Paragraph, Text: title[1], Line: p.lines[p.at-1].number}, in)
	}
	if level, title := p.section(text); level > 0 {
		return p.heading(level, title, in)
	}
	if done, err := p.delimited(text, in); done {
		return err
	}
	if m := blockMacro.FindStringSubmatch(text); m != nil {
		return p.macro(m[1], m[2], in)
	}
	if item := itemOf(text); item != nil {
		return p.item(item, in)
	}
	return p.paragraph(text, in)
}

// blankAround reports whether a comment line stands between blank lines, where it
// ends lists.
func (p *parser) blankAround() bool {
	return p.at >= 2 && p.lines[p.at-2].text == "" && p.at < len(p.lines) && p.lines[p.at].text == ""
}

var (
	ignored    = regexp.MustCompile(`^(?:'{3,}|<{3,}|(?:- ?){3}|(?:\* ?){3}|toc::\[.*\])$`)
	caption    = regexp.MustCompile(`^\.([^\s.].*)$`)
	blockMacro = regexp.MustCompile(`^([a-z][a-z0-9_-]*)::[^\s\[]*\[(.*)\]$`)
	atx        = regexp.MustCompile(`^(={1,6}|#{1,6})[ \t]+(\S.*)$`)
)

// underlines reports whether a line is the rule below a title.
func underlines(title, rule string) bool {
	if len(rule) < 2 || strings.IndexByte("=-~^+", rule[0]) < 0 || strings.Trim(rule, rule[:1]) != "" {
		return false
	}
	length := utf8.RuneCountInString(title)
	first, _ := utf8.DecodeRuneInString(title)
	return length-len(rule) >= -1 && length-len(rule) <= 1 && (unicode.IsLetter(first) || unicode.IsDigit(first))
}

// section returns the level and title of the section that begins with a line; 0
// where none does.
func (p *parser) section(text string) (int, string) {
	if m := atx.FindStringSubmatch(text); m != nil {
		return len(m[1]), m[2]
	}
	if p.at+1 < len(p.lines) && underlines(text, p.lines[p.at+1].text) {
		return 1 + strings.IndexByte("=-~^+", p.lines[p.at+1].text[0]), text
	}
	return 0, ""
}

func (p *parser) heading(level int, title string, in within) error {
	l := p.lines[p.at]
	p.at++
	if atx.FindString(l.text) == "" {
		p.at++
	}
	attrs := p.take()
	p.lists, p.attached = nil, false
	found := austauschbar.Passage{Kind: austauschbar.Heading, Level: min(max(level+l.offset, 1), 9), Text: title, Line: l.number}
	if found.Level > 1 && !attrs.is("discrete") && !attrs.is("float") {
		found.Number = p.sectionNumber(found.Level, l.levels, attrs)
	}
	if p.title == "" && found.Level == 1 && in.depth == 0 {
		p.title, _ = inline(title)
	}
	return p.say(found, in)
}

// sectionNumber returns the number that is shown before a section's title; "" where
// sections are not numbered.
func (p *parser) sectionNumber(level, levels int, attrs attributes) string {
	if attrs.is("appendix") {
		p.annexes++
		clear(p.sections[:])
		p.sections[2] = -p.annexes
		return "Appendix " + lines.Ordinal("A", p.annexes)
	}
	if levels == 0 || level-1 > levels || level >= len(p.sections) {
		return ""
	}
	if level == 2 && p.sections[2] < 0 {
		p.sections[2] = 0
	}
	p.sections[level]++
	clear(p.sections[level+1:])
	number := ""
	for _, count := range p.sections[2 : level+1] {
		if count < 0 {
			number += lines.Ordinal("A", -count) + "."
		} else {
			number += strconv.Itoa(count) + "."
		}
	}
	return number
}

// take returns the attributes of the block that begins, for once.
func (p *parser) take() attributes {
	attrs := p.attrs
	p.attrs = attributes{}
	return attrs
}

// delimited reads the block that a line of delimiters begins.
func (p *parser) delimited(text string, in within) (bool, error) {
	mark := text[0]
	switch {
	case tableFence.MatchString(text):
		return true, p.table(text, in)
	case strings.HasPrefix(text, "```"):
		return true, p.code("```")
	case text == "--", len(text) >= 4 && strings.IndexByte("-.+=*_", mark) >= 0 && strings.Trim(text, text[:1]) == "":
	default:
		return false, nil
	}
	attrs := p.attrs
	switch {
	case mark == '+':
		return true, p.pass(text, in)
	case text != "--" && (mark == '-' || mark == '.'), attrs.code():
		return true, p.code(text)
	}
	p.at++
	p.take()
	p.endLists()
	inner := within{end: text, depth: in.depth + 1, lists: in.lists + len(p.lists), quoted: in.quoted || mark == '_' || attrs.quotes()}
	p.attached = false
	if inner.depth > limit.Depth {
		return true, limit.Refuse("too_large", "the document nests too many blocks")
	}
	return true, p.blocks(inner)
}

// endLists ends the open lists unless the next block was attached to their item.
func (p *parser) endLists() {
	if !p.attached {
		p.lists = nil
	}
	p.attached = false
}

// raw returns the lines up to the one that ends the block, and the number of the
// first; the parser goes on behind them.
func (p *parser) raw(end string) ([]string, int) {
	p.at++
	var text []string
	first := 0
	for ; p.at < len(p.lines); p.at++ {
		l := p.lines[p.at]
		if l.text == end {
			p.at++
			break
		}
		if first == 0 {
			first = l.number
		}
		for first+len(text) < l.number && len(text) > 0 { // of conditions that were settled
			text = append(text, "")
		}
		text = append(text, l.text)
	}
	return text, first
}

// code reads a listing or literal block.
func (p *parser) code(end string) error {
	attrs := p.take()
	p.endLists()
	language := attrs.language()
	if fenced, found := strings.CutPrefix(p.lines[p.at].text, "```"); found && language == "" {
		language, _, _ = strings.Cut(strings.ToLower(fenced), ",")
	}
	text, first := p.raw(end)
	p.listing(language, text, first)
	if attrs.quotes() {
		for i, part := range text {
			if err := p.add(austauschbar.Passage{Kind: austauschbar.Quotation, Text: lines.Clean(part), Line: first + i}); err != nil {
				return err
			}
		}
		return nil
	}
	return p.codeOf(strings.Join(text, "\n"), first)
}

// listing keeps a block of code whose language is named.
func (p *parser) listing(language string, text []string, first int) {
	if language = strings.TrimSpace(language); language != "" && len(text) > 0 {
		p.listings = append(p.listings, austauschbar.Listing{Language: language, Text: strings.Join(text, "\n"), Line: first})
	}
}

func (p *parser) codeOf(text string, first int) error {
	for _, found := range lines.Code(text, first) {
		if err := p.add(found); err != nil {
			return err
		}
	}
	return nil
}

// pass reads a block of HTML.
func (p *parser) pass(end string, in within) error {
	p.take()
	p.endLists()
	text, first := p.raw(end)
	if first == 0 {
		return nil
	}
	found, err := html.Fragment(p.ctx, strings.Join(text, "\n"), html.Setting{Line: first, Level: in.lists, Quoted: in.quoted})
	for _, passage := range found {
		if err := p.add(passage); err != nil {
			return err
		}
	}
	return err
}

// macro reads a block macro: of an image, its alternative text.
func (p *parser) macro(name, text string, in within) error {
	l := p.lines[p.at]
	p.at++
	p.take()
	p.endLists()
	if name != "image" {
		return nil
	}
	return p.say(austauschbar.Passage{Kind: austauschbar.Paragraph, Text: first(text), Line: l.number}, in)
}

// paragraph reads lines up to a blank one.
func (p *parser) paragraph(text string, in within) error {
	attrs := p.take()
	l := p.lines[p.at]
	indented := strings.HasPrefix(text, " ") || strings.HasPrefix(text, "\t")
	if !indented || len(p.lists) == 0 {
		p.endLists()
	}
	found := austauschbar.Passage{Kind: austauschbar.Paragraph, Line: l.number}
	parts := p.text()
	switch {
	case attrs.code():
		p.listing(attrs.language(), parts, l.number)
		return p.codeOf(strings.Join(parts, "\n"), l.number)
	case indented && attrs.style == "" && len(p.lists) == 0:
		return p.codeOf(strings.Join(parts, "\n"), l.number)
	case attrs.quotes(), strings.HasPrefix(text, `"`) && len(parts) > 1 && strings.HasPrefix(parts[len(parts)-1], "-- "):
		found.Kind = austauschbar.Quotation
	case strings.HasPrefix(text, "> "):
		found.Kind = austauschbar.Quotation
		for i, part := range parts {
			parts[i] = strings.TrimPrefix(strings.TrimPrefix(part, ">"), " ")
		}
	}
	found.Text = joined(parts)
	return p.say(found, in)
}

// text takes the lines of a paragraph.
func (p *parser) text() []string {
	parts := []string{p.lines[p.at].text}
	for p.at++; p.at < len(p.lines); p.at++ {
		text := p.lines[p.at].text
		if text == "//" {
			continue
		}
		if text == "" || text == "+" || breaks(text) || len(p.lists) > 0 && itemOf(text) != nil {
			break
		}
		parts = append(parts, text)
	}
	return parts
}

var attributeList = regexp.MustCompile(`^\[(?:|[\w.#%"',*<^>@{].*|\[[^\[\]]*\])\]$`)

// breaks reports whether a line ends the paragraph before it.
func breaks(text string) bool {
	switch text[0] {
	case '[':
		return attributeList.MatchString(text)
	case '|', ',', ':', '!':
		return tableFence.MatchString(text)
	case '-', '.', '+', '=', '*', '_':
		return text == "--" || len(text) >= 4 && strings.Trim(text, text[:1]) == ""
	case '`':
		return strings.HasPrefix(text, "```")
	}
	return false
}

// joined puts a paragraph's lines together; a plus at an end breaks the line.
func joined(parts []string) string {
	for i, part := range parts {
		parts[i] = strings.TrimSuffix(part, " +")
	}
	return strings.Join(parts, "\n")
}

// say adds a passage whose text still has its markup, and its footnotes.
func (p *parser) say(found austauschbar.Passage, in within) error {
	text, notes := inline(found.Text)
	found.Text = text
	if mark := lines.Find(text); found.Number == "" && (found.Kind == austauschbar.Heading && mark.Kind > lines.Bullet || found.Kind == austauschbar.Paragraph && mark.Kind == lines.Clause) {
		found.Number, found.Text = mark.Number, mark.Text
	}
	if in.quoted {
		found.Kind, found.Level = austauschbar.Quotation, 0
	}
	if err := p.add(found); err != nil {
		return err
	}
	return p.footnotes(notes, found.Line)
}

func (p *parser) footnotes(notes []string, at int) error {
	for _, note := range notes {
		p.notes++
		text, _ := inline(note)
		if err := p.add(austauschbar.Passage{Kind: austauschbar.Footnote, Number: strconv.Itoa(p.notes), Text: text, Line: at}); err != nil {
			return err
		}
	}
	return nil
}

// add adds a passage unless it says nothing. The paragraph that follows a term
// becomes a row with it.
func (p *parser) add(found austauschbar.Passage) error {
	if found.Text == "" {
		return nil
	}
	if term := p.term; term != nil && found.Kind != austauschbar.Footnote {
		p.term = nil
		if found.Kind == austauschbar.Paragraph && found.Number == "" {
			found.Cells = []austauschbar.Cell{{Text: term.Text}, {Text: found.Text}}
			found.Kind, found.Line, found.Text = austauschbar.Row, term.Line, term.Text+" | "+found.Text
		} else if err := p.add(*term); err != nil {
			return err
		}
	}
	if err := p.meter.Text(len(found.Text)); err != nil {
		return err
	}
	if err := p.meter.Passage(len(found.Cells)); err != nil {
		return err
	}
	p.passages = append(p.passages, found)
	return nil
}

// endTerm gives a term that nothing describes.
func (p *parser) endTerm() error {
	term := p.term
	p.term = nil
	if term == nil {
		return nil
	}
	return p.add(*term)
}
