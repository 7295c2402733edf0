// Package githubtest is a GitHub for tests: it keeps what is written to it and
// refuses what the real one refuses.
package githubtest

import (
	"bytes"
	"crypto/sha1"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"
)

// A Fake is a GitHub with one repository, o/r, and one pull request, 7. It keeps
// what is written to it, and the rules of the real one: what GitHub refuses, it
// refuses. It is an http.Handler, so that it can be wrapped.
type Fake struct {
	Login  string // who the token writes as, in the words of REST
	Head   string
	Base   string
	Author string
	Files  []FakeFile // of the diff

	NoChecks  bool // check runs are forbidden, as for a user's token
	NoResolve bool // resolving is forbidden
	NoUser    bool // GET /user is forbidden, as for an App
	TreeLimit int  // entries of one tree answer; 0 for no limit
	Limits    []int
	// Bad names words in a comment's body for which the whole review is refused,
	// though its lines lie in the diff.
	Bad string
	// OnWrite is called before each write; a status other than 0 is answered in
	// its place.
	OnWrite func(log []string) int

	lock     sync.Mutex
	mux      *http.ServeMux
	nextID   int64
	Log      []string // writes: method and path
	Reads    []string
	limited  []int
	trees    map[string][]fakeEntry
	Blobs    map[string][]byte
	Comments []*Comment
	Threads  []*Thread
	Runs     []*Run
	Statuses []*Status
	Labels   []string
}

// A FakeFile is a file of the diff.
type FakeFile struct {
	Name, Previous, Status, Patch string
}

type (
	fakeEntry struct {
		Path string `json:"path"`
		Mode string `json:"mode"`
		Type string `json:"type"`
		Size int    `json:"size,omitempty"`
		SHA  string `json:"sha"`
	}
	User struct {
		Login string `json:"login"`
		Type  string `json:"type"`
	}
	Comment struct {
		ID   int64  `json:"id"`
		Body string `json:"body"`
		User User   `json:"user"`
	}
	Thread struct {
		ID       string
		Path     string
		Line     int // 0 for a file
		Resolved bool
		By       string // login of the person who resolved it; "" for an App
		Comments []*Comment
	}
	Annotation struct {
		Path      *string `json:"path"`
		StartLine *int    `json:"start_line"`
		EndLine   *int    `json:"end_line"`
		Level     *string `json:"annotation_level"`
		Message   *string `json:"message"`
		Title     *string `json:"title"`
	}
	fakeOutput struct {
		Title       *string       `json:"title"`
		Summary     *string       `json:"summary"`
		Annotations []*Annotation `json:"annotations"`
	}
	Run struct {
		ID          int64
		Head, Name  string
		External    string
		Slug        string
		Conclusion  string
		Title       string
		Summary     string
		Annotations []*Annotation
	}
	Status struct {
		ID          int64  `json:"id"`
		State       string `json:"state"`
		Description string `json:"description"`
		Context     string `json:"context"`
		Creator     User   `json:"creator"`
		Head        string `json:"-"`
	}
)

// Dawn is when the fake's clock begins.
var Dawn = time.Date(2027, 1, 15, 8, 0, 0, 0, time.UTC)

// Token is the one token that the fake knows.
const Token = "token-of-the-test"

