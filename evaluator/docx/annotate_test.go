package docx

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

// paper is a document that can be annotated.
func paper(t testing.TB, body string, more parts) []byte {
	t.Helper()
	files := parts{"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`}
	for name, content := range more {
		files[name] = content
	}
	return pack(t, body, files)
}

func at(paragraph int, quote string) *austauschbar.Evidence {
	return &austauschbar.Evidence{Path: "a.docx", Paragraph: paragraph, Quote: quote}
}

func inCell(paragraph int, cell, quote string) *austauschbar.Evidence {
	evidence := at(paragraph, quote)
	evidence.Cell = cell
	return evidence
}

func annotated(t testing.TB, data []byte, list ...austauschbar.Note) []byte {
	t.Helper()
	copied, err := Annotate(context.Background(), data, readertest.Noted(list...))
	if err != nil {
		t.Fatal(err)
	}
	return copied
}

// part reads one part of a package.
func partOf(t testing.TB, data []byte, name string) string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	file, err := archive.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	content, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

var (
	marksShown = strings.NewReplacer(
		"<w:commentRangeStart w:id=", "⟦", "<w:commentRangeEnd w:id=", "⟧", "<w:r><w:commentReference w:id=", "✎",
		`"/></w:r>`, `"/>`, "</w:del>", "−", "</w:ins>", "+",
	)
	tracked = regexp.MustCompile(`<w:(ins|del) w:id="\d+" w:author="Austauschbar" w:date="2026-11-23T00:00:00Z">`)
	tag     = regexp.MustCompile(`<[^<>]*>`)
)

// marked shows a body with its marks: "Der ⟦0Export⟧0✎0 folgt."; what is deleted and
// inserted as "−Text−" and "+Text+".
func marked(t testing.TB, data []byte) string {
	t.Helper()
	body := partOf(t, data, "word/document.xml")
	body = body[strings.Index(body, "<w:body>"):]
	body = tracked.ReplaceAllStringFunc(body, func(found string) string {
		return map[bool]string{true: "+", false: "−"}[strings.HasPrefix(found, "<w:ins")]
	})
	body = strings.ReplaceAll(body, "</w:p>", "¶")
	body = marksShown.Replace(body)
	body = regexp.MustCompile(`([⟦⟧✎])"(\d+)"/>`).ReplaceAllString(body, "$1$2")
	return strings.TrimSuffix(tag.ReplaceAllString(body, ""), "¶")
}

func TestAnnotate(t *testing.T) {
	run := func(text string) string { return `<w:r><w:t xml:space="preserve">` + text + `</w:t></w:r>` }
	para := func(inner string) string { return `<w:p>` + inner + `</w:p>` }
	tests := map[string]struct {
		body string
		note austauschbar.Note
		want string
	}{
		"a quote within a run":              {para(run("Der Export folgt.")), austauschbar.Note{Evidence: at(1, "Export")}, "Der ⟦0Export⟧0✎0 folgt."},
		"a quote that is the run":           {para(run("Export")), austauschbar.Note{Evidence: at(1, "Export")}, "⟦0Export⟧0✎0"},
		"a quote over runs":                 {para(run("Der Ex") + run("port") + run(" folgt.")), austauschbar.Note{Evidence: at(1, "Export folgt")}, "Der ⟦0Export folgt⟧0✎0."},
		"blanks that are folded":            {para(run("Der  Export \u00a0 folgt.")), austauschbar.Note{Evidence: at(1, "Der Export folgt")}, "⟦0Der  Export \u00a0 folgt⟧0✎0."},
		"soft hyphens":                      {para(run("Der Ex\u00adport folgt.")), austauschbar.Note{Evidence: at(1, "Export")}, "Der ⟦0Ex\u00adport⟧0✎0 folgt."},
		"characters that are escaped":       {para(run("A &amp; B &lt;C&gt; D")), austauschbar.Note{Evidence: at(1, "B <C>")}, "A &amp; ⟦0B &lt;C&gt;⟧0✎0 D"},
		"beside a tab in the run":           {para(`<w:r><w:tab/><w:t>Export</w:t><w:tab/></w:r>`), austauschbar.Note{Evidence: at(1, "Export")}, "⟦0Export⟧0✎0"},
		"the second paragraph":              {para(run("a")) + para(run("Export")), austauschbar.Note{Evidence: at(2, "Export")}, "a¶⟦0Export⟧0✎0"},
		"a quote that is not there":         {para(`<w:pPr><w:pStyle w:val="x"/></w:pPr>` + run("Der Export")), austauschbar.Note{Evidence: at(1, "Import")}, "⟦0Der Export⟧0✎0"},
		"a paragraph that is not there":     {para("") + para(run("Titel")), austauschbar.Note{Evidence: at(9, "Import"), Place: "Absatz 9"}, "¶⟦0Titel⟧0✎0"},
		"no passage":                        {para("") + para(run("Titel")) + para(run("b")), austauschbar.Note{}, "¶⟦0Titel⟧0✎0¶b"},
		"within a link":                     {para(run("Der ") + `<w:hyperlink r:id="rId9" xmlns:r="r">` + run("Export hier") + `</w:hyperlink>` + run(" folgt")), austauschbar.Note{Evidence: at(1, "Export")}, "Der ⟦0Export⟧0 hier✎0 folgt"},
		"within an insertion":               {para(run("Der ") + `<w:ins w:id="7" w:author="x">` + run("Export hier") + `</w:ins>` + run(" folgt")), austauschbar.Note{Evidence: at(1, "Export")}, "Der ⟦0Export⟧0 hier+✎0 folgt"},
		"over a deletion":                   {para(run("Der ") + `<w:del w:id="7" w:author="x"><w:r><w:delText>alte </w:delText></w:r></w:del>` + run("Export folgt")), austauschbar.Note{Evidence: at(1, "Der Export")}, "⟦0Der alte −Export⟧0✎0 folgt"},
		"within a field":                    {para(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + run("Export folgt") + `<w:r><w:fldChar w:fldCharType="end"/></w:r>` + run(" bald")), austauschbar.Note{Evidence: at(1, "Export")}, "REF x⟦0Export⟧0 folgt✎0 bald"},
		"within a simple field":             {para(`<w:fldSimple w:instr="REF x">` + run("Export folgt") + `</w:fldSimple>`), austauschbar.Note{Evidence: at(1, "Export")}, "⟦0Export folgt⟧0✎0"},
		"within a content control":          {para(`<w:sdt><w:sdtPr/><w:sdtContent>` + run("Export folgt") + `</w:sdtContent></w:sdt>` + run(" b")), austauschbar.Note{Evidence: at(1, "folgt b")}, "⟦0Export folgt b⟧0✎0"},
		"within a formula":                  {para(run("x ") + `<m:oMath xmlns:m="m"><m:r><m:t>a</m:t></m:r></m:oMath>` + run(" y")), austauschbar.Note{Evidence: at(1, "a")}, "x ⟦0a⟧0✎0 y"},
		"within a text box":                 {para(run("a") + `<w:r><w:pict><w:txbxContent>` + para(run("Export")) + `</w:txbxContent></w:pict></w:r>` + run("b")), austauschbar.Note{Evidence: at(2, "Export")}, "⟦0aExport¶b⟧0✎0"},
		"paragraphs that read as one":       {para(`<w:pPr><w:rPr><w:del w:id="1" w:author="x"/></w:rPr></w:pPr>`+run("Der ")) + para(run("Export folgt")), austauschbar.Note{Evidence: at(2, "Der Export")}, "⟦0Der ¶Export⟧0✎0 folgt"},
		"a symbol font":                     {para(`<w:r><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>nn</w:t></w:r>` + run(" b")), austauschbar.Note{Evidence: at(1, "■ b")}, "⟦0nn b⟧0✎0"},
		"hidden text":                       {para(`<w:r><w:rPr><w:vanish/></w:rPr><w:t>Export</w:t></w:r>` + run("b")), austauschbar.Note{Evidence: at(1, "Export")}, "⟦0Export⟧0✎0b"},
		"a cell":                            {tableOf(rowOf("", cellOf("", "Nr. 1"), `<w:tc>`+para(run("Der Export"))+para(run("folgt bald"))+`</w:tc>`)), austauschbar.Note{Evidence: inCell(1, "B1", "Export folgt")}, "Nr. 1¶Der ⟦0Export¶folgt⟧0✎0 bald"},
		"a cell without its quote":          {tableOf(rowOf("", cellOf("", "Nr. 1"), `<w:tc>`+para(run("Der Export"))+para(run("folgt"))+`</w:tc>`)), austauschbar.Note{Evidence: inCell(1, "B1", "Import")}, "Nr. 1¶⟦0Der Export¶folgt⟧0✎0"},
		"a cell of a table within a table":  {tableOf(rowOf("", `<w:tc>`+para(run("außen"))+tableOf(rowOf("", cellOf("", "Nr."), cellOf("", "Export")))+`<w:p/></w:tc>`)), austauschbar.Note{Evidence: inCell(2, "B1", "Export")}, "außen¶Nr.¶⟦0Export⟧0✎0"},
		"one word is replaced":              {para(run("Als Datenbank ist Oracle 19 einzusetzen.")), austauschbar.Note{Evidence: at(1, "Als Datenbank ist Oracle 19 einzusetzen."), Change: "Als Datenbank ist PostgreSQL oder gleichwertig einzusetzen."}, "⟦4Als Datenbank ist −Oracle 19−+PostgreSQL oder gleichwertig+ einzusetzen.⟧4✎4"},
		"a sentence is added":               {para(run("Der Export folgt. Mehr.")), austauschbar.Note{Evidence: at(1, "Der Export folgt."), Change: "Der Export folgt. Das Format ist offen."}, "⟦1Der Export folgt.+ Das Format ist offen.+⟧1✎1 Mehr."},
		"words in parentheses are added":    {para(run("Der Export folgt.")), austauschbar.Note{Evidence: at(1, "Der Export folgt."), Change: "Der Export folgt (als CSV)."}, "⟦1Der Export folgt+ (als CSV)+.⟧1✎1"},
		"all is replaced, over runs":        {para(run("Der Ex") + `<w:bookmarkStart w:id="3" w:name="b"/>` + run("port.")), austauschbar.Note{Evidence: at(1, "Der Export."), Change: "Nichts!"}, "⟦2−Der Export.−+Nichts!+⟧2✎2"},
		"nothing is changed in a link":      {para(`<w:hyperlink>` + run("Export") + `</w:hyperlink>`), austauschbar.Note{Evidence: at(1, "Export"), Change: "Import"}, "⟦0Export⟧0✎0"},
		"nothing is changed around a note":  {para(run("Der") + `<w:r><w:footnoteReference w:id="1"/></w:r>` + run(" Export")), austauschbar.Note{Evidence: at(1, "Der Export"), Change: "Nichts"}, "⟦0Der Export⟧0✎0"},
		"nothing is changed over deletions": {para(run("Der") + `<w:del w:id="7" w:author="x"><w:r><w:delText> alte</w:delText></w:r></w:del>` + run(" Export")), austauschbar.Note{Evidence: at(1, "Der Export"), Change: "Nichts"}, "⟦0Der alte− Export⟧0✎0"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			data := paper(t, test.body, nil)
			copied := annotated(t, data, test.note)
			got := marked(t, copied)
			// Ids of comments are numbered after those of changes.
			if diff := cmp.Diff(renumbered(test.want), renumbered(got)); diff != "" {
				t.Errorf("marks (-want +got):\n%s\n%s", diff, partOf(t, copied, "word/document.xml"))
			}
			sound(t, data, copied)
		})
	}
}

