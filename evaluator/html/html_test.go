package html

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

func TestRead(t *testing.T) {
	for name, test := range map[string]struct {
		source string
		want   []string
	}{
		"headings":            {"<h1>3.2 Daten\n<small>export</small></h1>\n<div role=heading aria-level=4>Frist</div>", []string{"1 heading1 [3.2] Daten export", "3 heading4 [] Frist"}},
		"paragraphs":          {"<p>\nEin\n<b>fetter</b> Absatz<p>Zwei&shy;ter</p>lose", []string{"2 paragraph [] Ein fetter Absatz", "3 paragraph [] Zweiter", "3 paragraph [] lose"}},
		"typed clause":        {"<p>1.1 Das Recht liegt bei uns.", []string{"1 paragraph [1.1] Das Recht liegt bei uns."}},
		"line breaks":         {"<p>eins<br>noch<br><br>\nzwei", []string{"1 paragraph [] eins noch", "2 paragraph [] zwei"}},
		"entities":            {"<p>&sect;&nbsp;5 &amp;lt; &#8364;", []string{"1 paragraph [] § 5 &lt; €"}},
		"images":              {"<p>a<img src=x alt='b &amp;lt; c'>d<img>", []string{"1 paragraph [] a b &lt; c d"}},
		"lists":               {"<ul><li>eins\n<ul><li>zwei</ul>\n<li><p>drei<p>mehr</ul>", []string{"1 item1 [] eins", "2 item2 [] zwei", "3 item1 [] drei", "3 paragraph [] mehr"}},
		"numbers":             {"<ol type=a start=26><li>z<li>aa<li value=3>c</ol><ol style='list-style-type: upper-roman'><li>x</ol><ol style='list-style:none'><li>y</ol>", []string{"1 item1 [z.] z", "1 item1 [aa.] aa", "1 item1 [c.] c", "1 item1 [I.] x", "1 item1 [] y"}},
		"reversed":            {"<ol reversed><li>x<li>y</ol><ol reversed start=9><li>x<li>y</ol>", []string{"1 item1 [2.] x", "1 item1 [1.] y", "1 item1 [9.] x", "1 item1 [8.] y"}},
		"terms":               {"<dl><dt>Frist\n<dd>3 Monate<p>mehr<dt>leer<dt>Formate<dd><ul><li>CSV</ul></dl>", []string{"1 row [] Frist | 3 Monate", "2 paragraph [] mehr", "2 paragraph [] leer", "2 paragraph [] Formate", "2 item1 [] CSV"}},
		"table":               {"<table><caption>Kriterien<tr><th>Nr<th>Wert\n<tr><td>1<td>x\n<tr><td><td>y</table>", []string{"1 paragraph [] Kriterien", "2 row [] 1 | x {Nr} {Wert}", "3 row [] y {Wert}"}},
		"merged cells":        {"<table><thead><tr><td rowspan=2>Nr<td colspan=2>Preis<tr><td>netto<td>brutto</thead><tr><td rowspan=2>1<td>2<td>3<tr><td>4<td>5</table>", []string{"1 row [] 1 | 2 | 3 {Nr} {Preis netto} {Preis brutto}", "1 row [] 4 | 5 {Preis netto} {Preis brutto}"}},
		"row headings":        {"<table><tr><th>Los<th>Preis<tr><th>A<td>1</table>", []string{"1 row [] A | 1 {Los} {Preis}"}},
		"part of a table":     {"<table><tr><th>Los<th>Preis<tr><th colspan=2>Teil 1<tr><td>A<td>1</table>", []string{"1 paragraph [] Teil 1", "1 row [] A | 1 {Los} {Preis}"}},
		"bold heading row":    {"<table><tr><td><b>Los</b><td><b>Preis</b><tr><td>A<td>1</table>", []string{"1 row [] A | 1 {Los} {Preis}"}},
		"names and values":    {"<table><tr><td>Stelle<td>Amt<tr><td>Frist<td>Mai</table>", []string{"1 row [] Stelle | Amt", "1 row [] Frist | Mai"}},
		"heading rows alone":  {"<table><tr><th>Los<th>Preis</table>", []string{"1 row [] Los | Preis"}},
		"layout":              {"<table role=presentation><tr><td>a<td>b</table><table><tr><td>c<tr><td><h2>d</h2>1.1 Ef<td>g</table>", []string{"1 paragraph [] a", "1 paragraph [] b", "1 paragraph [] c", "1 heading2 [] d", "1 paragraph [1.1] Ef", "1 paragraph [] g"}},
		"table in a cell":     {"<table><tr><td>a<td><table><tr><td>b<td>c</table>\nd</table>", []string{"1 paragraph [] a", "1 row [] b | c", "2 paragraph [] d"}},
		"quotation":           {"<blockquote><h2>Titel</h2><ul><li>Punkt</ul></blockquote>", []string{"1 quotation [] Titel", "1 quotation [] Punkt"}},
		"code":                {"<pre><code>\na: 1\n b:   &lt;\n\nc</code></pre>", []string{"2 code [] a: 1 b: <", "5 code [] c"}},
		"struck":              {"<p>a <del>weg</del> <s>weg</s> b", []string{"1 paragraph [] a b"}},
		"footnotes":           {"<p>a<sup><a href=#n1>1</a></sup>b<a href=#n2 role=doc-noteref>2</a><ol><li id=n1 role=doc-endnote>Note <a href=#r role=doc-backlink>↩</a></ol>", []string{"1 paragraph [] ab", "1 footnote [1.] Note"}},
		"footnotes of Office": {"<p>a<a class=sdfootnoteanc href=#s><sup>1</sup></a><div id=sdfootnote1><p><a class=sdfootnotesym href=#a>1</a>Note</div>", []string{"1 paragraph [] a", "1 footnote [1] Note"}},
		"marks of Word":       {"<p style='mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>b)<span> &nbsp; </span></span><![endif]>Punkt</p><p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Strich", []string{"1 item2 [b)] Punkt", "1 item1 [] Strich"}},
		"hidden":              {"<div hidden><p>a</div><p style='color:red;display: none'>b</p><p>c<span hidden>weg</span></p><table><tr><td>d<td hidden>e<td>f</table>", []string{"1 hidden paragraph [] a", "1 hidden paragraph [] b", "1 paragraph [] c", "1 row [] d | f"}},
		"unseen":              {"<script>'<p>'</script><style>a</style><template>b</template><noscript><p>c</p></noscript><svg><text>d</text><title>e</title></svg>f<button>g</button>", []string{"1 paragraph [] f"}},
		"details":             {"<details><summary>Mehr</summary>Inhalt</details>", []string{"1 paragraph [] Mehr", "1 paragraph [] Inhalt"}},
		"site":                {"<header>Portal</header><nav>Start</nav><div class='cookie-banner'>Cookies</div><main><header>Titel</header>Text<aside>Hinweis</aside></main><footer>Impressum</footer>", []string{"1 paragraph [] Titel", "1 paragraph [] Text", "1 paragraph [] Hinweis"}},
		"no main content":     {"<header>Titel</header><nav>Start</nav>Text<footer>Stand</footer>", []string{"1 paragraph [] Titel", "1 paragraph [] Text", "1 paragraph [] Stand"}},
		"navigation alone":    {"<nav>\n<a>Start</a></nav>", []string{"2 paragraph [] Start"}},
		"XHTML":               {"<?xml version='1.0'?><html><body><script src='a'/><p/><a id='b'/>Text</body></html>", []string{"1 paragraph [] Text"}},
		"wrong ends":          {"<p>a</div></td>b<div><p>c</span></div></ul>d", []string{"1 paragraph [] a", "1 paragraph [] b", "1 paragraph [] c", "1 paragraph [] d"}},
		"cells outside":       {"<td>a</td><td>b", []string{"1 paragraph [] a", "1 paragraph [] b"}},
		"latin":               {"<meta charset=iso-8859-15><p>Gr\xf6\xdfe \xa4", []string{"1 paragraph [] Größe €"}},
		"declared as XML":     {"<?xml version='1.0' encoding='iso-8859-2'?><p>\xb9", []string{"1 paragraph [] š"}},
		"undeclared":          {"<p>Gr\xf6\xdfe \x80", []string{"1 paragraph [] Größe €"}},
		"wide":                {"<\x00p\x00>\x00\xf6\x00", []string{"1 paragraph [] ö"}},
		"stray controls":      {"<p>" + strings.Repeat("Wort ", 50) + "a\x01b", []string{"1 paragraph [] " + strings.Repeat("Wort ", 50) + "ab"}},
		"line ends":           {"<p\r\nid=a>\r\na\r\r<p>b", []string{"3 paragraph [] a", "5 paragraph [] b"}},
	} {
		t.Run(name, func(t *testing.T) {
			readertest.Reads(t, Read, test.source, readertest.Show, test.want)
		})
	}
}

