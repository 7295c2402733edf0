package gitea

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"code.gitea.io/sdk/gitea"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
)

// Apply carries out one operation. Its error wraps bot.ErrMoved where the head has
// moved, bot.ErrForbidden where the token may not do this, bot.ErrUnavailable where
// the server does not say whether it was done, bot.ErrRefused where it refuses a
// review, and *courier.LimitedError where it must be tried later.
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
		return fmt.Errorf("%s %s: %w", bot.Verb(operation, "status"), at, err)
	}
	return nil
}

func (f *Forge) apply(ctx context.Context, at place, head string, operation bot.Operation) error {
	if check, ok := operation.(bot.SetCheck); ok {
		// A status belongs to its commit, wherever the head is now.
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
		_, _, err := f.api(ctx).CreateIssueComment(at.owner, at.name, at.number, gitea.CreateIssueCommentOption{Body: operation.Body})
		return err
	case bot.EditSummary:
		return f.editComment(ctx, at, operation.ID, operation.Body)
	case bot.DeleteSummary:
		id, err := bot.ParseID(operation.ID)
		if err != nil {
			return err
		}
		_, err = f.api(ctx).DeleteIssueComment(at.owner, at.name, id)
		return unlessGone(err)
	case bot.CreateReview:
		return f.createReview(ctx, at, head, operation.Comments)
	case bot.EditComment:
		return f.editComment(ctx, at, operation.ID, operation.Body)
	case bot.Resolve:
		return f.turn(at, operation.Thread, f.api(ctx).ResolvePullReviewComment)
	case bot.Reopen:
		return f.turn(at, operation.Thread, f.api(ctx).UnresolvePullReviewComment)
	case bot.SetLabels:
		return f.setLabels(ctx, at, operation.Labels)
	}
	return fmt.Errorf("operation %T is unknown", operation)
}

// still asks whether the head is the one that was reviewed.
func (f *Forge) still(ctx context.Context, at place, head string) error {
	pull, err := f.pull(ctx, at)
	if err != nil {
		return err
	}
	if now := pull.Head.Sha; now != head {
		return fmt.Errorf("%w: from %s to %s", bot.ErrMoved, head, now)
	}
	return nil
}

// editComment replaces a comment's text, whether it stands at the change or at a line.
func (f *Forge) editComment(ctx context.Context, at place, name, body string) error {
	id, err := bot.ParseID(name)
	if err != nil {
		return err
	}
	_, _, err = f.api(ctx).EditIssueComment(at.owner, at.name, id, gitea.EditIssueCommentOption{Body: body})
	return err
}

// createReview posts comments as one review. A server writes them one by one to a
// pending review, and finishes that: what is left of one that broke off is removed
// before, else it would be shown with the new ones.
func (f *Forge) createReview(ctx context.Context, at place, head string, comments []bot.Inline) error {
	us, err := f.us(ctx)
	if err != nil {
		return err
	}
	reviews, err := f.reviews(ctx, at)
	if err != nil {
		return err
	}
	for _, review := range reviews {
		if review.State != gitea.ReviewStatePending || review.Reviewer == nil || !same(review.Reviewer.UserName, us.UserName) {
			continue
		}
		if err := f.dropPending(ctx, at, review); err != nil {
			return err
		}
	}
	return f.postReview(ctx, at, head, comments)
}

// dropPending removes a pending review that holds nothing but comments of ours. A
// person who shares our account may be writing another one.
func (f *Forge) dropPending(ctx context.Context, at place, review *gitea.PullReview) error {
	comments, err := f.reviewComments(ctx, at, review.ID)
	if err != nil {
		return err
	}
	if review.Body != "" || slices.ContainsFunc(comments, func(c comment) bool { return !c.isMarked() }) {
		return fmt.Errorf("%w: a person's review by our account is not finished, and ours would finish it", bot.ErrRefused)
	}
	_, err = f.api(ctx).DeletePullReview(at.owner, at.name, at.number, review.ID)
	return unlessGone(err)
}

