package policies

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"reflect"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/topdown"

	"github.com/austauschbar/austauschbar"
)

// A Decision is what one rule of a criterion says of a dossier, with the lines that
// made it come true.
type Decision struct {
	Rule  string `json:"rule"`            // "rating", "not_applicable", "findings"
	Value string `json:"value,omitempty"` // the rating, the reason, the finding's code where the text tells it
	Steps []Step `json:"steps"`           // the rule, then what it rests on
}

// A Step is a rule or function that came true.
type Step struct {
	Depth int        `json:"depth"` // 0 for the rule itself
	Lines []Line     `json:"lines"` // in their order
	Facts []UsedFact `json:"facts"`
	More  int        `json:"more,omitempty"`  // facts left out
	Above bool       `json:"above,omitempty"` // told before, with all it rests on
}

// A Line is a line of a policy.
type Line struct {
	File string `json:"file"` // from the policies' folder
	Line int    `json:"line"` // 1-based
	Text string `json:"text"`
}

// A UsedFact is a value that a rule had in hand.
type UsedFact struct {
	Name     string                 `json:"name"`               // of the variable
	Value    string                 `json:"value,omitempty"`    // "" where the evidence tells all
	Evidence *austauschbar.Evidence `json:"evidence,omitempty"` // nil for what has no place
}

// mostFacts bounds what is listed of one step.
const mostFacts = 5

// Explain tells which lines of a criterion decided about facts: its own, and those of
// library functions that it calls itself; of all that these call too where deep is
// asked for. An unknown id is an *UnknownError.
func (p *Policies) Explain(ctx context.Context, facts austauschbar.Facts, id string, deep bool) ([]Decision, error) {
	i := slices.IndexFunc(p.criteria, func(c criterion) bool { return strings.EqualFold(c.ID, id) })
	if i < 0 {
		return nil, &UnknownError{"criterion", id, p.ids()}
	}
	c := p.criteria[i]
	if _, err := c.ask(ctx, factsValue(facts)); err != nil {
		return nil, fmt.Errorf("judge %s: %w", c.ID, err)
	}
	var decisions []Decision
	telling := telling{p: p, deep: deep, file: p.said(c).File, told: map[string]bool{}}
	for _, rule := range asked {
		found, err := p.decisions(ctx, c, rule, factsValue(facts), telling)
		if err != nil {
			return nil, fmt.Errorf("explain %s of %s: %w", rule, c.ID, err)
		}
		decisions = append(decisions, found...)
	}
	return decisions, nil
}

// decisions runs one rule under a trace.
func (p *Policies) decisions(ctx context.Context, c criterion, rule string, input ast.Value, telling telling) ([]Decision, error) {
	said := p.said(c)
	query, err := prepare(ctx, p.compiler, p.data, fmt.Sprintf("value := [v | v := %s.%s]", c.at, rule))
	if err != nil {
		return nil, err
	}
	t := newTracer()
	results, err := query.Eval(ctx, rego.EvalParsedInput(input), rego.EvalQueryTracer(t))
	if err != nil || len(results) == 0 {
		return nil, err
	}
	value := ""
	if values, _ := results[0].Bindings["value"].([]any); len(values) == 1 {
		value, _ = values[0].(string) // findings are a set
	}
	var decisions []Decision
	for _, root := range t.roots {
		if root.rule.Head.Name.String() != rule {
			continue
		}
		decision := Decision{Rule: rule, Value: cmp.Or(value, said.CodeAt(root.rule.Head.Location.Row))}
		if decision.Steps, err = telling.steps(root, 0); err != nil {
			return nil, err
		}
		decisions = append(decisions, decision)
	}
	return decisions, nil
}

func (p *Policies) said(c criterion) Said {
	for name, module := range p.modules {
		if module.Package.Path.String() == c.at {
			return readModule(name, module)
		}
	}
	return Said{}
}

// telling is an Explain under way.
type telling struct {
	p    *Policies
	deep bool
	file string          // of the criterion
	told map[string]bool // steps, by what they show
}

// steps lists a rule that came true and what it rests on, each in full once.
func (t telling) steps(of *came, depth int) ([]Step, error) {
	step := Step{Depth: depth, Facts: of.facts}
	if len(step.Facts) > mostFacts {
		step.Facts, step.More = step.Facts[:mostFacts], len(step.Facts)-mostFacts
	}
	for _, at := range of.lines {
		text, err := t.p.line(at)
		if err != nil {
			return nil, err
		}
		step.Lines = append(step.Lines, Line{at.file, at.line, text})
	}
	key := fmt.Sprint(of.lines, of.facts)
	if depth > 0 && t.told[key] {
		return []Step{{Depth: depth, Lines: step.Lines[:1], Facts: []UsedFact{}, Above: true}}, nil
	}
	t.told[key] = true
	steps := []Step{step}
	if !t.deep && step.Lines[0].File != t.file {
		return steps, nil // what a library does is its own matter
	}
	for _, rests := range of.rests {
		if !t.deep && rests.lines[0].file == builderFile {
			continue
		}
		below, err := t.steps(rests, depth+1)
		if err != nil {
			return nil, err
		}
		steps = append(steps, below...)
	}
	return steps, nil
}

