package gitlabtest

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// site is the address of the fake's project for people.
const site = "https://gitlab.example/" + Project

func (u User) shape() object {
	return object{"id": u.ID, "username": u.Name, "name": u.Name, "state": "active", "locked": false, "avatar_url": nil, "web_url": "https://gitlab.example/" + u.Name}
}

func (f *Fake) getSelf(w http.ResponseWriter, _ *http.Request) {
	told := f.Us.shape()
	told["bot"] = f.Us.Bot
	answer(w, http.StatusOK, told)
}

// account is the user whose id a path names; refused where there is none.
func (f *Fake) account(w http.ResponseWriter, r *http.Request) (User, bool) {
	for _, user := range append(slices.Collect(maps.Values(f.Users)), f.Us) {
		if strconv.FormatInt(user.ID, 10) == r.PathValue("id") {
			return user, true
		}
	}
	notFound(w, "User")
	return User{}, false
}

func (f *Fake) getUser(w http.ResponseWriter, r *http.Request) {
	if user, ok := f.account(w, r); ok {
		told := user.shape()
		told["bot"] = user.Bot
		answer(w, http.StatusOK, told)
	}
}

// getMember tells a member's access level, that which a group gives included.
func (f *Fake) getMember(w http.ResponseWriter, r *http.Request) {
	user, ok := f.account(w, r)
	if !ok {
		return
	}
	level, member := f.Levels[user.Name]
	if !member {
		notFound(w, "")
		return
	}
	told := user.shape()
	told["access_level"], told["expires_at"] = level, nil
	answer(w, http.StatusOK, told)
}

func (f *Fake) getProjects(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	after, _ := time.Parse(time.RFC3339, query.Get("last_activity_after"))
	if query.Get("membership") != "true" {
		bad(w, "the test wants the projects of the account only")
		return
	}
	active := f.Merge.Updated
	for _, merge := range f.Merges {
		if merge.Updated.After(active) {
			active = merge.Updated
		}
	}
	told := []object{}
	if active.After(after) {
		told = append(told, object{"id": ProjectID, "path_with_namespace": Project, "web_url": site, "archived": false, "last_activity_at": active})
	}
	answer(w, http.StatusOK, paged(w, r, told))
}

// merge is the one that a path names; nil, and refused, where there is none.
func (f *Fake) merge(w http.ResponseWriter, r *http.Request) *Merge {
	n, _ := strconv.Atoi(r.PathValue("iid"))
	merge := f.Merges[n]
	if merge == nil {
		notFound(w, "")
	}
	return merge
}

// getMerge tells a merge request: without its commits where GitLab has not got so far.
func (f *Fake) getMerge(w http.ResponseWriter, r *http.Request) {
	merge := f.merge(w, r)
	if merge == nil {
		return
	}
	told := f.mergeShape(merge)
	told["diff_refs"] = object{"base_sha": merge.MergeBase, "start_sha": merge.Start, "head_sha": merge.Head}
	if f.unready[merge.Number] > 0 {
		f.unready[merge.Number]--
		told["diff_refs"] = nil
	}
	told["changes_count"] = strconv.Itoa(len(merge.Files))
	if merge.Cut {
		told["changes_count"] = told["changes_count"].(string) + "+"
	}
	answer(w, http.StatusOK, told)
}

func (f *Fake) mergeShape(merge *Merge) object {
	source := ProjectID
	if merge.Fork {
		source = forkID
	}
	mergeable := "discussions_not_resolved"
	if f.mergeable(merge) {
		mergeable = "mergeable"
	}
	return object{
		"id": 1000 + merge.Number, "iid": merge.Number, "project_id": ProjectID, "source_project_id": source, "target_project_id": ProjectID,
		"title": fmt.Sprintf("Change %d", merge.Number), "description": "", "state": merge.State, "draft": merge.Draft, "work_in_progress": merge.Draft,
		"source_branch": merge.Source, "target_branch": merge.Target, "sha": merge.Head, "author": f.user(merge.Author).shape(),
		"labels": append([]string{}, merge.Labels...), "updated_at": merge.Updated, "detailed_merge_status": mergeable,
		"web_url": fmt.Sprintf("%s/-/merge_requests/%d", site, merge.Number),
	}
}

// getMerges lists merge requests, the newest first.
func (f *Fake) getMerges(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	after, _ := time.Parse(time.RFC3339, query.Get("updated_after"))
	var found []*Merge
	for _, merge := range f.Merges {
		if state := cmp.Or(query.Get("state"), "all"); (state == "all" || state == merge.State) && merge.Updated.After(after) {
			found = append(found, merge)
		}
	}
	slices.SortFunc(found, func(a, b *Merge) int { return b.Number - a.Number })
	answer(w, http.StatusOK, each(paged(w, r, found), f.mergeShape))
}

