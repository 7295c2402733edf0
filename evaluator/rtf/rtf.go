// Package rtf reads Rich Text Format, which bears the names .rtf and often .doc: what
// a person would read on the page, with the clause numbers that are stored in the
// file. Text that is deleted, struck through or hidden is left out, as are comments,
// headers, footers and tables of contents.
package rtf

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
)

// Read turns an RTF document into passages. Paragraphs are counted through the
// document, empty ones and those in tables too; a row bears the number of its first
// paragraph, a footnote or text box that of the paragraph it hangs on. Cells are
// numbered within their table, "A1" being its upper left corner; a merged one counts
// once.
//
// The error is a *limit.Refusal where nothing could be read: "not_this_format",
// "empty", "too_large", "damaged", "timeout". A limit met midway, or an end before the
// last group is closed, becomes a gap of the text.
func Read(ctx context.Context, data []byte) (austauschbar.Text, error) {
	data = bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), " \t\r\n\x00")
	if !bytes.HasPrefix(data, []byte(`{\rtf`)) {
		return austauschbar.Text{}, limit.Refuse("not_this_format", "")
	}
	r := &reader{
		ctx: ctx, tokens: tokens{data: data}, ansi: pages[1252],
		fonts: map[int]encoding.Encoding{}, styles: map[int]*style{}, body: &flow{},
		defined: unsaid,
	}
	r.flow = r.body
	r.state = state{standIn: 1, paragraph: body}
	err := r.run()
	r.finish()
	text := austauschbar.Text{Title: lines.Clean(r.title.String()), Passages: r.body.passages}
	if err == nil {
		err = r.err
	}
	return limit.Finish(ctx, text, err)
}

// A destination is what the text of a group is for.
type destination int

// The destinations.
const (
	page     destination = iota // the text that is read
	nothing                     // neither the text nor anything below
	silent                      // not the text, but some of the groups below
	fonts                       // the table of fonts
	sheet                       // the table of styles
	title                       // of the document
	listMark                    // the rendered number of a paragraph
	rowTail                     // what is said of an inner table's row, behind its cells
)

// A state is what a group inherits from the one around it and leaves behind.
type state struct {
	destination                   destination
	around                        *flow // where the text outside goes, if the group has a flow of its own
	bold, hidden, struck, deleted bool
	font                          int
	standIn                       int // characters that stand for one \u where Unicode is not known
	paragraph                     paragraph
}

// A paragraph is what is said of one.
type paragraph struct {
	style   int
	outline int // 0-based; -1 where nothing is said
	list    int // number of its list; 0 outside lists
	level   int // in its list, 0-based
	inTable bool
	nested  int // depth of its table, 1-based; 0 where nothing is said
}

// body is a paragraph of which nothing is said.
var body = paragraph{outline: -1}

// A reader is one document while it is read.
type reader struct {
	ctx context.Context
	tokens
	meter limit.Meter
	err   error // the limit that was reached
	state
	stack   []state
	starred bool // \* came just before
	count   int  // paragraphs of the body so far

	ansi     encoding.Encoding
	fonts    map[int]encoding.Encoding
	standard int // font where none is named
	styles   map[int]*style
	number   int // of the style or font that is being defined
	defined  style
	name     strings.Builder // of that style
	title    strings.Builder

	body *flow
	flow *flow  // where text goes
	raw  []byte // text that is not yet decoded
	high rune   // first half of a pair of \u
	pass int    // characters to pass over behind \u
}

// A flow is text in its own order: that of the body, a footnote or a text box.
type flow struct {
	kind     austauschbar.PassageKind // Footnote, or "" for what each paragraph is
	text     strings.Builder          // of the open paragraph
	mark     strings.Builder          // its rendered number
	plain    bool                     // some of it is not bold
	tables   []*table                 // that are open, the outermost first
	passages []austauschbar.Passage
	pending  []austauschbar.Passage // notes, text boxes, inner tables: they follow the paragraph or row they hang on
}

