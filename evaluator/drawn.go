package evaluator

import (
	"regexp"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/licence"
)

// Drawings and tables name things more freely than files for programs do: by a part of a
// product, with what comes along, by what it is for. What one says of its boxes beside
// their names is read here, before parts that are the same thing become one.

// What stands beside a product's name and leaves it what it is: which one of several, what
// comes with it, which half of it.
var (
	inFront = regexp.MustCompile(`^\(([^()]+)\)\s+`)
	behind  = regexp.MustCompile(`\s+\(([^()]+)\)$`)
	along   = regexp.MustCompile(`(?i)\s+(?:ft\.?|feat\.|featuring|incl\.|including|inkl\.|inklusive)\s.*$`)
	half    = regexp.MustCompile(`(?i)[\s_-]+(?:back-?end|front-?end|middleware)$`)
)

// plainName is a drawn name without these: "Element" of "Element ft. widgets", "ClamAV" of
// "ClamAV (Simple)". What tells of something else that stands beside it is kept.
func plainName(name string) string {
	plain := along.ReplaceAllString(strings.TrimSpace(name), "")
	for _, brackets := range []*regexp.Regexp{inFront, behind} {
		if found := brackets.FindStringSubmatch(plain); found != nil && !beside.MatchString(found[1]) {
			plain = brackets.ReplaceAllString(plain, "")
		}
	}
	if whole := half.ReplaceAllString(plain, ""); whole != plain {
		return strings.ReplaceAll(whole, "-", " ")
	}
	return plain
}

// plainest is what a node is called: as its first part has it, unless others call the same
// product by another of its variants, or the first one is a list or what the product does.
func (g *graph) plainest(n *node) string {
	first := g.parts[n.parts[0]].Name
	plain := plainName(first)
	for _, at := range n.parts {
		switch p := &g.parts[at]; {
		case p.Name == first || !p.isDrawn():
		case plainName(p.Name) == plain:
			return plain
		case listing.MatchString(first) && !listing.MatchString(p.Name), p.Term != "" && isRole(keyOf(first)):
			return p.Name
		}
	}
	return first
}

// boxed are the formats in which people name boxes, beside texts.
var boxed = []string{"archimate", "drawio", "mermaid", "plantuml", "structurizr"}

// isDrawn says whether a part is a box or a row that nothing but its name tells of.
func (p *part) isDrawn() bool {
	return (slices.Contains(prose, p.format) || slices.Contains(boxed, p.format)) && p.Kind != "person" && p.Image == "" && p.Technology == "" && !p.Custom
}

// readDrawn adds what drawings tell of their parts by where these stand and beside what.
func (g *graph) readDrawn() {
	g.nameByNeighbours()
	g.nameInFrames()
	for i := range g.parts {
		p := &g.parts[i]
		if p.Term == "" && p.Image == "" && slices.Contains(boxed, p.format) && g.isPartOfCode(p) {
			p.Custom = true // a component of C4, whatever it is written in
		}
		if !p.isDrawn() {
			continue
		}
		p.openByLicence()
		if p.Term != "" {
			continue
		}
		p.External = p.External || g.isAbroad(p)
		p.Custom = !p.External && (g.isPartOfCode(p) || g.isNamedAsCode(p))
	}
}

// outer is the part that another one stands in; nil where it stands in none.
func (g *graph) outer(p *part) *part {
	at, known := g.local[p.document][p.Within]
	if !known || p.Within == "" {
		return nil
	}
	return &g.parts[at]
}

// nameInFrames tells boxes in a frame that is called as a product by the first word of their
// own names: "Kafka-Intern" in the frame "Kafka".
func (g *graph) nameInFrames() {
	for i := range g.parts {
		p := &g.parts[i]
		outer := g.outer(p)
		if !p.isDrawn() || p.Term != "" || outer == nil || outer.Term == "" {
			continue
		}
		found, _ := g.named(p.Name, true)
		if found.ID == outer.Term && strings.HasPrefix(strings.ToLower(p.Name), strings.ToLower(found.written)) {
			g.fill(&p.Component, found.ID)
		}
	}
}

