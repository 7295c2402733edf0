package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

// everywhere has a note for the beginning, the middle and all of every passage.
func everywhere(text austauschbar.Text) []austauschbar.Note {
	var list []austauschbar.Note
	add := func(passage austauschbar.Passage, text string) {
		for _, quote := range readertest.Quotes(text) {
			runes := []rune(quote)
			quote = string(runes[:min(len(runes), 300)])
			list = append(list, austauschbar.Note{Evidence: &austauschbar.Evidence{Page: passage.Page, Paragraph: passage.Paragraph, Quote: quote}, Place: "PLACE"})
		}
	}
	for _, passage := range text.Passages {
		if len(passage.Cells) == 0 {
			add(passage, passage.Text)
		}
		for _, cell := range passage.Cells {
			add(passage, cell.Text)
		}
	}
	return list
}

// A shown annotation, as PDFium reads it back from a copy.
type shown struct {
	page         int
	kind         enums.FPDF_ANNOTATION_SUBTYPE
	author, told string
	under        string // text under its boxes
	boxes        int
	top          float64 // of the first box
}

// readBack returns the annotations of a document by Austauschbar.
func readBack(t testing.TB, data []byte) []shown {
	t.Helper()
	i := &instance{}
	defer i.close()
	found, err := i.open(t.Context(), data)
	must(t, err)
	var all []shown
	for number := range found.Pages {
		loaded, err := i.lib.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: i.document, Index: number})
		if err != nil {
			continue
		}
		page := requests.Page{ByReference: &loaded.Page}
		text, err := i.lib.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: page})
		must(t, err)
		signs := signsOf(t, i, text.TextPage)
		count, err := i.lib.FPDFPage_GetAnnotCount(&requests.FPDFPage_GetAnnotCount{Page: page})
		must(t, err)
		for index := range count.Count {
			opened, err := i.lib.FPDFPage_GetAnnot(&requests.FPDFPage_GetAnnot{Page: page, Index: index})
			must(t, err)
			a := opened.Annotation
			kind, err := i.lib.FPDFAnnot_GetSubtype(&requests.FPDFAnnot_GetSubtype{Annotation: a})
			must(t, err)
			value := func(key string) string {
				got, err := i.lib.FPDFAnnot_GetStringValue(&requests.FPDFAnnot_GetStringValue{Annotation: a, Key: key})
				must(t, err)
				return got.Value
			}
			if kind.Subtype == enums.FPDF_ANNOT_SUBTYPE_POPUP || value("T") != "Austauschbar" {
				continue
			}
			s := shown{page: number + 1, kind: kind.Subtype, author: value("T"), told: value("Contents")}
			boxes, err := i.lib.FPDFAnnot_CountAttachmentPoints(&requests.FPDFAnnot_CountAttachmentPoints{Annotation: a})
			must(t, err)
			s.boxes = int(boxes.Count)
			for at := range boxes.Count {
				points, err := i.lib.FPDFAnnot_GetAttachmentPoints(&requests.FPDFAnnot_GetAttachmentPoints{Annotation: a, Index: at})
				must(t, err)
				q := points.QuadPoints
				r := bounds(point{float64(q.X1), float64(q.Y1)}, point{float64(q.X2), float64(q.Y2)}, point{float64(q.X3), float64(q.Y3)}, point{float64(q.X4), float64(q.Y4)})
				if at == 0 {
					s.top = r.top
				}
				s.under += under(signs, r)
			}
			all = append(all, s)
		}
	}
	return all
}

// A sign is a character of a page with its middle.
type sign struct {
	char rune
	at   point
}

