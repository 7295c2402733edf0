package githubtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"

	"github.com/austauschbar/austauschbar/bot/forgetest/replies"
)

// A reply is an answer with where it comes from.
type reply struct {
	replies.Reply
	injected bool // the answer comes from the test, not from GitHub's rules
	provoked bool // the test asked for the refusal
}

// inject marks an answer as one that the test put in the place of GitHub's.
func inject(w http.ResponseWriter) { w.(*reply).injected = true }

// object is a JSON object.
type object = map[string]any

func answer(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value)
}

const documentation = "https://docs.github.com/rest"

func refuse(w http.ResponseWriter, status int, message string) {
	answer(w, status, object{"message": message, "documentation_url": documentation, "status": strconv.Itoa(status)})
}

func notFound(w http.ResponseWriter) { refuse(w, http.StatusNotFound, "Not Found") }

// invalid refuses in the words of most endpoints.
func invalid(w http.ResponseWriter, format string, args ...any) {
	unprocessable(w, object{"resource": "Resource", "code": "custom", "message": fmt.Sprintf(format, args...)})
}

// invalidReview refuses in the words of reviews, which tell errors as text.
func invalidReview(w http.ResponseWriter, format string, args ...any) {
	unprocessable(w, fmt.Sprintf(format, args...))
}

func unprocessable(w http.ResponseWriter, fault any) {
	answer(w, http.StatusUnprocessableEntity, object{"message": "Validation Failed", "errors": []any{fault}, "documentation_url": documentation, "status": "422"})
}

// read decodes a body whose fields must all be known.
func read(w http.ResponseWriter, r *http.Request, into any) bool {
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		refuse(w, http.StatusBadRequest, "Problems parsing JSON: "+err.Error())
		return false
	}
	return true
}

// paged gives the asked page: 30 entries by default, 100 at most.
func paged[T any](w http.ResponseWriter, r *http.Request, all []T) []T {
	size, err := strconv.Atoi(r.URL.Query().Get("per_page"))
	if err != nil || size < 1 {
		size = 30
	}
	size = min(size, 100)
	page, err := strconv.Atoi(r.URL.Query().Get("page"))
	if err != nil || page < 1 {
		page = 1
	}
	from, to := min((page-1)*size, len(all)), min(page*size, len(all))
	if to < len(all) {
		next := *r.URL
		query := next.Query()
		query.Set("page", strconv.Itoa(page+1))
		next.RawQuery = query.Encode()
		w.Header().Set("Link", fmt.Sprintf(`<http://%s%s>; rel="next"`, r.Host, next.String()))
	}
	return all[from:to]
}

// each turns things into what is told of them.
func each[T, U any](all []T, tell func(T) U) []U {
	told := make([]U, 0, len(all))
	for _, one := range all {
		told = append(told, tell(one))
	}
	return told
}
