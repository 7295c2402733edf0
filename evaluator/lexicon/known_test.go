package lexicon

import (
	"slices"
	"strings"
	"testing"
)

func TestImage(t *testing.T) {
	tests := map[string]string{
		"postgres":                      "postgresql",
		"postgres:16-alpine":            "postgresql",
		"docker.io/library/postgres:16": "postgresql",
		"public.ecr.aws/docker/library/redis@sha256:0": "redis",
		"bitnamilegacy/postgresql:15":                  "postgresql",
		"quay.io/keycloak/keycloak:26.0":               "keycloak",
		"localhost:5000/mongo:7":                       "mongodb",
		"harbor.example.de/proxy/bitnami/redis:7":      "redis",
		"harbor.example.de/hub/library/nginx:1.27":     "nginx",
		"ghcr.io/berriai/litellm:main-stable":          "litellm",
		"example/postgres":                             "",         // whose it is, the name does not say
		"ghcr.io/mastodon/mastodon:v4.3":               "mastodon", // under its own name twice
		"example/mastodon":                             "",
		"postgres-exporter":                            "",
		"prometheuscommunity/postgres-exporter":        "",
		"opensearchproject/opensearch-benchmark":       "",
		"":                                             "",
	}
	for reference, want := range tests {
		t.Run(reference, func(t *testing.T) {
			if got := load(t).Image(reference); got != want {
				t.Errorf("is %q, want %q", got, want)
			}
		})
	}
}

func TestResource(t *testing.T) {
	tests := map[string]struct {
		id     string
		itself bool
	}{
		"aws_db_instance":                  {"aws_rds", true},
		"aws_db_subnet_group":              {"aws_rds", false},
		"aws_secretsmanager_secret":        {"aws_secrets_manager", true},
		"aws_vpc":                          {"aws", false},
		"postgresql.cnpg.io/Cluster":       {"postgresql", true},
		"stackit_postgresflex_instance":    {"stackit_postgres", true},
		"ionoscloud_pg_cluster":            {"ionos_postgres", true},
		"opentelekomcloud_dcs_instance_v2": {"otc_dcs", true},
		"Cluster":                          {"", false},
		"random_password":                  {"", false},
	}
	for kind, want := range tests {
		t.Run(kind, func(t *testing.T) {
			if id, itself := load(t).Resource(kind); id != want.id || itself != want.itself {
				t.Errorf("is %q, itself %t, want %v", id, itself, want)
			}
		})
	}
}

func TestPackage(t *testing.T) {
	tests := map[string]string{
		"pkg:pypi/openai":                                     "openai_platform",
		"pkg:npm/%40aws-sdk/client-s3@3.1.0":                  "aws_s3",
		"pkg:npm/@aws-sdk/client-polly":                       "aws",
		"pkg:golang/github.com/jackc/pgx/v5":                  "postgresql",
		"pkg:maven/org.postgresql/postgresql@42.7.4?type=jar": "postgresql",
		"pkg:npm/pg-promise":                                  "",
		"pkg:npm/redis-mock":                                  "",
		"":                                                    "",
	}
	for purl, want := range tests {
		t.Run(purl, func(t *testing.T) {
			if got := load(t).Package(purl); got != want {
				t.Errorf("is %q, want %q", got, want)
			}
		})
	}
}

func TestHost(t *testing.T) {
	tests := map[string]string{
		"api.openai.com":                             "openai_platform",
		"verwaltung.openai.azure.com":                "azure_openai",
		"openai.azure.com":                           "azure",
		"db.abc.eu-central-1.rds.amazonaws.com":      "aws_rds",
		"bedrock-runtime.eu-central-1.amazonaws.com": "aws_bedrock",
		"bucket.s3.eu-central-1.amazonaws.com":       "aws_s3",
		"s3.amazonaws.com":                           "aws_s3",
		"LOGIN.microsoftonline.com.":                 "entra_id",
		"oai.endpoints.kepler.ai.cloud.ovh.net":      "ovh_ai",
		"api.openai.com.example.org":                 "",
		"example.org":                                "",
		"":                                           "",
	}
	for name, want := range tests {
		t.Run(name, func(t *testing.T) {
			if got := load(t).Host(name); got != want {
				t.Errorf("is %q, want %q", got, want)
			}
		})
	}
}

