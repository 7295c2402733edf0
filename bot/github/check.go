package github

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/google/go-github/v62/github"

	"github.com/austauschbar/austauschbar/bot"
)

// GitHub's limits of a check run and a commit status.
const (
	maxSummary     = 65_535
	maxAnnotations = 50 // of one request; further ones are added by further requests
	maxTitle       = 255
	maxMessage     = 64 << 10
	maxDescription = 140
)

// externalID tells our check runs from those that GitHub Actions makes of a job
// that has our name and, with the token of Actions, our identity.
const externalID = "austauschbar"

// check returns our latest check run of a commit; nil where there is none.
func (f *Forge) check(ctx context.Context, at place, head, us string) (*bot.Check, error) {
	var ours *github.CheckRun
	err := each(func(page github.ListOptions) (*github.Response, error) {
		runs, response, err := f.client.Checks.ListCheckRunsForRef(ctx, at.owner, at.name, head, &github.ListCheckRunsOptions{
			// Of the latest ones only, a job of that name would hide ours.
			CheckName: github.String(checkName), Filter: github.String("all"), ListOptions: page,
		})
		if err != nil {
			return response, err
		}
		for _, run := range runs.CheckRuns {
			if run.GetExternalID() == externalID && same(run.GetApp().GetSlug()+"[bot]", us) && run.GetID() > ours.GetID() {
				ours = run
			}
		}
		return response, nil
	})
	if err != nil || ours == nil {
		return nil, err
	}
	check := &bot.Check{
		ID: strconv.FormatInt(ours.GetID(), 10), Head: head, Conclusion: ours.GetConclusion(),
		Title: ours.GetOutput().GetTitle(), Summary: lf(ours.GetOutput().GetSummary()),
	}
	if ours.GetOutput().GetAnnotationsCount() > 0 {
		check.Annotations, err = f.annotations(ctx, at, ours.GetID())
	}
	return check, err
}

func (f *Forge) annotations(ctx context.Context, at place, run int64) ([]bot.Annotation, error) {
	var found []bot.Annotation
	err := each(func(page github.ListOptions) (*github.Response, error) {
		annotations, response, err := f.client.Checks.ListCheckRunAnnotations(ctx, at.owner, at.name, run, &page)
		for _, a := range annotations {
			found = append(found, bot.Annotation{Path: a.GetPath(), Line: a.GetStartLine(), Level: a.GetAnnotationLevel(), Title: a.GetTitle(), Message: lf(a.GetMessage())})
		}
		return response, err
	})
	return found, err
}

// setCheck writes the check run of the commit that it speaks of, and nothing where
// it stands there already. It is always concluded: a required check that never
// reports would block for ever.
func (f *Forge) setCheck(ctx context.Context, at place, check bot.Check) error {
	us, err := f.us(ctx)
	if err != nil {
		return err
	}
	if f.Can().Checks {
		err := f.writeCheck(ctx, at, fitted(check), us)
		if status(err) != http.StatusForbidden {
			return err
		}
		f.noChecks.Store(true)
	}
	return f.setStatus(ctx, at, check, us)
}

func (f *Forge) writeCheck(ctx context.Context, at place, check bot.Check, us string) error {
	posted, err := f.check(ctx, at, check.Head, us)
	if err != nil {
		return err
	}
	if posted == nil || len(without(posted.Annotations, check.Annotations)) > 0 {
		// Annotations can be added, never removed: what is told anew needs a new run,
		// which GitHub shows in the old one's place.
		return f.createCheck(ctx, at, check)
	}
	missing := without(check.Annotations, posted.Annotations)
	if len(missing) == 0 && posted.Conclusion == check.Conclusion && posted.Title == check.Title && posted.Summary == check.Summary {
		return nil
	}
	run, err := number(posted.ID)
	if err != nil {
		return err
	}
	return f.updateCheck(ctx, at, run, check, missing)
}

func (f *Forge) createCheck(ctx context.Context, at place, check bot.Check) error {
	first, rest := page(check.Annotations)
	create := func(annotations []bot.Annotation) (*github.CheckRun, error) {
		run, _, err := f.client.Checks.CreateCheckRun(ctx, at.owner, at.name, github.CreateCheckRunOptions{
			Name: checkName, HeadSHA: check.Head, ExternalID: github.String(externalID),
			Status: github.String("completed"), Conclusion: github.String(check.Conclusion),
			Output: outputOf(check, annotations),
		})
		return run, err
	}
	run, err := create(first)
	if status(err) == http.StatusUnprocessableEntity && len(first) > 0 {
		// The conclusion counts more than an annotation that GitHub does not like.
		if _, again := create(nil); again != nil {
			return again
		}
		return fmt.Errorf("annotate: %w", err)
	}
	if err != nil || len(rest) == 0 {
		return err
	}
	return f.updateCheck(ctx, at, run.GetID(), check, rest)
}

// updateCheck replaces a run's text and adds annotations.
func (f *Forge) updateCheck(ctx context.Context, at place, run int64, check bot.Check, annotations []bot.Annotation) error {
	for {
		var now []bot.Annotation
		now, annotations = page(annotations)
		_, _, err := f.client.Checks.UpdateCheckRun(ctx, at.owner, at.name, run, github.UpdateCheckRunOptions{
			Name: checkName, Status: github.String("completed"), Conclusion: github.String(check.Conclusion),
			Output: outputOf(check, now),
		})
		if err != nil || len(annotations) == 0 {
			return err
		}
	}
}

