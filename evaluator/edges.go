package evaluator

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
)

// An edge is an interface between nodes; nil where an end is open.
type edge struct {
	austauschbar.Interface
	from, to  *node
	document  int
	derived   bool // from a setting rather than drawn
	addressed bool // some setting tells the address
}

// addDeclared adds an interface as a document tells of it.
func (g *graph) addDeclared(document int, in austauschbar.DocumentFact, said austauschbar.Interface) {
	made := edge{Interface: said, from: g.nodeOf(document, said.From), to: g.nodeOf(document, said.To), document: document}
	if made.to == nil && said.Specification != nil {
		made.to = g.offering(said.Name, cmp.Or(said.Specification.Path, in.Path), nil)
	}
	if made.from != nil && made.from == made.to && said.From != said.To {
		return // between two parts of what is one thing
	}
	if (made.from == nil || made.to == nil) && made.vague() {
		return // something depends on something that is no component
	}
	if made.vague() && made.from.Term != "" && made.from.Term == made.to.Term && g.lexicon.Entries[made.to.Term].Kind == "cloud_service" {
		return // within one service of a provider: a queue and that for its dead letters
	}
	g.addEdge(made)
}

// maxCompared bounds with how many edges between the same two nodes one is compared.
const maxCompared = 100

// addEdge adds an edge, or what it says to the one that it is.
func (g *graph) addEdge(e edge) {
	g.nameProtocol(&e.Interface)
	pair := [2]*node{e.from, e.to}
	if e.from != nil && e.to != nil && e.Specification == nil {
		for _, at := range g.between[pair][:min(maxCompared, len(g.between[pair]))] {
			if known := &g.edges[at]; known.same(e) {
				known.take(e)
				return
			}
		}
	}
	if len(g.edges) == maxInterfaces {
		g.cut = true
		return
	}
	g.between[pair] = append(g.between[pair], len(g.edges))
	g.edges = append(g.edges, e)
}

// same says whether two edges between the same nodes are one: told by different files,
// or one of them says less. Two that one file draws apart stay apart.
func (e *edge) same(other edge) bool {
	if e.Specification != nil {
		return false
	}
	if e.document == other.document && !e.derived && !other.derived && !e.vague() && !other.vague() {
		return e.Name == other.Name && e.Protocol == other.Protocol
	}
	return e.Protocol == "" || other.Protocol == "" || e.Protocol == other.Protocol || e.Term != "" && e.Term == other.Term
}

// vague says whether an edge tells only that there is one.
func (e *edge) vague() bool {
	return e.Kind == "dependency" && e.Protocol == "" && e.Name == "" && e.Specification == nil
}

// take adds what another edge says.
func (e *edge) take(other edge) {
	if e.Kind == "dependency" {
		e.Kind = other.Kind
	}
	if e.Protocol == "" {
		e.Protocol, e.Term, e.Standard, e.Open, e.Owner = other.Protocol, other.Term, other.Standard, other.Open, other.Owner
	}
	e.Name = cmp.Or(e.Name, other.Name)
	e.Formats, e.Security = union(e.Formats, other.Formats), union(e.Security, other.Security)
	e.Operations, e.Exports, e.Writes = max(e.Operations, other.Operations), max(e.Exports, other.Exports), e.Writes || other.Writes
	e.derived, e.addressed = e.derived && other.derived, e.addressed || other.addressed
	e.Evidence = append(e.Evidence, other.Evidence...)
}

// union is both lists, sorted, each text once.
func union(a, b []string) []string {
	list := slices.Concat(a, b)
	slices.Sort(list)
	return slices.Compact(list)
}

// written is the edge as an interface of the graph.
func (e *edge) written(ids *ids) austauschbar.Interface {
	made := e.Interface
	made.From, made.To = e.from.id(), e.to.id()
	made.Kind = e.kind()
	name := made.Name
	if made.From == "" && e.namedAsIts() {
		name = "" // its component's stands there already
	}
	made.ID = ids.name(strings.Join([]string{made.From, made.To, cmp.Or(name, made.Protocol)}, " "), "interface")
	return made
}

// namedAsIts says whether an interface is called as the component that offers it.
func (e *edge) namedAsIts() bool {
	return e.to != nil && slices.Contains(e.to.keys, keyOf(e.Name))
}

