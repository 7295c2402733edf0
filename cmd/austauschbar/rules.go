package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"slices"
	"sync"
	"time"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/evaluator"
	"github.com/austauschbar/austauschbar/policies"
)

// rules are what reads and what judges, made of one set of policy files. They may
// be used by several goroutines.
type rules struct {
	reader *evaluator.Evaluator
	judge  *policies.Policies
}

// loadRules makes rules of the built-in policies with those of an overlay, where
// there is one, laid over.
func loadRules(ctx context.Context, overlay fs.FS, options ...evaluator.Option) (rules, error) {
	reader, compiled, err := beginRules(ctx, overlay, options...)
	if err != nil {
		return rules{}, err
	}
	judge, err := compiled()
	return rules{reader, judge}, err
}

// A judgeToBe waits until policies are compiled.
type judgeToBe func() (*policies.Policies, error)

// What a process makes of the built-in policies it makes once at most.
var (
	builtInReader = sync.OnceValues(func() (*evaluator.Evaluator, error) { return evaluator.New(policies.Shipped()) })
	builtInJudge  = sync.OnceValues(func() (*policies.Policies, error) {
		return policies.New(context.Background(), policies.Shipped(), nil)
	})
)

// beginRules makes what reads, so that reading can begin while the policies still
// compile. Those of an overlay are compiled first: it may bring topics of its own,
// which the judge must know.
func beginRules(ctx context.Context, overlay fs.FS, options ...evaluator.Option) (*evaluator.Evaluator, judgeToBe, error) {
	if overlay == nil {
		go func() { _, _ = builtInJudge() }() // whoever asks for it hears of the error
		reader, err := builtInReader()
		if err != nil {
			return nil, nil, err
		}
		return reader.With(options...), builtInJudge, nil
	}
	loaded, err := rulesOf(ctx, laidOver(overlay), options...)
	return loaded.reader, loaded.compiled, err
}

// compiled is the judge of rules that are loaded.
func (r rules) compiled() (*policies.Policies, error) { return r.judge, nil }

// laidOver are the built-in policies with others laid over, nil for none; a bundle
// stands alone.
func laidOver(overlay fs.FS) fs.FS {
	if overlay == nil {
		return policies.Shipped()
	}
	if whole, ok := overlay.(bundled); ok {
		return whole
	}
	return policies.Overlay(overlay, policies.Shipped())
}

// A shelf keeps the rules that were loaded, by the content of their overlay, since
// compiling takes longer than judging.
type shelf struct {
	lock sync.Mutex
	rows []*row // the last used first
}

// row is a place on the shelf. It is filled once, outside the shelf's lock.
type row struct {
	digest string
	fill   sync.Once
	rules  rules
	err    error
}

// keptFacts bounds the facts of unchanged documents that rules keep, in bytes: head
// and base of a change differ in a few, and so do the changes after it.
const keptFacts = 256 << 20

// maxRows bounds the shelf: rules take some 30 MB.
const maxRows = 8

// get returns the rules of an overlay; of the built-in policies alone for nil.
func (s *shelf) get(ctx context.Context, overlay fs.FS) (rules, error) {
	digest, err := digestOf(overlay)
	if err != nil {
		return rules{}, fmt.Errorf("read %s: %w", bot.PolicyDir, err)
	}
	place := s.place(digest)
	place.fill.Do(func() { place.rules, place.err = loadRules(ctx, overlay, evaluator.Keep(keptFacts)) })
	if place.err != nil && ctx.Err() != nil {
		s.drop(place) // whoever asks next has time
	}
	return place.rules, place.err
}

func (s *shelf) place(digest string) *row {
	s.lock.Lock()
	defer s.lock.Unlock()
	i := slices.IndexFunc(s.rows, func(r *row) bool { return r.digest == digest })
	if i < 0 {
		s.rows = slices.Insert(s.rows, 0, &row{digest: digest})
		s.rows = s.rows[:min(len(s.rows), maxRows)]
		return s.rows[0]
	}
	found := s.rows[i]
	s.rows = slices.Insert(slices.Delete(s.rows, i, i+1), 0, found)
	return found
}

func (s *shelf) drop(place *row) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.rows = slices.DeleteFunc(s.rows, func(r *row) bool { return r == place })
}

// Bounds of a repository's own policies.
const (
	maxPolicyFiles = 2_000
	maxPolicyBytes = 16 << 20
)

// digestOf identifies an overlay by its files; "" for none. Its error says that the
// overlay is larger than we compile.
func digestOf(overlay fs.FS) (string, error) {
	if overlay == nil {
		return "", nil
	}
	sum := sha256.New()
	files, size := 0, int64(0)
	err := fs.WalkDir(overlay, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		tooMuch := fmt.Errorf("more than %d files or %d MiB", maxPolicyFiles, maxPolicyBytes>>20)
		if files++; files > maxPolicyFiles || size+info.Size() > maxPolicyBytes {
			return tooMuch
		}
		data, err := fs.ReadFile(overlay, name)
		// Not every forge tells sizes before.
		if size += max(info.Size(), int64(len(data))); size > maxPolicyBytes {
			return tooMuch
		}
		fmt.Fprintf(sum, "%s\x00%d\x00", name, len(data))
		sum.Write(data)
		return err
	})
	return string(sum.Sum(nil)), err
}

// A judging is what a review is made with besides the rules.
type judging struct {
	today     time.Time
	profile   string   // "" for the one of the dossier's regime
	only      []string // ids of criteria; empty for all
	framework string   // that the review is told in the terms of; "" for none
}

// stations wires reading and judging; Speak is left to the caller.
func (a *app) stations(r rules, with judging) (bot.Stations, error) {
	return a.wire(r.reader, r.compiled, with)
}

// wire waits for the judge only where a name is to be looked up before reading.
func (a *app) wire(reader *evaluator.Evaluator, compiled judgeToBe, with judging) (bot.Stations, error) {
	if with.profile != "" || with.framework != "" {
		judge, err := compiled()
		if err == nil {
			err = with.check(judge)
		}
		if err != nil {
			return bot.Stations{}, err
		}
	}
	return bot.Stations{
		Read: func(ctx context.Context, dossier austauschbar.Dossier) (austauschbar.Facts, error) {
			a.preparePDF(ctx, dossier)
			return reader.Facts(ctx, dossier, with.today, a.progress())
		},
		Judge: func(ctx context.Context, facts austauschbar.Facts) (austauschbar.Review, error) {
			judge, err := compiled()
			if err != nil {
				return austauschbar.Review{}, err
			}
			review, err := judge.Judge(ctx, facts, profileFor(with.profile, facts, judge.Profiles()), with.only)
			review.Tool = austauschbar.Tool{Name: "austauschbar", Version: version()}
			return review, err
		},
	}, nil
}

// check finds names that the judge does not know.
func (with judging) check(judge *policies.Policies) error {
	if with.profile != "" && !slices.Contains(judge.Profiles(), with.profile) {
		return &policies.UnknownError{What: "profile", Name: with.profile, Known: judge.Profiles()}
	}
	if with.framework != "" && !slices.Contains(judge.Frameworks(), with.framework) {
		return &policies.UnknownError{What: "framework", Name: with.framework, Known: judge.Frameworks()}
	}
	return nil
}
