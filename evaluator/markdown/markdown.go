// Package markdown reads Markdown as GitHub and GitLab show it.
package markdown

import (
	"context"
	"regexp"
	"sort"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/plain"
)

// Read reads a Markdown file with tables, footnotes, task lists and struck text.
// A numbered heading may lack the blank before its number.
// Each passage carries the line it begins on, a table's row its own. The front
// matter gives the title and nothing else. Links keep their text and images
// their alternative text; HTML keeps its text; struck text and comments are left
// out. Code comes in one passage for each run of lines without a blank one.
//
// A file that nests or opens more than any author would, at the price of hours
// of parsing, is read as plain text. Refusals: "empty", "too_large", "not_text",
// "timeout".
func Read(ctx context.Context, data []byte) (austauschbar.Text, error) {
	decoded, err := plain.Decode(data)
	if err != nil {
		return austauschbar.Text{}, err
	}
	title, body := frontMatter(decoded)
	body = joinedHeading.ReplaceAllString(body, "$1 $2")
	found := austauschbar.Text{Title: title}
	if hostile(body) {
		found.Passages, err = plain.Passages(ctx, body)
		return limit.Finish(ctx, found, err)
	}
	type result struct {
		passages []austauschbar.Passage
		listings []austauschbar.Listing
		err      error
	}
	// Parsing cannot be stopped, but is bounded; nobody waits for its end.
	done := make(chan result, 1)
	go func() {
		passages, listings, err := passages(ctx, []byte(body))
		done <- result{passages, listings, err}
	}()
	select {
	case r := <-done:
		found.Passages, found.Listings, err = r.passages, r.listings, r.err
	case <-ctx.Done():
		err = limit.Refuse("timeout", "")
	}
	return limit.Finish(ctx, found, err)
}

// joinedHeading finds "##4.1 Scope", which pages do not show as a heading and authors
// mean as one; a single # before digits may refer to an issue.
var joinedHeading = regexp.MustCompile(`(?m)^(#{2,6})(\d)`)

// parse is the parser. Of the footnotes extension it lacks the last step, which
// throws away footnotes that nothing refers to.
var parse = parser.NewParser(
	parser.WithBlockParsers(append(parser.DefaultBlockParsers(),
		util.Prioritized(extension.NewFootnoteBlockParser(), 999))...),
	parser.WithInlineParsers(append(parser.DefaultInlineParsers(),
		util.Prioritized(extension.NewFootnoteParser(), 101),
		util.Prioritized(extension.NewStrikethroughParser(), 500),
		util.Prioritized(extension.NewTaskCheckBoxParser(), 0))...),
	parser.WithParagraphTransformers(append(parser.DefaultParagraphTransformers(),
		util.Prioritized(extension.NewTableParagraphTransformer(), 200))...),
	parser.WithASTTransformers(util.Prioritized(extension.NewTableASTTransformer(), 0)),
	parser.WithAttribute(), // "# Contents {#toc .unnumbered}"
)

// passages parses a body into passages and listings. Its error is a *limit.Refusal where
// a limit was reached; what stands before it is returned too.
func passages(ctx context.Context, source []byte) ([]austauschbar.Passage, []austauschbar.Listing, error) {
	w := newWalker(ctx, source)
	err := w.blocks(parse.Parse(text.NewReader(source)), within{})
	// Footnotes are gathered where the first one stands.
	sort.SliceStable(w.passages, func(a, b int) bool { return w.passages[a].Line < w.passages[b].Line })
	return w.passages, w.listings, err
}

// within says what surrounds a block.
type within struct {
	level    int  // of lists
	quoted   bool // in a block quote
	footnote string
	item     *ast.ListItem // whose first block has not come yet
	number   string        // of that item
}

// frontMatter returns the title that a document's front matter states, and the
// document with its front matter blanked out, so that lines keep their numbers.
func frontMatter(source string) (title, body string) {
	fence := ""
	for _, mark := range []string{"---", "+++"} {
		if strings.HasPrefix(source, mark+"\n") {
			fence = mark
		}
	}
	if fence == "" {
		return "", source
	}
	end := 0 // of the closing fence
	for at := len(fence) + 1; at < len(source); {
		line, _, _ := strings.Cut(source[at:], "\n")
		trimmed := strings.TrimRight(line, " \t")
		switch {
		case trimmed == fence || fence == "---" && trimmed == "...":
			end = at + len(line)
		case trimmed == "" && fence == "---" && at == len(fence)+1:
			return "", source // a thematic break
		default:
			if stated, ok := titleOf(line); ok {
				title = stated
			}
		}
		if end > 0 {
			break
		}
		at += len(line) + 1
	}
	if end == 0 {
		return "", source
	}
	blank := strings.Map(func(r rune) rune {
		if r == '\n' {
			return r
		}
		return ' '
	}, source[:end])
	return title, blank + source[end:]
}

// titleOf returns the title that a line of front matter states.
func titleOf(line string) (string, bool) {
	for _, key := range []string{"title:", "title =", "title=", "Title:"} {
		if value, ok := strings.CutPrefix(line, key); ok {
			return clean(strings.Trim(strings.TrimSpace(value), `"'`)), true
		}
	}
	return "", false
}
