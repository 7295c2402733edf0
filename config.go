package austauschbar

// A Config is a repository's .austauschbar.yaml.
type Config struct {
	Dossiers     []string `json:"dossiers,omitempty" yaml:"dossiers" jsonschema:"description=Folders to review\\, as paths or globs"`
	Profile      string   `json:"profile,omitempty" yaml:"profile" jsonschema:"description=Name of the profile that weighs the criteria"`
	Language     string   `json:"language,omitempty" yaml:"language" jsonschema:"enum=de,enum=en,description=Language of the review"`
	FailOn       string   `json:"fail_on,omitempty" yaml:"fail_on" jsonschema:"pattern=^(never|gate|level:[A-E])$,description=What makes the command exit with 3"`
	Labels       bool     `json:"labels,omitempty" yaml:"labels" jsonschema:"description=Label the change on a forge with its level"`
	Confidential bool     `json:"confidential,omitempty" yaml:"confidential" jsonschema:"description=Leave quotes out of comments on a forge"`
}