// putMerge changes labels.
func (f *Fake) putMerge(w http.ResponseWriter, r *http.Request) {
	var sent struct {
		Add    string `json:"add_labels"`
		Remove string `json:"remove_labels"`
	}
	merge := f.merge(w, r)
	if merge == nil || !read(w, r, &sent) {
		return
	}
	if sent.Add == "" && sent.Remove == "" {
		answer(w, http.StatusBadRequest, object{"error": "labels, add_labels, remove_labels, … are missing, at least one parameter must be provided"})
		return
	}
	for label := range strings.SplitSeq(sent.Add, ",") {
		if label = strings.TrimSpace(label); label != "" && !slices.Contains(merge.Labels, label) {
			merge.Labels = append(merge.Labels, label)
		}
	}
	for label := range strings.SplitSeq(sent.Remove, ",") {
		merge.Labels = slices.DeleteFunc(merge.Labels, func(l string) bool { return l == strings.TrimSpace(label) })
	}
	f.touch(merge)
	f.tell(mergeEvent{f, merge, "update", object{"changes": object{"labels": object{"previous": []any{}, "current": []any{}}}}})
	answer(w, http.StatusOK, f.mergeShape(merge))
}

func (f *Fake) getDiffs(w http.ResponseWriter, r *http.Request) {
	if merge := f.merge(w, r); merge != nil {
		answer(w, http.StatusOK, each(paged(w, r, merge.Files), File.shape))
	}
}

func (merge *Merge) version() object {
	return object{
		"id": merge.Version, "head_commit_sha": merge.Head, "base_commit_sha": merge.MergeBase, "start_commit_sha": merge.Start,
		"merge_request_id": 1000 + merge.Number, "state": "collected", "real_size": strconv.Itoa(len(merge.Files)),
	}
}

// getVersions lists the latest version, and one before it of another head.
func (f *Fake) getVersions(w http.ResponseWriter, r *http.Request) {
	merge := f.merge(w, r)
	if merge == nil {
		return
	}
	before := merge.version()
	before["id"], before["head_commit_sha"] = merge.Version-1, merge.MergeBase
	answer(w, http.StatusOK, paged(w, r, []object{merge.version(), before}))
}

func (f *Fake) getVersion(w http.ResponseWriter, r *http.Request) {
	merge := f.merge(w, r)
	if merge == nil {
		return
	}
	if r.PathValue("version") != strconv.FormatInt(merge.Version, 10) {
		notFound(w, "")
		return
	}
	told := merge.version()
	told["commits"], told["diffs"] = []any{}, each(merge.Files, File.shape)
	answer(w, http.StatusOK, told)
}

// A Status is a commit status.
type Status struct {
	ID                                 int64
	SHA, Ref, Name, State, Description string
	Author                             User
}

func (s *Status) shape() object {
	return object{
		"id": s.ID, "sha": s.SHA, "ref": s.Ref, "name": s.Name, "status": s.State, "description": s.Description,
		"author": s.Author.shape(), "target_url": nil, "allow_failure": false, "pipeline_id": 1,
	}
}

// latest is the status that counts of a commit, name and ref; nil for none.
func (f *Fake) latest(sha, name, ref string) *Status {
	for _, status := range slices.Backward(f.Statuses) {
		if status.SHA == sha && status.Name == name && status.Ref == ref {
			return status
		}
	}
	return nil
}

// getStatuses lists those of a commit that count.
func (f *Fake) getStatuses(w http.ResponseWriter, r *http.Request) {
	var found []*Status
	for _, status := range f.Statuses {
		name := r.URL.Query().Get("name")
		if status.SHA == r.PathValue("sha") && (name == "" || name == status.Name) && status == f.latest(status.SHA, status.Name, status.Ref) {
			found = append(found, status)
		}
	}
	answer(w, http.StatusOK, each(paged(w, r, found), (*Status).shape))
}

// postStatus adds a status. The real one refuses a repeated state only while it is not
// final; that we never repeat one is what the test wants to see.
func (f *Fake) postStatus(w http.ResponseWriter, r *http.Request) {
	var sent struct {
		State       string `json:"state"`
		Ref         string `json:"ref"`
		Name        string `json:"name"`
		Description string `json:"description"`
	}
	if !read(w, r, &sent) {
		return
	}
	status := &Status{0, r.PathValue("sha"), sent.Ref, cmp.Or(sent.Name, "default"), sent.State, sent.Description, f.Us}
	_, known := f.trees[status.SHA]
	before := f.latest(status.SHA, status.Name, status.Ref)
	switch {
	case !known:
		notFound(w, "Commit")
		return
	case sent.Ref == "":
		notFound(w, "References for commit")
		return
	case !slices.Contains([]string{"pending", "running", "success", "failed", "canceled", "skipped"}, sent.State):
		answer(w, http.StatusBadRequest, object{"error": "state does not have a valid value"})
		return
	case utf8.RuneCountInString(sent.Description) > 255:
		bad(w, "description is too long (maximum is 255 characters)")
		return
	case before != nil && before.State == status.State && before.Description == status.Description:
		answer(w, http.StatusBadRequest, object{"message": fmt.Sprintf("Cannot transition status via :%[1]s from :%[1]s (Reason(s): Status cannot transition via \"%[1]s\")", sent.State)})
		return
	}
	status.ID = f.id()
	f.Statuses = append(f.Statuses, status)
	answer(w, http.StatusCreated, status.shape())
}
