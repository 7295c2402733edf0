package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/requests"

	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// A stamp asks for what must be written anew of a document so that its pages can hold
// notes.
type stamp struct {
	Pages []int  // 1-based
	Mark  string // that the document does not hold
}

// mark is what stands for the notes of a page.
func (s stamp) mark(page int) string { return fmt.Sprintf("%s-%d", s.Mark, page) }

// What is stamped is as PDFium writes it, with a stand-in for the notes of each page,
// see standIn.
type stamped struct {
	Objects []object
	Trailer string  // dictionary
	Frames  []frame // of the pages, in their order
}

// An object is an indirect object of a document.
type object struct {
	Number int
	Text   []byte
}

// A frame is how a page is shown: where its upper left corner is in its own
// coordinates, and which way a point to the right and one down lead.
type frame struct {
	Corner, Right, Down point
	Width, Height       float64
}

// at returns a point of the page as it is seen, from its upper left corner.
func (f frame) at(right, down float64) point {
	return point{f.Corner.X + right*f.Right.X + down*f.Down.X, f.Corner.Y + right*f.Right.Y + down*f.Down.Y}
}

// stampMax is how many bytes of what PDFium writes are kept: the marked objects, and one
// that is written.
const stampMax = limit.File

// stamp stamps the document, of which PDFium keeps nothing.
func (i *instance) stamp(ctx context.Context, s stamp) (found stamped, err error) {
	err = i.attempt(ctx, s.Pages[0], func() error {
		i.close()
		if err := i.load(ctx); err != nil {
			return err
		}
		for _, number := range s.Pages {
			f, err := i.standIn(number, s.mark(number))
			if err != nil {
				return fmt.Errorf("stamp page %d: %w", number, err)
			}
			found.Frames = append(found.Frames, f)
		}
		// Without the document's own bytes, to which it appends. PDFium leaves out what
		// stands before the header.
		written := &behind{skip: len(i.data) - headerRoom, mark: s.Mark}
		if _, err := i.lib.FPDF_SaveAsCopy(&requests.FPDF_SaveAsCopy{Document: i.document, Flags: requests.SaveFlagIncremental, FileWriter: written}); err != nil {
			return fmt.Errorf("stamp pages: %w", err)
		}
		found.Objects, found.Trailer = append(written.objects, marked(written.kept, s.Mark)...), trailer(written.kept)
		i.failed = true // it is changed
		return nil
	})
	return found, err
}

// standIn adds an annotation to a page that stands for its notes.
func (i *instance) standIn(number int, mark string) (frame, error) {
	loaded, err := i.lib.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: i.document, Index: number - 1})
	if err != nil {
		return frame{}, err
	}
	handle := requests.Page{ByReference: &loaded.Page}
	made, err := i.lib.FPDFPage_CreateAnnot(&requests.FPDFPage_CreateAnnot{Page: handle, Subtype: enums.FPDF_ANNOT_SUBTYPE_TEXT})
	if err != nil {
		return frame{}, err
	}
	if _, err := i.lib.FPDFAnnot_SetStringValue(&requests.FPDFAnnot_SetStringValue{Annotation: made.Annotation, Key: "Contents", Value: mark}); err != nil {
		return frame{}, err
	}
	if _, err := i.lib.FPDFPage_CloseAnnot(&requests.FPDFPage_CloseAnnot{Annotation: made.Annotation}); err != nil {
		return frame{}, err
	}
	f := i.frame(handle)
	_, err = i.lib.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page})
	return f, err
}

// frame tells how a page is shown.
func (i *instance) frame(handle requests.Page) frame {
	i.measure(handle)
	var origin point // of the page's own coordinates
	if bounds, err := i.lib.FPDF_GetPageBoundingBox(&requests.FPDF_GetPageBoundingBox{Page: handle}); err == nil {
		origin = point{float64(bounds.Rect.Left), float64(bounds.Rect.Bottom)}
	}
	corner := func(x, y float64) point {
		x, y = i.unturned(x, y)
		return point{origin.X + x, origin.Y + y}
	}
	f := frame{Corner: corner(0, i.height), Width: i.width, Height: i.height}
	right, down := corner(1, i.height), corner(0, i.height-1)
	f.Right, f.Down = point{right.X - f.Corner.X, right.Y - f.Corner.Y}, point{down.X - f.Corner.X, down.Y - f.Corner.Y}
	return f
}

// behind keeps the marked objects of what is written behind the first bytes, and the
// end of it.
type behind struct {
	skip    int
	mark    string
	objects []object
	taken   int    // bytes of the objects
	kept    []byte // that was not looked at yet
	looked  int    // bytes of that in which no object ended
}

var errStampTooLarge = errors.New("the pages' objects are too large")

func (b *behind) Write(data []byte) (int, error) {
	skipped := max(0, min(b.skip, len(data)))
	b.skip -= skipped
	b.kept = append(b.kept, data[skipped:]...)
	if len(b.kept)-b.looked > 1<<20 {
		b.look()
	}
	if b.taken+len(b.kept) > stampMax {
		return 0, errStampTooLarge
	}
	return len(data), nil
}

// look takes the objects of what is kept, and lets go of it.
func (b *behind) look() {
	ended := max(0, bytes.LastIndex(b.kept, []byte("\r\nendobj\r\n")))
	ended += min(len("\r\nendobj"), ended)
	for _, found := range marked(b.kept[:ended], b.mark) {
		b.objects = append(b.objects, found)
		b.taken += len(found.Text)
	}
	b.kept = append(b.kept[:0], b.kept[ended:]...)
	b.looked = len(b.kept)
}

// marked returns the objects that hold a mark. PDFium writes no line ends into strings
// and names, so that nothing in an object looks like its beginning or end.
func marked(written []byte, mark string) []object {
	var found []object
	for done := 0; ; {
		at := bytes.Index(written[done:], []byte(mark))
		if at < 0 {
			return found
		}
		at += done
		head, tail := bytes.LastIndex(written[:at], []byte(" 0 obj\r\n")), bytes.Index(written[at:], []byte("\r\nendobj"))
		if head < done || tail < 0 {
			return found
		}
		line := bytes.LastIndexByte(written[:head], '\n') + 1
		done = at + tail
		if number, err := strconv.Atoi(string(written[line:head])); err == nil {
			found = append(found, object{number, bytes.Clone(written[head+len(" 0 obj\r\n") : done])})
		}
	}
}

// A literal is a string of a dictionary as PDFium writes it.
var literal = regexp.MustCompile(`\((?:\\.|[^\\()])*\)`)

// trailer returns the trailer's dictionary, without the literal strings in it; "" for
// none. In a file with a stream of references it is that of the stream.
func trailer(written []byte) string {
	for _, kind := range []struct{ head, tail string }{{"\r\ntrailer\r\n", "\r\nstartxref"}, {" 0 obj <<", "stream\r\n"}} {
		at := bytes.LastIndex(written, []byte(kind.head))
		if at < 0 {
			continue
		}
		rest := written[at+len(kind.head):]
		if end := bytes.Index(rest, []byte(kind.tail)); end >= 0 {
			return string(literal.ReplaceAll(rest[:end], nil))
		}
	}
	return ""
}

// refuseStamp says why a document could not be stamped.
func refuseStamp(err error) error {
	var refusal *limit.Refusal
	if errors.As(err, &refusal) {
		return err
	}
	return limit.Refuse("damaged", err.Error())
}
