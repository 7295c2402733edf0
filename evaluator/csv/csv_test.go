package csv

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/plain"
	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

// show writes passages as lines: line, kind, and of each cell its name, heading and
// text.
func show(passages []austauschbar.Passage) []string {
	var shown []string
	for _, p := range passages {
		text := fmt.Sprintf("%d %s", p.Line, p.Kind)
		for _, c := range p.Cells {
			text += fmt.Sprintf(" %s:%s=%s", c.Ref, c.Header, c.Text)
		}
		shown = append(shown, text)
	}
	return shown
}

func TestRead(t *testing.T) {
	for name, test := range map[string]struct {
		source string
		want   []string
	}{
		"semicolons":        {"Los;Preis\nA;1,50\nB;2,75\n", []string{"2 row A2:Los=A B2:Preis=1,50", "3 row A3:Los=B B3:Preis=2,75"}},
		"commas":            {"Los,Preis\nA,1.50", []string{"2 row A2:Los=A B2:Preis=1.50"}},
		"tabulators":        {"Los\tPreis, netto\nA\t1", []string{"2 row A2:Los=A B2:Preis, netto=1"}},
		"bars":              {"Los|Preis\nA|1", []string{"2 row A2:Los=A B2:Preis=1"}},
		"stated":            {"sep=|\nLos|a,b,c\nA|1,2,3", []string{"3 row A2:Los=A B2:a,b,c=1,2,3"}},
		"one column":        {"Anforderung\nDie Daten gehören uns.", []string{"1 paragraph A1:=Anforderung", "2 paragraph A2:=Die Daten gehören uns."}},
		"quoted":            {"Nr;Text\n1;\"eins;\n \"\"zwei\"\"\"\n2;drei", []string{"2 row A2:Nr=1 B2:Text=eins; \"zwei\"", "4 row A3:Nr=2 B3:Text=drei"}},
		"loose quotes":      {"Nr;Zoll\n1;27\" breit\n2;x", []string{"2 row A2:Nr=1 B2:Zoll=27\" breit", "3 row A3:Nr=2 B3:Zoll=x"}},
		"ragged":            {"Nr;Text\n1\n2;a;b", []string{"1 row A1:=Nr B1:=Text", "2 row A2:=1", "3 row A3:=2 B3:=a C3:=b"}},
		"empty cells":       {"Nr;Text;Preis\n;;5\n;;;\n", []string{"2 row C2:Preis=5"}},
		"two tables":        {"Los;Art\nA;ja\n\n\nFrist;Ort\n1;Bonn", []string{"2 row A2:Los=A B2:Art=ja", "6 row A6:Frist=1 B6:Ort=Bonn"}},
		"title above":       {"Preisblatt;;\nNr;Text;Preis\n1;a;2", []string{"1 paragraph A1:=Preisblatt", "3 row A3:Nr=1 B3:Text=a C3:Preis=2"}},
		"latin":             {"Gr\xf6\xdfe;\x80 netto\n1;2", []string{"2 row A2:Größe=1 B2:€ netto=2"}},
		"byte order mark":   {"\xef\xbb\xbfLos;Preis\r\nA;1\r\n", []string{"2 row A2:Los=A B2:Preis=1"}},
		"wide":              {"\xff\xfea\x00;\x00b\x00\n\x001\x00;\x002\x00", []string{"2 row A2:a=1 B2:b=2"}},
		"quote never ended": {"a;b\n1;\"x\ny", []string{"2 row A2:a=1 B2:b=x y"}},
	} {
		t.Run(name, func(t *testing.T) {
			readertest.Reads(t, Read, test.source, show, test.want)
		})
	}
}

func TestReadRefuses(t *testing.T) {
	for name, test := range map[string]struct{ source, code string }{
		"nothing":  {"", "empty"},
		"no cells": {";;;\n;;\"\"", "empty"},
		"binary":   {"PK\x03\x04;", "not_text"},
	} {
		t.Run(name, func(t *testing.T) {
			readertest.Refuses(t, Read, test.source, test.code)
		})
	}
}

func TestBounds(t *testing.T) {
	for name, source := range map[string]string{
		"records": strings.Repeat("1\n", limit.Passages+1),
		"cells":   strings.Repeat(strings.Repeat("1;", 100)+"\n", limit.Cells/100+1),
		"text":    strings.Repeat(strings.Repeat("Wort ", 1000)+"\n", limit.Text/5000+10),
	} {
		t.Run(name, func(t *testing.T) {
			text, err := Read(context.Background(), []byte(source))
			if err != nil || len(text.Gaps) != 1 || text.Gaps[0].Reason != "too_large" || len(text.Passages) == 0 {
				t.Errorf("%d passages, gaps %v, error %v", len(text.Passages), text.Gaps, err)
			}
		})
	}
}

func TestContext(t *testing.T) {
	readertest.EndsLate(t, Read, strings.Repeat("1;2\n", 5000))
}

// TestTime holds that time grows with length alone, whatever is repeated.
func TestTime(t *testing.T) {
	if testing.Short() {
		t.Skip("reads many megabytes")
	}
	for name, unit := range map[string]string{
		"cells": "1;", "quotes": `"`, "lines": "\n", "records": "a;b\n", "quoted": `"a";`, "loose": `a"b;`,
	} {
		t.Run(name, func(t *testing.T) {
			readertest.InTime(t, Read, strings.Repeat(unit, 2<<20/len(unit)))
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("Los;Preis\nA;\"1,\n50\"\n\nB;2"))
	f.Add([]byte("sep=,\n\"a\"\"b\",c\xe4\r\n,,\r\n1\t2"))
	f.Add([]byte("\xff\xfea\x00;\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		text := readertest.Sound(t, Read, plain.Decode, data)
		readertest.Apart(t, text.Passages)
		for _, p := range text.Passages {
			if len(p.Cells) == 0 || slices.ContainsFunc(p.Cells, func(c austauschbar.Cell) bool { return c.Ref == "" }) {
				t.Errorf("line %d: cells %v", p.Line, p.Cells)
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	source := []byte("Nr;Leistung;Anteil;Preis\n" + strings.Repeat("1;Betrieb und Pflege der Plattform;15 %;1.234,50\n", 20_000))
	b.SetBytes(int64(len(source)))
	for b.Loop() {
		if _, err := Read(context.Background(), source); err != nil {
			b.Fatal(err)
		}
	}
}
