package requirements

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

// parseYAML returns the documents of a file. Its error is a *limit.Refusal or the
// context's.
func parseYAML(ctx context.Context, data []byte) ([]*limit.Value, error) {
	type result struct {
		documents []*limit.Value
		err       error
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

// value turns a node into a value. An alias stands for its anchor where that is a
// text, and for nothing else: others could grow without bounds.
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
		if node.Alias != nil && node.Alias.Kind == yaml.ScalarNode {
			v.Kind, v.Text = limit.String, node.Alias.Value
		}
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
		for i := 0; i+1 < len(node.Content); i += 2 {
			member, err := c.value(node.Content[i+1], depth+1)
			if err != nil {
				return nil, err
			}
			member.Key = node.Content[i].Value
			v.Items = append(v.Items, member)
		}
	}
	return v, nil
}
