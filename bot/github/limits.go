package github

import (
	"net/http"
	"strings"
	"time"

	"github.com/austauschbar/austauschbar/bot/courier"
)

// newCourier spaces writes by a second, as GitHub asks, unless the options say
// otherwise.
func newCourier(options Options) *courier.Courier {
	c := &courier.Courier{
		HTTP: options.HTTP, Pause: options.Pause, Patience: options.Patience, Final: errNoToken,
		Limit: limitOf, Writes: writes, Budget: budget,
	}
	if options.Token != "" {
		c.Authorization = "Bearer " + options.Token
	}
	if c.Pause == 0 {
		c.Pause = time.Second
	}
	return c
}

// reading marks a context whose POST only asks, as a GraphQL query does.
type reading struct{}

func writes(request *http.Request) bool {
	return request.Method != http.MethodGet && request.Context().Value(reading{}) == nil
}

// budget names what a request is counted against: GraphQL has points of its own.
func budget(request *http.Request) string {
	if strings.HasSuffix(request.URL.Path, "/graphql") {
		return "graphql"
	}
	return "rest"
}

// limitOf reads what an answer tells of a limit. GitHub says with status 403 and 429
// and, for comments, with 422 that it was asked too often; a carried-out request may
// tell that it was the last one.
func limitOf(response *http.Response, try int, now time.Time) (courier.Limit, error) {
	drained := response.Header.Get("X-RateLimit-Remaining") == "0"
	reset, tellsReset := courier.Reset(response.Header.Get("X-RateLimit-Reset"))
	// The client would refuse to send the next request instead of waiting.
	response.Header.Del("X-RateLimit-Remaining")
	response.Header.Del("X-RateLimit-Reset")
	refused, err := isLimit(response, drained)
	if err != nil {
		return courier.Limit{}, err
	}
	after, tellsAfter := courier.RetryAfter(response.Header)
	switch {
	case refused && tellsAfter:
		return courier.Limit{Refused: true, Until: now.Add(after)}, nil
	case drained && tellsReset:
		return courier.Limit{Refused: refused, Until: reset}, nil
	case refused:
		return courier.Limit{Refused: true, Until: now.Add(time.Minute << (try - 1))}, nil
	}
	return courier.Limit{}, nil
}
