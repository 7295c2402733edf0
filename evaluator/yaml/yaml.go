// Package yaml reads YAML as the values that JSON has, within bounds: files come from
// strangers, and YAML can say much with few bytes.
package yaml

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// Parse returns the documents of a file, each value with its line. Aliases and merge
// keys ("<<") are put in, counted as what they stand for.
//
// Errors are a *limit.Refusal ("too_large", "damaged", "unknown_content" for a template
// of YAML) or the context's.
func Parse(ctx context.Context, data []byte) ([]*limit.Value, error) {
	type result struct {
		documents []*limit.Value
		err       error
	}
	if len(data) > limit.YAML {
		return nil, limit.Refuse("too_large", fmt.Sprintf("more than %d MiB of YAML", limit.YAML>>20))
	}
	// Parsing cannot be stopped, but is bounded; nobody waits for its end.
	done := make(chan result, 1)
	go func() {
		documents, err := documentsOf(data)
		done <- result{documents, err}
	}()
	select {
	case r := <-done:
		return r.documents, r.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func documentsOf(data []byte) ([]*limit.Value, error) {
	var documents []*limit.Value
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	c := &converter{}
	for {
		var node yaml.Node
		err := decoder.Decode(&node)
		switch {
		case errors.Is(err, io.EOF):
			return documents, nil
		case err != nil && bytes.Contains(data, []byte("{{")):
			return nil, limit.Refuse("unknown_content", "a template of YAML")
		case err != nil:
			return nil, limit.Refuse("damaged", strings.TrimPrefix(err.Error(), "yaml: "))
		}
		for _, content := range node.Content {
			document, err := c.value(content, 0)
			if err != nil {
				return nil, err
			}
			documents = append(documents, document)
		}
	}
}

// A converter turns YAML into what JSON has. It counts what it makes.
type converter struct{ values int }

// value turns a node into a value. What an alias stands for is put in and counted, so
// that neither aliases upon aliases nor one of itself grow without bounds.
func (c *converter) value(node *yaml.Node, depth int) (*limit.Value, error) {
	if c.values++; c.values > limit.Elements {
		return nil, limit.Refuse("too_large", fmt.Sprintf("there are more than %d values", limit.Elements))
	}
	if depth > limit.Depth {
		return nil, limit.Refuse("too_large", fmt.Sprintf("values are nested more than %d deep", limit.Depth))
	}
	v := &limit.Value{Line: node.Line}
	switch node.Kind {
	case yaml.AliasNode:
		if node.Alias == nil {
			return v, nil
		}
		stood, err := c.value(node.Alias, depth+1)
		if err == nil && node.Alias.Kind == yaml.ScalarNode {
			stood.Line = node.Line
		}
		return stood, err
	case yaml.ScalarNode:
		v.Kind, v.Text = limit.Scalar, node.Value
		switch {
		case node.Tag == "!!null":
			v.Kind, v.Text = limit.Null, ""
		case node.Tag == "!!str":
			v.Kind = limit.String
		}
		if node.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
			v.Line++ // the text begins below its indicator
		}
	case yaml.SequenceNode:
		v.Kind = limit.Array
		for _, item := range node.Content {
			element, err := c.value(item, depth+1)
			if err != nil {
				return nil, err
			}
			v.Items = append(v.Items, element)
		}
	case yaml.MappingNode:
		v.Kind = limit.Object
		var merged []*limit.Value
		for i := 0; i+1 < len(node.Content); i += 2 {
			member, err := c.value(node.Content[i+1], depth+1)
			if err != nil {
				return nil, err
			}
			member.Key = node.Content[i].Value
			if node.Content[i].Tag == "!!merge" {
				merged = append(merged, member)
				continue
			}
			v.Items = append(v.Items, member)
		}
		for _, from := range merged {
			v.Items = append(v.Items, missing(v, from)...)
		}
	}
	return v, nil
}

// missing lists the members that a merge key brings: those of an object, or of each
// object of a list, that v does not have itself. The first one wins.
func missing(v, from *limit.Value) []*limit.Value {
	sources := []*limit.Value{from}
	if from.Kind == limit.Array {
		sources = from.Items
	}
	known := map[string]bool{}
	for _, item := range v.Items {
		known[item.Key] = true
	}
	var found []*limit.Value
	for _, source := range sources {
		if source.Kind != limit.Object {
			continue
		}
		for _, item := range source.Items {
			if !known[item.Key] {
				known[item.Key] = true
				found = append(found, item)
			}
		}
	}
	return found
}
