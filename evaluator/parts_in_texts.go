package evaluator

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
)

// isPartOf matches a sentence that tells what something is a part of: "The Import Service is part
// of OpenLDAP."
var isPartOf = regexp.MustCompile(`(?i)^(?:(?:the|der|die|das) )?([\pL\d][\pL\d .-]{2,60}?) (?:is|are|ist|sind|wird|werden) (?:(?:deployed |provided |shipped )?(?:in the context|as (?:a )?part) of|(?:a |an )?(?:part|component|module) of|(?:ein |eine )?(?:Teil|Bestandteil|Komponente|Modul) (?:von|des|der)) (?:the )?([\pL\d][\pL\d-]*(?: [\pL\d][\pL\d-]*)?)`)

// tellParts puts components that nobody knows into the product whose part a text on the
// architecture says they are.
func (g *graph) tellParts(found []documentFacts) {
	for _, document := range found {
		if document.document.Role != austauschbar.RoleArchitecture {
			continue
		}
		for _, id := range slices.Sorted(maps.Keys(document.clauses)) {
			clause := document.clauses[id]
			said := isPartOf.FindStringSubmatch(clause.Text)
			if said == nil || clause.Negated {
				continue
			}
			part, whole := g.unknownCalled(said[1]), g.productCalled(said[2])
			if part != nil && whole != nil && !whole.inside(part) {
				part.within, part.Within = whole, whole.ID
			}
		}
	}
}

// unknownCalled is the only component of a name, where nobody knows it and nothing holds it; nil
// for others.
func (g *graph) unknownCalled(name string) *node {
	var one *node
	for _, n := range g.nodes {
		if !slices.Contains(n.keys, keyOf(name)) {
			continue
		}
		if one != nil || n.Term != "" || n.Custom || n.Image != "" || n.within != nil {
			return nil
		}
		one = n
	}
	return one
}

// productCalled is the only component of the product that one or two words begin with; nil for
// none.
func (g *graph) productCalled(words string) *node {
	first, _, _ := strings.Cut(words, " ")
	for _, name := range []string{words, first} {
		if product, _ := g.named(name, true); product.ID != "" {
			if nodes := g.ofTerm(product.ID); len(nodes) == 1 {
				return nodes[0]
			}
		}
	}
	return nil
}
