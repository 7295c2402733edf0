package terraform

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// A value is what an expression comes to, as far as the files say it.
type value struct {
	kind  kind
	key   string // of a member of an object
	text  string // of a scalar
	items []*value
	refs  []ref // what an unknown value would be taken from
	place place
}

type kind int

const (
	unknown kind = iota
	scalar
	list
	object
)

// A place is a line of a file.
type place struct {
	path string
	line int
}

// A ref is a place that names a resource or module.
type ref struct {
	address string
	place   place
}

// at returns the first member of an object with one of these keys; nil where there is
// none.
func (v *value) at(keys ...string) *value {
	if v == nil || v.kind != object {
		return nil
	}
	for _, key := range keys {
		for _, item := range v.items {
			if item.key == key {
				return item
			}
		}
	}
	return nil
}

// string is the text of a scalar; "" for all else.
func (v *value) string() string {
	if v == nil || v.kind != scalar {
		return ""
	}
	return v.text
}

// An expression is one of HCL or of JSON.
type expression struct {
	path string
	hcl  hclsyntax.Expression
	json *limit.Value
}

// An evaluator resolves expressions of one module.
type evaluator struct {
	names     map[string]expression // of variables and locals: "var.env", "local.name"
	known     map[string]*value     // those that were resolved
	resolving map[string]bool
	addresses map[string]bool // of resources and modules
	steps     int             // values made and looked at
	text      int             // bytes of texts put together
	depth     int
}

// Bounds of one module.
const (
	maxSteps = limit.Elements
	maxText  = 64 << 10 // bytes of one text
	maxRefs  = 200      // of one value
)

// spent says whether a module was found to be without end.
func (e *evaluator) spent() bool { return e.steps > maxSteps || e.text > limit.Text }

// step counts a value that is made or looked at; false once they are too many.
func (e *evaluator) step() bool {
	e.steps++
	return !e.spent()
}

func (e *evaluator) evaluate(x expression) *value {
	if x.json != nil {
		return e.json(x.json, x.path)
	}
	return e.hcl(x.hcl, x.path)
}

// body makes an object of a block: its arguments in their order, then the blocks within.
func (e *evaluator) body(body *hclsyntax.Body, path string) *value {
	v := &value{kind: object, place: place{path, body.SrcRange.Start.Line}}
	if e.depth++; e.depth > limit.Depth || e.spent() {
		e.depth--
		return v
	}
	defer func() { e.depth-- }()
	for _, attribute := range inOrder(body) {
		item := *e.hcl(attribute.Expr, path)
		item.key = attribute.Name
		v.items = append(v.items, &item)
	}
	for _, block := range body.Blocks {
		key, inner := block.Type, block.Body
		if key == "dynamic" && len(block.Labels) == 1 {
			key = block.Labels[0]
			for _, content := range inner.Blocks {
				if content.Type == "content" {
					inner = content.Body
				}
			}
		}
		item := e.body(inner, path)
		item.key = key
		v.items = append(v.items, item)
	}
	return v
}

// hcl evaluates an expression.
func (e *evaluator) hcl(x hclsyntax.Expression, path string) *value {
	v := &value{place: place{path, x.Range().Start.Line}}
	if e.depth++; e.depth > 2*limit.Depth {
		e.depth--
		return v
	}
	defer func() { e.depth-- }()
	if !e.step() {
		return v
	}
	switch x := x.(type) {
	case *hclsyntax.ParenthesesExpr:
		return e.hcl(x.Expression, path)
	case *hclsyntax.TemplateWrapExpr:
		return e.hcl(x.Wrapped, path)
	case *hclsyntax.ObjectConsKeyExpr:
		if name := hcl.ExprAsKeyword(x); name != "" && !x.ForceNonLiteral {
			v.kind, v.text = scalar, name
			return v
		}
		return e.hcl(x.Wrapped, path)
	case *hclsyntax.LiteralValueExpr:
		v.kind, v.text = literal(x.Val)
	case *hclsyntax.TemplateExpr:
		e.template(v, x, path)
	case *hclsyntax.TupleConsExpr:
		v.kind = list
		for _, item := range x.Exprs {
			v.items = append(v.items, e.hcl(item, path))
		}
	case *hclsyntax.ObjectConsExpr:
		v.kind = object
		for _, pair := range x.Items {
			key := e.hcl(pair.KeyExpr, path)
			if key.kind != scalar {
				continue
			}
			item := *e.hcl(pair.ValueExpr, path)
			item.key = key.text
			if item.kind != object && item.kind != list {
				item.place = place{path, pair.KeyExpr.Range().Start.Line}
			}
			v.items = append(v.items, &item)
		}
	case *hclsyntax.ScopeTraversalExpr:
		return e.traversal(x.Traversal, v)
	case *hclsyntax.ConditionalExpr:
		return e.conditional(x, path, v)
	case *hclsyntax.FunctionCallExpr:
		return e.call(x, path, v)
	default:
		e.variables(v, x)
	}
	return v
}

