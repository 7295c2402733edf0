package evaluator

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/lexicon"
)

// A recogniser tells what a component is by the catalogue.
type recogniser struct {
	lexicon *lexicon.Lexicon
	scanner *lexicon.Scanner
	ids     *ids
	// protocolNames are ids of protocols by their names in lower case: where a file tells a
	// protocol, even one counts that texts may use for other things.
	protocolNames map[string]string
}

func newRecogniser(l *lexicon.Lexicon) recogniser {
	names := map[string]string{}
	for id, entry := range l.Entries {
		if entry.Kind != "protocol" {
			continue
		}
		name := strings.ToLower(entry.Name)
		if known := names[name]; known == "" || id < known {
			names[name] = id
		}
	}
	return recogniser{lexicon: l, scanner: l.Scanner(), ids: newIDs(), protocolNames: names}
}

func (r recogniser) done() { r.lexicon.Return(r.scanner) }

// recognise adds what the catalogue knows of a component: by its image, else by its
// technology, else by its name. What is built from sources is never what its image or
// its name says: these tell what it is built with, or for.
func (r recogniser) recognise(c *austauschbar.Component) {
	if c.Kind == "person" {
		return
	}
	built := map[string]bool{}
	id := r.lexicon.Image(c.Image)
	if id != "" && (c.Custom || isMaterial(r.lexicon.Entries[id])) {
		built[id], id = true, ""
	}
	what, with := r.inTechnology(cmp.Or(c.Technology, r.inBrackets(c)))
	for _, material := range with {
		built[material] = true
	}
	ran := c.Kind == "application" || c.Kind == "client"
	if ran && what.ID != "" && r.keeps(what, with) {
		built[what.ID], what = true, naming{}
	}
	if ran && kindOf(what.Entry) == "platform" {
		built[what.ID], what = true, naming{}
	}
	if ran && isModel(what.Entry) {
		what = naming{} // it uses the model; see modelsOf
	}
	if c.Custom && what.ID != "" {
		built[what.ID], what = true, naming{}
	}
	if id == "" {
		id = what.ID
	}
	if id == "" && !c.Custom {
		what = r.inName(c.Name)
		if plain := plainName(c.Name); what.ID == "" && c.Image == "" && c.Technology == "" && plain != c.Name {
			what = r.inName(plain)
		}
		if !isMaterial(r.lexicon.Entries[what.ID]) {
			id = what.ID
		} else if c.Kind == "other" {
			built[what.ID] = true
		}
	}
	if id != "" {
		r.fill(c, id)
		if what.ID == id {
			c.Product = r.lexicon.Entries[id].NameAs(what.written)
		}
	}
	if id == "" && (ran || c.Kind == "other" && c.Technology == "") && (r.drawnAsCode(c, with) || r.runsCode(c)) {
		c.Custom = true
	}
	for material := range built {
		c.BuiltWith = append(c.BuiltWith, material)
	}
	slices.Sort(c.BuiltWith)
	if c.Hosting == "" && c.Image != "" || c.Custom && c.Hosting == "" {
		c.Hosting = "self"
	}
}

// drawnAsCode says whether a drawing tells of a part of a system only what it is
// written in: nobody but whoever builds the system has it.
func (r recogniser) drawnAsCode(c *austauschbar.Component, with []string) bool {
	written := slices.ContainsFunc(with, func(id string) bool { return isMaterial(r.lexicon.Entries[id]) })
	return written && c.Image == "" && (c.Within != "" || c.Technology == "") && !c.External
}

// nameBrackets matches what a drawing says in brackets behind a name: "Backend (Django)".
var nameBrackets = regexp.MustCompile(`[^\s([][\s_]*[(\[]([^()\[\]]+)[)\]]$`)

// inBrackets returns the brackets behind the name of what is drawn, where they tell no more
// than what it is built with; "" for others.
func (r recogniser) inBrackets(c *austauschbar.Component) string {
	found := nameBrackets.FindStringSubmatch(c.Name)
	if found == nil || c.Image != "" || c.Kind != "application" && c.Kind != "client" && c.Kind != "other" {
		return ""
	}
	if what, with := r.inTechnology(found[1]); what.ID != "" || len(with) == 0 {
		return ""
	}
	return found[1]
}

