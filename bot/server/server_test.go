package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/queue"
)

// host is a forge whose deliveries say what they ask for: numbers of changes, or
// what is wrong with them.
type host struct {
	recent []int
	seen   atomic.Int64
}

func (h *host) Hear(header http.Header, body []byte) (bot.Delivery, error) {
	delivery := bot.Delivery{ID: header.Get("Delivery"), Event: "push", Seen: func(context.Context) error { h.seen.Add(1); return nil }}
	for word := range strings.FieldsSeq(string(body)) {
		switch word {
		case "forged":
			return bot.Delivery{}, fmt.Errorf("look: %w", bot.ErrUnverified)
		case "broken":
			return bot.Delivery{}, errors.New("no JSON")
		case "sweep":
			delivery.Sweep = true
		default:
			var number int
			fmt.Sscan(word, &number)
			delivery.Changes = append(delivery.Changes, austauschbar.Change{Repository: "o/r", Number: number, Head: "h" + word})
		}
	}
	return delivery, nil
}

func (h *host) Forge(context.Context, austauschbar.Change) (bot.Forge, error) { return nil, nil }

func (h *host) Recent(_ context.Context, _ time.Time, visit func(austauschbar.Change) error) error {
	for _, number := range h.recent {
		if err := visit(austauschbar.Change{Repository: "o/r", Number: number, Head: "h"}); err != nil {
			return err
		}
	}
	return errors.New("one repository did not answer")
}

func newServer(t *testing.T, h *host, carry Carry) *Server {
	t.Helper()
	waiting, err := queue.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "queue.db"), queue.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(waiting.Close)
	return New(Options{
		Listeners: []Listener{{Forge: "forge", Host: h}, {Forge: "forge", Instance: "other", Host: h}},
		Queue:     waiting, Carry: carry, Log: slog.New(slog.DiscardHandler), Sweep: time.Hour, Drain: time.Second,
	})
}

func TestHear(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		path, body string
		status     int
		waiting    int
	}{
		"a change":         {"/webhooks/forge", "1", http.StatusAccepted, 1},
		"of an instance":   {"/webhooks/forge/other", "1", http.StatusAccepted, 1},
		"two changes":      {"/webhooks/forge", "1 2", http.StatusAccepted, 2},
		"nothing to do":    {"/webhooks/forge", "", http.StatusOK, 0},
		"forged":           {"/webhooks/forge", "forged", http.StatusUnauthorized, 0},
		"broken":           {"/webhooks/forge", "broken", http.StatusBadRequest, 0},
		"not to be stored": {"/webhooks/forge", "-1", http.StatusServiceUnavailable, 0},
		"too large":        {"/webhooks/forge", strings.Repeat("1", maxBody+1), http.StatusRequestEntityTooLarge, 0},
		"elsewhere":        {"/webhooks/forge/none", "1", http.StatusNotFound, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t, &host{}, nil)
			request := httptest.NewRequest(http.MethodPost, test.path, strings.NewReader(test.body))
			request.Header.Set("Delivery", "d1")
			answer := httptest.NewRecorder()
			s.Handler().ServeHTTP(answer, request)
			stats, err := s.Queue.Stats(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if answer.Code != test.status || stats.Waiting != test.waiting {
				t.Errorf("status %d, %d waiting; want %d, %d: %s", answer.Code, stats.Waiting, test.status, test.waiting, answer.Body)
			}
			s.seen.Wait()
		})
	}
}

// A server that runs works what comes in and what sweeps find, tells how it is, and
// ends with what it has begun.
func TestRun(t *testing.T) {
	t.Parallel()
	h := &host{recent: []int{7, 8}}
	carried := make(chan int, 10)
	var fail atomic.Bool
	s := newServer(t, h, func(_ context.Context, _ bot.Forge, change austauschbar.Change) error {
		carried <- change.Number
		if fail.Load() {
			return fmt.Errorf("post: %w", bot.ErrForbidden)
		}
		return nil
	})
	s.Listeners = s.Listeners[:1]
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	at := "http://" + listener.Addr().String()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- s.Run(ctx, listener) }()
	got := map[int]int{}
	count := func(n int) {
		for range n {
			select {
			case number := <-carried:
				got[number]++
			case <-time.After(10 * time.Second):
				t.Fatalf("carried %v", got)
			}
		}
	}
	count(2) // of the first sweep
	send := func(id, body string) {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, at+"/webhooks/forge", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Delivery", id)
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
	}
	fail.Store(true) // what may not be written is not tried again
	send("d1", "1 2")
	send("d1", "1 2")
	count(2)
	if diff := cmp.Diff(map[int]int{1: 1, 2: 1, 7: 1, 8: 1}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	h.recent = []int{7, 9}
	send("d2", "sweep") // 7 is known
	count(1)
	if got[9] != 1 {
		t.Errorf("carried %v", got)
	}
	idle(t, s.Queue)
	for path, want := range map[string]string{
		"/healthz": "ok", "/readyz": "ready",
		"/metrics": `austauschbar_reviews_total{forge="forge",result="incomplete"} 3`,
	} {
		response, err := http.Get(at + path)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(response.Body)
		response.Body.Close()
		if !strings.Contains(string(body), want) {
			t.Errorf("%s lacks %q:\n%s", path, want, body)
		}
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if h.seen.Load() != 3 {
		t.Errorf("%d acknowledgements, want 3", h.seen.Load())
	}
	answer := httptest.NewRecorder()
	s.Handler().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/readyz", nil))
	if answer.Code != http.StatusServiceUnavailable {
		t.Errorf("ready after the end: %d", answer.Code)
	}
}

func idle(t *testing.T, waiting *queue.Queue) {
	t.Helper()
	for range 1000 {
		stats, err := waiting.Stats(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if stats.Waiting+stats.Running == 0 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("the queue does not become idle")
}

func TestOutcome(t *testing.T) {
	for want, err := range map[string]error{
		"reviewed": nil, "limited": limited{}, "incomplete": fmt.Errorf("x: %w", bot.ErrRefused), "moved": bot.ErrMoved,
		"interrupted": context.Canceled, "failed": errors.New("x"),
	} {
		if got := outcome(err); got != want {
			t.Errorf("%v: %s, want %s", err, got, want)
		}
	}
	s := newServer(t, &host{}, func(context.Context, bot.Forge, austauschbar.Change) error { return limited{} })
	var later *queue.Later
	if err := s.work(t.Context(), queue.Change{Forge: "forge", Repository: "o/r", Number: 1}); !errors.As(err, &later) || later.Until != (limited{}).Again() {
		t.Errorf("a rate limit: %v", err)
	}
	if err := s.work(t.Context(), queue.Change{Forge: "gone", Repository: "o/r", Number: 1}); err != nil {
		t.Errorf("a forge no longer configured: %v", err)
	}
}

type limited struct{}

func (limited) Error() string    { return "rate limit" }
func (limited) Again() time.Time { return time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC) }
