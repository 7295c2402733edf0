package gitlab

import (
	"context"

	"gitlab.com/gitlab-org/api/client-go/v2"

	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/patch"
)

// diff lists the changed files.
func (f *Forge) diff(ctx context.Context, at place) ([]bot.FileDiff, error) {
	diff := []bot.FileDiff{}
	err := pages(ctx, func(further ...gitlab.RequestOptionFunc) (*gitlab.Response, error) {
		files, response, err := f.client.MergeRequests.ListMergeRequestDiffs(at.project, at.number, &gitlab.ListMergeRequestDiffsOptions{ListOptions: perPage}, further...)
		for _, file := range files {
			diff = append(diff, diffOf(file))
		}
		return response, err
	})
	return diff, err
}

// diffOf makes what the planner needs of GitLab's word about a file.
func diffOf(file *gitlab.MergeRequestDiff) bot.FileDiff {
	diff := bot.FileDiff{Path: file.NewPath, Old: file.OldPath}
	switch {
	case file.NewFile:
		diff.Old = ""
	case file.DeletedFile:
		diff.Path = ""
	}
	// Of a large file GitLab shows no lines; what it shows of one that we cannot read
	// takes no comments either.
	lines, ok := patch.Read(file.Diff)
	if diff.Binary = !ok || file.Collapsed || file.TooLarge; !diff.Binary {
		diff.Changed, diff.Context = patch.Split(lines)
	}
	return diff
}
