package github

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/courier"
	"github.com/austauschbar/austauschbar/bot/github/githubtest"
)

// broken makes an answer that never comes.
const broken = 0

// Reads are tried again where GitHub has trouble; of a write it is not known whether
// it was carried out.
func TestTrouble(t *testing.T) {
	const read, query, write = "read", "query", "write"
	for name, test := range map[string]struct {
		what     string
		answers  []int
		patience time.Duration
		waits    []time.Duration
		tries    int
		fails    bool
	}{
		"a read, once":             {what: read, answers: []int{502}, waits: []time.Duration{time.Second}, tries: 2},
		"a read, twice":            {what: read, answers: []int{500, 504}, waits: []time.Duration{time.Second, 4 * time.Second}, tries: 3},
		"a read, for long":         {what: read, answers: []int{503, 503, 503}, waits: []time.Duration{time.Second, 4 * time.Second}, tries: 3, fails: true},
		"a read, little patience":  {what: read, answers: []int{503, 503}, patience: 3 * time.Second, waits: []time.Duration{time.Second}, tries: 2, fails: true},
		"a read, broken":           {what: read, answers: []int{broken, broken}, waits: []time.Duration{time.Second, 4 * time.Second}, tries: 3},
		"a read, broken for long":  {what: read, answers: []int{broken, broken, broken}, waits: []time.Duration{time.Second, 4 * time.Second}, tries: 3, fails: true},
		"a query":                  {what: query, answers: []int{502, broken}, waits: []time.Duration{time.Second, 4 * time.Second}, tries: 3},
		"a write":                  {what: write, answers: []int{502}, tries: 1, fails: true},
		"a write, broken":          {what: write, answers: []int{broken}, tries: 1, fails: true},
		"a limit between troubles": {what: read, answers: []int{502, 429, 502}, waits: []time.Duration{time.Second, time.Minute, time.Second}, tries: 4},
	} {
		t.Run(name, func(t *testing.T) {
			fake, tries := githubtest.NewFake(), 0
			var lock sync.Mutex // an answer that is not waited for may still be on its way
			options := full
			options.Patience = test.patience
			answers := test.answers
			forge, waits := startBehind(t, options, func(w http.ResponseWriter, r *http.Request) {
				lock.Lock()
				defer lock.Unlock()
				if r.Method == http.MethodPost != (test.what != read) {
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
					hangUp(t, w)
					return
				}
				w.WriteHeader(answer)
			})
			var err error
			switch at := (place{"o", "r", 7}); test.what {
			case read:
				err = classified(forge.still(context.Background(), at, fake.Head))
			case query:
				_, err = forge.graphThreads(context.Background(), at)
			case write:
				err = forge.Apply(context.Background(), change(fake), bot.CreateSummary{Body: "S"})
			}
			lock.Lock()
			defer lock.Unlock()
			if errors.Is(err, bot.ErrUnavailable) != test.fails || err != nil && !test.fails {
				t.Errorf("error %v", err)
			}
			if tries != test.tries {
				t.Errorf("%d tries, want %d", tries, test.tries)
			}
			if diff := cmp.Diff(test.waits, *waits, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("waits (-want +got):\n%s", diff)
			}
		})
	}
}

// hangUp ends a connection without an answer.
func hangUp(t *testing.T, w http.ResponseWriter) {
	connection, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		t.Error(err)
		return
	}
	connection.Close()
}

// An answer that breaks off in its middle is trouble too, and the end of our own
// patience is none.
func TestClassified(t *testing.T) {
	for name, test := range map[string]struct {
		err  error
		want error // nil for neither
	}{
		"broke off":        {io.ErrUnexpectedEOF, bot.ErrUnavailable},
		"reset":            {&net.OpError{Op: "read", Err: errors.New("connection reset by peer")}, bot.ErrUnavailable},
		"cancelled":        {context.Canceled, nil},
		"too late":         {context.DeadlineExceeded, nil},
		"no token":         {errNoToken, nil},
		"limited":          {&courier.LimitedError{}, nil},
		"already forbids":  {bot.ErrForbidden, bot.ErrForbidden},
		"moved on already": {bot.ErrMoved, nil},
	} {
		t.Run(name, func(t *testing.T) {
			got := classified(test.err)
			for _, class := range []error{bot.ErrUnavailable, bot.ErrForbidden} {
				if errors.Is(got, class) != (class == test.want) {
					t.Errorf("%v: is %v", got, class)
				}
			}
			if !errors.Is(got, test.err) {
				t.Errorf("%v has lost its cause", got)
			}
		})
	}
	if classified(nil) != nil {
		t.Error("an error is made of none")
	}
}

// A request that is given up is not sent again.
func TestGivenUp(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	var tries atomic.Int32
	forge, _ := startBehind(t, full, func(w http.ResponseWriter, r *http.Request) {
		tries.Add(1)
		cancel()
		w.WriteHeader(http.StatusBadGateway)
	})
	_, err := forge.Fetch(ctx, change(githubtest.NewFake()))
	if !errors.Is(err, context.Canceled) || tries.Load() != 1 {
		t.Errorf("error %v after %d tries", err, tries.Load())
	}
}

// Whoever plans the next try is told when.
func TestAgain(t *testing.T) {
	fake := githubtest.NewFake()
	fake.Limits = []int{429}
	options := full
	options.Patience = time.Second
	forge, _ := start(t, fake, options)
	err := forge.Apply(context.Background(), change(fake), bot.CreateSummary{Body: "S"})
	var later interface{ Again() time.Time }
	if !errors.As(err, &later) || !later.Again().After(forge.courier.Now()) {
		t.Errorf("error %v", err)
	}
}
