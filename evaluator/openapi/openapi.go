// Package openapi reads descriptions of HTTP interfaces: OpenAPI 3 and Swagger 2.0. It
// walks the values of the file itself and follows references within the file alone.
package openapi

import (
	"context"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
	"github.com/austauschbar/austauschbar/evaluator/yaml"
)

// Read reads a description as one interface and the component that offers it. Its
// settings are the servers' addresses. A file of parts for others, without paths and
// servers, says nothing.
func Read(ctx context.Context, data []byte) (austauschbar.Text, error) {
	root, err := yaml.Document(ctx, data)
	if err != nil {
		return limit.Finish(ctx, austauschbar.Text{}, err)
	}
	if root.At("openapi").String() == "" && root.At("swagger").String() == "" {
		return austauschbar.Text{}, limit.Refuse("unknown_content", "neither openapi nor swagger stands at the top")
	}
	d := &description{ctx: ctx, root: root, source: lines.NewSource(data), formats: map[string]bool{}, references: yaml.References{Root: root}}
	architecture, err := d.architecture()
	if err != nil {
		return limit.Finish(ctx, austauschbar.Text{}, err)
	}
	return austauschbar.Text{Title: d.title(), Architecture: architecture}, nil
}

// A description is what is read of one file.
type description struct {
	ctx        context.Context
	root       *limit.Value
	source     *lines.Source
	formats    map[string]bool
	references yaml.References
	steps      yaml.Steps
}

// maxServers bounds the addresses that are taken from one file.
const maxServers = 50

func (d *description) title() string { return lines.Clean(d.root.At("info", "title").String()) }

func (d *description) architecture() (*austauschbar.Architecture, error) {
	info, servers := d.root.At("info"), d.servers()
	if len(servers)+len(yaml.Members(d.root.At("paths")))+len(yaml.Members(d.root.At("webhooks"))) == 0 {
		return &austauschbar.Architecture{}, nil
	}
	api := austauschbar.Interface{
		ID: "api", Name: d.title(), Kind: "api", Protocol: protocolOf(servers), Security: d.security(),
		Specification: &austauschbar.Specification{
			Format: "openapi", Version: lines.Clean(info.At("version").String()),
			Licence: lines.Clean(licence(info.At("license")).String()), Terms: lines.Clean(info.At("termsOfService").String()),
		},
	}
	if err := d.operations(&api); err != nil {
		return nil, err
	}
	api.Specification.Versioned = d.versioned(servers)
	api.Formats = slices.Sorted(maps.Keys(d.formats))
	found := &austauschbar.Architecture{}
	if title := info.At("title"); d.title() != "" {
		api.Evidence = append(api.Evidence, d.source.Evidence(title.Line, title.Text))
		api.To = "offer"
		found.Components = append(found.Components, austauschbar.Component{
			ID: "offer", Name: d.title(), Kind: "application", Evidence: slices.Clone(api.Evidence),
		})
	} else {
		api.Evidence = append(api.Evidence, d.source.Evidence(d.root.Line, ""))
	}
	for _, server := range servers {
		at := d.source.Evidence(server.line, server.written)
		api.Evidence = append(api.Evidence, at)
		found.Settings = append(found.Settings, austauschbar.Setting{
			Component: api.To, Name: "server", Value: server.address, Evidence: austauschbar.Evidence{Line: at.Line},
		})
	}
	if said := licence(info.At("license")); said != nil {
		api.Evidence = append(api.Evidence, d.source.Evidence(said.Line, said.Text))
	}
	found.Interfaces = []austauschbar.Interface{api}
	return found, nil
}

// licence is the licence's SPDX identifier, else its name, else its address; nil where none is said.
func licence(said *limit.Value) *limit.Value {
	for _, member := range []string{"identifier", "name", "url"} {
		if value := said.At(member); lines.Clean(value.String()) != "" {
			return value
		}
	}
	return nil
}

