package evaluator

import (
	"fmt"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
)

// box writes a component as what a drawing or a table tells of it.
func box(c austauschbar.Component) string {
	told := []string{c.ID, c.Term}
	if c.Custom {
		told = append(told, "custom")
	}
	if c.External {
		told = append(told, "external")
	}
	if c.Open != nil && c.Term == "" {
		told = append(told, fmt.Sprintf("open=%t %s", *c.Open, c.Licence))
	}
	return strings.Join(strings.Fields(strings.Join(told, " ")), " ")
}

func licensed(text string) change {
	return func(c *austauschbar.Component) { c.Licence = text }
}

func TestDrawnNames(t *testing.T) {
	other := kind("other")
	for name, test := range map[string]struct {
		files []file
		want  []string
	}{
		"variants of one product are one": {
			[]file{{"a.md", "markdown", components(app("ClamAV (Fast)"), app("ClamAV (Thorough)"))}},
			[]string{"clamav clamav"},
		},
		"what comes along with a product": {
			[]file{{"a.md", "markdown", components(app("Nextcloud ft. Talk and Deck"), app("Nextcloud"))}},
			[]string{"nextcloud nextcloud"},
		},
		"halves of a product": {
			[]file{{"a.md", "markdown", components(app("OpenProject_Backend", other), app("OpenProject_Frontend", other), app("OpenProject"))}},
			[]string{"openproject openproject"},
		},
		"what stands beside a product is another thing": {
			[]file{{"a.md", "markdown", components(app("Keycloak"), app("Keycloak (Backup)"), app("Adapter (Keycloak)"))}},
			[]string{"adapter-keycloak", "keycloak keycloak", "keycloak-backup"},
		},
		"a service by its short name": {
			[]file{{"a.dsl", "structurizr", components(app("Message Queue", technology("SQS")), app("Mail", technology("SES")), app("Files", technology("MinIO, S3")))}},
			[]string{"files minio", "mail amazon_ses", "message-queue aws_sqs"},
		},
		"services of one government": {
			[]file{{"a.dsl", "structurizr", components(app("GOV.UK One Login"), app("GOV.UK Notify"))}},
			[]string{"gov-uk-notify gov_uk_notify", "gov-uk-one-login gov_uk_one_login"},
		},
		"a half with a technology is built": {
			[]file{{"a.dsl", "structurizr", components(app("Shop", kind("system")), app("Camunda Frontend", technology("Angular"), in("Shop")))}},
			[]string{"camunda-frontend custom", "shop"},
		},
		"an image says what a name does not": {
			[]file{{"c.yml", "compose", components(app("camunda-frontend", image("firm/camunda-frontend")))}},
			[]string{"camunda-frontend"},
		},
		"a list of others": {
			[]file{{"a.md", "markdown", components(app("Nextcloud & Collabora"), app("Nextcloud"), app("Collabora"), app("Shop/Admin"), app("Shop"))}},
			[]string{"collabora collabora_online", "nextcloud nextcloud", "shop"},
		},
		"a list of what is not drawn": {
			[]file{{"a.md", "markdown", components(app("Shop & Depot"), app("Shop"))}},
			[]string{"shop", "shop-depot"},
		},
		"words that are products beside products of their field": {
			[]file{{"a.md", "markdown", components(app("Postfix", other), app("Dovecot", other))}, {"b.md", "markdown", components(app("Synapse", other))}},
			[]string{"dovecot dovecot", "postfix postfix", "synapse"},
		},
		"words that are products with licences": {
			[]file{{"a.md", "markdown", components(app("Element", licensed("AGPL-3.0-only")), app("Depot", licensed("MIT (client), GPL-2.0-only (server)")), app("Vault of ours", licensed("BUSL-1.1")), app("Kasse", licensed("siehe Anlage")))}},
			[]string{"depot open=true MIT AND GPL-2.0-only", "element element", "kasse", "vault-of-ours"},
		},
		"parts of a product that a table lists": {
			[]file{{"a.md", "markdown", components(app("Depot", licensed("MIT")))}, {"b.md", "markdown", components(app("Depot", other), app("Tür", in("Depot"), other))}},
			[]string{"depot open=true MIT", "tür open=true MIT"},
		},
		"boxes in the frame of their product": {
			[]file{{"a.md", "markdown", components(app("Kafka", licensed("Apache-2.0")), app("Kafka-Intern", in("Kafka"), other), app("Wächter", in("Kafka"), other))}},
			[]string{"kafka kafka", "kafka-intern kafka", "wächter"},
		},
		"modules of an application": {
			[]file{{"a.adoc", "asciidoc", components(app("shop"), app("orders", in("shop")), app("PostgreSQL", in("shop")), app("listed", in("shop"), licensed("MIT")))}},
			[]string{"listed open=true MIT", "orders custom", "postgresql postgresql", "shop"},
		},
		"charts in a chart are no modules": {
			[]file{{"Chart.yaml", "helm", components(app("shop"), app("orders", in("shop")))}},
			[]string{"orders", "shop"},
		},
		"called after what it is written in": {
			[]file{{"a.puml", "plantuml", components(app("Django Admin interface", kind("system")), app("Django Ninja Turtles", kind("system")), app("React frame", other), app("React UI", in("React frame"), other))}},
			[]string{"django-admin-interface custom", "django-ninja-turtles", "react-frame", "react-ui custom"},
		},
		"frames of others": {
			[]file{{"a.md", "markdown", components(app("External Services", other), app("Kasse", in("External Services"), other), app("Amazon S3", in("External Services"), other), app("Externes Netz", other), app("Tor", in("Externes Netz"), other), app("Relay", as("line 3: extRelay"), other), app("Extra", as("extra"), other))}},
			[]string{"amazon-s3 aws_s3", "external-services", "externes-netz", "extra", "kasse external", "relay external", "tor"},
		},
		"a directory by what it does": {
			[]file{{"a.md", "markdown", components(app("LDAP", other), app("OpenLDAP"))}, {"b.md", "markdown", components(app("Directory", other))}},
			[]string{"directory", "openldap openldap"},
		},
		"halves of a solution in two formats": {
			[]file{{"c.yml", "compose", components(app("backend", custom), app("frontend", custom), app("worker", custom))}, {"a.dsl", "structurizr", components(app("API Anwendung", custom), app("Web Anwendung", custom), app("Portal API Anwendung", custom))}},
			[]string{"backend custom", "frontend custom", "portal-api-anwendung custom", "worker custom"},
		},
		"halves of who knows which": {
			[]file{{"c.yml", "compose", components(app("backend", custom))}, {"a.dsl", "structurizr", components(app("API", custom), app("Server Application", custom))}},
			[]string{"api custom", "backend custom", "server-application custom"},
		},
		"one server on several machines": {
			[]file{{"a.dsl", "structurizr", components(app("web", kind("platform")), app("Apache Tomcat", as("1"), kind("platform"), technology("Apache Tomcat 8"), in("web")), app("api", kind("platform")), app("Apache Tomcat", as("2"), kind("platform"), technology("Apache Tomcat 8"), in("api")), app("Apache Tomcat", as("3"), kind("platform"), technology("Apache Tomcat 10")))}},
			[]string{"apache-tomcat tomcat", "apache-tomcat-2 tomcat", "api", "web"},
		},
		"a system is no service of its name": {
			[]file{{"a.puml", "plantuml", components(app("Service", kind("system")))}, {"main.tf", "terraform", components(app("service", other))}},
			[]string{"service", "service-2"},
		},
		"a cache that is drawn as a database": {
			[]file{{"c.yml", "compose", components(app("redis", image("redis:7")))}, {"a.dsl", "structurizr", components(app("Sitzungen", kind("database"), technology("Redis")))}},
			[]string{"redis redis"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			graph, _ := graphOf(t, test.files...)
			if diff := gocmp.Diff(test.want, written(graph.Components, box)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A box that is called by what it does is the product that a text says to do it, unless an
// arrow tells them apart.
func TestNamedByRole(t *testing.T) {
	for name, test := range map[string]struct{ drawing, text, want string }{
		"said":              {"A[Shop] --> B[IdP]\n C[Keycloak]", "Keycloak is our identity provider (IdP).", "keycloak keycloak, shop"},
		"not said":          {"A[Shop] --> B[IdP]\n C[Keycloak]", "Keycloak keeps accounts.", "idp, keycloak keycloak, shop"},
		"another one's":     {"A[Shop] --> C[Keycloak]\n C --> B[IdP]", "Keycloak asks another identity provider (IdP).", "idp, keycloak keycloak, shop"},
		"a product for all": {"A[Shop] --> B[Directory]\n C[OpenLDAP]", "OpenLDAP is the directory.", "openldap openldap, shop"},
	} {
		t.Run(name, func(t *testing.T) {
			facts := factsOf(t, map[string]string{"docs/architecture.md": "# Architecture\n\n## Building blocks\n\n" + test.text + "\n\n```mermaid\nflowchart TD\n " + test.drawing + "\n```\n"})
			if got := strings.Join(written(facts.Components, box), ", "); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// Edges that tell no protocol have that of what they lead to.
func TestSpokenByProducts(t *testing.T) {
	drawing := "\n\n```mermaid\nflowchart TD\n A[Shop] --> B[Keycloak]\n B --> C[OpenLDAP]\n A --> D[MinIO]\n```\n"
	for name, test := range map[string]struct{ text, want string }{
		"sign-on over OpenID Connect": {"Applications use OpenID Connect.", "keycloak > openldap ldap, shop > keycloak OpenID Connect, shop > minio s3"},
		"sign-on that nobody tells":   {"Applications ask it.", "keycloak > openldap ldap, shop > keycloak, shop > minio s3"},
	} {
		t.Run(name, func(t *testing.T) {
			facts := factsOf(t, map[string]string{"docs/architecture.md": "# Architecture\n\n## Building blocks\n\n" + test.text + drawing})
			if got := strings.Join(ways(facts.Interfaces), ", "); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}
