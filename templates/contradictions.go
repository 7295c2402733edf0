package templates

import (
	"fmt"

	"github.com/austauschbar/austauschbar"
)

// fillDiscrepancy puts a contradiction as a question. The words are
// contradiction.KIND, with what each side says.
func (words *Words) fillDiscrepancy(discrepancy *austauschbar.Discrepancy) error {
	discrepancy.Sides = copied(discrepancy.Sides)
	for i := range discrepancy.Sides {
		if err := words.fillPlace(&discrepancy.Sides[i].Evidence); err != nil {
			return err
		}
	}
	if len(discrepancy.Sides) != 2 {
		return fmt.Errorf("contradiction %q has %d sides", discrepancy.Kind, len(discrepancy.Sides))
	}
	message, err := words.say("contradiction."+discrepancy.Kind, discrepancy.Contradiction)
	discrepancy.Message = message
	return err
}

// withholdDiscrepancy leaves out what the documents say. That they differ, in what
// and where remains.
func (words *Words) withholdDiscrepancy(discrepancy *austauschbar.Discrepancy) error {
	discrepancy.About = ""
	discrepancy.Sides = copied(discrepancy.Sides)
	for i := range discrepancy.Sides {
		side := &discrepancy.Sides[i]
		side.Value, side.Name, side.Evidence.Quote = 0, "", ""
	}
	message, err := words.say("contradiction."+discrepancy.Kind+".withheld", nil)
	discrepancy.Message = message
	return err
}

// FirstContradictions gives as many contradictions as are shown.
func (v view) FirstContradictions() []austauschbar.Discrepancy {
	return v.Contradictions[:min(v.Most, len(v.Contradictions))]
}

// HiddenContradictions counts those beyond.
func (v view) HiddenContradictions() int { return len(v.Contradictions) - len(v.FirstContradictions()) }
