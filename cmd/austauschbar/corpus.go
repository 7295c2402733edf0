package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/local"
	"github.com/austauschbar/austauschbar/evaluator"
)

// corpusOf finds the dossiers below folders, in their order: the folders that hold a
// dossier.yaml; where there is none, each document is a dossier of its own. Labels
// beside documents are none.
func corpusOf(ctx context.Context, folders []string) ([]austauschbar.Dossier, error) {
	var corpus []austauschbar.Dossier
	for _, folder := range folders {
		fetched, err := (&local.Forge{}).Fetch(ctx, austauschbar.Change{Forge: "local", Repository: folder})
		if err != nil {
			return nil, err
		}
		dossiers, err := bot.Dossiers(ctx, fetched.Head, fetched.Prefix, nil)
		if err != nil {
			return nil, err
		}
		for _, dossier := range dossiers {
			dossier.Documents = slices.DeleteFunc(dossier.Documents, func(d austauschbar.Document) bool { return strings.HasSuffix(d.Path, ".labels.yaml") })
			if len(dossiers) > 1 || slices.ContainsFunc(dossier.Documents, func(d austauschbar.Document) bool { return d.Path == "dossier.yaml" }) {
				corpus = append(corpus, dossier)
				continue
			}
			for _, document := range dossier.Documents {
				corpus = append(corpus, austauschbar.Dossier{Path: path.Join(dossier.Path, document.Path), Documents: []austauschbar.Document{document}})
			}
		}
	}
	return corpus, nil
}

// readCorpus finds the facts of dossiers as of a day. What was read before with the
// same program and the same lexicon and catalogue comes from the user's cache.
func (a *app) readCorpus(ctx context.Context, files fs.FS, corpus []austauschbar.Dossier, today time.Time) ([]austauschbar.Facts, error) {
	cache, err := newFactsCache(files, today)
	if err != nil {
		return nil, err
	}
	var reader *evaluator.Evaluator // loaded for the first dossier that is not kept
	facts, missing := make([]austauschbar.Facts, len(corpus)), []int{}
	keys := make([]string, len(corpus))
	for i, dossier := range corpus {
		if keys[i], err = cache.key(ctx, dossier); err != nil {
			return nil, err
		}
	}
	var group errgroup.Group
	kept := make([]bool, len(corpus))
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i := range corpus {
		group.Go(func() error { facts[i], kept[i] = cache.get(keys[i]); return nil })
	}
	_ = group.Wait() // what cannot be had is read
	for i := range corpus {
		if !kept[i] {
			missing = append(missing, i)
		}
	}
	for count, i := range missing {
		if reader == nil {
			if reader, err = evaluator.New(files); err != nil {
				return nil, err
			}
		}
		a.preparePDF(ctx, corpus[i])
		if facts[i], err = reader.Facts(ctx, corpus[i], today, nil); err != nil {
			return nil, fmt.Errorf("find facts in %s: %w", corpus[i].Path, err)
		}
		if progress := a.progress(); progress != nil {
			progress(count+1, len(missing), corpus[i].Path)
		}
		if err := cache.put(keys[i], facts[i]); err != nil {
			a.log.WithError(err).Debug("keep facts")
		}
	}
	return facts, nil
}

// A factsCache keeps the facts of dossiers in the user's cache. It is a shortcut only:
// what it lacks is read.
type factsCache struct {
	folder string // "" where the user has no cache
	what   []byte // digest of all that decides on facts besides the dossier
}

// factsUse is how long facts are kept that nobody asks for.
const factsUse = 30 * 24 * time.Hour

func newFactsCache(files fs.FS, today time.Time) (factsCache, error) {
	sum := sha256.New()
	fmt.Fprintln(sum, version(), today.Format(time.DateOnly))
	if self, err := os.Executable(); err == nil { // of a build in between, too
		if info, err := os.Stat(self); err == nil {
			fmt.Fprintln(sum, info.Size(), info.ModTime().UnixNano())
		}
	}
	for _, folder := range []string{"catalogue", "lexicon"} {
		if err := addFiles(sum, files, folder); err != nil {
			return factsCache{}, err
		}
	}
	cache := factsCache{what: sum.Sum(nil)}
	if folder, err := os.UserCacheDir(); err == nil {
		cache.folder = filepath.Join(folder, "austauschbar", "facts")
		cache.clean()
	}
	return cache, nil
}

func addFiles(sum hash.Hash, files fs.FS, folder string) error {
	return fs.WalkDir(files, folder, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(files, name)
		fmt.Fprintln(sum, name, len(data))
		sum.Write(data)
		return err
	})
}

// key names the facts of a dossier.
func (c factsCache) key(ctx context.Context, dossier austauschbar.Dossier) (string, error) {
	sum := sha256.New()
	sum.Write(c.what)
	for _, document := range dossier.Documents {
		data, err := document.Load(ctx)
		if err != nil && !errors.Is(err, austauschbar.ErrTooLarge) && !errors.Is(err, fs.ErrPermission) {
			return "", fmt.Errorf("read %s: %w", path.Join(dossier.Path, document.Path), err)
		}
		fmt.Fprintln(sum, document.Path, len(data), err)
		sum.Write(data)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

func (c factsCache) file(key string) string { return filepath.Join(c.folder, key+".json") }

// get returns what is kept under a key, and whether anything is.
func (c factsCache) get(key string) (facts austauschbar.Facts, ok bool) {
	if c.folder == "" {
		return facts, false
	}
	data, err := os.ReadFile(c.file(key))
	if err != nil || json.Unmarshal(data, &facts) != nil {
		return austauschbar.Facts{}, false
	}
	now := time.Now()
	return facts, os.Chtimes(c.file(key), now, now) == nil
}

// put keeps facts. Another process sees them whole or not at all.
func (c factsCache) put(key string, facts austauschbar.Facts) error {
	if c.folder == "" {
		return nil
	}
	data, err := json.Marshal(facts)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.folder, 0o700); err != nil {
		return err
	}
	file, err := os.CreateTemp(c.folder, "*.part")
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if err := errors.Join(err, file.Close()); err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return os.Rename(file.Name(), c.file(key))
}

// clean removes what nobody asked for in a while.
func (c factsCache) clean() {
	entries, err := os.ReadDir(c.folder)
	if err != nil {
		return // nothing is kept yet
	}
	for _, entry := range entries {
		if info, err := entry.Info(); err == nil && time.Since(info.ModTime()) > factsUse {
			_ = os.Remove(filepath.Join(c.folder, entry.Name())) // the next run tries again
		}
	}
}
