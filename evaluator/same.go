package evaluator

import (
	"cmp"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
)

// another is a name for the same thing: "Nubus (UMS)", "Notes (aka Docs)". Environments
// are none: "Portal (TEST)".
var another = regexp.MustCompile(`\s\((?:aka\s[^()]*|[A-Z]{2,6})\)$`)

var environment = regexp.MustCompile(`\((?:DEV|TEST|QA|INT|STAGE|REF|PROD|HA|EU|DE)\)$`)

// keyOf is a name for comparison: its letters and digits, in lower case. "Mobile App" and
// "Mobile Application" are one name.
func keyOf(name string) string {
	if !environment.MatchString(name) {
		name = another.ReplaceAllString(along.ReplaceAllString(name, ""), "")
	}
	words := nameWords(name)
	if last := len(words) - 1; last >= 0 && words[last] == "app" {
		words[last] = "application"
	}
	return strings.Join(words, "")
}

// everyday names say what a thing is for and not which one it is. In files of the same
// format they mean the same thing only beside each other.
var everyday = []string{"api", "app", "application", "backend", "broker", "cache", "client", "core", "data", "database", "datenbank", "db", "frontend", "gateway", "ingress", "main", "nginx",
	"postgres", "postgresql", "proxy", "queue", "redis", "scheduler", "search", "server", "service", "storage", "ui", "web", "webapp", "webserver", "worker"}

// unite makes nodes of parts that are the same thing. A wrong join hides a component, a
// missed one only shows it twice: where two answers are possible, nothing is joined.
func (g *graph) unite(found []documentFacts) {
	alone := g.alone()
	instances := map[inDocument][]int{}
	for i, p := range g.parts {
		if p.instance && p.key != "" {
			instances[inDocument{p.document, p.key}] = append(instances[inDocument{p.document, p.key}], i)
		}
	}
	for i := range g.parts {
		p := &g.parts[i]
		if p.node != nil {
			continue // an instance, placed with its container
		}
		if same := g.sameName(p); alone[i] && len(same) == 1 {
			g.place(i, same[0])
		} else {
			g.place(i, &node{})
		}
		if p.instance || !alone[i] {
			continue
		}
		for _, at := range instances[inDocument{p.document, p.key}] {
			if instance := &g.parts[at]; instance.node == nil && compatible(instance.Kind, p.Kind) {
				g.place(at, p.node)
			}
		}
	}
	g.uniteDeployed()
	g.uniteMachines()
	g.uniteServers()
	g.uniteKin()
	g.uniteTerms()
	g.uniteStandIns()
	g.uniteListed()
	g.uniteRoles(found)
	g.readProtocols()
	g.uniteHalves()
	g.uniteAliases()
	g.uniteEnds()
	g.uniteObjectStores()
	g.uniteOffered()
	g.nodes = slices.DeleteFunc(g.nodes, func(n *node) bool { return len(n.parts) == 0 })
}

// inDocument is a name in one document.
type inDocument struct {
	document int
	key      string
}

// place makes a part one of a node.
func (g *graph) place(at int, n *node) {
	p := &g.parts[at]
	if len(n.parts) == 0 {
		g.nodes = append(g.nodes, n)
		n.Kind, n.Term = p.Kind, p.Term
	}
	if !slices.Contains(g.byKey[p.key], n) {
		g.byKey[p.key] = append(g.byKey[p.key], n)
	}
	n.Kind, n.Term = moreTelling(n.Kind, p.Kind), cmp.Or(n.Term, p.Term)
	n.parts, p.node = append(n.parts, at), n
}

// merge moves a node's parts to another one.
func (g *graph) merge(from, into *node) {
	for _, at := range from.parts {
		g.place(at, into)
	}
	for _, at := range from.parts {
		key := g.parts[at].key
		g.byKey[key] = slices.DeleteFunc(g.byKey[key], func(n *node) bool { return n == from })
	}
	from.parts = nil
}

// moreTelling keeps the kind that says more.
func moreTelling(a, b string) string {
	if a == "" || a == "other" || a == "application" && b != "other" && b != "system" {
		return cmp.Or(b, a)
	}
	return a
}

