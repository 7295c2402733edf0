package docx

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
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// parts are a package's parts by name.
type parts map[string]string

const namespaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"`

// pack builds a Word file of a body and further parts, given by their kind.
func pack(t testing.TB, body string, more parts) []byte {
	t.Helper()
	files := parts{
		"_rels/.rels":       `<Relationships><Relationship Id="rId1" Type="http://x/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://x/core-properties" Target="docProps/core.xml"/></Relationships>`,
		"word/document.xml": `<w:document ` + namespaces + `><w:body>` + body + `</w:body></w:document>`,
	}
	relations := ""
	for _, kind := range slices.Sorted(maps.Keys(more)) {
		content := more[kind]
		if strings.ContainsAny(kind, "/[") { // a name
			files[kind] = content
			continue
		}
		files["word/"+kind+".xml"] = `<w:` + kind + ` ` + namespaces + `>` + content + `</w:` + kind + `>`
		relations += fmt.Sprintf(`<Relationship Id="%s" Type="http://x/%s" Target="%s.xml"/>`, kind, kind, kind)
	}
	files["word/_rels/document.xml.rels"] = `<Relationships>` + relations + `</Relationships>`
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
		if p.Hidden {
			line = "hidden " + line
		}
		if p.Level > 0 {
			line += fmt.Sprint(p.Level)
		}
		if p.Number != "" {
			line += " " + p.Number
		}
		written = append(written, line+" "+p.Text)
	}
	return written
}

