package evaluator

import (
	"cmp"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/compose"
)

// Bounds of the graph of one dossier. What lies beyond is left out and becomes a gap.
const (
	maxComponents = 10_000
	maxInterfaces = 50_000
)

// keepArchitecture keeps what an architecture file says, with its places.
func (w *walk) keepArchitecture(said austauschbar.Architecture) {
	said = said.Clone()
	for i := range said.Components {
		w.locateAll(said.Components[i].Evidence)
	}
	for i := range said.Interfaces {
		w.locateAll(said.Interfaces[i].Evidence)
		if specification := said.Interfaces[i].Specification; specification != nil && specification.Path == "" {
			specification.Path = w.path
		}
	}
	for i := range said.Models {
		w.locateAll(said.Models[i].Evidence)
	}
	for i := range said.Packages {
		w.located(&said.Packages[i].Evidence)
	}
	for i := range said.Resources {
		w.located(&said.Resources[i].Evidence)
	}
	for i := range said.Settings {
		w.located(&said.Settings[i].Evidence)
	}
	for i := range said.Environments {
		w.locateAll(said.Environments[i].Evidence)
	}
	w.found.architecture = said
}

func (w *walk) locateAll(evidence []austauschbar.Evidence) {
	for i := range evidence {
		w.located(&evidence[i])
	}
}

// A graph is made of what all documents of a dossier say. First each document adds its
// parts; then parts that are the same thing become one node; then what is said of parts
// is said of their nodes.
type graph struct {
	recogniser
	parts       []part
	local       []map[string]int // by document: id of a component there -> its place in parts
	nodes       []*node
	byKey       map[string][]*node
	hosts       map[string][]*node // by the name under which others call it
	edges       []edge
	between     map[[2]*node][]int // places in edges
	models      []model
	packages    []austauschbar.Package
	resources   []austauschbar.Resource
	settings    []setting
	unowned     []setting              // of no component: the variables of a module
	answering   map[string]*node       // by term: services that addresses name
	called      map[inDocument][]*node // by the names that variables have for them
	endpoints   map[*node][]endpoint
	modelsNamed map[string][]int // places in models, by key
	owners      map[string]bool  // see ownersOf
	folders     map[string]bool  // see foldersOf
	solutions   []string         // that are built here, by key; see ownImages
	cut         bool             // something lay beyond the bounds
}

// A part is a component as one document tells of it.
type part struct {
	austauschbar.Component
	document int
	path     string
	format   string
	key      string // its name, for comparison; "" for none
	instance bool   // stands on a deployment node
	node     *node  // what it is a part of, from unite on
}

// A node is a component of the dossier.
type node struct {
	austauschbar.Component
	parts  []int    // in their order; none where only a text or an address names it
	keys   []string // its names, for comparison
	within *node
}

// id is the node's; "" for none.
func (n *node) id() string {
	if n == nil {
		return ""
	}
	return n.ID
}

// A setting is one of a component that is known.
type setting struct {
	austauschbar.Setting
	document int
	format   string
	node     *node
}

// join makes one graph of what the documents say, and a gap where not all of it fits.
func (e *Evaluator) join(found []documentFacts) (austauschbar.Architecture, []austauschbar.Gap) {
	g := &graph{recogniser: newRecogniser(e.lexicon), byKey: map[string][]*node{}, hosts: map[string][]*node{}, between: map[[2]*node][]int{}, answering: map[string]*node{}, endpoints: map[*node][]endpoint{}, modelsNamed: map[string][]int{}, owners: ownersOf(found), folders: foldersOf(found)}
	defer g.done()
	for i, document := range found {
		g.addParts(i, document)
	}
	g.addTaken(found)
	g.ownAccounts()
	g.ownImages()
	g.builtFrom(found)
	g.readDrawn()
	g.unite(found)
	g.describe()
	g.tellHolder()
	g.tellParts(found)
	for i, document := range found {
		g.addSaid(i, document)
	}
	g.nameCalled()
	g.follow()
	g.foldOffers()
	g.speak(found)
	g.offerDataAPIs()
	g.tellPages(found)
	g.tellFromTexts(found)
	g.findModels(found)
	g.addTexts(found)
	made, gaps := g.architecture()
	return made, append(gaps, g.unreadModels(found)...)
}

