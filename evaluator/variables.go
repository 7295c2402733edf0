package evaluator

import (
	"regexp"
	"strings"

	"github.com/austauschbar/austauschbar"
)

// Variables whose values no file tells still say something: by their own names, which
// service's address they hold.

var (
	// variableHost is a host that a variable holds: "${CART_HOST}".
	variableHost = regexp.MustCompile(`^\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))$`)
	// variableAddress is one with its port: "${CART_ADDR}", "${CART_HOST}:${CART_PORT}".
	variableAddress = regexp.MustCompile(`^(\$\{[A-Za-z_]\w*\})(?::(?:(\d{2,5})|\$\{[A-Za-z_]\w*\}))?(?:/\S*)?$`)
	// variableImage is an image that a variable holds, whatever its tag.
	variableImage = regexp.MustCompile(`^\$\{?([A-Za-z_]\w*)(?:[:?-][^}/]*)?\}?(?:[:@].*)?$`)
	imageWord     = regexp.MustCompile(`(?i)_(?:docker_|container_)?image(?:_name)?$`)
)

// heldBy returns the variable that stands for a host; "" for what is none, and for one
// whose name does not say that it holds an address.
func heldBy(host string) string {
	found := variableHost.FindStringSubmatch(host)
	if found == nil || !namesHost.MatchString(found[1]+found[2]) {
		return ""
	}
	return found[1] + found[2]
}

// nameCalled keeps under which names variables may speak of a document's components:
// their own and, after a space, that of the variable for their image.
func (g *graph) nameCalled() {
	g.called = map[inDocument][]*node{}
	for _, p := range g.parts {
		if p.key == "" {
			continue
		}
		name := inDocument{p.document, p.key}
		g.called[name] = append(g.called[name], p.node)
		if image := variableImage.FindStringSubmatch(p.Image); image != nil && imageWord.MatchString(image[1]) {
			name = inDocument{p.document, " " + keyOf(imageWord.ReplaceAllString(image[1], ""))}
			g.called[name] = append(g.called[name], p.node)
		}
	}
}

// meantBy returns the component of a setting's document whose address a variable must
// hold, by its name: CART_ADDR that of "cart", POSTGRES_HOST that of the only one whose
// image is POSTGRES_IMAGE; nil where none or several could be meant.
func (g *graph) meantBy(s *setting, variable string) *node {
	key := keyOf(namesHost.ReplaceAllString(variable, ""))
	for _, name := range []string{key, strings.TrimSuffix(key, "service"), " " + key} {
		if fits := g.called[inDocument{s.document, name}]; strings.TrimSpace(name) != "" && len(fits) > 0 {
			if len(fits) == 1 {
				return fits[0]
			}
			return nil
		}
	}
	return nil
}

// sendsTelemetry matches the settings that OpenTelemetry's specification reserves for
// where its own protocol goes.
var sendsTelemetry = regexp.MustCompile(`(?i)^OTEL_EXPORTER_OTLP_(?:TRACES_|METRICS_|LOGS_)?ENDPOINT$`)

// The catalogue's ids of the protocol and of the one that receives it for others.
const (
	telemetry = "opentelemetry"
	collector = "otel_collector"
)

// followTelemetry adds the edge to the only collector of the document, where a setting
// that no file fills in can lead to nothing else.
func (g *graph) followTelemetry(s *setting) {
	if !sendsTelemetry.MatchString(s.Name) || heldBy(s.Value) == "" {
		return
	}
	var here []*node
	for _, n := range g.ofTerm(collector) {
		if g.in(n, s.document) {
			here = append(here, n)
		}
	}
	if len(here) == 1 && here[0] != s.node {
		g.addEdge(edge{
			Interface: austauschbar.Interface{Kind: "dependency", Protocol: g.lexicon.Entries[telemetry].Name, Evidence: []austauschbar.Evidence{s.quoting(s.Value)}},
			from:      s.node, to: here[0], document: s.document, derived: true,
		})
	}
}

// speakAsOffered gives edges whose address a setting tells, without a scheme, the
// protocol that is the only one offered there.
func (g *graph) speakAsOffered() {
	offered := map[*node][]int{}
	for i := range g.edges {
		if e := &g.edges[i]; e.from == nil && e.to != nil {
			offered[e.to] = append(offered[e.to], i)
		}
	}
	for i := range g.edges {
		e := &g.edges[i]
		if list := offered[e.to]; e.addressed && e.Protocol == "" && len(list) == 1 {
			if told := &g.edges[list[0]]; protocolKinds[told.Term] != "" {
				e.Protocol, e.Term, e.Standard, e.Open, e.Owner = told.Protocol, told.Term, told.Standard, told.Open, told.Owner
				e.Evidence = append(e.Evidence, told.Evidence...)
			}
		}
	}
}

// unsetImages lists, for each document, the components whose version nobody knows, and often not
// what they are, since a variable without a value holds their image.
func (g *graph) unsetImages() []austauschbar.Gap {
	var gaps []austauschbar.Gap
	at := map[string]int{}
	for _, p := range g.parts {
		image := variableImage.FindStringSubmatch(p.Image)
		if image == nil || p.format != "compose" || p.Custom {
			continue
		}
		detail := image[1] + " (" + p.Name + ")"
		if i, known := at[p.path]; known {
			gaps[i].Detail += ", " + detail
			continue
		}
		at[p.path] = len(gaps)
		gaps = append(gaps, austauschbar.Gap{Path: p.path, Reason: "unset_variable", Detail: detail})
	}
	return gaps
}
