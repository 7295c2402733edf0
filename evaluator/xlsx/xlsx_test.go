package xlsx

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/xuri/excelize/v2"
)

// build makes a workbook whose first sheet is called Preise.
func build(t testing.TB, fill func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	must(t, f.SetSheetName("Sheet1", "Preise"))
	fill(f)
	data, err := f.WriteToBuffer()
	must(t, err)
	return data.Bytes()
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// rows fills a sheet from A1 on; nil leaves a row empty.
func rows(t testing.TB, f *excelize.File, sheet string, values ...[]any) {
	t.Helper()
	for i, row := range values {
		if row != nil {
			must(t, f.SetSheetRow(sheet, fmt.Sprintf("A%d", i+1), &row))
		}
	}
}

func read(t testing.TB, data []byte) austauschbar.Text {
	t.Helper()
	text, err := Read(context.Background(), data)
	must(t, err)
	return text
}

// listed writes passages in short: "row A2:Name=Preis B2:Wert=5".
func listed(text austauschbar.Text) []string {
	var written []string
	for _, p := range text.Passages {
		line := string(p.Kind)
		if p.Hidden {
			line += " hidden"
		}
		for _, context := range p.Context {
			line += " " + context + ">"
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

func TestRead(t *testing.T) {
	style := func(f *excelize.File, cells string, s *excelize.Style) {
		id, err := f.NewStyle(s)
		must(t, err)
		from, to, _ := strings.Cut(cells, ":")
		must(t, f.SetCellStyle("Preise", from, to, id))
	}
	bold := &excelize.Style{Font: &excelize.Font{Bold: true}}
	tests := map[string]struct {
		fill func(f *excelize.File)
		want []string
	}{
		"the first row of texts heads, and may be a name and its value": {
			func(f *excelize.File) {
				rows(t, f, "Preise", []any{"Kriterium", "Gewicht"}, []any{"Preis", "hoch"}, []any{"Jahr", 3})
			},
			[]string{"row A1:=Kriterium B1:=Gewicht", "row A2:Kriterium=Preis B2:Gewicht=hoch", "row A3:Kriterium=Jahr B3:Gewicht=3"},
		},
		"values are given as shown": {
			func(f *excelize.File) {
				rows(t, f, "Preise", []any{"Anteil", "Betrag"}, []any{0.15, 1234.5})
				style(f, "A2:A2", &excelize.Style{NumFmt: 9})
				format := `#,##0.00 "EUR"`
				style(f, "B2:B2", &excelize.Style{CustomNumFmt: &format})
			},
			[]string{"row A2:Anteil=15% B2:Betrag=1,234.50 EUR"},
		},
		"white space is folded": {
			func(f *excelize.File) { rows(t, f, "Preise", []any{" a\n b\u00ad ", 1}) },
			[]string{"row A1:=a b B1:=1"},
		},
		"a text alone is a paragraph, in bold a heading": {
			func(f *excelize.File) {
				rows(t, f, "Preise", []any{"Preisblatt"}, []any{"Bitte ausfüllen"}, []any{"Name:"}, []any{"Los", "Preis", "Menge"}, []any{"Teil A"}, []any{"1", 2, 3})
				style(f, "A1:A1", bold)
				style(f, "A3:A3", bold)
			},
			[]string{"heading A1:=Preisblatt", "paragraph A2:=Bitte ausfüllen", "paragraph A3:=Name:", "paragraph A5:=Teil A", "row A6:Los=1 B6:Preis=2 C6:Menge=3"},
		},
		"a second table has its own header": {
			func(f *excelize.File) {
				rows(t, f, "Preise", []any{"Los", "Preis"}, []any{"A", 1}, nil, []any{"Rolle", "Satz"}, []any{"Leitung", 90})
			},
			[]string{"row A2:Los=A B2:Preis=1", "row A5:Rolle=Leitung B5:Satz=90"},
		},
		"spacing within a table keeps its header": {
			func(f *excelize.File) {
				rows(t, f, "Preise", []any{"Los", "Art"}, []any{"A", "ja"}, nil, []any{"B", "nein"}, []any{"C", "ja"})
			},
			[]string{"row A1:=Los B1:=Art", "row A2:Los=A B2:Art=ja", "row A4:Los=B B4:Art=nein", "row A5:Los=C B5:Art=ja"},
		},
		"a header without rows is a row": {
			func(f *excelize.File) { rows(t, f, "Preise", []any{"Los", "Preis", "Art"}) },
			[]string{"row A1:=Los B1:=Preis C1:=Art"},
		},
		"values head nothing": {
			func(f *excelize.File) { rows(t, f, "Preise", []any{"Laufzeit", 48}, []any{"Frist", 3}) },
			[]string{"row A1:=Laufzeit B1:=48", "row A2:=Frist B2:=3"},
		},
		"hidden rows, columns and sheets": {
			func(f *excelize.File) {
				rows(t, f, "Preise", []any{"Los", "Preis", "Art"}, []any{"A", 1, "x"}, []any{"B", 2, "y"})
				must(t, f.SetRowVisible("Preise", 3, false))
				must(t, f.SetColVisible("Preise", "B", false))
				_, err := f.NewSheet("Geheim")
				must(t, err)
				rows(t, f, "Geheim", []any{"still"})
				must(t, f.SetSheetVisible("Geheim", false))
			},
			[]string{
				"row A2:Los=A C2:Art=x", "row hidden B2:Preis=1", "row hidden A3:Los=B C3:Art=y", "row hidden B3:Preis=2",
				"paragraph hidden A1:=still",
			},
		},
		"a hidden row behind a gap": {
			func(f *excelize.File) {
				rows(t, f, "Preise", []any{"a", 1}, nil, nil, []any{"b", 2})
				must(t, f.SetRowVisible("Preise", 4, false))
			},
			[]string{"row A1:=a B1:=1", "row hidden A4:=b B4:=2"},
		},
		"merged cells head what they cover": {
			func(f *excelize.File) {
				rows(t, f, "Preise", []any{"Posten", "Preis", nil}, []any{nil, "2027", "2028"}, []any{"Betrieb"}, []any{"Server", 1, 2})
				must(t, f.MergeCell("Preise", "A1", "A2"))
				must(t, f.MergeCell("Preise", "B1", "C1"))
				must(t, f.MergeCell("Preise", "A3", "C3"))
			},
			[]string{"heading A3:=Betrieb", "row A4:Posten=Server B4:Preis 2027=1 C4:Preis 2028=2"},
		},
		"merged cells reach down": {
			func(f *excelize.File) {
				rows(t, f, "Preise", []any{"Bereich", "Leistung", "Preis"}, []any{"Betrieb", "Server", 1}, []any{nil, "Netz", 2}, []any{nil, "Rest", 3})
				must(t, f.MergeCell("Preise", "A2", "A3"))
			},
			[]string{"row A2:Bereich=Betrieb B2:Leistung=Server C2:Preis=1", "row Betrieb> B3:Leistung=Netz C3:Preis=2", "row B4:Leistung=Rest C4:Preis=3"},
		},
		"rows without height and columns without width are hidden": {
			func(f *excelize.File) {
				rows(t, f, "Preise", []any{"a", 1}, []any{"b", 2})
				must(t, f.SetRowHeight("Preise", 2, 0))
				must(t, f.SetColWidth("Preise", "B", "B", 0))
			},
			[]string{"row A1:=a", "row hidden B1:=1", "row hidden A2:=b", "row hidden B2:=2"},
		},
		"dates none can mistake, counted from 1904 too": {
			func(f *excelize.File) {
				from1904 := true
				must(t, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &from1904}))
				day := time.Date(2027, 1, 12, 6, 0, 0, 0, time.UTC)
				rows(t, f, "Preise", []any{day, day, day})
				style(f, "A1:A1", &excelize.Style{NumFmt: 14})
				style(f, "B1:B1", &excelize.Style{NumFmt: 22})
				format := "[$-407]dd.mm.yyyy"
				style(f, "C1:C1", &excelize.Style{CustomNumFmt: &format})
			},
			[]string{"row A1:=2027-01-12 B1:=2027-01-12 06:00 C1:=12.01.2027"},
		},
		"values as German formats show them": {
			func(f *excelize.File) {
				rows(t, f, "Preise", []any{1234.5, -5, 0.155, 3, true})
				for i, format := range []string{`#,##0.00\ [$€-407]`, `_-* #,##0.00\ "€"_-;\-* #,##0.00\ "€"_-`, `0.0 %`, `"Los "0`} {
					cell := fmt.Sprintf("%c1", 'A'+i)
					style(f, cell+":"+cell, &excelize.Style{CustomNumFmt: &format})
				}
			},
			[]string{"row A1:=1,234.50 € B1:=-5.00 € C1:=15.5% D1:=Los 3 E1:=TRUE"},
		},
		"texts of several looks": {
			func(f *excelize.File) {
				must(t, f.SetCellRichText("Preise", "A1", []excelize.RichTextRun{{Text: "Export "}, {Text: "täglich", Font: &excelize.Font{Bold: true}}}))
			},
			[]string{"paragraph A1:=Export täglich"},
		},
		"comments and lists to choose from are left out": {
			func(f *excelize.File) {
				rows(t, f, "Preise", []any{"a", 1})
				must(t, f.AddComment("Preise", excelize.Comment{Cell: "A1", Author: "x", Paragraph: []excelize.RichTextRun{{Text: "geheim"}}}))
				choice := excelize.NewDataValidation(true)
				choice.SetSqref("B1:B9")
				must(t, choice.SetDropList([]string{"ja", "nein"}))
				must(t, f.AddDataValidation("Preise", choice))
			},
			[]string{"row A1:=a B1:=1"},
		},
		"a cell far out": {
			func(f *excelize.File) { must(t, f.SetCellValue("Preise", "XFD1048576", 1)) },
			[]string{"row XFD1048576:=1"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			text := read(t, build(t, test.fill))
			equal(t, listed(text), test.want...)
			check(t, text)
		})
	}
}

func TestSheetsAndTitle(t *testing.T) {
	text := read(t, build(t, func(f *excelize.File) {
		for _, name := range []string{"Lose", "Anhang"} {
			_, err := f.NewSheet(name)
			must(t, err)
			rows(t, f, name, []any{name})
		}
		rows(t, f, "Preise", []any{"a", 1})
		must(t, f.MoveSheet("Anhang", "Preise"))
		must(t, f.SetDocProps(&excelize.DocProperties{Title: "Preisblatt  2027"}))
	}))
	var names []string
	for _, p := range text.Passages {
		names = append(names, p.Sheet+" "+p.Text)
	}
	equal(t, names, "Anhang Anhang", "Preise a | 1", "Lose Lose")
	if text.Title != "Preisblatt 2027" {
		t.Errorf("title %q", text.Title)
	}
}

// replace puts other content into a part of a package, or adds the part.
func replace(t testing.TB, data []byte, name, content string) []byte {
	t.Helper()
	from, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	must(t, err)
	var packed bytes.Buffer
	to := zip.NewWriter(&packed)
	for _, file := range from.File {
		if file.Name != name {
			must(t, to.Copy(file))
		}
	}
	part, err := to.Create(name)
	must(t, err)
	_, err = part.Write([]byte(content))
	must(t, err)
	must(t, to.Close())
	return packed.Bytes()
}

const first = "xl/worksheets/sheet1.xml"

// sheetOf is the content of a worksheet part.
func sheetOf(data string) string {
	return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData>` + data + `</sheetData></worksheet>`
}

func TestRefusals(t *testing.T) {
	plain := build(t, func(f *excelize.File) { rows(t, f, "Preise", []any{"a", 1}) })
	tests := map[string]struct {
		data []byte
		want string
	}{
		"no bytes":         {nil, "empty"},
		"Excel 97":         {[]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 600)), "old_format"},
		"not a package":    {[]byte("Los;Preis"), "damaged"},
		"cut off":          {plain[:len(plain)/2], "damaged"},
		"no cells":         {build(t, func(*excelize.File) {}), "empty"},
		"a text":           {replace(t, plain, "xl/workbook.xml", `<document/>`), "not_this_format"},
		"in binary form":   {replace(t, replace(t, plain, "_rels/.rels", `<Relationships><Relationship Type="http://x/officeDocument" Target="xl/workbook.bin"/></Relationships>`), "xl/workbook.bin", "x"), "binary_format"},
		"document type":    {replace(t, plain, first, `<!DOCTYPE a [<!ENTITY b "c">]>`+sheetOf(`<row><c><v>1</v></c></row>`)), "damaged"},
		"too many strings": {replace(t, plain, "xl/sharedStrings.xml", strings.Repeat(" ", whole+1)), "too_large"},
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
	two := build(t, func(f *excelize.File) {
		rows(t, f, "Preise", []any{"weg", 1})
		_, err := f.NewSheet("Lose")
		must(t, err)
		rows(t, f, "Lose", []any{"da", 1})
	})
	tests := map[string]struct {
		sheet string
		want  string
	}{
		"a broken sheet does not hide the next": {`<worksheet><sheetData><row><c`, "damaged"},
		"a document type neither":               {`<!DOCTYPE a [<!ENTITY b "c">]>` + sheetOf(`<row r="1"><c><v>1</v></c></row>`), "damaged"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			text := read(t, replace(t, two, first, test.sheet))
			equal(t, listed(text), "row A1:=da B1:=1")
			if len(text.Gaps) != 1 || text.Gaps[0].Reason != test.want || !strings.Contains(text.Gaps[0].Detail, "Preise") {
				t.Errorf("gaps %+v, want one of %q in Preise", text.Gaps, test.want)
			}
		})
	}
}

func TestStoredValues(t *testing.T) {
	tests := map[string]struct{ row, want string }{
		"a formula's last result":      {`<c r="A1"><f>1+1</f><v>2</v></c>`, "row A1:=2"},
		"a text that a formula gave":   {`<c r="A1" t="str"><f>"a"</f><v>ab</v></c>`, "paragraph A1:=ab"},
		"a text in its place":          {`<c r="A1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>`, "paragraph A1:=ab"},
		"an error":                     {`<c r="A1" t="e"><v>#REF!</v></c>`, "paragraph A1:=#REF!"},
		"a cell that names no place":   {`<c><v>1</v></c><c><v>2</v></c>`, "row A1:=1 B1:=2"},
		"a formula without its result": {`<c r="A1"><f>1+1</f></c><c r="B1"><v>1</v></c>`, "row B1:=1"},
	}
	empty := build(t, func(*excelize.File) {})
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			equal(t, listed(read(t, replace(t, empty, first, sheetOf(`<row r="1">`+test.row+`</row>`)))), test.want)
		})
	}
}

