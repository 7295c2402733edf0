package evaluator

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
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

// repeated finds what is said before a length of time that is meant several times:
// "zweimal um jeweils", "three option periods of".
var repeated = regexp.MustCompile(`(?i)(?:^|[^\pL\d])(?:(twice)|(\d{1,2}|` + strings.Join(slices.Sorted(maps.Keys(counts)), "|") + `)` +
	`(?:[ -]?(?:mal|times|malige?[rsnm]?)|\s+(?:\pL+\s+)?(?:option|verlängerung|extension|renewal)\pL*(?:\s(?:period|year|month|zeiträume)\pL*)?))` +
	`(?:[ ,]+(?:um|von|zu|mit|à|je|jeweils|weitere[nr]?|bis zu|maximal|höchstens|of|by|for|up to|each|another))*\s+$`)

var counts = map[string]int{
	"zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
}

// reachOfCount is how far before a length of time its count is looked for, in bytes.
const reachOfCount = 80

// repetitions says how often a length of time is meant, by the words before it where
// the value itself does not tell; 1 where they do not either.
func repetitions(text string, value lexicon.Value) int {
	if value.Count != 1 {
		return value.Count
	}
	groups := repeated.FindStringSubmatch(text[max(0, value.Start-reachOfCount):value.Start])
	if groups == nil {
		return 1
	}
	if groups[1] != "" {
		return 2
	}
	if count, ok := counts[strings.ToLower(groups[2])]; ok {
		return count
	}
	count, _ := strconv.Atoi(groups[2]) // digits
	return max(1, count)
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

// awardCriterion reads a row of a table of award criteria: one with a column for
// weights and one for names.
func (w *walk) awardCriterion(passage austauschbar.Passage) {
	name, weight := w.cellUnder(passage, isNameHeader), w.cellUnder(passage, isWeightHeader)
	if name == nil || weight == nil {
		return
	}
	number, ok := lexicon.Number(weight.Text)
	if !ok {
		return
	}
	source := clauseSource{text: name.Text, passage: &passage, cells: []austauschbar.Cell{*name}}.own(w.path)
	evidence := w.evidence(source, 0, len(source.text))
	w.found.awardCriteria = append(w.found.awardCriteria, austauschbar.AwardCriterion{Name: source.text, Weight: &number, Evidence: evidence})
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
	return containsAny(header, "gewicht", "weight", "max. punkte", "leistungspunkte")
}

func containsAny(text string, words ...string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(text, word) })
}
