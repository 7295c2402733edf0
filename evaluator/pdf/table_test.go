package pdf

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar"
)

// Places of the columns of the tests' tables, and where the last one ends.
var places = []float64{70, 120, 400, 500}

// set sets texts on one line, each at the beginning of its column; "" leaves a
// column out. Letters are 5 points wide.
func set(base float64, bold bool, texts ...string) line {
	l := line{Base: base, Size: 10, Bold: bold}
	for column, text := range texts {
		if text == "" {
			continue
		}
		left := places[column] + 4
		l.Pieces = append(l.Pieces, piece{text, left, left + 5*float64(len(text))})
	}
	l.Text = l.Pieces[0].Text
	for _, p := range l.Pieces[1:] {
		l.Text += " " + p.Text
	}
	l.Left, l.Right = l.Pieces[0].Left, l.Pieces[len(l.Pieces)-1].Right
	if len(l.Pieces) == 1 {
		l.Pieces = nil
	}
	return l
}

// a4 makes a page of lines and drawn lines.
func a4(number int, all []line, rules ...[]rule) page {
	p := page{Number: number, Width: 595, Height: 842, Lines: all}
	for _, r := range rules {
		p.Rules = append(p.Rules, r...)
	}
	return p
}

// level draws horizontal lines at these heights over the whole table.
func level(heights ...float64) []rule {
	var drawn []rule
	for _, y := range heights {
		drawn = append(drawn, rule{places[0], y, places[3], y})
	}
	return drawn
}

// upright draws vertical lines between all columns.
func upright(bottom, top float64) []rule {
	var drawn []rule
	for _, x := range places {
		drawn = append(drawn, rule{x, bottom, x, top})
	}
	return drawn
}

func wanted() bool { return false }

// told writes passages as lines: kind, text, headers.
func told(passages []austauschbar.Passage) []string {
	var all []string
	for _, p := range passages {
		text := string(p.Kind) + ": " + p.Text
		for _, c := range p.Cells {
			if c.Header != "" {
				text += " {" + c.Header + "}"
			}
		}
		all = append(all, text)
	}
	return all
}