// isMarked says whether a comment bears a marker of a finding or an answer.
func (c comment) isMarked() bool {
	_, isFinding := bot.FindingOf(c.body)
	_, isAnswer := bot.AnswerOf(c.body)
	return isFinding || isAnswer
}

func (f *Forge) postReview(ctx context.Context, at place, head string, comments []bot.Inline) error {
	drafts := make([]gitea.CreatePullReviewComment, len(comments))
	for i, comment := range comments {
		drafts[i] = gitea.CreatePullReviewComment{Path: comment.Path, Body: comment.Body, NewLineNum: int64(comment.Line)}
	}
	_, _, err := f.api(ctx).CreatePullReview(at.owner, at.name, at.number, gitea.CreatePullReviewOptions{State: gitea.ReviewStateComment, CommitID: head, Comments: drafts})
	switch status(err) {
	case http.StatusUnprocessableEntity, http.StatusInternalServerError:
		// The latter is also how a server refuses a line that the file does not have:
		// all else must not wait for this to pass.
		return fmt.Errorf("%w: %w", bot.ErrRefused, err)
	}
	return err
}

// turn resolves a thread or opens it again. Where that is refused, it is not asked
// for again.
func (f *Forge) turn(at place, thread string, send func(owner, name string, comment int64) (*gitea.Response, error)) error {
	id, err := bot.ParseID(thread)
	if err != nil {
		return err
	}
	_, err = send(at.owner, at.name, id)
	switch status(err) {
	case http.StatusForbidden, http.StatusMethodNotAllowed:
		f.noResolve.Store(true)
		return fmt.Errorf("%w: %w", bot.ErrForbidden, err)
	}
	return err
}

// labelColor is that of labels which we create, in RGB: a plain grey.
const labelColor = "#70767c"

// setLabels adds the labels that are missing and removes ours that are not wanted.
func (f *Forge) setLabels(ctx context.Context, at place, wanted []string) error {
	for _, label := range wanted {
		if !f.isOurs(label) {
			return fmt.Errorf("label %q does not begin with %q: it could not be found again", label, f.options.Labels)
		}
	}
	posted, err := f.postedLabels(ctx, at)
	if err != nil {
		return err
	}
	var missing []string
	for _, name := range wanted {
		if !slices.ContainsFunc(posted, func(l *gitea.Label) bool { return same(l.Name, name) }) {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		ids, err := f.labelIDs(ctx, at, missing)
		if err != nil {
			return err
		}
		if _, _, err := f.api(ctx).AddIssueLabels(at.owner, at.name, at.number, gitea.IssueLabelsOption{Labels: ids}); err != nil {
			return err
		}
	}
	for _, label := range posted {
		if slices.ContainsFunc(wanted, func(name string) bool { return same(name, label.Name) }) {
			continue
		}
		_, err := f.api(ctx).DeleteIssueLabel(at.owner, at.name, at.number, label.ID)
		if isGone := status(err) == http.StatusUnprocessableEntity; !isGone && unlessGone(err) != nil {
			return err
		}
	}
	return nil
}

// labelIDs finds labels of the repository by their names, and creates those that are
// not there.
func (f *Forge) labelIDs(ctx context.Context, at place, names []string) ([]int64, error) {
	known := map[string]int64{} // by name in lower case
	err := each(func(page gitea.ListOptions) (int, *gitea.Response, error) {
		labels, response, err := f.api(ctx).ListRepoLabels(at.owner, at.name, gitea.ListLabelsOptions{ListOptions: page})
		for _, label := range labels {
			known[strings.ToLower(label.Name)] = label.ID
		}
		return len(labels), response, err
	})
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(names))
	for i, name := range names {
		id, ok := known[strings.ToLower(name)]
		if !ok {
			label, _, err := f.api(ctx).CreateLabel(at.owner, at.name, gitea.CreateLabelOption{Name: name, Color: labelColor})
			if err != nil {
				return nil, err
			}
			id = label.ID
		}
		ids[i] = id
	}
	return ids, nil
}
