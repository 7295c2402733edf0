package evaluator

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"path"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
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
		member := assembled(documents)
		for _, document := range documents {
			text, err := e.documentText(ctx, document, member[document.Path])
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
			if !yield(text, nil) {
				return
			}
		}
	}
}

// documentText gives what stands in a document. A file that says its facts by its lines,
// in which there are no sentences, is its lines; so are members of an assembly, which
// nobody reads on their own.
func (e *Evaluator) documentText(ctx context.Context, document austauschbar.Document, member bool) (austauschbar.DocumentText, error) {
	found := austauschbar.DocumentText{Path: document.Path}
	var err error
	if path.Base(document.Path) != publiccode.Name {
		_, found.Text, err = e.read(ctx, document)
		_, isGap := gapOf(document.Path, err)
		lined := err == nil && len(found.Text.Passages) == 0 && (member || found.Text.Architecture != nil)
		if !lined && !(member && isGap) {
			return found, err
		}
	}
	found.Lines = true
	found.Text, err = linesOf(ctx, document)
	return found, err
}

// assembled tells which documents belong to an assembly.
func assembled(documents []austauschbar.Document) map[string]bool {
	members := map[string]bool{}
	for _, format := range assemblies {
		for _, anchor := range anchorsOf(format, documents) {
			for _, document := range documents {
				if document.Path == anchor || format.holds(anchor, document.Path) {
					members[document.Path] = true
				}
			}
		}
	}
	return members
}

// linesOf gives a file line by line, without secrets: its facts name lines.
func linesOf(ctx context.Context, document austauschbar.Document) (austauschbar.Text, error) {
	var text austauschbar.Text
	data, err := loadBounded(ctx, document)
	if err != nil {
		return text, err
	}
	if !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 {
		return text, limit.Refuse("not_this_format", "")
	}
	for i, line := range lines.ShownWithoutSecrets(string(data)) {
		text.Passages = append(text.Passages, austauschbar.Passage{Kind: austauschbar.Code, Line: i + 1, Text: line})
	}
	return text, nil
}
