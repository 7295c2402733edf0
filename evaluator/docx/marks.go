package docx

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar/evaluator/opc"
)

// marks are what is to be written into a body.
type marks struct {
	body    []byte
	tags    tags
	ids     *ids
	list    []mark
	deleted map[*piece]span // parts of texts, in bytes of the text
	changes []change
}

// A mark is text for a position. Of marks at one position, those of a lower rank stand
// first.
type mark struct {
	position
	rank int
	text string
}

// Ranks: what ends comes before what begins, and a change stands within its comment.
const (
	changeEnds = iota
	commentEnds
	commentSign
	commentBegins
	changeBegins
)

// A change is where text is deleted or, where both are the same, inserted, and the
// quote that it belongs to.
type change struct {
	from, to   position
	begin, end position
}

func newMarks(body []byte, t tags, i *ids) *marks {
	return &marks{body: body, tags: t, ids: i, deleted: map[*piece]span{}}
}

func (m *marks) add(at position, rank int, format string, values ...any) {
	m.list = append(m.list, mark{at, rank, fmt.Sprintf(format, values...)})
}

// comment marks what a comment is about. Its own sign stands in no deletion.
func (m *marks) comment(at place, id string) {
	w, sign := m.tags, at.sign
	for _, change := range m.changes {
		if change.from.compare(sign) < 0 && sign.compare(change.to) < 0 {
			sign = change.to
		}
	}
	if at.from.compare(at.to) < 0 {
		m.add(at.from, commentBegins, `<%[1]scommentRangeStart%[2]s %[1]sid="%[3]s"/>`, w.prefix, w.declaration, id)
		m.add(at.to, commentEnds, `<%[1]scommentRangeEnd%[2]s %[1]sid="%[3]s"/>`, w.prefix, w.declaration, id)
	}
	m.add(sign, commentSign, `<%[1]sr%[2]s><%[1]scommentReference %[1]sid="%[3]s"/></%[1]sr>`, w.prefix, w.declaration, id)
}

// change writes what a quote is to become as a tracked change, as little of it as
// differs; author is who makes it, as attributes. It does nothing and says so where
// the quote is more than plain text or another change touches it.
func (m *marks) change(at place, text, author string) bool {
	before, behind := common(at.quote, text)
	inserted := text[before : len(text)-behind]
	gone := at.bytes[before : len(at.bytes)-behind]
	c := change{begin: at.from, end: at.to}
	switch {
	case len(gone) > 0:
		c.from, c.to = at.in.before(gone[0]), at.in.behind(gone[len(gone)-1])
	case before > 0:
		gone = at.bytes[before-1 : before]
		c.to = at.in.behind(gone[0])
		c.from = c.to
	default:
		gone = at.bytes[:1]
		c.from = at.in.before(gone[0])
		c.to = c.from
	}
	first, last := gone[0], gone[len(gone)-1]
	if inserted == "" && c.from == c.to || m.touched(c) || !at.in.plain(first, last) {
		return false
	}
	m.changes = append(m.changes, c)
	w := m.tags
	which, _ := at.in.piece(first)
	insertion := ""
	if inserted != "" {
		insertion = fmt.Sprintf(`<%[1]sins%[2]s %[1]sid="%[3]s" %[4]s><%[1]sr>%[5]s<%[1]st xml:space="preserve">%[6]s</%[1]st></%[1]sr></%[1]sins>`,
			w.prefix, w.declaration, m.ids.next(), author, m.properties(at.in.pieces[which].run), opc.Escape(inserted))
	}
	if c.from == c.to {
		rank := changeBegins
		if before > 0 {
			rank = changeEnds
		}
		m.add(c.from, rank, "%s", insertion)
		return true
	}
	m.add(c.from, changeBegins, `<%[1]sdel%[2]s %[1]sid="%[3]s" %[4]s>`, w.prefix, w.declaration, m.ids.next(), author)
	m.add(c.to, changeEnds, `</%sdel>%s`, w.prefix, insertion)
	m.remove(at.in, first, last)
	return true
}

// touched says whether another change belongs to part of the same passage: each may
// fit, and both together make no sentence.
func (m *marks) touched(c change) bool {
	return slices.ContainsFunc(m.changes, func(other change) bool {
		return c.begin.compare(other.end) < 0 && other.begin.compare(c.end) < 0
	})
}

// remove notes which parts of texts are deleted, both ends included.
func (m *marks) remove(in stretch, first, last int) {
	from, begin := in.piece(first)
	to, end := in.piece(last)
	for i := from; i <= to; i++ {
		gone := span{0, len(in.pieces[i].text)}
		if i == from {
			gone.from = begin
		}
		if i == to {
			gone.to = end + 1
		}
		m.deleted[in.pieces[i]] = gone
	}
}

// common returns how many bytes two texts have in common at their beginnings and at
// their ends, whole words only.
func common(a, b string) (before, behind int) {
	for before < min(len(a), len(b)) && a[before] == b[before] {
		before++
	}
	for before > 0 && (within(a, before) || within(b, before)) {
		before--
	}
	most := min(len(a), len(b)) - before
	for behind < most && a[len(a)-1-behind] == b[len(b)-1-behind] {
		behind++
	}
	for behind > 0 && (within(a, len(a)-behind) || within(b, len(b)-behind)) {
		behind--
	}
	return before, behind
}

