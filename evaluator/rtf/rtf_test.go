package rtf

import (
	"context"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// written is a document with fonts and styles as Word writes them.
func written(body string) string {
	return `{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\fnil\fcharset238 Times CE;}{\f2\fcharset2 Symbol;}{\f3\fcharset128 MS Mincho;}{\f4\fcharset204 Times Cyr;}}` +
		`{\colortbl;\red0\green0\blue0;}{\stylesheet{\ql Normal;}{\s1\outlinelevel0\sbasedon0\snext0 heading 1;}{\s2\sbasedon1 \'dcberschrift 2;}{\*\cs10 Strong;}{\s11 toc 1;}{\s12 Quote;}{\s13\sbasedon2 Eigene;}}` +
		`{\info{\title Vergabe 12}{\author Jemand}}` + body + `}`
}

func read(t testing.TB, source string) austauschbar.Text {
	t.Helper()
	text, err := Read(t.Context(), []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// shown is one line for each passage: kind, level, number, text.
func shown(text austauschbar.Text) []string {
	var all []string
	for _, p := range text.Passages {
		kind := string(p.Kind)
		if p.Level > 0 {
			kind = fmt.Sprint(kind, p.Level)
		}
		all = append(all, strings.Join(strings.Fields(kind+" "+p.Number+" | "+p.Text), " "))
	}
	return all
}

func TestRead(t *testing.T) {
	for name, test := range map[string]struct {
		body string
		want []string
	}{
		"paragraphs":           {`\pard Der Bieter\par liefert.\par`, []string{"paragraph | Der Bieter", "paragraph | liefert."}},
		"no end of paragraph":  {`Der Bieter`, []string{"paragraph | Der Bieter"}},
		"line breaks of file":  {"Der Bie\r\nter\\\nliefert", []string{"paragraph | Der Bieter", "paragraph | liefert"}},
		"breaks and blanks":    {`a\line b\tab c\~d\_e\-f\emdash g\{h\}\\`, []string{`paragraph | a b c d-ef—g{h}\`}},
		"bytes":                {`Gr\'f6\'dfe`, []string{"paragraph | Größe"}},
		"bytes of a font":      {`{\f1 \'8a}{\f4 \'c4\'e0}{\f3 \'93\'fa\'96\'7b}\'e4`, []string{"paragraph | ŠДа日本ä"}},
		"half a letter apart":  {`{\f3 \'93\'fa\'83A}`, []string{"paragraph | 日ア"}},
		"Unicode":              {`\u228?\u8211\'96\uc0\u8364 \uc2\u252ue`, []string{"paragraph | ä–€ü"}},
		"Unicode, negative":    {`\u-3913?`, []string{"paragraph | \uf0b7"}},
		"Unicode, a pair":      {`\u-10179?\u-8704?`, []string{"paragraph | 😀"}},
		"Unicode, half a pair": {`\u-10179?a`, []string{"paragraph | a"}},
		"both ways":            {`{\upr{gross}{\*\ud{gro\u223?}}}`, []string{"paragraph | groß"}},
		"headings":             {`\s1 Titel\par\pard\s2 Zwei\par\pard\s13 Drei\par\pard\outlinelevel3 Vier\par\pard Text`, []string{"heading1 | Titel", "heading2 | Zwei", "heading2 | Drei", "heading4 | Vier", "paragraph | Text"}},
		"numbered heading":     {`\pard{\listtext\pard\plain 3.2\tab}\s2\ls1\ilvl1 Export\par`, []string{"heading2 3.2 | Export"}},
		"list":                 {`{\listtext a)\tab}\ls1\ilvl0 eins\par{\listtext{\f2 \'b7}\tab}\ls1\ilvl1 zwei\par{\pntext o\tab}drei\par\pard vier`, []string{"item1 a) | eins", "item2 | zwei", "item2 | drei", "paragraph | vier"}},
		"typed list":           {`\bullet\tab eins\par 1.\tab zwei\par 1. drei`, []string{"item1 | eins", "item1 1. | zwei", "paragraph | 1. drei"}},
		"not shown":            {`a{\v b}{\strike c}{\deleted d}\v e\v0 f{\*\unknown g}{\header h}{\*\annotation i}{\pict 00ff}{\xe j}`, []string{"paragraph | af"}},
		"plain ends it":        {`{\v a\plain b}`, []string{"paragraph | b"}},
		"field":                {`{\field{\*\fldinst HYPERLINK "a"}{\fldrslt{\ul Verweis}}}`, []string{"paragraph | Verweis"}},
		"object":               {`{\object{\*\objdata 00}{\result{Ergebnis}}}`, []string{"paragraph | Ergebnis"}},
		"contents":             {`\pard\s11 1 Titel 3\par\pard Text`, []string{"paragraph | Text"}},
		"quotation":            {`\pard\s12 Zitat\par`, []string{"quotation | Zitat"}},
		"footnote":             {`Der Bieter{\super\chftn{\footnote\pard{\super\chftn} Siehe\par Anlage.}} liefert.\par Ende`, []string{"paragraph | Der Bieter liefert.", "footnote | Siehe", "footnote | Anlage.", "paragraph | Ende"}},
		"text box":             {`a{\shp{\*\shpinst{\sp{\sn n}{\sv v}}{\shptxt Kasten\par}}{\shprslt Kasten}}b\par`, []string{"paragraph | ab", "paragraph | Kasten"}},
		"binary":               {`a{\pict\bin4 }}}}00}b\bin2 {{c`, []string{"paragraph | abc"}},
		"unknown words":        {`\pard\frob12\qc a\-b`, []string{"paragraph | ab"}},
	} {
		t.Run(name, func(t *testing.T) {
			text := read(t, written(test.body))
			if diff := cmp.Diff(test.want, shown(text)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if text.Title != "Vergabe 12" || len(text.Gaps) > 0 {
				t.Errorf("title %q, gaps %v", text.Title, text.Gaps)
			}
		})
	}
}

func TestTables(t *testing.T) {
	for name, test := range map[string]struct {
		body string
		want []string // ref, heading and text of each cell; "/" ends a row
	}{
		"heading row by its words": {
			`\trowd\cellx1000\cellx2000\cellx3000\pard\intbl Nr.\cell Anforderung\cell A/B\cell\row\pard\intbl 1\cell Export\cell A\cell\row\pard Ende`,
			[]string{"A2 Nr.: 1", "B2 Anforderung: Export", "C2 A/B: A", "/"},
		},
		"marked heading rows": {
			`\trowd\trhdr\cellx2000\cellx3000\intbl Jahr\cell Preis\cell\row\trowd\trhdr\cellx1000\cellx2000\cellx3000\intbl 1\cell 2\cell netto\cell\row\trowd\cellx1000\cellx2000\cellx3000\intbl a\cell b\cell c\cell\row\pard`,
			[]string{"A3 Jahr 1: a", "B3 Jahr 2: b", "C3 Preis netto: c", "/"},
		},
		"cell over two columns": {
			`\trowd\trhdr\cellx1000\cellx2000\cellx3000\intbl Nr.\cell Muss\cell Soll\cell\row\trowd\cellx1010\cellx2990\intbl 1\cell beides\cell\row\pard`,
			[]string{"A2 Nr.: 1", "B2 Muss: beides", "/"},
		},
		"names and values": {
			`\trowd\cellx1000\cellx2000\intbl Laufzeit\cell 48 Monate\cell\row\intbl Beginn\cell 2027\cell\row\pard`,
			[]string{"A1 : Laufzeit", "B1 : 48 Monate", "/", "A2 : Beginn", "B2 : 2027", "/"},
		},
		"merged cells": {
			`\trowd\clvmgf\cellx1000\cellx2000\intbl {\b Los}\cell 1,5\cell\row\trowd\clvmrg\cellx1000\cellx2000\intbl\cell 2,5\cell\row\pard`,
			[]string{"A1 : Los", "B1 : 1,5", "/", "B2 : 2,5", "/"},
		},
		"paragraphs in a cell": {
			`\trowd\cellx1000\cellx2000\intbl 1\cell a\par b\cell\row\pard`,
			[]string{"A1 : 1", "B1 : a b", "/"},
		},
		"table in a table": {
			`\trowd\cellx1000\cellx2000\pard\intbl\itap1 1\cell\pard\intbl\itap2 9\nestcell 8\nestcell{\*\nesttableprops\trowd\cellx100\cellx200\nestrow}{\nonesttables\par}\pard\intbl\itap1 b\cell\row\pard`,
			[]string{"A1 : 1", "B1 : b", "/", "A1 : 9", "B1 : 8", "/"},
		},
		"row that is not ended": {
			`\trowd\cellx1000\cellx2000\intbl 1\cell 2\cell\pard\par Text`,
			[]string{"A1 : 1", "B1 : 2", "/"},
		},
		"only a heading row": {
			`\trowd\cellx1000\cellx2000\intbl Nr.\cell Text\cell\row\pard`,
			[]string{"A1 : Nr.", "B1 : Text", "/"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, p := range read(t, written(test.body)).Passages {
				if p.Kind != austauschbar.Row {
					continue
				}
				for _, c := range p.Cells {
					got = append(got, c.Ref+" "+c.Header+": "+c.Text)
				}
				got = append(got, "/")
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestParagraphsAreCounted(t *testing.T) {
	text := read(t, written(`a\par\par b{\footnote c}\par\trowd\cellx1\cellx2\intbl 1\cell d\cell\row\pard e\par`))
	var got []int
	for _, p := range text.Passages {
		got = append(got, p.Paragraph)
	}
	if diff := cmp.Diff([]int{1, 3, 3, 4, 6}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestReadRefuses(t *testing.T) {
	for name, test := range map[string]struct{ source, want string }{
		"no bytes":       {"", "not_this_format"},
		"text":           {"Der Bieter", "not_this_format"},
		"no text":        {written(""), "empty"},
		"cut off":        {`{\rtf1`, "damaged"},
		"deeply nested":  {`{\rtf1` + strings.Repeat("{", 1_000_000), "too_large"},
		"only a picture": {written(`{\pict 00ff}\par`), "empty"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read(t.Context(), []byte(test.source))
			if refusal, ok := errors.AsType[*limit.Refusal](err); !ok || refusal.Code != test.want {
				t.Errorf("error %v, want %s", err, test.want)
			}
		})
	}
}

// What stands before the damage is read.
func TestCutOff(t *testing.T) {
	text := read(t, `{\rtf1 Der Bieter\par lie`)
	if diff := cmp.Diff([]string{"paragraph | Der Bieter", "paragraph | lie"}, shown(text)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(text.Gaps) != 1 || text.Gaps[0].Reason != "damaged" {
		t.Errorf("gaps %v", text.Gaps)
	}
}

// Ten megabytes of one construct are read in a moment or refused.
func TestTime(t *testing.T) {
	for name, unit := range map[string]string{
		"text":         "Der Auftragnehmer liefert ",
		"bytes":        `\'e4`,
		"Unicode":      `\u228?`,
		"groups":       `{a}`,
		"paragraphs":   `a\par `,
		"cells":        `\intbl a\cell `,
		"rows":         `\trowd\cellx1\intbl a\cell b\cell\row `,
		"layouts":      `\trowd\cellx1`,
		"one cell":     `\intbl a\par `,
		"inner tables": `\intbl\itap9 a\nestcell `,
		"footnotes":    `{\footnote a}`,
		"fonts":        `{\fonttbl{\f1\fcharset0 a;}}`,
		"styles":       `{\stylesheet{\s1 a;}}`,
		"marks":        `{\listtext a}`,
		"binary":       `\bin0 `,
		"stars":        `{\*\x a}`,
	} {
		t.Run(name, func(t *testing.T) {
			data := []byte(`{\rtf1` + strings.Repeat(unit, 10<<20/len(unit)) + `}`)
			began := time.Now()
			_, err := Read(t.Context(), data)
			if err != nil && !errors.Is(err, austauschbar.ErrUnreadable) {
				t.Error(err)
			}
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

func TestReadStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	began := time.Now()
	if _, err := Read(ctx, []byte(`{\rtf1`+strings.Repeat(`a\par `, 1<<20))); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if took := time.Since(began); took > 100*time.Millisecond {
		t.Errorf("took %v", took)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(written(`\s1 Titel\par{\listtext 1.\tab}\ls1 eins{\footnote zwei}\par\trowd\trhdr\cellx9\cellx99\intbl a\cell b\cell\row\pard\intbl\itap2 c\nestcell{\*\nesttableprops\trowd\cellx9\nestrow}\row\pard\u228?\'e4`)))
	f.Add([]byte(written(`{\shp{\*\shpinst{\shptxt Kasten\par}}}{\field{\*\fldinst X}{\fldrslt Y}}{\upr{a}{\*\ud{\u-10179?\u-8704?}}}\bin3 abc`)))
	for _, name := range []string{"libreoffice.rtf", "pandoc.rtf"} {
		data, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		text, err := Read(t.Context(), data)
		if err != nil {
			if !errors.Is(err, austauschbar.ErrUnreadable) {
				t.Errorf("error %v is no refusal", err)
			}
			return
		}
		if again, _ := Read(t.Context(), data); !reflect.DeepEqual(again, text) {
			t.Error("the same bytes give another text")
		}
		ends := 1 + strings.Count(string(data), `\`)
		size := 0
		for _, p := range text.Passages {
			size += len(p.Text)
			if p.Text == "" || !utf8.ValidString(p.Text) || p.Paragraph < 1 || p.Paragraph > ends+1 {
				t.Errorf("passage %+v of at most %d paragraphs", p, ends)
			}
			if (p.Kind == austauschbar.Row) != (len(p.Cells) > 0) {
				t.Errorf("passage %+v", p)
			}
			for _, c := range p.Cells {
				if c.Text == "" || c.Ref == "" || !strings.Contains(p.Text, c.Text) {
					t.Errorf("cell %+v of %+v", c, p)
				}
			}
		}
		if size > 4*len(data) {
			t.Errorf("%d bytes of text from %d", size, len(data))
		}
	})
}

func BenchmarkRead(b *testing.B) {
	one := `\pard\plain\s0\ql\f0\fs22 Der Auftragnehmer stellt \'fcber die gesamte Laufzeit alle Daten in einem offenen Format bereit.\par` + "\n" +
		`\trowd\cellx1000\cellx2000\pard\intbl 1\cell Export als CSV\cell\row` + "\n"
	data := []byte(written(strings.Repeat(one, 5000)))
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(b.Context(), data); err != nil {
			b.Fatal(err)
		}
	}
}
