// Package pdf reads the text layer of PDF files.
//
// PDFium does the reading. It runs as a WebAssembly module without files,
// network or output and with a bounded memory, since every PDF comes from a
// stranger.
package pdf

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"
	"unicode/utf16"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// Bounds beside those of package limit. What lies beyond is read, but plainer.
const (
	placedLines = 3_000 // lines of one page whose place is asked for
	annotations = 500   // annotations of one page that are looked at
	bookmarks   = 5_000 // bookmarks of one document
)

// Read reads a PDF. Its passages carry the page they begin on; text that
// repeats at the top or bottom of the pages (running titles, page numbers) and
// tables of contents are left out. Tables come as the text layer has them: row
// by row, as paragraphs.
//
// Gaps name pages that failed or whose fonts do not tell which letters they draw
// ("page_unreadable"; of the latter the text is kept) and pages that hold nothing
// but pictures ("page_without_text"), each with its number, and what ended the
// reading midway ("too_large", "timeout", "damaged"). Where nothing was read, the
// error is a *limit.Refusal: "empty", "too_large", "encrypted", "damaged",
// "no_text", "timeout". Another error says that PDFium could not be started.
func Read(ctx context.Context, data []byte) (austauschbar.Text, error) {
	switch {
	case len(data) == 0:
		return austauschbar.Text{}, limit.Refuse("empty", "")
	case len(data) > limit.File:
		return austauschbar.Text{}, limit.Refuse("too_large", "")
	}
	if err := engine.enter(ctx); err != nil {
		return limit.Finish(ctx, austauschbar.Text{}, err)
	}
	defer engine.leave()
	instance, err := engine.borrow(ctx)
	if err != nil && ctx.Err() == nil {
		return austauschbar.Text{}, err
	}
	if err != nil {
		return limit.Finish(ctx, austauschbar.Text{}, ctx.Err())
	}
	r := &reading{instance: instance}
	done := make(chan error, 1)
	go func() { done <- r.run(ctx, data) }()
	select {
	case err = <-done:
	case <-ctx.Done():
		// The instance cannot be stopped; run gives it back after its present page.
	}
	return r.text(ctx, err)
}

// A reading is what has been read of one document so far. It is shared between
// run, which may outlive its reader's patience, and text.
type reading struct {
	instance pdfium.Pdfium // nil once given back
	failed   bool          // the instance is in an unknown state

	sync.Mutex
	title     string
	count     int // pages of the document
	done      int // pages that were read or failed
	failures  int // pages that failed
	pages     []page
	bookmarks []bookmark
	gaps      []austauschbar.Gap
	bytes     int // of text
}

// text makes a text of what has been read; err is what ended the reading.
func (r *reading) text(ctx context.Context, err error) (austauschbar.Text, error) {
	r.Lock()
	defer r.Unlock()
	if err == nil && ctx.Err() != nil && (r.count == 0 || r.done < min(r.count, limit.Pages)) {
		err = limit.Refuse("timeout", "from page "+strconv.Itoa(r.done+1))
	}
	found := austauschbar.Text{Title: r.title, Pages: r.count, Passages: compose(r.pages, r.bookmarks)}
	if len(found.Passages) > limit.Passages {
		err = limit.Refuse("too_large", "from page "+strconv.Itoa(found.Passages[limit.Passages].Page))
		found.Passages = found.Passages[:limit.Passages]
	}
	if err == nil && len(found.Passages) == 0 {
		if r.failures == r.count {
			return austauschbar.Text{}, limit.Refuse("damaged", "no page can be read")
		}
		return austauschbar.Text{}, limit.Refuse("no_text", "")
	}
	found.Gaps = append(found.Gaps, r.gaps...)
	return limit.Finish(ctx, found, err)
}

