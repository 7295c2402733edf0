package evaluator

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
)

// arrow writes an interface's most telling fields.
func arrow(i austauschbar.Interface) string {
	return strings.TrimSpace(fmt.Sprintf("%s > %s %s %s", i.From, i.To, i.Kind, i.Protocol))
}

// ledEdges lists the edges that lead from one component to another.
func ledEdges(graph austauschbar.Architecture) []string {
	led := slices.DeleteFunc(graph.Interfaces, func(i austauschbar.Interface) bool { return i.From == "" })
	return written(led, arrow)
}

func TestSettings(t *testing.T) {
	stack := []austauschbar.Component{app("web"), app("db", image("postgres:16")), app("cache", image("valkey/valkey:8")), app("broker", image("rabbitmq:4")), app("keycloak", image("quay.io/keycloak/keycloak:26"))}
	tests := map[string]struct {
		settings []austauschbar.Setting
		want     []string
	}{
		"URL":                       {[]austauschbar.Setting{set("web", "DATABASE_URL", "postgres://user:pw@db:5432/app?sslmode=disable")}, []string{"web > db database postgres"}},
		"JDBC":                      {[]austauschbar.Setting{set("web", "KC_DB_URL", "jdbc:postgresql://db:5432/keycloak")}, []string{"web > db database postgresql"}},
		"driver in the scheme":      {[]austauschbar.Setting{set("web", "DB", "postgresql+asyncpg://u:p@db/app")}, []string{"web > db database postgresql"}},
		"password with a slash":     {[]austauschbar.Setting{set("web", "DB", "postgres://keycloak:pa/ss@db:5432/app")}, []string{"web > db database postgres"}},
		"host and port, apart":      {[]austauschbar.Setting{set("web", "DB_HOST", "db"), set("web", "DB_PORT", "5432")}, []string{"web > db database postgres"}},
		"host alone":                {[]austauschbar.Setting{set("web", "DB_HOST", "db")}, []string{"web > db database postgresql"}},
		"host with its port":        {[]austauschbar.Setting{set("web", "RABBIT", "broker:5672")}, []string{"web > broker events amqp"}},
		"pairs":                     {[]austauschbar.Setting{set("web", "DSN", "host=db port=5432 user=app password=pw dbname=app")}, []string{"web > db database postgresql"}},
		"address of Go's MySQL":     {[]austauschbar.Setting{set("web", "DSN", "app:pw@tcp(db:3306)/app")}, []string{"web > db database mysql"}},
		"name within a cluster":     {[]austauschbar.Setting{set("web", "URL", "http://keycloak.iam.svc.cluster.local:8080/realms/x")}, []string{"web > keycloak api OpenID Connect"}},
		"several":                   {[]austauschbar.Setting{set("web", "BROKERS", "broker:5672,cache:6379")}, []string{"web > broker events amqp", "web > cache database redis"}},
		"several URLs":              {[]austauschbar.Setting{set("web", "BROKERS", "amqp://broker:5672,redis://cache:6379")}, []string{"web > broker events amqp", "web > cache database redis"}},
		"the same twice":            {[]austauschbar.Setting{set("web", "A_URL", "http://keycloak:8080"), set("web", "B_URL", "http://keycloak:8080/b")}, []string{"web > keycloak api OpenID Connect"}},
		"itself":                    {[]austauschbar.Setting{set("web", "OWN_URL", "http://web:80")}, []string{}},
		"filled in later":           {[]austauschbar.Setting{set("web", "URL", "http://${HOST}:8080")}, []string{}},
		"tag of an image":           {[]austauschbar.Setting{set("web", "X", "db:16-alpine"), set("web", "IMAGE", "broker:5672")}, []string{}},
		"word that is a name":       {[]austauschbar.Setting{set("web", "MODE", "cache")}, []string{}},
		"who may call":              {[]austauschbar.Setting{set("web", "CORS_ORIGINS", "http://keycloak:8080"), set("web", "NO_PROXY", "db")}, []string{}},
		"host that nobody knows":    {[]austauschbar.Setting{set("web", "MAIL_HOST", "mail.example.org")}, []string{}},
		"component that is unknown": {[]austauschbar.Setting{set("nobody", "DB_HOST", "db")}, []string{}},
		"service of the catalogue":  {[]austauschbar.Setting{set("web", "ISSUER", "https://login.microsoftonline.com/tenant/v2.0")}, []string{"web > microsoft-entra-id api https"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			graph, _ := graphOf(t, file{"c.yml", "compose", austauschbar.Architecture{Components: stack, Settings: test.settings}})
			if diff := gocmp.Diff(test.want, ledEdges(graph)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A service that only an address names is a component of its own, and says where it runs.
func TestService(t *testing.T) {
	tests := map[string]struct{ value, want string }{
		"AI":               {"https://verwaltung.openai.azure.com/", "azure-openai model service Microsoft Azure true"},
		"managed database": {"postgres://u:p@x.abc.eu-central-1.rds.amazonaws.com/db", "amazon-rds database cloud Amazon Web Services false"},
		"identity":         {"https://dev-1.okta.com", "okta identity service Okta Inc. true"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			graph, _ := graphOf(t, file{"c.yml", "compose", austauschbar.Architecture{Components: []austauschbar.Component{app("zweb")}, Settings: []austauschbar.Setting{set("zweb", "X_URL", test.value)}}})
			c := graph.Components[0]
			if got := fmt.Sprintf("%s %s %s %s %t", c.ID, c.Kind, c.Hosting, c.Provider, c.External); got != test.want {
				t.Errorf("is %q, want %q", got, test.want)
			}
		})
	}
}

// What only says that a component can be reached is part of how it is known to be.
func TestFoldOffers(t *testing.T) {
	two := []austauschbar.Component{app("web"), app("queue-1", image("rabbitmq:4"))}
	at := []austauschbar.Evidence{{Line: 3}}
	offer := func(to, name, protocol string) austauschbar.Interface {
		return austauschbar.Interface{ID: "o" + name, Name: name, To: to, Kind: "api", Protocol: protocol, Evidence: at}
	}
	described := offer("web", "Fachlogik", "https")
	described.Specification = &austauschbar.Specification{Format: "openapi", Path: "openapi.yaml"}
	other := described
	other.ID, other.Name = "2", "Verwaltung"
	amqp := austauschbar.Interface{ID: "e", From: "web", To: "queue-1", Kind: "dependency", Protocol: "amqp", Evidence: at}
	for name, test := range map[string]struct {
		edges []austauschbar.Interface
		want  []string
	}{
		"Service beside its API":      {[]austauschbar.Interface{offer("web", "web", "http"), described}, []string{"> queue-1 events amqp", "> web api https"}},
		"port beside its API":         {[]austauschbar.Interface{offer("web", "8080", ""), described}, []string{"> queue-1 events amqp", "> web api https"}},
		"another protocol":            {[]austauschbar.Interface{offer("web", "web", "grpc"), described}, []string{"> queue-1 events amqp", "> web api https", "> web api grpc"}},
		"two APIs":                    {[]austauschbar.Interface{offer("web", "8080", "http"), described, other}, []string{"> queue-1 events amqp", "> web api http", "> web api https", "> web api https"}},
		"another name":                {[]austauschbar.Interface{offer("web", "Meldungen", "http"), described}, []string{"> queue-1 events amqp", "> web api https", "> web api http"}},
		"Service of a queue":          {[]austauschbar.Interface{offer("queue-1", "queue-1", ""), amqp}, []string{"web > queue-1 events amqp"}},
		"port of a queue":             {[]austauschbar.Interface{offer("queue-1", "15672", ""), amqp}, []string{"> queue-1 events", "web > queue-1 events amqp"}},
		"Service that nobody reaches": {[]austauschbar.Interface{offer("queue-1", "queue-1", "")}, []string{"> queue-1 events amqp"}},
	} {
		t.Run(name, func(t *testing.T) {
			graph, _ := graphOf(t, file{"c.yml", "kubernetes", austauschbar.Architecture{Components: two, Interfaces: test.edges}})
			got := written(graph.Interfaces, arrow)
			slices.Sort(got)
			slices.Sort(test.want)
			if diff := gocmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestEdges(t *testing.T) {
	two := []austauschbar.Component{app("web"), app("db", image("postgres:16"))}
	edge := func(id, name, kind, protocol string) austauschbar.Interface {
		return austauschbar.Interface{ID: id, Name: name, From: "web", To: "db", Kind: kind, Protocol: protocol, Evidence: []austauschbar.Evidence{{Line: 3}}}
	}
	compose := func(edges ...austauschbar.Interface) file {
		return file{"c.yml", "compose", austauschbar.Architecture{Components: two, Interfaces: edges}}
	}
	c4 := func(edges ...austauschbar.Interface) file {
		return file{"w.dsl", "structurizr", austauschbar.Architecture{Components: two, Interfaces: edges}}
	}
	tests := map[string]struct {
		files []file
		want  []string
	}{
		"same edge of two files":   {[]file{compose(edge("1", "", "dependency", "")), c4(edge("1", "reads and writes", "dependency", "JDBC"))}, []string{"web > db database JDBC"}},
		"one file draws two":       {[]file{c4(edge("1", "reads", "api", "JDBC"), edge("2", "writes", "api", "JDBC"))}, []string{"web > db database JDBC", "web > db database JDBC"}},
		"other protocols":          {[]file{compose(edge("1", "", "api", "https")), c4(edge("1", "", "api", "sftp"))}, []string{"web > db api https", "web > db files sftp"}},
		"dependency on a database": {[]file{compose(edge("1", "", "dependency", ""))}, []string{"web > db database postgresql"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			graph, _ := graphOf(t, test.files...)
			if diff := gocmp.Diff(test.want, written(graph.Interfaces, arrow)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// The catalogue tells of a protocol who defines it.
func TestProtocols(t *testing.T) {
	tests := map[string]struct{ protocol, term string }{
		"scheme":                  {"amqps", "amqp"},
		"format and carrier":      {"JSON/HTTPS", "http_standard"},
		"more than its carrier":   {"gRPC over HTTP/2", "grpc"},
		"by its name":             {"OpenID Connect", "oidc"},
		"a name for other things": {"RESP", "resp"},
		"two":                     {"SFTP or SMB", ""},
		"none":                    {"internal", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			graph, _ := graphOf(t, file{"a.puml", "plantuml", austauschbar.Architecture{
				Components: []austauschbar.Component{app("a"), app("b")}, Interfaces: []austauschbar.Interface{{ID: "1", From: "a", To: "b", Kind: "dependency", Protocol: test.protocol}}}})
			got := graph.Interfaces[0]
			if got.Term != test.term || (got.Standard != "") != (test.term != "") || (got.Open != nil) != (test.term != "") {
				t.Errorf("is %q, %q, %v, want %q", got.Term, got.Standard, got.Open, test.term)
			}
		})
	}
}

// An interface that a description offers belongs to the application of its title or folder.
func TestOffered(t *testing.T) {
	offer := func(title, path string) file {
		return file{path, "openapi", austauschbar.Architecture{Interfaces: []austauschbar.Interface{{ID: "api", Name: title, Kind: "api", Operations: 3, Specification: &austauschbar.Specification{Format: "openapi"}}}}}
	}
	stack := file{"c.yml", "compose", components(app("fachverfahren"), app("api"))}
	tests := map[string]struct {
		offer file
		want  string
	}{
		"title":    {offer("Fachverfahren REST API", "docs/openapi.yaml"), " > fachverfahren api"},
		"folder":   {offer("Vorgänge", "src/fachverfahren/openapi.yaml"), " > fachverfahren api"},
		"everyday": {offer("API", "api/openapi.yaml"), " >  api"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			graph, _ := graphOf(t, stack, test.offer)
			if got := arrow(graph.Interfaces[0]); got != strings.TrimSpace(test.want) {
				t.Errorf("is %q, want %q", got, test.want)
			}
		})
	}
}

// Nothing of a setting's value is kept but hosts, schemes and names of models.
func TestSecrets(t *testing.T) {
	secrets := []string{"hunter2", "s3cr3t", "sk-proj-abc", "Zx9-longtoken", "topsecretmodel"}
	said := austauschbar.Architecture{Components: []austauschbar.Component{app("web"), app("db", image("postgres"))}, Settings: []austauschbar.Setting{
		set("web", "DATABASE_URL", "postgres://hunter2:s3cr3t@db:5432/hunter2?password=s3cr3t"),
		set("web", "DATABASE_URL_2", "postgres://hunter2:s3cr3t/hunter2@db:5432/x"),
		set("web", "OPENAI_API_KEY", "sk-proj-abc"),
		set("web", "LLM_MODEL", "sk-proj-abc"),
		set("web", "OPENAI_BASE_URL", "https://s3cr3t.example.org:hunter2@api.openai.com/v1?key=sk-proj-abc"),
		set("web", "LLM_MODEL_TOKEN", "topsecretmodel"),
		set("web", "--api-key=hunter2 s3cr3t", "http://db:80/hunter2"),
		set("web", "LLM_URL", "https://s3cr3t@Zx9-longtoken.example.org/"),
	}}
	graph, _ := graphOf(t, file{"c.yml", "compose", said})
	written, err := json.Marshal([]any{graph.Components, graph.Interfaces, graph.Models})
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range secrets {
		if strings.Contains(string(written), secret) {
			t.Errorf("%s is told: %s", secret, written)
		}
	}
	quoted := slices.ContainsFunc(graph.Interfaces, func(i austauschbar.Interface) bool { return i.Evidence[0].Quote == "DATABASE_URL: db" })
	if !quoted {
		t.Errorf("no quote of name and host: %v", graph.Interfaces)
	}
}

// Whatever a setting holds, a host is a part of it and could be one.
func FuzzAddresses(f *testing.F) {
	for _, value := range []string{"postgres://u:p@db:5432/x", "jdbc:oracle:thin:@db:1521/x", "a:9092,b:9092", "host=db port=5432", "u:p@tcp(db:3306)/x", "https://[::1]:8080/", "postgres://u:p/w@x"} {
		f.Add("DB_HOST", value)
	}
	f.Fuzz(func(t *testing.T, name, value string) {
		for _, found := range addresses(name, value) {
			if strings.ContainsAny(found.host, "@:/ ?#") || found.host == "" {
				t.Errorf("%q is no host", found.host)
			}
			if !strings.Contains(strings.ToLower(value), found.host) || found.port < 0 || found.port > 65535 {
				t.Errorf("%+v is not in %q", found, value)
			}
		}
	})
}
