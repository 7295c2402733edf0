package pdf

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// An instance is PDFium with one document. It serves one goroutine at a time.
type instance struct {
	lib      pdfium.Pdfium // nil where none is borrowed
	document references.FPDF_DOCUMENT
	data     []byte
	failed   bool // lib is in an unknown state
	objects  int  // of all pages that were looked at

	// Of the present page, as it is shown.
	rotation      enums.FPDF_PAGE_ROTATION
	width, height float64
	cuts          int  // of lines that were several
	exact         bool // each of its characters is one UTF-16 unit of its text
}

// open borrows an instance of PDFium and opens a document with it.
func (i *instance) open(ctx context.Context, data []byte) (found overview, err error) {
	defer func() {
		if recover() != nil {
			i.failed, err = true, limit.Refuse("damaged", "")
		}
	}()
	i.data = data
	if err := i.load(ctx); err != nil {
		return overview{}, err
	}
	count, err := i.lib.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: i.document})
	if err != nil || count.PageCount < 1 {
		return overview{}, limit.Refuse("damaged", "no pages")
	}
	found.Pages = count.PageCount
	if meta, err := i.lib.FPDF_GetMetaText(&requests.FPDF_GetMetaText{Document: i.document, Tag: "Title"}); err == nil {
		found.Title = meta.Value
	}
	if security, err := i.lib.FPDF_GetSecurityHandlerRevision(&requests.FPDF_GetSecurityHandlerRevision{Document: i.document}); err == nil {
		found.Encrypted = security.SecurityHandlerRevision >= 0
	}
	found.Bookmarks, found.Attachments = i.outline(), i.attachments()
	return found, nil
}

// load loads the document into a fresh instance of PDFium.
func (i *instance) load(ctx context.Context) error {
	lib, err := engine.borrow(ctx)
	if err != nil {
		return err
	}
	i.lib, i.failed = lib, false
	i.document, err = i.loaded()
	switch {
	case errors.Is(err, pdferrors.ErrPassword), errors.Is(err, pdferrors.ErrSecurity):
		return limit.Refuse("encrypted", "")
	case err != nil:
		i.failed = true
		return limit.Refuse("damaged", err.Error())
	}
	return nil
}

// loaded gives PDFium the document: a copy, or, of a large one, what it asks for.
func (i *instance) loaded() (references.FPDF_DOCUMENT, error) {
	if len(i.data) > largeFile {
		opened, err := i.lib.FPDF_LoadCustomDocument(&requests.FPDF_LoadCustomDocument{Reader: bytes.NewReader(i.data), Size: int64(len(i.data))})
		if err != nil {
			return "", err
		}
		return opened.Document, nil
	}
	opened, err := i.lib.FPDF_LoadMemDocument(&requests.FPDF_LoadMemDocument{Data: &i.data})
	if err != nil {
		return "", err
	}
	return opened.Document, nil
}

// page reads one page, counted from 1. After an error the next page can be read.
func (i *instance) page(ctx context.Context, number int) (page, error) {
	read := page{Number: number}
	err := i.attempt(ctx, number, func() (err error) {
		read, err = i.read(number)
		return err
	})
	return read, err
}

// attempt does work on a page. Its error may have left PDFium in any state: the next
// work is done by a fresh one.
func (i *instance) attempt(ctx context.Context, number int, work func() error) (err error) {
	defer func() {
		if recover() != nil {
			err = fmt.Errorf("read page %d: PDFium failed", number)
		}
		if err != nil && !errors.Is(err, pdferrors.ErrPage) { // which says that there is no such page
			i.failed = true
		}
	}()
	if i.failed {
		i.close()
		if err := i.load(ctx); err != nil {
			return err
		}
	}
	return work()
}

// close gives the instance of PDFium back.
func (i *instance) close() {
	if i.lib != nil {
		engine.giveBack(i.lib, i.failed)
	}
	i.lib = nil
}

