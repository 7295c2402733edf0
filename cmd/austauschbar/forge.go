package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/schema"
	"github.com/austauschbar/austauschbar/templates"
)

// onForge reviews a change and brings what the forge shows into line. The files
// that decide are the base's. It returns what was to be shown.
func (a *app) onForge(command *cobra.Command, forge bot.Forge, change austauschbar.Change, flags reviewFlags) (bot.Wanted, error) {
	ctx := command.Context()
	fetched, err := forge.Fetch(ctx, change)
	if err != nil {
		return bot.Wanted{}, fmt.Errorf("fetch %s#%d: %w", change.Repository, change.Number, err)
	}
	var fails func(austauschbar.Review) bool
	reviews, wanted, err := bot.Review(ctx, fetched, func(ctx context.Context, trusted fs.FS) (bot.Stations, error) {
		stations, s, err := a.trusted(ctx, command, trusted, flags, fetched)
		if err == nil {
			stations.Speak, fails = s.wanted, s.fails
		}
		return stations, err
	})
	if err != nil {
		return wanted, err
	}
	if err := a.publish(ctx, forge, fetched, wanted, flags.dryRun); err != nil {
		return wanted, err
	}
	if slices.ContainsFunc(reviews, fails) {
		return wanted, errFailOn
	}
	return wanted, nil
}

// publish posts, or prints what it would post.
func (a *app) publish(ctx context.Context, forge bot.Forge, fetched bot.Fetched, wanted bot.Wanted, dryRun bool) error {
	if !dryRun {
		return bot.Publish(ctx, forge, fetched.Change, wanted, fetched.Diff)
	}
	posted, err := forge.Posted(ctx, fetched.Change)
	if err != nil {
		return fmt.Errorf("look what is posted: %w", err)
	}
	for _, operation := range bot.Plan(wanted, posted, fetched.Diff, forge.Can()) {
		fmt.Fprintln(a.stdout, bot.Describe(operation))
	}
	return nil
}

// trusted makes stations of the base's configuration and policies.
func (a *app) trusted(ctx context.Context, command *cobra.Command, trusted fs.FS, flags reviewFlags, fetched bot.Fetched) (bot.Stations, speaker, error) {
	var config austauschbar.Config
	data, err := fs.ReadFile(trusted, bot.ConfigFile)
	switch {
	case err == nil:
		err = schema.Decode(schema.Config, data, &config)
	case errors.Is(err, fs.ErrNotExist):
		err = nil
	}
	if err != nil {
		return bot.Stations{}, speaker{}, fmt.Errorf("read %s of the base: %w", bot.ConfigFile, err)
	}
	if _, err := fs.Stat(trusted, bot.PolicyDir); err == nil && a.overlay == nil {
		if a.overlay, err = fs.Sub(trusted, bot.PolicyDir); err != nil {
			return bot.Stations{}, speaker{}, err
		}
	}
	flags = withConfig(command, flags, config)
	if !command.Flags().Changed("lang") && config.Language != "" {
		a.language = config.Language
	}
	words, err := a.words()
	if err != nil {
		return bot.Stations{}, speaker{}, err
	}
	fails, err := parseFailOn(flags.failOn)
	if err != nil {
		return bot.Stations{}, speaker{}, err
	}
	if config.Confidential {
		words = words.Confidential()
	}
	stations, err := a.stations(ctx, flags.profile, flags.only)
	stations.Dossiers = config.Dossiers
	return stations, speaker{words, fails, fetched}, err
}

// A speaker says what a forge should show of reviews.
type speaker struct {
	words   *templates.Words
	fails   func(austauschbar.Review) bool
	fetched bot.Fetched
}

