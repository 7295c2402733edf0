package giteatest

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

const site = "https://gitea.example"

func (f *Fake) getVersion(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, object{"version": f.Version})
}

func (f *Fake) getUser(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, userShape(f.Login))
}

// userShape tells an account; the server's own have no id that others can have.
func userShape(login string) object {
	id := int64(len(login)) + 1_000
	switch login {
	case "gitea-actions", "forgejo-actions":
		id = -2
	case "Ghost":
		id = -1
	}
	return object{"id": id, "login": login, "full_name": "", "is_admin": false}
}

// maybe tells an account that may be nobody's.
func maybe(login string) any {
	if login == "" {
		return nil
	}
	return userShape(login)
}

// getRepositories finds the one repository for those who may do something there; it is
// not our own.
func (f *Fake) getRepositories(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	if query.Get("uid") != fmt.Sprint(userShape(f.Login)["id"]) || query.Get("exclusive") != "" {
		answer(w, http.StatusOK, object{"ok": true, "data": []object{}})
		return
	}
	repository := f.repository("o")
	open := 0
	for _, pull := range f.Pulls {
		if pull.State == "open" {
			open++
		}
	}
	repository["open_pr_counter"] = open
	repository["permissions"] = object{"admin": f.Admin, "push": f.Permissions[f.Login] != "read", "pull": true}
	answer(w, http.StatusOK, object{"ok": true, "data": shapes(paged(f, w, r, []object{repository}, true), func(o object) object { return o })})
}