// NewFake returns a GitHub whose pull request changes nothing.
func NewFake() *Fake {
	f := &Fake{Login: "austauschbar[bot]", Author: "alice", nextID: 3_000_000_000, trees: map[string][]fakeEntry{}, Blobs: map[string][]byte{}}
	f.Base, f.Head = f.Commit(map[string]string{"a.md": "one\n"}), f.Commit(map[string]string{"a.md": "two\n"})
	f.mux = http.NewServeMux()
	for pattern, handle := range map[string]http.HandlerFunc{
		"GET /user":                                  f.getUser,
		"GET /repos/o/r/pulls/7":                     f.getPull,
		"GET /repos/o/r/pulls/7/files":               f.getFiles,
		"GET /repos/o/r/git/trees/{sha}":             f.getTree,
		"GET /repos/o/r/git/blobs/{sha}":             f.getBlob,
		"GET /repos/o/r/issues/7/comments":           f.getComments,
		"POST /repos/o/r/issues/7/comments":          f.postComment,
		"PATCH /repos/o/r/issues/comments/{id}":      f.patchComment,
		"DELETE /repos/o/r/issues/comments/{id}":     f.deleteComment,
		"POST /repos/o/r/pulls/7/reviews":            f.postReview,
		"POST /repos/o/r/pulls/7/comments":           f.postReviewComment,
		"PATCH /repos/o/r/pulls/comments/{id}":       f.patchReviewComment,
		"GET /repos/o/r/commits/{sha}/check-runs":    f.getRuns,
		"POST /repos/o/r/check-runs":                 f.postRun,
		"PATCH /repos/o/r/check-runs/{id}":           f.patchRun,
		"GET /repos/o/r/check-runs/{id}/annotations": f.getAnnotations,
		"GET /repos/o/r/commits/{sha}/statuses":      f.getStatuses,
		"POST /repos/o/r/statuses/{sha}":             f.postStatus,
		"GET /repos/o/r/issues/7/labels":             f.getLabels,
		"POST /repos/o/r/issues/7/labels":            f.postLabels,
		"DELETE /repos/o/r/issues/7/labels/{name}":   f.deleteLabel,
		"POST /graphql":                              f.postGraphQL,
		"GET /repos/o/elsewhere/pulls/7": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://evil.example/", http.StatusFound)
		},
	} {
		f.mux.HandleFunc(pattern, handle)
	}
	return f
}

// ServeHTTP answers as GitHub does.
func (f *Fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.lock.Lock()
	defer f.lock.Unlock()
	if r.Header.Get("Authorization") != "Bearer "+Token {
		refuse(w, http.StatusUnauthorized, "Bad credentials")
		return
	}
	if r.Header.Get("User-Agent") == "" {
		refuse(w, http.StatusForbidden, "Request forbidden by administrative rules")
		return
	}
	if f.limit(w, r) {
		return
	}
	if r.Method == http.MethodGet {
		f.Reads = append(f.Reads, r.URL.Path)
	} else if !isQuery(r) {
		if f.OnWrite != nil {
			if status := f.OnWrite(f.Log); status != 0 {
				refuse(w, status, "the test says so")
				return
			}
		}
		f.Log = append(f.Log, r.Method+" "+strings.TrimPrefix(r.URL.Path, "/repos/o/r/"))
	}
	f.mux.ServeHTTP(w, r)
}

// isQuery says whether a request to GraphQL only reads. It leaves the body whole.
func isQuery(r *http.Request) bool {
	if r.URL.Path != "/graphql" {
		return false
	}
	var body bytes.Buffer
	if _, err := body.ReadFrom(r.Body); err != nil {
		return false
	}
	r.Body = readCloser{&body}
	return !bytes.Contains(body.Bytes(), []byte("mutation"))
}

type readCloser struct{ *bytes.Buffer }

func (readCloser) Close() error { return nil }

// limit answers the next of f.Limits, once each, in GitHub's words.
func (f *Fake) limit(w http.ResponseWriter, r *http.Request) bool {
	if len(f.Limits) == 0 || r.Method == http.MethodGet || isQuery(r) {
		return false
	}
	status := f.Limits[0]
	f.Limits = f.Limits[1:]
	f.limited = append(f.limited, status)
	switch status {
	case http.StatusForbidden:
		w.Header().Set("X-RateLimit-Remaining", "0")
		w.Header().Set("X-RateLimit-Reset", strconv.FormatInt(Dawn.Add(30*time.Second).Unix(), 10))
		refuse(w, status, "API rate limit exceeded")
	case http.StatusTooManyRequests:
		w.Header().Set("Retry-After", "17")
		refuse(w, status, "You have exceeded a secondary rate limit")
	default:
		answer(w, status, map[string]any{"message": "Validation Failed", "errors": []any{map[string]any{"resource": "IssueComment", "code": "abuse", "message": "was submitted too quickly"}}})
	}
	return true
}

