package docx

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
	"github.com/austauschbar/austauschbar/evaluator/opc"
)

// Annotate returns a Word document with notes as comments, at their quotes where these
// can be found, else at their paragraphs, else at the first one that has text; what is
// to be changed becomes a tracked change. Of the package, the body, the comments and
// what leads to them are written anew; in the body, nothing but the marks and the runs
// that they cut.
//
// The error is a *limit.Refusal where the document is damaged or holds no text.
func Annotate(ctx context.Context, data []byte, notes austauschbar.Notes) ([]byte, error) {
	t := &trace{}
	if _, err := readTraced(ctx, data, t); err != nil {
		return nil, err
	}
	if t.damage != nil {
		return nil, t.damage
	}
	file, err := opc.Open(data)
	if err != nil {
		return nil, err
	}
	main, err := mainPart(ctx, file.Package)
	if err != nil {
		return nil, err
	}
	a := &annotation{file: file, main: main, notes: notes}
	if err := a.open(ctx); err != nil {
		return nil, err
	}
	a.text = newText(a.body, t)
	a.marks = newMarks(a.body, a.tags, &a.ids)
	if a.text.first == nil && len(notes.Notes) > 0 {
		return nil, limit.Refuse("empty", "no paragraph of the body has text")
	}
	for _, note := range notes.Notes {
		a.put(note)
	}
	file.Set(main, a.marks.apply())
	if err := a.writeComments(ctx); err != nil {
		return nil, err
	}
	return file.Finish()
}

// An annotation is one document while notes are put into it.
type annotation struct {
	file     *opc.File
	main     string // name of the body's part
	body     []byte
	tags     tags   // of the body
	part     string // name of the comments' part; "" where there is none yet
	comments []byte // that part
	root     opc.Root
	notes    austauschbar.Notes
	ids
	text    *text
	marks   *marks
	written strings.Builder // the comments to add
}

// open reads the parts that are to be changed.
func (a *annotation) open(ctx context.Context) error {
	var err error
	if a.body, err = a.file.Bytes(a.main); err != nil {
		return err
	}
	root, err := opc.Find(ctx, a.body)
	if err != nil {
		return err
	}
	a.tags = tagsOf(root)
	relations, err := a.file.Relations(ctx, a.main)
	if err != nil {
		return err
	}
	for _, relation := range relations {
		if relation.Kind == "comments" && a.part == "" && a.file.Has(relation.Target) {
			a.part = relation.Target
		}
	}
	if a.comments = []byte(fmt.Sprintf("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:comments xmlns:w=\"%s\"></w:comments>", opc.Escape(root.Space))); a.part != "" {
		if a.comments, err = a.file.Bytes(a.part); err != nil {
			return err
		}
	}
	if a.root, err = opc.Find(ctx, a.comments); err != nil {
		return fmt.Errorf("read %s: %w", a.part, err)
	}
	a.ids = newIDs(a.body, a.comments)
	return nil
}

// put puts one note at its passage.
func (a *annotation) put(note austauschbar.Note) {
	found := a.text.find(note.Evidence)
	changed := note.Change != "" && found.exact && a.marks.change(found, note.Change, a.author())
	id := a.next()
	a.marks.comment(found, id)
	a.write(id, note.Paragraphs(changed, found.here))
}

// author is who a mark is by, as attributes.
func (a *annotation) author() string {
	return fmt.Sprintf(`%sauthor="%s" %sdate="%sT00:00:00Z"`, a.tags.prefix, opc.Escape(a.notes.Author), a.tags.prefix, opc.Escape(a.notes.Date))
}

// halfPoints is the size of a comment's type: documents without a style for comments
// would show them as large as their text.
const halfPoints = 18

// write adds a comment.
func (a *annotation) write(id string, paragraphs []string) {
	w, in := tagsOf(a.root), &a.written
	fmt.Fprintf(in, `<%[1]scomment%[2]s %[1]sid="%[3]s" %[1]sauthor="%[4]s" %[1]sdate="%[5]sT00:00:00Z" %[1]sinitials="%[6]s">`,
		w.prefix, w.declaration, id, opc.Escape(a.notes.Author), opc.Escape(a.notes.Date), opc.Escape(a.notes.Initials))
	for i, paragraph := range paragraphs {
		look := ""
		fmt.Fprintf(in, `<%[1]sp><%[1]spPr><%[1]sspacing %[1]sbefore="0" %[1]safter="60"/></%[1]spPr>`, w.prefix)
		if i == 0 {
			look = "<" + w.prefix + "b/>"
			fmt.Fprintf(in, `<%[1]sr><%[1]sannotationRef/></%[1]sr>`, w.prefix)
		}
		fmt.Fprintf(in, `<%[1]sr><%[1]srPr>%[2]s<%[1]ssz %[1]sval="%[3]d"/><%[1]slang %[1]sval="%[4]s"/></%[1]srPr><%[1]st xml:space="preserve">%[5]s</%[1]st></%[1]sr></%[1]sp>`,
			w.prefix, look, halfPoints, opc.Escape(a.notes.Language), opc.Escape(paragraph))
	}
	fmt.Fprintf(in, `</%scomment>`, w.prefix)
}

