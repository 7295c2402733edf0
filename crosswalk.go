package austauschbar

// A Crosswalk retells a review in the terms of a public framework: what of the
// framework the documents demand or design. It is no grade of the framework's own,
// of no provider and no product.
type Crosswalk struct {
	Framework  string            `json:"framework"` // name that commands take
	Title      Texts             `json:"title"`
	Publisher  string            `json:"publisher"`
	Version    string            `json:"version"`           // as the publisher counts
	Dated      string            `json:"dated"`             // of that version: day, month or year
	Source     string            `json:"source"`            // URL
	Read       string            `json:"read"`              // day of the last comparison with the source
	Through    string            `json:"through,omitempty"` // URL of what was read in the source's place
	Status     Texts             `json:"status,omitempty"`  // left out where the framework is simply in force
	Notes      []Texts           `json:"notes,omitempty"`
	Unverified []Texts           `json:"unverified,omitempty"` // what could not be compared with the source
	Counts     CrosswalkCounts   `json:"counts"`
	Groups     []CrosswalkGroup  `json:"groups,omitempty"`
	Weightings []Weighting       `json:"weightings,omitempty"`
	Items      []CrosswalkItem   `json:"items"`
	Beyond     []string          `json:"beyond"`           // ids of our criteria that the framework does not touch
	Matrix     *EvaluationMatrix `json:"matrix,omitempty"` // left out where the framework knows none
}

// Texts is one text by language: "de", "en".
type Texts map[string]string

// Results of an item of a crosswalk, beside the ratings of criteria.
const (
	NotCovered = "not_covered"  // documents could tell, but no criterion of ours looks at it
	OutOfReach = "out_of_reach" // documents cannot tell
)

// CrosswalkResults lists what an item can be, in the order of every output.
var CrosswalkResults = []string{Met, Partly, NotMet, NotEvidenced, NotApplicable, NotCovered, OutOfReach}

// CrosswalkCounts counts items by their result.
type CrosswalkCounts struct {
	Items         int `json:"items"`
	InReach       int `json:"in_reach"` // all but those out of reach
	Met           int `json:"met"`
	Partly        int `json:"partly"`
	NotMet        int `json:"not_met"`
	NotEvidenced  int `json:"not_evidenced"`
	NotApplicable int `json:"not_applicable"`
	NotCovered    int `json:"not_covered"`
	OutOfReach    int `json:"out_of_reach"`
}

// A CrosswalkGroup is one of the framework's groups of items.
type CrosswalkGroup struct {
	ID     string          `json:"id"`
	Title  Texts           `json:"title"`
	Counts CrosswalkCounts `json:"counts"`
}

// A Weighting tells what share of the framework's weight has which result.
type Weighting struct {
	ID     string             `json:"id"`
	Title  Texts              `json:"title"`
	Shares map[string]float64 `json:"shares"` // percent by result
}

// A CrosswalkItem is one item of a framework.
type CrosswalkItem struct {
	ID       string               `json:"id"` // the framework's own
	Group    string               `json:"group,omitempty"`
	Title    Texts                `json:"title"`
	Note     Texts                `json:"note,omitempty"`
	Evidence []string             `json:"evidence" jsonschema:"enum=text,enum=architecture,enum=provider,enum=project"` // what settles the item
	Rating   string               `json:"rating" jsonschema:"enum=met,enum=partly,enum=not_met,enum=not_evidenced,enum=not_applicable,enum=not_covered,enum=out_of_reach"`
	Criteria []CrosswalkCriterion `json:"criteria"` // the strongest first
	Findings []string             `json:"findings"` // ids; of the criteria that decide
}

// A CrosswalkCriterion is a criterion of ours that an item rests on.
type CrosswalkCriterion struct {
	ID       string `json:"id"`
	Strength string `json:"strength" jsonschema:"enum=full,enum=partial,enum=hint"`
	Rating   string `json:"rating" jsonschema:"enum=met,enum=partly,enum=not_met,enum=not_applicable,enum=not_evidenced"`
}

// An EvaluationMatrix is our criteria as the table of weighting points, points of the
// rating and their product that procurement offices know. It rates the documents.
type EvaluationMatrix struct {
	Rows   []MatrixRow  `json:"rows"`   // by group, in the review's order
	Groups []MatrixSums `json:"groups"` // in the review's order
	Total  MatrixSums   `json:"total"`
}

// A MatrixRow is one criterion. Marks, points and best are left out where it was not
// rated.
type MatrixRow struct {
	Criterion string   `json:"criterion"`
	Group     string   `json:"group"`
	Kind      string   `json:"kind" jsonschema:"enum=A,enum=B"`
	Rating    string   `json:"rating" jsonschema:"enum=met,enum=partly,enum=not_met,enum=not_applicable,enum=not_evidenced"`
	Weight    float64  `json:"weight"`
	Mark      *float64 `json:"mark,omitempty"`   // 10, 5 or 0
	Points    *float64 `json:"points,omitempty"` // weight × mark
	Best      *float64 `json:"best,omitempty"`   // weight × 10
}

// MatrixSums are sums of rows; points and best of those that were rated.
type MatrixSums struct {
	Group  string  `json:"group,omitempty"` // left out for the total
	Weight float64 `json:"weight"`
	Points float64 `json:"points"`
	Best   float64 `json:"best"`
}
