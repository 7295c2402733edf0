// Package terraform reads what Terraform and OpenTofu create: modules in HCL and JSON,
// plans and states. Nothing is downloaded and nothing is run.
package terraform

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
)

// A drawing is what was found so far. It is the same for modules, plans and states.
type drawing struct {
	found    austauschbar.Architecture
	evidence func(place) austauschbar.Evidence
	step     func() bool     // counts what is looked at; false once it is too much
	ids      map[string]bool // of components
	edges    map[[2]string]bool
}

func newDrawing(evidence func(place) austauschbar.Evidence, step func() bool) *drawing {
	return &drawing{evidence: evidence, step: step, ids: map[string]bool{}, edges: map[[2]string]bool{}}
}

// found draws a module.
func (m *module) found(files map[string][]byte) austauschbar.Architecture {
	sources := map[string]*lines.Source{}
	for at, data := range files {
		sources[at] = lines.NewSource(data)
	}
	d := newDrawing(func(at place) austauschbar.Evidence {
		evidence := sources[at.path].At(at.line)
		evidence.Path = at.path
		return evidence
	}, m.step)
	regions, sole := m.regions()
	for _, one := range m.resources {
		body := m.value(one)
		provider, configuration := providerOf(one.labels[0], body.at("provider"), one)
		resource := austauschbar.Resource{
			ID: one.labels[0] + "." + one.labels[1], Type: one.labels[0], Name: one.labels[1], Provider: provider, Evidence: d.evidence(one.place),
			Region: cmp.Or(body.at("region", "location").string(), regions[configuration], body.at("zone").string()),
		}
		d.resource(resource, body)
	}
	for _, one := range m.calls {
		body := m.value(one)
		source := body.at("source").string()
		resource := austauschbar.Resource{
			ID: "module." + one.labels[0], Type: "module", Name: cmp.Or(lines.WithoutSecrets(source), one.labels[0]),
			Provider: cmp.Or(registered(source), sole), Evidence: d.evidence(one.place),
		}
		resource.Region = cmp.Or(body.at("region", "location").string(), regions[resource.Provider])
		d.resource(resource, body)
	}
	for _, one := range m.inputs {
		before := len(d.found.Settings)
		d.variable("", one.labels[0], m.input(one))
		for i := range d.found.Settings[before:] {
			d.found.Settings[before+i].Default = true
		}
	}
	return d.found
}

// input is the value that a variable of a module has where nobody gives it another one.
func (m *module) input(one declared) *value {
	said := *m.named("var." + one.labels[0])
	said.place = one.place
	return &said
}

// providerOf names a resource's provider and the configuration of it that it takes:
// "aws" and "aws.west".
func providerOf(of string, said *value, one declared) (provider, configuration string) {
	provider, _, _ = strings.Cut(of, "_")
	configuration = provider
	if one.hcl != nil {
		if attribute, ok := one.hcl.Attributes["provider"]; ok {
			for _, steps := range attribute.Expr.Variables() {
				configuration = steps.RootName()
				if len(steps) > 1 {
					if alias, ok := steps[1].(hcl.TraverseAttr); ok {
						configuration += "." + alias.Name
					}
				}
			}
		}
	} else if said != nil && said.kind == scalar && said.text != "" {
		configuration = said.text
	}
	provider, _, _ = strings.Cut(configuration, ".")
	return provider, configuration
}

// registered is the provider that a module's address in a registry ends in:
// "terraform-aws-modules/rds/aws"; "" for other sources.
func registered(source string) string {
	source, _, _ = strings.Cut(source, "//")
	parts := strings.Split(source, "/")
	if len(parts) < 3 || len(parts) > 4 || strings.ContainsAny(source, ":?") || strings.HasPrefix(source, ".") || strings.HasPrefix(source, "github.com/") || strings.HasPrefix(source, "bitbucket.org/") {
		return ""
	}
	return parts[len(parts)-1]
}

// maxRemote bounds how many calls of modules a gap names.
const maxRemote = 20

// remote lists the calls of modules that lie in a registry or repository and not among
// the files: what they create is not read.
func (m *module) remote() []string {
	var list []string
	for _, one := range m.calls {
		source := m.value(one).at("source").string()
		switch {
		case source == "", strings.HasPrefix(source, "."), strings.HasPrefix(source, "/"):
		case len(list) == maxRemote:
			return append(list, "…")
		default:
			list = append(list, "module."+one.labels[0])
		}
	}
	return list
}

