package githubtest

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

func (f *Fake) postReview(w http.ResponseWriter, r *http.Request) {
	var sent struct {
		CommitID *string `json:"commit_id"`
		Body     *string `json:"body"`
		Event    *string `json:"event"`
		Comments []struct {
			Path *string `json:"path"`
			Line *int    `json:"line"`
			Side *string `json:"side"`
			Body *string `json:"body"`
		} `json:"comments"`
	}
	pull := f.pull(w, r)
	if pull == nil || !read(w, r, &sent) {
		return
	}
	switch {
	case sent.CommitID == nil || *sent.CommitID != pull.Head:
		invalidReview(w, "commit_id is not the head of the pull request")
		return
	case sent.Event == nil || *sent.Event != "COMMENT":
		invalidReview(w, "event is missing: the review would be pending for ever")
		return
	case sent.Body == nil && len(sent.Comments) == 0:
		invalidReview(w, "body is missing")
		return
	}
	review := f.id()
	var threads []*Thread
	for _, comment := range sent.Comments {
		if comment.Path == nil || comment.Line == nil || comment.Side == nil || *comment.Side != "RIGHT" {
			invalidReview(w, "path, line or side of a comment is missing")
			return
		}
		if fault := faultOf(comment.Body); fault != "" {
			invalidReview(w, "%s", fault)
			return
		}
		if !pull.shows(*comment.Path, *comment.Line) || f.Bad != "" && strings.Contains(*comment.Body, f.Bad) {
			invalidReview(w, "pull_request_review_thread.line must be part of the diff")
			return
		}
		thread := f.newThread(pull, *comment.Path, *comment.Line, *comment.Body)
		thread.Review = review
		threads = append(threads, thread)
	}
	pull.Threads = append(pull.Threads, threads...)
	f.touch(pull)
	text := ""
	if sent.Body != nil {
		text = *sent.Body
	}
	answer(w, http.StatusOK, f.reviewShape(pull, review, text))
}

func (f *Fake) reviewShape(pull *Pull, id int64, text string) object {
	of := repo + "/pulls/" + strconv.Itoa(pull.Number)
	page := site + "/o/r/pull/" + strconv.Itoa(pull.Number) + "#pullrequestreview-" + strconv.FormatInt(id, 10)
	return object{
		"id": id, "node_id": node("PullRequestReview", id), "user": Account(f.Login), "body": text, "state": "COMMENTED", "commit_id": pull.Head,
		"html_url": page, "pull_request_url": of, "_links": object{"html": link(page), "pull_request": link(of)},
		"author_association": f.association(f.Login), "submitted_at": f.now(),
	}
}

// getReviewComments lists the comments of all threads, the oldest first.
func (f *Fake) getReviewComments(w http.ResponseWriter, r *http.Request) {
	pull := f.pull(w, r)
	if pull == nil {
		return
	}
	type placed struct {
		thread  *Thread
		comment *Comment
	}
	var all []placed
	for _, thread := range pull.Threads {
		for _, comment := range thread.Comments {
			all = append(all, placed{thread, comment})
		}
	}
	slices.SortStableFunc(all, func(a, b placed) int { return int(a.comment.ID - b.comment.ID) })
	answer(w, http.StatusOK, each(paged(w, r, all), func(p placed) object { return f.reviewCommentShape(pull, p.thread, p.comment) }))
}

// postReviewComment begins a thread, on a file or on a line of it.
func (f *Fake) postReviewComment(w http.ResponseWriter, r *http.Request) {
	var sent struct {
		Body        *string `json:"body"`
		CommitID    *string `json:"commit_id"`
		Path        *string `json:"path"`
		Line        *int    `json:"line"`
		Side        *string `json:"side"`
		SubjectType *string `json:"subject_type"`
	}
	pull := f.pull(w, r)
	if pull == nil || !read(w, r, &sent) {
		return
	}
	wholeFile := sent.SubjectType != nil && *sent.SubjectType == "file"
	if sent.CommitID == nil || *sent.CommitID != pull.Head || sent.Path == nil || wholeFile != (sent.Line == nil) {
		invalid(w, "commit_id, path, line or subject_type is missing or wrong")
		return
	}
	if fault := faultOf(sent.Body); fault != "" {
		invalid(w, "%s", fault)
		return
	}
	if !slices.ContainsFunc(pull.Files, func(file FakeFile) bool { return file.Name == *sent.Path }) {
		invalid(w, "path is not part of the pull request")
		return
	}
	line := 0
	if !wholeFile {
		line = *sent.Line
		if sent.Side != nil && *sent.Side != "RIGHT" || !pull.shows(*sent.Path, line) {
			invalid(w, "pull_request_review_thread.line must be part of the diff")
			return
		}
	}
	thread := f.newThread(pull, *sent.Path, line, *sent.Body)
	thread.Review = f.id()
	pull.Threads = append(pull.Threads, thread)
	f.touch(pull)
	answer(w, http.StatusCreated, f.reviewCommentShape(pull, thread, thread.Comments[0]))
}

// reviewComment finds a comment of a thread by the id in the path; nil, and
// refused, where there is none.
func (f *Fake) reviewComment(w http.ResponseWriter, r *http.Request) (*Pull, *Thread, *Comment) {
	for _, pull := range f.Pulls {
		for _, thread := range pull.Threads {
			for _, comment := range thread.Comments {
				if isNamed(r, comment.ID) {
					return pull, thread, comment
				}
			}
		}
	}
	notFound(w)
	return nil, nil, nil
}

func (f *Fake) patchReviewComment(w http.ResponseWriter, r *http.Request) {
	pull, thread, comment := f.reviewComment(w, r)
	if comment == nil || !f.owns(w, comment) {
		return
	}
	if text, ok := body(w, r); ok {
		comment.Body, comment.Updated = text, f.now()
		f.touch(pull)
		answer(w, http.StatusOK, f.reviewCommentShape(pull, thread, comment))
	}
}

// postReply answers in a thread; only its first comment can be answered.
func (f *Fake) postReply(w http.ResponseWriter, r *http.Request) {
	at := f.pull(w, r)
	if at == nil {
		return
	}
	pull, thread, comment := f.reviewComment(w, r)
	switch {
	case comment == nil:
		return
	case pull != at || thread.Comments[0] != comment:
		notFound(w)
		return
	}
	if text, ok := body(w, r); ok {
		reply := f.comment(f.Login, text)
		thread.Comments = append(thread.Comments, reply)
		f.touch(pull)
		answer(w, http.StatusCreated, f.reviewCommentShape(pull, thread, reply))
	}
}
