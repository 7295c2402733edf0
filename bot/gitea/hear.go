package gitea

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
)

// An event is what we read of a webhook's body: a pull request, by repository,
// number and head, and who commands what. All else we ask the instance for.
type event struct {
	Repository struct {
		FullName string `json:"full_name"`
	}
	PullRequest *eventPull `json:"pull_request"`
	Changes     *struct {
		Ref *struct{} // the base branch is another now
	}
	IsPull bool `json:"is_pull"` // of an issue
	Issue  struct{ Number int }
	// Comment is at the change or at a line: an event does not tell.
	Comment struct {
		ID   int64
		Body string
		User *struct {
			ID    int64
			Login string
		}
	}
}

type eventPull struct {
	Number int
	Head   struct{ SHA string }
}

// An ask is what an event asks for.
type ask struct {
	pull    *eventPull // to review; nil for none
	comment *command   // that gave it
}

// A command is a comment in which a person asks something of us.
type command struct {
	id    int64
	login string
}

// events are those that we know, by name and action. What is none of them is "other"
// in logs and metrics.
var events = map[string]func(event) ask{
	"push": nothing,

	"pull_request.closed":       nothing,
	"pull_request.edited":       onEdit,
	"pull_request.opened":       onPull,
	"pull_request.reopened":     onPull,
	"pull_request.synchronized": onPull,

	"issue_comment.created": onComment,
	"issue_comment.deleted": nothing,
	"issue_comment.edited":  onComment,
}

func nothing(event) ask { return ask{} }

func onPull(e event) ask { return ask{pull: e.PullRequest} }

// onEdit asks for a review where the change is to another branch now.
func onEdit(e event) ask {
	if e.Changes == nil || e.Changes.Ref == nil {
		return ask{}
	}
	return onPull(e)
}

func onComment(e event) ask {
	_, isCommand := bot.ParseCommand(e.Comment.Body)
	user := e.Comment.User
	if !e.IsPull || !isCommand || user == nil || !isPerson(user.ID, user.Login) {
		return ask{}
	}
	return ask{pull: &eventPull{Number: e.Issue.Number}, comment: &command{e.Comment.ID, user.Login}}
}

// Hear verifies a delivery and says what it asks for.
func (h *Host) Hear(header http.Header, body []byte) (bot.Delivery, error) {
	if !bot.IsSigned(h.secret, body, either(header, "Signature")) {
		return bot.Delivery{}, bot.ErrUnverified
	}
	delivery, err := bot.NewDelivery(either(header, "Delivery"))
	if err != nil {
		return bot.Delivery{}, err
	}
	name, err := bot.NameEvent(either(header, "Event"), body)
	if err != nil {
		return bot.Delivery{}, err
	}
	on, known := events[name]
	if !known {
		return delivery, nil
	}
	delivery.Event = name
	if err := h.heed(&delivery, on, body); err != nil {
		return bot.Delivery{}, fmt.Errorf("read webhook %s: %w", name, err)
	}
	return delivery, nil
}

// heed puts into a delivery what an event that we know asks for.
func (h *Host) heed(delivery *bot.Delivery, on func(event) ask, body []byte) error {
	var told event
	if err := json.Unmarshal(body, &told); err != nil {
		return err
	}
	asked := on(told)
	if asked.pull == nil {
		return nil
	}
	change := austauschbar.Change{Forge: "gitea", Repository: told.Repository.FullName, Number: asked.pull.Number, Head: asked.pull.Head.SHA}
	at, err := placeOf(change)
	if err != nil {
		return err
	}
	if err := bot.CheckHead(change); err != nil {
		return err
	}
	delivery.Changes = []austauschbar.Change{change}
	if asked.comment != nil {
		delivery.Seen = func(ctx context.Context) error { return h.react(ctx, at, *asked.comment) }
	}
	return nil
}
