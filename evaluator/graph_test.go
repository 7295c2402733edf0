package evaluator

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
)

// A file is what a reader gives of one document.
type file struct {
	path, format string
	said         austauschbar.Architecture
}

// graphOf joins files.
func graphOf(t testing.TB, files ...file) (austauschbar.Architecture, []austauschbar.Gap) {
	t.Helper()
	e, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	var found []documentFacts
	for _, f := range files {
		w := newWalk(e.lexicon, f.path)
		w.keepArchitecture(f.said)
		e.lexicon.Return(w.scanner)
		w.found.document = austauschbar.DocumentFact{Path: f.path, Format: f.format, Role: austauschbar.RoleArchitecture}
		found = append(found, w.found)
	}
	return e.join(found)
}

// app is a component as a reader gives it that knows no products.
func app(name string, more ...func(*austauschbar.Component)) austauschbar.Component {
	c := austauschbar.Component{ID: name, Name: name, Kind: "application", Evidence: []austauschbar.Evidence{{Line: 1, Quote: name}}}
	for _, change := range more {
		change(&c)
	}
	return c
}

type change = func(*austauschbar.Component)

func image(reference string) change { return func(c *austauschbar.Component) { c.Image = reference } }
func technology(text string) change {
	return func(c *austauschbar.Component) { c.Technology = text }
}
func kind(text string) change          { return func(c *austauschbar.Component) { c.Kind = text } }
func in(outer string) change           { return func(c *austauschbar.Component) { c.Within = outer } }
func as(id string) change              { return func(c *austauschbar.Component) { c.ID = id } }
func custom(c *austauschbar.Component) { c.Custom = true }

func components(list ...austauschbar.Component) austauschbar.Architecture {
	return austauschbar.Architecture{Components: list}
}

// set is a setting of a component.
func set(component, name, value string) austauschbar.Setting {
	return austauschbar.Setting{Component: component, Name: name, Value: value, Evidence: austauschbar.Evidence{Line: 7}}
}

// line writes a component's most telling fields.
func line(c austauschbar.Component) string {
	return fmt.Sprintf("%s %s %s < %s", c.ID, c.Kind, cmp.Or(c.Term, "?"), strings.Join(c.Sources, ","))
}

func written[T any](list []T, write func(T) string) []string {
	all := []string{}
	for _, item := range list {
		all = append(all, write(item))
	}
	return all
}

func TestRecognise(t *testing.T) {
	tests := map[string]struct {
		component  austauschbar.Component
		term, kind string
		built      []string
	}{
		"image":                              {app("db", image("docker.io/library/postgres:16")), "postgresql", "database", nil},
		"image of another's":                 {app("postgres-exporter", image("prometheuscommunity/postgres-exporter")), "", "application", nil},
		"image of a language":                {app("worker", image("python:3.12-slim")), "", "application", []string{"python"}},
		"built from sources":                 {app("web", image("nginx:1.27"), custom), "", "application", []string{"nginx"}},
		"built from sources, telling name":   {app("postgres", custom), "", "application", nil},
		"whole name":                         {app("postgres"), "postgresql", "database", nil},
		"name with what it is for":           {app("kafka-broker-1", technology("Apache Kafka")), "kafka", "queue", nil},
		"name and version":                   {app("PostgreSQL 16 Server"), "postgresql", "database", nil},
		"name of something beside it":        {app("Postgres Exporter"), "", "application", nil},
		"name of its database":               {app("keycloak-db"), "", "application", nil},
		"name of its user interface":         {app("memcached-dashboards"), "", "application", nil},
		"everyday word as a name":            {app("kafka"), "", "application", nil},
		"everyday word as a technology":      {app("log", technology("Kafka")), "kafka", "queue", nil},
		"languages and frameworks":           {app("API Application", technology("Java and Spring Boot")), "", "application", []string{"java", "spring"}},
		"two products":                       {app("store", technology("PostgreSQL or MySQL")), "", "application", nil},
		"two products, parted":               {app("store", technology("PostgreSQL, Redis")), "", "application", nil},
		"product on a platform":              {app("Database", technology("PostgreSQL 15 on Kubernetes"), kind("database")), "postgresql", "database", nil},
		"service that offers an engine":      {app("Database", technology("Amazon RDS for PostgreSQL")), "aws_rds", "database", nil},
		"application in containers":          {app("API", technology("Go, Docker")), "", "application", []string{"docker", "golang"}},
		"part drawn with its language":       {app("API", technology("Java, Spring"), in("shop")), "", "application", []string{"java", "spring"}},
		"exporter in a technology":           {app("metrics", technology("Prometheus Postgres exporter")), "", "application", nil},
		"what a file calls a queue stays it": {app("jobs", image("redis:7"), kind("queue")), "redis", "queue", nil},
		"what watches, drawn as a store":     {app("logs", technology("AWS CloudWatch"), kind("database")), "aws_cloudwatch", "monitoring", nil},
		"kind before the product":            {app("Zahlungsplattform ePayBL"), "epaybl", "application", nil},
		"what stands beside a product":       {app("Adapter ePayBL"), "", "application", nil},
		"database of a product":              {app("Datenbank Keycloak"), "", "application", nil},
		"what is for a product":              {app("Portal für Keycloak"), "", "application", nil},
		"person":                             {app("Nextcloud", kind("person")), "", "person", nil},
		"gateway to models":                  {app("llm", image("ghcr.io/berriai/litellm:main-stable")), "litellm", "gateway", nil},
		"server of models":                   {app("llm", image("vllm/vllm-openai:v0.8")), "vllm", "model", nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			graph, _ := graphOf(t, file{"a.yml", "compose", components(test.component)})
			c := graph.Components[0]
			if c.Term != test.term || c.Kind != test.kind || !slices.Equal(c.BuiltWith, test.built) {
				t.Errorf("is %q, kind %q, built with %v; want %q, %q, %v", c.Term, c.Kind, c.BuiltWith, test.term, test.kind, test.built)
			}
		})
	}
}

