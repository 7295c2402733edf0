package evaluator

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/lexicon"
)

// Settings hold secrets. Of their values nothing leaves this file but schemes that the
// catalogue knows, and hosts that are a component's name or that the catalogue knows.

// An address is where a setting says that something answers.
type address struct {
	scheme string // "" where none is written
	host   string // in lower case; of a variable as written
	port   int    // 0 where none is written
}

// maxSetting bounds how much of a setting is read, in bytes.
const maxSetting = 4096

var (
	addressURL  = regexp.MustCompile(`(?i)((?:jdbc:|r2dbc:)?[a-z][a-z0-9+.-]*)://([^\s"'<>]+)`)
	anotherURL  = regexp.MustCompile(`(?i),([a-z][a-z0-9+.-]*://)`) // in a list of them
	addressThin = regexp.MustCompile(`(?i)jdbc:(oracle):\w+:@(?:/{0,2})([a-z0-9._-]+)(?::(\d{2,5}))?`)
	addressPair = regexp.MustCompile(`(?i)(?:^|[;\s])(?:host|hostaddr|server|data source|addr|address|network address)\s*=\s*(?:tcp:)?([a-z0-9._-]+)(?:[,:](\d{2,5}))?`)
	addressGo   = regexp.MustCompile(`(?i)@tcp\(([a-z0-9._-]+)(?::(\d{2,5}))?\)`)
	addressPort = regexp.MustCompile(`(?i)^([a-z0-9](?:[a-z0-9._-]*[a-z0-9])?):(\d{2,5})(?:/\S*)?$`)
	addressHost = regexp.MustCompile(`(?i)^[a-z0-9](?:[a-z0-9._-]{0,200}[a-z0-9])?$`)
	// What a setting must be called to hold nothing but a host.
	namesHost = regexp.MustCompile(`(?i)(?:^|[_.\-])(?:host|hostname|hosts|server|servers|addr|address|endpoint|url|uri|brokers?|upstream|nodes?)$`)
	// Settings that tell where others reach the component, or what it need not reach.
	namesOther = regexp.MustCompile(`(?i)cors|origin|redirect|callback|allowed|trusted|no_?proxy|virtual_host|server_name|domain|bind|listen|advertised|image|version|(?:^|[_.\-])tag|public|external_url|frontend|self`)
)

// addresses lists what a setting's value names. Variables that are filled in later count
// where their names tell that they hold a host.
func addresses(name, value string) []address {
	if len(value) > maxSetting || namesOther.MatchString(name) {
		return nil
	}
	var list []address
	for _, found := range addressURL.FindAllStringSubmatch(anotherURL.ReplaceAllString(value, " $1"), -1) {
		for _, host := range hostsOf(found[2]) {
			host.scheme = strings.ToLower(found[1])
			list = append(list, host)
		}
	}
	for _, found := range addressThin.FindAllStringSubmatch(value, -1) {
		list = append(list, hostAndPort("oracle", found[2], found[3]))
	}
	for _, found := range addressGo.FindAllStringSubmatch(value, -1) {
		list = append(list, hostAndPort("", found[1], found[2]))
	}
	if len(list) > 0 {
		return list
	}
	for _, found := range addressPair.FindAllStringSubmatch(value, -1) {
		list = append(list, hostAndPort("", found[1], found[2]))
	}
	for _, item := range strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == ' ' || r == ';' }) {
		if found := addressPort.FindStringSubmatch(item); found != nil {
			list = append(list, hostAndPort("", found[1], found[2]))
		} else if found := variableAddress.FindStringSubmatch(item); found != nil {
			held := hostAndPort("", "", found[2])
			held.host = found[1]
			list = append(list, held)
		} else if namesHost.MatchString(name) && addressHost.MatchString(item) {
			list = append(list, address{host: strings.ToLower(item)})
		}
	}
	return list
}

func hostAndPort(scheme, host, port string) address {
	number, err := strconv.Atoi(port)
	if err != nil || number > 65535 {
		number = 0
	}
	return address{scheme: scheme, host: strings.ToLower(host), port: number}
}

