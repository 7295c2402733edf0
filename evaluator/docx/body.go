package docx

import (
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
	"github.com/austauschbar/austauschbar/evaluator/office"
)

// A walker turns a stream of blocks, which is the body, a note or a text box, into
// passages.
type walker struct {
	*document
	x        *limit.XML
	counted  bool // the blocks are the body's, so that paragraphs count
	count    int  // paragraphs so far
	passages []austauschbar.Passage
	pending  []austauschbar.Passage // notes, text boxes, inner tables: they follow the paragraph or row they hang on
	cell     *cell                  // that the blocks stand in; nil outside tables
	carried  *paragraph             // whose end is deleted, so that the next goes on with it; nil where none is
	contents contents
	titles   []title // passages that may be headings, in order
	trace    *trace  // of the body; nil elsewhere and where nobody asks
}

// A paragraph is one w:p while it is read.
type paragraph struct {
	at      int // 1-based
	style   string
	outline int // -1 where the paragraph says nothing
	list    listing
	joined  bool            // its end is deleted, so that the next paragraph continues it
	endless *bool           // its end is hidden; nil where nothing is said
	text    strings.Builder // that is shown
	hidden  strings.Builder // that is not
	fields  []field         // that are open
	plain   bool            // some of the text shown is not bold
}

// blocks reads what stands below the element that is open.
func (w *walker) blocks() error {
	return w.x.Children(func(element start) error {
		switch element.Name.Local {
		case "p":
			return w.paragraph()
		case "tbl":
			return w.table()
		case "AlternateContent":
			return w.choice(w.blocks)
		case "sdt":
			return w.control()
		case "body", "sdtContent", "customXml", "ins", "moveTo", "smartTag":
			return w.blocks()
		case "altChunk":
			w.tell()
		}
		return nil
	})
}

// tell notes a gap for documents that are embedded in this one, once.
func (w *walker) tell() {
	if !w.told {
		w.told = true
		w.text.Gaps = append(w.text.Gaps, austauschbar.Gap{Reason: "not_this_format", Detail: "a document embedded in the text is not read"})
	}
}

// choice reads the first alternative of mc:AlternateContent. The others repeat it
// for older programs.
func (w *walker) choice(read func() error) error {
	chosen := false
	return w.x.Children(func(element start) error {
		if chosen || element.Name.Local != "Choice" && element.Name.Local != "Fallback" {
			return nil
		}
		chosen = true
		return read()
	})
}

func (w *walker) paragraph() error {
	if w.counted {
		w.count++
	}
	p := w.begin()
	w.traceParagraph(p)
	err := w.inline(p, true)
	w.traceEnd()
	return first(err, w.finish(p))
}

// begin returns a paragraph with what it goes on with.
func (w *walker) begin() *paragraph {
	p := w.carried
	if p == nil {
		p = &paragraph{}
	}
	w.carried = nil
	p.at, p.style, p.outline, p.list = w.count, "", -1, listing{level: -1}
	p.joined, p.endless, p.fields = false, nil, nil
	return p
}

// first returns the first error: what was read before it is finished all the same.
func first(err, later error) error {
	if err != nil {
		return err
	}
	return later
}

