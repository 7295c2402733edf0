package schema

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
	checker "github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"go.yaml.in/yaml/v3"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// MaxYAML bounds the files that Decode reads, in bytes.
const MaxYAML = 1 << 20

// Decode checks YAML against a schema and decodes it. Every error names the
// line, and for an unknown key the nearest known one. An empty file is valid.
func Decode(name string, data []byte, into any) error {
	document, value, err := parse(data)
	if err != nil || document == nil {
		return err
	}
	if err := check(name, value, document); err != nil {
		return err
	}
	return document.Decode(into)
}

// DecodeOpen decodes YAML whose format others specify: keys that are not known here
// are passed over. It keeps the same bounds as Decode, and its error names the line.
func DecodeOpen(data []byte, into any) error {
	document, _, err := parse(data)
	if err != nil || document == nil {
		return err
	}
	return trimmed(document.Decode(into))
}

// parse reads YAML within our bounds, as nodes and as what JSON has; nil for an
// empty file.
func parse(data []byte) (*yaml.Node, any, error) {
	if len(data) > MaxYAML {
		return nil, nil, fmt.Errorf("is larger than %d bytes", MaxYAML)
	}
	var document yaml.Node
	switch err := yaml.NewDecoder(bytes.NewReader(data)).Decode(&document); {
	case errors.Is(err, io.EOF):
		return nil, nil, nil
	case err != nil:
		return nil, nil, trimmed(err)
	}
	value, err := plainValue(&document, 0)
	return &document, value, err
}

// trimmed drops the library's name and makes one line of its error.
func trimmed(err error) error {
	if err == nil {
		return nil
	}
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	return errors.New(strings.Join(strings.Fields(strings.TrimPrefix(text, "unmarshal errors:")), " "))
}

// plainValue turns YAML into what JSON has. Dates stay the strings they are;
// aliases are refused, since they can grow without bounds.
func plainValue(node *yaml.Node, depth int) (any, error) {
	if depth > 50 {
		return nil, fmt.Errorf("line %d: is nested too deeply", node.Line)
	}
	switch node.Kind {
	case yaml.DocumentNode:
		return plainValue(node.Content[0], depth)
	case yaml.AliasNode:
		return nil, fmt.Errorf("line %d: aliases are not allowed", node.Line)
	case yaml.MappingNode:
		object := map[string]any{}
		for i := 0; i < len(node.Content); i += 2 {
			value, err := plainValue(node.Content[i+1], depth+1)
			if err != nil {
				return nil, err
			}
			object[node.Content[i].Value] = value
		}
		return object, nil
	case yaml.SequenceNode:
		list := make([]any, len(node.Content))
		for i, item := range node.Content {
			value, err := plainValue(item, depth+1)
			if err != nil {
				return nil, err
			}
			list[i] = value
		}
		return list, nil
	}
	if node.Tag == "!!timestamp" {
		return node.Value, nil
	}
	var value any
	if err := node.Decode(&value); err != nil {
		return nil, fmt.Errorf("line %d: %w", node.Line, err)
	}
	return value, nil
}

// Line returns the line of the value that a path of keys and indices leads to,
// or of the last part of the path that is there; 0 where YAML is broken or empty.
func Line(data []byte, path ...string) int {
	var document yaml.Node
	if err := yaml.Unmarshal(data, &document); err != nil || len(document.Content) == 0 {
		return 0
	}
	return nodeAt(document.Content[0], path).Line
}

// Lines returns the lines of those keys that are there, each a path joined by dots.
func Lines(data []byte, keys []string) map[string]int {
	lines := map[string]int{}
	var document yaml.Node
	if err := yaml.Unmarshal(data, &document); err != nil || len(document.Content) == 0 {
		return lines
	}
	for _, key := range keys {
		node := document.Content[0]
		for step := range strings.SplitSeq(key, ".") {
			if node = child(node, step); node == nil {
				break
			}
		}
		if node != nil {
			lines[key] = node.Line
		}
	}
	return lines
}

