package grid

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// rows makes rows of "text text" by their numbers; "*" before a text emphasises.
func rows(texts ...string) []Row {
	var made []Row
	for i, text := range texts {
		if text == "" {
			continue
		}
		row := Row{At: i + 1, Emphasised: strings.HasPrefix(text, "*")}
		for column, cell := range strings.Fields(strings.TrimPrefix(text, "*")) {
			row.Cells = append(row.Cells, Cell{Column: column + 1, Text: cell})
		}
		made = append(made, row)
	}
	return made
}

func TestLayout(t *testing.T) {
	for name, test := range map[string]struct {
		rows []Row
		want []string
	}{
		"header":              {rows("Los Preis", "A 1", "B 2"), []string{"2 [Los Preis]", "3 [Los Preis]"}},
		"values head nothing": {rows("Frist 3", "Ort 4"), []string{"1 []", "2 []"}},
		"header alone":        {rows("Los Preis"), []string{"1 []"}},
		"next table":          {rows("Los Preis", "A 1", "", "Ort Frist", "B 2"), []string{"2 [Los Preis]", "5 [Ort Frist]"}},
		"mere spacing":        {rows("Los Art", "A ja", "", "B ja", "C nein"), []string{"2 [Los Art]", "4 [Los Art]", "5 [Los Art]"}},
		"emphasised":          {rows("Los Art", "A ja", "", "*Ort Land", "B C"), []string{"2 [Los Art]", "5 [Ort Land]"}},
		"title of a part":     {rows("Los Art Preis", "Teil", "A ja 1"), []string{"2 [Los Art Preis]", "3 [Los Art Preis]"}},
		"title of another":    {rows("Los Art", "Teil", "A ja"), []string{"1 []", "2 []", "3 []"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			l := &Layout{Emit: func(row Row, header []string) error {
				got = append(got, fmt.Sprint(row.At, " ", header))
				return nil
			}}
			for _, row := range test.rows {
				if err := l.Add(row); err != nil {
					t.Fatal(err)
				}
			}
			if err := l.Finish(); err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestRef(t *testing.T) {
	for want, at := range map[string][2]int{"A1": {1, 1}, "Z7": {26, 7}, "AA10": {27, 10}, "XFD1048576": {Columns, 1_048_576}} {
		if got := Ref(at[0], at[1]); got != want {
			t.Errorf("Ref(%d, %d) = %s, want %s", at[0], at[1], got, want)
		}
	}
}