// keeps says whether a technology is that of code which keeps its data in a store: "API
// Gateway, Go, DynamoDB".
func (r recogniser) keeps(what naming, with []string) bool {
	written := slices.ContainsFunc(with, func(id string) bool { return slices.Contains(r.lexicon.Entries[id].Tags, "language") })
	return written && slices.Contains(stores, kindOf(what.Entry))
}

// runsCode says whether an image holds no more than what code is run or built with: the
// code itself is put in from outside.
func (r recogniser) runsCode(c *austauschbar.Component) bool {
	return !c.External && hasAny(r.lexicon.Entries[r.lexicon.Image(c.Image)].Tags, "language", "runtime")
}

// fill writes down what the catalogue says of an entry. A kind that a file tells is kept, but
// for what watches the others: drawings show it as a store.
func (r recogniser) fill(c *austauschbar.Component, id string) {
	entry := r.lexicon.Entries[id]
	if c.Image != "" {
		entry = entry.AtVersion(c.Version)
	}
	unsure := c.Image == "" && c.Licence == "" && openByVersion(entry)
	c.Term, c.Product, c.Vendor, c.Licence = id, entry.Name, r.vendorOf(entry), cmp.Or(statedLicence(c.Licence), entry.Licence)
	c.Open, c.Function, c.Tags = new(entry.Open), entry.Function, entry.Tags
	if unsure {
		c.Licence, c.Open = "", nil
	}
	c.Alternatives, c.Exports = r.alternatives(entry), r.exports(entry)
	kind := kindOf(entry)
	if kind != "" && (c.Kind == "application" || c.Kind == "other" || c.Kind == "") || kind == "monitoring" && c.Kind == "database" {
		c.Kind = kind
	}
	if c.Hosting == "" {
		c.Hosting = r.hostingOf(entry)
	}
	if c.Provider == "" && c.Hosting != "" && entry.Kind != "product" {
		c.Provider = r.providerOf(entry)
	}
	*c = c.Clone()
}

// openByVersion says whether some versions of a product are open source and others are not.
func openByVersion(entry lexicon.Entry) bool {
	return slices.ContainsFunc(entry.Earlier, func(earlier lexicon.Earlier) bool { return earlier.Open != entry.Open })
}

// vendorOf names who sells or governs something.
func (r recogniser) vendorOf(entry lexicon.Entry) string {
	if vendor, known := r.lexicon.Entries[entry.Vendor]; known {
		return vendor.Name
	}
	return entry.GovernedBy
}

// providerOf names the cloud that a service is part of, else who offers it.
func (r recogniser) providerOf(entry lexicon.Entry) string {
	partOf := len(entry.Resources) > 0 && !hasAny(entry.Tags, "saas_development", "workplace_cloud") || slices.ContainsFunc(entry.Tags, func(tag string) bool { return strings.HasPrefix(tag, "managed_") })
	if platform := r.lexicon.Platform(entry.Vendor); platform != "" && partOf {
		return r.lexicon.Entries[platform].Name
	}
	if slices.ContainsFunc(entry.Tags, isPlatformTag) {
		return entry.Name
	}
	return r.vendorOf(entry)
}

// sameMaker says whether whoever leaves one product's maker stays with it by the other one.
// Foundations and projects are no makers.
func sameMaker(a, b lexicon.Entry) bool {
	if a.Vendor != "" || b.Vendor != "" {
		return a.Vendor == b.Vendor
	}
	return a.GovernedBy != "" && a.GovernedBy == b.GovernedBy && !commons.MatchString(a.GovernedBy)
}

var commons = regexp.MustCompile(`(?i)foundation|stiftung|project|projekt|communit|consortium|verein|e\. ?V\.|association|apache|eclipse|gnu`)