func TestTitle(t *testing.T) {
	for name, test := range map[string]struct{ source, want string }{
		"title":   {"<title> Lose &amp;\nPreise</title><p>a", "Lose & Preise"},
		"first":   {"<title>eins</title><title>zwei</title><p>a", "eins"},
		"drawing": {"<svg><title>Bild</title></svg><p>a", ""},
		"none":    {"<p>a", ""},
	} {
		t.Run(name, func(t *testing.T) {
			text, err := Read(context.Background(), []byte(test.source))
			if err != nil || text.Title != test.want {
				t.Errorf("title %q, error %v, want %q", text.Title, err, test.want)
			}
		})
	}
}

func TestFragment(t *testing.T) {
	got, err := Fragment(context.Background(), "<tr><th>A<th>B\n<tr><td>1<td>2</tr></table><li>x", Setting{Line: 7, Level: 1})
	if want := []string{"8 row [] 1 | 2 {A} {B}", "8 item1 [] x"}; err != nil || !reflect.DeepEqual(readertest.Show(got), want) {
		t.Errorf("got %q, error %v, want %q", readertest.Show(got), err, want)
	}
	got, err = Fragment(context.Background(), "<h2>a</h2>b", Setting{Line: 1, Quoted: true})
	if want := []string{"1 quotation [] a", "1 quotation [] b"}; err != nil || !reflect.DeepEqual(readertest.Show(got), want) {
		t.Errorf("got %q, error %v, want %q", readertest.Show(got), err, want)
	}
}