func signsOf(t testing.TB, i *instance, text references.FPDF_TEXTPAGE) []sign {
	t.Helper()
	count, err := i.lib.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text})
	must(t, err)
	var all []sign
	for index := range count.Count {
		char, err := i.lib.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: text, Index: index})
		must(t, err)
		if b, err := i.lib.FPDFText_GetCharBox(&requests.FPDFText_GetCharBox{TextPage: text, Index: index}); err == nil {
			all = append(all, sign{rune(char.Unicode), point{(b.Left + b.Right) / 2, (b.Bottom + b.Top) / 2}})
		}
	}
	return all
}

// under returns the text whose middle lies within edges.
func under(signs []sign, edges rect) string {
	var text strings.Builder
	for _, s := range signs {
		if s.at.X >= edges.left && s.at.X <= edges.right && s.at.Y >= edges.bottom && s.at.Y <= edges.top {
			text.WriteRune(s.char)
		}
	}
	return text.String()
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func plain(text string) string { return string(compared(text).runes) }

func annotated(t testing.TB, data []byte, list ...austauschbar.Note) []byte {
	t.Helper()
	copied, err := Annotate(t.Context(), data, readertest.Noted(list...))
	must(t, err)
	return copied
}

func on(page int, quote string) austauschbar.Note {
	return austauschbar.Note{Evidence: &austauschbar.Evidence{Page: page, Quote: quote}, Place: "Seite 7"}
}

func TestAnnotate(t *testing.T) {
	const sheetOfA4 = "/MediaBox[0 0 595 842]"
	one := column(700, "Der Auftragnehmer liefert den Daten-", "export als CSV. Er dokumentiert ihn.").content()
	cells := sheet{
		{x: 70, y: 700, size: 11, text: "Die Daten"}, {x: 300, y: 700, size: 11, text: "Das Format"},
		{x: 70, y: 686, size: 11, text: "sind offen."}, {x: 300, y: 686, size: 11, text: "ist CSV."},
	}.content()
	for name, test := range map[string]struct {
		entries  string // of pages
		contents []string
		note     austauschbar.Note
		page     int
		want     string // text under the highlight; "" for a note at the page's top
	}{
		"within a line":                {sheetOfA4, []string{one}, on(1, "Auftragnehmer liefert"), 1, "Auftragnehmer liefert"},
		"over a hyphen":                {sheetOfA4, []string{one}, on(1, "den Datenexport als CSV."), 1, "den Daten-export als CSV."},
		"on the second page":           {sheetOfA4, []string{one, one}, on(2, "Datenexport"), 2, "Daten-export"},
		"on the page behind its own":   {sheetOfA4, []string{column(700, "Titel").content(), one}, on(1, "Datenexport"), 2, "Daten-export"},
		"lines of a cell":              {sheetOfA4, []string{cells}, on(1, "Die Daten sind offen."), 1, "Die Daten sind offen."},
		"a page shown from the right":  {"/Rotate 90" + sheetOfA4, []string{one}, on(1, "Auftragnehmer liefert"), 1, "Auftragnehmer liefert"},
		"a page shown upside down":     {"/Rotate 180" + sheetOfA4, []string{one}, on(1, "den Datenexport als CSV."), 1, "den Daten-export als CSV."},
		"a page shown from the left":   {"/Rotate 270" + sheetOfA4, []string{one}, on(1, "den Datenexport als CSV."), 1, "den Daten-export als CSV."},
		"text that leads up":           {sheetOfA4, []string{"BT /F 11 Tf 0 1 -1 0 300 300 Tm (Der Export folgt.) Tj ET\n"}, on(1, "Export"), 1, "Export"},
		"text that leads down":         {"/Rotate 270" + sheetOfA4, []string{"BT /F 11 Tf 0 -1 1 0 300 300 Tm (Der Export folgt.) Tj ET\n"}, on(1, "Export"), 1, "Export"},
		"a page that begins elsewhere": {"/MediaBox[50 100 595 842]", []string{one}, on(1, "Auftragnehmer"), 1, "Auftragnehmer"},
		"beside their notes":           {sheetOfA4 + "/Annots[<</Type/Annot/Subtype/Text/Rect[9 9 20 20]/Contents(Erika)>>]", []string{one}, on(1, "Er"), 1, "Er"},
		"a quote that is not there":    {sheetOfA4, []string{one, one, one}, on(2, "Lizenzmetrik nach Kernen"), 2, ""},
		"less than half is there":      {sheetOfA4, []string{one}, on(1, "Der Auftragnehmer beachtet alle Vorgaben zur Sicherheit"), 1, ""},
		"a page that is not there":     {sheetOfA4, []string{one}, on(7, "Der Auftragnehmer"), 1, ""},
		"no quote":                     {sheetOfA4, []string{one, one}, on(2, ""), 2, ""},
		"no passage":                   {sheetOfA4, []string{one, one}, austauschbar.Note{}, 1, ""},
	} {
		t.Run(name, func(t *testing.T) {
			data := fileWith("", test.entries, test.contents...)
			copied := annotated(t, data, test.note)
			sound(t, data, copied)
			got := readBack(t, copied)
			if len(got) != 1 || got[0].page != test.page || plain(got[0].under) != plain(test.want) {
				t.Fatalf("got %+v, want %q on page %d", got, test.want, test.page)
			}
			if !strings.HasPrefix(got[0].told, "EX-02 Exit-Konzept\nGrund: keiner") || got[0].author != "Austauschbar" {
				t.Errorf("note %q by %q", got[0].told, got[0].author)
			}
			if lines := strings.Count(test.want, "-") + 1; test.want != "" && got[0].boxes > 2*lines {
				t.Errorf("%d boxes", got[0].boxes)
			}
			if told := strings.Contains(got[0].told, "Seite 7"); told != (test.want == "" && test.note.Evidence != nil) {
				t.Errorf("note %q tells its place: %t", got[0].told, told)
			}
			if strings.Contains(test.entries, "Erika") && !strings.Contains(string(copied[len(data):]), "Erika") {
				t.Error("their note is gone")
			}
		})
	}
}

// Where the words stand twice, what is around them tells which are meant.
func TestAnnotateRepeatedWords(t *testing.T) {
	data := file("", column(700, "Lot one: the export is open.", "", "", "Lot two: the export is open."))
	text, err := Read(t.Context(), data)
	must(t, err)
	var tops []float64
	for _, passage := range text.Passages {
		note := on(1, "the export is open.")
		note.Evidence.Paragraph = passage.Paragraph
		tops = append(tops, readBack(t, annotated(t, data, note))[0].top)
	}
	if len(tops) != 2 || tops[0]-tops[1] < 30 {
		t.Errorf("highlights at the heights %v", tops)
	}
}

// A quote that goes on behind a page's end is marked on both pages, and told once.
func TestAnnotateOverPages(t *testing.T) {
	data := file("", column(100, "Der Auftragnehmer liefert den"), column(700, "Export als CSV."))
	got := readBack(t, annotated(t, data, on(1, "Auftragnehmer liefert den Export als CSV.")))
	if len(got) != 2 || plain(got[0].under+got[1].under) != plain("Auftragnehmer liefert den Export als CSV.") {
		t.Fatalf("got %+v", got)
	}
	if got[1].page != 2 || got[1].told != "EX-02 Exit-Konzept" {
		t.Errorf("the second one is %+v", got[1])
	}
}

// Notes at a page's top stand beside each other, within the page.
func TestAnnotateManyAtTheTop(t *testing.T) {
	data := file("", column(700, "Text"))
	places := regexp.MustCompile(`/Subtype/Text[^>]*>>/Rect\[([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+)\]`).FindAllSubmatch(annotated(t, data, make([]austauschbar.Note, 60)...)[len(data):], -1)
	seen := map[string]bool{}
	for _, place := range places {
		var edges [4]float64
		for i := range edges {
			edges[i], _ = strconv.ParseFloat(string(place[i+1]), 64)
		}
		if edges[0] < 0 || edges[2] > 595 || edges[3] > 842 || edges[1] < 842-100 {
			t.Errorf("a note at %v", edges)
		}
		seen[fmt.Sprint(edges)] = true
	}
	if len(seen) != 60 {
		t.Errorf("%d notes at %d places", len(places), len(seen))
	}
}

func TestAnnotateHostile(t *testing.T) {
	long := strings.Repeat("x", 10_000)
	texts := []string{"EX-02 \x00\x1b[31m", ") >> endobj <script>alert(1)</script>", "\u202eשלום עולם", "👩‍💻", long}
	data := file("", column(700, "Der Export folgt."))
	note := on(1, "Export")
	note.Lines = texts
	copied := annotated(t, data, note)
	sound(t, data, copied)
	got := readBack(t, copied)
	want := strings.NewReplacer("\x00", "\ufffd", "\x1b", "\ufffd").Replace(strings.Join(texts, "\n"))
	if len(got) != 1 || got[0].told != want {
		t.Errorf("got %+v", got)
	}
	if bytes.Contains(copied[len(data):], []byte("script")) {
		t.Error("text stands among the objects as it is")
	}
}

func TestAnnotateRefuses(t *testing.T) {
	whole := file("", column(700, "Text"))
	cut := whole[:len(whole)-40]
	elsewhere := regexp.MustCompile(`startxref\n\d+`).ReplaceAll(whole, []byte("startxref\n11"))
	for name, test := range map[string]struct {
		data []byte
		code string
	}{
		"nothing":                  {nil, "empty"},
		"too large":                {make([]byte, limit.File+1), "too_large"},
		"no PDF":                   {[]byte("Text"), "damaged"},
		"cut off":                  {cut, "damaged"},
		"references are elsewhere": {elsewhere, "damaged"},
		"an object was replaced":   {append(bytes.Clone(whole), []byte("\n%7 1 obj\n"+string(whole[bytes.LastIndex(whole, []byte("startxref")):]))...), "damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Annotate(t.Context(), test.data, readertest.Noted(austauschbar.Note{}))
			var refusal *limit.Refusal
			if !errors.As(err, &refusal) || refusal.Code != test.code {
				t.Errorf("got %v, want %s", err, test.code)
			}
		})
	}
}