// Writes counts the requests that changed something, refused ones included.
func (f *Fake) Writes() int {
	f.lock.Lock()
	defer f.lock.Unlock()
	return len(f.Log)
}

// Push moves the head.
func (f *Fake) Push(files map[string]string, diff ...FakeFile) {
	f.lock.Lock()
	defer f.lock.Unlock()
	f.Head, f.Files = f.Commit(files), diff
}

// Say is an issue comment by somebody.
func (f *Fake) Say(login, body string) {
	f.Comments = append(f.Comments, &Comment{f.ID(), body, Account(login)})
}

// Reply answers in the thread of a finding.
func (f *Fake) Reply(t testing.TB, text, login, body string) {
	thread := f.Thread(t, text)
	thread.Comments = append(thread.Comments, &Comment{f.ID(), body, Account(login)})
}

// Thread is the one whose first comment has a text.
func (f *Fake) Thread(t testing.TB, text string) *Thread {
	t.Helper()
	i := slices.IndexFunc(f.Threads, func(thread *Thread) bool { return strings.Contains(thread.Comments[0].Body, text) })
	if i < 0 {
		t.Fatalf("no thread says %q", text)
	}
	return f.Threads[i]
}

// Commit stores files and returns the commit's id. "link:" and "module:" before
// the content make a link and a submodule.
func (f *Fake) Commit(files map[string]string) string {
	direct := map[string]map[string]string{}
	var entries []fakeEntry
	for name, content := range files {
		if folder, rest, nested := strings.Cut(name, "/"); nested {
			if direct[folder] == nil {
				direct[folder] = map[string]string{}
			}
			direct[folder][rest] = content
			continue
		}
		entry := fakeEntry{Path: name, Mode: "100644", Type: "blob", SHA: f.store(content), Size: len(content)}
		switch {
		case strings.HasPrefix(content, "link:"):
			entry.Mode = "120000"
		case strings.HasPrefix(content, "module:"):
			entry.Mode, entry.Type, entry.Size = "160000", "commit", 0
		}
		entries = append(entries, entry)
	}
	for folder, below := range direct {
		entries = append(entries, fakeEntry{Path: folder, Mode: "040000", Type: "tree", SHA: f.Commit(below)})
	}
	slices.SortFunc(entries, func(a, b fakeEntry) int { return strings.Compare(a.Path, b.Path) })
	id := fmt.Sprintf("%x", sha1.Sum(fmt.Appendf(nil, "%v", entries)))
	f.trees[id] = entries
	return id
}

func (f *Fake) store(content string) string {
	id := fmt.Sprintf("%x", sha1.Sum(fmt.Appendf(nil, "blob %d\x00%s", len(content), content)))
	f.Blobs[id] = []byte(content)
	return id
}

func (f *Fake) ID() int64 {
	f.nextID++
	return f.nextID
}

func Account(login string) User {
	if strings.HasSuffix(login, "[bot]") {
		return User{login, "Bot"}
	}
	return User{login, "User"}
}

// Answers.

func answer(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value)
}

func refuse(w http.ResponseWriter, status int, message string) {
	answer(w, status, map[string]any{"message": message, "documentation_url": "https://docs.github.com/rest"})
}

func invalid(w http.ResponseWriter, format string, args ...any) {
	answer(w, http.StatusUnprocessableEntity, map[string]any{"message": "Validation Failed", "errors": []any{fmt.Sprintf(format, args...)}, "documentation_url": "https://docs.github.com/rest"})
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
	return append([]T{}, all[from:to]...)
}

// Pull request and files.

