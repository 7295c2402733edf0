// Package cyclonedx reads CycloneDX bills of materials: packages with their licences,
// services with their endpoints and data flows, AI models.
package cyclonedx

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	bom "github.com/CycloneDX/cyclonedx-go"
	"github.com/package-url/packageurl-go"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/licence"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
)

// Read reads a bill of materials in JSON or XML.
//
// Refusals: "unknown_content" for what is none, "damaged", "too_large".
func Read(ctx context.Context, data []byte) (austauschbar.Text, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	said, tree, err := parse(ctx, data)
	if err != nil {
		return austauschbar.Text{}, err
	}
	r := reading{source: lines.NewSource(data), refs: map[string]string{}, packages: map[string]int{}, models: map[string]int{}, ids: map[string]bool{}, edges: map[string]bool{}}
	r.subject(said.Metadata, tree.At("metadata", "component"))
	r.components(ctx, said.Components, items(tree, "components", "component"))
	r.services(said.Services, items(tree, "services", "service"), "")
	r.flows(said.Services, items(tree, "services", "service"))
	r.dependencies(said.Dependencies, items(tree, "dependencies", "dependency"))
	if err := ctx.Err(); err != nil {
		return austauschbar.Text{}, err
	}
	return austauschbar.Text{Architecture: &r.found}, nil
}

// parse checks the bounds and knows the lines of what the library then reads.
func parse(ctx context.Context, data []byte) (*bom.BOM, *limit.Value, error) {
	var (
		tree   *limit.Value
		err    error
		format = bom.BOMFileFormatJSON
		is     bool
	)
	if bytes.HasPrefix(bytes.TrimSpace(data), []byte("<")) {
		format = bom.BOMFileFormatXML
		tree, err = limit.NewXML(ctx, bytes.NewReader(data)).Tree()
		is = tree != nil && tree.Key == "bom" && slices.ContainsFunc(tree.Items, func(v *limit.Value) bool {
			return strings.HasPrefix(v.Key, "@") && strings.Contains(v.Text, "cyclonedx.org/schema/bom")
		})
	} else {
		tree, err = limit.NewJSON(ctx, bytes.NewReader(data)).Next()
		is = strings.EqualFold(tree.At("bomFormat").String(), "CycloneDX")
	}
	switch {
	case ctx.Err() != nil:
		return nil, nil, ctx.Err()
	case errors.Is(err, io.EOF):
		return nil, nil, limit.Refuse("empty", "")
	case err != nil:
		return nil, nil, err
	case !is:
		return nil, nil, limit.Refuse("unknown_content", "no CycloneDX")
	}
	said := &bom.BOM{}
	if err := bom.NewBOMDecoder(bytes.NewReader(data), format).Decode(said); err != nil {
		return nil, nil, limit.Refuse("damaged", err.Error())
	}
	return said, tree, nil
}

// items lists what JSON has as the elements of an array and XML as the elements of one
// name below another.
func items(v *limit.Value, list, element string) []*limit.Value {
	found := v.At(list)
	if found != nil && found.Kind == limit.Array {
		return found.Items
	}
	return found.All(element)
}

// at is the i-th of values; nil where there are fewer.
func at(values []*limit.Value, i int) *limit.Value {
	if i < len(values) {
		return values[i]
	}
	return nil
}

// all lists what the library has behind a pointer.
func all[T any](list *[]T) []T {
	if list == nil {
		return nil
	}
	return *list
}

// A reading is what was found so far.
type reading struct {
	source   *lines.Source
	found    austauschbar.Architecture
	root     string            // reference of what the bill is of; "" where it is not told
	refs     map[string]string // ids of components by their references
	packages map[string]int    // indices by references
	models   map[string]int
	ids      map[string]bool
	edges    map[string]bool
}

// evidence is the line of a part's name.
func (r *reading) evidence(part *limit.Value) austauschbar.Evidence {
	if name := part.At("name"); name != nil {
		return r.source.At(name.Line)
	}
	if part == nil {
		return austauschbar.Evidence{}
	}
	return r.source.At(part.Line)
}

// place is the line of a value; empty for none.
func (r *reading) place(v *limit.Value) []austauschbar.Evidence {
	if v == nil {
		return []austauschbar.Evidence{}
	}
	return []austauschbar.Evidence{r.source.At(v.Line)}
}

