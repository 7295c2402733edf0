package policies

import (
	"context"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/austauschbar/austauschbar"
)

// situated is what policies/situation makes of the facts.
type situated struct {
	AI         bool                     `json:"ai"` // the dossier is about AI
	Situations []austauschbar.Situation `json:"situations"`
}

// situate asks whether a dossier is about AI, and which cases it is. Their matters have
// no ratings yet.
func (p *Policies) situate(ctx context.Context, facts ast.Value) (situated, error) {
	var result situated
	err := askReview(ctx, p.situation, facts, &result)
	return result, err
}

// rated gives the situations with the ratings of criteria. What is not judged in this
// review, or does not apply, matters nothing in it.
func (s situated) rated(criteria []austauschbar.Criterion) []austauschbar.Situation {
	var situations []austauschbar.Situation
	for _, situation := range s.Situations {
		matters := []austauschbar.Matter{}
		for _, matter := range situation.Matters {
			i := slices.IndexFunc(criteria, func(c austauschbar.Criterion) bool { return c.ID == matter.Criterion })
			if i >= 0 && criteria[i].Rating != austauschbar.NotApplicable {
				matter.Rating = criteria[i].Rating
				matters = append(matters, matter)
			}
		}
		situation.Matters = matters
		situations = append(situations, situation)
	}
	return situations
}
