package github

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"

	"github.com/google/go-github/v62/github"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/blobs"
	"github.com/austauschbar/austauschbar/bot/tree"
)

// maxFiles bounds a commit's tree. GitHub lists 100,000 files at once; beyond
// them, each folder costs a request.
const maxFiles = 300_000

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
	pull, _, err := f.client.PullRequests.Get(ctx, at.owner, at.name, at.number)
	if err != nil {
		return bot.Fetched{}, err
	}
	change.Base, change.Head, change.Author = pull.GetBase().GetSHA(), pull.GetHead().GetSHA(), pull.GetUser().GetLogin()
	fetched := bot.Fetched{Change: change, Closed: pull.GetState() == "closed", Fork: isFork(pull), Edit: editor(pull.GetBase())}
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

// isFork says whether the head is of another repository, or of one that is gone. Its
// commits are read from ours: GitHub keeps them there.
func isFork(pull *github.PullRequest) bool {
	return pull.GetHead().Repo == nil || pull.GetHead().GetRepo().GetID() != pull.GetBase().GetRepo().GetID()
}

// diff lists the changed files; GitHub names the first 3,000.
func (f *Forge) diff(ctx context.Context, at place) ([]bot.FileDiff, error) {
	var diff []bot.FileDiff
	err := each(func(page github.ListOptions) (*github.Response, error) {
		files, response, err := f.client.PullRequests.ListFiles(ctx, at.owner, at.name, at.number, &page)
		for _, file := range files {
			diff = append(diff, diffOf(file))
		}
		return response, err
	})
	return diff, err
}

// files are those of a commit.
func (f *Forge) files(ctx context.Context, at place, commit string) (fs.FS, error) {
	listed, err := f.list(ctx, at, commit)
	if err != nil {
		return nil, err
	}
	return tree.New(listed, func(id string) ([]byte, error) { return f.blob(ctx, at, id) }), nil
}

// list names all files of a commit: at once or, where GitHub cuts the answer
// short, folder by folder.
func (f *Forge) list(ctx context.Context, at place, commit string) ([]tree.File, error) {
	var files []tree.File
	var walk func(folder, id string) error
	walk = func(folder, id string) error {
		all, _, err := f.client.Git.GetTree(ctx, at.owner, at.name, id, true)
		if err != nil {
			return err
		}
		if !all.GetTruncated() {
			for _, entry := range all.Entries {
				files = appendFile(files, folder, entry)
			}
			return enough(files)
		}
		own, _, err := f.client.Git.GetTree(ctx, at.owner, at.name, id, false)
		if err != nil {
			return err
		}
		if own.GetTruncated() {
			return fmt.Errorf("folder %q has more files than GitHub lists", folder)
		}
		for _, entry := range own.Entries {
			if entry.GetType() != "tree" {
				files = appendFile(files, folder, entry)
			} else if err := walk(path.Join(folder, entry.GetPath()), entry.GetSHA()); err != nil {
				return err
			}
		}
		return enough(files)
	}
	return files, walk("", commit)
}

func enough(files []tree.File) error {
	if len(files) > maxFiles {
		return fmt.Errorf("more than %d files", maxFiles)
	}
	return nil
}

func appendFile(files []tree.File, folder string, entry *github.TreeEntry) []tree.File {
	if entry.GetType() == "tree" {
		return files
	}
	return append(files, tree.File{Path: path.Join(folder, entry.GetPath()), Mode: tree.Mode(entry.GetMode()), Size: int64(entry.GetSize()), ID: entry.GetSHA()})
}

// blob returns a file's bytes, from the store where they are there.
func (f *Forge) blob(ctx context.Context, at place, id string) ([]byte, error) {
	return blobs.Through(f.blobs, id, func() ([]byte, error) {
		data, err := f.download(ctx, at, id)
		return data, classified(err)
	})
}

func (f *Forge) download(ctx context.Context, at place, id string) ([]byte, error) {
	request, err := f.client.NewRequest(http.MethodGet, at.url("git/blobs/%s", id), nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept", "application/vnd.github.raw")
	response, err := f.client.BareDo(ctx, request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	data, err := io.ReadAll(io.LimitReader(response.Body, tree.MaxFile+1))
	if err == nil && len(data) > tree.MaxFile {
		err = fmt.Errorf("%w: more than %d bytes", austauschbar.ErrTooLarge, tree.MaxFile)
	}
	return data, err
}
