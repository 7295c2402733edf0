package gitea

import (
	"context"
	"slices"
	"strconv"

	"code.gitea.io/sdk/gitea"

	"github.com/austauschbar/austauschbar/bot"
)

// A thread is what a server shows together: the comments of one review at one line,
// and what people answered there, the oldest first. Only comments have ids.
type thread []comment

// threads lists the threads of a pull request, the oldest first.
func (f *Forge) threads(ctx context.Context, at place) ([]thread, error) {
	reviews, err := f.reviews(ctx, at)
	if err != nil {
		return nil, err
	}
	var comments []comment
	for _, review := range reviews {
		// What is pending, nobody else can see.
		if review.State == gitea.ReviewStatePending || review.CodeCommentsCount == 0 {
			continue
		}
		some, err := f.reviewComments(ctx, at, review.ID)
		if err != nil {
			return nil, err
		}
		comments = append(comments, some...)
	}
	return grouped(comments), nil
}

func (f *Forge) reviews(ctx context.Context, at place) ([]*gitea.PullReview, error) {
	var found []*gitea.PullReview
	err := each(func(page gitea.ListOptions) (int, *gitea.Response, error) {
		reviews, response, err := f.api(ctx).ListPullReviews(at.owner, at.name, at.number, gitea.ListPullReviewsOptions{ListOptions: page})
		found = append(found, reviews...)
		return len(reviews), response, err
	})
	return found, err
}

func (f *Forge) reviewComments(ctx context.Context, at place, review int64) ([]comment, error) {
	comments, _, err := f.api(ctx).ListPullReviewComments(at.owner, at.name, at.number, review)
	if err != nil {
		return nil, unlessGone(err)
	}
	var found []comment
	for _, c := range comments {
		told := comment{id: c.ID, body: bot.LF(c.Body), review: review, path: c.Path, line: int(c.LineNum)}.by(c.Reviewer) // #nosec G115 -- of a file
		if c.Resolver != nil {
			told.resolver = c.Resolver.UserName
		}
		found = append(found, told)
	}
	return found, nil
}

// grouped makes threads of comments.
func grouped(comments []comment) []thread {
	slices.SortFunc(comments, byID)
	type spot struct {
		review int64
		path   string
		line   int
	}
	var threads []thread
	at := map[spot]int{} // index of the thread
	for _, c := range comments {
		key := spot{c.review, c.path, c.line}
		i, known := at[key]
		if !known {
			i = len(threads)
			at[key] = i
			threads = append(threads, nil)
		}
		threads[i] = append(threads[i], c)
	}
	return threads
}

// ours are the findings of ours in threads. Several at one line share a thread: to
// the bot, each has its own.
func (f *Forge) ours(threads []thread, us string) []bot.Thread {
	var found []bot.Thread
	for _, thread := range threads {
		for _, c := range thread {
			finding := c.finding(us)
			if finding == "" {
				continue
			}
			told := bot.Thread{Comment: c.name(), Finding: finding, Body: c.body, Path: c.path, Line: c.line}
			if f.canResolve() {
				told.ID = c.name()
			}
			// A person resolves the thread, which the server notes at its first comment.
			byPerson := isOther(c.resolver, us) || isOther(thread[0].resolver, us)
			told.Resolved = c.resolver != "" || byPerson
			told.Answered = byPerson || slices.ContainsFunc(thread, func(other comment) bool { return !same(other.login, us) })
			found = append(found, told)
		}
	}
	return found
}

// isOther says whether a login is somebody's and not ours.
func isOther(login, us string) bool { return login != "" && !same(login, us) }

// finding is what a comment of ours is about; "" for any other.
func (c comment) finding(us string) string {
	if !same(c.login, us) {
		return ""
	}
	finding, _ := bot.FindingOf(c.body)
	return finding
}

// findingAt is what the comments before a request are about; "" for nothing of ours.
func (t thread) findingAt(request comment, us string) string {
	found := ""
	for _, c := range t {
		if finding := c.finding(us); finding != "" && (c.id < request.id || found == "") {
			found = finding
		}
	}
	return found
}

// commentAt finds the comment that a thread begins with.
func commentAt(threads []thread, id int64) (comment, bool) {
	for _, thread := range threads {
		if thread[0].id == id {
			return thread[0], true
		}
	}
	return comment{}, false
}

func (t thread) name() string { return strconv.FormatInt(t[0].id, 10) }