// renumbered leaves out which id a mark has.
func renumbered(marked string) string {
	return regexp.MustCompile(`([⟦⟧✎])\d+`).ReplaceAllString(marked, "$1")
}

// Notes that meet in one text and one quote.
func TestAnnotateSeveral(t *testing.T) {
	body := `<w:p><w:r w:rsidR="00AA"><w:rPr><w:b/><w:rPrChange w:id="0" w:author="x"><w:rPr/></w:rPrChange></w:rPr><w:t>Der Export folgt bald. Ende</w:t></w:r></w:p>`
	data := paper(t, body, nil)
	copied := annotated(t, data,
		austauschbar.Note{Evidence: at(1, "Der Export folgt bald."), Change: "Der Import folgt bald."},
		austauschbar.Note{Evidence: at(1, "Export folgt"), Change: "Export kommt", Told: "Vorschlag: kommt"},
		austauschbar.Note{Evidence: at(1, "Export folgt bald.")},
		austauschbar.Note{Evidence: at(1, "Ende"), Change: "Schluss", Told: "Vorschlag: Schluss"},
	)
	got := renumbered(marked(t, copied))
	want := "⟦Der ⟦⟦−Export−+Import+ folgt⟧✎ bald.⟧⟧✎✎ ⟦−Ende−+Schluss+⟧✎"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	sound(t, data, copied)
	comments := partOf(t, copied, "word/comments.xml")
	if !strings.Contains(comments, "Vorschlag: kommt") || strings.Contains(comments, "Vorschlag: Schluss") {
		t.Errorf("a suggestion is told where it is no change, and there alone: %s", comments)
	}
	if body := partOf(t, copied, "word/document.xml"); strings.Count(body, `w:rsidR="00AA"`) < 5 {
		t.Errorf("runs that are cut keep their attributes: %s", body)
	}
}

