package docx

import "github.com/austauschbar/austauschbar/evaluator/office"

// A span is a piece of the body's part, in bytes.
type span struct{ from, to int }

// A trace notes where the text that the walker reads is stored, so that what is found
// in a document can be marked in it: paragraphs are counted, joined and left out in one
// place. A nil trace notes nothing.
type trace struct {
	texts  []*traced // of paragraphs, in the order of their beginnings
	open   []*traced // paragraphs within each other; the last is read
	run    *runSpan  // that is read; nil between runs
	closed *span     // element that is read and may only be marked around; nil outside
	from   int       // where the run's element that is read begins
	deep   int       // elements between it and the run
	row    int       // table rows so far
	cell   cellPlace // that is read; zero outside tables
	damage error     // that ended the reading; nil where all was read
}

// A cellPlace tells the cells of all tables apart.
type cellPlace struct {
	row int    // 1-based, through the document
	ref string // within the table: "A1"
}

// A traced paragraph is one w:p.
type traced struct {
	text   *paragraph // the same for paragraphs that read as one
	at     int        // its number, 1-based
	cell   cellPlace
	within *traced // that has the text box it stands in; nil outside text boxes
	style  string
	inner  span // what stands behind its properties
	pieces []piece
	joints []joint
}

// A joint is the end of what stands directly in a paragraph.
type joint struct {
	at    int
	field bool // within the result of a field
}

// A runSpan is one w:r.
type runSpan struct {
	span
	opened     int  // where its start tag ends
	properties span // empty where it has none
	direct     bool // stands in the paragraph itself, in no link or insertion
	field      bool // is part of a field
}

// A piece is text with its place.
type piece struct {
	span             // of the element that holds it: w:t, w:tab, …
	run     *runSpan // nil in what is closed
	closed  *span
	text    string
	hidden  bool
	cutable bool // the element is a w:t of the run that holds this text
}

func (w *walker) traceParagraph(p *paragraph) {
	if w.trace == nil {
		return
	}
	t := &traced{text: p, at: w.count, cell: w.trace.cell}
	_, t.inner.from = w.x.Span()
	t.inner.to = t.inner.from
	if open := w.trace.open; len(open) > 0 {
		t.within = open[0]
	}
	w.trace.texts = append(w.trace.texts, t)
	w.trace.open = append(w.trace.open, t)
}

func (w *walker) traceEnd() {
	if w.trace == nil {
		return
	}
	last := len(w.trace.open) - 1
	w.trace.open[last].inner.to, _ = w.x.Span()
	w.trace.open = w.trace.open[:last]
}

// traceProperties notes that the paragraph's properties have been read.
func (w *walker) traceProperties(style string) {
	if w.trace == nil {
		return
	}
	t := w.trace.open[len(w.trace.open)-1]
	_, t.inner.from = w.x.Span()
	t.style = style
}

// traceRun reads a run, or what stands in another.
func (w *walker) traceRun(p *paragraph, direct bool, read func() error) error {
	if w.trace == nil || w.trace.run != nil {
		return read()
	}
	r := &runSpan{direct: direct, field: len(p.fields) > 0}
	r.from, r.opened = w.x.Span()
	w.trace.run, w.trace.deep = r, 0
	err := read()
	_, r.to = w.x.Span()
	r.field = r.field || len(p.fields) > 0
	w.trace.run = nil
	return err
}

// traceRunProperties notes where those of a run are.
func (w *walker) traceRunProperties() {
	if w.trace != nil && w.trace.deep == 0 {
		_, to := w.x.Span()
		w.trace.run.properties = span{w.trace.from, to}
	}
}

// traceBelow reads what stands deeper in a run.
func (w *walker) traceBelow(read func() error) error {
	if w.trace == nil {
		return read()
	}
	w.trace.deep++
	err := read()
	w.trace.deep--
	return err
}

// traceElement notes that an element of a run begins, or one deeper.
func (w *walker) traceElement() {
	if w.trace != nil && w.trace.deep == 0 {
		w.trace.from, _ = w.x.Span()
	}
}

// traceText notes text that was read; stored is what the element holds.
func (w *walker) traceText(shown, stored string, hidden bool) {
	if w.trace == nil || len(w.trace.open) == 0 {
		return
	}
	t := w.trace
	_, to := w.x.Span()
	text := t.open[len(t.open)-1]
	text.pieces = append(text.pieces, piece{
		span: span{t.from, to}, run: t.run, closed: t.closed, text: shown, hidden: hidden,
		cutable: t.run != nil && t.closed == nil && t.deep == 0 && shown == stored,
	})
}

// traceInline reads an element of a paragraph that is no run. Marks may stand in links
// and insertions; of anything else, only around it.
func (w *walker) traceInline(name string, read func() error) error {
	if w.trace == nil || w.trace.run != nil || w.trace.closed != nil || name == "hyperlink" || name == "ins" || name == "moveTo" {
		return read()
	}
	c := &span{}
	c.from, _ = w.x.Span()
	w.trace.closed = c
	err := read()
	_, c.to = w.x.Span()
	w.trace.closed = nil
	return err
}

// traceJoint notes that an element directly in a paragraph has been read.
func (w *walker) traceJoint(p *paragraph, direct bool) {
	if w.trace == nil || !direct || w.trace.run != nil {
		return
	}
	t := w.trace.open[len(w.trace.open)-1]
	_, at := w.x.Span()
	t.joints = append(t.joints, joint{at, len(p.fields) > 0})
}

// traceAside reads a text box, whose paragraphs stand in none of those that are open.
func (w *walker) traceAside(read func() error) error {
	if w.trace == nil {
		return read()
	}
	outer := *w.trace
	w.trace.run, w.trace.closed, w.trace.deep, w.trace.cell = nil, nil, 0, cellPlace{}
	err := read()
	w.trace.run, w.trace.closed, w.trace.deep, w.trace.from, w.trace.cell = outer.run, outer.closed, outer.deep, outer.from, outer.cell
	return err
}

// traceRow counts a table's row.
func (w *walker) traceRow(read func() error) error {
	if w.trace == nil {
		return read()
	}
	outer := w.trace.cell
	w.trace.row++
	w.trace.cell = cellPlace{row: w.trace.row}
	err := read()
	w.trace.cell = outer
	return err
}

func (w *walker) traceCell(column, row int) {
	if w.trace != nil {
		w.trace.cell.ref = office.Ref(column, row)
	}
}