func (f *Fake) getUser(w http.ResponseWriter, _ *http.Request) {
	if f.NoUser {
		refuse(w, http.StatusForbidden, "Resource not accessible by integration")
		return
	}
	answer(w, http.StatusOK, Account(f.Login))
}

func (f *Fake) getPull(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, map[string]any{"number": 7, "user": Account(f.Author), "head": map[string]any{"sha": f.Head}, "base": map[string]any{"sha": f.Base}})
}

func (f *Fake) getFiles(w http.ResponseWriter, r *http.Request) {
	files := []map[string]any{}
	for _, file := range paged(w, r, f.Files) {
		listed := map[string]any{"filename": file.Name, "status": file.Status}
		if file.Previous != "" {
			listed["previous_filename"] = file.Previous
		}
		if file.Patch != "" {
			listed["patch"] = file.Patch
		}
		files = append(files, listed)
	}
	answer(w, http.StatusOK, files)
}

func (f *Fake) getTree(w http.ResponseWriter, r *http.Request) {
	entries, ok := f.trees[r.PathValue("sha")]
	if !ok {
		refuse(w, http.StatusNotFound, "Not Found")
		return
	}
	if r.URL.Query().Get("recursive") != "" {
		entries = f.flat("", entries)
	}
	truncated := f.TreeLimit > 0 && len(entries) > f.TreeLimit
	if truncated {
		entries = entries[:f.TreeLimit]
	}
	answer(w, http.StatusOK, map[string]any{"sha": r.PathValue("sha"), "tree": entries, "truncated": truncated})
}

func (f *Fake) flat(folder string, entries []fakeEntry) []fakeEntry {
	var all []fakeEntry
	for _, entry := range entries {
		entry.Path = folder + entry.Path
		all = append(all, entry)
		if entry.Type == "tree" {
			all = append(all, f.flat(entry.Path+"/", f.trees[entry.SHA])...)
		}
	}
	return all
}

func (f *Fake) getBlob(w http.ResponseWriter, r *http.Request) {
	data, ok := f.Blobs[r.PathValue("sha")]
	switch {
	case !ok:
		refuse(w, http.StatusNotFound, "Not Found")
	case !strings.HasPrefix(r.Header.Get("Accept"), "application/vnd.github.raw"):
		answer(w, http.StatusOK, map[string]any{"encoding": "base64", "content": data})
	default:
		_, _ = w.Write(data)
	}
}

// Issue comments.

func (f *Fake) getComments(w http.ResponseWriter, r *http.Request) {
	answer(w, http.StatusOK, paged(w, r, f.Comments))
}

// body reads {"body": …} and keeps the limit.
func body(w http.ResponseWriter, r *http.Request) (string, bool) {
	var sent struct {
		Body *string `json:"body"`
	}
	if !read(w, r, &sent) {
		return "", false
	}
	return bodyOf(w, sent.Body)
}

func bodyOf(w http.ResponseWriter, body *string) (string, bool) {
	switch {
	case body == nil || strings.TrimSpace(*body) == "":
		invalid(w, "body is missing")
	case utf8.RuneCountInString(*body) > 65_536:
		invalid(w, "body is too long (maximum is 65536 characters)")
	default:
		return *body, true
	}
	return "", false
}

func (f *Fake) postComment(w http.ResponseWriter, r *http.Request) {
	if text, ok := body(w, r); ok {
		f.Say(f.Login, text)
		answer(w, http.StatusCreated, f.Comments[len(f.Comments)-1])
	}
}

// own finds one of our comments by the id in the path.
func (f *Fake) own(w http.ResponseWriter, r *http.Request, comments []*Comment) (int, bool) {
	i := slices.IndexFunc(comments, func(c *Comment) bool { return strconv.FormatInt(c.ID, 10) == r.PathValue("id") })
	switch {
	case i < 0:
		refuse(w, http.StatusNotFound, "Not Found")
	case comments[i].User.Login != f.Login:
		refuse(w, http.StatusForbidden, "Must have admin rights to Repository.")
	default:
		return i, true
	}
	return 0, false
}