func TestAnnotateBesideComments(t *testing.T) {
	body := `<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>Der Export</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>`
	theirs := `<w:comment w:id="0" w:author="Erika"><w:p><w:r><w:t>Bitte prüfen</w:t></w:r></w:p></w:comment>`
	data := paper(t, body, parts{"comments": theirs})
	copied := annotated(t, data, austauschbar.Note{Evidence: at(1, "Export")})
	comments := partOf(t, copied, "word/comments.xml")
	if !strings.Contains(comments, theirs) || strings.Count(comments, "<w:comment ") != 2 {
		t.Errorf("comments are %s", comments)
	}
	sound(t, data, copied)
}

// Prefixes are a convention.
func TestAnnotateOtherPrefixes(t *testing.T) {
	const space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	for name, document := range map[string]string{
		"another": `<x:document xmlns:x="` + space + `"><x:body><x:p><x:r><x:t>Der Export</x:t></x:r></x:p></x:body></x:document>`,
		"none":    `<document xmlns="` + space + `"><body><p><r><t>Der Export</t></r></p></body></document>`,
	} {
		t.Run(name, func(t *testing.T) {
			data := paper(t, "", parts{"word/document.xml": document})
			copied := annotated(t, data, austauschbar.Note{Evidence: at(1, "Export"), Change: "Import"})
			sound(t, data, copied)
			seen := map[string]int{}
			decoder := xml.NewDecoder(strings.NewReader(partOf(t, copied, "word/document.xml")))
			for {
				token, err := decoder.Token()
				if err == io.EOF {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
				if element, ok := token.(xml.StartElement); ok && element.Name.Space == space {
					seen[element.Name.Local]++
					for _, attr := range element.Attr {
						if attr.Name.Local == "id" && attr.Name.Space != space {
							t.Errorf("%s has an id in the namespace %q", element.Name.Local, attr.Name.Space)
						}
					}
				}
			}
			for _, name := range []string{"commentRangeStart", "commentRangeEnd", "commentReference", "ins", "del", "delText"} {
				if seen[name] != 1 {
					t.Errorf("%d elements %s", seen[name], name)
				}
			}
		})
	}
}

func TestAnnotateHostile(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	texts := []string{"</w:t><w:x>&amp;\x00\u202e]]>", "<script>alert(1)</script>", "שלום עולם", "👩‍💻", long}
	data := paper(t, `<w:p><w:r><w:t>Export</w:t></w:r></w:p>`, nil)
	copied := annotated(t, data, austauschbar.Note{Evidence: at(1, "Export"), Lines: texts, Change: texts[0]})
	sound(t, data, copied)
	comments := partOf(t, copied, "word/comments.xml")
	for _, want := range []string{"&lt;script&gt;", "שלום עולם", "👩‍💻", "&lt;/w:t&gt;&lt;w:x&gt;&amp;amp;\ufffd", long} {
		if !strings.Contains(comments, want) {
			t.Errorf("%.40q is not in the comments", want)
		}
	}
}

func TestAnnotateRefuses(t *testing.T) {
	whole := paper(t, p("", "Export"), nil)
	for name, data := range map[string][]byte{
		"cut off":          whole[:len(whole)-30],
		"damaged":          paper(t, p("", "Export")+`<w:p><w:x></w:p>`, nil),
		"no list of types": pack(t, p("", "Export"), nil),
		"no text":          paper(t, `<w:p/>`, nil),
		"no package":       []byte("Export"),
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := Annotate(context.Background(), data, readertest.Noted(austauschbar.Note{})); !errors.Is(err, austauschbar.ErrUnreadable) {
				t.Errorf("error %v", err)
			}
		})
	}
}