// compatible says whether two kinds may be of one thing. A reader that knows nothing of
// products calls a database an application.
func compatible(a, b string) bool {
	if a == b || a == "other" || b == "other" {
		return true
	}
	if a == "person" || b == "person" || a == "platform" || b == "platform" {
		return a == "system" && b == "platform" || a == "platform" && b == "system"
	}
	general := func(kind string) bool { return kind == "application" || kind == "system" || kind == "client" }
	return general(a) || general(b)
}

// alone says of each part whether its document has no second one of its name. An
// instance on a deployment node is no second one of its container.
func (g *graph) alone() []bool {
	containers, instances := map[inDocument]int{}, map[inDocument]int{}
	for _, p := range g.parts {
		if p.instance {
			instances[inDocument{p.document, p.key}]++
		} else {
			containers[inDocument{p.document, p.key}]++
		}
	}
	alone := make([]bool, len(g.parts))
	for i, p := range g.parts {
		name := inDocument{p.document, p.key}
		if p.instance {
			alone[i] = p.key != "" && instances[name] == 1 && containers[name] == 0
		} else {
			alone[i] = p.key != "" && containers[name] == 1
		}
	}
	return alone
}

// sameName lists the nodes of other documents that a part may be, by its name.
func (g *graph) sameName(p *part) []*node {
	if p.key == "" {
		return nil
	}
	var list []*node
	for _, n := range g.byKey[p.key] {
		if g.mayBe(n, p) {
			list = append(list, n)
		}
	}
	return list
}

func (g *graph) mayBe(n *node, p *part) bool {
	if !compatible(n.Kind, p.Kind) || n.Term != "" && p.Term != "" && n.Term != p.Term {
		return false
	}
	return !slices.ContainsFunc(n.parts, func(at int) bool {
		q := &g.parts[at]
		apart := q.format == p.format && path.Dir(q.path) != path.Dir(p.path) || q.format != p.format && (q.Kind == "system") != (p.Kind == "system")
		return q.document == p.document || apart && slices.Contains(everyday, p.key)
	})
}

// uniteTerms joins nodes of one product where each format has but one of it: the
// PostgreSQL of Compose and the one that is drawn.
func (g *graph) uniteTerms() {
	byTerm, order := map[string][]*node{}, []string(nil)
	for _, n := range g.nodes {
		if len(n.parts) == 0 || n.Term == "" || slices.Contains(g.lexicon.Entries[n.Term].Tags, "app_server") || n.Kind == "platform" {
			continue
		}
		if byTerm[n.Term] == nil {
			order = append(order, n.Term)
		}
		byTerm[n.Term] = append(byTerm[n.Term], n)
	}
	for _, term := range order {
		nodes := g.uniteNamed(byTerm[term])
		if len(nodes) < 2 || !g.onePerFormat(nodes) || g.toldApart(nodes) {
			continue
		}
		for _, n := range nodes[1:] {
			g.merge(n, nodes[0])
		}
	}
}

// uniteStandIns joins the only store of a cloud's service with the only one of Compose that
// is used over the same protocol: MinIO stands in for S3 where the solution is written.
func (g *graph) uniteStandIns() {
	services, containers := map[string][]*node{}, map[string][]*node{} // by protocol
	for _, n := range g.nodes {
		entry := g.lexicon.Entries[n.Term]
		if len(n.parts) == 0 || entry.Speaks == "" || !slices.Contains(stores, kindOf(entry)) {
			continue
		}
		switch {
		case entry.Kind == "cloud_service" && g.onlyIn(n, "terraform"):
			services[entry.Speaks] = append(services[entry.Speaks], n)
		case entry.Kind == "product" && g.onlyIn(n, "compose"):
			containers[entry.Speaks] = append(containers[entry.Speaks], n)
		}
	}
	for _, protocol := range slices.Sorted(maps.Keys(services)) {
		list := services[protocol]
		stands := containers[protocol]
		if len(list) == 1 && len(stands) == 1 && !g.toldApart([]*node{list[0], stands[0]}) {
			g.merge(stands[0], list[0])
		}
	}
}

// onlyIn says whether nothing but files of a format tells of a node.
func (g *graph) onlyIn(n *node, format string) bool {
	return !slices.ContainsFunc(n.parts, func(at int) bool { return g.parts[at].format != format })
}

// onePerFormat says whether no format has two of the nodes.
func (g *graph) onePerFormat(nodes []*node) bool {
	owner := map[string]*node{}
	for _, n := range nodes {
		for _, at := range n.parts {
			format := g.parts[at].format
			if owner[format] != nil && owner[format] != n {
				return false
			}
			owner[format] = n
		}
	}
	return true
}

