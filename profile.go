package austauschbar

// A Profile is a profiles/<name>/data.json of the policies: what an authority weighs
// in its own way. What it leaves out stays as the profile that it extends has it, or
// else the criteria themselves.
type Profile struct {
	Title      string                   `json:"title" yaml:"title" jsonschema:"required,minLength=1,description=What the profile is for"`
	Version    string                   `json:"version" yaml:"version" jsonschema:"required,minLength=1,description=Raised with every change\\, and never inside a running procedure"`
	Owner      string                   `json:"owner" yaml:"owner" jsonschema:"required,minLength=1,description=Who answers for it"`
	Reviewed   string                   `json:"reviewed" yaml:"reviewed" jsonschema:"required,format=date,description=Day on which the owner last looked at it"`
	ReviewBy   string                   `json:"review_by" yaml:"review_by" jsonschema:"required,format=date,description=Last day on which the owner means to look at it again"`
	Changelog  []ProfileVersion         `json:"changelog" yaml:"changelog" jsonschema:"required,minItems=1,description=What each version changed\\, the newest first"`
	Extends    string                   `json:"extends,omitempty" yaml:"extends" jsonschema:"description=Name of the profile that this one is laid over"`
	Reason     string                   `json:"reason,omitempty" yaml:"reason" jsonschema:"description=Why this profile asks less; holds for each change that states no reason"`
	AI         bool                     `json:"ai,omitempty" yaml:"ai" jsonschema:"description=Judge the openness of AI even where the manifest does not say that AI is bought"`
	Thresholds *ProfileThresholds       `json:"thresholds,omitempty" yaml:"thresholds" jsonschema:"description=Where a level begins"`
	Criteria   map[string]ProfileChange `json:"criteria,omitempty" yaml:"criteria" jsonschema:"description=Changes by the id of the criterion"`
}

// ProfileVersion is an entry of a profile's changelog.
type ProfileVersion struct {
	Version string `json:"version" yaml:"version" jsonschema:"required,minLength=1"`
	Date    string `json:"date" yaml:"date" jsonschema:"required,format=date"`
	Change  string `json:"change" yaml:"change" jsonschema:"required,minLength=1"`
}

// ProfileThresholds are shares of 100.
type ProfileThresholds struct {
	Coverage *float64       `json:"coverage,omitempty" yaml:"coverage" jsonschema:"minimum=0,maximum=100,description=Coverage from which on there is a level"`
	Levels   *ProfileLevels `json:"levels,omitempty" yaml:"levels" jsonschema:"description=Scores from which on a level is reached; what reaches none is E"`
	Reason   string         `json:"reason,omitempty" yaml:"reason" jsonschema:"description=Why less is asked"`
}

// ProfileLevels are the scores at which the levels begin.
type ProfileLevels struct {
	A *float64 `json:"A,omitempty" yaml:"A" jsonschema:"minimum=0,maximum=100"`
	B *float64 `json:"B,omitempty" yaml:"B" jsonschema:"minimum=0,maximum=100"`
	C *float64 `json:"C,omitempty" yaml:"C" jsonschema:"minimum=0,maximum=100"`
	D *float64 `json:"D,omitempty" yaml:"D" jsonschema:"minimum=0,maximum=100"`
}

// A ProfileChange is what a profile changes of a criterion.
type ProfileChange struct {
	Weight *float64 `json:"weight,omitempty" yaml:"weight" jsonschema:"minimum=1,maximum=10"`
	Kind   string   `json:"kind,omitempty" yaml:"kind" jsonschema:"enum=A,enum=B,description=A opens the gate where it is not met; B is scored only"`
	Judged *bool    `json:"judged,omitempty" yaml:"judged" jsonschema:"description=Whether the criterion is judged at all"`
	Reason string   `json:"reason,omitempty" yaml:"reason" jsonschema:"description=Why less is asked"`
}
