package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/sirupsen/logrus"
	"github.com/spf13/cobra"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/policies"
	"github.com/austauschbar/austauschbar/schema"
	"github.com/austauschbar/austauschbar/templates"
)

// A reviewer makes what judges and speaks for changes on forges: in a CI job one,
// in the server all. It may be used by several goroutines.
type reviewer struct {
	app   *app
	flags reviewFlags // what the configuration does not say
	// given tells whether the command line says a flag, which then goes before
	// the configuration.
	given func(flag string) bool
	shelf *shelf
	// speaking is told whose words say a review; nil for nobody.
	speaking func(*templates.Words)
	// keep is given each review of a change, as it is said; nil for nobody.
	keep func(context.Context, austauschbar.Change, *templates.Words, bool, []austauschbar.Review)
}

func (a *app) reviewer(command *cobra.Command, flags reviewFlags) reviewer {
	return reviewer{app: a, flags: flags, given: command.Flags().Changed, shelf: &shelf{}}
}

// carrier carries changes to reviews made by the files of their base.
func (r reviewer) carrier() bot.Carrier {
	return bot.Carrier{
		Prepare: func(fetched bot.Fetched) bot.Prepare {
			return func(ctx context.Context, trusted fs.FS) (bot.Stations, error) {
				return r.prepare(ctx, fetched, trusted)
			}
		},
		Failed: r.failed,
	}
}

// failed is the check of a change that cannot be reviewed. It names the cause unless
// the documents are confidential, which their configuration must be readable to say.
func (r reviewer) failed(fetched bot.Fetched, cause error) bot.Check {
	check := bot.Check{Conclusion: "neutral", Title: "Austauschbar", Summary: "Austauschbar", Annotations: []bot.Annotation{}}
	config, _ := configIn(fetched.Base)
	_, language := r.with(config)
	words, err := wordsIn(language)
	if err == nil && config.Confidential {
		words = words.Confidential()
	}
	if err == nil {
		check.Title, check.Summary, err = words.Failed(cause.Error())
	}
	if err != nil {
		r.app.log.WithError(err).Error("say that a review could not be done")
	}
	return check
}

// prepare makes stations of a commit's configuration and policies.
func (r reviewer) prepare(ctx context.Context, fetched bot.Fetched, trusted fs.FS) (bot.Stations, error) {
	config, err := configIn(trusted)
	if err != nil {
		return bot.Stations{}, err
	}
	flags, language := r.with(config)
	words, err := wordsIn(language)
	if err != nil {
		return bot.Stations{}, err
	}
	if config.Confidential {
		words = words.Confidential()
	}
	fails, err := parseFailOn(flags.failOn)
	if err != nil {
		return bot.Stations{}, err
	}
	today, err := r.app.day()
	if err != nil {
		return bot.Stations{}, err
	}
	overlay := r.app.overlay
	if overlay == nil {
		if overlay, err = policiesIn(trusted); err != nil {
			return bot.Stations{}, err
		}
	}
	rules, err := r.shelf.get(ctx, overlay)
	if err != nil {
		return bot.Stations{}, err
	}
	stations, err := r.app.stations(rules, judging{today: today, profile: flags.profile, only: flags.only})
	stations.Dossiers = config.Dossiers
	speaker := speaker{words, fails, fetched, config, today, r.app.log, func() ([]austauschbar.Criterion, error) { return policies.Catalogue(laidOver(overlay)) }}
	stations.Speak = func(result bot.Result) (bot.Wanted, error) {
		if r.speaking != nil {
			r.speaking(words)
		}
		if r.keep != nil {
			r.keep(ctx, fetched.Change, words, config.Confidential, result.Reviews)
		}
		return speaker.wanted(result)
	}
	return stations, err
}

// with takes from the configuration what no flag says.
func (r reviewer) with(config austauschbar.Config) (flags reviewFlags, language string) {
	language = r.app.language
	if !r.given("lang") && config.Language != "" {
		language = config.Language
	}
	return withConfig(r.given, r.flags, config), language
}

// configIn reads the configuration of a commit; an empty one where it has none.
func configIn(files fs.FS) (austauschbar.Config, error) {
	var config austauschbar.Config
	data, err := fs.ReadFile(files, bot.ConfigFile)
	if errors.Is(err, fs.ErrNotExist) {
		return config, nil
	}
	if err == nil {
		err = schema.Decode(schema.Config, data, &config)
	}
	if err != nil {
		return config, fmt.Errorf("read %s: %w", bot.ConfigFile, err)
	}
	return config, nil
}

// policiesIn are a repository's own policies at a commit; nil where it has none.
func policiesIn(files fs.FS) (fs.FS, error) {
	if info, err := fs.Stat(files, bot.PolicyDir); err != nil || !info.IsDir() {
		return nil, nil
	}
	return fs.Sub(files, bot.PolicyDir)
}

// A speaker says what a forge should show of reviews.
type speaker struct {
	words   *templates.Words
	fails   func(austauschbar.Review) bool
	fetched bot.Fetched
	config  austauschbar.Config
	today   time.Time
	log     *logrus.Logger
	// criteria lists the catalogue.
	criteria func() ([]austauschbar.Criterion, error)
}

