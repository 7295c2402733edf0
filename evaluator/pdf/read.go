// Package pdf reads the text layer of PDF files.
//
// PDFium does the reading. It runs as a WebAssembly module without files,
// network or output and with a bounded memory, in processes that can be stopped
// and that the system bounds as well, since every PDF comes from a stranger.
package pdf

import (
	"cmp"
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// Bounds beside those of package limit. What lies beyond is read, but plainer.
const (
	placedLines = 3_000   // lines of one page whose place is asked for
	annotations = 500     // annotations of one page that are looked at
	bookmarks   = 5_000   // bookmarks of one document
	attachments = 20      // files within one document that are named
	lineRuns    = 60      // runs of one line
	lineCuts    = 300     // lines of one page that PDFium joined
	pageObjects = 3_000   // drawn objects of one page that are looked at for the borders of tables
	allObjects  = 300_000 // of one document
)

// largeFile is how many bytes make a document too large to hold it twice, or longer
// than it is read.
const largeFile = 4 << 20

// failuresMax is how many pages of a document may fail before the others are given up.
const failuresMax = 300

// together is how many pages make it worth to open a document at a second desk.
const together = 40

// runGap is the least room between two runs of a line that parts it, in the size of
// their type: more than most blanks take.
const runGap = 0.3

// lineCost is what a line counts beside its text, in bytes.
const lineCost = 16

// Prepare starts what reads PDFs unless it stands already. The first time on a
// machine PDFium is compiled, which takes some seconds; from then on the compiled
// module comes from the user's cache folder. Read calls it by itself.
func Prepare(ctx context.Context) error {
	if !staff.may.Load() {
		_, err := engine.get(ctx)
		return err
	}
	if err := staff.enter(ctx); err != nil {
		return err
	}
	defer staff.leave()
	w, err := staff.hire(ctx)
	if err != nil {
		return err
	}
	staff.keep(w)
	return nil
}

// Prepared reports whether PDFs can be read without compiling PDFium first:
// because it stands, or because the cache folder holds a compiled module.
func Prepared() bool {
	if staff.ready.Load() || engine.stands() {
		return true
	}
	folder := cacheFolder()
	if folder == "" {
		return false
	}
	found, err := filepath.Glob(filepath.Join(folder, "wazero-*", "*"))
	return err == nil && len(found) > 0
}

// Close ends the workers that idle, waits for the readings of this process and
// frees what they used. A later Read starts anew.
func Close() error {
	staff.dismiss()
	return engine.close()
}

// Read reads a PDF. Its passages carry the page they begin on; text that
// repeats at the top or bottom of the pages (running titles, page numbers) and
// tables of contents are left out. Tables come as rows where drawn lines or the
// alignment of the text tell the cells; their first row is the header where it
// alone is bold.
//
// Gaps name pages that failed or whose fonts do not tell which letters they draw
// ("page_unreadable"; of the latter the text is kept) and pages that hold nothing but
// pictures ("page_without_text"), as "17" or "3-7", files within the document
// ("attachment"), and what ended the reading midway ("too_large", "timeout", "damaged").
// Where nothing was read, the error is a *limit.Refusal: "empty", "too_large",
// "encrypted", "damaged", "no_text", "attachment", "timeout". Another error says that
// PDFium could not be started.
func Read(ctx context.Context, data []byte) (austauschbar.Text, error) {
	switch {
	case len(data) == 0:
		return austauschbar.Text{}, limit.Refuse("empty", "")
	case len(data) > limit.File:
		return austauschbar.Text{}, limit.Refuse("too_large", "")
	}
	r := &reading{next: 1}
	err := r.run(ctx, data)
	if _, refused := errors.AsType[*limit.Refusal](err); err != nil && !refused && ctx.Err() == nil {
		return austauschbar.Text{}, err
	}
	return r.text(ctx, err)
}

// A reading is what has been read of one document so far, by one desk or several.
type reading struct {
	overview overview

	sync.Mutex
	next     int // page that nobody reads yet
	pages    []page
	failures []int // numbers of pages that failed
	bytes    int   // of text
}

// run reads a document until its end, a limit or the end of the context. Its error
// refuses the whole document or says that PDFium could not be started.
func (r *reading) run(ctx context.Context, data []byte) error {
	if err := staff.enter(ctx); err != nil {
		return err
	}
	defer staff.leave()
	d := staff.desk()
	defer d.close()
	found, err := d.open(ctx, data)
	if err != nil {
		return err
	}
	r.overview = found
	var others sync.WaitGroup
	for range min(width-1, found.Pages/together) {
		if staff.tryEnter() {
			others.Go(func() { r.help(ctx, data) })
		}
	}
	r.work(ctx, d)
	others.Wait()
	return nil
}

// help reads a part of the pages at a desk of its own; its seat is taken already.
func (r *reading) help(ctx context.Context, data []byte) {
	defer staff.leave()
	d := staff.desk()
	defer d.close()
	if _, err := d.open(ctx, data); err == nil {
		r.work(ctx, d)
	}
}

// work reads one page after the other, those that others read left out.
func (r *reading) work(ctx context.Context, d desk) {
	for ctx.Err() == nil {
		number, found := r.take()
		if !found {
			return
		}
		read, err := d.page(ctx, number)
		if err == nil || ctx.Err() == nil {
			r.keep(number, read, err)
		}
	}
}

// take returns the next page to read, if there is one within the limits.
func (r *reading) take() (int, bool) {
	r.Lock()
	defer r.Unlock()
	if r.next > min(r.overview.Pages, limit.Pages) || r.bytes > limit.Text || len(r.failures) >= failuresMax {
		return 0, false
	}
	r.next++
	return r.next - 1, true
}

// keep takes in a page, or notes that it failed.
func (r *reading) keep(number int, read page, err error) {
	r.Lock()
	defer r.Unlock()
	if err != nil {
		r.failures = append(r.failures, number)
		return
	}
	read.Number = number
	r.pages = append(r.pages, read)
	r.bytes += read.bytes()
}

// text makes a text of what has been read; err is what kept the reading from its
// beginning.
func (r *reading) text(ctx context.Context, err error) (austauschbar.Text, error) {
	r.Lock()
	defer r.Unlock()
	slices.SortFunc(r.pages, func(a, b page) int { return cmp.Compare(a.Number, b.Number) })
	if err == nil {
		err = r.end(ctx)
	}
	found := austauschbar.Text{Title: tidy(r.overview.Title), Pages: r.overview.Pages}
	found.Passages = compose(r.pages, r.overview.Bookmarks, func() bool { return errors.Is(ctx.Err(), context.Canceled) })
	if len(found.Passages) > limit.Passages {
		err = limit.Refuse("too_large", "from page "+strconv.Itoa(found.Passages[limit.Passages].Page))
		found.Passages = found.Passages[:limit.Passages]
	}
	if err == nil && len(found.Passages) == 0 {
		switch {
		case len(r.failures) == r.overview.Pages:
			return austauschbar.Text{}, limit.Refuse("damaged", "no page can be read")
		case len(r.overview.Attachments) > 0: // a cover for files
			return austauschbar.Text{}, limit.Refuse("attachment", strings.Join(r.overview.Attachments, ", "))
		}
		return austauschbar.Text{}, limit.Refuse("no_text", "")
	}
	found.Gaps = append(found.Gaps, r.gaps()...)
	return limit.Finish(ctx, found, err)
}

// end says what ended the reading before the last page, nil for nothing. What two
// desks read beyond a limit is left out, so that the same document gives the same
// text.
func (r *reading) end(ctx context.Context) error {
	slices.Sort(r.failures)
	if len(r.failures) >= failuresMax {
		r.cut(r.failures[failuresMax-1])
	}
	total := 0
	for _, p := range r.pages {
		if total += p.bytes(); total > limit.Text {
			r.cut(p.Number)
			break
		}
	}
	reason := "too_large"
	switch {
	case len(r.pages)+len(r.failures) == r.overview.Pages:
		return nil
	case ctx.Err() != nil:
		reason = "timeout"
	case len(r.failures) == failuresMax:
		reason = "damaged"
	}
	return limit.Refuse(reason, "from page "+strconv.Itoa(r.firstMissing()))
}

// cut leaves out what was read behind a page.
func (r *reading) cut(last int) {
	r.pages = slices.DeleteFunc(r.pages, func(p page) bool { return p.Number > last })
	r.failures = slices.DeleteFunc(r.failures, func(number int) bool { return number > last })
}

// firstMissing returns the first page that was neither read nor failed.
func (r *reading) firstMissing() int {
	seen := map[int]bool{}
	for _, p := range r.pages {
		seen[p.Number] = true
	}
	for _, number := range r.failures {
		seen[number] = true
	}
	number := 1
	for seen[number] {
		number++
	}
	return number
}

// gaps names the pages that could not be read or hold no text, and the files within
// the document.
func (r *reading) gaps() []austauschbar.Gap {
	reasons := map[int]string{}
	for _, number := range r.failures {
		reasons[number] = "page_unreadable"
	}
	for _, p := range r.pages {
		switch {
		case len(p.Lines) == 0 && p.Pictures:
			reasons[p.Number] = "page_without_text"
		case garbled(p):
			reasons[p.Number] = "page_unreadable"
		}
	}
	var found []austauschbar.Gap
	for first, next := 1, 1; first <= r.overview.Pages; first = next {
		for next = first + 1; next <= r.overview.Pages && reasons[next] == reasons[first]; next++ {
		}
		if reason := reasons[first]; reason != "" {
			found = append(found, austauschbar.Gap{Reason: reason, Detail: pages(first, next-1)})
		}
	}
	for _, name := range r.overview.Attachments {
		found = append(found, austauschbar.Gap{Reason: "attachment", Detail: name})
	}
	return found
}

// pages names one page or several in a row: "17", "3-7".
func pages(first, last int) string {
	if first == last {
		return strconv.Itoa(first)
	}
	return strconv.Itoa(first) + "-" + strconv.Itoa(last)
}