// attachments names the files within the document.
func (i *instance) attachments() []string {
	count, err := i.lib.FPDFDoc_GetAttachmentCount(&requests.FPDFDoc_GetAttachmentCount{Document: i.document})
	if err != nil {
		return nil
	}
	var names []string
	for index := range min(count.AttachmentCount, attachments) {
		name := ""
		if file, err := i.lib.FPDFDoc_GetAttachment(&requests.FPDFDoc_GetAttachment{Document: i.document, Index: index}); err == nil {
			if named, err := i.lib.FPDFAttachment_GetName(&requests.FPDFAttachment_GetName{Attachment: file.Attachment}); err == nil {
				name = tidy(named.Name)
			}
		}
		names = append(names, cmp.Or(name, "file "+strconv.Itoa(index+1)))
	}
	return names
}

// outline lists the bookmarks in reading order. The walk is our own, as the
// bookmarks of a hostile file may form a ring.
func (i *instance) outline() []bookmark {
	var found []bookmark
	var walk func(parent *references.FPDF_BOOKMARK, level int)
	walk = func(parent *references.FPDF_BOOKMARK, level int) {
		child, err := i.lib.FPDFBookmark_GetFirstChild(&requests.FPDFBookmark_GetFirstChild{Document: i.document, Bookmark: parent})
		if err != nil || level > 9 {
			return
		}
		for mark := child.Bookmark; mark != nil && len(found) < bookmarks; {
			title := ""
			if named, err := i.lib.FPDFBookmark_GetTitle(&requests.FPDFBookmark_GetTitle{Bookmark: *mark}); err == nil {
				title = named.Title
			}
			found = append(found, bookmark{Title: title, Level: level})
			walk(mark, level+1)
			next, err := i.lib.FPDFBookmark_GetNextSibling(&requests.FPDFBookmark_GetNextSibling{Document: i.document, Bookmark: *mark})
			if err != nil {
				return
			}
			mark = next.Bookmark
		}
	}
	walk(nil, 1)
	return found
}

// read reads one page, counted from 1.
func (i *instance) read(number int) (page, error) {
	read := page{Number: number}
	loaded, err := i.lib.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: i.document, Index: number - 1})
	if err != nil {
		return read, fmt.Errorf("load page %d: %w", number, err)
	}
	if i.filledIn(loaded.Page) {
		if loaded.Page, err = i.flatten(loaded.Page, number); err != nil {
			return read, err
		}
	}
	handle := requests.Page{ByReference: &loaded.Page}
	i.measure(handle)
	read.Width, read.Height = i.width, i.height
	if read.Lines, err = i.lines(handle); err != nil {
		return read, fmt.Errorf("read page %d: %w", number, err)
	}
	switch {
	case len(read.Lines) == 0:
		read.Pictures = i.pictures(handle)
	case slices.ContainsFunc(read.Lines, line.wide):
		read.Rules = i.rules(handle)
	}
	_, err = i.lib.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page})
	return read, err
}

// measure learns how the page is shown. Zeros stand for what is not known.
func (i *instance) measure(handle requests.Page) {
	i.rotation, i.width, i.height = enums.FPDF_PAGE_ROTATION_NONE, 0, 0
	if width, err := i.lib.FPDF_GetPageWidth(&requests.FPDF_GetPageWidth{Page: handle}); err == nil {
		i.width = width.Width
	}
	if height, err := i.lib.FPDF_GetPageHeight(&requests.FPDF_GetPageHeight{Page: handle}); err == nil {
		i.height = height.Height
	}
	if rotation, err := i.lib.FPDFPage_GetRotation(&requests.FPDFPage_GetRotation{Page: handle}); err == nil {
		i.rotation = rotation.PageRotation
	}
}

