package odf

import (
	"cmp"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
)

// A walker turns the blocks of a text into passages.
type walker struct {
	*document
	x        *limit.XML
	count    int  // paragraphs so far
	noted    bool // the blocks are a note's, whose paragraphs do not count
	hidden   bool // the blocks are not shown
	passages []austauschbar.Passage
	pending  []austauschbar.Passage // notes, text boxes, inner tables: they follow the paragraph or row they hang on
	cell     *cell                  // that the blocks stand in; nil outside of tables
	list     *list                  // that the blocks stand in; nil outside of lists
	lastList *counts                // of the last list that was no list's item
	named    map[string]*counts     // of lists by their id
	headings *counts
}

// A paragraph is one text:p or text:h while it is read.
type paragraph struct {
	at         int // 1-based
	style      *style
	depth      int             // of a heading, 1-based; 0 of any other
	unnumbered bool            // it is a heading that takes no number
	value      int             // that its number is set to; -1 none
	gone       bool            // the whole of it is hidden
	text       strings.Builder // that is shown
	hidden     strings.Builder // that is not
	plain      bool            // some of the text shown is not bold
}

// blocks reads what stands below the element that is open.
func (w *walker) blocks() error {
	return w.x.Children(w.block)
}

func (w *walker) block(element start) error {
	switch name := element.Name.Local; name {
	case "p", "h":
		return w.paragraph(element)
	case "list":
		return w.readList(element)
	case "numbered-paragraph":
		return w.numbered(element)
	case "table":
		return w.table()
	case "section":
		return w.section(element)
	case "bibliography", "index-body", "index-title":
		return w.blocks()
	default:
		if shapes[name] {
			err := w.floating()
			if w.cell == nil { // it hangs on the page
				w.flush()
			}
			return err
		}
	}
	return nil // declarations, deleted text, tables of contents and of figures
}

// section reads text:section, which may be hidden, for good or by a condition that
// its program last found to hold.
func (w *walker) section(element start) error {
	outer := w.hidden
	switch limit.Attr(element, "display") {
	case "none":
		w.hidden = true
	case "condition":
		w.hidden = outer || limit.Attr(element, "is-hidden") == "true"
	}
	err := w.blocks()
	w.hidden = outer
	return err
}

func (w *walker) paragraph(element start) error {
	if !w.noted {
		w.count++
	}
	p := &paragraph{at: w.count, style: w.styles.of("paragraph", limit.Attr(element, "style-name")), value: -1}
	p.gone = w.hidden && w.cell == nil // a row says for all its cells that it is hidden
	p.depth = p.style.heading()
	if element.Name.Local == "h" {
		p.depth = min(max(number(limit.Attr(element, "outline-level"), 1), 1), levels)
		p.unnumbered = limit.Attr(element, "is-list-header") == "true"
		if limit.Attr(element, "restart-numbering") == "true" {
			p.value = number(limit.Attr(element, "start-value"), 1)
		}
	}
	err := w.traceParagraph(p, func() error { return w.inline(p, p.style.look) })
	return cmp.Or(err, w.finish(p))
}

// finish makes passages of a paragraph that was read: one of what is shown, one of
// what is hidden.
func (w *walker) finish(p *paragraph) error {
	mark, listed := w.mark(p)
	text, hidden := p.texts()
	if p.gone || p.style.meaning.contents {
		mark = ""
	}
	passage := w.classify(p, listed)
	passage.Text, passage.Number = text, mark
	if w.cell != nil {
		w.cell.add(p, text, mark)
	} else if text != "" {
		if err := w.emit(passage); err != nil {
			return err
		}
	}
	if hidden != "" {
		passage.Text, passage.Number, passage.Hidden = hidden, "", true
		if err := w.meter.Passage(0); err != nil {
			return err
		}
		w.pending = append(w.pending, passage)
	}
	if w.cell == nil {
		w.flush()
	}
	return nil
}

// texts returns what is shown and what is not. Entries of a table of contents repeat
// the headings and are neither.
func (p *paragraph) texts() (text, hidden string) {
	if p.style.meaning.contents {
		return "", ""
	}
	text, hidden = lines.Clean(p.text.String()), lines.Clean(p.hidden.String())
	if p.gone {
		return "", strings.TrimSpace(text + " " + hidden)
	}
	return text, hidden
}

// classify says what a paragraph is.
func (w *walker) classify(p *paragraph, listed bool) austauschbar.Passage {
	passage := austauschbar.Passage{Kind: austauschbar.Paragraph, Paragraph: p.at}
	switch {
	case p.depth > 0:
		passage.Kind, passage.Level = austauschbar.Heading, p.depth
	case listed:
		passage.Kind, passage.Level = austauschbar.Item, w.list.level+1
	case p.style.meaning.quotation:
		passage.Kind = austauschbar.Quotation
	case p.style.meaning.code:
		passage.Kind = austauschbar.Code
	}
	return passage
}

