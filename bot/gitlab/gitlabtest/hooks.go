package gitlabtest

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Hooks says where a fake sends its events, and how badly. What is dropped, sent twice
// and how late depends on the seed and the order of events only.
type Hooks struct {
	URL    string // "" for none
	Secret string // one that begins with "whsec_" signs, as newer servers do
	Old    bool   // the server knows no idempotency keys, as before 17.4
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
	Merge             int
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

// patience is GitLab's with a receiver.
const patience = 10 * time.Second

// An event is something that is told to the receiver.
type event interface {
	kind() (event, action string, merge int)
	payload() object
}

// tell sends an event without waiting for it. The payload is that of now, however late
// it arrives.
func (f *Fake) tell(e event) {
	if f.Hooks.URL == "" {
		return
	}
	if f.random == nil {
		f.random = rand.New(rand.NewPCG(f.Hooks.Seed, 0))
	}
	hooks, count := f.Hooks, len(f.sent)+1
	delivery := &Delivery{ID: fmt.Sprintf("%08x-0000-4000-8000-%012x", f.random.Uint32(), count)}
	delivery.Event, delivery.Action, delivery.Merge = e.kind()
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
	data, err := json.Marshal(e.payload())
	if err != nil {
		panic(err) // our own shapes
	}
	for _, wait := range waits {
		f.sending.Go(func() { f.deliver(hooks, delivery, data, wait) })
	}
}

func (f *Fake) deliver(hooks Hooks, delivery *Delivery, payload []byte, wait time.Duration) {
	time.Sleep(wait)
	status, err := send(hooks, delivery, payload)
	f.lock.Lock()
	defer f.lock.Unlock()
	delivery.Status, delivery.Err = status, err
}

func send(hooks Hooks, delivery *Delivery, payload []byte) (status int, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, hooks.URL, bytes.NewReader(payload))
	if err != nil {
		return 0, err
	}
	maps.Copy(request.Header, hooks.Header(delivery.ID, delivery.Event, payload, time.Now()))
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, err
	}
	return response.StatusCode, response.Body.Close()
}

// Header is what a delivery bears besides its body.
func (hooks Hooks) Header(id, event string, payload []byte, now time.Time) http.Header {
	header := http.Header{}
	header.Set("Content-Type", "application/json")
	header.Set("User-Agent", "GitLab/18.0.0")
	header.Set("X-Gitlab-Event", event)
	header.Set("X-Gitlab-Event-UUID", id)
	header.Set("X-Gitlab-Instance", "https://gitlab.example")
	if !hooks.Old {
		header.Set("Idempotency-Key", id)
	}
	encoded, signs := strings.CutPrefix(hooks.Secret, "whsec_")
	key, err := base64.StdEncoding.DecodeString(encoded)
	if !signs || err != nil {
		header.Set("X-Gitlab-Token", hooks.Secret)
		return header
	}
	seconds := strconv.FormatInt(now.Unix(), 10)
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "%s.%s.%s", id, seconds, payload)
	header.Set("webhook-id", id)
	header.Set("webhook-timestamp", seconds)
	header.Set("webhook-signature", "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	return header
}

// Deliveries waits until what was to be sent is sent, and lists it in the order of the
// events.
func (f *Fake) Deliveries() []Delivery {
	f.sending.Wait()
	f.lock.Lock()
	defer f.lock.Unlock()
	return each(f.sent, func(d *Delivery) Delivery { return *d })
}

// project is how events tell the project.
func project() object {
	return object{"id": ProjectID, "name": "vorgang", "path_with_namespace": Project, "web_url": site, "default_branch": "main-7"}
}

func (u User) hookShape() object {
	return object{"id": u.ID, "name": u.Name, "username": u.Name, "email": "[REDACTED]"}
}

// A mergeEvent tells what happened to a merge request.
type mergeEvent struct {
	fake   *Fake
	merge  *Merge
	action string
	more   object // "oldrev" of a push, "changes"
}

func (e mergeEvent) kind() (event, action string, merge int) {
	return "Merge Request Hook", e.action, e.merge.Number
}

func (e mergeEvent) payload() object {
	attributes := e.merge.hookShape(e.fake)
	attributes["action"] = e.action
	if before, pushed := e.more["oldrev"]; pushed {
		attributes["oldrev"] = before
	}
	changes := e.more["changes"]
	if changes == nil {
		changes = object{}
	}
	return object{
		"object_kind": "merge_request", "event_type": "merge_request", "user": e.fake.user(e.merge.Author).hookShape(),
		"project": project(), "object_attributes": attributes, "labels": []any{}, "changes": changes,
	}
}

// hookShape is how events tell a merge request.
func (merge *Merge) hookShape(f *Fake) object {
	told := f.mergeShape(merge)
	for _, left := range []string{"sha", "author", "web_url", "project_id", "detailed_merge_status", "labels"} {
		delete(told, left)
	}
	told["author_id"], told["last_commit"] = f.user(merge.Author).ID, object{"id": merge.Head, "message": "a commit\n"}
	return told
}

// A noteEvent tells of a new note.
type noteEvent struct {
	fake       *Fake
	merge      *Merge
	discussion *Discussion
	note       *Note
}

func (e noteEvent) kind() (event, action string, merge int) {
	return "Note Hook", "create", e.merge.Number
}

func (e noteEvent) payload() object {
	return object{
		"object_kind": "note", "event_type": "note", "user": e.note.Author.hookShape(), "project_id": ProjectID, "project": project(),
		"object_attributes": object{
			"id": e.note.ID, "note": e.note.Body, "description": e.note.Body, "noteable_type": "MergeRequest", "author_id": e.note.Author.ID,
			"discussion_id": e.discussion.ID, "system": e.note.System, "internal": e.note.Internal, "action": "create",
		},
		"merge_request": e.merge.hookShape(e.fake),
	}
}
