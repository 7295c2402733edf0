package evaluator

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/lexicon"
)

// A model is an AI model with the nodes that it stands beside.
type model struct {
	austauschbar.Model
	key     string // its name, for comparison
	gateway *node
	usedBy  []*node
}

// An endpoint is where a component sends what it asks a model.
type endpoint struct {
	setting string
	host    string
	node    *node // nil for a host that nobody knows
}

// aiWords are parts of settings' names that are about AI models.
var aiWords = []string{"llm", "llms", "openai", "gpt", "chatgpt", "anthropic", "claude", "mistral", "ollama", "vllm", "litellm", "embedding", "embeddings", "embed", "rerank", "reranker", "whisper", "ai", "genai", "bedrock", "vertex", "gemini", "localai", "inference", "completion"}

// aboutAI says whether a setting is about AI models by its name.
func aboutAI(name string) bool {
	return slices.ContainsFunc(nameWords(name), func(word string) bool { return slices.Contains(aiWords, word) })
}

// asksModels says whether a setting is about AI models by its name, or by the file that it
// stands in.
func asksModels(s *setting) bool { return s.format == "llmconfig" || aboutAI(s.Name) }

// fullName is a host name of the Internet.
var fullName = regexp.MustCompile(`^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*\.[a-z]{2,}$`)

// noteEndpoint keeps where a component reaches models. A host that nobody knows counts
// where the setting is about AI and its address cannot hold a password.
func (g *graph) noteEndpoint(s *setting, to address, target *node) {
	serves := target != nil && (target.Kind == "model" || hasAny(target.Tags, "ai_gateway", "model_server"))
	named := asksModels(s) && (target != nil || to.scheme != "" && fullName.MatchString(to.host) && !strings.Contains(s.Value, "@"))
	if (serves || named) && target != s.node {
		g.endpoints[s.node] = append(g.endpoints[s.node], endpoint{s.Name, to.host, target})
	}
}

func hasAny(list []string, wanted ...string) bool {
	return slices.ContainsFunc(wanted, func(text string) bool { return slices.Contains(list, text) })
}

// findModels adds the models that files list, that settings name and that components
// are said to be or to use.
func (g *graph) findModels(found []documentFacts) {
	for i, document := range found {
		for _, said := range document.architecture.Models {
			said = said.Clone()
			made := model{Model: said}
			for _, id := range said.UsedBy {
				if n := g.nodeOf(i, id); n != nil {
					made.usedBy = append(made.usedBy, n)
				}
			}
			made.gateway = g.nodeOf(i, said.Gateway)
			g.reachDeclared(&made)
			g.addModel(made)
		}
	}
	for _, list := range [][]setting{g.settings, g.unowned} {
		for i := range list {
			g.modelsIn(&list[i])
		}
	}
	g.modelsByName()
	g.modelsOfAnyServer()
	for _, n := range slices.Clone(g.nodes) {
		g.modelsOf(n)
	}
	g.joinServed()
}

// joinServed makes one model of the one that is asked for at a gateway and the one that
// a server behind the gateway runs.
func (g *graph) joinServed() {
	behind := map[*node][]*node{} // by gateway
	for _, e := range g.edges {
		if e.from != nil && e.to != nil && hasAny(e.from.Tags, "ai_gateway") && hasAny(e.to.Tags, "model_server") {
			behind[e.from] = append(behind[e.from], e.to)
		}
	}
	var left []model
	for _, m := range g.models {
		at := slices.IndexFunc(left, func(known model) bool {
			return known.key == m.key && (served(known, m, behind) || served(m, known, behind))
		})
		if at < 0 {
			left = append(left, m)
		} else {
			left[at].take(m)
		}
	}
	g.models, g.modelsNamed = left, map[string][]int{}
	for i, m := range left {
		g.modelsNamed[m.key] = append(g.modelsNamed[m.key], i)
	}
}

// served says whether a model that is asked for at a gateway is one that only servers
// behind it are told to run.
func served(asked, run model, behind map[*node][]*node) bool {
	return asked.gateway != nil && run.gateway == nil && len(run.usedBy) > 0 &&
		!slices.ContainsFunc(run.usedBy, func(n *node) bool { return !slices.Contains(behind[asked.gateway], n) })
}

// modelsOf adds the models that a component's technology names or that it is.
func (g *graph) modelsOf(n *node) {
	if entry, known := g.lexicon.Entries[n.Term]; known && isModel(entry) && len(n.parts) > 0 {
		g.addModel(model{Model: austauschbar.Model{Name: n.Name, Term: n.Term, Evidence: n.Evidence}, usedBy: g.callers(n)})
		return
	}
	for _, item := range items.Split(n.Technology, -1) {
		if id, entry := g.modelNamed(strings.TrimSpace(item)); id != "" {
			g.addModel(model{Model: austauschbar.Model{Name: strings.TrimSpace(item), Term: id, Product: entry.Name, Evidence: n.Evidence}, usedBy: []*node{n}})
		}
	}
}

