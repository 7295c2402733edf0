package githubtest

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"maps"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Where GitHub lives. Nothing is fetched from there.
const (
	api  = "https://api.github.com"
	site = "https://github.com"
	repo = api + "/repos/o/r"
)

// number is the id of what has a name.
func number(name string) int64 {
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(name))
	return int64(sum.Sum32())
}

// node is the GraphQL id of what has a number.
func node(kind string, id int64) string {
	return base64.StdEncoding.EncodeToString(fmt.Appendf(nil, "0:%s%d", kind, id))
}

// MarshalJSON tells a user in full, as REST does.
func (u User) MarshalJSON() ([]byte, error) { return json.Marshal(u.shape()) }

func (u User) shape() object {
	id := number(u.Login)
	url := api + "/users/" + u.Login
	return object{
		"login": u.Login, "id": id, "node_id": node("User", id), "type": u.Type, "site_admin": false,
		"avatar_url": "https://avatars.githubusercontent.com/u/" + strconv.FormatInt(id, 10), "gravatar_id": "",
		"url": url, "html_url": site + "/" + strings.TrimSuffix(u.Login, "[bot]"),
		"followers_url": url + "/followers", "following_url": url + "/following{/other_user}", "gists_url": url + "/gists{/gist_id}",
		"starred_url": url + "/starred{/owner}{/repo}", "subscriptions_url": url + "/subscriptions", "organizations_url": url + "/orgs",
		"repos_url": url + "/repos", "events_url": url + "/events{/privacy}", "received_events_url": url + "/received_events",
	}
}

// profile is what GET /user tells.
func (u User) profile(since time.Time) object {
	told := u.shape()
	for _, field := range []string{"name", "company", "blog", "location", "email", "hireable", "bio"} {
		told[field] = nil
	}
	for _, field := range []string{"public_repos", "public_gists", "followers", "following"} {
		told[field] = 0
	}
	told["created_at"], told["updated_at"], told["user_view_type"] = since, since, "public"
	return told
}

// repositories are told often and never change.
var repositories sync.Map // of json.RawMessage by repository

type repository struct {
	owner            string
	private, isAFork bool
}

func (r repository) MarshalJSON() ([]byte, error) {
	if told, ok := repositories.Load(r); ok {
		return told.(json.RawMessage), nil
	}
	told, err := json.Marshal(r.shape())
	if err == nil {
		repositories.Store(r, json.RawMessage(told))
	}
	return told, err
}

func (r repository) shape() object {
	name := r.owner + "/r"
	id := number(name)
	url := api + "/repos/" + name
	told := object{
		"id": id, "node_id": node("Repository", id), "name": "r", "full_name": name, "owner": Account(r.owner), "private": r.private, "fork": r.isAFork,
		"html_url": site + "/" + name, "clone_url": site + "/" + name + ".git", "svn_url": site + "/" + name, "url": url,
		"git_url": "git://github.com/" + name + ".git", "ssh_url": "git@github.com:" + name + ".git", "mirror_url": nil,
		"description": nil, "homepage": nil, "language": nil, "license": nil, "default_branch": "main", "visibility": "public",
		"created_at": Dawn, "updated_at": Dawn, "pushed_at": Dawn, "topics": []string{}, "is_template": false,
		"has_issues": true, "has_projects": true, "has_wiki": true, "has_pages": false, "has_downloads": true, "has_discussions": false,
		"archived": false, "disabled": false, "allow_forking": true, "web_commit_signoff_required": false,
	}
	if r.private {
		told["visibility"] = "private"
	}
	for _, count := range []string{"forks", "forks_count", "stargazers_count", "watchers", "watchers_count", "open_issues", "open_issues_count", "size"} {
		told[count] = 0
	}
	for field, path := range map[string]string{
		"archive_url": "{archive_format}{/ref}", "assignees_url": "assignees{/user}", "blobs_url": "git/blobs{/sha}", "branches_url": "branches{/branch}",
		"collaborators_url": "collaborators{/collaborator}", "comments_url": "comments{/number}", "commits_url": "commits{/sha}", "compare_url": "compare/{base}...{head}",
		"contents_url": "contents/{+path}", "contributors_url": "contributors", "deployments_url": "deployments", "downloads_url": "downloads", "events_url": "events",
		"forks_url": "forks", "git_commits_url": "git/commits{/sha}", "git_refs_url": "git/refs{/sha}", "git_tags_url": "git/tags{/sha}", "hooks_url": "hooks",
		"issue_comment_url": "issues/comments{/number}", "issue_events_url": "issues/events{/number}", "issues_url": "issues{/number}", "keys_url": "keys{/key_id}",
		"labels_url": "labels{/name}", "languages_url": "languages", "merges_url": "merges", "milestones_url": "milestones{/number}",
		"notifications_url": "notifications{?since,all,participating}", "pulls_url": "pulls{/number}", "releases_url": "releases{/id}", "stargazers_url": "stargazers",
		"statuses_url": "statuses/{sha}", "subscribers_url": "subscribers", "subscription_url": "subscription", "tags_url": "tags", "teams_url": "teams", "trees_url": "git/trees{/sha}",
	} {
		told[field] = url + "/" + path
	}
	return told
}

