// Command comments draws a page of a commented Word document with the comments beside
// it, as word processors do, for the pictures in the docs: DOCX, the page's words as
// "pdftotext -bbox" writes them, and the page's picture in, HTML out. LibreOffice
// without a screen draws pages, but no margins with comments.
package main

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"html/template"
	"io"
	"os"
	"slices"
	"strings"
)

// Sizes in pixels; a page's picture is drawn at pageWidth.
const (
	pageWidth   = 900.0
	marginWidth = 460
)

// telling is how many words a passage needs to be found on a page.
const telling = 3

// A comment is one of a document.
type comment struct {
	Author     string
	Paragraphs []string
	passage    []string // words that it is about
	Boxes      []box
}

// A box is a place on the page's picture.
type box struct{ Left, Top, Width, Height float64 }

// Top is where the comment's passage begins.
func (c comment) Top() float64 { return c.Boxes[0].Top }

var page = template.Must(template.New("page").Parse(`<!doctype html>
<html lang="de"><meta charset="utf-8"><title>Comments</title>
<style>
body { margin: 0; display: flex; background: #f3f2f1; font: 13px/1.4 "Liberation Sans", Arial, sans-serif; color: #242424 }
.page { position: relative; flex: none }
.page img { width: {{.PageWidth}}px; display: block; background: #fff; box-shadow: 0 0 4px #0004 }
.page i { position: absolute; background: #b4009e22; border-bottom: 2px solid #b4009e88 }
aside { flex: none; width: {{.MarginWidth}}px; padding: 24px 16px }
section { margin-bottom: 12px; padding: 10px 14px; background: #fff; border-left: 4px solid #b4009e; border-radius: 4px; box-shadow: 0 1px 3px #0003; overflow-wrap: anywhere }
section b { display: block; color: #b4009e }
p { margin: 4px 0 }
p:first-of-type { font-weight: bold }
</style>
<div class="page"><img src="{{.Picture}}" alt="">{{range .Comments}}{{range .Boxes}}<i style="left:{{.Left}}px;top:{{.Top}}px;width:{{.Width}}px;height:{{.Height}}px"></i>{{end}}{{end}}</div>
<aside>{{range .Comments}}<section><b>{{.Author}}</b>{{range .Paragraphs}}<p>{{.}}</p>{{end}}</section>{{end}}</aside>
`))

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: comments DOCX WORDS PICTURE >PAGE")
		os.Exit(2)
	}
	if err := draw(os.Stdout, os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintf(os.Stderr, "comments: %v\n", err)
		os.Exit(1)
	}
}

func draw(out io.Writer, document, words, picture string) error {
	comments, err := read(document)
	if err != nil {
		return fmt.Errorf("read %s: %w", document, err)
	}
	file, err := os.Open(words)
	if err != nil {
		return err
	}
	defer file.Close()
	var bboxes struct {
		Pages []sheet `xml:"body>doc>page"`
	}
	decoder := xml.NewDecoder(file)
	decoder.Strict, decoder.Entity = false, xml.HTMLEntity
	if err := decoder.Decode(&bboxes); err != nil {
		return fmt.Errorf("read %s: %w", words, err)
	}
	if len(bboxes.Pages) != 1 {
		return fmt.Errorf("read %s: %d pages, want 1", words, len(bboxes.Pages))
	}
	var shown []comment
	for _, c := range comments {
		if len(c.passage) < telling {
			continue // may stand anywhere
		}
		if c.Boxes = bboxes.Pages[0].find(c.passage); len(c.Boxes) > 0 {
			shown = append(shown, c)
		}
	}
	slices.SortStableFunc(shown, func(a, b comment) int { return int(a.Top() - b.Top()) })
	return page.Execute(out, map[string]any{"PageWidth": pageWidth, "MarginWidth": marginWidth, "Picture": picture, "Comments": shown})
}

// A sheet is a page with its words.
type sheet struct {
	Width float64 `xml:"width,attr"`
	Words []struct {
		Left   float64 `xml:"xMin,attr"`
		Top    float64 `xml:"yMin,attr"`
		Right  float64 `xml:"xMax,attr"`
		Bottom float64 `xml:"yMax,attr"`
		Text   string  `xml:",chardata"`
	} `xml:"word"`
}

// find returns the boxes of a passage, a line each; none where it is not on the page.
// Words are compared without blanks, since lines break where they like.
func (s sheet) find(passage []string) []box {
	wanted, scale := strings.Join(passage, ""), pageWidth/s.Width
	for from := range s.Words {
		var boxes []box
		text := ""
		for _, word := range s.Words[from:] {
			if wanted == "" || !strings.HasPrefix(wanted, text+word.Text) && !strings.HasPrefix(text+word.Text, wanted) {
				break
			}
			b := box{word.Left * scale, word.Top * scale, (word.Right - word.Left) * scale, (word.Bottom - word.Top) * scale}
			if last := len(boxes) - 1; last >= 0 && b.Left > boxes[last].Left && b.Top-boxes[last].Top < b.Height/2 {
				boxes[last].Width = b.Left + b.Width - boxes[last].Left
			} else {
				boxes = append(boxes, b)
			}
			if text += word.Text; strings.HasPrefix(text, wanted) {
				return boxes
			}
		}
	}
	return nil
}

// read returns a document's comments with the words that they are about.
func read(document string) ([]comment, error) {
	archive, err := zip.OpenReader(document)
	if err != nil {
		return nil, err
	}
	defer archive.Close()
	comments := map[string]*comment{}
	var order []string
	var current *comment
	if err := each(&archive.Reader, "word/comments.xml", func(element xml.StartElement, text string) {
		switch element.Name.Local {
		case "comment":
			current = &comment{Author: attr(element, "author")}
			comments[attr(element, "id")] = current
			order = append(order, attr(element, "id"))
		case "p":
			current.Paragraphs = append(current.Paragraphs, "")
		case "t":
			current.Paragraphs[len(current.Paragraphs)-1] += text
		}
	}); err != nil {
		return nil, err
	}
	open := map[string]bool{}
	err = each(&archive.Reader, "word/document.xml", func(element xml.StartElement, text string) {
		switch id := attr(element, "id"); element.Name.Local {
		case "commentRangeStart":
			open[id] = true
		case "commentRangeEnd":
			delete(open, id)
		case "t", "delText":
			for id := range open {
				comments[id].passage = append(comments[id].passage, strings.Fields(text)...)
			}
		}
	})
	var all []comment
	for _, id := range order {
		all = append(all, *comments[id])
	}
	return all, err
}

func attr(element xml.StartElement, name string) string {
	for _, a := range element.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// each calls visit for each element of a part, with the text directly in it.
func each(archive *zip.Reader, name string, visit func(xml.StartElement, string)) error {
	part, err := archive.Open(name)
	if err != nil {
		return err
	}
	defer part.Close()
	decoder := xml.NewDecoder(part)
	var open *xml.StartElement
	text := ""
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case xml.StartElement:
			if open != nil {
				visit(*open, "")
			}
			element := token.Copy()
			open, text = &element, ""
		case xml.CharData:
			text += string(token)
		case xml.EndElement:
			if open != nil {
				visit(*open, text)
			}
			open = nil
		}
	}
}
