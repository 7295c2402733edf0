package github

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
)

// An event is what we read of a webhook's body: a pull request, by repository,
// number and head, and who commands what. All else we ask GitHub for.
type event struct {
	Repository struct {
		ID       int64
		FullName string `json:"full_name"`
	}
	PullRequest *eventPull `json:"pull_request"`
	Changes     struct {
		Base *struct{} // the base branch is another now
	}
	Issue *struct {
		Number      int
		PullRequest *struct{} `json:"pull_request"` // nil for an issue that is none
	}
	Comment         eventComment
	CheckRun        eventCheck `json:"check_run"`
	CheckSuite      eventCheck `json:"check_suite"`
	RequestedAction struct {
		Identifier string
	} `json:"requested_action"`
}

type (
	eventPull struct {
		Number int
		Head   struct{ SHA string }
		Base   struct{ Repo struct{ ID int64 } }
	}
	eventComment struct {
		ID   int64
		Body string
		User *struct{ Login, Type string } // null where the account is gone
	}
	eventCheck struct {
		// PullRequests that have the commit as their head, those of other
		// repositories included; none for one from a fork.
		PullRequests []eventPull `json:"pull_requests"`
	}
)

// An ask is what an event asks for.
type ask struct {
	pulls   []eventPull
	sweep   bool
	comment *command // that gave it
}

// A command is a comment in which a person asks something of us.
type command struct {
	id       int64
	login    string
	inThread bool // at a file or line
}

// recheck is the button of a check that asks for another review.
const recheck = "recheck"

// events are those that we know, by name and action. What is none of them is "other"
// in logs and metrics.
var events = map[string]func(event) ask{
	"ping": nothing,

	"pull_request.closed":           nothing,
	"pull_request.edited":           onEdit,
	"pull_request.opened":           onPull,
	"pull_request.ready_for_review": onPull,
	"pull_request.reopened":         onPull,
	"pull_request.synchronize":      onPull,

	"issue_comment.created":               onComment,
	"issue_comment.deleted":               nothing,
	"issue_comment.edited":                onComment,
	"pull_request_review_comment.created": onThreadComment,
	"pull_request_review_comment.deleted": nothing,
	"pull_request_review_comment.edited":  onThreadComment,

	"check_run.completed":        nothing,
	"check_run.created":          nothing,
	"check_run.requested_action": onButton,
	"check_run.rerequested":      func(e event) ask { return onCheck(e, e.CheckRun) },
	"check_suite.requested":      nothing,
	"check_suite.rerequested":    func(e event) ask { return onCheck(e, e.CheckSuite) },

	"installation.created":                  onInstallation,
	"installation.deleted":                  nothing,
	"installation.new_permissions_accepted": onInstallation,
	"installation.suspend":                  nothing,
	"installation.unsuspend":                onInstallation,
	"installation_repositories.added":       onInstallation,
	"installation_repositories.removed":     nothing,
}

func nothing(event) ask        { return ask{} }
func onInstallation(event) ask { return ask{sweep: true} }

func onPull(e event) ask {
	if e.PullRequest == nil {
		return ask{}
	}
	return ask{pulls: []eventPull{*e.PullRequest}}
}

// onEdit asks for a review where the change is to another branch now.
func onEdit(e event) ask {
	if e.Changes.Base == nil {
		return ask{}
	}
	return onPull(e)
}

func onComment(e event) ask {
	if e.Issue == nil || e.Issue.PullRequest == nil || !e.Comment.commands() {
		return ask{}
	}
	return ask{pulls: []eventPull{{Number: e.Issue.Number}}, comment: &command{id: e.Comment.ID, login: e.Comment.User.Login}}
}

func onThreadComment(e event) ask {
	if e.PullRequest == nil || !e.Comment.commands() {
		return ask{}
	}
	return ask{pulls: []eventPull{*e.PullRequest}, comment: &command{id: e.Comment.ID, login: e.Comment.User.Login, inThread: true}}
}

// commands says whether a person asks something of us.
func (c eventComment) commands() bool {
	return c.User != nil && !isBot(c.User.Type, c.User.Login) && isCommand(c.Body)
}

func onButton(e event) ask {
	if e.RequestedAction.Identifier != recheck {
		return ask{}
	}
	return onCheck(e, e.CheckRun)
}

func onCheck(e event, check eventCheck) ask {
	var asked ask
	for _, pull := range check.PullRequests {
		if pull.Base.Repo.ID == e.Repository.ID {
			asked.pulls = append(asked.pulls, pull)
		}
	}
	return asked
}

// Hear verifies a delivery and says what it asks for. Only SHA-256 signatures count.
func (h *Host) Hear(header http.Header, body []byte) (bot.Delivery, error) {
	signature, isSHA256 := strings.CutPrefix(header.Get("X-Hub-Signature-256"), "sha256=")
	if !isSHA256 || !bot.IsSigned(h.secret, body, signature) {
		return bot.Delivery{}, bot.ErrUnverified
	}
	delivery, err := bot.NewDelivery(header.Get("X-GitHub-Delivery"))
	if err != nil {
		return bot.Delivery{}, err
	}
	name, err := bot.NameEvent(header.Get("X-GitHub-Event"), body)
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
	delivery.Sweep = asked.sweep
	for _, pull := range asked.pulls {
		change := austauschbar.Change{Forge: "github", Repository: told.Repository.FullName, Number: pull.Number, Head: pull.Head.SHA}
		at, err := placeOf(change)
		if err != nil {
			return err
		}
		if err := bot.CheckHead(change); err != nil {
			return err
		}
		delivery.Changes = append(delivery.Changes, change)
		if asked.comment != nil {
			delivery.Seen = func(ctx context.Context) error { return h.react(ctx, at, *asked.comment) }
		}
	}
	return nil
}