// subject keeps what the bill is of.
func (r *reading) subject(metadata *bom.Metadata, part *limit.Value) {
	if metadata == nil || metadata.Component == nil || metadata.Component.Name == "" {
		return
	}
	r.root = cmp.Or(metadata.Component.BOMRef, metadata.Component.Name)
	r.component(*metadata.Component, part, "")
}

// kinds are what the format says of a component.
var kinds = map[bom.ComponentType]string{bom.ComponentTypeApplication: "application", bom.ComponentTypePlatform: "platform"}

// component keeps something that runs and returns its id.
func (r *reading) component(said bom.Component, part *limit.Value, within string) string {
	id := r.id(cmp.Or(said.BOMRef, said.Name))
	r.refs[cmp.Or(said.BOMRef, said.Name)] = id
	component := austauschbar.Component{
		ID: id, Name: said.Name, Kind: cmp.Or(kinds[said.Type], "other"), Version: said.Version, Within: within,
		Licence: expression(said.Licenses), Evidence: []austauschbar.Evidence{r.evidence(part)},
	}
	if said.Type == bom.ComponentTypeContainer {
		component.Image = image(said)
	}
	r.found.Components = append(r.found.Components, component)
	return id
}

// image is a container's name with its version.
func image(said bom.Component) string {
	if said.Version == "" || strings.Contains(said.Name, "@") || strings.Contains(said.Name[strings.LastIndex(said.Name, "/")+1:], ":") {
		return said.Name
	}
	if strings.HasPrefix(said.Version, "sha256:") {
		return said.Name + "@" + said.Version
	}
	return said.Name + ":" + said.Version
}

// id makes an id that nothing has yet.
func (r *reading) id(wanted string) string {
	id := wanted
	for n := 2; r.ids[id]; n++ {
		id = fmt.Sprintf("%s #%d", wanted, n)
	}
	r.ids[id] = true
	return id
}

// components keeps what the bill lists, and what is part of it.
func (r *reading) components(ctx context.Context, said *[]bom.Component, parts []*limit.Value) {
	for i, one := range all(said) {
		if ctx.Err() != nil {
			return
		}
		part := at(parts, i)
		switch {
		case one.Name == "" || one.Scope == bom.ScopeExcluded:
		case one.Type == bom.ComponentTypeMachineLearningModel:
			r.model(one, part)
		case runs(one):
			r.component(one, part, "")
		case one.Type != bom.ComponentTypeFile && one.Type != bom.ComponentTypeData && one.Type != bom.ComponentTypeCryptographicAsset && one.Type != bom.ComponentTypeApplication:
			r.pack(one, part)
		}
		r.components(ctx, one.Components, items(part, "components", "component"))
	}
}

// runs says whether a component is more than a package. What scanners of files list as
// an application, the file of locked dependencies, has neither version nor address.
func runs(said bom.Component) bool {
	switch said.Type {
	case bom.ComponentTypeContainer, bom.ComponentTypePlatform:
		return true
	case bom.ComponentTypeApplication:
		return said.Version != "" || said.PackageURL != ""
	}
	return false
}

func (r *reading) pack(said bom.Component, part *limit.Value) {
	name := said.Name
	if said.Group != "" {
		name = said.Group + "/" + name
	}
	pack := austauschbar.Package{Name: name, Version: said.Version, Licences: licence.Named(expression(said.Licenses)), Evidence: r.evidence(part)}
	if purl, err := packageurl.FromString(said.PackageURL); err == nil {
		pack.Ecosystem = purl.Type
		purl.Version, purl.Qualifiers, purl.Subpath = "", nil, ""
		pack.PURL = purl.ToString()
	}
	pack.Component = r.refs[r.root]
	if ref := cmp.Or(said.BOMRef, said.PackageURL); ref != "" {
		r.packages[ref] = len(r.found.Packages)
	}
	r.found.Packages = append(r.found.Packages, pack)
}

func (r *reading) model(said bom.Component, part *limit.Value) {
	id := r.id(cmp.Or(said.BOMRef, said.Name))
	model := austauschbar.Model{ID: id, Name: said.Name, Licence: expression(said.Licenses), Evidence: []austauschbar.Evidence{r.evidence(part)}}
	for _, maker := range []*bom.OrganizationalEntity{said.Manufacturer, said.Supplier} {
		if maker != nil && model.Vendor == "" {
			model.Vendor = maker.Name
		}
	}
	model.Vendor = cmp.Or(model.Vendor, said.Publisher, said.Group)
	r.models[cmp.Or(said.BOMRef, said.Name)] = len(r.found.Models)
	r.found.Models = append(r.found.Models, model)
}

