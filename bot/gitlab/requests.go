package gitlab

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"slices"

	"gitlab.com/gitlab-org/api/client-go/v2"

	"github.com/austauschbar/austauschbar/bot"
)

// mayPush is the access level, of Developers, from which on an account may write to a
// repository.
const mayPush = gitlab.DeveloperPermissions

// isBot matches the names of accounts that GitLab makes for tokens and services. They
// are members as people are.
var isBot = regexp.MustCompile(`^(project|group)_[0-9]+_bot([0-9]*|_[0-9a-f]+)$|^service_account_`)

// requests lists what people who may write ask of us and we have not answered: in
// notes at the merge request first, then in threads.
func (f *Forge) requests(ctx context.Context, at place, us int64, discussions []*gitlab.Discussion) ([]bot.Request, error) {
	may := map[int64]bool{} // by author
	var allowed []bot.Request
	for _, asked := range unanswered(discussions, us) {
		author := asked.author
		if _, known := may[author.ID]; !known {
			var err error
			if may[author.ID], err = f.mayWrite(ctx, at, author.ID, author.Username); err != nil {
				return nil, err
			}
		}
		if may[author.ID] {
			allowed = append(allowed, asked.Request)
		}
	}
	return allowed, nil
}

// An asked request may be of anybody.
type asked struct {
	bot.Request
	author gitlab.NoteAuthor
}

// unanswered lists the commands by others, without those that a note of ours answers.
// It may stand elsewhere: a note at the merge request becomes a thread when somebody
// replies to it.
func unanswered(discussions []*gitlab.Discussion, us int64) []asked {
	answered := map[string]bool{} // by the command's id
	var noted, threaded []asked
	for _, discussion := range discussions {
		for _, note := range discussion.Notes {
			if id, ok := bot.AnswerOf(note.Body); ok && note.Author.ID == us {
				answered[id] = true
			}
			if _, asks := bot.ParseCommand(note.Body); !asks || note.Author.ID == us || note.Author.ID == 0 {
				continue
			}
			request := bot.Request{ID: text(note.ID), Author: note.Author.Username, Body: note.Body}
			if discussion.IndividualNote {
				noted = append(noted, asked{request, note.Author})
				continue
			}
			request.Thread, request.Finding = discussion.ID, findingOf(discussion, us)
			threaded = append(threaded, asked{request, note.Author})
		}
	}
	return slices.DeleteFunc(append(noted, threaded...), func(a asked) bool { return answered[a.ID] })
}

// mayWrite says whether an account is a person's who may write to the repository;
// false too where we may not know.
func (f *Forge) mayWrite(ctx context.Context, at place, id int64, name string) (bool, error) {
	if isBot.MatchString(name) {
		return false, nil
	}
	member, _, err := f.client.ProjectMembers.GetInheritedProjectMember(at.project, id, gitlab.WithContext(ctx))
	switch status(err) {
	case http.StatusForbidden, http.StatusNotFound:
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("ask what %s may do: %w", name, err)
	}
	if member.AccessLevel < mayPush || member.State != "" && member.State != "active" {
		return false, nil
	}
	// Not every bot is known by its name.
	user, _, err := f.client.Users.GetUser(id, nil, gitlab.WithContext(ctx))
	switch status(err) {
	case http.StatusForbidden, http.StatusNotFound:
		return true, nil // we may not know; the name speaks for a person
	}
	if err != nil {
		return false, fmt.Errorf("ask who %s is: %w", name, err)
	}
	return !user.Bot, nil
}

// answer replies to a request, in its thread where it has one.
func (f *Forge) answer(ctx context.Context, at place, answer bot.Answer) error {
	body := spell(answer.Body)
	if thread := answer.Request.Thread; thread != "" {
		_, _, err := f.client.Discussions.AddMergeRequestDiscussionNote(at.project, at.number, thread, &gitlab.AddMergeRequestDiscussionNoteOptions{Body: &body}, gitlab.WithContext(ctx))
		return err
	}
	return f.createNote(ctx, at, body)
}

// createNote writes a note at the merge request, which nobody has to resolve.
func (f *Forge) createNote(ctx context.Context, at place, body string) error {
	body = spell(body)
	_, _, err := f.client.Notes.CreateMergeRequestNote(at.project, at.number, &gitlab.CreateMergeRequestNoteOptions{Body: &body}, gitlab.WithContext(ctx))
	return err
}

// A command is a note in which a person asks something of us.
type command struct {
	note   int64
	author int64
	name   string // of the author
}

// award puts an emoji to a command.
func (f *Forge) award(ctx context.Context, at place, command command) error {
	may, err := f.mayWrite(ctx, at, command.author, command.name)
	if err != nil {
		return err
	}
	emoji := "eyes"
	if !may {
		emoji = "confused"
	}
	_, _, err = f.client.AwardEmoji.CreateMergeRequestAwardEmojiOnNote(at.project, at.number, command.note, &gitlab.CreateAwardEmojiOptions{Name: emoji}, gitlab.WithContext(ctx))
	// One that is there already is refused as not found.
	return unlessGone(err)
}