// addParts adds a document's components, and those of its resources that are components
// of their own.
func (g *graph) addParts(document int, found documentFacts) {
	said, first := found.architecture, len(g.parts)
	local := make(map[string]int, len(said.Components))
	g.local = append(g.local, local)
	setups := setupsOf(found)
	for _, component := range said.Components {
		if run := setups[component.ID]; !g.isTool(component, run) {
			at, added := g.addPart(document, found.document, component)
			if added {
				g.tellByRun(&g.parts[at].Component, run)
			}
		}
	}
	g.writtenIn(document, found)
	for i := first; i < len(g.parts); i++ {
		g.parts[i].instance = g.onPlatform(local, g.parts[i].Within)
	}
	for _, resource := range said.Resources {
		id, itself := g.created(resource)
		at, has := local[resource.Component]
		if has && id == "" && resource.Type == "module" && slices.Contains(stores, g.parts[at].Kind) {
			id = g.managed(resource)
		}
		if !itself && resource.Type == "module" && (!has || g.unknownModule(at)) {
			if made := g.madeElsewhere(resource, found.document.Path, has); made != "" {
				id, itself = made, true
			}
		}
		if !has && !itself && resource.Type == "module" {
			if product, made := g.productElsewhere(resource, found.document.Path); made {
				at, has = g.addPart(document, found.document, product)
			}
		}
		if !has && itself {
			at, has = g.addPart(document, found.document, austauschbar.Component{
				ID: resource.ID, Name: nameOf(resource), Kind: "other", Evidence: []austauschbar.Evidence{resource.Evidence},
			})
		}
		if _, taken := local[resource.ID]; has && !taken {
			local[resource.ID] = at // edges and settings may name the resource
		}
		if has && id != "" {
			g.makeResource(&g.parts[at].Component, resource, id, itself)
		}
	}
}

// nameOf is what a resource is called; a call of a module by its label, since its name is
// where the module lies.
func nameOf(resource austauschbar.Resource) string {
	if resource.Type == "module" {
		return lastName(resource.ID)
	}
	return cmp.Or(resource.Name, lastName(resource.ID))
}

// moduleRepository matches a module of Terraform's registry in the repository that its rules of
// naming give it.
var moduleRepository = regexp.MustCompile(`(?i)github\.com[/:]([^/]+)/terraform-([a-z0-9]+)-([^/.?]+)`)

// modulesOfProvider matches a module in a repository that holds all of its owner's for one
// provider.
var modulesOfProvider = regexp.MustCompile(`(?i)github\.com[/:]([^/]+)/terraform-([a-z0-9]+)(?:\.git)?//([a-z0-9_]+)(?:\?|$)`)

// created is the service that a resource creates and whether it is that itself; of a
// call of a module that everybody knows, the one that the module is made for.
func (g *graph) created(resource austauschbar.Resource) (id string, itself bool) {
	switch resource.Type {
	case "module":
		return g.createdBy(resource.Name)
	case "cloudfoundry_service_instance":
		return g.brokered(resource.Name), true
	}
	return g.lexicon.Resource(resource.Type)
}

// brokered is the service of a cloud that an instance of a service of Cloud Foundry is called
// after: which one its market place offers, no file says. "" where it is called otherwise.
func (g *graph) brokered(name string) string {
	name = strings.ToLower(strings.ReplaceAll(name, "-", "_"))
	for _, kind := range []string{"aws_" + name, "aws_" + name + "_"} {
		id, _ := g.lexicon.Resource(kind)
		if entry := g.lexicon.Entries[id]; entry.Kind == "cloud_service" && kindOf(entry) != "platform" {
			return id
		}
	}
	return ""
}

