package compose

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

// corpus is where real files are; its tests are skipped without it.
const corpus = "/work/shared/corpus/architectures"

func sorted(list ...string) []string {
	slices.Sort(list)
	return list
}

// drawn draws edges from one component to each of the others.
func drawn(from string, to ...string) []string {
	var edges []string
	for _, name := range to {
		edges = append(edges, from+" → "+name)
	}
	return edges
}

// What the files say was drawn by hand from them.
func TestRealFiles(t *testing.T) {
	demo := "${IMAGE_NAME}:${DEMO_VERSION}-"
	var demoComponents []string
	for _, name := range []string{"ad", "cart", "checkout", "currency", "email", "frontend", "frontend-proxy", "image-provider", "load-generator", "payment", "product-catalog", "quote", "recommendation", "shipping", "flagd-ui", "telemetry-docs"} {
		demoComponents = append(demoComponents, name+" "+demo+name+" (built)")
	}
	for name, test := range map[string]struct {
		components, edges []string
		gap               string
	}{
		"compose_aitema_terminvergabe_prod.yml": {
			components: []string{
				"postgres postgres:16-alpine", "redis redis:7-alpine", "keycloak quay.io/keycloak/keycloak:24.0", "backend (built)",
				"frontend-buerger (built)", "frontend-mitarbeiter (built)", "frontend-admin (built)", "nginx nginx:1.27-alpine",
			},
			edges: slices.Concat(drawn("keycloak", "postgres"), drawn("backend", "postgres", "redis"), drawn("frontend-buerger", "backend"), drawn("frontend-mitarbeiter", "backend"), drawn("frontend-admin", "backend"),
				drawn("nginx", "backend", "frontend-buerger", "frontend-mitarbeiter", "frontend-admin", "keycloak"),
				[]string{"→ nginx user http", "→ nginx user https"}),
		},
		"compose_redbox.yml": {
			components: []string{"django-app django-app:latest (built)", "lit-ssr lit-ssr:latest (built)", "db postgres:14", "requirements python:3.12", "worker redbox-worker:latest (built)", "minio minio/minio"},
			edges: slices.Concat(drawn("django-app", "db", "minio"), drawn("worker", "minio", "django-app", "db"),
				[]string{"→ django-app api", "→ lit-ssr api", "→ db database postgresql", "→ minio api", "→ minio api"}),
			gap: "env_file tests/.env.integration, env_file .env",
		},
		"compose_opentelemetry_demo.yaml": {
			components: append(demoComponents, "flagd ${FLAGD_IMAGE}", "astronomy-db ${POSTGRES_IMAGE}", "valkey-cart ${VALKEY_IMAGE}", "otel-collector ${COLLECTOR_CONTRIB_IMAGE}"),
			edges: slices.Concat(
				drawn("ad", "otel-collector", "flagd"),
				drawn("cart", "valkey-cart", "otel-collector", "flagd"),
				drawn("checkout", "cart", "currency", "email", "payment", "product-catalog", "shipping", "otel-collector", "flagd"),
				drawn("currency", "otel-collector"),
				drawn("email", "otel-collector"),
				drawn("frontend", "ad", "cart", "checkout", "currency", "product-catalog", "quote", "recommendation", "shipping", "otel-collector", "image-provider", "flagd"),
				drawn("frontend-proxy", "frontend", "flagd-ui", "telemetry-docs"),
				drawn("image-provider", "otel-collector"),
				drawn("load-generator", "frontend", "frontend-proxy", "flagd"),
				drawn("payment", "otel-collector", "flagd"),
				drawn("product-catalog", "otel-collector", "flagd", "astronomy-db"),
				drawn("quote", "otel-collector"),
				drawn("recommendation", "product-catalog", "otel-collector", "flagd"),
				drawn("shipping", "otel-collector", "flagd"),
				drawn("flagd-ui", "otel-collector", "flagd"),
				[]string{"→ frontend-proxy api", "→ frontend-proxy api"},
			),
		},
		"compose_albert_api.yml": {
			components: []string{"api ghcr.io/etalab-ia/opengatellm/app:latest", "playground ghcr.io/etalab-ia/opengatellm/ui:latest", "postgres postgres:16.5", "redis redis/redis-stack-server:7.2.0-v11"},
			edges:      slices.Concat(drawn("api", "redis", "postgres"), drawn("playground", "postgres"), []string{"→ api api", "→ playground api", "→ postgres database postgresql", "→ redis database redis"}),
			gap:        "env_file ./.env",
		},
	} {
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join(corpus, name))
			if err != nil {
				t.Skip("the corpus is not at hand: ", err)
			}
			found := readertest.Graph(t, Read, data)
			if got, want := readertest.Components(found), sorted(test.components...); !slices.Equal(got, want) {
				t.Errorf("components\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
			if got, want := readertest.Edges(found), sorted(test.edges...); !slices.Equal(got, want) {
				t.Errorf("edges\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
			text, _ := Read(t.Context(), data)
			gap := ""
			if len(text.Gaps) > 0 {
				gap = text.Gaps[0].Detail
			}
			if gap != test.gap {
				t.Errorf("gap %q, want %q", gap, test.gap)
			}
		})
	}
}

func TestServices(t *testing.T) {
	for name, test := range map[string]struct {
		source            string
		components, edges []string
	}{
		"links with another name": {"services:\n  web:\n    image: a\n    links: [\"db:database\"]\n  db: {image: b}\n", []string{"db b", "web a"}, []string{"web → db"}},
		"networks are no edges":   {"services:\n  a: {image: a, networks: [n]}\n  b: {image: b, networks: [n]}\n", []string{"a a", "b b"}, []string{}},
		"port not published":      {"services:\n  a:\n    image: a\n    ports: [\"5432\"]\n", []string{"a a"}, []string{}},
		"long port":               {"services:\n  a:\n    image: a\n    ports:\n      - target: 5672\n        published: \"15672\"\n", []string{"a a"}, []string{"→ a events amqp"}},
		"a port of a variable":    {"services:\n  a:\n    image: a\n    ports: [\"${P}:443\", \"${Q}:${R}\"]\n", []string{"a a"}, []string{"→ a api", "→ a user https"}},
		"defaults":                {"services:\n  a:\n    image: ${REGISTRY:-ghcr.io}/x/y:${TAG-1.2}\n", []string{"a ghcr.io/x/y:1.2"}, []string{}},
		"required variable":       {"services:\n  a:\n    image: \"x:${TAG:?must be set}\"\n", []string{"a x:${TAG:?must be set}"}, []string{}},
		"of another file":         {"services:\n  a:\n    extends: {file: base.yml, service: a}\n", []string{"a"}, []string{}},
		"merged":                  {"x-b: &b\n  image: b:1\nservices:\n  a:\n    <<: *b\n", []string{"a b:1"}, []string{}},
		"waits for nobody known":  {"services:\n  a:\n    image: a\n    depends_on: [zz, a]\n", []string{"a a"}, []string{}},
	} {
		t.Run(name, func(t *testing.T) {
			found := readertest.Graph(t, Read, []byte(test.source))
			if got := readertest.Components(found); !slices.Equal(got, test.components) {
				t.Errorf("components %q, want %q", got, test.components)
			}
			if got := readertest.Edges(found); !slices.Equal(got, test.edges) {
				t.Errorf("edges %q, want %q", got, test.edges)
			}
		})
	}
}

func TestRefusals(t *testing.T) {
	for name, test := range map[string]struct{ source, code string }{
		"no services":            {"a: 1\n", "unknown_content"},
		"services of another":    {"services:\n  - name: hosting\n    price: 12\n", "unknown_content"},
		"a catalogue":            {"services:\n  hosting:\n    title: Hosting\n", "unknown_content"},
		"damaged":                {"services: [", "damaged"},
		"aliases upon aliases":   {bomb(), "too_large"},
		"nested without an end":  {"services:\n  a:\n    image: a\n    x: " + strings.Repeat("[", limit.Depth+2) + strings.Repeat("]", limit.Depth+2), "too_large"},
		"more than may be there": {"services:\n" + strings.Repeat("  a: {image: a}\n", 2001), "too_large"},
	} {
		t.Run(name, func(t *testing.T) { readertest.Refuses(t, Read, test.source, test.code) })
	}
	readertest.Cancels(t, Read, "services: {a: {image: a}}")
}

// bomb is a file whose aliases stand for billions of values.
func bomb() string {
	var b strings.Builder
	b.WriteString("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n")
	for i := 1; i < 12; i++ {
		before := string(rune('a' + i - 1))
		if i == 1 {
			before = "a0"
		}
		now := string(rune('a' + i))
		b.WriteString(now + ": &" + now + " [" + strings.TrimSuffix(strings.Repeat("*"+before+", ", 10), ", ") + "]\n")
	}
	return b.String() + "services: {a: {image: a}}\n"
}

func TestSettings(t *testing.T) {
	text, err := Read(t.Context(), []byte("services:\n  a:\n    image: a\n    environment:\n      - DB=postgres://u:p@db/${NAME:-x}\n      - EMPTY\n    command: [\"--peer\", \"b:80\"]\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []austauschbar.Setting{
		{Component: "a", Name: "DB", Value: "postgres://u:p@db/x", Evidence: austauschbar.Evidence{Line: 5}},
		{Component: "a", Name: "command", Value: "--peer", Evidence: austauschbar.Evidence{Line: 7}},
		{Component: "a", Name: "command", Value: "b:80", Evidence: austauschbar.Evidence{Line: 7}},
	}
	if !slices.Equal(text.Architecture.Settings, want) {
		t.Errorf("got %+v", text.Architecture.Settings)
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"compose_redbox.yml", "compose_albert_api.yml"} {
		if data, err := os.ReadFile(filepath.Join(corpus, name)); err == nil {
			f.Add(data)
		}
	}
	f.Add([]byte("services:\n  a:\n    image: ${A:-b}\n    ports: [\"1-2:3-4\", {target: 5, published: 6}]\n    volumes: [\"v:/x\"]\n    depends_on: {b: {}}\n  b: {build: .}\n"))
	f.Fuzz(func(t *testing.T, data []byte) { readertest.Graph(t, Read, data) })
}

// BenchmarkRead reads a thousand files as small as most are.
func BenchmarkRead(b *testing.B) {
	data := []byte("services:\n  web:\n    image: nginx:1.27\n    ports: [\"80:80\"]\n    environment: {DB: \"postgres://db/x\"}\n    depends_on: [db]\n  db:\n    image: postgres:16\n    volumes: [\"d:/var/lib/postgresql/data\"]\nvolumes: {d: {}}\n")
	for b.Loop() {
		for range 1000 {
			if _, err := Read(b.Context(), data); err != nil {
				b.Fatal(err)
			}
		}
	}
}
