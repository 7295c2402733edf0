package odf

import (
	"bytes"
	"context"
	"errors"
	"html"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

func at(paragraph int, quote string) *austauschbar.Evidence {
	return &austauschbar.Evidence{Path: "a.odt", Paragraph: paragraph, Quote: quote}
}

func inCell(paragraph int, cell, quote string) *austauschbar.Evidence {
	evidence := at(paragraph, quote)
	evidence.Cell = cell
	return evidence
}

func annotate(t testing.TB, data []byte, list ...austauschbar.Note) []byte {
	t.Helper()
	copied, err := Annotate(context.Background(), data, readertest.Noted(list...))
	if err != nil {
		t.Fatal(err)
	}
	return copied
}

var (
	ourComment = regexp.MustCompile(`(?s)<office:annotation xmlns:office="[^"]*" xmlns:text="[^"]*" xmlns:dc="[^"]*"[^>]*>.*?</office:annotation>`)
	ourEnd     = regexp.MustCompile(`<office:annotation-end xmlns:office=[^>]*/>`)
	aTag       = regexp.MustCompile(`<[^<>]*>`)
)

// marked shows a body with its marks: "Der ⟦Export⟧ folgt."
func marked(t testing.TB, data []byte) string {
	t.Helper()
	body := contentOf(t, data)
	body = body[strings.Index(body, "<office:body>"):]
	body = ourEnd.ReplaceAllString(ourComment.ReplaceAllString(body, "⟦"), "⟧")
	return strings.TrimSuffix(aTag.ReplaceAllString(strings.ReplaceAll(body, "</text:p>", "¶"), ""), "¶")
}

// contentOf is the part with the body.
func contentOf(t testing.TB, data []byte) string {
	t.Helper()
	if flatOf(data) != nil {
		return string(data)
	}
	pack, err := limit.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	content, err := pack.Bytes(contentPart)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// sound holds what is true of every annotated copy: without our comments, the content
// is the same, byte for byte, and so is every other part as it is stored; it reads the
// same and is well-formed.
func sound(t testing.TB, data, copied []byte) {
	t.Helper()
	was, is := contentOf(t, data), contentOf(t, copied)
	if stripped := ourEnd.ReplaceAllString(ourComment.ReplaceAllString(is, ""), ""); stripped != was {
		t.Errorf("the content differs by more than comments:\n%.2000s", cmp.Diff(was, stripped))
	}
	if diff := cmp.Diff(read(t, data), read(t, copied)); diff != "" {
		t.Errorf("the text differs (-was +is):\n%.2000s", diff)
	}
	readertest.WellFormed(t, "the content", is)
	if flatOf(data) != nil {
		return
	}
	before, after := readertest.Entries(t, data), readertest.Entries(t, copied)
	delete(before, contentPart)
	delete(after, contentPart)
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("other parts differ:\n%.1000s", diff)
	}
}

func TestAnnotate(t *testing.T) {
	p := func(inner string) string { return `<text:p>` + inner + `</text:p>` }
	table := func(cells ...string) string {
		row := ""
		for _, cell := range cells {
			row += `<table:table-cell>` + cell + `</table:table-cell>`
		}
		return `<table:table><table:table-row>` + row + `</table:table-row></table:table>`
	}
	box := func(inner string) string {
		return `<draw:frame><draw:text-box>` + inner + `</draw:text-box></draw:frame>`
	}
	for name, test := range map[string]struct {
		body string
		note austauschbar.Note
		want string
	}{
		"a quote within a text":       {p("Der Export folgt."), austauschbar.Note{Evidence: at(1, "Export")}, "Der ⟦Export⟧ folgt."},
		"over spans":                  {p("Der <text:span>Ex</text:span>port<text:span> folgt.</text:span>"), austauschbar.Note{Evidence: at(1, "Export folgt")}, "Der ⟦Export folgt⟧."},
		"blanks that are folded":      {p("Der<text:s text:c=\"2\"/>Export<text:tab/>\n folgt."), austauschbar.Note{Evidence: at(1, "Der Export folgt")}, "⟦DerExport\n folgt⟧."},
		"soft hyphens":                {p("Der Ex\u00adport folgt."), austauschbar.Note{Evidence: at(1, "Export")}, "Der ⟦Ex\u00adport⟧ folgt."},
		"characters that are escaped": {p("A &amp; B &lt;C&gt; &#228; D"), austauschbar.Note{Evidence: at(1, "B <C> ä")}, "A &amp; ⟦B &lt;C&gt; &#228;⟧ D"},
		"characters of several bytes": {p("Über die Größe hinaus"), austauschbar.Note{Evidence: at(1, "die Größe")}, "Über ⟦die Größe⟧ hinaus"},
		"the second paragraph":        {p("a") + p("Export"), austauschbar.Note{Evidence: at(2, "Export")}, "a¶⟦Export⟧"},
		"a heading":                   {`<text:h text:outline-level="1">Der Export</text:h>` + p("b"), austauschbar.Note{Evidence: at(1, "Export")}, "Der ⟦Export⟧b"},
		"a quote that is not there":   {p("Der Export"), austauschbar.Note{Evidence: at(1, "Import")}, "⟦Der Export⟧"},
		"a paragraph not there":       {`<text:p/>` + p("Titel"), austauschbar.Note{Evidence: at(9, "Import"), Place: "Absatz 9"}, "⟦Titel⟧"},
		"no passage":                  {`<text:p/>` + p("Titel") + p("b"), austauschbar.Note{}, "⟦Titel⟧¶b"},
		"no passage, a hidden title":  {`<text:section text:display="none">` + p("a") + `</text:section>` + p("Titel"), austauschbar.Note{}, "a¶⟦Titel⟧"},
		"within a link":               {p(`Der <text:a xlink:href="x">Export hier</text:a> folgt`), austauschbar.Note{Evidence: at(1, "Export")}, "Der ⟦Export⟧ hier folgt"},
		"within a field":              {p(`Der <text:bookmark-ref>Export hier</text:bookmark-ref> folgt`), austauschbar.Note{Evidence: at(1, "Export")}, "Der ⟦Export hier⟧ folgt"},
		"around a note's number":      {p(`Der Export<text:note><text:note-citation>1</text:note-citation><text:note-body>` + p("siehe") + `</text:note-body></text:note> folgt`), austauschbar.Note{Evidence: at(1, "Export folgt")}, "Der ⟦Export1siehe¶ folgt⟧"},
		"a note's text":               {p(`Der Export<text:note><text:note-citation>1</text:note-citation><text:note-body>` + p("siehe") + `</text:note-body></text:note> folgt`), austauschbar.Note{Evidence: at(1, "siehe")}, "⟦Der Export1siehe¶ folgt⟧"},
		"text in a box":               {p("Der "+box(p("Export"))+" Rest") + p("b"), austauschbar.Note{Evidence: at(2, "Export")}, "⟦Der Export¶ Rest⟧¶b"},
		"beside their comment":        {p(`Der <office:annotation><dc:creator>E</dc:creator><text:p>?</text:p></office:annotation>Export folgt`), austauschbar.Note{Evidence: at(1, "Der Export")}, "⟦Der E?¶Export⟧ folgt"},
		"stored as it is":             {p("Der <![CDATA[Export & Import]]> folgt"), austauschbar.Note{Evidence: at(1, "Import")}, "Der ⟦⟧ folgt"},
		"a cell":                      {table(p("Nr. 1"), p("Der Export")+p("folgt bald")), austauschbar.Note{Evidence: inCell(1, "B1", "Export folgt")}, "Nr. 1¶Der ⟦Export¶folgt⟧ bald"},
		"a cell without its quote":    {table(p("Nr. 1"), p("Der Export")+p("folgt")), austauschbar.Note{Evidence: inCell(1, "B1", "Import")}, "Nr. 1¶⟦Der Export¶folgt⟧"},
		"a cell not there":            {table(p("Nr. 1"), p("Der Export")), austauschbar.Note{Evidence: inCell(1, "C9", "Import")}, "⟦Nr. 1⟧¶Der Export"},
		"a table within a table":      {table(p("außen") + table(p("Nr."), p("Export"))), austauschbar.Note{Evidence: inCell(2, "B1", "Export")}, "außen¶Nr.¶⟦Export⟧"},
		"a list":                      {`<text:list><text:list-item>` + p("Der Export") + `</text:list-item></text:list>`, austauschbar.Note{Evidence: at(1, "Export")}, "Der ⟦Export⟧"},
	} {
		t.Run(name, func(t *testing.T) {
			data := text(t, "", test.body)
			copied := annotate(t, data, test.note)
			if got := marked(t, copied); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if told := strings.Contains(contentOf(t, copied), "Absatz 9"); told != (test.note.Place != "") {
				t.Errorf("the place is told: %t", told)
			}
			sound(t, data, copied)
			flat := []byte("\ufeff" + contentOf(t, data))
			sound(t, flat, annotate(t, flat, test.note))
		})
	}
}

func TestAnnotateSeveral(t *testing.T) {
	data := text(t, "", `<text:p>Der Export folgt bald. austauschbar1</text:p>`)
	copied := annotate(t, data,
		austauschbar.Note{Evidence: at(1, "Der Export folgt bald."), Told: "Vorschlag"},
		austauschbar.Note{Evidence: at(1, "Export folgt")},
		austauschbar.Note{Evidence: at(1, "folgt bald. austauschbar1")},
		austauschbar.Note{Evidence: at(1, "Export folgt")})
	if got, want := marked(t, copied), "⟦Der ⟦⟦Export ⟦folgt⟧⟧ bald.⟧ austauschbar1⟧"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	names := regexp.MustCompile(`office:name="(austauschbar[^"]*)"`).FindAllStringSubmatch(contentOf(t, copied), -1)
	seen := map[string]int{}
	for _, name := range names {
		seen[name[1]]++
	}
	if len(seen) != 4 || seen["austauschbar-1"] != 2 {
		t.Errorf("names %v", seen)
	}
	if !strings.Contains(contentOf(t, copied), "<text:p>Vorschlag</text:p>") {
		t.Error("the suggestion is not told")
	}
	sound(t, data, copied)
	if again := annotate(t, data, austauschbar.Note{}); !bytes.Equal(again, annotate(t, data, austauschbar.Note{})) {
		t.Error("the same notes give other bytes")
	}
}

func TestAnnotateHostile(t *testing.T) {
	long := strings.Repeat("x", 10_000)
	lines := []string{"</text:p><office:x>&amp;\x00\u202e]]>", "<script>alert(1)</script>", "שלום עולם", "👩‍💻", long}
	data := text(t, "", `<text:p>Export</text:p>`)
	copied := annotate(t, data, austauschbar.Note{Evidence: at(1, "Export"), Lines: lines})
	sound(t, data, copied)
	for _, want := range []string{"&lt;script&gt;", "שלום עולם", "👩‍💻", "&lt;/text:p&gt;&lt;office:x&gt;&amp;amp;\ufffd", long} {
		if !strings.Contains(contentOf(t, copied), want) {
			t.Errorf("%.40q is not in the comments", want)
		}
	}
}

func tabled(t testing.TB, tables string) []byte {
	t.Helper()
	return pack(t, content(`<style:style style:name="off" style:family="table"><style:table-properties table:display="false"/></style:style>`, `<office:spreadsheet>`+tables+`</office:spreadsheet>`), nil)
}

func TestAnnotateSheets(t *testing.T) {
	const value = `<table:table-cell office:value-type="float" office:value="5"/>`
	cell := func(text string) string { return `<table:table-cell><text:p>` + text + `</text:p></table:table-cell>` }
	table := func(name, attributes, cells string) string {
		return `<table:table table:name="` + name + `"` + attributes + `><table:table-row>` + cells + `</table:table-row></table:table>`
	}
	comment := regexp.MustCompile(`(?s)<office:annotation .*?</office:annotation>`)
	for name, test := range map[string]struct {
		tables string
		cell   string // "" for no passage
		want   string // content with "✎" for the comment
	}{
		"a cell":                 {table("Preise", "", cell("a")+cell("b")), "Preise!B1", cell("a") + `<table:table-cell>✎<text:p>b</text:p></table:table-cell>`},
		"a value without a text": {table("Preise", "", cell("a")+value), "Preise!B1", `<table:table-cell office:value-type="float" office:value="5">✎</table:table-cell>`},
		"a cell that is repeated": {table("Preise", "", `<table:table-cell table:number-columns-repeated="3"><text:p>a</text:p></table:table-cell>`), "Preise!A1",
			`<table:table-cell table:number-columns-repeated="3">✎<text:p>a</text:p></table:table-cell>`},
		"the second sheet":          {table("Preise", "", cell("a")) + table("Lose", "", cell("b")), "Lose!A1", `<table:table-cell>✎<text:p>b</text:p>`},
		"a cell that is not there":  {table("Preise", "", cell("a")), "Preise!Z9", `<table:table-cell>✎<text:p>a</text:p>`},
		"no passage, hidden sheets": {table("Listen", ` table:style-name="off"`, cell("a")) + table("Preise", "", cell("b")), "", `<table:table-cell>✎<text:p>b</text:p>`},
	} {
		t.Run(name, func(t *testing.T) {
			data := tabled(t, test.tables)
			note := austauschbar.Note{Place: "Zelle Z9"}
			if test.cell != "" {
				note.Evidence = &austauschbar.Evidence{Cell: test.cell}
			}
			copied := annotate(t, data, note)
			got := contentOf(t, copied)
			if told := strings.Contains(got, "Zelle Z9"); told != strings.Contains(test.cell, "Z9") {
				t.Errorf("the place is told: %t", told)
			}
			if got = comment.ReplaceAllString(got, "✎"); !strings.Contains(got, test.want) {
				t.Errorf("got %s, want %s", got, test.want)
			}
			if diff := cmp.Diff(read(t, data), read(t, copied)); diff != "" {
				t.Errorf("the text differs:\n%s", diff)
			}
		})
	}
}

func TestAnnotateBesideComments(t *testing.T) {
	theirs := `<office:annotation><dc:creator>Erika</dc:creator><text:p>Bitte prüfen</text:p>`
	data := tabled(t, `<table:table table:name="Preise"><table:table-row><table:table-cell>`+theirs+`</office:annotation><text:p>a</text:p></table:table-cell></table:table-row></table:table>`)
	got := contentOf(t, annotate(t, data, austauschbar.Note{Evidence: &austauschbar.Evidence{Cell: "Preise!A1"}}))
	if !strings.Contains(got, theirs+"<text:p") || strings.Count(got, "<office:annotation") != 1 || !strings.Contains(got, "Grund: keiner") {
		t.Errorf("content %s", got)
	}
}

func TestAnnotateRefuses(t *testing.T) {
	whole := text(t, "", `<text:p>Export</text:p>`)
	for name, test := range map[string]struct {
		data []byte
		code string
	}{
		"cut off":          {whole[:len(whole)-30], "damaged"},
		"damaged":          {text(t, "", `<text:p>Export</text:p><text:p><text:x></text:p>`), "damaged"},
		"no text":          {text(t, "", `<text:p/>`), "empty"},
		"no package":       {[]byte("Export"), "damaged"},
		"another encoding": {[]byte(`<?xml version="1.0" encoding="iso-8859-1"?>` + content("", `<office:text><text:p>Gr`+"\xf6"+`ße</text:p></office:text>`)), "not_this_format"},
		"a password":       {pack(t, content("", ""), parts{"META-INF/manifest.xml": `<manifest:manifest xmlns:manifest="ma"><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>`}), "encrypted"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Annotate(context.Background(), test.data, readertest.Noted(austauschbar.Note{}))
			if refusal, ok := errors.AsType[*limit.Refusal](err); !ok || refusal.Code != test.code {
				t.Errorf("got %v, want %s", err, test.code)
			}
		})
	}
}