// A page that keeps PDFium busy costs its notes the place, not the others.
func TestPlacesBehindALostPage(t *testing.T) {
	d := seated(t, crew(t, time.Second), fileOf("", stuck, column(700, "Der Export folgt.").content()))
	begun := time.Now()
	if _, err := d.places(t.Context(), 1, []quote{{Text: "Export"}}); err == nil {
		t.Error("the page was read")
	}
	found, err := d.places(t.Context(), 2, []quote{{Text: "Export"}})
	if err != nil || len(found) != 1 || len(found[0].Boxes) != 1 {
		t.Errorf("got %+v, %v", found, err)
	}
	if took := time.Since(begun); took > 15*time.Second {
		t.Errorf("took %s", took)
	}
}

// refused are the files of the corpus that take no notes, with the reason.
var refused = map[string]string{
	"pdfjs_bug1020226.pdf": "damaged", "pdfjs_poppler-395-0-fuzzed.pdf": "damaged", "pdfjs_pr6531_1.pdf": "encrypted",
	"pdfjs_GHOSTSCRIPT-698804-1-fuzzed.pdf": "damaged", "pdfjs_issue9105_reduced.pdf": "damaged",
}

// garbledText are files whose letters lie over each other: what is under a highlight
// cannot be told from what is beside it.
var garbledText = map[string]int{"pdfjs_issue6127.pdf": 25}

