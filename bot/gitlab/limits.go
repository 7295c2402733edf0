package gitlab

import (
	"io"
	"net/http"
	"time"

	"github.com/austauschbar/austauschbar/bot/courier"
	"github.com/austauschbar/austauschbar/bot/tree"
)

// maxAnswer bounds what is read of an answer, in bytes: a file, and some more for
// lists.
const maxAnswer = tree.MaxFile + 1<<20

// limits is the way of all requests: a courier's, with answers that are bounded.
type limits struct{ *courier.Courier }

// newLimits signs nothing: the library does.
func newLimits(options Options) limits {
	return limits{&courier.Courier{HTTP: options.HTTP, Patience: options.Patience, Limit: limitOf}}
}

// RoundTrip sends a request as a courier does.
func (l limits) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := l.Courier.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	// The library would make a limit of its own of it.
	response.Header.Del("RateLimit-Limit")
	response.Body = bounded{io.LimitReader(response.Body, maxAnswer), response.Body}
	return response, nil
}

// bounded is an answer's body of which not all is read.
type bounded struct {
	io.Reader
	io.Closer
}

// limitOf reads how long a refusal says that the limit holds; longer with each try
// where it does not.
func limitOf(response *http.Response, try int, now time.Time) (courier.Limit, error) {
	if response.StatusCode != http.StatusTooManyRequests {
		return courier.Limit{}, nil
	}
	until := now.Add(time.Minute << (try - 1))
	if reset, ok := courier.Reset(response.Header.Get("RateLimit-Reset")); ok {
		until = reset
	}
	if after, ok := courier.RetryAfter(response.Header); ok {
		until = now.Add(after)
	}
	return courier.Limit{Refused: true, Until: until}, nil
}