// finish makes passages of a paragraph that was read: one of what is shown, one of
// what is hidden.
func (w *walker) finish(p *paragraph) error {
	if p.joined {
		w.carried = p
		return nil
	}
	p.style = w.styles.or(p.style)
	text, hidden := lines.Clean(p.text.String()), lines.Clean(p.hidden.String())
	var counted count
	if text != "" || !is(w.styles.run(run{hidden: p.endless}, p.style).hidden) { // Word does not count what it hides
		counted = w.mark(p)
	}
	if w.styles.named(p.style, office.StyleName.Contents) {
		text, hidden, counted.mark = "", "", ""
	}
	if w.cell != nil {
		w.cell.add(p, text, counted.mark)
	} else if text != "" {
		passage := w.classify(p, counted)
		passage.Text, passage.Number = text, counted.mark
		if err := w.emit(passage); err != nil {
			return err
		}
		w.consider(p, passage)
	}
	if hidden != "" {
		passage := w.classify(p, counted)
		passage.Text, passage.Hidden = hidden, true
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

// release ends a paragraph that had no other to go on in.
func (w *walker) release() error {
	if w.carried == nil {
		return nil
	}
	return w.finish(w.begin())
}

// A count is what a list makes of a paragraph.
type count struct {
	listed bool // the paragraph belongs to a list
	level  int  // from 0
	mark   string
}

// mark counts a paragraph in its list.
func (w *walker) mark(p *paragraph) count {
	list, by := w.styles.listing(p.style, p.list)
	if list.num == "" || list.num == "0" {
		return count{}
	}
	if list.level < 0 {
		list.level = w.numbering.styled(list.num, or(by, p.style))
	}
	level := min(max(list.level, 0), levels-1)
	mark, listed := w.numbering.next(list.num, level)
	return count{listed, level, mark}
}

// classify says what a paragraph is.
func (w *walker) classify(p *paragraph, counted count) austauschbar.Passage {
	passage := austauschbar.Passage{Kind: austauschbar.Paragraph, Paragraph: p.at}
	depth := w.styles.heading(p.style)
	if p.outline >= 0 {
		depth = outlineDepth(p.outline)
	}
	switch {
	case depth > 0:
		passage.Kind, passage.Level = austauschbar.Heading, depth
	case counted.listed:
		passage.Kind, passage.Level = austauschbar.Item, counted.level+1
	case w.styles.named(p.style, office.StyleName.Quotation):
		passage.Kind = austauschbar.Quotation
	case w.styles.named(p.style, office.StyleName.Code):
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

// aside reads blocks whose passages follow the paragraph or row at hand.
func (w *walker) aside(read func() error) error {
	outer := *w
	w.passages, w.pending, w.cell, w.carried, w.contents, w.titles = nil, nil, nil, nil, contents{}, nil
	err := first(w.traceAside(read), w.release())
	aside := append(w.passages, w.pending...)
	w.passages, w.cell, w.carried, w.contents, w.titles = outer.passages, outer.cell, outer.carried, outer.contents, outer.titles
	w.pending = append(outer.pending, aside...)
	return err
}

// inline reads what stands in a paragraph, or deeper in it.
func (w *walker) inline(p *paragraph, direct bool) error {
	return w.x.Children(func(element start) error {
		name := element.Name.Local
		switch {
		case name == "pPr":
			return w.properties(p)
		case name == "fldSimple" && repeats(limit.Attr(element, "instr")):
			return nil
		case name == "del", name == "moveFrom", name == "rt", strings.HasSuffix(name, "Pr"):
			return nil
		case name == "r":
			err := w.run(p, direct)
			w.traceJoint(p, direct)
			return err
		}
		err := w.traceInline(name, func() error { return w.within(p, name) })
		w.traceJoint(p, direct)
		return err
	})
}

// within reads an element of a paragraph that is no run: hyperlinks, fields, content
// controls, …
func (w *walker) within(p *paragraph, name string) error {
	switch name {
	case "AlternateContent":
		return w.choice(func() error { return w.inline(p, false) })
	case "oMath":
		return w.formula(p)
	}
	return w.inline(p, false)
}

// properties reads pPr.
func (w *walker) properties(p *paragraph) error {
	err := w.x.Children(func(element start) error {
		switch element.Name.Local {
		case "pStyle":
			p.style = limit.Attr(element, "val")
		case "outlineLvl":
			p.outline = number(limit.Attr(element, "val"), -1)
		case "numPr":
			return readListing(w.x, &p.list)
		case "rPr": // of the paragraph's end
			return w.x.Children(func(element start) error {
				switch element.Name.Local {
				case "del", "moveFrom":
					p.joined = true
				case "vanish":
					hidden := on(limit.Attr(element, "val"), true)
					p.endless = &hidden
				}
				return nil
			})
		}
		return nil
	})
	w.traceProperties(p.style)
	return err
}

// run reads w:r, text of one look, which stands directly in the paragraph or deeper.
func (w *walker) run(p *paragraph, direct bool) error {
	return w.traceRun(p, direct, func() error { return w.content(p) })
}

// content reads what stands in a run.
func (w *walker) content(p *paragraph) error {
	var direct run
	look := w.styles.run(direct, w.styles.or(p.style))
	var content func() error
	content = func() error {
		return w.x.Children(func(element start) error {
			w.traceElement()
			switch element.Name.Local {
			case "rPr":
				if err := readRun(w.x, &direct); err != nil {
					return err
				}
				w.traceRunProperties()
				look = w.styles.run(direct, direct.style, w.styles.or(p.style))
				return nil
			case "AlternateContent":
				return w.traceBelow(func() error { return w.choice(content) })
			case "ruby", "rubyBase":
				return w.traceBelow(func() error { return w.inline(p, false) })
			case "fldChar":
				return w.fieldPart(p, element, look)
			case "instrText":
				return p.instruct(w.x)
			}
			if is(look.struck) || p.instructs() {
				return nil
			}
			return w.visible(p, element, look)
		})
	}
	return content()
}

// visible reads one element of a run that is part of the text.
func (w *walker) visible(p *paragraph, element start, look run) error {
	switch element.Name.Local {
	case "t":
		text, err := w.x.Text()
		return first(err, w.writeStored(p, inFont(look.font, text), text, look))
	case "tab", "ptab", "br", "cr":
		return w.write(p, " ", look)
	case "noBreakHyphen":
		return w.write(p, "-", look)
	case "sym":
		return w.write(p, symbol(limit.Attr(element, "font"), limit.Attr(element, "char")), look)
	}
	if is(look.hidden) {
		return nil
	}
	switch element.Name.Local {
	case "footnoteReference":
		w.note(p, w.footnotes, limit.Attr(element, "id"))
	case "endnoteReference":
		w.note(p, w.endnotes, limit.Attr(element, "id"))
	case "drawing", "pict", "object":
		return w.boxes()
	}
	return nil
}

func (w *walker) write(p *paragraph, text string, look run) error {
	return w.writeStored(p, text, "", look)
}

// writeStored writes a text that an element holds as it is stored; "" where the element
// holds none.
func (w *walker) writeStored(p *paragraph, text, stored string, look run) error {
	w.traceText(text, stored, is(look.hidden))
	if err := w.meter.Text(len(text)); err != nil {
		return err
	}
	if is(look.hidden) {
		p.hidden.WriteString(text)
		return nil
	}
	p.text.WriteString(text)
	p.plain = p.plain || !is(look.bold) && strings.TrimSpace(text) != ""
	return nil
}

// note puts a note behind the first paragraph that refers to it.
func (w *walker) note(p *paragraph, all notes, id string) {
	for _, passage := range all[id] {
		passage.Paragraph = p.at
		w.pending = append(w.pending, passage)
	}
	delete(all, id)
}

// boxes reads the text boxes of a drawing and counts its pictures.
func (w *walker) boxes() error {
	return w.x.Children(func(element start) error {
		switch element.Name.Local {
		case "relIds":
			return w.diagram(limit.Attr(element, "dm"))
		case "pic", "imagedata":
			w.pictures++
		case "txbxContent":
			return w.aside(w.blocks)
		case "AlternateContent":
			return w.choice(w.boxes)
		}
		return w.boxes()
	})
}
