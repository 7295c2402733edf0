package html

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// A tag is a start tag.
type tag struct {
	name  atom.Atom // 0 for what HTML does not know
	attrs map[string]string
}

// tag reads the start tag that the tokenizer has found.
func (w *walker) tag() tag {
	name, more := w.tokens.TagName()
	t := tag{name: atom.Lookup(name)}
	for more {
		var key, value []byte
		key, value, more = w.tokens.TagAttr()
		if t.attrs == nil {
			t.attrs = map[string]string{}
		}
		if _, twice := t.attrs[string(key)]; !twice {
			t.attrs[string(key)] = string(value)
		}
	}
	return t
}

func (t tag) has(key string) bool {
	_, found := t.attrs[key]
	return found
}

// number returns a whole number from an attribute, or the value given.
func (t tag) number(key string, otherwise int) int {
	n, err := strconv.Atoi(strings.TrimSpace(t.attrs[key]))
	if err != nil {
		return otherwise
	}
	return n
}

func (t tag) class(names ...string) bool {
	for class := range strings.FieldsSeq(t.attrs["class"]) {
		for _, name := range names {
			if class == name {
				return true
			}
		}
	}
	return false
}

func (t tag) role(names ...string) bool {
	for _, name := range names {
		if t.attrs["role"] == name {
			return true
		}
	}
	return false
}

// set is a set of elements.
func set(names ...atom.Atom) map[atom.Atom]bool {
	s := map[atom.Atom]bool{}
	for _, name := range names {
		s[name] = true
	}
	return s
}

var (
	// blocks begin and end lines.
	blocks = set(atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Caption, atom.Center, atom.Dd,
		atom.Details, atom.Dialog, atom.Dir, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer,
		atom.Form, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Head, atom.Header, atom.Hgroup, atom.Html,
		atom.Legend, atom.Li, atom.Listing, atom.Main, atom.Menu, atom.Nav, atom.Ol, atom.P, atom.Plaintext, atom.Pre,
		atom.Section, atom.Summary, atom.Table, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr, atom.Ul, atom.Xmp)
	// unseen hold what is no text of the page.
	unseen = set(atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Svg, atom.Title, atom.Iframe, atom.Noembed,
		atom.Noframes, atom.Canvas, atom.Audio, atom.Video, atom.Button, atom.Select, atom.Datalist, atom.Rp, atom.Rt,
		atom.Del, atom.S, atom.Strike)
	// empty have no end tag.
	empty = set(atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Frame, atom.Hr, atom.Img, atom.Input, atom.Link,
		atom.Meta, atom.Param, atom.Source, atom.Track, atom.Wbr)
	// marked change the meaning of text within a line.
	marked = set(atom.B, atom.Strong, atom.Sup)
)

// start opens an element.
func (w *walker) start(t tag, closed bool) error {
	if empty[t.name] {
		return w.void(t)
	}
	if t.name == atom.Td || t.name == atom.Th || t.name == atom.Tr {
		if w.top().table == nil {
			if !w.fragment {
				return w.flush()
			}
			if err := w.push(tag{name: atom.Table}); err != nil {
				return err
			}
		}
	}
	if err := w.imply(t.name); err != nil {
		return err
	}
	if closed && w.xml {
		w.tokens.NextIsNotRawText()
		if !blocks[t.name] {
			return nil
		}
	}
	if err := w.push(t); err != nil {
		return err
	}
	if closed && w.xml {
		return w.end(t.name)
	}
	return nil
}

// void takes an element that has no content.
func (w *walker) void(t tag) error {
	switch t.name {
	case atom.Br:
		return w.lineBreak()
	case atom.Hr:
		return w.flush()
	case atom.Img:
		if alt := strings.TrimSpace(t.attrs["alt"]); alt != "" {
			w.space()
			w.write(html.EscapeString(alt))
			w.space()
		}
	}
	return nil
}

// imply ends the elements that the beginning of another one ends.
func (w *walker) imply(name atom.Atom) error {
	if blocks[name] {
		if err := w.endParagraph(); err != nil {
			return err
		}
	}
	switch name {
	case atom.Li:
		return w.endWithin(set(atom.Ul, atom.Ol, atom.Menu, atom.Dir, atom.Table, atom.Td, atom.Th), atom.Li)
	case atom.Dt, atom.Dd:
		return w.endWithin(set(atom.Dl, atom.Table, atom.Td, atom.Th), atom.Dt, atom.Dd)
	case atom.Td, atom.Th:
		return w.endWithin(set(atom.Table), atom.Td, atom.Th, atom.Caption)
	case atom.Tr:
		return w.endWithin(set(atom.Table), atom.Tr, atom.Td, atom.Th, atom.Caption)
	case atom.Thead, atom.Tbody, atom.Tfoot:
		return w.endWithin(set(atom.Table), atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr, atom.Td, atom.Th, atom.Caption)
	}
	return nil
}

