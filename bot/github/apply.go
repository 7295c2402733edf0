package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"github.com/google/go-github/v62/github"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
)

// maxComments bounds one review, in comments: of more than some 32, GitHub was seen to
// answer 502 or that they came too quickly.
const maxComments = 30

// maxReviews bounds the requests of one operation, those included that look for the
// comments which GitHub refuses.
const maxReviews = 30

// Apply carries out one operation. Its error wraps bot.ErrMoved where the head has
// moved, bot.ErrForbidden where the token may not do this, bot.ErrUnavailable where
// GitHub does not say whether it was done, *bot.RefusedError where GitHub did not take all
// comments of a review, and *courier.LimitedError where it must be tried later.
func (f *Forge) Apply(ctx context.Context, change austauschbar.Change, operation bot.Operation) error {
	at, err := placeOf(change)
	if err != nil {
		return fmt.Errorf("post: %w", err)
	}
	if answer, ok := operation.(bot.Answer); ok {
		// It answers a person, wherever the head is now.
		if err := classified(f.answer(ctx, at, answer)); err != nil {
			return fmt.Errorf("answer comment %s of %s: %w", answer.Request.ID, at, err)
		}
		return nil
	}
	if change.Head == "" {
		return fmt.Errorf("post to %s: the change names no head", at)
	}
	if err := classified(f.apply(ctx, at, change.Head, operation)); err != nil {
		return fmt.Errorf("%s %s: %w", bot.Verb(operation, "check"), at, err)
	}
	return nil
}

func (f *Forge) apply(ctx context.Context, at place, head string, operation bot.Operation) error {
	if check, ok := operation.(bot.SetCheck); ok {
		// A check belongs to its commit, wherever the head is now.
		if check.Check.Head == "" {
			check.Check.Head = head
		}
		return f.setCheck(ctx, at, check.Check)
	}
	if err := f.still(ctx, at, head); err != nil {
		return err
	}
	switch operation := operation.(type) {
	case bot.CreateSummary:
		_, _, err := f.client.Issues.CreateComment(ctx, at.owner, at.name, at.number, &github.IssueComment{Body: &operation.Body})
		return err
	case bot.EditSummary:
		id, err := bot.ParseID(operation.ID)
		if err != nil {
			return err
		}
		_, _, err = f.client.Issues.EditComment(ctx, at.owner, at.name, id, &github.IssueComment{Body: &operation.Body})
		return err
	case bot.DeleteSummary:
		id, err := bot.ParseID(operation.ID)
		if err != nil {
			return err
		}
		_, err = f.client.Issues.DeleteComment(ctx, at.owner, at.name, id)
		return unlessGone(err)
	case bot.CreateReview:
		return f.createReview(ctx, at, head, operation.Comments)
	case bot.CreateFileComment:
		_, _, err := f.client.PullRequests.CreateComment(ctx, at.owner, at.name, at.number, &github.PullRequestComment{
			Body: &operation.Body, Path: &operation.Path, CommitID: &head, SubjectType: github.String("file"),
		})
		return err
	case bot.EditComment:
		id, err := bot.ParseID(operation.ID)
		if err != nil {
			return err
		}
		_, _, err = f.client.PullRequests.EditComment(ctx, at.owner, at.name, id, &github.PullRequestComment{Body: &operation.Body})
		return err
	case bot.Resolve:
		return f.turn(ctx, resolveMutation, operation.Thread)
	case bot.Reopen:
		return f.turn(ctx, unresolveMutation, operation.Thread)
	case bot.SetLabels:
		return f.setLabels(ctx, at, operation.Labels)
	}
	return fmt.Errorf("operation %T is unknown", operation)
}

// still asks whether the head is the one that was reviewed.
func (f *Forge) still(ctx context.Context, at place, head string) error {
	pull, _, err := f.client.PullRequests.Get(ctx, at.owner, at.name, at.number)
	if err != nil {
		return err
	}
	if now := pull.GetHead().GetSHA(); now != head {
		return fmt.Errorf("%w: from %s to %s", bot.ErrMoved, head, now)
	}
	return nil
}

// createReview posts comments as one review, or several where they are many. GitHub
// refuses all of a review for one that it does not like: then each half is tried,
// until the bad ones are alone.
func (f *Forge) createReview(ctx context.Context, at place, head string, comments []bot.Inline) error {
	refused := &bot.RefusedError{}
	left := maxReviews
	var post func([]bot.Inline) error
	post = func(comments []bot.Inline) error {
		if left--; left < 0 {
			refused.Comments = append(refused.Comments, comments...)
			return nil
		}
		err := f.postReview(ctx, at, head, comments)
		if status(err) != http.StatusUnprocessableEntity {
			return err
		}
		// A head that moved meanwhile is refused in the same words.
		if moved := f.still(ctx, at, head); moved != nil {
			return moved
		}
		if len(comments) == 1 {
			refused.Comments = append(refused.Comments, comments...)
			if refused.Cause == nil {
				refused.Cause = err
			}
			return nil
		}
		half := len(comments) / 2
		if err := post(comments[:half]); err != nil {
			return err
		}
		return post(comments[half:])
	}
	for some := range slices.Chunk(comments, maxComments) {
		if err := post(some); err != nil {
			return err
		}
	}
	if len(refused.Comments) > 0 {
		return refused
	}
	return nil
}

func (f *Forge) postReview(ctx context.Context, at place, head string, comments []bot.Inline) error {
	drafts := make([]*github.DraftReviewComment, len(comments))
	for i, comment := range comments {
		drafts[i] = &github.DraftReviewComment{Path: &comment.Path, Line: &comment.Line, Side: github.String("RIGHT"), Body: &comment.Body}
	}
	_, _, err := f.client.PullRequests.CreateReview(ctx, at.owner, at.name, at.number, &github.PullRequestReviewRequest{
		CommitID: &head, Event: github.String("COMMENT"), Comments: drafts,
	})
	return err
}

// turn resolves a thread or opens it again. A token that may not is not asked for
// it again.
func (f *Forge) turn(ctx context.Context, mutation, thread string) error {
	var answer any
	err := f.ask(ctx, mutation, map[string]any{"thread": thread}, &answer)
	if errors.Is(err, bot.ErrForbidden) {
		f.noResolve.Store(true)
	}
	return err
}

// setLabels adds the labels that are missing and removes ours that are not wanted.
func (f *Forge) setLabels(ctx context.Context, at place, wanted []string) error {
	for _, label := range wanted {
		if !f.isOurs(label) {
			return fmt.Errorf("label %q does not begin with %q: it could not be found again", label, f.options.Labels)
		}
	}
	posted, err := f.labels(ctx, at)
	if err != nil {
		return err
	}
	if missing := notAmong(wanted, posted); len(missing) > 0 {
		// The library sends a bare array, which GitHub no longer describes.
		request, err := f.client.NewRequest(http.MethodPost, at.url("issues/%d/labels", at.number), map[string]any{"labels": missing})
		if err != nil {
			return err
		}
		if _, err := f.client.Do(ctx, request, nil); err != nil {
			return err
		}
	}
	for _, label := range notAmong(posted, wanted) {
		_, err := f.client.Issues.RemoveLabelForIssue(ctx, at.owner, at.name, at.number, url.PathEscape(label))
		if unlessGone(err) != nil {
			return err
		}
	}
	return nil
}

// notAmong returns the names that are not among others; labels have no case.
func notAmong(names, others []string) []string {
	var left []string
	for _, name := range names {
		if !slices.ContainsFunc(others, func(other string) bool { return same(name, other) }) {
			left = append(left, name)
		}
	}
	return left
}
