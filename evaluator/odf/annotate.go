package odf

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
	"github.com/austauschbar/austauschbar/evaluator/opc"
)

// Annotate returns a text or spreadsheet with notes as comments: of a text, at their
// quotes where these can be found, else at their paragraphs or cells, else at the first
// paragraph that has text; of a spreadsheet, at their cells, else at the first one of a
// sheet that is shown. A cell has but one comment: what is there is kept, with the notes
// below it. Of the package, the content is written anew, and in it nothing but the
// comments. Nothing is changed in the text, so that suggestions are told in the comment.
//
// The error is a *limit.Refusal where the document is damaged or holds no text.
func Annotate(ctx context.Context, data []byte, notes austauschbar.Notes) ([]byte, error) {
	t := &trace{}
	if _, err := readTraced(ctx, data, t); err != nil {
		return nil, err
	}
	flat := flatOf(data)
	if flat != nil {
		content, err := annotated(flat, t, notes)
		return append(bytes.Clone(data[:len(data)-len(flat)]), content...), err
	}
	pack, err := limit.Open(data)
	if err != nil {
		return nil, err
	}
	content, err := pack.Bytes(contentPart)
	if err != nil {
		return nil, err
	}
	if content, err = annotated(content, t, notes); err != nil {
		return nil, err
	}
	return pack.Rewrite(map[string][]byte{contentPart: content})
}

// encoded is how a part says that it is no UTF-8, in which places would be others.
var encoded = regexp.MustCompile(`^\s*<\?xml[^>]*\bencoding\s*=\s*["']([^"']*)["']`)

func annotated(content []byte, t *trace, notes austauschbar.Notes) ([]byte, error) {
	if found := encoded.FindSubmatch(content); found != nil && !strings.EqualFold(string(found[1]), "utf-8") {
		return nil, limit.Refuse("not_this_format", "the content is stored as "+string(found[1]))
	}
	a := &annotation{content: content, notes: notes, name: nameFor(content)}
	var err error
	if len(t.cells) > 0 {
		a.annotateCells(t.cells)
	} else {
		err = a.annotateText(t)
	}
	return a.apply(), err
}

// nameFor begins the names of comments, as no other does.
func nameFor(content []byte) string {
	name := "austauschbar"
	for bytes.Contains(content, []byte(name)) {
		name += "-"
	}
	return name
}

// An annotation is one document while notes are put into it.
type annotation struct {
	content []byte
	notes   austauschbar.Notes
	name    string
	marks   []mark
}

// A mark is text for a place in the content, in bytes, in place of what stands from
// there to gone. Of marks at one place, those of a lower rank stand first.
type mark struct {
	at, gone int
	rank     int
	text     string
}

// Ranks of marks.
const (
	ends = iota
	begins
)

func (a *annotation) apply() []byte {
	slices.SortStableFunc(a.marks, func(m, n mark) int {
		if m.at != n.at {
			return m.at - n.at
		}
		return m.rank - n.rank
	})
	var written bytes.Buffer
	done := 0
	for _, m := range a.marks {
		written.Write(a.content[done:m.at])
		written.WriteString(m.text)
		done = max(m.at, m.gone)
	}
	written.Write(a.content[done:])
	return written.Bytes()
}

// spaces declares what a comment's elements are, whatever the document calls them.
const spaces = ` xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"`

// comment writes a comment with these attributes.
func (a *annotation) comment(attributes string, paragraphs []string) string {
	return fmt.Sprintf(`<office:annotation%s%s><dc:creator>%s</dc:creator><dc:date>%sT00:00:00</dc:date>%s</office:annotation>`,
		spaces, attributes, opc.Escape(a.notes.Author), opc.Escape(a.notes.Date), written(paragraphs))
}

func written(paragraphs []string) string {
	var in strings.Builder
	for _, paragraph := range paragraphs {
		fmt.Fprintf(&in, `<text:p>%s</text:p>`, opc.Escape(paragraph))
	}
	return in.String()
}