// expression joins licences as an SPDX expression, those without an id by their names;
// a name of several words is kept only where it stands alone.
func expression(licences *bom.Licenses) string {
	if licences == nil {
		return ""
	}
	var parts []string
	for _, choice := range *licences {
		part := choice.Expression
		if choice.License != nil {
			part = cmp.Or(choice.License.ID, choice.License.Name)
		}
		if part = lines.Clean(part); part == "" || slices.Contains(parts, part) {
			continue
		}
		parts = append(parts, part)
	}
	if len(parts) > 1 {
		for i, part := range parts {
			if strings.Contains(part, " ") {
				parts[i] = "(" + part + ")"
			}
		}
	}
	return strings.Join(parts, " AND ")
}

// services keeps services, those within each other too, with what they offer.
func (r *reading) services(said *[]bom.Service, parts []*limit.Value, within string) {
	for i, one := range all(said) {
		part := at(parts, i)
		if one.Name == "" {
			continue
		}
		ref := cmp.Or(one.BOMRef, one.Name)
		id := r.id(ref)
		r.refs[ref] = id
		component := austauschbar.Component{
			ID: id, Name: one.Name, Kind: "other", Version: one.Version, Within: within, Licence: expression(one.Licenses), Evidence: []austauschbar.Evidence{r.evidence(part)},
		}
		if one.Provider != nil {
			component.Provider = one.Provider.Name
		}
		r.found.Components = append(r.found.Components, component)
		r.endpoints(one, part, id)
		r.services(one.Services, items(part, "services", "service"), id)
	}
}

// endpoints keeps the addresses at which a service answers.
func (r *reading) endpoints(said bom.Service, part *limit.Value, id string) {
	places := items(part, "endpoints", "endpoint")
	for i, endpoint := range all(said.Endpoints) {
		address, err := url.Parse(strings.TrimSpace(endpoint))
		if err != nil || endpoint == "" {
			continue
		}
		address.User = nil
		offered := austauschbar.Interface{ID: r.id(id + " " + address.String()), Name: address.String(), To: id, Kind: "api", Protocol: address.Scheme, Evidence: r.place(at(places, i))}
		if said.Authenticated != nil && *said.Authenticated {
			offered.Security = []string{"authenticated"}
		}
		r.found.Interfaces = append(r.found.Interfaces, offered)
	}
}

// flows keeps where data of services go, as far as the file names the other end.
func (r *reading) flows(said *[]bom.Service, parts []*limit.Value) {
	for i, one := range all(said) {
		part := at(parts, i)
		self := cmp.Or(one.BOMRef, one.Name)
		places := items(part, "data", "dataflow")
		for k, flow := range all(one.Data) {
			for _, from := range all(flow.Source) {
				r.edge(from, self, flow.Classification, at(places, k))
			}
			for _, to := range all(flow.Destination) {
				r.edge(self, to, flow.Classification, at(places, k))
			}
		}
		r.flows(one.Services, items(part, "services", "service"))
	}
}

// dependencies keeps what needs what: edges between components, the packages that the
// bill's subject names itself, the components that use a model.
func (r *reading) dependencies(said *[]bom.Dependency, parts []*limit.Value) {
	for i, one := range all(said) {
		places := at(parts, i).At("dependsOn")
		listed := at(parts, i).All("dependency")
		if places != nil {
			listed = places.Items
		}
		for k, needed := range all(one.Dependencies) {
			if index, ok := r.packages[needed]; ok && one.Ref == r.root {
				r.found.Packages[index].Direct = true
			}
			if index, ok := r.models[needed]; ok {
				if user, ok := r.refs[one.Ref]; ok && !slices.Contains(r.found.Models[index].UsedBy, user) {
					r.found.Models[index].UsedBy = append(r.found.Models[index].UsedBy, user)
				}
			}
			r.edge(one.Ref, needed, "", at(listed, k))
		}
	}
}

// edge keeps an edge between components, once.
func (r *reading) edge(from, to, name string, place *limit.Value) {
	from, known := r.refs[from]
	to, knownToo := r.refs[to]
	name = lines.Clean(name)
	if key := from + "\x00" + to + "\x00" + name; known && knownToo && from != to && !r.edges[key] {
		r.edges[key] = true
		r.found.Interfaces = append(r.found.Interfaces, austauschbar.Interface{
			ID: r.id(strings.TrimSpace(from + " -> " + to + " " + name)), Name: name, From: from, To: to, Kind: "dependency", Evidence: r.place(place),
		})
	}
}
