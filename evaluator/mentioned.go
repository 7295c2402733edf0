package evaluator

import (
	"regexp"
	"slices"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/lexicon"
)

// maxPlaces bounds how many places of one document's text a component is given.
const maxPlaces = 3

// fromText is the source of what only texts name.
const fromText = "text"

var (
	// Sections of arc42 and its kin that tell what a solution is made of.
	solutionSection = regexp.MustCompile(`(?i)building.?block|baustein|solution|lösung|deployment|verteilung|technolog|technik|architec?t|infrastru|kompon|component|technical context|fachlicher kontext|technischer kontext|context and scope|scope and context|business context|kontextabgrenzung|system context|stack|persist|container|schnittstelle|interface|datenhaltung|data stor|betrieb|operation|hosting|decision|entscheidung|^\d*\.?\s*ki\b|künstliche intelligenz|artificial intelligence`)
	// Sections that weigh what might have been, or speak of something else.
	otherSection = regexp.MustCompile(`(?i)option|alternativ|considered|erwogen|betrachtet|consequence|konsequenz|pros\b|cons\b|vergleich|comparison|bewertung|evaluation|glossar|history|historie|änderung|rejected|verworfen|abgelehnt|superseded|requirement|anforderung|qualit|risk|risik|ausblick|outlook|future|introduction|einführung|goals|ziele|literatur|references|quellen`)
)

// addTexts adds the places at which texts on the architecture name what is there, and
// the components that only they name.
func (g *graph) addTexts(found []documentFacts) {
	byTerm := map[string][]*node{}
	for _, n := range g.nodes {
		if n.Term != "" {
			byTerm[n.Term] = append(byTerm[n.Term], n)
		}
	}
	for _, document := range found {
		if document.document.Role != austauschbar.RoleArchitecture {
			continue
		}
		places := map[string]int{} // by term
		for _, kind := range componentKinds {
			for _, mention := range document.mentions[kind] {
				if places[mention.Term] < maxPlaces && g.addMention(byTerm, document, mention) {
					places[mention.Term]++
				}
			}
		}
	}
}

// addMention adds one place, and says whether it did.
func (g *graph) addMention(byTerm map[string][]*node, document documentFacts, mention austauschbar.Mention) bool {
	entry, known := g.lexicon.Entries[mention.Term]
	if !known || mention.Negated || !tellsOfSolution(document.clauses[mention.Clause].Headings) {
		return false
	}
	if isModel(entry) {
		return g.mentionModel(mention)
	}
	switch drawn := byTerm[mention.Term]; {
	case len(drawn) == 1 && slices.Contains([]string{"requirement", "existing_estate", "integration_target", "definition"}, mention.Role):
		drawn[0].Sources = append(drawn[0].Sources, fromText)
		drawn[0].Evidence = append(drawn[0].Evidence, mention.Evidence)
		return true
	case len(drawn) > 0 || mention.Role != "requirement" && mention.Role != "existing_estate" || !isPart(entry):
		return false
	}
	component := austauschbar.Component{Name: mention.Name, Kind: kindOfPart(entry), Sources: []string{fromText}, Evidence: []austauschbar.Evidence{mention.Evidence}}
	g.fill(&component, mention.Term)
	component.Product = mention.Name
	if made := g.newNode(component); made != nil {
		byTerm[mention.Term] = []*node{made}
		return true
	}
	return false
}

// mentionModel adds a place of a model.
func (g *graph) mentionModel(mention austauschbar.Mention) bool {
	if mention.Role != "requirement" && mention.Role != "existing_estate" {
		return false
	}
	g.addModel(model{Model: austauschbar.Model{Name: mention.Name, Term: mention.Term, Evidence: []austauschbar.Evidence{mention.Evidence}}})
	return true
}

// isPart says whether something can be a part of a solution: what runs in it, and a library
// of one maker, which no other one takes the place of unnoticed.
func isPart(entry lexicon.Entry) bool {
	return mayRun(entry.Tags) && !isMaterial(entry) || isBoughtLibrary(entry)
}

// isBoughtLibrary says whether something is a library that is no open source.
func isBoughtLibrary(entry lexicon.Entry) bool {
	return isMaterial(entry) && !entry.Open && slices.Contains(entry.Tags, "framework") && !hasAny(entry.Tags, "language", "runtime", "dev_tool", "mobile", "operating_system")
}

// kindOfPart is the kind of a component that only a text names, where the catalogue tells none.
func kindOfPart(entry lexicon.Entry) string {
	if isBoughtLibrary(entry) {
		return "other"
	}
	return "application"
}

// mayRun says whether something can be a part of a solution's operation: what people
// write, draw and build it with is none.
func mayRun(tags []string) bool {
	return !hasAny(tags, "language", "runtime", "framework", "dev_tool", "architecture_tool", "office", "browser", "hardware", "operating_system", "mobile", "cad", "social_media")
}

// tellsOfSolution says whether a section, by its innermost heading that tells anything,
// is about what a solution is made of. A document's title alone does not tell.
func tellsOfSolution(headings []string) bool {
	for i := len(headings) - 1; i >= 0; i-- {
		switch {
		case otherSection.MatchString(headings[i]):
			return false
		case solutionSection.MatchString(headings[i]):
			return i > 0 || len(headings) == 1
		}
	}
	return false
}
