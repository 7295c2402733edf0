package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/local"
	"github.com/austauschbar/austauschbar/policies"
	"github.com/austauschbar/austauschbar/templates"
)

func (a *app) policyImpact() *cobra.Command {
	var base, format, output string
	var corpus []string
	names := []string{string(templates.FormatTerminal), string(templates.FormatMarkdown), string(templates.FormatJSON)}
	command := &cobra.Command{
		Use:   "impact --base REVISION --corpus DIR [DIR]",
		Short: "Show what changed policies do to the reviews of a corpus",
		Long: `Judges a corpus with the policies as they are at a Git revision and as they are now, and
shows which findings come and go, which ratings and scores change, and how long both take.

Facts are read once for each lexicon and catalogue and kept in the user's cache, so that
only a change of these makes the corpus be read again.`,
		Example: `  austauschbar policy impact --base main --corpus corpus/tenders
  austauschbar policy impact --base origin/main --corpus corpus --format markdown --output impact.md`,
		Args: arguments(cobra.MaximumNArgs(1)),
		RunE: func(command *cobra.Command, args []string) error {
			if !slices.Contains(names, format) {
				return usageError{fmt.Errorf("format %q: want one of %s", format, strings.Join(names, ", "))}
			}
			if base == "" || len(corpus) == 0 {
				return usageError{errors.New("policy impact: --base and --corpus are needed")}
			}
			work, err := a.workpiece(args)
			if err != nil {
				return err
			}
			if work.folder == "" {
				return usageError{errors.New("no folder of policies here: go to the repository, or name one")}
			}
			words, err := a.wordsOf(work)
			if err != nil {
				return err
			}
			impact, err := a.impact(command.Context(), work, base, corpus, words)
			if err != nil {
				return err
			}
			out, finish, err := a.out(output)
			if err != nil {
				return err
			}
			return finish(words.Impact(out, templates.Format(format), impact, optionsFor(out)))
		},
	}
	set := command.Flags()
	set.StringVar(&base, "base", "", "Git `REVISION` whose policies are compared with those here")
	set.StringVarP(&format, "format", "f", "terminal", "`FORMAT`: "+strings.Join(names, ", "))
	set.StringVarP(&output, "output", "o", "", "`FILE` to write to instead of standard output")
	corpusFlag(command, &corpus)
	a.languageFlag(command)
	a.todayFlag(command)
	complete(command, "format", names)
	return command
}

// A judged corpus are its reviews by one set of policies.
type judgedCorpus struct {
	side    austauschbar.ImpactSide
	reviews []austauschbar.Review
}

func (a *app) impact(ctx context.Context, work workpiece, base string, folders []string, words *templates.Words) (austauschbar.Impact, error) {
	own, err := local.Whole(ctx, work.folder, base)
	if err != nil {
		return austauschbar.Impact{}, err
	}
	before := completed(own)
	corpus, err := corpusOf(ctx, folders)
	if err != nil {
		return austauschbar.Impact{}, err
	}
	today, err := a.day()
	if err != nil {
		return austauschbar.Impact{}, err
	}
	factsNow, err := a.readCorpus(ctx, work.files, corpus, today)
	if err != nil {
		return austauschbar.Impact{}, err
	}
	same, err := sameReading(before, work.files, today)
	if err != nil {
		return austauschbar.Impact{}, err
	}
	factsBefore := factsNow
	if !same {
		if factsBefore, err = a.readCorpus(ctx, before, corpus, today); err != nil {
			return austauschbar.Impact{}, fmt.Errorf("with the policies at %s: %w", base, err)
		}
	}
	was, err := judgeCorpus(ctx, before, corpus, factsBefore, words)
	if err != nil {
		return austauschbar.Impact{}, fmt.Errorf("with the policies at %s: %w", base, err)
	}
	is, err := judgeCorpus(ctx, work.files, corpus, factsNow, words)
	if err != nil {
		return austauschbar.Impact{}, err
	}
	impact := compared(was, is)
	impact.SameFacts = same
	return impact, nil
}

// sameReading says whether two sets of policies find the same facts.
func sameReading(a, b fs.FS, today time.Time) (bool, error) {
	one, err := newFactsCache(a, today)
	if err != nil {
		return false, err
	}
	other, err := newFactsCache(b, today)
	return string(one.what) == string(other.what), err
}

