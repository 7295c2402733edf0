package templates

import (
	_ "embed"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/austauschbar/austauschbar"
)

//go:embed history.css
var historyStyle string

// A historyView is what the shapes of the server's pages see.
type historyView struct {
	Language string
	Page     string // "trends", …: of its words and of the navigation
	At       string // root of the pages, seen from this one
	Trends   []historyTrend
	Criteria []austauschbar.HistoryCriterion
	Settings []austauschbar.HistorySetting
	Health   austauschbar.HistoryHealth
}

// Parts are the pages that the navigation leads to.
func (historyView) Parts() []string { return []string{"trends", "criteria", "settings", "health"} }

// Address is where a page is, seen from this one.
func (v historyView) Address(page string) string {
	if page == "trends" {
		return v.At
	}
	return v.At + page
}

// A historyTrend is a trend with its picture.
type historyTrend struct {
	austauschbar.HistoryTrend
	Spark spark
}

// Newest are the reviews, the newest first.
func (t historyTrend) Newest() []austauschbar.HistoryEntry {
	var entries []austauschbar.HistoryEntry
	for i := len(t.Entries) - 1; i >= 0; i-- {
		entries = append(entries, t.Entries[i])
	}
	return entries
}

// A spark is a line of scores, the oldest first. Reviews without a score are left out.
type spark struct {
	Line   string // points of it
	Dots   []dot
	Scores []*float64
}

// A dot is a place in a picture.
type dot struct{ X, Y string }

// mostSparks is how many scores a line has at most, the newest ones.
const mostSparks = 30

// Sizes of a spark, in the units of its picture.
const (
	sparkWidth, sparkHeight, sparkEdge = 120.0, 32.0, 4.0
)

func newSpark(entries []austauschbar.HistoryEntry) spark {
	var s spark
	for _, entry := range entries {
		if entry.Score.Overall != nil {
			s.Scores = append(s.Scores, entry.Score.Overall)
		}
	}
	s.Scores = s.Scores[max(0, len(s.Scores)-mostSparks):]
	var line []string
	for i, score := range s.Scores {
		x := sparkWidth - sparkEdge // of a single one
		if len(s.Scores) > 1 {
			x = sparkEdge + (sparkWidth-2*sparkEdge)*float64(i)/float64(len(s.Scores)-1)
		}
		y := sparkHeight - sparkEdge - (sparkHeight-2*sparkEdge)*min(max(*score, 0), 100)/100
		at := dot{fmt.Sprintf("%.1f", x), fmt.Sprintf("%.1f", y)}
		s.Dots = append(s.Dots, at)
		line = append(line, at.X+","+at.Y)
	}
	s.Line = strings.Join(line, " ")
	return s
}

// First is the oldest score of the line, of one that has any.
func (s spark) First() *float64 { return s.Scores[0] }

// Last is the newest.
func (s spark) Last() *float64 { return s.Scores[len(s.Scores)-1] }

// HistoryTrends writes the page of changes with their trends.
func (words *Words) HistoryTrends(out io.Writer, trends []austauschbar.HistoryTrend) error {
	v := historyView{Language: words.Language, Page: "trends", At: "./"}
	for _, trend := range trends {
		v.Trends = append(v.Trends, historyTrend{trend, newSpark(trend.Entries)})
	}
	return words.write(out, historyVoice, "history", v)
}

// HistoryTrend writes the page of one change.
func (words *Words) HistoryTrend(out io.Writer, trend austauschbar.HistoryTrend) error {
	v := historyView{Language: words.Language, Page: "trend", At: "../", Trends: []historyTrend{{trend, newSpark(trend.Entries)}}}
	return words.write(out, historyVoice, "history", v)
}

// HistoryCriteria writes the page of criteria with how often they fire.
func (words *Words) HistoryCriteria(out io.Writer, criteria []austauschbar.HistoryCriterion) error {
	criteria = copied(criteria)
	for i := range criteria {
		filled := austauschbar.Criterion{ID: criteria[i].ID, Title: criteria[i].Title}
		if err := words.fillCriterion(&filled); err != nil {
			return fmt.Errorf("write criteria: %w", err)
		}
		criteria[i].Title = filled.Title
	}
	return words.write(out, historyVoice, "history", historyView{Language: words.Language, Page: "criteria", At: "./", Criteria: criteria})
}

// HistorySettings writes the page of the settings in force.
func (words *Words) HistorySettings(out io.Writer, settings []austauschbar.HistorySetting) error {
	return words.write(out, historyVoice, "history", historyView{Language: words.Language, Page: "settings", At: "./", Settings: settings})
}

// HistoryHealth writes the page that tells how the server is.
func (words *Words) HistoryHealth(out io.Writer, health austauschbar.HistoryHealth) error {
	return words.write(out, historyVoice, "history", historyView{Language: words.Language, Page: "health", At: "./", Health: health})
}

// HistoryPolicy is the Content-Security-Policy of the server's pages.
func (*Words) HistoryPolicy() string { return securityPolicy(historyLooks()) }

// ReportPolicy is the Content-Security-Policy of a report.
func (*Words) ReportPolicy() string { return securityPolicy(htmlStyle()) }

func historyLooks() string { return htmlStyle() + historyStyle }

var historyVoice = voice{shape: "history_html", escape: escapeHTML, functions: map[string]any{
	"style":  func() markup { return markup(historyLooks()) },
	"policy": func() markup { return markup(securityPolicy(historyLooks())) },
	"day":    func(at time.Time) string { return at.UTC().Format(time.DateOnly) },
	"clock":  func(at time.Time) string { return at.UTC().Format("15:04") },
	"moment": func(at time.Time) string { return at.UTC().Format(time.RFC3339) },
	"commit": func(head string) string { return head[:min(len(head), 12)] },
	"span":   func(d time.Duration) string { return d.Round(time.Second).String() },
}}