func (r recogniser) alternatives(entry lexicon.Entry) []austauschbar.Alternative {
	var list []austauschbar.Alternative
	for _, id := range entry.Alternatives {
		other := r.lexicon.Entries[id]
		if sameMaker(entry, other) {
			continue
		}
		list = append(list, austauschbar.Alternative{Term: id, Name: other.Name, Open: other.Open, Speaks: other.Speaks})
	}
	return list
}

// exports names the protocols and formats in which a product gives out what it holds.
func (r recogniser) exports(entry lexicon.Entry) []string {
	var names []string
	for _, id := range entry.Exports {
		names = append(names, r.lexicon.Entries[id].Name)
	}
	slices.Sort(names)
	return names
}

// makeResource adds what the type of a resource tells of its component. A resource that
// is but part of a service tells whose cloud it is in.
func (r recogniser) makeResource(c *austauschbar.Component, resource austauschbar.Resource, id string, itself bool) {
	entry := r.lexicon.Entries[id]
	switch {
	case entry.Kind == "product" && offeredByMaker(resource, entry):
		c.Hosting, c.Provider = cmp.Or(c.Hosting, "service"), cmp.Or(c.Provider, r.vendorOf(entry))
	case entry.Kind == "product":
		c.Hosting = cmp.Or(c.Hosting, "self")
	default:
		c.Hosting, c.Provider = "cloud", r.providerOf(entry)
	}
	c.Region = cmp.Or(c.Region, resource.Region)
	if itself {
		r.fill(c, id)
	}
}

// offeredByMaker says whether a resource of Terraform, other than one of Kubernetes, is set up
// in what its product's maker alone offers over the network.
func offeredByMaker(resource austauschbar.Resource, entry lexicon.Entry) bool {
	return !entry.Open && len(entry.Hosts) > 0 && resource.Type != "module" && !strings.Contains(resource.Type, "/")
}

// kinds of components, by the catalogue's tags; the first one that is there.
var kinds = []struct{ tag, kind string }{
	{"ai_gateway", "gateway"}, {"model_server", "model"}, {"language_model", "model"}, {"embedding", "model"}, {"media_model", "model"}, {"ai_service", "model"}, {"managed_ai", "model"},
	{"gateway", "gateway"}, {"cache", "cache"}, {"queue", "queue"}, {"search", "search"}, {"vector_database", "database"}, {"storage", "storage"},
	{"database", "database"}, {"nosql", "database"}, {"messaging", "queue"}, {"identity", "identity"}, {"monitoring", "monitoring"},
	{"managed_database", "database"}, {"managed_storage", "storage"}, {"managed_identity", "identity"},
	{"platform", "platform"}, {"hyperscaler", "platform"}, {"cloud_platform", "platform"}, {"container", "platform"}, {"operating_system", "platform"}, {"virtualisation", "platform"}, {"managed_compute", "platform"},
	{"browser", "client"},
}

// kindOf is what something is in a solution; "" where its tags leave it open.
func kindOf(entry lexicon.Entry) string {
	for _, k := range kinds {
		if slices.Contains(entry.Tags, k.tag) {
			return k.kind
		}
	}
	return ""
}

func isPlatformTag(tag string) bool { return tag == "hyperscaler" || tag == "cloud_platform" }

// hostingOf tells where something must run; "" for what anyone may run. Managed services
// run in a cloud; sign-in and the like of vendors without one are offers over the network.
func (r recogniser) hostingOf(entry lexicon.Entry) string {
	managed := func(tag string) bool { return strings.HasPrefix(tag, "managed_") && tag != "managed_ai" }
	offered := hasAny(entry.Tags, "managed_identity", "managed_service") && r.lexicon.Platform(entry.Vendor) == ""
	switch {
	case entry.Kind == "cloud_service" && !offered && (slices.ContainsFunc(entry.Tags, managed) || slices.ContainsFunc(entry.Tags, isPlatformTag)):
		return "cloud"
	case entry.Kind == "cloud_service", slices.Contains(entry.Tags, "ai_service"):
		return "service"
	}
	return ""
}