func (s speaker) wanted(reviews []austauschbar.Review, notes []string) (bot.Wanted, error) {
	wanted := bot.Wanted{Check: bot.Check{Head: s.fetched.Change.Head, Conclusion: s.conclusion(reviews), Annotations: []bot.Annotation{}}}
	for i, review := range reviews {
		filled, err := s.words.Fill(review)
		if err != nil {
			return bot.Wanted{}, err
		}
		reviews[i] = filled
		for _, finding := range filled.Findings {
			wanted.Open = append(wanted.Open, bot.Key(filled.Dossier.Path, finding.ID))
		}
		if err := s.remarks(&wanted, filled); err != nil {
			return bot.Wanted{}, err
		}
	}
	return wanted, s.summary(&wanted, reviews, notes)
}

// conclusion is a failure only where the configuration asks for it; an open gate
// is neutral, since the bot advises and people decide.
func (s speaker) conclusion(reviews []austauschbar.Review) string {
	switch {
	case slices.ContainsFunc(reviews, s.fails):
		return "failure"
	case slices.ContainsFunc(reviews, func(r austauschbar.Review) bool { return r.Score.Gate == "open" }):
		return "neutral"
	}
	return "success"
}

// remarks adds the new findings that are not waived, each at its place.
func (s speaker) remarks(wanted *bot.Wanted, review austauschbar.Review) error {
	for _, finding := range review.Findings {
		if finding.Evidence == nil || finding.Waiver != nil || finding.Severity == "question" && finding.Code == "missing" ||
			review.Delta != nil && !slices.Contains(review.Delta.New, finding.ID) {
			continue
		}
		var body, elsewhere strings.Builder
		err := errors.Join(s.words.Remark(&body, review, finding), s.words.RemarksElsewhere(&elsewhere, review, []austauschbar.Finding{finding}))
		if err != nil {
			return err
		}
		key, at := bot.Key(review.Dossier.Path, finding.ID), path.Join(review.Dossier.Path, finding.Evidence.Path)
		wanted.Remarks = append(wanted.Remarks, bot.Remark{
			Finding: key, Path: at, Line: finding.Evidence.Line, Near: sectionLines(review, *finding.Evidence), Body: bot.MarkFinding(key, body.String()), Elsewhere: bot.MarkFinding(key, elsewhere.String()),
		})
		title, message, err := s.words.Annotation(finding)
		if err != nil {
			return err
		}
		wanted.Check.Annotations = append(wanted.Check.Annotations, bot.Annotation{Path: at, Line: max(1, finding.Evidence.Line), Level: annotationLevel[finding.Severity], Title: title, Message: message})
	}
	return nil
}

var annotationLevel = map[string]string{"blocker": "warning", "major": "warning", "minor": "notice", "hint": "notice", "question": "notice"}

// sectionLines lists the lines of a finding's section that the review knows.
func sectionLines(review austauschbar.Review, at austauschbar.Evidence) []int {
	var lines []int
	add := func(e austauschbar.Evidence) {
		if e.Path == at.Path && e.Section == at.Section && e.Line > 0 {
			lines = append(lines, e.Line)
		}
	}
	for _, finding := range review.Findings {
		if finding.Evidence != nil {
			add(*finding.Evidence)
		}
	}
	for _, criterion := range review.Criteria {
		for _, evidence := range criterion.Evidence {
			add(evidence)
		}
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}

// maxText bounds the texts of comments and checks, in bytes: GitHub's limit is
// 65,536 characters, and our marker goes before.
const maxText = 64_000

// summary writes the comment and the check. Where nothing was ever found, there
// is nothing to say in a comment.
func (s speaker) summary(wanted *bot.Wanted, reviews []austauschbar.Review, notes []string) error {
	input := templates.SummaryInput{Reviews: reviews, Notes: notes}
	var comment, check strings.Builder
	if err := s.words.Summary(&comment, input, maxText); err != nil {
		return err
	}
	if err := s.words.CheckSummaries(&check, input, maxText); err != nil {
		return err
	}
	title, err := s.words.CheckTitle(reviews...)
	wanted.Check.Title, wanted.Check.Summary = title, check.String()
	if len(wanted.Open) > 0 || len(notes) > 0 {
		wanted.Summary = bot.SummaryMarker + "\n" + comment.String()
	} else {
		wanted.Settled = bot.SummaryMarker + "\n" + comment.String()
	}
	return err
}