func equal(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

func p(properties, text string) string {
	return `<w:p><w:pPr>` + properties + `</w:pPr><w:r><w:t xml:space="preserve">` + text + `</w:t></w:r></w:p>`
}

func styled(id, text string) string { return p(`<w:pStyle w:val="`+id+`"/>`, text) }

func cellOf(properties, text string) string {
	return `<w:tc><w:tcPr>` + properties + `</w:tcPr>` + p("", text) + `</w:tc>`
}

func rowOf(properties string, cells ...string) string {
	return `<w:tr><w:trPr>` + properties + `</w:trPr>` + strings.Join(cells, "") + `</w:tr>`
}

func tableOf(rows ...string) string { return `<w:tbl>` + strings.Join(rows, "") + `</w:tbl>` }

func TestReadText(t *testing.T) {
	run := func(content string) string { return `<w:p><w:r>` + content + `</w:r></w:p>` }
	tests := map[string]struct {
		body string
		want []string
	}{
		"white space is folded": {
			run("<w:t xml:space=\"preserve\">  a \n\u00a0</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/>"),
			[]string{"paragraph a b c"},
		},
		"hyphens that are soft go, hard ones stay": {
			run("<w:t>Daten\u00adbank</w:t><w:softHyphen/><w:t>en, E</w:t><w:noBreakHyphen/><w:t>Vergabe</w:t>"),
			[]string{"paragraph Datenbanken, E-Vergabe"},
		},
		"an empty paragraph is no passage": {run(`<w:t> </w:t>`) + `<w:p/>` + p("", "a"), []string{"paragraph a"}},
		"inserted text stays, deleted goes": {
			`<w:p><w:ins><w:r><w:t>neu</w:t></w:r></w:ins><w:del><w:r><w:delText>alt</w:delText><w:t>alt</w:t></w:r></w:del>` +
				`<w:moveTo><w:r><w:t> hier</w:t></w:r></w:moveTo><w:moveFrom><w:r><w:t>dort</w:t></w:r></w:moveFrom></w:p>`,
			[]string{"paragraph neu hier"},
		},
		"a deleted paragraph end joins two": {
			p(`<w:rPr><w:del w:id="1"/></w:rPr>`, "Daten") + p("", "export"), []string{"paragraph Datenexport"},
		},
		"a hundred of them": {
			strings.Repeat(p(`<w:rPr><w:del w:id="1"/></w:rPr>`, "a"), 100) + p("", "b"), []string{"paragraph " + strings.Repeat("a", 100) + "b"},
		},
		"a deleted end before a table loses nothing": {
			p(`<w:rPr><w:del w:id="1"/></w:rPr>`, "vorher") + tableOf(rowOf("", `<w:tc>`+p(`<w:rPr><w:del w:id="1"/></w:rPr>`, "eins")+`</w:tc>`)),
			[]string{"paragraph vorher", "row eins"},
		},
		"old formatting does not count": {
			run(`<w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>a</w:t>`), []string{"paragraph a"},
		},
		"struck text goes": {
			run(`<w:rPr><w:strike/><w:dstrike w:val="0"/></w:rPr><w:t>x</w:t>`) + run(`<w:rPr><w:dstrike w:val="true"/></w:rPr><w:t>y</w:t>`) +
				run(`<w:rPr><w:strike w:val="false"/></w:rPr><w:t>z</w:t>`),
			[]string{"paragraph z"},
		},
		"hidden text is marked": {
			`<w:p><w:r><w:t>a</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t><w:tab/><w:t>y</w:t></w:r><w:r><w:t>b</w:t></w:r></w:p>` + p("", "c"),
			[]string{"paragraph ab", "hidden paragraph x y", "paragraph c"},
		},
		"hidden text in a cell is no part of it": {
			tableOf(rowOf("", `<w:tc><w:p><w:r><w:t>a</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r></w:p></w:tc>`)),
			[]string{"row a", "hidden paragraph x"},
		},
		"hidden text goes on behind a deleted end": {
			`<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r></w:p>` + p("", "a"),
			[]string{"paragraph a", "hidden paragraph x"},
		},
		"of a field the result is read": {
			`<w:p><w:r><w:t>Anlage </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF x </w:instrText><w:t>nein</w:t></w:r>` +
				`<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>3</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>` +
				`<w:fldSimple w:instr="PAGE"><w:r><w:t>, ja</w:t></w:r></w:fldSimple></w:p>`,
			[]string{"paragraph Anlage 3, ja"},
		},
		"a field that is left open swallows one paragraph at most": {
			run(`<w:t>a</w:t><w:fldChar w:fldCharType="begin"/><w:t>x</w:t>`) + p("", "b"), []string{"paragraph a", "paragraph b"},
		},
		"links and content controls": {
			`<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent><w:p><w:hyperlink><w:r><w:t>siehe</w:t></w:r></w:hyperlink>` +
				`<w:sdt><w:sdtContent><w:r><w:t> hier</w:t></w:r></w:sdtContent></w:sdt></w:p></w:sdtContent></w:sdt>`,
			[]string{"paragraph siehe hier"},
		},
		"a text box is read once, behind its paragraph": {
			`<w:p><w:r><w:t>vor</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>` + p("", "Kasten") +
				`</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>` + p("", "Kasten") +
				`</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t> nach</w:t></w:r></w:p>`,
			[]string{"paragraph vor nach", "paragraph Kasten"},
		},
		"a fallback without a choice is read": {
			`<w:p><w:r><mc:AlternateContent><mc:Fallback><w:t>a</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>`, []string{"paragraph a"},
		},
		"a formula is written in one line": {
			`<w:p><m:oMathPara xmlns:m="m"><m:oMath><m:r><m:t>P=</m:t></m:r><m:f><m:fPr><m:ctrlPr/></m:fPr><m:num><m:r><m:t>100</m:t></m:r></m:num><m:den><m:r><m:t>a+b</m:t></m:r></m:den></m:f>` +
				`<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:e><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:e></m:nary></m:oMath></m:oMathPara></w:p>`,
			[]string{"paragraph P=(100)/(a+b)∑x^(2)"},
		},
		"symbols by their fonts": {
			run(`<w:sym w:font="Wingdings" w:char="F0FE"/><w:t xml:space="preserve"> ja, </w:t><w:sym w:font="Symbol" w:char="F0B3"/><w:t> 5 `+"\uf0a8"+`</w:t><w:sym w:font="Arial" w:char="00A7"/><w:sym w:char="zz"/>`) +
				run(`<w:rPr><w:rFonts w:ascii="Wingdings 2"/></w:rPr><w:t>R£</w:t>`) + run(`<w:rPr><w:rFonts w:hAnsi="Symbol"/></w:rPr><w:t>a € 1</w:t>`),
			[]string{"paragraph ☑ ja, ≥ 5 ☐§", "paragraph ☑☐", "paragraph α € 1"},
		},
		"boxes and lists of a form": {
			run(`<w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData></w:fldChar><w:instrText>FORMCHECKBOX</w:instrText><w:fldChar w:fldCharType="end"/><w:t>ja</w:t>`) +
				run(`<w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox></w:ffData></w:fldChar><w:fldChar w:fldCharType="end"/><w:t>nein</w:t>`) +
				run(`<w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default/></w:checkBox></w:ffData></w:fldChar><w:fldChar w:fldCharType="end"/><w:t>so</w:t>`) +
				run(`<w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="Los 1"/><w:listEntry w:val="Los 2"/></w:ddList></w:ffData></w:fldChar><w:fldChar w:fldCharType="end"/>`),
			[]string{"paragraph ☒ ja", "paragraph ☐ nein", "paragraph ☒ so", "paragraph Los 2"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			equal(t, listed(read(t, pack(t, test.body, nil))), test.want...)
		})
	}
}

func TestReadStyles(t *testing.T) {
	style := func(id, name, more string) string {
		return `<w:style w:type="paragraph" w:styleId="` + id + `"><w:name w:val="` + name + `"/>` + more + `</w:style>`
	}
	styles := style("berschrift1", "heading 1", "") + style("H2", "Überschrift 2", "") +
		style("Kapitel", "Kapitel", `<w:basedOn w:val="berschrift1"/>`) +
		style("Fliess", "Fließ", `<w:basedOn w:val="berschrift1"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr>`) +
		style("Teil", "Teil", `<w:pPr><w:outlineLvl w:val="2"/></w:pPr>`) +
		style("TOC1", "toc 1", "") + style("Verz", "Inhaltsverzeichnis 1", "") +
		style("Zitat", "Quote", "") + style("Weg", "Weg", `<w:rPr><w:vanish/></w:rPr>`) +
		style("KreisA", "a", `<w:basedOn w:val="KreisB"/>`) + style("KreisB", "b", `<w:basedOn w:val="KreisA"/>`) +
		`<w:style w:type="character" w:styleId="Gestrichen"><w:name w:val="g"/><w:rPr><w:strike/></w:rPr></w:style>`
	tests := map[string]struct {
		body string
		want []string
	}{
		"by name":                  {styled("berschrift1", "A"), []string{"heading1 A"}},
		"by German name":           {styled("H2", "A"), []string{"heading2 A"}},
		"by base":                  {styled("Kapitel", "A"), []string{"heading1 A"}},
		"by outline of the style":  {styled("Teil", "A"), []string{"heading3 A"}},
		"body text on a heading":   {styled("Fliess", "A"), []string{"paragraph A"}},
		"by outline of its own":    {p(`<w:outlineLvl w:val="1"/>`, "A"), []string{"heading2 A"}},
		"outline taken back":       {p(`<w:pStyle w:val="Kapitel"/><w:outlineLvl w:val="9"/>`, "A"), []string{"paragraph A"}},
		"contents":                 {styled("TOC1", "A 1") + styled("Verz", "A 1") + styled("", "B"), []string{"paragraph B"}},
		"quotation":                {styled("Zitat", "A"), []string{"quotation A"}},
		"hidden by style":          {styled("Weg", "A") + p("", "B"), []string{"hidden paragraph A", "paragraph B"}},
		"a circle of styles":       {styled("KreisA", "A"), []string{"paragraph A"}},
		"struck by a run's style":  {`<w:p><w:r><w:rPr><w:rStyle w:val="Gestrichen"/></w:rPr><w:t>x</w:t></w:r><w:r><w:t>A</w:t></w:r></w:p>`, []string{"paragraph A"}},
		"an unknown style is text": {styled("Nirgends", "A"), []string{"paragraph A"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			equal(t, listed(read(t, pack(t, test.body, parts{"styles": styles}))), test.want...)
		})
	}
}

func TestReadTables(t *testing.T) {
	short := func(texts ...string) string {
		cells := make([]string, len(texts))
		for i, text := range texts {
			cells[i] = cellOf("", text)
		}
		return rowOf("", cells...)
	}
	bold := func(text string) string {
		return `<w:tc><w:p><w:r><w:rPr><w:b/></w:rPr><w:t>` + text + `</w:t></w:r></w:p></w:tc>`
	}
	long := strings.Repeat("Der Auftragnehmer liefert. ", 5)
	tests := map[string]struct {
		body string
		want []string // "text: ref=header …"
	}{
		"a first row of words heads the others": {
			tableOf(short("Nr.", "Kriterium", "Gewicht"), short("1", "Preis", "40 %"), short("2", "Jahr", "")),
			[]string{"1 | Preis | 40 %: A2=Nr. B2=Kriterium C2=Gewicht", "2 | Jahr: A3=Nr. B3=Kriterium"},
		},
		"two columns may be names and values": {
			tableOf(short("Auftraggeber", "Stadt Musterhausen"), short("Los", "A")),
			[]string{"Auftraggeber | Stadt Musterhausen: A1= B1=", "Los | A: A2=Auftraggeber B2=Stadt Musterhausen"},
		},
		"two columns in bold head": {
			tableOf(rowOf("", bold("Kriterium"), bold("Gewicht")), short("Preis", "40 %")),
			[]string{"Preis | 40 %: A2=Kriterium B2=Gewicht"},
		},
		"a name that stands out heads nothing": {
			tableOf(rowOf("", bold("Auftraggeber"), cellOf("", "Stadt Musterhausen")), rowOf("", bold("Los"), cellOf("", "A"))),
			[]string{"Auftraggeber | Stadt Musterhausen: A1= B1=", "Los | A: A2= B2="},
		},
		"values head nothing": {
			tableOf(short("Laufzeit", "48 Monate"), short("Kündigung", "3 Monate")),
			[]string{"Laufzeit | 48 Monate: A1= B1=", "Kündigung | 3 Monate: A2= B2="},
		},
		"prose heads nothing": {
			tableOf(short("A", long), short("B", "x")),
			[]string{"A | " + strings.TrimSpace(long) + ": A1= B1=", "B | x: A2= B2="},
		},
		"one column": {tableOf(short("Titel"), short("Text")), []string{"Titel: A1=", "Text: A2="}},
		"one row":    {tableOf(short("a", "b", "c")), []string{"a | b | c: A1= B1= C1="}},
		"marked heading rows, two of them": {
			tableOf(rowOf(`<w:tblHeader/>`, cellOf("", "Posten"), cellOf(`<w:gridSpan w:val="2"/>`, "Preis")),
				rowOf(`<w:tblHeader/>`, cellOf("", ""), cellOf("", "2027"), cellOf("", "2028")),
				rowOf("", cellOf("", "Betrieb"), cellOf("", "1"), cellOf("", "2"))),
			[]string{"Betrieb | 1 | 2: A3=Posten B3=Preis 2027 C3=Preis 2028"},
		},
		"all rows marked": {
			tableOf(rowOf(`<w:tblHeader/>`, cellOf("", "a"), cellOf("", "b")), rowOf(`<w:tblHeader/>`, cellOf("", "c"), cellOf("", "d"))),
			[]string{"a | b: A1= B1=", "c | d: A2= B2="},
		},
		"merged cells keep the columns": {
			tableOf(short("Los", "Leistung", "Preis"),
				rowOf("", cellOf(`<w:vMerge w:val="restart"/>`, "1"), cellOf("", "Betrieb"), cellOf("", "5")),
				rowOf("", cellOf(`<w:vMerge/>`, ""), cellOf("", "Pflege"), cellOf("", "6")),
				rowOf("", cellOf(`<w:gridSpan w:val="2"/>`, "Summe"), cellOf("", "11")),
				rowOf(`<w:gridBefore w:val="2"/>`, cellOf("", "12"))),
			[]string{
				"1 | Betrieb | 5: A2=Los B2=Leistung C2=Preis", "Pflege | 6: B3=Leistung C3=Preis",
				"Summe | 11: A4=Los C4=Preis", "12: C5=Preis",
			},
		},
		"a cell that goes on from none is shown": {
			tableOf(rowOf("", cellOf(`<w:vMerge/>`, "a"), cellOf("", "b")), rowOf("", cellOf(`<w:vMerge/>`, "c"), cellOf(`<w:vMerge/>`, "5"))),
			[]string{"a | b: A1= B1=", "5: B2=b"},
		},
		"a title over the heading row": {
			tableOf(rowOf("", cellOf(`<w:gridSpan w:val="3"/>`, "Kriterien")), short("Nr", "Name", "Gewicht"), short("1", "Preis", "2")),
			[]string{"Kriterien: A1=", "1 | Preis | 2: A3=Nr B3=Name C3=Gewicht"},
		},
		"a table in a table follows the row": {
			tableOf(rowOf("", `<w:tc>`+p("", "außen")+tableOf(short("innen"))+p("", "weiter")+`</w:tc>`, cellOf("", "b"))),
			[]string{"außen weiter | b: A1= B1=", "innen: A1="},
		},
		"a deleted row is gone": {tableOf(rowOf(`<w:del w:id="1"/>`, cellOf("", "x")), short("a")), []string{"a: A2="}},
		"a span without end": {
			tableOf(rowOf("", cellOf(`<w:gridSpan w:val="999999999"/>`, "a"), cellOf(`<w:gridSpan w:val="1000000"/>`, "b")), short("c")),
			[]string{"a | b: A1= B1=", "c: A2=a"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, passage := range read(t, pack(t, test.body, nil)).Passages {
				line := passage.Text + ":"
				for _, cell := range passage.Cells {
					line += " " + cell.Ref + "=" + cell.Header
				}
				got = append(got, line)
			}
			equal(t, got, test.want...)
		})
	}
}

// opened opens a complex field and shows a part of its result.
func opened(code, result string) string {
	return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>` + code + `</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>` + result + `</w:t></w:r>`
}

const fieldEnd = `<w:r><w:fldChar w:fldCharType="end"/></w:r>`

func TestContentsAreDropped(t *testing.T) {
	paragraph := func(content string) string { return `<w:p>` + content + `</w:p>` }
	entry := paragraph(`<w:r><w:t>2 Export</w:t></w:r>` + opened(" PAGEREF _1 ", "7") + fieldEnd)
	heading := p(`<w:outlineLvl w:val="0"/>`, "Export")
	tests := map[string]struct {
		body string
		want []string
	}{
		"by a field, whose end begins the text": {
			p("", "Deckblatt") + paragraph(opened(` TOC \o "1-3" `, "1 Ziel")) + entry + paragraph(fieldEnd+`<w:r><w:t>Vorwort</w:t></w:r>`) + heading,
			[]string{"paragraph Deckblatt", "paragraph Vorwort", "heading1 Export"},
		},
		"by a field in one paragraph": {paragraph(opened(`toc`, "1 Ziel")+fieldEnd) + heading, []string{"heading1 Export"}},
		"an index":                    {heading + paragraph(opened(` INDEX \c "2" `, "Daten 3")) + entry + paragraph(fieldEnd), []string{"heading1 Export"}},
		"by a simple field":           {paragraph(`<w:fldSimple w:instr=" TOC "><w:r><w:t>1 Ziel</w:t></w:r></w:fldSimple>`) + heading, []string{"heading1 Export"}},
		"by a content control": {
			`<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>` + p("", "Inhalt") + entry + `</w:sdtContent></w:sdt>` + heading,
			[]string{"heading1 Export"},
		},
		"not what a field that never ends would take": {
			paragraph(opened(`TOC`, "1 Ziel")) + heading + paragraph(opened(" REF x ", "Anlage")+fieldEnd),
			[]string{"paragraph 1 Ziel", "heading1 Export", "paragraph Anlage"},
		},
		"not what a field ends too late over": {
			paragraph(opened(`TOC`, "1 Ziel")) + heading + paragraph(`<w:r><w:t>a</w:t></w:r>`+fieldEnd),
			[]string{"paragraph 1 Ziel", "heading1 Export", "paragraph a"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			equal(t, listed(read(t, pack(t, test.body, nil))), test.want...)
		})
	}
}

func TestTitlesInBold(t *testing.T) {
	bold := func(properties, text string) string {
		return `<w:p><w:pPr>` + properties + `</w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>` + text + `</w:t></w:r></w:p>`
	}
	numbered := `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>`
	tests := map[string]struct {
		body string
		want []string
	}{
		"typed numbers": {
			bold("", "1 Ziel") + p("", "a") + bold("", "2.1 Umfang") + p("", "b") + bold("", "§ 3 Haftung") + p("", "c"),
			[]string{"heading1 1 Ziel", "paragraph a", "heading2 2.1 Umfang", "paragraph b", "heading1 § 3 Haftung", "paragraph c"},
		},
		"counted numbers": {bold(numbered, "Ziel") + p("", "a"), []string{"heading1 1 Ziel", "paragraph a"}},
		"a title above titles": {
			bold("", "1 Ziel") + bold("", "1.1 Umfang") + p("", "a"),
			[]string{"heading1 1 Ziel", "heading2 1.1 Umfang", "paragraph a"},
		},
		"levels are those of styled headings": {
			p(`<w:outlineLvl w:val="2"/>`, "2.1 Umfang") + bold("", "2.2 Erwartung") + p("", "a"),
			[]string{"heading3 2.1 Umfang", "heading3 2.2 Erwartung", "paragraph a"},
		},
		"entries of a list": {
			bold(numbered, "Preis") + bold(numbered, "Leistung") + bold(numbered, "Frist"),
			[]string{"item1 1 Preis", "item1 2 Leistung", "item1 3 Frist"},
		},
		"sentences, plain words, no number, letters": {
			bold("", "1 Das ist ein Satz.") + p("", "2 Umfang") + bold("", "Umfang") + bold("", "a) Umfang") + p("", "a"),
			[]string{"paragraph 1 Das ist ein Satz.", "paragraph 2 Umfang", "paragraph Umfang", "paragraph a) Umfang", "paragraph a"},
		},
		"in part bold": {`<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>1 Ziel</w:t></w:r><w:r><w:t> und mehr</w:t></w:r></w:p>` + p("", "a"), []string{"paragraph 1 Ziel und mehr", "paragraph a"}},
		"in a text box": {
			`<w:p><w:r><w:pict><v:textbox><w:txbxContent>` + bold("", "1 Ziel") + p("", "a") + `</w:txbxContent></v:textbox></w:pict></w:r></w:p>` + p("", "b"),
			[]string{"paragraph 1 Ziel", "paragraph a", "paragraph b"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			equal(t, listed(read(t, pack(t, test.body, parts{"numbering": outline + use("1", "0", "")}))), test.want...)
		})
	}
}

func TestDiagrams(t *testing.T) {
	drawing := `<w:p><w:r><w:t>davor</w:t></w:r><w:r><w:drawing><d:relIds xmlns:d="d" xmlns:r="r" r:dm="diagramData"/></w:drawing></w:r></w:p>`
	point := func(text string) string {
		return `<d:pt><d:prSet/><d:t><a:bodyPr/><a:p><a:r><a:rPr/><a:t>` + text + `</a:t></a:r><a:br/><a:r><a:t>2</a:t></a:r></a:p><a:p/></d:t></d:pt>`
	}
	text := read(t, pack(t, drawing+drawing+p("", "danach"), parts{"diagramData": `<d:ptLst xmlns:d="d" xmlns:a="a">` + point("Phase 1") + `<d:pt/>` + point("Betrieb") + `</d:ptLst>`}))
	equal(t, listed(text), "paragraph davor", "paragraph Phase 1 2", "paragraph Betrieb 2", "paragraph davor", "paragraph danach")
}

func TestMainPartOfAnotherName(t *testing.T) {
	text := read(t, archive(t, parts{
		"_rels/.rels":              `<Relationships><Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/doc/text2.xml"/></Relationships>`,
		"doc/text2.xml":            `<x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:body><x:p><x:pPr><x:pStyle x:val="A"/></x:pPr><x:r><x:t>Ziel</x:t></x:r></x:p></x:body></x:document>`,
		"doc/_rels/text2.xml.rels": `<Relationships><Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/styles" Target="../s.xml"/></Relationships>`,
		"s.xml":                    `<x:styles xmlns:x="x"><x:style x:type="paragraph" x:styleId="A"><x:name x:val="heading 1"/></x:style></x:styles>`,
	}))
	equal(t, listed(text), "heading1 Ziel")
}