const commentsType = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"

func (a *annotation) writeComments(ctx context.Context) error {
	content := a.root.Append(a.comments, a.written.String())
	if a.part != "" {
		a.file.Set(a.part, content)
		return nil
	}
	name := path.Join(path.Dir(a.main), "comments.xml")
	_, err := a.file.Add(ctx, a.main, opc.Part{Name: name, Kind: "comments", Type: commentsType, Content: content})
	return err
}

// tags are how elements of the format are written in a part.
type tags struct {
	prefix      string // "w:"
	declaration string // of the prefix, for outermost elements; "" where the part declares it
}

// tagsOf takes the prefix of a part's outermost element. Attributes need one, so that
// where that element has none a prefix is declared with each element.
func tagsOf(root opc.Root) tags {
	if root.Prefix == "" {
		return tags{"w:", ` xmlns:w="` + opc.Escape(root.Space) + `"`}
	}
	return tags{prefix: root.Prefix}
}

// ids gives ids that no mark of the document has.
type ids struct {
	used map[string]bool
	last int
}

var anID = regexp.MustCompile(`:id\s*=\s*["'](\d+)["']`)

func newIDs(parts ...[]byte) ids {
	i := ids{used: map[string]bool{}}
	for _, part := range parts {
		for _, found := range anID.FindAllSubmatch(part, -1) {
			i.used[string(found[1])] = true
		}
	}
	return i
}

func (i *ids) next() string {
	for {
		id := strconv.Itoa(i.last)
		i.last++
		if !i.used[id] {
			return id
		}
	}
}

// A text is what the body says, with where it says it.
type text struct {
	body   []byte
	groups []*group
	at     map[int]*group
	cells  map[cellPlace][]*group
	first  *group // that has text; nil for none
}

// A group is paragraphs that read as one.
type group struct {
	parts []*traced
}

func newText(body []byte, t *trace) *text {
	x := &text{body: body, at: map[int]*group{}, cells: map[cellPlace][]*group{}}
	known := map[*paragraph]*group{}
	for _, traced := range t.texts {
		g := known[traced.text]
		if g == nil {
			g = &group{}
			known[traced.text] = g
			x.groups = append(x.groups, g)
			x.cells[traced.cell] = append(x.cells[traced.cell], g)
		}
		g.parts = append(g.parts, traced)
		x.at[traced.at] = g
	}
	for _, g := range x.groups {
		shown, _ := lines.Mapped(x.joined([]*group{g}, false).text)
		if shown != "" && g.parts[0].within == nil && x.markable(g) {
			x.first = g
			break
		}
	}
	return x
}

// markable says whether marks can stand in a group's paragraphs: "<w:p/>" has no room.
func (x *text) markable(g *group) bool {
	return !slices.ContainsFunc(g.parts, func(t *traced) bool {
		return t.inner.from == t.inner.to && bytes.HasSuffix(x.body[:t.inner.from], []byte("/>"))
	})
}

// A stretch is the text of several pieces, with the place of each.
type stretch struct {
	body   []byte
	text   string
	pieces []*piece
	of     []*traced // the paragraphs of the pieces
	starts []int     // where each piece begins in text
}

// joined puts together what groups show, or hide.
func (x *text) joined(groups []*group, hidden bool) stretch {
	s := stretch{body: x.body}
	var text strings.Builder
	for i, g := range groups {
		if i > 0 {
			text.WriteByte(' ')
		}
		for _, part := range g.parts {
			for j := range part.pieces {
				if p := &part.pieces[j]; p.hidden == hidden && p.text != "" {
					s.starts = append(s.starts, text.Len())
					s.pieces = append(s.pieces, p)
					s.of = append(s.of, part)
					text.WriteString(p.text)
				}
			}
		}
	}
	s.text = text.String()
	return s
}

// A place is where a note belongs.
type place struct {
	from, to position
	sign     position // of the comment's own sign
	exact    bool     // it is the quote
	here     bool     // it is the passage, at least its paragraph
	quote    string   // these are empty where it is not exact
	in       stretch  // where the quote was found
	bytes    []int    // where in the stretch each byte of the quote stands
}

// find finds a passage; the first paragraph that has text for none.
func (x *text) find(evidence *austauschbar.Evidence) place {
	if evidence != nil {
		if groups := x.candidates(*evidence); len(groups) > 0 {
			if found, ok := x.quoted(groups, evidence.Quote); ok {
				return found
			}
			if found, ok := x.whole(groups); ok {
				return found
			}
		}
	}
	found, _ := x.whole([]*group{x.first})
	found.here = false
	return found
}

// candidates are the paragraphs that a passage may stand in: one, or those of a cell.
func (x *text) candidates(evidence austauschbar.Evidence) []*group {
	g := x.at[evidence.Paragraph]
	if g == nil {
		return nil
	}
	cell := g.parts[0].cell
	if evidence.Cell == "" || cell.row == 0 {
		return []*group{g}
	}
	if groups := x.cells[cellPlace{cell.row, evidence.Cell}]; len(groups) > 0 {
		return groups
	}
	return []*group{g}
}