// filledIn reports whether a page has form fields or typed remarks: their text
// is not part of the page's own.
func (i *instance) filledIn(loaded references.FPDF_PAGE) bool {
	handle := requests.Page{ByReference: &loaded}
	count, err := i.lib.FPDFPage_GetAnnotCount(&requests.FPDFPage_GetAnnotCount{Page: handle})
	if err != nil {
		return false
	}
	for index := range min(count.Count, annotations) {
		annotation, err := i.lib.FPDFPage_GetAnnot(&requests.FPDFPage_GetAnnot{Page: handle, Index: index})
		if err != nil {
			continue
		}
		kind, err := i.lib.FPDFAnnot_GetSubtype(&requests.FPDFAnnot_GetSubtype{Annotation: annotation.Annotation})
		_, _ = i.lib.FPDFPage_CloseAnnot(&requests.FPDFPage_CloseAnnot{Annotation: annotation.Annotation})
		if err == nil && (kind.Subtype == enums.FPDF_ANNOT_SUBTYPE_WIDGET || kind.Subtype == enums.FPDF_ANNOT_SUBTYPE_FREETEXT) {
			return true
		}
	}
	return false
}

// flatten makes annotations part of a page's text and loads the page again.
func (i *instance) flatten(loaded references.FPDF_PAGE, number int) (references.FPDF_PAGE, error) {
	_, err := i.lib.FPDFPage_Flatten(&requests.FPDFPage_Flatten{Page: requests.Page{ByReference: &loaded}})
	if err != nil {
		return "", fmt.Errorf("flatten page %d: %w", number, err)
	}
	if _, err := i.lib.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded}); err != nil {
		return "", fmt.Errorf("flatten page %d: %w", number, err)
	}
	again, err := i.lib.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: i.document, Index: number - 1})
	if err != nil {
		return "", fmt.Errorf("load page %d: %w", number, err)
	}
	return again.Page, nil
}

// lines reads the lines of a page, each with its place.
func (i *instance) lines(handle requests.Page) ([]line, error) {
	loaded, err := i.lib.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: handle})
	if err != nil {
		return nil, err
	}
	text := loaded.TextPage
	count, err := i.lib.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text})
	if err != nil || count.Count < 1 {
		return nil, err
	}
	got, err := i.lib.FPDFText_GetText(&requests.FPDFText_GetText{TextPage: text, Count: min(count.Count, limit.Text)})
	if err != nil {
		return nil, err
	}
	i.cuts, i.exact = 0, count.Count == units(got.Text)
	split := splitLines(got.Text)
	var found []line
	for index, l := range split {
		if index < placedLines {
			found = append(found, i.place(text, l)...)
		} else {
			found = append(found, l)
		}
	}
	_, err = i.lib.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text})
	return found, err
}

// place asks where a line stands, for the size of its type, whether it is bold, and
// for gaps within it. A line whose place is unknown keeps zeros. What PDFium takes
// for one line, on pages with little text, may be several.
func (i *instance) place(text references.FPDF_TEXTPAGE, l line) []line {
	first, ok := i.character(text, l.first)
	if !ok {
		return []line{l}
	}
	last, ok := i.character(text, l.last)
	if !ok {
		return []line{l}
	}
	from, err := i.lib.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: text, Index: first})
	if err != nil {
		return []line{l}
	}
	runs := i.runs(text, first, last)
	if len(runs) == 0 {
		return []line{l}
	}
	l.Size = i.size(text, first) // the last character may be a raised figure
	for at := 1; at < len(runs) && i.cuts < lineCuts; at++ {
		if runs[at].left < runs[at-1].left && runs[at].middle < runs[at-1].middle-0.8*l.Size {
			if cut, ok := i.offset(text, l, runs[at]); ok && cut > 0 {
				i.cuts++
				upper, lower := l.cut(cut)
				return append(i.place(text, upper), i.place(text, lower)...)
			}
		}
	}
	l.Left, l.Base = i.turned(from.X, from.Y)
	l.Right = runs[len(runs)-1].right
	l.Bold = i.bold(text, first) && i.bold(text, last)
	if len(runs) > 1 {
		i.divide(text, &l, runs)
	}
	return []line{l}
}