// hostsOf reads what stands behind "://". A password may hold any letter: where the part
// before the path is no host, the part behind the last "@" may be.
func hostsOf(rest string) []address {
	authority := rest
	if end := strings.IndexAny(rest, "/?#;"); end >= 0 {
		authority = rest[:end]
	}
	if hosts := hostList(authority[strings.LastIndexByte(authority, '@')+1:]); hosts != nil {
		return hosts
	}
	behind := rest[strings.LastIndexByte(rest, '@')+1:]
	if end := strings.IndexAny(behind, "/?#;"); end >= 0 {
		behind = behind[:end]
	}
	return hostList(behind)
}

// hostList reads "a:9092,b:9092"; nil where one of them is no host.
func hostList(text string) []address {
	var list []address
	for _, item := range strings.Split(text, ",") {
		host, port, has := strings.Cut(item, ":")
		number, err := strconv.Atoi(port)
		varies := variableHost.MatchString(port)
		if !addressHost.MatchString(host) && heldBy(host) == "" || has && !varies && (err != nil || number < 1 || number > 65535) {
			return nil
		}
		if heldBy(host) == "" {
			host = strings.ToLower(host)
		}
		list = append(list, address{host: host, port: number})
	}
	return list
}

// follow makes edges of the addresses in settings.
func (g *graph) follow() {
	ports := g.portSettings()
	for i := range g.settings {
		s := &g.settings[i]
		for _, to := range append(addresses(s.Name, s.Value), g.domainOf(s)...) {
			if to.port == 0 && to.scheme == "" {
				to.port = ports[portSetting{s.node, prefixOf(s.Name)}]
			}
			g.followAddress(s, to)
		}
		g.followTelemetry(s)
	}
	g.speakAsOffered()
}

// namesDomain matches settings that hold the name under which a service answers its customer,
// or that under which the solution itself does.
var namesDomain = regexp.MustCompile(`(?i)(?:^|[_.\-])domain$`)

// hostsOthers matches functions of services under whose names a solution itself may answer.
var hostsOthers = regexp.MustCompile(`(?i)platform|hosting|delivery|container|computing|function|gateway|network`)

// domainOf is the host of a service that a setting calls a domain: AUTH0_DOMAIN. None of those
// under which the solution itself may answer.
func (g *graph) domainOf(s *setting) []address {
	if !namesDomain.MatchString(s.Name) || !fullName.MatchString(s.Value) {
		return nil
	}
	entry := g.lexicon.Entries[g.lexicon.Host(s.Value)]
	if entry.Name == "" || hostsOthers.MatchString(entry.Function["en"]) || slices.ContainsFunc(entry.Tags, isPlatformTag) || slices.Contains(entry.Tags, "managed_compute") {
		return nil
	}
	return []address{{host: strings.ToLower(s.Value)}}
}

// A portSetting is what DB_HOST and DB_PORT of one component have in common.
type portSetting struct {
	node   *node
	prefix string
}

var lastWord = regexp.MustCompile(`(?i)[_.\-]?[a-z]+$`)

func prefixOf(name string) string { return strings.ToLower(lastWord.ReplaceAllString(name, "")) }

// portSettings are the ports that stand in settings of their own.
func (g *graph) portSettings() map[portSetting]int {
	ports := map[portSetting]int{}
	for _, s := range g.settings {
		if strings.HasSuffix(strings.ToLower(s.Name), "port") {
			if number, err := strconv.Atoi(s.Value); err == nil && number > 0 && number <= 65535 {
				ports[portSetting{s.node, prefixOf(s.Name)}] = number
			}
		}
	}
	return ports
}