// isMaterial says whether something is what others are built with rather than a
// component: languages, base images, and frameworks that do not run by themselves.
func isMaterial(entry lexicon.Entry) bool {
	has := func(tags ...string) bool {
		return slices.ContainsFunc(tags, func(tag string) bool { return slices.Contains(entry.Tags, tag) })
	}
	runs := len(entry.Images)+len(entry.Resources)+len(entry.Hosts) > 0 || kindOf(entry) != ""
	return has("language", "runtime") || has("framework", "technology", "dev_tool") && !runs
}

// A naming is an entry and how a text writes it.
type naming struct {
	lexicon.Entry
	ID, written string
}

// things that a component can be.
var componentKinds = []string{"product", "cloud_service", "ai_model"}

// items are set apart in a technology: "Java and Spring MVC", "REST/JSON, PostgreSQL 16".
var items = regexp.MustCompile(`(?i)[,;/+()&|\[\]:]|\s(?:and|und|with|mit|on|auf|via|for|für|in)\s`)

// shortNames are those of languages that are words or letters anywhere but in a list of
// technologies.
var shortNames = map[string]string{"C#": "csharp", "Go": "golang", "JS": "javascript", "TS": "typescript"}

// soleNames are short for a service where they are all that a technology says: beside a
// product, "S3" is what that speaks.
var soleNames = map[string]string{"S3": "aws_s3", "SQS": "aws_sqs", "SNS": "aws_sns", "SES": "amazon_ses"}

// inTechnology reads a technology as a file writes it: what the component is, where
// that is but one thing, and what it is built with. A managed service outweighs the
// engine that it offers, and a product the platform that it runs on.
func (r recogniser) inTechnology(text string) (what naming, with []string) {
	if id := soleNames[strings.TrimSpace(text)]; id != "" {
		return naming{r.lexicon.Entries[id], id, strings.TrimSpace(text)}, nil
	}
	var candidates []naming
	for _, item := range items.Split(text, -1) {
		found, whole := r.named(item, true)
		if id := shortNames[strings.TrimSpace(item)]; id != "" {
			found = naming{r.lexicon.Entries[id], id, strings.TrimSpace(item)}
		}
		switch {
		case found.ID == "":
		case isMaterial(found.Entry):
			with = append(with, found.ID)
		case whole && !slices.ContainsFunc(candidates, func(other naming) bool { return other.ID == found.ID }):
			candidates = append(candidates, found)
		}
	}
	for _, weighs := range []func(naming) bool{
		func(n naming) bool {
			return n.Kind == "cloud_service" && r.hostingOf(n.Entry) == "cloud" && kindOf(n.Entry) != "platform"
		},
		func(n naming) bool { return kindOf(n.Entry) != "platform" },
		func(naming) bool { return true },
	} {
		left := slices.DeleteFunc(slices.Clone(candidates), func(n naming) bool { return !weighs(n) })
		if len(left) == 1 {
			return left[0], with
		}
		if len(left) > 1 {
			break
		}
	}
	return naming{}, with
}

// inName reads a component's name, which must be that of the thing as a whole.
func (r recogniser) inName(name string) naming {
	found, whole := r.named(name, false)
	if whole || r.apposed(name, found) {
		return found
	}
	return naming{}
}

// beside are words before a product's name that make of it something else that stands
// beside it: what talks to it, or holds its data.
var beside = regexp.MustCompile(`(?i)adapter|anbindung|schnittstelle|interface|conne[ck]t|konnektor|bridge|import|export|plug-?in|modul|add-?on|erweiterung|extension|backup|sicherung|treiber|driver|integration|migration|ablösung|datenbank|database|speicher|storage|client|proxy|sync|agent|monitor|\b(?:api|sdk|db|für|for|zu|zur|zum|to|an|of|von|with|mit|on|auf|in|behind|via|über|vor|und|and|oder|or|neben|ohne|without|not|kein\w*|statt)\b|[&+/]`)

