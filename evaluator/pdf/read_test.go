package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

func TestMain(m *testing.M) {
	Work()
	code := m.Run()
	if err := Close(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// show writes passages as lines: page, kind with level, number, text.
func show(passages []austauschbar.Passage) []string {
	var shown []string
	for _, p := range passages {
		level := ""
		if p.Level > 0 {
			level = fmt.Sprint(p.Level)
		}
		shown = append(shown, fmt.Sprintf("%d %s%s [%s] %s", p.Page, p.Kind, level, p.Number, p.Text))
	}
	return shown
}

func TestRead(t *testing.T) {
	title := func(y float64, text string) placed { return placed{70, y, 14, true, text} }
	foot := func(number int) placed { return placed{70, 40, 9, false, fmt.Sprintf("Seite %d von 3", number)} }
	head := placed{70, 800, 9, false, "Stadt Musterstadt - Leistungsbeschreibung"}
	for name, test := range map[string]struct {
		sheets []sheet
		want   []string
	}{
		"paragraphs by their distance": {
			[]sheet{column(700, "Der Auftragnehmer liefert alle Daten in einem", "offenen Format und beschreibt es.", "", "Der Export ist jederzeit ohne Zutun des", "Auftragnehmers auszuloesen.")},
			[]string{"1 paragraph [] Der Auftragnehmer liefert alle Daten in einem offenen Format und beschreibt es.", "1 paragraph [] Der Export ist jederzeit ohne Zutun des Auftragnehmers auszuloesen."},
		},
		"paragraphs by a short last line": {
			[]sheet{column(700, "Der Auftragnehmer liefert alle Daten in einem", "offenen Format.", "Der Export ist jederzeit ohne Zutun auch des", "Auftragnehmers auszuloesen.")},
			[]string{"1 paragraph [] Der Auftragnehmer liefert alle Daten in einem offenen Format.", "1 paragraph [] Der Export ist jederzeit ohne Zutun auch des Auftragnehmers auszuloesen."},
		},
		"headings": {
			[]sheet{append(column(650, "Der Export umfasst alle Daten und auch alle", "Metadaten."), title(700, "3.2.1 Datenexport"), title(730, "3 Anforderungen"), title(760, "Leistungsbeschreibung"))},
			[]string{"1 paragraph [] Der Export umfasst alle Daten und auch alle Metadaten.", "1 heading3 [3.2.1] Datenexport", "1 heading1 [3] Anforderungen", "1 heading1 [] Leistungsbeschreibung"},
		},
		"clauses are no headings": {
			[]sheet{column(700, "5.1 Der Auftragnehmer liefert alle Daten in einem", "offenen Format.", "5.2 Die Frist betraegt zwei Wochen", "5.3 Es gilt deutsches Recht")},
			[]string{"1 paragraph [5.1] Der Auftragnehmer liefert alle Daten in einem offenen Format.", "1 paragraph [5.2] Die Frist betraegt zwei Wochen", "1 heading2 [5.3] Es gilt deutsches Recht"},
		},
		"lists": {
			[]sheet{column(700, "Zu liefern sind:", "• CSV mit einer Beschreibung aller Felder und", "aller Schluessel", "• JSON", "a) offen", "b) frei", "1. eins", "2. zwei")},
			[]string{"1 paragraph [] Zu liefern sind:", "1 item1 [] CSV mit einer Beschreibung aller Felder und aller Schluessel", "1 item1 [] JSON", "1 item1 [a)] offen", "1 item1 [b)] frei", "1 item1 [1.] eins", "1 item1 [2.] zwei"},
		},
		"hyphens": {
			[]sheet{column(700, "Der Auftragnehmer liefert alle Daten aus der Daten-", "bank, auch aus der Oracle-", "Datenbank, der Haupt-", "und der Nebenstelle.")},
			[]string{"1 paragraph [] Der Auftragnehmer liefert alle Daten aus der Datenbank, auch aus der Oracle-Datenbank, der Haupt- und der Nebenstelle."},
		},
		"over a page's end": {
			[]sheet{
				append(column(130, "Der Auftragnehmer liefert alle Daten, die die Verle-"), head, foot(1)),
				append(column(770, "gungen betreffen, und zwar ohne Verzug und in der Form,"), head, foot(2)),
				append(column(770, "die vereinbart ist."), head, foot(3)),
			},
			[]string{"1 paragraph [] Der Auftragnehmer liefert alle Daten, die die Verlegungen betreffen, und zwar ohne Verzug und in der Form, die vereinbart ist."},
		},
		"counted headings stay": {
			[]sheet{column(790, "Anforderung 4", "", "eins ist hier zu tun."), column(790, "Anforderung 9", "", "zwei ist hier zu tun."), column(790, "Anforderung 30", "", "drei ist hier zu tun.")},
			[]string{"1 paragraph [] Anforderung 4", "1 paragraph [] eins ist hier zu tun.", "2 paragraph [] Anforderung 9", "2 paragraph [] zwei ist hier zu tun.", "3 paragraph [] Anforderung 30", "3 paragraph [] drei ist hier zu tun."},
		},
		"contents": {
			[]sheet{append(column(700, "1 Anlass ........................ 1", "1.1 Ziele ....................... 1", "Name: ..........................."), title(600, "1 Anlass"), title(570, "1.1 Ziele"))},
			[]string{"1 paragraph [] Name: ...........................", "1 heading1 [1] Anlass", "1 heading2 [1.1] Ziele"},
		},
		"footnote": {
			[]sheet{append(column(700, "Der Auftragnehmer liefert alle Daten in einem", "offenen Format."), placed{70, 100, 8, false, "1 Siehe das Gesetz ueber Formate."})},
			[]string{"1 paragraph [] Der Auftragnehmer liefert alle Daten in einem offenen Format.", "1 footnote [1] Siehe das Gesetz ueber Formate."},
		},
	} {
		t.Run(name, func(t *testing.T) {
			text, err := Read(context.Background(), file("", test.sheets...))
			if err != nil {
				t.Fatal(err)
			}
			if got := show(text.Passages); !reflect.DeepEqual(got, test.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

func TestReadProperties(t *testing.T) {
	text, err := Read(context.Background(), file("Ein Titel", column(700, "Eins."), sheet{}, column(700, "Drei.")))
	if err != nil {
		t.Fatal(err)
	}
	if text.Title != "Ein Titel" || text.Pages != 3 || len(text.Gaps) != 0 || text.Passages[1].Page != 3 {
		t.Errorf("got %+v", text)
	}
}

func TestReadRefuses(t *testing.T) {
	expired, cancel := context.WithDeadline(context.Background(), time.Now().Add(-time.Second))
	defer cancel()
	whole := file("", column(700, "Text"))
	for name, test := range map[string]struct {
		ctx  context.Context
		data []byte
		code string
	}{
		"nothing":   {context.Background(), nil, "empty"},
		"too large": {context.Background(), make([]byte, limit.File+1), "too_large"},
		"no PDF":    {context.Background(), []byte("Text"), "damaged"},
		"no text":   {context.Background(), file("", sheet{}), "no_text"},
		"late":      {expired, whole, "timeout"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read(test.ctx, test.data)
			var refusal *limit.Refusal
			if !errors.As(err, &refusal) || refusal.Code != test.code || !errors.Is(err, austauschbar.ErrUnreadable) {
				t.Errorf("got %v, want %s", err, test.code)
			}
		})
	}
}

func TestReadCancelled(t *testing.T) {
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(cancelled, file("", column(700, "Text"))); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestGarbled(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want bool
	}{
		"text":    {strings.Repeat("Ein Satz, wie er sein soll. ", 20), false},
		"prices":  {strings.Repeat("1.200,00 € | ", 40), false},
		"leaders": {strings.Repeat("Anlass ......... 1 ", 40), false},
		"signs":   {strings.Repeat("! $ & ( % * ", 40), true},
		"few":     {"* * *", false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := garbled(page{Lines: []line{{Text: test.text}}}); got != test.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

// TestTextLate has a reading that got no further than its second page.
func TestTextLate(t *testing.T) {
	expired, cancel := context.WithDeadline(context.Background(), time.Now().Add(-time.Second))
	defer cancel()
	r := &reading{overview: overview{Pages: 9}}
	r.keep(2, page{}, errors.New("damaged"))
	r.keep(1, page{Lines: []line{{Text: "Text der ersten Seite"}}}, nil)
	text, err := r.text(expired, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []austauschbar.Gap{{Reason: "page_unreadable", Detail: "2"}, {Reason: "timeout", Detail: "from page 3"}}
	if !reflect.DeepEqual(text.Gaps, want) || len(text.Passages) != 1 {
		t.Errorf("got %+v", text)
	}
}

func TestReadAfterClose(t *testing.T) {
	if err := Prepare(context.Background()); err != nil {
		t.Fatal(err)
	}
	if !Prepared() {
		t.Error("not prepared though prepared")
	}
	if err := Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(context.Background(), file("", column(700, "Text"))); err != nil {
		t.Error(err)
	}
}

// boasting returns a document that says it has more pages than it has.
func boasting() []byte {
	return bytes.Replace(file("", column(700, "Text")), []byte("/Count 1/"), []byte("/Count 999999/"), 1)
}

func TestReadMissingPages(t *testing.T) {
	text, err := Read(t.Context(), boasting())
	want := []austauschbar.Gap{{Reason: "page_unreadable", Detail: "2-301"}, {Reason: "damaged", Detail: "from page 302"}}
	if err != nil || len(text.Passages) != 1 || !reflect.DeepEqual(text.Gaps, want) {
		t.Errorf("%+v, %v", text, err)
	}
}

// corpus returns the PDF files of a folder of the corpus, and skips where it is
// absent.
func corpus(t testing.TB, folder string) []string {
	paths, err := filepath.Glob("../../../shared/corpus/" + folder + "/*.pdf")
	if err != nil || len(paths) == 0 {
		t.Skip("the corpus is not here")
	}
	return paths
}

func TestReadRobustness(t *testing.T) {
	codes := map[string]string{
		"docling_ocr_test.pdf": "no_text", "pdfjs_GHOSTSCRIPT-698804-1-fuzzed.pdf": "no_text", "pdfjs_bug1020226.pdf": "damaged",
		"pdfjs_poppler-395-0-fuzzed.pdf": "damaged", "pdfjs_pr6531_1.pdf": "encrypted", "pdfjs_empty.pdf": "no_text",
	}
	for _, path := range corpus(t, "robustness") {
		name := filepath.Base(path)
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			text, err := Read(context.Background(), data)
			code := ""
			var refusal *limit.Refusal
			if errors.As(err, &refusal) {
				code = refusal.Code
			}
			if code != codes[name] || err != nil && refusal == nil {
				t.Errorf("got %v with %d passages, want %q", err, len(text.Passages), codes[name])
			}
		})
	}
}

// TestReadTenders compares with what another program finds in the same files.
func TestReadTenders(t *testing.T) {
	paths := corpus(t, "tenders")
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext is not installed")
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			text, err := Read(context.Background(), data)
			if err != nil || len(text.Gaps) > 0 {
				t.Fatal(err, text.Gaps)
			}
			output, err := exec.Command("pdftotext", "-raw", path, "-").Output()
			if err != nil {
				t.Fatal(err)
			}
			theirs := map[string]int{}
			for _, word := range words(string(output)) {
				theirs[word]++
			}
			total, alien, before := 0, 0, 1
			for _, p := range text.Passages {
				for _, word := range words(p.Number + " " + p.Text) {
					total++
					if theirs[word]--; theirs[word] < 0 {
						alien++
					}
				}
				if p.Text == "" || p.Page < before || p.Page > text.Pages {
					t.Fatalf("%+v behind page %d, of %d", p, before, text.Pages)
				}
				before = p.Page
			}
			left := 0
			for _, count := range theirs {
				left += max(0, count)
			}
			if 100*alien > total || 20*left > total {
				t.Errorf("of %d words, %d are not in the file; %d of the file's are missing", total, alien, left)
			}
		})
	}
}

func words(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

func FuzzRead(f *testing.F) {
	f.Add(file("Titel", column(700, "3.2 Titel", "", "Text"), column(700, "• eins")))
	f.Add(fileOf("", "70 690 m 400 690 l S 70 660 m 400 660 l S BT /F 10 Tf 1 0 0 1 75 670 Tm (1) Tj ET BT /F 10 Tf 1 0 0 1 200 670 Tm (zwei) Tj ET"))
	f.Add(boasting())
	paths, _ := filepath.Glob("../../../shared/corpus/robustness/*.pdf") // none where the corpus is absent
	for _, path := range paths {
		if data, err := os.ReadFile(path); err == nil && len(data) < 30_000 {
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		text, err := Read(ctx, data)
		if err != nil && !errors.Is(err, austauschbar.ErrUnreadable) {
			t.Fatal(err)
		}
		check(t, text.Passages, text.Pages)
		if again, _ := Read(ctx, data); ctx.Err() == nil && !reflect.DeepEqual(again, text) {
			t.Errorf("%+v, and then %+v", text, again)
		}
	})
}

// check checks what holds for the passages of any document of so many pages.
func check(t *testing.T, passages []austauschbar.Passage, pages int) {
	t.Helper()
	paragraph := 0
	for _, p := range passages {
		if p.Text == "" || p.Page < 1 || p.Page > pages || p.Paragraph != paragraph+1 {
			t.Errorf("%+v of %d pages, behind paragraph %d", p, pages, paragraph)
		}
		paragraph = p.Paragraph
		if p.Kind == austauschbar.Row && (len(p.Cells) == 0 || joined(p.Cells) != p.Text) {
			t.Errorf("%+v has other cells than text", p)
		}
		for _, c := range p.Cells {
			if c.Text == "" {
				t.Errorf("%+v has an empty cell", p)
			}
		}
	}
}

// FuzzCompose sets lines, pieces of them and drawn lines at odd places.
func FuzzCompose(f *testing.F) {
	f.Add("3.2 Titel\nText-\nende\n• eins", uint16(3), uint16(700))
	f.Add("1 A ..... 2\nSeite 1\n\fA\nSeite 2", uint16(0), uint16(0))
	f.Add("A\nSeite1\f Seite#", uint16(0), uint16(140)) // a sign where another page has a number
	f.Add("Nr.|Art\n1|A\n2|B\f3|C\n|D", uint16(12), uint16(90))
	f.Fuzz(func(t *testing.T, text string, step, seed uint16) {
		var pages []page
		for i, part := range strings.Split(text, "\f") {
			p := page{Number: i + 1, Width: 595, Height: 842, Lines: splitLines(part)}
			for at := range p.Lines {
				place := float64((int(seed) + at*int(step)) % 842)
				l := &p.Lines[at]
				l.Left, l.Base, l.Right, l.Size = place/3, 842-place, place, float64(seed%20)
				cells := strings.Split(l.Text, "|")
				for column, cell := range cells {
					if left := l.Left + float64(column*int(step)); len(cells) > 1 {
						l.Pieces = append(l.Pieces, piece{cell, left, left + float64(seed%70)})
					}
				}
				p.Rules = append(p.Rules, rule{l.Left - 2, l.Base + 12, l.Left + float64(step), l.Base + 12}, rule{place / 2, l.Base, place / 2, l.Base + float64(step%90)})
			}
			pages = append(pages, p)
		}
		check(t, compose(pages, []bookmark{{"Titel", 2}}, wanted), len(pages))
	})
}

// BenchmarkRead reads a document of 300 pages and, where the corpus is, tenders.
// "of_pdftotext" is the share of the time that pdftotext takes for the same.
func BenchmarkRead(b *testing.B) {
	line := "Der Auftragnehmer liefert alle Daten in einem offenen Format und beschreibt es."
	sheets := make([]sheet, 300)
	for i := range sheets {
		sheets[i] = column(770, slices.Repeat([]string{line, line, "mit allen Feldern.", ""}, 12)...)
	}
	documents := map[string][]byte{"300_pages": file("", sheets...)}
	paths, _ := filepath.Glob("../../../shared/corpus/tenders/*.pdf") // none where the corpus is absent
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		documents[filepath.Base(path)] = data
	}
	if err := Prepare(b.Context()); err != nil {
		b.Fatal(err)
	}
	for name, data := range documents {
		b.Run(name, func(b *testing.B) {
			pages := 0
			for b.Loop() {
				text, err := Read(b.Context(), data)
				if err != nil {
					b.Fatal(err)
				}
				pages = text.Pages
			}
			took := b.Elapsed() / time.Duration(b.N)
			b.ReportMetric(float64(took.Microseconds())/1000/float64(pages), "ms/page")
			if theirs := pdftotext(b, data); theirs > 0 {
				b.ReportMetric(float64(took)/float64(theirs), "of_pdftotext")
			}
		})
	}
}

// pdftotext returns how long pdftotext takes at best of five, 0 where it is not
// installed.
func pdftotext(b *testing.B, data []byte) time.Duration {
	path := filepath.Join(b.TempDir(), "a.pdf")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		b.Fatal(err)
	}
	best := time.Duration(0)
	for range 5 {
		start := time.Now()
		if exec.Command("pdftotext", path, os.DevNull).Run() != nil {
			return 0
		}
		if took := time.Since(start); best == 0 || took < best {
			best = took
		}
	}
	return best
}
