package pdf

import (
	"context"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// Annotate returns a PDF with notes as annotations: each as a highlight of its quote
// where that can be found on its page or the next one, else as a note at the top of its
// page, or of the first one. The document's own bytes come first, unchanged; what is
// appended names new objects and those that lead to them. Nothing is changed in the
// text, so that suggestions are told in the note.
//
// The error is a *limit.Refusal where the document is damaged or encrypted, with a
// password or without: what is added would have to be encrypted as well, and whoever
// encrypted it may have forbidden notes.
func Annotate(ctx context.Context, data []byte, notes austauschbar.Notes) ([]byte, error) {
	switch {
	case len(data) == 0:
		return nil, limit.Refuse("empty", "")
	case len(data) > limit.File:
		return nil, limit.Refuse("too_large", "")
	}
	old, err := ending(data)
	if err != nil {
		return nil, err
	}
	a := newAnnotation(ctx, data, notes)
	if err := staff.enter(ctx); err != nil {
		return nil, err
	}
	defer staff.leave()
	d := staff.desk()
	defer d.close()
	found, err := d.open(ctx, data)
	if err != nil {
		return nil, err
	}
	if found.Encrypted {
		return nil, limit.Refuse("encrypted", "")
	}
	if err := a.place(ctx, d, found.Pages); err != nil {
		return nil, err
	}
	if len(a.marks) == 0 {
		return data, nil
	}
	return a.append(ctx, d, data, old)
}

// newAnnotation reads the document's passages. Without them, a quote stands at the first
// of its places.
func newAnnotation(ctx context.Context, data []byte, notes austauschbar.Notes) *annotation {
	a := &annotation{notes: notes, at: map[int]int{}}
	text, err := Read(ctx, data)
	if err != nil {
		return a
	}
	a.passages = text.Passages
	for i, passage := range a.passages {
		a.at[passage.Paragraph] = i
	}
	return a
}

// An annotation is one document while notes are put into it.
type annotation struct {
	notes    austauschbar.Notes
	passages []austauschbar.Passage
	at       map[int]int    // passages by their numbers
	found    []located      // by note
	marks    map[int][]mark // by page, 1-based
}

// located is where a note's quote stands; without boxes, nowhere.
type located struct {
	page  int    // 1-based
	boxes []box  // on that page
	more  []box  // on the page behind it
	rest  string // that is looked for there; "" for nothing
}

// A mark is a note at its place.
type mark struct {
	boxes []box    // nil at the page's top
	lines []string // of the note
}

// place finds a page and a place for every note.
func (a *annotation) place(ctx context.Context, d desk, pages int) error {
	wanted := a.byPage(pages)
	var carried []int // notes whose quote, or its rest, may stand on the next page
	for page := 1; page <= pages; page++ {
		first, second := wanted[page], carried
		carried = nil
		if len(first)+len(second) == 0 {
			continue
		}
		spots := a.spots(ctx, d, page, first, second)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		for at, i := range first {
			a.found[i].boxes, a.found[i].rest = spots[at].Boxes, spots[at].Rest
			if spots[at].Rest != "" {
				carried = append(carried, i)
			}
		}
		for at, i := range second {
			a.found[i].goOn(page, spots[len(first)+at])
		}
	}
	a.marks = map[int][]mark{}
	for i, note := range a.notes.Notes {
		a.put(note, a.found[i])
	}
	return nil
}

// byPage lists the notes whose quotes are to be found, by the page that they are from.
func (a *annotation) byPage(pages int) map[int][]int {
	a.found = make([]located, len(a.notes.Notes))
	wanted := map[int][]int{}
	for i, note := range a.notes.Notes {
		e := note.Evidence
		if e == nil || e.Page < 1 || e.Page > pages {
			continue
		}
		a.found[i].page = e.Page
		if e.Quote != "" {
			wanted[e.Page] = append(wanted[e.Page], i)
		}
	}
	return wanted
}

// spots looks for the quotes of notes on a page, and for what is left of others. On a
// page that fails there is nothing.
func (a *annotation) spots(ctx context.Context, d desk, page int, first, second []int) []spot {
	var quotes []quote
	for _, i := range first {
		quotes = append(quotes, a.quote(*a.notes.Notes[i].Evidence))
	}
	for _, i := range second {
		quotes = append(quotes, quote{Text: a.found[i].rest})
	}
	spots, err := d.places(ctx, page, quotes)
	if err == nil && len(spots) == len(quotes) {
		return spots
	}
	spots = make([]spot, len(quotes))
	for at := range quotes {
		spots[at].Rest = quotes[at].Text
	}
	return spots
}

// goOn takes what was found on the next page.
func (f *located) goOn(page int, next spot) {
	switch {
	case next.Rest != "":
	case f.boxes == nil:
		*f = located{page: page, boxes: next.Boxes}
	default:
		f.more, f.rest = next.Boxes, ""
	}
}

// around is how many bytes before and behind a quote are compared.
const around = 200

// quote returns what is looked for, with what stands around it in its passage and the
// neighbours of this.
func (a *annotation) quote(e austauschbar.Evidence) quote {
	q := quote{Text: e.Quote}
	at, known := a.at[e.Paragraph]
	if !known {
		return q
	}
	texts := []string{a.passages[at].Text}
	for _, cell := range a.passages[at].Cells {
		texts = append(texts, cell.Text)
	}
	for _, text := range texts {
		if before, after, ok := strings.Cut(text, e.Quote); ok {
			q.Before, q.After = before, after
			break
		}
	}
	if at > 0 {
		q.Before = a.passages[at-1].Text + " " + q.Before
	}
	if at+1 < len(a.passages) {
		q.After += " " + a.passages[at+1].Text
	}
	q.Before, q.After = q.Before[max(0, len(q.Before)-around):], q.After[:min(len(q.After), around)]
	return q
}

// put puts one note at its place.
func (a *annotation) put(note austauschbar.Note, at located) {
	if note.Evidence != nil && 2*len([]rune(at.rest)) > len([]rune(note.Evidence.Quote)) {
		at.boxes = nil // less than half of it is somewhere, which may be by chance
	}
	text := note.Paragraphs(false, at.boxes != nil)
	page := max(1, at.page)
	a.marks[page] = append(a.marks[page], mark{at.boxes, text})
	if len(at.more) > 0 && len(text) > 0 {
		a.marks[page+1] = append(a.marks[page+1], mark{at.more, text[:1]})
	}
}