// everywhere has a note for the beginning, the middle and all of every passage.
func everywhere(text austauschbar.Text, change bool) []austauschbar.Note {
	var list []austauschbar.Note
	add := func(paragraph int, cell, text string) {
		for _, quote := range readertest.Quotes(text) {
			note := austauschbar.Note{Evidence: inCell(paragraph, cell, quote)}
			if change {
				note.Change, note.Told = "Neu: "+quote+" oder gleichwertig", "told"
			}
			list = append(list, note)
		}
	}
	for _, passage := range text.Passages {
		if len(passage.Cells) == 0 {
			add(passage.Paragraph, "", passage.Text)
		}
		for _, cell := range passage.Cells {
			add(passage.Paragraph, cell.Ref, cell.Text)
		}
	}
	return list
}

// refused are the files of the corpus that take no notes, with the reason.
var refused = map[string]string{
	"poi_ExternalEntityInText.docx": "damaged", "poi_bug53475-password-is-pass.docx": "encrypted", "poi_truncated62886.docx": "damaged",
}

// Every document survives notes at all of its passages: it reads the same, with all
// changes rejected too, and nothing but the body and the comments differs.
func TestAnnotateCorpus(t *testing.T) {
	files := append(corpus(t, "*/*.docx"), filepath.Join("..", "..", "examples", "fachverfahren", "Leistungsbeschreibung.docx"))
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			text, _ := Read(context.Background(), data)
			list := everywhere(text, false)
			copied, err := Annotate(context.Background(), data, readertest.Noted(append(list, austauschbar.Note{})...))
			refusal, _ := errors.AsType[*limit.Refusal](err)
			if code := refused[filepath.Base(file)]; code != "" {
				if refusal == nil || refusal.Code != code {
					t.Errorf("got %v, want %s", err, code)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			sound(t, data, copied)
			body := partOf(t, copied, mainOf(t, copied))
			if got := strings.Count(body, "commentReference "); got < len(list) {
				t.Errorf("%d of %d comments", got, len(list))
			}
			changed := annotated(t, data, everywhere(text, true)...)
			sound(t, data, changed)
			changes := strings.Count(partOf(t, changed, mainOf(t, changed)), `author="Austauschbar"`)
			t.Logf("%d passages, %d notes, %d tracked changes", len(text.Passages), len(list), changes)
		})
	}
}