func TestCutOff(t *testing.T) {
	var body strings.Builder
	for i := range 2_000 {
		body.WriteString(p("", fmt.Sprintf("Der Auftragnehmer liefert Teil %d.", i)))
	}
	whole := pack(t, body.String(), nil)
	if text := read(t, whole); len(text.Passages) != 2_000 || len(text.Gaps) != 0 {
		t.Errorf("whole: %d passages, gaps %+v", len(text.Passages), text.Gaps)
	}
	for name, data := range map[string][]byte{"the directory": whole[:bytes.Index(whole, []byte("PK\x01\x02"))], "a third": whole[:len(whole)*2/3]} {
		text := read(t, data)
		if size := len(text.Passages); size < 500 || size > 2_000 || len(text.Gaps) != 1 || text.Gaps[0].Reason != "damaged" {
			t.Errorf("without %s: %d passages, gaps %+v", name, size, text.Gaps)
		}
	}
}

func TestPictures(t *testing.T) {
	picture := `<w:p><w:r><w:drawing><a:graphic xmlns:a="a"><pic:pic xmlns:pic="p"/></a:graphic></w:drawing></w:r></w:p>`
	_, err := Read(context.Background(), pack(t, picture, nil))
	var refusal *limit.Refusal
	if !errors.As(err, &refusal) || refusal.Code != "no_text" {
		t.Errorf("a picture alone: error %v, want no_text", err)
	}
	if text := read(t, pack(t, p("", "Seite 1")+picture, nil)); len(text.Gaps) != 1 || text.Gaps[0].Reason != "no_text" {
		t.Errorf("little text to a picture: gaps %+v, want no_text", text.Gaps)
	}
	if text := read(t, pack(t, p("", strings.Repeat("Text ", picturesText))+picture, nil)); len(text.Gaps) != 0 {
		t.Errorf("text with a picture: gaps %+v", text.Gaps)
	}
}

