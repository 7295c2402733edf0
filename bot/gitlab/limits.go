package gitlab

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/tree"
)

// A LimitedError says that GitLab's rate limit holds for longer than we wait.
type LimitedError struct{ Until time.Time }

func (e *LimitedError) Error() string {
	return "the rate limit holds until " + e.Until.UTC().Format(time.RFC3339)
}

// Again tells it to whoever plans the next try.
func (e *LimitedError) Again() time.Time { return e.Until }

// maxTries bounds how often a request is sent that meets a limit, maxReads how
// often one that only reads and meets trouble.
const (
	maxTries = 5
	maxReads = 3
)

// maxAnswer bounds what is read of an answer, in bytes: a file, and some more for
// lists.
const maxAnswer = tree.MaxFile + 1<<20

// limits is the way of all requests: it waits where GitLab says that it was asked too
// often, and asks again where GitLab has trouble.
type limits struct {
	next     http.RoundTripper
	patience time.Duration
	now      func() time.Time
	sleep    func(context.Context, time.Duration) error

	lock  sync.Mutex
	until time.Time // when the budget is filled again
}

func newLimits(options Options) *limits {
	l := &limits{next: http.DefaultTransport, patience: options.Patience, now: time.Now, sleep: sleep}
	if options.HTTP != nil && options.HTTP.Transport != nil {
		l.next = options.HTTP.Transport
	}
	if l.patience == 0 {
		l.patience = 2 * time.Minute
	}
	return l
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// RoundTrip sends a request, waits for limits and sends it again. Its error is a
// *LimitedError where the wait would be too long, and wraps bot.ErrUnavailable where
// no answer came.
func (l *limits) RoundTrip(request *http.Request) (*http.Response, error) {
	waited := time.Duration(0)
	for try := 1; ; try++ {
		blocked := l.blocked()
		if waited += blocked; waited > l.patience {
			return nil, &LimitedError{l.now().Add(blocked)}
		}
		if err := l.wait(request.Context(), blocked); err != nil {
			return nil, err
		}
		response, err := l.send(request, &waited)
		if err != nil {
			return nil, err
		}
		if response.StatusCode != http.StatusTooManyRequests {
			// The library would make a limit of its own of it.
			response.Header.Del("RateLimit-Limit")
			response.Body = bounded{io.LimitReader(response.Body, maxAnswer), response.Body}
			return response, nil
		}
		l.heed(response, try)
		response.Body.Close()
		if try == maxTries {
			return nil, &LimitedError{l.now().Add(l.blocked())}
		}
	}
}

// bounded is an answer's body of which not all is read.
type bounded struct {
	io.Reader
	io.Closer
}

// send sends a request. Where GitLab has trouble or the connection breaks, one that
// only reads is sent again; a write may have been carried out.
func (l *limits) send(request *http.Request, waited *time.Duration) (*http.Response, error) {
	for try := 1; ; try++ {
		again, err := unread(request)
		if err != nil {
			return nil, err
		}
		response, err := l.next.RoundTrip(again)
		if isBroken(err) {
			err = fmt.Errorf("%w: %w", bot.ErrUnavailable, err)
		}
		pause := time.Second << (2 * (try - 1))
		trouble := errors.Is(err, bot.ErrUnavailable) || err == nil && isTrouble(response.StatusCode)
		if !trouble || request.Method != http.MethodGet || try == maxReads || *waited+pause > l.patience {
			return response, err
		}
		if response != nil {
			response.Body.Close()
		}
		*waited += pause
		if err := l.wait(request.Context(), pause); err != nil {
			return nil, err
		}
	}
}

// unread is a copy of a request with a body that was not read yet.
func unread(request *http.Request) (*http.Request, error) {
	again := request.Clone(request.Context())
	if request.GetBody == nil {
		return again, nil
	}
	body, err := request.GetBody()
	again.Body = body
	return again, err
}

func (l *limits) wait(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	return l.sleep(ctx, d)
}

// blocked is how long the budget stays drained.
func (l *limits) blocked() time.Duration {
	l.lock.Lock()
	defer l.lock.Unlock()
	return max(0, l.until.Sub(l.now()))
}

// heed blocks the budget for as long as a refusal says, or longer with each try where
// it does not: the requests of other goroutines too would only prolong it.
func (l *limits) heed(response *http.Response, try int) {
	until := l.now().Add(time.Minute << (try - 1))
	after, noAfter := strconv.Atoi(response.Header.Get("Retry-After"))
	reset, noReset := strconv.ParseInt(response.Header.Get("RateLimit-Reset"), 10, 64)
	switch {
	case noAfter == nil && after >= 0:
		until = l.now().Add(time.Duration(min(after, 86_400)) * time.Second)
	case noReset == nil && reset > 0:
		// Clocks differ; a second more costs less than another refusal.
		until = time.Unix(reset, 0).Add(time.Second)
	}
	l.lock.Lock()
	defer l.lock.Unlock()
	if until.After(l.until) {
		l.until = until
	}
}
