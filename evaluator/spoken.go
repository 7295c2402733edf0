package evaluator

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
)

// What some components speak is told by what they are: a database by its engine, a FHIR
// server by its technology. Edges to them need not say it.

// engines tell the engine of a store in its product, in the type of its resource, or in the
// argument that chooses it, and the scheme of what it speaks.
var engines = []struct {
	term    string
	written *regexp.Regexp
	scheme  string
}{
	{"postgresql", regexp.MustCompile(`(?i)postgres`), "postgresql"},
	{"mysql", regexp.MustCompile(`(?i)mysql`), "mysql"},
	{"mariadb", regexp.MustCompile(`(?i)mariadb`), "mysql"},
	{"sql_server", regexp.MustCompile(`(?i)mssql|sqlserver|sql[ _-]?server`), "sqlserver"},
	{"mongodb", regexp.MustCompile(`(?i)mongo`), "mongodb"},
	{"valkey", regexp.MustCompile(`(?i)valkey`), "redis"},
	{"redis", regexp.MustCompile(`(?i)redis`), "redis"},
	{"neo4j", regexp.MustCompile(`(?i)neo4j`), "bolt"},
	{"memcached", regexp.MustCompile(`(?i)memcached`), "memcached"},
}

// namesHosts matches types of resources that do nothing but give hosts their names.
var namesHosts = regexp.MustCompile(`(?i)dns_(?:namespace|zone)\b|(?:^|_)route53_`)

// choosesEngine matches the arguments that say which engine a service runs.
var choosesEngine = regexp.MustCompile(`(?i)(?:^|[._\[\]])(?:engine|database_version|engine_name)$`)

// speak gives edges that tell no protocol the one that their end speaks, and notes of what
// nothing in the files reaches that way how it would be.
func (g *graph) speak(found []documentFacts) {
	told, signedOn := g.engineTexts(), g.signsOn(found)
	g.tellExchange()
	reached := map[*node]bool{}
	for i := range g.edges {
		e := &g.edges[i]
		if e.to == nil || e.Specification != nil {
			continue
		}
		said := g.spokenBy(e.to, told)
		if said == "" {
			said = g.usedOver(e.to)
			if g.atAnotherPort(e, said) || g.handsOnMail(e) {
				continue
			}
		}
		reached[e.to] = true
		if e.to == signedOn {
			said = signOn
		}
		if said != "" && (e.Protocol == "" && e.kind() != "user" || e.Term == "http_standard" && g.overHTTP(said)) {
			e.Protocol, e.Term = said, ""
			g.nameProtocol(&e.Interface)
		}
	}
	for _, n := range slices.Clone(g.nodes) {
		said, used := g.spokenBy(n, told), g.usedOver(n)
		if said = cmp.Or(said, used); said != "" && len(n.Evidence) > 0 && (!reached[n] || slices.Contains(alone, g.lexicon.Entries[n.Term].Speaks) && !g.saidAt(n, used)) {
			g.addEdge(edge{Interface: austauschbar.Interface{Kind: "dependency", Protocol: said, Evidence: n.Evidence[:1]}, to: n, derived: true})
		}
	}
}

// dataAPI is the catalogue's id of the interface of its own that a database of a provider
// offers beside that of its engine, and opensDataAPI the argument that opens it.
const dataAPI = "rds_data_api"

var opensDataAPI = regexp.MustCompile(`(?i)^enable_http_endpoint$`)

// offerDataAPIs notes where that interface is open.
func (g *graph) offerDataAPIs() {
	for i := range g.settings {
		s := &g.settings[i]
		if opensDataAPI.MatchString(s.Name) && s.Value == "true" && slices.Contains(s.node.Tags, "managed_database") {
			g.addEdge(edge{Interface: austauschbar.Interface{Kind: "api", Protocol: g.lexicon.Entries[dataAPI].Name, Evidence: []austauschbar.Evidence{s.Evidence}}, to: s.node, derived: true})
		}
	}
}

// saidAt says whether some interface of a component tells a protocol.
func (g *graph) saidAt(n *node, said string) bool {
	_, id := g.protocol(said)
	return slices.ContainsFunc(g.edges, func(e edge) bool { return e.to == n && (e.Term == id || e.Protocol == said) })
}

// usedOver is the protocol over which the product that runs here is used, by the catalogue; ""
// where it knows none and for most of what nothing but drawings and texts tell of: these may
// draw what is spoken. A provider's service may be bound to more than that, unless containers
// of another product stand in for it.
func (g *graph) usedOver(n *node) string {
	entry := g.lexicon.Entries[n.Term]
	id := entry.Speaks
	if id == "" || entry.Kind != "product" && !g.hasFormat(n, "compose") && id != "s3_api" || !slices.Contains(alone, id) && !isRun(n) {
		return ""
	}
	protocol := g.lexicon.Entries[id]
	return cmp.Or(first(protocol.Schemes), protocol.Name)
}

// atAnotherPort says whether an interface is a port that a protocol with ports of its own is
// not spoken at: a queue's console.
func (g *graph) atAnotherPort(e *edge, said string) bool {
	_, id := g.protocol(said)
	return e.from == nil && e.Protocol == "" && len(g.lexicon.Entries[id].Ports) > 0 && portNumber.MatchString(e.Name)
}