func TestRowsHaveContext(t *testing.T) {
	part := func(text string) string { return rowOf("", cellOf(`<w:gridSpan w:val="3"/>`, text)) }
	row := func(first string, texts ...string) string {
		cells := []string{first}
		for _, text := range texts {
			cells = append(cells, cellOf("", text))
		}
		return rowOf("", cells...)
	}
	merged := func(value, text string) string { return cellOf(`<w:vMerge w:val="`+value+`"/>`, text) }
	long := strings.Repeat("lang ", 20)
	text := read(t, pack(t, tableOf(
		row(cellOf("", "Bereich"), "Anforderung", "A/B"),
		part("Sicherheit"),
		row(merged("restart", "Betrieb"), "TLS 1.3", "A"),
		row(merged("continue", "nicht gezeigt"), "Zwei-Faktor", "B"),
		row(cellOf("", "Pflege"), "Updates", "A"),
		part(long),
		row(merged("restart", "17"), "Export", "A"),
		row(merged("continue", ""), "Import", "B"),
	), nil))
	var got []string
	for _, passage := range text.Passages {
		line := passage.Text
		if passage.Cells[0].Header == "" {
			line += " (no header)"
		}
		got = append(got, strings.Join(append(passage.Context, line), " > "))
	}
	equal(t, got, "Sicherheit (no header)", "Sicherheit > Betrieb | TLS 1.3 | A", "Sicherheit > Betrieb > Zwei-Faktor | B",
		"Sicherheit > Pflege | Updates | A", strings.TrimSpace(long)+" (no header)", "17 | Export | A", "Import | B")
}

