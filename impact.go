package austauschbar

// An Impact is what a change of the policies does to the reviews of a corpus.
type Impact struct {
	Base      ImpactSide        `json:"base"`
	Head      ImpactSide        `json:"head"`
	Judged    int               `json:"judged"`   // dossiers
	Dossiers  []DossierImpact   `json:"dossiers"` // those whose review is another, in the corpus' order
	Criteria  []CriterionImpact `json:"criteria"` // those that speak otherwise, in the order of ids
	SameFacts bool              `json:"same_facts"`
}

// An ImpactSide is one of the two sets of policies that are compared.
type ImpactSide struct {
	Digest   string  `json:"digest"`
	Seconds  float64 `json:"seconds"` // to judge the whole corpus
	Findings int     `json:"findings"`
}

// A DossierImpact is how the review of one dossier changes.
type DossierImpact struct {
	Path    string         `json:"path"`
	Title   string         `json:"title,omitempty"`
	Base    Score          `json:"base"`
	Head    Score          `json:"head"`
	Added   []Finding      `json:"added"`
	Removed []Finding      `json:"removed"`
	Ratings []RatingChange `json:"ratings"` // From and To are "" where the criterion is not there
}

// A CriterionImpact counts how one criterion speaks otherwise than before.
type CriterionImpact struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	Added   int    `json:"added"`   // findings
	Removed int    `json:"removed"` // findings
	Better  int    `json:"better"`  // dossiers that it rates better
	Worse   int    `json:"worse"`
	Other   int    `json:"other"` // rated for the first time, or no longer
}