func check(name string, value any, document *yaml.Node) error {
	data, err := Schema(name, nil)
	if err != nil {
		return err
	}
	parsed, err := checker.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return fmt.Errorf("read schema %s: %w", name, err)
	}
	compiler := checker.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource(root+name+".json", parsed); err != nil {
		return fmt.Errorf("read schema %s: %w", name, err)
	}
	compiled, err := compiler.Compile(root + name + ".json")
	if err != nil {
		return fmt.Errorf("compile schema %s: %w", name, err)
	}
	var invalid *checker.ValidationError
	if err := compiled.Validate(value); errors.As(err, &invalid) {
		return explain(invalid, document, parsed)
	}
	return nil
}

// explain names the first fault by its line.
func explain(invalid *checker.ValidationError, document *yaml.Node, schema any) error {
	fault := deepest(invalid)
	node := nodeAt(document.Content[0], fault.InstanceLocation)
	if unknown, ok := fault.ErrorKind.(*kind.AdditionalProperties); ok {
		slices.Sort(unknown.Properties)
		return unknownKey(node, unknown.Properties[0], knownKeys(schema, fault.SchemaURL))
	}
	reason := fault.ErrorKind.LocalizedString(message.NewPrinter(language.English))
	if len(fault.InstanceLocation) == 0 {
		return fmt.Errorf("line %d: %s", node.Line, reason)
	}
	return fmt.Errorf("line %d: %s: %s", node.Line, strings.Join(fault.InstanceLocation, "."), reason)
}

// deepest follows the first cause down. Of the faults of one mapping, an unknown
// key comes first: where it is misspelt, the right one is missing too.
func deepest(invalid *checker.ValidationError) *checker.ValidationError {
	for len(invalid.Causes) > 0 {
		next := invalid.Causes[0]
		for _, cause := range invalid.Causes {
			if _, unknown := cause.ErrorKind.(*kind.AdditionalProperties); unknown {
				next = cause
				break
			}
		}
		invalid = next
	}
	return invalid
}

// nodeAt follows a path of keys and indices.
func nodeAt(node *yaml.Node, path []string) *yaml.Node {
	for _, step := range path {
		next := child(node, step)
		if next == nil {
			break
		}
		node = next
	}
	return node
}

func child(node *yaml.Node, step string) *yaml.Node {
	if node.Kind == yaml.MappingNode {
		for i := 0; i < len(node.Content); i += 2 {
			if node.Content[i].Value == step {
				return node.Content[i+1]
			}
		}
		return nil
	}
	for i, item := range node.Content {
		if fmt.Sprint(i) == step {
			return item
		}
	}
	return nil
}

func unknownKey(node *yaml.Node, key string, known []string) error {
	line := node.Line
	for i := 0; i < len(node.Content); i += 2 {
		if node.Content[i].Value == key {
			line = node.Content[i].Line
		}
	}
	if nearest := Nearest(key, known); nearest != "" {
		return fmt.Errorf("line %d: unknown key %q; did you mean %q?", line, key, nearest)
	}
	return fmt.Errorf("line %d: unknown key %q; known are %s", line, key, strings.Join(known, ", "))
}

// knownKeys lists the properties of the part of a schema that a URL's fragment
// names, sorted.
func knownKeys(schema any, url string) []string {
	_, fragment, _ := strings.Cut(url, "#/")
	part, _ := schema.(map[string]any)
	for step := range strings.SplitSeq(fragment, "/") {
		if next, ok := part[step].(map[string]any); ok {
			part = next
		}
	}
	properties, _ := part["properties"].(map[string]any)
	return slices.Sorted(maps.Keys(properties))
}

// Nearest returns the word most like the one asked for, within two edits for
// short words and a third of the letters for long ones; "" where none is.
func Nearest(word string, among []string) string {
	best, bestDistance := "", max(2, len(word)/3)+1
	for _, candidate := range among {
		if distance := levenshtein.ComputeDistance(strings.ToLower(word), strings.ToLower(candidate)); distance < bestDistance {
			best, bestDistance = candidate, distance
		}
	}
	return best
}
