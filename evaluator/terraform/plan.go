package terraform

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
)

// ReadPlan reads what "terraform show -json" writes of a plan or a state.
//
// Refusals: "unknown_content" for what is neither, "damaged", "too_large", "empty".
func ReadPlan(ctx context.Context, data []byte) (austauschbar.Text, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if ctx.Err() != nil {
		return austauschbar.Text{}, ctx.Err()
	}
	tree, err := limit.NewJSON(ctx, bytes.NewReader(data)).Next()
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return austauschbar.Text{}, limit.Refuse("empty", "")
	case err != nil:
		return austauschbar.Text{}, err
	}
	p := &planned{source: lines.NewSource(data), addresses: map[string]string{}, providers: map[string]string{}, lines: map[string]int{}}
	values := tree.At("planned_values")
	switch {
	case tree.At("format_version") == nil:
		return austauschbar.Text{}, limit.Refuse("unknown_content", "neither a plan nor a state")
	case values != nil:
		err = json.Unmarshal(data, &p.plan)
	case tree.At("values") != nil:
		var state tfjson.State
		values, err = tree.At("values"), json.Unmarshal(data, &state)
		p.plan.PlannedValues = state.Values
	default:
		return austauschbar.Text{}, limit.Refuse("unknown_content", "neither a plan nor a state")
	}
	if err != nil {
		return austauschbar.Text{}, limit.Refuse("damaged", err.Error())
	}
	p.drawing = newDrawing(func(at place) austauschbar.Evidence { return p.source.At(at.line) }, p.step)
	if p.plan.Config != nil && p.plan.Config.RootModule != nil {
		for _, one := range p.plan.Config.RootModule.Resources {
			if one != nil {
				p.providers[one.Address] = one.ProviderConfigKey
			}
		}
	}
	if p.plan.PlannedValues != nil {
		p.index(p.plan.PlannedValues.RootModule)
		p.module(p.plan.PlannedValues.RootModule, values.At("root_module"))
	}
	if p.plan.Config != nil && p.plan.Config.RootModule != nil {
		p.configured(&scope{module: p.plan.Config.RootModule}, tree.At("configuration", "root_module"))
	}
	text := austauschbar.Text{Architecture: &p.found}
	if p.steps > maxSteps {
		text.Gaps = append(text.Gaps, limit.Gap("", limit.Refuse("too_large", "there are too many values")))
	}
	return text, ctx.Err()
}

// planned is a plan, or a state in its place.
type planned struct {
	*drawing
	source    *lines.Source
	plan      tfjson.Plan
	addresses map[string]string // of the first instance, by the address without its number or key
	providers map[string]string // configurations of providers that the root's resources take, by address
	lines     map[string]int    // of resources and modules that are kept
	steps     int
}

func (p *planned) step() bool {
	p.steps++
	return p.steps <= maxSteps
}

// bare is an address without the numbers and keys of instances.
func bare(address string) string {
	var b strings.Builder
	for address != "" {
		before, after, found := strings.Cut(address, "[")
		b.WriteString(before)
		if !found {
			break
		}
		if strings.HasPrefix(after, `"`) {
			_, after, _ = strings.Cut(after[1:], `"`)
		}
		_, address, _ = strings.Cut(after, "]")
	}
	return b.String()
}

// index knows the resources of a module and those within.
func (p *planned) index(module *tfjson.StateModule) {
	if module == nil {
		return
	}
	for _, one := range module.Resources {
		if one != nil && one.Mode != tfjson.DataResourceMode && one.Address != "" && p.addresses[bare(one.Address)] == "" {
			p.addresses[bare(one.Address)] = one.Address
		}
	}
	for _, child := range module.ChildModules {
		p.index(child)
	}
}

// module keeps the resources of a module and of those within.
func (p *planned) module(module *tfjson.StateModule, tree *limit.Value) {
	if module == nil {
		return
	}
	parts := tree.Elements("resources")
	for i, one := range module.Resources {
		if one == nil || one.Address == "" || one.Mode == tfjson.DataResourceMode || i >= len(parts) || p.lines[one.Address] > 0 {
			continue
		}
		p.keep(one, parts[i])
	}
	children := tree.Elements("child_modules")
	for i, child := range module.ChildModules {
		if i < len(children) {
			p.module(child, children[i])
		}
	}
}

func (p *planned) keep(one *tfjson.StateResource, part *limit.Value) {
	at := func(line int) place { return place{line: line} }
	body := &value{kind: object}
	if values := part.At("values"); values != nil {
		body = plain(values, part.At("sensitive_values"), p.step, at)
	}
	begins := place{line: part.Line}
	if address := part.At("address"); address != nil {
		begins.line = address.Line
	}
	p.lines[one.Address] = begins.line
	resource := austauschbar.Resource{
		ID: one.Address, Type: one.Type, Name: one.Name, Provider: one.ProviderName[strings.LastIndex(one.ProviderName, "/")+1:], Evidence: p.evidence(begins),
		Region: cmp.Or(body.at("region", "location").string(), regionOf(body.at("arn").string()), p.regionFor(one), body.at("zone").string()),
	}
	p.resource(resource, body)
	for _, needed := range one.DependsOn {
		if address := p.addresses[bare(needed)]; address != "" {
			p.refer(one.Address, []ref{{address, begins}})
		}
	}
}

