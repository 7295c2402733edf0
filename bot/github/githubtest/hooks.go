package githubtest

import (
	"bytes"
	"context"
	"crypto/hmac"
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

// patience is GitHub's with a receiver.
const patience = 10 * time.Second

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
	payload["action"], payload["repository"] = delivery.Action, f.repository()
	if f.App != nil {
		payload["installation"] = object{"id": f.App.Installation, "node_id": node("Integration", f.App.Installation)}
	}
	data, err := json.Marshal(payload)
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
	f.exchanges.keepEvent(delivery, payload)
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
	sum := hmac.New(sha256.New, []byte(hooks.Secret))
	sum.Write(payload)
	for name, value := range map[string]string{
		"Content-Type": "application/json", "User-Agent": "GitHub-Hookshot/0000000",
		"X-GitHub-Event": delivery.Event, "X-GitHub-Delivery": delivery.ID, "X-Hub-Signature-256": fmt.Sprintf("sha256=%x", sum.Sum(nil)),
	} {
		request.Header.Set(name, value)
	}
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
	return each(f.sent, func(d *Delivery) Delivery { return *d })
}

// A pullEvent tells what happened to a pull request.
type pullEvent struct {
	fake   *Fake
	pull   *Pull
	action string
	before string // head before a push
}

func (e pullEvent) kind() (event, action string, pull int) {
	return "pull_request", e.action, e.pull.Number
}

func (e pullEvent) payload() object {
	told := object{"number": e.pull.Number, "pull_request": e.fake.pullDetails(e.pull), "sender": Account(e.pull.Author)}
	if e.before != "" {
		told["before"], told["after"] = e.before, e.pull.Head
	}
	return told
}

// A commentEvent tells of a new comment. GitHub calls the pull request an issue.
type commentEvent struct {
	fake    *Fake
	pull    *Pull
	comment *Comment
}

func (e commentEvent) kind() (event, action string, pull int) {
	return "issue_comment", "created", e.pull.Number
}

func (e commentEvent) payload() object {
	return object{"issue": e.fake.issueShape(e.pull), "comment": e.fake.commentShape(e.pull, e.comment), "sender": e.comment.User}
}

// issueShape tells a pull request as the issue that it is too.
func (f *Fake) issueShape(pull *Pull) object {
	as := f.pullShape(pull)
	url := as["issue_url"].(string)
	id := 2_000_000_000 + int64(pull.Number)
	told := object{
		"id": id, "node_id": as["node_id"], "url": url, "html_url": as["html_url"], "repository_url": repo, "labels_url": url + "/labels{/name}",
		"comments_url": url + "/comments", "events_url": url + "/events", "timeline_url": url + "/timeline", "comments": len(pull.Comments),
		"reactions": reactionsShape(url, nil), "performed_via_github_app": nil, "state_reason": nil,
		"pull_request": object{"url": as["url"], "html_url": as["html_url"], "diff_url": as["diff_url"], "patch_url": as["patch_url"], "merged_at": nil},
	}
	for _, field := range []string{
		"number", "state", "draft", "locked", "title", "body", "user", "author_association", "labels", "milestone", "assignee", "assignees",
		"active_lock_reason", "created_at", "updated_at", "closed_at",
	} {
		told[field] = as[field]
	}
	return told
}
