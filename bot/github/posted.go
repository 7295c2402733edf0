package github

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/google/go-github/v62/github"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
)

// Posted returns what our account has written to a pull request, and the check of
// the change's head.
func (f *Forge) Posted(ctx context.Context, change austauschbar.Change) (bot.Posted, error) {
	at, err := placeOf(change)
	if err != nil {
		return bot.Posted{}, fmt.Errorf("read what is posted: %w", err)
	}
	posted, err := f.posted(ctx, at, change.Head)
	if err != nil {
		return bot.Posted{}, fmt.Errorf("read what is posted to %s: %w", at, classified(err))
	}
	return posted, nil
}

func (f *Forge) posted(ctx context.Context, at place, head string) (bot.Posted, error) {
	us, err := f.us(ctx)
	if err != nil {
		return bot.Posted{}, err
	}
	comments, err := f.comments(ctx, at, us)
	if err != nil {
		return bot.Posted{}, fmt.Errorf("list comments: %w", err)
	}
	threads, err := f.threads(ctx, at)
	if err != nil {
		return bot.Posted{}, fmt.Errorf("list threads: %w", err)
	}
	posted := bot.Posted{Summaries: summaries(comments, us), Threads: ours(threads, us)}
	if posted.Requests, err = f.requests(ctx, at, us, comments, threads); err != nil {
		return bot.Posted{}, fmt.Errorf("look who asks: %w", err)
	}
	if posted.Check, err = f.shown(ctx, at, head, us); err != nil {
		return bot.Posted{}, fmt.Errorf("look for the check: %w", err)
	}
	if posted.Labels, err = f.labels(ctx, at); err != nil {
		return bot.Posted{}, fmt.Errorf("list labels: %w", err)
	}
	return posted, nil
}

// comments lists those at the change that are ours or ask something of us, the oldest
// first.
func (f *Forge) comments(ctx context.Context, at place, us string) ([]comment, error) {
	var found []comment
	err := each(func(page github.ListOptions) (*github.Response, error) {
		comments, response, err := f.client.Issues.ListComments(ctx, at.owner, at.name, at.number, &github.IssueListCommentsOptions{ListOptions: page})
		for _, c := range comments {
			if same(c.GetUser().GetLogin(), us) || isCommand(c.GetBody()) {
				found = append(found, comment{c.GetID(), &author{c.GetUser().GetType(), c.GetUser().GetLogin()}, bot.LF(c.GetBody())})
			}
		}
		return response, err
	})
	// Ids count up, whatever the order of the list.
	slices.SortFunc(found, func(a, b comment) int { return cmp.Compare(a.ID, b.ID) })
	return found, err
}

// summaries are those of our comments that begin as one.
func summaries(comments []comment, us string) []bot.Comment {
	var found []bot.Comment
	for _, c := range comments {
		if same(c.Author.login(), us) && strings.HasPrefix(c.Body, bot.SummaryMarker) {
			found = append(found, bot.Comment{ID: c.id(), Body: c.Body})
		}
	}
	return found
}

// labels lists our labels of the pull request.
func (f *Forge) labels(ctx context.Context, at place) ([]string, error) {
	if f.options.Labels == "" {
		return nil, nil
	}
	var ours []string
	err := each(func(page github.ListOptions) (*github.Response, error) {
		labels, response, err := f.client.Issues.ListLabelsByIssue(ctx, at.owner, at.name, at.number, &page)
		for _, label := range labels {
			if f.isOurs(label.GetName()) {
				ours = append(ours, label.GetName())
			}
		}
		return response, err
	})
	return ours, err
}

// isOurs says whether a label begins as ours do; labels have no case.
func (f *Forge) isOurs(label string) bool {
	prefix := f.options.Labels
	return prefix != "" && len(label) >= len(prefix) && same(label[:len(prefix)], prefix)
}

// shown returns what stands at a commit: our check run or, where we may have none,
// our commit status; nil for neither.
func (f *Forge) shown(ctx context.Context, at place, head, us string) (*bot.Check, error) {
	if head == "" {
		return nil, nil
	}
	if f.Can().Checks {
		check, err := f.check(ctx, at, head, us)
		if status(err) != http.StatusForbidden {
			return check, err
		}
		f.noChecks.Store(true)
	}
	return f.commitStatus(ctx, at, head, us)
}

// same compares logins, which have no case.
func same(a, b string) bool { return strings.EqualFold(a, b) }