func (f *Fake) patchComment(w http.ResponseWriter, r *http.Request) {
	i, ok := f.own(w, r, f.Comments)
	if !ok {
		return
	}
	if text, ok := body(w, r); ok {
		f.Comments[i].Body = text
		answer(w, http.StatusOK, f.Comments[i])
	}
}

func (f *Fake) deleteComment(w http.ResponseWriter, r *http.Request) {
	if i, ok := f.own(w, r, f.Comments); ok {
		f.Comments = slices.Delete(f.Comments, i, i+1)
		w.WriteHeader(http.StatusNoContent)
	}
}

// Reviews.

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
	if !read(w, r, &sent) {
		return
	}
	switch {
	case sent.CommitID == nil || *sent.CommitID != f.Head:
		invalid(w, "commit_id is not the head of the pull request")
		return
	case sent.Event == nil || *sent.Event != "COMMENT":
		invalid(w, "event is missing: the review would be pending for ever")
		return
	case sent.Body == nil && len(sent.Comments) == 0:
		invalid(w, "body is missing")
		return
	}
	var threads []*Thread
	for _, comment := range sent.Comments {
		if comment.Path == nil || comment.Line == nil || comment.Side == nil || *comment.Side != "RIGHT" {
			invalid(w, "path, line or side of a comment is missing")
			return
		}
		text, ok := bodyOf(w, comment.Body)
		if !ok {
			return
		}
		if !f.shows(*comment.Path, *comment.Line) || f.Bad != "" && strings.Contains(text, f.Bad) {
			invalid(w, "pull_request_review_thread.line must be part of the diff")
			return
		}
		threads = append(threads, f.NewThread(*comment.Path, *comment.Line, text))
	}
	f.Threads = append(f.Threads, threads...)
	answer(w, http.StatusOK, map[string]any{"id": f.ID(), "state": "COMMENTED"})
}

func (f *Fake) NewThread(path string, line int, text string) *Thread {
	return &Thread{ID: fmt.Sprintf("PRRT_%d", f.ID()), Path: path, Line: line, Comments: []*Comment{{f.ID(), text, Account(f.Login)}}}
}

var hunkHeader = regexp.MustCompile(`^@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@`)

// shows says whether a line of the head is in the diff, by a reading of the patch
// of its own.
func (f *Fake) shows(path string, line int) bool {
	for _, file := range f.Files {
		if file.Name != path {
			continue
		}
		at := 0
		for _, text := range strings.Split(file.Patch, "\n") {
			if header := hunkHeader.FindStringSubmatch(text); header != nil {
				at, _ = strconv.Atoi(header[1])
				continue
			}
			if strings.HasPrefix(text, "+") || strings.HasPrefix(text, " ") {
				if at == line {
					return true
				}
				at++
			}
		}
	}
	return false
}

func (f *Fake) postReviewComment(w http.ResponseWriter, r *http.Request) {
	var sent struct {
		Body        *string `json:"body"`
		CommitID    *string `json:"commit_id"`
		Path        *string `json:"path"`
		SubjectType *string `json:"subject_type"`
	}
	if !read(w, r, &sent) {
		return
	}
	if sent.CommitID == nil || sent.Path == nil || sent.SubjectType == nil || *sent.SubjectType != "file" || *sent.CommitID != f.Head {
		invalid(w, "commit_id, path or subject_type is missing or wrong")
		return
	}
	text, ok := bodyOf(w, sent.Body)
	if !ok {
		return
	}
	if !slices.ContainsFunc(f.Files, func(file FakeFile) bool { return file.Name == *sent.Path }) {
		invalid(w, "path is not part of the pull request")
		return
	}
	f.Threads = append(f.Threads, f.NewThread(*sent.Path, 0, text))
	answer(w, http.StatusCreated, map[string]any{"id": f.nextID})
}

