package gitlab

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"gitlab.com/gitlab-org/api/client-go/v2"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/blobs"
	"github.com/austauschbar/austauschbar/bot/tree"
)

// maxFiles bounds a commit's tree. GitLab lists 100 at a time.
const maxFiles = 100_000

// maxUnready is how long we wait for GitLab to compare the branches of a merge request
// after it was opened or pushed to.
const maxUnready = 30 * time.Second

// Fetch returns a merge request as it is now: of a change, only the repository and the
// number count. Files are fetched when they are read, with the context given here. Of
// a closed one, nothing but that is told.
func (f *Forge) Fetch(ctx context.Context, change austauschbar.Change) (bot.Fetched, error) {
	at, err := placeOf(change)
	if err != nil {
		return bot.Fetched{}, fmt.Errorf("fetch change: %w", err)
	}
	fetched, err := f.fetch(ctx, at, change)
	if err != nil {
		return bot.Fetched{}, fmt.Errorf("fetch %s: %w", at, classified(err))
	}
	return fetched, nil
}

func (f *Forge) fetch(ctx context.Context, at place, change austauschbar.Change) (bot.Fetched, error) {
	merge, err := f.ready(ctx, at)
	if err != nil {
		return bot.Fetched{}, err
	}
	change.Head = merge.SHA
	if merge.Author != nil {
		change.Author = merge.Author.Username
	}
	fetched := bot.Fetched{Closed: isClosed(merge), Fork: isFork(merge), Edit: editor(merge), Cut: strings.HasSuffix(merge.ChangesCount, "+")}
	if fetched.Closed {
		fetched.Change = change
		return fetched, nil
	}
	if change.Base, err = f.base(ctx, at, merge); err != nil {
		return bot.Fetched{}, fmt.Errorf("look for the target branch: %w", err)
	}
	fetched.Change = change
	if fetched.Head, err = f.files(ctx, at, change.Head); err != nil {
		return bot.Fetched{}, fmt.Errorf("list files of the head: %w", err)
	}
	if fetched.Base, err = f.files(ctx, at, change.Base); err != nil {
		return bot.Fetched{}, fmt.Errorf("list files of the base: %w", err)
	}
	if fetched.Diff, err = f.diff(ctx, at); err != nil {
		return bot.Fetched{}, fmt.Errorf("list changed files: %w", err)
	}
	return fetched, nil
}

// ready returns a merge request once GitLab has compared its branches: until then it
// tells no commits.
func (f *Forge) ready(ctx context.Context, at place) (*gitlab.MergeRequest, error) {
	waited := time.Duration(0)
	for pause := time.Second; ; pause *= 2 {
		merge, err := f.merge(ctx, at)
		if err != nil || isClosed(merge) || isCompared(merge) {
			return merge, err
		}
		if waited += pause; waited > maxUnready {
			return nil, fmt.Errorf("%w: GitLab has not compared the branches yet", bot.ErrUnavailable)
		}
		if err := f.limits.Wait(ctx, pause); err != nil {
			return nil, err
		}
	}
}

func (f *Forge) merge(ctx context.Context, at place) (*gitlab.MergeRequest, error) {
	merge, _, err := f.client.MergeRequests.GetMergeRequest(at.project, at.number, nil, gitlab.WithContext(ctx))
	return merge, err
}

func isCompared(merge *gitlab.MergeRequest) bool {
	refs := merge.DiffRefs
	return merge.SHA != "" && refs.HeadSha == merge.SHA && refs.BaseSha != "" && refs.StartSha != ""
}

// isClosed says whether there is nothing to review any more: "locked" is one that is
// being merged.
func isClosed(merge *gitlab.MergeRequest) bool { return merge.State != "opened" }

// isFork says whether the head is of another project, or of one that is gone. Its
// commits are read from ours: GitLab keeps them there, so that no permission in the
// fork is needed.
func isFork(merge *gitlab.MergeRequest) bool { return merge.SourceProjectID != merge.TargetProjectID }

// base is the commit that is trusted and compared with: that of the target branch as
// it is now. The commit where the branches parted would compare better where the
// source branch is old, but whoever opens the merge request chooses it: with a branch
// off an old commit they would choose old waivers and an old configuration too.
func (f *Forge) base(ctx context.Context, at place, merge *gitlab.MergeRequest) (string, error) {
	branch, _, err := f.client.Branches.GetBranch(at.project, merge.TargetBranch, gitlab.WithContext(ctx))
	if err != nil {
		return "", err
	}
	if branch.Commit == nil || branch.Commit.ID == "" {
		return "", errors.New("it has no commit")
	}
	return branch.Commit.ID, nil
}

// files are those of a commit.
func (f *Forge) files(ctx context.Context, at place, commit string) (fs.FS, error) {
	var files []tree.File
	recursive := true
	options := &gitlab.ListTreeOptions{ListOptions: gitlab.ListOptions{Pagination: "keyset", PerPage: 100}, Ref: &commit, Recursive: &recursive}
	err := pages(ctx, func(further ...gitlab.RequestOptionFunc) (*gitlab.Response, error) {
		nodes, response, err := f.client.Repositories.ListTree(at.project, options, further...)
		for _, node := range nodes {
			if node.Type != "tree" {
				// GitLab tells no sizes: what is too large shows when it is fetched.
				files = append(files, tree.File{Path: node.Path, Mode: tree.Mode(node.Mode), ID: node.ID})
			}
		}
		if len(files) > maxFiles {
			return nil, fmt.Errorf("more than %d files", maxFiles)
		}
		return response, err
	})
	if err != nil {
		return nil, err
	}
	return tree.New(files, func(id string) ([]byte, error) { return f.blob(ctx, at, id) }), nil
}

// blob returns a file's bytes, from the store where they are there.
func (f *Forge) blob(ctx context.Context, at place, id string) ([]byte, error) {
	return blobs.Through(f.blobs, id, func() ([]byte, error) {
		data, _, err := f.client.Repositories.RawBlobContent(at.project, id, gitlab.WithContext(ctx))
		if err == nil && len(data) > tree.MaxFile {
			err = fmt.Errorf("%w: more than %d bytes", austauschbar.ErrTooLarge, tree.MaxFile)
		}
		return data, classified(err)
	})
}