// handsOnMail says whether an edge leads from what mail is sent over to where it is kept: it
// is not fetched that way.
func (g *graph) handsOnMail(e *edge) bool {
	return e.from != nil && g.lexicon.Entries[e.from.Term].Speaks == "smtp" && g.lexicon.Entries[e.to.Term].Speaks == "imap"
}

var portNumber = regexp.MustCompile(`^\d{1,5}$`)

// alone are protocols without which nothing reaches the products that speak them.
var alone = []string{"imap", "ldap", "matrix_protocol", "s3_api", "smtp"}

func isRun(n *node) bool {
	return slices.ContainsFunc(n.Sources, func(format string) bool { return slices.Contains(running, format) })
}

// running are the formats that say what is run.
var running = []string{"compose", "helm", "kubernetes", "kustomize", "terraform"}

// overHTTP says whether a protocol is one of those that go over HTTP, and tells more than it.
func (g *graph) overHTTP(said string) bool {
	_, id := g.protocol(said)
	return said == exchange || id == "oidc" || id == "s3_api"
}

// engineTexts collects where files tell the engine of managed stores.
func (g *graph) engineTexts() map[string]string {
	told := map[string]string{}
	for _, resource := range g.resources {
		told[resource.Component] += " " + resource.Type
	}
	for i := range g.settings {
		if s := &g.settings[i]; choosesEngine.MatchString(s.Name) && len(s.Value) <= maxQuote {
			told[s.node.ID] += " " + s.Value
		}
	}
	return told
}

// spokenBy is the protocol that a component speaks by what it is; "" where that is open or
// more than one.
func (g *graph) spokenBy(n *node, told map[string]string) string {
	if said := g.exchangedBy(n); said != "" {
		return said
	}
	if namesHosts.MatchString(told[n.ID]) {
		return "dns"
	}
	managed := slices.Contains(n.Tags, "managed_database")
	found := ""
	for _, engine := range engines {
		if n.Term == engine.term {
			return engine.scheme
		}
		if managed && engine.written.MatchString(n.Product+" "+n.Technology+" "+told[n.ID]) {
			if found != "" && found != engine.scheme {
				return ""
			}
			found = engine.scheme
		}
	}
	return found
}

// signOn is the protocol with which most solutions sign people on.
const signOn = "OpenID Connect"

// signsOn is the one component that manages identities where texts on the architecture say
// that people are signed on over OpenID Connect; nil where none or several do.
func (g *graph) signsOn(found []documentFacts) *node {
	if !slices.ContainsFunc(found, func(document documentFacts) bool {
		return document.document.Role == austauschbar.RoleArchitecture && slices.ContainsFunc(document.mentions["protocol"], func(m austauschbar.Mention) bool {
			return m.Term == "oidc" && !m.Negated && m.Role != "citation"
		})
	}) {
		return nil
	}
	var fits []*node
	for _, n := range g.nodes {
		if n.Kind == "identity" && !n.External && roles[0].does.MatchString(n.Function["en"]) {
			fits = append(fits, n)
		}
	}
	if fits = g.innermost(fits); len(fits) != 1 {
		return nil
	}
	return fits[0]
}

// exchange is a standard for exchange that servers are called after.
const exchange = "FHIR"

// exchangedBy is the standard by which a server exchanges data, where its product or its
// technology names that as one of its parts; "" for others and for what only asks such servers.
func (g *graph) exchangedBy(n *node) string {
	if n.Kind == "person" || n.Kind == "client" {
		return ""
	}
	for _, item := range items.Split(n.Technology+", "+n.Product, -1) {
		words := nameWords(item)
		if slices.Contains(words, strings.ToLower(exchange)) && !slices.Contains(words, "client") && onlyFillers(strings.Join(slices.DeleteFunc(words, isExchange), " "), "") {
			return exchange
		}
	}
	return ""
}

// choosesExchange matches the setting that says which version of the standard a server speaks.
var choosesExchange = regexp.MustCompile(`(?i)(?:^|[^a-z])fhir[_.\-]?version$`)

// tellExchange adds to what files tell of a component that nobody knows the standard by which it
// exchanges data, where a setting chooses its version and no address leads to another server.
func (g *graph) tellExchange() {
	asks := map[*node]bool{}
	for i := range g.edges {
		if e := &g.edges[i]; e.from != nil && e.Protocol == exchange {
			asks[e.from] = true
		}
	}
	for i := range g.settings {
		s := &g.settings[i]
		if n := s.node; choosesExchange.MatchString(s.Name) && isExchange(strings.ToLower(s.Value)) && !asks[n] && n.Term == "" && n.Technology == "" {
			n.Technology = exchange + " " + strings.ToUpper(s.Value)
		}
	}
}

// exchangeWords name the standard, its versions and its servers.
var exchangeWords = []string{"fhir", "hl7", "hapi", "blaze", "r4", "r4b", "r5", "stu3", "rest"}

func isExchange(word string) bool { return slices.Contains(exchangeWords, word) }

var (
	exchangeName = regexp.MustCompile(`(?i)(?:^|[_.\-])fhir(?:[_.\-]|$)`)
	exchangePath = regexp.MustCompile(`(?i)/fhir(?:[/?\s"']|$)`)
)

// exchanges says whether a setting leads over HTTP to what exchanges data by the standard:
// "FHIR_BASE_URL", "http://server/fhir".
func exchanges(s *setting, to address) bool {
	overHTTP := to.scheme == "http" || to.scheme == "https"
	return overHTTP && (exchangeName.MatchString(s.Name) || exchangePath.MatchString(s.Value))
}
