package gitlabtest

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A Position is where a discussion stands.
type Position struct {
	Type      string `json:"position_type"` // "text" or "file"
	BaseSHA   string `json:"base_sha"`
	StartSHA  string `json:"start_sha"`
	HeadSHA   string `json:"head_sha"`
	OldPath   string `json:"old_path"`
	NewPath   string `json:"new_path"`
	OldLine   int    `json:"old_line,omitempty"` // 0 for none, as NewLine
	NewLine   int    `json:"new_line,omitempty"`
	LineRange any    `json:"line_range"`
}

func (f *Fake) getDiscussions(w http.ResponseWriter, r *http.Request) {
	if merge := f.merge(w, r); merge != nil {
		answer(w, http.StatusOK, each(paged(w, r, merge.Discussion), f.discussionShape))
	}
}

func (f *Fake) discussionShape(d *Discussion) object {
	return object{"id": d.ID, "individual_note": d.Single, "notes": each(d.Notes, func(n *Note) object { return f.noteShape(d, n) })}
}

func (f *Fake) noteShape(d *Discussion, n *Note) object {
	told := object{
		"id": n.ID, "type": "DiscussionNote", "body": n.Body, "author": n.Author.shape(), "created_at": n.Created, "updated_at": n.Created,
		"system": n.System, "internal": n.Internal, "confidential": n.Internal, "noteable_type": "MergeRequest", "resolvable": !d.Single && !n.System,
	}
	if d.Single {
		told["type"] = nil
		return told
	}
	told["resolved"], told["resolved_by"] = d.Resolved, nil
	if d.Resolved {
		told["resolved_by"] = f.user(d.By).shape()
	}
	if d.Position != nil {
		told["type"], told["position"] = "DiffNote", d.Position
	}
	return told
}

// text reads a note's text; it is refused where it is empty or too long.
func (f *Fake) text(w http.ResponseWriter, body string) (string, bool) {
	body = f.obeyed(body)
	switch {
	case strings.TrimSpace(body) == "":
		bad(w, `Note {:note=>["can't be blank"]}`)
		return "", false
	case utf8.RuneCountInString(body) > 1_000_000:
		bad(w, `Note {:note=>["is too long (maximum is 1000000 characters)"]}`)
		return "", false
	}
	return body, true
}

// note reads a body that holds nothing but a text.
func (f *Fake) note(w http.ResponseWriter, r *http.Request) (string, bool) {
	var sent struct {
		Body string `json:"body"`
	}
	if !read(w, r, &sent) {
		return "", false
	}
	return f.text(w, sent.Body)
}

func (f *Fake) postNote(w http.ResponseWriter, r *http.Request) {
	merge := f.merge(w, r)
	if merge == nil {
		return
	}
	if body, ok := f.note(w, r); ok {
		discussion := &Discussion{Single: true}
		note := f.say(merge, discussion, f.Us.Name, body)
		answer(w, http.StatusCreated, f.noteShape(discussion, note))
	}
}

func (f *Fake) postDiscussion(w http.ResponseWriter, r *http.Request) {
	var sent struct {
		Body     string    `json:"body"`
		Position *Position `json:"position"`
	}
	merge := f.merge(w, r)
	if merge == nil || !read(w, r, &sent) {
		return
	}
	body, ok := f.text(w, sent.Body)
	if !ok {
		return
	}
	if f.Bad != "" && strings.Contains(body, f.Bad) {
		bad(w, `Note {:note=>["is not liked"]}`)
		return
	}
	if sent.Position != nil && sent.Position.Type == "file" && f.NoFiles {
		answer(w, http.StatusBadRequest, object{"error": "position[position_type] does not have a valid value"})
		return
	}
	if sent.Position != nil {
		if fault := merge.faultOf(*sent.Position); fault != "" {
			bad(w, "Note {%s}", fault)
			return
		}
	}
	discussion := &Discussion{Position: sent.Position}
	f.say(merge, discussion, f.Us.Name, body)
	answer(w, http.StatusCreated, f.discussionShape(discussion))
}