// prose are the formats of texts. They tell of one thing again and again, in tables and
// in diagrams.
var prose = []string{"asciidoc", "docx", "html", "markdown", "odt", "pdf", "rst", "text"}

// uniteNamed joins applications that only texts tell of and that these call by nothing
// but names of one product: "Collabora" and "Collabora Online". Of stores a solution may
// have many. It returns the nodes that are left.
func (g *graph) uniteNamed(nodes []*node) []*node {
	var left []*node
	for _, n := range nodes {
		at := slices.IndexFunc(left[:min(maxCompared, len(left))], func(known *node) bool {
			return g.sameService(n, known) || (g.onlyNamed(n) && g.onlyNamed(known) || g.namedAsRun(n, known)) && sameName(g.plainKey(n), g.plainKey(known))
		})
		if at < 0 {
			left = append(left, n)
		} else {
			g.merge(n, left[at])
		}
	}
	return left
}

// sameService says whether two nodes that bear one name in one document are one service of
// a provider: no store, since drawings repeat what watches or filters each of their parts,
// or two resources of different types, as a database and its server are.
func (g *graph) sameService(a, b *node) bool {
	entry := g.lexicon.Entries[a.Term]
	first, second := &g.parts[a.parts[0]], &g.parts[b.parts[0]]
	if entry.Kind != "cloud_service" || first.document != second.document || first.key != second.key || first.Image+second.Image != "" {
		return false
	}
	kind, _, _ := strings.Cut(first.ID, ".")
	other, _, _ := strings.Cut(second.ID, ".")
	return !slices.Contains(stores, kindOf(entry)) || first.format == "terraform" && kind != other
}

// plainKey is the name of a node's first part for comparison, without what leaves it the same
// product.
func (g *graph) plainKey(n *node) string { return keyOf(plainName(g.parts[n.parts[0]].Name)) }

// sameName says whether one name of a product is the other with its maker's before it or its
// edition behind it.
func sameName(a, b string) bool {
	return sameStem(a, b) || min(len(a), len(b)) >= minStem && (strings.HasSuffix(a, b) || strings.HasSuffix(b, a))
}

func sameStem(a, b string) bool {
	return min(len(a), len(b)) >= minStem && (strings.HasPrefix(a, b) || strings.HasPrefix(b, a))
}

func (g *graph) onlyNamed(n *node) bool {
	return (n.Kind == "application" || n.Kind == "other" || n.Kind == "identity") && len(g.qualifiers(n)) == 0 &&
		!slices.ContainsFunc(n.parts, func(at int) bool { return !slices.Contains(prose, g.parts[at].format) })
}

// namedAsRun says whether one node is what a text calls by nothing but a name of the product, and
// the other the same product that is run and that the text calls so as well: "LiveKit" of
// Compose and of one drawing, "LiveKit Server" of another one.
func (g *graph) namedAsRun(a, b *node) bool {
	if g.onlyNamed(b) {
		a, b = b, a
	}
	return g.onlyNamed(a) && isRunBy(g, b) && len(g.qualifiers(b)) == 0 && (b.Kind == "application" || b.Kind == "other") &&
		slices.ContainsFunc(b.parts, func(at int) bool { return g.parts[at].document == g.parts[a.parts[0]].document })
}

// uniteDeployed places instances with the one container of their name that another
// document draws: a deployment diagram shows a container once on each of its machines.
func (g *graph) uniteDeployed() {
	instances, order, contained := map[inDocument][]int{}, []inDocument(nil), map[inDocument]bool{}
	for i, p := range g.parts {
		name := inDocument{p.document, p.key}
		switch {
		case !p.instance:
			contained[name] = true
		case p.key != "" && instances[name] == nil:
			order = append(order, name)
			fallthrough
		case p.key != "":
			instances[name] = append(instances[name], i)
		}
	}
	for _, name := range order {
		list := instances[name]
		if contained[name] || len(list) < 2 {
			continue
		}
		same := slices.DeleteFunc(g.sameName(&g.parts[list[0]]), func(n *node) bool { return g.deployed(n) })
		if len(same) != 1 {
			continue
		}
		for _, at := range list {
			if p := &g.parts[at]; len(p.node.parts) == 1 && compatible(p.Kind, same[0].Kind) {
				g.merge(p.node, same[0])
			}
		}
	}
}

