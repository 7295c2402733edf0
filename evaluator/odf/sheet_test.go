package odf

import (
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar"
)

// sheets builds a spreadsheet of styles and tables.
func sheets(t testing.TB, styles string, tables ...string) []byte {
	t.Helper()
	return pack(t, content(styles, `<office:spreadsheet>`+strings.Join(tables, "")+`</office:spreadsheet>`), nil)
}

func sheetOf(attributes string, rows ...string) string {
	if !strings.Contains(attributes, "table:name") {
		attributes += ` table:name="Blatt"`
	}
	return `<table:table ` + attributes + `>` + strings.Join(rows, "") + `</table:table>`
}

func TestReadSheets(t *testing.T) {
	cellStyle := func(name, properties string) string {
		return `<style:style style:family="table-cell" style:name="` + name + `">` + properties + `</style:style>`
	}
	styles := cellStyle("Fett", `<style:text-properties fo:font-weight="bold"/>`) + cellStyle("Gross", `<style:text-properties fo:font-size="14pt"/>`) +
		cellStyle("Grau", `<style:table-cell-properties fo:background-color="#cccccc"/>`) + cellStyle("Weiss", `<style:table-cell-properties fo:background-color="#FFFFFF"/>`) +
		`<style:style style:family="table" style:name="Versteckt"><style:table-properties table:display="false"/></style:style>`
	valued := func(attributes string) string { return `<table:table-cell ` + attributes + `/>` }
	tests := map[string]struct {
		tables []string
		want   []string
	}{
		"the first row of texts heads": {
			[]string{sheetOf("", short("Kriterium", "Gewicht"), short("Preis", "hoch"), short("Jahr", "3"))},
			[]string{"row A1:=Kriterium B1:=Gewicht", "row A2:Kriterium=Preis B2:Gewicht=hoch", "row A3:Kriterium=Jahr B3:Gewicht=3"},
		},
		"heading rows, columns and groups": {
			[]string{sheetOf("", `<table:table-header-columns><table:table-column/></table:table-header-columns><table:table-header-rows>`+short("Los", "Preis")+`</table:table-header-rows>`,
				`<table:table-row-group><table:table-rows>`+short("A", "1")+`</table:table-rows></table:table-row-group>`)},
			[]string{"row A2:Los=A B2:Preis=1"},
		},
		"the text shown goes before the value": {
			[]string{sheetOf("", tr("", `<table:table-cell office:value-type="percentage" office:value="0.15"><text:p>15 %</text:p></table:table-cell>`, td("", "1")))},
			[]string{"row A1:=15 % B1:=1"},
		},
		"values without a text": {
			[]string{sheetOf("", tr("", valued(`office:value-type="percentage" office:value="0.07"`), valued(`office:value-type="currency" office:currency="EUR" office:value="1234.5"`),
				valued(`office:value-type="float" office:value="3" table:formula="of:=1+2"`), valued(`office:value-type="date" office:date-value="2027-01-11"`), valued(`office:value-type="boolean" office:boolean-value="true"`),
				valued(`office:value-type="string" office:string-value="ja"`), valued(`office:value-type="time" office:time-value="PT08H00M00S"`), valued(`office:value-type="percentage" office:value="?"`)))},
			[]string{"row A1:=7% B1:=1234.5 EUR C1:=3 D1:=2027-01-11 E1:=true F1:=ja G1:=PT08H00M00S H1:=?"},
		},
		"an empty text is shown": {
			[]string{sheetOf("", tr("", `<table:table-cell office:value="0"><text:p/></table:table-cell>`, td("", "1")))}, []string{"row B1:=1"},
		},
		"paragraphs, spans, links; no comments or drawings": {
			[]string{sheetOf("", `<table:shapes><draw:frame>`+p("", "Bild")+`</draw:frame></table:shapes>`, tr("", `<table:table-cell><office:annotation>`+p("", "nein")+`</office:annotation>`+
				p("", `a<text:s/><text:span>b</text:span>`)+p("", `<text:a>c</text:a>`)+`<draw:frame>`+p("", "Bild")+`</draw:frame></table:table-cell>`, td("", "1")))},
			[]string{"row A1:=a b c B1:=1"},
		},
		"a text alone is a paragraph, in bold or large a heading": {
			[]string{sheetOf("", tr("", td(`table:style-name="Fett"`, "Preisblatt")), tr("", td(`table:style-name="Grau"`, "Bitte ausfüllen")), tr("", td(`table:style-name="Gross"`, "Teil A")), tr("", td(`table:style-name="Fett"`, "Name:")))},
			[]string{"heading A1:=Preisblatt", "paragraph A2:=Bitte ausfüllen", "heading A3:=Teil A", "paragraph A4:=Name:"},
		},
		"looks of columns and rows": {
			[]string{sheetOf("", `<table:table-column table:default-cell-style-name="Fett"/>`, short("Preisblatt")),
				sheetOf("", `<table:table-column table:default-cell-style-name="Fett"/>`, tr(`table:default-cell-style-name="Weiss"`, td("", "Preisblatt")))},
			[]string{"heading A1:=Preisblatt", "paragraph A1:=Preisblatt"},
		},
		"a second table that looks like one": {
			[]string{sheetOf("", short("Los", "Art"), short("A", "ja"), tr(""), tr(`table:default-cell-style-name="Grau"`, td("", "Rolle"), td("", "Name")), short("Leitung", "Frau Muster"))},
			[]string{"row A1:=Los B1:=Art", "row A2:Los=A B2:Art=ja", "row A5:Rolle=Leitung B5:Name=Frau Muster"},
		},
		"hidden rows, columns and sheets": {
			[]string{
				sheetOf("", `<table:table-column/><table:table-column table:visibility="collapse"/><table:table-column table:number-columns-repeated="16382"/>`,
					short("Los", "Preis", "Art"), short("A", "1", "x"), tr(`table:visibility="filter"`, td("", "B"), td("", "2"), td("", "y"))),
				sheetOf(`table:style-name="Versteckt"`, short("still")),
			},
			[]string{"row A2:Los=A C2:Art=x", "row hidden B2:Preis=1", "row hidden A3:Los=B C3:Art=y", "row hidden B3:Preis=2", "paragraph hidden A1:=still"},
		},
		"a million empty rows": {
			[]string{sheetOf("", short("1"), tr(`table:number-rows-repeated="1048574"`, `<table:table-cell table:number-columns-repeated="16384"/>`), short("2"), short("x", "über den Rand"))},
			[]string{"row A1:=1", "row A1048576:=2"},
		},
		"repeated cells and rows": {
			[]string{sheetOf("", tr(`table:number-rows-repeated="2"`, td(`table:number-columns-repeated="2"`, "5"), `<table:table-cell table:number-columns-repeated="16381"/>`, td("", "6"), td("", "über den Rand")))},
			[]string{"row A1:=5 B1:=5 XFD1:=6", "row A2:=5 B2:=5 XFD2:=6"},
		},
		"a row that fills the sheet": {
			[]string{sheetOf("", tr("", td(`table:number-columns-repeated="16384"`, "5")), short("7"))},
			[]string{"row A1:=5" + repeatedCells("5", 1, copies-1), "row A2:=7"},
		},
		"covered cells": {
			[]string{sheetOf("", tr("", td(`table:number-columns-spanned="2"`, "1"), `<table:covered-table-cell><text:p>verdeckt</text:p></table:covered-table-cell>`, td("", "2")))},
			[]string{"row A1:=1 C1:=2"},
		},
		"copies of other documents' sheets": {
			[]string{sheetOf(`table:name="'file:///tmp/a.ods'#$Preise"`, short("fremd")), sheetOf("", short("a"))}, []string{"paragraph A1:=a"},
		},
		"tracked changes": {
			[]string{`<table:tracked-changes><table:deletion>` + sheetOf("", short("alt")) + `</table:deletion></table:tracked-changes>`, sheetOf("", short("a"))}, []string{"paragraph A1:=a"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := read(t, sheets(t, styles, test.tables...))
			equal(t, celled(got), test.want...)
			check(t, got)
		})
	}
}

func TestSheetNames(t *testing.T) {
	var names []string
	for _, p := range read(t, sheets(t, "", sheetOf(`table:name="Lose"`, short("a", "1")), sheetOf(`table:name="Preise"`, short("b")))).Passages {
		names = append(names, p.Sheet+" "+p.Text)
	}
	equal(t, names, "Lose a | 1", "Preise b")
}

func TestRowsThatRepeatWithoutEnd(t *testing.T) {
	got := read(t, sheets(t, "", sheetOf("", tr(`table:number-rows-repeated="1048576"`, td("", "5"), td("", "6")))))
	if len(got.Passages) != copies || len(got.Gaps) != 0 {
		t.Errorf("%d passages, gaps %+v", len(got.Passages), got.Gaps)
	}
	if last := got.Passages[copies-1].Cells; last[0] != (austauschbar.Cell{Ref: "A256", Text: "5"}) {
		t.Errorf("last cells %+v", last)
	}
}
