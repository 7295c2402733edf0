// Package bot carries a change to its review: fetch, read, judge, speak, post.
// It states what it needs of the other stations in small interfaces.
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
)

// Files that decide how a change is judged. They are read from its base, so that
// a change cannot improve its own score.
const (
	ConfigFile  = ".austauschbar.yaml"
	PolicyDir   = ".austauschbar/policies"
	WaiversFile = "waivers.yaml"
)

// Stations turn a dossier into its review, and reviews into what a forge shows.
type Stations struct {
	Dossiers []string // globs of the configuration
	Read     func(context.Context, austauschbar.Dossier) (austauschbar.Facts, error)
	Judge    func(context.Context, austauschbar.Facts) (austauschbar.Review, error)
	// Speak writes the reviews of a change. Notes are codes of what a reader
	// should know besides: "config_changed", "policies_changed", "waivers_changed".
	Speak func(reviews []austauschbar.Review, notes []string) (Wanted, error)
}

// Prepare makes stations from the files that may decide: those of the base, or of
// the folder itself where there is none.
type Prepare func(context.Context, fs.FS) (Stations, error)

// Review reviews all dossiers of a change, each compared with the base's, and
// says what the forge should show.
func Review(ctx context.Context, fetched Fetched, prepare Prepare) ([]austauschbar.Review, Wanted, error) {
	trusted := fetched.Base
	if trusted == nil {
		trusted = fetched.Head
	}
	stations, err := prepare(ctx, trusted)
	if err != nil {
		return nil, Wanted{}, err
	}
	dossiers, err := Dossiers(ctx, fetched.Head, fetched.Prefix, stations.Dossiers)
	if err != nil {
		return nil, Wanted{}, err
	}
	reviews := make([]austauschbar.Review, 0, len(dossiers))
	for _, dossier := range dossiers {
		review, err := stations.one(ctx, withWaivers(dossier, fetched))
		if err != nil {
			return reviews, Wanted{}, fmt.Errorf("review %s: %w", dossier.Path, err)
		}
		if fetched.Base != nil {
			base, err := stations.base(ctx, fetched, dossier.Path)
			if err != nil {
				return reviews, Wanted{}, fmt.Errorf("review the base of %s: %w", dossier.Path, err)
			}
			review = Compare(review, base)
		}
		reviews = append(reviews, review)
	}
	wanted, err := stations.Speak(reviews, notes(fetched))
	return reviews, wanted, err
}

func (s Stations) one(ctx context.Context, dossier austauschbar.Dossier) (austauschbar.Review, error) {
	facts, err := s.Read(ctx, dossier)
	if err != nil {
		return austauschbar.Review{}, err
	}
	review, err := s.Judge(ctx, facts)
	review.Dossier.Path = dossier.Path
	return review, err
}

// base reviews a dossier as it is at the base; an empty review where it is not
// there yet, or cannot be read: then everything is new.
func (s Stations) base(ctx context.Context, fetched Fetched, at string) (austauschbar.Review, error) {
	dossier, err := readDossier(ctx, fetched.Base, folderOf(fetched, at))
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(dossier.Documents) == 0 {
		return austauschbar.Review{}, nil
	}
	if err != nil {
		return austauschbar.Review{}, err
	}
	dossier.Path = at
	return s.one(ctx, dossier)
}

// folderOf takes the prefix off a dossier's path again.
func folderOf(fetched Fetched, at string) string {
	prefix := path.Clean(fetched.Prefix)
	if prefix == "." {
		return at
	}
	if folder := strings.TrimPrefix(strings.TrimPrefix(at, prefix), "/"); folder != "" {
		return folder
	}
	return "."
}

// withWaivers puts the base's waivers in place of those that the change brings.
func withWaivers(dossier austauschbar.Dossier, fetched Fetched) austauschbar.Dossier {
	if fetched.Base == nil {
		return dossier
	}
	dossier.Documents = slices.DeleteFunc(slices.Clone(dossier.Documents), func(d austauschbar.Document) bool { return d.Path == WaiversFile })
	name := path.Join(folderOf(fetched, dossier.Path), WaiversFile)
	if info, err := fs.Stat(fetched.Base, name); err == nil && info.Mode().IsRegular() {
		dossier.Documents = append(dossier.Documents, Document(fetched.Base, name, WaiversFile, info))
	}
	return dossier
}

// notes lists what the change does to the files that decide.
func notes(fetched Fetched) []string {
	var found []string
	for _, file := range fetched.Diff {
		for _, name := range []string{file.Path, file.Old} {
			switch {
			case name == ConfigFile:
				found = append(found, "config_changed")
			case len(name) > len(PolicyDir) && name[:len(PolicyDir)+1] == PolicyDir+"/":
				found = append(found, "policies_changed")
			case path.Base(name) == WaiversFile:
				found = append(found, "waivers_changed")
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// Publish brings what the forge shows into line with what is wanted: it plans
// against what is posted and carries the plan out. What our account may not do, or
// the forge refuses, is left out; the error wraps ErrForbidden or ErrRefused then,
// after everything else was done.
func Publish(ctx context.Context, forge Forge, change austauschbar.Change, wanted Wanted, diff []FileDiff) error {
	posted, err := forge.Posted(ctx, change)
	if err != nil {
		return fmt.Errorf("look what is posted: %w", err)
	}
	var left []error
	for _, operation := range Plan(wanted, posted, diff, forge.Can()) {
		switch err := forge.Apply(ctx, change, operation); {
		case errors.Is(err, ErrForbidden) && optional(operation):
		case errors.Is(err, ErrForbidden), errors.Is(err, ErrRefused):
			left = append(left, err)
		case err != nil:
			return fmt.Errorf("post: %w", err)
		}
	}
	return errors.Join(left...)
}

// optional says whether nobody misses an operation: a thread that may not be
// resolved is left for people to resolve.
func optional(operation Operation) bool {
	switch operation.(type) {
	case Resolve, Reopen:
		return true
	}
	return false
}
