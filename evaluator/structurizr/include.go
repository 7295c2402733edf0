package structurizr

import (
	"context"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// Anchor is the name that Structurizr expects of a workspace's file, of which others in
// and below its folder may be parts.
const Anchor = "workspace.dsl"

// Holds says whether a file may be part of a workspace.
func Holds(anchor, at string) bool {
	folder := path.Dir(anchor)
	return strings.EqualFold(path.Ext(at), ".dsl") && (folder == "." || strings.HasPrefix(at, folder+"/"))
}

// ReadAll reads a workspace with the files that it includes or extends, whose graph is
// the workspace's. Files that it does not name are left out of the answer. Its error is
// that of ReadDSL.
func ReadAll(ctx context.Context, files map[string][]byte, anchor string) (map[string]austauschbar.Text, error) {
	p, err := newParser(ctx, files[anchor])
	if err == nil {
		p.files, p.used = files, map[string]bool{anchor: true}
		for i := range p.statements {
			p.statements[i].from = anchor
		}
		var text austauschbar.Text
		if text, err = p.read(); err == nil {
			texts := map[string]austauschbar.Text{}
			for at := range p.used {
				texts[at] = austauschbar.Text{Architecture: &austauschbar.Architecture{}}
			}
			texts[anchor] = text
			return texts, limit.Ended(ctx, nil)
		}
	}
	return nil, limit.Ended(ctx, err)
}

// Bounds of what is included.
const (
	maxWithin   = 16    // files that include each other
	maxIncludes = 1_000 // statements that include
)

// include puts the statements of a file, or of those of a folder, behind a statement.
func (p *parser) include(by statement, name string) {
	at := path.Join(path.Dir(by.from), name)
	var paths []string
	for _, candidate := range slices.Sorted(maps.Keys(p.files)) {
		if candidate == at || strings.HasPrefix(candidate, at+"/") {
			paths = append(paths, candidate)
		}
	}
	if p.includes++; p.includes > maxIncludes || by.within >= maxWithin {
		paths = nil
	}
	var put []statement
	for _, candidate := range paths {
		found, err := statementsOf(p.ctx, p.files[candidate])
		if err != nil || len(p.statements)+len(put)+len(found) > limit.Elements {
			paths = nil
			break
		}
		for i := range found {
			found[i].from, found[i].path, found[i].within = candidate, candidate, by.within+1
		}
		put = append(put, found...)
	}
	if len(paths) == 0 {
		p.included = append(p.included, name)
		return
	}
	for _, candidate := range paths {
		p.used[candidate] = true
	}
	p.statements = slices.Insert(p.statements, p.next, put...)
}
