package templates

import (
	"bytes"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar"
)

// aBatch is a summary with all there can be, its names put to a text.
func aBatch(text string) austauschbar.BatchSummary {
	score := 54.25
	group := func(name string) austauschbar.BatchGroup {
		return austauschbar.BatchGroup{Name: name, Dossiers: 3, Score: &score, Coverage: 0.285, Open: 1, Levels: map[string]int{"A": 1, "D": 1, "": 1}}
	}
	return austauschbar.BatchSummary{
		Version: 1, Tool: austauschbar.Tool{Name: "austauschbar", Version: "1.0"}, Digest: "sha256:0123456789abcdef", Today: "2026-11-23",
		Dossiers: 12_345, Failed: 12_342, WithGaps: 1, Documents: 7, All: group(""),
		Headlines: []austauschbar.BatchGroup{group("exchangeability")}, Profiles: []austauschbar.BatchGroup{group("tender-vgv")},
		Authorities: []austauschbar.BatchGroup{group(text), group("")}, Procedures: []austauschbar.BatchGroup{group("open"), group(text)},
		CPV: []austauschbar.BatchGroup{group("72000000"), group(text)}, Months: []austauschbar.BatchGroup{group(""), group("2026-11"), group(text)},
		Criteria: []austauschbar.BatchCriterion{
			{ID: "EX-02", Title: "Exit strategy", Ratings: map[string]int{"not_met": 2, "partly": 1}, Open: 1},
			{ID: "ZZ-09", Title: "A draft", Ratings: map[string]int{"met": 3}},
		},
		Findings: []austauschbar.BatchTotal{
			{BatchFinding: austauschbar.BatchFinding{Criterion: "EX-02", Severity: "blocker", Code: "missing", Count: 4}, Dossiers: 2},
			{BatchFinding: austauschbar.BatchFinding{Criterion: "ZZ-09", Severity: "hint", Code: "unforeseen", Count: 1}, Dossiers: 1},
		},
		Worst:    []austauschbar.BatchPlace{{Path: text, Title: text, Level: "D", Score: &score}, {Path: "b", Score: &score}},
		Failures: []austauschbar.BatchPlace{{Path: text, Error: text}},
	}
}

func TestOverview(t *testing.T) {
	for _, language := range Languages() {
		words := load(t, language)
		for _, format := range []Format{FormatTerminal, FormatHTML} {
			t.Run(language+"."+string(format), func(t *testing.T) {
				var out bytes.Buffer
				if err := words.Overview(&out, format, aBatch("Stadt <Musterstadt> & Co."), Options{}); err != nil {
					t.Fatal(err)
				}
				golden(t, strings.Join([]string{"overview", language, string(format)}, "."), out.Bytes())
				out.Reset()
				if err := words.Overview(&out, format, austauschbar.BatchSummary{Today: "2026-11-23"}, Options{}); err != nil {
					t.Errorf("of nothing: %v", err)
				}
			})
		}
		if words.Overview(io.Discard, FormatJSON, aBatch(""), Options{}) == nil {
			t.Error("json is written")
		}
	}
}

// The page loads and runs nothing, whatever strangers wrote, and shows no character
// that cannot be seen.
func TestOverviewHostile(t *testing.T) {
	acts := regexp.MustCompile(`(?i)<(script|link|img|iframe|object|embed)|<[^>]*\ssrc=|@import|url\(|<[^>]*\son[a-z]+=`)
	texts := map[string]string{"long": strings.Repeat("Ü", 1<<14), "right to left": "שלום <b>"}
	for name, text := range hostile {
		texts[name] = text
	}
	for name, text := range texts {
		t.Run(name, func(t *testing.T) {
			words := load(t, "de")
			var page, terminal bytes.Buffer
			if err := words.Overview(&page, FormatHTML, aBatch(text), Options{}); err != nil {
				t.Fatal(err)
			}
			if found := acts.FindString(page.String()); found != "" {
				t.Errorf("the page holds %q", found)
			}
			for _, line := range strings.Split(page.String(), "\n") {
				checkVisible(t, line)
			}
			if err := words.Overview(&terminal, FormatTerminal, aBatch(text), Options{}); err != nil {
				t.Fatal(err)
			}
			for _, line := range strings.Split(terminal.String(), "\n") {
				checkVisible(t, line)
			}
		})
	}
}
