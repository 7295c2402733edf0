package structurizr

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/asciidoc"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
	"github.com/austauschbar/austauschbar/evaluator/markdown"
)

// Read reads a workspace in JSON: its model, and the documentation and decisions that it
// carries as text.
//
// Refusals: "unknown_content" for other JSON, "damaged", "too_large".
func Read(ctx context.Context, data []byte) (austauschbar.Text, error) {
	text, err := readJSON(ctx, data)
	if err := limit.Ended(ctx, err); err != nil {
		return austauschbar.Text{}, err
	}
	return text, nil
}

func readJSON(ctx context.Context, data []byte) (austauschbar.Text, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	root, err := limit.NewJSON(ctx, bytes.NewReader(data)).Next()
	switch {
	case errors.Is(err, io.EOF):
		return austauschbar.Text{}, limit.Refuse("empty", "")
	case err != nil:
		return austauschbar.Text{}, err
	case root.At("model") == nil || root.At("model").Kind != limit.Object:
		return austauschbar.Text{}, limit.Refuse("unknown_content", "no workspace of Structurizr")
	}
	r := &jsonReader{source: lines.NewSource(data), byID: map[string]*element{}, instances: map[*element]string{}}
	r.shapes = shapesOf(root)
	r.model(root.At("model"))
	r.connect()
	text := austauschbar.Text{Title: lines.Clean(root.At("name").String()), Architecture: r.architecture()}
	return text, r.documentation(ctx, root, &text)
}

// A jsonReader reads one workspace. What relates or is an instance names others by ids
// that may come later.
type jsonReader struct {
	workspace
	source    *lines.Source
	byID      map[string]*element
	instances map[*element]string // id of what each is one of
	related   []related
	described []*limit.Value // elements that may carry documentation of their own
}

type related struct {
	from  *element
	value *limit.Value
}

func (r *jsonReader) model(model *limit.Value) {
	for _, group := range []struct{ key, kind string }{
		{"people", person}, {"softwareSystems", softwareSystem}, {"customElements", custom}, {"deploymentNodes", deploymentNode},
	} {
		for _, value := range model.Elements(group.key) {
			r.environment(lines.Clean(value.At("environment").String()), r.placeOf(value, "environment"))
			r.element(value, group.kind, nil)
		}
	}
}

// below are the members that hold an element's parts.
var below = []struct{ key, kind string }{
	{"containers", container}, {"components", component}, {"children", deploymentNode}, {"infrastructureNodes", infrastructureNode},
	{"softwareSystemInstances", instance}, {"containerInstances", instance},
}

// builtIn are tags that every element of a kind has.
var builtIn = map[string]bool{
	"Element": true, "Person": true, "Software System": true, "Container": true, "Component": true, "Deployment Node": true,
	"Infrastructure Node": true, "Software System Instance": true, "Container Instance": true, "Relationship": true,
}

func (r *jsonReader) element(value *limit.Value, kind string, parent *element) {
	e := &element{
		kind: kind, name: lines.Clean(value.At("name").String()), technology: lines.Clean(value.At("technology").String()),
		tags: ownTags(value), external: value.At("location").String() == "External", group: groupOf(value), parent: parent, place: r.placeOf(value, "name"),
	}
	if kind == instance {
		key := "containerId"
		if value.At(key) == nil {
			key = "softwareSystemId"
		}
		r.instances[e], e.place = value.At(key).String(), r.placeOf(value, key)
	} else if e.name == "" {
		return
	}
	r.elements = append(r.elements, e)
	if id := value.At("id").String(); id != "" && r.byID[id] == nil {
		r.byID[id] = e
	}
	r.described = append(r.described, value)
	for _, related := range value.Elements("relationships") {
		// Structurizr writes down what follows from a relationship of parts or instances.
		if related.At("linkedRelationshipId").String() == "" {
			r.relate(e, related)
		}
	}
	for _, part := range below {
		for _, value := range value.Elements(part.key) {
			r.element(value, part.kind, e)
		}
	}
}

