package xlsx

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

func inCell(cell string) *austauschbar.Evidence {
	return &austauschbar.Evidence{Path: "a.xlsx", Cell: cell, Quote: "a"}
}

// commented gives the comments of a sheet by cell, as another library reads them.
func commented(t testing.TB, data []byte, sheet string) map[string]string {
	t.Helper()
	file, err := excelize.OpenReader(bytes.NewReader(data))
	must(t, err)
	defer file.Close()
	comments, err := file.GetComments(sheet)
	must(t, err)
	found := map[string]string{}
	for _, comment := range comments {
		text := comment.Text
		if text == "" {
			for _, run := range comment.Paragraph {
				text += run.Text
			}
		}
		found[comment.Cell] += text
	}
	return found
}

func TestAnnotate(t *testing.T) {
	comment := func(f *excelize.File, cell, author, text string) {
		must(t, f.AddComment("Preise", excelize.Comment{Cell: cell, Author: author, Paragraph: []excelize.RichTextRun{{Text: text}}}))
	}
	const ours = "EX-02 Exit-Konzept\nGrund: keiner"
	tests := map[string]struct {
		fill func(f *excelize.File)
		note []austauschbar.Note
		want map[string]string // in the sheet Preise
	}{
		"a cell":               {nil, []austauschbar.Note{{Evidence: inCell("Preise!B2")}}, map[string]string{"B2": ours}},
		"two notes":            {nil, []austauschbar.Note{{Evidence: inCell("Preise!B2")}, {Evidence: inCell("Preise!B2"), Told: "Vorschlag: b"}}, map[string]string{"B2": ours + "\n\n" + ours + "\nVorschlag: b"}},
		"no passage":           {nil, []austauschbar.Note{{Place: "nie"}}, map[string]string{"A1": ours}},
		"no such sheet":        {nil, []austauschbar.Note{{Evidence: inCell("Lose!B2"), Place: "Blatt Lose"}}, map[string]string{"A1": ours + "\nBlatt Lose"}},
		"no cell":              {nil, []austauschbar.Note{{Evidence: inCell("Preise!B99999999"), Place: "Blatt Preise"}}, map[string]string{"A1": ours + "\nBlatt Preise"}},
		"the last cell":        {nil, []austauschbar.Note{{Evidence: inCell("Preise!XFD1048576")}}, map[string]string{"XFD1048576": ours}},
		"a sheet of that name": {func(f *excelize.File) { _, err := f.NewSheet("a!b"); must(t, err) }, []austauschbar.Note{{Evidence: inCell("a!b!B2")}}, map[string]string{}},
		"beside a comment":     {func(f *excelize.File) { comment(f, "A1", "Erika", "Bitte prüfen") }, []austauschbar.Note{{Evidence: inCell("Preise!B2")}}, map[string]string{"A1": "Bitte prüfen", "B2": ours}},
		"below a comment":      {func(f *excelize.File) { comment(f, "B2", "Erika", "Bitte prüfen") }, []austauschbar.Note{{Evidence: inCell("Preise!B2")}}, map[string]string{"B2": "Bitte prüfen\n\nAustauschbar:\n" + ours}},
		"beside a thread":      {func(f *excelize.File) { comment(f, "B2", "tc={1}", "[Threaded comment]") }, []austauschbar.Note{{Evidence: inCell("Preise!B2")}}, map[string]string{"B2": "[Threaded comment]", "C2": ours}},
		"hostile text":         {nil, []austauschbar.Note{{Evidence: inCell("Preise!B2"), Lines: []string{"</t><x>&amp;]]>\u202e", "<script>", "שלום 👩‍💻", strings.Repeat("x", 1<<20)}}}, map[string]string{"B2": "</t><x>&amp;]]>\u202e\n<script>\nשלום 👩‍💻\n" + strings.Repeat("x", longestComment-32)}},
		"a hidden first sheet": {func(f *excelize.File) {
			_, err := f.NewSheet("Lose")
			must(t, err)
			must(t, f.MoveSheet("Lose", "Preise"))
			f.SetActiveSheet(1)
			must(t, f.SetSheetVisible("Lose", false))
		}, []austauschbar.Note{{}}, map[string]string{"A1": ours}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			data := build(t, func(f *excelize.File) {
				rows(t, f, "Preise", []any{"Los", "Preis"}, []any{"A", 1})
				if test.fill != nil {
					test.fill(f)
				}
			})
			copied, err := Annotate(context.Background(), data, readertest.Noted(test.note...))
			must(t, err)
			if diff := cmp.Diff(test.want, commented(t, copied, "Preise")); diff != "" {
				t.Errorf("comments (-want +got):\n%.1500s", diff)
			}
			sound(t, data, copied)
		})
	}
}

