package templates

import (
	"fmt"
	"io"

	"github.com/austauschbar/austauschbar"
)

// A record is what of a review goes into the procurement file.
type record struct {
	view
	Regime   string // in words, with the paragraph on documentation
	Records  []waivedCriterion
	Blockers []austauschbar.Finding // not waived
}

// A waivedCriterion is a criterion with its findings that are waived.
type waivedCriterion struct {
	Criterion austauschbar.Criterion
	Extent    string // "whole" where the criterion is waived, "part" otherwise
	Findings  []austauschbar.Finding
}

// Vergabevermerk writes the waivers that count of a review as Fill returned it,
// with their reasons, as plain text for the procurement file (§ 8 VgV, § 6 UVgO).
// Passages stand unchanged, each on one line.
func (words *Words) Vergabevermerk(out io.Writer, review austauschbar.Review) error {
	r, err := words.record(review)
	if err != nil {
		return fmt.Errorf("write vergabevermerk: %w", err)
	}
	v := terminal(Options{})
	v.shape = "vergabevermerk"
	return words.write(out, v, "vergabevermerk", r)
}

func (words *Words) record(review austauschbar.Review) (record, error) {
	v, err := words.view(review)
	if err != nil {
		return record{}, err
	}
	r := record{view: v}
	if r.Regime, err = words.regime(review.Dossier.Regime); err != nil {
		return record{}, err
	}
	for _, criterion := range review.Criteria {
		one := waivedCriterion{Criterion: criterion, Extent: "part"}
		if criterion.Waived {
			one.Extent = "whole"
		}
		for _, finding := range v.Waived {
			if finding.Criterion == criterion.ID {
				one.Findings = append(one.Findings, finding)
			}
		}
		if len(one.Findings) > 0 {
			r.Records = append(r.Records, one)
		}
	}
	for _, finding := range review.Findings {
		if finding.Severity == austauschbar.Severities[0] && finding.Waiver == nil {
			r.Blockers = append(r.Blockers, finding)
		}
	}
	return r, nil
}

// regime names the procurement law and, where one governs it, the paragraph on
// documentation.
func (words *Words) regime(id string) (string, error) {
	switch {
	case id == "":
		return words.say("record.regime.unknown", nil)
	case words.Defines("record.basis." + id):
		return words.say("record.regime.with", id)
	}
	return words.say("record.regime", id)
}
