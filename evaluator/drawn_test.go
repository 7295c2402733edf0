package evaluator

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

// way writes an interface as its ends and its protocol.
func way(i austauschbar.Interface) string {
	return strings.TrimSpace(fmt.Sprintf("%s > %s %s", i.From, i.To, i.Protocol))
}

// ways writes interfaces, each once, sorted.
func ways(list []austauschbar.Interface) []string {
	found := written(list, way)
	slices.Sort(found)
	return slices.Compact(found)
}

// thing writes a component as what is drawn of it.
func thing(c austauschbar.Component) string {
	return strings.TrimSpace(fmt.Sprintf("%s %s %s", c.ID, c.Kind, c.Term))
}

// Folders of the corpus against what a person drew who read their files. Where a drawing
// knows more than the graph, a comment says so.
func TestDrawnByHand(t *testing.T) {
	for name, test := range map[string]struct {
		files            map[string]string // name in the corpus by path
		components, ways []string
	}{
		// The load balancer and the firewall are modules of another repository; which
		// component reads the bucket stands in files that the corpus lacks.
		"Compose and Terraform of one system": {
			files: map[string]string{
				"docker-compose.yml": "compose_redbox.yml", "infra/ecs.tf": "terraform_redbox_aws_ecs.tf", "infra/load_balancer.tf": "terraform_redbox_aws_load_balancer.tf", "infra/provider.tf": "terraform_redbox_aws_provider.tf",
				"infra/rds.tf": "terraform_redbox_aws_rds.tf", "infra/s3.tf": "terraform_redbox_aws_s3.tf", "infra/variables.tf": "terraform_redbox_aws_variables.tf",
			},
			components: []string{
				"amazon-route-53 other aws_route53", "azure-openai model azure_openai", "cluster platform aws_ecs", "db database postgresql", "django-app application", "django-app-secret other aws_secrets_manager", "lit-ssr application", "litellm gateway litellm",
				"private-dns-namespace other aws_cloud_map", "user-data storage aws_s3", "worker application",
			},
			ways: []string{
				"> amazon-route-53 dns", "> db postgresql", "> django-app http", "> lit-ssr http", "> private-dns-namespace dns", "> user-data s3",
				"django-app > cluster", "django-app > db postgresql", "django-app > lit-ssr", "django-app > user-data s3", "lit-ssr > cluster", "worker > cluster", "worker > db postgresql", "worker > django-app", "worker > user-data s3",
			},
		},
		"Compose, OpenAPI and publiccode.yml": {
			files: map[string]string{"docker-compose.prod.yml": "compose_aitema_terminvergabe_prod.yml", "openapi.yaml": "openapi_aitema_terminvergabe.yaml", "publiccode.yml": "publiccode_aitema_terminvergabe.yml"},
			components: []string{
				"aitema-termin application", "backend application", "docker platform docker", "frontend-admin application", "frontend-buerger application", "frontend-mitarbeiter application",
				"keycloak identity keycloak", "nginx application nginx", "postgres database postgresql", "redis cache redis", "sveltekit other",
			},
			ways: []string{
				"> backend https", "> nginx http", "> nginx https", "aitema-termin > docker", "aitema-termin > postgres postgresql", "aitema-termin > sveltekit",
				"backend > keycloak OpenID Connect", "backend > postgres postgresql", "backend > redis redis", "frontend-admin > backend", "frontend-buerger > backend", "frontend-mitarbeiter > backend",
				"keycloak > postgres postgresql", "nginx > backend", "nginx > frontend-admin", "nginx > frontend-buerger", "nginx > frontend-mitarbeiter", "nginx > keycloak OpenID Connect",
			},
		},
		// A deployment diagram of its own shows the database on two machines and calls the
		// single-page app an application.
		"containers and their deployment": {
			files: map[string]string{"container.puml": "c4plantuml_bigbank_container.puml", "deployment.puml": "c4plantuml_bigbank_deployment.puml"},
			components: []string{
				"apache-tomcat platform tomcat", "api-application application", "big-bank-plc platform", "bigbank-api-x8 platform", "bigbank-db01 platform", "bigbank-db02 platform", "bigbank-web-x4 platform",
				"customer person", "customer-s-computer platform", "customer-s-mobile-device platform", "database database", "e-mail-system system", "internet-banking system", "mainframe-banking-system system", "mobile-app application",
				"oracle-primary platform oracle_database", "oracle-secondary platform oracle_database", "single-page-app application", "web-application application", "web-browser platform",
			},
			ways: []string{
				"api-application > database JDBC", "api-application > e-mail-system SMTP", "api-application > mainframe-banking-system HTTPS",
				"customer > mobile-app", "customer > single-page-app HTTPS", "customer > web-application HTTPS", "e-mail-system > customer",
				"mobile-app > api-application HTTPS", "single-page-app > api-application HTTPS", "web-application > single-page-app",
			},
		},
		// A person leaves the world's mail servers out, and the frames.
		"tables and diagrams of a documentation": {
			files: map[string]string{"README.md": "opendesk_1_11_4_readme.md", "docs/architecture.md": "opendesk_1_11_4_architecture.md"},
			components: []string{
				"apps other", "browser other", "clamav application clamav", "collabora application collabora_online", "cryptpad application cryptpad", "dkimpy-milter application dkimpy_milter", "dovecot-external other", "element application element",
				"intercomservice other", "jitsi application jitsi", "k8s-external-servies other", "keycloak identity keycloak", "kubernetes platform kubernetes", "mailrelay-mxe other", "mariadb database mariadb", "memcached cache memcached",
				"minio storage minio", "mtas other", "nextcloud application nextcloud", "notes application", "nubus identity nubus", "opendesk other opendesk", "openldap identity openldap", "openproject application openproject",
				"optional-mail-clients other", "ox-app-suite application open_xchange", "ox-dovecot other dovecot", "portal other", "postfix application postfix", "postfix-ox other postfix", "postfix-ox-external other", "postgresql database postgresql",
				"redis cache redis", "synapse other synapse", "user person", "xwiki application xwiki",
			},
			ways: []string{
				"> mariadb mysql", "> memcached memcached", "> minio s3", "> nubus ldap", "> ox-app-suite SOAP", "> postgresql postgresql", "> redis redis", "> synapse Matrix-Protokoll", "browser > keycloak OpenID Connect", "browser > openproject https", "collabora > nextcloud", "cryptpad > nextcloud", "dovecot-external > ox-dovecot imap", "element > intercomservice", "element > keycloak OpenID Connect", "intercomservice > keycloak OpenID Connect",
				"intercomservice > nextcloud", "intercomservice > portal", "intercomservice > xwiki", "jitsi > keycloak OpenID Connect", "keycloak > openldap ldap", "keycloak > portal", "mtas > postfix-ox-external", "nextcloud > collabora",
				"nextcloud > cryptpad", "nextcloud > keycloak OpenID Connect", "nextcloud > openldap ldap", "nextcloud > ox-app-suite", "nextcloud > portal", "nextcloud > postfix smtp", "notes > postfix smtp", "nubus > postfix smtp",
				"openproject > keycloak OpenID Connect", "openproject > nextcloud", "openproject > openldap ldap", "openproject > portal", "openproject > postfix smtp", "optional-mail-clients > dovecot-external", "optional-mail-clients > postfix-ox-external", "ox-app-suite > element",
				"ox-app-suite > intercomservice", "ox-app-suite > keycloak OpenID Connect", "ox-app-suite > nextcloud", "ox-app-suite > openldap ldap", "ox-app-suite > ox-dovecot imap", "ox-app-suite > postfix-ox smtp", "ox-dovecot > keycloak OpenID Connect", "ox-dovecot > openldap ldap",
				"ox-dovecot > postfix smtp", "portal > element", "portal > intercomservice", "portal > jitsi", "portal > keycloak OpenID Connect", "portal > nextcloud", "portal > openldap ldap", "portal > openproject",
				"portal > ox-app-suite", "portal > xwiki", "postfix > mailrelay-mxe smtp", "postfix > ox-dovecot lmtps", "postfix-ox > ox-dovecot", "postfix-ox-external > postfix-ox smtp", "synapse > postfix smtp", "user > keycloak",
				"xwiki > keycloak OpenID Connect", "xwiki > openldap ldap", "xwiki > portal", "xwiki > postfix smtp",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			documents := map[string]string{}
			for at, stored := range test.files {
				documents[at] = string(readertest.Corpus(t, stored))
			}
			facts := factsOf(t, documents)
			if diff := gocmp.Diff(test.components, written(facts.Components, thing)); diff != "" {
				t.Errorf("components (-want +got):\n%s", diff)
			}
			if diff := gocmp.Diff(test.ways, ways(facts.Interfaces)); diff != "" {
				t.Errorf("interfaces (-want +got):\n%s", diff)
			}
		})
	}
}

