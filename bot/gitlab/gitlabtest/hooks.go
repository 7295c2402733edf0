package gitlabtest

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/austauschbar/austauschbar/bot/forgetest/hooks"
)

// Hooks says where the fake sends its events, and how badly. A secret that begins with
// "whsec_" signs, as newer servers do.
type Hooks hooks.Hooks

// A Delivery is an event that was or should have been sent.
type Delivery = hooks.Delivery

// patience is GitLab's with a receiver.
const patience = 10 * time.Second

// tell sends an event without waiting for it.
func (f *Fake) tell(e hooks.Event) { f.sender.Tell(hooks.Hooks(f.Hooks), e) }

// Deliveries waits until what was to be sent is sent, and lists it in the order of the
// events.
func (f *Fake) Deliveries() []Delivery { return f.sender.Deliveries() }

// header is that of a delivery as a server of the fake's age sends it.
func (f *Fake) header(secret string, delivery Delivery, payload []byte) http.Header {
	f.lock.Lock()
	defer f.lock.Unlock()
	header := Hooks{Secret: secret}.Header(delivery.ID, delivery.Event, payload, time.Now())
	if f.NoKeys {
		header.Del("Idempotency-Key")
	}
	return header
}

// Header is what a delivery bears besides its body.
func (h Hooks) Header(id, event string, payload []byte, now time.Time) http.Header {
	header := http.Header{}
	header.Set("Content-Type", "application/json")
	header.Set("User-Agent", "GitLab/18.0.0")
	header.Set("X-Gitlab-Event", event)
	header.Set("X-Gitlab-Event-UUID", id)
	header.Set("X-Gitlab-Instance", "https://gitlab.example")
	header.Set("Idempotency-Key", id)
	encoded, signs := strings.CutPrefix(h.Secret, "whsec_")
	key, err := base64.StdEncoding.DecodeString(encoded)
	if !signs || err != nil {
		header.Set("X-Gitlab-Token", h.Secret)
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

func (e mergeEvent) Kind() (event, action string, change int) {
	return "Merge Request Hook", e.action, e.merge.Number
}

func (e mergeEvent) Payload() object {
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

func (e noteEvent) Kind() (event, action string, change int) {
	return "Note Hook", "create", e.merge.Number
}

func (e noteEvent) Payload() object {
	return object{
		"object_kind": "note", "event_type": "note", "user": e.note.Author.hookShape(), "project_id": ProjectID, "project": project(),
		"object_attributes": object{
			"id": e.note.ID, "note": e.note.Body, "description": e.note.Body, "noteable_type": "MergeRequest", "author_id": e.note.Author.ID,
			"discussion_id": e.discussion.ID, "system": e.note.System, "internal": e.note.Internal, "action": "create",
		},
		"merge_request": e.merge.hookShape(e.fake),
	}
}
