package github

import (
	"context"
	"strconv"

	"github.com/google/go-github/v62/github"

	"github.com/austauschbar/austauschbar/bot"
)

// commitStatus returns our latest status of a commit; nil where there is none. It
// tells conclusion and title only, and of the conclusions no "neutral".
func (f *Forge) commitStatus(ctx context.Context, at place, head, us string) (*bot.Check, error) {
	var ours *github.RepoStatus
	err := each(func(page github.ListOptions) (*github.Response, error) {
		statuses, response, err := f.client.Repositories.ListStatuses(ctx, at.owner, at.name, head, &page)
		for _, status := range statuses {
			if status.GetContext() == checkName && same(status.GetCreator().GetLogin(), us) && status.GetID() > ours.GetID() {
				ours = status
			}
		}
		return response, err
	})
	if err != nil || ours == nil {
		return nil, err
	}
	return &bot.Check{ID: strconv.FormatInt(ours.GetID(), 10), Head: head, Conclusion: ours.GetState(), Title: ours.GetDescription()}, nil
}

// setStatus writes the commit status, and nothing where it stands there already:
// GitHub takes 1,000 of a commit.
func (f *Forge) setStatus(ctx context.Context, at place, check bot.Check, us string) error {
	wanted := bot.Check{Conclusion: "success", Title: shortened(check.Title, maxDescription)}
	if check.Conclusion == "failure" {
		wanted.Conclusion = "failure"
	}
	posted, err := f.commitStatus(ctx, at, check.Head, us)
	if err != nil {
		return err
	}
	if posted != nil && posted.Conclusion == wanted.Conclusion && posted.Title == wanted.Title {
		return nil
	}
	_, _, err = f.client.Repositories.CreateStatus(ctx, at.owner, at.name, check.Head, &github.RepoStatus{
		State: github.String(wanted.Conclusion), Description: github.String(wanted.Title), Context: github.String(checkName),
	})
	return err
}