// The element that leads to the comments has its place among those of a sheet.
func TestAnnotateInOrder(t *testing.T) {
	for name, test := range map[string]struct{ tail, want string }{
		"nothing":      {``, `</sheetData><legacyDrawing `},
		"a drawing":    {`<pageMargins left="1"/><drawing r:id="rId1"/>`, `<drawing r:id="rId1"/><legacyDrawing `},
		"tables":       {`<pageMargins left="1"/><tableParts count="0"/><extLst/>`, `<pageMargins left="1"/><legacyDrawing `},
		"old controls": {`<mc:AlternateContent xmlns:mc="m"/>`, `</sheetData><legacyDrawing `},
	} {
		t.Run(name, func(t *testing.T) {
			sheet := `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="r"><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>` + test.tail + `</worksheet>`
			data := replace(t, build(t, func(*excelize.File) {}), "xl/worksheets/sheet1.xml", sheet)
			copied, err := Annotate(context.Background(), data, readertest.Noted(austauschbar.Note{}))
			must(t, err)
			if got := parts(t, copied)["xl/worksheets/sheet1.xml"]; !strings.Contains(got, test.want) {
				t.Errorf("sheet %s", got)
			}
		})
	}
}

func TestAnnotateRefuses(t *testing.T) {
	whole := build(t, func(f *excelize.File) { rows(t, f, "Preise", []any{"a"}) })
	for name, data := range map[string][]byte{
		"cut off":         whole[:len(whole)-30],
		"a damaged sheet": replace(t, whole, "xl/worksheets/sheet1.xml", `<worksheet><sheetData>`),
		"no package":      []byte("a"),
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := Annotate(context.Background(), data, readertest.Noted(austauschbar.Note{})); !errors.Is(err, austauschbar.ErrUnreadable) {
				t.Errorf("error %v", err)
			}
		})
	}
}

// everywhere has a note for every cell.
func everywhere(text austauschbar.Text) []austauschbar.Note {
	var list []austauschbar.Note
	for _, passage := range text.Passages {
		for _, cell := range passage.Cells {
			list = append(list, austauschbar.Note{Evidence: inCell(passage.Sheet + "!" + cell.Ref)})
		}
	}
	return list[:min(len(list), 3_000)]
}

// refused are the files of the corpus that take no notes, with the reason.
var refused = map[string]string{
	"poi_clusterfuzz-testcase-minimized-POIXSSFFuzzer-5089447305609216.xlsx": "damaged", "poi_invalid.xlsx": "not_this_format",
	"poi_protect.xlsx": "encrypted", "poi_xlsx-corrupted.xlsx": "damaged",
}

// unread are those that take notes on their whole but cannot be read.
var unread = map[string]string{"poi_poc-xmlbomb.xlsx": "damaged"}

