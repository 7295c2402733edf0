package bot

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot/tree"
)

// Limits of one dossier.
const (
	maxDocuments = 2_000
	maxDepth     = 32
)

// Dossiers finds the dossiers of a tree of files: the folders that the
// configuration lists, else each folder that holds a dossier.yaml, else the tree
// itself. Prefix is put before their paths.
func Dossiers(ctx context.Context, tree fs.FS, prefix string, globs []string) ([]austauschbar.Dossier, error) {
	folders, err := dossierFolders(ctx, tree, globs)
	if err != nil {
		return nil, err
	}
	dossiers := make([]austauschbar.Dossier, 0, len(folders))
	for _, folder := range folders {
		dossier, err := readDossier(ctx, tree, folder)
		if err != nil {
			return nil, err
		}
		dossier.Path = path.Join(prefix, folder)
		if len(dossier.Documents)+len(dossier.Gaps) == 0 {
			return nil, fmt.Errorf("open %s: the folder holds no documents", dossier.Path)
		}
		dossiers = append(dossiers, dossier)
	}
	return dossiers, nil
}

// Open lists the documents of one folder of a tree as a dossier, in so far as the
// limits of one let it.
func Open(ctx context.Context, tree fs.FS, folder string) (austauschbar.Dossier, error) {
	dossier, err := readDossier(ctx, tree, folder)
	if err == nil && len(dossier.Documents)+len(dossier.Gaps) == 0 {
		err = errors.New("the folder holds no documents")
	}
	return dossier, err
}

func dossierFolders(ctx context.Context, tree fs.FS, globs []string) ([]string, error) {
	if len(globs) > 0 {
		return configuredFolders(tree, globs)
	}
	folders, err := Marked(ctx, tree)
	if len(folders) == 0 {
		folders = []string{"."}
	}
	return folders, err
}

// Marked lists the folders of a tree that hold a dossier.yaml.
func Marked(ctx context.Context, tree fs.FS) ([]string, error) {
	var folders []string
	err := fs.WalkDir(tree, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil && name == ".":
			return err
		case err != nil:
			return fs.SkipDir
		case entry.IsDir() && name != "." && hidden(entry.Name()):
			return fs.SkipDir
		case !entry.IsDir() && entry.Name() == "dossier.yaml":
			folders = append(folders, path.Dir(name))
		}
		return nil
	})
	return folders, err
}

var errNoFolder = errors.New("there is no such folder")

func configuredFolders(tree fs.FS, globs []string) ([]string, error) {
	var folders []string
	for _, glob := range globs {
		found, err := fs.Glob(tree, strings.TrimSuffix(glob, "/"))
		if err != nil {
			return nil, fmt.Errorf("find dossiers %q: %w", glob, err)
		}
		for _, name := range found {
			if info, err := fs.Stat(tree, name); err == nil && info.IsDir() {
				folders = append(folders, name)
			}
		}
	}
	if len(folders) == 0 {
		return nil, fmt.Errorf("find dossiers %s: %w", strings.Join(globs, ", "), errNoFolder)
	}
	slices.Sort(folders)
	return slices.Compact(folders), nil
}

// Within lists what a folder of a tree holds that is part of dossiers: its folders and
// its files, links and what else is no folder included.
func Within(tree fs.FS, folder string) (folders, files []string, err error) {
	entries, err := fs.ReadDir(tree, folder)
	for _, entry := range entries {
		switch name := path.Join(folder, entry.Name()); {
		case hidden(entry.Name()):
		case entry.IsDir():
			folders = append(folders, name)
		default:
			files = append(files, name)
		}
	}
	return folders, files, err
}

// hidden says whether a file or folder is not part of a dossier: dot files,
// dependencies, the lock files that office programs leave.
func hidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || name == "node_modules" || name == "Thumbs.db"
}

// setsVariables says whether a hidden file is one of variables, without which Compose
// files do not say what they start.
func setsVariables(name string) bool { return name == ".env" || strings.HasPrefix(name, ".env.") }

// readDossier lists a folder's documents. What cannot be listed is a gap; links
// are not followed, since they may lead out of the dossier.
func readDossier(ctx context.Context, tree fs.FS, folder string) (austauschbar.Dossier, error) {
	var dossier austauschbar.Dossier
	gap := func(at, reason string) {
		dossier.Gaps = append(dossier.Gaps, austauschbar.Gap{Path: at, Reason: reason})
	}
	err := fs.WalkDir(tree, folder, func(name string, entry fs.DirEntry, err error) error {
		at := name
		if folder != "." {
			at = strings.TrimPrefix(strings.TrimPrefix(name, folder), "/")
		}
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil && name == folder:
			return err
		case err != nil:
			gap(at, "permission_denied")
			return fs.SkipDir
		case name != folder && entry.IsDir() && hidden(entry.Name()):
			return fs.SkipDir
		case name != folder && hidden(entry.Name()) && !setsVariables(entry.Name()):
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
			dossier.Documents = append(dossier.Documents, Document(tree, name, at, info))
		}
		return nil
	})
	return dossier, err
}

// Document is a file of a tree as a dossier's document.
func Document(files fs.FS, name, at string, info fs.FileInfo) austauschbar.Document {
	id, _ := info.Sys().(tree.ID) // "" of a file on disk
	return austauschbar.Document{Path: at, Size: info.Size(), ID: string(id), Load: func(context.Context) ([]byte, error) {
		data, err := fs.ReadFile(files, name)
		if errors.Is(err, fs.ErrPermission) {
			return nil, fs.ErrPermission
		}
		return data, err
	}}
}
