package evaluator

import (
	"fmt"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// What a service is, where a variable holds its image or where it is built here, is told by
// how it is run.
func TestSetup(t *testing.T) {
	for name, test := range map[string]struct{ service, want string }{
		"a variable called after it":          {"image: ${POSTGRES_IMAGE}", "shop PostgreSQL"},
		"a variable of an everyday name":      {"image: ${APP_IMAGE}", "shop"},
		"a variable called after a language":  {"image: ${PYTHON_IMAGE}", "shop"},
		"a registry in a variable":            {"image: ${REGISTRY}/postgres:16", "shop PostgreSQL"},
		"the program that is started":         {"image: ${DB}\n    command: postgres -c max_connections=300", "shop PostgreSQL"},
		"a program in a list":                 {"image: ${STORE}\n    command: [valkey-server, --save, \"\"]", "shop Valkey"},
		"what asks whether it is well":        {"image: ${DB}\n    healthcheck: {test: [CMD-SHELL, pg_isready -U x]}", "shop PostgreSQL"},
		"what asks another host":              {"image: ${JOB}\n    healthcheck: {test: pg_isready -h db}", "shop"},
		"what asks itself":                    {"image: ${DB}\n    healthcheck: {test: pg_isready -h localhost}", "shop PostgreSQL"},
		"where data are":                      {"image: ${DB}\n    volumes: [\"d:/var/lib/postgresql/data\"]", "shop PostgreSQL"},
		"two that speak against each other":   {"image: ${DB}\n    command: redis-server\n    volumes: [\"d:/var/lib/postgresql/data\"]", "shop"},
		"an image that is named":              {"image: acme/store\n    healthcheck: {test: redis-cli ping}", "shop"},
		"an image of one's own store":         {"image: acme/acme-pgsql:1\n    healthcheck: {test: pg_isready -U x}\n    volumes: [\"d:/var/lib/postgresql\"]", "shop PostgreSQL"},
		"an image called after its store":     {"image: acme/postgres-geo:1\n    volumes: [\"d:/var/lib/postgresql\"]", "shop PostgreSQL"},
		"an image that only holds its data":   {"image: acme/all-in-one:1\n    volumes: [\"d:/var/lib/postgresql\"]", "shop"},
		"an image that asks another store":    {"image: acme/app:1\n    healthcheck: {test: pg_isready -h db}\n    volumes: [\"d:/var/lib/postgresql\"]", "shop"},
		"its own code in a product's folder":  {"build: portal/\n    volumes: [\"s:/var/lib/ckan\"]", "shop CKAN"},
		"its own store":                       {"build: ./db\n    volumes: [\"d:/var/lib/postgresql/data\"]", "shop PostgreSQL"},
		"its own code that asks a store":      {"build: .\n    healthcheck: {test: pg_isready}", "shop built here"},
		"a helper in a language's image":      {"image: python:3.12\n    profiles: [tools]", ""},
		"code in a language's image":          {"image: python:3.12\n    volumes: [\".:/app\"]", "shop built here"},
		"a store that somebody may ask for":   {"image: redis:8\n    profiles: [cache]", "shop Redis"},
		"its own code that may be asked for":  {"build: .\n    profiles: [worker]", "shop built here"},
		"an image of the project":             {"image: ghcr.io/acme/seabird/app:1\nname: seabird", "shop built here"},
		"an image of another project":         {"image: ghcr.io/acme/seagull/app:1\nname: seabird", "shop"},
		"an image of a project of no name":    {"image: ghcr.io/acme/app:1\nname: app", "shop"},
		"a product whose project bears it":    {"image: nextcloud:31\nname: nextcloud", "shop Nextcloud"},
		"a licence that a version had":        {"image: redis:7.2.4", "shop Redis"},
		"a language's image without profiles": {"image: node:22\n    command: npm start", "shop built here"},
	} {
		t.Run(name, func(t *testing.T) {
			facts := factsOf(t, map[string]string{"compose.yaml": "services:\n  shop:\n    " + test.service + "\n"})
			var got []string
			for _, c := range facts.Components {
				text := strings.TrimSpace(c.Name + " " + c.Product)
				if c.Custom {
					text += " built here"
				}
				got = append(got, text)
			}
			if strings.Join(got, ", ") != test.want {
				t.Errorf("got %q, want %q", strings.Join(got, ", "), test.want)
			}
		})
	}
}

// A product under a Dockerfile of one's own stays that product; what is put into a web
// server or a language's image is code of one's own.
func TestBuiltFrom(t *testing.T) {
	for base, want := range map[string]string{
		"opensearchproject/opensearch:2":     "OpenSearch",
		"quay.io/keycloak/keycloak:26":       "Keycloak",
		"nginx:1.27":                         "built here",
		"python:3.12":                        "built here",
		"ghcr.io/acme/base:1":                "built here",
		"docker.io/library/postgres:16 AS x": "PostgreSQL",
	} {
		t.Run(base, func(t *testing.T) {
			facts := factsOf(t, map[string]string{
				"stack/compose.yaml":     "services:\n  shop:\n    build: {context: ., dockerfile: files/Dockerfile}\n",
				"stack/files/Dockerfile": "FROM " + base + "\nCOPY . /x\n",
			})
			for _, c := range facts.Components {
				if c.Name != "shop" {
					continue
				}
				got := c.Product
				if c.Custom {
					got = "built here"
				}
				if got != want {
					t.Errorf("got %q, want %q", got, want)
				}
				return
			}
			t.Error("got no service")
		})
	}
}

// A service that hands on what others ask is the gateway whose own settings it has.
func TestGatewayBySettings(t *testing.T) {
	for name, test := range map[string]struct{ service, settings, want string }{
		"a proxy":               {"frontend-proxy", "[ENVOY_PORT, ENVOY_ADMIN_PORT]", "Envoy Proxy"},
		"no proxy":              {"frontend", "[ENVOY_ADMIN_PORT]", "built here"},
		"a proxy of its own":    {"gateway", "[PORT, BACKEND]", "built here"},
		"one that asks LiteLLM": {"proxy", "[LITELLM_MASTER_KEY, ENVOY_ADMIN_PORT]", "built here"},
	} {
		t.Run(name, func(t *testing.T) {
			facts := factsOf(t, map[string]string{"compose.yaml": "services:\n  " + test.service + ":\n    build: .\n    environment: " + test.settings + "\n"})
			for _, c := range facts.Components {
				got := c.Product
				if c.Custom {
					got = "built here"
				}
				if c.Name == test.service && got != test.want {
					t.Errorf("got %q, want %q", got, test.want)
				}
			}
		})
	}
}

// The licence is that of the version that is run.
func TestLicenceOfVersion(t *testing.T) {
	for image, want := range map[string]string{
		"redis:7.2":                          "BSD-3-Clause true",
		"redis:7-alpine":                     "LicenseRef-RSALv2 OR SSPL-1.0 false",
		"redis:8":                            "AGPL-3.0-only true",
		"redis":                              "AGPL-3.0-only true",
		"redis/redis-stack-server:7.2.0-v11": "LicenseRef-RSALv2 OR SSPL-1.0 false",
		"elasticsearch:7.10.2":               "Apache-2.0 true",
		"elasticsearch:8.11.0":               "SSPL-1.0 OR Elastic-2.0 false",
		"mongo:3.6":                          "AGPL-3.0-only true",
		"mongo:7":                            "SSPL-1.0 false",
		"hashicorp/vault:1.14":               "MPL-2.0 true",
		"hashicorp/vault:1.18":               "BUSL-1.1 false",
	} {
		t.Run(image, func(t *testing.T) {
			facts := factsOf(t, map[string]string{"compose.yaml": "services:\n  store:\n    image: " + image + "\n"})
			if len(facts.Components) != 1 || facts.Components[0].Open == nil {
				t.Fatalf("got %+v", facts.Components)
			}
			c := facts.Components[0]
			if diff := gocmp.Diff(want, fmt.Sprintf("%s %v", c.Licence, *c.Open)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A store of Compose that stands in for the only one of a cloud's that speaks the same is
// that one, where the solution is written.
func TestStandIns(t *testing.T) {
	const minio, s3 = "services:\n  store:\n    image: minio/minio\n  web:\n    build: .\n    depends_on: [store]\n", "resource \"aws_s3_bucket\" \"uploads\" {}\n"
	for name, test := range map[string]struct{ compose, terraform, want string }{
		"one and one":            {minio, s3, "uploads Amazon S3 cloud, web  self; web > uploads database s3"},
		"two of the cloud's":     {minio, s3 + "resource \"aws_s3_bucket\" \"logs\" {}\n", "logs Amazon S3 cloud, store MinIO self, uploads Amazon S3 cloud, web  self; > logs database s3, > uploads database s3, web > store database s3"},
		"names that differ":      {strings.ReplaceAll(minio, "store", "drafts"), s3, "drafts MinIO self, uploads Amazon S3 cloud, web  self; > uploads database s3, web > drafts database s3"},
		"another kind of store":  {minio, "resource \"aws_dynamodb_table\" \"files\" {}\n", "files Amazon DynamoDB cloud, store MinIO self, web  self; web > store database s3"},
		"nothing that stands in": {"services:\n  web:\n    build: .\n", s3, "uploads Amazon S3 cloud, web  self; > uploads database s3"},
	} {
		t.Run(name, func(t *testing.T) {
			facts := factsOf(t, map[string]string{"compose.yaml": test.compose, "main.tf": test.terraform})
			var parts []string
			for _, c := range facts.Components {
				parts = append(parts, c.Name+" "+c.Product+" "+c.Hosting)
			}
			if got := strings.Join(parts, ", ") + "; " + strings.Join(written(facts.Interfaces, arrow), ", "); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
