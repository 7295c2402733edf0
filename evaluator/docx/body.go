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
	carried  string                 // text of paragraphs whose end is deleted
}

// A paragraph is one w:p while it is read.
type paragraph struct {
	at      int // 1-based
	style   string
	outline int // -1 where the paragraph says nothing
	list    listing
	joined  bool // its end is deleted, so that the next paragraph continues it
	text    strings.Builder
	fields  []bool // of each field that is open: whether it still is at its instruction
	plain   bool   // some of the text is not bold
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
		case "body", "sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag":
			return w.blocks()
		case "altChunk":
			w.text.Gaps = append(w.text.Gaps, austauschbar.Gap{Reason: "not_this_format", Detail: "a document embedded in the text is not read"})
		}
		return nil
	})
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
	p := &paragraph{at: w.count, outline: -1, list: listing{level: -1}}
	p.text.WriteString(w.carried)
	w.carried = ""
	err := w.inline(p)
	return first(err, w.finish(p))
}

// first returns the first error: what was read before it is finished all the same.
func first(err, later error) error {
	if err != nil {
		return err
	}
	return later
}

// finish makes a passage of a paragraph that was read.
func (w *walker) finish(p *paragraph) error {
	if p.joined {
		w.carried = p.text.String()
		return nil
	}
	p.style = w.styles.or(p.style)
	mark, listed := w.mark(p)
	text := lines.Clean(p.text.String())
	if w.styles.named(p.style, office.StyleName.Contents) {
		text, mark = "", ""
	}
	if w.cell != nil {
		w.cell.add(p, text, mark)
		return nil
	}
	if text != "" {
		passage := austauschbar.Passage{Kind: austauschbar.Paragraph, Text: text, Number: mark, Paragraph: p.at}
		w.classify(p, listed, &passage)
		if err := w.emit(passage); err != nil {
			return err
		}
	}
	w.flush()
	return nil
}

// release ends a paragraph that had no other to go on in.
func (w *walker) release() error {
	if w.carried == "" {
		return nil
	}
	p := &paragraph{at: w.count, outline: -1, list: listing{level: -1}}
	p.text.WriteString(w.carried)
	w.carried = ""
	return w.finish(p)
}

// mark counts a paragraph in its list and returns its number.
func (w *walker) mark(p *paragraph) (mark string, listed bool) {
	list, by := w.styles.listing(p.style, p.list)
	if list.num == "" || list.num == "0" {
		return "", false
	}
	if list.level < 0 {
		list.level = w.numbering.styled(list.num, or(by, p.style))
	}
	return w.numbering.next(list.num, list.level)
}

// classify says what a paragraph is.
func (w *walker) classify(p *paragraph, listed bool, passage *austauschbar.Passage) {
	depth := w.styles.heading(p.style)
	if p.outline >= 0 {
		depth = outlineDepth(p.outline)
	}
	list, _ := w.styles.listing(p.style, p.list)
	switch {
	case depth > 0:
		passage.Kind, passage.Level = austauschbar.Heading, depth
	case listed:
		passage.Kind, passage.Level = austauschbar.Item, min(max(list.level, 0), levels-1)+1
	case w.styles.named(p.style, office.StyleName.Quotation):
		passage.Kind = austauschbar.Quotation
	case w.styles.named(p.style, office.StyleName.Code):
		passage.Kind = austauschbar.Code
	}
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
	w.passages, w.pending, w.cell, w.carried = nil, nil, nil, ""
	err := first(read(), w.release())
	aside := append(w.passages, w.pending...)
	w.passages, w.cell, w.carried = outer.passages, outer.cell, outer.carried
	w.pending = append(outer.pending, aside...)
	return err
}

// inline reads what stands in a paragraph.
func (w *walker) inline(p *paragraph) error {
	return w.x.Children(func(element start) error {
		switch name := element.Name.Local; {
		case name == "pPr":
			return w.properties(p)
		case name == "r":
			return w.run(p)
		case name == "AlternateContent":
			return w.choice(func() error { return w.inline(p) })
		case name == "del", name == "moveFrom", name == "rt", strings.HasSuffix(name, "Pr"):
			return nil
		}
		return w.inline(p) // hyperlinks, fields, content controls, formulas, …
	})
}

// properties reads pPr.
func (w *walker) properties(p *paragraph) error {
	return w.x.Children(func(element start) error {
		switch element.Name.Local {
		case "pStyle":
			p.style = limit.Attr(element, "val")
		case "outlineLvl":
			p.outline = number(limit.Attr(element, "val"), -1)
		case "numPr":
			return readListing(w.x, &p.list)
		case "rPr": // of the paragraph's end
			return w.x.Children(func(element start) error {
				if name := element.Name.Local; name == "del" || name == "moveFrom" {
					p.joined = true
				}
				return nil
			})
		}
		return nil
	})
}

// run reads w:r: text of one look.
func (w *walker) run(p *paragraph) error {
	var direct run
	look := w.styles.run(direct, w.styles.or(p.style))
	var content func() error
	content = func() error {
		return w.x.Children(func(element start) error {
			switch element.Name.Local {
			case "rPr":
				if err := readRun(w.x, &direct); err != nil {
					return err
				}
				look = w.styles.run(direct, direct.style, w.styles.or(p.style))
				return nil
			case "AlternateContent":
				return w.choice(content)
			case "ruby", "rubyBase":
				return w.inline(p)
			case "fldChar":
				p.field(limit.Attr(element, "fldCharType"))
				return nil
			}
			if is(look.hidden) || is(look.struck) || p.instructs() {
				return nil
			}
			return w.visible(p, element, is(look.bold))
		})
	}
	return content()
}

// visible reads one element of a run that is shown.
func (w *walker) visible(p *paragraph, element start, bold bool) error {
	switch element.Name.Local {
	case "t":
		text, err := w.x.Text()
		return first(err, w.write(p, text, bold))
	case "tab", "ptab", "br", "cr":
		return w.write(p, " ", true)
	case "noBreakHyphen":
		return w.write(p, "-", bold)
	case "footnoteReference":
		w.note(p, w.footnotes, limit.Attr(element, "id"))
	case "endnoteReference":
		w.note(p, w.endnotes, limit.Attr(element, "id"))
	case "drawing", "pict", "object":
		return w.boxes()
	}
	return nil
}

func (w *walker) write(p *paragraph, text string, bold bool) error {
	if err := w.meter.Text(len(text)); err != nil {
		return err
	}
	p.text.WriteString(text)
	p.plain = p.plain || !bold && strings.TrimSpace(text) != ""
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

// boxes reads the text boxes of a drawing.
func (w *walker) boxes() error {
	return w.x.Children(func(element start) error {
		switch element.Name.Local {
		case "txbxContent":
			return w.aside(w.blocks)
		case "AlternateContent":
			return w.choice(w.boxes)
		}
		return w.boxes()
	})
}

// field follows the parts of a complex field: an instruction, then the result that
// is shown.
func (p *paragraph) field(part string) {
	switch last := len(p.fields) - 1; {
	case part == "begin":
		p.fields = append(p.fields, true)
	case last < 0: // the field began in an earlier paragraph
	case part == "separate":
		p.fields[last] = false
	case part == "end":
		p.fields = p.fields[:last]
	}
}

// instructs says whether what follows is a field's instruction.
func (p *paragraph) instructs() bool {
	for _, instruction := range p.fields {
		if instruction {
			return true
		}
	}
	return false
}