func TestReadRefuses(t *testing.T) {
	for name, test := range map[string]struct{ source, code string }{
		"nothing": {"", "empty"},
		"no text": {"<html><body><script>a</script><img></body>", "empty"},
		"binary":  {"PK\x03\x04\x00\x00", "not_text"},
	} {
		t.Run(name, func(t *testing.T) {
			readertest.Refuses(t, Read, test.source, test.code)
		})
	}
}

func TestContext(t *testing.T) {
	source := strings.Repeat("<p>a", 2*pause)
	readertest.Cancels(t, Read, source)
	readertest.EndsLate(t, Read, source)
}

func TestBounds(t *testing.T) {
	for name, source := range map[string]string{
		"passages":      strings.Repeat("<p>a", limit.Passages+1),
		"in a cell":     "<table><td>" + strings.Repeat("<p>a", limit.Passages+1),
		"cells":         "<table>" + strings.Repeat("<tr>"+strings.Repeat("<td>a", 100), limit.Cells/100+20),
		"headings":      "<table>" + strings.Repeat("<tr>"+strings.Repeat("<th>a", 100), limit.Cells/100+20),
		"text":          "<p>" + strings.Repeat("Wort ", limit.Text/5+1),
		"text of terms": "<dl>" + strings.Repeat("<dt>"+strings.Repeat("Wort ", 1000), limit.Text/5000+10),
	} {
		t.Run(name, func(t *testing.T) {
			text, err := Read(context.Background(), []byte(source))
			var refusal *limit.Refusal
			if errors.As(err, &refusal) && refusal.Code == "too_large" {
				return
			}
			if err != nil || len(text.Gaps) != 1 || text.Gaps[0].Reason != "too_large" {
				t.Errorf("%d passages, gaps %v, error %v", len(text.Passages), text.Gaps, err)
			}
		})
	}
}