// run reads the document page by page until its end, a limit or the end of the
// context, and gives the instance back. Its error is a refusal: of the whole
// document, or of its rest.
func (r *reading) run(ctx context.Context, data []byte) (err error) {
	defer func() {
		if recover() != nil {
			r.failed, err = true, limit.Refuse("damaged", "")
		}
		if r.instance != nil {
			engine.giveBack(r.instance, r.failed)
		}
	}()
	document, err := r.open(data)
	if err != nil {
		return err
	}
	for number := 1; number <= r.count && ctx.Err() == nil; number++ {
		if number > limit.Pages || r.bytes > limit.Text {
			return limit.Refuse("too_large", "from page "+strconv.Itoa(number))
		}
		read, err := r.page(document, number)
		r.keep(read, err)
		if err == nil {
			continue
		}
		if document, err = r.restart(ctx, data); err != nil && ctx.Err() == nil {
			return limit.Refuse("damaged", "from page "+strconv.Itoa(number+1))
		}
	}
	return nil
}

// restart replaces the instance, which a failed page may have left in any
// state, and opens the document anew.
func (r *reading) restart(ctx context.Context, data []byte) (references.FPDF_DOCUMENT, error) {
	engine.giveBack(r.instance, true)
	r.instance = nil
	fresh, err := engine.borrow(ctx)
	if err != nil {
		return "", err
	}
	r.instance = fresh
	opened, err := r.instance.FPDF_LoadMemDocument(&requests.FPDF_LoadMemDocument{Data: &data})
	if err != nil {
		r.failed = true
		return "", err
	}
	return opened.Document, nil
}

// keep takes in a page, or the error it failed with.
func (r *reading) keep(read page, err error) {
	r.Lock()
	defer r.Unlock()
	r.done++
	if err != nil {
		r.failures++
		r.gaps = append(r.gaps, austauschbar.Gap{Reason: "page_unreadable", Detail: strconv.Itoa(read.number)})
		return
	}
	r.pages = append(r.pages, read)
	for _, l := range read.lines {
		r.bytes += len(l.text)
	}
	switch {
	case len(read.lines) == 0 && read.pictures:
		r.gaps = append(r.gaps, austauschbar.Gap{Reason: "page_without_text", Detail: strconv.Itoa(read.number)})
	case garbled(read):
		r.gaps = append(r.gaps, austauschbar.Gap{Reason: "page_unreadable", Detail: strconv.Itoa(read.number)})
	}
}

// open opens the document and reads what concerns it as a whole.
func (r *reading) open(data []byte) (references.FPDF_DOCUMENT, error) {
	opened, err := r.instance.FPDF_LoadMemDocument(&requests.FPDF_LoadMemDocument{Data: &data})
	switch {
	case errors.Is(err, pdferrors.ErrPassword), errors.Is(err, pdferrors.ErrSecurity):
		return "", limit.Refuse("encrypted", "")
	case err != nil:
		r.failed = true
		return "", limit.Refuse("damaged", err.Error())
	}
	count, err := r.instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: opened.Document})
	if err != nil || count.PageCount < 1 {
		return "", limit.Refuse("damaged", "no pages")
	}
	title := ""
	if meta, err := r.instance.FPDF_GetMetaText(&requests.FPDF_GetMetaText{Document: opened.Document, Tag: "Title"}); err == nil {
		title = meta.Value
	}
	marks := r.outline(opened.Document)

	r.Lock()
	defer r.Unlock()
	r.count, r.title, r.bookmarks = count.PageCount, tidy(title), marks
	return opened.Document, nil
}

// outline lists the bookmarks in reading order. The walk is our own, as the
// bookmarks of a hostile file may form a ring.
func (r *reading) outline(document references.FPDF_DOCUMENT) []bookmark {
	var found []bookmark
	var walk func(parent *references.FPDF_BOOKMARK, level int)
	walk = func(parent *references.FPDF_BOOKMARK, level int) {
		child, err := r.instance.FPDFBookmark_GetFirstChild(&requests.FPDFBookmark_GetFirstChild{Document: document, Bookmark: parent})
		if err != nil || level > 9 {
			return
		}
		for mark := child.Bookmark; mark != nil && len(found) < bookmarks; {
			title := ""
			if named, err := r.instance.FPDFBookmark_GetTitle(&requests.FPDFBookmark_GetTitle{Bookmark: *mark}); err == nil {
				title = named.Title
			}
			found = append(found, bookmark{title: title, level: level})
			walk(mark, level+1)
			next, err := r.instance.FPDFBookmark_GetNextSibling(&requests.FPDFBookmark_GetNextSibling{Document: document, Bookmark: *mark})
			if err != nil {
				return
			}
			mark = next.Bookmark
		}
	}
	walk(nil, 1)
	return found
}

