// Package requirements reads catalogues of requirements and questions kept as YAML
// or JSON: sections with titles, and entries with a text, a grade, a weight. Other
// data in these formats is none of its business and refused.
package requirements

import (
	"bytes"
	"context"
	"errors"
	"io"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/yaml"
)

// ReadYAML reads a catalogue in YAML. Each entry is a row whose cells have the
// entry's keys as headers; sections, and entries that hold others, have headings.
// Each passage carries the line of its text.
//
// Refusals: "unknown_content" for YAML that is no catalogue, "empty", "too_large",
// "damaged", "timeout".
func ReadYAML(ctx context.Context, data []byte) (austauschbar.Text, error) {
	if len(bytes.TrimSpace(data)) == 0 {
		return austauschbar.Text{}, limit.Refuse("empty", "")
	}
	documents, err := yaml.Parse(ctx, data)
	if err != nil {
		return limit.Finish(ctx, austauschbar.Text{}, err)
	}
	return read(ctx, documents)
}

// ReadJSON does the same for JSON.
func ReadJSON(ctx context.Context, data []byte) (austauschbar.Text, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if len(bytes.TrimSpace(data)) == 0 {
		return austauschbar.Text{}, limit.Refuse("empty", "")
	}
	var documents []*limit.Value
	j := limit.NewJSON(ctx, bytes.NewReader(data))
	for {
		document, err := j.Next()
		if errors.Is(err, io.EOF) {
			return read(ctx, documents)
		}
		if err != nil {
			return limit.Finish(ctx, austauschbar.Text{}, err)
		}
		if len(documents) == limit.Passages {
			return austauschbar.Text{}, limit.Refuse("too_large", "")
		}
		documents = append(documents, document)
	}
}

func read(ctx context.Context, documents []*limit.Value) (austauschbar.Text, error) {
	s := &survey{ctx: ctx, traits: map[*limit.Value]traits{}}
	for _, document := range documents {
		if _, err := s.look(document, false); err != nil {
			return limit.Finish(ctx, austauschbar.Text{}, err)
		}
	}
	if !s.isCatalogue(documents) {
		return austauschbar.Text{}, limit.Refuse("unknown_content", "")
	}
	w := &writer{ctx: ctx, traits: s.traits}
	for _, document := range documents {
		if document.Kind == limit.Object && w.text.Title == "" {
			w.text.Title = clean(fieldOf(document, titles).String())
		}
		w.value(document, 1, false)
	}
	return limit.Finish(ctx, w.text, w.err)
}
