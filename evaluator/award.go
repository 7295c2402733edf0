package evaluator

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/lexicon"
)

// An awardTable is one table of award criteria, or the award criteria of a lot of a
// notice.
type awardTable struct {
	lot      string // "" for all
	criteria []austauschbar.AwardCriterion
	total    *austauschbar.AwardCriterion // the row that adds them up; nil where there is none
	percent  bool                         // every weight is marked as per cent
	nested   bool                         // rows divide the weights of others
	lastRow  int                          // number of the passage
	sheet    string
}

// awardCriterion reads a row of a table of award criteria: one with a column for
// weights and one for names. A row that adds up is no criterion.
func (w *walk) awardCriterion(number int, passage austauschbar.Passage) {
	name, weight := w.cellUnder(passage, isNameHeader), w.cellUnder(passage, isWeightHeader)
	if name == nil || weight == nil {
		return
	}
	value, ok := lexicon.Number(weight.Text)
	if !ok {
		return
	}
	source := clauseSource{text: name.Text, passage: &passage, cells: []austauschbar.Cell{*name}}.own(w.path)
	criterion := austauschbar.AwardCriterion{Name: source.text, Weight: &value, Evidence: w.evidence(source, 0, len(source.text))}
	table := w.awardTable(number, passage)
	table.lastRow = number
	if isTotal(criterion.Name) {
		table.total = &criterion
		return
	}
	table.percent = table.percent && (strings.Contains(weight.Text, "%") || containsAny(strings.ToLower(weight.Header), "%", "prozent", "per cent", "percent"))
	table.nested = table.nested || nestedName.MatchString(criterion.Name)
	table.criteria = append(table.criteria, criterion)
	w.found.awardCriteria = append(w.found.awardCriteria, criterion)
}

// awardTable is the table that a row belongs to, a new one unless the row before it
// was of one.
func (w *walk) awardTable(number int, passage austauschbar.Passage) *awardTable {
	tables := &w.found.awardTables
	if last := len(*tables) - 1; last < 0 || (*tables)[last].lastRow != number-1 || (*tables)[last].sheet != passage.Sheet {
		*tables = append(*tables, awardTable{lot: lotOf("", w.sections), percent: true, sheet: passage.Sheet})
	}
	return &(*tables)[len(*tables)-1]
}

var (
	nestedName  = regexp.MustCompile(`^\s*(?:\d+\.\d+|[a-z]\))`)
	criterionNo = regexp.MustCompile(`^\s*(?:\d+(?:\.\d+)*\.?|[a-zA-Z]\)|[A-Z]{1,2}\d+)\s+`)
)

func isTotal(name string) bool {
	name = strings.Trim(strings.ToLower(name), " :*")
	return slices.Contains([]string{"summe", "gesamt", "gesamtsumme", "gesamtpunktzahl", "gesamtgewicht", "insgesamt", "total", "sum", "overall", "summe gewichtung", "total weight"}, name)
}

// keepNoticedShares keeps the award criteria of a lot whose weights are shares.
func (w *walk) keepNoticedShares(lot austauschbar.Lot) {
	table := awardTable{lot: lotNumber(lot.ID), percent: true}
	for _, criterion := range lot.Criteria {
		weight := criterion.Weight
		switch {
		case weight == nil || criterion.WeightKind != "percent" && criterion.WeightKind != "decimal":
			return
		case criterion.WeightKind == "decimal":
			weight = new(math.Round(*weight*1e6) / 1e4)
		}
		name := criterion.Name
		if name == "" {
			name = criterion.Type
		}
		table.criteria = append(table.criteria, austauschbar.AwardCriterion{Name: name, Weight: weight, Evidence: criterion.Evidence})
	}
	if len(table.criteria) > 0 {
		w.found.noticedShares = append(w.found.noticedShares, table)
	}
}

func (t awardTable) sum() float64 {
	total := 0.0
	for _, criterion := range t.criteria {
		total += *criterion.Weight
	}
	return math.Round(total*1e4) / 1e4
}

// rounding is what weights that are rounded to whole per cent may miss a hundred by.
const rounding = 0.5

// addsUp says whether a table divides a hundred into at least two shares.
func (t awardTable) addsUp() bool {
	return len(t.criteria) > 1 && !t.nested && math.Abs(t.sum()-100) <= rounding
}

// shares are the weights of the award criteria of a whole procedure that a document
// states, by their names without numbering; nil where its tables leave doubt.
func (found documentFacts) shares() map[string]austauschbar.AwardCriterion {
	tables := found.awardTables
	if len(found.noticedShares) > 0 {
		tables = found.noticedShares
	}
	shares := map[string]austauschbar.AwardCriterion{}
	for _, table := range tables {
		if !table.addsUp() || table.lot != "" && len(tables) > 1 {
			return nil
		}
		for _, criterion := range table.criteria {
			name := criterionName(criterion.Name)
			if known, twice := shares[name]; twice && *known.Weight != *criterion.Weight {
				return nil
			}
			shares[name] = criterion
		}
	}
	return shares
}

func criterionName(name string) string {
	name = strings.Trim(strings.ToLower(criterionNo.ReplaceAllString(name, "")), " :*.")
	if slices.Contains([]string{"price", "preis", "angebotspreis", "wertungspreis", "gesamtpreis", "cost", "kosten"}, name) {
		return "price"
	}
	return name
}
