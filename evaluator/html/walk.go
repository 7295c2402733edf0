package html

import (
	"bytes"
	"context"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
)

// A walker turns the tokens of a page into passages. It builds no tree, since that
// takes the square of the nesting's depth.
type walker struct {
	ctx       context.Context
	tokens    *html.Tokenizer
	line      int  // of the token
	xml       bool // the page is XML, where any element may close itself
	fragment  bool
	furniture furniture
	meter     limit.Meter
	title     string
	passages  []austauschbar.Passage

	stack []element         // of open elements, from the page down
	open  map[atom.Atom]int // how many of each are on the stack
	extra int               // open blocks beyond the stack's depth
	block                   // being written
}

// A block is the text between two tags that end a line.
type block struct {
	text  strings.Builder
	first int             // line of the first visible letter; 0 before it
	mark  strings.Builder // a number that the page holds as text of its own
	bare  bool            // nothing but white space since a line break
}

// An element is what an open element means for the text in it.
type element struct {
	name   atom.Atom
	kind   austauschbar.PassageKind // "" for what is neither heading, quotation, footnote nor code
	level  int                      // of a heading or of an item that is no li
	skip   bool                     // nobody sees the text
	hidden bool
	main   bool // part of the main content
	bold   bool
	anchor bool // a link within the page
	raised bool
	mark   bool // the text is the number of its paragraph
	lists  int  // depth
	list   *list
	item   *item
	terms  *terms
	term   bool // a term, not its description
	table  *table
	heads  bool // a heading row of its table
	cell   *cell
}

func newWalker(ctx context.Context, source string, f furniture) *walker {
	start := source[:min(len(source), 1024)]
	return &walker{
		ctx: ctx, tokens: html.NewTokenizer(strings.NewReader(source)), line: 1, furniture: f,
		xml:   strings.HasPrefix(strings.TrimSpace(start), "<?xml") || strings.Contains(start, `xmlns="http://www.w3.org/1999/xhtml"`),
		stack: []element{{}}, open: map[atom.Atom]int{},
	}
}

// pause is how many tokens are read between two looks at the context.
const pause = 2000

func (w *walker) read() error {
	for count := 1; ; count++ {
		if count%pause == 0 && w.ctx.Err() != nil {
			return w.ctx.Err()
		}
		kind := w.tokens.Next()
		if kind == html.ErrorToken {
			return w.leave(0)
		}
		raw := w.tokens.Raw()
		breaks := bytes.Count(raw, []byte("\n"))
		if err := w.token(kind, raw); err != nil {
			return err
		}
		w.line += breaks
	}
}

func (w *walker) token(kind html.TokenType, raw []byte) error {
	switch kind {
	case html.TextToken:
		w.write(string(raw))
	case html.StartTagToken, html.SelfClosingTagToken:
		t := w.tag()
		return w.start(t, kind == html.SelfClosingTagToken)
	case html.EndTagToken:
		name, _ := w.tokens.TagName()
		return w.end(atom.Lookup(name))
	}
	return nil
}

func (w *walker) top() *element { return &w.stack[len(w.stack)-1] }

// write adds text as it stands in the page.
func (w *walker) write(raw string) {
	in := w.top()
	switch {
	case in.name == atom.Title && w.open[atom.Svg] == 0 && w.title == "":
		w.title = lines.Clean(html.UnescapeString(raw))
		return
	case in.skip:
		return
	case in.mark:
		w.mark.WriteString(html.UnescapeString(raw))
		return
	}
	visible := strings.TrimLeft(raw, " \t\n\f")
	if in.kind == austauschbar.Code {
		w.verbatim(raw)
		return
	}
	if visible != "" {
		if w.first == 0 {
			w.first = w.line + strings.Count(raw[:len(raw)-len(visible)], "\n")
		}
		w.bare = false
		if in.cell != nil && !in.bold {
			in.cell.plain = true
		}
	}
	w.text.WriteString(html.UnescapeString(raw))
}

