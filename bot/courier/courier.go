// Package courier carries requests to a forge: it signs them, waits for rate limits,
// spaces writes, and asks again where the forge has trouble.
package courier

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/austauschbar/austauschbar/bot"
)

// maxTries bounds how often a request is sent that meets a limit, maxReads how
// often one that only reads and meets trouble.
const (
	maxTries = 5
	maxReads = 3
)

// A LimitedError says that a rate limit holds for longer than we wait.
type LimitedError struct{ Until time.Time }

func (e *LimitedError) Error() string {
	return "the rate limit holds until " + e.Until.UTC().Format(time.RFC3339)
}

// Again tells it to whoever plans the next try.
func (e *LimitedError) Again() time.Time { return e.Until }

// A Courier is the way of all requests of one account. Its fields are set before the
// first; then it may be used by several goroutines.
type Courier struct {
	// HTTP sends the requests; nil for the default. Only its transport is used: its
	// timeout would end waits for a rate limit.
	HTTP          *http.Client
	Authorization string        // the header that signs requests; "" where others sign them
	Pause         time.Duration // between two writes; 0 for none
	Patience      time.Duration // longest wait of one request; 0 for two minutes
	Final         error         // of HTTP, where asking again helps nothing; nil for none

	// Limit reads what an answer to the nth try, from 1 on, tells of a limit. It
	// leaves the body to be read again.
	Limit func(answer *http.Response, try int, now time.Time) (Limit, error)
	// Writes says which requests change something; nil for all but GET.
	Writes func(*http.Request) bool
	// Budget names what a request is counted against; nil for one that all share.
	Budget func(*http.Request) string

	Now   func() time.Time                           // nil for time.Now
	Sleep func(context.Context, time.Duration) error // nil for as long as it says

	lock  sync.Mutex
	write time.Time            // when the next one may be sent
	until map[string]time.Time // when a drained budget is filled again
}

// A Limit is what an answer tells of one.
type Limit struct {
	Refused bool      // it was not carried out, for having been asked too often
	Until   time.Time // when its budget is filled again; zero where it is not drained
}

// RoundTrip sends a request, waits for limits and sends it again. Its error is a
// *LimitedError where the wait would be too long, and wraps bot.ErrUnavailable where
// no answer came.
func (c *Courier) RoundTrip(request *http.Request) (*http.Response, error) {
	writes := c.writes(request)
	waited := time.Duration(0)
	for try := 1; ; try++ {
		blocked := c.blocked(request)
		if waited += blocked; waited > c.patience() {
			return nil, &LimitedError{c.now().Add(blocked)}
		}
		if writes {
			blocked = c.slot(blocked)
		}
		if err := c.Wait(request.Context(), blocked); err != nil {
			return nil, err
		}
		response, err := c.send(request, writes, &waited)
		if err != nil {
			return nil, err
		}
		limit, err := c.Limit(response, try, c.now())
		if err != nil {
			return nil, err
		}
		c.block(request, limit.Until)
		if !limit.Refused {
			return response, nil
		}
		response.Body.Close()
		if try == maxTries {
			return nil, &LimitedError{c.now().Add(c.blocked(request))}
		}
	}
}

// send sends a request. Where the forge has trouble or the connection breaks, one that
// only reads is sent again; a write may have been carried out.
func (c *Courier) send(request *http.Request, writes bool, waited *time.Duration) (*http.Response, error) {
	for try := 1; ; try++ {
		again, err := c.prepare(request)
		if err != nil {
			return nil, err
		}
		response, err := c.next().RoundTrip(again)
		if c.isBroken(err) {
			err = fmt.Errorf("%w: %w", bot.ErrUnavailable, err)
		}
		pause := time.Second << (2 * (try - 1))
		trouble := errors.Is(err, bot.ErrUnavailable) || err == nil && IsTrouble(response.StatusCode)
		if !trouble || writes || try == maxReads || *waited+pause > c.patience() {
			return response, err
		}
		if response != nil {
			response.Body.Close()
		}
		*waited += pause
		if err := c.Wait(request.Context(), pause); err != nil {
			return nil, err
		}
	}
}