// everywhere has a note for the beginning, the middle and all of every passage.
func everywhere(text austauschbar.Text) []austauschbar.Note {
	var list []austauschbar.Note
	for _, passage := range text.Passages {
		if passage.Kind == austauschbar.Footnote || passage.Hidden {
			continue
		}
		texts := map[string]string{"": passage.Text}
		if len(passage.Cells) > 0 {
			texts = map[string]string{}
		}
		for _, cell := range passage.Cells {
			texts[cell.Ref] = cell.Text
		}
		for ref, text := range texts {
			if passage.Sheet != "" {
				list = append(list, austauschbar.Note{Evidence: inCell(0, passage.Sheet+"!"+ref, text)})
				continue
			}
			for _, quote := range readertest.Quotes(text) {
				list = append(list, austauschbar.Note{Evidence: inCell(passage.Paragraph, ref, quote)})
			}
		}
	}
	return list
}

func TestAnnotateCorpus(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join("..", "..", "..", "shared", "corpus", "*", "*.od[ts]"))
	more, _ := filepath.Glob(filepath.Join(examples, "sources", "*.fod[ts]"))
	all, exact := 0, 0
	for _, file := range append(files, more...) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data := load(t, file)
			list := everywhere(read(t, data))
			copied := annotate(t, data, list...)
			if diff := cmp.Diff(read(t, data), read(t, copied)); diff != "" {
				t.Errorf("the text differs (-was +is):\n%.2000s", diff)
			}
			traced := &trace{}
			if _, err := readTraced(context.Background(), data, traced); err != nil {
				t.Fatal(err)
			}
			if len(traced.cells) > 0 {
				return
			}
			sound(t, data, copied)
			x := newBody([]byte(contentOf(t, data)), traced)
			for _, note := range list {
				all++
				if _, ok := x.quoted(x.candidates(*note.Evidence), note.Evidence.Quote); ok {
					exact++
				} else if _, here := x.find(note.Evidence); !here {
					t.Errorf("no place for %v", note.Evidence)
				} else {
					t.Logf("at its paragraph: %v", note.Evidence)
				}
			}
		})
	}
	t.Logf("%d of %d comments stand at their quotes", exact, all)
	if exact < all*95/100 {
		t.Errorf("only %d of %d comments stand at their quotes", exact, all)
	}
}