func (f *Fake) patchReviewComment(w http.ResponseWriter, r *http.Request) {
	var all []*Comment
	for _, thread := range f.Threads {
		all = append(all, thread.Comments...)
	}
	i, ok := f.own(w, r, all)
	if !ok {
		return
	}
	if text, ok := body(w, r); ok {
		all[i].Body = text
		answer(w, http.StatusOK, all[i])
	}
}

// Check runs and statuses.

func (f *Fake) slug() string { return strings.TrimSuffix(f.Login, "[bot]") }

func (f *Fake) checksForbidden(w http.ResponseWriter) bool {
	if f.NoChecks {
		refuse(w, http.StatusForbidden, "You must authenticate via a GitHub App.")
	}
	return f.NoChecks
}

func runAnswer(run *Run) map[string]any {
	return map[string]any{
		"id": run.ID, "head_sha": run.Head, "name": run.Name, "external_id": run.External, "status": "completed", "conclusion": run.Conclusion,
		"app":    map[string]any{"slug": run.Slug},
		"output": map[string]any{"title": run.Title, "summary": run.Summary, "annotations_count": len(run.Annotations)},
	}
}

// getRuns lists the latest run of each name and App, as GitHub does unless asked.
func (f *Fake) getRuns(w http.ResponseWriter, r *http.Request) {
	if f.checksForbidden(w) {
		return
	}
	latest := []*Run{}
	for _, run := range slices.Backward(f.Runs) {
		name := r.URL.Query().Get("check_name")
		if run.Head == r.PathValue("sha") && (name == "" || name == run.Name) &&
			(r.URL.Query().Get("filter") == "all" || !slices.ContainsFunc(latest, func(l *Run) bool { return l.Name == run.Name && l.Slug == run.Slug })) {
			latest = append(latest, run)
		}
	}
	runs := []map[string]any{}
	for _, run := range paged(w, r, latest) {
		runs = append(runs, runAnswer(run))
	}
	answer(w, http.StatusOK, map[string]any{"total_count": len(latest), "check_runs": runs})
}

var conclusions = []string{"action_required", "cancelled", "failure", "neutral", "success", "skipped", "stale", "timed_out"}

// goodRun keeps the rules of a run's result.
func goodRun(w http.ResponseWriter, status, conclusion *string, output *fakeOutput) bool {
	switch {
	case status == nil || *status != "completed":
		invalid(w, "status: a run that is not completed blocks for ever")
	case conclusion == nil || !slices.Contains(conclusions, *conclusion):
		invalid(w, "conclusion is none of %v", conclusions)
	case output == nil || output.Title == nil || output.Summary == nil:
		invalid(w, "output misses title or summary")
	case utf8.RuneCountInString(*output.Summary) > 65_535:
		invalid(w, "summary is too long")
	case len(output.Annotations) > 50:
		invalid(w, "annotations exceeds a maximum quantity of 50")
	default:
		return !slices.ContainsFunc(output.Annotations, func(a *Annotation) bool { return !goodAnnotation(w, a) })
	}
	return false
}

func goodAnnotation(w http.ResponseWriter, a *Annotation) bool {
	switch {
	case a.Path == nil || *a.Path == "" || a.StartLine == nil || a.EndLine == nil || a.Level == nil || a.Message == nil || *a.Message == "":
		invalid(w, "annotation misses a field")
	case *a.StartLine < 1 || *a.EndLine < *a.StartLine:
		invalid(w, "annotation's lines")
	case !slices.Contains([]string{"notice", "warning", "failure"}, *a.Level):
		invalid(w, "annotation_level %q", *a.Level)
	case len(*a.Message) > 64<<10:
		invalid(w, "annotation's message is too long")
	case a.Title != nil && utf8.RuneCountInString(*a.Title) > 255:
		invalid(w, "annotation's title is too long")
	default:
		return true
	}
	return false
}

