package rst

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/plain"
	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

func TestRead(t *testing.T) {
	for name, test := range map[string]struct {
		source string
		want   []string
	}{
		"sections":          {"=====\nTitel\n=====\n\n3.2 Export\n----------\n\nÜber\n~~~~\n\nB\n----------\n\n----\n\nText", []string{"2 heading1 [] Titel", "5 heading2 [3.2] Export", "8 heading3 [] Über", "11 heading2 [] B", "16 paragraph [] Text"}},
		"numbered sections": {"=====\nTitel\n=====\n\n.. sectnum::\n\nA\n----\n\nB\n~~~~\n\nC\n----", []string{"2 heading1 [] Titel", "7 heading2 [1] A", "10 heading3 [1.1] B", "13 heading2 [2] C"}},
		"paragraphs":        {"Erste\nZeile\n\n1.1 Das Recht\n\n| Vers\n| zwei", []string{"1 paragraph [] Erste Zeile", "4 paragraph [1.1] Das Recht", "6 paragraph [] Vers zwei"}},
		"lists":             {"- eins\n  mehr\n\n  noch\n- zwei\n\n  * tief\n\nText", []string{"1 item1 [] eins mehr", "4 paragraph [] noch", "5 item1 [] zwei", "7 item2 [] tief", "9 paragraph [] Text"}},
		"numbers":           {"3. c\n#. d\n\na) x\n\n(i) y\n\nA. Einstein war\nein Mensch", []string{"1 item1 [3.] c", "2 item1 [4.] d", "4 item1 [a)] x", "6 item1 [(i)] y", "8 paragraph [] A. Einstein war ein Mensch"}},
		"rows":              {":Frist: 3 Monate\n:Ort:\n  Bonn\n\nBegriff : Art\n  Erklärung\n\n  mehr\n\n-a, --all=X   alles\n-b            eins", []string{"1 row [] Frist | 3 Monate", "2 row [] Ort | Bonn", "5 row [] Begriff | Erklärung", "8 paragraph [] mehr", "10 row [] -a, --all=X | alles", "11 row [] -b | eins"}},
		"quotation":         {"Text\n\n  Zitat\n\n  - Punkt", []string{"1 paragraph [] Text", "3 quotation [] Zitat", "5 quotation [] Punkt"}},
		"code":              {"So::\n\n  a: 1\n\n  b\n\nOder ::\n\n> c\n> d\n\n::\n\n  e\n\n.. code-block:: yaml\n   :linenos:\n\n   f\n\n>>> g", []string{"1 paragraph [] So:", "3 code [] a: 1", "5 code [] b", "7 paragraph [] Oder", "9 code [] > c > d", "14 code [] e", "19 code [] f", "21 code [] >>> g"}},
		"directives":        {".. note:: Hinweis\n   zwei\n\n   mehr\n\n.. warning::\n   Gefahr\n\n.. figure:: a.png\n   :alt: Bild\n\n   Titel\n\n.. epigraph::\n\n   Motto\n\n.. toctree::\n\n   a\n\n.. raw:: html\n\n   <p>b</p>\n\n.. unbekannt:: c\n\n   d", []string{"1 paragraph [] Hinweis zwei", "4 paragraph [] mehr", "7 paragraph [] Gefahr", "9 paragraph [] Bild", "12 paragraph [] Titel", "16 quotation [] Motto", "24 paragraph [] b", "28 paragraph [] d"}},
		"left out":          {".. Kommentar\n   weg\n\n.. _ziel:\n\n__ http://a.de\n\n..\n\nda", []string{"10 paragraph [] da"}},
		"footnotes":         {"a [1]_ b\n\n.. [1] Note\n   zwei\n.. [#x] drei\n.. [*] vier", []string{"1 paragraph [] a b", "3 footnote [1] Note zwei", "5 footnote [x] drei", "6 footnote [*] vier"}},
		"replaced":          {"|a| |b|\n\n.. |a| replace:: eins", []string{"1 paragraph [] eins b"}},
		"drawn table":       {"+----+-----+\n| Nr | Ort |\n+====+=====+\n| 1  | - a |\n|    | - b |\n+----+-----+\n| breit    |\n+----+-----+\n| ü  | c   |\n|    +-----+\n|    | d   |\n+----+-----+", []string{"4 row [] 1 | a b {Nr} {Ort}", "7 row [] breit {Nr}", "9 row [] ü | c {Nr} {Ort}", "11 row [] d {Ort}"}},
		"ruled table":       {"==  =====\nNr  Ort\n==  =====\n1   x\n    y\nbreit über\n\n2   z\n==  =====\n\n==  ==\n1   2\n==  ==", []string{"4 row [] 1 | x y {Nr} {Ort}", "6 row [] breit über {Nr}", "8 row [] 2 | z {Nr} {Ort}", "12 row [] 1 | 2"}},
		"listed table":      {".. list-table:: Titel\n   :header-rows: 1\n\n   * - Nr\n     - Ort\n   * - 1\n     - a\n\n       b", []string{"1 paragraph [] Titel", "6 row [] 1 | a b {Nr} {Ort}"}},
		"separated table":   {".. csv-table::\n   :header: Nr, Ort\n\n   1, \"a,\n   b\"\n   2, c\n\n.. csv-table::\n   :header-rows: 1\n   :delim: ;\n\n   p;q\n   3;4", []string{"4 row [] 1 | a, b {Nr} {Ort}", "6 row [] 2 | c {Nr} {Ort}", "13 row [] 3 | 4 {p} {q}"}},
	} {
		t.Run(name, func(t *testing.T) {
			readertest.Reads(t, Read, test.source, readertest.Show, test.want)
		})
	}
}