// createdBy is the same of a module that lies at a source.
func (g *graph) createdBy(source string) (id string, itself bool) {
	if parts := modulesOfProvider.FindStringSubmatch(source); parts != nil {
		source = parts[1] + "/" + parts[3] + "/" + parts[2]
	}
	if parts := moduleRepository.FindStringSubmatch(source); parts != nil {
		source = parts[1] + "/" + parts[3] + "/" + parts[2]
	}
	source, _, _ = strings.Cut(strings.TrimPrefix(source, "registry.terraform.io/"), "//")
	if strings.Count(source, "/") != 2 {
		return "", false
	}
	return g.lexicon.Resource(source)
}

// stores are the kinds of components that clouds offer ready to use.
var stores = []string{"cache", "database", "queue", "search", "storage"}

// managed is the cloud service that a module makes, by its name and its provider: a
// module "rds" of AWS; "" where the provider is no cloud. What it is made of lies elsewhere.
func (g *graph) managed(module austauschbar.Resource) string {
	if id, _ := g.lexicon.Resource(module.Provider + "_" + lastName(module.ID)); g.lexicon.Entries[id].Kind == "cloud_service" {
		return id
	}
	return ""
}

// foldersOf are those that hold a document of a dossier.
func foldersOf(found []documentFacts) map[string]bool {
	folders := map[string]bool{}
	for _, document := range found {
		folders[path.Dir(document.document.Path)] = true
	}
	return folders
}

// lastName is the end of a resource's address.
func lastName(address string) string { return address[strings.LastIndexByte(address, '.')+1:] }

// addPart adds a component, unless there are too many, and returns its place.
func (g *graph) addPart(document int, in austauschbar.DocumentFact, component austauschbar.Component) (at int, added bool) {
	if len(g.parts) == maxComponents {
		g.cut = true
		return 0, false
	}
	g.local[document][component.ID] = len(g.parts)
	component = component.Clone()
	component.Kind = cmp.Or(component.Kind, "other")
	g.recognise(&component)
	component.Custom = component.Custom || component.Term == "" && (g.isOwn(component.Image) || liesBeside(component))
	g.parts = append(g.parts, part{Component: component, document: document, path: in.Path, format: in.Format, key: keyOf(component.Name)})
	return len(g.parts) - 1, true
}

// liesBeside says whether something is a chart that lies beside the one that needs it, and is
// released with it.
func liesBeside(c austauschbar.Component) bool {
	return c.Technology == "Helm chart" && c.Version == "" && c.Kind == "other"
}

// maxDepth bounds how far is looked for what a component is within.
const maxDepth = 50

// onPlatform says whether a component stands on a deployment node.
func (g *graph) onPlatform(local map[string]int, id string) bool {
	for range maxDepth {
		at, known := local[id]
		if !known {
			return false
		}
		if g.parts[at].Kind == "platform" {
			return true
		}
		id = g.parts[at].Within
	}
	return false
}

// nodeOf returns the node of a document's component; nil for none.
func (g *graph) nodeOf(document int, id string) *node {
	if at, known := g.local[document][id]; known {
		return g.parts[at].node
	}
	return nil
}

// addSaid adds what a document says beside its components.
func (g *graph) addSaid(document int, found documentFacts) {
	said := found.architecture
	for _, offered := range said.Interfaces {
		g.addDeclared(document, found.document, offered.Clone())
	}
	for _, listed := range said.Packages {
		listed = listed.Clone()
		owner := g.nodeOf(document, listed.Component)
		listed.Term, listed.Component = g.lexicon.Package(listed.PURL), owner.id()
		g.packages = append(g.packages, listed)
	}
	for _, resource := range said.Resources {
		id, _ := g.created(resource)
		resource.Term, resource.Service = id, g.lexicon.Entries[id].Name
		resource.Component = cmp.Or(g.nodeOf(document, resource.Component), g.nodeOf(document, resource.ID)).id()
		g.resources = append(g.resources, resource)
	}
	for _, given := range said.Settings {
		if given.Component == "" && found.document.Format == "terraform" {
			g.unowned = append(g.unowned, setting{Setting: given, document: document, format: found.document.Format, node: &node{}})
		}
		if owner := g.nodeOf(document, given.Component); owner != nil && !compose.IsSetup(given.Name) {
			g.settings = append(g.settings, setting{Setting: given, document: document, format: found.document.Format, node: owner})
		}
	}
}

