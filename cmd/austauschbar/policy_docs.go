package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/lexicon"
	"github.com/austauschbar/austauschbar/policies"
	"github.com/austauschbar/austauschbar/templates"
)

func (a *app) policyDocs() *cobra.Command {
	var output string
	var corpus []string
	command := &cobra.Command{
		Use:   "docs --output OUT [DIR]",
		Short: "Write a page for each criterion, in every language, as Markdown and for browsers",
		Long: `Writes OUT/LANGUAGE/ID.md and ID.html for each criterion, with README.md and index.html
before them: what is asked and why, the law, examples good and bad out of the lexicon,
which evidence is wanted, what may be found and what helps, how often it was right; with
--corpus also how it rated that. The pages for browsers need no network and no script.

An example that is not read as it stands in the lexicon is an error.`,
		Example: `  austauschbar policy docs --output site
  austauschbar policy docs --output site --corpus corpus/tenders policies`,
		Args: arguments(cobra.MaximumNArgs(1)),
		RunE: func(command *cobra.Command, args []string) error {
			if output == "" {
				return usageError{errors.New("policy docs: --output is needed")}
			}
			work, err := a.workpiece(args)
			if err != nil {
				return err
			}
			pages, err := a.pages(command.Context(), work, corpus)
			if err != nil {
				return err
			}
			for _, language := range templates.Languages() {
				if err := writePages(filepath.Join(output, language), work, language, pages); err != nil {
					return err
				}
			}
			fmt.Fprintf(a.stdout, "%s in %s, from %s\n", counted(len(pages), "page"), strings.Join(templates.Languages(), " and "), filepath.Join(output, a.firstLanguage(), "index.html"))
			return nil
		},
	}
	command.Flags().StringVarP(&output, "output", "o", "", "`DIR` to write to")
	corpusFlag(command, &corpus)
	a.todayFlag(command)
	return command
}

// firstLanguage is where readers begin.
func (a *app) firstLanguage() string { return templates.Languages()[0] }

// pages gathers what there is to know about all criteria.
func (a *app) pages(ctx context.Context, work workpiece, corpus []string) ([]templates.Page, error) {
	criteria, err := policies.Catalogue(work.files)
	if err != nil {
		return nil, err
	}
	said, err := policies.Read(work.files)
	if err != nil {
		return nil, err
	}
	measured, err := policies.Measured(work.files)
	if err != nil {
		return nil, err
	}
	l, err := lexicon.Load(work.files)
	if err != nil {
		return nil, err
	}
	counts, err := a.countCorpus(ctx, work, corpus)
	if err != nil {
		return nil, err
	}
	pages := make([]templates.Page, len(criteria))
	for i, criterion := range criteria {
		one := said[criterion.ID]
		pages[i] = templates.Page{
			Criterion: criterion, Codes: slices.Sorted(maps.Keys(one.Codes)),
			Passages: measured[criterion.ID].Passages, Precision: measured[criterion.ID].Codes, Corpus: counts[criterion.ID],
		}
		if pages[i].Examples, err = examplesFor(l, criterion.ID, one.Topics); err != nil {
			return nil, err
		}
	}
	return pages, nil
}

// examplesFor are the examples of the topics that a criterion reads and that name it.
func examplesFor(l *lexicon.Lexicon, id string, topics []string) ([]templates.Examples, error) {
	var list []templates.Examples
	for _, topic := range topics {
		known := l.Topics[topic]
		if !slices.Contains(known.Criteria, id) {
			continue // asked for what the dossier is, not for what it demands
		}
		if wrong := l.Misread(topic); len(wrong) > 0 {
			return nil, fmt.Errorf("topic %s: the example %q is read as %s, not as %s", topic, wrong[0].Text, wrong[0].Read, wrong[0].Side)
		}
		list = append(list, templates.Examples{Topic: topic, Titles: known.Title, Met: unlisted(known.Examples[lexicon.Met]), Weak: unlisted(known.Examples[lexicon.Weak]), Risk: unlisted(known.Examples[lexicon.Risk])})
	}
	return list, nil
}

// unlisted leaves out the dash of what stands in a list.
func unlisted(texts []string) []string {
	bare := make([]string, len(texts))
	for i, text := range texts {
		bare[i] = strings.TrimPrefix(text, "- ")
	}
	return bare
}

// countCorpus tells how each criterion rates a corpus, by id; nothing without one.
func (a *app) countCorpus(ctx context.Context, work workpiece, folders []string) (map[string]*templates.CorpusCount, error) {
	counts := map[string]*templates.CorpusCount{}
	if len(folders) == 0 {
		return counts, nil
	}
	today, err := a.day()
	if err != nil {
		return nil, err
	}
	corpus, err := corpusOf(ctx, folders)
	if err != nil {
		return nil, err
	}
	facts, err := a.readCorpus(ctx, work.files, corpus, today)
	if err != nil {
		return nil, err
	}
	rules, err := rulesOf(ctx, work.files)
	if err != nil {
		return nil, err
	}
	for i, one := range facts {
		review, err := rules.judge.Judge(ctx, one, profileFor("", one, rules.judge.Profiles()), nil)
		if err != nil {
			return nil, fmt.Errorf("judge %s: %w", corpus[i].Path, err)
		}
		countReview(counts, review)
	}
	return counts, nil
}

func countReview(counts map[string]*templates.CorpusCount, review austauschbar.Review) {
	for _, criterion := range review.Criteria {
		if counts[criterion.ID] == nil {
			counts[criterion.ID] = &templates.CorpusCount{Ratings: map[string]int{}, Codes: map[string]int{}}
		}
		count := counts[criterion.ID]
		count.Dossiers++
		count.Ratings[criterion.Rating]++
		codes := map[string]bool{}
		for _, finding := range review.Findings {
			if finding.Criterion == criterion.ID {
				codes[finding.Code] = true
			}
		}
		for code := range codes {
			count.Codes[code]++
		}
	}
}

// writePages writes the catalogue of one language.
func writePages(folder string, work workpiece, language string, pages []templates.Page) error {
	words, err := templates.Read(work.words, language)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("write pages: %w", err)
	}
	for format, names := range map[templates.Format]struct{ index, extension string }{templates.FormatMarkdown: {"README.md", ".md"}, templates.FormatHTML: {"index.html", ".html"}} {
		err := writeFile(filepath.Join(folder, names.index), func(out io.Writer) error { return words.Index(out, format, pages) })
		for i := range pages {
			err = errors.Join(err, writeFile(filepath.Join(folder, pages[i].Criterion.ID+names.extension), func(out io.Writer) error { return words.Page(out, format, pages, i) }))
		}
		if err != nil {
			return fmt.Errorf("write pages: %w", err)
		}
	}
	return nil
}
