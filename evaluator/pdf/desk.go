package pdf

import (
	"context"
	"sync"
)

// A desk has one document open and reads its pages. What it answers is free of
// PDFium, so that it may come from another process.
type desk interface {
	// open opens a document. Its error is a *limit.Refusal where the document is at
	// fault, and the context's where that has ended; another one says that PDFium
	// could not be started.
	open(ctx context.Context, data []byte) (overview, error)
	// page reads one page, counted from 1. After an error the next page can be asked
	// for.
	page(ctx context.Context, number int) (page, error)
	close()
}

// An overview is what concerns a document as a whole.
type overview struct {
	Title       string
	Pages       int
	Bookmarks   []bookmark
	Attachments []string // names of files within the document
}

// A local desk reads in this process. PDFium cannot be stopped there: a reading
// whose context has ended goes on unheard to the end of its page.
type local struct {
	busy   sync.Mutex // held by whoever uses the instance
	closed bool
	instance
}

func (l *local) open(ctx context.Context, data []byte) (overview, error) {
	return patiently(ctx, func() (overview, error) {
		l.busy.Lock()
		defer l.busy.Unlock()
		if l.closed { // before the work began
			return overview{}, ctx.Err()
		}
		return l.instance.open(ctx, data)
	})
}

func (l *local) page(ctx context.Context, number int) (page, error) {
	return patiently(ctx, func() (page, error) {
		l.busy.Lock()
		defer l.busy.Unlock()
		if l.closed {
			return page{}, ctx.Err()
		}
		return l.instance.page(ctx, number)
	})
}

// close gives the instance back as soon as it does nothing any more.
func (l *local) close() {
	if l.busy.TryLock() {
		l.giveBack()
		return
	}
	go func() {
		l.busy.Lock()
		l.giveBack()
	}()
}

func (l *local) giveBack() {
	defer l.busy.Unlock()
	l.closed = true
	l.instance.close()
}

// patiently waits for work as long as the context lasts.
func patiently[T any](ctx context.Context, work func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		value, err := work()
		done <- result{value, err}
	}()
	select {
	case r := <-done:
		return r.value, r.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}
