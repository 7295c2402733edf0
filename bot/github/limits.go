package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/austauschbar/austauschbar/bot"
)

// A LimitedError says that GitHub's rate limit holds for longer than we wait.
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

// limits is the way of all requests: it signs them, spaces writes, and waits where
// GitHub says that it was asked too often. GitHub says so with status 403 and 429
// and, for comments, with 422.
type limits struct {
	next     http.RoundTripper
	token    string
	pause    time.Duration
	patience time.Duration
	now      func() time.Time
	sleep    func(context.Context, time.Duration) error

	lock  sync.Mutex
	write time.Time            // when the next one may be sent
	until map[string]time.Time // when a drained budget is filled again
}

func newLimits(options Options) *limits {
	l := &limits{next: http.DefaultTransport, token: options.Token, pause: options.Pause, patience: options.Patience, now: time.Now, sleep: sleep, until: map[string]time.Time{}}
	if options.HTTP != nil && options.HTTP.Transport != nil {
		l.next = options.HTTP.Transport
	}
	if l.pause == 0 {
		l.pause = time.Second
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

// reading marks a context whose POST only asks, as a GraphQL query does.
type reading struct{}

// RoundTrip sends a request, waits for limits and sends it again. Its error is a
// *LimitedError where the wait would be too long, and wraps bot.ErrUnavailable where
// no answer came.
func (l *limits) RoundTrip(request *http.Request) (*http.Response, error) {
	ctx := request.Context()
	writes := request.Method != http.MethodGet && ctx.Value(reading{}) == nil
	waited := time.Duration(0)
	for try := 1; ; try++ {
		blocked := l.blocked(request)
		if waited += blocked; waited > l.patience {
			return nil, &LimitedError{l.now().Add(blocked)}
		}
		if writes {
			blocked = max(blocked, l.slot(blocked))
		}
		if err := l.wait(ctx, blocked); err != nil {
			return nil, err
		}
		response, err := l.send(request, writes, &waited)
		if err != nil {
			return nil, err
		}
		limited, err := l.heed(request, response, try)
		if err != nil || !limited {
			return response, err
		}
		response.Body.Close()
		if try == maxTries {
			return nil, &LimitedError{l.now().Add(l.blocked(request))}
		}
	}
}

// send sends a request. Where GitHub has trouble or the connection breaks, one that
// only reads is sent again; a write may have been carried out.
func (l *limits) send(request *http.Request, writes bool, waited *time.Duration) (*http.Response, error) {
	for try := 1; ; try++ {
		again, err := l.prepare(request)
		if err != nil {
			return nil, err
		}
		response, err := l.next.RoundTrip(again)
		if isBroken(err) {
			err = fmt.Errorf("%w: %w", bot.ErrUnavailable, err)
		}
		pause := time.Second << (2 * (try - 1))
		trouble := errors.Is(err, bot.ErrUnavailable) || err == nil && isTrouble(response.StatusCode)
		if !trouble || writes || try == maxReads || *waited+pause > l.patience {
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

// prepare signs a copy of the request, as the contract of a RoundTripper demands,
// with a body that was not read yet.
func (l *limits) prepare(request *http.Request) (*http.Request, error) {
	again := request.Clone(request.Context())
	if l.token != "" {
		again.Header.Set("Authorization", "Bearer "+l.token)
	}
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

// budget names what a request is counted against: GraphQL has points of its own.
func budget(request *http.Request) string {
	if strings.HasSuffix(request.URL.Path, "/graphql") {
		return "graphql"
	}
	return "rest"
}

// blocked is how long the request's budget stays drained.
func (l *limits) blocked(request *http.Request) time.Duration {
	l.lock.Lock()
	defer l.lock.Unlock()
	return max(0, l.until[budget(request)].Sub(l.now()))
}

func (l *limits) block(request *http.Request, d time.Duration) {
	l.lock.Lock()
	defer l.lock.Unlock()
	if until := l.now().Add(d); until.After(l.until[budget(request)]) {
		l.until[budget(request)] = until
	}
}

// slot reserves a time for a write, not before the delay given, and returns how
// long it is until then.
func (l *limits) slot(delay time.Duration) time.Duration {
	l.lock.Lock()
	defer l.lock.Unlock()
	now := l.now()
	at := now.Add(delay)
	if l.write.After(at) {
		at = l.write
	}
	l.write = at.Add(l.pause)
	return at.Sub(now)
}

// heed looks whether an answer tells of a limit, and blocks the budget for as long
// as it says: the requests of other goroutines too would only prolong it.
func (l *limits) heed(request *http.Request, response *http.Response, try int) (limited bool, err error) {
	drained := response.Header.Get("X-RateLimit-Remaining") == "0"
	reset, _ := strconv.ParseInt(response.Header.Get("X-RateLimit-Reset"), 10, 64)
	// The client would refuse to send the next request instead of waiting.
	response.Header.Del("X-RateLimit-Remaining")
	response.Header.Del("X-RateLimit-Reset")
	limited, err = isLimit(response, drained)
	if err != nil {
		return false, err
	}
	after, noAfter := strconv.Atoi(response.Header.Get("Retry-After"))
	switch {
	case limited && noAfter == nil && after >= 0:
		l.block(request, time.Duration(min(after, 86_400))*time.Second)
	case drained && reset > 0:
		// Clocks differ; a second more costs less than another refusal.
		l.block(request, time.Unix(reset, 0).Add(time.Second).Sub(l.now()))
	case limited:
		l.block(request, time.Minute<<(try-1))
	}
	return limited, nil
}