func (f *Fake) postRun(w http.ResponseWriter, r *http.Request) {
	var sent struct {
		Name       string      `json:"name"`
		HeadSHA    string      `json:"head_sha"`
		ExternalID string      `json:"external_id"`
		Status     *string     `json:"status"`
		Conclusion *string     `json:"conclusion"`
		Output     *fakeOutput `json:"output"`
	}
	if f.checksForbidden(w) || !read(w, r, &sent) || !goodRun(w, sent.Status, sent.Conclusion, sent.Output) {
		return
	}
	if sent.Name == "" || f.trees[sent.HeadSHA] == nil {
		invalid(w, "name or head_sha: no commit found")
		return
	}
	run := &Run{f.ID(), sent.HeadSHA, sent.Name, sent.ExternalID, f.slug(), *sent.Conclusion, *sent.Output.Title, *sent.Output.Summary, sent.Output.Annotations}
	f.Runs = append(f.Runs, run)
	answer(w, http.StatusCreated, runAnswer(run))
}

func (f *Fake) run(id string) *Run {
	i := slices.IndexFunc(f.Runs, func(run *Run) bool { return strconv.FormatInt(run.ID, 10) == id })
	if i < 0 {
		return nil
	}
	return f.Runs[i]
}

func (f *Fake) patchRun(w http.ResponseWriter, r *http.Request) {
	var sent struct {
		Name       *string     `json:"name"`
		Status     *string     `json:"status"`
		Conclusion *string     `json:"conclusion"`
		Output     *fakeOutput `json:"output"`
	}
	if f.checksForbidden(w) || !read(w, r, &sent) || !goodRun(w, sent.Status, sent.Conclusion, sent.Output) {
		return
	}
	run := f.run(r.PathValue("id"))
	if run == nil {
		refuse(w, http.StatusNotFound, "Not Found")
		return
	}
	if run.Slug != f.slug() {
		refuse(w, http.StatusForbidden, "Invalid app_id")
		return
	}
	if sent.Name != nil {
		run.Name = *sent.Name
	}
	run.Conclusion, run.Title, run.Summary = *sent.Conclusion, *sent.Output.Title, *sent.Output.Summary
	run.Annotations = append(run.Annotations, sent.Output.Annotations...)
	answer(w, http.StatusOK, runAnswer(run))
}

func (f *Fake) getAnnotations(w http.ResponseWriter, r *http.Request) {
	if run := f.run(r.PathValue("id")); run != nil {
		answer(w, http.StatusOK, paged(w, r, run.Annotations))
		return
	}
	refuse(w, http.StatusNotFound, "Not Found")
}

func (f *Fake) getStatuses(w http.ResponseWriter, r *http.Request) {
	found := []*Status{}
	for _, status := range slices.Backward(f.Statuses) {
		if status.Head == r.PathValue("sha") {
			found = append(found, status)
		}
	}
	answer(w, http.StatusOK, paged(w, r, found))
}

func (f *Fake) postStatus(w http.ResponseWriter, r *http.Request) {
	var sent struct {
		State       string `json:"state"`
		Description string `json:"description"`
		Context     string `json:"context"`
	}
	if !read(w, r, &sent) {
		return
	}
	if !slices.Contains([]string{"error", "failure", "pending", "success"}, sent.State) || utf8.RuneCountInString(sent.Description) > 140 {
		invalid(w, "state %q or its description", sent.State)
		return
	}
	status := &Status{f.ID(), sent.State, sent.Description, sent.Context, Account(f.Login), r.PathValue("sha")}
	f.Statuses = append(f.Statuses, status)
	answer(w, http.StatusCreated, status)
}

// Labels.

func (f *Fake) labelAnswer(names []string) []map[string]any {
	listed := []map[string]any{}
	for _, name := range names {
		listed = append(listed, map[string]any{"name": name})
	}
	return listed
}

func (f *Fake) getLabels(w http.ResponseWriter, r *http.Request) {
	answer(w, http.StatusOK, f.labelAnswer(paged(w, r, f.Labels)))
}

