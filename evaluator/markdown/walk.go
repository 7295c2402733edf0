package markdown

import (
	"bytes"
	"context"
	"html"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extension "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
	"github.com/austauschbar/austauschbar/evaluator/plain"
)

// clean folds white space and removes what shows nothing.
func clean(s string) string { return lines.Clean(s) }

// A walker turns the syntax tree into passages.
type walker struct {
	ctx      context.Context
	source   []byte
	starts   []int // offsets at which lines begin
	passages []austauschbar.Passage
	listings []austauschbar.Listing
	meter    limit.Meter
}

func newWalker(ctx context.Context, source []byte) *walker {
	w := &walker{ctx: ctx, source: source, starts: []int{0}}
	for at, char := range source {
		if char == '\n' {
			w.starts = append(w.starts, at+1)
		}
	}
	return w
}

// line returns the 1-based line of an offset.
func (w *walker) line(offset int) int {
	return sort.SearchInts(w.starts, offset+1)
}

// put adds a passage unless it says nothing.
func (w *walker) put(p austauschbar.Passage) error {
	if p.Text == "" {
		return nil
	}
	if err := w.meter.Passage(len(p.Cells)); err != nil {
		return err
	}
	if err := w.meter.Text(len(p.Text)); err != nil {
		return err
	}
	w.passages = append(w.passages, p)
	return nil
}

// blocks walks the children of a block.
func (w *walker) blocks(parent ast.Node, in within) error {
	for node := parent.FirstChild(); node != nil; node = node.NextSibling() {
		if err := w.block(node, &in); err != nil {
			return err
		}
	}
	return nil
}

func (w *walker) block(node ast.Node, in *within) error {
	switch node := node.(type) {
	case *ast.Heading:
		return w.heading(node, *in)
	case *ast.Paragraph, *ast.TextBlock:
		return w.paragraph(node, in)
	case *ast.Blockquote:
		quoted := *in
		quoted.quoted, quoted.item = true, nil
		in.item = nil
		return w.blocks(node, quoted)
	case *ast.List:
		nested := *in
		nested.level++
		in.item = nil
		return w.list(node, nested)
	case *ast.CodeBlock:
		in.item = nil
		return w.indented(node)
	case *ast.FencedCodeBlock:
		in.item = nil
		w.listing(node)
		return w.code(node)
	case *ast.HTMLBlock:
		in.item = nil
		return w.html(node, *in)
	case *extension.Table:
		in.item = nil
		return w.table(node)
	case *extension.Footnote:
		return w.blocks(node, within{footnote: string(node.Ref)})
	default:
		return w.blocks(node, *in)
	}
}

// heading writes a heading, its typed number split off; one in a quotation
// belongs to the quotation.
func (w *walker) heading(node *ast.Heading, in within) error {
	p := austauschbar.Passage{Kind: austauschbar.Heading, Level: node.Level, Text: w.inline(node), Line: w.first(node)}
	if in.quoted {
		p.Kind, p.Level = austauschbar.Quotation, 0
	}
	if mark := lines.Find(p.Text); mark.Kind > lines.Bullet {
		p.Number, p.Text = mark.Number, mark.Text
	}
	return w.put(p)
}

func (w *walker) paragraph(node ast.Node, in *within) error {
	if w.leadsToHeadings(node) {
		return nil
	}
	p := austauschbar.Passage{Kind: austauschbar.Paragraph, Text: w.inline(node), Line: w.first(node)}
	switch {
	case in.footnote != "":
		p.Kind, p.Number = austauschbar.Footnote, in.footnote
	case in.item != nil:
		p.Kind, p.Level, p.Number = austauschbar.Item, in.level, in.number
	}
	if in.quoted {
		p.Kind, p.Level = austauschbar.Quotation, 0
	}
	if box, ok := checkBox(node); ok && p.Number == "" {
		p.Number = box
	}
	if p.Number == "" {
		if mark := lines.Find(p.Text); mark.Kind == lines.Clause {
			p.Number, p.Text = mark.Number, mark.Text
		}
	}
	in.item = nil
	return w.put(p)
}