// TestTime holds that time grows with length alone, whatever is repeated.
func TestTime(t *testing.T) {
	if testing.Short() {
		t.Skip("reads many megabytes")
	}
	for name, unit := range map[string]string{
		"divisions": "<div>", "bold": "<b>", "ends": "</div>", "lists": "<ul><li>", "items": "<li>", "tables": "<table><tr><td>",
		"cells": "<td>", "spans": "<td colspan=999 rowspan=999>", "rows": "<tr><td rowspan=0 colspan=999>", "comments": "<!--", "open tags": "<a b=", "quotes": "<blockquote>a",
		"attributes": "<p a b c d e f>", "references": "&amp", "breaks": "<br>", "terms": "<dl><dt>a", "code": "<pre>a\n", "struck": "<del>a", "closed": "<ul></li>", "paragraphs": "<p></p></p>",
		"heads": "<table><tr><th>a", "sup": "<sup><a href=#>", "scripts": "<script>", "text": "wort ",
	} {
		t.Run(name, func(t *testing.T) {
			readertest.InTime(t, Read, strings.Repeat(unit, 1<<20/len(unit)))
		})
	}
}

func TestCorpus(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join("..", "..", "..", "shared", "corpus", "*", "*.html"))
	if len(files) == 0 {
		t.Skip("the corpus is not there")
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if text, err := Read(context.Background(), data); err != nil || len(text.Gaps) > 0 {
			t.Errorf("%s: gaps %v, error %v", filepath.Base(file), text.Gaps, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("<title>T</title><nav>n</nav><main><h1>3.2 Titel</h1>\n<ol reversed><li>a<ul><li>b</ul></ol><blockquote>c</blockquote></main>"))
	f.Add([]byte("<table><thead><tr><th rowspan=2>A<th colspan=2>B</thead><tr><td hidden>1<td><table><td>x</table>\n<h2>y</table>"))
	f.Add([]byte("<dl><dt>a<dd>b<dt>c</dl><pre>\n\nd&#10;e</pre><p>x<sup><a href=#>1</a></sup><br><br>y<div role=doc-endnote>z"))
	f.Add([]byte("\xff\xfe<\x00p\x00>\x00"))
	f.Add([]byte("<p style='mso-list:l0 level2'><span style='mso-list:Ignore'>b)</span>w</p><svg><title>s</title></svg>\xe4"))
	f.Fuzz(func(t *testing.T, data []byte) {
		readertest.Folded(t, readertest.Sound(t, Read, decode, data).Passages)
	})
}

func BenchmarkRead(b *testing.B) {
	source := []byte("<html><body><main>" + strings.Repeat("<h2 class='title'>3.2 Datenexport</h2>\n<p>Der Auftragnehmer stellt sicher, dass alle <b>Daten</b> in einem offenen\nFormat vorliegen &ndash; ohne Kosten.</p>\n<ul><li>CSV</li><li>JSON</li></ul><table><tr><th>Nr.</th><th>Preis</th></tr><tr><td>1</td><td>2</td></tr></table>\n", 5000))
	b.SetBytes(int64(len(source)))
	for b.Loop() {
		if _, err := Read(context.Background(), source); err != nil {
			b.Fatal(err)
		}
	}
}