// exact counts the notes that stand at their quotes.
func TestAnnotateFindsQuotes(t *testing.T) {
	all, exact, here := 0, 0, 0
	for _, file := range corpus(t, "tenders/*.docx") {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		traced := &trace{}
		text, err := readTraced(context.Background(), data, traced)
		if err != nil {
			t.Fatal(err)
		}
		body := []byte(partOf(t, data, mainOf(t, data)))
		x := newText(body, traced)
		for _, note := range everywhere(text, false) {
			found := x.find(note.Evidence)
			all++
			if found.exact {
				exact++
			}
			if found.here {
				here++
			}
		}
	}
	t.Logf("%d quotes: %d exact, %d at their paragraph", all, exact, here)
	if here < all || exact < all*95/100 {
		t.Errorf("of %d quotes, %d are found and %d paragraphs", all, exact, here)
	}
}

func mainOf(t testing.TB, data []byte) string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range archive.File {
		if strings.HasPrefix(path.Base(file.Name), "document") && path.Ext(file.Name) == ".xml" && strings.Contains(file.Name, "word/") {
			return file.Name
		}
	}
	t.Fatal("no body")
	return ""
}

var (
	ourInsertion = regexp.MustCompile(`(?s)<(\w+:)?ins\b[^<>]*author="Austauschbar"[^<>]*>.*?</(\w+:)?ins>`)
	ourDeletion  = regexp.MustCompile(`(?s)<(\w+:)?del\b[^<>]*author="Austauschbar"[^<>]*>(.*?)</(\w+:)?del>`)
	markID       = regexp.MustCompile(`<(?:\w+:)?(comment|commentRangeStart|commentRangeEnd|commentReference|ins|del|rPrChange)\b[^<>]*\bid="(\d+)"`)
)

