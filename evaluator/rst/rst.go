// Package rst reads reStructuredText as Docutils and Sphinx show it.
package rst

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
	"github.com/austauschbar/austauschbar/evaluator/plain"
)

// Read reads a reStructuredText file. Each passage carries the line it begins on, a
// table's row its own. Sections are numbered where the document asks for it; a field,
// a term or an option and what it says are a row. Directives give their text, images
// their alternative text. Comments and targets are left out, roles taken off. No other
// file is included: a gap names those that the document includes.
//
// Refusals: "empty", "too_large", "not_text", "timeout".
func Read(ctx context.Context, data []byte) (austauschbar.Text, error) {
	decoded, err := plain.Decode(data)
	if err != nil {
		return austauschbar.Text{}, err
	}
	block := split(decoded)
	p := &parser{ctx: ctx, meter: &limit.Meter{}, document: &document{replaced: replacements(block)}}
	err = p.blocks(block, within{})
	slices.SortStableFunc(p.passages, func(a, b austauschbar.Passage) int { return a.Line - b.Line })
	text := austauschbar.Text{Title: p.document.title, Passages: p.passages, Listings: p.listings}
	if includes := p.document.includes; len(includes) > 0 {
		text.Gaps = append(text.Gaps, austauschbar.Gap{Reason: "included", Detail: strings.Join(includes, ", ")})
	}
	return limit.Finish(ctx, text, err)
}

// A line is a line of the file.
type line struct {
	number int    // 1-based
	indent int    // of the text, in columns
	text   string // without white space around it; "" of a blank line
}

// split returns the lines of a text.
func split(source string) []line {
	var found []line
	for text := range strings.SplitSeq(source, "\n") {
		text = strings.TrimRight(text, " \t\f\v\u00a0")
		l := line{number: len(found) + 1}
		for at := 0; at < len(text); at++ {
			if text[at] == '\t' {
				l.indent += 8 - l.indent%8
			} else if text[at] == ' ' || text[at] == '\f' || text[at] == '\v' {
				l.indent++
			} else {
				l.text = text[at:]
				break
			}
		}
		found = append(found, l)
	}
	return found
}

// A document is what its parts share.
type document struct {
	title    string
	numbered bool // ".. sectnum::" has come
	styles   []string
	counts   []int    // of sections, by level from 0
	includes []string // files that are not followed
	replaced map[string]string
}

var replacement = regexp.MustCompile(`^\.\. \|([^|]+)\| replace::[ \t]+(.*)$`)

// replacements returns the texts that stand for others, by name.
func replacements(block []line) map[string]string {
	found := map[string]string{}
	for _, l := range block {
		if strings.HasPrefix(l.text, ".. |") {
			if m := replacement.FindStringSubmatch(l.text); m != nil && len(m[2]) < 1000 {
				found[m[1]] = m[2]
			}
		}
	}
	return found
}

// A parser turns blocks of lines into passages.
type parser struct {
	*document
	ctx      context.Context
	meter    *limit.Meter
	passages []austauschbar.Passage
	listings []austauschbar.Listing
	term     *austauschbar.Passage // whose description comes next
	steps    int
}

// within says what surrounds a block.
type within struct {
	depth  int // of blocks
	lists  int // depth of lists
	quoted bool
	item   *item // whose first paragraph has not come
	note   string
}

// An item is an item of a list whose text comes next.
type item struct {
	number string
	begun  bool
}

// depth is how deep blocks nest; deeper ones are read as paragraphs.
const depth = 64

// blocks reads the blocks of some lines.
func (p *parser) blocks(block []line, in within) error {
	base := margin(block)
	for at := 0; at < len(block); {
		if p.steps++; p.steps%500 == 0 && p.ctx.Err() != nil {
			return p.ctx.Err()
		}
		if block[at].text == "" {
			at++
			continue
		}
		next, err := p.block(block, at, base, in)
		if err != nil {
			return err
		}
		at = max(next, at+1)
	}
	return nil
}

