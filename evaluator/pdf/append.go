package pdf

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/austauschbar/austauschbar/evaluator/limit"
)

const (
	headerRoom = 1024 // bytes that may stand before a document's header
	endRoom    = 4096 // bytes from its last lines to the end of the file
)

// An end is what must be known of a document to append to it.
type end struct {
	header int  // where the document begins in the file: places count from there
	last   int  // place of its last references
	stream bool // these are a stream, not a table
}

var (
	startxref = regexp.MustCompile(`startxref\s+(\d{1,10})\s`)
	streamed  = regexp.MustCompile(`^\d{1,10}\s+\d{1,5}\s+obj\b`)
)

// ending finds the end of a document. Its error is a *limit.Refusal where its
// references are not where it says: what is appended could not refer to them.
func ending(data []byte) (end, error) {
	e := end{header: bytes.Index(data[:min(len(data), headerRoom)], []byte("%PDF-"))}
	tail := append(bytes.Clone(data[max(0, len(data)-endRoom):]), '\n')
	all := startxref.FindAllSubmatch(tail, -1)
	if e.header < 0 || len(all) == 0 {
		return e, limit.Refuse("damaged", "the file has no beginning or no end")
	}
	e.last, _ = strconv.Atoi(string(all[len(all)-1][1]))
	if at := e.header + e.last; at < len(data) {
		begin := bytes.TrimLeft(data[at:min(len(data), at+40)], " \t\r\n\x00")
		if bytes.HasPrefix(begin, []byte("xref")) {
			return e, nil
		}
		e.stream = true
		if streamed.Match(begin) {
			return e, nil
		}
	}
	return e, limit.Refuse("damaged", "the file's references are not where it says")
}

// What is taken from the trailer that PDFium writes.
var (
	rootEntry = regexp.MustCompile(`/Root \d+ 0 R`)
	infoEntry = regexp.MustCompile(`/Info \d+ 0 R`)
	sizeEntry = regexp.MustCompile(`/Size (\d{1,9})\b`)
	idEntry   = regexp.MustCompile(`/ID\[<([0-9A-F]*)><([0-9A-F]*)>\]`)
)

// An appendix is what is written behind a document.
type appendix struct {
	bytes.Buffer
	begin int         // place of its first byte
	next  int         // number of the next object
	at    map[int]int // places of objects by number
}

// add writes an object, under the next number.
func (p *appendix) add(text string) int {
	number := p.next
	p.next++
	p.put(number, []byte(text))
	return number
}

func (p *appendix) put(number int, text []byte) {
	p.at[number] = p.begin + p.Len()
	fmt.Fprintf(p, "%d 0 obj\n%s\nendobj\n", number, text)
}

// append writes the notes behind the document.
func (a *annotation) append(ctx context.Context, d desk, data []byte, old end) ([]byte, error) {
	s := stamp{Pages: slices.Sorted(maps.Keys(a.marks)), Mark: fmt.Sprintf("%x", sha256.Sum256(data))}
	sheet, err := d.stamp(ctx, s)
	if err != nil {
		return nil, cmp.Or(ctx.Err(), refuseStamp(err))
	}
	return a.write(data, old, s, sheet)
}

// standIn is what stands in the stamped objects for the notes of a page, by its mark.
var standIn = regexp.MustCompile(`<</Contents\(([0-9a-f]+-\d+)\)[^<>]*>>`)

// write appends the notes to the document.
func (a *annotation) write(data []byte, old end, s stamp, sheet stamped) ([]byte, error) {
	root, size := rootEntry.FindString(sheet.Trailer), sizeEntry.FindStringSubmatch(sheet.Trailer)
	if root == "" || size == nil || len(sheet.Frames) != len(s.Pages) {
		return nil, limit.Refuse("damaged", "the file has no trailer")
	}
	if !strings.Contains(sheet.Trailer, "/Prev ") { // PDFium has found the objects without them
		return nil, limit.Refuse("damaged", "the file's references cannot be read")
	}
	if err := unnumbered(data, sheet.Objects); err != nil {
		return nil, err
	}
	p := &appendix{begin: len(data) - old.header, at: map[int]int{}}
	p.WriteByte('\n')
	p.next, _ = strconv.Atoi(size[1])
	references := map[string]string{} // to the notes of a page, by its mark
	for i, page := range s.Pages {
		references[s.mark(page)] = a.annotate(p, sheet.Frames[i], a.marks[page])
	}
	if replaced := p.stamped(sheet.Objects, references); replaced < len(s.Pages) {
		return nil, limit.Refuse("damaged", "a page takes no notes")
	}
	p.finish(old, root+infoEntry.FindString(sheet.Trailer), identity(sheet.Trailer, data, p.Bytes()))
	return append(bytes.Clone(data), p.Bytes()...), nil
}