func TestCutOff(t *testing.T) {
	whole := build(t, func(f *excelize.File) {
		for row := 1; row <= 500; row++ {
			must(t, f.SetSheetRow("Preise", fmt.Sprintf("A%d", row), &[]any{row, row * row}))
		}
	})
	directory := bytes.Index(whole, []byte("PK\x01\x02"))
	text := read(t, whole[:directory])
	if len(text.Passages) != 500 || len(text.Gaps) != 1 || text.Gaps[0].Reason != "damaged" {
		t.Errorf("%d passages, gaps %+v", len(text.Passages), text.Gaps)
	}
}

func TestLimitMidway(t *testing.T) {
	var data strings.Builder
	for i := range limit.Passages + 1 {
		fmt.Fprintf(&data, `<row r="%d"><c r="A%[1]d"><v>1</v></c></row>`, i+1)
	}
	text := read(t, replace(t, build(t, func(*excelize.File) {}), first, sheetOf(data.String())))
	if len(text.Passages) != limit.Passages {
		t.Errorf("%d passages, want %d", len(text.Passages), limit.Passages)
	}
	if len(text.Gaps) != 1 || text.Gaps[0].Reason != "too_large" {
		t.Errorf("gaps %+v", text.Gaps)
	}
}

func TestContext(t *testing.T) {
	data := build(t, func(f *excelize.File) { rows(t, f, "Preise", []any{"a", 1}, []any{"b", 2}) })
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(cancelled, data); !errors.Is(err, context.Canceled) || errors.Is(err, austauschbar.ErrUnreadable) {
		t.Errorf("cancelled: error %v", err)
	}
	late, cancel := context.WithDeadline(context.Background(), time.Unix(0, 0))
	defer cancel()
	var refusal *limit.Refusal
	if _, err := Read(late, data); !errors.As(err, &refusal) || refusal.Code != "timeout" {
		t.Errorf("late: error %v", err)
	}
}