// followAddress adds the edge to what answers at an address, where it is known.
func (g *graph) followAddress(s *setting, to address) {
	target := g.answers(s, to.host)
	g.noteEndpoint(s, to, target)
	if target == nil || target == s.node {
		return
	}
	g.addEdge(edge{
		Interface: austauschbar.Interface{Kind: "dependency", Protocol: g.protocolOf(s, to), Evidence: []austauschbar.Evidence{s.quoting(to.host)}},
		from:      s.node, to: target, document: s.document, derived: true, addressed: true,
	})
}

// settingName is what a setting may be called to be quoted.
var settingName = regexp.MustCompile(`^[A-Za-z0-9_.\-\[\]/]{1,100}$`)

// quoting is the setting's evidence with its name and one thing that it names.
func (s *setting) quoting(what string) austauschbar.Evidence {
	evidence := s.Evidence
	evidence.Quote, evidence.Cut = what, true
	if settingName.MatchString(s.Name) {
		evidence.Quote = s.Name + ": " + what
	}
	if len(evidence.Quote) > maxQuote {
		evidence.Quote = ""
	}
	return evidence
}

// answers returns the component that answers under a name: one of the same document, the
// only one of the dossier, or a service that the catalogue knows; nil where none does.
func (g *graph) answers(s *setting, host string) *node {
	if variable := heldBy(host); variable != "" {
		return g.meantBy(s, variable)
	}
	name := host
	if first, rest, deep := strings.Cut(host, "."); deep && (strings.Contains("."+rest+".", ".svc.") || strings.HasSuffix(rest, ".local")) {
		name = first
	}
	if found := g.hosts[name]; len(found) > 0 {
		here := slices.DeleteFunc(slices.Clone(found), func(n *node) bool { return !g.in(n, s.document) })
		switch {
		case len(here) == 1:
			return here[0]
		case len(here) == 0 && len(found) == 1 && (s.format == "llmconfig" || g.hasFormat(found[0], s.format)):
			return found[0]
		}
		return nil
	}
	if found := g.dependency(s, name); found != nil {
		return found
	}
	return g.service(host, s)
}

// hostRole is what charts put behind the name of a dependency where it has several services.
var hostRole = regexp.MustCompile(`-(?:master|primary|client|coordinating|headless|hl|rw|svc|service|http)$`)

// dependency returns the chart that the chart of a setting depends on and whose service a
// host must be: charts call it by the release, which nobody knows, and their own name, as
// in "zammad-postgresql"; nil where none or several could be meant.
func (g *graph) dependency(s *setting, host string) *node {
	if s.format != "helm" || strings.Contains(host, ".") {
		return nil
	}
	var one *node
	for id, at := range g.local[s.document] {
		name, depends := strings.CutPrefix(id, "dependency ")
		name = "-" + strings.ToLower(name)
		if !depends || !strings.HasSuffix(host, name) && !strings.HasSuffix(hostRole.ReplaceAllString(host, ""), name) {
			continue
		}
		if one != nil && one != g.parts[at].node {
			return nil
		}
		one = g.parts[at].node
	}
	return one
}

// in says whether a document tells of a node.
func (g *graph) in(n *node, document int) bool {
	return slices.ContainsFunc(n.parts, func(at int) bool { return g.parts[at].document == document })
}

func (g *graph) hasFormat(n *node, format string) bool {
	return slices.ContainsFunc(n.parts, func(at int) bool { return g.parts[at].format == format })
}

// service returns the component for a host that the catalogue knows: the one that files
// tell of, else one of its own.
func (g *graph) service(host string, s *setting) *node {
	id := cmp.Or(g.lexicon.Host(host), g.calledAfter(host, s))
	if id == "" {
		return nil
	}
	made := g.answering[id]
	if made == nil {
		if drawn := g.ofTerm(id); len(drawn) == 1 {
			made = drawn[0]
		} else if made = g.newService(id); made == nil {
			return nil
		} else if g.lexicon.Entries[id].Kind == "product" {
			made.External, made.Hosting, made.Provider = false, "", ""
		}
		g.answering[id] = made
	}
	made.Evidence = append(made.Evidence, s.quoting(host))
	made.Sources = append(made.Sources, s.format)
	return made
}