func page(annotations []bot.Annotation) (first, rest []bot.Annotation) {
	n := min(len(annotations), maxAnnotations)
	return annotations[:n], annotations[n:]
}

func outputOf(check bot.Check, annotations []bot.Annotation) *github.CheckRunOutput {
	output := &github.CheckRunOutput{Title: github.String(check.Title), Summary: github.String(check.Summary)}
	for _, a := range annotations {
		annotation := &github.CheckRunAnnotation{
			Path: github.String(a.Path), StartLine: github.Int(a.Line), EndLine: github.Int(a.Line),
			AnnotationLevel: github.String(a.Level), Message: github.String(a.Message),
		}
		if a.Title != "" {
			annotation.Title = github.String(a.Title)
		}
		output.Annotations = append(output.Annotations, annotation)
	}
	return output
}

// without returns the annotations that are not among others, each as often as
// there are more of it.
func without(annotations, others []bot.Annotation) []bot.Annotation {
	count := map[bot.Annotation]int{}
	for _, other := range others {
		count[other]++
	}
	var left []bot.Annotation
	for _, annotation := range annotations {
		if count[annotation]--; count[annotation] < 0 {
			left = append(left, annotation)
		}
	}
	return left
}

// fitted brings a check into GitHub's limits.
func fitted(check bot.Check) bot.Check {
	check.Title = cmp.Or(check.Title, checkName)
	check.Summary = cutMarkdown(check.Summary, maxSummary)
	check.Annotations = slices.Clone(check.Annotations)
	for i, a := range check.Annotations {
		a.Line = max(a.Line, 1)
		a.Title = cut(a.Title, maxTitle)
		a.Message = cut(cmp.Or(a.Message, a.Title, checkName), maxMessage)
		check.Annotations[i] = a
	}
	return check
}

// cut shortens a text to a number of bytes, at the beginning of a character.
func cut(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	for limit > 0 && !utf8.RuneStart(text[limit]) {
		limit--
	}
	return text[:limit]
}

// cutMarkdown shortens Markdown at the end of a line, or of a character where the
// line is very long, and closes the fence that is open there.
func cutMarkdown(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	kept := cut(text, limit)
	for {
		if end := strings.LastIndexByte(kept, '\n'); end > limit/2 {
			kept = kept[:end]
		}
		fence, at := openFence(kept)
		switch {
		case fence == "":
			return kept
		case len(kept)+1+len(fence) <= limit:
			return kept + "\n" + fence
		case len(fence) > limit/2:
			kept = kept[:max(at-1, 0)]
		default:
			kept = cut(kept, limit-1-len(fence))
		}
	}
}

// openFence returns the fence that is open at a text's end, and where its line
// begins; "" where none is.
func openFence(text string) (fence string, at int) {
	start := 0
	for line := range strings.SplitSeq(text, "\n") {
		inner := strings.TrimLeft(line, " ")
		mark := inner[:len(inner)-len(strings.TrimLeft(inner, "`"))]
		if mark == "" {
			mark = inner[:len(inner)-len(strings.TrimLeft(inner, "~"))]
		}
		rest := inner[len(mark):]
		switch {
		case len(mark) < 3:
		case fence == "" && (mark[0] == '~' || !strings.Contains(rest, "`")):
			fence, at = mark, start
		case fence != "" && strings.HasPrefix(mark, fence) && strings.TrimSpace(rest) == "":
			fence = ""
		}
		start += len(line) + 1
	}
	return fence, at
}

// commitStatus returns our latest status of a commit; nil where there is none. It
// tells conclusion and title only, and of the conclusions no "neutral".
func (f *Forge) commitStatus(ctx context.Context, at place, head, us string) (*bot.Check, error) {
	var ours *github.RepoStatus
	err := each(func(page github.ListOptions) (*github.Response, error) {
		statuses, response, err := f.client.Repositories.ListStatuses(ctx, at.owner, at.name, head, &page)
		for _, status := range statuses {
			if status.GetContext() == checkName && same(status.GetCreator().GetLogin(), us) && status.GetID() > ours.GetID() {
				ours = status
			}
		}
		return response, err
	})
	if err != nil || ours == nil {
		return nil, err
	}
	return &bot.Check{ID: strconv.FormatInt(ours.GetID(), 10), Head: head, Conclusion: ours.GetState(), Title: ours.GetDescription()}, nil
}

// setStatus writes the commit status, and nothing where it stands there already:
// GitHub takes 1,000 of a commit.
func (f *Forge) setStatus(ctx context.Context, at place, check bot.Check, us string) error {
	wanted := bot.Check{Conclusion: "success", Title: shortened(check.Title, maxDescription)}
	if check.Conclusion == "failure" {
		wanted.Conclusion = "failure"
	}
	posted, err := f.commitStatus(ctx, at, check.Head, us)
	if err != nil {
		return err
	}
	if posted != nil && posted.Conclusion == wanted.Conclusion && posted.Title == wanted.Title {
		return nil
	}
	_, _, err = f.client.Repositories.CreateStatus(ctx, at.owner, at.name, check.Head, &github.RepoStatus{
		State: github.String(wanted.Conclusion), Description: github.String(wanted.Title), Context: github.String(checkName),
	})
	return err
}

// shortened cuts a text to a number of characters and says so.
func shortened(text string, limit int) string {
	if runes := []rune(text); len(runes) > limit {
		return string(runes[:limit-1]) + "…"
	}
	return text
}
