// Package schema gives the JSON Schemas of what people write (dossier, config, profile,
// server, waivers) and of what the program prints (batch, facts, register, review),
// generated from the Go types, and checks YAML against them. It alone imports the schema
// libraries.
package schema

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/invopop/jsonschema"

	"github.com/austauschbar/austauschbar"
)

// Names of the schemas.
const (
	Batch    = "batch" // of a line of results
	Dossier  = "dossier"
	Config   = "config"
	Facts    = "facts"
	Profile  = "profile"
	Register = "register"
	Review   = "review"
	Server   = "server"
	Waivers  = "waivers"
)

// root is where the schemas say they live.
const root = "https://austauschbar.github.io/schema/"

var types = map[string]any{
	Batch:    &austauschbar.BatchLine{},
	Dossier:  &austauschbar.Manifest{},
	Config:   &austauschbar.Config{},
	Facts:    &austauschbar.Facts{},
	Profile:  &austauschbar.Profile{},
	Register: &austauschbar.Register{},
	Review:   &austauschbar.Review{},
	Server:   &austauschbar.ServerConfig{},
	Waivers:  &austauschbar.Waivers{},
}

// written are the schemas of what people write. Only what their tags require must
// stand there; of what the program prints, all that is not left out when empty.
var written = []string{Config, Dossier, Profile, Server, Waivers}

// Names lists all schemas, sorted.
func Names() []string { return slices.Sorted(maps.Keys(types)) }

// Schema returns a JSON Schema (draft 2020-12), indented. Topics are the ids
// that facts may hold; they close the schema of the facts.
func Schema(name string, topics []string) ([]byte, error) {
	of, ok := types[name]
	if !ok {
		return nil, fmt.Errorf("schema %q: want one of %v", name, Names())
	}
	reflector := jsonschema.Reflector{Anonymous: true, ExpandedStruct: true, RequiredFromJSONSchemaTags: slices.Contains(written, name), Namer: plainName}
	reflector.AllowAdditionalProperties = name == Review // others read it, and keys are added within a version
	s := reflector.Reflect(of)
	s.ID = jsonschema.ID(root + name + ".json")
	switch name {
	case Review:
		s.Title = fmt.Sprintf("Review, version %d", austauschbar.ReviewVersion)
		s.Description = "What austauschbar review --format json prints. Within a version keys are added, and none is renamed, left out or given another meaning: read past those that you do not know."
	case Facts:
		closeMap(s, "topics", topics)
		closeMap(s, "mentions", austauschbar.MentionKinds)
	case Dossier:
		roles, _ := s.Properties.Get("roles")
		roles.AdditionalProperties = &jsonschema.Schema{Type: "string", Enum: anys(austauschbar.DocumentRoles)}
	case Waivers:
		reason, _ := s.Definitions["WaiverRecord"].Properties.Get("reason")
		reason.Enum = anys(append(slices.Clone(austauschbar.WaiverReasons), "")) // "" until somebody fills it in
	}
	data, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write schema %s: %w", name, err)
	}
	return append(data, '\n'), nil
}

// plainName names a type's definition; of a generic type, "Known[string]" becomes
// "KnownString", since a reference may hold no brackets.
func plainName(of reflect.Type) string {
	generic, argument, isGeneric := strings.Cut(strings.TrimSuffix(of.Name(), "]"), "[")
	if !isGeneric {
		return generic
	}
	argument = argument[strings.LastIndexByte(argument, '.')+1:]
	return generic + strings.ToUpper(argument[:1]) + argument[1:]
}

// closeMap replaces a map's schema by an object with just these keys, so that
// policies that misspell one do not compile.
func closeMap(s *jsonschema.Schema, property string, keys []string) {
	open, _ := s.Properties.Get(property)
	closed := &jsonschema.Schema{Type: "object", Properties: jsonschema.NewProperties(), AdditionalProperties: jsonschema.FalseSchema, Required: keys}
	for _, key := range keys {
		closed.Properties.Set(key, open.AdditionalProperties)
	}
	s.Properties.Set(property, closed)
}

func anys(list []string) []any {
	result := make([]any, len(list))
	for i, item := range list {
		result[i] = item
	}
	return result
}
