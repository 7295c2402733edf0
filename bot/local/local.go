// Package local is the command line's forge: folders and files in, text out.
package local

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
)

// Limits of one dossier.
const (
	maxDocuments = 2_000
	maxDepth     = 32
)

// A Forge reads dossiers from disk and writes reviews to Out.
type Forge struct {
	Out io.Writer
	// Dossiers are the globs of the configuration, relative to Root; they
	// count where Root itself is asked for.
	Root     string
	Dossiers []string
}

// Fetch finds the dossiers below each path of the change: those that the
// configuration lists, else each folder that holds a dossier.yaml, else the
// path itself, a folder or a single document.
func (f *Forge) Fetch(ctx context.Context, change austauschbar.Change) ([]austauschbar.Dossier, error) {
	var dossiers []austauschbar.Dossier
	for _, asked := range change.Paths {
		info, err := os.Stat(asked)
		if err != nil {
			return nil, fmt.Errorf("open %s: %w", asked, cause(err))
		}
		if !info.IsDir() {
			dossiers = append(dossiers, austauschbar.Dossier{Path: asked, Documents: []austauschbar.Document{document(asked, filepath.Base(asked), info.Size())}})
			continue
		}
		found, err := f.below(ctx, asked)
		if err != nil {
			return nil, err
		}
		dossiers = append(dossiers, found...)
	}
	return dossiers, nil
}

// Post writes the text.
func (f *Forge) Post(_ context.Context, _ austauschbar.Change, text []byte) error {
	_, err := f.Out.Write(text)
	return err
}

// cause drops the operation and path that an error of package os repeats.
func cause(err error) error {
	if of := (*fs.PathError)(nil); errors.As(err, &of) {
		return of.Err
	}
	return err
}

func (f *Forge) below(ctx context.Context, asked string) ([]austauschbar.Dossier, error) {
	folders, err := f.folders(ctx, asked)
	if err != nil {
		return nil, err
	}
	if len(folders) == 0 {
		folders = []string{asked}
	}
	var dossiers []austauschbar.Dossier
	for _, folder := range folders {
		dossier, err := read(ctx, folder)
		if err != nil {
			return nil, err
		}
		dossiers = append(dossiers, dossier)
	}
	return dossiers, nil
}

// folders lists the dossiers' folders below the path asked for; none where the
// path itself is the dossier.
func (f *Forge) folders(ctx context.Context, asked string) ([]string, error) {
	if same(asked, f.Root) && len(f.Dossiers) > 0 {
		return f.configured()
	}
	var folders []string
	err := filepath.WalkDir(asked, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil && name == asked:
			return fmt.Errorf("open %s: %w", asked, cause(err))
		case err != nil:
			return fs.SkipDir
		case entry.IsDir() && name != asked && hidden(entry.Name()):
			return fs.SkipDir
		case !entry.IsDir() && entry.Name() == "dossier.yaml":
			folders = append(folders, filepath.Dir(name))
		}
		return nil
	})
	return folders, err
}

func (f *Forge) configured() ([]string, error) {
	var folders []string
	for _, glob := range f.Dossiers {
		if !filepath.IsLocal(filepath.FromSlash(glob)) {
			return nil, fmt.Errorf("find dossiers %q: leads out of the repository", glob)
		}
		found, err := filepath.Glob(filepath.Join(f.Root, filepath.FromSlash(glob)))
		if err != nil {
			return nil, fmt.Errorf("find dossiers %q: %w", glob, err)
		}
		for _, name := range found {
			if info, err := os.Stat(name); err == nil && info.IsDir() {
				folders = append(folders, name)
			}
		}
	}
	if len(folders) == 0 {
		return nil, fmt.Errorf("find dossiers %s: no such folder below %s", strings.Join(f.Dossiers, ", "), f.Root)
	}
	slices.Sort(folders)
	return slices.Compact(folders), nil
}

func same(a, b string) bool {
	if b == "" {
		return false
	}
	absoluteA, errA := filepath.Abs(a)
	absoluteB, errB := filepath.Abs(b)
	return errA == nil && errB == nil && absoluteA == absoluteB
}

// hidden says whether a file or folder is not part of a dossier: dot files,
// dependencies, the lock files that office programs leave.
func hidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || name == "node_modules" || name == "Thumbs.db"
}

// read lists a folder's documents. What cannot be listed is a gap; links are
// not followed, since they may lead out of the dossier.
func read(ctx context.Context, folder string) (austauschbar.Dossier, error) {
	dossier := austauschbar.Dossier{Path: folder}
	gap := func(at, reason string) {
		dossier.Gaps = append(dossier.Gaps, austauschbar.Gap{Path: at, Reason: reason})
	}
	err := filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
		at := slashed(folder, name)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil && name == folder:
			return fmt.Errorf("open %s: %w", folder, cause(err))
		case err != nil:
			gap(at, "permission_denied")
			return fs.SkipDir
		case name != folder && hidden(entry.Name()):
			if entry.IsDir() {
				return fs.SkipDir
			}
		case entry.Type()&fs.ModeSymlink != 0:
			gap(at, "symlink")
		case entry.IsDir() && strings.Count(at, "/") >= maxDepth, len(dossier.Documents) >= maxDocuments:
			gap(at, "too_many")
			return fs.SkipDir
		case entry.Type().IsRegular():
			info, err := entry.Info()
			if err != nil {
				gap(at, "permission_denied")
				return nil
			}
			dossier.Documents = append(dossier.Documents, document(name, at, info.Size()))
		}
		return nil
	})
	if err == nil && len(dossier.Documents)+len(dossier.Gaps) == 0 {
		err = fmt.Errorf("open %s: the folder holds no documents", folder)
	}
	return dossier, err
}

func slashed(folder, name string) string {
	relative, err := filepath.Rel(folder, name)
	if err != nil {
		return path.Clean(filepath.ToSlash(name))
	}
	return filepath.ToSlash(relative)
}

func document(name, at string, size int64) austauschbar.Document {
	return austauschbar.Document{Path: at, Size: size, Load: func(context.Context) ([]byte, error) { return os.ReadFile(name) }}
}