func (s speaker) wanted(result bot.Result) (bot.Wanted, error) {
	reviews, err := s.filled(result.Reviews)
	if err != nil {
		return bot.Wanted{}, err
	}
	wanted := bot.Wanted{Check: bot.Check{Head: s.fetched.Change.Head, Conclusion: s.conclusion(reviews), Annotations: []bot.Annotation{}}, Answer: answers{s, reviews}.to}
	for _, review := range reviews {
		for _, finding := range review.Findings {
			wanted.Open = append(wanted.Open, bot.Key(review.Dossier.Path, finding.ID))
		}
		if err := s.remarks(&wanted, review); err != nil {
			return bot.Wanted{}, err
		}
	}
	if s.config.Labels && len(reviews) > 0 {
		wanted.Labels = []string{templates.Label(reviews)}
	}
	label, description, err := s.words.RecheckAction()
	if err != nil {
		return bot.Wanted{}, err
	}
	wanted.Check.Actions = []bot.Action{{ID: "recheck", Label: label, Description: description}}
	previews, err := s.previews(reviews, result.Previews)
	if err != nil {
		return bot.Wanted{}, err
	}
	return wanted, s.summary(&wanted, templates.SummaryInput{Reviews: reviews, Notes: result.Notes, Previews: previews})
}

func (s speaker) filled(reviews []austauschbar.Review) ([]austauschbar.Review, error) {
	filled := make([]austauschbar.Review, len(reviews))
	for i, review := range reviews {
		var err error
		if filled[i], err = s.words.Fill(review); err != nil {
			return nil, err
		}
	}
	return filled, nil
}

// previews puts beside each review how it would be. What keeps all from being tried
// is told once.
func (s speaker) previews(reviews []austauschbar.Review, tried []bot.Preview) ([]templates.Preview, error) {
	var previews []templates.Preview
	for i, each := range tried {
		preview := templates.Preview{Dossier: each.Dossier, Before: reviews[i], Skipped: errors.Is(each.Err, bot.ErrFork)}
		switch {
		case preview.Skipped:
			return []templates.Preview{{Skipped: true}}, nil
		case each.Err != nil:
			preview.Failure = each.Err.Error()
		default:
			var err error
			if preview.After, err = s.words.Fill(each.Review); err != nil {
				return nil, err
			}
		}
		previews = append(previews, preview)
	}
	return previews, nil
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
		key := bot.Key(review.Dossier.Path, finding.ID)
		at, line := placeIn(s.fetched.Head, path.Join(review.Dossier.Path, finding.Evidence.Path), finding.Evidence.Line)
		wanted.Remarks = append(wanted.Remarks, bot.Remark{
			Finding: key, Path: at, Line: line, Near: sectionLines(review, *finding.Evidence),
			Body: bot.MarkFinding(key, body.String()), Elsewhere: bot.MarkFinding(key, elsewhere.String()), Replace: s.replacement(at, finding),
		})
		title, message, err := s.words.Annotation(finding)
		if err != nil {
			return err
		}
		wanted.Check.Annotations = append(wanted.Check.Annotations, bot.Annotation{Path: at, Line: max(1, line), Level: annotationLevel[finding.Severity], Title: title, Message: message})
	}
	return nil
}

// placeIn is where a repository shows a place of a dossier: of a document within an
// archive or mail, the archive or mail, which has no lines.
func placeIn(tree fs.FS, document string, line int) (file string, atLine int) {
	for file = document; file != "."; file = path.Dir(file) {
		if info, err := fs.Stat(tree, file); err == nil && !info.IsDir() {
			break
		}
	}
	switch file {
	case document:
		return file, line
	case ".":
		return document, line
	}
	return file, 0
}

// replacement is the finding's line of the file with the suggestion in its quote's
// place, as a click puts it there; "" unless the line holds the quote once and whole. A
// clause that is missing takes no passage's place, wherever it is asked for.
func (s speaker) replacement(file string, finding austauschbar.Finding) string {
	at := finding.Evidence
	if s.config.Confidential || finding.Suggestion == "" || finding.Code == "missing" || strings.Contains(finding.Suggestion, "\n") || at.Line == 0 || at.Quote == "" {
		return ""
	}
	data, err := fs.ReadFile(s.fetched.Head, file)
	if err != nil {
		return ""
	}
	lines := strings.Split(string(data), "\n")
	if at.Line > len(lines) {
		return ""
	}
	line := lines[at.Line-1]
	// Whether a click keeps a line end of Windows is not known.
	if strings.HasSuffix(line, "\r") || strings.Count(line, at.Quote) != 1 {
		return ""
	}
	return strings.Replace(line, at.Quote, finding.Suggestion, 1)
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
func (s speaker) summary(wanted *bot.Wanted, input templates.SummaryInput) error {
	var comment, check strings.Builder
	if err := s.words.Summary(&comment, input, maxText); err != nil {
		return err
	}
	if err := s.words.CheckSummaries(&check, input, maxText); err != nil {
		return err
	}
	var err error
	if wanted.Check.Title, err = s.words.CheckTitle(input.Reviews...); err != nil {
		return err
	}
	wanted.Check.Summary = check.String()
	if len(input.Reviews) == 0 {
		if wanted.Check.Title, wanted.Check.Summary, err = s.words.NothingTouched(); err != nil {
			return err
		}
	}
	if len(wanted.Open) > 0 || len(input.Notes) > 0 {
		wanted.Summary = bot.SummaryMarker + "\n" + comment.String()
	} else {
		wanted.Settled = bot.SummaryMarker + "\n" + comment.String()
	}
	return nil
}
