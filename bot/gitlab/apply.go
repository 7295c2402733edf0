package gitlab

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"gitlab.com/gitlab-org/api/client-go/v2"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
)

// Apply carries out one operation. Its error wraps bot.ErrMoved where the head has
// moved, bot.ErrForbidden where the token may not do this, bot.ErrUnavailable where
// GitLab does not say whether it was done, *bot.RefusedError where GitLab did not take
// all comments of a review, and *courier.LimitedError where it must be tried later.
func (f *Forge) Apply(ctx context.Context, change austauschbar.Change, operation bot.Operation) error {
	at, err := placeOf(change)
	if err != nil {
		return fmt.Errorf("post: %w", err)
	}
	if answer, ok := operation.(bot.Answer); ok {
		// It answers a person, wherever the head is now.
		if err := classified(f.answer(ctx, at, answer)); err != nil {
			return fmt.Errorf("answer note %s of %s: %w", answer.Request.ID, at, err)
		}
		return nil
	}
	if change.Head == "" {
		return fmt.Errorf("post to %s: the change names no head", at)
	}
	if err := classified(f.apply(ctx, at, change.Head, operation)); err != nil {
		return fmt.Errorf("%s %s: %w", bot.Verb(operation, "commit status"), at, err)
	}
	return nil
}

func (f *Forge) apply(ctx context.Context, at place, head string, operation bot.Operation) error {
	if check, ok := operation.(bot.SetCheck); ok {
		// A status belongs to its commit, wherever the head is now.
		if check.Check.Head == "" {
			check.Check.Head = head
		}
		return f.setStatus(ctx, at, check.Check)
	}
	merge, err := f.still(ctx, at, head)
	if err != nil {
		return err
	}
	switch operation := operation.(type) {
	case bot.CreateSummary:
		return f.createNote(ctx, at, operation.Body)
	case bot.EditSummary:
		return f.editNote(ctx, at, operation.ID, operation.Body)
	case bot.EditComment:
		return f.editNote(ctx, at, operation.ID, operation.Body)
	case bot.DeleteSummary:
		id, err := bot.ParseID(operation.ID)
		if err != nil {
			return err
		}
		_, err = f.client.Notes.DeleteMergeRequestNote(at.project, at.number, id, gitlab.WithContext(ctx))
		return unlessGone(err)
	case bot.CreateReview:
		return f.createReview(ctx, at, head, operation.Comments)
	case bot.CreateFileComment:
		return f.createFileComment(ctx, at, head, operation)
	case bot.Resolve:
		return f.turn(ctx, at, operation.Thread, true)
	case bot.Reopen:
		return f.turn(ctx, at, operation.Thread, false)
	case bot.SetLabels:
		return f.setLabels(ctx, at, merge.Labels, operation.Labels)
	}
	return fmt.Errorf("operation %T is unknown", operation)
}

// still asks whether the head is the one that was reviewed.
func (f *Forge) still(ctx context.Context, at place, head string) (*gitlab.MergeRequest, error) {
	merge, err := f.merge(ctx, at)
	if err != nil {
		return nil, err
	}
	if merge.SHA != head {
		return nil, fmt.Errorf("%w: from %s to %s", bot.ErrMoved, head, merge.SHA)
	}
	return merge, nil
}

func (f *Forge) editNote(ctx context.Context, at place, note, body string) error {
	id, err := bot.ParseID(note)
	if err != nil {
		return err
	}
	body = spell(body)
	_, _, err = f.client.Notes.UpdateMergeRequestNote(at.project, at.number, id, &gitlab.UpdateMergeRequestNoteOptions{Body: &body}, gitlab.WithContext(ctx))
	return err
}

// turn resolves a thread or opens it again. A token that may not is not asked for it
// again.
func (f *Forge) turn(ctx context.Context, at place, thread string, resolved bool) error {
	_, _, err := f.client.Discussions.ResolveMergeRequestDiscussion(at.project, at.number, thread, &gitlab.ResolveMergeRequestDiscussionOptions{Resolved: &resolved}, gitlab.WithContext(ctx))
	err = classified(err)
	if errors.Is(err, bot.ErrForbidden) {
		f.noResolve.Store(true)
	}
	return err
}

// setLabels adds the labels that are missing and removes ours that are not wanted.
func (f *Forge) setLabels(ctx context.Context, at place, posted, wanted []string) error {
	for _, label := range wanted {
		if f.options.Labels == "" || !strings.HasPrefix(label, f.options.Labels) || strings.Contains(label, ",") {
			return fmt.Errorf("label %q does not begin with %q, or has a comma: it could not be found again", label, f.options.Labels)
		}
	}
	var options gitlab.UpdateMergeRequestOptions
	if missing := notAmong(wanted, posted); len(missing) > 0 {
		options.AddLabels = (*gitlab.LabelOptions)(&missing)
	}
	if surplus := notAmong(f.ours(posted), wanted); len(surplus) > 0 {
		options.RemoveLabels = (*gitlab.LabelOptions)(&surplus)
	}
	if options == (gitlab.UpdateMergeRequestOptions{}) {
		return nil
	}
	_, _, err := f.client.MergeRequests.UpdateMergeRequest(at.project, at.number, &options, gitlab.WithContext(ctx))
	return err
}

// notAmong returns the names that are not among others.
func notAmong(names, others []string) []string {
	var left []string
	for _, name := range names {
		if !slices.Contains(others, name) {
			left = append(left, name)
		}
	}
	return left
}

// isRefusal says whether GitLab refuses something for what it says.
func isRefusal(err error) bool {
	return status(err) == http.StatusBadRequest || status(err) == http.StatusUnprocessableEntity
}
