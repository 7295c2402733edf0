package giteatest

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// isForgejo says which product the server is.
func (f *Fake) isForgejo() bool { return strings.Contains(f.Version, "+gitea-") }

// offers says whether the server is a Gitea of at least this minor version of 1.
// Forgejo has nothing that is asked for here.
func (f *Fake) offers(minor int) bool {
	var is int
	_, err := fmt.Sscanf(f.Version, "1.%d", &is)
	return err == nil && !f.isForgejo() && is >= minor
}

func (f *Fake) reviewShape(review *Review) object {
	return object{
		"id": review.ID, "user": userShape(review.Login), "team": nil, "state": review.State, "body": review.Body, "commit_id": review.Commit,
		"stale": false, "official": false, "dismissed": false, "comments_count": len(review.Comments),
	}
}

// getReviews lists reviews, of the pending ones our own only. It tells how many there
// are, and links to no next page.
func (f *Fake) getReviews(w http.ResponseWriter, r *http.Request) {
	pull := f.pull(w, r)
	if pull == nil {
		return
	}
	seen := slices.DeleteFunc(slices.Clone(paged(f, w, r, pull.Reviews, false)), func(review *Review) bool { return review.State == "PENDING" && review.Login != f.Login })
	answer(w, http.StatusOK, shapes(seen, f.reviewShape))
}

// review is the one that a path names; nil, and refused, where there is none.
func (f *Fake) review(w http.ResponseWriter, r *http.Request) (*Pull, *Review) {
	pull := f.pull(w, r)
	if pull == nil {
		return nil, nil
	}
	i := slices.IndexFunc(pull.Reviews, func(review *Review) bool { return isNamed(r, review.ID) })
	if i < 0 || pull.Reviews[i].State == "PENDING" && pull.Reviews[i].Login != f.Login {
		notFound(w)
		return nil, nil
	}
	return pull, pull.Reviews[i]
}

// getReviewComments lists all comments of a review at once.
func (f *Fake) getReviewComments(w http.ResponseWriter, r *http.Request) {
	_, review := f.review(w, r)
	if review == nil {
		return
	}
	answer(w, http.StatusOK, shapes(review.Comments, func(comment *Comment) object {
		told := f.commentShape(comment)
		told["pull_request_review_id"], told["resolver"] = review.ID, maybe(comment.Resolver)
		told["path"], told["commit_id"] = comment.Path, review.Commit
		told["position"], told["original_position"] = max(comment.Line, 0), max(-comment.Line, 0)
		return told
	}))
}

func (f *Fake) deleteReview(w http.ResponseWriter, r *http.Request) {
	pull, review := f.review(w, r)
	switch {
	case review == nil:
	case review.Login != f.Login:
		w.WriteHeader(http.StatusForbidden)
	default:
		pull.Reviews = slices.DeleteFunc(pull.Reviews, func(other *Review) bool { return other == review })
		w.WriteHeader(http.StatusNoContent)
	}
}

// postReview puts comments into our pending review, one by one, and submits it. Lines
// outside the diff are as good as any.
func (f *Fake) postReview(w http.ResponseWriter, r *http.Request) {
	var sent struct {
		Event, Body string
		CommitID    string `json:"commit_id"`
		Comments    []struct {
			Path, Body string
			New        int `json:"new_position"`
			Old        int `json:"old_position"`
		}
	}
	pull := f.pull(w, r)
	if pull == nil || !read(w, r, &sent) {
		return
	}
	switch {
	case sent.Event == "APPROVED" && pull.Author == f.Login:
		invalid(w, "approve your own pull is not allowed")
		return
	case sent.Event == "COMMENT" && strings.TrimSpace(sent.Body) == "" && len(sent.Comments) == 0:
		invalid(w, "review event COMMENT requires a body or a comment")
		return
	case sent.Event != "COMMENT" && sent.Event != "APPROVED" && strings.TrimSpace(sent.Body) == "":
		invalid(w, fmt.Sprintf("review event %s requires a body", sent.Event))
		return
	}
	i := slices.IndexFunc(pull.Reviews, func(review *Review) bool { return review.State == "PENDING" && review.Login == f.Login })
	if i < 0 {
		i = len(pull.Reviews)
		pull.Reviews = append(pull.Reviews, &Review{ID: f.id(), Login: f.Login, State: "PENDING", Commit: pull.Head})
	}
	review := pull.Reviews[i]
	for n, comment := range sent.Comments {
		if f.BreakReview > 0 && n == f.BreakReview {
			f.BreakReview = 0
			refuse(w, http.StatusInternalServerError, "")
			return
		}
		if f.Bad != "" && strings.Contains(comment.Body, f.Bad) {
			refuse(w, http.StatusInternalServerError, "")
			return
		}
		line := comment.New
		if comment.Old > 0 {
			line = -comment.Old
		}
		review.Comments = append(review.Comments, &Comment{ID: f.id(), Body: comment.Body, Login: f.Login, Path: comment.Path, Line: line})
	}
	if review.State = sent.Event; sent.Event == "" {
		review.State = "PENDING"
	}
	review.Body = sent.Body
	f.touch(pull)
	answer(w, http.StatusOK, f.reviewShape(review))
}

func (f *Fake) postReply(w http.ResponseWriter, r *http.Request) {
	pull := f.pull(w, r)
	if pull == nil {
		return
	}
	if !f.offers(27) {
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	_, comment := f.comment(w, r)
	if comment == nil {
		return
	}
	if text, ok := body(w, r); ok {
		answer(w, http.StatusCreated, f.commentShape(f.reply(pull, f.Login, comment.ID, text)))
	}
}

func (f *Fake) postResolve(w http.ResponseWriter, r *http.Request)   { f.turn(w, r, f.Login) }
func (f *Fake) postUnresolve(w http.ResponseWriter, r *http.Request) { f.turn(w, r, "") }

// turn notes who has resolved a comment.
func (f *Fake) turn(w http.ResponseWriter, r *http.Request, resolver string) {
	if !f.offers(26) {
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	switch _, comment := f.comment(w, r); {
	case comment == nil:
	case comment.Path == "":
		refuse(w, http.StatusBadRequest, "comment is not a review comment")
	case f.NoResolve:
		refuse(w, http.StatusForbidden, "user should have permission to resolve comment")
	default:
		comment.Resolver = resolver
		w.WriteHeader(http.StatusNoContent)
	}
}