// page reads one page, counted from 1.
func (r *reading) page(document references.FPDF_DOCUMENT, number int) (page, error) {
	read := page{number: number}
	loaded, err := r.instance.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: document, Index: number - 1})
	if err != nil {
		return read, fmt.Errorf("load page %d: %w", number, err)
	}
	if r.filledIn(loaded.Page) {
		if loaded.Page, err = r.flatten(document, loaded.Page, number); err != nil {
			return read, err
		}
	}
	handle := requests.Page{ByReference: &loaded.Page}
	if height, err := r.instance.FPDF_GetPageHeight(&requests.FPDF_GetPageHeight{Page: handle}); err == nil {
		read.height = height.Height
	}
	if read.lines, err = r.lines(handle); err != nil {
		return read, fmt.Errorf("read page %d: %w", number, err)
	}
	if len(read.lines) == 0 {
		read.pictures = r.pictures(handle)
	}
	_, err = r.instance.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page})
	return read, err
}

// filledIn reports whether a page has form fields or typed remarks: their text
// is not part of the page's own.
func (r *reading) filledIn(loaded references.FPDF_PAGE) bool {
	handle := requests.Page{ByReference: &loaded}
	count, err := r.instance.FPDFPage_GetAnnotCount(&requests.FPDFPage_GetAnnotCount{Page: handle})
	if err != nil {
		return false
	}
	for index := range min(count.Count, annotations) {
		annotation, err := r.instance.FPDFPage_GetAnnot(&requests.FPDFPage_GetAnnot{Page: handle, Index: index})
		if err != nil {
			continue
		}
		kind, err := r.instance.FPDFAnnot_GetSubtype(&requests.FPDFAnnot_GetSubtype{Annotation: annotation.Annotation})
		_, _ = r.instance.FPDFPage_CloseAnnot(&requests.FPDFPage_CloseAnnot{Annotation: annotation.Annotation})
		if err == nil && (kind.Subtype == enums.FPDF_ANNOT_SUBTYPE_WIDGET || kind.Subtype == enums.FPDF_ANNOT_SUBTYPE_FREETEXT) {
			return true
		}
	}
	return false
}

// flatten makes annotations part of a page's text and loads the page again.
func (r *reading) flatten(document references.FPDF_DOCUMENT, loaded references.FPDF_PAGE, number int) (references.FPDF_PAGE, error) {
	_, err := r.instance.FPDFPage_Flatten(&requests.FPDFPage_Flatten{Page: requests.Page{ByReference: &loaded}})
	if err != nil {
		return "", fmt.Errorf("flatten page %d: %w", number, err)
	}
	if _, err := r.instance.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded}); err != nil {
		return "", fmt.Errorf("flatten page %d: %w", number, err)
	}
	again, err := r.instance.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: document, Index: number - 1})
	if err != nil {
		return "", fmt.Errorf("load page %d: %w", number, err)
	}
	return again.Page, nil
}

// lines reads the lines of a page, each with its place.
func (r *reading) lines(handle requests.Page) ([]line, error) {
	loaded, err := r.instance.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: handle})
	if err != nil {
		return nil, err
	}
	text := loaded.TextPage
	count, err := r.instance.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text})
	if err != nil || count.Count < 1 {
		return nil, err
	}
	got, err := r.instance.FPDFText_GetText(&requests.FPDFText_GetText{TextPage: text, Count: min(count.Count, limit.Text)})
	if err != nil {
		return nil, err
	}
	split := splitLines(got.Text)
	for index := range min(len(split), placedLines) {
		r.place(text, &split[index])
	}
	_, err = r.instance.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text})
	return split, err
}