func (f *Fake) repository() repository { return repository{"o", f.Private, false} }

// from is the repository that a head is in.
func (f *Fake) from(pull *Pull) repository {
	if pull.Fork == "" {
		return f.repository()
	}
	return repository{pull.Fork, f.Private, true}
}

// pullShape tells a pull request as lists do.
func (f *Fake) pullShape(pull *Pull) object {
	id := 1_000_000_000 + int64(pull.Number)
	url, page := fmt.Sprintf("%s/pulls/%d", repo, pull.Number), fmt.Sprintf("%s/o/r/pull/%d", site, pull.Number)
	issue := fmt.Sprintf("%s/issues/%d", repo, pull.Number)
	statuses := repo + "/statuses/" + pull.Head
	from := f.from(pull)
	var closed any
	if pull.State != "open" {
		closed = pull.Updated
	}
	return object{
		"id": id, "node_id": node("PullRequest", id), "number": pull.Number, "state": pull.State, "draft": pull.Draft, "locked": false,
		"title": pull.Title, "body": nil, "user": Account(pull.Author), "author_association": "CONTRIBUTOR",
		"url": url, "html_url": page, "diff_url": page + ".diff", "patch_url": page + ".patch", "issue_url": issue,
		"commits_url": url + "/commits", "review_comments_url": url + "/comments", "review_comment_url": repo + "/pulls/comments{/number}",
		"comments_url": issue + "/comments", "statuses_url": statuses,
		"labels": each(pull.Labels, labelShape), "milestone": nil, "assignee": nil, "assignees": []any{}, "requested_reviewers": []any{}, "requested_teams": []any{},
		"auto_merge": nil, "active_lock_reason": nil, "created_at": pull.Created, "updated_at": pull.Updated, "closed_at": closed, "merged_at": nil, "merge_commit_sha": nil,
		"head": object{"label": from.owner + ":" + pull.Branch, "ref": pull.Branch, "sha": pull.Head, "user": Account(from.owner), "repo": from},
		"base": object{"label": "o:main", "ref": "main", "sha": pull.Base, "user": Account("o"), "repo": f.repository()},
		"_links": object{
			"self": link(url), "html": link(page), "issue": link(issue), "comments": link(issue + "/comments"), "review_comments": link(url + "/comments"),
			"review_comment": link(repo + "/pulls/comments{/number}"), "commits": link(url + "/commits"), "statuses": link(statuses),
		},
	}
}

func link(to string) object { return object{"href": to} }

