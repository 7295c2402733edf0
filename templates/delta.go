package templates

import (
	"cmp"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
)

// A ratingChange is a criterion with another rating than at the base. Direction
// is "better", "worse" or, where the two cannot be compared, "other".
type ratingChange struct {
	Criterion austauschbar.Criterion
	From, To  string
	Direction string
}

// ranks orders the ratings that can be compared.
var ranks = map[string]int{austauschbar.NotMet: 1, austauschbar.Partly: 2, austauschbar.Met: 3}

// directions in the order of every output.
var directions = []string{"better", "worse", "other"}

func direction(from, to string) string {
	before, after := ranks[from], ranks[to]
	switch {
	case before == 0 || after == 0 || before == after:
		return "other"
	case after > before:
		return "better"
	}
	return "worse"
}

// byDirection puts what got better first, then what got worse, in each the
// weightiest first.
func byDirection(a, b ratingChange) int {
	return cmp.Or(
		cmp.Compare(slices.Index(directions, a.Direction), slices.Index(directions, b.Direction)),
		cmp.Compare(b.Criterion.Weight, a.Criterion.Weight),
		strings.Compare(a.Criterion.ID, b.Criterion.ID),
	)
}

// IsNew tells whether a finding was not there at the base. Where there was
// nothing to compare with, no finding is marked.
func (v view) IsNew(finding string) bool {
	return v.Delta != nil && !v.Unbased() && slices.Contains(v.Delta.New, finding)
}

// Unbased tells whether the dossier was not there at the base, so that all its
// findings count as new.
func (v view) Unbased() bool {
	return v.Delta != nil && v.Delta.Base.Overall == nil && len(v.Delta.Fixed) == 0 &&
		len(v.Delta.New) > 0 && len(v.Delta.New) == len(v.Findings)
}

// NewFindings gives the new findings that are not waived, gravest first.
func (v view) NewFindings() []austauschbar.Finding {
	if v.Delta == nil {
		return nil
	}
	var found []austauschbar.Finding
	for _, finding := range v.Findings {
		if finding.Waiver == nil && slices.Contains(v.Delta.New, finding.ID) {
			found = append(found, finding)
		}
	}
	slices.SortStableFunc(found, func(a, b austauschbar.Finding) int {
		return cmp.Or(bySeverity(a, b), byPlace(a, b))
	})
	return found
}

func bySeverity(a, b austauschbar.Finding) int {
	return cmp.Compare(slices.Index(austauschbar.Severities, a.Severity), slices.Index(austauschbar.Severities, b.Severity))
}

// Counts are the new, fixed and unchanged findings, the waived left out of the
// first and the last.
func (v view) Counts() map[string]any {
	fresh := len(v.NewFindings())
	return map[string]any{"new": fresh, "fixed": len(v.Delta.Fixed), "same": len(v.Findings) - len(v.Waived) - fresh}
}

// Resolved tells whether a change leaves nothing to do where there was something.
func (v view) Resolved() bool {
	return v.Delta != nil && len(v.Delta.Fixed) > 0 && len(v.Sections) == 0 && len(v.Score.OpenGates) == 0
}

// newsShown is how many new findings a review lists before all others.
const newsShown = 10

// First gives as many of the new findings as are listed.
func (v view) First(findings []austauschbar.Finding) []austauschbar.Finding {
	return findings[:min(newsShown, v.Most, len(findings))]
}

// Hidden counts the new findings beyond those listed.
func (v view) Hidden(findings []austauschbar.Finding) int {
	return len(findings) - len(v.First(findings))
}

// Folder is the dossier's path where it says more than the title.
func (v view) Folder() string {
	if v.Dossier.Path == "." || v.Dossier.Path == v.Dossier.Title {
		return ""
	}
	return v.Dossier.Path
}

// newFirst orders the findings that were not there at the base before others.
func newFirst(review austauschbar.Review) func(a, b austauschbar.Finding) int {
	rank := func(finding austauschbar.Finding) int {
		if review.Delta != nil && slices.Contains(review.Delta.New, finding.ID) {
			return 0
		}
		return 1
	}
	return func(a, b austauschbar.Finding) int { return cmp.Compare(rank(a), rank(b)) }
}
