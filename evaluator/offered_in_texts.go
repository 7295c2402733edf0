package evaluator

import (
	"regexp"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
)

// Texts on the architecture tell what a product offers where they call an interface after
// both: "the OX SOAP API", "Jitsi's SIP component".

// namesInterface matches a protocol with whose it is before it and what it is behind it.
var namesInterface = regexp.MustCompile(`([\pL\d]+?)(?:['’]s)?[ -]([\pL\d.]+)[ -](?i:APIs?|interfaces?|endpoints?|component|server|service|Schnittstellen?|Komponente|Dienst)\b`)

// tellFromTexts adds the interfaces that texts on the architecture name of the only component
// of a product.
func (g *graph) tellFromTexts(found []documentFacts) {
	for i, document := range found {
		if document.document.Role != austauschbar.RoleArchitecture {
			continue
		}
		for _, protocol := range document.mentions["protocol"] {
			if protocol.Negated || protocol.Role == "citation" || slices.Contains(carriers, protocol.Term) || onRequest.MatchString(protocol.Evidence.Quote) {
				continue
			}
			if n := g.offersAfter(document, protocol); n != nil && !n.External {
				g.addEdge(edge{Interface: austauschbar.Interface{Kind: "api", Protocol: g.lexicon.Entries[protocol.Term].Name, Evidence: []austauschbar.Evidence{protocol.Evidence}}, to: n, document: i, derived: true})
			}
		}
	}
}

// onRequest matches what an addition offers beside what a product is used over: dialling in by
// telephone where somebody has a provider for it.
var onRequest = regexp.MustCompile(`(?i)\boptional(?:ly)?\b|\bif\b[^.]*\b(?:provided|available|configured|enabled|present)\b|\b(?:falls|sofern|wenn)\b[^.]*\b(?:vorhanden|bereitgestellt|eingerichtet|konfiguriert)\b`)

// carriers are protocols that carry anything, by id in the catalogue.
var carriers = []string{"http_standard", "http3", "tls", "websocket"}

// offersAfter is the component of the one product after which the clause of a protocol calls
// an interface; nil for none or several.
func (g *graph) offersAfter(document documentFacts, protocol austauschbar.Mention) *node {
	entry := g.lexicon.Entries[protocol.Term]
	for _, called := range namesInterface.FindAllStringSubmatch(protocol.Evidence.Quote, -1) {
		if !strings.EqualFold(called[2], entry.Name) && !strings.EqualFold(called[2], protocol.Term) && !slices.ContainsFunc(entry.Aliases, func(alias string) bool { return strings.EqualFold(called[2], alias) }) {
			continue
		}
		var terms []string
		for _, product := range document.mentions["product"] {
			first, _, _ := strings.Cut(product.Name, " ")
			if product.Clause == protocol.Clause && strings.EqualFold(first, called[1]) && !slices.Contains(terms, product.Term) {
				terms = append(terms, product.Term)
			}
		}
		if len(terms) != 1 || terms[0] == "" {
			continue
		}
		if nodes := g.ofTerm(terms[0]); len(nodes) == 1 {
			return nodes[0]
		}
	}
	return nil
}
