package evaluator

import (
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
)

// What a component is tells what edges to it speak.
func TestSpoken(t *testing.T) {
	at := []austauschbar.Evidence{{Line: 3}}
	way := func(protocol string) austauschbar.Interface {
		return austauschbar.Interface{ID: "1", From: "web", To: "it", Kind: "dependency", Protocol: protocol, Evidence: at}
	}
	for name, test := range map[string]struct {
		component austauschbar.Component
		edges     []austauschbar.Interface
		settings  []austauschbar.Setting
		want      []string
	}{
		"a database":                   {app("it", image("postgres:16")), []austauschbar.Interface{way("")}, nil, []string{"web > it database postgresql"}},
		"a database that is told":      {app("it", image("postgres:16")), []austauschbar.Interface{way("JDBC")}, nil, []string{"web > it database JDBC"}},
		"a database nobody reaches":    {app("it", image("postgres:16")), nil, nil, []string{"> it database postgresql"}},
		"a store of objects":           {app("it", image("minio/minio")), []austauschbar.Interface{way("")}, nil, []string{"web > it database s3"}},
		"one reached over HTTP":        {app("it", image("minio/minio")), nil, []austauschbar.Setting{set("web", "S3_ENDPOINT", "http://it:9000")}, []string{"web > it database s3"}},
		"who signs people in":          {app("it", image("quay.io/keycloak/keycloak:26")), []austauschbar.Interface{way("HTTP")}, nil, []string{"web > it api OpenID Connect"}},
		"a directory nobody reaches":   {app("it", image("osixia/openldap")), nil, nil, []string{"> it api ldap"}},
		"a product in a drawing":       {app("it", technology("a web of MinIO")), nil, nil, []string{}},
		"a managed one":                {app("it", technology("Amazon RDS for PostgreSQL")), nil, nil, []string{"> it database postgresql"}},
		"a managed one of an engine":   {app("it", technology("Amazon RDS")), []austauschbar.Interface{way("")}, []austauschbar.Setting{set("it", "engine", "aurora-mysql")}, []string{"web > it database mysql"}},
		"a managed one of two":         {app("it", technology("Amazon RDS")), nil, []austauschbar.Setting{set("it", "engine", "mysql"), set("it", "read.engine", "postgres")}, []string{}},
		"a managed one of its own":     {app("it", technology("Amazon DynamoDB")), nil, nil, []string{}},
		"a bucket of a cloud":          {app("it", technology("Amazon S3")), []austauschbar.Interface{way("")}, nil, []string{"web > it database s3"}},
		"a server of health data":      {app("it", technology("FHIR R4")), []austauschbar.Interface{way("HTTPS")}, nil, []string{"web > it api FHIR"}},
		"a product that is such a one": {app("it", image("samply/blaze:1")), []austauschbar.Interface{way("")}, nil, []string{"web > it api FHIR"}},
		"a graph database":             {app("it", image("neo4j:5")), []austauschbar.Interface{way("")}, nil, []string{"web > it database bolt"}},
		"such a one nobody reaches":    {app("it", technology("HAPI FHIR")), nil, nil, []string{"> it api FHIR"}},
		"what asks such a server":      {app("it", technology("Java, FHIR client")), []austauschbar.Interface{way("HTTPS")}, nil, []string{"web > it api HTTPS"}},
		"its address by name":          {app("it"), nil, []austauschbar.Setting{set("web", "FHIR_BASE_URL", "http://it:8080")}, []string{"web > it api FHIR"}},
		"its address by path":          {app("it"), nil, []austauschbar.Setting{set("web", "STORE_URL", "http://it:8080/fhir")}, []string{"web > it api FHIR"}},
		"its database":                 {app("it"), nil, []austauschbar.Setting{set("web", "FHIR_DB_URL", "postgres://it:5432/x")}, []string{"web > it database postgres"}},
	} {
		t.Run(name, func(t *testing.T) {
			said := austauschbar.Architecture{Components: []austauschbar.Component{app("web"), test.component}, Interfaces: test.edges, Settings: test.settings}
			graph, _ := graphOf(t, file{"c.yml", "compose", said})
			if diff := gocmp.Diff(test.want, written(graph.Interfaces, arrow)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A queue and the one for its dead letters are one service; nothing is exchanged there.
func TestWithinOneService(t *testing.T) {
	resource := func(id string) austauschbar.Resource {
		return austauschbar.Resource{ID: "aws_sqs_queue." + id, Type: "aws_sqs_queue", Name: id, Provider: "aws", Evidence: austauschbar.Evidence{Line: 1}}
	}
	said := austauschbar.Architecture{
		Resources:  []austauschbar.Resource{resource("jobs"), resource("dead")},
		Interfaces: []austauschbar.Interface{{ID: "1", From: "aws_sqs_queue.jobs", To: "aws_sqs_queue.dead", Kind: "dependency", Evidence: []austauschbar.Evidence{{Line: 3}}}},
	}
	graph, _ := graphOf(t, file{"main.tf", "terraform", said})
	if len(graph.Components) != 2 || len(graph.Interfaces) != 0 {
		t.Errorf("%d components, edges %v", len(graph.Components), written(graph.Interfaces, arrow))
	}
}

// A database and its server are one service, and so is what a drawing repeats.
func TestSameService(t *testing.T) {
	resource := func(kind string) austauschbar.Resource {
		return austauschbar.Resource{ID: kind + ".primary", Type: kind, Name: "primary", Provider: "azurerm", Evidence: austauschbar.Evidence{Line: 1}}
	}
	watch := func(id string) austauschbar.Component {
		return austauschbar.Component{ID: id, Name: "Monitoring", Kind: "database", Technology: "AWS CloudWatch", Evidence: []austauschbar.Evidence{{Line: 1}}}
	}
	table := func(id string) austauschbar.Component {
		return austauschbar.Component{ID: id, Name: "Database", Kind: "database", Technology: "DynamoDB", Evidence: []austauschbar.Evidence{{Line: 1}}}
	}
	for name, test := range map[string]struct {
		file file
		want []string
	}{
		"database and server": {file{"main.tf", "terraform", austauschbar.Architecture{Resources: []austauschbar.Resource{resource("azurerm_mssql_server"), resource("azurerm_mssql_database")}}}, []string{"azure_sql"}},
		"drawn twice":         {file{"a.dsl", "structurizr", components(watch("a"), watch("b"))}, []string{"aws_cloudwatch"}},
		"stores drawn apart":  {file{"a.dsl", "structurizr", components(table("a"), table("b"))}, []string{"dynamodb", "dynamodb"}},
	} {
		t.Run(name, func(t *testing.T) {
			graph, _ := graphOf(t, test.file)
			var got []string
			for _, c := range graph.Components {
				got = append(got, c.Term)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

// A chart calls what it depends on by a release that nobody knows.
func TestHostsOfDependencies(t *testing.T) {
	chart := func(host string) austauschbar.Architecture {
		dependency := func(name string) austauschbar.Component {
			return austauschbar.Component{ID: "dependency " + name, Name: name, Kind: "other", Technology: "Helm chart", Evidence: []austauschbar.Evidence{{Line: 1}}}
		}
		return austauschbar.Architecture{
			Components: []austauschbar.Component{app("web"), dependency("postgresql"), dependency("elasticsearch"), dependency("redis")},
			Settings:   []austauschbar.Setting{set("web", "STORE_HOST", host)},
		}
	}
	for name, test := range map[string]struct {
		format, host string
		want         []string
	}{
		"its name":              {"helm", "shop-postgresql", []string{"web > postgresql database postgresql"}},
		"one of its services":   {"helm", "shop-elasticsearch-master", []string{"web > elasticsearch dependency"}},
		"a name on the network": {"helm", "shop-redis.example.org", []string{}},
		"another name":          {"helm", "shop-postgresql-exporter", []string{}},
		"no chart":              {"compose", "shop-postgresql", []string{}},
	} {
		t.Run(name, func(t *testing.T) {
			graph, _ := graphOf(t, file{"shop/Chart.yaml", test.format, chart(test.host)})
			if diff := gocmp.Diff(test.want, ledEdges(graph)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Modules of one's own that are not at hand are told by the folder that they lie in.
func TestModulesElsewhere(t *testing.T) {
	for name, test := range map[string]struct {
		source, beside string
		want           []string
	}{
		"a store in a repository": {"git::https://git.example.org/modules.git//infrastructure/elasticache?ref=v1", "", []string{"sessions=aws_elasticache"}},
		"a store in a folder":     {"../../modules/s3", "", []string{"sessions=aws_s3"}},
		"a folder that is here":   {"./modules/s3", "modules/s3/main.tf", []string{}},
		"a product's name":        {"../../modules/postgres", "", []string{"sessions=postgresql"}},
		"a tool's name":           {"../../modules/terraform", "", []string{}},
		"a store with a hyphen":   {"../../modules/s3-bucket", "", []string{"sessions=aws_s3"}},
		"no store":                {"../../modules/network", "", []string{}},
		"no folder":               {"s3", "", []string{}},
	} {
		t.Run(name, func(t *testing.T) {
			call := austauschbar.Resource{ID: "module.sessions", Type: "module", Name: test.source, Provider: "aws", Evidence: austauschbar.Evidence{Line: 1}}
			files := []file{{"main.tf", "terraform", austauschbar.Architecture{Resources: []austauschbar.Resource{call}}}}
			if test.beside != "" {
				files = append(files, file{test.beside, "terraform", austauschbar.Architecture{}})
			}
			graph, _ := graphOf(t, files...)
			got := []string{}
			for _, c := range graph.Components {
				got = append(got, c.Name+"="+c.Term)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}
