package compose

import (
	"slices"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

// What the files say was drawn by hand from them.
func TestRealFiles(t *testing.T) {
	for name, test := range map[string]struct {
		want []string
		gap  string
	}{
		"compose_aitema_terminvergabe_prod.yml": {want: []string{
			`"" -> "nginx" user "443" [https]`,
			`"" -> "nginx" user "80" [http]`,
			`"backend" -> "postgres" dependency`,
			`"backend" -> "redis" dependency`,
			`"frontend-admin" -> "backend" dependency`,
			`"frontend-buerger" -> "backend" dependency`,
			`"frontend-mitarbeiter" -> "backend" dependency`,
			`"keycloak" -> "postgres" dependency`,
			`"nginx" -> "backend" dependency`,
			`"nginx" -> "frontend-admin" dependency`,
			`"nginx" -> "frontend-buerger" dependency`,
			`"nginx" -> "frontend-mitarbeiter" dependency`,
			`"nginx" -> "keycloak" dependency`,
			`application "backend" custom`,
			`application "frontend-admin" custom`,
			`application "frontend-buerger" custom`,
			`application "frontend-mitarbeiter" custom`,
			`application "keycloak" image=quay.io/keycloak/keycloak:24.0 version=24.0`,
			`application "nginx" image=nginx:1.27-alpine version=1.27-alpine`,
			`application "postgres" image=postgres:16-alpine version=16-alpine`,
			`application "redis" image=redis:7-alpine version=7-alpine`,
			`resource "backend volume app_logs" type=volume name="app_logs" of "backend"`,
			`resource "nginx volume nginx_logs" type=volume name="nginx_logs" of "nginx"`,
			`resource "postgres volume postgres_data" type=volume name="postgres_data" of "postgres"`,
			`resource "redis volume redis_data" type=volume name="redis_data" of "redis"`,
		}},
		"compose_redbox.yml": {want: []string{
			`"" -> "db" database "5432" [postgresql]`,
			`"" -> "django-app" api "8090" [http]`,
			`"" -> "lit-ssr" api "3002"`,
			`"" -> "minio" api "9000"`,
			`"" -> "minio" api "9001"`,
			`"django-app" -> "db" dependency`,
			`"django-app" -> "minio" dependency`,
			`"worker" -> "db" dependency`,
			`"worker" -> "django-app" dependency`,
			`"worker" -> "minio" dependency`,
			`application "db" image=postgres:14 version=14`,
			`application "django-app" custom image=django-app:latest`,
			`application "lit-ssr" custom image=lit-ssr:latest`,
			`application "minio" image=minio/minio`,
			`application "requirements" image=python:3.12 version=3.12`,
			`application "worker" custom image=redbox-worker:latest`,
			`resource "db volume local_postgres_data" type=volume name="local_postgres_data" of "db"`,
		}, gap: "env_file tests/.env.integration, env_file .env"},
		"compose_opentelemetry_demo.yaml": {want: []string{
			`"" -> "checkout" api [grpc]`,
			`"" -> "frontend-proxy" api "${ENVOY_ADMIN_PORT}"`,
			`"" -> "frontend-proxy" api "${ENVOY_PORT}"`,
			`"" -> "product-catalog" api [grpc]`,
			`"ad" -> "flagd" dependency`,
			`"ad" -> "otel-collector" dependency`,
			`"cart" -> "flagd" dependency`,
			`"cart" -> "otel-collector" dependency`,
			`"cart" -> "valkey-cart" dependency`,
			`"checkout" -> "cart" dependency`,
			`"checkout" -> "currency" dependency`,
			`"checkout" -> "email" dependency`,
			`"checkout" -> "flagd" dependency`,
			`"checkout" -> "otel-collector" dependency`,
			`"checkout" -> "payment" dependency`,
			`"checkout" -> "product-catalog" dependency`,
			`"checkout" -> "shipping" dependency`,
			`"currency" -> "otel-collector" dependency`,
			`"email" -> "otel-collector" dependency`,
			`"flagd-ui" -> "flagd" dependency`,
			`"flagd-ui" -> "otel-collector" dependency`,
			`"frontend" -> "ad" dependency`,
			`"frontend" -> "cart" dependency`,
			`"frontend" -> "checkout" dependency`,
			`"frontend" -> "currency" dependency`,
			`"frontend" -> "flagd" dependency`,
			`"frontend" -> "image-provider" dependency`,
			`"frontend" -> "otel-collector" dependency`,
			`"frontend" -> "product-catalog" dependency`,
			`"frontend" -> "quote" dependency`,
			`"frontend" -> "recommendation" dependency`,
			`"frontend" -> "shipping" dependency`,
			`"frontend-proxy" -> "flagd-ui" dependency`,
			`"frontend-proxy" -> "frontend" dependency`,
			`"frontend-proxy" -> "telemetry-docs" dependency`,
			`"image-provider" -> "otel-collector" dependency`,
			`"load-generator" -> "flagd" dependency`,
			`"load-generator" -> "frontend" dependency`,
			`"load-generator" -> "frontend-proxy" dependency`,
			`"payment" -> "flagd" dependency`,
			`"payment" -> "otel-collector" dependency`,
			`"product-catalog" -> "astronomy-db" dependency`,
			`"product-catalog" -> "flagd" dependency`,
			`"product-catalog" -> "otel-collector" dependency`,
			`"quote" -> "otel-collector" dependency`,
			`"recommendation" -> "flagd" dependency`,
			`"recommendation" -> "otel-collector" dependency`,
			`"recommendation" -> "product-catalog" dependency`,
			`"shipping" -> "flagd" dependency`,
			`"shipping" -> "otel-collector" dependency`,
			`application "ad" custom image=${IMAGE_NAME}:${DEMO_VERSION}-ad`,
			`application "astronomy-db" image=${POSTGRES_IMAGE}`,
			`application "cart" custom image=${IMAGE_NAME}:${DEMO_VERSION}-cart`,
			`application "checkout" custom image=${IMAGE_NAME}:${DEMO_VERSION}-checkout`,
			`application "currency" custom image=${IMAGE_NAME}:${DEMO_VERSION}-currency`,
			`application "email" custom image=${IMAGE_NAME}:${DEMO_VERSION}-email`,
			`application "flagd" image=${FLAGD_IMAGE}`,
			`application "flagd-ui" custom image=${IMAGE_NAME}:${DEMO_VERSION}-flagd-ui`,
			`application "frontend" custom image=${IMAGE_NAME}:${DEMO_VERSION}-frontend`,
			`application "frontend-proxy" custom image=${IMAGE_NAME}:${DEMO_VERSION}-frontend-proxy`,
			`application "image-provider" custom image=${IMAGE_NAME}:${DEMO_VERSION}-image-provider`,
			`application "load-generator" custom image=${IMAGE_NAME}:${DEMO_VERSION}-load-generator`,
			`application "otel-collector" image=${COLLECTOR_CONTRIB_IMAGE}`,
			`application "payment" custom image=${IMAGE_NAME}:${DEMO_VERSION}-payment`,
			`application "product-catalog" custom image=${IMAGE_NAME}:${DEMO_VERSION}-product-catalog`,
			`application "quote" custom image=${IMAGE_NAME}:${DEMO_VERSION}-quote`,
			`application "recommendation" custom image=${IMAGE_NAME}:${DEMO_VERSION}-recommendation`,
			`application "shipping" custom image=${IMAGE_NAME}:${DEMO_VERSION}-shipping`,
			`application "telemetry-docs" custom image=${IMAGE_NAME}:${DEMO_VERSION}-telemetry-docs`,
			`application "valkey-cart" image=${VALKEY_IMAGE}`,
			`resource "otel-collector volume ${DOCKER_SOCK}" type=volume name="${DOCKER_SOCK}" of "otel-collector"`,
			`resource "otel-collector volume ${HOST_FILESYSTEM}" type=volume name="${HOST_FILESYSTEM}" of "otel-collector"`,
			`resource "otel-collector volume ${OTEL_COLLECTOR_CONFIG_EXTRAS}" type=volume name="${OTEL_COLLECTOR_CONFIG_EXTRAS}" of "otel-collector"`,
			`resource "otel-collector volume ${OTEL_COLLECTOR_CONFIG}" type=volume name="${OTEL_COLLECTOR_CONFIG}" of "otel-collector"`,
		}},
		"compose_albert_api.yml": {want: []string{
			`"" -> "api" api "8080"`,
			`"" -> "playground" api "8081"`,
			`"" -> "postgres" database "5432" [postgresql]`,
			`"" -> "redis" database "6379" [redis]`,
			`"api" -> "postgres" dependency`,
			`"api" -> "redis" dependency`,
			`"playground" -> "postgres" dependency`,
			`application "api" image=ghcr.io/etalab-ia/opengatellm/app:latest`,
			`application "playground" image=ghcr.io/etalab-ia/opengatellm/ui:latest`,
			`application "postgres" image=postgres:16.5 version=16.5`,
			`application "redis" image=redis/redis-stack-server:7.2.0-v11 version=7.2.0-v11`,
			`resource "postgres volume postgres" type=volume name="postgres" of "postgres"`,
			`resource "redis volume redis" type=volume name="redis" of "redis"`,
		}, gap: "env_file ./.env"},
	} {
		t.Run(name, func(t *testing.T) {
			data := readertest.Corpus(t, name)
			found := readertest.SoundGraph(t, Read, data)
			found.Settings = nil
			readertest.Alike(t, &found, test.want)
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
		source string
		want   []string
	}{
		"links with another name": {"services:\n  web:\n    image: a\n    links: [\"db:database\"]\n  db: {image: b}\n", []string{
			`application "web" image=a @3`,
			`application "db" image=b @5`,
			`"web" -> "db" dependency @4`,
		}},
		"an image into which the sources beside its file are put": {"services:\n  ui:\n    image: firm/ui\n    volumes: [\"./ui/src/:/usr/src/app/src\"]\n  db:\n    image: firm/db\n    volumes: [\"./conf:/etc/src\", \"src:/data\"]\nvolumes: {src: {}}\n", []string{
			`application "ui" custom image=firm/ui @3`, `application "db" image=firm/db @6`, `resource "db volume src" type=volume name="src" of "db" @7`,
			`setting of "ui" volumes.target="/usr/src/app/src" @4`, `setting of "db" volumes.target="/etc/src" @7`, `setting of "db" volumes.target="/data" @7`,
		}},
		"the image of a service that is built": {"services:\n  app: {build: ., image: \"shop:dev\"}\n  worker: {image: \"shop:dev\"}\n  db: {image: b}\n", []string{
			`application "app" custom image=shop:dev version=dev @2`,
			`application "worker" custom image=shop:dev version=dev @3`,
			`application "db" image=b @4`,
			`setting of "app" build.dockerfile="Dockerfile" @2`,
		}},
		"networks are no edges": {"services:\n  a: {image: a, networks: [n]}\n  b: {image: b, networks: [n]}\n", []string{
			`application "a" image=a @2`,
			`application "b" image=b @3`,
		}},
		"port not published": {"services:\n  a:\n    image: a\n    ports: [\"5432\"]\n", []string{
			`application "a" image=a @3`,
		}},
		"long port": {"services:\n  a:\n    image: a\n    ports:\n      - target: 5672\n        published: \"15672\"\n", []string{
			`application "a" image=a @3`,
			`"" -> "a" events "15672" [amqp] @5`,
		}},
		"a port of a variable": {"services:\n  a:\n    image: a\n    ports: [\"${P}:443\", \"${Q}:${R}\"]\n", []string{
			`application "a" image=a @3`,
			`"" -> "a" user "${P}" [https] @4`,
			`"" -> "a" api "${Q}" @4`,
		}},
		"defaults": {"services:\n  a:\n    image: ${REGISTRY:-ghcr.io}/x/y:${TAG-1.2}\n", []string{
			`application "a" image=ghcr.io/x/y:1.2 version=1.2 @3`,
		}},
		"required variable": {"services:\n  a:\n    image: \"x:${TAG:?must be set}\"\n", []string{
			`application "a" image=x:${TAG:?must be set} @3`,
		}},
		"of another file": {"services:\n  a:\n    extends: {file: base.yml, service: a}\n", []string{
			`application "a" @3`,
		}},
		"asked by gRPC's probe": {"services:\n  a:\n    image: a\n    healthcheck:\n      test: [CMD, /bin/grpc_health_probe, \"-addr=:1\"]\n", []string{
			`application "a" image=a @3`,
			`"" -> "a" api [grpc] @5`,
			`setting of "a" healthcheck.test="CMD" @5`,
			`setting of "a" healthcheck.test="/bin/grpc_health_probe" @5`,
			`setting of "a" healthcheck.test="-addr=:1" @5`,
		}},
		"merged": {"x-b: &b\n  image: b:1\nservices:\n  a:\n    <<: *b\n", []string{
			`application "a" image=b:1 version=1 @2`,
		}},
		"waits for nobody known": {"services:\n  a:\n    image: a\n    depends_on: [zz, a]\n", []string{
			`application "a" image=a @3`,
		}},
	} {
		t.Run(name, func(t *testing.T) { readertest.Draws(t, Read, []byte(test.source), test.want) })
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
	text, err := Read(t.Context(), []byte("services:\n  a:\n    image: a\n    environment:\n      - DB=postgres://u:p@db/${NAME:-x}\n      - HANDED_ON\n      - EMPTY=\n    command: [\"--peer\", \"b:80\"]\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []austauschbar.Setting{
		{Component: "a", Name: "DB", Value: "postgres://u:p@db/x", Evidence: austauschbar.Evidence{Line: 5}},
		{Component: "a", Name: "HANDED_ON", Value: "${HANDED_ON}", Evidence: austauschbar.Evidence{Line: 6}},
		{Component: "a", Name: "command", Value: "--peer", Evidence: austauschbar.Evidence{Line: 8}},
		{Component: "a", Name: "command", Value: "b:80", Evidence: austauschbar.Evidence{Line: 8}},
	}
	if !slices.Equal(text.Architecture.Settings, want) {
		t.Errorf("got %+v", text.Architecture.Settings)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("services:\n  a:\n    image: ${A:-b}\n    ports: [\"1-2:3-4\", {target: 5, published: 6}]\n    volumes: [\"v:/x\"]\n    depends_on: {b: {}}\n  b: {build: .}\n"))
	f.Fuzz(func(t *testing.T, data []byte) { readertest.SoundGraph(t, Read, data) })
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