// annotateText puts notes into a text.
func (a *annotation) annotateText(t *trace) error {
	x := newBody(a.content, t)
	if x.first == nil && len(a.notes.Notes) > 0 {
		return limit.Refuse("empty", "no paragraph has text")
	}
	for i, note := range a.notes.Notes {
		at, here := x.find(note.Evidence)
		name := ` office:name="` + a.name + strconv.Itoa(i+1) + `"`
		a.marks = append(a.marks,
			mark{at: at.from, rank: begins, text: a.comment(name, note.Paragraphs(false, here))},
			mark{at: at.to, rank: ends, text: `<office:annotation-end` + spaces + name + `/>`})
	}
	return nil
}

// A body is what a text says, with where it says it.
type body struct {
	content []byte
	at      map[int]*traced
	cells   map[cellPlace][]*traced
	first   *traced // that shows text and stands in no box; nil for none
}

func newBody(content []byte, t *trace) *body {
	x := &body{content: content, at: map[int]*traced{}, cells: map[cellPlace][]*traced{}}
	for _, p := range t.texts {
		x.at[p.at] = p
		if p.cell.row > 0 {
			x.cells[p.cell] = append(x.cells[p.cell], p)
		}
		if shown, _ := lines.Mapped(joined([]*traced{p}).text); x.first == nil && shown != "" && !p.boxed && !p.hidden && x.markable(p) {
			x.first = p
		}
	}
	return x
}

// markable says whether marks can stand in a paragraph: "<text:p/>" has no room.
func (x *body) markable(p *traced) bool {
	return p.inner.from < p.inner.to || bytes.HasPrefix(x.content[p.inner.to:], []byte("</"))
}

// find finds a passage; the first paragraph that has text for none. here says whether
// it is the passage, at least its paragraph.
func (x *body) find(evidence *austauschbar.Evidence) (at span, here bool) {
	if evidence != nil {
		if all := x.candidates(*evidence); len(all) > 0 {
			if at, ok := x.quoted(all, evidence.Quote); ok {
				return at, true
			}
			if at, ok := x.whole(all); ok {
				return at, true
			}
		}
	}
	return x.first.inner, false
}

// candidates are the paragraphs that a passage may stand in: one, or those of a cell.
func (x *body) candidates(evidence austauschbar.Evidence) []*traced {
	p := x.at[evidence.Paragraph]
	if p == nil {
		return nil
	}
	if all := x.cells[cellPlace{p.cell.row, evidence.Cell}]; evidence.Cell != "" && len(all) > 0 {
		return all
	}
	return []*traced{p}
}

// whole is all of some paragraphs; of those in text boxes, which take no comments in
// every program, the one that the box hangs on.
func (x *body) whole(all []*traced) (span, bool) {
	first, last := all[0], all[len(all)-1]
	if first.boxed {
		first, last = first.host, first.host
	}
	if first == nil || !x.markable(first) || !x.markable(last) {
		return span{}, false
	}
	return span{first.inner.from, last.inner.to}, true
}

// quoted finds a quote in paragraphs.
func (x *body) quoted(all []*traced, quote string) (span, bool) {
	if quote == "" || all[0].boxed {
		return span{}, false
	}
	in := joined(all)
	clean, places := lines.Mapped(in.text)
	at := strings.Index(clean, quote)
	if at < 0 {
		return span{}, false
	}
	return span{in.before(x.content, places[at]), in.behind(x.content, places[at+len(quote)-1])}, true
}

// A stretch is the text of several pieces, with the place of each.
type stretch struct {
	text   string
	pieces []piece
	starts []int // where each piece begins in text
}

