package gitea

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/austauschbar/austauschbar/bot/courier"
	"github.com/austauschbar/austauschbar/bot/tree"
)

// Limits of answers, in bytes: a file comes in base64, within JSON; a refusal is a
// sentence.
const (
	maxAnswer  = tree.MaxFile*4/3 + 1<<20
	maxRefusal = 64 << 10
)

// transport is the way of all requests: a courier's, with answers that are bounded. Of
// a refusal it makes an error, since the library keeps no status.
type transport struct{ *courier.Courier }

func newTransport(options Options) transport {
	c := &courier.Courier{HTTP: options.HTTP, Patience: options.Patience, Limit: limitOf}
	if options.Token != "" {
		c.Authorization = "token " + options.Token
	}
	return transport{c}
}

// RoundTrip sends a request as a courier does. Its error is a *refusal where the
// answer is one.
func (t transport) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := t.Courier.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	if response.StatusCode >= http.StatusBadRequest {
		return nil, refusalOf(response)
	}
	response.Body = &boundedBody{response.Body, maxAnswer}
	return response, nil
}

// limitOf reads how long the server, or the proxy before it, keeps us back; longer
// with each try where it does not say.
func limitOf(response *http.Response, try int, now time.Time) (courier.Limit, error) {
	if response.StatusCode != http.StatusTooManyRequests {
		return courier.Limit{}, nil
	}
	after, ok := courier.RetryAfter(response.Header)
	if !ok {
		after = time.Second << (2 * try)
	}
	return courier.Limit{Refused: true, Until: now.Add(after)}, nil
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

// boundedBody makes reading an answer fail where it is too large: the library reads to
// the end.
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