// builderFile builds findings and decides nothing.
const builderFile = "lib/result.rego"

func (p *Policies) line(at place) (string, error) {
	data, err := fs.ReadFile(p.files, at.file)
	if err != nil {
		return "", err
	}
	lines := strings.Split(string(data), "\n")
	if at.line < 1 || at.line > len(lines) {
		return "", fmt.Errorf("%s has no line %d", at.file, at.line)
	}
	return strings.TrimSpace(lines[at.line-1]), nil
}

// came is a rule that came true.
type came struct {
	rule  *ast.Rule
	lines []place // of its head and of the expressions that were true
	facts []UsedFact
	rests []*came // the rules that its expressions asked
}

// A tracer keeps of a trace what was true at the end.
type tracer struct {
	frames map[uint64]*frame
	known  map[string]*came // complete rules, which OPA asks once only
	roots  []*came
}

// A frame is a rule or comprehension under evaluation.
type frame struct {
	parent *frame
	trues  []expression // those before the one under evaluation
}

type expression struct {
	index int
	at    place
	asks  []string // rules that it names
	rests []*came
	lines []place // of comprehensions within
	facts []UsedFact
}

func newTracer() *tracer { return &tracer{frames: map[uint64]*frame{}, known: map[string]*came{}} }

func (t *tracer) Enabled() bool { return true }

func (t *tracer) Config() topdown.TraceConfig { return topdown.TraceConfig{PlugLocalVars: true} }

func (t *tracer) TraceEvent(event topdown.Event) {
	switch event.Op {
	case topdown.EnterOp:
		t.frames[event.QueryID] = &frame{parent: t.frames[event.ParentID]}
	case topdown.EvalOp:
		if expr, ok := event.Node.(*ast.Expr); ok {
			t.frame(event).evaluate(expr)
		}
	case topdown.RedoOp:
		if expr, ok := event.Node.(*ast.Expr); ok {
			t.frame(event).backTo(expr.Index)
		}
	case topdown.ExitOp:
		t.exit(event)
	}
}

func (t *tracer) frame(event topdown.Event) *frame {
	known, ok := t.frames[event.QueryID]
	if !ok {
		known = &frame{parent: t.frames[event.ParentID]}
		t.frames[event.QueryID] = known
	}
	return known
}

// backTo drops the expressions behind one: what they held is tried anew.
func (f *frame) backTo(index int) {
	f.trues = slices.DeleteFunc(f.trues, func(e expression) bool { return e.index > index })
}

func (f *frame) evaluate(expr *ast.Expr) {
	f.trues = slices.DeleteFunc(f.trues, func(e expression) bool { return e.index >= expr.Index })
	one := expression{index: expr.Index}
	if expr.Location != nil {
		one.at = place{expr.Location.File, expr.Location.Row}
	}
	ast.WalkRefs(expr, func(ref ast.Ref) bool {
		if ref.HasPrefix(ast.DefaultRootRef) {
			one.asks = append(one.asks, ref.ConstantPrefix().String())
		}
		return false
	})
	f.trues = append(f.trues, one)
}

// exit notes what came true, where its caller is at the moment.
func (t *tracer) exit(event topdown.Event) {
	own := t.frame(event)
	facts := factsIn(event)
	rule, isRule := event.Node.(*ast.Rule)
	done := &came{rule: rule, facts: facts}
	if isRule {
		done.lines = append(done.lines, placeOf(rule))
	}
	for _, e := range own.trues {
		t.take(done, e)
	}
	slices.SortFunc(done.lines, func(a, b place) int { return cmp.Or(strings.Compare(a.file, b.file), cmp.Compare(a.line, b.line)) })
	done.lines = slices.Compact(done.lines)
	if isRule && len(rule.Head.Args) == 0 {
		t.know(event, done)
	}
	switch parent := own.parent; {
	case parent == nil || len(parent.trues) == 0:
		if isRule {
			t.roots = append(t.roots, done)
		}
	case isRule && outermost(parent):
		t.roots = append(t.roots, done)
	case isRule:
		last := &parent.trues[len(parent.trues)-1]
		last.rests = append(last.rests, done)
	default: // a comprehension belongs to whom it stands in
		last := &parent.trues[len(parent.trues)-1]
		last.lines, last.rests = append(last.lines, done.lines...), append(last.rests, done.rests...)
		last.facts = append(last.facts, done.facts...)
	}
}

// know keeps what a rule without arguments rests on, with its value where that is
// short, for those who ask again: OPA itself answers from memory.
func (t *tracer) know(event topdown.Event, done *came) {
	if value := done.rule.Head.Value; value != nil && done.rule.Head.RuleKind() == ast.SingleValue {
		switch plugged := event.Plug(value).Value.(type) {
		case ast.String, ast.Number:
			done.facts = addFact(done.facts, UsedFact{Name: string(done.rule.Head.Name), Value: plugged.String()})
		}
	}
	name := done.rule.Ref().ConstantPrefix().String()
	if before, ok := t.known[name]; ok && before.rule == done.rule {
		before.add(done) // another member of a set
		return
	}
	t.known[name] = done.clone()
}

