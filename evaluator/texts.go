package evaluator

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"path"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/publiccode"
)

// Texts reads a dossier's documents anew and hands out what stands in each, in the
// order of their paths, one at a time: what was handed out before is not kept. A
// document that cannot be read is left out, since Facts tells it as a gap. The error
// is the last thing handed out.
func (e *Evaluator) Texts(ctx context.Context, dossier austauschbar.Dossier) iter.Seq2[austauschbar.DocumentText, error] {
	return func(yield func(austauschbar.DocumentText, error) bool) {
		documents, _, err := documentsOf(ctx, dossier)
		if err != nil {
			yield(austauschbar.DocumentText{}, err)
			return
		}
		for _, document := range documents {
			text, err := e.textOf(ctx, document)
			if ctx.Err() != nil {
				yield(austauschbar.DocumentText{}, ctx.Err())
				return
			}
			if err != nil {
				if _, isGap := gapOf(document.Path, err); isGap {
					continue
				}
				yield(austauschbar.DocumentText{}, fmt.Errorf("read %s: %w", document.Path, err))
				return
			}
			if !yield(austauschbar.DocumentText{Path: document.Path, Text: text}, nil) {
				return
			}
		}
	}
}

func (e *Evaluator) textOf(ctx context.Context, document austauschbar.Document) (austauschbar.Text, error) {
	if path.Base(document.Path) == publiccode.Name {
		return linesOf(ctx, document)
	}
	_, text, err := e.read(ctx, document)
	return text, err
}

// linesOf gives a publiccode.yml line by line: its facts name lines.
func linesOf(ctx context.Context, document austauschbar.Document) (austauschbar.Text, error) {
	var text austauschbar.Text
	data, err := loadBounded(ctx, document)
	if err != nil {
		return text, err
	}
	number := 0
	for line := range bytes.Lines(data) {
		number++
		text.Passages = append(text.Passages, austauschbar.Passage{Kind: austauschbar.Code, Line: number, Text: string(bytes.TrimRight(line, "\r\n"))})
	}
	return text, nil
}