// judgeCorpus reviews a corpus. The time is that of judging, without loading.
func judgeCorpus(ctx context.Context, files fs.FS, corpus []austauschbar.Dossier, facts []austauschbar.Facts, words *templates.Words) (judgedCorpus, error) {
	_, factsSchema, err := readerOf(files)
	if err != nil {
		return judgedCorpus{}, err
	}
	judge, err := policies.New(ctx, files, factsSchema)
	if err != nil {
		return judgedCorpus{}, err
	}
	judged := judgedCorpus{side: austauschbar.ImpactSide{Digest: judge.Digest()}, reviews: make([]austauschbar.Review, len(facts))}
	start := time.Now()
	group, groupCtx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i := range facts {
		group.Go(func() (err error) {
			if judged.reviews[i], err = judge.Judge(groupCtx, facts[i], profileFor("", facts[i], judge.Profiles()), nil); err != nil {
				return fmt.Errorf("judge %s: %w", corpus[i].Path, err)
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return judgedCorpus{}, err
	}
	judged.side.Seconds = time.Since(start).Seconds()
	for i := range judged.reviews {
		if judged.reviews[i], err = words.Fill(judged.reviews[i]); err != nil {
			return judgedCorpus{}, err
		}
		judged.reviews[i].Dossier.Path = fromHere(filepath.ToSlash(corpus[i].Path))
		judged.side.Findings += len(judged.reviews[i].Findings)
	}
	return judged, nil
}

// compared puts two judgements of one corpus beside each other.
func compared(was, is judgedCorpus) austauschbar.Impact {
	impact := austauschbar.Impact{Base: was.side, Head: is.side, Judged: len(is.reviews), Dossiers: []austauschbar.DossierImpact{}, Criteria: []austauschbar.CriterionImpact{}}
	criteria := map[string]*austauschbar.CriterionImpact{}
	for i, review := range is.reviews {
		dossier := dossierImpact(was.reviews[i], review)
		if len(dossier.Added)+len(dossier.Removed)+len(dossier.Ratings) == 0 && sameScore(dossier.Base, dossier.Head) {
			continue
		}
		impact.Dossiers = append(impact.Dossiers, dossier)
		count(criteria, dossier, titlesOf(was.reviews[i], review))
	}
	for _, criterion := range criteria {
		impact.Criteria = append(impact.Criteria, *criterion)
	}
	slices.SortFunc(impact.Criteria, func(a, b austauschbar.CriterionImpact) int { return strings.Compare(a.ID, b.ID) })
	return impact
}

// sameScore leaves coverage out, which every new criterion changes for every dossier.
func sameScore(a, b austauschbar.Score) bool {
	sameOverall := a.Overall == nil && b.Overall == nil || a.Overall != nil && b.Overall != nil && *a.Overall == *b.Overall
	return sameOverall && a.Level == b.Level && a.Gate == b.Gate
}

func dossierImpact(was, is austauschbar.Review) austauschbar.DossierImpact {
	delta := bot.Compare(is, was).Delta
	impact := austauschbar.DossierImpact{
		Path: is.Dossier.Path, Title: is.Dossier.Title, Base: was.Score, Head: is.Score,
		Added: findingsOf(is, delta.New), Removed: findingsOf(was, delta.Fixed), Ratings: delta.Ratings,
	}
	had, has := ratingsOf(was), ratingsOf(is)
	for _, criterion := range is.Criteria {
		if had[criterion.ID] == "" && saysSomething(criterion.Rating) {
			impact.Ratings = append(impact.Ratings, austauschbar.RatingChange{ID: criterion.ID, To: criterion.Rating})
		}
	}
	for _, criterion := range was.Criteria {
		if has[criterion.ID] == "" && saysSomething(criterion.Rating) {
			impact.Ratings = append(impact.Ratings, austauschbar.RatingChange{ID: criterion.ID, From: criterion.Rating})
		}
	}
	slices.SortFunc(impact.Ratings, func(a, b austauschbar.RatingChange) int { return strings.Compare(a.ID, b.ID) })
	return impact
}

// saysSomething says whether a rating is more than silence, which a criterion that is
// new, or no longer there, shares with its absence.
func saysSomething(rating string) bool { return slices.Contains(order, rating) }

func findingsOf(review austauschbar.Review, ids []string) []austauschbar.Finding {
	found := []austauschbar.Finding{}
	for _, finding := range review.Findings {
		if slices.Contains(ids, finding.ID) {
			found = append(found, finding)
		}
	}
	return found
}

func ratingsOf(review austauschbar.Review) map[string]string {
	ratings := map[string]string{}
	for _, criterion := range review.Criteria {
		ratings[criterion.ID] = criterion.Rating
	}
	return ratings
}

func titlesOf(reviews ...austauschbar.Review) map[string]string {
	titles := map[string]string{}
	for _, review := range reviews {
		for _, criterion := range review.Criteria {
			titles[criterion.ID] = criterion.Title
		}
	}
	return titles
}

// order of the ratings that can be compared, the worst first.
var order = []string{austauschbar.NotMet, austauschbar.Partly, austauschbar.Met}

// count adds what a dossier's change says of the criteria.
func count(criteria map[string]*austauschbar.CriterionImpact, dossier austauschbar.DossierImpact, titles map[string]string) {
	of := func(id string) *austauschbar.CriterionImpact {
		if criteria[id] == nil {
			criteria[id] = &austauschbar.CriterionImpact{ID: id, Title: titles[id]}
		}
		return criteria[id]
	}
	for _, finding := range dossier.Added {
		of(finding.Criterion).Added++
	}
	for _, finding := range dossier.Removed {
		of(finding.Criterion).Removed++
	}
	for _, rating := range dossier.Ratings {
		from, to := slices.Index(order, rating.From), slices.Index(order, rating.To)
		switch {
		case from < 0 || to < 0:
			of(rating.ID).Other++
		case to > from:
			of(rating.ID).Better++
		default:
			of(rating.ID).Worse++
		}
	}
}