// margin returns the least indent of some lines.
func margin(block []line) int {
	least := -1
	for _, l := range block {
		if l.text != "" && (least < 0 || l.indent < least) {
			least = l.indent
		}
	}
	return max(least, 0)
}

// extent returns the index behind the lines from an index on that are blank or
// indented by more than a margin.
func extent(block []line, at, base int) int {
	for at < len(block) && (block[at].text == "" || block[at].indent > base) {
		at++
	}
	return at
}

// block reads the block that begins at an index and returns the index behind it.
func (p *parser) block(block []line, at, base int, in within) (int, error) {
	l := block[at]
	inner := in
	inner.depth++
	switch {
	case l.indent > base && in.depth < depth:
		inner.quoted = true
		end := extent(block, at, base)
		return end, p.blocks(block[at:end], inner)
	case strings.HasPrefix(l.text, "..") && (len(l.text) == 2 || l.text[2] == ' '), l.text == "__" || strings.HasPrefix(l.text, "__ "):
		end := extent(block, at+1, base)
		return end, p.explicit(block[at:end], base, inner)
	}
	if size, level := p.section(block, at, in); size > 0 {
		return at + size, p.heading(block[at:at+size], level)
	}
	if end := tableEnd(block, at, base); end > at {
		return end, p.table(block[at:end], in)
	}
	if mark := markOf(block, at, base); mark != "" && in.depth < depth {
		return p.list(block, at, base, mark, inner)
	}
	if name, rest, found := field(l.text); found && in.depth < depth {
		end := extent(block, at+1, base)
		return end, p.row(name, rest, block[at:end], inner)
	}
	if option, rest, found := optionOf(l.text); found && in.depth < depth {
		end := extent(block, at+1, base)
		return end, p.row(option, rest, block[at:end], inner)
	}
	return p.paragraph(block, at, base, in)
}

// paragraph reads the lines up to a blank one. One line with an indented one below it
// is a term.
func (p *parser) paragraph(block []line, at, base int, in within) (int, error) {
	l, end := block[at], at+1
	for end < len(block) && block[end].text != "" && block[end].indent <= base {
		end++
	}
	if end == at+1 && end < len(block) && block[end].indent > base && block[end].text != "" && in.depth < depth && !strings.HasSuffix(l.text, "::") {
		term, _, _ := strings.Cut(l.text, " : ") // what follows classifies it
		inner := in
		inner.depth++
		behind := extent(block, end, base)
		return behind, p.row(term, "", block[at:behind], inner)
	}
	var parts []string
	for _, part := range block[at:end] {
		parts = append(parts, strings.TrimPrefix(part.text, "| "))
	}
	text := strings.Join(parts, "\n")
	if strings.HasPrefix(text, ">>> ") {
		return end, p.code(block[at:end])
	}
	text, literal := strings.CutSuffix(text, "::")
	if literal && strings.TrimSpace(text) != "" && !strings.HasSuffix(text, " ") {
		text += ":"
	}
	if err := p.say(austauschbar.Passage{Kind: austauschbar.Paragraph, Text: text, Line: l.number}, in); err != nil || !literal {
		return end, err
	}
	for end < len(block) && block[end].text == "" {
		end++
	}
	if end < len(block) && block[end].indent <= base { // quoted by its marks
		behind := end
		for behind < len(block) && block[behind].text != "" && block[behind].text[0] == block[end].text[0] && adornment(block[behind].text[:1]) {
			behind++
		}
		return behind, p.code(block[end:behind])
	}
	behind := extent(block, end, base)
	return behind, p.code(block[end:behind])
}

// code makes passages of code.
func (p *parser) code(block []line) error {
	if len(block) == 0 {
		return nil
	}
	var text []string
	for _, l := range block {
		text = append(text, l.text)
	}
	for _, found := range lines.Code(strings.Join(text, "\n"), block[0].number) {
		if err := p.add(found); err != nil {
			return err
		}
	}
	return nil
}