func TestNotesFollowTheirParagraph(t *testing.T) {
	reference := `<w:p><w:r><w:t>Satz</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="2"/></w:r></w:p>`
	text := read(t, pack(t, p("", "Davor")+reference+reference+tableOf(rowOf("", `<w:tc><w:p><w:r><w:t>Zelle</w:t><w:footnoteReference w:id="3"/></w:r></w:p></w:tc>`)), parts{
		"footnotes": `<w:footnote w:type="separator" w:id="-1">` + p("", "Strich") + `</w:footnote><w:footnote w:id="2">` + p("", "Fuß") + p("", "noten") +
			`</w:footnote><w:footnote w:id="3">` + p("", "aus der Zelle") + `</w:footnote><w:footnote w:id="4">` + p("", "ohne Bezug") + `</w:footnote>`,
		"endnotes": `<w:endnote w:id="2">` + p("", "Ende") + `</w:endnote>`,
	}))
	equal(t, listed(text), "paragraph Davor", "paragraph Satz", "footnote Fuß", "footnote noten", "footnote Ende", "paragraph Satz", "row Zelle", "footnote aus der Zelle")
	if got := text.Passages[2].Paragraph; got != 2 {
		t.Errorf("footnote stands at paragraph %d, want 2", got)
	}
}

func TestParagraphsAreCounted(t *testing.T) {
	text := read(t, pack(t, p("", "eins")+`<w:p/>`+p("", "drei")+tableOf(rowOf("", cellOf("", ""), cellOf("", "fünf")))+p("", "sechs"), nil))
	var got []string
	for _, passage := range text.Passages {
		got = append(got, fmt.Sprint(passage.Paragraph, " ", passage.Text))
	}
	equal(t, got, "1 eins", "3 drei", "5 fünf", "6 sechs")
}