// regions tells the region of each configuration of a provider, and the module's
// provider where it has just one. A provider that is not told its region takes that of
// the variable that is named for it, as far as there is one provider.
func (m *module) regions() (regions map[string]string, sole string) {
	regions = map[string]string{}
	names := slices.Clone(m.required)
	for _, one := range m.providers {
		body := m.value(one)
		configuration := one.labels[0]
		names = append(names, configuration)
		if alias := body.at("alias").string(); alias != "" {
			configuration += "." + alias
		}
		regions[configuration] = body.at("region", "location").string()
	}
	for _, one := range m.resources {
		provider, _ := providerOf(one.labels[0], nil, one)
		names = append(names, provider)
	}
	for _, helper := range helpers {
		names = slices.DeleteFunc(names, func(name string) bool { return name == helper })
	}
	slices.Sort(names)
	if names = slices.Compact(names); len(names) != 1 {
		return regions, ""
	}
	sole = names[0]
	for _, name := range []string{"region", sole + "_region", "location"} {
		if regions[sole] == "" {
			regions[sole] = m.named("var." + name).string()
		}
	}
	return regions, sole
}

// helpers are providers that stand for no place: of random numbers, files, waiting.
var helpers = []string{"random", "null", "local", "time", "tls", "template", "archive", "external", "http", "terraform"}

// resource keeps a resource or call of a module with what runs in it, its settings and
// what it refers to.
func (d *drawing) resource(resource austauschbar.Resource, body *value) {
	containers := d.containers(resource, body)
	if resource.Type == "module" && len(containers) == 0 {
		if engine := body.at("engine").string(); engine != "" {
			resource.Component = d.component(resource.ID, austauschbar.Component{
				Name: body.at("name", "identifier", "db_name").string(), Kind: "database", Technology: strings.TrimSpace(engine + " " + body.at("engine_version").string()),
			}, resource)
		}
	}
	if len(containers) == 1 {
		resource.Component = containers[0].id
	}
	d.found.Resources = append(d.found.Resources, resource)
	inside := map[*value]bool{}
	for _, one := range containers {
		if one.body == body {
			continue
		}
		inside[one.body] = true
		d.environment(one.id, one.body)
		d.outside(one.body, nil, false, func(part *value, _ bool) { d.refer(one.id, part.refs) })
	}
	d.environment(resource.ID, body)
	d.settings(resource.ID, body, "", inside)
	if strings.Contains(resource.Type, "security_group_") {
		d.permit(resource.Type, body)
		return
	}
	d.outside(body, inside, false, func(part *value, admitted bool) {
		if admitted {
			d.admit(resource.ID, part.refs)
			return
		}
		d.refer(resource.ID, part.refs)
	})
}

// component keeps a component and returns its id; its name is the resource's where it has
// none that is known.
func (d *drawing) component(id string, component austauschbar.Component, resource austauschbar.Resource) string {
	unique := id
	for n := 2; d.ids[unique]; n++ {
		unique = fmt.Sprintf("%s#%d", id, n)
	}
	d.ids[unique] = true
	component.ID = unique
	if label, isModule := strings.CutPrefix(resource.ID, "module."); isModule && resource.Type == "module" {
		component.Name = cmp.Or(component.Name, label)
	}
	component.Name = cmp.Or(component.Name, resource.Name)
	component.Region = resource.Region
	component.Evidence = append(component.Evidence, resource.Evidence)
	d.found.Components = append(d.found.Components, component)
	return unique
}

// A container runs an image in a resource; its body is that of the resource where this
// one is the container itself.
type container struct {
	id   string
	body *value
}

// images are names of arguments that name a container's image.
var images = []string{"image", "image_uri", "image_url", "container_image", "docker_image", "docker_image_name", "ecr_repository_uri"}

