package githubtest

import (
	"net/http"
	"strconv"
	"strings"
)

// postGraphQL answers the documents that the product sends, known by what they
// name; tools/contract checks them against GitHub's schema.
func (f *Fake) postGraphQL(w http.ResponseWriter, r *http.Request) {
	if f.NoGraphQL {
		inject(w)
		notFound(w)
		return
	}
	var sent struct {
		Query     string `json:"query"`
		Variables struct {
			Owner  string `json:"owner"`
			Name   string `json:"name"`
			Number int    `json:"number"`
			After  string `json:"after"`
			Thread string `json:"thread"`
		} `json:"variables"`
	}
	if !read(w, r, &sent) {
		return
	}
	v := sent.Variables
	switch {
	case strings.Contains(sent.Query, "reviewThreads(") && v.Owner == "o" && v.Name == "r":
		f.answerThreads(w, f.Pulls[v.Number], v.After)
	case strings.Contains(sent.Query, "unresolveReviewThread("):
		f.turn(w, "unresolveReviewThread", v.Thread, false)
	case strings.Contains(sent.Query, "resolveReviewThread("):
		f.turn(w, "resolveReviewThread", v.Thread, true)
	default:
		graphQLError(w, "NOT_FOUND", "Could not resolve to a Repository")
	}
}

func graphQLError(w http.ResponseWriter, kind, message string) {
	answer(w, http.StatusOK, object{"data": nil, "errors": []any{object{"type": kind, "message": message}}})
}

func (f *Fake) turn(w http.ResponseWriter, mutation, id string, resolved bool) {
	thread := f.threadOf(id)
	switch {
	case f.NoResolve:
		graphQLError(w, "FORBIDDEN", "Resource not accessible by integration")
	case thread == nil:
		graphQLError(w, "NOT_FOUND", "Could not resolve to a node")
	default:
		thread.Resolved = resolved
		answer(w, http.StatusOK, object{"data": object{mutation: object{"thread": object{"id": id, "isResolved": resolved}}}})
	}
}

// threadOf is the thread of an id; nil where there is none.
func (f *Fake) threadOf(id string) *Thread {
	for _, pull := range f.Pulls {
		for _, thread := range pull.Threads {
			if thread.ID == id {
				return thread
			}
		}
	}
	return nil
}

func (f *Fake) answerThreads(w http.ResponseWriter, pull *Pull, after string) {
	if pull == nil {
		graphQLError(w, "NOT_FOUND", "Could not resolve to a PullRequest")
		return
	}
	from, _ := strconv.Atoi(after)
	to := min(from+100, len(pull.Threads))
	answer(w, http.StatusOK, object{"data": object{"repository": object{"pullRequest": object{"reviewThreads": object{
		"pageInfo": object{"hasNextPage": to < len(pull.Threads), "endCursor": strconv.Itoa(to)}, "nodes": each(pull.Threads[from:to], graphQLThread),
	}}}}})
}

func graphQLThread(thread *Thread) object {
	comments := each(thread.Comments[:min(20, len(thread.Comments))], func(c *Comment) object {
		// GraphQL tells an App's account without "[bot]".
		author := object{"__typename": c.User.Type, "login": strings.TrimSuffix(c.User.Login, "[bot]")}
		return object{"fullDatabaseId": strconv.FormatInt(c.ID, 10), "body": c.Body, "author": author}
	})
	told := object{
		"id": thread.ID, "isResolved": thread.Resolved, "resolvedBy": nil, "path": thread.Path, "line": nil,
		"comments": object{"totalCount": len(thread.Comments), "nodes": comments},
	}
	if thread.Line > 0 {
		told["line"] = thread.Line
	}
	if thread.Resolved && thread.By != "" {
		told["resolvedBy"] = object{"__typename": "User", "login": thread.By}
	}
	return told
}