// regionOf is the region that a resource name of AWS holds.
func regionOf(arn string) string {
	parts := strings.Split(arn, ":")
	if len(parts) < 6 || parts[0] != "arn" {
		return ""
	}
	return parts[3]
}

// regionFor is the region that the configuration of a resource's provider has.
func (p *planned) regionFor(one *tfjson.StateResource) string {
	if p.plan.Config == nil {
		return ""
	}
	configuration := p.plan.Config.ProviderConfigs[cmp.Or(p.providers[bare(one.Address)], one.ProviderName[strings.LastIndex(one.ProviderName, "/")+1:])]
	if configuration == nil {
		return ""
	}
	for _, name := range []string{"region", "location"} {
		said := configuration.Expressions[name]
		if said == nil || said.ExpressionData == nil {
			continue
		}
		if region, ok := said.ConstantValue.(string); ok {
			return region
		}
		for _, reference := range said.References {
			if variable := p.plan.Variables[strings.TrimPrefix(reference, "var.")]; variable != nil {
				if region, ok := variable.Value.(string); ok {
					return region
				}
			}
		}
	}
	return ""
}

// A scope is a module's configuration with that of its caller.
type scope struct {
	module *tfjson.ConfigModule
	path   string // "module.a.", "" at the root
	call   *tfjson.ModuleCall
	caller *scope
}

// configured keeps the calls of modules and what resources refer to.
func (p *planned) configured(s *scope, tree *limit.Value) {
	if strings.Count(s.path, "module.") > maxCalls {
		return
	}
	for _, one := range s.module.Resources {
		if one == nil || one.Mode == tfjson.DataResourceMode {
			continue
		}
		from := p.addresses[s.path+one.Address]
		if from == "" {
			continue
		}
		at := place{line: p.lines[from]}
		for _, reference := range append(references(one.Expressions, p.step), one.DependsOn...) {
			for _, address := range p.resolve(s, reference, 0) {
				p.refer(from, []ref{{address, at}})
			}
		}
	}
	var names []string
	for name := range s.module.ModuleCalls {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		call, part := s.module.ModuleCalls[name], tree.At("module_calls", name)
		if call == nil || part == nil || !p.step() {
			continue
		}
		address := s.path + "module." + name
		if p.lines[address] == 0 {
			p.lines[address] = part.Line
			p.found.Resources = append(p.found.Resources, austauschbar.Resource{
				ID: address, Type: "module", Name: cmp.Or(lines.WithoutSecrets(call.Source), name), Provider: registered(call.Source), Evidence: p.evidence(place{line: part.Line}),
			})
		}
		if call.Module != nil {
			p.configured(&scope{call.Module, address + ".", call, s}, part.At("module"))
		}
	}
}

// maxCalls is how deep modules may lie within each other, and how often a reference is
// followed from one to the next.
const maxCalls = 16

// resolve lists the resources that a reference leads to: through variables to what the
// caller gives, through a module to what its outputs give.
func (p *planned) resolve(s *scope, reference string, followed int) []string {
	parts := strings.Split(bare(reference), ".")
	if len(parts) < 2 || followed > maxCalls || !p.step() {
		return nil
	}
	var next []string
	within := s
	switch parts[0] {
	case "var":
		if s.caller == nil {
			return nil
		}
		within, next = s.caller, of(s.call.Expressions[parts[1]], p.step)
	case "module":
		call := s.module.ModuleCalls[parts[1]]
		if call == nil || call.Module == nil || len(parts) < 3 || call.Module.Outputs[parts[2]] == nil {
			return nil
		}
		within, next = &scope{call.Module, s.path + "module." + parts[1] + ".", call, s}, of(call.Module.Outputs[parts[2]].Expression, p.step)
	default:
		if address := p.addresses[s.path+parts[0]+"."+parts[1]]; address != "" {
			return []string{address}
		}
		return nil
	}
	var found []string
	for _, one := range next {
		found = append(found, p.resolve(within, one, followed+1)...)
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// references lists what expressions refer to, sorted by the names of arguments.
func references(said map[string]*tfjson.Expression, step func() bool) []string {
	var names, found []string
	for name := range said {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		found = append(found, of(said[name], step)...)
	}
	return found
}

func of(said *tfjson.Expression, step func() bool) []string {
	if said == nil || said.ExpressionData == nil || !step() {
		return nil
	}
	found := slices.Clone(said.References)
	for _, block := range said.NestedBlocks {
		found = append(found, references(block, step)...)
	}
	return found
}