// containers keeps the containers that run in a resource.
func (d *drawing) containers(resource austauschbar.Resource, body *value) []container {
	var found []container
	keep := func(one *value, name string) {
		id := resource.ID
		if one != body {
			id += "/" + cmp.Or(name, "container")
		}
		component := austauschbar.Component{Name: name, Kind: "application", Image: imageOf(one)}
		component.Custom = component.Image == "" && one.at("ecr_repository_uri") != nil // the account's own registry
		if place := one.at(images...); place != nil && one != body {
			component.Evidence = []austauschbar.Evidence{d.evidence(place.place)}
		}
		found = append(found, container{d.component(id, component, resource), one})
	}
	holds := func(one *value) bool { return one.at(images...) != nil }
	if resource.Type == "module" && runsContainer(body) || holds(body) && runsImages(resource.Type) {
		name := ""
		if resource.Type == "module" {
			name = body.at("name").string()
		}
		keep(body, name)
		return found
	}
	each(d.step, body, func(part *value) {
		if part.key != "container" && part.key != "containers" && part.key != "container_definitions" && part.key != "init_container" && part.key != "init_containers" {
			return
		}
		for _, one := range objects(d.decoded(part)) {
			if holds(one) && len(found) < maxContainers {
				keep(one, one.at("name").string())
			}
		}
	})
	return found
}

// runsContainer says whether the arguments of a module's call are those of a container:
// it has environment variables or an image that is no machine's.
func runsContainer(body *value) bool {
	if body.at("environment_variables", "env_vars", "app_settings") != nil || body.at(images[1:]...) != nil {
		return true
	}
	if variables := body.at("environment", "env"); variables != nil && (variables.kind == object || variables.kind == list) {
		return true
	}
	return isImage(body.at("image").string())
}

// isImage says whether a text names a container's image as no machine's is named: with
// one tag, a digest or a registry.
func isImage(text string) bool {
	registry, _, inFolder := strings.Cut(text, "/")
	name := text[strings.LastIndex(text, "/")+1:]
	return strings.Contains(name, "@sha256:") || strings.Count(name, ":") == 1 || inFolder && strings.Contains(registry, ".")
}

// Bounds of one resource.
const (
	maxContainers = 200
	maxSettings   = 1_000
	maxSetting    = 4 << 10 // bytes of a value
)

// runsImages says whether the image that a resource of a type names is a container's
// and not a machine's.
func runsImages(of string) bool {
	return slices.ContainsFunc([]string{"container", "docker", "lambda", "cloud_run", "apprunner", "app_service", "web_app"}, func(part string) bool { return strings.Contains(of, part) })
}

// imageOf is the image of a container with its tag; "" where it is not told whole.
func imageOf(one *value) string {
	named := one.at(images...)
	if named.string() == "" {
		return ""
	}
	tag := one.at("image_tag", "container_image_tag", "docker_image_tag")
	switch {
	case tag == nil || tag.kind == scalar && tag.text == "":
		return named.text
	case tag.kind != scalar:
		return named.text
	}
	return named.text + ":" + tag.text
}

// decoded is what a text of JSON says; other values as they are.
func (d *drawing) decoded(v *value) *value {
	if text := strings.TrimSpace(v.string()); !strings.HasPrefix(text, "[") && !strings.HasPrefix(text, "{") {
		return v
	}
	tree, err := limit.NewJSON(context.Background(), strings.NewReader(v.text)).Next()
	if err != nil {
		return v
	}
	return plain(tree, nil, d.step, func(int) place { return v.place })
}

// plain makes a value of one of JSON that is no template; what is marked as sensitive is
// unknown.
func plain(from, sensitive *limit.Value, step func() bool, at func(line int) place) *value {
	v := &value{key: from.Key, place: at(from.Line)}
	if !step() || sensitive.String() == "true" {
		return v
	}
	switch from.Kind {
	case limit.Object:
		v.kind = object
		for _, item := range from.Items {
			v.items = append(v.items, plain(item, sensitive.At(item.Key), step, at))
		}
	case limit.Array:
		v.kind = list
		marks := sensitive.Elements()
		for i, item := range from.Items {
			var mark *limit.Value
			if i < len(marks) {
				mark = marks[i]
			}
			v.items = append(v.items, plain(item, mark, step, at))
		}
	case limit.String, limit.Scalar:
		v.kind, v.text = scalar, from.Text
	}
	return v
}

// objects lists an object, or those of a list.
func objects(v *value) []*value {
	switch v.kind {
	case object:
		return []*value{v}
	case list:
		var found []*value
		for _, item := range v.items {
			if item.kind == object {
				found = append(found, item)
			}
		}
		return found
	}
	return nil
}

// environments are names of arguments that hold environment variables.
var environments = []string{"environment", "environment_variables", "env", "env_vars", "app_settings"}

