package kustomize

import (
	"bytes"
	"encoding/gob"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// TaskName names Task among a worker's tasks.
const TaskName = "kustomize"

// A bundle is what a kustomization is built of.
type bundle struct {
	Files  map[string][]byte // by their paths, from the dossier's root
	Folder string            // of the kustomization
}

// A built kustomization is the objects that come of it.
type built struct {
	Objects []object
	Failure string // "" for none
}

// An object is one that is built.
type object struct {
	YAML   string
	Origin string // path of the file that it comes from; "" where it was generated
}

// maxOutput bounds the bytes of all objects.
const maxOutput = 8 << 20

// Task builds the kustomization of a bundle, as worker.Task does tasks.
func Task(input []byte) []byte {
	var b bundle
	var done built
	if err := gob.NewDecoder(bytes.NewReader(input)).Decode(&b); err != nil {
		done.Failure = err.Error()
	} else if done.Objects, err = build(b); err != nil {
		done.Failure = err.Error()
	}
	var answer bytes.Buffer
	if err := gob.NewEncoder(&answer).Encode(done); err != nil {
		return nil
	}
	return answer.Bytes()
}

func build(b bundle) (objects []object, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("build: %v", r)
		}
	}()
	files := filesys.MakeFsInMemory()
	for _, at := range slices.Sorted(maps.Keys(b.Files)) {
		if err := files.WriteFile(path.Join("/", at), b.Files[at]); err != nil {
			return nil, fmt.Errorf("lay out %s: %w", at, err)
		}
	}
	options := krusty.MakeDefaultOptions()
	options.LoadRestrictions = types.LoadRestrictionsNone // there is nothing but the dossier
	options.PluginConfig = types.DisabledPluginConfig()
	made, err := krusty.MakeKustomizer(options).Run(files, path.Join("/", b.Folder))
	if err != nil {
		return nil, err
	}
	size := 0
	for _, resource := range made.Resources() {
		text, err := resource.AsYAML()
		if err != nil {
			return nil, fmt.Errorf("write object: %w", err)
		}
		if size += len(text); size > maxOutput {
			return nil, errors.New("more comes of it than there is room for")
		}
		o := object{YAML: string(text)}
		if origin, err := resource.GetOrigin(); err == nil && origin != nil && origin.Path != "" {
			o.Origin = path.Join(b.Folder, origin.Path)
		}
		objects = append(objects, o)
	}
	return objects, nil
}
