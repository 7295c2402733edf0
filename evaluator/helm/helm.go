// Package helm reads Helm charts: what they make with their own values, and what they
// depend on.
package helm

import (
	"bytes"
	"cmp"
	"context"
	"encoding/gob"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/container"
	"github.com/austauschbar/austauschbar/evaluator/kubernetes"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
	"github.com/austauschbar/austauschbar/evaluator/worker"
	"github.com/austauschbar/austauschbar/evaluator/yaml"
)

// Holds says whether a file may belong to the chart of an anchor: it stands below.
func Holds(anchor, at string) bool {
	folder := path.Dir(anchor)
	return folder == "." || strings.HasPrefix(at, folder+"/")
}

// Assemble reads a chart. What it makes is said by the anchor's text, with evidence in
// the templates; the other files of the chart have empty texts, files beside them none.
func Assemble(ctx context.Context, files map[string][]byte, anchor string) (map[string]austauschbar.Text, error) {
	c := &assembled{folder: path.Dir(anchor), anchor: anchor, files: files, sources: map[string]*lines.Source{}}
	text, err := c.read(ctx)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil { // what stands beside the chart is read all the same
		text = austauschbar.Text{Architecture: &austauschbar.Architecture{}, Gaps: []austauschbar.Gap{limit.Gap("", err)}}
	}
	texts := map[string]austauschbar.Text{anchor: text}
	for at := range files {
		if at != anchor && isPart(c.below(at)) {
			texts[at] = austauschbar.Text{Architecture: &austauschbar.Architecture{}}
		}
	}
	return texts, nil
}

// isPart says whether a file of a chart's folder says nothing without it.
func isPart(below string) bool {
	first, rest, nested := strings.Cut(below, "/")
	switch {
	case !nested:
		return slices.Contains([]string{"Chart.lock", "requirements.yaml", "requirements.lock", "values.yaml", "values.schema.json", ".helmignore"}, first)
	case first == "charts":
		_, rest, nested = strings.Cut(rest, "/")
		return !nested || path.Ext(rest) != ".md"
	}
	return first == "templates" || first == "crds" || first == "ci"
}

// An assembled chart is one whose folder is at hand.
type assembled struct {
	folder, anchor string
	files          map[string][]byte
	sources        map[string]*lines.Source
	gaps           []austauschbar.Gap
}

// below is a path from the chart's folder.
func (c *assembled) below(at string) string { return strings.TrimPrefix(at, c.folder+"/") }

func (c *assembled) read(ctx context.Context) (austauschbar.Text, error) {
	described, err := c.described(ctx)
	if err != nil {
		return austauschbar.Text{}, err
	}
	rendered, err := c.rendered(ctx)
	if ctx.Err() != nil {
		return austauschbar.Text{}, ctx.Err()
	}
	if err != nil { // what its description says is kept
		c.gaps = append(c.gaps, limit.Gap("", err))
		return austauschbar.Text{Architecture: &described, Gaps: c.gaps}, nil
	}
	found, err := c.made(ctx, rendered, described)
	if err != nil {
		return austauschbar.Text{}, err
	}
	if len(found.Components) > 0 {
		described.Components, described.Interfaces = described.Components[1:], nil // the chart is what it makes
	}
	found.Settings = append(described.Settings, found.Settings...)
	found.Interfaces = append(described.Interfaces, found.Interfaces...)
	found.Components = append(described.Components, found.Components...)
	return austauschbar.Text{Architecture: &found, Gaps: c.gaps}, nil
}

// described is what Chart.yaml says: the chart, and what it depends on.
func (c *assembled) described(ctx context.Context) (austauschbar.Architecture, error) {
	text, err := ReadChart(ctx, c.files[c.anchor])
	if err != nil {
		return austauschbar.Architecture{}, err
	}
	off, err := c.switchedOff(ctx)
	if err != nil {
		return austauschbar.Architecture{}, err
	}
	described := *text.Architecture
	described.Components = slices.DeleteFunc(described.Components, func(component austauschbar.Component) bool { return off[component.ID] })
	described.Interfaces = slices.DeleteFunc(described.Interfaces, func(edge austauschbar.Interface) bool { return off[edge.To] })
	return described, nil
}