// begin returns the index of its text's beginning, in UTF-16 units of the page's.
func (l line) begin() int {
	visible := strings.TrimLeftFunc(l.Text, unicode.IsSpace)
	return l.first - units(l.Text[:len(l.Text)-len(visible)])
}

// cut cuts a line that is not placed yet in two, before a byte of its text that
// follows a blank.
func (l line) cut(at int) (upper, lower line) {
	body := strings.TrimRightFunc(l.Text[:at], unicode.IsSpace)
	upper, lower = l, l
	upper.Text, upper.Hyphen, upper.Size = body, false, 0
	upper.last = l.begin() + units(body) - 1
	lower.Text, lower.Size = l.Text[at:], 0
	lower.first = l.begin() + units(l.Text[:at])
	return upper, lower
}

// A run is a part of a line that its author wrote at once.
type run struct{ left, right, middle float64 }

// runs returns the runs of a line, in reading order.
func (i *instance) runs(text references.FPDF_TEXTPAGE, first, last int) []run {
	count, err := i.lib.FPDFText_CountRects(&requests.FPDFText_CountRects{TextPage: text, StartIndex: first, Count: last - first + 1})
	if err != nil {
		return nil
	}
	var found []run
	for index := range min(count.Count, lineRuns) {
		rect, err := i.lib.FPDFText_GetRect(&requests.FPDFText_GetRect{TextPage: text, Index: index})
		if err != nil {
			return nil
		}
		left, bottom := i.turned(rect.Left, rect.Bottom)
		right, top := i.turned(rect.Right, rect.Top)
		found = append(found, run{min(left, right), max(left, right), (top + bottom) / 2})
	}
	return found
}

// divide cuts a line into pieces where a gap shows, as between the cells of a table.
func (i *instance) divide(text references.FPDF_TEXTPAGE, l *line, runs []run) {
	begin, left := 0, runs[0].left
	for at := 1; at < len(runs); at++ {
		if runs[at].left-runs[at-1].right < runGap*l.Size {
			continue
		}
		cut, ok := i.offset(text, *l, runs[at])
		if !ok || cut <= begin {
			continue
		}
		l.Pieces = append(l.Pieces, piece{strings.TrimSpace(l.Text[begin:cut]), left, runs[at-1].right})
		begin, left = cut, runs[at].left
	}
	if begin > 0 {
		l.Pieces = append(l.Pieces, piece{strings.TrimSpace(l.Text[begin:]), left, l.Right})
	}
}

// offset finds out with which byte of a line's text a run begins.
func (i *instance) offset(text references.FPDF_TEXTPAGE, l line, r run) (int, bool) {
	x, y := i.unturned(r.left+0.2, r.middle)
	found, err := i.lib.FPDFText_GetCharIndexAtPos(&requests.FPDFText_GetCharIndexAtPos{TextPage: text, X: x, Y: y, XTolerance: 1, YTolerance: 1})
	if err != nil || found.CharIndex < 0 {
		return 0, false
	}
	index, err := i.lib.FPDFText_GetTextIndexFromCharIndex(&requests.FPDFText_GetTextIndexFromCharIndex{TextPage: text, NCharIndex: found.CharIndex})
	if err != nil {
		return 0, false
	}
	unit := l.begin()
	for at, char := range l.Text {
		if unit >= index.TextIndex {
			return at, at > 0 && l.Text[at-1] == ' '
		}
		unit += max(1, utf16.RuneLen(char))
	}
	return 0, false
}

