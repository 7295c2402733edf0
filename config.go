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
// forges that it listens to, and who may see its pages.
type ServerConfig struct {
	Forges []ForgeConfig `json:"forges,omitempty" yaml:"forges" jsonschema:"minItems=1,description=Instances of forges to listen to"`
	Pages  *PagesConfig  `json:"pages,omitempty" yaml:"pages" jsonschema:"description=Keep reviews and show them at /pages/; left out for neither"`
}

// A PagesConfig says who may see what the server keeps of its reviews. People are known
// by a reverse proxy's header, or by the sign-in of a forge.
type PagesConfig struct {
	Header      string        `json:"header,omitempty" yaml:"header" jsonschema:"pattern=^[A-Za-z0-9-]+$,description=Header in which a reverse proxy says who asks"`
	From        []string      `json:"from,omitempty" yaml:"from" jsonschema:"minItems=1,description=Addresses of the proxy (192.0.2.1 or 192.0.2.0/24); the header counts from nowhere else"`
	SignIn      *SignInConfig `json:"sign_in,omitempty" yaml:"sign_in" jsonschema:"description=Sign-in of a forge\\, in place of the header"`
	Allow       []PagesRule   `json:"allow" yaml:"allow" jsonschema:"required,minItems=1,description=Who may see which repositories"`
	KeepDays    int           `json:"keep_days,omitempty" yaml:"keep_days" jsonschema:"minimum=1,maximum=3650,description=How long reviews are kept (default: 90)"`
	KeepReviews int           `json:"keep_reviews,omitempty" yaml:"keep_reviews" jsonschema:"minimum=1,maximum=100000,description=How many are kept at most (default: 5000)"`
}

// A PagesRule lets people see the reviews of repositories.
type PagesRule struct {
	Forge        string   `json:"forge" yaml:"forge" jsonschema:"required,enum=github,enum=gitlab,enum=gitea,description=Forge of the repositories"`
	Name         string   `json:"name,omitempty" yaml:"name" jsonschema:"description=Name of its instance; left out for the one of the environment"`
	Repositories []string `json:"repositories" yaml:"repositories" jsonschema:"required,minItems=1,description=Names of repositories: owner/name\\, owner/*\\, or owner/** with subgroups"`
	Users        []string `json:"users,omitempty" yaml:"users" jsonschema:"description=People\\, as the header or the forge names them"`
	Groups       []string `json:"groups,omitempty" yaml:"groups" jsonschema:"description=Groups of the sign-in's forge: organisation\\, organisation/team\\, or group/subgroup"`
}

// A SignInConfig is an OAuth application of a forge.
type SignInConfig struct {
	Forge            string `json:"forge" yaml:"forge" jsonschema:"required,enum=github,enum=gitlab,description=Forge that people sign in with"`
	URL              string `json:"url,omitempty" yaml:"url" jsonschema:"format=uri,description=Address of the forge (default: https://github.com or https://gitlab.com)"`
	Address          string `json:"address" yaml:"address" jsonschema:"required,pattern=^https://[^/]+$,description=Address of this server\\, as https://austauschbar.example.org"`
	ClientID         string `json:"client_id" yaml:"client_id" jsonschema:"required,description=Id of the OAuth application"`
	ClientSecretEnv  string `json:"client_secret_env,omitempty" yaml:"client_secret_env" jsonschema:"description=Environment variable that holds its secret"`
	ClientSecretFile string `json:"client_secret_file,omitempty" yaml:"client_secret_file" jsonschema:"description=File that holds its secret"`
	KeyEnv           string `json:"key_env,omitempty" yaml:"key_env" jsonschema:"description=Environment variable that holds the key that signs cookies\\, at least 32 characters"`
	KeyFile          string `json:"key_file,omitempty" yaml:"key_file" jsonschema:"description=File that holds that key"`
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
