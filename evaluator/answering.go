package evaluator

import (
	"regexp"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/compose"
)

// That a component answers over HTTP is told by who asks it whether it is well, even where its
// ports and addresses name no protocol. The address at which it listens tells only where: gRPC
// listens at "http://*:8080" too.

var (
	// ownPage matches an address at which a component asks itself, whatever holds its port.
	ownPage = regexp.MustCompile(`(?i)(https?://)?(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\])(?::(?:\d{2,5}|\$\{?\w+\}?))?(?:[/\s"']|$)`)
	// fetches matches the programs that fetch pages.
	fetches = regexp.MustCompile(`(?:^|[\s/"'])(?:curl|wget)(?:\s|$)`)
	// asksPath matches the setting of a load balancer that holds a page to be asked for.
	asksPath = regexp.MustCompile(`(?i)(?:^|\.)health_?check\.path$`)
)

// answersPages says whether a setting tells that its component answers over HTTP.
func answersPages(s austauschbar.Setting) bool {
	switch {
	case len(s.Value) > maxSetting:
		return false
	case s.Name == compose.HealthCheck:
		found := ownPage.FindStringSubmatch(s.Value)
		return found != nil && (found[1] != "" || fetches.MatchString(s.Value))
	case asksPath.MatchString(s.Name):
		return len(s.Value) > 0 && s.Value[0] == '/'
	}
	return false
}

// tellPages gives interfaces without a protocol that of the web, where settings tell that
// their component answers over it and the catalogue knows no other one for it. Where nothing
// else tells how it is reached, people reach it.
func (g *graph) tellPages(found []documentFacts) {
	answering, order := map[*node]austauschbar.Evidence{}, []*node(nil)
	for i, document := range found {
		for _, said := range document.architecture.Settings {
			n := g.nodeOf(i, said.Component)
			if n == nil || g.lexicon.Entries[n.Term].Speaks != "" || !answersPages(said) {
				continue
			}
			if _, known := answering[n]; !known {
				answering[n] = said.Evidence
				order = append(order, n)
			}
		}
	}
	told := map[*node]bool{}
	for i := range g.edges {
		e := &g.edges[i]
		if _, answers := answering[e.to]; !answers || e.Specification != nil {
			continue
		}
		if e.Protocol == "" && e.kind() == "api" {
			e.Protocol = "http"
			g.nameProtocol(&e.Interface)
		}
		told[e.to] = told[e.to] || e.Protocol != ""
	}
	for _, n := range order {
		if !told[n] {
			g.addEdge(edge{Interface: austauschbar.Interface{Kind: "user", Protocol: "http", Evidence: []austauschbar.Evidence{answering[n]}}, to: n, derived: true})
		}
	}
}