func TestAnnotateCorpus(t *testing.T) {
	files := append(corpus(t, "*"), filepath.Join("..", "..", "examples", "fachverfahren", "Vertragsbedingungen.pdf"))
	all, exact := 0, 0
	for _, file := range files {
		name := filepath.Base(file)
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(file)
			must(t, err)
			if code := refused[name]; code != "" {
				_, err := Annotate(t.Context(), data, readertest.Noted(austauschbar.Note{}))
				if refusal, ok := errors.AsType[*limit.Refusal](err); !ok || refusal.Code != code {
					t.Errorf("got %v, want %s", err, code)
				}
				return
			}
			text, _ := Read(t.Context(), data) // a file without text takes notes all the same
			list := append([]austauschbar.Note{{}}, everywhere(text)...)
			for i := range list {
				list[i].Lines = []string{strconv.Itoa(i), "Grund: keiner"}
			}
			copied := annotated(t, data, list...)
			sound(t, data, copied)
			a, e := compareUnder(t, list, copied)
			all, exact = all+a, exact+e
			if a-e > garbledText[name] {
				t.Errorf("%d of %d highlights are not at their quotes", a-e, a)
			}
		})
	}
	t.Logf("%d of %d highlights have their quotes under them", exact, all)
}

// compareUnder counts the notes with a quote and those which stand exactly at theirs;
// each note's first line is its index.
func compareUnder(t *testing.T, list []austauschbar.Note, copied []byte) (all, exact int) {
	t.Helper()
	under, kind := map[string]string{}, map[string]enums.FPDF_ANNOTATION_SUBTYPE{}
	for _, s := range readBack(t, copied) {
		id, _, _ := strings.Cut(s.told, "\n")
		under[id] += s.under
		kind[id] = s.kind
	}
	for i, note := range list {
		id := strconv.Itoa(i)
		if kind[id] == 0 {
			t.Fatalf("note %d is lost", i)
		}
		if note.Evidence == nil || plain(note.Evidence.Quote) == "" {
			continue
		}
		all++
		if plain(under[id]) == plain(note.Evidence.Quote) {
			exact++
		} else {
			t.Logf("page %d: under %.80q is %.80q", note.Evidence.Page, note.Evidence.Quote, under[id])
		}
	}
	return all, exact
}

