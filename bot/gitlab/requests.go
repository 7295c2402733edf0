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
	var allowed []bot.Request
	may := map[int64]bool{} // by author
	ask := func(notes []*gitlab.Note, thread, finding string) error {
		for _, note := range unanswered(notes, us) {
			author := note.Author
			if _, known := may[author.ID]; !known {
				var err error
				if may[author.ID], err = f.mayWrite(ctx, at, author.ID, author.Username); err != nil {
					return err
				}
			}
			if may[author.ID] {
				allowed = append(allowed, bot.Request{ID: text(note.ID), Thread: thread, Finding: finding, Author: author.Username, Body: note.Body})
			}
		}
		return nil
	}
	if err := ask(single(discussions), "", ""); err != nil {
		return nil, err
	}
	for _, discussion := range discussions {
		if discussion.IndividualNote {
			continue
		}
		if err := ask(discussion.Notes, discussion.ID, findingOf(discussion, us)); err != nil {
			return nil, err
		}
	}
	return allowed, nil
}

// unanswered lists the commands by others among notes in one place, without those that
// one of ours answers.
func unanswered(notes []*gitlab.Note, us int64) []*gitlab.Note {
	var found []*gitlab.Note
	for _, note := range notes {
		if _, asks := bot.ParseCommand(note.Body); !asks || note.Author.ID == us || note.Author.ID == 0 {
			continue
		}
		answers := func(other *gitlab.Note) bool {
			id, ok := bot.AnswerOf(other.Body)
			return ok && id == text(note.ID) && other.Author.ID == us
		}
		if !slices.ContainsFunc(notes, answers) {
			found = append(found, note)
		}
	}
	return found
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

// react shows at a command that it has arrived, or that its author may not give it.
func (f *Forge) react(ctx context.Context, at place, command command) error {
	if err := classified(f.award(ctx, at, command)); err != nil {
		return fmt.Errorf("react to note %d of %s: %w", command.note, at, err)
	}
	return nil
}

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
