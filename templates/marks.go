package templates

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
)

// Bounds of the documents' text in a report, in bytes unless said otherwise.
const (
	longestDocument = 2 << 20 // of a longer one only what stands around marks is shown
	longestText     = 8 << 20 // of all documents that are shown whole
	longestUnit     = 20_000  // of a longer paragraph or cell only what stands around marks is shown
	aroundMark      = 1_000   // in such a paragraph
	longestMark     = 2_000   // of a paragraph in which the quote itself is not to be found
	passagesAround  = 20      // passages shown before and after a mark, within its section
	linesAround     = 3       // lines shown before and after a mark in a file for programs
)

// A ref leads from a marked passage to what rests on it.
type ref struct {
	Href  string // within the report
	Label string // "12", "IF-02"
	Name  string // what it is called: "finding", "criterion", "contradiction", "agreement", …
	Kind  string // severity of a finding; else as Name
}

// An anchored is evidence and what rests on it.
type anchored struct {
	Evidence austauschbar.Evidence
	Ref      ref
}

// A markedDocument is a document's text as a report shows it.
type markedDocument struct {
	ID       string // within the report
	Path     string
	Language string // "" where it is not known
	Cut      bool   // only what stands around marks is shown, since there is so much
	Lines    bool   // a file for programs, of which it is what stands around marks
	Marks    int
	Blocks   []block
}

// A block is one passage, or a run of them that is left out.
type block struct {
	Kind    string // of passages; "left_out", "page", "sheet"
	Level   int
	Number  string // of a clause; of a page
	Name    string // of a sheet
	Units   []unit // of a row its cells, else one
	LeftOut int    // passages
	Lines   bool   // they are lines
}

// Worded tells whether the word for what a ref leads to is to be seen before its label,
// which is a number that other things have too.
func (r ref) Worded() bool {
	return !slices.Contains([]string{"finding", "criterion", "contradiction"}, r.Name)
}

// A unit is a paragraph or a cell.
type unit struct {
	Header string // of a cell
	Parts  []part
}

// A part is a piece of text; a marked one has an ID and leads to what rests on it.
type part struct {
	Text string
	ID   string
	Kind string
	Refs []ref
}

// A span is a part of a unit that something rests on.
type span struct {
	unit, start, end int
	ref              ref
}

// A marker marks the passages of documents, one after the other.
type marker struct {
	wanted   map[string][]anchored // by path
	marks    map[string]string     // ids of marks, by what rests on them and by place
	next     int
	left     int               // bytes of text that may still be shown whole
	language map[string]string // of documents
}

// spot is where a passage stands, as evidence names it.
type spot struct{ page, line, paragraph int }

func newMarker(review austauschbar.Review, wanted []anchored) *marker {
	m := &marker{wanted: map[string][]anchored{}, marks: map[string]string{}, left: longestText, language: map[string]string{}}
	for _, one := range wanted {
		m.wanted[one.Evidence.Path] = append(m.wanted[one.Evidence.Path], one)
	}
	for _, document := range review.Dossier.Documents {
		m.language[document.Path] = languageTag(document.Language)
	}
	return m
}

// mark gives a document with its passages marked.
func (m *marker) mark(document austauschbar.DocumentText, id string) markedDocument {
	passages := document.Text.Passages
	shown := markedDocument{ID: id, Path: document.Path, Language: m.language[document.Path], Lines: document.Lines}
	spans := m.spans(document)
	size := 0
	for _, passage := range passages {
		size += min(len(passage.Text), longestUnit)
	}
	keep := func(int) bool { return true }
	if document.Lines {
		kept := near(spans, linesAround)
		keep = func(i int) bool { return kept[i] }
	} else if shown.Cut = size > longestDocument || size > m.left; shown.Cut {
		kept := around(passages, spans)
		keep = func(i int) bool { return kept[i] }
	} else {
		m.left -= size
	}
	page, sheet, before := 0, "", m.next
	for i, passage := range passages {
		if !keep(i) {
			shown.leaveOut()
			continue
		}
		if passage.Page != page && passage.Page > 0 {
			page = passage.Page
			shown.Blocks = append(shown.Blocks, block{Kind: "page", Number: fmt.Sprint(page)})
		}
		if passage.Sheet != sheet && passage.Sheet != "" {
			sheet = passage.Sheet
			shown.Blocks = append(shown.Blocks, block{Kind: "sheet", Name: sheet})
		}
		shown.Blocks = append(shown.Blocks, m.block(passage, spans[i]))
		if document.Lines {
			last := &shown.Blocks[len(shown.Blocks)-1]
			last.Kind, last.Number = "line", fmt.Sprint(passage.Line)
		}
	}
	shown.Marks = m.next - before
	return shown
}