// leadsToHeadings says whether a paragraph is an entry of a table of contents: nothing
// but links to places in the document itself, whose headings say the same.
func (w *walker) leadsToHeadings(paragraph ast.Node) bool {
	links := 0
	for node := paragraph.FirstChild(); node != nil; node = node.NextSibling() {
		switch node := node.(type) {
		case *ast.Link:
			if !bytes.HasPrefix(node.Destination, []byte("#")) {
				return false
			}
			links++
		case *ast.Text:
			if len(bytes.TrimSpace(node.Segment.Value(w.source))) > 0 {
				return false
			}
		default:
			return false
		}
	}
	return links > 0
}

// checkBox returns the box that an item of a task list begins with.
func checkBox(node ast.Node) (string, bool) {
	box, ok := node.FirstChild().(*extension.TaskCheckBox)
	switch {
	case !ok:
		return "", false
	case box.IsChecked:
		return "[x]", true
	}
	return "[ ]", true
}

func (w *walker) list(list *ast.List, in within) error {
	number := list.Start
	for node := list.FirstChild(); node != nil; node = node.NextSibling() {
		item, ok := node.(*ast.ListItem)
		if !ok {
			continue
		}
		in.item, in.number = item, ""
		if list.IsOrdered() {
			in.number = strconv.Itoa(number) + string(list.Marker)
			number++
		}
		if err := w.blocks(item, in); err != nil {
			return err
		}
	}
	return nil
}

// indented writes an indented block: to Markdown it is code, but many authors set in the
// text below their headings.
func (w *walker) indented(block *ast.CodeBlock) error {
	text := w.raw(block)
	if !prose(text) {
		return w.code(block)
	}
	passages, err := plain.Passages(w.ctx, text)
	if err != nil {
		return err
	}
	first := w.line(block.Lines().At(0).Start)
	for _, p := range passages {
		p.Line += first - 1
		if err := w.put(p); err != nil {
			return err
		}
	}
	return nil
}

// prose tells text from code: it has a line as long as a sentence, and nearly all of it
// is words.
func prose(text string) bool {
	const sentence = 8 // words
	longest, words, all := 0, 0, 0
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		plainly := 0
		for _, field := range fields {
			if word.MatchString(field) {
				plainly++
			}
		}
		longest, words, all = max(longest, plainly), words+plainly, all+len(fields)
	}
	return longest >= sentence && words*10 >= all*8
}

// word is a word of prose with the punctuation about it; "a.b", "x=1", "--flag" are none.
var word = regexp.MustCompile(`^[("„“‚»«]*\p{L}+(?:[-/]\p{L}+)*[)"“”‘»«]*[.,:;!?]?[)"“”]*$`)

// raw returns the lines of a block as they stand in the source, without its indent.
func (w *walker) raw(block ast.Node) string {
	var text strings.Builder
	segments := block.Lines()
	for i := range segments.Len() {
		segment := segments.At(i)
		text.Write(segment.Value(w.source))
	}
	return text.String()
}

// code writes one passage for each run of lines without a blank one.
func (w *walker) code(node ast.Node) error {
	segments := node.Lines()
	p := austauschbar.Passage{Kind: austauschbar.Code}
	for i := range segments.Len() {
		segment := segments.At(i)
		part := clean(string(segment.Value(w.source)))
		if part != "" && p.Text != "" {
			p.Text += " " + part
			continue
		}
		if part != "" {
			p.Text, p.Line = part, w.line(segment.Start)
			continue
		}
		if err := w.put(p); err != nil {
			return err
		}
		p.Text = ""
	}
	return w.put(p)
}

// listing keeps a block of code with its language: "```mermaid", "``` {.mermaid}".
func (w *walker) listing(fence *ast.FencedCodeBlock) {
	language := strings.ToLower(strings.Trim(string(fence.Language(w.source)), "{.}"))
	if language == "" || fence.Lines().Len() == 0 {
		return
	}
	w.listings = append(w.listings, austauschbar.Listing{Language: language, Text: w.raw(fence), Line: w.line(fence.Lines().At(0).Start)})
}