// deployed says whether all that is known of a node are instances.
func (g *graph) deployed(n *node) bool {
	return !slices.ContainsFunc(n.parts, func(at int) bool { return !g.parts[at].instance })
}

// uniteMachines joins what a deployment draws as a machine with the store that it is: the
// node "Oracle - Primary" with the database of Oracle that stands on it.
func (g *graph) uniteMachines() {
	for i := range g.parts {
		p := &g.parts[i]
		at, stands := g.local[p.document][p.Within]
		if !stands || p.Term == "" || !slices.Contains(stores, p.node.Kind) {
			continue
		}
		if machine := g.parts[at].node; machine != p.node && machine.Kind == "platform" && machine.Term == p.Term {
			g.merge(machine, p.node)
		}
	}
}

// uniteServers joins servers of one product that one deployment draws again on each of its
// machines under the same name: nothing tells them apart.
func (g *graph) uniteServers() {
	type server struct {
		inDocument
		term, technology string
	}
	first := map[server]*node{}
	for i := range g.parts {
		p := &g.parts[i]
		if p.node.Kind != "platform" || p.Term == "" || p.key == "" || len(p.node.parts) > 1 {
			continue
		}
		name := server{inDocument{p.document, p.key}, p.Term, p.Technology}
		if known := first[name]; known != nil && known != p.node {
			g.merge(p.node, known)
		} else {
			first[name] = p.node
		}
	}
}

// uniteKin joins nodes of one product, or one that is built on it, whose names begin
// alike, where no other node could be meant: the "nachrichten" of Compose and the
// "Nachrichtenverteiler" of a text.
func (g *graph) uniteKin() {
	of, order := map[string][]*node{}, []string(nil)
	for _, n := range g.nodes {
		for _, term := range g.madeOf(n) {
			if of[term] == nil {
				order = append(order, term)
			}
			of[term] = append(of[term], n)
		}
	}
	for _, term := range order {
		if nodes := of[term]; len(nodes) <= maxCompared {
			g.uniteKinOf(term, nodes)
		}
	}
}

// madeOf lists what a node is or, where that is open, what it is built on.
func (g *graph) madeOf(n *node) []string {
	if n.Term != "" {
		return []string{n.Term}
	}
	var list []string
	for _, at := range n.parts {
		list = append(list, g.parts[at].BuiltWith...)
	}
	return union(list, nil)
}

func (g *graph) uniteKinOf(term string, nodes []*node) {
	partners := map[*node][]*node{}
	for i, a := range nodes {
		for _, b := range nodes[i+1:] {
			if (a.Term == term || b.Term == term) && (a.Term != b.Term || compatible(a.Kind, b.Kind)) && g.onePerFormat([]*node{a, b}) && kin(g.qualifiers(a), g.qualifiers(b)) {
				partners[a], partners[b] = append(partners[a], b), append(partners[b], a)
			}
		}
	}
	for _, n := range nodes {
		if with := partners[n]; len(with) == 1 && len(partners[with[0]]) == 1 && len(n.parts) > 0 && len(with[0].parts) > 0 {
			g.merge(with[0], n)
		}
	}
}

// minStem is how many letters two words must have in common for one to be a part of the
// other by more than chance.
const minStem = 5

// kin says whether a word of one name begins with one of the other's.
func kin(a, b []string) bool {
	return slices.ContainsFunc(a, func(first string) bool {
		return slices.ContainsFunc(b, func(second string) bool {
			return first == second || sameStem(first, second)
		})
	})
}

// toldApart says whether the names of two nodes tell that they are not the same:
// "keycloak-db" and "Fachdatenbank".
func (g *graph) toldApart(nodes []*node) bool {
	for i, a := range nodes {
		for _, b := range nodes[i+1:] {
			first, second := g.qualifiers(a), g.qualifiers(b)
			if !compatible(a.Kind, b.Kind) && !bothStores(a, b) || len(first) > 0 && len(second) > 0 && !kin(first, second) {
				return true
			}
		}
	}
	return false
}

// bothStores says whether two nodes keep data: drawings show caches as databases.
func bothStores(a, b *node) bool {
	return slices.Contains(stores, a.Kind) && slices.Contains(stores, b.Kind)
}