func (c *came) clone() *came {
	return &came{c.rule, slices.Clone(c.lines), slices.Clone(c.facts), slices.Clone(c.rests)}
}

// add joins what another evaluation of the same rule shows.
func (c *came) add(other *came) {
	for _, fact := range other.facts {
		c.facts = addFact(c.facts, fact)
	}
	for _, rests := range other.rests {
		c.rest(rests)
	}
}

// rest notes what a rule rests on; the same lines with other facts join.
func (c *came) rest(on *came) {
	i := slices.IndexFunc(c.rests, func(r *came) bool { return slices.Equal(r.lines, on.lines) })
	if i < 0 {
		c.rests = append(c.rests, on)
		return
	}
	joined := c.rests[i].clone()
	for _, fact := range on.facts {
		joined.facts = addFact(joined.facts, fact)
	}
	c.rests[i] = joined
}

// outermost says whether a frame belongs to the query and not to a rule.
func outermost(f *frame) bool {
	return !slices.ContainsFunc(f.trues, func(e expression) bool { return e.at.file != "" })
}

// take adds what an expression shows.
func (t *tracer) take(to *came, e expression) {
	if e.at.file != "" {
		to.lines = append(to.lines, e.at)
	}
	to.lines = append(to.lines, e.lines...)
	for _, fact := range e.facts {
		to.facts = addFact(to.facts, fact)
	}
	rests := slices.Clone(e.rests)
	for _, name := range e.asks {
		if known, ok := t.known[name]; ok {
			rests = append(rests, known)
		}
	}
	for _, one := range rests {
		to.rest(one)
	}
}

// factsIn lists the values of the variables that people named.
func factsIn(event topdown.Event) []UsedFact {
	var facts []UsedFact
	event.Locals.Iter(func(key, value ast.Value) bool {
		variable, ok := key.(ast.Var)
		if !ok {
			return false
		}
		name := string(variable)
		if metadata, known := event.LocalMetadata[variable]; known {
			name = string(metadata.Name)
		}
		if strings.HasPrefix(name, ast.LocalVarPrefix) || strings.HasPrefix(name, "$") || strings.HasPrefix(name, "_") {
			return false
		}
		for _, fact := range factsOf(name, value) {
			facts = addFact(facts, fact)
		}
		return false
	})
	slices.SortStableFunc(facts, func(a, b UsedFact) int { return strings.Compare(a.Name, b.Name) })
	return facts
}

// addFact adds a fact that is not there yet; the same passage under another name is.
func addFact(facts []UsedFact, fact UsedFact) []UsedFact {
	if slices.ContainsFunc(facts, func(f UsedFact) bool {
		return reflect.DeepEqual(f, fact) || f.Evidence != nil && fact.Evidence != nil && f.Value == fact.Value && *f.Evidence == *fact.Evidence
	}) {
		return facts
	}
	return append(facts, fact)
}

// longestValue bounds lists that are shown as they are, in bytes.
const longestValue = 60

// factsOf reads a value: a thing with evidence, several of these, or something short.
func factsOf(name string, value ast.Value) []UsedFact {
	var facts []UsedFact
	each := func(term *ast.Term) {
		if object, ok := term.Value.(ast.Object); ok {
			facts = append(facts, factsOf(name, object)...)
		}
	}
	switch value := value.(type) {
	case *ast.Array:
		value.Foreach(each)
	case ast.Set:
		value.Foreach(each)
	case ast.Object:
		if evidence, ok := evidenceOf(value); ok {
			return []UsedFact{{Name: name, Value: summary(value), Evidence: &evidence}}
		}
		return nil
	}
	if len(facts) == 0 && len(value.String()) <= longestValue {
		return []UsedFact{{Name: name, Value: value.String()}}
	}
	return facts
}

// evidenceOf is the place that a thing bears, or is.
func evidenceOf(object ast.Object) (evidence austauschbar.Evidence, ok bool) {
	value := ast.Value(object)
	if inner := object.Get(ast.StringTerm("evidence")); inner != nil {
		value = inner.Value
	} else if object.Get(ast.StringTerm("quote")) == nil {
		return evidence, false
	}
	plain, err := ast.ValueToInterface(value, nil)
	if err != nil || recode(plain, &evidence) != nil {
		return evidence, false
	}
	return evidence, evidence.Path != ""
}

// tellingKeys are the keys of a fact that say what it is.
var tellingKeys = []string{"name", "term", "polarity", "role", "months", "value"}

func summary(object ast.Object) string {
	var parts []string
	for _, key := range tellingKeys {
		if term := object.Get(ast.StringTerm(key)); term != nil {
			switch value := term.Value.(type) {
			case ast.String:
				parts = append(parts, string(value))
			case ast.Number:
				parts = append(parts, key+" "+value.String())
			}
		}
	}
	return strings.Join(parts, ", ")
}