// nameByNeighbours counts names that are words, too, where a table lists products with their
// licences or versions, where the same thing is named in full elsewhere, or where a product
// of its field stands in the same document.
func (g *graph) nameByNeighbours() {
	terms, fields := map[string]bool{}, map[int][]string{}
	g.learn(terms, fields)
	for range 3 { // again with what the first told
		for i := range g.parts {
			p := &g.parts[i]
			if !p.isDrawn() || p.Term != "" {
				continue
			}
			found, whole := g.named(plainName(p.Name), true)
			listed := p.Licence != "" || p.Version != ""
			if whole && !isMaterial(found.Entry) && (listed || terms[found.ID] || hasAny(fields[p.document], found.Tags...)) {
				g.fill(&p.Component, found.ID)
				p.Product = found.NameAs(found.written)
			}
		}
		g.learn(terms, fields)
	}
}

// generalFields are those that too much belongs to for one of it to tell of another.
var generalFields = []string{"dev_tool", "framework", "language", "open_source", "runtime", "technology"}

// learn notes what parts are, and by document of which fields.
func (g *graph) learn(terms map[string]bool, fields map[int][]string) {
	for _, p := range g.parts {
		if p.Term == "" {
			continue
		}
		terms[p.Term] = true
		for _, tag := range p.Tags {
			if !slices.Contains(generalFields, tag) && !slices.Contains(fields[p.document], tag) {
				fields[p.document] = append(fields[p.document], tag)
			}
		}
	}
}

// openByLicence tells that what a table lists under open licences only is open source.
func (p *part) openByLicence() {
	if p.Term != "" || p.Open != nil || p.Licence == "" {
		return
	}
	stated := statedLicence(p.Licence)
	if stated == "" || slices.ContainsFunc(licence.Named(stated), func(id austauschbar.LicenceID) bool { return !id.OSI }) {
		return
	}
	p.Licence, p.Open = stated, new(true)
}

// statedLicence is a licence as a table states it, as an SPDX expression: of "GPL-2.0-only
// (server), MIT (client)" both; "" where it names anything that SPDX does not list.
func statedLicence(text string) string {
	var list []string
	for one := range strings.SplitSeq(bracketed.ReplaceAllString(text, " "), ",") {
		if one = strings.TrimSpace(one); one != "" && !slices.Contains(list, one) {
			list = append(list, one)
		}
	}
	expression := strings.Join(list, " AND ")
	if slices.ContainsFunc(licence.Named(expression), func(id austauschbar.LicenceID) bool { return !id.Known }) {
		return ""
	}
	return expression
}

// bracketed is what stands in brackets: "AGPL-3.0-only (server)".
var bracketed = regexp.MustCompile(`\([^()]*\)`)