// LibreOffice finds every comment of a text at its quote, and the same text as before.
func TestAnnotateInWriter(t *testing.T) {
	data := readertest.Converted(t, "before.docx", "odt", load(t, filepath.Join(examples, "fachverfahren", "Leistungsbeschreibung.docx")))
	var list []austauschbar.Note
	for i, passage := range read(t, data).Passages {
		if i%3 == 0 && len(passage.Cells) == 0 && passage.Kind != austauschbar.Footnote && len(passage.Text) > 20 {
			words := strings.Fields(passage.Text)
			list = append(list, austauschbar.Note{Evidence: at(passage.Paragraph, strings.Join(words[len(words)/3:], " "))})
		}
	}
	copied := annotate(t, data, list...)
	sound(t, data, copied)
	if diff := cmp.Diff(string(readertest.Converted(t, "before.odt", "txt:Text", data)), string(readertest.Converted(t, "after.odt", "txt:Text", copied))); diff != "" {
		t.Errorf("the text differs:\n%.1000s", diff)
	}
	flat := string(readertest.Converted(t, "after.odt", "fodt", copied))
	inner := regexp.MustCompile(`(?s)<office:annotation .*?</office:annotation>`)
	found := map[string]bool{}
	for _, begin := range regexp.MustCompile(`(?s)<office:annotation [^<>]*office:name="([^"]*)".*?</office:annotation>`).FindAllStringSubmatchIndex(flat, -1) {
		name := flat[begin[2]:begin[3]]
		end := strings.Index(flat, `<office:annotation-end office:name="`+name+`"`)
		if end < begin[1] {
			t.Fatalf("comment %s has no end", name)
		}
		under := strings.NewReplacer("<text:s/>", " ", "<text:tab/>", " ").Replace(inner.ReplaceAllString(flat[begin[1]:end], ""))
		found[strings.Join(strings.Fields(html.UnescapeString(aTag.ReplaceAllString(under, ""))), " ")] = true
	}
	missed := 0
	for _, note := range list {
		if !found[note.Evidence.Quote] {
			missed++
			t.Logf("no comment at %q", note.Evidence.Quote)
		}
	}
	if len(list) < 20 || missed > 0 {
		t.Errorf("%d of %d comments are elsewhere", missed, len(list))
	}
}