// calledAfter is the gateway or server of models that a host is called after where models are
// asked for: "litellm.example.org"; "" for other hosts.
func (g *graph) calledAfter(host string, s *setting) string {
	first, _, _ := strings.Cut(host, ".")
	if !asksModels(s) || !fullName.MatchString(host) {
		return ""
	}
	if found := g.inName(first); hasAny(found.Tags, "ai_gateway", "model_server") {
		return found.ID
	}
	return ""
}

// ofTerm lists the nodes of an entry of the catalogue.
func (g *graph) ofTerm(id string) []*node {
	var list []*node
	for _, n := range g.nodes {
		if n.Term == id {
			list = append(list, n)
		}
	}
	return list
}

// newService adds a service that only an address names; nil where there are too many
// components.
func (g *graph) newService(id string) *node {
	entry := g.lexicon.Entries[id]
	component := austauschbar.Component{Name: entry.Name, Kind: "other", Hosting: cmp.Or(g.hostingOf(entry), "service"), Provider: g.providerOf(entry)}
	g.fill(&component, id)
	if component.Kind == "other" {
		component.Kind = "system"
	}
	if entry.Kind == "ai_model" || slices.Contains(entry.Tags, "ai") {
		component.Kind = "model"
	}
	component.External = component.Hosting == "service"
	return g.newNode(component)
}

// protocolOf is the protocol of an address as its scheme says it, else as its port does;
// "" where neither is known. Telemetry goes over HTTP, and is told by its setting or port.
func (g *graph) protocolOf(s *setting, to address) string {
	if sendsTelemetry.MatchString(s.Name) || g.lexicon.Port(to.port) == telemetry {
		return g.lexicon.Entries[telemetry].Name
	}
	if exchanges(s, to) {
		return exchange
	}
	if to.scheme != "" {
		if text, id := g.schemeOf(to.scheme); id != "" {
			return text
		}
	}
	if id := g.lexicon.Port(to.port); id != "" && id != "http_standard" {
		return cmp.Or(first(g.lexicon.Entries[id].Schemes), g.lexicon.Entries[id].Name)
	}
	return ""
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// schemeOf returns the part of a scheme that tells the protocol, and its entry:
// "postgresql" of "jdbc:postgresql" and of "postgresql+asyncpg".
func (g *graph) schemeOf(scheme string) (text, id string) {
	scheme = strings.ToLower(scheme)
	scheme = scheme[strings.LastIndexByte(scheme, ':')+1:]
	if id = g.lexicon.Scheme(scheme); id != "" {
		return scheme, id
	}
	scheme, _, _ = strings.Cut(scheme, "+")
	return scheme, g.lexicon.Scheme(scheme)
}

// protocol looks up what a file calls a protocol. Of several the most telling counts:
// "gRPC over HTTP/2" is gRPC.
func (g *graph) protocol(text string) (lexicon.Entry, string) {
	if _, id := g.schemeOf(text); id != "" {
		return g.lexicon.Entries[id], id
	}
	var carriers, found []string
	keep := func(id string) {
		if id == "http_standard" || id == "tls" || id == "websocket" {
			carriers = append(carriers, id)
		} else {
			found = append(found, id)
		}
	}
	hits, _ := g.scanner.Scan(text)
	for _, hit := range hits {
		if hit.Set == lexicon.SetName && (g.lexicon.Entries[hit.ID].Kind == "protocol" || protocolKinds[hit.ID] != "") {
			keep(hit.ID)
		}
	}
	for _, word := range nameWords(text) {
		if id := g.lexicon.Scheme(word); id != "" {
			keep(id)
		}
	}
	slices.Sort(found)
	found = slices.Compact(found)
	switch {
	case len(found) == 1:
		return g.lexicon.Entries[found[0]], found[0]
	case len(found) == 0 && len(carriers) > 0:
		return g.lexicon.Entries[carriers[0]], carriers[0]
	}
	return lexicon.Entry{}, ""
}
