// Package kubernetes reads manifests of Kubernetes: what runs, under which names it is
// reached, and how it is configured.
package kubernetes

import (
	"bytes"
	"context"
	"fmt"
	"regexp"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/container"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
	"github.com/austauschbar/austauschbar/evaluator/yaml"
)

// A Manifest is YAML or JSON with the places that its lines come from.
type Manifest struct {
	Data  []byte
	Place func(line int) austauschbar.Evidence // of a line of Data, counted from 1
	// Within is the component that everything in it is part of; "" for none.
	Within string
	// Trim is what stands before the names of objects for a reason that no file gives:
	// the name of a release.
	Trim string
}

// Read reads a file of manifests. A template of them is refused as "chart_part".
func Read(ctx context.Context, data []byte) (austauschbar.Text, error) {
	if isTemplate(data) {
		return austauschbar.Text{}, limit.Refuse("chart_part", "a template of a Helm chart")
	}
	found, objects, err := Together(ctx, []Manifest{{Data: data, Place: lines.NewSource(data).At}})
	if err != nil {
		return austauschbar.Text{}, err
	}
	if objects == 0 {
		return austauschbar.Text{}, limit.Refuse("unknown_content", "no object of Kubernetes")
	}
	return austauschbar.Text{Architecture: &found}, nil
}

var action = regexp.MustCompile(`\{\{-?\s*(?:/\*|[^{}]*(?:\.(?:Values|Release|Chart|Capabilities|Files)\b|\b(?:include|template|define|range|end|else)\b))`)

func isTemplate(data []byte) bool {
	return bytes.Contains(data, []byte("{{")) && action.Match(data)
}

// Together reads manifests that mean one another: what a service of one leads to may
// stand in another. It says how many objects there are. A manifest that is no YAML is an
// error, a *limit.Refusal, as is the context's end.
func Together(ctx context.Context, manifests []Manifest) (austauschbar.Architecture, int, error) {
	c := &cluster{ids: map[string]bool{}, configs: map[string]*object{}}
	for _, manifest := range manifests {
		documents, err := yaml.Parse(ctx, manifest.Data)
		if err != nil {
			return austauschbar.Architecture{}, 0, err
		}
		for _, document := range documents {
			if err := c.add(document, manifest); err != nil {
				return austauschbar.Architecture{}, 0, err
			}
		}
	}
	return c.read(), len(c.objects), ctx.Err()
}

// An object is one of a manifest.
type object struct {
	tree                               *limit.Value
	manifest                           Manifest
	group, kind, name, namespace, bare string // bare: the name without what is trimmed
	resource                           int    // index of its resource
	component                          string // id; "" where nothing runs
	configured                         bool   // of a map of settings: some component takes them
}

func (c *cluster) add(tree *limit.Value, manifest Manifest) error {
	kind := tree.At("kind").String()
	if kind == "" || tree.At("apiVersion").String() == "" {
		return nil
	}
	if items := tree.At("items"); items != nil && items.Kind == limit.Array {
		for _, item := range items.Items {
			if err := c.add(item, manifest); err != nil {
				return err
			}
		}
		return nil
	}
	if len(c.objects) >= container.Components {
		return limit.Refuse("too_large", fmt.Sprintf("there are more than %d objects", container.Components))
	}
	o := &object{tree: tree, manifest: manifest, group: groupOf(tree.At("apiVersion").String()), kind: kind,
		name: tree.At("metadata", "name").String(), namespace: tree.At("metadata", "namespace").String()}
	o.bare = trimmed(o.name, manifest.Trim)
	c.objects = append(c.objects, o)
	return nil
}

// at is the evidence of a value; of the object where that is missing.
func (o *object) at(v *limit.Value) austauschbar.Evidence {
	if v == nil {
		v = o.tree
	}
	return o.manifest.Place(v.Line)
}

// named is the evidence of the object's name, else of its kind.
func (o *object) named() austauschbar.Evidence {
	if name := o.tree.At("metadata", "name"); name != nil {
		return o.at(name)
	}
	return o.at(o.tree.At("kind"))
}

// key names an object for those that refer to it.
func key(kind, namespace, name string) string { return kind + "/" + namespace + "/" + name }