// verbatim adds text of code, whose lines count.
func (w *walker) verbatim(raw string) {
	if w.first == 0 {
		w.first = w.line
	}
	for line := range strings.Lines(raw) {
		text := strings.ReplaceAll(html.UnescapeString(strings.TrimSuffix(line, "\n")), "\n", " ")
		w.text.WriteString(text)
		if strings.HasSuffix(line, "\n") {
			w.text.WriteByte('\n')
		}
	}
}

// space parts words.
func (w *walker) space() {
	if !w.top().skip && w.first > 0 {
		w.text.WriteByte(' ')
	}
}

// lineBreak ends a paragraph where it is the second one in a row.
func (w *walker) lineBreak() error {
	in := w.top()
	if w.bare && w.first > 0 && in.kind == "" && !in.skip {
		return w.flush()
	}
	w.bare = true
	w.space()
	return nil
}

// flush makes a passage of the text since the last tag that ended a line.
func (w *walker) flush() error {
	if w.first == 0 && w.mark.Len() == 0 {
		return nil
	}
	in := w.top()
	text, number, line := w.text.String(), lines.Clean(w.mark.String()), w.first
	w.block = block{}
	if in.kind == austauschbar.Code {
		return w.code(text, line)
	}
	found := austauschbar.Passage{Kind: austauschbar.Paragraph, Text: lines.Clean(text), Number: numberOf(number), Line: line, Hidden: in.hidden}
	if found.Text == "" {
		return nil
	}
	switch {
	case in.kind == austauschbar.Heading:
		found.Kind, found.Level = in.kind, in.level
	case in.term:
		return w.define(in.terms, found)
	case in.item != nil && !in.item.begun:
		found.Kind, found.Level, found.Number = austauschbar.Item, in.item.level, in.item.number
		in.item.begun, in.item.at = true, len(*w.sink(in.cell))
	case in.level > 0 && number != "":
		found.Kind, found.Level = austauschbar.Item, in.level
	}
	if in.kind == austauschbar.Quotation || in.kind == austauschbar.Footnote {
		found.Kind, found.Level = in.kind, 0
	}
	return w.put(found)
}

// code makes passages of code.
func (w *walker) code(text string, line int) error {
	for _, found := range lines.Code(text, line) {
		found.Hidden = w.top().hidden
		if err := w.put(found); err != nil {
			return err
		}
	}
	return nil
}

// put adds a passage where the open element stands.
func (w *walker) put(p austauschbar.Passage) error {
	in := w.top()
	if err := w.meter.Text(len(p.Text)); err != nil {
		return err
	}
	if in.terms != nil {
		described, err := w.describe(in.terms, p)
		if described || err != nil {
			return err
		}
	}
	return w.add(p, in.cell)
}

// sink is where passages in a cell go, or in none.
func (w *walker) sink(c *cell) *[]austauschbar.Passage {
	if c == nil {
		return &w.passages
	}
	return &c.blocks
}

// add adds a passage to a cell, or to the page where that is nil.
func (w *walker) add(p austauschbar.Passage, to *cell) error {
	if to == nil {
		return w.release(p)
	}
	if len(to.blocks) > 0 { // the first one counts as a cell
		if err := w.meter.Passage(0); err != nil {
			return err
		}
	}
	to.complex = to.complex || p.Kind == austauschbar.Heading
	to.blocks = append(to.blocks, p)
	return nil
}

// release adds a passage to the page, its typed number split off.
func (w *walker) release(p austauschbar.Passage) error {
	if err := w.meter.Passage(len(p.Cells)); err != nil {
		return err
	}
	if p.Number == "" && (p.Kind == austauschbar.Heading || p.Kind == austauschbar.Paragraph) {
		if mark := lines.Find(p.Text); mark.Kind == lines.Clause || p.Kind == austauschbar.Heading && mark.Kind > lines.Bullet {
			p.Number, p.Text = mark.Number, mark.Text
		}
	}
	w.passages = append(w.passages, p)
	return nil
}
