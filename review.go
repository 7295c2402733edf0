package austauschbar

// A Review is what the policies make of facts. The JSON output is this document;
// every other output is a voice over it.
type Review struct {
	Version        int           `json:"version" jsonschema:"enum=1"` // of this document's shape
	Tool           Tool          `json:"tool"`
	Dossier        ReviewDossier `json:"dossier"`
	Policy         Policy        `json:"policy"`
	Score          Score         `json:"score"`
	Headlines      []Headline    `json:"headlines"`
	Groups         []Group       `json:"groups"`
	Criteria       []Criterion   `json:"criteria"`
	Findings       []Finding     `json:"findings"`
	Waivers        []WaiverState `json:"waivers"` // in the order of the dossier's waivers.yaml
	Gaps           []Gap         `json:"gaps"`
	Contradictions []Discrepancy `json:"contradictions"`        // between documents; not scored
	Delta          *Delta        `json:"delta,omitempty"`       // left out where nothing was compared
	Situations     []Situation   `json:"situations,omitempty"`  // cases of AI; left out where there is none, or where only some criteria were judged
	Crosswalks     []Crosswalk   `json:"crosswalks,omitempty"`  // by the frameworks' names; left out where only some criteria were judged
	LockInMap      *LockInMap    `json:"lock_in_map,omitempty"` // left out where there are no components, or where only some criteria were judged
	Agreement      *Agreement    `json:"agreement,omitempty"`   // likewise; only of a tender with its architecture
}

// ReviewVersion is the version of the review's JSON shape. Within a version keys are
// added, and none is renamed, left out or given another meaning; see docs/reports.md.
const ReviewVersion = 1

// Tool names the program that made a review.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// ReviewDossier is what was reviewed.
type ReviewDossier struct {
	Title        string         `json:"title"`
	Path         string         `json:"path"`
	Kind         string         `json:"kind"`
	Regime       string         `json:"regime,omitempty"`
	RegimeSource string         `json:"regime_source,omitempty" jsonschema:"enum=declared,enum=inferred"`
	Order        string         `json:"order,omitempty"` // what kind of order was understood, as in the facts, or "services"
	Form         string         `json:"form,omitempty"`  // what kind of solution, as in the facts
	Language     string         `json:"language,omitempty"`
	Complete     bool           `json:"complete"`
	Documents    []DocumentFact `json:"documents"`
}

// Policy says which rules judged, so that a review can be repeated.
type Policy struct {
	Digest         string `json:"digest"`            // "sha256:" and hex, over all policy files
	Version        string `json:"version,omitempty"` // of the bundle they came in; left out for none
	Profile        string `json:"profile"`
	ProfileVersion string `json:"profile_version"`
	Today          string `json:"today"` // the day the dossier was judged at

	ProfileOverdue bool     `json:"profile_overdue,omitempty"` // the day by which its owner meant to look at it again is past
	LeftOut        []string `json:"left_out,omitempty"`        // ids of criteria that the profile does not judge
	Eased          []string `json:"eased,omitempty"`           // ids of criteria that weigh less in the profile, or no longer open the gate
	LowerBounds    []string `json:"lower_bounds,omitempty"`    // what the profile asks less for: "coverage", a level
}

// Score is the overall result. Scores run from 0 to 100, coverage from 0 to 1.
type Score struct {
	Overall     *float64 `json:"overall,omitempty"` // left out where nothing could be rated
	Level       string   `json:"level,omitempty"`   // A to E; left out while provisional
	Coverage    float64  `json:"coverage"`
	Needed      float64  `json:"needed"`      // coverage from which on there is a level
	Provisional bool     `json:"provisional"` // less is covered than needed
	Gate        string   `json:"gate" jsonschema:"enum=open,enum=closed"`
	OpenGates   []string `json:"open_gates"`
}

// A Headline is one of the scores that a review leads with.
type Headline struct {
	ID       string   `json:"id" jsonschema:"enum=exchangeability,enum=open_interfaces,enum=lock_in_risk,enum=ai_openness"`
	Score    *float64 `json:"score,omitempty"` // of lock_in_risk: the risk, so that less is better
	Level    string   `json:"level,omitempty"`
	Coverage float64  `json:"coverage"`
}

