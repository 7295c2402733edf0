package packages

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"

	"github.com/package-url/packageurl-go"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// ReadNPM reads a package.json.
func ReadNPM(ctx context.Context, data []byte) (austauschbar.Text, error) {
	r, tree, err := object(ctx, data, packageurl.TypeNPM)
	if err != nil {
		return austauschbar.Text{}, err
	}
	licence := tree.At("license")
	if licence.At("type") != nil {
		licence = licence.At("type") // as it was written once
	}
	r.project(tree.At("name").String(), tree.At("version").String(), licence.String(), lineOf(tree.At("name")))
	for _, kind := range []string{"dependencies", "optionalDependencies", "peerDependencies"} {
		for _, item := range members(tree.At(kind)) {
			namespace, name := split(item.Key)
			r.needs(namespace, name, item.Text, item.Line)
		}
	}
	return r.text(), nil
}

// ReadComposer reads a composer.json.
func ReadComposer(ctx context.Context, data []byte) (austauschbar.Text, error) {
	r, tree, err := object(ctx, data, packageurl.TypeComposer)
	if err != nil {
		return austauschbar.Text{}, err
	}
	var licences []string
	for _, item := range append(tree.Elements("license"), tree.At("license")) {
		if item != nil && item.Kind == limit.String {
			licences = append(licences, item.Text)
		}
	}
	r.project(tree.At("name").String(), tree.At("version").String(), strings.Join(licences, " OR "), lineOf(tree.At("name")))
	for _, item := range members(tree.At("require")) {
		// What has no vendor is PHP itself or one of its extensions.
		if namespace, name := split(item.Key); namespace != "" {
			r.needs(namespace, name, item.Text, item.Line)
		}
	}
	return r.text(), nil
}

// object reads an object of JSON.
func object(ctx context.Context, data []byte, ecosystem string) (*reading, *limit.Value, error) {
	r, data, err := begin(ctx, data, ecosystem)
	if err != nil {
		return nil, nil, err
	}
	tree, err := limit.NewJSON(ctx, bytes.NewReader(data)).Next()
	switch {
	case errors.Is(err, io.EOF):
		return nil, nil, limit.Refuse("empty", "")
	case err != nil:
		return nil, nil, err
	case tree.Kind != limit.Object:
		return nil, nil, limit.Refuse("unknown_content", "no manifest of packages")
	}
	return r, tree, nil
}

// members lists what an object has; nothing for other values.
func members(v *limit.Value) []*limit.Value {
	if v == nil || v.Kind != limit.Object {
		return nil
	}
	return v.Items
}

func lineOf(v *limit.Value) int {
	if v == nil {
		return 0
	}
	return v.Line
}
