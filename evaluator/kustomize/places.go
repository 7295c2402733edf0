package kustomize

import (
	"context"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/container"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/yaml"
)

// A place is a line of a file.
type place struct {
	path string
	line int
}

// places finds where the lines of a built object come from: from the object that it is
// made of, and where that says something else, from the patch or the kustomization that
// says so.
func (d *dossier) places(ctx context.Context, k *kustomization, o object) (func(int) austauschbar.Evidence, error) {
	documents, err := yaml.Parse(ctx, []byte(o.YAML))
	if err != nil {
		return nil, err
	}
	found := map[int]place{}
	for _, document := range documents {
		original := d.original(ctx, o.Origin, document)
		whole := place{k.at, 1}
		if original != nil {
			whole = place{o.Origin, original.Line}
		}
		d.follows(ctx, k, document, original, whole, found)
	}
	return func(line int) austauschbar.Evidence {
		at, ok := found[line]
		for ; !ok && line > 0; line-- {
			at, ok = found[line]
		}
		if !ok {
			at = place{k.at, 1}
		}
		return d.at(at.path, at.line)
	}, nil
}

// original finds the object in its file: of the same kind, with the name that the built
// one's is made of.
func (d *dossier) original(ctx context.Context, at string, made *limit.Value) *limit.Value {
	var best *limit.Value
	name := made.At("metadata", "name").String()
	for _, document := range d.parsed(ctx, at) {
		candidates := []*limit.Value{document}
		candidates = append(candidates, document.Elements("items")...)
		for _, candidate := range candidates {
			of := candidate.At("metadata", "name").String()
			if candidate.At("kind").String() != made.At("kind").String() || !strings.Contains(name, of) {
				continue
			}
			if best == nil || len(of) > len(best.At("metadata", "name").String()) {
				best = candidate
			}
		}
	}
	return best
}

// parsed are a file's documents; none where it is no YAML.
func (d *dossier) parsed(ctx context.Context, at string) []*limit.Value {
	documents, ok := d.trees[at]
	if !ok && d.files[at] != nil {
		documents, _ = yaml.Parse(ctx, d.files[at]) // what is damaged was not built
		d.trees[at] = documents
	}
	return documents
}

// follows walks through what was made and what it was made of.
func (d *dossier) follows(ctx context.Context, k *kustomization, made, original *limit.Value, above place, found map[int]place) {
	here := above
	if original != nil && original.Line > 0 {
		here.line = original.Line
		if made.Text != original.Text && made.Kind == limit.String {
			if at, ok := d.said(ctx, k, made); ok {
				here = at
			}
		}
	} else if made.Kind == limit.String {
		if at, ok := d.said(ctx, k, made); ok {
			here = at
		}
	}
	if _, taken := found[made.Line]; !taken || made.Kind == limit.String || made.Kind == limit.Scalar {
		found[made.Line] = here
	}
	for i, item := range made.Items {
		d.follows(ctx, k, item, counterpart(original, item, i), here, found)
	}
}

// counterpart finds the part of an original: by its key, in a list by its name or its
// place.
func counterpart(original, item *limit.Value, index int) *limit.Value {
	if original == nil {
		return nil
	}
	if item.Key != "" {
		return original.At(item.Key)
	}
	if name := item.At("name").String(); name != "" {
		i := slices.IndexFunc(original.Items, func(o *limit.Value) bool { return o.At("name").String() == name })
		if i >= 0 {
			return original.Items[i]
		}
		return nil
	}
	if index < len(original.Items) {
		return original.Items[index]
	}
	return nil
}

// said finds the file of the kustomizations that says a value: under the same key, or as
// the tag of an image.
func (d *dossier) said(ctx context.Context, k *kustomization, made *limit.Value) (place, bool) {
	for _, other := range d.reached(k) {
		files := append([]string{other.at}, other.taken...)
		for _, at := range files {
			for _, document := range d.parsed(ctx, at) {
				if line := lineOf(document, made); line > 0 {
					return place{at, line}, true
				}
			}
		}
	}
	return place{}, false
}

func lineOf(v, made *limit.Value) int {
	tag := container.Version(made.Text)
	if v.Text != "" && (v.Key == made.Key && v.Text == made.Text || made.Key == "image" && v.Key == "newTag" && v.Text == tag || v.Key == "" && v.Text == made.Key+"="+made.Text) {
		return v.Line
	}
	for _, item := range v.Items {
		if line := lineOf(item, made); line > 0 {
			return line
		}
	}
	return 0
}