// faultOf says what GitLab dislikes about a position; "" for nothing. An added line is
// named by its new number, an unchanged one by both.
func (merge *Merge) faultOf(at Position) string {
	if at.BaseSHA != merge.MergeBase || at.StartSHA != merge.Start || at.HeadSHA != merge.Head || at.NewPath == "" || at.OldPath == "" {
		return `:position=>["is incomplete"]`
	}
	i := slices.IndexFunc(merge.Files, func(f File) bool { return f.New == at.NewPath && f.Old == at.OldPath })
	switch {
	case i < 0:
		return `:position=>["is invalid"]`
	case at.Type == "file" && at.NewLine == 0 && at.OldLine == 0:
		return ""
	}
	old, shown := merge.Files[i].oldLine(at.NewLine)
	if at.Type != "text" || !shown || old != at.OldLine {
		return `:line_code=>["can't be blank", "must be a valid line code"]`
	}
	return ""
}

// discussion is the one that a path names; nil, and refused, where there is none.
func (f *Fake) discussion(w http.ResponseWriter, r *http.Request) (*Merge, *Discussion) {
	merge := f.merge(w, r)
	if merge == nil {
		return nil, nil
	}
	i := slices.IndexFunc(merge.Discussion, func(d *Discussion) bool { return d.ID == r.PathValue("discussion") })
	if i < 0 {
		notFound(w, "Discussion")
		return nil, nil
	}
	return merge, merge.Discussion[i]
}

func (f *Fake) putDiscussion(w http.ResponseWriter, r *http.Request) {
	var sent struct {
		Resolved *bool `json:"resolved"`
	}
	merge, discussion := f.discussion(w, r)
	if discussion == nil || !read(w, r, &sent) {
		return
	}
	switch {
	case sent.Resolved == nil:
		answer(w, http.StatusBadRequest, object{"error": "resolved is missing"})
		return
	case f.NoResolve, discussion.Single:
		forbidden(w)
		return
	}
	discussion.Resolved, discussion.By = *sent.Resolved, f.Us.Name
	f.touch(merge)
	answer(w, http.StatusOK, f.discussionShape(discussion))
}

func (f *Fake) postReply(w http.ResponseWriter, r *http.Request) {
	merge, discussion := f.discussion(w, r)
	if discussion == nil {
		return
	}
	if body, ok := f.note(w, r); ok {
		answer(w, http.StatusCreated, f.noteShape(discussion, f.say(merge, discussion, f.Us.Name, body)))
	}
}

// named finds the note that a path names; nil, and refused, where there is none.
func (f *Fake) named(w http.ResponseWriter, r *http.Request) (*Merge, *Discussion, *Note) {
	merge := f.merge(w, r)
	if merge == nil {
		return nil, nil, nil
	}
	for _, discussion := range merge.Discussion {
		for _, note := range discussion.Notes {
			if strconv.FormatInt(note.ID, 10) == r.PathValue("note") {
				return merge, discussion, note
			}
		}
	}
	notFound(w, "Note")
	return nil, nil, nil
}

func (f *Fake) putNote(w http.ResponseWriter, r *http.Request) {
	merge, discussion, note := f.named(w, r)
	switch {
	case note == nil:
		return
	case note.Author != f.Us:
		forbidden(w)
		return
	}
	if body, ok := f.note(w, r); ok {
		note.Body = body
		f.touch(merge)
		answer(w, http.StatusOK, f.noteShape(discussion, note))
	}
}

func (f *Fake) deleteNote(w http.ResponseWriter, r *http.Request) {
	merge, discussion, note := f.named(w, r)
	switch {
	case note == nil:
		return
	case note.Author != f.Us:
		forbidden(w)
		return
	}
	discussion.Notes = slices.DeleteFunc(discussion.Notes, func(n *Note) bool { return n == note })
	merge.Discussion = slices.DeleteFunc(merge.Discussion, func(d *Discussion) bool { return len(d.Notes) == 0 })
	f.touch(merge)
	w.WriteHeader(http.StatusNoContent)
}

// postEmoji adds one. The same one again is refused as not found, as the real one does.
func (f *Fake) postEmoji(w http.ResponseWriter, r *http.Request) {
	var sent struct {
		Name string `json:"name"`
	}
	_, _, note := f.named(w, r)
	if note == nil || !read(w, r, &sent) {
		return
	}
	if !slices.Contains([]string{"eyes", "confused", "thumbsup"}, sent.Name) || slices.Contains(note.Emoji, sent.Name) {
		notFound(w, "Award Emoji Name has already been taken")
		return
	}
	note.Emoji = append(note.Emoji, sent.Name)
	answer(w, http.StatusCreated, object{"id": f.id(), "name": sent.Name, "user": f.Us.shape(), "awardable_id": note.ID, "awardable_type": "Note"})
}