func TestTitle(t *testing.T) {
	text := read(t, pack(t, p("", "a"), parts{"docProps/core.xml": `<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:title> Vergabe  12 </dc:title></cp:coreProperties>`}))
	if text.Title != "Vergabe 12" {
		t.Errorf("title %q", text.Title)
	}
}

func TestRefusals(t *testing.T) {
	ole := func(stream string) []byte {
		wide := strings.Join(strings.Split(stream, ""), "\x00")
		entry := []byte(wide + strings.Repeat("\x00", 128-len(wide)))
		entry[64], entry[66] = byte(2*len(stream)+2), 2
		return append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"+strings.Repeat("\x00", 1016)), entry...)
	}
	tests := map[string]struct {
		data []byte
		want string
	}{
		"no bytes":       {nil, "empty"},
		"password":       {ole("EncryptedPackage"), "encrypted"},
		"Word 97":        {ole("WordDocument"), "old_format"},
		"not a package":  {[]byte("PK\x03\x04 cut off"), "damaged"},
		"something else": {archive(t, parts{"a.txt": "a"}), "not_this_format"},
		"a sheet":        {archive(t, parts{"word/document.xml": `<workbook/>`}), "not_this_format"},
		"no text":        {pack(t, `<w:p/>`, nil), "empty"},
		"document type":  {archive(t, parts{"word/document.xml": `<!DOCTYPE d [<!ENTITY a "b">]><document><body><p><r><t>a</t></r></p></body></document>`}), "damaged"},
		"deeply nested":  {pack(t, strings.Repeat("<w:tbl><w:tr><w:tc>", 20_000), nil), "too_large"},
		"broken at once": {pack(t, `<w:p><`, nil), "damaged"},
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
	tests := map[string]struct {
		body string
		more parts
		want string
	}{
		"damage in the body":     {p("", "a") + `<w:p><w:r></w:p>`, nil, "damaged"},
		"damage in the styles":   {p("", "a"), parts{"styles": `<w:style>`}, "damaged"},
		"depth":                  {p("", "a") + strings.Repeat("<w:sdt>", 300), nil, "too_large"},
		"too much text":          {p("", "a") + p("", strings.Repeat("a", limit.Text)), nil, "too_large"},
		"too many passages":      {strings.Repeat(`<w:p><w:r><w:t>a</w:t></w:r></w:p>`, limit.Passages+1), nil, "too_large"},
		"a document in the body": {p("", "a") + `<w:altChunk/><w:altChunk/>`, nil, "not_this_format"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			text := read(t, pack(t, test.body, test.more))
			if len(text.Passages) == 0 || text.Passages[0].Text != "a" {
				t.Errorf("passages are lost")
			}
			if len(text.Gaps) != 1 || text.Gaps[0].Reason != test.want {
				t.Errorf("gaps %+v, want one of %q", text.Gaps, test.want)
			}
		})
	}
}

