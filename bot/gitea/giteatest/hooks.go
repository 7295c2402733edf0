package giteatest

import (
	"crypto/hmac"
	"crypto/sha1" // #nosec G505 -- the server sends this one too
	"crypto/sha256"
	"fmt"
	"net/http"
	"time"

	"github.com/austauschbar/austauschbar/bot/forgetest/hooks"
)

// What the fake sends, and how badly.
type (
	Hooks    = hooks.Hooks
	Delivery = hooks.Delivery
)

// patience is the server's with a receiver.
const patience = 5 * time.Second

// tell sends an event without waiting for it.
func (f *Fake) tell(e hooks.Event) { f.sender.Tell(f.Hooks, e) }

// Deliveries waits until what was to be sent is sent, and lists it in the order of
// the events.
func (f *Fake) Deliveries() []Delivery { return f.sender.Deliveries() }

// header bears the names of all products that the server descends from, GitHub's
// included.
func (f *Fake) header(secret string, delivery Delivery, payload []byte) http.Header {
	f.lock.Lock()
	defer f.lock.Unlock()
	sum, old := hmac.New(sha256.New, []byte(secret)), hmac.New(sha1.New, []byte(secret))
	sum.Write(payload)
	old.Write(payload)
	products := []string{"Gitea", "Gogs", "GitHub"}
	if f.isForgejo() {
		products = append(products, "Forgejo")
	}
	header := http.Header{}
	for _, product := range products {
		header.Set("X-"+product+"-Event", delivery.Event)
		header.Set("X-"+product+"-Delivery", delivery.ID)
		if product != "GitHub" {
			header.Set("X-"+product+"-Signature", fmt.Sprintf("%x", sum.Sum(nil)))
		}
	}
	header.Set("X-Hub-Signature", fmt.Sprintf("sha1=%x", old.Sum(nil)))
	header.Set("X-Hub-Signature-256", fmt.Sprintf("sha256=%x", sum.Sum(nil)))
	header.Set("Content-Type", "application/json")
	return header
}

// eventShape adds to an event what all of them tell.
func (f *Fake) eventShape(action string, told object) object {
	told["action"], told["repository"] = action, f.repository("o")
	return told
}

// A pullEvent tells what happened to a pull request.
type pullEvent struct {
	fake   *Fake
	pull   *Pull
	action string
	from   string // the base branch before; "" where it is the same
}

func (e pullEvent) Kind() (event, action string, change int) {
	return "pull_request", e.action, e.pull.Number
}

func (e pullEvent) Payload() object {
	told := object{"number": e.pull.Number, "pull_request": e.fake.pullShape(e.pull), "sender": userShape(e.pull.Author)}
	if e.from != "" {
		told["changes"] = object{"ref": object{"from": e.from}}
	}
	return e.fake.eventShape(e.action, told)
}

// A commentEvent tells of a new comment, at the change or at a line.
type commentEvent struct {
	fake    *Fake
	pull    *Pull
	comment *Comment
}

func (e commentEvent) Kind() (event, action string, change int) {
	return "issue_comment", "created", e.pull.Number
}

func (e commentEvent) Payload() object {
	return e.fake.eventShape("created", object{
		"issue":        object{"number": e.pull.Number, "pull_request": object{"merged": false}},
		"pull_request": e.fake.pullShape(e.pull), "comment": e.fake.commentShape(e.comment), "sender": userShape(e.comment.Login), "is_pull": true,
	})
}