// leaveOut counts a passage that is not shown.
func (d *markedDocument) leaveOut() {
	if last := len(d.Blocks) - 1; last >= 0 && d.Blocks[last].Kind == "left_out" {
		d.Blocks[last].LeftOut++
		return
	}
	d.Blocks = append(d.Blocks, block{Kind: "left_out", LeftOut: 1, Lines: d.Lines})
}

// spans finds, by passage, what rests on a document.
func (m *marker) spans(document austauschbar.DocumentText) map[int][]span {
	passages := document.Text.Passages
	at := map[spot][]int{}
	for i, passage := range passages {
		where := spot{passage.Page, passage.Line, passage.Paragraph}
		at[where] = append(at[where], i)
	}
	spans := map[int][]span{}
	for _, one := range m.wanted[document.Path] {
		evidence := one.Evidence
		candidates := at[spot{evidence.Page, evidence.Line, evidence.Paragraph}]
		if i, found, ok := locate(passages, candidates, evidence); ok {
			found.ref = one.Ref
			spans[i] = append(spans[i], found)
		}
	}
	return spans
}

// locate finds the passage that evidence names: the one that holds the quote, else the
// first that stands there. False where nothing stands there.
func locate(passages []austauschbar.Passage, candidates []int, evidence austauschbar.Evidence) (int, span, bool) {
	fallback := -1
	for _, i := range candidates {
		if !onSheet(passages[i], evidence.Cell) {
			continue
		}
		if found, ok := quoted(unitsOf(passages[i]), evidence); ok {
			return i, found, true
		}
		if fallback < 0 {
			fallback = i
		}
	}
	if fallback < 0 {
		return search(passages, evidence)
	}
	text := unitsOf(passages[fallback])[0].Text
	start := len(text) - len(strings.TrimLeft(text, " \t"))
	return fallback, span{start: start, end: max(start, wholeRune(text, longestMark))}, true
}

// search finds a quote anywhere on the page that evidence names, or in the document
// where it names none.
func search(passages []austauschbar.Passage, evidence austauschbar.Evidence) (int, span, bool) {
	for i, passage := range passages {
		if evidence.Page > 0 && evidence.Page != passage.Page {
			continue
		}
		if found, ok := quoted(unitsOf(passage), evidence); ok {
			return i, found, true
		}
	}
	return 0, span{}, false
}

// onSheet says whether a passage is one that a cell's name can mean.
func onSheet(passage austauschbar.Passage, cell string) bool {
	sheet, name := "", cell
	if at := strings.LastIndex(cell, "!"); at >= 0 {
		sheet, name = cell[:at], cell[at+1:]
	}
	if sheet != passage.Sheet && passage.Sheet != "" {
		return false
	}
	return name == "" || slices.ContainsFunc(passage.Cells, func(c austauschbar.Cell) bool { return c.Ref == name })
}

// unitsOf are a row's cells; of another passage, its text as one.
func unitsOf(passage austauschbar.Passage) []austauschbar.Cell {
	if len(passage.Cells) > 0 {
		return passage.Cells
	}
	return []austauschbar.Cell{{Text: passage.Text}}
}

