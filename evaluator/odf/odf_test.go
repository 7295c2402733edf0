package odf

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/docx"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/office"
	"github.com/austauschbar/austauschbar/evaluator/readertest"
	"github.com/austauschbar/austauschbar/evaluator/xlsx"
)

// parts are a package's parts by name.
type parts map[string]string

const namespaces = `xmlns:office="o" xmlns:style="s" xmlns:text="t" xmlns:table="ta" xmlns:draw="d" xmlns:fo="f" xmlns:xlink="x" xmlns:svg="v" xmlns:dc="dc" xmlns:meta="m" xmlns:manifest="ma"`

// content is content.xml with automatic styles and what stands in the body.
func content(styles, body string) string {
	return `<office:document-content ` + namespaces + `><office:automatic-styles>` + styles + `</office:automatic-styles><office:body>` + body + `</office:body></office:document-content>`
}

// pack builds an OpenDocument file.
func pack(t testing.TB, content string, more parts) []byte {
	t.Helper()
	files := parts{"content.xml": content}
	maps.Copy(files, more)
	return archive(t, files)
}

func archive(t testing.TB, files parts) []byte {
	t.Helper()
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	for _, name := range slices.Sorted(maps.Keys(files)) { // so that fuzzing sees the same each time
		part, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(files[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

// text builds a text of automatic styles and a body.
func text(t testing.TB, styles, body string) []byte {
	t.Helper()
	return pack(t, content(styles, `<office:text>`+body+`</office:text>`), nil)
}

func read(t testing.TB, data []byte) austauschbar.Text {
	t.Helper()
	text, err := Read(context.Background(), data)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// listed writes passages in short: "heading1 3.2 Export".
func listed(text austauschbar.Text) []string {
	var written []string
	for _, p := range text.Passages {
		line := string(p.Kind)
		if p.Level > 0 {
			line += fmt.Sprint(p.Level)
		}
		if p.Hidden {
			line += " hidden"
		}
		if p.Number != "" {
			line += " " + p.Number
		}
		written = append(written, line+" "+p.Text)
	}
	return written
}

// celled writes rows in short: "row A2:Name=Preis B2:Wert=5".
func celled(text austauschbar.Text) []string {
	var written []string
	for _, p := range text.Passages {
		line := string(p.Kind)
		if p.Hidden {
			line += " hidden"
		}
		if len(p.Cells) == 0 {
			line += " " + p.Text
		}
		for _, c := range p.Cells {
			line += " " + c.Ref + ":" + c.Header + "=" + c.Text
		}
		written = append(written, line)
	}
	return written
}

func equal(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

func p(style, text string) string {
	return `<text:p text:style-name="` + style + `">` + text + `</text:p>`
}

func h(level int, text string) string {
	return fmt.Sprintf(`<text:h text:outline-level="%d">%s</text:h>`, level, text)
}

// styleOf defines a paragraph style.
func styleOf(name, attributes, properties string) string {
	return `<style:style style:family="paragraph" style:name="` + name + `" ` + attributes + `>` + properties + `</style:style>`
}

func TestReadText(t *testing.T) {
	styles := styleOf("Weg", "", `<style:text-properties text:display="none"/>`) +
		`<style:style style:family="text" style:name="W"><style:text-properties text:display="none"/></style:style>` +
		`<style:style style:family="text" style:name="D"><style:text-properties style:text-line-through-style="solid" style:text-line-through-type="single"/></style:style>` +
		`<style:style style:family="text" style:name="N" style:parent-style-name="D"><style:text-properties style:text-line-through-style="none" style:text-line-through-type="none"/></style:style>`
	span := func(style, text string) string {
		return `<text:span text:style-name="` + style + `">` + text + `</text:span>`
	}
	tests := map[string]struct {
		body string
		want []string
	}{
		"white space is folded": {
			p("", " a \n\u00a0<text:s text:c=\"3\"/>b<text:tab/>c<text:line-break/>d<text:soft-page-break/>e"), []string{"paragraph a b c de"},
		},
		"soft hyphens go":                {p("", "Daten\u00adbank"), []string{"paragraph Datenbank"}},
		"an empty paragraph is no text":  {p("", " ") + `<text:p/>` + p("", "a"), []string{"paragraph a"}},
		"spans, links, marks and fields": {p("", span("X", "a")+`<text:a xlink:href="x">b</text:a><text:bookmark-start text:name="x"/>c <text:date>15.11.2026</text:date>`), []string{"paragraph abc 15.11.2026"}},
		"deleted text goes, inserted stays": {
			`<text:tracked-changes><text:changed-region><text:deletion>` + p("", "alt") + `</text:deletion></text:changed-region></text:tracked-changes>` +
				p("", `a<text:change text:change-id="1"/><text:change-start text:change-id="2"/>b<text:change-end text:change-id="2"/>`),
			[]string{"paragraph ab"},
		},
		"comments go": {p("", `a<office:annotation><dc:creator>x</dc:creator>`+p("", "nein")+`</office:annotation>b<office:annotation-end/>`), []string{"paragraph ab"}},
		"struck text goes": {
			p("", span("D", "x"+span("N", "a"))+"b"+span("D", span("X", "y"))), []string{"paragraph ab"},
		},
		"hidden text is told apart": {
			p("", "a"+span("W", "geheim")+"b") + p("Weg", "auch"),
			[]string{"paragraph ab", "paragraph hidden geheim", "paragraph hidden auch"},
		},
		"fields that hide": {
			p("", `a<text:hidden-text text:is-hidden="true" text:string-value="x"/><text:hidden-text text:is-hidden="false" text:string-value="b">b</text:hidden-text>`) +
				p("", `<text:hidden-paragraph text:is-hidden="true"/>y`) + p("", `<text:hidden-paragraph/>c`),
			[]string{"paragraph ab", "paragraph hidden x", "paragraph hidden y", "paragraph c"},
		},
		"fields that show nothing": {
			p("", `a<text:variable-set text:display="none">5</text:variable-set><text:script>alert()</text:script><text:number>1.</text:number>b`), []string{"paragraph ab"},
		},
		"sections, hidden ones too": {
			`<text:section>` + p("", "a") + `<text:section text:display="none">` + p("", "b") + h(1, "c") + `</text:section></text:section>` +
				`<text:section text:display="condition" text:is-hidden="true">` + p("", "d") + `</text:section>` +
				`<text:section text:display="condition">` + p("", "e") + `</text:section>`,
			[]string{"paragraph a", "paragraph hidden b", "heading1 hidden c", "paragraph hidden d", "paragraph e"},
		},
		"contents go, a bibliography stays": {
			`<text:table-of-content><text:table-of-content-source/><text:index-body><text:index-title>` + p("", "Inhalt") + `</text:index-title>` + p("", "A 1") + `</text:index-body></text:table-of-content>` +
				`<text:bibliography><text:bibliography-source/><text:index-body>` + p("", "VgV") + `</text:index-body></text:bibliography>`,
			[]string{"paragraph VgV"},
		},
		"a text box is read once, behind its paragraph": {
			p("", `vor<draw:frame><draw:text-box>`+p("", "Kasten")+`</draw:text-box><svg:title>Titel</svg:title></draw:frame> nach`),
			[]string{"paragraph vor nach", "paragraph Kasten"},
		},
		"shapes and groups": {
			`<draw:frame><draw:text-box>` + p("", "an der Seite") + `</draw:text-box></draw:frame>` +
				p("", `a<draw:g><draw:custom-shape>`+p("", "Kreis")+`<draw:enhanced-geometry/></draw:custom-shape><draw:a><draw:frame><draw:image>`+p("", "Bild")+`</draw:image></draw:frame></draw:a></draw:g>`),
			[]string{"paragraph an der Seite", "paragraph a", "paragraph Kreis", "paragraph Bild"},
		},
		"notes follow their paragraph": {
			p("", `Satz<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>`+p("", "Fuß")+p("", "noten")+`</text:note-body></text:note> geht weiter`+
				`<text:note text:note-class="endnote"><text:note-body>`+p("", "Ende")+`</text:note-body></text:note>`) + p("", "danach"),
			[]string{"paragraph Satz geht weiter", "footnote Fuß", "footnote noten", "footnote Ende", "paragraph danach"},
		},
		"ruby": {p("", `<text:ruby><text:ruby-base>a</text:ruby-base><text:ruby-text>x</text:ruby-text></text:ruby>`), []string{"paragraph a"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := read(t, text(t, styles, test.body))
			equal(t, listed(got), test.want...)
			check(t, got)
		})
	}
}

func TestReadStyles(t *testing.T) {
	common := styleOf("Heading_20_1", `style:display-name="Heading 1" style:default-outline-level="1"`, "") +
		styleOf("Heading_20_2", "", "") +
		styleOf("Kapitel", `style:parent-style-name="Heading_20_1"`, "") +
		styleOf("Tief", `style:parent-style-name="Heading_20_1" style:default-outline-level="3"`, "") +
		styleOf("Fliess", `style:parent-style-name="Heading_20_1" style:default-outline-level=""`, "") +
		styleOf("Quotations", "", "") + styleOf("Preformatted_20_Text", "", "") + styleOf("Contents_20_1", "", "") +
		styleOf("KreisA", `style:parent-style-name="KreisB"`, "") + styleOf("KreisB", `style:parent-style-name="KreisA"`, "")
	automatic := styleOf("P1", `style:parent-style-name="Kapitel"`, "") + styleOf("P2", `style:parent-style-name="Quotations"`, "")
	tests := map[string]struct {
		body string
		want []string
	}{
		"by level":                 {h(2, "A"), []string{"heading2 A"}},
		"no level is the first":    {`<text:h>A</text:h>`, []string{"heading1 A"}},
		"a level out of bounds":    {h(99, "A"), []string{"heading10 A"}},
		"by name":                  {p("Heading_20_2", "A"), []string{"heading2 A"}},
		"by parent":                {p("P1", "A"), []string{"heading1 A"}},
		"by its own level":         {p("Tief", "A"), []string{"heading3 A"}},
		"body text on a heading":   {p("Fliess", "A"), []string{"paragraph A"}},
		"quotation":                {p("P2", "A"), []string{"quotation A"}},
		"code":                     {p("Preformatted_20_Text", "A"), []string{"code A"}},
		"contents":                 {p("Contents_20_1", "A 1") + p("", "B"), []string{"paragraph B"}},
		"a circle of styles":       {p("KreisA", "A"), []string{"paragraph A"}},
		"an unknown style is text": {p("Nirgends", "A"), []string{"paragraph A"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			data := pack(t, content(automatic, `<office:text>`+test.body+`</office:text>`), parts{
				"styles.xml": `<office:document-styles ` + namespaces + `><office:styles>` + common + `</office:styles><office:automatic-styles>` +
					styleOf("P1", `style:parent-style-name="Quotations"`, "") + `</office:automatic-styles><office:master-styles><style:master-page><style:header>` + p("", "Kopf") + `</style:header></style:master-page></office:master-styles></office:document-styles>`,
			})
			equal(t, listed(read(t, data)), test.want...)
		})
	}
}

func td(attributes, text string) string {
	return `<table:table-cell ` + attributes + `>` + p("", text) + `</table:table-cell>`
}

func tr(attributes string, cells ...string) string {
	return `<table:table-row ` + attributes + `>` + strings.Join(cells, "") + `</table:table-row>`
}

// short is a row of texts.
func short(texts ...string) string {
	cells := make([]string, len(texts))
	for i, text := range texts {
		cells[i] = td("", text)
	}
	return tr("", cells...)
}

func tableOf(rows ...string) string {
	return `<table:table>` + strings.Join(rows, "") + `</table:table>`
}

func TestReadTables(t *testing.T) {
	const covered = `<table:covered-table-cell><text:p>verdeckt</text:p></table:covered-table-cell>`
	styles := `<style:style style:family="table-cell" style:name="Grau"><style:table-cell-properties fo:background-color="#cccccc"/></style:style>` +
		styleOf("Fett", "", `<style:text-properties fo:font-weight="bold"/>`) +
		`<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/></text:list-style>`
	list := func(text string) string {
		return `<table:table-cell><text:list text:style-name="L" text:continue-numbering="true"><text:list-item>` + p("", text) + `</text:list-item></text:list></table:table-cell>`
	}
	tests := map[string]struct {
		body string
		want []string
	}{
		"a first row of words heads the others": {
			tableOf(short("Nr.", "Kriterium", "Gewicht"), short("1", "Preis", "40 %"), short("2", "Jahr", "")),
			[]string{"row A2:Nr.=1 B2:Kriterium=Preis C2:Gewicht=40 %", "row A3:Nr.=2 B3:Kriterium=Jahr"},
		},
		"marked heading rows, two of them": {
			tableOf(`<table:table-header-rows>`+tr("", td("", "Posten"), td(`table:number-columns-spanned="2"`, "Preis"), covered)+
				tr("", td("", ""), td("", "2027"), td("", "2028"))+`</table:table-header-rows>`,
				`<table:table-rows>`+short("Betrieb", "1", "2")+`</table:table-rows>`),
			[]string{"row A3:Posten=Betrieb B3:Preis 2027=1 C3:Preis 2028=2"},
		},
		"bold and shaded rows head": {
			tableOf(tr("", `<table:table-cell>`+p("Fett", "Kriterium")+`</table:table-cell>`, td(`table:style-name="Grau"`, "Gewicht")), short("Preis", "40 %")),
			[]string{"row A2:Kriterium=Preis B2:Gewicht=40 %"},
		},
		"covered cells keep the columns": {
			tableOf(short("Los", "Leistung", "Preis"), tr("", td(`table:number-rows-spanned="2"`, "1"), td("", "Betrieb"), td("", "5")), tr("", covered, td("", "Pflege"), td("", "6"))),
			[]string{"row A2:Los=1 B2:Leistung=Betrieb C2:Preis=5", "row B3:Leistung=Pflege C3:Preis=6"},
		},
		"repeated cells and rows": {
			tableOf(tr(`table:number-rows-repeated="2"`, td(`table:number-columns-repeated="2"`, "5"), `<table:table-cell table:number-columns-repeated="900"/>`, td("", "6")), short("7")),
			[]string{"row A1:=5 B1:=5 AHS1:=6", "row A2:=5 B2:=5 AHS2:=6", "row A3:=7"},
		},
		"hidden rows": {tableOf(short("1"), tr(`table:visibility="collapse"`, td("", "2"))), []string{"row A1:=1", "row hidden A2:=2"}},
		"a hidden section's table": {
			`<text:section text:display="none">` + tableOf(short("Nr.", "Name", "Wert"), short("1", "a", "2")) + `</text:section>`,
			[]string{"row hidden A2:Nr.=1 B2:Name=a C2:Wert=2"},
		},
		"a hidden number is no text": {
			tableOf(tr("", list(`<text:hidden-paragraph text:is-hidden="true"/>`), td("", "a"))), []string{"row B1:=a"},
		},
		"a table in a table follows the row": {
			tableOf(tr("", `<table:table-cell>`+p("", "außen")+tableOf(short("innen"))+p("", "weiter")+`</table:table-cell>`, td("", "b"))),
			[]string{"row A1:=außen weiter B1:=b", "row A1:=innen"},
		},
		"running numbers are the cell's text": {
			tableOf(short("Nr.", "Name", "Wert"), tr("", list(""), td("", "a"), td("", "1")), tr("", list(""), td("", "b"), td("", "2"))),
			[]string{"row A2:Nr.=1. B2:Name=a C2:Wert=1", "row A3:Nr.=2. B3:Name=b C3:Wert=2"},
		},
		"notes and hidden text follow the row": {
			tableOf(tr("", td("", `a<text:note><text:note-body><text:p>Fuß</text:p></text:note-body></text:note><text:hidden-text text:is-hidden="true" text:string-value="x"/>`), td("", "b"))),
			[]string{"row A1:=a B1:=b", "footnote Fuß", "paragraph hidden x"},
		},
		"a span without end": {
			tableOf(tr("", td(`table:number-columns-spanned="999999999"`, "5"), td(`table:number-columns-repeated="999999999"`, "6")), short("7")),
			[]string{"row A1:=5" + repeatedCells("6", 1, copies), "row A2:=7"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := read(t, text(t, styles, test.body))
			equal(t, celled(got), test.want...)
			check(t, got)
		})
	}
}

// repeatedCells writes cells of the first row from a column, from 0, on.
func repeatedCells(text string, from, count int) string {
	var written strings.Builder
	for column := from; column < from+count; column++ {
		written.WriteString(" " + office.Ref(column, 1) + ":=" + text)
	}
	return written.String()
}

func TestParagraphsAreCounted(t *testing.T) {
	got := read(t, text(t, "", p("", "eins")+`<text:p/>`+p("", `drei<text:note><text:note-body>`+p("", "Note")+`</text:note-body></text:note>`)+tableOf(short("", "fünf"))+h(1, "sechs")))
	var counted []string
	for _, passage := range got.Passages {
		counted = append(counted, fmt.Sprint(passage.Paragraph, " ", passage.Text))
	}
	equal(t, counted, "1 eins", "3 drei", "3 Note", "5 fünf", "6 sechs")
}

func TestTitle(t *testing.T) {
	got := read(t, pack(t, content("", `<office:text>`+p("", "a")+`</office:text>`), parts{
		"meta.xml": `<office:document-meta ` + namespaces + `><office:meta><dc:title> Vergabe  12 </dc:title><meta:document-statistic meta:page-count="12"/></office:meta></office:document-meta>`,
	}))
	if got.Title != "Vergabe 12" {
		t.Errorf("title %q", got.Title)
	}
	if got.Pages != 0 {
		t.Errorf("%d pages, which the file cannot know", got.Pages)
	}
}

func TestFlat(t *testing.T) {
	got := read(t, []byte("\ufeff<?xml version=\"1.0\"?>\n<office:document "+namespaces+` office:mimetype="application/vnd.oasis.opendocument.text-template"><office:meta><dc:title>T</dc:title></office:meta>`+
		`<office:styles>`+styleOf("K", `style:default-outline-level="2"`, "")+`</office:styles><office:automatic-styles>`+styleOf("P1", `style:parent-style-name="K"`, "")+`</office:automatic-styles>`+
		`<office:master-styles>`+p("", "Kopf")+`</office:master-styles><office:body><office:text>`+p("P1", "a")+p("", `b<draw:frame><draw:object><office:document office:mimetype="application/vnd.oasis.opendocument.text">`+
		`<office:body><office:text>`+p("", "innen")+`</office:text></office:body></office:document></draw:object></draw:frame>`)+`</office:text></office:body></office:document>`))
	equal(t, listed(got), "heading2 a", "paragraph b")
	if got.Title != "T" || len(got.Gaps) != 1 || got.Gaps[0].Reason != "not_this_format" {
		t.Errorf("title %q, gaps %+v", got.Title, got.Gaps)
	}
}

// manifest lists files of a package, each by its path, its media type and what is
// said of it.
func manifest(entries ...[3]string) string {
	var written strings.Builder
	for _, e := range entries {
		fmt.Fprintf(&written, `<manifest:file-entry manifest:full-path="%s" manifest:media-type="%s">%s</manifest:file-entry>`, e[0], e[1], e[2])
	}
	return `<!DOCTYPE manifest:manifest PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "Manifest.dtd"><manifest:manifest ` + namespaces + `>` + written.String() + `</manifest:manifest>`
}

func TestEmbedded(t *testing.T) {
	objects := p("", `a<draw:frame><draw:object xlink:href="./Object 1"/><draw:image/></draw:frame><draw:frame><draw:object xlink:href="./Object 2"/></draw:frame><draw:frame><draw:object xlink:href="./Object 2"/></draw:frame>`)
	tests := map[string]struct {
		media string
		gaps  int
	}{
		"a sheet": {"application/vnd.oasis.opendocument.spreadsheet", 1},
		"a chart": {"application/vnd.oasis.opendocument.chart", 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := read(t, pack(t, content("", `<office:text>`+objects+`</office:text>`), parts{
				"META-INF/manifest.xml": manifest([3]string{"/", "application/vnd.oasis.opendocument.text"}, [3]string{"Object 2/", test.media}),
			}))
			if len(got.Gaps) != test.gaps {
				t.Errorf("gaps %+v, want %d", got.Gaps, test.gaps)
			}
		})
	}
}

func TestRefusals(t *testing.T) {
	body := content("", `<office:text>`+p("", "a")+`</office:text>`)
	const locked = `<manifest:encryption-data/>`
	tests := map[string]struct {
		data []byte
		want string
	}{
		"no bytes":              {nil, "empty"},
		"not a package":         {[]byte("PK\x03\x04 cut off"), "damaged"},
		"text":                  {[]byte("Los;Preis"), "damaged"},
		"password":              {pack(t, "\x12\x34", parts{"META-INF/manifest.xml": manifest([3]string{"content.xml", "text/xml", locked})}), "encrypted"},
		"password of the whole": {archive(t, parts{"encrypted-package": "x", "META-INF/manifest.xml": manifest([3]string{"encrypted-package", "", locked})}), "encrypted"},
		"slides":                {pack(t, body, parts{"mimetype": "application/vnd.oasis.opendocument.presentation"}), "not_this_format"},
		"a Word document":       {archive(t, parts{"word/document.xml": `<document/>`}), "not_this_format"},
		"a book":                {archive(t, parts{"mimetype": "application/epub+zip", "content.xml": body}), "not_this_format"},
		"OpenOffice.org 1":      {pack(t, body, parts{"mimetype": "application/vnd.sun.xml.writer"}), "old_format"},
		"a web page":            {[]byte(`<html><body><p>a</p></body></html>`), "not_this_format"},
		"flat slides":           {[]byte(`<office:document xmlns:office="o" office:mimetype="application/vnd.oasis.opendocument.presentation"/>`), "not_this_format"},
		"no body":               {pack(t, content("", `<office:drawing/>`), nil), "not_this_format"},
		"no text":               {text(t, "", `<text:p/>`), "empty"},
		"document type":         {pack(t, `<!DOCTYPE d [<!ENTITY a "b">]>`+body, nil), "damaged"},
		"deeply nested":         {text(t, "", strings.Repeat("<text:section>", 20_000)), "too_large"},
		"broken at once":        {text(t, "", `<text:p><`), "damaged"},
		"flat and too large":    {append([]byte("<"), make([]byte, limit.File)...), "too_large"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := Read(context.Background(), test.data)
			var refusal *limit.Refusal
			if !errors.Is(err, austauschbar.ErrUnreadable) || !errors.As(err, &refusal) {
				t.Fatalf("error %v is no refusal", err)
			}
			if refusal.Code != test.want {
				t.Errorf("code %q (%s), want %q", refusal.Code, refusal.Detail, test.want)
			}
		})
	}
}

func TestWhatWasReadIsKept(t *testing.T) {
	body := func(more string) string { return content("", `<office:text>`+p("", "a")+more+`</office:text>`) }
	cells := content("", `<office:spreadsheet>`+tableOf(short("a"), tr("", td(`table:number-columns-repeated="9999"`, strings.Repeat("b", limit.Text/100))))+`</office:spreadsheet>`)
	tests := map[string]struct {
		content string
		more    parts
		want    string
	}{
		"damage in the body":   {body(`<text:p><text:span></text:p>`), nil, "damaged"},
		"damage in the styles": {body(""), parts{"styles.xml": `<office:document-styles xmlns:office="o"><office:styles>`}, "damaged"},
		"depth":                {body(strings.Repeat("<text:section>", 300)), nil, "too_large"},
		"too much text":        {body(p("", strings.Repeat("a", limit.Text))), nil, "too_large"},
		"too many passages":    {body(strings.Repeat(p("", "b"), limit.Passages+1)), nil, "too_large"},
		"repetition of text":   {cells, nil, "too_large"},
		"too many columns":     {body(tableOf(short(slices.Repeat([]string{"1"}, 2000)...))), nil, "too_large"},
		"too many styles":      {content(manyStyles(), `<office:text>`+p("", "a")+`</office:text>`), nil, "too_large"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := read(t, pack(t, test.content, test.more))
			if len(got.Passages) == 0 || got.Passages[0].Text != "a" {
				t.Errorf("passages are lost")
			}
			if len(got.Gaps) != 1 || got.Gaps[0].Reason != test.want {
				t.Errorf("gaps %+v, want one of %q", got.Gaps, test.want)
			}
		})
	}
}

func manyStyles() string {
	var written strings.Builder
	for i := range limit.Styles + 10 {
		written.WriteString(styleOf(fmt.Sprint("P", i), "", ""))
	}
	return written.String()
}

func TestContext(t *testing.T) {
	data := text(t, "", strings.Repeat(p("", "a"), 5_000))
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(cancelled, data); !errors.Is(err, context.Canceled) || errors.Is(err, austauschbar.ErrUnreadable) {
		t.Errorf("cancelled: error %v", err)
	}
	late, cancel := context.WithDeadline(context.Background(), time.Unix(0, 0))
	defer cancel()
	got, err := Read(late, data)
	if err != nil || len(got.Gaps) != 1 || got.Gaps[0].Reason != "timeout" {
		t.Errorf("late: gaps %+v, error %v", got.Gaps, err)
	}
}

// full writes all that a reader tells of the passages that are shown, but where they
// stand.
func full(text austauschbar.Text) []string {
	written := []string{text.Title}
	for _, p := range text.Passages {
		if !p.Hidden {
			p.Paragraph = 0
			written = append(written, shown.Replace(fmt.Sprintf("%+v", p)))
		}
	}
	return written
}

// shown levels what LibreOffice and Excel show differently: "15 %", "15%"; "0,00 €",
// "0.00 €".
var shown = strings.NewReplacer(" %", "%", "0,00 €", "0.00 €")

func load(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

const examples = "../../examples"

func TestSameAsExcel(t *testing.T) {
	twin, err := xlsx.Read(context.Background(), load(t, examples+"/fachverfahren/Kriterienkatalog.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	equal(t, full(read(t, load(t, examples+"/sources/kriterienkatalog.fods"))), full(twin)...)
}

// LibreOffice writes the example's Word file and an Excel file as OpenDocument.
func TestSameAsConverted(t *testing.T) {
	tests := map[string]struct {
		format string
		twin   func(context.Context, []byte) (austauschbar.Text, error)
	}{
		"Leistungsbeschreibung.docx": {"odt", docx.Read},
		"Preisblatt.xlsx":            {"ods", xlsx.Read},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			source := load(t, filepath.Join(examples, "fachverfahren", name))
			twin, err := test.twin(context.Background(), source)
			if err != nil {
				t.Fatal(err)
			}
			equal(t, full(read(t, readertest.Converted(t, name, test.format, source))), full(twin)...)
		})
	}
}

func TestCorpus(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join("..", "..", "..", "shared", "corpus", "*", "*.od[ts]"))
	if len(files) == 0 {
		t.Skip("the corpus is not there")
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text := read(t, load(t, file))
			if len(text.Gaps) > 0 {
				t.Errorf("gaps %v", text.Gaps)
			}
			check(t, text)
		})
	}
}

var cellRef = regexp.MustCompile(`^[A-Z]{1,3}[1-9][0-9]*$`)

// check holds what is true of every text.
func check(t *testing.T, text austauschbar.Text) {
	t.Helper()
	for _, passage := range text.Passages {
		if passage.Text == "" || passage.Text != strings.Join(strings.Fields(passage.Text), " ") {
			t.Errorf("text %q is empty or not folded", passage.Text)
		}
		if (passage.Kind == austauschbar.Heading || passage.Kind == austauschbar.Item) != (passage.Level > 0) || passage.Level > levels {
			t.Errorf("%s of level %d", passage.Kind, passage.Level)
		}
		if passage.Kind == austauschbar.Row && len(passage.Cells) == 0 || passage.Sheet == "" && passage.Kind != austauschbar.Row && len(passage.Cells) > 0 {
			t.Errorf("%s of %d cells", passage.Kind, len(passage.Cells))
		}
		for _, cell := range passage.Cells {
			if !cellRef.MatchString(cell.Ref) || cell.Text == "" || !strings.Contains(passage.Text, cell.Text) {
				t.Errorf("cell %q holds %q", cell.Ref, cell.Text)
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(styleOf("A", `style:parent-style-name="B" style:list-style-name="L"`, `<style:text-properties text:display="none" fo:font-weight="bold"/>`)+
		`<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="a" style:num-list-format="%1%" text:display-levels="3" text:start-value="99"/></text:list-style>`,
		`<text:list xml:id="x" text:style-name="L"><text:list-item text:start-value="5">`+p("A", "a")+`<text:list text:continue-numbering="true"><text:list-header>`+h(2, "b")+`</text:list-header></text:list></text:list-item></text:list>`)
	f.Add(`<text:outline-style><text:outline-level-style text:level="2" style:num-format="I"/></text:outline-style>`,
		h(2, `a<text:note><text:note-body>`+tableOf(short("a", "b"), short("1", "2"))+`</text:note-body></text:note>`)+tableOf(tr(`table:number-rows-repeated="3"`, td(`table:number-columns-repeated="3" table:number-columns-spanned="2"`, "a"))))
	f.Add("", p("", `a<draw:frame><draw:text-box>`+p("", "b")+`<text:numbered-paragraph text:level="9">`+p("", "c")+`</text:numbered-paragraph></draw:text-box></draw:frame>`)+`<text:section text:display="none">`+h(1, "d")+`</text:section>`)
	f.Fuzz(func(t *testing.T, styles, body string) {
		data := text(t, styles, body)
		got := fuzzed(t, data)
		for _, passage := range got.Passages {
			if most := strings.Count(body, "p") + strings.Count(body, "h"); passage.Paragraph > most {
				t.Errorf("paragraph %d of at most %d", passage.Paragraph, most)
			}
		}
		if again := fuzzed(t, data); !slices.Equal(celled(got), celled(again)) {
			t.Error("the same bytes gave another text")
		}
	})
}

func FuzzReadSheets(f *testing.F) {
	f.Add(`<style:style style:family="table-cell" style:name="A"><style:table-cell-properties fo:background-color="red"/><style:text-properties fo:font-size="20pt"/></style:style>`,
		`<table:table-column table:number-columns-repeated="3" table:visibility="collapse" table:default-cell-style-name="A"/>`+tr(`table:number-rows-repeated="9" table:visibility="filter"`, td(`table:number-columns-repeated="20000"`, "a"), `<table:table-cell office:value="0.5" office:value-type="percentage"/>`))
	f.Fuzz(func(t *testing.T, styles, rows string) {
		for _, passage := range fuzzed(t, sheets(t, styles, sheetOf("", rows))).Passages {
			if passage.Sheet == "" || len(passage.Cells) == 0 {
				t.Errorf("passage %+v stands nowhere", passage)
			}
		}
	})
}

func FuzzReadFile(f *testing.F) {
	f.Add(text(f, "", p("", "a")))
	f.Add([]byte(`<office:document xmlns:office="o" xmlns:text="t"><office:body><office:text><text:p>a</text:p></office:text></office:body></office:document>`))
	f.Add(pack(f, content("", `<office:spreadsheet/>`), parts{"META-INF/manifest.xml": manifest([3]string{"content.xml", "", "<manifest:encryption-data/>"}), "mimetype": mediaSheet}))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzed(t, data) })
}

// fuzzed reads a file that is refused properly, within two seconds, or holds what is
// true of every text.
func fuzzed(t *testing.T, data []byte) austauschbar.Text {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	text, err := Read(ctx, data)
	if err != nil && !errors.Is(err, austauschbar.ErrUnreadable) {
		t.Errorf("error %v is no refusal", err)
	}
	if ctx.Err() != nil {
		t.Error("reading took too long")
	}
	check(t, text)
	return text
}

// A text as BenchmarkRead of the Word reader reads it.
func BenchmarkRead(b *testing.B) {
	var body strings.Builder
	for range 2_000 {
		body.WriteString(listOf("N", `text:continue-numbering="true"`, li("", p("A", strings.Repeat("Der Auftragnehmer muss exportieren. ", 8)))))
	}
	data := text(b, listStyleOf("N", numbered(inList, 1, "1", dot))+styleOf("A", "", ""), body.String())
	b.SetBytes(int64(body.Len()))
	for b.Loop() {
		if _, err := Read(context.Background(), data); err != nil {
			b.Fatal(err)
		}
	}
}

// A sheet as BenchmarkRead of the Excel reader reads it.
func BenchmarkReadSheet(b *testing.B) {
	rows := []string{short("Nr", "Leistung", "Anteil", "Preis")}
	for i := range 5_000 {
		rows = append(rows, short(fmt.Sprint(i), "Betrieb und Pflege der Plattform", "15 %", "1.234,50 €"))
	}
	data := sheets(b, "", sheetOf("", rows...))
	b.SetBytes(int64(len(strings.Join(rows, ""))))
	for b.Loop() {
		if _, err := Read(context.Background(), data); err != nil {
			b.Fatal(err)
		}
	}
}

// A file of one construct takes ten times as long where it is ten times as large.
func BenchmarkGrowth(b *testing.B) {
	constructs := map[string]string{
		"paragraphs":  p("", "a"),
		"headings":    h(1, "a"),
		"lists":       listOf("N", "", li("", p("", "a"))),
		"spans":       `<text:span>a</text:span>`,
		"tables":      tableOf(short("a", "b")),
		"rows":        short("a", "b"),
		"notes":       `<text:note><text:note-body><text:p>a</text:p></text:note-body></text:note>`,
		"empty cells": `<table:table-cell/>`,
	}
	around := map[string][2]string{
		"spans": {"<text:p>", "</text:p>"}, "notes": {"<text:p>a", "</text:p>"}, "rows": {"<table:table>", "</table:table>"},
		"empty cells": {"<text:p>a</text:p><table:table><table:table-row>", "</table:table-row></table:table>"},
	}
	for _, name := range slices.Sorted(maps.Keys(constructs)) {
		for _, size := range []int{1 << 20, 10 << 20} {
			b.Run(fmt.Sprintf("%s/%dMiB", name, size>>20), func(b *testing.B) {
				data := text(b, "", around[name][0]+strings.Repeat(constructs[name], size/len(constructs[name]))+around[name][1])
				b.SetBytes(int64(size))
				for b.Loop() {
					if _, err := Read(context.Background(), data); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
