package austauschbar

import "time"

// A HistoryEntry is what the history lists of a review that the server kept.
type HistoryEntry struct {
	ID      string    // of the review; the same where its commit is reviewed anew
	Change  Change    // its forge, instance, repository, number and head
	Dossier string    // path
	Kept    time.Time // when
	HistorySummary
}

// A HistorySummary is what is said of a review without reading it.
type HistorySummary struct {
	Title        string                  `json:"title,omitempty"`
	Language     string                  `json:"language"` // of the kept review
	Confidential bool                    `json:"confidential,omitempty"`
	Score        Score                   `json:"score"`
	Fired        map[string]HistoryFired `json:"fired"` // by id of a criterion with findings
}

// HistoryFired counts a criterion's findings.
type HistoryFired struct {
	Open   int `json:"open"`
	Waived int `json:"waived"`
}

// A HistoryTrend is a dossier of a change with its reviews.
type HistoryTrend struct {
	ID      string         // of the trend
	Entries []HistoryEntry // oldest first, never none
}

// Last is the newest review.
func (t HistoryTrend) Last() HistoryEntry { return t.Entries[len(t.Entries)-1] }

// A HistoryCriterion counts the dossiers in whose newest review a criterion fires.
type HistoryCriterion struct {
	ID       string
	Title    string
	Dossiers int // with a finding that is not waived
	Open     int // such findings
	Waived   int // findings that are waived
}

// A HistorySetting is a setting in force. Secrets are none.
type HistorySetting struct{ Name, Value string }

// HistoryHealth tells how the server is.
type HistoryHealth struct {
	Version                  string
	Database                 bool // answers
	Waiting, Running, Failed int  // changes
	Oldest                   time.Duration
}

// HistorySummaryOf is the summary of a review.
func HistorySummaryOf(review Review, language string, confidential bool) HistorySummary {
	summary := HistorySummary{Title: review.Dossier.Title, Language: language, Confidential: confidential, Score: review.Score, Fired: map[string]HistoryFired{}}
	for _, finding := range review.Findings {
		fired := summary.Fired[finding.Criterion]
		if finding.Waiver != nil {
			fired.Waived++
		} else {
			fired.Open++
		}
		summary.Fired[finding.Criterion] = fired
	}
	return summary
}
