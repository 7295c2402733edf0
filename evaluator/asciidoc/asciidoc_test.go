package asciidoc

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/plain"
	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

func TestRead(t *testing.T) {
	for name, test := range map[string]struct {
		source string
		want   []string
	}{
		"headings":            {"= Titel\n\n== 3.2 Export\n\n=== Frist\n\nSetext\n------\n\n## Raute", []string{"1 heading1 [] Titel", "3 heading2 [3.2] Export", "5 heading3 [] Frist", "7 heading2 [] Setext", "10 heading2 [] Raute"}},
		"numbered sections":   {"= T\n:sectnums:\n\n== A\n\n=== B\n\n=== C\n\n[discrete]\n=== Frei\n\n== D\n\n:sectnums!:\n\n== E", []string{"1 heading1 [] T", "4 heading2 [1.] A", "6 heading3 [1.1.] B", "8 heading3 [1.2.] C", "11 heading3 [] Frei", "13 heading2 [2.] D", "17 heading2 [] E"}},
		"appendix":            {":sectnums:\n\n== A\n\n[appendix]\n== B\n\n=== C", []string{"3 heading2 [1.] A", "6 heading2 [Appendix A] B", "8 heading3 [A.1.] C"}},
		"level offset":        {":leveloffset: +1\n\n== A", []string{"3 heading3 [] A"}},
		"paragraphs":          {"Erste +\nZeile\n// weg\nzwei\n\n1.1 Das Recht", []string{"1 paragraph [] Erste Zeile zwei", "6 paragraph [1.1] Das Recht"}},
		"lists":               {"* eins\nmehr\n** zwei\n* drei\n\n\n- vier\n\nText\n\n- fünf", []string{"1 item1 [] eins mehr", "3 item2 [] zwei", "4 item1 [] drei", "7 item2 [] vier", "9 paragraph [] Text", "11 item1 [] fünf"}},
		"numbers":             {". eins\n.. zwei\n... drei\n. vier\n\n//\n\n[start=4]\n. fünf\n\n//\n\n[upperroman]\n. sechs\n\n//\n\n7. sieben\n8. acht", []string{"1 item1 [1.] eins", "2 item2 [a.] zwei", "3 item3 [i.] drei", "4 item1 [2.] vier", "9 item1 [4.] fünf", "14 item1 [I.] sechs", "18 item1 [7.] sieben", "19 item1 [8.] acht"}},
		"reversed":            {"[%reversed]\n. a\n. b", []string{"2 item1 [2.] a", "3 item1 [1.] b"}},
		"continued":           {". eins\n+\nmehr\n+\n--\n* innen\n--\n. zwei", []string{"1 item1 [1.] eins", "3 paragraph [] mehr", "6 item2 [] innen", "8 item1 [2.] zwei"}},
		"boxes":               {"* [ ] offen\n* [x] da\n* [*] auch", []string{"1 item1 [[ ]] offen", "2 item1 [[x]] da", "3 item1 [[x]] auch"}},
		"terms":               {"Frist:: 3 Monate\nOrt::\n  Bonn\nListe::\n* a\nLeer::\n\n== B", []string{"1 row [] Frist | 3 Monate", "2 row [] Ort | Bonn", "4 paragraph [] Liste", "5 item2 [] a", "6 paragraph [] Leer", "8 heading2 [] B"}},
		"callouts":            {"----\na <1>\n----\n<1> eins", []string{"2 code [] a <1>", "4 item1 [1.] eins"}},
		"code":                {"[source,yaml]\n----\na: 1\n b:   {x}\n\n// c\n----\n\n....\nd\n....\n\n  e\n\n[source]\nf *g*", []string{"3 code [] a: 1 b: {x}", "6 code [] // c", "10 code [] d", "13 code [] e", "16 code [] f *g*"}},
		"blocks":              {"====\nBeispiel\n====\n\n****\nRand\n****\n\n[NOTE]\n--\nHinweis\n--\n\nTIP: Rat", []string{"2 paragraph [] Beispiel", "6 paragraph [] Rand", "11 paragraph [] Hinweis", "14 paragraph [] TIP: Rat"}},
		"quotations":          {"____\neins\n\n* zwei\n____\n\n[quote]\ndrei\n\n> vier\n> mehr", []string{"2 quotation [] eins", "4 quotation [] zwei", "8 quotation [] drei", "10 quotation [] vier mehr"}},
		"HTML":                {"++++\n\n<p>a</p>\n++++", []string{"3 paragraph [] a"}},
		"comments":            {"a\n\n////\nweg\n\nauch\n////\n\n// weg\nb", []string{"1 paragraph [] a", "10 paragraph [] b"}},
		"captions and images": {".Titel\nimage::a.png[Alt, 100]\n\nimage::b.png[]\n\nplantuml::c[]", []string{"1 paragraph [] Titel", "2 paragraph [] Alt"}},
		"footnotes":           {"a footnote:[Note mit link:x[y] und *fett*.] bfootnote:id[Zwei]", []string{"1 paragraph [] a b", "1 footnote [1] Note mit y und fett.", "1 footnote [2] Zwei"}},
		"attributes":          {":a: eins \\\n  zwei\n:b: {a}!\n\n{a} {b} \\{a} {fehlt} x{empty}y{set:c:3}{c}\n\n:a!:\n{a}", []string{"5 paragraph [] eins zwei eins zwei! {a} {fehlt} xy3", "8 paragraph [] {a}"}},
		"conditions":          {":a: 1\n\nifdef::a[ja]\nifdef::a,b[oder]\nifdef::a+b[nicht]\nifndef::b[]\nda\nifdef::b[]\nweg\nendif::[]\nendif::[]\nifeval::[{a} > 0]\ngrößer\nendif::[]\nifeval::[\"{x}\" == \"y\"]\nunklar\nendif::[]", []string{"3 paragraph [] ja oder da größer unklar"}},
		"table":               {"[cols=\"1,2\",options=header]\n|===\n|Nr |Wert\n\n|1\n|a \\| b\n|2 |c\n|===", []string{"5 row [] 1 | a | b {Nr} {Wert}", "7 row [] 2 | c {Nr} {Wert}"}},
		"implied heads":       {"|===\n|Nr |Wert\n\n|1 |2\n|===\n\n|===\n|Nr |Wert\n|1 |2\n|===", []string{"4 row [] 1 | 2 {Nr} {Wert}", "8 row [] Nr | Wert", "9 row [] 1 | 2"}},
		"merged cells":        {"[%header,cols=3*]\n|===\n2+|Wert |Ort\n.2+|a |b |c\n2+|d\n2*|e |f\n|===", []string{"4 row [] a | b | c {Wert} {Wert} {Ort}", "5 row [] d {Wert}", "6 row [] e | e | f {Wert} {Wert} {Ort}"}},
		"blocks in cells":     {"[cols=\"1,1a\"]\n|===\n|x\n|* p\n. q\n\na|y\n|!===\n!z\n!===\n|===", []string{"3 row [] x | p 1. q", "7 row [] y | z"}},
		"separated":           {",===\na,\"b, c\"\n\n1,2\n,===\n\n[format=dsv]\n|===\nx:y\n|===\n\n[format=csv,separator=;]\n|===\np;q\n|===", []string{"4 row [] 1 | 2 {a} {b, c}", "9 row [] x | y", "14 row [] p | q"}},
		"never ended":         {"====\na\n\n|===\n|b", []string{"2 paragraph [] a", "5 row [] b"}},
	} {
		t.Run(name, func(t *testing.T) {
			readertest.Reads(t, Read, test.source, readertest.Show, test.want)
		})
	}
}