// pullDetails tells a pull request in full.
func (f *Fake) pullDetails(pull *Pull) object {
	told := f.pullShape(pull)
	added, removed := 0, 0
	for _, file := range pull.Files {
		plus, minus := file.counts()
		added, removed = added+plus, removed+minus
	}
	written := 0
	for _, thread := range pull.Threads {
		written += len(thread.Comments)
	}
	maps.Copy(told, object{
		"merged": false, "mergeable": true, "rebaseable": true, "mergeable_state": "clean", "merged_by": nil, "maintainer_can_modify": false,
		"comments": len(pull.Comments), "review_comments": written, "commits": 1, "additions": added, "deletions": removed, "changed_files": len(pull.Files),
	})
	return told
}

func labelShape(name string) object {
	id := number(name)
	return object{"id": id, "node_id": node("Label", id), "url": repo + "/labels/" + strconv.FormatInt(id, 10), "name": name, "description": nil, "color": "ededed", "default": false}
}

// reactionsShape counts reactions.
func reactionsShape(url string, reactions []Reaction) object {
	told := object{"url": url + "/reactions", "total_count": len(reactions)}
	for _, content := range contents {
		told[content] = 0
	}
	for _, reaction := range reactions {
		told[reaction.Content] = told[reaction.Content].(int) + 1
	}
	return told
}

func (r Reaction) shape() object {
	return object{"id": r.ID, "node_id": node("Reaction", r.ID), "user": r.User, "content": r.Content, "created_at": r.Created}
}

// association is how GitHub calls an author's bond to the repository.
func (f *Fake) association(login string) string {
	switch f.Permissions[login] {
	case "":
		return "NONE"
	case "admin":
		return "OWNER"
	}
	return "COLLABORATOR"
}

func (f *Fake) commentShape(pull *Pull, c *Comment) object {
	url := repo + "/issues/comments/" + strconv.FormatInt(c.ID, 10)
	return object{
		"id": c.ID, "node_id": node("IssueComment", c.ID), "url": url, "html_url": fmt.Sprintf("%s/o/r/pull/%d#issuecomment-%d", site, pull.Number, c.ID),
		"issue_url": fmt.Sprintf("%s/issues/%d", repo, pull.Number), "user": c.User, "body": c.Body, "created_at": c.Created, "updated_at": c.Updated,
		"author_association": f.association(c.User.Login), "performed_via_github_app": nil, "reactions": reactionsShape(url, c.Reactions),
	}
}

// reviewCommentShape tells one comment of a thread.
func (f *Fake) reviewCommentShape(pull *Pull, thread *Thread, c *Comment) object {
	url := repo + "/pulls/comments/" + strconv.FormatInt(c.ID, 10)
	page := fmt.Sprintf("%s/o/r/pull/%d#discussion_r%d", site, pull.Number, c.ID)
	of := fmt.Sprintf("%s/pulls/%d", repo, pull.Number)
	told := object{
		"id": c.ID, "node_id": node("PullRequestReviewComment", c.ID), "url": url, "html_url": page, "pull_request_url": of, "pull_request_review_id": nil,
		"diff_hunk": pull.hunk(thread.Path), "path": thread.Path, "commit_id": pull.Head, "original_commit_id": thread.Head,
		"user": c.User, "body": c.Body, "created_at": c.Created, "updated_at": c.Updated, "author_association": f.association(c.User.Login),
		"reactions": reactionsShape(url, c.Reactions), "_links": object{"self": link(url), "html": link(page), "pull_request": link(of)},
		"side": "RIGHT", "subject_type": "line", "line": thread.Line, "original_line": thread.Line,
	}
	if thread.Review != 0 {
		told["pull_request_review_id"] = thread.Review
	}
	if thread.Line == 0 {
		told["subject_type"] = "file"
		for _, field := range []string{"side", "line", "original_line"} {
			delete(told, field)
		}
	}
	if first := thread.Comments[0]; first != c {
		told["in_reply_to_id"] = first.ID
	}
	return told
}
