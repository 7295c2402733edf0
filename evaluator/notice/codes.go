package notice

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/austauschbar/austauschbar"
)

// procedures names the types of procedures, by the codes of eForms, those that
// Germany adds ("de-open") without their prefix.
var procedures = map[string]string{
	"open":             "open procedure",
	"restricted":       "restricted procedure",
	"neg-w-call":       "negotiated procedure with prior call for competition",
	"neg-wo-call":      "negotiated procedure without prior call for competition",
	"comp-dial":        "competitive dialogue",
	"comp-tend":        "competitive tendering",
	"innovation":       "innovation partnership",
	"oth-single":       "other single-stage procedure",
	"oth-mult":         "other multiple-stage procedure",
	"selective":        "selective procedure",        // OCDS
	"limited":          "limited procedure",          // OCDS
	"direct":           "direct award",               // OCDS
	"comp-neg-w-call":  "negotiated award with call", // Germany, below the thresholds
	"comp-neg-wo-call": "negotiated award without call",
}

func procedureName(code string) string { return procedures[strings.TrimPrefix(code, "de-")] }

// kinds of notices by the list that an eForms notice type comes from.
var kinds = map[string]string{
	"planning": "planning", "competition": "competition", "result": "result", "dir-awa-pre": "result",
	"cont-modif": "modification", "consultation": "consultation", "change": "other", "bri": "other", "completion": "result",
}

// weightKinds turn the codes of eForms and of OCDS into ours. The middle of a range
// counts as the weight.
var weightKinds = map[string]string{
	"per-exa": "percent", "per-mid": "percent", "dec-exa": "decimal", "dec-mid": "decimal", "poi-exa": "points", "poi-mid": "points", "ord-imp": "order",
	"percentageExact": "percent", "percentageRangeMiddle": "percent", "decimalExact": "decimal", "decimalRangeMiddle": "decimal",
	"pointsExact": "points", "pointsRangeMiddle": "points", "order": "order",
}

// criterionTypes are the codes of award criteria, the same in eForms and OCDS.
var criterionTypes = []string{"price", "cost", "quality"}

func criterionType(code string) string {
	if slices.Contains(criterionTypes, code) {
		return code
	}
	return ""
}

// units by the codes of eForms and TED.
var units = map[string]string{"DAY": "day", "WEEK": "week", "MONTH": "month", "YEAR": "year"}

// number reads a decimal number; false for what is none.
func number(text string) (float64, bool) {
	value, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", "."), 64)
	return value, err == nil && value > -1e18 && value < 1e18
}

// day cuts a date out of "2026-04-03+01:00" or "2026-04-03T18:00:00Z"; "" for what
// is none.
func day(text string) string {
	if len(text) < len(time.DateOnly) {
		return ""
	}
	if _, err := time.Parse(time.DateOnly, text[:len(time.DateOnly)]); err != nil {
		return ""
	}
	return text[:len(time.DateOnly)]
}

// monthsOf gives a length in months; a month has 30 days.
func monthsOf(value float64, unit string) float64 {
	switch unit {
	case "year":
		return value * 12
	case "week":
		return value * 7 / 30
	case "day":
		return value / 30
	}
	return value
}

// monthsBetween counts the months from the first to the last day, a started one as
// a whole; 0 where the days are not in order.
func monthsBetween(start, end string) float64 {
	first, err := time.Parse(time.DateOnly, start)
	if err != nil {
		return 0
	}
	last, err := time.Parse(time.DateOnly, end)
	if err != nil || !last.After(first) {
		return 0
	}
	months := (last.Year()-first.Year())*12 + int(last.Month()-first.Month())
	if last.Day() > first.Day() {
		months++
	}
	return float64(months)
}

// term completes a contract's term; nil where nothing is known of it.
func term(t austauschbar.Term) *austauschbar.Term {
	switch {
	case t.Unit != "" && t.Value > 0:
		t.Months = monthsOf(t.Value, t.Unit)
	case t.Start != nil && t.End != nil:
		t.Value, t.Unit = 0, ""
		t.Months = monthsBetween(t.Start.Value, t.End.Value)
	default:
		t.Value, t.Unit = 0, ""
	}
	if t.Months == 0 && t.Start == nil && t.End == nil && !t.Unlimited {
		return nil
	}
	return &t
}

// most is how many codes, languages or names a list of a notice holds; no real one
// has as many.
const most = 1000

// appendNew appends texts that are neither empty nor in the list.
func appendNew(list []string, texts ...string) []string {
	for _, text := range texts {
		if text != "" && len(list) < most && !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	return list
}

// earliest returns the first of two days, either of which may be nil.
func earliest(a, b *austauschbar.Day) *austauschbar.Day {
	if a == nil || b != nil && b.Value < a.Value {
		return b
	}
	return a
}