// newNode adds a component that no architecture file draws; nil where there are too many.
func (g *graph) newNode(component austauschbar.Component) *node {
	if len(g.nodes) >= maxComponents {
		g.cut = true
		return nil
	}
	made := &node{Component: component}
	made.ID = g.ids.name(component.Name, "component")
	g.nodes = append(g.nodes, made)
	return made
}

// architecture writes the graph down, by id.
func (g *graph) architecture() (austauschbar.Architecture, []austauschbar.Gap) {
	made := austauschbar.Architecture{
		Components: make([]austauschbar.Component, 0, len(g.nodes)), Interfaces: make([]austauschbar.Interface, 0, len(g.edges)), Models: make([]austauschbar.Model, 0, len(g.models)),
		Packages: append([]austauschbar.Package{}, g.packages...), Resources: append([]austauschbar.Resource{}, g.resources...),
	}
	for _, n := range g.nodes {
		slices.Sort(n.Sources)
		n.Sources = slices.Compact(n.Sources)
		made.Components = append(made.Components, n.Component)
	}
	ids := newIDs()
	for _, e := range g.edges {
		made.Interfaces = append(made.Interfaces, e.written(ids))
	}
	modelIDs := newIDs()
	for _, m := range g.models {
		made.Models = append(made.Models, m.written(modelIDs))
	}
	slices.SortFunc(made.Components, func(a, b austauschbar.Component) int { return strings.Compare(a.ID, b.ID) })
	slices.SortFunc(made.Interfaces, func(a, b austauschbar.Interface) int { return strings.Compare(a.ID, b.ID) })
	slices.SortFunc(made.Models, func(a, b austauschbar.Model) int { return strings.Compare(a.ID, b.ID) })
	// Places are a list even where a file tells none.
	for i := range made.Components {
		made.Components[i].Evidence = append([]austauschbar.Evidence{}, made.Components[i].Evidence...)
	}
	for i := range made.Interfaces {
		made.Interfaces[i].Evidence = append([]austauschbar.Evidence{}, made.Interfaces[i].Evidence...)
	}
	for i := range made.Models {
		made.Models[i].Evidence = append([]austauschbar.Evidence{}, made.Models[i].Evidence...)
	}
	gaps := g.unsetImages()
	if g.cut {
		gaps = append(gaps, austauschbar.Gap{Reason: "graph_too_large", Detail: fmt.Sprintf("%d components, %d interfaces", len(g.nodes), len(g.edges))})
	}
	return made, gaps
}

// ids gives each name an id of its own.
type ids struct {
	taken map[string]bool
	next  map[string]int // number to try for a name that is taken
}

func newIDs() *ids { return &ids{taken: map[string]bool{}, next: map[string]int{}} }

// maxSlug bounds ids, in bytes.
const maxSlug = 80

// name makes an id of a name, or of the word instead where nothing is left of it.
func (i *ids) name(name, instead string) string {
	slug := cmp.Or(slugOf(name), instead)
	id := slug
	for i.taken[id] {
		i.next[slug] = max(2, i.next[slug]+1)
		id = slug + "-" + strconv.Itoa(i.next[slug])
	}
	i.taken[id] = true
	return id
}

// slugOf keeps a name's letters and digits, in lower case, with "-" for what stands
// between them.
func slugOf(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	slug := strings.Join(words, "-")
	for len(slug) > maxSlug {
		cut := strings.LastIndexByte(slug[:maxSlug], '-')
		if cut <= 0 {
			return strings.ToValidUTF8(slug[:maxSlug], "")
		}
		slug = slug[:cut]
	}
	return slug
}