// joined puts together what paragraphs show.
func joined(all []*traced) stretch {
	var s stretch
	var text strings.Builder
	for i, p := range all {
		if i > 0 {
			text.WriteByte(' ')
		}
		for _, piece := range p.pieces {
			if piece.text != "" {
				s.starts = append(s.starts, text.Len())
				s.pieces = append(s.pieces, piece)
				text.WriteString(piece.text)
			}
		}
	}
	s.text = text.String()
	return s
}

// piece returns the piece that holds a byte of the text, and where in it.
func (s stretch) piece(at int) (piece, int) {
	which, found := slices.BinarySearch(s.starts, at)
	if !found {
		which--
	}
	return s.pieces[which], at - s.starts[which]
}

// before is the place before a byte of the text, and behind the one behind it.
func (s stretch) before(content []byte, at int) int {
	p, offset := s.piece(at)
	if around := p.around(content); around != nil {
		return around.from
	}
	return p.from + stored(content[p.from:p.to], offset)
}

func (s stretch) behind(content []byte, at int) int {
	p, offset := s.piece(at)
	if around := p.around(content); around != nil {
		return around.to
	}
	return p.from + stored(content[p.from:p.to], offset+1)
}

// around is what is marked around; nil where marks may stand in the text.
func (p piece) around(content []byte) *span {
	if p.closed == nil && bytes.HasPrefix(content[p.from:], []byte("<")) { // "<![CDATA["
		return &p.span
	}
	return p.closed
}

// stored returns how many bytes of characters as they are stored make so many as they
// are read.
func stored(raw []byte, read int) int {
	at := 0
	for done := 0; done < read && at < len(raw); {
		end := bytes.IndexByte(raw[at:], ';')
		switch {
		case raw[at] == '&' && end > 0:
			var char string
			if xml.Unmarshal([]byte("<a>"+string(raw[at:at+end+1])+"</a>"), &char) != nil {
				char = string(utf8.RuneError) // cannot be: it was read
			}
			done += len(char)
			at += end + 1
		case bytes.HasPrefix(raw[at:], []byte("\r\n")):
			done++
			at += len("\r\n")
		default:
			done++
			at++
		}
	}
	return at
}

// annotateCells puts notes into a spreadsheet.
func (a *annotation) annotateCells(cells []tracedCell) {
	at := map[string]int{}
	first := 0
	for i, cell := range cells {
		at[cell.sheet+"!"+cell.ref] = i
		if cells[first].hidden && !cell.hidden {
			first = i
		}
	}
	notes := map[int][][]string{}
	for _, note := range a.notes.Notes {
		cell, here := first, false
		if note.Evidence != nil {
			if found, ok := at[note.Evidence.Cell]; ok {
				cell, here = found, true
			}
		}
		notes[cell] = append(notes[cell], note.Paragraphs(false, here))
	}
	for _, cell := range slices.Sorted(maps.Keys(notes)) {
		a.annotateCell(cells[cell], notes[cell])
	}
}

// annotateCell writes the comment of a cell, or below the one it has.
func (a *annotation) annotateCell(cell tracedCell, notes [][]string) {
	var paragraphs []string
	for i, note := range notes {
		if i > 0 {
			paragraphs = append(paragraphs, "")
		}
		paragraphs = append(paragraphs, note...)
	}
	if cell.note > 0 {
		text := strings.ReplaceAll(written(append([]string{"", a.notes.Author + ":"}, paragraphs...)), "<text:p>", "<text:p"+spaces+">")
		a.marks = append(a.marks, mark{at: cell.note, text: text})
		return
	}
	comment := a.comment("", paragraphs)
	tag := a.content[cell.tag.from:cell.tag.to]
	if single := bytes.HasSuffix(tag, []byte("/>")); single {
		a.marks = append(a.marks, mark{at: cell.tag.to - len("/>"), gone: cell.tag.to, text: ">" + comment + "</" + opc.NameAt(a.content, cell.tag.from) + ">"})
		return
	}
	a.marks = append(a.marks, mark{at: cell.tag.to, text: comment})
}