func (w *walker) emit(passage austauschbar.Passage) error {
	if err := w.meter.Passage(len(passage.Cells)); err != nil {
		return err
	}
	w.passages = append(w.passages, passage)
	return nil
}

// flush appends what hangs on the paragraph or row that has just been emitted. It
// was counted when it was read.
func (w *walker) flush() {
	w.passages = append(w.passages, w.pending...)
	w.pending = nil
}

// aside reads what follows the paragraph or row at hand.
func (w *walker) aside(read func() error) error {
	outer := *w
	w.passages, w.pending, w.cell, w.list = nil, nil, nil, nil
	err := read()
	aside := append(w.passages, w.pending...)
	w.passages, w.cell, w.list, w.lastList = outer.passages, outer.cell, outer.list, outer.lastList
	w.pending = append(outer.pending, aside...)
	return err
}

// unread are the elements in a paragraph that are not part of its text.
var unread = map[string]bool{
	"annotation": true, "annotation-end": true, "number": true, "ruby-text": true, "script": true, "tracked-changes": true,
}

// blanks are the elements that stand for white space.
var blanks = map[string]bool{"s": true, "tab": true, "line-break": true}

// inline reads what stands in a paragraph, of which look l is known.
func (w *walker) inline(p *paragraph, l look) error {
	write := func(data []byte) error {
		w.traceText(data, l)
		return w.write(p, data, l)
	}
	return w.x.Content(write, func(element start) error {
		switch name := element.Name.Local; {
		case blanks[name]:
			return write([]byte{' '})
		case unread[name]:
			return nil
		case shapes[name]:
			return w.floating()
		case name == "span":
			return w.traceInline(name, func() error { return w.inline(p, l.within(w.styles.of("text", limit.Attr(element, "style-name")))) })
		case name == "note":
			return w.note()
		case name == "hidden-text":
			return w.hiddenText(p, element, l)
		case name == "hidden-paragraph":
			p.gone = p.gone || limit.Attr(element, "is-hidden") == "true"
		case limit.Attr(element, "display") == "none": // fields that set a variable
			return nil
		}
		return w.traceInline(element.Name.Local, func() error { return w.inline(p, l) }) // links, marks, fields with what they show
	})
}

func (w *walker) write(p *paragraph, data []byte, l look) error {
	if is(l.struck) {
		return nil
	}
	if err := w.meter.Text(len(data)); err != nil {
		return err
	}
	if is(l.hidden) {
		p.hidden.Write(data)
		return nil
	}
	p.text.Write(data)
	p.plain = p.plain || !is(l.bold) && strings.TrimSpace(string(data)) != ""
	return nil
}

// hiddenText reads a field whose text a condition hides or shows. Where it is hidden,
// the text stands in an attribute.
func (w *walker) hiddenText(p *paragraph, element start, l look) error {
	hidden := limit.Attr(element, "is-hidden") == "true"
	if !hidden {
		return w.inline(p, l)
	}
	l.hidden = &hidden
	return w.write(p, []byte(limit.Attr(element, "string-value")+" "), l)
}

// note reads a footnote or endnote. Tables in it stay tables.
func (w *walker) note() error {
	from, outer := len(w.pending), w.noted
	w.noted = true
	err := w.traceAside(false, func() error { return w.aside(w.noteBody) })
	w.noted = outer
	for i, passage := range w.pending[from:] {
		if passage.Kind != austauschbar.Row {
			w.pending[from+i].Kind, w.pending[from+i].Level = austauschbar.Footnote, 0
		}
	}
	return err
}

func (w *walker) noteBody() error {
	return w.x.Children(func(element start) error {
		if element.Name.Local == "note-body" {
			return w.blocks()
		}
		return nil
	})
}

// shapes are the drawings that may hold text.
var shapes = map[string]bool{
	"frame": true, "g": true, "custom-shape": true, "rect": true, "line": true, "polyline": true, "polygon": true, "regular-polygon": true,
	"path": true, "circle": true, "ellipse": true, "connector": true, "caption": true, "measure": true,
}

// floating reads the text of a drawing.
func (w *walker) floating() error {
	return w.traceAside(true, func() error { return w.aside(w.shape) })
}

func (w *walker) shape() error {
	return w.x.Children(func(element start) error {
		switch name := element.Name.Local; {
		case name == "text-box", name == "image", name == "a":
			return w.shape()
		case name == "object":
			return w.object(element)
		case shapes[name]:
			return w.shape()
		}
		return w.block(element)
	})
}

// object notes a gap for a document that is embedded in this one. Formulas and charts
// are none.
func (w *walker) object(element start) error {
	if name := strings.TrimPrefix(limit.Attr(element, "href"), "./"); name != "" {
		if w.embedded[strings.TrimSuffix(name, "/")+"/"] {
			w.tell("not_this_format", "a document embedded in the text is not read")
		}
		return nil
	}
	return w.x.Children(func(element start) error {
		if element.Name.Local == "document" && readable(limit.Attr(element, "mimetype")) {
			w.tell("not_this_format", "a document embedded in the text is not read")
		}
		return nil
	})
}
