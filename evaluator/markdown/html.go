package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/austauschbar/austauschbar/evaluator/html"
)

// html writes the text of a block of HTML.
func (w *walker) html(node *ast.HTMLBlock, in within) error {
	first, ok := start(node)
	if !ok {
		return nil
	}
	var raw strings.Builder
	for i := range node.Lines().Len() {
		segment := node.Lines().At(i)
		raw.Write(segment.Value(w.source))
	}
	if node.HasClosure() {
		raw.Write(node.ClosureLine.Value(w.source))
	}
	found, err := html.Fragment(w.ctx, raw.String(), html.Setting{Line: w.line(first), Level: in.level, Quoted: in.quoted})
	for _, p := range found {
		if err := w.put(p); err != nil {
			return err
		}
	}
	return err
}
