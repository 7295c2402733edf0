package github

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/google/go-github/v62/github"

	"github.com/austauschbar/austauschbar/bot"
)

// isCommand says whether a comment asks something of us.
func isCommand(body string) bool {
	_, ok := bot.ParseCommand(body)
	return ok
}

// isBot says whether an account belongs to a program.
func isBot(kind, login string) bool { return kind == "Bot" || strings.HasSuffix(login, "[bot]") }

// requests lists what people who may write ask of us and we have not answered: in
// comments at the change first, then in threads.
func (f *Forge) requests(ctx context.Context, at place, us string, comments []comment, threads []thread) ([]bot.Request, error) {
	found := unanswered(comments, us)
	for _, thread := range threads {
		for _, request := range unanswered(thread.Comments.Nodes, us) {
			request.Thread, request.Finding = thread.Comments.Nodes[0].id(), thread.finding(us)
			found = append(found, request)
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

// unanswered lists the commands by people among comments in one place, without those
// that a later one of ours answers.
func unanswered(comments []comment, us string) []bot.Request {
	var found []bot.Request
	for _, c := range comments {
		login := c.Author.login()
		if login == "" || same(login, us) || isBot(c.Author.Typename, login) || !isCommand(c.Body) {
			continue
		}
		if !slices.ContainsFunc(comments, func(other comment) bool { return other.answers(c.id(), us) }) {
			found = append(found, bot.Request{ID: c.id(), Author: login, Body: bot.LF(c.Body)})
		}
	}
	return found
}

// answers says whether a comment is ours and answers another.
func (c comment) answers(id, us string) bool {
	answered, ok := bot.AnswerOf(bot.LF(c.Body))
	return ok && answered == id && same(c.Author.login(), us)
}

// mayWrite says whether somebody may write to the repository; false too where we may
// not know.
func (f *Forge) mayWrite(ctx context.Context, at place, login string) (bool, error) {
	if !bot.IsPlain(login) {
		return false, nil
	}
	level, _, err := f.client.Repositories.GetPermissionLevel(ctx, at.owner, at.name, login)
	switch {
	case status(err) == http.StatusForbidden, status(err) == http.StatusNotFound:
		return false, nil
	case err != nil:
		return false, fmt.Errorf("ask what %s may do: %w", login, err)
	}
	switch level.GetPermission() {
	case "write", "maintain", "admin":
		return true, nil
	}
	return false, nil
}

// answer replies to a request, in its thread where it has one.
func (f *Forge) answer(ctx context.Context, at place, answer bot.Answer) error {
	if answer.Request.Thread == "" {
		_, _, err := f.client.Issues.CreateComment(ctx, at.owner, at.name, at.number, &github.IssueComment{Body: &answer.Body})
		return err
	}
	first, err := bot.ParseID(answer.Request.Thread)
	if err != nil {
		return err
	}
	request, err := f.client.NewRequest(http.MethodPost, at.url("pulls/%d/comments/%d/replies", at.number, first), map[string]any{"body": answer.Body})
	if err != nil {
		return err
	}
	_, err = f.client.Do(ctx, request, nil)
	return err
}

// react shows at a command that it has arrived, or that its author may not give it.
func (h *Host) react(ctx context.Context, at place, command command) error {
	forge, err := h.at(ctx, at)
	if err == nil {
		err = forge.react(ctx, at, command)
	}
	if err != nil {
		return fmt.Errorf("react to comment %d of %s: %w", command.id, at, classified(err))
	}
	return nil
}

func (f *Forge) react(ctx context.Context, at place, command command) error {
	may, err := f.mayWrite(ctx, at, command.login)
	if err != nil {
		return err
	}
	content := "eyes"
	if !may {
		content = "confused"
	}
	create := f.client.Reactions.CreateIssueCommentReaction
	if command.inThread {
		create = f.client.Reactions.CreatePullRequestCommentReaction
	}
	_, _, err = create(ctx, at.owner, at.name, command.id, content)
	return err
}