// A Group is the score of one group of criteria.
type Group struct {
	ID       string   `json:"id"`
	Score    *float64 `json:"score,omitempty"`
	Coverage float64  `json:"coverage"`
}

// Ratings of a criterion.
const (
	Met           = "met"
	Partly        = "partly"
	NotMet        = "not_met"
	NotApplicable = "not_applicable"
	NotEvidenced  = "not_evidenced"
)

// A Criterion is one of ours with its rating.
type Criterion struct {
	ID         string      `json:"id"`
	Group      string      `json:"group"`
	Title      string      `json:"title"`
	Kind       string      `json:"kind" jsonschema:"enum=A,enum=B"` // A gate, B scored
	Stage      string      `json:"stage" jsonschema:"enum=draft,enum=stable"`
	Weight     float64     `json:"weight"`
	Rating     string      `json:"rating" jsonschema:"enum=met,enum=partly,enum=not_met,enum=not_applicable,enum=not_evidenced"`
	Waived     bool        `json:"waived,omitempty"` // all findings that decide the rating are waived
	Reason     string      `json:"reason,omitempty"` // code of why it does not apply
	Points     float64     `json:"points"`           // weight × 10, 5 or 0
	Gain       float64     `json:"gain"`             // what the overall score would rise by if it were met
	Evidence   []Evidence  `json:"evidence"`         // what speaks for the rating
	Findings   []string    `json:"findings"`         // ids
	References []Reference `json:"references"`
}

// A Reference is a source: law, standard or study.
type Reference struct {
	Ref         string `json:"ref"` // URL
	Description string `json:"description"`
	Contract    bool   `json:"contract,omitempty"` // terms of a contract, which say nothing of an architecture
}

// A Finding is one point of a review: a claim with its place, reason and remedy.
type Finding struct {
	ID         string         `json:"id"` // survives edits elsewhere in the document
	Criterion  string         `json:"criterion"`
	Code       string         `json:"code"`
	Severity   string         `json:"severity" jsonschema:"enum=blocker,enum=major,enum=minor,enum=hint,enum=question"`
	Confidence float64        `json:"confidence"`         // 0 to 1
	Evidence   *Evidence      `json:"evidence,omitempty"` // left out where something is missing in the whole dossier
	Args       map[string]any `json:"args"`               // values for the words
	Message    string         `json:"message"`
	Reason     string         `json:"reason"`
	Remedy     string         `json:"remedy"`
	Suggestion string         `json:"suggestion,omitempty"` // text to put in the quote's place
	Waiver     *Waiver        `json:"waiver" jsonschema:"nullable"`
}

// Severities from the gravest to the mildest, the order of every output.
var Severities = []string{"blocker", "major", "minor", "hint", "question"}

// A Waiver is a recorded decision, which counts, to leave a finding as it is.
type Waiver struct {
	Reason   string `json:"reason"`             // see WaiverReasons
	Text     string `json:"text"`               // why, in the authority's words
	Evidence string `json:"evidence,omitempty"` // document or file that shows it
	Author   string `json:"author"`
	Approver string `json:"approver"`
	Date     string `json:"date" jsonschema:"format=date"`    // of the decision
	Expires  string `json:"expires" jsonschema:"format=date"` // first day on which it no longer counts
}

// A Discrepancy is a contradiction of the facts, put as a question.
type Discrepancy struct {
	Contradiction
	Message string `json:"message"`
}

// A Delta compares a review with that of the change's base.
type Delta struct {
	Base struct {
		Overall *float64 `json:"overall,omitempty"`
		Level   string   `json:"level,omitempty"`
	} `json:"base"`
	New     []string       `json:"new"`
	Fixed   []string       `json:"fixed"`
	Ratings []RatingChange `json:"ratings"`
}

// A RatingChange is a criterion whose rating is another than at the base.
type RatingChange struct {
	ID   string `json:"id"`
	From string `json:"from"`
	To   string `json:"to"`
}
