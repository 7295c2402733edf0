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

// A ServerConfig is the file that serve reads with --config: the instances of
// forges that it listens to.
type ServerConfig struct {
	Forges []ForgeConfig `json:"forges" yaml:"forges" jsonschema:"required,minItems=1,description=Instances of forges to listen to"`
}

// A ForgeConfig is one instance. Secrets never stand in the file: it names the
// environment variables or files that hold them. Which keys a forge needs is for
// the forge to say.
type ForgeConfig struct {
	Forge             string `json:"forge" yaml:"forge" jsonschema:"required,enum=github,enum=gitlab,enum=gitea,description=What the instance is; gitea for Forgejo too"`
	Name              string `json:"name" yaml:"name" jsonschema:"required,pattern=^[a-z0-9][a-z0-9-]{0\\,39}$,description=Name of the instance; its webhooks come in at /webhooks/FORGE/NAME"`
	URL               string `json:"url,omitempty" yaml:"url" jsonschema:"format=uri,description=Address of the instance; of GitHub the API's root"`
	GraphQLURL        string `json:"graphql_url,omitempty" yaml:"graphql_url" jsonschema:"format=uri,description=Address of GraphQL where it is not beside the API"`
	TokenEnv          string `json:"token_env,omitempty" yaml:"token_env" jsonschema:"description=Environment variable that holds the token"`
	TokenFile         string `json:"token_file,omitempty" yaml:"token_file" jsonschema:"description=File that holds the token"`
	AppID             int64  `json:"app_id,omitempty" yaml:"app_id" jsonschema:"minimum=1,description=Number of the GitHub App"`
	PrivateKeyEnv     string `json:"private_key_env,omitempty" yaml:"private_key_env" jsonschema:"description=Environment variable that holds the App's key"`
	PrivateKeyFile    string `json:"private_key_file,omitempty" yaml:"private_key_file" jsonschema:"description=File that holds the App's key"`
	WebhookSecretEnv  string `json:"webhook_secret_env,omitempty" yaml:"webhook_secret_env" jsonschema:"description=Environment variable that holds the webhook's secret"`
	WebhookSecretFile string `json:"webhook_secret_file,omitempty" yaml:"webhook_secret_file" jsonschema:"description=File that holds the webhook's secret"`
	Pause             string `json:"pause,omitempty" yaml:"pause" jsonschema:"pattern=^[0-9]+(ms|s|m)$,description=Time between two writes"`
}