// LibreOffice shows every comment at its cell, and the same values as before.
func TestAnnotateInCalc(t *testing.T) {
	data := readertest.Converted(t, "before.xlsx", "ods", load(t, filepath.Join(examples, "fachverfahren", "Preisblatt.xlsx")))
	text := read(t, data)
	var list []austauschbar.Note
	for i, note := range everywhere(text) {
		if i%5 == 0 {
			note.Lines = []string{"zu " + note.Evidence.Cell}
			list = append(list, note)
		}
	}
	copied := annotate(t, data, list...)
	if diff := cmp.Diff(string(readertest.Converted(t, "before.ods", "csv", data)), string(readertest.Converted(t, "after.ods", "csv", copied))); diff != "" {
		t.Errorf("the values differ:\n%.1000s", diff)
	}
	shown := &trace{}
	if _, err := readTraced(context.Background(), readertest.Converted(t, "after.ods", "ods", copied), shown); err != nil {
		t.Fatal(err)
	}
	commented := map[string]bool{}
	for _, cell := range shown.cells {
		if cell.note > 0 {
			commented[cell.sheet+"!"+cell.ref] = true
		}
	}
	for _, note := range list {
		if !commented[note.Evidence.Cell] {
			t.Errorf("no comment at %s", note.Evidence.Cell)
		}
	}
	if len(commented) != len(list) {
		t.Errorf("%d cells have comments, want %d", len(commented), len(list))
	}
}

