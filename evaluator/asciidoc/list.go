package asciidoc

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/lines"
)

// A list is a list while it is open.
type list struct {
	mark  string // that its items begin with: "*", "..", "1.", "::"
	style string // of numbers; "" where items bear none
	next  int
	step  int // 1, or -1 of a reversed list
}

// An item is the first line of an item.
type item struct {
	mark   string // as that of its list
	number int    // as written; 0 where it is not
	style  string
	term   string
	text   string
}

var (
	bulletItem  = regexp.MustCompile(`^[ \t]*(-|\*{1,6}|•)[ \t]+(\S.*)$`)
	dotItem     = regexp.MustCompile(`^[ \t]*(\.{1,5})[ \t]+(\S.*)$`)
	numberItem  = regexp.MustCompile(`^[ \t]*(\d{1,9}\.|[a-zA-Z]\.|[ivx]{1,6}\)|[IVX]{1,6}\))[ \t]+(\S.*)$`)
	calloutItem = regexp.MustCompile(`^<(\d{1,3}|\.)>[ \t]+(\S.*)$`)
	termItem    = regexp.MustCompile(`^[ \t]*(\S.*?)(:{2,4}|;;)(?:[ \t]+(\S.*))?$`)
	box         = regexp.MustCompile(`^\[([ xX*])\][ \t]+(\S.*)$`)
)

// dots are the styles of numbers by the dots that an item begins with.
var dots = []string{"1", "a", "i", "A", "I"}

// itemOf returns the item that a line begins; nil where it begins none.
func itemOf(text string) *item {
	start := strings.TrimLeft(text, " \t")
	if start == "" {
		return nil
	}
	if m := bulletItem.FindStringSubmatch(text); m != nil {
		return &item{mark: m[1], text: m[2]}
	}
	if m := dotItem.FindStringSubmatch(text); m != nil {
		return &item{mark: m[1], style: dots[len(m[1])-1], text: m[2]}
	}
	if m := numberItem.FindStringSubmatch(text); m != nil {
		found := &item{text: m[2]}
		switch first := m[1][0]; {
		case first >= '0' && first <= '9':
			found.mark, found.style = "1.", "1"
			found.number, _ = strconv.Atoi(strings.TrimSuffix(m[1], "."))
		case m[1][len(m[1])-1] == ')' && first >= 'a':
			found.mark, found.style = "i)", "i"
		case m[1][len(m[1])-1] == ')':
			found.mark, found.style = "I)", "I"
		case first >= 'a':
			found.mark, found.style = "a.", "a"
		default:
			found.mark, found.style = "A.", "A"
		}
		return found
	}
	if m := calloutItem.FindStringSubmatch(text); m != nil {
		return &item{mark: "<>", style: "1", text: m[2]}
	}
	if !strings.Contains(text, "::") && !strings.Contains(text, ";;") {
		return nil
	}
	if m := termItem.FindStringSubmatch(text); m != nil {
		return &item{mark: m[2], term: m[1], text: m[3]}
	}
	return nil
}

// item reads an item up to what ends its text.
func (p *parser) item(i *item, in within) error {
	p.attached = false
	attrs := p.take()
	if err := p.endTerm(); err != nil {
		return err
	}
	l := p.listOf(i, attrs)
	number := p.lines[p.at].number
	found := austauschbar.Passage{Kind: austauschbar.Item, Level: in.lists + len(p.lists), Line: number}
	if l.style != "" {
		found.Number = lines.Ordinal(l.style, l.next) + "."
		l.next += l.step
	}
	text := i.text
	if m := box.FindStringSubmatch(text); m != nil && i.style == "" && i.term == "" {
		found.Number, text = "[x]", m[2]
		if m[1] == " " {
			found.Number = "[ ]"
		}
	}
	parts := []string{text}
	for p.at++; p.at < len(p.lines); p.at++ {
		next := p.lines[p.at].text
		if next == "//" {
			continue
		}
		if next == "" || next == "+" || breaks(next) || caption.MatchString(next) || itemOf(next) != nil {
			break
		}
		parts = append(parts, next)
	}
	found.Text = joined(parts)
	if i.term == "" {
		return p.say(found, in)
	}
	term, notes := inline(i.term)
	if term != "" {
		p.term = &austauschbar.Passage{Kind: austauschbar.Paragraph, Text: term, Line: number}
	}
	if strings.TrimSpace(found.Text) != "" {
		described, more := inline(found.Text)
		notes = append(notes, more...)
		if err := p.add(austauschbar.Passage{Kind: austauschbar.Paragraph, Text: described, Line: number}); err != nil {
			return err
		}
	} else {
		p.attached = true // what comes next describes the term
	}
	return p.footnotes(notes, number)
}

// listOf returns the list that an item belongs to: an open one with the same mark, or
// a new one within the innermost.
func (p *parser) listOf(i *item, attrs attributes) *list {
	for depth := len(p.lists) - 1; depth >= 0; depth-- {
		if p.lists[depth].mark != i.mark {
			continue
		}
		if attrs.set {
			p.lists = p.lists[:depth] // attributes begin a list
			break
		}
		p.lists = p.lists[:depth+1]
		return p.lists[depth]
	}
	l := &list{mark: i.mark, style: i.style, next: max(i.number, 1), step: 1}
	if start, err := strconv.Atoi(attrs.named["start"]); err == nil {
		l.next = start
	}
	if style := listStyles[attrs.style]; style != "" && l.style != "" {
		l.style = style
	}
	if attrs.options["reversed"] {
		l.step = -1
		if attrs.named["start"] == "" {
			l.next = p.count(i.mark)
		}
	}
	if len(p.lists) < maxLists {
		p.lists = append(p.lists, l)
	}
	return l
}

// maxLists is how deep lists nest; AsciiDoc has 16 marks.
const maxLists = 16

// count counts the items of the list that begins at the parser's place.
func (p *parser) count(mark string) int {
	count := 0
	for at := p.at; at < len(p.lines); at++ {
		text := p.lines[at].text
		if i := itemOf(text); i != nil && i.mark == mark {
			count++
		} else if attributeList.MatchString(text) {
			break
		} else if text != "" && i == nil && at > 0 && p.lines[at-1].text == "" {
			break
		}
	}
	return count
}

// listStyles are the styles of numbers by their names.
var listStyles = map[string]string{
	"arabic": "1", "decimal": "1", "loweralpha": "a", "upperalpha": "A", "lowerroman": "i", "upperroman": "I",
}
