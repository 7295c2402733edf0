package gitea

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"code.gitea.io/sdk/gitea"

	"github.com/austauschbar/austauschbar/bot"
)

// requests lists what people who may write ask of us and we have not answered: in
// comments at the change first, then in threads.
func (f *Forge) requests(ctx context.Context, at place, us string, comments []comment, threads []thread) ([]bot.Request, error) {
	// An answer may stand elsewhere than its request: not every server has replies.
	all := slices.Concat(append([]thread{comments}, threads...)...)
	found := unanswered(comments, all, us)
	for _, thread := range threads {
		for _, c := range thread {
			for _, request := range unanswered([]comment{c}, all, us) {
				request.Thread, request.Finding = thread.name(), thread.findingAt(c, us)
				found = append(found, request)
			}
		}
	}
	may := map[string]bool{} // by login
	var allowed []bot.Request
	for _, request := range found {
		if _, known := may[request.Author]; !known {
			var err error
			if may[request.Author], err = f.mayWrite(ctx, at, request.Author); err != nil {
				return nil, err
			}
		}
		if may[request.Author] {
			allowed = append(allowed, request)
		}
	}
	return allowed, nil
}

// unanswered lists the commands by people among comments, without those that one of
// ours answers.
func unanswered(comments, all []comment, us string) []bot.Request {
	var found []bot.Request
	for _, c := range comments {
		if _, ok := bot.ParseCommand(c.body); !ok || !c.isPerson || same(c.login, us) {
			continue
		}
		if !slices.ContainsFunc(all, func(other comment) bool { return other.answers(c.name(), us) }) {
			found = append(found, bot.Request{ID: c.name(), Author: c.login, Body: c.body})
		}
	}
	return found
}

// isPerson tells people from the server's own accounts, those that are gone included,
// and from those that call themselves bots: the server knows no difference.
func isPerson(id int64, login string) bool { return id > 0 && !strings.HasSuffix(login, "[bot]") }

// answers says whether a comment is ours and answers another.
func (c comment) answers(id, us string) bool {
	answered, ok := bot.AnswerOf(c.body)
	return ok && answered == id && same(c.login, us)
}

// mayWrite says whether somebody may write to the repository; false too where we may
// not know, which only the repository's administrators may.
func (f *Forge) mayWrite(ctx context.Context, at place, login string) (bool, error) {
	if !bot.IsPlain(login) {
		return false, nil
	}
	level, _, err := f.api(ctx).CollaboratorPermission(at.owner, at.name, login)
	switch {
	case status(err) == http.StatusForbidden, status(err) == http.StatusNotFound:
		return false, nil
	case err != nil:
		return false, fmt.Errorf("ask what %s may do: %w", login, err)
	}
	switch level.Permission {
	case gitea.AccessModeWrite, gitea.AccessModeAdmin, gitea.AccessModeOwner:
		return true, nil
	}
	return false, nil
}

// answer replies to a request: in its thread where it has one, which an old server
// has us do with a comment at the same line.
func (f *Forge) answer(ctx context.Context, at place, answer bot.Answer) error {
	if answer.Request.Thread == "" {
		_, _, err := f.api(ctx).CreateIssueComment(at.owner, at.name, at.number, gitea.CreateIssueCommentOption{Body: answer.Body})
		return err
	}
	id, err := bot.ParseID(answer.Request.Thread)
	if err != nil {
		return err
	}
	if f.server.reply {
		_, _, err := f.api(ctx).CreatePullReviewCommentReply(at.owner, at.name, at.number, id, gitea.CreatePullReviewCommentReplyOptions{Body: answer.Body})
		return err
	}
	threads, err := f.threads(ctx, at)
	if err != nil {
		return err
	}
	first, ok := commentAt(threads, id)
	if !ok || first.line == 0 {
		_, _, err := f.api(ctx).CreateIssueComment(at.owner, at.name, at.number, gitea.CreateIssueCommentOption{Body: answer.Body})
		return err
	}
	return f.createReview(ctx, at, "", []bot.Inline{{Path: first.path, Line: first.line, Body: answer.Body}})
}

// react shows at a command that it has arrived, or that its author may not give it.
func (f *Forge) react(ctx context.Context, at place, command command) error {
	may, err := f.mayWrite(ctx, at, command.login)
	if err != nil {
		return err
	}
	content := "eyes"
	if !may {
		content = "confused"
	}
	_, _, err = f.api(ctx).PostIssueCommentReaction(at.owner, at.name, command.id, content)
	return err
}
