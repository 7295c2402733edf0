package office

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar"
)

// sheetRow makes a row of a sheet from "Posten|>2 Preis": cells, of which ">2" covers
// two columns and "^3" three rows; "" is none, and a row that begins with "*" stands
// out.
func sheetRow(at int, written string) *SheetRow {
	plain := strings.TrimPrefix(written, "*")
	r := &SheetRow{At: at, Emphasised: plain != written}
	column := 0
	for _, text := range strings.Split(plain, "|") {
		span := 1
		down := 0
		switch {
		case strings.HasPrefix(text, ">"):
			span, text = int(text[1]-'0'), text[3:]
		case strings.HasPrefix(text, "^"):
			down, text = int(text[1]-'0'), text[3:]
		}
		if text != "" {
			r.Cells = append(r.Cells, SheetCell{Column: column, Span: span, Rows: down, Text: text})
		}
		column += span
	}
	return r
}

func TestSheet(t *testing.T) {
	long := strings.Repeat("lang ", 30) + "er"
	tests := map[string]struct{ rows, want []string }{
		"two heading rows": {
			[]string{"Nr.|Leistung|>2 Preis", "||2027|2028", "1|Betrieb|5|6"},
			[]string{"1 (Nr.) Betrieb (Leistung) 5 (Preis 2027) 6 (Preis 2028)"},
		},
		"three heading rows": {
			[]string{">4 Kosten|Art", ">2 Preis|>2 Menge", "netto|brutto|Stück|Kilo", "1|2|3|4|x"},
			[]string{"1 (Kosten Preis netto) 2 (Kosten Preis brutto) 3 (Kosten Menge Stück) 4 (Kosten Menge Kilo) x (Art)"},
		},
		"merged cells that reach down": {
			[]string{"Bereich|Nr.|Leistung", "^3 Betrieb|1|Server", "|^2 2|Netz", "||Speicher", "Pflege|3|Updates"},
			[]string{
				"Betrieb (Bereich) 1 (Nr.) Server (Leistung)", "Betrieb: 2 (Nr.) Netz (Leistung)", "Betrieb: Speicher (Leistung)",
				"Pflege (Bereich) 3 (Nr.) Updates (Leistung)",
			},
		},
		"data below merged cells": {
			[]string{"Nr.|>2 Anforderung|Art", "1|>2 Export|A", "2|CSV|JSON|B"},
			[]string{"1 (Nr.) Export (Anforderung) A (Art)", "2 (Nr.) CSV (Anforderung) JSON (Anforderung) B (Art)"},
		},
		"parts of a table": {
			[]string{"*Preisblatt", "", "Nr.|Leistung|Preis", ">3 Teil A", "1|Betrieb|5", "*Teil B", "2|Pflege|6", "", "*Anhang"},
			[]string{"heading1: Preisblatt", "heading2: Teil A", "1 (Nr.) Betrieb (Leistung) 5 (Preis)", "heading2: Teil B", "2 (Nr.) Pflege (Leistung) 6 (Preis)", "heading1: Anhang"},
		},
		"labels of a form": {
			[]string{"*Angaben", "", "*Name", "*Anschrift", "*Telefon", "*Ansprechpartner", "Summe|5"},
			[]string{"heading1: Angaben", "paragraph: Name", "paragraph: Anschrift", "paragraph: Telefon", "paragraph: Ansprechpartner", "Summe () 5 ()"},
		},
		"titles above each other": {[]string{"*Stadt Musterhausen", "*Preisblatt", "Los|5"}, []string{"heading1: Stadt Musterhausen", "heading1: Preisblatt", "Los () 5 ()"}},
		"names and values": {
			[]string{"Auftraggeber|Stadt Musterhausen", "Vorhaben|Portal"},
			[]string{"Auftraggeber () Stadt Musterhausen ()", "Vorhaben (Auftraggeber) Portal (Stadt Musterhausen)"},
		},
		"years and signs in a row that stands out": {[]string{"*Posten|2027|2028|€", "Betrieb|1|2|3"}, []string{"Betrieb (Posten) 1 (2027) 2 (2028) 3 (€)"}},
		"a sum that stands out":                    {[]string{"*Summe|1.000", "Rest|5"}, []string{"Summe () 1.000 ()", "Rest () 5 ()"}},
		"a long heading that stands out":           {[]string{"*Nr.|" + long, "1|ja"}, []string{"1 (Nr.) ja (" + long + ")"}},
		"a long text that does not":                {[]string{"Nr.|" + long, "1|ja"}, []string{"Nr. () " + long + " ()", "1 () ja ()"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			sheet := &Sheet{Put: func(p austauschbar.Passage) error {
				if p.Kind != austauschbar.Row {
					got = append(got, strings.TrimSuffix(fmt.Sprint(p.Kind, p.Level), "0")+": "+p.Text)
					return nil
				}
				line := strings.Join(p.Context, ", ") + ":"
				if len(p.Context) == 0 {
					line = ""
				}
				for _, c := range p.Cells {
					line += " " + c.Text + " (" + c.Header + ")"
				}
				got = append(got, strings.TrimSpace(line))
				return nil
			}}
			for i, written := range test.rows {
				if written == "" {
					continue
				}
				if err := sheet.Add(sheetRow(i+1, written)); err != nil {
					t.Fatal(err)
				}
			}
			if err := sheet.Finish(); err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(test.want, "\n\t"))
			}
		})
	}
}