func TestContext(t *testing.T) {
	data := pack(t, strings.Repeat(p("", "a"), 5_000), nil)
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(cancelled, data); !errors.Is(err, context.Canceled) || errors.Is(err, austauschbar.ErrUnreadable) {
		t.Errorf("cancelled: error %v", err)
	}
	late, cancel := context.WithDeadline(context.Background(), time.Unix(0, 0))
	defer cancel()
	text, err := Read(late, data)
	if err != nil || len(text.Gaps) != 1 || text.Gaps[0].Reason != "timeout" {
		t.Errorf("late: gaps %+v, error %v", text.Gaps, err)
	}
}

// corpus returns the documents that are kept beside the sources where they are.
func corpus(t testing.TB, pattern string) []string {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join("..", "..", "..", "shared", "corpus", pattern))
	if len(files) == 0 {
		t.Skip("the corpus is not there")
	}
	return files
}

func TestCorpus(t *testing.T) {
	refused := map[string]string{
		"poi_ExternalEntityInText.docx":      "damaged",
		"poi_bug53475-password-is-pass.docx": "encrypted",
	}
	cut := "poi_truncated62886.docx"
	for _, file := range corpus(t, "*/*.docx") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			text, err := Read(context.Background(), data)
			if want := refused[filepath.Base(file)]; want != "" {
				var refusal *limit.Refusal
				if !errors.As(err, &refusal) || refusal.Code != want {
					t.Errorf("error %v, want %s", err, want)
				}
				return
			}
			if name := filepath.Base(file); err != nil || len(text.Gaps) > 0 != (name == cut) {
				t.Fatalf("gaps %v, error %v", text.Gaps, err)
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
		if strings.Contains(passage.Text, "\u00ad") {
			t.Errorf("text %q has a soft hyphen", passage.Text)
		}
		if (passage.Kind == austauschbar.Heading || passage.Kind == austauschbar.Item) != (passage.Level > 0) {
			t.Errorf("%s of level %d", passage.Kind, passage.Level)
		}
		if (passage.Kind == austauschbar.Row) != (len(passage.Cells) > 0) {
			t.Errorf("%s of %d cells", passage.Kind, len(passage.Cells))
		}
		for _, cell := range passage.Cells {
			if !cellRef.MatchString(cell.Ref) || cell.Text == "" {
				t.Errorf("cell %q holds %q", cell.Ref, cell.Text)
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p>`, `<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>`)
	f.Add(tableOf(rowOf(`<w:tblHeader/>`, cellOf(`<w:gridSpan w:val="3"/>`, "a"), cellOf(`<w:vMerge/>`, "b")), rowOf("", cellOf("", "c"))), `<w:num w:numId="1"/>`)
	f.Add(`<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:drawing><w:txbxContent><w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p></w:txbxContent></w:drawing></w:r></w:p>`, ``)
	f.Add(`<w:p>`+opened(" TOC ", "1 Ziel")+`<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r></w:p><w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent><w:p>`+fieldEnd+`</w:p></w:sdtContent></w:sdt>`, ``)
	f.Add(`<w:p><w:r><w:rPr><w:b/><w:vanish w:val="0"/></w:rPr><w:t>1 Ziel</w:t><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox><w:ddList><w:listEntry w:val="a"/></w:ddList></w:ffData></w:fldChar></w:r></w:p><w:p><w:oMath><w:f><w:num/><w:den><w:r><w:t>a</w:t></w:r></w:den></w:f><w:nary><w:naryPr><w:chr w:val="s"/></w:naryPr></w:nary></w:oMath></w:p>`, ``)
	f.Fuzz(func(t *testing.T, body, numbering string) {
		text, err := Read(context.Background(), pack(t, body, parts{"numbering": numbering}))
		if err != nil && !errors.Is(err, austauschbar.ErrUnreadable) {
			t.Errorf("error %v is no refusal", err)
		}
		check(t, text)
		for _, passage := range text.Passages {
			if most := strings.Count(body, "p"); passage.Paragraph > most {
				t.Errorf("paragraph %d of at most %d", passage.Paragraph, most)
			}
		}
	})
}

func FuzzReadPackage(f *testing.F) {
	f.Add(pack(f, p("", "a"), nil))
	f.Fuzz(func(t *testing.T, data []byte) {
		text, err := Read(context.Background(), data)
		if err != nil && !errors.Is(err, austauschbar.ErrUnreadable) {
			t.Errorf("error %v is no refusal", err)
		}
		check(t, text)
	})
}

func BenchmarkRead(b *testing.B) {
	var body strings.Builder
	for i := range 2_000 {
		body.WriteString(p(`<w:numPr><w:ilvl w:val="`+fmt.Sprint(i%3)+`"/><w:numId w:val="1"/></w:numPr>`, strings.Repeat("Der Auftragnehmer muss exportieren. ", 8)))
	}
	data := pack(b, body.String(), parts{"numbering": outline + use("1", "0", "")})
	b.SetBytes(int64(body.Len()))
	for b.Loop() {
		if _, err := Read(context.Background(), data); err != nil {
			b.Fatal(err)
		}
	}
}
