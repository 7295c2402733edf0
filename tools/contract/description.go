package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// webhookPath is where a webhook of the description stands in ours.
func webhookPath(name string) string { return "/webhooks/" + name }

// loadDescription reads the part of an OpenAPI description that tells of paths:
// the whole has 13 MB and takes seconds. Webhooks become paths, and request bodies
// may have the properties that are named and no other.
func loadDescription(file string, paths map[string]bool) (*openapi3.T, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var whole map[string]any
	if err := json.Unmarshal(data, &whole); err != nil {
		return nil, err
	}
	kept := map[string]any{}
	for template, item := range object(whole["paths"]) {
		for path := range paths {
			if matches(template, path) {
				kept[template] = item
			}
		}
	}
	for name, item := range object(whole["x-webhooks"]) {
		if path := webhookPath(name); paths[path] {
			kept[path] = item
		}
	}
	mend(kept)
	components := map[string]any{}
	if err := follow(whole, kept, components); err != nil {
		return nil, err
	}
	for path, item := range kept {
		if !strings.HasPrefix(path, webhookPath("")) {
			closeBodies(item)
		}
	}
	cut, err := json.Marshal(map[string]any{
		"openapi": whole["openapi"], "info": whole["info"], "servers": whole["servers"], "paths": kept, "components": components,
	})
	if err != nil {
		return nil, err
	}
	return openapi3.NewLoader().LoadFromData(cut)
}

// mend undoes what is wrong in the description: in the list of installations an
// account is said to be a user and an enterprise at once; of one installation it is
// either.
func mend(paths map[string]any) {
	account := paths["/app/installations"]
	for _, step := range []string{"get", "responses", "200", "content", "application/json", "schema", "items", "properties", "account"} {
		account = object(account)[step]
	}
	if both, wrong := object(account)["allOf"]; wrong {
		object(account)["anyOf"] = both
		delete(object(account), "allOf")
	}
}

// object is a JSON object; nil, which can be read, for anything else.
func object(value any) map[string]any {
	fields, _ := value.(map[string]any)
	return fields
}

// matches says whether a path can be one of a template's.
func matches(template, path string) bool {
	parts, given := strings.Split(template, "/"), strings.Split(path, "/")
	if len(parts) != len(given) {
		return false
	}
	for i, part := range parts {
		if part != given[i] && !strings.HasPrefix(part, "{") {
			return false
		}
	}
	return true
}

// follow copies the components that a value refers to, and those that they refer
// to.
func follow(whole map[string]any, value any, components map[string]any) error {
	switch value := value.(type) {
	case []any:
		for _, each := range value {
			if err := follow(whole, each, components); err != nil {
				return err
			}
		}
	case map[string]any:
		if reference, ok := value["$ref"].(string); ok {
			return copyComponent(whole, reference, components)
		}
		for _, each := range value {
			if err := follow(whole, each, components); err != nil {
				return err
			}
		}
	}
	return nil
}

func copyComponent(whole map[string]any, reference string, components map[string]any) error {
	kind, name, ok := strings.Cut(strings.TrimPrefix(reference, "#/components/"), "/")
	component, found := object(object(whole["components"])[kind])[name]
	if !ok || !found {
		return fmt.Errorf("reference %s leads nowhere", reference)
	}
	if components[kind] == nil {
		components[kind] = map[string]any{}
	}
	if _, done := object(components[kind])[name]; done {
		return nil
	}
	object(components[kind])[name] = component
	return follow(whole, component, components)
}

// closeBodies forbids properties without a name in the request bodies of a path.
// GitHub ignores them, so that a misspelt one goes unnoticed.
func closeBodies(path any) {
	for _, operation := range object(path) {
		for _, media := range object(object(object(operation)["requestBody"])["content"]) {
			closeSchema(object(media)["schema"])
		}
	}
}

// closeSchema leaves alternatives open where properties stand beside them.
func closeSchema(schema any) {
	fields := object(schema)
	properties := object(fields["properties"])
	for _, property := range properties {
		closeSchema(property)
	}
	if items, ok := fields["items"]; ok {
		closeSchema(items)
	}
	if len(properties) > 0 {
		if _, told := fields["additionalProperties"]; !told {
			fields["additionalProperties"] = false
		}
		return
	}
	for _, kind := range []string{"oneOf", "anyOf"} {
		alternatives, _ := fields[kind].([]any)
		for _, alternative := range alternatives {
			closeSchema(alternative)
		}
	}
}