// What the catalogue knows of a component stands beside it.
func TestKnown(t *testing.T) {
	graph, _ := graphOf(t, file{"a.yml", "compose", components(app("cache", image("redis:7")))})
	c := graph.Components[0]
	if c.Product != "Redis" || c.Vendor == "" || c.Licence == "" || c.Open == nil || c.Function["de"] == "" || len(c.Alternatives) == 0 || c.Hosting != "self" {
		t.Errorf("too little is known: %+v", c)
	}
}

// What is drawn without a version has no licence where versions differ in that, and no
// substitute is one of the same maker's.
func TestUnsure(t *testing.T) {
	drawn, _ := graphOf(t, file{"a.md", "markdown", components(app("Redis"))})
	if c := drawn.Components[0]; c.Term != "redis" || c.Licence != "" || c.Open != nil {
		t.Errorf("a version is guessed: %+v", c)
	}
	stack, _ := graphOf(t, file{"a.yml", "compose", components(app("cache", image("redis/redis-stack")))})
	if c := stack.Components[0]; len(c.Alternatives) != 1 || c.Alternatives[0].Term != "valkey" {
		t.Errorf("substitutes are %v", c.Alternatives)
	}
}

func TestJoin(t *testing.T) {
	database := app("Database", technology("PostgreSQL"), kind("database"))
	tests := map[string]struct {
		files []file
		want  []string
	}{
		"same name": {
			[]file{{"c.yml", "compose", components(app("order-service"))}, {"w.dsl", "structurizr", components(app("Order Service"))}},
			[]string{"order-service application ? < compose,structurizr"},
		},
		"machines that a store is drawn on": {
			[]file{{"w.dsl", "structurizr", components(
				app("Database", technology("PostgreSQL"), kind("database")),
				app("db01", technology("PostgreSQL 16"), kind("platform")), app("Database", as("i1"), technology("PostgreSQL"), kind("database"), in("db01")),
				app("db02", technology("PostgreSQL 16"), kind("platform")), app("Database", as("i2"), technology("PostgreSQL"), kind("database"), in("db02")),
				app("db03", technology("Oracle 19c"), kind("platform")), app("Database", as("i3"), technology("PostgreSQL"), kind("database"), in("db03")),
			)}},
			[]string{"database database postgresql < structurizr", "db03 platform oracle_database < structurizr"},
		},
		"same product, one each": {
			[]file{{"c.yml", "compose", components(app("db", image("postgres:16")))}, {"w.dsl", "structurizr", components(database)}},
			[]string{"db database postgresql < compose,structurizr"},
		},
		"two of a product in one file stay two": {
			[]file{{"c.yml", "compose", components(app("db", image("postgres:16")), app("audit", image("postgres:16")))}, {"w.dsl", "structurizr", components(database)}},
			[]string{"audit database postgresql < compose", "database database postgresql < structurizr", "db database postgresql < compose"},
		},
		"two of a product in files of one format": {
			[]file{{"a.yaml", "kubernetes", components(app("orders-postgres", image("postgres")))}, {"b.yaml", "kubernetes", components(app("keycloak-postgres", image("postgres")))}, {"w.dsl", "structurizr", components(database)}},
			[]string{"database database postgresql < structurizr", "keycloak-postgres database postgresql < kubernetes", "orders-postgres database postgresql < kubernetes"},
		},
		"names that tell two of a product apart": {
			[]file{{"c.yml", "compose", components(app("keycloak-db", image("postgres")))}, {"w.dsl", "structurizr", components(app("Fachdaten", technology("PostgreSQL")))}},
			[]string{"fachdaten database postgresql < structurizr", "keycloak-db database postgresql < compose"},
		},
		"everyday names in folders of their own": {
			[]file{{"a/c.yml", "compose", components(app("api"))}, {"b/c.yml", "compose", components(app("api"))}},
			[]string{"api application ? < compose", "api-2 application ? < compose"},
		},
		"everyday names beside each other": {
			[]file{{"a/c.prod.yml", "compose", components(app("api"))}, {"a/c.yml", "compose", components(app("api"))}},
			[]string{"api application ? < compose"},
		},
		"same name, other product": {
			[]file{{"c.yml", "compose", components(app("store", image("mysql")))}, {"w.dsl", "structurizr", components(app("Store", technology("MongoDB")))}},
			[]string{"store database mysql < compose", "store-2 database mongodb < structurizr"},
		},
		"person and system of one name": {
			[]file{{"a.puml", "plantuml", components(app("Customer", kind("person")))}, {"w.dsl", "structurizr", components(app("Customer", kind("database")))}},
			[]string{"customer person ? < plantuml", "customer-2 database ? < structurizr"},
		},
		"two of a name in one file, one in another": {
			[]file{{"a.puml", "plantuml", components(app("Register"), app("Register", as("r2")))}, {"w.dsl", "structurizr", components(app("Register"))}},
			[]string{"register application ? < plantuml", "register-2 application ? < plantuml", "register-3 application ? < structurizr"},
		},
		"instances of a container on deployment nodes": {
			[]file{{"w.dsl", "structurizr", components(app("API"), app("live", kind("platform")), app("API", as("i1"), in("live")), app("dev", kind("platform")), app("API", as("i2"), in("dev")))}},
			[]string{"api application ? < structurizr", "dev platform ? < structurizr", "live platform ? < structurizr"},
		},
		"umlauts and how files spell them": {
			[]file{{"c.yml", "compose", components(app("oberflaeche"))}, {"a.md", "markdown", components(app("Oberfläche"))}},
			[]string{"oberflaeche application ? < compose,markdown"},
		},
		"one product, names that begin alike": {
			[]file{{"c.yml", "compose", components(app("nachrichten", image("rabbitmq:4")))}, {"a.md", "markdown", components(app("Nachrichtenverteiler", technology("RabbitMQ")))}},
			[]string{"nachrichten queue rabbitmq < compose,markdown"},
		},
		"one product, the name that begins alike of two": {
			[]file{{"c.yml", "compose", components(app("fachdaten", image("postgres:16")), app("anmeldung", image("postgres:16")))}, {"a.md", "markdown", components(app("Fachdatenbank", technology("PostgreSQL")))}},
			[]string{"anmeldung database postgresql < compose", "fachdaten database postgresql < compose,markdown"},
		},
		"one product, names of which two begin alike": {
			[]file{{"c.yml", "compose", components(app("fachdaten-a", image("postgres:16")), app("fachdaten-b", image("postgres:16")))}, {"a.md", "markdown", components(app("Fachdatenbank", technology("PostgreSQL")))}},
			[]string{"fachdaten-a database postgresql < compose", "fachdaten-b database postgresql < compose", "fachdatenbank database postgresql < markdown"},
		},
		"names that begin alike, other products": {
			[]file{{"c.yml", "compose", components(app("nachrichten", image("rabbitmq:4")))}, {"a.md", "markdown", components(app("Nachrichtenarchiv", technology("PostgreSQL")))}},
			[]string{"nachrichten queue rabbitmq < compose", "nachrichtenarchiv database postgresql < markdown"},
		},
		"built on what the other is": {
			[]file{{"a.md", "markdown", components(app("Posteingangserkennung", technology("AWS Lambda")))}, {"m.tf", "terraform", components(app("posteingang", technology("AWS Lambda"), kind("platform")))}},
			[]string{"posteingangserkennung platform aws_lambda < markdown,terraform"},
		},
		"app and application": {
			[]file{{"a.puml", "plantuml", components(app("Mobile App"))}, {"w.dsl", "structurizr", components(app("Mobile Application"))}},
			[]string{"mobile-app application ? < plantuml,structurizr"},
		},
		"another name in brackets": {
			[]file{{"a.md", "markdown", components(app("Zirkel (UMS)"))}, {"b.md", "markdown", components(app("Zirkel"))}},
			[]string{"zirkel application ? < markdown"},
		},
		"environments in brackets": {
			[]file{{"a.md", "markdown", components(app("Portal (TEST)"))}, {"b.md", "markdown", components(app("Portal (PROD)"))}},
			[]string{"portal-prod application ? < markdown", "portal-test application ? < markdown"},
		},
		"names of one product in texts": {
			[]file{{"a.md", "markdown", components(app("Collabora Online"), app("Collabora"))}, {"b.md", "markdown", components(app("Collabora"))}},
			[]string{"collabora-online application collabora_online < markdown"},
		},
		"instances of a container that another file draws": {
			[]file{{"c.puml", "plantuml", components(app("Database", kind("database")))}, {"d.puml", "plantuml", components(app("one", kind("platform")), app("Database", as("d1"), in("one"), kind("database")), app("two", kind("platform")), app("Database", as("d2"), in("two"), kind("database")))}},
			[]string{"database database ? < plantuml", "one platform ? < plantuml", "two platform ? < plantuml"},
		},
		"API of the one backend": {
			[]file{{"c.yml", "compose", components(app("backend", custom), app("frontend", custom))}, {"openapi.yaml", "openapi", components(app("Terminvergabe"))}, {"publiccode.yml", "publiccode", components(app("Termine"))}},
			[]string{"backend application ? < compose,openapi", "frontend application ? < compose", "termine application ? < publiccode"},
		},
		"APIs of who knows which": {
			[]file{{"c.yml", "compose", components(app("backend", custom), app("server", custom))}, {"openapi.yaml", "openapi", components(app("Terminvergabe"))}},
			[]string{"backend application ? < compose", "server application ? < compose", "terminvergabe application ? < openapi"},
		},
		"title of an API": {
			[]file{{"c.yml", "compose", components(app("terminvergabe"))}, {"openapi.yaml", "openapi", components(app("Terminvergabe API"))}},
			[]string{"terminvergabe application ? < compose,openapi"},
		},
		"folder of an API": {
			[]file{{"c.yml", "compose", components(app("backoffice"))}, {"services/backoffice/openapi.yaml", "openapi", components(app("Verwaltung der Vorgänge"))}},
			[]string{"backoffice application ? < compose,openapi"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			graph, _ := graphOf(t, test.files...)
			if diff := gocmp.Diff(test.want, written(graph.Components, line)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// What Terraform creates is a component where the catalogue knows it, in its cloud.
func TestResources(t *testing.T) {
	resource := func(id, kind, component string) austauschbar.Resource {
		return austauschbar.Resource{ID: id, Type: kind, Region: "eu-central-1", Component: component, Evidence: austauschbar.Evidence{Line: 4}}
	}
	graph, _ := graphOf(t, file{"main.tf", "terraform", austauschbar.Architecture{
		Components: []austauschbar.Component{app("files", kind("other"))},
		Resources: []austauschbar.Resource{resource("aws_db_instance.main", "aws_db_instance", ""), resource("aws_db_subnet_group.main", "aws_db_subnet_group", ""),
			resource("aws_s3_bucket.files", "aws_s3_bucket", "files"), resource("random_password.db", "random_password", "")},
		Packages:   []austauschbar.Package{{Name: "boto3", PURL: "pkg:pypi/boto3", Component: "files"}},
		Interfaces: []austauschbar.Interface{{ID: "1", From: "aws_s3_bucket.files", To: "aws_db_instance.main", Kind: "dependency"}, {ID: "2", From: "random_password.db", To: "files", Kind: "dependency"}},
	}})
	if diff := gocmp.Diff([]string{"files > main database", "> files database s3"}, written(graph.Interfaces, arrow)); diff != "" {
		t.Errorf("interfaces (-want +got):\n%s", diff)
	}
	want := []string{"files storage aws_s3 < terraform", "main database aws_rds < terraform"}
	if diff := gocmp.Diff(want, written(graph.Components, line)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, c := range graph.Components {
		if c.Hosting != "cloud" || c.Provider != "Amazon Web Services" || c.Region != "eu-central-1" {
			t.Errorf("%s: hosted %q by %q in %q", c.ID, c.Hosting, c.Provider, c.Region)
		}
	}
	wantResources := []string{"aws_rds main", "aws_rds ", "aws_s3 files", " "}
	if diff := gocmp.Diff(wantResources, written(graph.Resources, func(r austauschbar.Resource) string { return r.Term + " " + r.Component })); diff != "" {
		t.Errorf("resources (-want +got):\n%s", diff)
	}
	if p := graph.Packages[0]; p.Term != "aws" || p.Component != "files" {
		t.Errorf("package binds to %q in %q", p.Term, p.Component)
	}
}

// What stands on machines of a cloud is there, too.
func TestInherited(t *testing.T) {
	graph, _ := graphOf(t, file{"w.dsl", "structurizr", components(
		app("Amazon Web Services", kind("platform")), app("EU-Central-1", kind("platform"), in("Amazon Web Services")), app("API", in("EU-Central-1")))})
	api := graph.Components[slices.IndexFunc(graph.Components, func(c austauschbar.Component) bool { return c.ID == "api" })]
	if api.Provider != "Amazon Web Services" || api.Region != "EU-Central-1" || api.Within != "eu-central-1" {
		t.Errorf("by %q in %q within %q", api.Provider, api.Region, api.Within)
	}
}

// Components that lie within each other in a circle hold up nobody.
func TestWithinCircle(t *testing.T) {
	graph, _ := graphOf(t,
		file{"a.dsl", "structurizr", components(app("alpha", in("beta")), app("beta", in("alpha")))},
		file{"b.dsl", "archimate", components(app("beta", in("gamma")), app("gamma", in("alpha")), app("alpha"))})
	outer := map[string]string{}
	for _, c := range graph.Components {
		outer[c.ID] = c.Within
	}
	for id := range outer {
		steps := 0
		for at := id; at != ""; at = outer[at] {
			if steps++; steps > len(outer) {
				t.Fatalf("%s lies within itself: %v", id, outer)
			}
		}
	}
}

// The order in which documents are read changes nothing but what is believed first.
func TestSameTwice(t *testing.T) {
	var want string
	for range 5 {
		graph, _ := graphOf(t, large(50, 4)...)
		if got := writtenDown(t, graph); want != "" && got != want {
			t.Fatal("the same files give another graph")
		} else {
			want = got
		}
	}
}

// A graph beyond its bounds is cut, and says so.
func TestGraphTooLarge(t *testing.T) {
	graph, gaps := graphOf(t, large(6_000, 2)...)
	if len(graph.Components) > maxComponents || len(graph.Interfaces) > maxInterfaces {
		t.Errorf("%d components, %d interfaces", len(graph.Components), len(graph.Interfaces))
	}
	if len(gaps) != 1 || gaps[0].Reason != "graph_too_large" {
		t.Errorf("gaps: %v", gaps)
	}
}

func writtenDown(t *testing.T, graph austauschbar.Architecture) string {
	t.Helper()
	data, err := json.Marshal(graph)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// large is a made-up architecture: files of a format each, with services that call their
// neighbours, and a database in each.
func large(services, files int) []file {
	var list []file
	for f := range files {
		var said austauschbar.Architecture
		said.Components = append(said.Components, app("db", image("postgres:16")))
		for i := range services {
			name := fmt.Sprintf("service-%d-%d", f/2, i)
			said.Components = append(said.Components, app(name, technology("Java and Spring Boot")))
			said.Settings = append(said.Settings, set(name, "DATABASE_URL", "postgres://app:pw@db:5432/app"), set(name, "PEER_URL", fmt.Sprintf("http://service-%d-%d:8080", f/2, (i+1)%services)),
				set(name, "LLM_MODEL", "gpt-4o"), set(name, "OPENAI_BASE_URL", "https://api.openai.com/v1"))
			said.Interfaces = append(said.Interfaces, austauschbar.Interface{ID: name, From: name, To: "db", Kind: "dependency", Evidence: []austauschbar.Evidence{{Line: i + 1}}})
		}
		list = append(list, file{fmt.Sprintf("%d.yml", f), fmt.Sprintf("format-%d", f), said})
	}
	return list
}

// 2,000 components, half of them told twice.
func BenchmarkJoin(b *testing.B) {
	files := large(500, 4)
	b.ReportAllocs()
	for b.Loop() {
		graphOf(b, files...)
	}
}
