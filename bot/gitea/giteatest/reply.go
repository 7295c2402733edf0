package giteatest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
)

// object is a JSON object.
type object = map[string]any

func answer(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json;charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value)
}

func refuse(w http.ResponseWriter, status int, message string) {
	answer(w, status, object{"message": message, "url": site + "/api/swagger"})
}

func notFound(w http.ResponseWriter) {
	refuse(w, http.StatusNotFound, "The target couldn't be found.")
}

func invalid(w http.ResponseWriter, message string) {
	refuse(w, http.StatusUnprocessableEntity, message)
}

// read takes a request's body apart. Fields that the server does not know are left
// out, as it does.
func read(w http.ResponseWriter, r *http.Request, into any) bool {
	if r.Header.Get("Content-Type") != "application/json" {
		invalid(w, "Empty Content-Type")
		return false
	}
	if err := json.NewDecoder(r.Body).Decode(into); err != nil {
		invalid(w, err.Error())
		return false
	}
	return true
}

// paged cuts the page that a request asks for, and tells in which way there is more:
// not every list links to its next page.
func paged[T any](f *Fake, w http.ResponseWriter, r *http.Request, all []T, links bool) []T {
	limit, page := f.window(r)
	w.Header().Set("X-Total-Count", strconv.Itoa(len(all)))
	from := min(len(all), (page-1)*limit)
	to := min(len(all), from+limit)
	if links && to < len(all) {
		next := *r.URL
		query := next.Query()
		query.Set("page", strconv.Itoa(page+1))
		next.RawQuery = query.Encode()
		w.Header().Set("Link", fmt.Sprintf("<%s%s>; rel=\"next\"", site, next.RequestURI()))
	}
	return all[from:to]
}

func (f *Fake) window(r *http.Request) (limit, page int) {
	limit, _ = strconv.Atoi(r.URL.Query().Get("limit"))
	if page, _ = strconv.Atoi(r.URL.Query().Get("page")); page < 1 {
		page = 1
	}
	if limit < 1 {
		limit = 30
	}
	return min(limit, f.PageLimit), page
}

// shapes tells things one by one; "[]" for none.
func shapes[T any](things []T, shape func(T) object) []object {
	told := make([]object, len(things))
	for i, thing := range things {
		told[i] = shape(thing)
	}
	return told
}

// isNamed says whether the path names an id.
func isNamed(r *http.Request, id int64) bool { return r.PathValue("id") == strconv.FormatInt(id, 10) }