// rejected is a body with our changes rejected.
func rejected(body string) string {
	body = ourInsertion.ReplaceAllString(body, "")
	return ourDeletion.ReplaceAllStringFunc(body, func(found string) string {
		return strings.ReplaceAll(ourDeletion.FindStringSubmatch(found)[2], "delText", "t")
	})
}

// sound holds what is true of every annotated copy: its text is that of the document,
// once its changes are rejected; every other part is the same; every part is
// well-formed; ids are unique; relations lead somewhere.
func sound(t testing.TB, data, copied []byte) {
	t.Helper()
	was, err := Read(context.Background(), data)
	if err != nil {
		t.Fatal(err)
	}
	main := mainOf(t, copied)
	body := partOf(t, copied, main)
	back := map[string][]byte{main: []byte(rejected(body))}
	is, err := Read(context.Background(), rewritten(t, copied, back))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(was, is); diff != "" {
		t.Errorf("the text differs (-was +is):\n%.2000s", diff)
	}
	if strings.Contains(string(back[main]), `"Austauschbar"`) {
		t.Errorf("a change of ours stays when all are rejected")
	}
	before, after := readertest.Entries(t, data), readertest.Entries(t, copied)
	may := []string{main, path.Dir(main) + "/comments.xml", path.Dir(main) + "/_rels/" + path.Base(main) + ".rels", "[Content_Types].xml"}
	for name, content := range before {
		if !slices.ContainsFunc(may, func(m string) bool { return strings.EqualFold(m, name) }) && after[name] != content {
			t.Errorf("%s has changed", name)
		}
	}
	for name := range after {
		if _, was := before[name]; !was && !strings.HasPrefix(name, path.Dir(main)+"/comments") && !strings.HasSuffix(name, ".rels") {
			t.Errorf("%s is new", name)
		}
	}
	for _, name := range may {
		if _, there := after[name]; there {
			readertest.WellFormed(t, name, partOf(t, copied, name))
		}
	}
	uniqueIDs(t, partOf(t, data, mainOf(t, data)), body)
}

// uniqueIDs says which ids occur twice that did not before.
func uniqueIDs(t testing.TB, was, is string) {
	t.Helper()
	count := func(body string) map[string]int {
		seen := map[string]int{}
		for _, found := range markID.FindAllStringSubmatch(body, -1) {
			seen[found[1]+" "+found[2]]++
		}
		return seen
	}
	before := count(was)
	for id, n := range count(is) {
		if n > max(1, before[id]) {
			t.Errorf("id %s stands %d times", id, n)
		}
	}
}

