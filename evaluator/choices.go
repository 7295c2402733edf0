package evaluator

import (
	"regexp"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/lexicon"
)

// rejected is the role of headings, and of rows, under which stands what was weighed and
// is not taken: "Verworfene Alternativen". What stands there is excluded.
const rejected = "rejected"

// productReason is the topic of a reason that stands close to the name it is given for.
const productReason = "product_reason"

var (
	// rejectionHeader matches the header of a column that says why something is not taken.
	rejectionHeader = regexp.MustCompile(`(?i)^(?:ablehnungsgrund|gr(?:und|ünde) (?:der |für die |zur )?(?:ablehnung|verwerfung)|(?:warum|weshalb) (?:nicht|verworfen|abgelehnt)|verworfen,? weil|reasons? (?:for|of) (?:rejection|rejecting)|reasons? (?:rejected|not chosen)|rejected because|rejection reason|why (?:not|rejected))`)
	// choiceHeader matches the header of a column that says what became of an alternative.
	choiceHeader = regexp.MustCompile(`(?i)^(?:entscheidung|fazit|gewählt|decision|verdict|chosen|selected)`)
	notChosen    = regexp.MustCompile(`(?i)^(?:❌|✗|✘)?\s*(?:verworfen|nicht gewählt|ausgeschieden|rejected|discarded|not (?:chosen|selected))`)
	// reasonHeader matches the header of a column that says why something is taken.
	reasonHeader = regexp.MustCompile(`(?i)^(?:begründung|gr(?:und|ünde)|warum|weshalb|rationale|reasons?|reasoning|justification|why)(?:\s*\??| (?:der|für|for|of) .*)$`)
	aWord        = regexp.MustCompile(`\pL{3,}`)
)

// rejects says whether a row tells of an alternative that is not taken.
func rejects(cells []austauschbar.Cell) bool {
	return slices.ContainsFunc(cells, func(cell austauschbar.Cell) bool {
		header, text := strings.TrimSpace(cell.Header), strings.TrimSpace(cell.Text)
		return rejectionHeader.MatchString(header) && aWord.MatchString(text) || choiceHeader.MatchString(header) && notChosen.MatchString(text)
	})
}

// reasoned gives the reason that a row holds for what its clause names, in a column that
// is headed so.
func reasoned(source clauseSource, reading lexicon.Reading) []lexicon.TopicReading {
	if len(reading.Names) == 0 || !slices.ContainsFunc(source.passage.Cells, givesReason) {
		return nil
	}
	return []lexicon.TopicReading{{ID: productReason, Polarity: lexicon.Met, End: len(source.text)}}
}

func givesReason(cell austauschbar.Cell) bool {
	return reasonHeader.MatchString(strings.TrimSpace(cell.Header)) && aWord.MatchString(cell.Text)
}