// rules returns the lines that are drawn on a page, as the borders of a table are.
func (i *instance) rules(handle requests.Page) []rule {
	count, err := i.lib.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: handle})
	if err != nil {
		return nil
	}
	var found []rule
	for index := range min(count.Count, pageObjects) {
		if i.objects++; i.objects > allObjects {
			break
		}
		object, err := i.lib.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: handle, Index: index})
		if err != nil {
			continue
		}
		kind, err := i.lib.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: object.PageObject})
		if err != nil || kind.Type != enums.FPDF_PAGEOBJ_PATH {
			continue
		}
		bounds, err := i.lib.FPDFPageObj_GetBounds(&requests.FPDFPageObj_GetBounds{PageObject: object.PageObject})
		if err != nil {
			continue
		}
		x1, y1 := i.turned(float64(bounds.Left), float64(bounds.Bottom))
		x2, y2 := i.turned(float64(bounds.Right), float64(bounds.Top))
		found = append(found, rule{min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)})
	}
	return found
}

// turned returns where a point of the page's own coordinates is seen, from the
// lower left corner of the page as it is shown.
func (i *instance) turned(x, y float64) (float64, float64) {
	switch i.rotation {
	case enums.FPDF_PAGE_ROTATION_90_CW:
		return y, i.height - x
	case enums.FPDF_PAGE_ROTATION_180_CW:
		return i.width - x, i.height - y
	case enums.FPDF_PAGE_ROTATION_270_CW:
		return i.width - y, x
	}
	return x, y
}

// unturned reverses turned.
func (i *instance) unturned(x, y float64) (float64, float64) {
	switch i.rotation {
	case enums.FPDF_PAGE_ROTATION_90_CW:
		return i.height - y, x
	case enums.FPDF_PAGE_ROTATION_180_CW:
		return i.width - x, i.height - y
	case enums.FPDF_PAGE_ROTATION_270_CW:
		return y, i.width - x
	}
	return x, y
}

// size returns the size of a character's type on the page, 0 where unknown. The
// height of its box would not do: that of an "Ä" is higher.
func (i *instance) size(text references.FPDF_TEXTPAGE, index int) float64 {
	size, err := i.lib.FPDFText_GetFontSize(&requests.FPDFText_GetFontSize{TextPage: text, Index: index})
	if err != nil {
		return 0
	}
	matrix, err := i.lib.FPDFText_GetMatrix(&requests.FPDFText_GetMatrix{TextPage: text, Index: index})
	if err != nil {
		return 0
	}
	return size.FontSize * math.Hypot(float64(matrix.Matrix.C), float64(matrix.Matrix.D))
}

// bold reports whether the font of a character calls itself bold. Its measured
// weight says little: it differs more between families than within one.
func (i *instance) bold(text references.FPDF_TEXTPAGE, index int) bool {
	font, err := i.lib.FPDFText_GetFontInfo(&requests.FPDFText_GetFontInfo{TextPage: text, Index: index})
	if err != nil {
		return false
	}
	name := strings.ToLower(font.FontName)
	return strings.Contains(name, "bold") || strings.Contains(name, "black") || strings.Contains(name, "heavy") || font.Flags&forceBold != 0
}

// forceBold is the flag of a font descriptor (PDF 1.7, table 123).
const forceBold = 1 << 18

// units returns the length of text in UTF-16 units.
func units(text string) int {
	count := 0
	for _, char := range text {
		count += max(1, utf16.RuneLen(char))
	}
	return count
}

// character maps an index of the page's text, in UTF-16 units, to that of
// PDFium's characters. The two differ where a page has characters without text.
func (i *instance) character(text references.FPDF_TEXTPAGE, index int) (int, bool) {
	if i.exact {
		return index, true
	}
	found, err := i.lib.FPDFText_GetCharIndexFromTextIndex(&requests.FPDFText_GetCharIndexFromTextIndex{TextPage: text, NTextIndex: index})
	if err != nil || found.CharIndex < 0 {
		return 0, false
	}
	return found.CharIndex, true
}

// pictures reports whether a page shows anything at all: an image, or shapes
// that may be drawn letters.
func (i *instance) pictures(handle requests.Page) bool {
	count, err := i.lib.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: handle})
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
			split = append(split, line{Text: current.String(), Hyphen: hyphen, first: first, last: last})
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
