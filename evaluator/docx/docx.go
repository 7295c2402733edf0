// Package docx reads Word documents (.docx, .docm and their templates, transitional
// and strict): what a person would read on the page, with the clause numbers that
// Word computes. Changes that were tracked count as accepted. Struck text, comments,
// headers, footers and tables of contents are left out; hidden text is read and
// marked.
package docx

import (
	"context"
	"fmt"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// Read turns a Word document into passages. Paragraphs are counted through the
// document, empty ones and those in tables too; a row bears the number of its first
// paragraph, a footnote that of the paragraph that refers to it. Cells are numbered
// within their table, "A1" being its upper left corner.
//
// The error is a *limit.Refusal where nothing could be read. A limit or damage met
// midway becomes a gap of the text.
func Read(ctx context.Context, data []byte) (austauschbar.Text, error) {
	return readTraced(ctx, data, nil)
}

// readTraced is Read with a trace of the body, nil for none.
func readTraced(ctx context.Context, data []byte, trace *trace) (austauschbar.Text, error) {
	pack, damage, err := limit.Rescue(data)
	if err != nil {
		return austauschbar.Text{}, err
	}
	main, err := mainPart(ctx, pack)
	if err != nil {
		return austauschbar.Text{}, first(damage, err)
	}
	d := &document{ctx: ctx, pack: pack, meter: &limit.Meter{}, trace: trace}
	d.text.Title = pack.Title(ctx)
	parts := d.related(main)
	d.styles = readPart(d, parts["styles"], readStyles)
	d.numbering = newCounters(readPart(d, parts["numbering"], readNumbering))
	d.footnotes = readPart(d, parts["footnotes"], d.readNotes)
	d.endnotes = readPart(d, parts["endnotes"], d.readNotes)
	err = d.readBody(main)
	return limit.Finish(ctx, d.text, first(err, damage))
}

// A document is one Word file while it is read.
type document struct {
	ctx       context.Context
	pack      *limit.Package
	meter     *limit.Meter
	trace     *trace // of the body; nil where nobody asks
	styles    styles
	numbering *counters
	footnotes notes
	endnotes  notes
	diagrams  map[string]string // names of their parts by the ids of relations
	pictures  int               // in the text
	told      bool              // there is a gap for embedded documents
	text      austauschbar.Text
}

// mainPart returns the name of the part that holds the body.
func mainPart(ctx context.Context, pack *limit.Package) (string, error) {
	relations, err := pack.Relations(ctx, "")
	if err != nil {
		return "", err
	}
	for _, relation := range relations {
		if relation.Kind == "officeDocument" && pack.Has(relation.Target) {
			return relation.Target, nil
		}
	}
	if pack.Has("word/document.xml") {
		return "word/document.xml", nil
	}
	return "", limit.Refuse("not_this_format", "the package holds no Word document")
}

// related returns the names of the parts that belong to the body, by kind.
func (d *document) related(main string) map[string]string {
	parts := map[string]string{}
	relations, err := d.pack.Relations(d.ctx, main)
	if err != nil {
		d.text.Gaps = append(d.text.Gaps, limit.Gap("relations", err))
	}
	d.diagrams = map[string]string{}
	for _, relation := range relations {
		if relation.Kind == "diagramData" {
			d.diagrams[relation.ID] = relation.Target
		}
		if _, found := parts[relation.Kind]; !found {
			parts[relation.Kind] = relation.Target
		}
	}
	return parts
}

// readPart reads one of the parts beside the body. A document without it is whole;
// damage to it is a gap, and what was read of it before is used.
func readPart[T any](d *document, name string, read func(*limit.XML) (T, error)) T {
	var nothing T
	if name == "" || !d.pack.Has(name) {
		return nothing
	}
	content, err := d.pack.Part(name)
	if err != nil {
		d.text.Gaps = append(d.text.Gaps, limit.Gap(name, err))
		return nothing
	}
	defer content.Close()
	x := limit.NewXML(d.ctx, content)
	if _, err = x.Root(); err != nil {
		d.text.Gaps = append(d.text.Gaps, limit.Gap(name, err))
		return nothing
	}
	result, err := read(x)
	if err != nil {
		d.text.Gaps = append(d.text.Gaps, limit.Gap(name, err))
	}
	return result
}

func (d *document) readBody(main string) error {
	content, err := d.pack.Part(main)
	if err != nil {
		return err
	}
	defer content.Close()
	x := limit.NewXML(d.ctx, content)
	root, err := x.Root()
	if err != nil {
		return err
	}
	if root.Name.Local != "document" {
		return limit.Refuse("not_this_format", "the package holds no Word document")
	}
	w := &walker{document: d, x: x, counted: true, trace: d.trace}
	err = w.blocks()
	err = first(err, w.release())
	w.flush() // what hangs on a paragraph that was cut off
	w.promote()
	if d.trace != nil {
		d.trace.damage = err
	}
	d.text.Passages = w.passages
	d.lookAtPictures()
	return err
}

// picturesText is how many bytes of text to a picture a document has that is more
// than pictures.
const picturesText = 100

// lookAtPictures notes a gap where a document is hardly more than its pictures, such
// as one that was scanned.
func (d *document) lookAtPictures() {
	size := 0
	for _, passage := range d.text.Passages {
		size += len(passage.Text)
	}
	if size < d.pictures*picturesText {
		d.text.Gaps = append(d.text.Gaps, austauschbar.Gap{Reason: "no_text", Detail: fmt.Sprintf("%d bytes of text to %d pictures", size, d.pictures)})
	}
}

// notes are the passages of footnotes or endnotes by their id.
type notes map[string][]austauschbar.Passage

// readNotes reads footnotes.xml or endnotes.xml. The lines that separate notes from
// the text are stored as notes too, with a type of their own.
func (d *document) readNotes(x *limit.XML) (notes, error) {
	found := notes{}
	err := x.Children(func(element start) error {
		switch limit.Attr(element, "type") {
		case "", "normal":
		default:
			return nil
		}
		w := &walker{document: d, x: x}
		err := w.blocks()
		err = first(err, w.release())
		w.flush()
		for i := range w.passages {
			w.passages[i].Kind, w.passages[i].Level = austauschbar.Footnote, 0
		}
		found[limit.Attr(element, "id")] = w.passages
		return err
	})
	return found, err
}
