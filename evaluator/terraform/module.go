package terraform

import (
	"bytes"
	"cmp"
	"context"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// A module is what the files of one folder declare.
type module struct {
	evaluator
	resources []declared
	calls     []declared // of modules
	providers []declared
	inputs    []declared // variables of the module
	required  []string   // names of providers
}

// A declared block has its body as HCL or as JSON.
type declared struct {
	labels []string
	place  place
	hcl    *hclsyntax.Body
	json   *limit.Value
}

// value is the block's body.
func (m *module) value(of declared) *value {
	if of.hcl != nil {
		return m.body(of.hcl, of.place.path)
	}
	return m.json(of.json, of.place.path)
}

func newModule() *module {
	return &module{evaluator: evaluator{names: map[string]expression{}, known: map[string]*value{}, resolving: map[string]bool{}, addresses: map[string]bool{}}}
}

// Holds says whether a file belongs to the module of an anchor: one of its folder that
// declares something or gives variables their values.
func Holds(anchor, at string) bool {
	if path.Dir(anchor) != path.Dir(at) {
		return false
	}
	name := strings.ToLower(path.Base(at))
	return declares(name) || strings.HasSuffix(name, ".tfvars") || strings.HasSuffix(name, ".tfvars.json")
}

func declares(name string) bool {
	return slices.ContainsFunc([]string{".tf", ".tofu", ".tf.json", ".tofu.json"}, func(end string) bool { return strings.HasSuffix(strings.ToLower(name), end) })
}

// add takes in a file that declares something. Its error is a refusal, or damage beside
// which the sound parts are kept.
func (m *module) add(ctx context.Context, at string, data []byte) error {
	if strings.HasSuffix(strings.ToLower(at), ".json") {
		tree, err := limit.NewJSON(ctx, bytes.NewReader(data)).Next()
		if err == nil {
			m.addJSON(at, tree)
		}
		return err
	}
	body, err := parseFile(at, data)
	if body != nil {
		m.addHCL(at, body)
	}
	return err
}

func (m *module) addHCL(at string, body *hclsyntax.Body) {
	for _, block := range body.Blocks {
		one := declared{labels: block.Labels, place: place{at, block.TypeRange.Start.Line}, hcl: block.Body}
		switch block.Type {
		case "locals":
			for _, attribute := range inOrder(block.Body) {
				m.names["local."+attribute.Name] = expression{path: at, hcl: attribute.Expr}
			}
		case "variable":
			if value, ok := block.Body.Attributes["default"]; ok && len(block.Labels) == 1 {
				m.names["var."+block.Labels[0]] = expression{path: at, hcl: value.Expr}
			}
			if len(block.Labels) == 1 {
				m.inputs = append(m.inputs, one)
			}
		case "terraform":
			for _, inner := range block.Body.Blocks {
				if inner.Type != "required_providers" {
					continue
				}
				for _, attribute := range inOrder(inner.Body) {
					m.required = append(m.required, attribute.Name)
				}
			}
		default:
			m.declare(block.Type, one)
		}
	}
}

// declare keeps a block of the kinds that create or configure something.
func (m *module) declare(kind string, one declared) {
	switch {
	case kind == "resource" && len(one.labels) == 2:
		address := one.labels[0] + "." + one.labels[1]
		if m.addresses[address] {
			return // overridden elsewhere
		}
		m.addresses[address] = true
		m.resources = append(m.resources, one)
	case kind == "module" && len(one.labels) == 1:
		address := "module." + one.labels[0]
		if m.addresses[address] {
			return
		}
		m.addresses[address] = true
		m.calls = append(m.calls, one)
	case kind == "provider" && len(one.labels) == 1:
		m.providers = append(m.providers, one)
	}
}

func (m *module) addJSON(at string, tree *limit.Value) {
	if tree.Kind != limit.Object {
		return
	}
	for _, top := range tree.Items {
		switch top.Key {
		case "locals":
			labelled(top, 0, nil, func(_ []string, body *limit.Value) {
				for _, item := range body.Items {
					m.names["local."+item.Key] = expression{path: at, json: item}
				}
			})
		case "variable":
			labelled(top, 1, nil, func(labels []string, body *limit.Value) {
				if value := body.At("default"); value != nil {
					m.names["var."+labels[0]] = expression{path: at, json: value}
				}
				m.inputs = append(m.inputs, declared{labels: slices.Clone(labels), place: place{at, body.Line}, json: body})
			})
		case "terraform":
			labelled(top, 0, nil, func(_ []string, body *limit.Value) {
				for _, inner := range body.All("required_providers") {
					for _, item := range inner.Items {
						m.required = append(m.required, item.Key)
					}
				}
			})
		case "resource", "module", "provider":
			count := map[string]int{"resource": 2, "module": 1, "provider": 1}[top.Key]
			labelled(top, count, nil, func(labels []string, body *limit.Value) {
				m.declare(top.Key, declared{labels: slices.Clone(labels), place: place{at, body.Line}, json: body})
			})
		}
	}
}

// labelled visits the bodies of blocks that lie below so many labels, each of which may
// be a list.
func labelled(v *limit.Value, count int, labels []string, visit func([]string, *limit.Value)) {
	switch {
	case v.Kind == limit.Array:
		for _, item := range v.Items {
			labelled(item, count, labels, visit)
		}
	case v.Kind != limit.Object:
	case count == 0:
		visit(labels, v)
	default:
		for _, item := range v.Items {
			labelled(item, count-1, append(labels, item.Key), visit)
		}
	}
}

// assign takes in a file that gives variables their values.
func (m *module) assign(ctx context.Context, at string, data []byte) error {
	if strings.HasSuffix(strings.ToLower(at), ".json") {
		tree, err := limit.NewJSON(ctx, bytes.NewReader(data)).Next()
		if err != nil {
			return err
		}
		for _, item := range tree.Items {
			m.names["var."+item.Key] = expression{path: at, json: item}
		}
		return nil
	}
	body, err := parseFile(at, data)
	if body == nil {
		return err
	}
	for _, attribute := range inOrder(body) {
		m.names["var."+attribute.Name] = expression{path: at, hcl: attribute.Expr}
	}
	return err
}

// inOrder lists a body's arguments as they stand in the file.
func inOrder(body *hclsyntax.Body) []*hclsyntax.Attribute {
	var found []*hclsyntax.Attribute
	for _, attribute := range body.Attributes {
		found = append(found, attribute)
	}
	slices.SortFunc(found, func(a, b *hclsyntax.Attribute) int {
		return cmp.Or(a.SrcRange.Start.Byte-b.SrcRange.Start.Byte, strings.Compare(a.Name, b.Name))
	})
	return found
}

// Read reads the files of one folder as the module that they are. What was found lies in
// the text of the anchor; files that are damaged say so in theirs.
func Read(ctx context.Context, files map[string][]byte, anchor string) (map[string]austauschbar.Text, error) {
	m, texts := newModule(), map[string]austauschbar.Text{}
	var paths, assigned []string
	for at := range files {
		paths = append(paths, at)
	}
	slices.Sort(paths)
	for _, at := range paths {
		if ctx.Err() != nil {
			return nil, limit.Ended(ctx, ctx.Err())
		}
		texts[at] = austauschbar.Text{Architecture: &austauschbar.Architecture{}}
		if !declares(at) {
			assigned = append(assigned, at)
			continue
		}
		if tofu := strings.TrimSuffix(at, ".tf") + ".tofu"; tofu != at+".tofu" && files[tofu] != nil {
			continue // OpenTofu reads the other one in its place
		}
		if err := m.add(ctx, at, files[at]); err != nil {
			texts[at] = damaged(err)
		}
	}
	for _, at := range byPrecedence(assigned) {
		if err := m.assign(ctx, at, files[at]); err != nil {
			texts[at] = damaged(err)
		}
	}
	if ctx.Err() != nil {
		return nil, limit.Ended(ctx, ctx.Err())
	}
	found := m.found(files)
	whole := texts[anchor]
	whole.Architecture = &found
	if m.spent() {
		whole.Gaps = append(whole.Gaps, limit.Gap("", limit.Refuse("too_large", "the module's values grow without end")))
	}
	if remote := m.remote(); len(remote) > 0 {
		whole.Gaps = append(whole.Gaps, austauschbar.Gap{Reason: "remote_module", Detail: strings.Join(remote, ", ")})
	}
	texts[anchor] = whole
	return texts, nil
}

func damaged(err error) austauschbar.Text {
	return austauschbar.Text{Architecture: &austauschbar.Architecture{}, Gaps: []austauschbar.Gap{limit.Gap("", err)}}
}

// byPrecedence orders files of values so that the last one holds. Of files that are
// named at each call only a single one is taken: which of several holds is open.
func byPrecedence(files []string) []string {
	rank := func(at string) int {
		name := strings.ToLower(path.Base(at))
		switch {
		case name == "terraform.tfvars":
			return 1
		case name == "terraform.tfvars.json":
			return 2
		case strings.HasSuffix(name, ".auto.tfvars"), strings.HasSuffix(name, ".auto.tfvars.json"):
			return 3
		}
		return 0
	}
	ordered := slices.Clone(files)
	slices.SortStableFunc(ordered, func(a, b string) int { return rank(a) - rank(b) })
	named := slices.IndexFunc(ordered, func(at string) bool { return rank(at) > 0 })
	if named < 0 {
		named = len(ordered)
	}
	if named > 1 {
		return ordered[named:]
	}
	return ordered
}
