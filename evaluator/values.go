package evaluator

import (
	"regexp"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/lexicon"
)

// keepValues keeps durations, amounts, percentages and days, with what they are
// about.
func (w *walk) keepValues(source clauseSource, reading lexicon.Reading, clause austauschbar.Clause) {
	for _, value := range reading.Values {
		if value.Kind == "number" {
			continue
		}
		about := w.about(value, reading)
		if about == "" && value.Kind != "amount" && len(reading.Topics) == 0 {
			continue
		}
		w.found.clauses[source.id] = clause
		evidence := w.evidence(source, value.Start, value.End)
		switch value.Kind {
		case "duration":
			w.found.durations = append(w.found.durations, austauschbar.Duration{
				Value: value.Number, Unit: value.Unit, Months: months(value), Count: repetitions(source.text, value), About: about,
				Limit: limitBefore(source.text, value.Start), Clause: source.id, Evidence: evidence,
			})
		case "amount":
			w.found.amounts = append(w.found.amounts, austauschbar.Amount{Value: value.Number, Currency: value.Unit, About: about, Clause: source.id, Evidence: evidence})
		case "percentage":
			w.found.percentages = append(w.found.percentages, austauschbar.Percentage{Value: value.Number, About: about, Clause: source.id, Evidence: evidence})
		case "date":
			w.found.dates = append(w.found.dates, austauschbar.Date{Value: value.Day, About: about, Clause: source.id, Evidence: evidence})
		}
	}
}

// about is the subject nearest to the value in its clause, else in the sentence
// that leads into its list, else in the innermost heading.
func (w *walk) about(value lexicon.Value, reading lexicon.Reading) string {
	if about := lexicon.Near(value, reading.Subjects); about != "" {
		return about
	}
	if about := lexicon.Near(value, w.leadIn.Subjects); w.inList && about != "" {
		return about
	}
	if len(w.headings) > 0 {
		return lexicon.Near(value, w.headings[len(w.headings)-1].subjects)
	}
	return ""
}

func months(value lexicon.Value) float64 {
	switch value.Unit {
	case "year":
		return value.Number * 12
	case "week":
		return value.Number * 7 / 30
	case "day":
		return value.Number / 30
	}
	return value.Number
}

var limits = []struct {
	kind  string
	words []string
}{
	{"max", []string{"höchstens", "maximal", "längstens", "bis zu", "nicht länger als", "max.", "up to", "at most", "no more than", "not exceed", "maximum of", "within", "binnen", "innerhalb von"}},
	{"min", []string{"mindestens", "wenigstens", "at least", "no less than", "minimum of", "min."}},
}

// limitBefore says whether a bound stands just before a value: "max", "min" or "".
func limitBefore(text string, start int) string {
	before := strings.ToLower(text[max(0, start-40):start])
	best, at := "", -1
	for _, limit := range limits {
		for _, word := range limit.words {
			if i := strings.LastIndex(before, word); i > at {
				best, at = limit.kind, i
			}
		}
	}
	return best
}

func (w *walk) cellUnder(passage austauschbar.Passage, wanted func(header string) bool) *austauschbar.Cell {
	i := slices.IndexFunc(passage.Cells, func(cell austauschbar.Cell) bool { return wanted(strings.ToLower(cell.Header)) })
	if i < 0 {
		return nil
	}
	return &passage.Cells[i]
}

func isNameHeader(header string) bool {
	return containsAny(header, "kriterium", "zuschlagskriteri", "criterion", "criteria", "anforderung", "bezeichnung") && !isWeightHeader(header)
}

func isWeightHeader(header string) bool {
	return containsAny(header, "gewicht", "weight", "max. punkte", "maximale punkt", "leistungspunkte", "höchstpunkt", "maximalpunkt") || mostPoints.MatchString(header)
}

// mostPoints heads a column that tells how many points each criterion may bring.
var mostPoints = regexp.MustCompile(`\bmax(?:imum|\.)? (?:marks|points|score)\b`)

func containsAny(text string, words ...string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(text, word) })
}
