package templates

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/templates/browsertest"
)

// aTrend has reviews with and without scores, its names put to a text.
func aTrend(text string) austauschbar.HistoryTrend {
	trend := austauschbar.HistoryTrend{ID: "00112233445566778899aabbccddeeff"}
	for i, score := range []float64{38.5, -1, 54.25, 71} {
		entry := austauschbar.HistoryEntry{
			ID: fmt.Sprint("r", i), Change: austauschbar.Change{Forge: "github", Repository: text, Number: 12, Head: fmt.Sprintf("%d123456789abcdef", i)}, Dossier: text,
			Kept: time.Date(2026, 11, 20+i, 9, 30, 0, 0, time.UTC), HistorySummary: austauschbar.HistorySummary{Title: text},
		}
		entry.Score.Coverage, entry.Score.Gate = 0.25*float64(i), "closed"
		if score >= 0 {
			entry.Score.Overall, entry.Score.Level = &score, "C"
		} else {
			entry.Score.Gate = "open"
		}
		trend.Entries = append(trend.Entries, entry)
	}
	return trend
}

// historyPages writes each page of the server, by its address.
func historyPages(t testing.TB, words *Words, text string) map[string][]byte {
	t.Helper()
	trend := aTrend(text)
	unrated := austauschbar.HistoryTrend{ID: "x", Entries: trend.Entries[1:2]}
	pages := map[string][]byte{}
	for at, write := range map[string]func(*bytes.Buffer) error{
		"": func(out *bytes.Buffer) error {
			return words.HistoryTrends(out, []austauschbar.HistoryTrend{trend, unrated})
		},
		"changes/x": func(out *bytes.Buffer) error { return words.HistoryTrend(out, trend) },
		"criteria": func(out *bytes.Buffer) error {
			return words.HistoryCriteria(out, []austauschbar.HistoryCriterion{{ID: "EX-02", Title: "Exit strategy", Dossiers: 3, Open: 12, Waived: 1}, {ID: text, Title: text}})
		},
		"settings": func(out *bytes.Buffer) error {
			return words.HistorySettings(out, []austauschbar.HistorySetting{{Name: "--listen", Value: ":8080"}, {Name: text, Value: text}, {Name: "--profile"}})
		},
		"health": func(out *bytes.Buffer) error {
			return words.HistoryHealth(out, austauschbar.HistoryHealth{Version: text, Database: true, Waiting: 12_345, Oldest: 90 * time.Second})
		},
	} {
		var out bytes.Buffer
		if err := write(&out); err != nil {
			t.Fatal(err)
		}
		pages[at] = out.Bytes()
	}
	return pages
}

func TestHistory(t *testing.T) {
	for _, language := range Languages() {
		words := load(t, language)
		for at, page := range historyPages(t, words, "stadt/<fach> & verfahren") {
			name := strings.Trim("history."+strings.Split(at, "/")[0], ".")
			golden(t, name+"."+language+".html", page)
		}
		var out bytes.Buffer
		if err := words.HistoryTrends(&out, nil); err != nil {
			t.Error(err)
		}
		if err := words.HistoryCriteria(&out, nil); err != nil {
			t.Error(err)
		}
	}
}

func TestSpark(t *testing.T) {
	entries := aTrend("x").Entries
	for name, test := range map[string]struct {
		entries []austauschbar.HistoryEntry
		want    string
	}{
		"none":   {entries[1:2], ""},
		"one":    {entries[3:], "116.0,11.0"},
		"a gap":  {entries, "4.0,18.8 60.0,15.0 116.0,11.0"},
		"bounds": {[]austauschbar.HistoryEntry{atScore(-5), atScore(105)}, "4.0,28.0 116.0,4.0"},
	} {
		if got := newSpark(test.entries).Line; got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
	var many []austauschbar.HistoryEntry
	for i := range 100 {
		many = append(many, atScore(float64(i)))
	}
	if s := newSpark(many); len(s.Dots) != mostSparks || *s.First() != 70 || *s.Last() != 99 {
		t.Errorf("of 100 reviews: %d dots from %v to %v", len(s.Dots), *s.First(), *s.Last())
	}
}

func atScore(score float64) austauschbar.HistoryEntry {
	return austauschbar.HistoryEntry{HistorySummary: austauschbar.HistorySummary{Score: austauschbar.Score{Overall: &score}}}
}

// The pages load and run nothing, whatever strangers wrote.
func TestHistoryHostile(t *testing.T) {
	acts := regexp.MustCompile(`(?i)<(script|link|img|iframe|object|embed|form)|<[^>]*\ssrc=|@import|url\(|<[^>]*\son[a-z]+=|href="(javascript|data|//)`)
	words := load(t, "de")
	texts := map[string]string{"long": strings.Repeat("Ü", 1<<18), "right to left": "שלום <b>", "quotation": `" onload="x`}
	for name, text := range hostile {
		texts[name] = text
	}
	for name, text := range texts {
		t.Run(name, func(t *testing.T) {
			for at, page := range historyPages(t, words, text) {
				if found := acts.Find(page); found != nil {
					t.Errorf("%q holds %q", at, found)
				}
				for _, line := range strings.Split(strings.ReplaceAll(string(page), historyLooks(), ""), "\n") {
					checkVisible(t, line)
				}
			}
		})
	}
}

// The server's pages have no barriers that axe-core knows, also under the policy that the
// server sends, and each link leads somewhere.
func TestReportHistoryInBrowser(t *testing.T) {
	source := axe(t)
	page := browsertest.Start(t)
	for _, language := range Languages() {
		words := load(t, language)
		pages := historyPages(t, words, "landeshauptstadt-musterstadt/beschaffung-fachverfahren-meldewesen")
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body := pages[strings.TrimPrefix(r.URL.Path, "/pages/")]
			w.Header().Set("Content-Security-Policy", words.HistoryPolicy()+"; frame-ancestors 'none'")
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = w.Write(body)
		}))
		for at := range pages {
			for _, scheme := range []string{"light", "dark"} {
				for _, width := range []int{320, 1920} {
					page.Scheme(scheme)
					page.Width(width)
					page.Open(server.URL + "/pages/" + at)
					var wide int
					page.Evaluate("document.documentElement.scrollWidth", &wide)
					if wide > width {
						t.Errorf("%q, %s: is %d pixels wide in a window of %d", at, language, wide, width)
					}
					// axe-core comes in by the debugger, which the policy does not bind.
					for _, violation := range page.Violations(source) {
						t.Errorf("%q, %s, %s, %d: %v", at, language, scheme, width, violation)
					}
					for _, asked := range page.Requested() {
						if !strings.HasPrefix(asked, server.URL+"/pages/"+at) && !strings.HasSuffix(asked, "/favicon.ico") {
							t.Errorf("%q asks for %s", at, asked)
						}
					}
				}
			}
			var styled string
			page.Evaluate(`getComputedStyle(document.querySelector(".parts ul")).display`, &styled)
			if styled != "flex" {
				t.Errorf("%q: the policy keeps the style away", at)
			}
			var links []string
			page.Evaluate(`[...document.querySelectorAll("a")].map(a => a.href)`, &links)
			for _, link := range links {
				rest, ours := strings.CutPrefix(link, server.URL+"/pages/")
				rest, _, _ = strings.Cut(rest, "#")
				_, known := pages[rest]
				if !ours || !known && !strings.HasPrefix(rest, "changes/") && !strings.HasPrefix(rest, "reviews/r") {
					t.Errorf("%q leads to %s", at, link)
				}
			}
		}
		server.Close()
	}
}
