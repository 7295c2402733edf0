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
	// places finds quotes on a page, counted from 1, in their order. After an error
	// the next page can be asked for.
	places(ctx context.Context, number int, quotes []quote) ([]spot, error)
	// stamp returns what is written anew of a document that gets notes.
	stamp(ctx context.Context, s stamp) (stamped, error)
	close()
}

// An overview is what concerns a document as a whole.
type overview struct {
	Title       string
	Pages       int
	Encrypted   bool // it is read without a password all the same
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
	return atDesk(ctx, l, func() (overview, error) { return l.instance.open(ctx, data) })
}

func (l *local) page(ctx context.Context, number int) (page, error) {
	return atDesk(ctx, l, func() (page, error) { return l.instance.page(ctx, number) })
}

func (l *local) places(ctx context.Context, number int, quotes []quote) ([]spot, error) {
	return atDesk(ctx, l, func() ([]spot, error) { return l.instance.places(ctx, number, quotes) })
}

func (l *local) stamp(ctx context.Context, s stamp) (stamped, error) {
	return atDesk(ctx, l, func() (stamped, error) { return l.instance.stamp(ctx, s) })
}

// atDesk does work with the instance once nobody else uses it.
func atDesk[T any](ctx context.Context, l *local, work func() (T, error)) (T, error) {
	return patiently(ctx, func() (T, error) {
		l.busy.Lock()
		defer l.busy.Unlock()
		if l.closed { // before the work began
			var none T
			return none, ctx.Err()
		}
		return work()
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