// security lists the kinds of the security schemes that are declared.
func (d *description) security() []string {
	kinds := map[string]bool{}
	for _, declared := range []*limit.Value{d.root.At("components", "securitySchemes"), d.root.At("securityDefinitions")} {
		for _, scheme := range yaml.Members(declared) {
			scheme = d.references.Follow(scheme)
			kind := scheme.At("type").String()
			if kind == "http" {
				kind = strings.ToLower(scheme.At("scheme").String())
			}
			if kind = lines.Clean(kind); kind != "" {
				kinds[kind] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(kinds))
}

// methods are the members of a path that are operations, and whether they change
// something.
var methods = map[string]bool{
	"get": false, "head": false, "options": false, "query": false, "trace": false,
	"delete": true, "patch": true, "post": true, "put": true,
}

// operations counts the operations of all paths and collects their formats. Its error is
// a *limit.Refusal ("too_large") or the context's.
func (d *description) operations(api *austauschbar.Interface) error {
	d.addTexts(d.root.At("consumes"), d.root.At("produces"))
	for _, path := range yaml.Members(d.root.At("paths")) {
		if !strings.HasPrefix(path.Key, "/") {
			continue
		}
		for _, operation := range yaml.Members(d.references.Follow(path)) {
			if writes, known := methods[operation.Key]; known && operation.Kind == limit.Object {
				api.Writes = api.Writes || writes
				d.addOperation(api, operation)
				if !writes && givesOut.MatchString(path.Key+" "+operation.At("operationId").String()+" "+operation.At("summary").String()) {
					api.Exports++
				}
			}
			if err := d.steps.Next(d.ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

// givesOut matches what operations are called that give out contents as a whole.
var givesOut = regexp.MustCompile(`(?i)export|\bdump|\bbulk|download[-_ ]?all|\$everything`)

func (d *description) addOperation(api *austauschbar.Interface, operation *limit.Value) {
	api.Operations++
	if operation.At("deprecated").String() == "true" {
		api.Specification.Deprecated++
	}
	if lines.Clean(operation.At("description").String()+operation.At("summary").String()) != "" {
		api.Specification.Described++
	}
	d.addTexts(operation.At("consumes"), operation.At("produces"))
	d.addContent(operation.At("requestBody"))
	for _, response := range yaml.Members(operation.At("responses")) {
		d.steps++
		d.addContent(response)
	}
}

func (d *description) addContent(of *limit.Value) {
	for _, content := range yaml.Members(d.references.Follow(of).At("content")) {
		d.steps++
		d.addFormat(content.Key)
	}
}

func (d *description) addTexts(lists ...*limit.Value) {
	for _, list := range lists {
		for _, item := range list.Elements() {
			d.steps++
			d.addFormat(item.String())
		}
	}
}

// maxFormats bounds the media types of one interface.
const maxFormats = 100

// addFormat adds a media type without its parameters; "anything" says nothing.
func (d *description) addFormat(format string) {
	format, parameters, _ := strings.Cut(format, ";")
	format = strings.ToLower(lines.Clean(format))
	if strings.Contains(parameters, "version=") {
		format += ";" + strings.ToLower(lines.Clean(parameters))
	}
	if format != "" && format != "*/*" && len(d.formats) < maxFormats {
		d.formats[format] = true
	}
}

// versionOfFormat matches media types with a version: "application/vnd.xzufi.v2+json".
var versionOfFormat = regexp.MustCompile(`(?i)(?:[.-]v[0-9]+(?:[.+;-]|$)|;.*version=)`)

// versionParameter matches the names of parameters that ask for a version.
var versionParameter = regexp.MustCompile(`(?i)^(?:x-)?(?:(?:api|accept)[-_]?)version$`)

// versioned says whether a server's address, at least half of the paths, a media type
// or a parameter carries a version.
func (d *description) versioned(servers []server) bool {
	if slices.ContainsFunc(servers, func(s server) bool { return lines.Versioned(s.address) }) {
		return true
	}
	all, carrying := 0, 0
	for _, path := range yaml.Members(d.root.At("paths")) {
		if strings.HasPrefix(path.Key, "/") {
			all++
			if lines.Versioned(path.Key) {
				carrying++
			}
		}
	}
	if carrying > 0 && carrying*2 >= all {
		return true
	}
	for format := range d.formats {
		if versionOfFormat.MatchString(format) {
			return true
		}
	}
	for _, declared := range []*limit.Value{d.root.At("components", "parameters"), d.root.At("parameters")} {
		for _, parameter := range yaml.Members(declared) {
			if versionParameter.MatchString(parameter.At("name").String()) {
				return true
			}
		}
	}
	return false
}
