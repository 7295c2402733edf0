package github

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
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
		return bot.Posted{}, fmt.Errorf("read what is posted to %s: %w", at, err)
	}
	return posted, nil
}

func (f *Forge) posted(ctx context.Context, at place, head string) (bot.Posted, error) {
	us, err := f.us(ctx)
	if err != nil {
		return bot.Posted{}, err
	}
	var posted bot.Posted
	if posted.Summaries, err = f.summaries(ctx, at, us); err != nil {
		return bot.Posted{}, fmt.Errorf("list comments: %w", err)
	}
	if posted.Threads, err = f.ourThreads(ctx, at, us); err != nil {
		return bot.Posted{}, fmt.Errorf("list threads: %w", err)
	}
	if posted.Check, err = f.shown(ctx, at, head, us); err != nil {
		return bot.Posted{}, fmt.Errorf("look for the check: %w", err)
	}
	if posted.Labels, err = f.labels(ctx, at); err != nil {
		return bot.Posted{}, fmt.Errorf("list labels: %w", err)
	}
	return posted, nil
}

// summaries lists our summaries, the oldest first.
func (f *Forge) summaries(ctx context.Context, at place, us string) ([]bot.Comment, error) {
	var ours []*github.IssueComment
	err := each(func(page github.ListOptions) (*github.Response, error) {
		comments, response, err := f.client.Issues.ListComments(ctx, at.owner, at.name, at.number, &github.IssueListCommentsOptions{ListOptions: page})
		for _, comment := range comments {
			if same(comment.GetUser().GetLogin(), us) && strings.HasPrefix(comment.GetBody(), bot.SummaryMarker) {
				ours = append(ours, comment)
			}
		}
		return response, err
	})
	// Ids count up, whatever the order of the list.
	slices.SortFunc(ours, func(a, b *github.IssueComment) int { return cmp.Compare(a.GetID(), b.GetID()) })
	var summaries []bot.Comment
	for _, comment := range ours {
		summaries = append(summaries, bot.Comment{ID: strconv.FormatInt(comment.GetID(), 10), Body: lf(comment.GetBody())})
	}
	return summaries, err
}

// ourThreads lists the threads that begin with a finding of ours.
func (f *Forge) ourThreads(ctx context.Context, at place, us string) ([]bot.Thread, error) {
	threads, err := f.threads(ctx, at)
	if err != nil {
		return nil, err
	}
	var ours []bot.Thread
	for _, thread := range threads {
		comments := thread.Comments.Nodes
		if len(comments) == 0 || !same(comments[0].Author.login(), us) {
			continue
		}
		body := lf(comments[0].Body)
		finding, ok := bot.FindingOf(body)
		if !ok {
			continue
		}
		ours = append(ours, bot.Thread{
			ID: thread.ID, Comment: comments[0].FullDatabaseID, Finding: finding, Body: body,
			Path: thread.Path, Line: thread.Line, Resolved: thread.IsResolved,
			Answered: answered(thread, us),
		})
	}
	return ours, nil
}

// answered says whether somebody else wrote in our thread or resolved it, which
// is an answer too.
func answered(thread thread, us string) bool {
	if by := thread.ResolvedBy; thread.IsResolved && by != nil && !same(by.login(), us) && !same(by.login()+"[bot]", us) {
		return true
	}
	// We never write so often that all comments of the first page are ours.
	return thread.Comments.TotalCount > len(thread.Comments.Nodes) ||
		slices.ContainsFunc(thread.Comments.Nodes, func(c threadComment) bool { return !same(c.Author.login(), us) })
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

// lf undoes the line ends that GitHub's own editor leaves.
func lf(text string) string { return strings.ReplaceAll(text, "\r\n", "\n") }