// place asks where a line begins and ends, for the size of its type and whether
// it is bold. A line whose place is unknown keeps zeros.
func (r *reading) place(text references.FPDF_TEXTPAGE, l *line) {
	first, ok := r.character(text, l.first)
	if !ok {
		return
	}
	last, ok := r.character(text, l.last)
	if !ok {
		return
	}
	from, err := r.instance.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: text, Index: first})
	if err != nil {
		return
	}
	to, err := r.instance.FPDFText_GetCharBox(&requests.FPDFText_GetCharBox{TextPage: text, Index: last})
	if err != nil {
		return
	}
	l.left, l.base, l.right = from.X, from.Y, to.Right
	l.size = r.size(text, first) // the last character may be a raised figure
	l.bold = r.bold(text, first) && r.bold(text, last)
}

// size returns the size of a character's type on the page, 0 where unknown. The
// height of its box would not do: that of an "Ä" is higher.
func (r *reading) size(text references.FPDF_TEXTPAGE, index int) float64 {
	size, err := r.instance.FPDFText_GetFontSize(&requests.FPDFText_GetFontSize{TextPage: text, Index: index})
	if err != nil {
		return 0
	}
	matrix, err := r.instance.FPDFText_GetMatrix(&requests.FPDFText_GetMatrix{TextPage: text, Index: index})
	if err != nil {
		return 0
	}
	return size.FontSize * math.Hypot(float64(matrix.Matrix.C), float64(matrix.Matrix.D))
}

// bold reports whether the font of a character calls itself bold. Its measured
// weight says little: it differs more between families than within one.
func (r *reading) bold(text references.FPDF_TEXTPAGE, index int) bool {
	font, err := r.instance.FPDFText_GetFontInfo(&requests.FPDFText_GetFontInfo{TextPage: text, Index: index})
	if err != nil {
		return false
	}
	name := strings.ToLower(font.FontName)
	return strings.Contains(name, "bold") || strings.Contains(name, "black") || strings.Contains(name, "heavy") || font.Flags&forceBold != 0
}

// forceBold is the flag of a font descriptor (PDF 1.7, table 123).
const forceBold = 1 << 18

// character maps an index of the page's text, in UTF-16 units, to that of
// PDFium's characters. The two differ where a page has characters without text.
func (r *reading) character(text references.FPDF_TEXTPAGE, index int) (int, bool) {
	found, err := r.instance.FPDFText_GetCharIndexFromTextIndex(&requests.FPDFText_GetCharIndexFromTextIndex{TextPage: text, NTextIndex: index})
	if err != nil || found.CharIndex < 0 {
		return 0, false
	}
	return found.CharIndex, true
}

// pictures reports whether a page shows anything at all: an image, or shapes
// that may be drawn letters.
func (r *reading) pictures(handle requests.Page) bool {
	count, err := r.instance.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: handle})
	return err == nil && count.Count > 0
}

// splitLines splits a page's text at its line ends and behind its line-end
// hyphens, which PDFium writes as U+FFFE while it swallows the line end.
func splitLines(text string) []line {
	var split []line
	var current strings.Builder
	index := 0 // in UTF-16 units
	first, last := -1, -1
	end := func(hyphen bool) {
		if first >= 0 {
			split = append(split, line{text: current.String(), hyphen: hyphen, first: first, last: last})
		}
		current.Reset()
		first, last = -1, -1
	}
	for _, char := range text {
		switch {
		case char == '\n' || char == '\r':
			end(false)
		case char == '\ufffe' || char == '\u0002':
			end(true)
		case char < ' ' && char != '\t', char == 0:
		default:
			current.WriteRune(char)
			if char != ' ' && char != '\u00a0' && char != '\t' {
				last = index
				if first < 0 {
					first = index
				}
			}
		}
		index += max(1, utf16.RuneLen(char))
	}
	end(false)
	return split
}
