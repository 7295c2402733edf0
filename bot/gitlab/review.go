package gitlab

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"gitlab.com/gitlab-org/api/client-go/v2"

	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/patch"
)

// errNoPlace says that a merge request does not show a line or file.
var errNoPlace = errors.New("the merge request does not show the place")

// A version is what GitLab compares for the merge request's latest push. Positions of
// comments are told within it.
type version struct {
	base, start, head string
	files             []*gitlab.Diff
}

// version returns the latest version. Its error wraps bot.ErrMoved where that is not
// the head's: GitLab may not have got so far yet.
func (f *Forge) version(ctx context.Context, at place, head string) (version, error) {
	listed, _, err := f.client.MergeRequests.GetMergeRequestDiffVersions(at.project, at.number, &gitlab.GetMergeRequestDiffVersionsOptions{ListOptions: perPage}, gitlab.WithContext(ctx))
	if err != nil {
		return version{}, fmt.Errorf("list versions: %w", err)
	}
	if len(listed) == 0 {
		return version{}, fmt.Errorf("%w: there is no version yet", bot.ErrMoved)
	}
	latest := slices.MaxFunc(listed, func(a, b *gitlab.MergeRequestDiffVersion) int { return cmp.Compare(a.ID, b.ID) })
	if latest.HeadCommitSHA != head {
		return version{}, fmt.Errorf("%w: the latest version is of %s", bot.ErrMoved, latest.HeadCommitSHA)
	}
	whole, _, err := f.client.MergeRequests.GetSingleMergeRequestDiffVersion(at.project, at.number, latest.ID, nil, gitlab.WithContext(ctx))
	if err != nil {
		return version{}, fmt.Errorf("read version %d: %w", latest.ID, err)
	}
	return version{whole.BaseCommitSHA, whole.StartCommitSHA, whole.HeadCommitSHA, whole.Diffs}, nil
}

// find returns what the version changes of a file that the head has.
func (v version) find(path string) (*gitlab.Diff, error) {
	i := slices.IndexFunc(v.files, func(d *gitlab.Diff) bool { return d.NewPath == path && !d.DeletedFile })
	if i < 0 {
		return nil, errNoPlace
	}
	return v.files[i], nil
}

// within is the position of a file.
func (v version) within(file *gitlab.Diff, kind string) *gitlab.PositionOptions {
	return &gitlab.PositionOptions{BaseSHA: &v.base, StartSHA: &v.start, HeadSHA: &v.head, NewPath: &file.NewPath, OldPath: &file.OldPath, PositionType: &kind}
}

// line is the position of a line of the head. One that did not change is named by its
// numbers on both sides; GitLab refuses it else.
func (v version) line(path string, line int) (*gitlab.PositionOptions, error) {
	file, err := v.find(path)
	if err != nil {
		return nil, err
	}
	lines, _ := patch.Read(file.Diff)
	i := slices.IndexFunc(lines, func(l patch.Line) bool { return l.New == line })
	if i < 0 {
		return nil, errNoPlace
	}
	position := v.within(file, "text")
	position.NewLine = gitlab.Ptr(int64(line))
	if old := lines[i].Old; old > 0 {
		position.OldLine = gitlab.Ptr(int64(old))
	}
	return position, nil
}

// createReview posts comments, each as a discussion of its own. One that GitLab
// refuses does not stop the others.
func (f *Forge) createReview(ctx context.Context, at place, head string, comments []bot.Inline) error {
	latest, err := f.version(ctx, at, head)
	if err != nil {
		return err
	}
	refused := &bot.RefusedError{}
	for i, comment := range comments {
		if i > 0 {
			if _, err := f.still(ctx, at, head); err != nil {
				return err
			}
		}
		position, err := latest.line(comment.Path, comment.Line)
		if err == nil {
			err = f.discuss(ctx, at, comment.Body, position)
		}
		if err != nil && !isRefusal(err) && !errors.Is(err, errNoPlace) {
			return err
		}
		if err != nil {
			refused.Comments = append(refused.Comments, comment)
			refused.Cause = cmp.Or(refused.Cause, err)
		}
	}
	if len(refused.Comments) > 0 {
		return refused
	}
	return nil
}

// createFileComment begins a discussion at a file, or at no place where the server
// knows none at files: those before 16.4 do not. The text tells its place.
func (f *Forge) createFileComment(ctx context.Context, at place, head string, comment bot.CreateFileComment) error {
	latest, err := f.version(ctx, at, head)
	if err != nil {
		return err
	}
	file, err := latest.find(comment.Path)
	if err == nil {
		err = f.discuss(ctx, at, comment.Body, latest.within(file, "file"))
	}
	if isRefusal(err) || errors.Is(err, errNoPlace) {
		err = f.discuss(ctx, at, comment.Body, nil)
	}
	if isRefusal(err) {
		return fmt.Errorf("%w: %w", bot.ErrRefused, err)
	}
	return err
}

// discuss begins a discussion; at no place where the position is nil.
func (f *Forge) discuss(ctx context.Context, at place, body string, position *gitlab.PositionOptions) error {
	body = spell(body)
	_, _, err := f.client.Discussions.CreateMergeRequestDiscussion(at.project, at.number, &gitlab.CreateMergeRequestDiscussionOptions{Body: &body, Position: position}, gitlab.WithContext(ctx))
	return err
}