// stamped writes objects with references to notes in place of what stands for these, and
// counts them.
func (p *appendix) stamped(objects []object, references map[string]string) (replaced int) {
	for _, o := range objects {
		p.put(o.Number, standIn.ReplaceAllFunc(o.Text, func(found []byte) []byte {
			notes, known := references[string(standIn.FindSubmatch(found)[1])]
			if !known {
				return found
			}
			replaced++
			return []byte(notes)
		}))
	}
	return replaced
}

var (
	revised   = regexp.MustCompile(`\b(\d{1,9})\s+[1-9]\d{0,4}\s+obj\b`)
	reference = regexp.MustCompile(`\b(\d{1,9}) 0 R\b`)
)

// unnumbered refuses what is stamped where it names an object that has been replaced
// under its number, as few programs do: PDFium does not tell how often.
func unnumbered(data []byte, objects []object) error {
	changed := map[string]bool{}
	for _, found := range revised.FindAllSubmatch(data, -1) {
		changed[string(found[1])] = true
	}
	for _, o := range objects {
		named := [][][]byte{{nil, []byte(strconv.Itoa(o.Number))}}
		for _, found := range append(named, reference.FindAllSubmatch(o.Text, -1)...) {
			if changed[string(found[1])] {
				return limit.Refuse("damaged", "object "+string(found[1])+" has several generations")
			}
		}
	}
	return nil
}

// identity is the entry that names the document and, by what is in it, this copy; ""
// where the document has none: PDFium then makes two that are the same.
func identity(trailer string, data, appended []byte) string {
	ids := idEntry.FindStringSubmatch(trailer)
	if ids == nil || ids[1] == ids[2] {
		return ""
	}
	of := sha256.New()
	of.Write(data)
	of.Write(appended)
	return fmt.Sprintf("/ID[<%s><%X>]", ids[1], of.Sum(nil)[:16])
}

// finish writes the references and the trailer, in the kind the document has.
func (p *appendix) finish(old end, entries, id string) {
	place := p.begin + p.Len()
	if old.stream {
		p.at[p.next] = place
	}
	table, index, rows := p.references()
	if old.stream {
		fmt.Fprintf(p, "%d 0 obj\n<</Type/XRef/Size %d/W[1 4 1]/Index[%s]%s%s/Prev %d/Length %d>>stream\n%s\nendstream\nendobj\n",
			p.next, p.next+1, index, entries, id, old.last, len(rows), rows)
	} else {
		fmt.Fprintf(p, "xref\n%strailer\n<</Size %d%s%s/Prev %d>>\n", table, p.next, entries, id, old.last)
	}
	fmt.Fprintf(p, "startxref\n%d\n%%%%EOF\n", place)
}

// references tells where the objects stand: as a table, and as the index and the rows of
// a stream.
func (p *appendix) references() (table, index string, rows []byte) {
	var inTable, inIndex strings.Builder
	numbers := slices.Sorted(maps.Keys(p.at))
	for from, to := 0, 0; from < len(numbers); from = to {
		for to = from + 1; to < len(numbers) && numbers[to] == numbers[to-1]+1; to++ {
		}
		fmt.Fprintf(&inTable, "%d %d\n", numbers[from], to-from)
		fmt.Fprintf(&inIndex, " %d %d", numbers[from], to-from)
		for _, number := range numbers[from:to] {
			at := p.at[number]
			fmt.Fprintf(&inTable, "%010d 00000 n \n", at)
			rows = append(rows, 1, byte(at>>24), byte(at>>16), byte(at>>8), byte(at), 0) // #nosec G115 -- the bytes of a number
		}
	}
	return inTable.String(), strings.TrimSpace(inIndex.String()), rows
}

// How notes look. Lengths are in points.
const (
	yellow    = "1 0.85 0.3"
	iconSide  = 18
	iconStep  = 22 // from one note at a page's top to the next
	iconEdge  = 6  // from the page's edge
	popupWide = 220
	popupHigh = 140
)

// annotate writes the annotations of a page and returns references to them.
func (a *annotation) annotate(p *appendix, f frame, marks []mark) string {
	var references strings.Builder
	onTop := 0
	for _, m := range marks {
		look := ""
		var edges rect
		if m.boxes != nil {
			edges, look = highlight(p, m.boxes)
		} else {
			edges, look = icon(p, f, onTop)
			onTop++
		}
		number := p.next
		p.next += 2 // the note and its window
		day := "(D:" + strings.ReplaceAll(a.notes.Date, "-", "") + "000000Z)"
		p.put(number, fmt.Appendf(nil, "<</Type/Annot%s/Rect%s/C[%s]/F 4/T%s/Contents%s/CreationDate%s/M%s/NM(austauschbar-%d)/Popup %d 0 R>>",
			look, edges, yellow, textString(a.notes.Author), textString(strings.Join(m.lines, "\n")), day, day, number, number+1))
		at := f.at(f.Width, 0)
		window := rect{at.X, edges.top - popupHigh, at.X + popupWide, edges.top}
		p.put(number+1, fmt.Appendf(nil, "<</Type/Annot/Subtype/Popup/Rect%s/Parent %d 0 R/Open false>>", window, number))
		fmt.Fprintf(&references, " %d 0 R %d 0 R", number, number+1)
	}
	return references.String()
}