// run reads until the outermost group is closed. Its error is the context's or a
// refusal of what follows.
func (r *reader) run() error {
	for count := 1; r.err == nil; count++ {
		if count%4096 == 0 && r.ctx.Err() != nil {
			return r.ctx.Err()
		}
		found := r.next()
		if found.kind == end {
			return limit.Refuse("damaged", "the file ends before its text does")
		}
		r.take(found)
		if found.kind == closed && len(r.stack) == 0 {
			return nil
		}
		if len(r.stack) > limit.Depth {
			return limit.Refuse("too_large", fmt.Sprintf("groups are nested more than %d deep", limit.Depth))
		}
	}
	return nil
}

func (r *reader) take(found token) {
	starred := r.starred
	r.starred = false
	switch found.kind {
	case open:
		r.decode()
		r.pass, r.high = 0, 0
		r.stack = append(r.stack, r.state)
		r.around = nil
	case closed:
		r.close()
	case text:
		skipped := min(r.pass, len(found.bytes))
		r.pass -= skipped
		r.keep(found.bytes[skipped:]...)
	case coded:
		if r.pass > 0 {
			r.pass--
			return
		}
		r.keep(byte(found.value)) // #nosec G115 -- two hexadecimal digits
	case symbol:
		r.symbol(found.name[0])
	case word:
		r.word(found, starred)
	}
}

// keep takes text as it is stored.
func (r *reader) keep(bytes ...byte) {
	if r.destination != nothing && r.destination != silent && r.destination != fonts {
		r.raw = append(r.raw, bytes...)
	}
}

// close ends a group: what it said of text, and its flow.
func (r *reader) close() {
	r.decode()
	r.pass, r.high = 0, 0
	if r.destination == sheet {
		r.define()
	}
	if r.around != nil {
		r.leave(r.around)
	}
	if last := len(r.stack) - 1; last >= 0 {
		r.state, r.stack = r.stack[last], r.stack[:last]
	}
}

// enter begins a flow of its own for a group.
func (r *reader) enter(kind austauschbar.PassageKind) {
	r.decode()
	r.around, r.flow = r.flow, &flow{kind: kind}
	r.destination, r.paragraph = page, body
}

// leave ends a flow and hangs what it held on the paragraph of the one around.
func (r *reader) leave(around *flow) {
	r.endFlow()
	around.pending = append(around.pending, r.flow.passages...)
	r.flow = around
}

// finish ends what is open at the end of the file, or where reading stopped.
func (r *reader) finish() {
	r.decode()
	for len(r.stack) > 0 {
		r.close()
	}
	r.endFlow()
}

func (r *reader) endFlow() {
	r.endTables(0)
	if r.flow.text.Len() > 0 || len(r.flow.pending) > 0 {
		r.counted()
		r.endParagraph()
	}
}

// decode writes the text kept so far to where it belongs.
func (r *reader) decode() {
	if len(r.raw) == 0 {
		return
	}
	in := r.fonts[r.font]
	if in == nil {
		in = r.ansi
	}
	raw := r.raw
	r.raw = r.raw[:0]
	to := r.sink()
	if to == nil {
		return
	}
	if err := r.meter.Text(len(raw)); err != nil {
		r.err = err
		return
	}
	decode(to, raw, in)
	if to == &r.flow.text && !r.bold && len(bytes.TrimSpace(raw)) > 0 {
		r.flow.plain = true
	}
	if r.destination == sheet && raw[len(raw)-1] == ';' {
		r.define()
	}
}

// write writes text of the format's own words.
func (r *reader) write(s string) {
	r.decode()
	if to := r.sink(); to != nil {
		to.WriteString(s)
	}
}

// sink is where text is written now; nil where it is not shown.
func (r *reader) sink() *strings.Builder {
	switch r.destination {
	case page:
		if r.hidden || r.struck || r.deleted {
			return nil
		}
		return &r.flow.text
	case listMark:
		return &r.flow.mark
	case title:
		return &r.title
	case sheet:
		return &r.name
	}
	return nil
}

// unicode takes the number of \u, of which two may make one character.
func (r *reader) unicode(value int) {
	char, high := rune(value&0xffff), r.high // #nosec G115 -- masked
	r.high, r.pass = 0, r.standIn
	switch pair := utf16.DecodeRune(high, char); {
	case pair != utf8.RuneError:
		r.write(string(pair))
	case utf16.IsSurrogate(char):
		r.high = char
		r.decode()
	default:
		r.write(string(char))
	}
}