// switchedOff are the ids of dependencies that the chart's own values leave out: those whose
// condition is false. Of several paths the first one that has a value decides.
func (c *assembled) switchedOff(ctx context.Context) (map[string]bool, error) {
	about, err := yaml.Parse(ctx, c.files[c.anchor])
	if err != nil || len(about) == 0 {
		return nil, err
	}
	values, err := yaml.Parse(ctx, c.files[path.Join(c.folder, "values.yaml")])
	if err != nil || len(values) == 0 {
		return nil, ctx.Err() // values that cannot be read switch nothing off
	}
	off := map[string]bool{}
	for _, dependency := range about[0].Elements("dependencies") {
		for at := range strings.SplitSeq(dependency.At("condition").String(), ",") {
			if value := values[0].At(strings.Split(strings.TrimSpace(at), ".")...); value.String() != "" {
				off[dependencyID(dependency)] = value.String() == "false"
				break
			}
		}
	}
	return off, nil
}

// dependencyID is the id of a dependency in what is said of a chart.
func dependencyID(dependency *limit.Value) string {
	return "dependency " + cmp.Or(dependency.At("alias").String(), dependency.At("name").String())
}

// rendered has a worker render the chart.
func (c *assembled) rendered(ctx context.Context) (rendering, error) {
	b := bundle{Files: map[string][]byte{}}
	for at, data := range c.files {
		b.Files[c.below(at)] = data
	}
	b.Files["Chart.yaml"] = c.files[c.anchor]
	var input bytes.Buffer
	if err := gob.NewEncoder(&input).Encode(b); err != nil {
		return rendering{}, fmt.Errorf("pack chart: %w", err)
	}
	answer, err := worker.Do(ctx, TaskName, Task, input.Bytes())
	if err != nil {
		return rendering{}, err
	}
	var r rendering
	if err := gob.NewDecoder(bytes.NewReader(answer)).Decode(&r); err != nil {
		return rendering{}, limit.Refuse("damaged", "the chart was not rendered")
	}
	if r.Failure != "" {
		return rendering{}, limit.Refuse("not_rendered", r.Failure)
	}
	for _, failure := range r.Failures {
		c.gaps = append(c.gaps, austauschbar.Gap{Reason: "not_rendered", Detail: failure})
	}
	return r, nil
}

// made is what the manifests say that the templates make.
func (c *assembled) made(ctx context.Context, r rendering, described austauschbar.Architecture) (austauschbar.Architecture, error) {
	var manifests []kubernetes.Manifest
	for _, output := range r.Outputs {
		if _, err := yaml.Parse(ctx, []byte(output.Text)); err != nil {
			if ctx.Err() != nil {
				return austauschbar.Architecture{}, ctx.Err()
			}
			c.gaps = append(c.gaps, limit.Gap(output.Template, err))
			continue
		}
		manifests = append(manifests, kubernetes.Manifest{Data: []byte(output.Text), Trim: r.Name, Within: dependencyOf(output.Template, described), Place: func(line int) austauschbar.Evidence {
			if line < 1 || line > len(output.Origins) {
				return c.at(output.Template, 1)
			}
			return c.at(output.Origins[line-1].Template, output.Origins[line-1].Line)
		}})
	}
	found, _, err := kubernetes.Together(ctx, manifests)
	if err != nil && ctx.Err() == nil {
		c.gaps = append(c.gaps, limit.Gap("", err))
		err = nil
	}
	return found, err
}

// dependencyOf is the id of the dependency whose template this is; "" for the chart's
// own.
func dependencyOf(template string, described austauschbar.Architecture) string {
	rest, found := strings.CutPrefix(template, "charts/")
	if !found {
		return ""
	}
	name, _, _ := strings.Cut(rest, "/")
	for _, component := range described.Components[1:] {
		if component.ID == "dependency "+name || component.Name == name {
			return component.ID
		}
	}
	return ""
}

// at is the evidence of a template's line. A template within an archive stands for the
// archive, one under another name for the chart.
func (c *assembled) at(template string, line int) austauschbar.Evidence {
	at := path.Join(c.folder, template)
	data, ok := c.files[at]
	if !ok {
		rest, _ := strings.CutPrefix(template, "charts/")
		name, _, _ := strings.Cut(rest, "/")
		for _, other := range slices.Sorted(maps.Keys(c.files)) {
			if strings.HasPrefix(c.below(other), "charts/"+name+"-") && path.Ext(other) == ".tgz" {
				return austauschbar.Evidence{Path: other}
			}
		}
		return austauschbar.Evidence{Path: c.anchor, Line: 1}
	}
	source, ok := c.sources[at]
	if !ok {
		source = lines.NewSource(data)
		c.sources[at] = source
	}
	evidence := source.At(line)
	evidence.Path = at
	return evidence
}

// Source is the setting, without a component, that tells where the sources of a chart and
// of what it installs lie.
const Source = "chart.sources"

// maxSources bounds how many of them are kept.
const maxSources = 50