// A rect is a rectangle in a page's own coordinates.
type rect struct{ left, bottom, right, top float64 }

func (r rect) String() string {
	return "[" + decimals(r.left, r.bottom, r.right, r.top) + "]"
}

// decimals writes numbers in hundredths; what is none is 0.
func decimals(all ...float64) string {
	written := make([]string, len(all))
	for i, n := range all {
		if math.IsNaN(n) || math.Abs(n) > 1e6 {
			n = 0
		}
		written[i] = strconv.FormatFloat(math.Round(n*100)/100, 'f', -1, 64)
	}
	return strings.Join(written, " ")
}

// bounds is the rectangle around points.
func bounds(points ...point) rect {
	by := func(of func(point) float64) (low, high float64) {
		compare := func(a, b point) int { return cmp.Compare(of(a), of(b)) }
		return of(slices.MinFunc(points, compare)), of(slices.MaxFunc(points, compare))
	}
	var r rect
	r.left, r.right = by(func(p point) float64 { return p.X })
	r.bottom, r.top = by(func(p point) float64 { return p.Y })
	return r
}

// highlight writes the look of a highlight, and returns its edges and entries.
func highlight(p *appendix, boxes []box) (rect, string) {
	var corners []point
	var quads []string
	var drawn strings.Builder
	drawn.WriteString("/G gs " + yellow + " rg\n")
	for _, b := range boxes {
		corners = append(corners, b[:]...)
		quads = append(quads, decimals(b[0].X, b[0].Y, b[1].X, b[1].Y, b[2].X, b[2].Y, b[3].X, b[3].Y))
		fmt.Fprintf(&drawn, "%s m %s l %s l %s l h f\n", decimals(b[0].X, b[0].Y), decimals(b[1].X, b[1].Y), decimals(b[3].X, b[3].Y), decimals(b[2].X, b[2].Y))
	}
	edges := bounds(corners...)
	look := p.form(edges, "/Resources<</ExtGState<</G<</BM/Multiply>>>>>>/Group<</S/Transparency>>", drawn.String())
	return edges, fmt.Sprintf("/Subtype/Highlight/QuadPoints[%s]/AP<</N %d 0 R>>", strings.Join(quads, " "), look)
}

// icon writes the look of the nth note at a page's top, and returns its edges and
// entries.
func icon(p *appendix, f frame, nth int) (rect, string) {
	columns := max(1, int((min(f.Width, 10_000)-2*iconEdge)/iconStep))
	right, down := iconEdge+float64(nth%columns*iconStep), iconEdge+float64(nth/columns*iconStep)
	edges := bounds(f.at(right, down), f.at(right+iconSide, down+iconSide))
	look := p.form(edges, "", fmt.Sprintf("%s rg 0.4 0.3 0 RG 1 w %s %d %d re B\n", yellow, decimals(edges.left+1, edges.bottom+1), iconSide-2, iconSide-2)+
		strokes(edges, 5, 9, 13))
	return edges, fmt.Sprintf("/Subtype/Text/Name/Comment/AP<</N %d 0 R>>", look)
}

// strokes draws lines of writing at heights above the lower edge.
func strokes(r rect, heights ...float64) string {
	var drawn strings.Builder
	for _, height := range heights {
		fmt.Fprintf(&drawn, "%s m %s l S\n", decimals(r.left+4, r.bottom+height), decimals(r.right-4, r.bottom+height))
	}
	return drawn.String()
}

// form writes something drawn.
func (p *appendix) form(edges rect, entries, drawn string) int {
	return p.add(fmt.Sprintf("<</Type/XObject/Subtype/Form/BBox%s%s/Length %d>>stream\n%s\nendstream", edges, entries, len(drawn), drawn))
}

// textString writes a text, without what has no visible form but its lines.
func textString(text string) string {
	var written strings.Builder
	written.WriteString("<FEFF")
	for _, char := range text {
		if unicode.IsControl(char) && char != '\n' && char != '\t' {
			char = unicode.ReplacementChar
		}
		for _, unit := range utf16.AppendRune(nil, char) {
			fmt.Fprintf(&written, "%04X", unit)
		}
	}
	written.WriteByte('>')
	return written.String()
}