// The example's files name their parts each in its own way; together they are one system.
func TestDrawnExample(t *testing.T) {
	documents := map[string]string{}
	root := "../examples/architektur"
	err := filepath.WalkDir(root, func(at string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(at)
		inside, _ := filepath.Rel(root, at)
		documents[filepath.ToSlash(inside)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	facts := factsOf(t, documents)
	for _, document := range facts.Documents {
		if document.Role != austauschbar.RoleArchitecture {
			t.Errorf("%s is %s", document.Path, document.Role)
		}
	}
	components := []string{
		"ablage storage minio", "amazon-web-services platform aws", "e-akte-d-velop-documents system d_velop", "ereignisse database dynamodb", "fachlogik application", "identitätsdienst identity keycloak", "kubernetes platform kubernetes",
		"modellzugang gateway litellm", "nachrichtenverteiler queue rabbitmq", "oberfläche application", "online-dienste system", "openai-platform model openai_platform", "posteingangserkennung platform aws_lambda", "postfach application mailpit",
		"scans storage aws_s3", "scanstrecke-kofax-capture system kofax", "sprachmodell model ollama", "vorgangsdatenbank database postgresql", "zahlungsplattform-epaybl system epaybl",
	}
	if diff := gocmp.Diff(components, written(facts.Components, thing)); diff != "" {
		t.Errorf("components (-want +got):\n%s", diff)
	}
	for _, c := range facts.Components {
		if neighbour := c.Kind == "system" || c.ID == "openai-platform"; c.External != neighbour {
			t.Errorf("%s external: %t", c.ID, c.External)
		}
	}
	drawn := []string{
		"> e-akte-d-velop-documents HTTPS", "> fachlogik https", "> oberfläche", "> online-dienste HTTPS", "> scanstrecke-kofax-capture Dateiablage", "> zahlungsplattform-epaybl HTTPS",
		"fachlogik > ablage s3", "fachlogik > identitätsdienst OpenID Connect", "fachlogik > modellzugang http", "fachlogik > nachrichtenverteiler amqp", "fachlogik > vorgangsdatenbank postgres",
		"modellzugang > sprachmodell http", "oberfläche > fachlogik http", "posteingangserkennung > ereignisse", "posteingangserkennung > openai-platform https", "posteingangserkennung > scans s3",
	}
	if diff := gocmp.Diff(drawn, ways(facts.Interfaces)); diff != "" {
		t.Errorf("interfaces (-want +got):\n%s", diff)
	}
	models := []string{
		"gpt-4o=gpt service@api.openai.com/OpenAI/ by posteingangserkennung configured true",
		"mistral-small-3.2=mistral_small self@modellzugang//modellzugang by fachlogik,sprachmodell configured true",
	}
	if diff := gocmp.Diff(models, written(facts.Models, modelLine)); diff != "" {
		t.Errorf("models (-want +got):\n%s", diff)
	}
}

// One model in several notations is one set of components and interfaces.
func TestNotations(t *testing.T) {
	components := []string{"api application", "bürger person", "cloud platform", "database database postgresql", "fachverfahren system", "register system", "web-client application"}
	drawn := []string{"api > database JDBC", "api > register HTTPS", "bürger > web-client", "web-client > api HTTPS"}
	for name, documents := range map[string]map[string]string{
		"Structurizr DSL": {"workspace.dsl": `workspace {
 model {
  buerger = person "Bürger"
  register = softwareSystem "Register" "" "External"
  verfahren = softwareSystem "Fachverfahren" {
   web = container "Web Client" "" "TypeScript"
   api = container "API" "" "Java"
   db = container "Database" "" "PostgreSQL" "Database"
  }
  buerger -> web "Stellt Antrag"
  web -> api "Ruft auf" "HTTPS"
  api -> db "Liest und schreibt" "JDBC"
  api -> register "Fragt ab" "HTTPS"
  deploymentEnvironment "Live" {
   deploymentNode "Cloud" {
    containerInstance api
   }
  }
 }
}
`},
		"Structurizr JSON": {"workspace.json": `{"name": "W", "model": {
 "people": [{"id": "1", "name": "Bürger", "relationships": [{"id": "20", "sourceId": "1", "destinationId": "4", "description": "Stellt Antrag"}]}],
 "softwareSystems": [{"id": "2", "name": "Register", "tags": "External"}, {"id": "3", "name": "Fachverfahren", "containers": [
  {"id": "4", "name": "Web Client", "technology": "TypeScript", "relationships": [{"id": "21", "sourceId": "4", "destinationId": "5", "description": "Ruft auf", "technology": "HTTPS"}]},
  {"id": "5", "name": "API", "technology": "Java", "relationships": [
   {"id": "22", "sourceId": "5", "destinationId": "6", "description": "Liest und schreibt", "technology": "JDBC"}, {"id": "23", "sourceId": "5", "destinationId": "2", "description": "Fragt ab", "technology": "HTTPS"}]},
  {"id": "6", "name": "Database", "technology": "PostgreSQL", "tags": "Database"}]}],
 "deploymentNodes": [{"id": "7", "name": "Cloud", "environment": "Live", "containerInstances": [{"id": "8", "containerId": "5", "instanceId": 1}]}]}}
`},
		"C4 PlantUML": {"c4.puml": `@startuml
!include C4_Deployment.puml
Person(buerger, "Bürger")
System_Ext(register, "Register")
System_Boundary(v, "Fachverfahren") {
 Container(web, "Web Client", "TypeScript")
 Container(api, "API", "Java")
 ContainerDb(db, "Database", "PostgreSQL")
}
Rel(buerger, web, "Stellt Antrag")
Rel(web, api, "Ruft auf", "HTTPS")
Rel(api, db, "Liest und schreibt", "JDBC")
Rel(api, register, "Fragt ab", "HTTPS")
@enduml
`, "deployment.puml": `@startuml
!include C4_Deployment.puml
Deployment_Node(cloud, "Cloud") {
 Container(api, "API", "Java")
}
@enduml
`},
		"C4 Mermaid": {"c4.mmd": `C4Container
Person(buerger, "Bürger")
System_Ext(register, "Register")
System_Boundary(v, "Fachverfahren") {
 Container(web, "Web Client", "TypeScript")
 Container(api, "API", "Java")
 ContainerDb(db, "Database", "PostgreSQL")
}
Rel(buerger, web, "Stellt Antrag")
Rel(web, api, "Ruft auf", "HTTPS")
Rel(api, db, "Liest und schreibt", "JDBC")
Rel(api, register, "Fragt ab", "HTTPS")
`, "deployment.mmd": `C4Deployment
Deployment_Node(cloud, "Cloud") {
 Container(api, "API", "Java")
}
`},
	} {
		t.Run(name, func(t *testing.T) {
			facts := factsOf(t, documents)
			if diff := gocmp.Diff(components, written(facts.Components, thing)); diff != "" {
				t.Errorf("components (-want +got):\n%s", diff)
			}
			if diff := gocmp.Diff(drawn, ways(facts.Interfaces)); diff != "" {
				t.Errorf("interfaces (-want +got):\n%s", diff)
			}
		})
	}
}
