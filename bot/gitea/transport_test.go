package gitea

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/courier"
	"github.com/austauschbar/austauschbar/bot/gitea/giteatest"
)

// recordWaits gives a forge a clock that its waits move on.
func recordWaits(forge *Forge) *[]time.Duration {
	waits := &[]time.Duration{}
	clock := time.Date(2027, 1, 15, 8, 0, 0, 0, time.UTC)
	transport := forge.http.Transport.(transport)
	transport.Now = func() time.Time { return clock }
	transport.Sleep = func(ctx context.Context, d time.Duration) error {
		*waits = append(*waits, d)
		clock = clock.Add(d)
		return ctx.Err()
	}
	return waits
}

// broken makes an answer that never comes.
const broken = 0

// Limits are waited for, and trouble is told as such though the library keeps no status.
func TestTransport(t *testing.T) {
	seconds := func(waits ...int) (durations []time.Duration) {
		for _, wait := range waits {
			durations = append(durations, time.Duration(wait)*time.Second)
		}
		return durations
	}
	for name, test := range map[string]struct {
		write   bool
		answers []int
		after   string // Retry-After of limits
		waits   []time.Duration
		tries   int
		limited bool
		trouble bool
	}{
		"all is well":              {tries: 1},
		"a limit":                  {answers: []int{429}, after: "7", waits: seconds(7), tries: 2},
		"a limit without a time":   {answers: []int{429, 429}, waits: seconds(4, 16), tries: 3},
		"a limit in strange words": {answers: []int{429}, after: "soon", waits: seconds(4), tries: 2},
		"a limit for long":         {answers: []int{429}, after: "3600", tries: 1, limited: true},
		"a read, once":             {answers: []int{502}, waits: seconds(1), tries: 2},
		"a read, for long":         {answers: []int{503, 503, 503}, waits: seconds(1, 4), tries: 3, trouble: true},
		"a write":                  {write: true, answers: []int{502}, tries: 1, trouble: true},
		"a write, broken":          {write: true, answers: []int{broken}, tries: 1, trouble: true},
	} {
		t.Run(name, func(t *testing.T) {
			fake, tries := giteatest.NewFake(), 0
			answers := test.answers
			forge := start(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Connection", "close") // of a kept one, the client would try again by itself
				if strings.HasSuffix(r.URL.Path, "/version") {
					fake.ServeHTTP(w, r)
					return
				}
				tries++
				if len(answers) == 0 {
					fake.ServeHTTP(w, r)
					return
				}
				answer := answers[0]
				answers = answers[1:]
				if answer == broken {
					panic(http.ErrAbortHandler)
				}
				if answer == http.StatusTooManyRequests && test.after != "" {
					w.Header().Set("Retry-After", test.after)
				}
				w.WriteHeader(answer)
			}), Options{})
			waits := recordWaits(forge)
			var err error
			if test.write {
				_, err = forge.api(context.Background()).DeletePullReview("o", "r", 7, 1)
				if status(err) == http.StatusNotFound {
					err = nil // it came through
				}
			} else {
				_, err = forge.pull(context.Background(), at)
			}
			err = classified(err)
			limited := (*courier.LimitedError)(nil)
			if errors.As(err, &limited) != test.limited || errors.Is(err, bot.ErrUnavailable) != test.trouble || (err != nil) != (test.limited || test.trouble) {
				t.Errorf("error %v", err)
			}
			if test.limited && !limited.Again().After(forge.http.Transport.(transport).Now()) {
				t.Errorf("to be tried again at %v", limited.Again())
			}
			if d := cmp.Diff(test.waits, *waits, cmpopts.EquateEmpty()); d != "" || tries != test.tries {
				t.Errorf("%d tries, want %d; waits (-want +got):\n%s", tries, test.tries, d)
			}
		})
	}
}

// An answer without an end is given up.
func TestAnswersAreBounded(t *testing.T) {
	body := &boundedBody{http.NoBody, 3}
	body.ReadCloser = readCloser{strings.NewReader("abcd")}
	if n, err := body.Read(make([]byte, 2)); n != 2 || err != nil {
		t.Errorf("%d bytes, error %v", n, err)
	}
	if _, err := body.Read(make([]byte, 2)); !errors.Is(err, errTooLarge) {
		t.Errorf("error %v", err)
	}
}

type readCloser struct{ *strings.Reader }

func (readCloser) Close() error { return nil }