var portName = regexp.MustCompile(`^(?:\d{1,5}|https?|web|api)?$`)

// bare says whether an interface tells no more than that a component can be reached.
func (e *edge) bare() bool {
	return e.from == nil && e.to != nil && e.Specification == nil && e.Operations == 0 && (e.Protocol == "" || e.Term == "http_standard") &&
		(e.namedAsIts() || portName.MatchString(strings.ToLower(e.Name)))
}

// foldOffers adds interfaces that tell no more than that a component can be reached to
// the one description of an API that there is of it. Those that only repeat a name, as
// the Services of Kubernetes do, are added to how others are known to reach it.
func (g *graph) foldOffers() {
	described, reached := map[*node][]int{}, map[*node]int{}
	for i := range g.edges {
		switch e := &g.edges[i]; {
		case e.to == nil || e.bare():
		case e.Specification != nil && (e.Term == "" || e.Term == "http_standard"):
			described[e.to] = append(described[e.to], i)
		case e.from != nil && !e.vague():
			if _, known := reached[e.to]; !known {
				reached[e.to] = i
			}
		}
	}
	folded := map[int]bool{}
	for i := range g.edges {
		e := &g.edges[i]
		if !e.bare() {
			continue
		}
		into, known := reached[e.to]
		known = known && e.Protocol == "" && e.namedAsIts()
		if apis := described[e.to]; len(apis) == 1 {
			into, known = apis[0], true
		}
		if known {
			g.edges[into].Evidence, folded[i] = append(g.edges[into].Evidence, e.Evidence...), true
		}
	}
	var left []edge
	for i, e := range g.edges {
		if !folded[i] {
			left = append(left, e)
		}
	}
	g.edges = left
	g.between = map[[2]*node][]int{}
	for i, e := range left {
		pair := [2]*node{e.from, e.to}
		g.between[pair] = append(g.between[pair], i)
	}
}

// kind is what an edge is, where its file does not tell it, by its protocol and by what
// it leads to.
func (e *edge) kind() string {
	if e.Kind != "dependency" && e.Kind != "" && !(e.Kind == "api" && e.Specification == nil && e.Operations == 0) {
		return e.Kind
	}
	if kind := protocolKinds[e.Term]; kind != "" {
		return kind
	}
	switch {
	case e.Kind == "api" && e.Protocol != "":
		return "api"
	case e.from != nil && e.from.Kind == "person":
		return "user"
	case e.to != nil && (e.to.Kind == "database" || e.to.Kind == "cache"):
		return "database"
	case e.to != nil && e.to.Kind == "queue":
		return "events"
	case e.Protocol != "", e.addressed && e.to != nil && e.to.Custom:
		return "api"
	}
	return cmp.Or(e.Kind, "dependency")
}

// protocolKinds are the kinds of interfaces that protocols make, by their ids in the
// catalogue.
var protocolKinds = map[string]string{
	"postgresql_protocol": "database", "mysql_protocol": "database", "mongodb_protocol": "database", "resp": "database", "tds": "database", "oracle_net": "database", "cql": "database",
	"bolt": "database", "memcached_protocol": "database", "clickhouse_protocol": "database", "jdbc": "database", "odbc": "database", "s3_api": "database",
	"amqp": "events", "mqtt": "events", "kafka_protocol": "events", "nats_protocol": "events", "pulsar_protocol": "events", "stomp": "events", "jms": "events",
	"sftp": "files", "ftp": "files", "ftps": "files", "nfs": "files", "smb": "files", "webdav": "files",
	"grpc": "api", "soap": "api", "odata": "api", "openai_api": "api", "graphql": "api", "opentelemetry": "api", "fhir": "api",
}

// nameProtocol looks a protocol up in the catalogue: "JSON/HTTPS", "jdbc:postgresql".
func (g *graph) nameProtocol(i *austauschbar.Interface) {
	if i.Term != "" || i.Protocol == "" || len(i.Protocol) > maxQuote {
		return
	}
	entry, id := g.protocol(i.Protocol)
	if id == "" {
		if id = g.protocolNames[strings.ToLower(i.Protocol)]; id == "" {
			return
		}
		entry = g.lexicon.Entries[id]
	}
	i.Term, i.Standard, i.Open, i.Owner = id, entry.Name, new(entry.Open), g.vendorOf(entry)
}
