package office

import (
	"slices"
	"testing"

	"github.com/austauschbar/austauschbar"
)

func TestRef(t *testing.T) {
	for want, at := range map[string][2]int{"A1": {0, 1}, "Z9": {25, 9}, "AA10": {26, 10}, "ZZ1": {701, 1}, "AAA1": {702, 1}, "XFD1048576": {SheetColumns - 1, SheetRows}} {
		if got := Ref(at[0], at[1]); got != want {
			t.Errorf("column %d, row %d is %s, want %s", at[0], at[1], got, want)
		}
	}
}

func TestNumerals(t *testing.T) {
	for value, want := range map[int][2]string{
		0: {"0", "0"}, 1: {"a", "i"}, 4: {"d", "iv"}, 26: {"z", "xxvi"}, 27: {"aa", "xxvii"}, 53: {"aaa", "liii"},
		1994: {"1994", "mcmxciv"}, 4000: {"4000", "4000"}, -1: {"-1", "-1"},
	} {
		if got := [2]string{Letters(value), Roman(value)}; got != want {
			t.Errorf("%d is %v, want %v", value, got, want)
		}
	}
}

func TestStyleNames(t *testing.T) {
	for stored, want := range map[string]struct {
		heading                   int
		contents, quotation, code bool
	}{
		"heading 1":             {heading: 1},
		"Überschrift  2":        {heading: 2},
		"Heading":               {},
		"toc 1":                 {contents: true},
		"Contents Heading":      {contents: true},
		"Tabellenverzeichnis 1": {contents: true},
		"Intense Quote":         {quotation: true},
		"Quotations":            {quotation: true},
		"Preformatted Text":     {code: true},
		"Standard":              {},
	} {
		name := NewStyleName(stored)
		if name.Heading() != want.heading || name.Contents() != want.contents || name.Quotation() != want.quotation || name.Code() != want.code {
			t.Errorf("%s: heading %d, contents %v, quotation %v, code %v", stored, name.Heading(), name.Contents(), name.Quotation(), name.Code())
		}
	}
}

// What follows a heading row is kept, though the row itself is not.
func TestWhatFollowsAHeadingRow(t *testing.T) {
	var got []string
	table := NewTable(func(row austauschbar.Passage, after []austauschbar.Passage) error {
		for _, p := range append([]austauschbar.Passage{row}, after...) {
			got = append(got, p.Text)
		}
		return nil
	})
	cells := func(texts ...string) (cells []Cell) {
		for column, text := range texts {
			cells = append(cells, Cell{Column: column, Span: 1, Text: text})
		}
		return cells
	}
	for _, row := range []*Row{
		{At: 1, Cells: cells("Nr.", "Kriterium", "Gewicht"), After: []austauschbar.Passage{{Text: "Fuß"}}},
		{At: 2, Cells: cells("1", "Preis", "40 %")},
	} {
		if err := table.Add(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := table.Finish(); err != nil {
		t.Fatal(err)
	}
	if want := []string{"", "Fuß", "1 | Preis | 40 %"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
