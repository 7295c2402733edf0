// Package odf reads OpenDocument texts and spreadsheets (.odt, .ods, their templates
// and the flat .fodt and .fods): what a person would read on the page, with the
// numbers that headings and list items are shown with. Changes that were tracked
// count as accepted. Struck text, comments, headers, footers and tables of contents
// are left out; hidden text is read and marked.
package odf

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
)

type start = xml.StartElement

// Read turns a text or a spreadsheet into passages, whichever the file holds.
//
// Of a text, paragraphs are counted as they stand, empty ones and those in tables
// and text boxes too, those in notes not; a row bears the number of its first
// paragraph, a note that of the paragraph that refers to it. Cells are numbered
// within their table, "A1" being its upper left corner. Pages are left at 0: the
// file holds no more than what its last program counted, and often not that.
//
// Of a spreadsheet, rows are passages of their non-empty cells as they are shown; a
// row with one text alone is a paragraph, or a heading where it is short and set in
// bold or in a larger type. Cells in hidden columns form a row of their own, marked
// as hidden. Charts and drawings are left out.
//
// The error is a *limit.Refusal where nothing could be read. A limit or damage met
// midway becomes a gap of the text.
func Read(ctx context.Context, data []byte) (austauschbar.Text, error) {
	d, err := readTraced(ctx, data, nil)
	return limit.Finish(ctx, d.text, err)
}

// readTraced reads a document, as far as it can be read, and notes in a trace where
// things are stored.
func readTraced(ctx context.Context, data []byte, t *trace) (*document, error) {
	d := &document{
		ctx:    ctx,
		styles: styles{},
		lists:  map[string]*listStyle{},
		trace:  t,
	}
	if flat := flatOf(data); flat != nil {
		return d, d.readFlat(flat)
	}
	return d, d.readPackage(data)
}

// flatOf returns a document that is one XML file, without what may stand before it; nil
// of any other.
func flatOf(data []byte) []byte {
	if flat := bytes.TrimLeft(data, "\ufeff \t\r\n"); bytes.HasPrefix(flat, []byte("<")) {
		return flat
	}
	return nil
}

// A document is one OpenDocument file while it is read.
type document struct {
	ctx      context.Context
	pack     *limit.Package  // nil of a flat file
	embedded map[string]bool // folders of the package that hold texts or sheets of their own
	meter    limit.Meter
	styles   styles
	lists    map[string]*listStyle // by name
	outline  *listStyle            // that of headings; nil where they are not numbered
	found    bool                  // the body has been met
	trace    *trace                // nil where nothing is noted
	text     austauschbar.Text
}

// contentPart is the part with the body.
const contentPart = "content.xml"

// Media types of OpenDocument and of what went before it.
const (
	mediaText    = "application/vnd.oasis.opendocument.text"
	mediaSheet   = "application/vnd.oasis.opendocument.spreadsheet"
	mediaOldText = "application/vnd.sun.xml."
)

// readable says whether a media type is that of a text or spreadsheet, their
// templates, masters and web pages included.
func readable(media string) bool {
	return strings.HasPrefix(media, mediaText) || strings.HasPrefix(media, mediaSheet)
}

// accept refuses media types of other documents; "" is none and in order.
func accept(media string) error {
	switch {
	case media == "" || readable(media):
		return nil
	case strings.HasPrefix(media, mediaOldText):
		return limit.Refuse("old_format", "the document is stored in a format of OpenOffice.org 1")
	}
	return limit.Refuse("not_this_format", "the file holds neither an OpenDocument text nor a spreadsheet")
}

// readFlat reads a document that is one XML file.
func (d *document) readFlat(data []byte) error {
	if len(data) > limit.File {
		return limit.Refuse("too_large", fmt.Sprintf("the file has more than %d MiB", limit.File>>20))
	}
	return d.readXML(bytes.NewReader(data), "meta", "styles", "automatic-styles", "body")
}

// readPackage reads a document that is an archive of XML files.
func (d *document) readPackage(data []byte) error {
	pack, err := limit.Open(data)
	if err != nil {
		return err
	}
	d.pack = pack
	if err := accept(d.mediaType()); err != nil {
		return err
	}
	if d.readManifest() {
		return limit.Refuse("encrypted", "the document is protected by a password")
	}
	if !pack.Has(contentPart) {
		return limit.Refuse("not_this_format", "the package holds no OpenDocument")
	}
	d.readBeside("meta.xml", "meta")
	d.readBeside("styles.xml", "styles") // its automatic styles are those of headers and footers
	return d.readPart(contentPart, "automatic-styles", "body")
}

