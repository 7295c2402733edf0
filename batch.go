package austauschbar

// A BatchLine is what a batch keeps of one dossier: one line of its results. It holds
// numbers and codes, no passages, and depends on nothing but the dossier's documents
// and what judged them.
type BatchLine struct {
	Version   int               `json:"version"` // of this document's shape
	Path      string            `json:"path"`    // of the dossier; of a release in a list, LIST#LINE
	Key       string            `json:"key,omitempty"`
	Tool      Tool              `json:"tool"`
	Error     string            `json:"error,omitempty"` // why there is no review; then what follows is left out
	Policy    *Policy           `json:"policy,omitempty"`
	Title     string            `json:"title,omitempty"` // at most 200 runes
	Kind      string            `json:"kind,omitempty"`
	Regime    string            `json:"regime,omitempty"`
	Documents int               `json:"documents,omitempty"` // that were read
	Gaps      int               `json:"gaps,omitempty"`      // that could not be, parts of documents too
	Score     *Score            `json:"score,omitempty"`
	Headlines []Headline        `json:"headlines,omitempty"`
	Criteria  map[string]string `json:"criteria,omitempty"` // ratings by the criteria's ids
	Findings  []BatchFinding    `json:"findings,omitempty"` // by criterion, severity and code; waived ones left out
	Waived    int               `json:"waived,omitempty"`   // findings that are waived
	Notice    *BatchNotice      `json:"notice,omitempty"`   // left out where the dossier holds none
}

// BatchVersion is the version of the shapes of a batch's line and summary.
const BatchVersion = 1

// A BatchFinding counts the findings of a dossier that say the same.
type BatchFinding struct {
	Criterion string `json:"criterion"`
	Severity  string `json:"severity" jsonschema:"enum=blocker,enum=major,enum=minor,enum=hint,enum=question"`
	Code      string `json:"code"`
	Count     int    `json:"count"`
}

// A BatchNotice is what a dossier's notice says of its procedure. Of several it is the
// first call for competition, else the first.
type BatchNotice struct {
	ID        string   `json:"id,omitempty"`
	Authority string   `json:"authority,omitempty"` // the first buyer; at most 200 runes
	Procedure string   `json:"procedure,omitempty"` // code
	CPV       []string `json:"cpv,omitempty"`       // the main one first; without check digits, at most 20
	Month     string   `json:"month,omitempty"`     // of publication: "2026-11"
}

// A BatchSummary tells of all dossiers of a batch at once.
type BatchSummary struct {
	Version   int    `json:"version"` // of this document's shape
	Tool      Tool   `json:"tool"`
	Digest    string `json:"policy_digest"`
	Today     string `json:"today"` // the day the dossiers were judged at
	Dossiers  int    `json:"dossiers"`
	Failed    int    `json:"failed"`    // of these, without a review
	WithGaps  int    `json:"with_gaps"` // of these, with documents or parts that could not be read
	Documents int    `json:"documents"`

	All         BatchGroup       `json:"all"`
	Headlines   []BatchGroup     `json:"headlines"`   // by the order of a review
	Profiles    []BatchGroup     `json:"profiles"`    // the most frequent first, as below
	Authorities []BatchGroup     `json:"authorities"` // name "" for the dossiers whose notices do not tell, as below
	Procedures  []BatchGroup     `json:"procedures"`
	CPV         []BatchGroup     `json:"cpv"`      // by the main code
	Months      []BatchGroup     `json:"months"`   // from the earliest
	Criteria    []BatchCriterion `json:"criteria"` // the worst first
	Findings    []BatchTotal     `json:"findings"` // in the most dossiers first
	Worst       []BatchPlace     `json:"worst"`    // dossiers with the lowest scores
	Failures    []BatchPlace     `json:"failures"` // the first of them
}

// A BatchGroup counts dossiers that have something in common.
type BatchGroup struct {
	Name     string         `json:"name"`
	Dossiers int            `json:"dossiers"`        // that were reviewed
	Score    *float64       `json:"score,omitempty"` // mean of those that have a level: of less, a score says little
	Coverage float64        `json:"coverage"`        // mean
	Open     int            `json:"open"`            // dossiers with an open gate
	Levels   map[string]int `json:"levels"`          // dossiers by level; "" for those without
}

// A BatchCriterion counts dossiers by the rating of a criterion.
type BatchCriterion struct {
	ID      string         `json:"id"`
	Title   string         `json:"title"`
	Ratings map[string]int `json:"ratings"`
	Open    int            `json:"open"` // dossiers in which it opens the gate
}

// A BatchTotal counts findings that say the same over all dossiers.
type BatchTotal struct {
	BatchFinding
	Dossiers int `json:"dossiers"`
}

// A BatchPlace names a dossier in a summary.
type BatchPlace struct {
	Path  string   `json:"path"`
	Title string   `json:"title,omitempty"`
	Level string   `json:"level,omitempty"`
	Score *float64 `json:"score,omitempty"`
	Error string   `json:"error,omitempty"`
}
