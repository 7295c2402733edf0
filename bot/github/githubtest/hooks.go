package githubtest

import (
	"crypto/hmac"
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

// patience is GitHub's with a receiver.
const patience = 10 * time.Second

// tell sends an event without waiting for it.
func (f *Fake) tell(e hooks.Event) { f.sender.Tell(f.Hooks, e) }

// Deliveries waits until what was to be sent is sent, and lists it in the order of
// the events.
func (f *Fake) Deliveries() []Delivery { return f.sender.Deliveries() }

// header is what a delivery bears besides its body.
func header(secret string, delivery Delivery, payload []byte) http.Header {
	sum := hmac.New(sha256.New, []byte(secret))
	sum.Write(payload)
	header := http.Header{}
	header.Set("Content-Type", "application/json")
	header.Set("User-Agent", "GitHub-Hookshot/0000000")
	header.Set("X-GitHub-Event", delivery.Event)
	header.Set("X-GitHub-Delivery", delivery.ID)
	header.Set("X-Hub-Signature-256", fmt.Sprintf("sha256=%x", sum.Sum(nil)))
	return header
}

// eventShape adds to an event what all of them tell.
func (f *Fake) eventShape(action string, told object) object {
	told["action"], told["repository"] = action, f.repository()
	if f.App != nil {
		told["installation"] = object{"id": f.App.Installation, "node_id": node("Integration", f.App.Installation)}
	}
	return told
}

// A pullEvent tells what happened to a pull request.
type pullEvent struct {
	fake   *Fake
	pull   *Pull
	action string
	before string // head before a push
}

func (e pullEvent) Kind() (event, action string, change int) {
	return "pull_request", e.action, e.pull.Number
}

func (e pullEvent) Payload() object {
	told := object{"number": e.pull.Number, "pull_request": e.fake.pullDetails(e.pull), "sender": Account(e.pull.Author)}
	if e.before != "" {
		told["before"], told["after"] = e.before, e.pull.Head
	}
	return e.fake.eventShape(e.action, told)
}

// A commentEvent tells of a new comment. GitHub calls the pull request an issue.
type commentEvent struct {
	fake    *Fake
	pull    *Pull
	comment *Comment
}

func (e commentEvent) Kind() (event, action string, change int) {
	return "issue_comment", "created", e.pull.Number
}

func (e commentEvent) Payload() object {
	return e.fake.eventShape("created", object{"issue": e.fake.issueShape(e.pull), "comment": e.fake.commentShape(e.pull, e.comment), "sender": e.comment.User})
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
