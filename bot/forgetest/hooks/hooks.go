// Package hooks sends the events of a forge's fake, as badly as a test asks for.
package hooks

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"time"
)

// Hooks says where a fake sends its events, and how badly. What is dropped, sent
// twice and how late depends on the seed and the order of events only.
type Hooks struct {
	URL    string // "" for none
	Secret string
	Seed   uint64
	Delay  time.Duration // before each delivery
	// Jitter is the longest further delay. It is drawn for each delivery, so that
	// they overtake each other.
	Jitter time.Duration
	Drop   int // every nth event is not sent; 0 for none
	Repeat int // every nth event is sent twice, as the same delivery; 0 for none
}

// A Delivery is an event that was or should have been sent.
type Delivery struct {
	ID, Event, Action string
	Change            int // its number
	Dropped           bool
	Status            int   // the answer to the last sending
	Err               error // of the last sending
}

// An Event is something that is told to the receiver.
type Event interface {
	Kind() (event, action string, change int)
	Payload() map[string]any
}

// A Sender sends a fake's events and keeps what it sent. Its fields say what differs
// between forges, and are set before the first event.
type Sender struct {
	Patience time.Duration // with a receiver
	// Header is what a delivery bears besides its body. It is asked at each sending.
	Header func(secret string, delivery Delivery, payload []byte) http.Header
	Sent   func(delivery Delivery, payload []byte) // called after each sending, answered or not; nil for nothing

	lock    sync.Mutex
	sent    []Delivery
	random  *rand.Rand // nil before the first event
	sending sync.WaitGroup
}

// Tell sends an event without waiting for it. The payload is that of now, however
// late it arrives.
func (s *Sender) Tell(hooks Hooks, event Event) {
	if hooks.URL == "" {
		return
	}
	delivery, place, waits := s.plan(hooks, event)
	if delivery.Dropped {
		return
	}
	payload, err := json.Marshal(event.Payload())
	if err != nil {
		panic(err) // our own shapes
	}
	for _, wait := range waits {
		s.sending.Go(func() {
			time.Sleep(wait)
			status, err := s.send(hooks, delivery, payload)
			s.lock.Lock()
			defer s.lock.Unlock()
			s.sent[place].Status, s.sent[place].Err = status, err
		})
	}
}

// plan decides what becomes of an event: whether it is dropped, and how long each of
// its sendings waits. The place is that among all that was sent.
func (s *Sender) plan(hooks Hooks, event Event) (delivery Delivery, place int, waits []time.Duration) {
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.random == nil {
		s.random = rand.New(rand.NewPCG(hooks.Seed, 0))
	}
	place = len(s.sent)
	count := place + 1
	delivery = Delivery{ID: fmt.Sprintf("%08x-0000-4000-8000-%012x", s.random.Uint32(), count), Dropped: isNth(count, hooks.Drop)}
	delivery.Event, delivery.Action, delivery.Change = event.Kind()
	s.sent = append(s.sent, delivery)
	wait := func() time.Duration { return hooks.Delay + time.Duration(s.random.Int64N(int64(hooks.Jitter)+1)) }
	waits = append(waits, wait())
	if isNth(count, hooks.Repeat) {
		waits = append(waits, wait())
	}
	return delivery, place, waits
}

// isNth says whether a count is one of every n; never where n is 0.
func isNth(count, n int) bool { return n > 0 && count%n == 0 }

func (s *Sender) send(hooks Hooks, delivery Delivery, payload []byte) (status int, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), s.Patience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, hooks.URL, bytes.NewReader(payload))
	if err != nil {
		return 0, err
	}
	request.Header = s.Header(hooks.Secret, delivery, payload)
	if s.Sent != nil {
		defer s.Sent(delivery, payload)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, err
	}
	return response.StatusCode, response.Body.Close()
}

// Deliveries waits until what was to be sent is sent, and lists it in the order of
// the events.
func (s *Sender) Deliveries() []Delivery {
	s.sending.Wait()
	s.lock.Lock()
	defer s.lock.Unlock()
	return slices.Clone(s.sent)
}