func TestProtocolsAndPlatforms(t *testing.T) {
	l := load(t)
	tests := map[string]struct{ got, want string }{
		"scheme":             {l.Scheme("AMQPS"), "amqp"},
		"unknown scheme":     {l.Scheme("sso"), ""},
		"port":               {l.Port(5432), "postgresql_protocol"},
		"port of many":       {l.Port(8080), ""},
		"hyperscaler":        {l.Platform("amazon"), "aws"},
		"not its sovereign":  {l.Platform("t_systems"), "open_telekom_cloud"},
		"vendor without one": {l.Platform("openai"), ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if test.got != test.want {
				t.Errorf("is %q, want %q", test.got, test.want)
			}
		})
	}
}

// What architecture files write stands under one entry, written as it is looked up.
func TestCatalogueOfArchitectures(t *testing.T) {
	entries := catalogued(t)
	owners := map[string]string{}
	filled := 0
	for id, entry := range entries {
		if len(entry.Images)+len(entry.Resources)+len(entry.Packages)+len(entry.Hosts) > 0 {
			filled++
		}
		for list, texts := range map[string][]string{"image": entry.Images, "resource": entry.Resources, "package": entry.Packages, "host": entry.Hosts, "scheme": entry.Schemes} {
			for _, text := range texts {
				key := list + " " + strings.ToLower(text)
				if other := owners[key]; other != "" {
					t.Errorf("%s: %s stands under %s too", id, key, other)
				}
				owners[key] = id
				if !wellWritten[list](text) {
					t.Errorf("%s: %s %q is not written as docs/lexicon.md says", id, list, text)
				}
			}
		}
		if len(entry.Schemes)+len(entry.Ports) > 0 && !isSpecification(entry) {
			t.Errorf("%s: has schemes or ports and is no protocol", id)
		}
	}
	t.Logf("%d entries, at least 350 wanted", filled)
	if filled < 350 {
		t.Errorf("%d entries tell what architecture files write, want at least 350", filled)
	}
}

var wellWritten = map[string]func(string) bool{
	"image":    func(text string) bool { return text == Repository(text) },
	"resource": starAtTheEnd,
	"package":  func(text string) bool { return strings.HasPrefix(text, "pkg:") && starAtTheEnd(text) },
	"host": func(text string) bool {
		return text == strings.ToLower(text) && !slices.Contains(strings.Split(text, "."), "")
	},
	"scheme": func(text string) bool { return text == strings.ToLower(text) && !strings.Contains(text, ":") },
}

func starAtTheEnd(text string) bool { return !strings.Contains(strings.TrimSuffix(text, "*"), "*") }

// Settings, programs and folders lead to the one product that alone has them.
func TestSettingProgramFolder(t *testing.T) {
	l := load(t)
	for name, test := range map[string]struct{ got, want string }{
		"a setting":                     {l.Setting("ANTHROPIC_API_KEY"), "claude"},
		"words in the middle":           {l.Setting("embedding.azure-openai.endpoint"), "azure_openai"},
		"the first of two":              {l.Setting("AZURE_OPENAI_API_KEY"), "azure_openai"},
		"part of a word":                {l.Setting("OPENAIR_API_KEY"), ""},
		"a program":                     {l.Program("/usr/bin/pg_isready"), "postgresql"},
		"no program":                    {l.Program("sh"), ""},
		"a folder below":                {l.Folder("/var/lib/postgresql/data/"), "postgresql"},
		"the folder":                    {l.Folder("/var/lib/rabbitmq"), "rabbitmq"},
		"a folder that begins like one": {l.Folder("/var/lib/mysql-files"), ""},
		"no folder":                     {l.Folder("data"), ""},
	} {
		if test.got != test.want {
			t.Errorf("%s: is %q, want %q", name, test.got, test.want)
		}
	}
}