func literal(of cty.Value) (kind, string) {
	if of.IsNull() || !of.IsKnown() {
		return unknown, ""
	}
	text, err := convert.Convert(of, cty.String)
	if err != nil || text.IsNull() {
		return unknown, ""
	}
	return scalar, text.AsString()
}

// template puts the parts of a text together; it is unknown where one of them is.
func (e *evaluator) template(v *value, x *hclsyntax.TemplateExpr, path string) {
	var text strings.Builder
	known := true
	for _, part := range x.Parts {
		resolved := e.hcl(part, path)
		e.take(v, resolved.refs)
		if resolved.kind != scalar || text.Len()+len(resolved.text) > maxText {
			known = false
			continue
		}
		text.WriteString(resolved.text)
		e.text += len(resolved.text)
	}
	if known {
		v.kind, v.text = scalar, text.String()
	}
	// The text of a heredoc begins below its mark.
	if parts := x.Parts; len(parts) > 0 && parts[0].Range().Start.Line > v.place.line {
		v.place.line = parts[0].Range().Start.Line
	}
}

// traversal follows a name: to what a variable or local holds, or to the resource or
// module that it refers to.
func (e *evaluator) traversal(steps hcl.Traversal, v *value) *value {
	root := steps.RootName()
	if len(steps) < 2 {
		return v
	}
	name, ok := steps[1].(hcl.TraverseAttr)
	if !ok {
		return v
	}
	switch root {
	case "var", "local":
		found := e.named(root + "." + name.Name)
		for _, step := range steps[2:] {
			if found = into(found, step); found == nil {
				return v
			}
		}
		if found.kind == unknown {
			v.refs = found.refs
			return v
		}
		return found
	case "data", "each", "count", "self", "path", "terraform":
		return v
	}
	if address := root + "." + name.Name; e.addresses[address] {
		v.refs = []ref{{address, v.place}}
	}
	return v
}

// named is what a variable or local holds; an unknown value for one of itself.
func (e *evaluator) named(name string) *value {
	if found, ok := e.known[name]; ok {
		return found
	}
	x, ok := e.names[name]
	if !ok || e.resolving[name] {
		return &value{}
	}
	e.resolving[name] = true
	depth := e.depth
	found := e.evaluate(x)
	e.depth = depth
	delete(e.resolving, name)
	e.known[name] = found
	return found
}

// into follows one step into a value; nil where it does not lead anywhere.
func into(v *value, step hcl.Traverser) *value {
	switch step := step.(type) {
	case hcl.TraverseAttr:
		return v.at(step.Name)
	case hcl.TraverseIndex:
		if step.Key.Type() == cty.String && step.Key.IsKnown() && !step.Key.IsNull() {
			return v.at(step.Key.AsString())
		}
		if step.Key.Type() == cty.Number && step.Key.IsKnown() && !step.Key.IsNull() && v.kind == list {
			if i, accuracy := step.Key.AsBigFloat().Int64(); accuracy == 0 && i >= 0 && i < int64(len(v.items)) {
				return v.items[i]
			}
		}
	}
	return nil
}

// conditional takes the branch that holds; where that is open, what both refer to.
func (e *evaluator) conditional(x *hclsyntax.ConditionalExpr, path string, v *value) *value {
	if comparison, ok := unwrap(x.Condition).(*hclsyntax.BinaryOpExpr); ok && (comparison.Op == hclsyntax.OpEqual || comparison.Op == hclsyntax.OpNotEqual) {
		left, right := e.hcl(comparison.LHS, path), e.hcl(comparison.RHS, path)
		if left.kind == scalar && right.kind == scalar {
			if (left.text == right.text) == (comparison.Op == hclsyntax.OpEqual) {
				return e.hcl(x.TrueResult, path)
			}
			return e.hcl(x.FalseResult, path)
		}
	} else if condition := e.hcl(x.Condition, path); condition.kind == scalar {
		if condition.text == "true" {
			return e.hcl(x.TrueResult, path)
		}
		return e.hcl(x.FalseResult, path)
	}
	for _, branch := range []hclsyntax.Expression{x.TrueResult, x.FalseResult} {
		e.refer(v, e.hcl(branch, path))
	}
	return v
}