func TestRecovered(t *testing.T) {
	err := func() (err error) {
		defer recovered(&err)
		panic("index out of range")
	}()
	var refusal *limit.Refusal
	if !errors.As(err, &refusal) || refusal.Code != "damaged" {
		t.Errorf("error %v", err)
	}
}

func TestCorpus(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join("..", "..", "..", "shared", "corpus", "*", "*.xlsx"))
	if len(files) == 0 {
		t.Skip("the corpus is not there")
	}
	refused := map[string]string{
		"poi_clusterfuzz-testcase-minimized-POIXSSFFuzzer-5089447305609216.xlsx": "damaged",
		"poi_invalid.xlsx":        "not_this_format",
		"poi_poc-xmlbomb.xlsx":    "damaged",
		"poi_protect.xlsx":        "encrypted",
		"poi_xlsx-corrupted.xlsx": "damaged",
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			must(t, err)
			text, err := Read(context.Background(), data)
			if want := refused[filepath.Base(file)]; want != "" {
				var refusal *limit.Refusal
				if !errors.As(err, &refusal) || refusal.Code != want {
					t.Errorf("error %v, want %s", err, want)
				}
				return
			}
			if err != nil || len(text.Gaps) > 0 {
				t.Fatalf("gaps %v, error %v", text.Gaps, err)
			}
			check(t, text)
		})
	}
}

