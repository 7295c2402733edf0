package evaluator

import (
	"regexp"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
)

// Headers of the columns of a table that weighs risks.
var (
	riskHeader   = regexp.MustCompile(`(?i)^(?:risik(?:o|en)(?:bereich|art)?|gefährdung(?:en)?|risks?)(?:$|[ /(-])`)
	weightHeader = regexp.MustCompile(`(?i)^(?:(?:eintritts)?wahrscheinlichkeit|auswirkung|schadens(?:höhe|ausmaß)|bewertung|einschätzung|einstufung|(?:gegen)?maßnahme|likelihood|probability|impact|severity|rating|mitigation|assessment|response)`)
)

// weighsRisks says whether a row belongs to a table of risks: what may go wrong in it, and
// what could be done, is weighed and not demanded.
func weighsRisks(cells []austauschbar.Cell) bool {
	has := func(header *regexp.Regexp) bool {
		return slices.ContainsFunc(cells, func(cell austauschbar.Cell) bool { return header.MatchString(strings.TrimSpace(cell.Header)) })
	}
	return has(riskHeader) && has(weightHeader)
}