func TestInline(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"formatted":  {"**fett** *kursiv* ``code *x*``", "fett kursiv code *x*"},
		"roles":      {":ref:`Text <ziel>` :py:class:`~a.B` `x`:sub:", "Text a.B x:sub:"},
		"links":      {"`Text <http://a.de>`_ `b c`__ Wort_ d__ http://e.de/x_y", "Text b c Wort d http://e.de/x_y"},
		"targets":    {"_`Ziel` [CIT]_", "Ziel"},
		"no markup":  {"a*b*c 2 * 3 * 4 snake_case __init__ a|b", "a*b*c 2 * 3 * 4 snake_case __init__ a|b"},
		"escaped":    {`\*a* H\ :sub:` + "`2`" + `\ O`, "*a* H2O"},
		"never ends": {"*a `b ``c |d", "*a `b ``c |d"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := (&parser{document: &document{}}).inline(test.text); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestTitleAndIncludes(t *testing.T) {
	text, err := Read(context.Background(), []byte("Titel\n=====\n\n.. include:: a.rst\n.. literalinclude:: b.py\n.. csv-table::\n   :file: c.csv\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []austauschbar.Gap{{Reason: "included", Detail: "a.rst, b.py, c.csv"}}
	if text.Title != "Titel" || !reflect.DeepEqual(text.Gaps, want) {
		t.Errorf("title %q, gaps %v, want %v", text.Title, text.Gaps, want)
	}
}

func TestReadRefuses(t *testing.T) {
	for name, test := range map[string]struct{ source, code string }{
		"nothing":      {"", "empty"},
		"no text":      {".. weg", "empty"},
		"an inclusion": {".. include:: a.rst", "included"},
		"binary":       {"PK\x03\x04", "not_text"},
	} {
		t.Run(name, func(t *testing.T) {
			readertest.Refuses(t, Read, test.source, test.code)
		})
	}
}

func TestContext(t *testing.T) {
	readertest.Cancels(t, Read, strings.Repeat("a\n\n", 1000))
}

// TestTime holds that time grows with length alone, whatever is repeated.
func TestTime(t *testing.T) {
	if testing.Short() {
		t.Skip("reads many megabytes")
	}
	var steps strings.Builder
	for i := range 1000 {
		steps.WriteString(strings.Repeat(" ", i) + "a\n")
	}
	for name, unit := range map[string]string{
		"steps": steps.String(), "items": "- ", "numbers": "1. a\n", "numbers alone": "1. ", "fields": ":a: ", "fields and rows": ":a: b\n", "terms": "a\n  b\n", "stars": "*a ", "roles": ":a:`", "quotes": "``a", "links": "`a <", "notes": "[1]_ ", "bars": "|a",
		"drawn": "+-+\n|a|\n", "edges": "+-", "heads": "+-+-+\n|a|b|\n", "ruled heads": "a   b\n", "ruled": "= =\na b\n", "never ruled": "= =\n\n", "rules": "====\n", "sections": "a\n====\n", "directives": ".. note:: a\n", "comments": "..\n", "references": "a_ ", "escapes": `\a`, "lines": "a\n", "replaced": ".. |a| replace:: |a||a|\n",
	} {
		t.Run(name, func(t *testing.T) {
			source := strings.Repeat(unit, 1+1<<20/len(unit))
			switch name {
			case "heads":
				source += "+=+=+\n|c|d|\n+-+-+\n"
			case "ruled heads":
				source = "=== ===\n" + source + "=== ===\n1   2\n=== ===\n"
			}
			readertest.InTime(t, Read, source)
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("=====\nTitel\n=====\n\n.. sectnum::\n\nA\n-\n\n- a\n\n  #. b\n\n:f: g\n\nt : u\n  d::\n\n    c\n\n.. [1] n\n.. |s| replace:: r"))
	f.Add([]byte("+--+--+\n|a | b|\n+==+==+\n|c    |\n+--+--+\n\n==  ==\na   b\n==  ==\n1   2\n==  ==\n\n.. list-table::\n\n   * - x\n     - y"))
	f.Add([]byte("**b** *i* ``l`` :r:`t <u>` `v`_ w_ [1]_ |s| \\* _`x`\n\n.. csv-table::\n   :header: a\n\n   \"b\n   c\",d\n\n.. raw:: html\n\n   <p>x"))
	f.Fuzz(func(t *testing.T, data []byte) {
		readertest.Folded(t, readertest.Sound(t, Read, plain.Decode, data).Passages)
	})
}

func BenchmarkRead(b *testing.B) {
	source := []byte(strings.Repeat("Datenexport\n===========\n\nDer Auftragnehmer stellt sicher, dass alle **Daten** in einem `offenen\nFormat <x>`_ vorliegen.\n\n- CSV\n- JSON\n\n==  ====\nNr  Ort\n==  ====\n1   Bonn\n==  ====\n\n", 5000))
	b.SetBytes(int64(len(source)))
	for b.Loop() {
		if _, err := Read(context.Background(), source); err != nil {
			b.Fatal(err)
		}
	}
}
