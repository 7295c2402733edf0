package githubtest

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

func (f *Fake) getUser(w http.ResponseWriter, r *http.Request) {
	if f.NoUser || bearer(r) != Token {
		refuse(w, http.StatusForbidden, "Resource not accessible by integration")
		return
	}
	answer(w, http.StatusOK, Account(f.Login).profile(Dawn))
}

// pull is the one that a path names; nil, and refused, where there is none.
func (f *Fake) pull(w http.ResponseWriter, r *http.Request) *Pull {
	n, _ := strconv.Atoi(r.PathValue("number"))
	pull := f.Pulls[n]
	if pull == nil {
		notFound(w)
	}
	return pull
}

func (f *Fake) getPull(w http.ResponseWriter, r *http.Request) {
	if pull := f.pull(w, r); pull != nil {
		answer(w, http.StatusOK, f.pullDetails(pull))
	}
}

// getPulls lists pull requests: the open ones, the newest first, unless asked.
func (f *Fake) getPulls(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	state, sort, direction := cmp.Or(query.Get("state"), "open"), cmp.Or(query.Get("sort"), "created"), query.Get("direction")
	if direction == "" && sort == "created" {
		direction = "desc"
	}
	var found []*Pull
	for _, pull := range f.Pulls {
		if state == "all" || pull.State == state {
			found = append(found, pull)
		}
	}
	slices.SortFunc(found, func(a, b *Pull) int {
		order := cmp.Compare(a.Number, b.Number)
		if sort == "updated" {
			order = cmp.Or(a.Updated.Compare(b.Updated), order)
		}
		if direction == "desc" {
			return -order
		}
		return order
	})
	answer(w, http.StatusOK, each(paged(w, r, found), f.pullShape))
}

func (f *Fake) getFiles(w http.ResponseWriter, r *http.Request) {
	if pull := f.pull(w, r); pull != nil {
		answer(w, http.StatusOK, each(paged(w, r, pull.Files), pull.fileShape))
	}
}

// getPermission tells what an account may do: on a public repository everyone may
// at least read.
func (f *Fake) getPermission(w http.ResponseWriter, r *http.Request) {
	login := r.PathValue("login")
	role, known := f.Permissions[login]
	switch {
	case known && role == "":
		refuse(w, http.StatusNotFound, login+" is not a user")
		return
	case !known && f.Private:
		role = "none"
	case !known:
		role = "read"
	}
	permission := role
	switch role {
	case "maintain":
		permission = "write"
	case "triage":
		permission = "read"
	}
	user := Account(login).shape()
	user["role_name"] = role
	answer(w, http.StatusOK, object{"permission": permission, "role_name": role, "user": user})
}

// Labels.

func (f *Fake) getLabels(w http.ResponseWriter, r *http.Request) {
	if pull := f.pull(w, r); pull != nil {
		answer(w, http.StatusOK, each(paged(w, r, pull.Labels), labelShape))
	}
}

func (f *Fake) postLabels(w http.ResponseWriter, r *http.Request) {
	var sent struct {
		Labels []string `json:"labels"`
	}
	pull := f.pull(w, r)
	if pull == nil || !read(w, r, &sent) {
		return
	}
	if len(sent.Labels) == 0 {
		invalid(w, "labels is missing")
		return
	}
	pull.Labels = append(pull.Labels, sent.Labels...)
	f.touch(pull)
	answer(w, http.StatusOK, each(pull.Labels, labelShape))
}

func (f *Fake) deleteLabel(w http.ResponseWriter, r *http.Request) {
	pull := f.pull(w, r)
	if pull == nil {
		return
	}
	i := slices.Index(pull.Labels, r.PathValue("name"))
	if i < 0 {
		refuse(w, http.StatusNotFound, "Label does not exist")
		return
	}
	pull.Labels = slices.Delete(pull.Labels, i, i+1)
	f.touch(pull)
	answer(w, http.StatusOK, each(pull.Labels, labelShape))
}

// Comments.