func TestTables(t *testing.T) {
	head := func(base float64) line { return set(base, true, "Nr.", "Anforderung", "Art") }
	for name, test := range map[string]struct {
		pages []page
		want  []string
	}{
		"drawn": {
			[]page{a4(1, []line{head(690), set(670, false, "1", "offene Formate und auch", "A"), set(658, false, "", "Beschreibung"), set(640, false, "2", "Schnittstelle", "B")},
				level(700, 682, 652, 630), upright(630, 700))},
			[]string{"row: 1 | offene Formate und auch Beschreibung | A {Nr.} {Anforderung} {Art}", "row: 2 | Schnittstelle | B {Nr.} {Anforderung} {Art}"},
		},
		"cells one after the other": {
			[]page{a4(1, []line{set(670, false, "1", "offene Formate und auch"), set(658, false, "", "Beschreibung"), set(670, false, "", "", "A"), set(640, false, "2", "Schnittstelle", "B")},
				level(682, 652, 630), upright(630, 682))},
			[]string{"row: 1 | offene Formate und auch Beschreibung | A", "row: 2 | Schnittstelle | B"},
		},
		"a cell over two rows": {
			[]page{a4(1, []line{set(670, false, "1", "Export", "A"), set(640, false, "", "Import"), set(620, false, "2", "Betrieb", "B")},
				level(682, 630, 610), []rule{{120, 652, 400, 652}}, upright(610, 682))},
			[]string{"row: 1 | Export | A", "row: Import", "row: 2 | Betrieb | B"},
		},
		"an underlined text": {
			[]page{a4(1, []line{set(670, false, "1", "Export jederzeit", "A"), set(658, false, "", "und ganz"), set(640, false, "2", "Import", "B")},
				level(682, 652, 630), []rule{{124, 668, 396, 668}}, upright(630, 682))},
			[]string{"row: 1 | Export jederzeit und ganz | A", "row: 2 | Import | B"},
		},
		"lines between rows only": {
			[]page{a4(1, []line{head(690), set(670, false, "1", "Export", "A"), set(650, false, "2", "Import", "B"), set(630, false, "3", "Betrieb", "A")},
				level(684, 664, 644))},
			[]string{"row: 1 | Export | A {Nr.} {Anforderung} {Art}", "row: 2 | Import | B {Nr.} {Anforderung} {Art}", "row: 3 | Betrieb | A {Nr.} {Anforderung} {Art}"},
		},
		"no lines": {
			[]page{a4(1, []line{set(720, false, "Der Anbieter nennt Preise fuer alle Jahre, auch die"), set(708, false, "der Pflege."), set(690, false, "Lizenz", "einmalig", "100"), set(678, false, "Pflege", "im Jahr", "20"), set(666, false, "Betrieb", "im Monat und auch im", "5"), set(654, false, "", "Notfall")})},
			[]string{"paragraph: Der Anbieter nennt Preise fuer alle Jahre, auch die der Pflege.", "row: Lizenz | einmalig | 100", "row: Pflege | im Jahr | 20", "row: Betrieb | im Monat und auch im Notfall | 5"},
		},
		"a list is none": {
			[]page{a4(1, []line{set(690, false, "a)", "offen"), set(678, false, "b)", "frei"), set(666, false, "c)", "kostenlos")})},
			[]string{"item: offen", "item: frei", "item: kostenlos"},
		},
		"a box is none": {
			[]page{a4(1, []line{set(690, false, "Hinweis: Die Frist endet am Montag.")}, []rule{{70, 680, 500, 705}})},
			[]string{"paragraph: Hinweis: Die Frist endet am Montag."},
		},
		"text over the borders is none": {
			[]page{a4(1, []line{set(690, false, "Die Leistung umfasst Export und Import aller Daten"), set(676, false, "und deren Beschreibung.")}, level(700, 686, 670), upright(670, 700))},
			[]string{"paragraph: Die Leistung umfasst Export und Import aller Daten und deren Beschreibung."},
		},
		"a page's end within a row": {
			[]page{
				a4(1, []line{head(690), set(670, false, "1", "Export", "A"), set(200, false, "2", "Import aller Daten, die der Auftraggeber nennt,", "B"), {Text: "1 Siehe das Gesetz", Base: 60, Size: 7, Left: 70, Right: 200}},
					level(700, 682, 652, 190), upright(190, 700)),
				a4(2, []line{head(770), set(750, false, "", "und Beschreibung"), set(730, false, "3", "Betrieb", "A")}, level(780, 762, 742, 722), upright(722, 780)),
			},
			[]string{"row: 1 | Export | A {Nr.} {Anforderung} {Art}", "row: 2 | Import aller Daten, die der Auftraggeber nennt, und Beschreibung | B {Nr.} {Anforderung} {Art}", "footnote: Siehe das Gesetz", "row: 3 | Betrieb | A {Nr.} {Anforderung} {Art}"},
		},
		"names and values": {
			[]page{a4(1, []line{set(690, true, "Los 1", "Export"), set(670, false, "Frist", "Montag")}, level(700, 682, 660), []rule{{70, 660, 70, 700}, {120, 660, 120, 700}, {500, 660, 500, 700}})},
			[]string{"row: Los 1 | Export", "row: Frist | Montag {Los 1} {Export}"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := told(compose(test.pages, nil, wanted)); !reflect.DeepEqual(got, test.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

// A title in a box at the top of each page is no table.
func TestTitleInABox(t *testing.T) {
	var all []page
	for number := range 4 {
		all = append(all, a4(number+1, []line{set(800, false, "Stadt", "Leistungsbeschreibung", "Stand"), set(600, false, fmt.Sprintf("Text der %d. Seite.", number+1))},
			level(810, 795), upright(795, 810)))
	}
	if got := compose(all, nil, wanted); len(got) != 4 || got[0].Kind != austauschbar.Paragraph {
		t.Errorf("got %v", told(got))
	}
}

// TestDrawnTable has PDFium find the cells, on a page that lies on its side as well.
func TestDrawnTable(t *testing.T) {
	content := ""
	for i, y := range []int{700, 680, 660, 640} {
		content += fmt.Sprintf("70 %d m 400 %d l S ", y, y)
		if i < 3 {
			content += fmt.Sprintf("BT /F 10 Tf 1 0 0 1 75 %d Tm (%d) Tj ET BT /F 10 Tf 1 0 0 1 125 %d Tm (Zeile) Tj ET ", y-14, i+1, y-14)
		}
	}
	for _, x := range []int{70, 120, 400} {
		content += fmt.Sprintf("%d 640 m %d 700 l S ", x, x)
	}
	turned := "0 1 -1 0 842 0 cm " + content
	for name, data := range map[string][]byte{
		"upright": fileOf("", content),
		"turned":  []byte(strings.ReplaceAll(string(fileOf("", turned)), "/MediaBox[0 0 595 842]", "/Rotate 90/MediaBox[0 0 842 595]")),
	} {
		t.Run(name, func(t *testing.T) {
			text, err := Read(context.Background(), data)
			if err != nil {
				t.Fatal(err)
			}
			want := []string{"row: 1 | Zeile", "row: 2 | Zeile", "row: 3 | Zeile"}
			if got := told(text.Passages); !reflect.DeepEqual(got, want) {
				t.Errorf("got %q", got)
			}
		})
	}
}
