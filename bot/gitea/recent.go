package gitea

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"time"

	"code.gitea.io/sdk/gitea"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
)

// maxRepositories of our account's are looked at in a sweep, those that moved last:
// each costs a request.
const maxRepositories = 200

// Recent calls visit with each open pull request that has moved since a time, of all
// repositories that our account may write to. What cannot be looked at is told in the
// end.
func (h *Host) Recent(ctx context.Context, since time.Time, visit func(austauschbar.Change) error) error {
	forge, err := h.at(ctx)
	if err != nil {
		return err
	}
	repositories, err := forge.writable(ctx)
	if err != nil {
		err = fmt.Errorf("list repositories: %w", classified(err))
	}
	_, failed := bot.Sweep(ctx, repositories, since, forge.moved, visit)
	return errors.Join(err, failed)
}

// writable lists the repositories with open pull requests that our account may write
// to, those that moved last first. That it was given the right is how they ask for
// reviews.
func (f *Forge) writable(ctx context.Context) ([]string, error) {
	us, err := f.us(ctx)
	if err != nil {
		return nil, err
	}
	var found []string
	looked := 0
	err = each(func(page gitea.ListOptions) (int, *gitea.Response, error) {
		if looked >= maxRepositories {
			return 0, nil, nil
		}
		// By itself, the library leaves out what others own.
		query := url.Values{
			"uid": {strconv.FormatInt(us.ID, 10)}, "archived": {"false"}, "sort": {"updated"}, "order": {"desc"},
			"page": {strconv.Itoa(page.Page)}, "limit": {strconv.Itoa(page.PageSize)},
		}
		repositories, response, err := f.api(ctx).SearchRepos(gitea.SearchRepoOptions{RawQuery: query.Encode()})
		for _, repository := range repositories {
			if repository.Permissions != nil && repository.Permissions.Push && repository.OpenPulls > 0 {
				found = append(found, repository.FullName)
			}
		}
		looked += len(repositories)
		return len(repositories), response, err
	})
	return found, err
}

// moved lists the open pull requests that have moved since a time.
func (f *Forge) moved(ctx context.Context, repository string, since time.Time) ([]austauschbar.Change, error) {
	at, err := placeOf(austauschbar.Change{Repository: repository, Number: 1})
	if err != nil {
		return nil, err
	}
	var changes []austauschbar.Change
	err = each(func(page gitea.ListOptions) (int, *gitea.Response, error) {
		pulls, response, err := f.api(ctx).ListRepoPullRequests(at.owner, at.name, gitea.ListPullRequestsOptions{ListOptions: page, State: gitea.StateOpen, Sort: "recentupdate"})
		for _, pull := range pulls {
			if pull.Updated == nil || pull.Head == nil || pull.Updated.Before(since) {
				return 0, response, err // so are those that follow
			}
			changes = append(changes, austauschbar.Change{Forge: "gitea", Repository: repository, Number: int(pull.Index), Head: pull.Head.Sha})
		}
		return len(pulls), response, err
	})
	return changes, classified(err)
}
