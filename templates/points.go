package templates

import (
	"strings"

	"github.com/austauschbar/austauschbar"
)

// A point is a line of a table of what was found: a finding, a contradiction or a gap.
type point struct {
	kind      string // "finding", "contradiction", "gap"
	review    austauschbar.Review
	criterion austauschbar.Criterion
	finding   austauschbar.Finding // of a gap and a contradiction, its message and place
	evidence  austauschbar.Evidence
}

// pointsOf are all that reviews, as Fill returned them, have to say, in the order of
// severities, contradictions and gaps last.
func (words *Words) pointsOf(review austauschbar.Review) ([]point, error) {
	missing, err := words.missing(review)
	if err != nil {
		return nil, err
	}
	var list []point
	for _, severity := range austauschbar.Severities {
		for _, finding := range review.Findings {
			if finding.Severity != severity {
				continue
			}
			e := point{kind: "finding", review: review, criterion: criterionOf(review, finding.Criterion), finding: finding}
			if finding.Evidence != nil {
				e.evidence = *finding.Evidence
			} else {
				e.evidence.Place = missing
			}
			list = append(list, e)
		}
	}
	for _, contradiction := range review.Contradictions {
		e := point{kind: "contradiction", review: review, finding: austauschbar.Finding{Message: contradiction.Message, Severity: "question"}}
		var places, quotes []string
		for i, side := range contradiction.Sides {
			if i == 0 {
				e.evidence = side.Evidence
			}
			places = append(places, clean(side.Evidence.Place))
			if quote := clean(side.Evidence.Quote); quote != "" {
				quotes = append(quotes, quote)
			}
		}
		e.evidence.Place, e.evidence.Quote = strings.Join(places, "; "), strings.Join(quotes, " / ")
		list = append(list, e)
	}
	for _, gap := range review.Gaps {
		text, err := words.gap(gap)
		if err != nil {
			return nil, err
		}
		list = append(list, point{kind: "gap", review: review, finding: austauschbar.Finding{Message: text}, evidence: austauschbar.Evidence{Path: gap.Path}})
	}
	return list, nil
}

// A column is a property of points. Its heading are the words column.KEY.
type column struct {
	key   string
	width float64 // in a spreadsheet, in characters; 0 for a column that stands in CSV only
	of    func(*Words, point) (any, error)
}

// plain is a column of texts that need no words.
func plain(of func(point) string) func(*Words, point) (any, error) {
	return func(_ *Words, e point) (any, error) { return clean(of(e)), nil }
}

// numeric is a column of numbers, of which those of findings alone are told.
func numeric(of func(point) float64) func(*Words, point) (any, error) {
	return func(_ *Words, e point) (any, error) {
		if e.kind != "finding" {
			return "", nil
		}
		return of(e), nil
	}
}

// counted is a column of places that are counted from 1; 0 is told by nothing.
func counted(of func(point) int) func(*Words, point) (any, error) {
	return func(_ *Words, e point) (any, error) {
		if of(e) == 0 {
			return "", nil
		}
		return float64(of(e)), nil
	}
}

// named is a column of ids for which there are words.
func named(kind string, of func(point) string) func(*Words, point) (any, error) {
	return func(words *Words, e point) (any, error) {
		if of(e) == "" {
			return "", nil
		}
		return words.name(kind, of(e))
	}
}

// columns of what was found. Their order is a promise of docs/reports.md: new ones come
// last.
var columns = []column{
	{"dossier", 22, plain(func(e point) string { return e.review.Dossier.Path })},
	{"entry", 0, named("entry", func(e point) string { return e.kind })},
	{"severity", 14, named("severity", func(e point) string { return e.finding.Severity })},
	{"criterion", 10, plain(func(e point) string { return e.criterion.ID })},
	{"title", 26, (*Words).pointTitle},
	{"group", 0, named("group", func(e point) string { return e.criterion.Group })},
	{"rating", 0, named("rating", func(e point) string { return e.criterion.Rating })},
	{"weight", 0, numeric(func(e point) float64 { return e.criterion.Weight })},
	{"gain", 9, numeric(func(e point) float64 { return rounded(e.criterion.Gain) })},
	{"message", 44, plain(func(e point) string { return e.finding.Message })},
	{"document", 24, plain(func(e point) string { return e.evidence.Path })},
	{"place", 30, plain(func(e point) string { return e.evidence.Place })},
	{"page", 0, counted(func(e point) int { return e.evidence.Page })},
	{"section", 0, plain(func(e point) string { return e.evidence.Section })},
	{"line", 0, counted(func(e point) int { return e.evidence.Line })},
	{"paragraph", 0, counted(func(e point) int { return e.evidence.Paragraph })},
	{"cell", 0, plain(func(e point) string { return e.evidence.Cell })},
	{"quote", 44, plain(func(e point) string { return e.evidence.Quote })},
	{"reason", 0, plain(func(e point) string { return e.finding.Reason })},
	{"remedy", 44, plain(func(e point) string { return e.finding.Remedy })},
	{"suggestion", 44, plain(func(e point) string { return e.finding.Suggestion })},
	{"confidence", 0, numeric(func(e point) float64 { return e.finding.Confidence })},
	{"change", 12, (*Words).pointChange},
	{"waiver", 30, (*Words).pointWaiver},
	{"source", 0, plain(func(e point) string {
		if len(e.criterion.References) == 0 {
			return ""
		}
		return e.criterion.References[0].Ref
	})},
	{"id", 18, plain(func(e point) string { return e.finding.ID })},
}

func (words *Words) pointTitle(e point) (any, error) {
	if e.kind == "finding" {
		return clean(e.criterion.Title), nil
	}
	return words.name("entry", e.kind)
}

// pointChange tells whether a finding is new; "" where nothing was compared.
func (words *Words) pointChange(e point) (any, error) {
	if e.kind != "finding" || e.review.Delta == nil {
		return "", nil
	}
	return words.say("change."+baseline(e.review, e.finding.ID), nil)
}

func (words *Words) pointWaiver(e point) (any, error) {
	if e.finding.Waiver == nil {
		return "", nil
	}
	text, err := words.say("waiver.text", *e.finding.Waiver)
	if err != nil {
		return "", err
	}
	decided, err := words.say("waiver", *e.finding.Waiver)
	return clean(text + ". " + decided), err
}

// rounded keeps one decimal, as all outputs that people read.
func rounded(number float64) float64 {
	exact, err := rational(number)
	if err != nil {
		return number // no number that JSON has
	}
	tenths, _ := exact.SetString(exact.FloatString(1))
	value, _ := tenths.Float64()
	return value
}