// rewritten is a package with other bytes in some parts.
func rewritten(t testing.TB, data []byte, changed map[string][]byte) []byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var written bytes.Buffer
	w := zip.NewWriter(&written)
	for _, file := range archive.File {
		content, replaced := changed[file.Name]
		if !replaced {
			if err := w.Copy(file); err != nil {
				t.Fatal(err)
			}
			continue
		}
		part, err := w.Create(file.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return written.Bytes()
}

var (
	rangeBegins = regexp.MustCompile(`<office:annotation [^<>]*office:name="([^"]*)"`)
	inner       = regexp.MustCompile(`(?s)<office:annotation .*?</office:annotation>`)
)

// LibreOffice finds every comment at its quote, and the same text as before. Version 7.4
// mixes up footnotes when any comment stands between two of them, so that none does.
func TestAnnotateInLibreOffice(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "examples", "fachverfahren", "Leistungsbeschreibung.docx"))
	if err != nil {
		t.Fatal(err)
	}
	text := read(t, data)
	isNote := func(passage austauschbar.Passage) bool { return passage.Kind == austauschbar.Footnote }
	first, last := slices.IndexFunc(text.Passages, isNote), 0
	for i, passage := range text.Passages {
		if isNote(passage) {
			last = i
		}
	}
	var list []austauschbar.Note
	for i, passage := range text.Passages {
		if i%4 == 0 && (i < first || i > last) && len(passage.Cells) == 0 && len(passage.Text) > 20 {
			words := strings.Fields(passage.Text)
			list = append(list, austauschbar.Note{Evidence: at(passage.Paragraph, strings.Join(words[len(words)/3:], " ")), Lines: []string{"heading", "note"}})
		}
	}
	convert := func(name, format string, data []byte) string {
		return string(readertest.Converted(t, name, format, data))
	}
	copied := annotated(t, data, list...)
	const asText = "txt:Text (encoded):UTF8"
	if diff := cmp.Diff(convert("before.docx", asText, data), convert("after.docx", asText, copied)); diff != "" {
		t.Errorf("the text differs (-before +after):\n%.2000s", diff)
	}
	flat := convert("flat.docx", "fodt", copied)
	names := rangeBegins.FindAllStringSubmatch(flat, -1)
	if len(names) != len(list) {
		t.Errorf("%d comments with a passage, want %d", len(names), len(list))
	}
	var passages []string
	for _, name := range names {
		_, rest, _ := strings.Cut(flat, name[0])
		_, rest, _ = strings.Cut(rest, "</office:annotation>")
		within, _, ended := strings.Cut(rest, `<office:annotation-end office:name="`+name[1]+`"`)
		if !ended {
			t.Errorf("comment %s has no end", name[1])
		}
		within = strings.ReplaceAll(inner.ReplaceAllString(within, ""), "<text:s/>", " ")
		passages = append(passages, strings.Join(strings.Fields(unescaped(tag.ReplaceAllString(within, ""))), " "))
	}
	for _, note := range list {
		if !slices.Contains(passages, note.Evidence.Quote) {
			t.Errorf("no comment stands at %q", note.Evidence.Quote)
		}
	}
}

func unescaped(text string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&apos;", "'", "&amp;", "&").Replace(text)
}

func FuzzAnnotate(f *testing.F) {
	f.Add(`<w:p><w:r><w:t>Der Export folgt</w:t></w:r></w:p>`, "Export", 1, "Import")
	f.Add(`<w:p><w:hyperlink><w:r><w:tab/><w:t> a b </w:t></w:r></w:hyperlink><w:sdt><w:r><w:t>c</w:t></w:r></w:sdt></w:p>`, "b c", 1, "")
	f.Add(`<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>a</w:t></w:r></w:p></w:txbxContent></w:pict><w:t>b</w:t></w:r></w:p>`, "a", 2, "x")
	f.Add(tableOf(rowOf("", cellOf("", "a"), cellOf("", "b c"))), "b", 1, "b d")
	f.Fuzz(func(t *testing.T, body, quote string, paragraph int, change string) {
		data := paper(t, body, nil)
		was, err := Read(context.Background(), data)
		if err != nil || strings.Contains(body, "Austauschbar") || strings.Contains(body, "office") {
			return
		}
		copied, err := Annotate(context.Background(), data, readertest.Noted(austauschbar.Note{Evidence: at(paragraph, quote)}, austauschbar.Note{Evidence: at(paragraph, quote), Change: change}))
		if err != nil {
			if !errors.Is(err, austauschbar.ErrUnreadable) {
				t.Errorf("error %v is no refusal", err)
			}
			return
		}
		is, err := Read(context.Background(), rewritten(t, copied, map[string][]byte{"word/document.xml": []byte(rejected(partOf(t, copied, "word/document.xml")))}))
		if diff := cmp.Diff(was, is); err != nil || diff != "" {
			t.Errorf("error %v, the text differs:\n%s", err, diff)
		}
	})
}