// apposed says whether a product's name only tells which one is meant: "Zahlungsplattform
// ePayBL". Languages set the name last; "Postgres Exporter" is another thing.
func (r recogniser) apposed(name string, found naming) bool {
	before, last := strings.CutSuffix(strings.TrimSpace(name), found.written)
	return found.ID != "" && last && strings.HasSuffix(before, " ") && !strings.HasSuffix(before, "- ") && len(nameWords(before)) <= 2 && !beside.MatchString(before)
}

// named returns the one thing that a text names, and whether it names nothing else.
// Ambiguous names count where asked for: in a technology "Kafka" is no writer.
func (r recogniser) named(text string, ambiguous bool) (found naming, whole bool) {
	text = strings.ReplaceAll(text, "_", " ")
	if len(text) > maxQuote {
		return naming{}, false
	}
	rest := []byte(text)
	hits, _ := r.scanner.Scan(text)
	for _, hit := range hits {
		entry := r.lexicon.Entries[hit.ID]
		if hit.Set != lexicon.SetName || hit.Side == lexicon.SideAmbiguous && !ambiguous || !slices.Contains(componentKinds, entry.Kind) {
			continue
		}
		if found.ID != "" && found.ID != hit.ID {
			return naming{}, false
		}
		found = naming{entry, hit.ID, text[hit.Start:hit.End]}
		for i := hit.Start; i < hit.End; i++ {
			rest[i] = ' '
		}
	}
	return found, found.ID != "" && onlyFillers(string(rest), kindOf(found.Entry))
}

// fillers are words that leave a thing what it is: "PostgreSQL-Server", "kafka-broker-1".
var fillers = map[string][]string{
	"": {"server", "service", "services", "dienst", "cluster", "instance", "instanz", "node", "nodes", "primary", "main", "master", "prod", "production", "dev", "test", "staging", "shared", "central",
		"zentral", "zentrale", "zentraler", "zentrales", "system", "container", "docker", "image", "version", "community", "edition", "ce", "lts", "app", "managed", "flexible", "function", "functions",
		"api", "open", "source", "the", "de", "eu", "alpine", "v", "schema", "cloud", "private", "own"},
	"database":   {"db", "database", "datenbank", "datenbanksystem", "data", "store", "sql", "rdbms", "dbms", "relational", "vector"},
	"queue":      {"broker", "queue", "bus", "message", "messages", "messaging", "event", "events", "streaming", "stream", "mq", "topic"},
	"cache":      {"cache", "store", "session", "sessions", "memory", "key", "value", "in", "db", "database", "queue", "broker", "data"},
	"storage":    {"storage", "object", "objects", "store", "bucket", "s3", "files", "file"},
	"search":     {"search", "index", "engine", "suche", "store", "database", "db"},
	"identity":   {"identity", "provider", "idp", "iam", "sso", "auth", "login", "authentication", "access", "management", "anmeldung"},
	"gateway":    {"gateway", "proxy", "ingress", "reverse", "load", "balancer", "edge", "router", "controller", "llm", "ai"},
	"monitoring": {"monitoring", "metrics", "logging", "logs", "tracing", "observability", "collector"},
	"model":      {"model", "models", "llm", "inference", "ai", "ki", "serving", "chat"},
	"platform":   {"platform", "plattform", "namespace", "region", "account", "subscription", "host", "engine", "runtime", "environment", "vm", "linux"},
}

// onlyFillers says whether a text holds nothing but fillers and numbers.
func onlyFillers(text, kind string) bool {
	for _, word := range nameWords(text) {
		if !slices.Contains(fillers[""], word) && !slices.Contains(fillers[kind], word) && !isVersion(word) {
			return false
		}
	}
	return true
}

// spelled writes letters as file and host names do that have none of their own for them.
var spelled = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss")

// nameWords splits a text into its words, in lower case and without umlauts.
func nameWords(text string) []string {
	return strings.FieldsFunc(spelled.Replace(strings.ToLower(text)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// isVersion says whether a word is a number, as "16", "v3", "12c" or "node1" behind its
// word are.
func isVersion(word string) bool {
	digits := strings.Trim(word, "0123456789")
	return len(digits) <= 1 && len(word) > len(digits)
}
