package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"strings"
)

// A sheet is a page of a PDF made for a test: lines of text with their places.
type sheet []placed

// placed is a line of text on a sheet of A4, in points from the lower left.
type placed struct {
	x, y, size float64
	bold       bool
	text       string
}

// column sets lines one below the other, 14 points apart, in type of 11 points;
// an empty line leaves as much room.
func column(top float64, all ...string) sheet {
	var s sheet
	for i, text := range all {
		if text != "" {
			s = append(s, placed{x: 70, y: top - 14*float64(i), size: 11, text: text})
		}
	}
	return s
}

// file writes sheets as a PDF in Courier, whose letters are all as wide, so that
// the length of a line shows in its text.
func file(title string, sheets ...sheet) []byte {
	contents := make([]string, len(sheets))
	for i, s := range sheets {
		contents[i] = s.content()
	}
	return fileOf(title, contents...)
}

// fileOf writes pages as a PDF, each with these operators, compressed.
func fileOf(title string, contents ...string) []byte {
	return fileWith(title, "/MediaBox[0 0 595 842]", contents...)
}

// fileWith writes pages with these entries.
func fileWith(title, entries string, contents ...string) []byte {
	var b bytes.Buffer
	var offsets []int
	object := func(body string) {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(offsets), body)
	}
	b.WriteString("%PDF-1.4\n")
	var kids []string
	for i := range contents {
		kids = append(kids, fmt.Sprintf("%d 0 R", 6+2*i))
	}
	object("<</Type/Catalog/Pages 2 0 R>>")
	object(fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", len(contents), strings.Join(kids, " ")))
	object("<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>")
	object("<</Type/Font/Subtype/Type1/BaseFont/Courier-Bold/Encoding/WinAnsiEncoding>>")
	object("<</Title(" + title + ")>>")
	for i, content := range contents {
		object(fmt.Sprintf("<</Type/Page/Parent 2 0 R%s/Contents %d 0 R/Resources<</Font<</F 3 0 R/B 4 0 R>>>>>>", entries, 7+2*i))
		stream := deflated(content)
		object(fmt.Sprintf("<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream", len(stream), stream))
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, offset := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer<</Size %d/Root 1 0 R/Info 5 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, start)
	return b.Bytes()
}

func deflated(content string) string {
	var packed strings.Builder
	w := zlib.NewWriter(&packed)
	_, _ = io.WriteString(w, content) // a strings.Builder takes all
	_ = w.Close()
	return packed.String()
}

// content writes the operators that draw a sheet.
func (s sheet) content() string {
	var b strings.Builder
	for _, p := range s {
		font := "F"
		if p.bold {
			font = "B"
		}
		fmt.Fprintf(&b, "BT /%s %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET\n", font, p.size, p.x, p.y, winAnsi(p.text))
	}
	return b.String()
}

// winAnsi encodes text as a PDF string in Windows-1252, as far as the tests go.
func winAnsi(text string) string {
	var b strings.Builder
	for _, char := range text {
		switch {
		case char == '(' || char == ')' || char == '\\':
			b.WriteByte('\\')
			b.WriteRune(char)
		case char == '•':
			b.WriteString(`\225`)
		case char < 0x80:
			b.WriteRune(char)
		default:
			fmt.Fprintf(&b, `\%03o`, char)
		}
	}
	return b.String()
}
