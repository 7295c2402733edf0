package templates

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/austauschbar/austauschbar"
)

func workbookOf(t *testing.T, words *Words, reviews ...austauschbar.Review) (*excelize.File, []byte) {
	t.Helper()
	data := written(t, func(out *bytes.Buffer) error { return words.Workbook(out, reviews, "table") })
	file, err := excelize.OpenReader(strings.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	return file, []byte(data)
}

// rowOf is the number of the row that has a text in a column.
func rowOf(t *testing.T, file *excelize.File, sheet, column, text string) string {
	t.Helper()
	rows, err := file.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		name, err := excelize.JoinCellName(column, i+1)
		if err != nil {
			t.Fatal(err)
		}
		if value, err := file.GetCellValue(sheet, name); err == nil && value == text {
			return name[len(column):]
		}
	}
	t.Fatalf("no row has %q in column %s", text, column)
	return ""
}

func reckoned(t *testing.T, file *excelize.File, sheet, cell string) string {
	t.Helper()
	value, err := file.CalcCellValue(sheet, cell, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatalf("%s: %v", cell, err)
	}
	return value
}

// same leaves out what programs round differently in the last digit.
func same(a, b string) bool {
	numberA, errA := strconv.ParseFloat(a, 64)
	numberB, errB := strconv.ParseFloat(b, 64)
	return a == b || errA == nil && errB == nil && math.Abs(numberA-numberB) < 1e-9
}

// What the formulas reckon is what the review says, and what stands in the file for
// programs that do not reckon.
func TestMatrixReckons(t *testing.T) {
	for _, language := range Languages() {
		t.Run(language, func(t *testing.T) {
			words := load(t, language)
			file, _ := workbookOf(t, words, crossed(t, words))
			formulas := 0
			rows, err := file.GetRows("Matrix")
			if err != nil {
				t.Fatal(err)
			}
			for i := range rows {
				for column := 1; column <= len(columnWidths); column++ {
					cell, err := excelize.CoordinatesToCellName(column, i+1)
					if err != nil {
						t.Fatal(err)
					}
					formula, err := file.GetCellFormula("Matrix", cell)
					if err != nil {
						t.Fatal(err)
					}
					if formula == "" {
						continue
					}
					formulas++
					kept, err := file.GetCellValue("Matrix", cell, excelize.Options{RawCellValue: true})
					if now := reckoned(t, file, "Matrix", cell); err != nil || !same(now, kept) {
						t.Errorf("%s: %s reckons %q, the file has %q (%v)", cell, formula, now, kept, err)
					}
				}
			}
			if formulas < 50 {
				t.Errorf("%d formulas", formulas)
			}
			total := rowOf(t, file, "Matrix", "D", map[string]string{"de": "Summe", "en": "Sum"}[language])
			for column, want := range map[string]string{"H": "95", "J": "150", "K": "710"} {
				if got := reckoned(t, file, "Matrix", column+total); got != want {
					t.Errorf("total of column %s: %s, want %s", column, got, want)
				}
			}
		})
	}
}

// Whoever rates anew sees the sums follow.
func TestMatrixFollowsItsReader(t *testing.T) {
	words := load(t, "de")
	file, _ := workbookOf(t, words, crossed(t, words))
	row, total := rowOf(t, file, "Matrix", "A", "EX-98"), rowOf(t, file, "Matrix", "D", "Summe")
	if got := reckoned(t, file, "Matrix", "J"+row); got != "" {
		t.Errorf("EX-98 is not rated and has %q points", got)
	}
	if err := file.SetCellValue("Matrix", "I"+row, 10); err != nil {
		t.Fatal(err)
	}
	for cell, want := range map[string]string{"J" + row: "80", "K" + row: "80", "J" + total: "230", "K" + total: "790"} {
		if got := reckoned(t, file, "Matrix", cell); got != want {
			t.Errorf("%s: %s, want %s", cell, got, want)
		}
	}
}

// Texts of the documents are texts, whatever they begin with.
func TestMatrixHoldsNoForeignFormulas(t *testing.T) {
	words := load(t, "de")
	review := crossed(t, words)
	review.Dossier.Title = `=HYPERLINK("https://example.org")`
	review.Findings[0].Message = "=1+1"
	file, _ := workbookOf(t, words, review)
	formula, err := file.GetCellFormula("Matrix", "A2")
	if value, valueErr := file.GetCellValue("Matrix", "A2"); err != nil || valueErr != nil || formula != "" || !strings.HasPrefix(value, "=HYPERLINK") {
		t.Errorf("formula %q, value %q", formula, value)
	}
}

func TestMatrixOfSeveralReviews(t *testing.T) {
	words := load(t, "de")
	review := crossed(t, words)
	file, first := workbookOf(t, words, review, review)
	if got := strings.Join(file.GetSheetList(), ", "); got != "Matrix, Matrix 2, Hinweise" {
		t.Errorf("sheets %s", got)
	}
	if _, second := workbookOf(t, words, review, review); !bytes.Equal(first, second) {
		t.Error("the same reviews give other bytes")
	}
}