// repository tells o/r, or a fork of it.
func (f *Fake) repository(owner string) object {
	return object{
		"id": int64(len(owner)), "name": "r", "full_name": owner + "/r", "owner": userShape(owner), "html_url": site + "/" + owner + "/r",
		"archived": false, "updated_at": f.Now().Format(time.RFC3339),
	}
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

// getPull tells a pull request or, by another ending of the path, its diff.
func (f *Fake) getPull(w http.ResponseWriter, r *http.Request) {
	name, isDiff := strings.CutSuffix(r.PathValue("number"), ".diff")
	r.SetPathValue("number", name)
	switch pull := f.pull(w, r); {
	case pull == nil:
	case isDiff:
		w.Header().Set("Content-Type", "text/plain;charset=utf-8")
		_, _ = w.Write([]byte(f.diff(pull)))
	default:
		answer(w, http.StatusOK, f.pullShape(pull))
	}
}

func (f *Fake) pullShape(pull *Pull) object {
	owner := cmp.Or(pull.Fork, "o")
	head := object{"label": pull.Branch, "ref": pull.Branch, "sha": pull.Head, "repo_id": int64(len(owner)), "repo": f.repository(owner)}
	if pull.NoFork {
		head["ref"], head["repo_id"], head["repo"] = fmt.Sprintf("refs/pull/%d/head", pull.Number), -1, nil
	}
	return object{
		"id": 100 + pull.Number, "number": pull.Number, "user": userShape(pull.Author), "title": pull.Title, "body": "", "state": pull.State,
		"labels": shapes(pull.Labels, f.labelShape), "html_url": fmt.Sprintf("%s/o/r/pulls/%d", site, pull.Number), "head": head,
		"base":       object{"label": "main", "ref": "main", "sha": pull.Base, "repo_id": int64(1), "repo": f.repository("o")},
		"merge_base": pull.Base, "merged": false, "updated_at": pull.Updated.Format(time.RFC3339Nano),
	}
}

func (f *Fake) getPulls(w http.ResponseWriter, r *http.Request) {
	state := cmp.Or(r.URL.Query().Get("state"), "open")
	var found []*Pull
	for _, pull := range f.Pulls {
		if state == "all" || pull.State == state {
			found = append(found, pull)
		}
	}
	slices.SortFunc(found, func(a, b *Pull) int {
		order := cmp.Compare(b.Number, a.Number)
		if r.URL.Query().Get("sort") == "recentupdate" {
			return cmp.Or(b.Updated.Compare(a.Updated), order)
		}
		return order
	})
	answer(w, http.StatusOK, shapes(paged(f, w, r, found, true), f.pullShape))
}

// getPermission tells what an account may do: administrators what anybody, others
// what they may themselves.
func (f *Fake) getPermission(w http.ResponseWriter, r *http.Request) {
	login := r.PathValue("login")
	permission, known := f.Permissions[login]
	switch {
	case !f.Admin && !strings.EqualFold(login, f.Login):
		refuse(w, http.StatusForbidden, "Only admins can query all permissions, repo admins can query all repo permissions, collaborators can query only their own")
		return
	case known && permission == "":
		refuse(w, http.StatusNotFound, "user does not exist")
		return
	case !known:
		permission = "read"
	}
	answer(w, http.StatusOK, object{"permission": permission, "role_name": permission, "user": userShape(login)})
}

// Labels.

// labelled returns a label's id; it is made where it is not there.
func (f *Fake) labelled(name string) int64 {
	i := slices.Index(f.RepoLabels, name)
	if i < 0 {
		i = len(f.RepoLabels)
		f.RepoLabels = append(f.RepoLabels, name)
	}
	return int64(i + 1)
}

func (f *Fake) labelShape(name string) object {
	return object{"id": f.labelled(name), "name": name, "color": "70767c", "description": "", "exclusive": false}
}

func (f *Fake) getRepoLabels(w http.ResponseWriter, r *http.Request) {
	answer(w, http.StatusOK, shapes(paged(f, w, r, slices.Clone(f.RepoLabels), false), f.labelShape))
}

func (f *Fake) postRepoLabel(w http.ResponseWriter, r *http.Request) {
	var sent struct{ Name, Color string }
	switch {
	case !read(w, r, &sent):
	case sent.Name == "":
		invalid(w, "[Name]: Required")
	case sent.Color == "":
		invalid(w, "[Color]: Required")
	default:
		f.RepoLabels = append(f.RepoLabels, sent.Name)
		answer(w, http.StatusCreated, f.labelShape(sent.Name))
	}
}

func (f *Fake) getLabels(w http.ResponseWriter, r *http.Request) {
	if pull := f.pull(w, r); pull != nil {
		answer(w, http.StatusOK, shapes(pull.Labels, f.labelShape)) // whole
	}
}

func (f *Fake) postLabels(w http.ResponseWriter, r *http.Request) {
	var sent struct{ Labels []int64 }
	pull := f.pull(w, r)
	if pull == nil || !read(w, r, &sent) {
		return
	}
	for _, id := range sent.Labels {
		if id < 1 || int(id) > len(f.RepoLabels) {
			continue // the server leaves out what it does not know
		}
		if name := f.RepoLabels[id-1]; !slices.Contains(pull.Labels, name) {
			pull.Labels = append(pull.Labels, name)
		}
	}
	f.touch(pull)
	answer(w, http.StatusOK, shapes(pull.Labels, f.labelShape))
}

func (f *Fake) deleteLabel(w http.ResponseWriter, r *http.Request) {
	pull := f.pull(w, r)
	if pull == nil {
		return
	}
	if id, err := strconv.Atoi(r.PathValue("id")); err != nil || id < 1 || id > len(f.RepoLabels) {
		invalid(w, "label does not exist")
		return
	}
	pull.Labels = slices.DeleteFunc(pull.Labels, func(name string) bool { return isNamed(r, f.labelled(name)) })
	f.touch(pull)
	w.WriteHeader(http.StatusNoContent)
}

// Comments at the change.

func (f *Fake) commentShape(comment *Comment) object {
	return object{"id": comment.ID, "body": comment.Body, "user": userShape(comment.Login)}
}

// getComments lists all comments at once, whatever page is asked for.
func (f *Fake) getComments(w http.ResponseWriter, r *http.Request) {
	pull := f.pull(w, r)
	if pull == nil {
		return
	}
	w.Header().Set("X-Total-Count", strconv.Itoa(len(pull.Comments)))
	answer(w, http.StatusOK, shapes(pull.Comments, f.commentShape))
}

// body reads a comment's text.
func body(w http.ResponseWriter, r *http.Request) (string, bool) {
	var sent struct{ Body string }
	if !read(w, r, &sent) {
		return "", false
	}
	if sent.Body == "" {
		invalid(w, "[Body]: Required")
		return "", false
	}
	return sent.Body, true
}

func (f *Fake) postComment(w http.ResponseWriter, r *http.Request) {
	pull := f.pull(w, r)
	if pull == nil {
		return
	}
	if text, ok := body(w, r); ok {
		answer(w, http.StatusCreated, f.commentShape(f.say(pull, f.Login, text)))
	}
}

// comment finds the one that a path names, at the change or at a line; nil, and
// refused, where there is none.
func (f *Fake) comment(w http.ResponseWriter, r *http.Request) (*Pull, *Comment) {
	for _, pull := range f.Pulls {
		all := pull.Comments
		for _, review := range pull.Reviews {
			all = append(slices.Clip(all), review.Comments...)
		}
		for _, comment := range all {
			if isNamed(r, comment.ID) {
				return pull, comment
			}
		}
	}
	notFound(w)
	return nil, nil
}

func (f *Fake) patchComment(w http.ResponseWriter, r *http.Request) {
	pull, comment := f.comment(w, r)
	if comment == nil {
		return
	}
	if text, ok := body(w, r); ok {
		comment.Body = text
		f.touch(pull)
		answer(w, http.StatusOK, f.commentShape(comment))
	}
}

func (f *Fake) deleteComment(w http.ResponseWriter, r *http.Request) {
	pull, comment := f.comment(w, r)
	if comment == nil {
		return
	}
	pull.Comments = slices.DeleteFunc(pull.Comments, func(c *Comment) bool { return c == comment })
	w.WriteHeader(http.StatusNoContent)
}

// reactions that are allowed unless the server's owner says otherwise.
var reactions = []string{"+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes"}

func (f *Fake) postReaction(w http.ResponseWriter, r *http.Request) {
	var sent struct{ Content string }
	_, comment := f.comment(w, r)
	switch {
	case comment == nil || !read(w, r, &sent):
	case !slices.Contains(reactions, sent.Content):
		refuse(w, http.StatusForbidden, fmt.Sprintf("'%s' is not an allowed reaction", sent.Content))
	default:
		comment.Reactions = append(comment.Reactions, sent.Content)
		answer(w, http.StatusCreated, object{"user": userShape(f.Login), "content": sent.Content})
	}
}

// Statuses.

func statusShape(status *Status) object {
	return object{"id": status.ID, "status": status.State, "context": status.Context, "description": status.Description, "creator": maybe(status.By)}
}

func (f *Fake) getStatuses(w http.ResponseWriter, r *http.Request) {
	var found []*Status
	for _, status := range f.Statuses {
		if status.Commit == r.PathValue("sha") {
			found = append(found, status)
		}
	}
	answer(w, http.StatusOK, shapes(paged(f, w, r, found, true), statusShape))
}

func (f *Fake) postStatus(w http.ResponseWriter, r *http.Request) {
	var sent struct{ State, Context, Description string }
	switch _, known := f.commits[r.PathValue("sha")]; {
	case !read(w, r, &sent):
	case !known:
		refuse(w, http.StatusInternalServerError, "object does not exist")
	case !slices.Contains([]string{"pending", "success", "error", "failure", "warning"}, sent.State):
		invalid(w, "state is none")
	default:
		status := &Status{ID: f.id(), Commit: r.PathValue("sha"), State: sent.State, Context: sent.Context, Description: sent.Description, By: f.Login}
		f.Statuses = append(f.Statuses, status)
		answer(w, http.StatusCreated, statusShape(status))
	}
}