// Whatever a text holds, nothing but comments is added.
func FuzzAnnotate(f *testing.F) {
	f.Add(`<text:p>Der Export &amp; folgt</text:p>`, "Export & folgt", 1)
	f.Add(`<text:p>a<text:span>b<text:s/></text:span><text:note><text:note-body><text:p>c</text:p></text:note-body></text:note>d</text:p>`, "b d", 1)
	f.Add(`<text:p/><text:p>x<draw:frame><draw:text-box><text:p>a</text:p></draw:text-box></draw:frame></text:p>`, "a", 3)
	f.Add(`<table:table><table:table-row><table:table-cell><text:p>a</text:p><text:p>b</text:p></table:table-cell></table:table-row></table:table>`, "a b", 1)
	f.Fuzz(func(t *testing.T, body, quote string, paragraph int) {
		data := text(t, "", body)
		if _, err := Read(context.Background(), data); err != nil || strings.Contains(body, "annotation") {
			return
		}
		copied, err := Annotate(context.Background(), data, readertest.Noted(austauschbar.Note{Evidence: at(paragraph, quote)}, austauschbar.Note{Evidence: inCell(paragraph, "A1", quote)}))
		if err != nil {
			if !errors.Is(err, austauschbar.ErrUnreadable) {
				t.Errorf("error %v is no refusal", err)
			}
			return
		}
		sound(t, data, copied)
	})
}