// qualifiers are the words of a node's names that neither its product nor what it is for
// explains.
func (g *graph) qualifiers(n *node) []string {
	entry := g.lexicon.Entries[n.Term]
	known := nameWords(strings.Join(append(slices.Concat(entry.Spellings(), entry.Images), entry.Name), " "))
	var words []string
	for _, at := range n.parts {
		name := g.parts[at].Name
		if slices.Contains(prose, g.parts[at].format) {
			name = plainName(name)
		}
		for _, word := range nameWords(name) {
			if !slices.Contains(known, word) && !slices.Contains(everyday, word) && !onlyFillers(word, kindOf(entry)) {
				words = append(words, word)
			}
		}
	}
	return words
}

// specifying are the formats that describe an interface.
var specifying = []string{"openapi", "asyncapi", "wsdl", "xsd", "graphql", "protobuf"}

// uniteOffered joins what a description of an interface calls an application with the
// application that offers it.
func (g *graph) uniteOffered() {
	backend := g.backend()
	for i := range g.parts {
		p := &g.parts[i]
		if !slices.Contains(specifying, p.format) || len(p.node.parts) > 1 {
			continue
		}
		n := g.offering(p.Name, p.path, p.node)
		if n == nil || backend != nil && g.onlyPublished(n) {
			n = backend
		}
		if n != nil && compatible(n.Kind, p.Kind) {
			g.merge(p.node, n)
		}
	}
}

// backends are names of the part of a solution that offers its API.
var backends = []string{"api", "backend", "server"}

// backend is the only application that was built here and whose name says that it offers
// an API, where there is but one description of an API; nil where several could be meant.
func (g *graph) backend() *node {
	var built []*node
	described := 0
	for _, n := range g.nodes {
		if len(n.parts) == 0 {
			continue
		}
		if g.parts[n.parts[0]].Custom && slices.Contains(backends, g.parts[n.parts[0]].key) {
			built = append(built, n)
		}
	}
	for _, p := range g.parts {
		if slices.Contains(specifying, p.format) {
			described++
		}
	}
	if described != 1 || len(built) != 1 {
		return nil
	}
	return built[0]
}

// onlyPublished says whether a node is a system as a whole, as its publiccode.yml has it.
func (g *graph) onlyPublished(n *node) bool {
	return !slices.ContainsFunc(n.parts, func(at int) bool { return g.parts[at].format != "publiccode" })
}

// interfaceWords are what the title of an interface says beside the name of its
// application.
var interfaceWords = regexp.MustCompile(`(?i)[\s_-]*\b(?:rest|web|http|public|open|json|graphql|soap)?[\s_-]*\b(?:apis?|schnittstellen?|interface|service|webservice|specification|spezifikation|v\d+)\b`)

// offering returns the application that offers an interface: the one of its title, else
// the one whose name a folder above the file bears; nil where none or several fit.
func (g *graph) offering(title, file string, but *node) *node {
	one := func(key string) *node {
		fits := slices.DeleteFunc(slices.Clone(g.byKey[key]), func(n *node) bool { return n == but || !compatible(n.Kind, "application") || n.Kind == "platform" })
		if key == "" || slices.Contains(everyday, key) || len(fits) != 1 {
			return nil
		}
		return fits[0]
	}
	for _, name := range []string{title, interfaceWords.ReplaceAllString(title, "")} {
		if n := one(keyOf(name)); n != nil {
			return n
		}
	}
	for folder := path.Dir(file); folder != "." && folder != "/"; folder = path.Dir(folder) {
		if n := one(keyOf(path.Base(folder))); n != nil {
			return n
		}
	}
	return nil
}

// describe makes each node of its parts, and gives it its id.
func (g *graph) describe() {
	for _, n := range g.nodes {
		slices.Sort(n.parts)
		n.Component = g.together(n)
		n.ID = g.ids.name(n.Name, "component")
		for _, at := range n.parts {
			p := &g.parts[at]
			n.keys = append(n.keys, p.key)
			for _, name := range []string{p.Name, p.ID} {
				if name = strings.ToLower(name); !slices.Contains(g.hosts[name], n) {
					g.hosts[name] = append(g.hosts[name], n)
				}
			}
		}
	}
	for _, n := range g.nodes {
		n.within = g.around(n)
		n.Within = n.within.id()
	}
	for _, n := range g.nodes {
		g.inherit(n)
	}
}