// quoted finds a quote in paragraphs. Word takes no comments in text boxes.
func (x *text) quoted(groups []*group, quote string) (place, bool) {
	if quote == "" || groups[0].parts[0].within != nil {
		return place{}, false
	}
	for _, hidden := range []bool{false, true} {
		in := x.joined(groups, hidden)
		clean, places := lines.Mapped(in.text)
		at := strings.Index(clean, quote)
		if at < 0 {
			continue
		}
		bytes := places[at : at+len(quote)]
		first, last := bytes[0], bytes[len(bytes)-1]
		return place{
			from: in.before(first), to: in.behind(last), sign: in.sign(last),
			exact: true, here: true, quote: quote, in: in, bytes: bytes,
		}, true
	}
	return place{}, false
}

// whole is all of some paragraphs; of those in text boxes, the one that these hang on.
func (x *text) whole(groups []*group) (place, bool) {
	var fit []*group
	for _, g := range groups {
		if host := g.parts[0].within; host != nil {
			g = x.at[host.at]
		}
		if x.markable(g) {
			fit = append(fit, g)
		}
	}
	if len(fit) == 0 {
		return place{}, false
	}
	last := fit[len(fit)-1].parts
	end := position{at: last[len(last)-1].inner.to}
	return place{here: true, from: position{at: fit[0].parts[0].inner.from}, to: end, sign: end}, true
}

// A position is where a mark can stand: between elements of the body, or within a text.
type position struct {
	at     int
	run    *runSpan // that must be cut there; nil between runs
	piece  *piece   // whose text must be cut; nil between elements
	offset int      // in that text
}

func (p position) compare(q position) int { return cmp.Or(p.at-q.at, p.offset-q.offset) }

// piece returns which piece holds a byte of the text, and where in it.
func (s stretch) piece(at int) (which, offset int) {
	which, found := slices.BinarySearch(s.starts, at)
	if !found {
		which--
	}
	return which, at - s.starts[which]
}

// before is the position before a byte.
func (s stretch) before(at int) position {
	which, offset := s.piece(at)
	p := s.pieces[which]
	switch {
	case p.closed != nil:
		return position{at: p.closed.from}
	case !p.cutable:
		return position{at: p.run.from}
	case offset > 0:
		return position{p.from, p.run, p, offset}
	case s.leads(p):
		return position{at: p.run.from}
	}
	return position{at: p.from, run: p.run}
}

// behind is the position behind a byte.
func (s stretch) behind(at int) position {
	which, offset := s.piece(at)
	p := s.pieces[which]
	switch {
	case p.closed != nil:
		return position{at: p.closed.to}
	case !p.cutable:
		return position{at: p.run.to}
	case offset+1 < len(p.text):
		return position{p.from, p.run, p, offset + 1}
	case s.ends(p):
		return position{at: p.run.to}
	}
	return position{at: p.to, run: p.run}
}

// leads says whether nothing of a run stands before a piece.
func (s stretch) leads(p *piece) bool {
	return s.nothing(max(p.run.opened, p.run.properties.to), p.from)
}

// ends says whether nothing of a run stands behind a piece.
func (s stretch) ends(p *piece) bool {
	return s.nothing(p.to, bytes.LastIndex(s.body[:p.run.to], []byte("</")))
}

// nothing says whether only white space stands between two places, or what Word notes
// of its last printing.
func (s stretch) nothing(from, to int) bool {
	return from >= to || len(bytes.TrimSpace(printed.ReplaceAll(s.body[from:to], nil))) == 0
}

// What may stand between the texts and runs of plain text.
var (
	printed = regexp.MustCompile(`<(?:[^\s<>/:]+:)?lastRenderedPageBreak\s*/>`)
	aside   = regexp.MustCompile(`<(?:[^\s<>/:]+:)?(?:proofErr|bookmarkStart|bookmarkEnd)\b[^<>]*/>`)
)

// plain says whether nothing but text stands from one byte to another, directly in a
// paragraph.
func (s stretch) plain(first, last int) bool {
	from, _ := s.piece(first)
	to, _ := s.piece(last)
	for i := from; i <= to; i++ {
		p := s.pieces[i]
		if !p.cutable || !p.run.direct || p.run.field || s.of[i] != s.of[from] {
			return false
		}
		if i == from {
			continue
		}
		if before := s.pieces[i-1]; before.run == p.run {
			if !s.nothing(before.to, p.from) {
				return false
			}
		} else if !s.ends(before) || !s.leads(p) || len(bytes.TrimSpace(aside.ReplaceAll(s.body[before.run.to:p.run.from], nil))) > 0 {
			return false
		}
	}
	return true
}

// sign is where the sign of a comment that ends behind a byte may stand: directly in
// the paragraph and in no field, whose result Word may write anew.
func (s stretch) sign(at int) position {
	which, _ := s.piece(at)
	p, of, behind := s.pieces[which], s.of[which], s.behind(at)
	if p.closed == nil && p.run.direct && !p.run.field {
		return behind
	}
	for _, joint := range of.joints {
		if joint.at >= behind.at && !joint.field {
			return position{at: joint.at}
		}
	}
	return position{at: of.inner.to}
}