func (f *Fake) postLabels(w http.ResponseWriter, r *http.Request) {
	var sent struct {
		Labels []string `json:"labels"`
	}
	if !read(w, r, &sent) {
		return
	}
	if len(sent.Labels) == 0 {
		invalid(w, "labels is missing")
		return
	}
	f.Labels = append(f.Labels, sent.Labels...)
	answer(w, http.StatusOK, f.labelAnswer(f.Labels))
}

func (f *Fake) deleteLabel(w http.ResponseWriter, r *http.Request) {
	i := slices.Index(f.Labels, r.PathValue("name"))
	if i < 0 {
		refuse(w, http.StatusNotFound, "Label does not exist")
		return
	}
	f.Labels = slices.Delete(f.Labels, i, i+1)
	answer(w, http.StatusOK, f.labelAnswer(f.Labels))
}

// GraphQL.

func (f *Fake) postGraphQL(w http.ResponseWriter, r *http.Request) {
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
	switch {
	case strings.Contains(sent.Query, "reviewThreads(") && sent.Variables.Owner == "o" && sent.Variables.Name == "r" && sent.Variables.Number == 7:
		f.answerThreads(w, sent.Variables.After)
	case strings.Contains(sent.Query, "unresolveReviewThread("):
		f.turn(w, sent.Variables.Thread, false)
	case strings.Contains(sent.Query, "resolveReviewThread("):
		f.turn(w, sent.Variables.Thread, true)
	default:
		graphQLError(w, "NOT_FOUND", "Could not resolve to a Repository")
	}
}

func graphQLError(w http.ResponseWriter, kind, message string) {
	answer(w, http.StatusOK, map[string]any{"data": nil, "errors": []any{map[string]any{"type": kind, "message": message}}})
}

func (f *Fake) turn(w http.ResponseWriter, id string, resolved bool) {
	i := slices.IndexFunc(f.Threads, func(thread *Thread) bool { return thread.ID == id })
	switch {
	case f.NoResolve:
		graphQLError(w, "FORBIDDEN", "Resource not accessible by integration")
	case i < 0:
		graphQLError(w, "NOT_FOUND", "Could not resolve to a node")
	default:
		f.Threads[i].Resolved = resolved
		answer(w, http.StatusOK, map[string]any{"data": map[string]any{}})
	}
}

func (f *Fake) answerThreads(w http.ResponseWriter, after string) {
	from, _ := strconv.Atoi(after)
	to := min(from+100, len(f.Threads))
	nodes := []any{}
	for _, thread := range f.Threads[from:to] {
		comments := []any{}
		for _, comment := range thread.Comments[:min(20, len(thread.Comments))] {
			comments = append(comments, map[string]any{
				"fullDatabaseId": strconv.FormatInt(comment.ID, 10), "body": comment.Body,
				// GraphQL tells an App's account without "[bot]".
				"author": map[string]any{"__typename": comment.User.Type, "login": strings.TrimSuffix(comment.User.Login, "[bot]")},
			})
		}
		var line any
		if thread.Line > 0 {
			line = thread.Line
		}
		var by any
		if thread.Resolved && thread.By != "" {
			by = map[string]any{"__typename": "User", "login": thread.By}
		}
		nodes = append(nodes, map[string]any{
			"id": thread.ID, "isResolved": thread.Resolved, "resolvedBy": by, "path": thread.Path, "line": line,
			"comments": map[string]any{"totalCount": len(thread.Comments), "nodes": comments},
		})
	}
	answer(w, http.StatusOK, map[string]any{"data": map[string]any{"repository": map[string]any{"pullRequest": map[string]any{"reviewThreads": map[string]any{
		"pageInfo": map[string]any{"hasNextPage": to < len(f.Threads), "endCursor": strconv.Itoa(to)}, "nodes": nodes,
	}}}}})
}
