package giteatest

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha1" // #nosec G505 -- the server sends this one too
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
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
	Pull              int
	Dropped           bool
	Status            int   // the answer to the last sending
	Err               error // of the last sending
}

// deliveries keeps what was sent.
type deliveries struct {
	sent    []*Delivery
	random  *rand.Rand
	sending sync.WaitGroup
}

// patience is the server's with a receiver.
const patience = 5 * time.Second

// An event is something that is told to the receiver.
type event interface {
	kind() (event, action string, pull int)
	payload() object
}

// tell sends an event without waiting for it. The payload is that of now, however
// late it arrives.
func (f *Fake) tell(e event) {
	if f.Hooks.URL == "" {
		return
	}
	if f.random == nil {
		f.random = rand.New(rand.NewPCG(f.Hooks.Seed, 0))
	}
	hooks, count := f.Hooks, len(f.sent)+1
	delivery := &Delivery{ID: fmt.Sprintf("%08x-0000-4000-8000-%012x", f.random.Uint32(), count)}
	delivery.Event, delivery.Action, delivery.Pull = e.kind()
	f.sent = append(f.sent, delivery)
	wait := func() time.Duration { return hooks.Delay + time.Duration(f.random.Int64N(int64(hooks.Jitter)+1)) }
	waits := []time.Duration{wait()}
	if hooks.Repeat > 0 && count%hooks.Repeat == 0 {
		waits = append(waits, wait())
	}
	if hooks.Drop > 0 && count%hooks.Drop == 0 {
		delivery.Dropped = true
		return
	}
	payload := e.payload()
	payload["action"], payload["repository"] = delivery.Action, f.repository("o")
	data, err := json.Marshal(payload)
	if err != nil {
		panic(err) // our own shapes
	}
	forgejo := f.isForgejo()
	for _, wait := range waits {
		f.sending.Go(func() {
			time.Sleep(wait)
			status, err := send(hooks, delivery, data, forgejo)
			f.lock.Lock()
			defer f.lock.Unlock()
			delivery.Status, delivery.Err = status, err
		})
	}
}

// send sends an event with the headers of all products that the server descends from,
// GitHub's included.
func send(hooks Hooks, delivery *Delivery, payload []byte, forgejo bool) (status int, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, hooks.URL, bytes.NewReader(payload))
	if err != nil {
		return 0, err
	}
	sum, old := hmac.New(sha256.New, []byte(hooks.Secret)), hmac.New(sha1.New, []byte(hooks.Secret))
	sum.Write(payload)
	old.Write(payload)
	products := []string{"Gitea", "Gogs", "GitHub"}
	if forgejo {
		products = append(products, "Forgejo")
	}
	for _, product := range products {
		request.Header.Set("X-"+product+"-Event", delivery.Event)
		request.Header.Set("X-"+product+"-Delivery", delivery.ID)
		if product != "GitHub" {
			request.Header.Set("X-"+product+"-Signature", fmt.Sprintf("%x", sum.Sum(nil)))
		}
	}
	request.Header.Set("X-Hub-Signature", fmt.Sprintf("sha1=%x", old.Sum(nil)))
	request.Header.Set("X-Hub-Signature-256", fmt.Sprintf("sha256=%x", sum.Sum(nil)))
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, err
	}
	return response.StatusCode, response.Body.Close()
}

// Deliveries waits until what was to be sent is sent, and lists it in the order of
// the events.
func (f *Fake) Deliveries() []Delivery {
	f.sending.Wait()
	f.lock.Lock()
	defer f.lock.Unlock()
	told := make([]Delivery, len(f.sent))
	for i, delivery := range f.sent {
		told[i] = *delivery
	}
	return told
}

// A pullEvent tells what happened to a pull request.
type pullEvent struct {
	fake   *Fake
	pull   *Pull
	action string
	from   string // the base branch before; "" where it is the same
}

func (e pullEvent) kind() (event, action string, pull int) {
	return "pull_request", e.action, e.pull.Number
}

func (e pullEvent) payload() object {
	told := object{"number": e.pull.Number, "pull_request": e.fake.pullShape(e.pull), "sender": userShape(e.pull.Author)}
	if e.from != "" {
		told["changes"] = object{"ref": object{"from": e.from}}
	}
	return told
}

// A commentEvent tells of a new comment, at the change or at a line.
type commentEvent struct {
	fake    *Fake
	pull    *Pull
	comment *Comment
}

func (e commentEvent) kind() (event, action string, pull int) {
	return "issue_comment", "created", e.pull.Number
}

func (e commentEvent) payload() object {
	return object{
		"issue":        object{"number": e.pull.Number, "pull_request": object{"merged": false}},
		"pull_request": e.fake.pullShape(e.pull), "comment": e.fake.commentShape(e.comment), "sender": userShape(e.comment.Login), "is_pull": true,
	}
}
