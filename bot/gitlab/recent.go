package gitlab

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gitlab.com/gitlab-org/api/client-go/v2"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
)

// What a sweep looks at: each project costs a request.
const (
	// maxProjects of the account's are looked at, those last that nothing happened in
	// for longest.
	maxProjects = 200
	// atRest is how long before the sweep's time something happened in a project for
	// it to be left out. GitLab notes that once an hour only.
	atRest = 24 * time.Hour
)

// Recent calls visit with each open merge request that has moved since a time, in the
// projects that our account is a member of: that it was made one is how they ask for
// reviews. What cannot be looked at is told in the end.
func (h *Host) Recent(ctx context.Context, since time.Time, visit func(austauschbar.Change) error) error {
	projects, err := h.forge.projects(ctx, since)
	if err != nil {
		err = fmt.Errorf("list projects: %w", classified(err))
	}
	_, failed := bot.Sweep(ctx, projects, since, h.forge.moved, visit)
	return errors.Join(err, failed)
}

// projects lists the paths of those where something may have moved, the latest first.
func (f *Forge) projects(ctx context.Context, since time.Time) ([]string, error) {
	var found []string
	options := &gitlab.ListProjectsOptions{
		ListOptions: gitlab.ListOptions{PerPage: 100, OrderBy: "last_activity_at", Sort: "desc"},
		Membership:  gitlab.Ptr(true), Archived: gitlab.Ptr(false), Simple: gitlab.Ptr(true),
		MinAccessLevel: gitlab.Ptr(gitlab.ReporterPermissions), LastActivityAfter: gitlab.Ptr(since.Add(-atRest)),
	}
	err := pages(ctx, func(further ...gitlab.RequestOptionFunc) (*gitlab.Response, error) {
		projects, response, err := f.client.Projects.ListProjects(options, further...)
		for _, project := range projects {
			found = append(found, project.PathWithNamespace)
		}
		if len(found) >= maxProjects && response != nil {
			response.NextPage, response.NextLink = 0, ""
		}
		return response, err
	})
	return found[:min(len(found), maxProjects)], err
}

// moved lists the open merge requests of a project that have moved since a time.
func (f *Forge) moved(ctx context.Context, project string, since time.Time) ([]austauschbar.Change, error) {
	if _, err := placeOf(austauschbar.Change{Repository: project, Number: 1}); err != nil {
		return nil, err
	}
	var changes []austauschbar.Change
	options := &gitlab.ListProjectMergeRequestsOptions{ListOptions: perPage, State: gitlab.Ptr("opened"), Scope: gitlab.Ptr("all"), UpdatedAfter: &since}
	err := pages(ctx, func(further ...gitlab.RequestOptionFunc) (*gitlab.Response, error) {
		merges, response, err := f.client.MergeRequests.ListProjectMergeRequests(project, options, further...)
		for _, merge := range merges {
			changes = append(changes, austauschbar.Change{Forge: "gitlab", Repository: project, Number: int(merge.IID), Head: merge.SHA})
		}
		return response, err
	})
	return changes, classified(err)
}