// ReadChart reads a Chart.yaml: the chart, and what it depends on.
func ReadChart(ctx context.Context, data []byte) (austauschbar.Text, error) {
	documents, err := yaml.Parse(ctx, data)
	if err != nil {
		return austauschbar.Text{}, err
	}
	source := lines.NewSource(data)
	if len(documents) == 0 || documents[0].At("name").String() == "" {
		return austauschbar.Text{}, limit.Refuse("unknown_content", "a chart without a name")
	}
	about := documents[0]
	found := austauschbar.Architecture{Components: []austauschbar.Component{{
		ID: "chart", Name: about.At("name").String(), Kind: "application", Technology: "Helm chart",
		Version:  cmp.Or(about.At("appVersion").String(), about.At("version").String()),
		Evidence: []austauschbar.Evidence{source.At(about.At("name").Line)},
	}}}
	known := map[string]bool{}
	for _, dependency := range about.Elements("dependencies") {
		name := dependency.At("name")
		id := dependencyID(dependency)
		if name.String() == "" || known[id] || len(known) >= container.Components {
			continue
		}
		known[id] = true
		version := dependency.At("version").String()
		if at := dependency.At("repository").String(); at == "" || strings.HasPrefix(at, "file:") {
			version = "" // it lies beside this chart, and is released with it
		}
		found.Components = append(found.Components, austauschbar.Component{
			ID: id, Name: name.String(), Kind: "other", Technology: "Helm chart", Version: version,
			Evidence: []austauschbar.Evidence{source.At(name.Line)},
		})
		found.Interfaces = append(found.Interfaces, austauschbar.Interface{ID: "chart → " + id, From: "chart", To: id, Kind: "dependency", Evidence: []austauschbar.Evidence{source.At(name.Line)}})
	}
	for _, origin := range append(about.Elements("sources"), about.At("home")) {
		if text := origin.String(); text != "" && len(text) <= container.Value && len(found.Settings) < maxSources {
			found.Settings = append(found.Settings, austauschbar.Setting{Name: Source, Value: text, Evidence: container.Mute(source.At(origin.Line))})
		}
	}
	return austauschbar.Text{Architecture: &found}, nil
}

// ReadValues reads the values of a chart whose templates are not at hand: the images
// that they name, and the settings.
func ReadValues(ctx context.Context, data []byte) (austauschbar.Text, error) {
	documents, err := yaml.Parse(ctx, data)
	if err != nil {
		return austauschbar.Text{}, err
	}
	v := values{source: lines.NewSource(data), names: map[string]bool{}}
	for _, document := range documents {
		v.walk(document, nil, "")
	}
	return austauschbar.Text{Architecture: &v.found}, nil
}

type values struct {
	source *lines.Source
	found  austauschbar.Architecture
	names  map[string]bool
}

// walk looks for images below a value; component is that of the nearest image above.
func (v *values) walk(at *limit.Value, above []string, component string) {
	if name, image, line := imageOf(at, above); image != "" && len(v.found.Components) < container.Components && !v.names[name] {
		v.names[name] = true
		v.found.Components = append(v.found.Components, austauschbar.Component{
			ID: name, Name: name, Kind: "application", Image: image, Version: container.Version(image), Evidence: []austauschbar.Evidence{v.source.At(line)},
		})
	}
	if len(above) == 1 && v.names[above[0]] {
		component = above[0]
	}
	for _, item := range at.Items {
		if item.Kind == limit.Object || item.Kind == limit.Array {
			below := above
			if item.Key != "" {
				below = append(above[:len(above):len(above)], item.Key)
			}
			v.walk(item, below, component)
		} else if value := item.String(); item.Key != "" && value != "" && len(value) <= container.Value && len(v.found.Settings) < container.Settings {
			v.found.Settings = append(v.found.Settings, austauschbar.Setting{Component: component, Name: item.Key, Value: value, Evidence: container.Mute(v.source.At(item.Line))})
		}
	}
}

// imageOf finds an image, which is named after what stands around it: "app" of
// "image.app.repository" and of "app.image.repository".
func imageOf(at *limit.Value, above []string) (name, image string, line int) {
	repository := at.At("repository")
	if !slices.Contains(above, "image") && !(at.At("tag") != nil || at.At("digest") != nil) || repository.String() == "" || repository.Kind != limit.String || strings.Contains(repository.String(), "://") {
		return "", "", 0
	}
	image = repository.String()
	if registry := at.At("registry").String(); registry != "" {
		image = registry + "/" + image
	}
	if tag := at.At("tag").String(); tag != "" {
		image += ":" + tag
	}
	name = container.Name(image)
	for _, key := range above {
		if key != "image" {
			name = key
		}
	}
	return name, image, repository.Line
}
