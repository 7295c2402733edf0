package github

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/github/githubtest"
)

// broken makes an answer that never comes.
const broken = 0

// Reads are tried again where GitHub has trouble, and so are queries though they are
// posted; of a write it is not known whether it was carried out.
func TestTrouble(t *testing.T) {
	const read, query, write = "read", "query", "write"
	for name, test := range map[string]struct {
		what    string
		answers []int
		waits   []time.Duration
		tries   int
		fails   bool
	}{
		"a read, once":             {what: read, answers: []int{502}, waits: []time.Duration{time.Second}, tries: 2},
		"a read, for long":         {what: read, answers: []int{503, 503, 503}, waits: []time.Duration{time.Second, 4 * time.Second}, tries: 3, fails: true},
		"a query":                  {what: query, answers: []int{502, broken}, waits: []time.Duration{time.Second, 4 * time.Second}, tries: 3},
		"a write":                  {what: write, answers: []int{502}, tries: 1, fails: true},
		"a limit between troubles": {what: read, answers: []int{502, 429, 502}, waits: []time.Duration{time.Second, time.Minute, time.Second}, tries: 4},
	} {
		t.Run(name, func(t *testing.T) {
			fake, tries := githubtest.NewFake(), 0
			var lock sync.Mutex // an answer that is not waited for may still be on its way
			answers := test.answers
			forge, waits := startBehind(t, full, func(w http.ResponseWriter, r *http.Request) {
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