func TestAnnotateCorpus(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join("..", "..", "..", "shared", "corpus", "*", "*.xlsx"))
	more, _ := filepath.Glob(filepath.Join("..", "..", "examples", "fachverfahren", "*.xlsx"))
	for _, file := range append(files, more...) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			must(t, err)
			text, unreadable := Read(context.Background(), data)
			list := everywhere(text)
			copied, err := Annotate(context.Background(), data, readertest.Noted(append(list, austauschbar.Note{})...))
			refusal, _ := errors.AsType[*limit.Refusal](err)
			if code := refused[filepath.Base(file)]; code != "" {
				if refusal == nil || refusal.Code != code {
					t.Errorf("got %v, want %s", err, code)
				}
				return
			}
			must(t, err)
			if code := unread[filepath.Base(file)]; code != "" {
				if refusal, _ := errors.AsType[*limit.Refusal](unreadable); refusal == nil || refusal.Code != code {
					t.Errorf("reading: got %v, want %s", unreadable, code)
				}
				return
			}
			sound(t, data, copied)
			sheets := map[string]map[string]string{}
			for _, note := range list {
				at := strings.LastIndex(note.Evidence.Cell, "!")
				sheet, cell := note.Evidence.Cell[:at], note.Evidence.Cell[at+1:]
				if sheets[sheet] == nil {
					sheets[sheet] = commented(t, copied, sheet)
				}
				if !strings.Contains(sheets[sheet][cell], "EX-02") {
					t.Fatalf("%s: comment %q", note.Evidence.Cell, sheets[sheet][cell])
				}
			}
		})
	}
}

// parts are a package's parts by name.
func parts(t testing.TB, data []byte) map[string]string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	must(t, err)
	all := map[string]string{}
	for _, file := range archive.File {
		content, err := file.Open()
		must(t, err)
		text, err := io.ReadAll(content)
		must(t, err)
		all[file.Name] = string(text)
	}
	return all
}

// sound holds what is true of every annotated copy: it reads the same; nothing but
// comments, what leads to them and one element of a sheet has changed.
func sound(t testing.TB, data, copied []byte) {
	t.Helper()
	was, err := Read(context.Background(), data)
	must(t, err)
	is, err := Read(context.Background(), copied)
	must(t, err)
	if diff := cmp.Diff(was, is); diff != "" {
		t.Errorf("the text differs (-was +is):\n%.2000s", diff)
	}
	before, after := parts(t, data), parts(t, copied)
	for name, content := range before {
		now := after[name]
		if start := strings.Index(now, "<legacyDrawing xmlns:r="); start >= 0 {
			now = now[:start] + now[start+strings.Index(now[start:], "/>")+2:]
		}
		lower := strings.ToLower(name)
		if now != content && !strings.Contains(lower, "comments") && !strings.HasSuffix(lower, ".vml") && !strings.HasSuffix(lower, ".rels") && lower != "[content_types].xml" {
			t.Errorf("%s has changed", name)
		}
	}
	for name, content := range after {
		if before[name] == content {
			continue
		}
		readertest.WellFormed(t, name, content)
	}
}

// LibreOffice shows every comment at its cell, and the same values as before.
func TestAnnotateInLibreOffice(t *testing.T) {
	convert := func(name, format string, data []byte) string {
		return string(readertest.Converted(t, name, format, data))
	}
	data := build(t, func(f *excelize.File) {
		rows(t, f, "Preise", []any{"Los", "Preis"}, []any{"A", 1})
		must(t, f.AddComment("Preise", excelize.Comment{Cell: "A1", Author: "Erika", Paragraph: []excelize.RichTextRun{{Text: "Bitte prüfen"}}}))
		_, err := f.NewSheet("Lose")
		must(t, err)
		rows(t, f, "Lose", []any{"x"})
	})
	copied, err := Annotate(context.Background(), data, readertest.Noted(
		austauschbar.Note{Evidence: inCell("Preise!B2")}, austauschbar.Note{Evidence: inCell("Preise!A1")}, austauschbar.Note{Evidence: inCell("Lose!A1"), Lines: []string{"Los"}}))
	must(t, err)
	if diff := cmp.Diff(convert("before.xlsx", "csv", data), convert("after.xlsx", "csv", copied)); diff != "" {
		t.Errorf("the values differ:\n%s", diff)
	}
	flat := convert("flat.xlsx", "fods", copied)
	if n := strings.Count(flat, "<office:annotation"); n != 3 {
		t.Errorf("%d comments, want 3", n)
	}
	for _, want := range []string{"Bitte prüfen", "EX-02 Exit-Konzept", "Grund: keiner", ">Los<"} {
		if !strings.Contains(flat, want) {
			t.Errorf("%q is not there", want)
		}
	}
}
