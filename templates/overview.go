package templates

import (
	_ "embed"
	"fmt"
	"html"
	"io"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
)

//go:embed overview.css
var overviewStyle string

// What an overview shows at most of each list. The summary and the results hold more.
const (
	mostOverviewCriteria = 20
	mostOverviewFindings = 25
	mostOverviewGroups   = 30
	mostOverviewPlaces   = 20
)

// levelNames are the columns of a table of levels; the last is for dossiers without.
var levelNames = []string{"A", "B", "C", "D", "E", ""}

// An overviewView is what the shapes of an overview see.
type overviewView struct {
	austauschbar.BatchSummary
	Language  string
	Levels    []overviewLevel
	Bad       []overviewCriterion
	Frequent  []overviewFinding
	Tables    []overviewTable
	Lowest    []austauschbar.BatchPlace
	Unread    []austauschbar.BatchPlace
	HiddenBad int // failures beyond those shown
}

// Reviewed counts the dossiers that have a result.
func (v overviewView) Reviewed() int { return v.Dossiers - v.Failed }

// Legend lists what the bars of criteria are made of.
func (overviewView) Legend() []string { return ratings }

// LevelNames are the columns of levels.
func (overviewView) LevelNames() []string { return levelNames }

type overviewLevel struct {
	Level string
	Count int
	Share float64 // of 1
}

type overviewCriterion struct {
	austauschbar.BatchCriterion
	Counts []ratingCount
}

type overviewFinding struct {
	austauschbar.BatchTotal
	Title   string // of the criterion
	Message string // "" where it needs values of a dossier
	Share   float64
}

// overviewTable counts dossiers by what notices say of them.
type overviewTable struct {
	ID     string // of its words, and what names the procedures: "authorities", …
	Groups []austauschbar.BatchGroup
	Most   int // dossiers of the largest group
	Hidden int // groups beyond those shown
}

// Columns are the counts of a group's levels, in the order of LevelNames.
func (overviewView) Columns(group austauschbar.BatchGroup) []int {
	var counts []int
	for _, level := range levelNames {
		counts = append(counts, group.Levels[level])
	}
	return counts
}

// Share is a group's share of the largest.
func (overviewView) Share(group austauschbar.BatchGroup, most int) float64 {
	return ratio(group.Dossiers, most)
}

func ratio(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// Overview writes what a batch found, for a terminal, or as a page for browsers that
// needs nothing but itself. Its error says when the format is none of these.
func (words *Words) Overview(out io.Writer, format Format, summary austauschbar.BatchSummary, options Options) error {
	view, err := words.overview(summary)
	if err != nil {
		return fmt.Errorf("write overview: %w", err)
	}
	v := overviewVoice
	switch format {
	case FormatHTML:
	case FormatTerminal:
		v = terminal(options)
		v.shape = "overview_terminal"
	default:
		return fmt.Errorf("write overview: format %q is not one of terminal, html", format)
	}
	return words.write(out, v, "overview", view)
}

// groupName names a group of a table.
func (words *Words) groupName(table, name string) (string, error) {
	switch {
	case name == "":
		return words.say("overview.unnamed", nil)
	case table == "headlines":
		return words.name("headline", name)
	case table == "procedures":
		return words.name("procedure", strings.TrimPrefix(name, "de-"))
	}
	return clean(name), nil
}

// levelName is a level with what it means.
func (words *Words) levelName(level string) (string, error) {
	if level == "" {
		return words.say("overview.unlevelled", nil)
	}
	meaning, err := words.name("level", level)
	return level + " (" + meaning + ")", err
}

// percentage is a share in whole per cent.
func (words *Words) percentage(share float64) (string, error) {
	return words.say("percent", fmt.Sprintf("%.0f", 100*share))
}

var overviewVoice = voice{
	shape:  "overview_html",
	escape: func(text string) string { return html.EscapeString(clean(text)) },
	functions: map[string]any{
		"style": func() markup { return markup(tokens + style + overviewStyle) },
		"wide":  wide,
		"class": strings.ToLower,
	},
}

// wide is a width in whole per cent; what is not nothing can be seen.
func wide(share float64) markup {
	if share > 0 {
		share = max(share, 0.01)
	}
	return markup(fmt.Sprintf("%.0f%%", 100*share))
}

func (words *Words) overview(summary austauschbar.BatchSummary) (overviewView, error) {
	v := overviewView{BatchSummary: summary, Language: words.Language}
	for _, level := range levelNames {
		count := summary.All.Levels[level]
		v.Levels = append(v.Levels, overviewLevel{level, count, ratio(count, summary.All.Dossiers)})
	}
	for _, criterion := range summary.Criteria {
		if criterion.Ratings[austauschbar.NotMet]+criterion.Ratings[austauschbar.Partly] == 0 || len(v.Bad) == mostOverviewCriteria {
			continue
		}
		filled := austauschbar.Criterion{ID: criterion.ID, Title: criterion.Title}
		if err := words.fillCriterion(&filled); err != nil {
			return overviewView{}, err
		}
		criterion.Title = filled.Title
		v.Bad = append(v.Bad, overviewCriterion{criterion, (&CorpusCount{Dossiers: v.Reviewed(), Ratings: criterion.Ratings}).ratings()})
	}
	for _, total := range summary.Findings[:min(len(summary.Findings), mostOverviewFindings)] {
		filled := austauschbar.Criterion{ID: total.Criterion, Title: titleIn(summary.Criteria, total.Criterion)}
		if err := words.fillCriterion(&filled); err != nil {
			return overviewView{}, err
		}
		finding := overviewFinding{BatchTotal: total, Title: filled.Title, Share: ratio(total.Dossiers, v.Reviewed())}
		if name := words.nameOf(total.Criterion, total.Code); words.Defines(name) {
			finding.Message, _ = words.message(total.Severity, name, map[string]any{}) // "" where it needs a value
		}
		v.Frequent = append(v.Frequent, finding)
	}
	for _, table := range []overviewTable{
		{ID: "months", Groups: summary.Months}, {ID: "authorities", Groups: summary.Authorities},
		{ID: "procedures", Groups: summary.Procedures}, {ID: "cpv", Groups: summary.CPV}, {ID: "profiles", Groups: summary.Profiles},
	} {
		if len(table.Groups) == 0 || len(table.Groups) == 1 && table.Groups[0].Name == "" {
			continue // notices say nothing of it
		}
		shown := table.Groups[:min(len(table.Groups), mostOverviewGroups)]
		if table.ID == "months" { // the newest count
			shown = table.Groups[max(0, len(table.Groups)-mostOverviewGroups):]
		}
		table.Hidden, table.Groups = len(table.Groups)-len(shown), shown
		table.Most = slices.MaxFunc(shown, func(a, b austauschbar.BatchGroup) int { return a.Dossiers - b.Dossiers }).Dossiers
		v.Tables = append(v.Tables, table)
	}
	v.Lowest = summary.Worst[:min(len(summary.Worst), mostOverviewPlaces)]
	v.Unread = summary.Failures[:min(len(summary.Failures), mostOverviewPlaces)]
	v.HiddenBad = summary.Failed - len(v.Unread)
	return v, nil
}

func titleIn(criteria []austauschbar.BatchCriterion, id string) string {
	for _, criterion := range criteria {
		if criterion.ID == id {
			return criterion.Title
		}
	}
	return ""
}