// table writes one passage for each row. The heading row is one only where it is
// all there is.
func (w *walker) table(table *extension.Table) error {
	var headers []string
	var head ast.Node
	rows := 0
	for node := table.FirstChild(); node != nil; node = node.NextSibling() {
		if _, ok := node.(*extension.TableHeader); ok {
			head = node
			for cell := node.FirstChild(); cell != nil; cell = cell.NextSibling() {
				headers = append(headers, w.inline(cell))
			}
			continue
		}
		rows++
		if err := w.row(node, headers); err != nil {
			return err
		}
	}
	if rows == 0 && head != nil {
		return w.row(head, nil)
	}
	return nil
}

func (w *walker) row(node ast.Node, headers []string) error {
	p := austauschbar.Passage{Kind: austauschbar.Row, Line: w.first(node)}
	var texts []string
	column := 0
	for cell := node.FirstChild(); cell != nil; cell = cell.NextSibling() {
		if found := w.inline(cell); found != "" {
			c := austauschbar.Cell{Text: found}
			if column < len(headers) {
				c.Header = headers[column]
			}
			p.Cells = append(p.Cells, c)
			texts = append(texts, found)
		}
		column++
	}
	p.Text = strings.Join(texts, " | ")
	return w.put(p)
}

// first returns the line on which a block's text begins.
func (w *walker) first(node ast.Node) int {
	offset, ok := start(node)
	if !ok {
		offset = max(0, node.Pos())
	}
	return w.line(offset)
}

// start returns the offset of the first text in a node.
func start(node ast.Node) (int, bool) {
	if leaf, ok := node.(*ast.Text); ok {
		return leaf.Segment.Start, true
	}
	if node.Type() == ast.TypeBlock && node.Lines().Len() > 0 {
		return node.Lines().At(0).Start, true
	}
	for child := node.FirstChild(); child != nil; child = child.NextSibling() {
		if offset, ok := start(child); ok {
			return offset, true
		}
	}
	return 0, false
}

// inline returns the clean text of a block's inline children.
func (w *walker) inline(node ast.Node) string {
	var b strings.Builder
	w.write(&b, node)
	return clean(b.String())
}

func (w *walker) write(b *strings.Builder, parent ast.Node) {
	for node := parent.FirstChild(); node != nil; node = node.NextSibling() {
		switch node := node.(type) {
		case *ast.Text:
			value := string(node.Segment.Value(w.source))
			if _, code := parent.(*ast.CodeSpan); !code && !node.IsRaw() {
				value = unescape(value)
			}
			b.WriteString(value)
			if node.SoftLineBreak() || node.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(node.Value)
		case *ast.AutoLink:
			b.Write(node.Label(w.source))
		case *ast.RawHTML:
			if breaks(node.Segments, w.source) {
				b.WriteByte(' ')
			}
		case *extension.Strikethrough, *extension.FootnoteLink, *extension.TaskCheckBox:
		default:
			w.write(b, node)
		}
	}
}

// breaks reports whether an inline tag ends a line.
func breaks(segments *text.Segments, source []byte) bool {
	if segments.Len() == 0 {
		return false
	}
	first := segments.At(0)
	tag := strings.ToLower(string(first.Value(source)))
	return strings.HasPrefix(tag, "<br") || strings.HasPrefix(tag, "<p") || strings.HasPrefix(tag, "</p") ||
		strings.HasPrefix(tag, "<li") || strings.HasPrefix(tag, "</li")
}

// unescape resolves backslashes before punctuation and character references.
func unescape(s string) string {
	if !strings.ContainsAny(s, `\&`) {
		return s
	}
	var b strings.Builder
	for at := 0; at < len(s); {
		switch {
		case s[at] == '\\' && at+1 < len(s) && util.IsPunct(s[at+1]):
			b.WriteByte(s[at+1])
			at += 2
		case s[at] == '&':
			end := strings.IndexByte(s[at:min(len(s), at+40)], ';')
			if end < 0 {
				b.WriteByte('&')
				at++
				break
			}
			b.WriteString(html.UnescapeString(s[at : at+end+1]))
			at += end + 1
		default:
			b.WriteByte(s[at])
			at++
		}
	}
	return b.String()
}