// within says whether a place in a text lies within a word or a character.
func within(text string, at int) bool {
	if at == 0 || at >= len(text) {
		return false
	}
	if !utf8.RuneStart(text[at]) {
		return true
	}
	left, _ := utf8.DecodeLastRuneInString(text[:at])
	right, _ := utf8.DecodeRuneInString(text[at:])
	wordy := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }
	return wordy(left) && wordy(right)
}

// apply returns the body with all marks.
func (m *marks) apply() []byte {
	slices.SortStableFunc(m.list, func(a, b mark) int { return cmp.Or(a.compare(b.position), a.rank-b.rank) })
	between := map[int]*edit{}
	pieces := map[*piece]map[int]string{}
	for p := range m.deleted {
		pieces[p] = map[int]string{}
	}
	for _, mark := range m.list {
		switch {
		case mark.piece == nil && between[mark.at] == nil:
			between[mark.at] = &edit{at: mark.at, to: mark.at, text: mark.text, run: mark.run}
		case mark.piece == nil:
			between[mark.at].text += mark.text
		case pieces[mark.piece] == nil:
			pieces[mark.piece] = map[int]string{mark.offset: mark.text}
		default:
			pieces[mark.piece][mark.offset] += mark.text
		}
	}
	var edits []edit
	for _, e := range between {
		if e.run != nil {
			e.text = m.cut(e.run, e.text)
		}
		edits = append(edits, *e)
	}
	for p, cuts := range pieces {
		edits = append(edits, edit{at: p.from, to: p.to, text: m.piece(p, cuts)})
	}
	// What is put before an element comes before what takes its place.
	slices.SortFunc(edits, func(a, b edit) int { return cmp.Or(a.at-b.at, a.to-b.to) })
	var applied bytes.Buffer
	done := 0
	for _, e := range edits {
		applied.Write(m.body[done:e.at])
		applied.WriteString(e.text)
		done = e.to
	}
	applied.Write(m.body[done:])
	return applied.Bytes()
}

// An edit puts text in the place of a part of the body.
type edit struct {
	at, to int
	text   string
	run    *runSpan // that is cut there; nil for none
}

// cut ends a run, puts text and goes on with a run of the same look.
func (m *marks) cut(r *runSpan, text string) string {
	return "</" + opc.NameAt(m.body, r.from) + ">" + text + string(m.body[r.from:r.opened]) + m.properties(r)
}

// numbered are changes of a look, which have ids.
var numbered = regexp.MustCompile(`(<(?:[^\s<>/:]+:)?(?:rPrChange|ins|del|moveFrom|moveTo)\b[^<>]*?:id\s*=\s*)(?:"[^"]*"|'[^']*')`)

// properties are those of a run for another one.
func (m *marks) properties(r *runSpan) string {
	return numbered.ReplaceAllStringFunc(string(m.body[r.properties.from:r.properties.to]), func(found string) string {
		return numbered.FindStringSubmatch(found)[1] + `"` + m.ids.next() + `"`
	})
}

// piece writes a text anew, cut at offsets, with what stands there.
func (m *marks) piece(p *piece, cuts map[int]string) string {
	var written strings.Builder
	name := opc.NameAt(m.body, p.from)
	prefix := name[:len(name)-len("t")]
	tag := string(m.body[p.from : p.from+tagEnd(m.body[p.from:])])
	offsets := append(slices.Sorted(maps.Keys(cuts)), len(p.text))
	from := 0
	for i, to := range offsets {
		gone, isGone := m.deleted[p]
		if isGone && gone.from <= from && to <= gone.to {
			fmt.Fprintf(&written, `<%[1]sdelText xml:space="preserve">%[2]s</%[1]sdelText>`, prefix, opc.Escape(p.text[from:to]))
		} else {
			written.WriteString(part(tag, name, p.text[from:to], i == 0, i == len(offsets)-1))
		}
		if i < len(offsets)-1 {
			written.WriteString(m.cut(p.run, cuts[to]))
		}
		from = to
	}
	return written.String()
}

// part writes a part of a text. Blanks at the outer ends are kept or not, as the start
// tag says; those where it was cut are kept.
func part(tag, name, text string, first, last bool) string {
	core, left, right := text, "", ""
	if !first {
		core = strings.TrimLeft(core, " \t\r\n")
		left = text[:len(text)-len(core)]
	}
	if !last {
		trimmed := strings.TrimRight(core, " \t\r\n")
		core, right = trimmed, core[len(trimmed):]
	}
	if core == "" && first != last { // blanks at an outer end
		core, left, right = left+right, "", ""
	}
	kept := func(blanks string) string {
		if blanks == "" {
			return ""
		}
		return "<" + name + ` xml:space="preserve">` + opc.Escape(blanks) + "</" + name + ">"
	}
	written := kept(left)
	if core != "" {
		written += tag + opc.Escape(core) + "</" + name + ">"
	}
	return written + kept(right)
}

// tagEnd returns where the start tag ends that a text begins with.
func tagEnd(text []byte) int {
	quote := byte(0)
	for i, b := range text {
		switch {
		case quote != 0:
			if b == quote {
				quote = 0
			}
		case b == '"' || b == '\'':
			quote = b
		case b == '>':
			return i + 1
		}
	}
	return len(text)
}