// environment keeps the environment variables that an object gives a component: a map,
// blocks or a list of names with values, or texts such as "NAME=value".
func (d *drawing) environment(component string, v *value) {
	for _, item := range v.items {
		if !slices.Contains(environments, item.key) {
			continue
		}
		switch {
		case item.kind == list:
			for _, one := range item.items {
				name, text, ok := strings.Cut(one.string(), "=")
				if ok {
					d.setting(component, name, &value{kind: scalar, text: text, place: one.place})
				}
				d.pair(component, one)
			}
		case item.at("variables") != nil && item.at("variables").kind == object:
			for _, one := range item.at("variables").items {
				d.variable(component, one.key, one)
			}
		case item.at("name") != nil:
			d.pair(component, item)
		case item.kind == object:
			for _, one := range item.items {
				d.variable(component, one.key, one)
			}
		}
	}
}

// pair keeps what is written as a name and a value.
func (d *drawing) pair(component string, v *value) {
	if name, value := v.at("name").string(), v.at("value"); name != "" && value != nil {
		d.variable(component, name, value)
	}
}

// variable keeps an environment variable. One whose value no file tells stands for itself,
// as in a file of Compose; what a resource will tell is an edge to it.
func (d *drawing) variable(component, name string, v *value) {
	if v.kind == unknown && len(v.refs) == 0 {
		v = &value{kind: scalar, text: "${" + name + "}", place: v.place}
	}
	d.setting(component, name, v)
}

// passedOver are arguments whose texts speak to people, or are kept on their own.
var passedOver = []string{"container_definitions", "description", "comment", "tags", "tags_all", "labels", "annotations", "universal_tags", "source", "version"}

// settings keeps the arguments of a resource, those of blocks within with the block's
// name before theirs; environment variables and containers are kept on their own.
func (d *drawing) settings(component string, v *value, before string, inside map[*value]bool) {
	for _, item := range v.items {
		if slices.Contains(passedOver, item.key) || slices.Contains(environments, item.key) || inside[item] || len(before) > 200 {
			continue
		}
		name := before + item.key
		if item.kind == scalar {
			d.setting(component, strings.TrimSuffix(name, "."), item)
			continue
		}
		if item.key != "" {
			name += "."
		}
		if d.step() {
			d.settings(component, item, name, inside)
		}
	}
}

func (d *drawing) setting(component, name string, v *value) {
	if v.kind != scalar || v.text == "" || len(v.text) > maxSetting || name == "" || len(d.found.Settings) >= maxSettings*max(1, len(d.found.Resources)) {
		return
	}
	evidence := d.evidence(v.place)
	evidence.Quote = ""
	d.found.Settings = append(d.found.Settings, austauschbar.Setting{Component: component, Name: name, Value: v.text, Evidence: evidence})
}

// security matches arguments that name groups whose members are let in.
var security = regexp.MustCompile(`(^|_)sgs?(_|$)|security_group`)

// outside visits the parts of a value that do not lie in containers, and tells those that
// name who is let in.
func (d *drawing) outside(v *value, inside map[*value]bool, admitted bool, visit func(part *value, admitted bool)) {
	if inside[v] || !d.step() {
		return
	}
	admitted = admitted || security.MatchString(v.key)
	visit(v, admitted)
	for _, item := range v.items {
		d.outside(item, inside, admitted, visit)
	}
}

// permit draws what a rule lets in: from the group that it names as source to the group
// that it protects.
func (d *drawing) permit(of string, body *value) {
	if body.at("type").string() != "ingress" && !strings.Contains(of, "ingress") {
		return
	}
	var sources, targets []ref
	collect := func(v *value, into *[]ref) {
		if v != nil {
			d.outside(v, nil, false, func(part *value, _ bool) { *into = append(*into, part.refs...) })
		}
	}
	collect(body.at("source_security_group_id", "referenced_security_group_id"), &sources)
	collect(body.at("security_group_id"), &targets)
	for _, target := range targets {
		d.admit(target.address, sources)
	}
}

// admit keeps edges from those who are let in, each once.
func (d *drawing) admit(to string, refs []ref) {
	for _, one := range refs {
		d.refer(one.address, []ref{{to, one.place}})
	}
}

// refer keeps edges to what is referred to, each once.
func (d *drawing) refer(from string, refs []ref) {
	for _, one := range refs {
		key := [2]string{from, one.address}
		if from == one.address || d.edges[key] {
			continue
		}
		d.edges[key] = true
		d.found.Interfaces = append(d.found.Interfaces, austauschbar.Interface{
			ID: from + " -> " + one.address, From: from, To: one.address, Kind: "dependency", Evidence: []austauschbar.Evidence{d.evidence(one.place)},
		})
	}
}