// mediaType returns what the package says it is; "" where it does not.
func (d *document) mediaType() string {
	if !d.pack.Has("mimetype") {
		return ""
	}
	content, err := d.pack.Part("mimetype")
	if err != nil {
		return ""
	}
	defer content.Close()
	media, _ := io.ReadAll(io.LimitReader(content, 256))
	return string(bytes.TrimSpace(media))
}

// readManifest looks for embedded documents and says whether the text is encrypted.
// A damaged manifest says nothing: what is encrypted is then found to be damaged.
func (d *document) readManifest() (encrypted bool) {
	d.embedded = map[string]bool{}
	content, err := d.pack.Part("META-INF/manifest.xml")
	if err != nil {
		return false
	}
	defer content.Close()
	x := limit.NewXML(d.ctx, content)
	if _, err := x.Root(); err != nil {
		return false
	}
	_ = x.Children(func(element start) error {
		name := limit.Attr(element, "full-path")
		if name != "/" && strings.HasSuffix(name, "/") && readable(limit.Attr(element, "media-type")) && len(d.embedded) < limit.Entries {
			d.embedded[name] = true
		}
		if name != contentPart && name != "encrypted-package" {
			return nil
		}
		return x.Children(func(element start) error {
			encrypted = encrypted || element.Name.Local == "encryption-data"
			return nil
		})
	})
	return encrypted
}

// readBeside reads a part beside the content. A document without it is whole; damage
// to it is a gap, and what was read of it before is used.
func (d *document) readBeside(name, wanted string) {
	if !d.pack.Has(name) {
		return
	}
	if err := d.readPart(name, wanted); err != nil {
		d.text.Gaps = append(d.text.Gaps, limit.Gap(name, err))
	}
}

// readPart reads the wanted elements of a part.
func (d *document) readPart(name string, wanted ...string) error {
	content, err := d.pack.Part(name)
	if err != nil {
		return err
	}
	defer content.Close()
	return d.readXML(content, wanted...)
}

// readXML reads those elements below the root that are wanted. A body that is wanted
// and missing is refused.
func (d *document) readXML(r io.Reader, wanted ...string) error {
	x := limit.NewXML(d.ctx, r)
	root, err := x.Root()
	if err != nil {
		return err
	}
	if !strings.HasPrefix(root.Name.Local, "document") {
		return limit.Refuse("not_this_format", "the file holds no OpenDocument")
	}
	if err := accept(limit.Attr(root, "mimetype")); err != nil {
		return err
	}
	err = x.Children(func(element start) error {
		name := element.Name.Local
		if !slices.Contains(wanted, name) {
			return nil
		}
		switch name {
		case "meta":
			return d.readMeta(x)
		case "body":
			return d.readBody(x)
		}
		return d.readStyles(x)
	})
	if err == nil && !d.found && slices.Contains(wanted, "body") {
		return limit.Refuse("not_this_format", "the file holds neither an OpenDocument text nor a spreadsheet")
	}
	return err
}

func (d *document) readMeta(x *limit.XML) error {
	return x.Children(func(element start) error {
		if element.Name.Local != "title" {
			return nil
		}
		title, err := x.Text()
		d.text.Title = lines.Clean(title)
		return err
	})
}

func (d *document) readBody(x *limit.XML) error {
	return x.Children(func(element start) error {
		switch element.Name.Local {
		case "text":
			d.found = true
			return d.readText(x)
		case "spreadsheet":
			d.found = true
			return d.readSheets(x)
		}
		return nil
	})
}

// readText reads the body of a text.
func (d *document) readText(x *limit.XML) error {
	w := &walker{document: d, x: x, headings: &counts{}, named: map[string]*counts{}}
	err := w.blocks()
	w.flush() // what hangs on a paragraph that was cut off
	d.text.Passages = w.passages
	return err
}

// tell notes a gap, once.
func (d *document) tell(reason, detail string) {
	gap := austauschbar.Gap{Reason: reason, Detail: detail}
	if !slices.Contains(d.text.Gaps, gap) {
		d.text.Gaps = append(d.text.Gaps, gap)
	}
}
