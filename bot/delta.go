package bot

import (
	"slices"

	"github.com/austauschbar/austauschbar"
)

// Compare puts into a review how it differs from that of the change's base.
// Without a base everything is new.
func Compare(review, base austauschbar.Review) austauschbar.Review {
	delta := &austauschbar.Delta{New: []string{}, Fixed: []string{}, Ratings: []austauschbar.RatingChange{}}
	delta.Base.Overall, delta.Base.Level = base.Score.Overall, base.Score.Level
	had, has := findingIDs(base), findingIDs(review)
	for _, id := range has {
		if !slices.Contains(had, id) {
			delta.New = append(delta.New, id)
		}
	}
	for _, id := range had {
		if !slices.Contains(has, id) {
			delta.Fixed = append(delta.Fixed, id)
		}
	}
	for _, criterion := range review.Criteria {
		i := slices.IndexFunc(base.Criteria, func(c austauschbar.Criterion) bool { return c.ID == criterion.ID })
		if i >= 0 && base.Criteria[i].Rating != criterion.Rating {
			delta.Ratings = append(delta.Ratings, austauschbar.RatingChange{ID: criterion.ID, From: base.Criteria[i].Rating, To: criterion.Rating})
		}
	}
	review.Delta = delta
	return review
}

func findingIDs(review austauschbar.Review) []string {
	ids := make([]string, len(review.Findings))
	for i, finding := range review.Findings {
		ids[i] = finding.ID
	}
	return ids
}