func unwrap(x hclsyntax.Expression) hclsyntax.Expression {
	if inner, ok := x.(*hclsyntax.ParenthesesExpr); ok {
		return unwrap(inner.Expression)
	}
	return x
}

// call evaluates those functions that hand on what they are given; of others only what
// their arguments refer to is known.
func (e *evaluator) call(x *hclsyntax.FunctionCallExpr, path string, v *value) *value {
	arguments := make([]*value, 0, len(x.Args))
	for _, argument := range x.Args {
		arguments = append(arguments, e.hcl(argument, path))
	}
	switch x.Name {
	case "jsonencode", "yamlencode", "tostring", "tonumber", "tobool", "tolist", "toset", "tomap", "sensitive", "nonsensitive", "trimspace":
		if len(arguments) == 1 && !x.ExpandFinal {
			return arguments[0]
		}
	case "lower", "upper":
		if len(arguments) == 1 && arguments[0].kind == scalar {
			v.kind, v.text = scalar, map[string]func(string) string{"lower": strings.ToLower, "upper": strings.ToUpper}[x.Name](arguments[0].text)
			e.text += len(v.text)
			return v
		}
	case "coalesce", "try":
		for _, argument := range arguments {
			if argument.kind != unknown {
				return argument
			}
		}
	case "concat", "merge":
		v.kind = map[string]kind{"concat": list, "merge": object}[x.Name]
		for _, argument := range arguments {
			if argument.kind != v.kind {
				e.refer(v, argument)
				continue
			}
			e.steps += len(argument.items)
			v.items = append(v.items, argument.items...)
		}
		return v
	}
	for _, argument := range arguments {
		e.refer(v, argument)
	}
	return v
}

// refer hands on what a value and its parts refer to.
func (e *evaluator) refer(v, from *value) {
	each(e.step, from, func(part *value) { e.take(v, part.refs) })
}

// take adds references to those of a value, each once.
func (e *evaluator) take(v *value, refs []ref) {
	e.steps += len(refs)
	for _, one := range refs {
		if len(v.refs) < maxRefs && !slices.ContainsFunc(v.refs, func(has ref) bool { return has.address == one.address }) {
			v.refs = append(v.refs, one)
		}
	}
}

// each visits a value and its parts while step allows.
func each(step func() bool, v *value, visit func(*value)) {
	if !step() {
		return
	}
	visit(v)
	for _, item := range v.items {
		each(step, item, visit)
	}
}

// variables notes what an expression that is not evaluated refers to.
func (e *evaluator) variables(v *value, x hclsyntax.Expression) {
	for _, steps := range x.Variables() {
		if !e.step() {
			return
		}
		found := e.traversal(steps, &value{place: place{v.place.path, steps.SourceRange().Start.Line}})
		e.refer(v, found)
	}
}

// json makes a value of one of JSON, whose texts are templates.
func (e *evaluator) json(from *limit.Value, path string) *value {
	v := &value{key: from.Key, place: place{path, from.Line}}
	if !e.step() {
		return v
	}
	switch from.Kind {
	case limit.Object, limit.Array:
		v.kind = map[limit.ValueKind]kind{limit.Object: object, limit.Array: list}[from.Kind]
		for _, item := range from.Items {
			v.items = append(v.items, e.json(item, path))
		}
	case limit.Scalar:
		v.kind, v.text = scalar, from.Text
	case limit.String:
		v.kind, v.text = scalar, from.Text
		if !strings.Contains(from.Text, "${") && !strings.Contains(from.Text, "%{") {
			break
		}
		v.kind, v.text = unknown, ""
		if parsed := parseTemplate(from.Text, from.Line); parsed != nil {
			found := *e.hcl(parsed, path)
			found.key, found.place, found.refs = from.Key, v.place, slices.Clone(found.refs)
			for i := range found.refs {
				found.refs[i].place = v.place
			}
			return &found
		}
	}
	return v
}
