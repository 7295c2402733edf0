package templates

import (
	"bytes"
	"encoding/csv"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/austauschbar/austauschbar"
)

// readCSV reads a table as a spreadsheet program in a language would.
func readCSV(t testing.TB, text string, separator rune) [][]string {
	t.Helper()
	rest, marked := strings.CutPrefix(text, "\ufeff")
	if !marked {
		t.Error("no byte order mark: Excel would take the file for another encoding")
	}
	if strings.Contains(strings.ReplaceAll(rest, "\r\n", ""), "\n") {
		t.Error("a line ends without a carriage return")
	}
	reader := csv.NewReader(strings.NewReader(rest))
	reader.Comma = separator
	rows, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestCSVTellsAll(t *testing.T) {
	for language, separator := range map[string]rune{"de": ';', "en": ','} {
		t.Run(language, func(t *testing.T) {
			words := load(t, language)
			reviews := several(t, words)
			rows := readCSV(t, written(t, func(out *bytes.Buffer) error { return words.CSV(out, reviews) }), separator)
			want := 1
			for _, review := range reviews {
				want += len(review.Findings) + len(review.Contradictions) + len(review.Gaps)
			}
			if len(rows) != want || len(rows[0]) != len(columns) {
				t.Errorf("%d lines of %d columns, want %d of %d", len(rows), len(rows[0]), want, len(columns))
			}
			for i, row := range rows[1:] {
				if row[9] == "" {
					t.Errorf("line %d has no message: %q", i+2, row)
				}
			}
		})
	}
}

// What the columns hold is a promise to those who read them.
func TestCSVColumns(t *testing.T) {
	words := load(t, "de")
	rows := readCSV(t, written(t, func(out *bytes.Buffer) error { return words.CSV(out, []austauschbar.Review{suggesting()}) }), ';')
	for i, want := range []string{"tender", "Befund", "Blockierend", "NE-01", "Product names", "Produktneutralität", "nicht erfüllt", "9", "0", "Message", "a b/ä:ö.md",
		"a b/ä:ö.md, line 7", "", "3.2 Export", "7", "", "", "Use Oracle.", "", "", "Use a database.", "0", "neu", "", "https://example.org/law", oneSuggestion.ID} {
		if got := rows[1][i]; got != want {
			t.Errorf("column %s: %q, want %q", rows[0][i], got, want)
		}
	}
}

// The page on reports names the columns in their order.
func TestColumnsAreDocumented(t *testing.T) {
	page, err := os.ReadFile("../docs/reports.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(page), "| | key |")
	table, _, _ = strings.Cut(table, "\n\n")
	var named, want []string
	for line := range strings.SplitSeq(table, "\n") {
		if cells := strings.Split(line, "|"); len(cells) > 2 {
			for _, key := range regexp.MustCompile("`([a-z]+)`").FindAllStringSubmatch(cells[2], -1) {
				named = append(named, key[1])
			}
		}
	}
	for _, column := range columns {
		want = append(want, column.key)
	}
	if !slices.Equal(named, want) {
		t.Errorf("the page names %v, want %v", named, want)
	}
}

// formulas begin as those of spreadsheets do.
var formulas = []string{`=HYPERLINK("https://example.org")`, "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\u200b=1", "  =1", "＝1", "|cmd", "=\"a\"\"b;c,d\""}

func TestNoTableHoldsFormulas(t *testing.T) {
	words := load(t, "de")
	for _, text := range formulas {
		review := suggesting()
		review.Dossier.Path, review.Dossier.Title = text, text
		review.Criteria[0].Title = text
		review.Gaps = []austauschbar.Gap{{Path: text, Reason: "damaged", Detail: text}}
		for i := range review.Findings {
			finding := &review.Findings[i]
			finding.Message, finding.Remedy, finding.Suggestion, finding.ID = text, text, text, text
			finding.Evidence = &austauschbar.Evidence{Path: text, Place: text, Quote: text, Section: text, Cell: text}
		}
		for _, row := range readCSV(t, written(t, func(out *bytes.Buffer) error { return words.CSV(out, []austauschbar.Review{review}) }), ';') {
			for i, cell := range row {
				if cell != "" && strings.ContainsRune("=+-@\t\r\n|＝", []rune(cell)[0]) {
					t.Errorf("%q: column %d begins as a formula: %q", text, i+1, cell)
				}
			}
		}
		checkSheets(t, spreadsheetOf(t, words, review))
	}
}

func spreadsheetOf(t testing.TB, words *Words, reviews ...austauschbar.Review) *excelize.File {
	t.Helper()
	file, err := excelize.OpenReader(strings.NewReader(written(t, func(out *bytes.Buffer) error { return words.Spreadsheet(out, reviews) })))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	return file
}

// checkSheets sees that no cell holds a formula or a link, or what cannot be seen.
func checkSheets(t testing.TB, file *excelize.File) {
	t.Helper()
	for _, sheet := range file.GetSheetList() {
		rows, err := file.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			for j, value := range row {
				cell, err := excelize.CoordinatesToCellName(j+1, i+1)
				if err != nil {
					t.Fatal(err)
				}
				if formula, err := file.GetCellFormula(sheet, cell); err != nil || formula != "" {
					t.Errorf("%s!%s: formula %q (%v)", sheet, cell, formula, err)
				}
				if linked, address, err := file.GetCellHyperLink(sheet, cell); err != nil || linked {
					t.Errorf("%s!%s: link to %q (%v)", sheet, cell, address, err)
				}
				checkVisible(t, value)
			}
		}
	}
}

func TestSpreadsheetTellsAll(t *testing.T) {
	words := load(t, "en")
	review := filled(t, words, "review")
	file := spreadsheetOf(t, words, review)
	if got := strings.Join(file.GetSheetList(), ", "); got != "Overview, Criteria, Findings, Gaps" {
		t.Errorf("sheets %s", got)
	}
	for sheet, want := range map[string]int{"Criteria": len(review.Criteria), "Findings": len(review.Findings) + len(review.Contradictions), "Gaps": len(review.Gaps)} {
		rows, err := file.GetRows(sheet)
		if err != nil || len(rows) != want+1 {
			t.Errorf("%s has %d rows, want %d and a heading (%v)", sheet, len(rows), want, err)
		}
		panes, err := file.GetPanes(sheet)
		if err != nil || !panes.Freeze || panes.YSplit != 1 {
			t.Errorf("%s: the heading does not stay in sight: %+v (%v)", sheet, panes, err)
		}
		properties, err := file.GetSheetProps(sheet)
		if err != nil || properties.FitToPage == nil || !*properties.FitToPage {
			t.Errorf("%s is not printed as wide as the paper (%v)", sheet, err)
		}
	}
	filters := 0
	for _, name := range file.GetDefinedName() {
		if name.Name == "_xlnm._FilterDatabase" {
			filters++
		}
	}
	if filters != 3 {
		t.Errorf("%d sheets have filters, want 3", filters)
	}
	if value, err := file.GetCellValue("Criteria", "A1"); err != nil || value != "Criterion" {
		t.Errorf("the first column of a single dossier is %q (%v)", value, err)
	}
	both := spreadsheetOf(t, words, review, filled(t, words, "provisional"))
	if value, err := both.GetCellValue("Criteria", "A1"); err != nil || value != "Dossier" {
		t.Errorf("the first column of two dossiers is %q (%v)", value, err)
	}
	first := written(t, func(out *bytes.Buffer) error { return words.Spreadsheet(out, []austauschbar.Review{review}) })
	if second := written(t, func(out *bytes.Buffer) error { return words.Spreadsheet(out, []austauschbar.Review{review}) }); first != second {
		t.Error("the same reviews give other bytes")
	}
}

// reportsOf are all outputs for several reviews, by format.
var reportsOf = map[string]func(*Words, io.Writer, []austauschbar.Review) error{
	"sarif":       func(w *Words, out io.Writer, r []austauschbar.Review) error { return w.SARIF(out, r, noLine) },
	"junit":       (*Words).JUnit,
	"codequality": (*Words).CodeQuality,
	"csv":         (*Words).CSV,
	"xlsx":        (*Words).Spreadsheet,
}

// Whatever a document says, a report can be written and read, and is bounded.
func TestHostileReports(t *testing.T) {
	words := load(t, "de")
	texts := map[string]string{"one line": strings.Repeat("ab ", 10<<20/3), "one word": strings.Repeat("ü", 1<<20), "right to left": "العربية \u202e עברית", "emoji": "👩\u200d💻 🏳️", "nul": "a\x00b"}
	for name, text := range hostile {
		texts[name] = text
	}
	for name, text := range texts {
		t.Run(name, func(t *testing.T) {
			review := suggesting()
			review.Findings = review.Findings[:1]
			review.Dossier.Title = quoteOf(text)
			quote := quoteOf(text)
			for i := range review.Findings {
				review.Findings[i].Message = text
				review.Findings[i].Evidence = &austauschbar.Evidence{Path: "a.md", Section: quote, Quote: quote, Place: quote, Line: 3}
			}
			for format, write := range reportsOf {
				var out bytes.Buffer
				if err := write(words, &out, []austauschbar.Review{review}); err != nil {
					t.Errorf("%s: %v", format, err)
				}
				if out.Len() > 2<<20 {
					t.Errorf("%s has %d bytes", format, out.Len())
				}
				switch format {
				case "xlsx":
					checkSheets(t, spreadsheetOf(t, words, review))
				case "csv":
					readCSV(t, out.String(), ';')
				default:
					for line := range strings.SplitSeq(out.String(), "\n") {
						checkVisible(t, line)
					}
				}
			}
		})
	}
}

// quoteOf is as much of a text as evidence quotes.
func quoteOf(text string) string {
	runes := []rune(strings.ToValidUTF8(text, "\ufffd"))
	return string(runes[:min(300, len(runes))])
}

// A confidential review's reports hold nothing of the documents.
func TestConfidentialReports(t *testing.T) {
	words := load(t, "de")
	review := suggesting()
	for format, write := range reportsOf {
		var out bytes.Buffer
		if err := write(words.Confidential(), &out, []austauschbar.Review{review}); err != nil {
			t.Errorf("%s: %v", format, err)
		}
		if format != "xlsx" && (strings.Contains(out.String(), "Oracle") || strings.Contains(out.String(), "Trial")) {
			t.Errorf("%s tells what the documents say", format)
		}
	}
}
