package github

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"github.com/google/go-github/v62/github"

	"github.com/austauschbar/austauschbar/bot"
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
		Title: ours.GetOutput().GetTitle(), Summary: bot.LF(ours.GetOutput().GetSummary()),
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
			found = append(found, bot.Annotation{Path: a.GetPath(), Line: a.GetStartLine(), Level: a.GetAnnotationLevel(), Title: a.GetTitle(), Message: bot.LF(a.GetMessage())})
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
	run, err := bot.ParseID(posted.ID)
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
			Output: outputOf(check, annotations), Actions: actionsOf(check),
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

// updateCheck replaces a run's text and adds annotations. GitHub never tells which
// buttons a run has, so that they are sent each time.
func (f *Forge) updateCheck(ctx context.Context, at place, run int64, check bot.Check, annotations []bot.Annotation) error {
	for {
		var now []bot.Annotation
		now, annotations = page(annotations)
		_, _, err := f.client.Checks.UpdateCheckRun(ctx, at.owner, at.name, run, github.UpdateCheckRunOptions{
			Name: checkName, Status: github.String("completed"), Conclusion: github.String(check.Conclusion),
			Output: outputOf(check, now), Actions: actionsOf(check),
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

func actionsOf(check bot.Check) []*github.CheckRunAction {
	var actions []*github.CheckRunAction
	for _, action := range check.Actions {
		actions = append(actions, &github.CheckRunAction{Label: action.Label, Description: action.Description, Identifier: action.ID})
	}
	return actions
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