func (r *jsonReader) relate(from *element, value *limit.Value) {
	r.related = append(r.related, related{from, value})
}

// groupOf is the group that an element stands in. Older files say instead whether it is
// inside the enterprise.
func groupOf(value *limit.Value) string {
	if value.At("location").String() == "Internal" {
		return "enterprise"
	}
	return lines.Clean(value.At("group").String())
}

func ownTags(value *limit.Value) []string {
	var tags []string
	for tag := range strings.SplitSeq(value.At("tags").String(), ",") {
		if !builtIn[strings.TrimSpace(tag)] {
			tags = addTags(tags, tag)
		}
	}
	return tags
}

// connect finds what ids stand for.
func (r *jsonReader) connect() {
	kept := r.elements[:0]
	for _, e := range r.elements {
		if e.kind == instance {
			if e.of = r.byID[r.instances[e]]; e.of == nil || e.of.kind == instance {
				e.of = nil
				continue
			}
		}
		kept = append(kept, e)
	}
	r.elements = kept
	for _, found := range r.related {
		to := r.byID[found.value.At("destinationId").String()]
		if to == nil || to.whole() == nil || found.from.whole() == nil {
			continue
		}
		key := "description"
		if found.value.At(key).String() == "" {
			key = "destinationId"
		}
		tags := ownTags(found.value)
		if style := found.value.At("interactionStyle").String(); style != "" {
			tags = addTags(tags, style)
		}
		r.relations = append(r.relations, relation{
			from: found.from, to: to, description: lines.Clean(found.value.At("description").String()), technology: lines.Clean(found.value.At("technology").String()),
			tags: tags, place: r.placeOf(found.value, key),
		})
	}
}

// placeOf is where a member of an object stands; where the object begins if it has none.
func (r *jsonReader) placeOf(value *limit.Value, key string) place {
	member := value.At(key)
	if member == nil {
		member = value
	}
	at := r.source.Evidence(member.Line, member.String())
	return place{line: at.Line, quote: at.Quote}
}

// shapesOf finds the shapes that styles give to tags.
func shapesOf(root *limit.Value) map[string]string {
	shapes := map[string]string{}
	for _, style := range root.At("views", "configuration", "styles").Elements("elements") {
		if shape := style.At("shape").String(); shape != "" {
			shapes[strings.ToLower(style.At("tag").String())] = strings.ToLower(shape)
		}
	}
	return shapes
}

// documentation reads the sections and decisions of the workspace and its elements.
func (r *jsonReader) documentation(ctx context.Context, root *limit.Value, text *austauschbar.Text) error {
	var sections []*limit.Value
	for _, owner := range append([]*limit.Value{root}, r.described...) {
		for _, key := range []string{"sections", "decisions"} {
			sections = append(sections, owner.At("documentation").Elements(key)...)
		}
	}
	slices.SortStableFunc(sections, func(a, b *limit.Value) int { return a.Line - b.Line })
	for _, section := range sections {
		if err := read(ctx, section, text); err != nil {
			return err
		}
	}
	return nil
}

// read reads a section's text. Its passages stand at the line that holds all of it.
func read(ctx context.Context, section *limit.Value, text *austauschbar.Text) error {
	content := section.At("content")
	if content.String() == "" || len(text.Passages) > limit.Passages {
		return nil
	}
	reader := markdown.Read
	if section.At("format").String() == "AsciiDoc" {
		reader = asciidoc.Read
	}
	found, err := reader(ctx, []byte(content.String()))
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		text.Gaps = append(text.Gaps, limit.Gap(strings.ToValidUTF8(section.At("title").String(), string(utf8.RuneError)), err))
		return nil
	}
	for _, passage := range found.Passages {
		passage.Line = content.Line
		text.Passages = append(text.Passages, passage)
	}
	return nil
}
