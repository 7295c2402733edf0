package evaluator

import (
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
)

// A variable without a value tells by its name whose address it holds.
func TestVariables(t *testing.T) {
	held := func(variable string) change { return image("${" + variable + "}") }
	stack := []austauschbar.Component{app("web"), app("cart", custom), app("frontend-proxy"), app("otel-collector"), app("astronomy-db", held("POSTGRES_IMAGE")), app("a-cache", held("VALKEY_IMAGE")), app("b-cache", held("VALKEY_IMAGE"))}
	tests := map[string]struct {
		name, value string
		want        []string
	}{
		"handed on":                  {"CART_ADDR", "${CART_ADDR}", []string{"web > cart api"}},
		"several words":              {"X_URL", "http://$FRONTEND_PROXY_HOST/x", []string{"web > frontend-proxy api http"}},
		"with a word for what it is": {"X_URL", "http://${CART_SERVICE_HOST}:${CART_SERVICE_PORT}/x", []string{"web > cart api http"}},
		"with its port":              {"X", "${CART_HOST}:6379", []string{"web > cart database redis"}},
		"by the image's variable":    {"DB", "postgres://u:${PASSWORD}@${POSTGRES_HOST}/x", []string{"web > astronomy-db database postgres"}},
		"two have such an image":     {"CACHE", "redis://${VALKEY_HOST}", []string{}},
		"of nobody":                  {"X_URL", "http://${LEDGER_HOST}", []string{}},
		"not an address":             {"X_URL", "http://${CART}", []string{}},
		"of no name":                 {"X_URL", "http://${HOST}:${PORT}", []string{}},
		"itself":                     {"WEB_HOST", "${WEB_HOST}", []string{}},
		"telemetry":                  {"OTEL_EXPORTER_OTLP_ENDPOINT", "${OTEL_EXPORTER_OTLP_ENDPOINT}", []string{"web > otel-collector api OpenTelemetry"}},
		"telemetry, told where":      {"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://${OTEL_COLLECTOR_HOST}:${PORT}", []string{"web > otel-collector api OpenTelemetry"}},
		"telemetry by its port":      {"SINK", "http://otel-collector:4318", []string{"web > otel-collector api OpenTelemetry"}},
		"another site's telemetry":   {"PUBLIC_OTEL_EXPORTER_OTLP_ENDPOINT", "${PUBLIC_OTEL_EXPORTER_OTLP_ENDPOINT}", []string{}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			graph, _ := graphOf(t, file{"c.yml", "compose", austauschbar.Architecture{Components: stack, Settings: []austauschbar.Setting{set("web", test.name, test.value)}}})
			if diff := gocmp.Diff(test.want, ledEdges(graph)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// An address without a scheme leads to what is the only thing offered there.
func TestSpeakAsOffered(t *testing.T) {
	offer := func(id, protocol string) austauschbar.Interface {
		return austauschbar.Interface{ID: id, To: "cart", Kind: "api", Protocol: protocol, Evidence: []austauschbar.Evidence{{Line: 3}}}
	}
	address := set("web", "CART_ADDR", "cart")
	for name, test := range map[string]struct {
		said austauschbar.Architecture
		want string
	}{
		"one protocol":  {austauschbar.Architecture{Interfaces: []austauschbar.Interface{offer("1", "grpc")}, Settings: []austauschbar.Setting{address}}, "web > cart api grpc"},
		"two":           {austauschbar.Architecture{Interfaces: []austauschbar.Interface{offer("1", "grpc"), offer("2", "amqp")}, Settings: []austauschbar.Setting{address}}, "web > cart dependency"},
		"a carrier":     {austauschbar.Architecture{Interfaces: []austauschbar.Interface{offer("1", "https")}, Settings: []austauschbar.Setting{address}}, "web > cart dependency"},
		"only waits":    {austauschbar.Architecture{Interfaces: []austauschbar.Interface{offer("1", "grpc"), {ID: "d", From: "web", To: "cart", Kind: "dependency"}}}, "web > cart dependency"},
		"told a scheme": {austauschbar.Architecture{Interfaces: []austauschbar.Interface{offer("1", "grpc")}, Settings: []austauschbar.Setting{set("web", "CART_URL", "http://cart")}}, "web > cart api http"},
	} {
		t.Run(name, func(t *testing.T) {
			test.said.Components = []austauschbar.Component{app("web"), app("cart")}
			graph, _ := graphOf(t, file{"c.yml", "compose", test.said})
			if got := written(graph.Interfaces, arrow); !slices.Contains(got, test.want) {
				t.Errorf("got %q, want among them %q", got, test.want)
			}
		})
	}
}

// A variable without a value that hides what is installed is told; what its name, or the
// sources beside it, explain is not.
func TestUnsetImages(t *testing.T) {
	said := components(app("store", image("${DB_IMAGE:?}")), app("otel-collector", image("$COLLECTOR_IMAGE")), app("own", image("${OWN_IMAGE}:${TAG}"), custom), app("cache", image("redis:${TAG}")), app("old", image("${OLD_IMAGE}:1")))
	_, gaps := graphOf(t, file{"c.yml", "compose", said}, file{"main.tf", "terraform", components(app("task", image("${var.image}")))})
	want := []austauschbar.Gap{{Path: "c.yml", Reason: "unset_variable", Detail: "DB_IMAGE (store), COLLECTOR_IMAGE (otel-collector), OLD_IMAGE (old)"}}
	if diff := gocmp.Diff(want, gaps); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Files of variables are read with the Compose files that they are for, and are no part
// of any other dossier.
func TestHiddenVariables(t *testing.T) {
	const service = "services:\n  web:\n    image: ${IMAGE}\n"
	for name, test := range map[string]struct {
		files map[string]string
		want  string
	}{
		"beside Compose": {map[string]string{"compose.yaml": service, ".env": "IMAGE=postgres:16\n"}, "postgresql .env,compose.yaml"},
		"alone":          {map[string]string{"a.md": "Text.\n", ".env": "IMAGE=postgres:16\n"}, " a.md"},
	} {
		t.Run(name, func(t *testing.T) {
			facts := factsOf(t, test.files)
			var paths []string
			for _, document := range facts.Documents {
				paths = append(paths, document.Path)
			}
			term := ""
			for _, component := range facts.Components {
				term = component.Term
			}
			if got := term + " " + strings.Join(paths, ","); got != test.want || len(facts.Gaps) > 0 {
				t.Errorf("got %q and gaps %v, want %q", got, facts.Gaps, test.want)
			}
		})
	}
}