// sound holds what is true of every annotated copy: the document's own bytes come
// first; it reads the same, with another program too; the same notes give the same
// bytes.
func sound(t *testing.T, data, copied []byte) {
	t.Helper()
	if !bytes.HasPrefix(copied, data) {
		t.Fatal("the document's bytes are not the beginning of the copy")
	}
	was, errWas := Read(t.Context(), data)
	is, errIs := Read(t.Context(), copied)
	if diff := cmp.Diff(was, is); diff != "" || (errWas == nil) != (errIs == nil) {
		t.Errorf("the text differs (-was +is), %v, %v:\n%.2000s", errWas, errIs, diff)
	}
	pdftotext, err := exec.LookPath("pdftotext")
	if err != nil {
		return
	}
	extract := func(data []byte) (string, string) {
		command := exec.Command(pdftotext, "-", "-")
		var out, said bytes.Buffer
		command.Stdin, command.Stdout, command.Stderr = bytes.NewReader(data), &out, &said
		_ = command.Run() // a file that it cannot read, it cannot read either way
		return out.String(), said.String()
	}
	text, complaints := extract(data)
	again, more := extract(copied)
	if text != again || complaints == "" && more != "" {
		t.Errorf("pdftotext reads another text, or complains: %.300s", more)
	}
}

func TestAnnotateTwice(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "examples", "fachverfahren", "Vertragsbedingungen.pdf"))
	must(t, err)
	text, err := Read(t.Context(), data)
	must(t, err)
	once := annotated(t, data, everywhere(text)...)
	if !bytes.Equal(once, annotated(t, data, everywhere(text)...)) {
		t.Error("the same notes give other bytes")
	}
	twice := annotated(t, once, on(1, "Vertragsbedingungen"))
	sound(t, once, twice)
}

