package gitlabtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
)

// object is a JSON object.
type object = map[string]any

func answer(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value)
}

func notFound(w http.ResponseWriter, what string) {
	if what != "" {
		what += " "
	}
	answer(w, http.StatusNotFound, object{"message": "404 " + what + "Not Found"})
}

func forbidden(w http.ResponseWriter) {
	answer(w, http.StatusForbidden, object{"message": "403 Forbidden"})
}

func bad(w http.ResponseWriter, format string, args ...any) {
	answer(w, http.StatusBadRequest, object{"message": "400 Bad request - " + fmt.Sprintf(format, args...)})
}

// read decodes a body whose fields must all be known.
func read(w http.ResponseWriter, r *http.Request, into any) bool {
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		answer(w, http.StatusBadRequest, object{"error": err.Error()})
		return false
	}
	return true
}

// size is how many entries of a list are asked for: 20 by default, 100 at most.
func size(r *http.Request) int {
	asked, err := strconv.Atoi(r.URL.Query().Get("per_page"))
	if err != nil || asked < 1 {
		return 20
	}
	return min(asked, 100)
}

// paged gives the asked page.
func paged[T any](w http.ResponseWriter, r *http.Request, all []T) []T {
	size := size(r)
	page, err := strconv.Atoi(r.URL.Query().Get("page"))
	if err != nil || page < 1 {
		page = 1
	}
	from, to := min((page-1)*size, len(all)), min(page*size, len(all))
	w.Header().Set("X-Page", strconv.Itoa(page))
	w.Header().Set("X-Per-Page", strconv.Itoa(size))
	w.Header().Set("X-Next-Page", "")
	if to < len(all) {
		w.Header().Set("X-Next-Page", strconv.Itoa(page+1))
		link(w, r, "page", strconv.Itoa(page+1))
	}
	return all[from:to]
}

// link tells the address of the next page.
func link(w http.ResponseWriter, r *http.Request, name, value string) {
	next := *r.URL
	query := next.Query()
	query.Set(name, value)
	next.RawQuery = query.Encode()
	w.Header().Set("Link", fmt.Sprintf(`<http://%s%s>; rel="next"`, r.Host, next.RequestURI()))
}

// each turns things into what is told of them.
func each[T, U any](all []T, tell func(T) U) []U {
	told := make([]U, 0, len(all))
	for _, one := range all {
		told = append(told, tell(one))
	}
	return told
}
