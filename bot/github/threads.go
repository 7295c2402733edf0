package github

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"github.com/google/go-github/v62/github"

	"github.com/austauschbar/austauschbar/bot"
)

// threads lists the review threads of a pull request with all their comments. Where
// GraphQL is refused, REST tells the threads, but not whether they are resolved.
func (f *Forge) threads(ctx context.Context, at place) ([]thread, error) {
	if f.noGraphQL.Load() {
		return f.restThreads(ctx, at)
	}
	threads, err := f.graphThreads(ctx, at)
	if refusesGraphQL(err) {
		// A pull request that is not there is refused by both.
		if threads, err = f.restThreads(ctx, at); err == nil {
			f.noGraphQL.Store(true)
		}
		return threads, err
	}
	if err != nil || !slices.ContainsFunc(threads, thread.isCut) {
		return threads, err
	}
	whole, err := f.restThreads(ctx, at)
	if err != nil {
		return nil, err
	}
	for i, cut := range threads {
		if j := slices.IndexFunc(whole, func(t thread) bool { return t.first() == cut.first() }); cut.isCut() && j >= 0 {
			threads[i].Comments = whole[j].Comments
		}
	}
	return threads, nil
}

// refusesGraphQL tells a server or token without GraphQL from one that has trouble.
func refusesGraphQL(err error) bool {
	switch status(err) {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusGone, http.StatusNotImplemented:
		return true
	}
	return errors.Is(err, errNotFound) || errors.Is(err, bot.ErrForbidden)
}

// isCut says whether a thread has more comments than were listed.
func (t thread) isCut() bool { return t.Comments.TotalCount > len(t.Comments.Nodes) }

// first is the id of the comment that begins the thread; 0 where there is none.
func (t thread) first() int64 {
	if len(t.Comments.Nodes) == 0 {
		return 0
	}
	return t.Comments.Nodes[0].ID
}

// restThreads makes threads of the review comments that REST lists.
func (f *Forge) restThreads(ctx context.Context, at place) ([]thread, error) {
	var threads []thread
	begun := map[int64]int{} // index of the thread by its first comment
	err := each(func(page github.ListOptions) (*github.Response, error) {
		comments, response, err := f.client.PullRequests.ListComments(ctx, at.owner, at.name, at.number, &github.PullRequestListCommentsOptions{ListOptions: page})
		for _, c := range comments {
			i, known := begun[c.GetInReplyTo()]
			if !known && c.GetInReplyTo() != 0 {
				continue // to a comment that is gone
			}
			if !known {
				i = len(threads)
				begun[c.GetID()] = i
				threads = append(threads, thread{Path: c.GetPath(), Line: c.GetLine()})
			}
			threads[i].Comments.TotalCount++
			threads[i].Comments.Nodes = append(threads[i].Comments.Nodes, comment{c.GetID(), &author{c.GetUser().GetType(), c.GetUser().GetLogin()}, c.GetBody()})
		}
		return response, err
	})
	return threads, err
}

// ours are the threads that begin with a finding of ours.
func ours(threads []thread, us string) []bot.Thread {
	var found []bot.Thread
	for _, thread := range threads {
		finding := thread.finding(us)
		if finding == "" {
			continue
		}
		first := thread.Comments.Nodes[0]
		found = append(found, bot.Thread{
			ID: thread.ID, Comment: first.id(), Finding: finding, Body: bot.LF(first.Body),
			Path: thread.Path, Line: thread.Line, Resolved: thread.IsResolved,
			Answered: answered(thread, us),
		})
	}
	return found
}

// finding is what a thread of ours is about; "" for a thread of somebody else.
func (t thread) finding(us string) string {
	if len(t.Comments.Nodes) == 0 || !same(t.Comments.Nodes[0].Author.login(), us) {
		return ""
	}
	finding, _ := bot.FindingOf(bot.LF(t.Comments.Nodes[0].Body))
	return finding
}

// answered says whether somebody else wrote in our thread or resolved it, which is an
// answer too.
func answered(thread thread, us string) bool {
	if by := thread.ResolvedBy; thread.IsResolved && by != nil && !same(by.login(), us) && !same(by.login()+"[bot]", us) {
		return true
	}
	return slices.ContainsFunc(thread.Comments.Nodes, func(c comment) bool { return !same(c.Author.login(), us) })
}
