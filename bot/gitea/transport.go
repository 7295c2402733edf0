package gitea

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/tree"
)

// A LimitedError says that a rate limit holds for longer than we wait.
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

// Limits of answers, in bytes: a file comes in base64, within JSON; a refusal is a
// sentence.
const (
	maxAnswer  = tree.MaxFile*4/3 + 1<<20
	maxRefusal = 64 << 10
)

// transport is the way of all requests: it signs them and waits where the server, or
// the proxy before it, says that it was asked too often. Of a refusal it makes an
// error, since the library keeps no status.
type transport struct {
	next     http.RoundTripper
	token    string
	patience time.Duration
	now      func() time.Time
	sleep    func(context.Context, time.Duration) error

	lock  sync.Mutex
	until time.Time // when requests may be sent again
}

func newTransport(options Options) *transport {
	t := &transport{next: http.DefaultTransport, token: options.Token, patience: options.Patience, now: time.Now, sleep: sleep}
	if options.HTTP != nil && options.HTTP.Transport != nil {
		t.next = options.HTTP.Transport
	}
	if t.patience == 0 {
		t.patience = 2 * time.Minute
	}
	return t
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
// *LimitedError where the wait would be too long, wraps bot.ErrUnavailable where no
// answer came, and is a *refusal where the answer is one.
func (t *transport) RoundTrip(request *http.Request) (*http.Response, error) {
	waited := time.Duration(0)
	for try := 1; ; try++ {
		blocked := t.blocked()
		if waited += blocked; waited > t.patience || try > maxTries {
			return nil, &LimitedError{t.now().Add(blocked)}
		}
		if err := t.wait(request.Context(), blocked); err != nil {
			return nil, err
		}
		response, err := t.send(request, &waited)
		if err != nil || response.StatusCode < http.StatusBadRequest {
			return response, err
		}
		refused := refusalOf(response)
		if refused.status != http.StatusTooManyRequests {
			return nil, refused
		}
		t.block(response.Header.Get("Retry-After"), try)
	}
}

// send sends a request. Where the server has trouble or the connection breaks, one
// that only reads is sent again; a write may have been carried out.
func (t *transport) send(request *http.Request, waited *time.Duration) (*http.Response, error) {
	for try := 1; ; try++ {
		again, err := t.prepare(request)
		if err != nil {
			return nil, err
		}
		response, err := t.next.RoundTrip(again)
		if isBroken(err) {
			err = fmt.Errorf("%w: %w", bot.ErrUnavailable, err)
		}
		pause := time.Second << (2 * (try - 1))
		trouble := errors.Is(err, bot.ErrUnavailable) || err == nil && isTrouble(response.StatusCode)
		if !trouble || request.Method != http.MethodGet || try == maxReads || *waited+pause > t.patience {
			return bounded(response), err
		}
		if response != nil {
			response.Body.Close()
		}
		*waited += pause
		if err := t.wait(request.Context(), pause); err != nil {
			return nil, err
		}
	}
}

// prepare signs a copy of the request, as the contract of a RoundTripper demands,
// with a body that was not read yet.
func (t *transport) prepare(request *http.Request) (*http.Request, error) {
	again := request.Clone(request.Context())
	if t.token != "" {
		again.Header.Set("Authorization", "token "+t.token)
	}
	if request.GetBody == nil {
		return again, nil
	}
	body, err := request.GetBody()
	again.Body = body
	return again, err
}

func (t *transport) wait(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	return t.sleep(ctx, d)
}

func (t *transport) blocked() time.Duration {
	t.lock.Lock()
	defer t.lock.Unlock()
	return max(0, t.until.Sub(t.now()))
}

// block keeps all requests back for as long as the server says, in seconds, else for
// longer with each try.
func (t *transport) block(after string, try int) {
	pause := time.Second << (2 * try)
	if seconds, err := strconv.Atoi(after); err == nil && seconds >= 0 {
		pause = time.Duration(min(seconds, 86_400)) * time.Second
	}
	t.lock.Lock()
	defer t.lock.Unlock()
	if until := t.now().Add(pause); until.After(t.until) {
		t.until = until
	}
}

// A refusal is an answer that says no.
type refusal struct {
	status  int // of HTTP
	message string
}

func (r *refusal) Error() string {
	return strings.TrimRight(fmt.Sprintf("%d %s: %s", r.status, http.StatusText(r.status), r.message), ": ")
}

// refusalOf reads what a refusal says, and closes the answer.
func refusalOf(response *http.Response) *refusal {
	defer response.Body.Close()
	told := struct{ Message string }{}
	data, _ := io.ReadAll(io.LimitReader(response.Body, maxRefusal)) // the status says enough
	_ = json.Unmarshal(data, &told)                                  // a proxy's refusal is no JSON
	return &refusal{response.StatusCode, told.Message}
}

// errTooLarge says that an answer is larger than any that we can use.
var errTooLarge = errors.New("the answer is too large")

// bounded makes reading an answer fail where it is too large: the library reads to
// the end.
func bounded(response *http.Response) *http.Response {
	if response != nil {
		response.Body = &boundedBody{response.Body, maxAnswer}
	}
	return response
}

type boundedBody struct {
	io.ReadCloser
	left int64 // bytes
}

func (b *boundedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, errTooLarge
	}
	return n, err
}