// callers are the nodes with an edge to a node.
func (g *graph) callers(n *node) []*node {
	var list []*node
	for _, e := range g.edges {
		if e.to == n && e.from != nil {
			list = append(list, e.from)
		}
	}
	return list
}

// isModel says whether an entry is a model rather than a service or an assistant.
func isModel(entry lexicon.Entry) bool {
	return entry.Kind == "ai_model" && hasAny(entry.Tags, "language_model", "embedding", "media_model")
}

var (
	secretName = regexp.MustCompile(`(?i)key|secret|token|passw|credential|auth`)
	modelOther = regexp.MustCompile(`(?i)path|dir|cache|url|file|port|timeout|size|max|min|host|provider|temperature|region|version|access|count|limit|enable|type|format|prompt`)
	modelValue = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9._:/-]{1,79}$`)
	modelFlag  = regexp.MustCompile(`--(?:served-)?model(?:-id|-name)?[=\s]+([A-Za-z][A-Za-z0-9._:/-]{1,79})(?:\s|$)`)
)

// modelsIn adds the models that a setting names. A name that the catalogue does not know
// counts only where the setting says twice what it is: by "model" and by what is about AI.
func (g *graph) modelsIn(s *setting) {
	if secretName.MatchString(s.Name) || len(s.Value) > maxSetting {
		return
	}
	serves := hasAny(s.node.Tags, "model_server")
	for _, found := range modelFlag.FindAllStringSubmatch(s.Value, -1) {
		g.modelIn(s, found[1], serves)
	}
	says := strings.Contains(strings.ToLower(s.Name), "model")
	if modelOther.MatchString(s.Name) || !says && !asksModels(s) {
		return
	}
	for _, value := range strings.FieldsFunc(s.Value, func(r rune) bool { return r == ',' || r == ' ' || r == ';' }) {
		g.modelIn(s, value, says && (serves || asksModels(s)))
	}
}

// modelIn adds one model that a setting names; trusted where even an unknown name must
// be a model's.
func (g *graph) modelIn(s *setting, name string, trusted bool) {
	if !modelValue.MatchString(name) {
		return
	}
	id, _ := g.modelNamed(name)
	if id == "" && (!trusted || !looksLikeModel(name)) {
		return
	}
	made := model{Model: austauschbar.Model{Name: name, Term: id, Configured: true, Assumed: s.Default, Evidence: []austauschbar.Evidence{s.quoting(name)}}, usedBy: []*node{s.node}}
	if at, known := g.endpointFor(s); known {
		g.reach(&made, at)
	} else if provider := g.askedAt(s); provider.Name != "" {
		made.Hosting, made.Provider = "service", g.providerOf(provider)
	} else if hasAny(s.node.Tags, "model_server") {
		made.Hosting, made.Endpoint = "self", slugOf(s.node.Name)
	}
	g.addModel(made)
}

// looksLikeModel says whether a text may be a model's name: words and numbers, no key.
func looksLikeModel(name string) bool {
	if len(name) < 3 || strings.HasPrefix(name, "sk-") || slices.Contains([]string{"true", "false", "none", "null", "default", "auto"}, strings.ToLower(name)) || strings.Contains(name, "://") {
		return false
	}
	return !slices.ContainsFunc(strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune("._:/-", r) }), func(word string) bool { return len(word) > 20 })
}

// endpointFor is where the model of a setting is reached: of several endpoints the one
// whose setting has most words in common with it.
func (g *graph) endpointFor(s *setting) (endpoint, bool) {
	best, most, tie := endpoint{}, -1, false
	for _, at := range g.endpoints[s.node] {
		shared := 0
		for _, word := range nameWords(at.setting) {
			if slices.Contains(nameWords(s.Name), word) {
				shared++
			}
		}
		switch {
		case shared > most:
			best, most, tie = at, shared, false
		case shared == most && (at.host != best.host || at.node != best.node):
			tie = true
		}
	}
	return best, most >= 0 && !tie
}

// reach tells where a model runs by what answers for it. Behind a gateway that is open.
func (g *graph) reach(m *model, at endpoint) {
	m.Endpoint = at.host
	switch {
	case at.node == nil:
	case hasAny(at.node.Tags, "ai_gateway"):
		m.gateway = at.node
	case hasAny(at.node.Tags, "model_server"), at.node.Custom:
		m.Hosting = "self"
	default:
		m.Hosting, m.Provider = at.node.Hosting, at.node.Provider
	}
}

// reachDeclared tells where a model runs whose file gives its host: at the only component of
// that name, or at a service that the catalogue knows.
func (g *graph) reachDeclared(m *model) {
	if m.Endpoint == "" || m.Hosting != "" {
		return
	}
	if here := g.hosts[m.Endpoint]; len(here) == 1 {
		g.reach(m, endpoint{host: m.Endpoint, node: here[0]})
		return
	}
	if entry := g.lexicon.Entries[g.lexicon.Host(m.Endpoint)]; answersFor(entry) {
		m.Hosting, m.Provider, m.AnyServer = cmp.Or(g.hostingOf(entry), "service"), g.providerOf(entry), false
	}
}

// joinedVersion is a number that is written to the name before it: "llama3.1".
var joinedVersion = regexp.MustCompile(`([A-Za-z]{3,})(\d)`)

// leadingLetters are those of a family whose name is in capitals: "gpt-4-turbo".
var leadingLetters = regexp.MustCompile(`^[a-z]{2,4}-`)

// modelNamed returns the entry of a model as settings write it: "gpt-4o",
// "ollama/llama3:8b", "mistralai/Mistral-7B-Instruct-v0.3", "anthropic.claude-3-haiku".
func (g *graph) modelNamed(name string) (string, lexicon.Entry) {
	if name == "" || len(name) > maxQuote {
		return "", lexicon.Entry{}
	}
	name = name[strings.LastIndexByte(name, '/')+1:]
	name, _, _ = strings.Cut(name, ":")
	candidates := []string{name}
	if vendor, rest, has := strings.Cut(name, "."); has && vendor != "" && strings.Trim(strings.ToLower(vendor), "abcdefghijklmnopqrstuvwxyz") == "" {
		candidates = append(candidates, rest)
	}
	for _, candidate := range candidates {
		capital := leadingLetters.ReplaceAllStringFunc(candidate, strings.ToUpper)
		for _, text := range []string{candidate, joinedVersion.ReplaceAllString(candidate, "$1-$2"), capital} {
			hits, _ := g.scanner.Scan(text)
			for _, hit := range hits {
				entry := g.lexicon.Entries[hit.ID]
				if hit.Set == lexicon.SetName && isModel(entry) && hit.Start == 0 {
					return hit.ID, entry
				}
			}
		}
	}
	return "", lexicon.Entry{}
}

// addModel adds a model, or what is said of it to the one that it is: that of the same
// name at the same place, where both tell a place.
func (g *graph) addModel(m model) {
	m.key = keyOf(m.Name[strings.LastIndexByte(m.Name, '/')+1:])
	if m.Term == "" {
		m.Term, _ = g.modelNamed(m.Name)
	}
	if entry, known := g.lexicon.Entries[m.Term]; known {
		m.Product, m.Vendor, m.Licence, m.Parts = entry.Name, g.vendorOf(entry), cmp.Or(m.Licence, entry.Licence), entry.Parts
		m.Open, m.Alternatives = new(entry.Open), g.alternatives(entry)
	}
	m.Model = m.Model.Clone()
	for _, at := range g.modelsNamed[m.key][:min(maxCompared, len(g.modelsNamed[m.key]))] {
		known := &g.models[at]
		placed := func(m *model) bool { return m.Endpoint != "" || m.gateway != nil }
		if known.key == m.key && (!placed(known) || !placed(&m) || known.Endpoint == m.Endpoint && known.gateway == m.gateway) {
			known.take(m)
			return
		}
	}
	if len(g.models) == maxComponents {
		g.cut = true
		return
	}
	g.modelsNamed[m.key] = append(g.modelsNamed[m.key], len(g.models))
	g.models = append(g.models, m)
}

// take adds what is said of the same model elsewhere.
func (m *model) take(other model) {
	m.usedBy = append(m.usedBy, other.usedBy...)
	m.gateway = cmp.Or(m.gateway, other.gateway)
	m.Endpoint, m.Hosting, m.Provider = cmp.Or(m.Endpoint, other.Endpoint), cmp.Or(m.Hosting, other.Hosting), cmp.Or(m.Provider, other.Provider)
	m.Licence, m.Configured = cmp.Or(m.Licence, other.Licence), m.Configured || other.Configured
	m.Assumed, m.AnyServer = m.Assumed && other.Assumed, m.AnyServer || other.AnyServer
	m.Evidence = append(m.Evidence, other.Evidence...)
}

// written is the model as one of the graph.
func (m *model) written(ids *ids) austauschbar.Model {
	made := m.Model
	made.ID, made.Gateway, made.UsedBy = ids.name(m.Name, "model"), m.gateway.id(), nil
	for _, n := range m.usedBy {
		if n.ID != "" {
			made.UsedBy = append(made.UsedBy, n.ID)
		}
	}
	made.UsedBy = union(made.UsedBy, nil)
	return made
}
