package gitea

import (
	"context"
	"strconv"

	"code.gitea.io/sdk/gitea"

	"github.com/austauschbar/austauschbar/bot"
)

// check returns our latest status of a commit; nil where there is none. It tells
// conclusion and title only, and of the conclusions no "neutral".
func (f *Forge) check(ctx context.Context, at place, head, us string) (*bot.Check, error) {
	if head == "" {
		return nil, nil
	}
	var ours *gitea.Status
	err := each(func(page gitea.ListOptions) (int, *gitea.Response, error) {
		statuses, response, err := f.api(ctx).ListStatuses(at.owner, at.name, head, gitea.ListStatusesOption{ListOptions: page})
		for _, status := range statuses {
			if status.Context == checkName && status.Creator != nil && same(status.Creator.UserName, us) && (ours == nil || status.ID > ours.ID) {
				ours = status
			}
		}
		return len(statuses), response, err
	})
	if err != nil || ours == nil {
		return nil, err
	}
	return &bot.Check{ID: strconv.FormatInt(ours.ID, 10), Head: head, Conclusion: string(ours.State), Title: ours.Description}, nil
}

// setCheck writes the status of the commit that a check speaks of, and nothing where
// it stands there already. A neutral check succeeds: a warning would block a change
// where the status is required, and the bot only advises.
func (f *Forge) setCheck(ctx context.Context, at place, check bot.Check) error {
	us, err := f.us(ctx)
	if err != nil {
		return err
	}
	state := gitea.StatusSuccess
	if check.Conclusion == "failure" {
		state = gitea.StatusFailure
	}
	posted, err := f.check(ctx, at, check.Head, us.UserName)
	if err != nil {
		return err
	}
	if posted != nil && posted.Conclusion == string(state) && posted.Title == check.Title {
		return nil
	}
	_, _, err = f.api(ctx).CreateStatus(at.owner, at.name, check.Head, gitea.CreateStatusOption{State: state, Description: check.Title, Context: checkName})
	return err
}