// A document that LibreOffice made takes notes; one that it encrypted without a
// password for reading does not.
func TestAnnotateFromLibreOffice(t *testing.T) {
	source, err := os.ReadFile(filepath.Join("..", "..", "examples", "fachverfahren", "Leistungsbeschreibung.docx"))
	must(t, err)
	convert := func(options string) []byte {
		return readertest.Converted(t, "a.docx", "pdf:writer_pdf_Export"+options, source)
	}
	data := convert("")
	text, err := Read(t.Context(), data)
	must(t, err)
	list := everywhere(text)
	for i := range list {
		list[i].Lines = []string{strconv.Itoa(i), "Grund: keiner"}
	}
	copied := annotated(t, data, list...)
	sound(t, data, copied)
	if all, exact := compareUnder(t, list, copied); exact < all {
		t.Errorf("%d of %d highlights are at their quotes", exact, all)
	}
	closed := convert(`:{"RestrictPermissions":{"type":"boolean","value":"true"},"PermissionPassword":{"type":"string","value":"x"}}`)
	if _, err := Annotate(t.Context(), closed, readertest.Noted(austauschbar.Note{})); err == nil || !strings.Contains(err.Error(), "encrypted") {
		t.Errorf("got %v", err)
	}
}

// The parts of a quote that are found, and its rest, are all of it.
func FuzzFind(f *testing.F) {
	f.Add("Die Daten Das Format sind offen. ist CSV.", "Die Daten sind offen.", "", "")
	f.Add("Daten-\r\nexport ﬁnal Daten", "Datenexport final", "a", "Daten")
	f.Add("ende zum", "zum 30.06.2028", "", "")
	f.Fuzz(func(t *testing.T, page, text, before, after string) {
		on := compared(page)
		found, rest := on.find(quote{text, before, after})
		var all []rune
		behind := 0
		for _, part := range found {
			if part.from < behind || part.from >= part.to || part.to > len(on.runes) {
				t.Fatalf("parts %v of %d runes", found, len(on.runes))
			}
			behind = part.to
			all = append(all, on.runes[part.from:part.to]...)
		}
		if got, want := string(all)+plain(rest), plain(text); got != want {
			t.Errorf("found %q, want %q", got, want)
		}
	})
}

// What PDFium writes is let go of as soon as it was looked at.
func TestBehind(t *testing.T) {
	const mark, skipped = "feed", "feed, which is skipped"
	one := "7 0 obj\r\n<</Annots[<</Contents(feed-1)>>]>>\r\nendobj\r\n"
	large := "8 0 obj\r\n<<>>stream\r\n" + strings.Repeat("x", 3<<20) + "\r\nendstream\r\nendobj\r\n"
	for name, test := range map[string]struct {
		written []string
		objects int
		err     error
	}{
		"marked among others":   {[]string{skipped, large, one, large, one, "trailer"}, 2, nil},
		"in pieces":             {[]string{skipped[:5], skipped[5:] + large + one[:20], one[20:] + large, large}, 1, nil},
		"the skipped beginning": {[]string{skipped + one}, 1, nil},
		"one that has no end":   {slices.Repeat([]string{skipped + large[:2<<20]}, 40), 0, errStampTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			b := &behind{skip: len(skipped), mark: mark}
			var err error
			for _, piece := range test.written {
				if err == nil {
					_, err = b.Write([]byte(piece))
				}
			}
			if !errors.Is(err, test.err) {
				t.Fatalf("got %v, want %v", err, test.err)
			}
			found := append(b.objects, marked(b.kept, mark)...)
			if len(found) != test.objects || test.objects > 0 && (found[0].Number != 7 || !strings.HasPrefix(string(found[0].Text), "<</Annots")) {
				t.Errorf("objects %v", found)
			}
			if err == nil && len(b.kept) > 4<<20 {
				t.Errorf("%d bytes are kept", len(b.kept))
			}
		})
	}
}
