package markdown

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/plain"
	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

// show writes passages as lines: line, kind with level, number, text.
func show(passages []austauschbar.Passage) []string {
	var shown []string
	for _, p := range passages {
		level := ""
		if p.Level > 0 {
			level = fmt.Sprint(p.Level)
		}
		shown = append(shown, fmt.Sprintf("%d %s%s [%s] %s", p.Line, p.Kind, level, p.Number, p.Text))
	}
	return shown
}

func TestRead(t *testing.T) {
	for name, test := range map[string]struct {
		source string
		want   []string
	}{
		"headings":           {"# Titel\n\n## 3.2 Datenexport\n\nSo\n==\n", []string{"1 heading1 [] Titel", "3 heading2 [3.2] Datenexport", "5 heading1 [] So"}},
		"heading no number":  {"# 3.2 Mio. Euro\n\n## 10.000 Nutzer", []string{"1 heading1 [] 3.2 Mio. Euro", "3 heading2 [] 10.000 Nutzer"}},
		"heading no blank":   {"##4.1 Scope\nText\n\n#123 is done", []string{"1 heading2 [4.1] Scope", "2 paragraph [] Text", "4 paragraph [] #123 is done"}},
		"section":            {"## § 5 Laufzeit\n\n### Anlage 2: Preise", []string{"1 heading2 [§ 5] Laufzeit", "3 heading3 [Anlage 2] Preise"}},
		"paragraph":          {"\n\nErste\nZeile  \nzweite\\\ndritte", []string{"3 paragraph [] Erste Zeile zweite dritte"}},
		"typed clause":       {"1.1 Das Recht liegt bei uns.\n\n1\\.2 Auch das.", []string{"1 paragraph [1.1] Das Recht liegt bei uns.", "3 paragraph [1.2] Auch das."}},
		"question":           {"Frage: Ist CSV recht?\n\nAntwort: Ja.", []string{"1 paragraph [] Frage: Ist CSV recht?", "3 paragraph [] Antwort: Ja."}},
		"lists":              {"- eins\n  - zwei\n\n    mehr\n- drei\n\n4. vier\n5. fünf\n", []string{"1 item1 [] eins", "2 item2 [] zwei", "4 paragraph [] mehr", "5 item1 [] drei", "7 item1 [4.] vier", "8 item1 [5.] fünf"}},
		"loose list":         {"1) eins\n\n2) zwei", []string{"1 item1 [1)] eins", "3 item1 [2)] zwei"}},
		"tasks":              {"- [ ] offen\n- [x] erledigt", []string{"1 item1 [[ ]] offen", "2 item1 [[x]] erledigt"}},
		"quotation":          {"> Hinweis\n> mehr\n>\n> - Punkt\n", []string{"1 quotation [] Hinweis mehr", "4 quotation [] Punkt"}},
		"code":               {"```yaml\na: 1\nb:   2\n\nc: 3\n```\n\n    indented", []string{"2 code [] a: 1 b: 2", "5 code [] c: 3", "8 code [] indented"}},
		"prose set in":       {"# A\n\n    1.1 Zweck\n        Das Lastenheft dient als Basis für die Ausschreibung und den Vertrag.\n\n    - CSV\n    - XML\n", []string{"1 heading1 [] A", "3 heading2 [1.1] Zweck", "4 paragraph [] Das Lastenheft dient als Basis für die Ausschreibung und den Vertrag.", "6 item1 [] CSV", "7 item1 [] XML"}},
		"commands set in":    {"    docker compose -f compose.yml up -d --build\n    make all test lint docs and then go home\n    x=1; y=2; z=f(x, y)\n", []string{"1 code [] docker compose -f compose.yml up -d --build make all test lint docs and then go home x=1; y=2; z=f(x, y)"}},
		"inline":             {"**fett** *kursiv* `a  *b*` [Text](http://x \"t\") ![Bild](b.png) <http://y.de> ~~weg~~ a\\*b &amp; &#228; \\&amp;", []string{"1 paragraph [] fett kursiv a *b* Text Bild http://y.de a*b & ä &amp;"}},
		"table of contents":  {"[<span class=\"u\">4.6 Early\nTermination</span>](#early-termination)\n\n- [Exit](#exit)\n- [Export](#export)\n\n[A](#a) [B](#b)\n\nSee [Exit](#exit).\n\n[Away](http://x)", []string{"9 paragraph [] See Exit.", "11 paragraph [] Away"}},
		"inline HTML":        {"a <b>fett</b> <!-- weg --> x<br>y", []string{"1 paragraph [] a fett x y"}},
		"comment":            {"<!-- weg\n\nimmer noch -->\n\nda", []string{"5 paragraph [] da"}},
		"HTML":               {"<div>\n<h2>Titel</h2>\n<p>Text &amp; mehr</p>\n<ul><li>eins</li>\n<li>zwei</li></ul>\n</div>", []string{"2 heading2 [] Titel", "3 paragraph [] Text & mehr", "4 item1 [] eins", "5 item1 [] zwei"}},
		"HTML table":         {"<table>\n<tr><th>A</th>\n<th>B</th></tr>\n<tr><td><p>1</p></td><td></td><td>2</td></tr>\n</table>", []string{"4 row [] 1 | 2"}},
		"script":             {"<script>\nweg()\n</script>\n\nda", []string{"5 paragraph [] da"}},
		"footnote":           {"Text[^1] mehr.\n\n[^1]: Die Note.\n\nEnde.\n\n[^x]: Ohne Bezug.", []string{"1 paragraph [] Text mehr.", "3 footnote [1] Die Note.", "5 paragraph [] Ende.", "7 footnote [x] Ohne Bezug."}},
		"front matter":       {"---\ntitle: \"Ein Titel\"\na: b\n---\n# Da", []string{"5 heading1 [] Da"}},
		"rule, no matter":    {"---\n\nText\n\n---\n", []string{"3 paragraph [] Text"}},
		"soft hyphen":        {"Daten\u00adbank\u00a0alt", []string{"1 paragraph [] Datenbank alt"}},
		"carriage returns":   {"# A\r\n\r\nB\r\n", []string{"1 heading1 [] A", "3 paragraph [] B"}},
		"link definition":    {"[a]: http://x\nText [a]", []string{"2 paragraph [] Text a"}},
		"table":              {"| A | B |\n|---|---|\n| 1 | 2 |\n|  | x \\| y |\n", []string{"3 row [] 1 | 2", "4 row [] x | y"}},
		"table of a heading": {"| A | B |\n|---|---|\n", []string{"1 row [] A | B"}},
	} {
		t.Run(name, func(t *testing.T) {
			readertest.Reads(t, Read, test.source, show, test.want)
		})
	}
}