// row makes a row of a name and the first paragraph of what it says; the rest
// follows. The name stands on the first of the lines.
func (p *parser) row(name, rest string, block []line, in within) error {
	if err := p.endTerm(); err != nil {
		return err
	}
	if name = p.inline(name); name != "" {
		p.term = &austauschbar.Passage{Kind: austauschbar.Paragraph, Text: name, Line: block[0].number}
	}
	in.item = nil
	if err := p.body(rest, block, in); err != nil {
		return err
	}
	return p.endTerm()
}

// body reads blocks whose first line, without the mark that it begins with, is given.
func (p *parser) body(first string, block []line, in within) error {
	indent := margin(block[1:])
	if len(block) == 1 {
		indent = block[0].indent + 1
	}
	block[0] = line{number: block[0].number, indent: indent, text: first}
	return p.blocks(block, in)
}

func (p *parser) endTerm() error {
	term := p.term
	p.term = nil
	if term == nil {
		return nil
	}
	return p.add(*term)
}

// say adds a passage whose text still has its markup.
func (p *parser) say(found austauschbar.Passage, in within) error {
	found.Text = p.inline(found.Text)
	if found.Text == "" {
		return nil
	}
	switch {
	case in.note != "":
		found.Kind, found.Number = austauschbar.Footnote, in.note
	case in.item != nil && !in.item.begun:
		found.Kind, found.Level, found.Number = austauschbar.Item, in.lists, in.item.number
		in.item.begun = true
	}
	if mark := lines.Find(found.Text); found.Kind == austauschbar.Paragraph && mark.Kind == lines.Clause {
		found.Number, found.Text = mark.Number, mark.Text
	}
	if in.quoted {
		found.Kind, found.Level = austauschbar.Quotation, 0
	}
	return p.add(found)
}

// add adds a passage. A paragraph that follows a name becomes a row with it.
func (p *parser) add(found austauschbar.Passage) error {
	if found.Text == "" {
		return nil
	}
	if term := p.term; term != nil {
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

// adornment reports whether a line is one mark repeated.
func adornment(text string) bool {
	return text != "" && strings.ContainsRune("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", rune(text[0])) && strings.Trim(text, text[:1]) == ""
}

// section returns how many lines a section's title takes, and its level, 1-based; 0
// where none begins.
func (p *parser) section(block []line, at int, in within) (int, int) {
	text := func(i int) string {
		if i < len(block) && !(i > at && block[i].indent > 0 && i != at+1) {
			return block[i].text
		}
		return ""
	}
	first, second, third := block[at].text, text(at+1), text(at+2)
	wide := func(title, rule string) bool {
		return adornment(rule) && (len(rule) >= 4 || len(rule) >= utf8.RuneCountInString(title))
	}
	switch {
	case in.depth > 0:
	case adornment(first) && len(first) > 1 && second != "" && third == first && wide(second, first):
		return 3, p.level(first[:1] + first[:1])
	case adornment(first):
		if len(first) >= 4 && second == "" {
			return 1, 0 // a transition
		}
	case second != "" && block[at+1].indent == 0 && wide(first, second):
		return 2, p.level(second[:1])
	}
	return 0, 0
}

// level returns the level of sections of a style, in the order in which styles come.
func (p *parser) level(style string) int {
	at := slices.Index(p.styles, style)
	if at < 0 {
		at = len(p.styles)
		p.styles = append(p.styles, style)
	}
	return at + 1
}

func (p *parser) heading(block []line, level int) error {
	if level == 0 {
		return nil
	}
	l := block[0]
	if len(block) == 3 {
		l = block[1]
	}
	found := austauschbar.Passage{Kind: austauschbar.Heading, Level: min(level, 9), Text: p.inline(l.text), Line: l.number}
	if p.document.title == "" && len(p.passages) == 0 {
		p.document.title = found.Text
	}
	if p.numbered {
		for len(p.counts) < level {
			p.counts = append(p.counts, 0)
		}
		p.counts = p.counts[:level]
		p.counts[level-1]++
		found.Number = numberOf(p.counts)
	} else if mark := lines.Find(found.Text); mark.Kind > lines.Bullet {
		found.Number, found.Text = mark.Number, mark.Text
	}
	return p.add(found)
}
