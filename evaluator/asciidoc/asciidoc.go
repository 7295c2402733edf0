// Package asciidoc reads AsciiDoc as Asciidoctor shows it.
package asciidoc

import (
	"context"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/plain"
)

// Read reads an AsciiDoc file. Each passage carries the line it begins on, a table's
// row its own. Sections and lists bear the numbers that are shown; a term and its
// description are a row. Attributes that the document sets are put in, conditions on
// attributes are settled, comments left out. Links keep their text and images their
// alternative text. Code comes in one passage for each run of lines without a blank
// one. No other file is included: a gap names those that the document includes.
//
// Refusals: "empty", "too_large", "not_text", "not_this_format" for a signature that
// is named .asc too, "timeout".
func Read(ctx context.Context, data []byte) (austauschbar.Text, error) {
	decoded, err := plain.Decode(data)
	if err != nil {
		return austauschbar.Text{}, err
	}
	if strings.HasPrefix(decoded, "-----BEGIN PGP ") {
		return austauschbar.Text{}, limit.Refuse("not_this_format", "the file holds a signature or key")
	}
	var meter limit.Meter
	found, includes, err := prepare(ctx, decoded)
	p := &parser{ctx: ctx, meter: &meter, lines: found}
	if err == nil {
		err = p.blocks(within{})
	}
	slices.SortStableFunc(p.passages, func(a, b austauschbar.Passage) int { return a.Line - b.Line })
	text := austauschbar.Text{Title: p.title, Passages: p.passages, Listings: p.listings}
	if len(includes) > 0 {
		text.Gaps = append(text.Gaps, austauschbar.Gap{Reason: "included", Detail: strings.Join(includes, ", ")})
	}
	return limit.Finish(ctx, text, err)
}
