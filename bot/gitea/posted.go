package gitea

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"code.gitea.io/sdk/gitea"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
)

// A comment is one at the change, or at a line.
type comment struct {
	id       int64 // no two comments of a server have the same, whatever they stand at
	login    string
	isPerson bool
	body     string

	// Of a comment at a line only:
	review   int64
	path     string
	line     int    // of the head; 0 for a line of the base
	resolver string // login of who resolved it; "" for nobody
}

func (c comment) name() string { return strconv.FormatInt(c.id, 10) }

// by puts into a comment who wrote it; nobody where the account is gone.
func (c comment) by(user *gitea.User) comment {
	if user != nil {
		c.login, c.isPerson = user.UserName, isPerson(user.ID, user.UserName)
	}
	return c
}

// Posted returns what our account has written to a pull request, and the status of
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
	comments, err := f.comments(ctx, at)
	if err != nil {
		return bot.Posted{}, fmt.Errorf("list comments: %w", err)
	}
	threads, err := f.threads(ctx, at)
	if err != nil {
		return bot.Posted{}, fmt.Errorf("list threads: %w", err)
	}
	posted := bot.Posted{Summaries: summaries(comments, us.UserName), Threads: f.ours(threads, us.UserName)}
	if posted.Requests, err = f.requests(ctx, at, us.UserName, comments, threads); err != nil {
		return bot.Posted{}, fmt.Errorf("look who asks: %w", err)
	}
	if posted.Check, err = f.check(ctx, at, head, us.UserName); err != nil {
		return bot.Posted{}, fmt.Errorf("look for the status: %w", err)
	}
	if posted.Labels, err = f.labels(ctx, at); err != nil {
		return bot.Posted{}, fmt.Errorf("list labels: %w", err)
	}
	return posted, nil
}

// comments lists those at the change, the oldest first.
func (f *Forge) comments(ctx context.Context, at place) ([]comment, error) {
	var found []comment
	err := each(func(page gitea.ListOptions) (int, *gitea.Response, error) {
		comments, response, err := f.api(ctx).ListIssueComments(at.owner, at.name, at.number, gitea.ListIssueCommentOptions{ListOptions: page})
		for _, c := range comments {
			found = append(found, comment{id: c.ID, body: bot.LF(c.Body)}.by(c.Poster))
		}
		return len(comments), response, err
	})
	slices.SortFunc(found, byID)
	return found, err
}

// byID orders comments by age: ids count up.
func byID(a, b comment) int { return cmp.Compare(a.id, b.id) }

// summaries are those of our comments that begin as one.
func summaries(comments []comment, us string) []bot.Comment {
	var found []bot.Comment
	for _, c := range comments {
		if same(c.login, us) && strings.HasPrefix(c.body, bot.SummaryMarker) {
			found = append(found, bot.Comment{ID: c.name(), Body: c.body})
		}
	}
	return found
}

// labels lists our labels of the pull request.
func (f *Forge) labels(ctx context.Context, at place) ([]string, error) {
	var names []string
	if f.options.Labels == "" {
		return nil, nil
	}
	posted, err := f.postedLabels(ctx, at)
	for _, label := range posted {
		names = append(names, label.Name)
	}
	return names, err
}

func (f *Forge) postedLabels(ctx context.Context, at place) ([]*gitea.Label, error) {
	var ours []*gitea.Label
	err := each(func(page gitea.ListOptions) (int, *gitea.Response, error) {
		labels, response, err := f.api(ctx).GetIssueLabels(at.owner, at.name, at.number, gitea.ListLabelsOptions{ListOptions: page})
		for _, label := range labels {
			if f.isOurs(label.Name) {
				ours = append(ours, label)
			}
		}
		return len(labels), response, err
	})
	return ours, err
}

// isOurs says whether a label begins as ours do.
func (f *Forge) isOurs(label string) bool {
	prefix := f.options.Labels
	return prefix != "" && len(label) >= len(prefix) && same(label[:len(prefix)], prefix)
}
