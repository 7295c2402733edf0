package gitlab

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
)

// An event is what we read of a webhook's body: a merge request, by project, number and
// head, and who commands what. All else we ask GitLab for.
type event struct {
	ObjectKind string `json:"object_kind"`
	EventType  string `json:"event_type"`
	User       struct {
		ID       int64
		Username string
	}
	Project struct {
		Path string `json:"path_with_namespace"`
	}
	Attributes struct {
		IID          int64
		Action       string
		OldRev       string     // of an update that brings commits
		LastCommit   lastCommit `json:"last_commit"`
		ID           int64      // of a note, like all below
		Note         string
		NoteableType string `json:"noteable_type"`
		AuthorID     int64  `json:"author_id"`
		System       bool
		Internal     bool
		Confidential bool
	} `json:"object_attributes"`
	Changes struct {
		TargetBranch *struct{} `json:"target_branch"`
		Draft        turn
		Progress     turn `json:"work_in_progress"` // what drafts were called once
	}
	MergeRequest *struct {
		IID        int64
		LastCommit lastCommit `json:"last_commit"`
	} `json:"merge_request"`
}

type (
	lastCommit struct{ ID string }
	// A turn is how a yes or no has changed.
	turn struct{ Previous, Current bool }
)

// An ask is what an event asks for.
type ask struct {
	number  int64 // of a merge request; 0 for nothing
	head    string
	command *command // that gave it
}

// events are those that we know, by kind and action. What is none of them is "other"
// in logs and metrics.
var events = map[string]func(event) ask{
	"merge_request.approval":   nothing,
	"merge_request.approved":   nothing,
	"merge_request.close":      nothing,
	"merge_request.merge":      nothing,
	"merge_request.open":       onMerge,
	"merge_request.reopen":     onMerge,
	"merge_request.unapproval": nothing,
	"merge_request.unapproved": nothing,
	"merge_request.update":     onUpdate,

	"note.create": onNote,
	"note.update": onNote,
}

func nothing(event) ask { return ask{} }

func onMerge(e event) ask { return ask{number: e.Attributes.IID, head: e.Attributes.LastCommit.ID} }

// onUpdate asks for a review where there are new commits, the target branch is another
// one, or the merge request is a draft no more. All else happens often, by our labels
// too.
func onUpdate(e event) ask {
	ready := e.Changes.Draft.Previous && !e.Changes.Draft.Current || e.Changes.Progress.Previous && !e.Changes.Progress.Current
	if e.Attributes.OldRev == "" && e.Changes.TargetBranch == nil && !ready {
		return ask{}
	}
	return onMerge(e)
}

// onNote asks for a review where a person commands it, for everyone to see.
func onNote(e event) ask {
	note := e.Attributes
	_, commands := bot.ParseCommand(note.Note)
	hidden := note.System || note.Internal || note.Confidential || e.EventType == "confidential_note"
	if note.NoteableType != "MergeRequest" || e.MergeRequest == nil || !commands || hidden || isBot.MatchString(e.User.Username) || e.User.ID != note.AuthorID {
		return ask{}
	}
	return ask{number: e.MergeRequest.IID, command: &command{note: note.ID, author: note.AuthorID, name: e.User.Username}}
}

// Hear verifies a delivery of a project's, a group's or the system's hook and says what
// it asks for.
func (h *Host) Hear(header http.Header, body []byte) (bot.Delivery, error) {
	if !h.isFromUs(header, body) {
		return bot.Delivery{}, bot.ErrUnverified
	}
	delivery, err := bot.NewDelivery(deliveryID(header, body))
	if err != nil {
		return bot.Delivery{}, err
	}
	name := header.Get("X-Gitlab-Event")
	var kind struct {
		ObjectKind string                  `json:"object_kind"`
		Attributes struct{ Action string } `json:"object_attributes"`
	}
	if err := json.Unmarshal(body, &kind); err != nil {
		if json.Valid(body) {
			return delivery, nil // an event of another shape
		}
		return bot.Delivery{}, fmt.Errorf("read webhook %q: %w", name, err)
	}
	name = kind.ObjectKind + "." + kind.Attributes.Action
	if kind.ObjectKind == "note" && kind.Attributes.Action == "" {
		name = "note.create" // of older servers, which tell new notes only
	}
	on, known := events[name]
	if !known || strings.HasPrefix(header.Get("X-Gitlab-Event"), "Confidential ") {
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
	if asked.number == 0 {
		return nil
	}
	change := austauschbar.Change{Forge: "gitlab", Repository: told.Project.Path, Number: int(asked.number), Head: asked.head}
	at, err := placeOf(change)
	if err != nil {
		return err
	}
	if err := bot.CheckHead(change); err != nil {
		return err
	}
	delivery.Changes = []austauschbar.Change{change}
	if asked.command != nil {
		delivery.Seen = func(ctx context.Context) error { return h.react(ctx, at, *asked.command) }
	}
	return nil
}