var (
	// abroad matches names of frames around what is somebody else's.
	abroad = regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:extern(?:al|e[nrs]?)?|third[- ]part(?:y|ies)|drittsysteme?|umsysteme?|nachbarsysteme?|fremdsysteme?|neighbou?ring)(?:[^\p{L}]|$)`)
	// zone matches those of parts of a network, which hold what is one's own.
	zone = regexp.MustCompile(`(?i)zone|netz|network|dmz|zugang|zugriff|access|ingress|facing|proxy|load`)
	// abroadID matches what drawings call such boxes for themselves: "extRelay".
	abroadID = regexp.MustCompile(`(?:^|: )ext(?:ern(?:al)?)?(?:[A-Z_-]|$)`)
)

// isAbroad says whether a drawing shows a box as somebody else's, by its own id or by the
// name of a frame around it.
func (g *graph) isAbroad(p *part) bool {
	if slices.Contains(prose, p.format) && abroadID.MatchString(p.ID) {
		return true
	}
	at := p
	for range maxDepth {
		if at = g.outer(at); at == nil {
			return false
		}
		if at.Kind != "platform" && abroad.MatchString(at.Name) && !zone.MatchString(at.Name) {
			return true
		}
	}
	return false
}

// isPartOfCode says whether an application stands in another one that nobody sells: a module
// of it, a component of a container of C4.
func (g *graph) isPartOfCode(p *part) bool {
	outer := g.outer(p)
	return outer != nil && p.Kind == "application" && outer.Kind == "application" && outer.Term == "" && outer.Image == "" && outer.Licence+outer.Version == "" &&
		p.Licence+p.Version == "" && !outer.External
}

// codeWords are what people call their own code beside what it is written in: "Django Admin
// interface".
var codeWords = []string{"admin", "anwendung", "api", "app", "application", "authenticated", "backend", "client", "frontend", "interface", "microservice", "oberflaeche", "portal", "service", "spa", "ui", "unauthenticated", "web", "webapp", "website", "worker"}

// isNamedAsCode says whether a box is called after what its code is written in, with nothing
// beside it but words for code.
func (g *graph) isNamedAsCode(p *part) bool {
	found, _ := g.named(p.Name, true)
	if found.ID == "" || !isMaterial(found.Entry) || p.Licence+p.Version != "" || p.Open != nil || g.holds(p) {
		return false
	}
	before, after, _ := strings.Cut(p.Name, found.written)
	words := nameWords(before + " " + after)
	if len(words) == 0 || slices.ContainsFunc(words, func(word string) bool { return !slices.Contains(codeWords, word) }) {
		return false
	}
	p.BuiltWith = union(p.BuiltWith, []string{found.ID})
	return true
}

// holds says whether a box is a frame around others.
func (g *graph) holds(p *part) bool {
	return slices.ContainsFunc(g.parts, func(other part) bool { return other.document == p.document && other.Within == p.ID })
}

// listing sets the things apart that one box or row names together.
var listing = regexp.MustCompile(`\s*[&+/]\s*|\s+(?:and|und)\s+`)

// uniteListed joins boxes and rows that name others together with those: "Mailer & Store",
// "Portal/Admin" where there is a portal. A word for a part of it need not be a component.
func (g *graph) uniteListed() {
	for _, n := range g.nodes {
		if len(n.parts) == 0 || n.Term != "" || !g.allDrawn(n) {
			continue
		}
		names := listing.Split(g.parts[n.parts[0]].Name, -1)
		if len(names) < 2 {
			continue
		}
		if into := g.listed(names, n); into != nil {
			g.merge(n, into)
		}
	}
}

// listed is the first component of a list of names; nil where one of the names is of none.
func (g *graph) listed(names []string, but *node) *node {
	var first *node
	for _, name := range names {
		one := g.calledSo(name, but)
		switch {
		case one != nil && first == nil:
			first = one
		case one == nil && !slices.Contains(codeWords, keyOf(name)):
			return nil
		}
	}
	return first
}

// calledSo is the one component of a name, or of the product that it names; nil for none or
// several.
func (g *graph) calledSo(name string, but *node) *node {
	fits := slices.DeleteFunc(slices.Clone(g.byKey[keyOf(name)]), func(n *node) bool { return n == but || n.Kind == "person" })
	if len(fits) == 0 {
		if product := g.inName(name); product.ID != "" {
			for _, n := range g.nodes {
				if n != but && len(n.parts) > 0 && n.Term == product.ID {
					fits = append(fits, n)
				}
			}
		}
	}
	if len(fits) != 1 {
		return nil
	}
	return fits[0]
}

// allDrawn says whether nothing but texts and drawings tell of a node.
func (g *graph) allDrawn(n *node) bool {
	return !slices.ContainsFunc(n.parts, func(at int) bool { return !g.parts[at].isDrawn() })
}

// roles are what boxes are called by what they do, and what the catalogue says of products
// that do it.
var roles = []struct {
	called []string
	does   *regexp.Regexp // function in English
	said   *regexp.Regexp // how texts say so
}{
	{[]string{"identityprovider", "identitaetsprovider", "idp", "oidcprovider", "openidprovider", "ssoprovider"}, regexp.MustCompile(`identity`), regexp.MustCompile(`(?i)\b(?:idp|(?:identity|oidc|openid)[ -]provider|identitätsprovider|single sign-on)\b`)},
	{[]string{"directory", "directoryservice", "ldap", "ldapserver", "ldapdirectory", "userdirectory", "verzeichnisdienst"}, regexp.MustCompile(`directory`), regexp.MustCompile(`(?i)ldap|\bdirectory\b|verzeichnisdienst`)},
}

// isRole says whether a key is that of a name by what something does.
func isRole(key string) bool {
	for _, role := range roles {
		if slices.Contains(role.called, key) {
			return true
		}
	}
	return false
}

// uniteRoles joins a box that is called by what it does with the one product of the same
// document that does it, as its name or a text there says, and that no arrow tells apart.
func (g *graph) uniteRoles(found []documentFacts) {
	for _, n := range g.nodes {
		if len(n.parts) == 0 || n.Term != "" || !g.allDrawn(n) || g.parts[n.parts[0]].External {
			continue
		}
		for _, role := range roles {
			if !slices.Contains(role.called, g.parts[n.parts[0]].key) {
				continue
			}
			var fits []*node
			for _, other := range g.nodes {
				if len(other.parts) > 0 && other.Term != "" && role.does.MatchString(g.lexicon.Entries[other.Term].Function["en"]) && g.besideIn(found, n, other, role.said) {
					fits = append(fits, other)
				}
			}
			if fits = g.innermost(fits); len(fits) == 1 {
				g.merge(n, fits[0])
				break
			}
		}
	}
}

// innermost leaves out the nodes that hold another one of a list: a suite does what a part of
// it does.
func (g *graph) innermost(list []*node) []*node {
	holds := map[*node]bool{}
	for _, n := range list {
		for _, at := range n.parts {
			if outer := g.outer(&g.parts[at]); outer != nil && outer.node != n {
				holds[outer.node] = true
			}
		}
	}
	return slices.DeleteFunc(list, func(n *node) bool { return holds[n] })
}

// besideIn says whether two nodes stand in one document, no arrow leads from one to the other
// there, and the second is said to do what the first is called by.
func (g *graph) besideIn(found []documentFacts, n, other *node, said *regexp.Regexp) bool {
	document := g.parts[n.parts[0]].document
	at := slices.IndexFunc(other.parts, func(at int) bool { return g.parts[at].document == document })
	if at < 0 || slices.ContainsFunc(found[document].architecture.Interfaces, func(i austauschbar.Interface) bool {
		from, to := g.nodeOf(document, i.From), g.nodeOf(document, i.To)
		return from == n && to == other || from == other && to == n
	}) {
		return false
	}
	return said.MatchString(g.parts[other.parts[at]].Name) || slices.ContainsFunc(found[document].mentions["product"], func(m austauschbar.Mention) bool {
		return m.Term == other.Term && !m.Negated && m.Role != "citation" && said.MatchString(m.Evidence.Quote)
	})
}

// halves are the words of names that say no more than which half of a solution something is:
// one of the first, and any of the others.
var halves = []struct{ one, any []string }{
	{[]string{"api", "backend", "server"}, []string{"anwendung", "app", "application", "service"}},
	{[]string{"frontend", "oberflaeche", "ui", "web", "webapp"}, []string{"anwendung", "app", "application", "client"}},
}

// uniteHalves joins the front end, and the back end, that was built here and that each of two
// formats shows once: the "backend" of Compose and the "API Application" that is drawn.
func (g *graph) uniteHalves() {
	for _, half := range halves {
		var nodes []*node
		for _, n := range g.nodes {
			if len(n.parts) > 0 && n.Term == "" && (n.Kind == "application" || n.Kind == "client") && g.isCustom(n) && saysOnly(g.parts[n.parts[0]].Name, half.one, half.any) {
				nodes = append(nodes, n)
			}
		}
		if len(nodes) == 2 && g.onePerFormat(nodes) {
			g.merge(nodes[1], nodes[0])
		}
	}
}

// isCustom says whether a part of a node is built for this solution.
func (g *graph) isCustom(n *node) bool {
	return slices.ContainsFunc(n.parts, func(at int) bool { return g.parts[at].Custom })
}

// saysOnly says whether a name has one word of the first list and else none but those of both.
func saysOnly(name string, one, others []string) bool {
	words := nameWords(name)
	return hasAny(words, one...) && !slices.ContainsFunc(words, func(word string) bool { return !slices.Contains(one, word) && !slices.Contains(others, word) })
}