// prepare signs a copy of the request, as the contract of a RoundTripper demands,
// with a body that was not read yet.
func (c *Courier) prepare(request *http.Request) (*http.Request, error) {
	again := request.Clone(request.Context())
	if c.Authorization != "" {
		again.Header.Set("Authorization", c.Authorization)
	}
	if request.GetBody == nil {
		return again, nil
	}
	body, err := request.GetBody()
	again.Body = body
	return again, err
}

// isBroken says whether a request got no answer for a reason that may pass: neither
// our own end nor a final error.
func (c *Courier) isBroken(err error) bool {
	return err != nil && !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, c.Final)
}

// Refilled is when the request's budget is there again: in a minute where no answer
// told.
func (c *Courier) Refilled(request *http.Request) time.Time {
	return c.now().Add(max(c.blocked(request), time.Minute))
}

// blocked is how long the request's budget stays drained.
func (c *Courier) blocked(request *http.Request) time.Duration {
	c.lock.Lock()
	defer c.lock.Unlock()
	return max(0, c.until[c.budget(request)].Sub(c.now()))
}

// block holds all requests of the same budget: those of other goroutines too would
// only prolong a limit.
func (c *Courier) block(request *http.Request, until time.Time) {
	c.lock.Lock()
	defer c.lock.Unlock()
	if c.until == nil {
		c.until = map[string]time.Time{}
	}
	if until.After(c.until[c.budget(request)]) {
		c.until[c.budget(request)] = until
	}
}

// slot reserves a time for a write, not before the delay given, and returns how
// long it is until then.
func (c *Courier) slot(delay time.Duration) time.Duration {
	if c.Pause == 0 {
		return delay
	}
	c.lock.Lock()
	defer c.lock.Unlock()
	now := c.now()
	at := now.Add(delay)
	if c.write.After(at) {
		at = c.write
	}
	c.write = at.Add(c.Pause)
	return at.Sub(now)
}

// Wait waits for something that requests depend on.
func (c *Courier) Wait(ctx context.Context, d time.Duration) error {
	switch {
	case d <= 0:
		return ctx.Err()
	case c.Sleep != nil:
		return c.Sleep(ctx, d)
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

func (c *Courier) next() http.RoundTripper {
	if c.HTTP == nil || c.HTTP.Transport == nil {
		return http.DefaultTransport
	}
	return c.HTTP.Transport
}

func (c *Courier) patience() time.Duration {
	if c.Patience == 0 {
		return 2 * time.Minute
	}
	return c.Patience
}

func (c *Courier) writes(request *http.Request) bool {
	if c.Writes == nil {
		return request.Method != http.MethodGet
	}
	return c.Writes(request)
}

func (c *Courier) budget(request *http.Request) string {
	if c.Budget == nil {
		return ""
	}
	return c.Budget(request)
}

func (c *Courier) now() time.Time {
	if c.Now == nil {
		return time.Now()
	}
	return c.Now()
}

// RetryAfter reads how long a refusal asks to wait, a day at most; false where it does
// not say so in seconds.
func RetryAfter(header http.Header) (time.Duration, bool) {
	seconds, err := strconv.Atoi(header.Get("Retry-After"))
	if err != nil || seconds < 0 {
		return 0, false
	}
	return time.Duration(min(seconds, 86_400)) * time.Second, true
}

// Reset reads the time at which a budget is filled again, in Unix seconds; false where
// there is none.
func Reset(value string) (time.Time, bool) {
	seconds, err := strconv.ParseInt(value, 10, 64)
	if err != nil || seconds <= 0 {
		return time.Time{}, false
	}
	// Clocks differ; a second more costs less than another refusal.
	return time.Unix(seconds, 0).Add(time.Second), true
}

// SameHost follows redirects of renamed repositories, and none to another host: it
// would be given our token.
func SameHost(request *http.Request, via []*http.Request) error {
	if len(via) >= 5 || request.URL.Host != via[0].URL.Host || request.URL.Scheme != via[0].URL.Scheme {
		return errors.New("follow redirect: leads to another host, or too often")
	}
	return nil
}
