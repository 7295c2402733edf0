// Package kustomize reads kustomizations: the manifests that come of bases, patches and
// generators.
package kustomize

import (
	"bytes"
	"cmp"
	"context"
	"encoding/gob"
	"encoding/json"
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

// extensions are those of files that kustomizations take something from.
var extensions = []string{"", ".cfg", ".conf", ".config", ".env", ".ini", ".json", ".properties", ".sh", ".sql", ".toml", ".txt", ".yaml", ".yml"}

// Holds says whether a file may be part of a kustomization. It may stand anywhere: an
// overlay reaches up and across.
func Holds(_, at string) bool { return slices.Contains(extensions, strings.ToLower(path.Ext(at))) }

// Assemble reads all kustomizations among the files, whichever is the anchor, since two
// overlays may have one base. Those that no other includes are built, and each text of
// theirs says what comes of it; the files that any of them takes have empty texts.
func Assemble(ctx context.Context, files map[string][]byte, _ string) (map[string]austauschbar.Text, error) {
	d := &dossier{files: files, folders: map[string]*kustomization{}, sources: map[string]*lines.Source{}, trees: map[string][]*limit.Value{}}
	texts := map[string]austauschbar.Text{}
	for _, at := range slices.Sorted(maps.Keys(files)) {
		if !isAnchor(at) {
			continue
		}
		texts[at] = austauschbar.Text{Architecture: &austauschbar.Architecture{}}
		documents, err := yaml.Parse(ctx, files[at])
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil || len(documents) == 0 || documents[0].Kind != limit.Object {
			texts[at] = austauschbar.Text{Architecture: &austauschbar.Architecture{}, Gaps: []austauschbar.Gap{{Reason: "damaged", Detail: "no kustomization"}}}
			continue
		}
		d.folders[path.Dir(at)] = &kustomization{at: at, tree: documents[0]}
	}
	for _, folder := range slices.Sorted(maps.Keys(d.folders)) {
		d.settle(d.folders[folder])
	}
	for _, k := range d.outermost() {
		text, err := d.read(ctx, k)
		if err != nil {
			return nil, err
		}
		texts[k.at] = text
	}
	for _, k := range d.folders {
		for _, at := range k.taken {
			if _, ok := texts[at]; !ok {
				texts[at] = austauschbar.Text{Architecture: &austauschbar.Architecture{}}
			}
		}
	}
	return texts, nil
}

// outermost lists the kustomizations that stand for all: those that no other includes,
// and the first of those that include each other. Components mean nothing alone.
func (d *dossier) outermost() []*kustomization {
	var found []*kustomization
	reached := map[*kustomization]bool{}
	for _, among := range []func(*kustomization) bool{
		func(k *kustomization) bool { return !k.included },
		func(*kustomization) bool { return true },
	} {
		for _, folder := range slices.Sorted(maps.Keys(d.folders)) {
			k := d.folders[folder]
			if reached[k] || !among(k) || k.tree.At("kind").String() == "Component" {
				continue
			}
			found = append(found, k)
			for _, other := range d.reached(k) {
				reached[other] = true
			}
		}
	}
	return found
}

func isAnchor(at string) bool {
	base := strings.ToLower(path.Base(at))
	return base == "kustomization.yaml" || base == "kustomization.yml" || base == "kustomization"
}

// A dossier is what kustomizations are built of.
type dossier struct {
	files   map[string][]byte
	folders map[string]*kustomization
	sources map[string]*lines.Source
	trees   map[string][]*limit.Value
}

// A kustomization is one file of that name.
type kustomization struct {
	at       string
	tree     *limit.Value
	included bool     // by another one
	taken    []string // files that it names
	left     []string // what it names and what is not followed, as written
	charts   []austauschbar.Component
	safe     []byte // the file without what is not followed
}

// lists are the fields that name files or folders, and whether a folder may be one.
var lists = []string{"resources", "bases", "components", "crds", "configurations", "patchesStrategicMerge"}

// elsewhere are the fields that have programs of others do something.
var elsewhere = []string{"generators", "transformers", "validators", "helmCharts", "helmChartInflationGenerator", "helmGlobals", "openapi"}

// settle finds what a kustomization includes, and takes out what is not followed: what is
// not in the dossier, and programs of others.
func (d *dossier) settle(k *kustomization) {
	folder := path.Dir(k.at)
	safe := map[string]any{}
	for _, field := range k.tree.Items {
		switch {
		case slices.Contains(elsewhere, field.Key):
			k.leave(field)
		case slices.Contains(lists, field.Key) && field.Kind == limit.Array:
			kept := []any{}
			for _, item := range field.Items {
				if d.follow(k, folder, item, field.Key) {
					kept = append(kept, item.String())
				}
			}
			safe[field.Key] = kept
		case strings.HasPrefix(field.Key, "patches") || field.Key == "replacements":
			kept := []any{}
			for _, item := range field.Items {
				if at := item.At("path"); at == nil || d.follow(k, folder, at, field.Key) {
					kept = append(kept, plain(item))
				}
			}
			safe[field.Key] = kept
		default:
			safe[field.Key] = plain(field)
		}
	}
	safe["buildMetadata"] = []any{"originAnnotations"}
	d.takeAll(k, folder, k.tree)
	k.safe, _ = json.Marshal(safe) // of maps, lists and texts, which it can always write
}

// follow says whether what an item names is at hand, and notes that it is included.
func (d *dossier) follow(k *kustomization, folder string, item *limit.Value, field string) bool {
	name := item.String()
	if field == "patchesStrategicMerge" && strings.Contains(name, "\n") {
		return true // the patch itself
	}
	at := path.Join(folder, name)
	if _, ok := d.files[at]; ok {
		return true
	}
	if other := d.folders[at]; other != nil && other != k && !strings.Contains(name, "://") {
		other.included = true
		return true
	}
	k.leave(item)
	return false
}

// leave notes what is not followed.
func (k *kustomization) leave(v *limit.Value) {
	if v.Key == "helmCharts" {
		for _, chart := range v.Items {
			name := chart.At("name")
			if name.String() == "" || len(k.charts) >= container.Components {
				continue
			}
			k.charts = append(k.charts, austauschbar.Component{
				ID: fmt.Sprintf("chart %s %d", name, len(k.charts)), Name: name.String(), Kind: "other", Technology: "Helm chart", Version: chart.At("version").String(),
				Evidence: []austauschbar.Evidence{{Line: name.Line}},
			})
		}
	}
	if name := cmp.Or(v.String(), v.Key); len(k.left) < 20 && !slices.Contains(k.left, name) {
		k.left = append(k.left, name)
	}
}

// takeAll notes the files that texts below a value name: "deployment.yaml",
// "app.conf=files/app.conf".
func (d *dossier) takeAll(k *kustomization, folder string, v *limit.Value) {
	if v.Kind == limit.String && !strings.Contains(v.Text, "\n") {
		_, behind, _ := strings.Cut(v.Text, "=")
		for _, name := range []string{v.Text, behind} {
			if at := path.Join(folder, name); name != "" && d.files[at] != nil {
				k.taken = append(k.taken, at)
			}
		}
	}
	for _, item := range v.Items {
		d.takeAll(k, folder, item)
	}
}

// read builds a kustomization that no other includes.
func (d *dossier) read(ctx context.Context, k *kustomization) (austauschbar.Text, error) {
	text := austauschbar.Text{Architecture: &austauschbar.Architecture{}}
	b := bundle{Files: map[string][]byte{}, Folder: path.Dir(k.at)}
	left := []string{}
	for _, other := range d.reached(k) {
		b.Files[other.at] = other.safe
		for _, at := range other.taken {
			if err := d.bounded(ctx, at); err != nil {
				text.Gaps = append(text.Gaps, limit.Gap(at, err))
				continue
			}
			b.Files[at] = d.files[at]
		}
		left = append(left, other.left...)
		for _, chart := range other.charts {
			chart.ID = other.at + " " + chart.ID
			chart.Evidence = []austauschbar.Evidence{d.at(other.at, chart.Evidence[0].Line)}
			text.Architecture.Components = append(text.Architecture.Components, chart)
		}
	}
	if len(left) > 0 {
		text.Gaps = append(text.Gaps, austauschbar.Gap{Reason: "included", Detail: strings.Join(left, ", ")})
	}
	objects, err := d.built(ctx, b)
	if ctx.Err() != nil {
		return text, ctx.Err()
	}
	if err != nil {
		text.Gaps = append(text.Gaps, limit.Gap("", err))
		return text, nil
	}
	var manifests []kubernetes.Manifest
	for _, o := range objects {
		places, err := d.places(ctx, k, o)
		if ctx.Err() != nil {
			return text, ctx.Err()
		}
		if err != nil {
			text.Gaps = append(text.Gaps, limit.Gap("", err))
			continue
		}
		manifests = append(manifests, kubernetes.Manifest{Data: []byte(o.YAML), Place: places})
	}
	found, _, err := kubernetes.Together(ctx, manifests)
	if ctx.Err() != nil {
		return text, ctx.Err()
	}
	if err != nil {
		text.Gaps = append(text.Gaps, limit.Gap("", err))
	}
	found.Components = append(text.Architecture.Components, found.Components...)
	text.Architecture = &found
	return text, nil
}

// bounded refuses YAML that says more than there is room for, before a library reads it
// that asks for no bounds.
func (d *dossier) bounded(ctx context.Context, at string) error {
	if extension := path.Ext(at); extension != ".yaml" && extension != ".yml" {
		return nil
	}
	_, err := yaml.Parse(ctx, d.files[at])
	return err
}

// reached lists a kustomization and all that it includes.
func (d *dossier) reached(k *kustomization) []*kustomization {
	found := []*kustomization{k}
	for i := 0; i < len(found); i++ {
		folder := path.Dir(found[i].at)
		for _, list := range lists {
			for _, item := range found[i].tree.Elements(list) {
				if other := d.folders[path.Join(folder, item.String())]; other != nil && !slices.Contains(found, other) {
					found = append(found, other)
				}
			}
		}
	}
	return found
}

func (d *dossier) built(ctx context.Context, b bundle) ([]object, error) {
	var input bytes.Buffer
	if err := gob.NewEncoder(&input).Encode(b); err != nil {
		return nil, fmt.Errorf("pack kustomization: %w", err)
	}
	answer, err := worker.Do(ctx, TaskName, Task, input.Bytes())
	if err != nil {
		return nil, err
	}
	var done built
	if err := gob.NewDecoder(bytes.NewReader(answer)).Decode(&done); err != nil {
		return nil, limit.Refuse("damaged", "the kustomization was not built")
	}
	if done.Failure != "" {
		return nil, limit.Refuse("not_rendered", done.Failure)
	}
	return done.Objects, nil
}

// at is the evidence of a file's line.
func (d *dossier) at(at string, line int) austauschbar.Evidence {
	source, ok := d.sources[at]
	if !ok {
		source = lines.NewSource(d.files[at])
		d.sources[at] = source
	}
	evidence := source.At(line)
	evidence.Path = at
	return evidence
}

func plain(v *limit.Value) any {
	switch v.Kind {
	case limit.Object:
		m := map[string]any{}
		for _, item := range v.Items {
			m[item.Key] = plain(item)
		}
		return m
	case limit.Array:
		list := make([]any, len(v.Items))
		for i, item := range v.Items {
			list[i] = plain(item)
		}
		return list
	case limit.Null:
		return nil
	case limit.Scalar:
		if json.Valid([]byte(v.Text)) {
			return json.RawMessage(v.Text)
		}
	}
	return v.Text
}
