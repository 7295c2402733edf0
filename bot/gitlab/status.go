package gitlab

import (
	"context"
	"fmt"
	"strings"

	"gitlab.com/gitlab-org/api/client-go/v2"

	"github.com/austauschbar/austauschbar/bot"
)

// maxDescription is GitLab's limit of a commit status, in characters.
const maxDescription = 255

// commitStatus returns our latest status of a commit; nil where there is none. It
// tells conclusion and title only, and of the conclusions no "neutral".
func (f *Forge) commitStatus(ctx context.Context, at place, head string, us int64) (*bot.Check, error) {
	var ours *gitlab.CommitStatus
	err := pages(ctx, func(further ...gitlab.RequestOptionFunc) (*gitlab.Response, error) {
		statuses, response, err := f.client.Commits.GetCommitStatuses(at.project, head, &gitlab.GetCommitStatusesOptions{ListOptions: perPage, Name: gitlab.Ptr(statusName)}, further...)
		for _, status := range statuses {
			if status.Name == statusName && status.Author.ID == us && (ours == nil || status.ID > ours.ID) {
				ours = status
			}
		}
		return response, err
	})
	if err != nil || ours == nil {
		return nil, err
	}
	conclusion := ours.Status
	if conclusion == string(gitlab.Failed) {
		conclusion = "failure"
	}
	return &bot.Check{ID: text(ours.ID), Head: head, Conclusion: conclusion, Title: ours.Description}, nil
}

// setStatus writes the commit status, and nothing where it stands there already.
func (f *Forge) setStatus(ctx context.Context, at place, check bot.Check) error {
	us, err := f.us(ctx)
	if err != nil {
		return err
	}
	wanted := bot.Check{Conclusion: "success", Title: shortened(check.Title, maxDescription)}
	state := gitlab.Success
	if check.Conclusion == "failure" {
		wanted.Conclusion, state = "failure", gitlab.Failed
	}
	posted, err := f.commitStatus(ctx, at, check.Head, us)
	if err != nil {
		return err
	}
	if posted != nil && posted.Conclusion == wanted.Conclusion && posted.Title == wanted.Title {
		return nil
	}
	merge, err := f.merge(ctx, at)
	if err != nil {
		return err
	}
	ref := merge.SourceBranch
	if isFork(merge) {
		// A branch of that name in our project may be another one, even a protected one.
		ref = fmt.Sprintf("refs/merge-requests/%d/head", at.number)
	}
	_, _, err = f.client.Commits.SetCommitStatus(at.project, check.Head, &gitlab.SetCommitStatusOptions{
		State: state, Ref: &ref, Name: gitlab.Ptr(statusName), Description: &wanted.Title,
	}, gitlab.WithContext(ctx))
	if isRefusal(err) && strings.Contains(err.Error(), "Cannot transition status") {
		// The state stands there already, with another description.
		return nil
	}
	return err
}

// shortened cuts a text to a number of characters and says so.
func shortened(text string, limit int) string {
	if runes := []rune(text); len(runes) > limit {
		return string(runes[:limit-1]) + "…"
	}
	return text
}
