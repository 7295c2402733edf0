package gitlab

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gitlab.com/gitlab-org/api/client-go/v2"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
)

// Posted returns what our account has written to a merge request, and the commit
// status of the change's head.
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
	discussions, err := f.discussions(ctx, at)
	if err != nil {
		return bot.Posted{}, fmt.Errorf("list discussions: %w", err)
	}
	posted := bot.Posted{Summaries: summaries(discussions, us), Threads: threads(discussions, us)}
	if posted.Requests, err = f.requests(ctx, at, us, discussions); err != nil {
		return bot.Posted{}, fmt.Errorf("look who asks: %w", err)
	}
	if head != "" {
		if posted.Check, err = f.commitStatus(ctx, at, head, us); err != nil {
			return bot.Posted{}, fmt.Errorf("look for the commit status: %w", err)
		}
	}
	if f.options.Labels != "" {
		merge, err := f.merge(ctx, at)
		if err != nil {
			return bot.Posted{}, fmt.Errorf("list labels: %w", err)
		}
		posted.Labels = f.ours(merge.Labels)
	}
	return posted, nil
}

// discussions lists all that people and we wrote, without what GitLab itself notes and
// what is not for everyone. A note at the merge request itself is a discussion of one.
func (f *Forge) discussions(ctx context.Context, at place) ([]*gitlab.Discussion, error) {
	var found []*gitlab.Discussion
	err := pages(ctx, func(further ...gitlab.RequestOptionFunc) (*gitlab.Response, error) {
		discussions, response, err := f.client.Discussions.ListMergeRequestDiscussions(at.project, at.number, &gitlab.ListMergeRequestDiscussionsOptions{ListOptions: perPage}, further...)
		for _, discussion := range discussions {
			discussion.Notes = slices.DeleteFunc(discussion.Notes, func(n *gitlab.Note) bool { return n.System || n.Internal })
			if len(discussion.Notes) > 0 {
				found = append(found, discussion)
			}
		}
		return response, err
	})
	for _, discussion := range found {
		for _, note := range discussion.Notes {
			note.Body = bot.LF(note.Body)
		}
	}
	return found, err
}

// summaries are our notes that begin as one, the oldest first. They are written at the
// merge request itself, but become the first of a thread when somebody replies.
func summaries(discussions []*gitlab.Discussion, us int64) []bot.Comment {
	var ours []*gitlab.Note
	for _, discussion := range discussions {
		if first := discussion.Notes[0]; first.Author.ID == us && strings.HasPrefix(first.Body, bot.SummaryMarker) {
			ours = append(ours, first)
		}
	}
	// Ids count up, whatever the order of the list.
	slices.SortFunc(ours, func(a, b *gitlab.Note) int { return cmp.Compare(a.ID, b.ID) })
	var found []bot.Comment
	for _, note := range ours {
		found = append(found, bot.Comment{ID: text(note.ID), Body: note.Body})
	}
	return found
}

// threads are the discussions that begin with a finding of ours.
func threads(discussions []*gitlab.Discussion, us int64) []bot.Thread {
	var found []bot.Thread
	for _, discussion := range discussions {
		finding := findingOf(discussion, us)
		if finding == "" {
			continue
		}
		first := discussion.Notes[0]
		thread := bot.Thread{
			ID: discussion.ID, Comment: text(first.ID), Finding: finding, Body: first.Body,
			Resolved: isResolved(discussion), Answered: isAnswered(discussion, us),
		}
		if at := first.Position; at != nil {
			thread.Path, thread.Line = at.NewPath, int(at.NewLine)
		}
		found = append(found, thread)
	}
	return found
}

// findingOf is what a thread of ours is about; "" for anything else.
func findingOf(discussion *gitlab.Discussion, us int64) string {
	if discussion.IndividualNote || discussion.Notes[0].Author.ID != us {
		return ""
	}
	finding, _ := bot.FindingOf(discussion.Notes[0].Body)
	return finding
}

// isResolved says whether each note that can be resolved is.
func isResolved(discussion *gitlab.Discussion) bool {
	resolved := false
	for _, note := range discussion.Notes {
		if note.Resolvable && !note.Resolved {
			return false
		}
		resolved = resolved || note.Resolved
	}
	return resolved
}

// isAnswered says whether somebody else wrote in our thread or resolved it, which is
// an answer too.
func isAnswered(discussion *gitlab.Discussion, us int64) bool {
	return slices.ContainsFunc(discussion.Notes, func(n *gitlab.Note) bool {
		return n.Author.ID != us || n.Resolved && n.ResolvedBy.ID != 0 && n.ResolvedBy.ID != us
	})
}

// ours are the labels that begin as ours do.
func (f *Forge) ours(labels []string) []string {
	var found []string
	for _, label := range labels {
		if f.options.Labels != "" && strings.HasPrefix(label, f.options.Labels) {
			found = append(found, label)
		}
	}
	return found
}

// text is an id as we give it out; bot.ParseID reads it again.
func text(id int64) string { return strconv.FormatInt(id, 10) }