// check holds what is true of every text.
func check(t *testing.T, text austauschbar.Text) {
	t.Helper()
	for _, passage := range text.Passages {
		if passage.Text == "" || passage.Text != strings.Join(strings.Fields(passage.Text), " ") {
			t.Errorf("text %q is empty or not folded", passage.Text)
		}
		if passage.Kind != austauschbar.Row && len(passage.Cells) != 1 {
			t.Errorf("%s of %d cells", passage.Kind, len(passage.Cells))
		}
		for _, cell := range passage.Cells {
			if _, _, err := excelize.CellNameToCoordinates(cell.Ref); err != nil || cell.Text == "" || !strings.Contains(passage.Text, cell.Text) {
				t.Errorf("cell %q holds %q: %v", cell.Ref, cell.Text, err)
			}
		}
	}
}

func FuzzReadSheet(f *testing.F) {
	styled := build(f, func(file *excelize.File) { rows(f, file, "Preise", []any{"a", 0.5}) })
	f.Add(`<row r="1" hidden="1"><c r="A1" t="s" s="0"><v>0</v></c><c r="XFD1" t="inlineStr"><is><t>b</t></is></c></row>`)
	f.Add(`<row r="5"><c r="B5"><f>1+1</f><v>2</v></c></row><row r="2"><c r="A2" s="99" t="b"><v>1</v></c></row><row/>`)
	f.Add(`<row r="1"><c t="s"><v>99</v></c><c r="??"><v>1</v></c><c t="d"><v>2027-01-01</v></c><c t="e"><v>#REF!</v></c></row>`)
	f.Add(`<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="str"><v>Preis</v></c></row></sheetData><mergeCells><mergeCell ref="B1:XFD1"/><mergeCell ref="A1:B2:C3"/></mergeCells><sheetData>`)
	f.Fuzz(func(t *testing.T, data string) {
		text, err := Read(context.Background(), replace(t, styled, first, sheetOf(data)))
		if err != nil && !errors.Is(err, austauschbar.ErrUnreadable) {
			t.Errorf("error %v is no refusal", err)
		}
		check(t, text)
	})
}