// getComments lists the comments, the oldest first; "since" leaves out those not
// changed from then on.
func (f *Fake) getComments(w http.ResponseWriter, r *http.Request) {
	pull := f.pull(w, r)
	if pull == nil {
		return
	}
	since, _ := time.Parse(time.RFC3339, r.URL.Query().Get("since"))
	var found []*Comment
	for _, comment := range pull.Comments {
		if !comment.Updated.Before(since) {
			found = append(found, comment)
		}
	}
	answer(w, http.StatusOK, each(paged(w, r, found), func(c *Comment) object { return f.commentShape(pull, c) }))
}

// body reads a comment's text.
func body(w http.ResponseWriter, r *http.Request) (string, bool) {
	var sent struct {
		Body *string `json:"body"`
	}
	if !read(w, r, &sent) {
		return "", false
	}
	if fault := faultOf(sent.Body); fault != "" {
		invalid(w, "%s", fault)
		return "", false
	}
	return *sent.Body, true
}

// faultOf says what GitHub dislikes about a comment's text; "" for nothing.
func faultOf(body *string) string {
	switch {
	case body == nil || strings.TrimSpace(*body) == "":
		return "body is missing"
	case utf8.RuneCountInString(*body) > 65_536:
		return "body is too long (maximum is 65536 characters)"
	}
	return ""
}

func (f *Fake) postComment(w http.ResponseWriter, r *http.Request) {
	pull := f.pull(w, r)
	if pull == nil {
		return
	}
	if text, ok := body(w, r); ok {
		answer(w, http.StatusCreated, f.commentShape(pull, f.say(pull, f.Login, text)))
	}
}

// issueComment finds a comment by the id in the path; nil, and refused, where
// there is none.
func (f *Fake) issueComment(w http.ResponseWriter, r *http.Request) (*Pull, *Comment) {
	for _, pull := range f.Pulls {
		for _, comment := range pull.Comments {
			if isNamed(r, comment.ID) {
				return pull, comment
			}
		}
	}
	notFound(w)
	return nil, nil
}

// isNamed says whether the path names an id.
func isNamed(r *http.Request, id int64) bool { return strconv.FormatInt(id, 10) == r.PathValue("id") }

// owns refuses what may be done to own comments only.
func (f *Fake) owns(w http.ResponseWriter, comment *Comment) bool {
	if comment.User.Login != f.Login {
		refuse(w, http.StatusForbidden, "Must have admin rights to Repository.")
		return false
	}
	return true
}

func (f *Fake) patchComment(w http.ResponseWriter, r *http.Request) {
	pull, comment := f.issueComment(w, r)
	if comment == nil || !f.owns(w, comment) {
		return
	}
	if text, ok := body(w, r); ok {
		comment.Body, comment.Updated = text, f.now()
		f.touch(pull)
		answer(w, http.StatusOK, f.commentShape(pull, comment))
	}
}

func (f *Fake) deleteComment(w http.ResponseWriter, r *http.Request) {
	pull, comment := f.issueComment(w, r)
	if comment == nil || !f.owns(w, comment) {
		return
	}
	pull.Comments = slices.DeleteFunc(pull.Comments, func(c *Comment) bool { return c == comment })
	f.touch(pull)
	w.WriteHeader(http.StatusNoContent)
}

// contents are the reactions that there are.
var contents = []string{"+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"}

func (f *Fake) postReaction(w http.ResponseWriter, r *http.Request) {
	if _, comment := f.issueComment(w, r); comment != nil {
		f.react(w, r, comment)
	}
}

func (f *Fake) postReviewReaction(w http.ResponseWriter, r *http.Request) {
	if _, _, comment := f.reviewComment(w, r); comment != nil {
		f.react(w, r, comment)
	}
}

// react adds a reaction. The same one again is answered and not added.
func (f *Fake) react(w http.ResponseWriter, r *http.Request, comment *Comment) {
	var sent struct {
		Content string `json:"content"`
	}
	if !read(w, r, &sent) {
		return
	}
	if !slices.Contains(contents, sent.Content) {
		invalid(w, "content %q is no reaction", sent.Content)
		return
	}
	for _, reaction := range comment.Reactions {
		if reaction.Content == sent.Content && reaction.User.Login == f.Login {
			answer(w, http.StatusOK, reaction.shape())
			return
		}
	}
	reaction := Reaction{f.id(), sent.Content, Account(f.Login), f.now()}
	comment.Reactions = append(comment.Reactions, reaction)
	answer(w, http.StatusCreated, reaction.shape())
}