// quoted finds a quote, in the cell that evidence names before others.
func quoted(units []austauschbar.Cell, evidence austauschbar.Evidence) (span, bool) {
	name := evidence.Cell[strings.LastIndex(evidence.Cell, "!")+1:]
	found, ok := span{}, false
	for i, unit := range units {
		start := strings.Index(unit.Text, evidence.Quote)
		if start < 0 || evidence.Quote == "" {
			continue
		}
		if !ok || unit.Ref == name && name != "" {
			found, ok = span{unit: i, start: start, end: start + len(evidence.Quote)}, true
		}
	}
	return found, ok
}

// around tells which passages stand near a span: in its section, at most
// passagesAround away, and the section's heading.
func around(passages []austauschbar.Passage, spans map[int][]span) map[int]bool {
	kept := map[int]bool{}
	for marked := range spans {
		for i := marked; i >= 0 && marked-i <= passagesAround; i-- {
			kept[i] = true
			if passages[i].Kind == austauschbar.Heading {
				break
			}
		}
		for i := marked + 1; i < len(passages) && i-marked <= passagesAround && passages[i].Kind != austauschbar.Heading; i++ {
			kept[i] = true
		}
		for i := marked; i >= 0; i-- {
			if passages[i].Kind == austauschbar.Heading {
				kept[i] = true
				break
			}
		}
	}
	return kept
}

// near tells which passages are at most so many away from a span.
func near(spans map[int][]span, most int) map[int]bool {
	kept := map[int]bool{}
	for marked := range spans {
		for i := marked - most; i <= marked+most; i++ {
			kept[i] = true
		}
	}
	return kept
}

// block gives a passage with its spans marked.
func (m *marker) block(passage austauschbar.Passage, spans []span) block {
	b := block{Kind: string(passage.Kind), Level: passage.Level, Number: passage.Number}
	for i, cell := range unitsOf(passage) {
		here := slices.DeleteFunc(slices.Clone(spans), func(s span) bool { return s.unit != i })
		b.Units = append(b.Units, unit{Header: cell.Header, Parts: m.parts(cell.Text, here)})
	}
	return b
}

// parts cuts a text at its spans. Those that overlap are one mark, which leads to all
// that rests on it.
func (m *marker) parts(text string, spans []span) []part {
	slices.SortStableFunc(spans, func(a, b span) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end)) })
	var parts []part
	long, done := len(text) > longestUnit, 0
	plain := func(end int) {
		if end > done {
			parts = append(parts, part{Text: shortened(text[done:end], long)})
		}
	}
	for i := 0; i < len(spans); {
		start, end := spans[i].start, spans[i].end
		m.next++
		marked := part{ID: fmt.Sprintf("m%d", m.next), Kind: spans[i].ref.Kind}
		for ; i < len(spans) && (spans[i].start < end || spans[i].start == start); i++ {
			end = max(end, spans[i].end)
			marked.add(spans[i].ref)
			if m.marks[spans[i].ref.Href] == "" {
				m.marks[spans[i].ref.Href] = marked.ID
			}
		}
		plain(start)
		marked.Text = text[start:end]
		parts, done = append(parts, marked), end
	}
	plain(len(text))
	return parts
}

// add leads to one more; the gravest gives the mark its kind.
func (p *part) add(to ref) {
	if slices.Contains(p.Refs, to) {
		return
	}
	p.Refs = append(p.Refs, to)
	if gravity(to.Kind) < gravity(p.Kind) {
		p.Kind = to.Kind
	}
}

// gravity orders kinds of marks from the gravest on; what is no finding comes last.
func gravity(kind string) int {
	if at := slices.Index(austauschbar.Severities, kind); at >= 0 {
		return at
	}
	return len(austauschbar.Severities)
}

// shortened is the beginning and the end of a text that is long.
func shortened(text string, long bool) string {
	if !long || len(text) <= 2*aroundMark {
		return text
	}
	tail := len(text) - aroundMark
	for tail < len(text) && !utf8.RuneStart(text[tail]) {
		tail++
	}
	return text[:wholeRune(text, aroundMark)] + " … " + text[tail:]
}

// wholeRune is the largest length up to most at which no rune is cut.
func wholeRune(text string, most int) int {
	if len(text) <= most {
		return len(text)
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return most
}
