package github

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/go-github/v62/github"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
)

// What a sweep looks at: each repository costs a request.
const (
	// maxRepositories of a token's are looked at, those pushed to last.
	maxRepositories = 200
	// atRest is how long before the sweep's time a repository had its last push for
	// it to be left out.
	atRest = 30 * 24 * time.Hour
)

// Recent calls visit with each open pull request that has moved since a time: for an
// App, of all repositories where it is installed; for a token, of those that its
// account may write to. What cannot be looked at is told in the end.
func (h *Host) Recent(ctx context.Context, since time.Time, visit func(austauschbar.Change) error) error {
	forges, err := h.all(ctx)
	var failed []error
	if err != nil {
		failed = append(failed, fmt.Errorf("list installations: %w", classified(err)))
	}
	for _, forge := range forges {
		stop, err := forge.recent(ctx, since, visit)
		if failed = append(failed, err); stop {
			break
		}
	}
	return errors.Join(failed...)
}

// all returns the forges of all accounts that we have.
func (h *Host) all(ctx context.Context) ([]*Forge, error) {
	if h.app == nil {
		return []*Forge{h.forge}, nil
	}
	return h.app.all(ctx)
}

func (a *app) all(ctx context.Context) ([]*Forge, error) {
	var forges []*Forge
	err := each(func(page github.ListOptions) (*github.Response, error) {
		installations, response, err := a.client.Apps.ListInstallations(ctx, &page)
		for _, installation := range installations {
			if installation.SuspendedAt != nil {
				continue
			}
			forge, err := a.at(ctx, installation.GetID())
			if err != nil {
				return response, err
			}
			forges = append(forges, forge)
		}
		return response, err
	})
	return forges, err
}

// recent visits the pull requests of one account. It says whether to stop: visit
// failed, or the context is done.
func (f *Forge) recent(ctx context.Context, since time.Time, visit func(austauschbar.Change) error) (stop bool, err error) {
	repositories, err := f.repositories(ctx)
	if err != nil {
		err = fmt.Errorf("list repositories: %w", classified(err))
	}
	var awake []string
	for _, repository := range repositories {
		if isAwake(repository, since) {
			awake = append(awake, repository.GetFullName())
		}
	}
	stop, failed := bot.Sweep(ctx, awake, since, f.moved, visit)
	return stop, errors.Join(err, failed)
}

// repositories lists those that our account is to serve.
func (f *Forge) repositories(ctx context.Context) ([]*github.Repository, error) {
	if f.options.Token != "" {
		return f.writable(ctx)
	}
	var found []*github.Repository
	err := each(func(page github.ListOptions) (*github.Response, error) {
		list, response, err := f.client.Apps.ListRepos(ctx, &page)
		if list != nil {
			found = append(found, list.Repositories...)
		}
		return response, err
	})
	return found, err
}

// writable lists the repositories that a token's account may write to, those pushed to
// last. That it was given the right is how they ask for reviews.
func (f *Forge) writable(ctx context.Context) ([]*github.Repository, error) {
	var found []*github.Repository
	for page := (github.ListOptions{PerPage: 100}); ; {
		list, response, err := f.client.Repositories.ListByAuthenticatedUser(ctx, &github.RepositoryListByAuthenticatedUserOptions{Sort: "pushed", Direction: "desc", ListOptions: page})
		if err != nil {
			return found, err
		}
		for _, repository := range list {
			if repository.GetPermissions()["push"] {
				found = append(found, repository)
			}
		}
		page.Page = response.NextPage
		if page.Page == 0 || page.Page > maxRepositories/page.PerPage {
			return found, nil
		}
	}
}

// isAwake says whether a repository may have pull requests that move.
func isAwake(repository *github.Repository, since time.Time) bool {
	pushed := repository.GetPushedAt().Time
	return !repository.GetArchived() && !repository.GetDisabled() && (pushed.IsZero() || pushed.After(since.Add(-atRest)))
}

// moved lists the open pull requests that have moved since a time.
func (f *Forge) moved(ctx context.Context, repository string, since time.Time) ([]austauschbar.Change, error) {
	at, err := placeOf(austauschbar.Change{Repository: repository, Number: 1})
	if err != nil {
		return nil, err
	}
	var changes []austauschbar.Change
	options := &github.PullRequestListOptions{State: "open", Sort: "updated", Direction: "desc", ListOptions: github.ListOptions{PerPage: 100}}
	for {
		pulls, response, err := f.client.PullRequests.List(ctx, at.owner, at.name, options)
		if err != nil {
			return changes, classified(err)
		}
		for _, pull := range pulls {
			if pull.GetUpdatedAt().Before(since) {
				return changes, nil
			}
			changes = append(changes, austauschbar.Change{Forge: "github", Repository: repository, Number: pull.GetNumber(), Head: pull.GetHead().GetSHA()})
		}
		if response.NextPage == 0 {
			return changes, nil
		}
		options.Page = response.NextPage
	}
}
