package evaluator

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// An assembly is a format whose files say what they mean only together: a chart with its
// values, a module with its variables.
type assembly struct {
	format string
	anchor string                         // pattern of path.Match for the base name, in lower case, of the file that stands for all
	holds  func(anchor, path string) bool // whether a file is read with the anchor
	read   AssemblyReader
}

// An AssemblyReader turns files, by their paths in the dossier, into texts. Files that it
// leaves out of its answer are read on their own. Its error is that of a Reader.
type AssemblyReader func(ctx context.Context, files map[string][]byte, anchor string) (map[string]austauschbar.Text, error)

// assemble reads the documents that belong together and returns what it found in them
// and the documents that are left.
func (e *Evaluator) assemble(ctx context.Context, documents []austauschbar.Document, roles map[string]string) ([]documentFacts, []austauschbar.Document, error) {
	var found []documentFacts
	for _, format := range assemblies {
		for _, anchor := range anchorsOf(format, documents) {
			if !slices.ContainsFunc(documents, func(d austauschbar.Document) bool { return d.Path == anchor }) {
				continue // read with another one
			}
			read, taken, err := e.together(ctx, format, anchor, documents, roles)
			if err != nil {
				return nil, nil, err
			}
			found = append(found, read...)
			documents = slices.DeleteFunc(slices.Clone(documents), func(d austauschbar.Document) bool { return taken[d.Path] })
		}
	}
	return found, documents, nil
}

// anchorsOf lists the files that stand for a format's assemblies, those of outer folders
// first.
func anchorsOf(format assembly, documents []austauschbar.Document) []string {
	var anchors []string
	for _, document := range documents {
		if matched, err := path.Match(format.anchor, strings.ToLower(path.Base(document.Path))); err == nil && matched {
			anchors = append(anchors, document.Path)
		}
	}
	slices.SortStableFunc(anchors, func(a, b string) int { return strings.Count(a, "/") - strings.Count(b, "/") })
	return anchors
}

// together reads one assembly. Where it cannot be read, its anchor is a gap and all its
// files are taken.
func (e *Evaluator) together(ctx context.Context, format assembly, anchor string, documents []austauschbar.Document, roles map[string]string) ([]documentFacts, map[string]bool, error) {
	files, taken := map[string][]byte{}, map[string]bool{}
	size := 0
	for _, document := range documents {
		if document.Path != anchor && !format.holds(anchor, document.Path) {
			continue
		}
		data, err := loadBounded(ctx, document)
		if err != nil {
			if _, isGap := gapOf(document.Path, err); !isGap {
				return nil, nil, fmt.Errorf("read %s: %w", document.Path, err)
			}
			continue // its own gap tells
		}
		if size += len(data); size > limit.File {
			break
		}
		files[document.Path] = data
	}
	reading, cancel := context.WithTimeout(ctx, limit.Time)
	defer cancel()
	texts, err := format.read(reading, files, anchor)
	if ctx.Err() != nil {
		return nil, nil, ctx.Err()
	}
	if err != nil {
		gap, isGap := gapOf(anchor, err)
		if !isGap {
			return nil, nil, fmt.Errorf("read %s: %w", anchor, err)
		}
		for path := range files {
			taken[path] = true
		}
		return []documentFacts{{gaps: []austauschbar.Gap{gap}}}, taken, nil
	}
	var found []documentFacts
	for _, document := range documents {
		if text, ok := texts[document.Path]; ok {
			taken[document.Path] = true
			found = append(found, e.facts(document.Path, format.format, text, declaredRole(roles, document.Path)))
		}
	}
	return found, taken, nil
}
