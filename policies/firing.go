package policies

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/topdown"

	"github.com/austauschbar/austauschbar"
)

// A Firing says how many dossiers made one rule of a criterion true.
type Firing struct {
	Criterion string `json:"criterion"`
	Rule      string `json:"rule"`           // "rating", "findings", "not_applicable"
	Code      string `json:"code,omitempty"` // of findings, where the rule's text tells it
	File      string `json:"file"`           // from the policies' folder
	Line      int    `json:"line"`           // 1-based
	Dossiers  int    `json:"dossiers"`
}

// asked are the rules that a criterion offers for judging.
var asked = []string{"rating", "findings", "not_applicable"}

// Firings asks all criteria about dossiers and counts for how many each rule fired,
// in the order of criteria and lines. Branches behind else count for themselves.
func (p *Policies) Firings(ctx context.Context, dossiers []austauschbar.Facts) ([]Firing, error) {
	found := map[place]*Firing{}
	for _, c := range p.criteria {
		p.addRules(c, found)
	}
	for _, facts := range dossiers {
		input := factsValue(facts)
		for _, c := range p.criteria {
			seen := fired{}
			if _, err := c.query.Eval(ctx, rego.EvalParsedInput(input), rego.EvalQueryTracer(seen)); err != nil {
				return nil, fmt.Errorf("judge %s: %w", c.ID, err)
			}
			for at := range seen {
				if firing, ok := found[at]; ok {
					firing.Dossiers++
				}
			}
		}
	}
	list := make([]Firing, 0, len(found))
	for _, firing := range found {
		list = append(list, *firing)
	}
	slices.SortFunc(list, func(a, b Firing) int {
		return cmp.Or(strings.Compare(a.Criterion, b.Criterion), cmp.Compare(a.Line, b.Line))
	})
	return list, nil
}

// addRules adds what a criterion offers for judging, branches behind else too.
func (p *Policies) addRules(c criterion, found map[place]*Firing) {
	for name, module := range p.modules {
		if module.Package.Path.String() != c.at {
			continue
		}
		said := readModule(name, module)
		ast.WalkRules(module, func(rule *ast.Rule) bool {
			if at := placeOf(rule); slices.Contains(asked, rule.Head.Name.String()) {
				found[at] = &Firing{Criterion: c.ID, Rule: rule.Head.Name.String(), Code: said.CodeAt(at.line), File: at.file, Line: at.line}
			}
			return false
		})
	}
}

// A place is where a rule begins.
type place struct {
	file string
	line int
}

func placeOf(rule *ast.Rule) place { return place{rule.Head.Location.File, rule.Head.Location.Row} }

// fired notes the rules that came true.
type fired map[place]bool

func (f fired) Enabled() bool { return true }

func (f fired) Config() topdown.TraceConfig { return topdown.TraceConfig{} }

func (f fired) TraceEvent(event topdown.Event) {
	if rule, ok := event.Node.(*ast.Rule); ok && event.Op == topdown.ExitOp {
		f[placeOf(rule)] = true
	}
}
