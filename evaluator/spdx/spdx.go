// Package spdx reads SPDX bills of materials of versions 2.1 to 2.3 in JSON, YAML and
// as tags with values.
package spdx

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/package-url/packageurl-go"
	spdxjson "github.com/spdx/tools-golang/json"
	spdxmodel "github.com/spdx/tools-golang/spdx"
	"github.com/spdx/tools-golang/tagvalue"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/licence"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
	"github.com/austauschbar/austauschbar/evaluator/yaml"
)

// ReadRDF refuses SPDX in RDF.
func ReadRDF(context.Context, []byte) (austauschbar.Text, error) {
	return austauschbar.Text{}, limit.Refuse("unknown_content", "RDF: SPDX is read in JSON, YAML and as tags with values")
}

// Read reads a bill of materials.
//
// Refusals: "unknown_content" for what is none or of a version that is not read,
// "damaged", "too_large", "empty".
func Read(ctx context.Context, data []byte) (austauschbar.Text, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	said, places, err := parse(ctx, data)
	if err != nil {
		return austauschbar.Text{}, err
	}
	r := reading{source: lines.NewSource(data), places: places, roots: rootsOf(said), found: &austauschbar.Architecture{}, packages: map[string]int{}, components: map[string]bool{}}
	for _, one := range said.Packages {
		if err := ctx.Err(); err != nil {
			return austauschbar.Text{}, err
		}
		if one != nil && one.PackageName != "" && r.roots[string(one.PackageSPDXIdentifier)] {
			r.subject(one)
		}
	}
	for _, one := range said.Packages {
		if one != nil && one.PackageName != "" && !r.roots[string(one.PackageSPDXIdentifier)] {
			r.pack(one)
		}
	}
	for _, relation := range said.Relationships {
		r.relation(relation)
	}
	return austauschbar.Text{Architecture: r.found}, nil
}

// parse checks the bounds and knows the lines of what the library then reads.
func parse(ctx context.Context, data []byte) (*spdxmodel.Document, map[string]int, error) {
	trimmed := bytes.TrimSpace(data)
	switch {
	case ctx.Err() != nil:
		return nil, nil, ctx.Err()
	case len(trimmed) == 0:
		return nil, nil, limit.Refuse("empty", "")
	case trimmed[0] == '{':
		tree, err := limit.NewJSON(ctx, bytes.NewReader(data)).Next()
		return parseTree(tree, data, err)
	case trimmed[0] == '<':
		return nil, nil, limit.Refuse("unknown_content", "RDF: SPDX is read in JSON, YAML and as tags with values")
	case bytes.HasPrefix(trimmed, []byte("SPDXVersion:")), bytes.Contains(data, []byte("\nSPDXVersion:")):
		return parseTags(data)
	}
	documents, err := yaml.Parse(ctx, data)
	if err != nil {
		return nil, nil, err
	}
	if len(documents) != 1 {
		return nil, nil, limit.Refuse("unknown_content", "no SPDX")
	}
	// Aliases are put in and counted; the library is given what is left.
	plain, err := json.Marshal(plainOf(documents[0]))
	if err != nil {
		return nil, nil, limit.Refuse("damaged", err.Error())
	}
	return parseTree(documents[0], plain, nil)
}

// plainOf is what JSON has for a value. All scalars but booleans become texts, since
// YAML takes a version for a number.
func plainOf(v *limit.Value) any {
	switch v.Kind {
	case limit.Object:
		members := make(map[string]any, len(v.Items))
		for _, item := range v.Items {
			members[item.Key] = plainOf(item)
		}
		return members
	case limit.Array:
		list := make([]any, 0, len(v.Items))
		for _, item := range v.Items {
			list = append(list, plainOf(item))
		}
		return list
	case limit.Null:
		return nil
	case limit.Scalar:
		if v.Text == "true" || v.Text == "false" {
			return v.Text == "true"
		}
	}
	return v.Text
}

// versions are those of the format that the library reads.
var versions = []string{"SPDX-2.1", "SPDX-2.2", "SPDX-2.3"}

func parseTree(tree *limit.Value, data []byte, err error) (*spdxmodel.Document, map[string]int, error) {
	if err != nil {
		return nil, nil, err
	}
	if version := tree.At("spdxVersion").String(); !slices.Contains(versions, version) {
		return nil, nil, limit.Refuse("unknown_content", "no SPDX 2")
	}
	said, err := spdxjson.Read(bytes.NewReader(data))
	if err != nil {
		return nil, nil, limit.Refuse("damaged", err.Error())
	}
	places := map[string]int{}
	for _, one := range tree.Elements("packages") {
		if name := one.At("name"); name != nil {
			places[bare(one.At("SPDXID").String())] = name.Line
		}
	}
	return said, places, nil
}

// bare is an id without the prefix that the library drops as well.
func bare(id string) string { return strings.TrimPrefix(id, "SPDXRef-") }

