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
	"time"

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
	Speak    func(Result) (Wanted, error)
}

// Prepare makes stations from the files that may decide: those of the base, or of
// the folder itself where there is none.
type Prepare func(context.Context, fs.FS) (Stations, error)

// A Result is all that is known of a change.
type Result struct {
	Reviews []austauschbar.Review // of each dossier that the change touches
	// Notes are codes of what the change touches besides and is not judged by:
	// "config_changed", "policies_changed", "waivers_changed".
	Notes    []string
	Previews []Preview // one of each review where there are notes
}

// A Preview is how a dossier would be judged with what its change does to the
// files that decide.
type Preview struct {
	Dossier string // path
	Review  austauschbar.Review
	Err     error // why there is no review; ErrFork where it was not tried
}

// ErrFork says that policies are not tried, since strangers wrote them: they might
// use up the time and memory of the machine that tries them.
var ErrFork = errors.New("the policies come from a fork")

// Review reviews the dossiers that a change touches, each compared with the base's,
// and says what the forge should show.
func Review(ctx context.Context, fetched Fetched, prepare Prepare) (Result, Wanted, error) {
	var result Result
	trusted := fetched.Base
	if trusted == nil {
		trusted = fetched.Head
	}
	stations, err := prepare(ctx, trusted)
	if err != nil {
		return result, Wanted{}, err
	}
	dossiers, err := touched(ctx, fetched, stations.Dossiers)
	if err != nil {
		return result, Wanted{}, err
	}
	for _, dossier := range dossiers {
		review, err := stations.one(ctx, withWaivers(dossier, fetched))
		if err != nil {
			return result, Wanted{}, fmt.Errorf("review %s: %w", dossier.Path, err)
		}
		if fetched.Base != nil {
			base, err := stations.base(ctx, fetched, dossier.Path)
			if err != nil {
				return result, Wanted{}, fmt.Errorf("review the base of %s: %w", dossier.Path, err)
			}
			review = Compare(review, base)
		}
		result.Reviews = append(result.Reviews, review)
	}
	if result.Notes = notes(fetched); len(result.Notes) > 0 {
		result.Previews = previews(ctx, fetched, dossiers, result.Notes, prepare)
	}
	wanted, err := stations.Speak(result)
	return result, wanted, err
}

// touched lists the dossiers that a change touches; all where there is no base to
// change. Configured folders that are not there are a mistake, unless it is the
// change that removes them.
func touched(ctx context.Context, fetched Fetched, globs []string) ([]austauschbar.Dossier, error) {
	dossiers, err := Dossiers(ctx, fetched.Head, fetched.Prefix, globs)
	if errors.Is(err, errNoFolder) && fetched.Base != nil {
		if _, wasThere := dossierFolders(ctx, fetched.Base, globs); wasThere == nil {
			return nil, nil
		}
	}
	if err != nil || fetched.Base == nil || fetched.Diff == nil || fetched.Cut || len(fetched.Diff) >= maxDiff {
		return dossiers, err
	}
	return slices.DeleteFunc(dossiers, func(d austauschbar.Dossier) bool { return !touches(fetched.Diff, folderOf(fetched, d.Path)) }), nil
}

// maxDiff is how many files of a change a forge names; beyond them, any dossier may
// be touched.
const maxDiff = 3_000

func touches(diff []FileDiff, folder string) bool {
	within := func(name string) bool { return name != "" && (folder == "." || strings.HasPrefix(name, folder+"/")) }
	return slices.ContainsFunc(diff, func(file FileDiff) bool { return within(file.Path) || within(file.Old) })
}

// previewTime bounds the previews of one change: its own policies are tried in them.
const previewTime = 30 * time.Second

// previews reviews dossiers by the files of the change's head.
func previews(ctx context.Context, fetched Fetched, dossiers []austauschbar.Dossier, notes []string, prepare Prepare) []Preview {
	ctx, cancel := context.WithTimeout(ctx, previewTime)
	defer cancel()
	stations, err := Stations{}, error(ErrFork)
	if !fetched.Fork || !slices.Contains(notes, "policies_changed") {
		stations, err = prepare(ctx, fetched.Head)
	}
	var previews []Preview
	for _, dossier := range dossiers {
		preview := Preview{Dossier: dossier.Path, Err: err}
		if err == nil {
			preview.Review, preview.Err = stations.one(ctx, dossier)
		}
		previews = append(previews, preview)
	}
	return previews
}

func (s Stations) one(ctx context.Context, dossier austauschbar.Dossier) (austauschbar.Review, error) {
	facts, err := s.Read(ctx, dossier)
	if err != nil {
		return austauschbar.Review{}, err
	}
	return s.judge(ctx, dossier, facts)
}

func (s Stations) judge(ctx context.Context, dossier austauschbar.Dossier, facts austauschbar.Facts) (austauschbar.Review, error) {
	review, err := s.Judge(ctx, facts)
	review.Dossier.Path = dossier.Path
	return review, err
}

// base reviews a dossier as it is at the base; an empty review where it is not
// there yet, or its manifest is broken, which the change may mend: then everything
// is new.
func (s Stations) base(ctx context.Context, fetched Fetched, at string) (austauschbar.Review, error) {
	dossier, err := readDossier(ctx, fetched.Base, folderOf(fetched, at))
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(dossier.Documents) == 0 {
		return austauschbar.Review{}, nil
	}
	if err != nil {
		return austauschbar.Review{}, err
	}
	dossier.Path = at
	facts, err := s.Read(ctx, dossier)
	if err != nil {
		return austauschbar.Review{}, ctx.Err()
	}
	return s.judge(ctx, dossier, facts)
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