// endParagraph ends the paragraph whose text is being read.
func (w *walker) endParagraph() error {
	for at := len(w.stack) - 1; at > 0; at-- {
		if name := w.stack[at].name; name == atom.P {
			return w.leave(at)
		} else if blocks[name] {
			return nil
		}
	}
	return nil
}

// endWithin ends the outermost of the elements named that is open within the
// innermost of some others.
func (w *walker) endWithin(bounds map[atom.Atom]bool, names ...atom.Atom) error {
	ends := set(names...)
	outermost := 0
	for at := len(w.stack) - 1; at > 0; at-- {
		if ends[w.stack[at].name] {
			outermost = at
		} else if bounds[w.stack[at].name] {
			break
		}
	}
	if outermost == 0 {
		return nil
	}
	return w.leave(outermost)
}

// push puts an element on the stack unless it means nothing for the text.
func (w *walker) push(t tag) error {
	if blocks[t.name] {
		if err := w.flush(); err != nil {
			return err
		}
	}
	above := w.top()
	if t.name == atom.Tr {
		if err := w.endRow(above.table); err != nil {
			return err
		}
	}
	e := w.meaning(t, *above)
	if !blocks[t.name] && !marked[t.name] && w.open[t.name] == 0 && e.same(*above) {
		return nil
	}
	if len(w.stack) >= limit.Depth && (!e.skip || len(w.stack) >= 2*limit.Depth) {
		if blocks[t.name] {
			w.extra++
		}
		return nil
	}
	if unseen[t.name] && !above.skip {
		w.space()
	}
	w.stack = append(w.stack, e)
	w.open[t.name]++
	return nil
}

// same reports whether text in an inline element means the same as around it.
func (e element) same(other element) bool {
	return e.skip == other.skip && e.mark == other.mark && e.anchor == other.anchor && e.bold == other.bold
}

// end closes an element, and those that were left open in it.
func (w *walker) end(name atom.Atom) error {
	if w.extra > 0 && blocks[name] {
		w.extra--
		return w.flush()
	}
	if name == atom.Br {
		return w.lineBreak()
	}
	if w.open[name] > 0 {
		for at := len(w.stack) - 1; at > 0 && !w.bounds(at, name); at-- {
			if w.stack[at].name == name {
				return w.leave(at)
			}
		}
	}
	if blocks[name] {
		return w.flush()
	}
	return nil
}

// bounds reports whether an open element keeps an end tag within it from ending
// what is around it.
func (w *walker) bounds(at int, name atom.Atom) bool {
	switch open := w.stack[at].name; open {
	case name:
		return false
	case atom.Td, atom.Th, atom.Caption:
		return name != atom.Table && name != atom.Tr && name != atom.Tbody && name != atom.Thead && name != atom.Tfoot && name != atom.Body && name != atom.Html
	case atom.Table:
		return name != atom.Body && name != atom.Html
	case atom.Ul, atom.Ol:
		return name == atom.Li
	case atom.Dl:
		return name == atom.Dd || name == atom.Dt
	}
	return false
}

// leave closes the open elements down to the one at an index of the stack; 0 ends
// the page.
func (w *walker) leave(to int) error {
	for at := len(w.stack) - 1; at >= to; at-- {
		e := w.stack[at]
		if blocks[e.name] || at == 0 {
			if err := w.flush(); err != nil {
				return err
			}
		}
		if at == 0 {
			return nil
		}
		w.stack = w.stack[:at]
		w.open[e.name]--
		if err := w.left(e); err != nil {
			return err
		}
	}
	return nil
}

// left settles what a closed element was collecting.
func (w *walker) left(e element) error {
	above := w.top()
	if e.table != nil && (e.name == atom.Tr || e.table != above.table) {
		if err := w.endRow(e.table); err != nil {
			return err
		}
	}
	if e.table != above.table {
		if err := w.endTable(e.table); err != nil {
			return err
		}
	}
	if e.list != nil && e.list != above.list && e.list.counted {
		e.list.renumber(w.sink(above.cell))
	}
	if e.terms != nil && e.terms != above.terms {
		return w.endTerms(e.terms, above.cell)
	}
	return nil
}

