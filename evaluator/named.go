package evaluator

import (
	"cmp"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/lexicon"
)

// Some settings tell by their names alone which provider of models a component asks, though
// no file says at what address or for which model: ANTHROPIC_API_KEY.

// switchedOff are values that say that something is not used.
var switchedOff = []string{"", "0", "false", "no", "none", "null", "off", "disabled"}

// askedFor is what a setting is for by its name; "" where that is open and where its value
// switches it off.
func (g *graph) askedFor(s *setting) string {
	if slices.Contains(switchedOff, strings.ToLower(s.Value)) {
		return ""
	}
	return g.lexicon.Setting(s.Name)
}

// askedAt is the provider of models that a setting is for by its name; an empty entry for
// none.
func (g *graph) askedAt(s *setting) lexicon.Entry {
	if entry := g.lexicon.Entries[g.askedFor(s)]; answersFor(entry) {
		return entry
	}
	return lexicon.Entry{}
}

// answersFor says whether an entry stands for models that its provider runs.
func answersFor(entry lexicon.Entry) bool {
	return entry.Kind == "cloud_service" || entry.Kind == "ai_model"
}

// modelsByName adds what answers for models and is told by the names of settings alone, and,
// where nothing tells a model that its user asks for, one that is called as the provider's
// service: which one runs there is open.
func (g *graph) modelsByName() {
	known := map[*node]bool{} // users of models that are told
	placed := map[string]bool{}
	for _, m := range g.models {
		for _, n := range m.usedBy {
			known[n] = n.ID != ""
		}
		placed[m.Provider] = true
	}
	for _, list := range [][]setting{g.settings, g.unowned} {
		for i := range list {
			s := &list[i]
			id := g.askedFor(s)
			if id == "" || id == s.node.Term || len(g.endpoints[s.node]) > 0 || g.openLeft(s, id, list) {
				continue
			}
			g.tieTo(s, id)
			entry := g.lexicon.Entries[id]
			if answersFor(entry) && !known[s.node] && (s.node.ID != "" || !placed[g.providerOf(entry)]) {
				g.addModel(model{usedBy: []*node{s.node}, Model: austauschbar.Model{
					Name: entry.Name, Configured: true, Hosting: cmp.Or(g.hostingOf(entry), "service"), Provider: g.providerOf(entry), Evidence: []austauschbar.Evidence{s.naming()},
				}})
			}
		}
	}
}

// choosesBase are words of settings that choose who answers for an API that many speak.
var choosesBase = []string{"base", "endpoint", "url", "host", "azure"}

// modelsOfAnyServer adds, where nothing tells of models or of what runs them, one for each
// component whose settings leave open who answers: which one runs there is not told.
func (g *graph) modelsOfAnyServer() {
	if len(g.models) > 0 || slices.ContainsFunc(g.nodes, func(n *node) bool { return n.Kind == "model" || hasAny(n.Tags, "ai_gateway", "model_server") }) {
		return
	}
	for _, list := range [][]setting{g.settings, g.unowned} {
		for i := range list {
			s := &list[i]
			if name := choosesServer(s); name != "" {
				g.addModel(model{usedBy: []*node{s.node}, Model: austauschbar.Model{
					Name: name, Configured: true, AnyServer: true, Evidence: []austauschbar.Evidence{s.naming()},
				}})
			}
		}
	}
}

// openAPI is the API for models that many servers speak, as it is called.
const openAPI = "OpenAI API"

// choosesServer is what a setting leaves to whoever sets it: the server behind the API that
// many speak, or the kind of server ("LLM_BACKEND"); "" for other settings.
func choosesServer(s *setting) string {
	words := nameWords(s.Name)
	if secretName.MatchString(s.Name) || slices.Contains(switchedOff[1:], strings.ToLower(s.Value)) {
		return ""
	}
	switch {
	case slices.Contains(words, "openai") && !slices.Contains(words, "azure") && hasAny(words, "base", "endpoint", "url", "host"):
		return openAPI
	case hasAny(words, "llm", "llms", "genai") && hasAny(words[1:], "backend", "provider"):
		return "LLM"
	}
	return ""
}

// openLeft says whether a key for the API that many speak may be for anybody's server: where
// another setting of its component chooses the address.
func (g *graph) openLeft(s *setting, id string, list []setting) bool {
	if id != "openai_platform" {
		return false
	}
	return slices.ContainsFunc(list, func(other setting) bool {
		words := nameWords(other.Name)
		return other.sameOwner(s) && slices.Contains(words, "openai") && slices.ContainsFunc(choosesBase, func(word string) bool { return slices.Contains(words, word) })
	})
}

// sameOwner says whether two settings are those of one component, or of one module.
func (s *setting) sameOwner(other *setting) bool {
	return s.node == other.node || s.node.ID == "" && other.node.ID == "" && s.document == other.document
}

// naming is the setting's evidence with nothing but its name.
func (s *setting) naming() austauschbar.Evidence {
	evidence := s.Evidence
	evidence.Quote, evidence.Cut = "", true
	if settingName.MatchString(s.Name) {
		evidence.Quote = s.Name
	}
	return evidence
}

// tieTo adds the edge to what a setting is for by its name: what files show of it, else a
// component of its own.
func (g *graph) tieTo(s *setting, id string) {
	target := g.answering[id]
	if drawn := g.ofTerm(id); target == nil && len(drawn) > 0 {
		target = drawn[0]
	}
	if target == nil {
		if target = g.newService(id); target == nil {
			return
		}
		if !answersFor(g.lexicon.Entries[id]) {
			target.External, target.Hosting, target.Provider = false, "", ""
		}
	}
	g.answering[id] = target
	target.Evidence = append(target.Evidence, s.naming())
	target.Sources = append(target.Sources, s.format)
	if s.node.ID != "" && s.node != target {
		g.addEdge(edge{
			Interface: austauschbar.Interface{Kind: "dependency", Evidence: []austauschbar.Evidence{s.naming()}},
			from:      s.node, to: target, document: s.document, derived: true,
		})
	}
}