func TestInline(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"formatted":       {"*fett* _kursiv_ `code` #markiert# **a**b __c__d ``e``f", "fett kursiv code markiert ab cd ef"},
		"nested":          {"*_beides_* `*a*`", "beides a"},
		"within words":    {"a*b*c snake_case_name 2 * 3 * 4", "a*b*c snake_case_name 2 * 3 * 4"},
		"raised":          {"H~2~O m^2^ a ^ b ~ c", "H2O m2 a ^ b ~ c"},
		"literal":         {"+*a*+ +++<b>_c_</b>+++ ++d_e_++", "*a* <b>_c_</b> d_e_"},
		"escaped":         {`\*a* C:\temp \<<b>>`, "*a* C:\\temp <<b>>"},
		"links":           {"https://a.de[Text, Wort] link:b.pdf[Datei] https://c.de/x_y_z mailto:d@e.de[Post^] https://f.de[]", "Text, Wort Datei https://c.de/x_y_z Post https://f.de"},
		"link attributes": {`https://a.de["a, b",window=_blank] https://b.de[c,role=x] https://d.de[role=y]`, "a, b c https://d.de"},
		"references":      {"<<a,Text>> <<b>> xref:c.adoc#d[Ziel] xref:e[] [[anker]]f [.rolle]#g#", "Text b Ziel e f g"},
		"brackets":        {"[optional] a[0] [1]", "[optional] a[0] [1]"},
		"index terms":     {"((Wort)) a(((b,c)))", "Wort a"},
		"images":          {"a image:b.png[Bild] c icon:d[]", "a Bild c"},
		"keys":            {"kbd:[Strg+C] menu:Datei[Neu] btn:[OK]", "Strg+C Datei > Neu OK"},
		"quoted":          {"\"`a *b*`\" '`c`'", "“a b” ‘c’"},
		"entities":        {"&sect; 5 &#8364; a &amp; b", "§ 5 € a & b"},
		"no macro":        {"Frist: [offen] a:b[c] http: //x", "Frist: [offen] a:b[c] http: //x"},
	} {
		t.Run(name, func(t *testing.T) {
			if got, _ := inline(test.text); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestTitleAndIncludes(t *testing.T) {
	text, err := Read(context.Background(), []byte("= Das *Portal*\n:dir: kapitel\n\ninclude::{dir}/a.adoc[]\ninclude::b.adoc[lines=1]\n\n----\ninclude::b.adoc[]\n----\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []austauschbar.Gap{{Reason: "included", Detail: "kapitel/a.adoc, b.adoc"}}
	if text.Title != "Das Portal" || !reflect.DeepEqual(text.Gaps, want) {
		t.Errorf("title %q, gaps %v, want %v", text.Title, text.Gaps, want)
	}
}

func TestReadRefuses(t *testing.T) {
	for name, test := range map[string]struct{ source, code string }{
		"nothing":      {"", "empty"},
		"no text":      {"////\na\n////\n:b: c\n", "empty"},
		"an inclusion": {"include::a.adoc[]", "included"},
		"binary":       {"PK\x03\x04", "not_text"},
		"signature":    {"-----BEGIN PGP SIGNATURE-----\n\nabc", "not_this_format"},
	} {
		t.Run(name, func(t *testing.T) {
			readertest.Refuses(t, Read, test.source, test.code)
		})
	}
}

func TestBounds(t *testing.T) {
	for name, source := range map[string]string{
		"passages":   strings.Repeat("a\n\n", limit.Passages+1),
		"attributes": ":a: " + strings.Repeat("Wort ", 800) + "\n:b: {a}{a}\n:c: {b}{b}\n\n" + strings.Repeat("{c}{c}{c}{c} ", 1000) + strings.Repeat("\n\nWort "+strings.Repeat("Wort ", 1000), limit.Text/5000),
		"copies":     "[cols=256*]\n|===\n" + strings.Repeat("256*|a\n", limit.Cells/256+2) + "|===",
	} {
		t.Run(name, func(t *testing.T) {
			text, err := Read(context.Background(), []byte(source))
			if err != nil || len(text.Gaps) != 1 || text.Gaps[0].Reason != "too_large" {
				t.Errorf("%d passages, gaps %v, error %v", len(text.Passages), text.Gaps, err)
			}
		})
	}
}

func TestContext(t *testing.T) {
	readertest.Cancels(t, Read, "a")
}

// TestTime holds that time grows with length alone, whatever is repeated.
func TestTime(t *testing.T) {
	if testing.Short() {
		t.Skip("reads many megabytes")
	}
	for name, unit := range map[string]string{
		"bold": "*a ", "closed": "*a* ", "double": "**", "opened": "[", "anchors": "[[", "macros": "link:a[", "targets": "link:", "nested macros": "link:a[[b]", "references": "<<", "index": "((a",
		"attributes": "{a}", "blocks": "====\n", "tables": "|===\n|a\n", "cells": "|a", "blank cells": "|", "items": "* a\n", "deeper": "* a\n** b\n.. c\n", "terms": "a:: ", "term lines": "a::\n", "conditions": "ifdef::a[]\n",
		"entries": ":a: {a}b\n", "listings": "----\na\n", "sections": "== a\n", "rules": "ab\n--\n", "quotes": "\"`a", "notes": "footnote:[", "escapes": `\*`, "lines": "a\n", "brackets": "a[]", "continued": "* a\n+\n", "lists": "[%reversed]\n. a\n",
		"cells of blocks": "|===\na|* b\n", "roles": "[.a]#b", "scripts": "^a~b", "entities": "&amp",
	} {
		t.Run(name, func(t *testing.T) {
			readertest.InTime(t, Read, strings.Repeat(unit, 1<<20/len(unit)))
			begun := time.Now()
			inline(strings.Repeat(unit, long/len(unit)))
			if taken := time.Since(begun); taken > 8*time.Second {
				t.Errorf("a text of %q took %v", unit, taken)
			}
		})
	}
}

func corpus(t testing.TB) []string {
	files, _ := filepath.Glob(filepath.Join("..", "..", "..", "shared", "corpus", "*", "*.adoc"))
	if len(files) == 0 {
		t.Skip("the corpus is not there")
	}
	return files
}

func TestCorpus(t *testing.T) {
	for _, file := range corpus(t) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text, err := Read(context.Background(), data)
		if err != nil || len(text.Passages) < 5 {
			t.Errorf("%s: %d passages, error %v", filepath.Base(file), len(text.Passages), err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("= T\n:sectnums:\n:a: b\n\n== {a}\n\n. x\n.. y\n+\nz footnote:[n]\n\nt:: d\n\n[appendix]\n== A"))
	f.Add([]byte("[%header,cols=\"1,2a\"]\n|===\n|a |b\n\n2+|c\n.2+|d a|* e\n\n!===\n!f\n!===\n|===\n,===\n1,\"2\n3\"\n,==="))
	f.Add([]byte("ifdef::a[]\nx\nendif::[]\n////\ny\n////\n----\nz\n\n--\n----\n____\nq\n____\n++++\n<p>h\n++++\ninclude::i[]"))
	f.Add([]byte("*b* _i_ `m` #h# <<r,t>> link:u[v,w=x] https://y[z] \"`q`\" ((i)) [[a]] {sp} \\*e* ^s^ +l+ image:i[alt]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		readertest.Folded(t, readertest.Sound(t, Read, plain.Decode, data).Passages)
	})
}

func BenchmarkRead(b *testing.B) {
	var all []byte
	for _, path := range corpus(b) {
		data, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		all = append(append(all, data...), '\n', '\n')
	}
	b.SetBytes(int64(len(all)))
	for b.Loop() {
		if _, err := Read(context.Background(), all); err != nil {
			b.Fatal(err)
		}
	}
}