func TestReadCells(t *testing.T) {
	text, err := Read(context.Background(), []byte("| Nr. | **Kriterium** | Gewicht |\n|---|---|--:|\n| 1 |  | 30 % |\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []austauschbar.Cell{{Header: "Nr.", Text: "1"}, {Header: "Gewicht", Text: "30 %"}}
	if got := text.Passages[0].Cells; !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestReadTitle(t *testing.T) {
	for source, want := range map[string]string{
		"---\ntitle: 'Ein Titel'\n---\nText":    "Ein Titel",
		"+++\ntitle = \"Ein Titel\"\n+++\nText": "Ein Titel",
		"---\nauthor: x\n---\nText":             "",
		"---\ntitle: x\n\nohne Ende":            "",
		"# Titel":                               "",
	} {
		if text, err := Read(context.Background(), []byte(source)); err != nil || text.Title != want {
			t.Errorf("%q: title %q, want %q (%v)", source, text.Title, want, err)
		}
	}
}

func TestReadHostile(t *testing.T) {
	for name, source := range map[string]string{
		"quotes":       strings.Repeat(">", 100_000) + " Ende",
		"quote lines":  strings.Repeat(strings.Repeat("> ", 5000)+"x\n", 10) + "Ende",
		"lists":        strings.Repeat("- ", 100_000) + "Ende",
		"emphasis":     strings.Repeat("*a_ ", 100_000) + "Ende",
		"brackets":     strings.Repeat("[", 100_000) + "Ende",
		"links":        strings.Repeat("[a](", 50_000) + "Ende",
		"backticks":    strings.Repeat("` `` ```", 30_000) + "Ende",
		"comments":     strings.Repeat("a <!-- ", 50_000) + "Ende",
		"wide table":   strings.Repeat("|a", 5000) + "|\n" + strings.Repeat("|-", 5000) + "|\n" + strings.Repeat("|a|\n", 5000) + "\nEnde",
		"notes":        strings.Repeat("[^a]: x\n\n", 30_000) + "Ende",
		"small blocks": strings.Repeat(strings.Repeat("*a_ ", 1000)+"\n\n", 2000) + "Ende",
	} {
		t.Run(name, func(t *testing.T) {
			if !hostile(source) {
				t.Error("is taken for harmless")
			}
			text, err := Read(context.Background(), []byte(source))
			if err != nil {
				t.Fatal(err)
			}
			if last := text.Passages[len(text.Passages)-1]; !strings.HasSuffix(last.Text, "Ende") {
				t.Errorf("ends with %.50q", last.Text)
			}
		})
	}
}

func TestReadRefuses(t *testing.T) {
	for name, test := range map[string]struct{ source, code string }{
		"nothing": {"", "empty"}, "comment": {"<!-- nur ein Kommentar -->", "empty"}, "binary": {"a\x00b", "not_text"},
	} {
		t.Run(name, func(t *testing.T) {
			readertest.Refuses(t, Read, test.source, test.code)
		})
	}
}

// corpus returns the Markdown files of the corpus, and skips where it is absent.
func corpus(t testing.TB) []string {
	paths, err := filepath.Glob("../../../shared/corpus/*/*.md")
	if err != nil || len(paths) == 0 {
		t.Skip("the corpus is not here")
	}
	return paths
}

func TestReadCorpus(t *testing.T) {
	for _, path := range corpus(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			source, err := plain.Decode(data)
			if err != nil {
				t.Fatal(err)
			}
			if hostile(source) {
				t.Fatal("is taken for hostile")
			}
			text, err := Read(context.Background(), data)
			if err != nil {
				t.Fatal(err)
			}
			all := strings.Split(source, "\n")
			before, letters := 0, 0
			for _, p := range text.Passages {
				if p.Line < before || p.Line > len(all) {
					t.Fatalf("line %d after %d, of %d", p.Line, before, len(all))
				}
				before = p.Line
				letters += count(p.Text)
				if first := words(p.Text); len(first) > 0 && !strings.Contains(strings.Join(words(all[p.Line-1]), " "), first[0]) {
					t.Errorf("line %d does not hold %q", p.Line, first[0])
				}
			}
			if whole := count(source); 10*letters < 6*whole {
				t.Errorf("only %d of %d letters are read", letters, whole)
			}
		})
	}
}

func words(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

func count(text string) int {
	letters := 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("# A\n\n> - x\n\n| a | b |\n|--|--|\n| c | d |\n\n[^1]: Note\n\n<div>\n<p>x</p></div>\n\n```\ncode\n```\n"))
	f.Add([]byte("---\ntitle: x\n---\n1. a\n   - [ ] b\n\n~~weg~~ ![i](j) [^1]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		readertest.Sound(t, Read, plain.Decode, data)
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