func FuzzReadStyles(f *testing.F) {
	plain := build(f, func(file *excelize.File) { rows(f, file, "Preise", []any{"a", "b"}, []any{"c"}) })
	f.Add(`<styleSheet><fonts><font><b/></font></fonts><cellXfs><xf fontId="0" fillId="9" numFmtId="9"/></cellXfs></styleSheet>`, `<sst count="9"><si><t>a</t></si></sst>`)
	f.Fuzz(func(t *testing.T, styles, strings string) {
		data := replace(t, replace(t, plain, "xl/styles.xml", styles), "xl/sharedStrings.xml", strings)
		text, err := Read(context.Background(), data)
		if err != nil && !errors.Is(err, austauschbar.ErrUnreadable) {
			t.Errorf("error %v is no refusal", err)
		}
		check(t, text)
	})
}

func BenchmarkRead(b *testing.B) {
	data := build(b, func(f *excelize.File) {
		values := [][]any{{"Nr", "Leistung", "Anteil", "Preis"}}
		for i := range 5_000 {
			values = append(values, []any{i, "Betrieb und Pflege der Plattform", 0.15, 1234.5})
		}
		rows(b, f, "Preise", values...)
	})
	for b.Loop() {
		if _, err := Read(context.Background(), data); err != nil {
			b.Fatal(err)
		}
	}
}
