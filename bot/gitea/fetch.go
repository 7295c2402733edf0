package gitea

import (
	"cmp"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"net/http"

	"code.gitea.io/sdk/gitea"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/blobs"
	"github.com/austauschbar/austauschbar/bot/tree"
)

// maxFiles bounds a commit's tree; a server lists 1,000 at once.
const maxFiles = 100_000

// Fetch returns a pull request as it is now: of a change, only the repository and
// the number count. Files are fetched when they are read, with the context given
// here.
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
	pull, err := f.pull(ctx, at)
	if err != nil {
		return bot.Fetched{}, err
	}
	change.Head = pull.Head.Sha
	// A branch that is gone has no commit; the change has left from one.
	change.Base = cmp.Or(pull.Base.Sha, pull.MergeBase)
	if pull.Poster != nil {
		change.Author = pull.Poster.UserName
	}
	fetched := bot.Fetched{Change: change, Closed: pull.State == gitea.StateClosed, Fork: isFork(pull), Edit: editor(pull.Base)}
	if fetched.Head, err = f.headFiles(ctx, at, pull); err != nil {
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

func (f *Forge) pull(ctx context.Context, at place) (*gitea.PullRequest, error) {
	pull, _, err := f.api(ctx).GetPullRequest(at.owner, at.name, at.number)
	if err != nil {
		return nil, err
	}
	if pull.Head == nil || pull.Base == nil || pull.Head.Sha == "" {
		return nil, errors.New("the server does not tell its branches")
	}
	return pull, nil
}

// isFork says whether the head is of another repository, or of one that is gone.
func isFork(pull *gitea.PullRequest) bool {
	return pull.Head.Repository == nil || pull.Head.RepoID != pull.Base.RepoID
}

// headFiles are those of the head. A server copies a fork's commits to the repository
// that they are for, a moment after they were pushed; until then, the fork has them.
func (f *Forge) headFiles(ctx context.Context, at place, pull *gitea.PullRequest) (fs.FS, error) {
	files, err := f.files(ctx, at, pull.Head.Sha)
	fork := pull.Head.Repository
	if !isMissing(err) || !isFork(pull) || fork == nil {
		return files, err
	}
	from, err := placeOf(austauschbar.Change{Repository: fork.FullName, Number: int(at.number)})
	if err != nil {
		return nil, err
	}
	return f.files(ctx, from, pull.Head.Sha)
}

// isMissing says whether a commit is not there. Servers call that a bad request.
func isMissing(err error) bool {
	return status(err) == http.StatusNotFound || status(err) == http.StatusBadRequest
}

// diff lists the changed files. Which lines they changed stands in another answer;
// one that is too large leaves the files without.
func (f *Forge) diff(ctx context.Context, at place) ([]bot.FileDiff, error) {
	text, _, err := f.api(ctx).GetPullRequestDiff(at.owner, at.name, at.number, gitea.PullRequestDiffOptions{})
	if err != nil && !errors.Is(err, errTooLarge) {
		return nil, err
	}
	hunks := patches(string(text))
	var files []bot.FileDiff
	err = each(func(page gitea.ListOptions) (int, *gitea.Response, error) {
		changed, response, err := f.api(ctx).ListPullRequestFiles(at.owner, at.name, at.number, gitea.ListPullRequestFilesOptions{ListOptions: page})
		for _, file := range changed {
			files = append(files, diffOf(file, hunks[file.Filename]))
		}
		return len(changed), response, err
	})
	return files, err
}

// files are those of a commit.
func (f *Forge) files(ctx context.Context, at place, commit string) (fs.FS, error) {
	listed, err := f.list(ctx, at, commit)
	if err != nil {
		return nil, err
	}
	paths := make(map[string]string, len(listed))
	for _, file := range listed {
		paths[file.ID] = file.Path
	}
	return tree.New(listed, func(id string) ([]byte, error) { return f.blob(ctx, at, id, commit, paths[id]) }), nil
}

// list names all files of a commit.
func (f *Forge) list(ctx context.Context, at place, commit string) ([]tree.File, error) {
	var files []tree.File
	for page := 1; ; page++ {
		// The library asks for pages of a size by a name that this list does not know.
		listed, _, err := f.api(ctx).GetTrees(at.owner, at.name, gitea.ListTreeOptions{ListOptions: gitea.ListOptions{Page: page}, Ref: commit, Recursive: true})
		if err != nil {
			return nil, err
		}
		for _, entry := range listed.Entries {
			if entry.Type != "tree" {
				files = append(files, tree.File{Path: entry.Path, Mode: tree.Mode(entry.Mode), Size: entry.Size, ID: entry.SHA})
			}
		}
		switch {
		case len(files) > maxFiles:
			return nil, fmt.Errorf("more than %d files", maxFiles)
		case !listed.Truncated || len(listed.Entries) == 0:
			return files, nil
		}
	}
}

// blob returns a file's bytes, from the store where they are there.
func (f *Forge) blob(ctx context.Context, at place, id, commit, path string) ([]byte, error) {
	return blobs.Through(f.blobs, id, func() ([]byte, error) {
		data, err := f.download(ctx, at, id, commit, path)
		return data, classified(err)
	})
}

// download asks for a blob by its id. A server leaves out what is larger than its
// limit, 10 MiB as a rule: that it gives by its path.
func (f *Forge) download(ctx context.Context, at place, id, commit, path string) ([]byte, error) {
	blob, _, err := f.api(ctx).GetBlob(at.owner, at.name, id)
	if err != nil {
		return nil, err
	}
	if blob.Content == "" && blob.Size > 0 {
		data, _, err := f.api(ctx).GetFile(at.owner, at.name, commit, path)
		return data, err
	}
	return base64.StdEncoding.DecodeString(blob.Content)
}
