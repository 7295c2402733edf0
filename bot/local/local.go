// Package local is the command line's forge: a folder or file in, text out.
package local

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
)

// A Forge reads a dossier from disk and writes its review to Out.
type Forge struct {
	Out  io.Writer
	Base string // Git revision to compare with; "" for none
}

// Can says that a review is written, once.
func (f *Forge) Can() bot.Capabilities { return bot.Capabilities{Summary: true} }

// Fetch opens the folder or the single document that the change names.
func (f *Forge) Fetch(ctx context.Context, change austauschbar.Change) (bot.Fetched, error) {
	info, err := os.Stat(change.Repository)
	if err == nil && info.IsDir() {
		_, err = os.ReadDir(change.Repository)
	}
	if err != nil {
		return bot.Fetched{}, fmt.Errorf("open %s: %w", change.Repository, bot.Cause(err))
	}
	fetched := bot.Fetched{Change: change, Prefix: filepath.ToSlash(change.Repository)}
	folder, only := change.Repository, func(tree fs.FS) fs.FS { return tree }
	if !info.IsDir() {
		folder, only = filepath.Dir(change.Repository), func(tree fs.FS) fs.FS { return single{tree, filepath.Base(change.Repository)} }
	}
	fetched.Head = only(os.DirFS(folder))
	if f.Base != "" {
		base, err := At(ctx, folder, f.Base)
		if err != nil {
			return bot.Fetched{}, err
		}
		fetched.Base = only(base)
	}
	return fetched, nil
}

// Posted is nothing: standard output is not read back.
func (f *Forge) Posted(context.Context, austauschbar.Change) (bot.Posted, error) {
	return bot.Posted{}, nil
}

// Apply writes the review.
func (f *Forge) Apply(_ context.Context, _ austauschbar.Change, operation bot.Operation) error {
	summary, ok := operation.(bot.CreateSummary)
	if !ok {
		return fmt.Errorf("standard output takes no %T", operation)
	}
	_, err := io.WriteString(f.Out, summary.Body)
	return err
}

// single is a folder of which one file is seen.
type single struct {
	fs.FS
	name string
}

// ReadDir lists the file in the root folder, nothing elsewhere.
func (s single) ReadDir(name string) ([]fs.DirEntry, error) {
	if name != "." {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	info, err := fs.Stat(s.FS, s.name)
	if err != nil {
		return nil, err
	}
	return []fs.DirEntry{fs.FileInfoToDirEntry(info)}, nil
}