// meaning returns what an element means for the text in it.
func (w *walker) meaning(t tag, e element) element {
	e.name = t.name
	if !blocks[t.name] {
		return w.inline(t, e)
	}
	e.hidden = e.hidden || t.hides() || t.name == atom.Dialog && !t.has("open")
	e.main = e.main || t.name == atom.Main || t.name == atom.Article && !w.furniture.main || t.role("main")
	e.skip = e.skip || w.furniture.holds(t, e.main)
	e.bold = e.bold || t.bold()
	switch t.name {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		e.heading(int(t.name.String()[1] - '0'))
	case atom.Blockquote:
		e.kind, e.item = austauschbar.Quotation, nil
	case atom.Pre, atom.Listing, atom.Xmp, atom.Plaintext:
		e.kind, e.item = austauschbar.Code, nil
	case atom.Ul, atom.Menu, atom.Dir, atom.Ol:
		e.lists++
		e.list, e.item = newList(t), nil
	case atom.Li:
		e.item = newItem(t, &e)
	case atom.Dl:
		e.terms, e.item = &terms{}, nil
	case atom.Dt, atom.Dd:
		e.term = t.name == atom.Dt && e.terms != nil
	case atom.Table:
		e.table, e.item, e.heads = &table{outer: e.cell, layout: t.role("presentation", "none")}, nil, false
		if e.cell != nil {
			e.cell.complex = true
		}
	case atom.Thead:
		e.heads = true
	case atom.Tr:
		e.table.row = &row{heads: e.heads}
	case atom.Td, atom.Th:
		e.cell, e.item, e.list, e.lists, e.terms = w.openCell(e.table, t, e.heads), nil, nil, 0, nil
		e.bold = t.bold()
		e.skip = e.skip || t.hides()
	case atom.P, atom.Div:
		e.level = max(e.level, wordLevel(t))
	}
	if t.role("heading") && e.kind == "" {
		e.heading(min(max(t.number("aria-level", 2), 1), 9))
	}
	if notes(t) && e.kind != austauschbar.Heading {
		e.kind = austauschbar.Footnote
	}
	return e
}

// heading makes the text a heading's, unless it is quoted.
func (e *element) heading(level int) {
	if e.kind == "" {
		e.kind, e.level, e.item = austauschbar.Heading, level, nil
	}
}

// inline returns what an element within a line means for the text in it.
func (w *walker) inline(t tag, e element) element {
	e.skip = e.skip || unseen[t.name] || t.hides()
	e.bold = e.bold || t.bold()
	if t.name == atom.Sup {
		e.raised = true
		e.skip = e.skip || e.anchor || t.class("footnote", "reference")
	}
	e.mark = e.mark || strings.Contains(t.attrs["style"], "mso-list:Ignore") || t.class("sdfootnotesym", "sdendnotesym")
	if t.name == atom.A && strings.HasPrefix(t.attrs["href"], "#") {
		e.anchor = true
		e.skip = e.skip || e.raised || t.role("doc-noteref", "doc-backlink") || t.class("footnote-ref", "footnote-back")
	}
	return e
}

// unseenStyle finds the styles that hide an element.
var unseenStyle = regexp.MustCompile(`(?i)(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)`)

// hides reports whether an element hides itself.
func (t tag) hides() bool {
	return t.has("hidden") || unseenStyle.MatchString(t.attrs["style"])
}

// boldStyle finds the styles of bold type.
var boldStyle = regexp.MustCompile(`(?i)font-weight\s*:\s*(?:bold|[6-9]00)`)

func (t tag) bold() bool {
	return t.name == atom.B || t.name == atom.Strong || t.name == atom.Th || t.attrs["style"] != "" && boldStyle.MatchString(t.attrs["style"])
}

// notes reports whether an element is a footnote: as pandoc, Asciidoctor,
// LibreOffice and Word write them.
func notes(t tag) bool {
	id := t.attrs["id"]
	return t.role("doc-footnote", "doc-endnote") || t.name == atom.Div && (t.class("footnote") ||
		strings.HasPrefix(id, "sdfootnote") || strings.HasPrefix(id, "sdendnote") || strings.Contains(t.attrs["style"], "mso-element:footnote") && id != "")
}

// furniture says how to tell a page's content from the site around it.
type furniture struct {
	keep    bool // all of it
	main    bool // the page marks its main content
	dropped bool // some was
}

// consent finds the names of dialogues that ask for cookies.
var consent = regexp.MustCompile(`(?i)cookie[-_ ]?(?:banner|consent|notice|bar|layer|hint|dialog|overlay)|consent[-_ ]?(?:banner|manager|dialog|layer)|usercentrics`)

// holds reports whether an element is part of the site around the content.
func (f *furniture) holds(t tag, main bool) bool {
	if f.keep {
		return false
	}
	site := t.name == atom.Nav || t.role("navigation", "search", "menu", "menubar") || consent.MatchString(t.attrs["id"]) || consent.MatchString(t.attrs["class"])
	around := t.name == atom.Header || t.name == atom.Footer || t.name == atom.Aside || t.role("banner", "contentinfo", "complementary")
	if site || around && f.main && !main {
		f.dropped = true
		return true
	}
	return false
}