func parseTags(data []byte) (*spdxmodel.Document, map[string]int, error) {
	said, err := tagvalue.Read(bytes.NewReader(data))
	if err != nil {
		return nil, nil, limit.Refuse("damaged", err.Error())
	}
	places, named, inText := map[string]int{}, 0, false
	for i, line := range strings.Split(string(data), "\n") {
		tag, value, _ := strings.Cut(line, ":")
		switch {
		case inText:
			inText = !strings.Contains(line, "</text>")
		case strings.Contains(value, "<text>") && !strings.Contains(value, "</text>"):
			inText = true
		case strings.TrimSpace(tag) == "PackageName":
			named = i + 1
		case strings.TrimSpace(tag) == "SPDXID" && named > 0:
			places[bare(strings.TrimSpace(value))] = named
			named = 0
		}
	}
	return said, places, nil
}

// rootsOf lists what the bill says that it describes, by ids.
func rootsOf(said *spdxmodel.Document) map[string]bool {
	roots := map[string]bool{}
	for _, relation := range said.Relationships {
		if relation == nil {
			continue
		}
		from, to := string(relation.RefA.ElementRefID), string(relation.RefB.ElementRefID)
		switch strings.ToUpper(relation.Relationship) {
		case "DESCRIBES":
			if from == "DOCUMENT" {
				roots[to] = true
			}
		case "DESCRIBED_BY":
			if to == "DOCUMENT" {
				roots[from] = true
			}
		}
	}
	return roots
}

// A reading is what was found so far.
type reading struct {
	source     *lines.Source
	places     map[string]int // lines of names by ids
	roots      map[string]bool
	found      *austauschbar.Architecture
	packages   map[string]int // indices by ids
	components map[string]bool
}

// purposes are what the format says of a package's purpose.
var purposes = map[string]string{"APPLICATION": "application", "OPERATING-SYSTEM": "platform"}

// subject keeps what the bill is of.
func (r *reading) subject(said *spdxmodel.Package) {
	id := string(said.PackageSPDXIdentifier)
	if id == "" || r.components[id] {
		return
	}
	r.components[id] = true
	r.found.Components = append(r.found.Components, austauschbar.Component{
		ID: id, Name: said.PackageName, Kind: cmp.Or(purposes[said.PrimaryPackagePurpose], "other"), Version: said.PackageVersion,
		Licence: declared(said), Evidence: []austauschbar.Evidence{r.source.At(r.places[id])},
	})
}

func (r *reading) pack(said *spdxmodel.Package) {
	id := string(said.PackageSPDXIdentifier)
	pack := austauschbar.Package{
		Name: said.PackageName, Version: said.PackageVersion, Licences: licence.Named(declared(said)), Evidence: r.source.At(r.places[id]),
	}
	for _, reference := range said.PackageExternalReferences {
		if reference == nil || reference.RefType != "purl" {
			continue
		}
		if purl, err := packageurl.FromString(reference.Locator); err == nil && pack.PURL == "" {
			pack.Ecosystem = purl.Type
			purl.Version, purl.Qualifiers, purl.Subpath = "", nil, ""
			pack.PURL = purl.ToString()
		}
	}
	if len(r.found.Components) == 1 {
		pack.Component = r.found.Components[0].ID
	}
	r.packages[id] = len(r.found.Packages)
	r.found.Packages = append(r.found.Packages, pack)
}

// declared is the licence that a package's makers declare, else the one that the bill's
// author concluded; "" where neither is told.
func declared(said *spdxmodel.Package) string {
	for _, expression := range []string{said.PackageLicenseDeclared, said.PackageLicenseConcluded} {
		if expression = lines.Clean(expression); expression != "" && expression != "NOASSERTION" && expression != "NONE" {
			return expression
		}
	}
	return ""
}

// needs says which relationships mean that the first needs the second.
var needs = map[string]bool{"DEPENDS_ON": true, "DYNAMIC_LINK": true, "STATIC_LINK": true, "HAS_PREREQUISITE": true}

// needed says which relationships mean that the second needs the first.
var needed = map[string]bool{"DEPENDENCY_OF": true, "RUNTIME_DEPENDENCY_OF": true, "OPTIONAL_DEPENDENCY_OF": true, "PROVIDED_DEPENDENCY_OF": true, "PREREQUISITE_FOR": true}

// relation marks packages that what the bill describes names itself.
func (r *reading) relation(said *spdxmodel.Relationship) {
	if said == nil {
		return
	}
	from, to := string(said.RefA.ElementRefID), string(said.RefB.ElementRefID)
	switch kind := strings.ToUpper(said.Relationship); {
	case needs[kind]:
	case needed[kind]:
		from, to = to, from
	default:
		return
	}
	if index, ok := r.packages[to]; ok && r.roots[from] {
		r.found.Packages[index].Direct = true
	}
}