// together is what all parts of a node say. Of what differs, the first part that says
// anything is believed.
func (g *graph) together(n *node) austauschbar.Component {
	made := g.parts[n.parts[0]].Clone()
	made.External, made.Sources, made.Evidence, made.Within = true, nil, nil, ""
	made.Name = g.plainest(n)
	for _, at := range n.parts {
		p := &g.parts[at]
		if made.Term == "" && p.Term != "" {
			made.Term, made.Product, made.Vendor, made.Licence = p.Term, p.Product, p.Vendor, p.Licence
			said := p.Clone()
			made.Open, made.Function, made.Alternatives, made.Exports, made.Tags = said.Open, said.Function, said.Alternatives, said.Exports, said.Tags
		}
		if made.Term == "" && made.Licence == "" {
			made.Licence, made.Open = p.Licence, p.Clone().Open
		}
		if made.Term == "" {
			made.Vendor = cmp.Or(made.Vendor, p.Vendor)
		}
		made.Kind = moreTelling(made.Kind, p.Kind)
		made.Technology, made.Image, made.Version = cmp.Or(made.Technology, p.Technology), cmp.Or(made.Image, p.Image), cmp.Or(made.Version, p.Version)
		if p.Hosting == "cloud" && made.Hosting == "self" {
			made.Hosting = "cloud" // the containers of Compose stand in for it where it is written
			if p.Term != made.Term && p.Term != "" {
				said := p.Clone()
				made.Name, made.Term, made.Product, made.Vendor, made.Licence = said.Name, said.Term, said.Product, said.Vendor, said.Licence
				made.Open, made.Function, made.Alternatives, made.Exports, made.Tags = said.Open, said.Function, said.Alternatives, said.Exports, said.Tags
			}
		}
		made.Hosting, made.Provider, made.Region = cmp.Or(made.Hosting, p.Hosting), cmp.Or(made.Provider, p.Provider), cmp.Or(made.Region, p.Region)
		made.External, made.Custom, made.Once = made.External && p.External, made.Custom || p.Custom, made.Once && p.Once
		made.BuiltWith = append(made.BuiltWith, p.BuiltWith...)
		made.Sources = append(made.Sources, p.format)
		made.Evidence = append(made.Evidence, p.Evidence...)
	}
	slices.Sort(made.BuiltWith)
	made.BuiltWith = slices.Compact(made.BuiltWith)
	made.Languages = g.languages(made.BuiltWith)
	return made
}

// around returns what a node is within: of several a part of the solution before a
// machine; nil for none.
func (g *graph) around(n *node) *node {
	var first *node
	for _, at := range n.parts {
		outer := g.nodeOf(g.parts[at].document, g.parts[at].Within)
		if outer == nil || outer.inside(n) {
			continue
		}
		if outer.Kind != "platform" {
			return outer
		}
		first = cmp.Or(first, outer)
	}
	return first
}

// inside says whether a node is another one or lies within it.
func (n *node) inside(other *node) bool {
	for range maxDepth {
		if n == other {
			return true
		}
		if n == nil {
			return false
		}
		n = n.within
	}
	return true // deeper than anybody draws: as good as a circle
}

var regionName = regexp.MustCompile(`(?i)^[a-z]{2}(?:-[a-z]+)+-\d[a-z]?$`)

// inherit tells in whose cloud and region a node is, by the machines that it stands on, and
// under which licence the product is that it is a part of.
func (g *graph) inherit(n *node) {
	if whole := n.within; whole != nil && whole.Term == "" && whole.Open != nil && whole.Licence != "" && n.Term+n.Image+n.Technology+n.Licence == "" && !n.Custom {
		n.Licence, n.Open = whole.Licence, whole.Clone().Open // a part of a product that a table lists
	}
	for _, at := range n.parts {
		id := g.parts[at].Within
		for range maxDepth {
			outer, known := g.local[g.parts[at].document][id]
			if !known {
				break
			}
			p := &g.parts[outer]
			if n.Provider == "" && p.Hosting == "cloud" {
				n.Provider = p.Provider
			}
			if n.Region == "" && p.Kind == "platform" {
				n.Region = cmp.Or(p.Region, regionName.FindString(p.Name))
			}
			id = p.Within
		}
	}
}
