// Package githubtest is a GitHub for tests: it keeps what is written to it and
// refuses what the real one refuses. What it answers is checked against GitHub's
// own description by tools/contract.
package githubtest

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/austauschbar/austauschbar/bot/forgetest/hooks"
	"github.com/austauschbar/austauschbar/bot/forgetest/replies"
)

// A Fake is a GitHub with one repository, o/r, and the pull requests that were
// opened there; 7 is there from the start. It keeps what is written to it, and the
// rules of the real one: what GitHub refuses, it refuses. It is an http.Handler, so
// that it can be wrapped.
//
// Its methods may be called while it serves. Its fields are read and set before
// and after, or within Look.
type Fake struct {
	*Pull                  // number 7
	Pulls map[int]*Pull    // all of them, 7 included
	Login string           // who the token writes as, in the words of REST
	App   *App             // that is installed in the repository; nil for none
	Hooks Hooks            // where events are sent
	Now   func() time.Time // for the times in answers

	Private   bool // the repository is: who is no collaborator may not read it
	NoChecks  bool // check runs are forbidden, as for a user's token
	NoResolve bool // resolving is forbidden
	NoUser    bool // GET /user is forbidden, as for an App
	NoGraphQL bool // there is no /graphql
	TreeLimit int  // entries of one tree answer; 0 for no limit
	// Permissions are those of collaborators by login: "admin", "maintain",
	// "write", "triage", "read", "none"; "" for a login that nobody has.
	Permissions map[string]string
	Limits      []int // the next writes are answered so, once each: 403, 429 and 422 as GitHub tells limits
	Outages     []int // the next requests are answered so, whatever they ask, once each
	// Bad names words in a comment's body for which the whole review is refused,
	// though its lines lie in the diff.
	Bad string
	// OnWrite is called before each write; a status other than 0 is answered in
	// its place. It must not call methods of the fake.
	OnWrite func(log []string) int
	// Provoked says that the test asks for what GitHub's description forbids, to
	// see the refusal.
	Provoked bool

	Log      []string // writes: method and path
	Reads    []string // paths
	Tokens   int      // access tokens given to the App
	Runs     []*Run
	Statuses []*Status
	Blobs    map[string][]byte

	lock      sync.Mutex
	mux       *http.ServeMux
	nextID    int64
	trees     map[string][]fakeEntry
	commits   map[string]string // tree by commit
	tokens    map[string]time.Time
	exchanges exchanges
	sender    hooks.Sender
}

// A Pull is a pull request.
type Pull struct {
	Number     int
	Title      string
	State      string // "open" or "closed"
	Draft      bool
	Fork       string // who owns the repository that the head is in; "" for o
	Branch     string // of the head
	Head, Base string // commits
	Author     string
	Files      []FakeFile // of the diff
	Labels     []string
	Comments   []*Comment
	Threads    []*Thread
	Created    time.Time
	Updated    time.Time
}

type (
	User struct {
		Login string
		Type  string
	}
	Comment struct {
		ID        int64
		Body      string
		User      User
		Created   time.Time
		Updated   time.Time
		Reactions []Reaction
	}
	Reaction struct {
		ID      int64
		Content string // "eyes", "+1", …
		User    User
		Created time.Time
	}
	Thread struct {
		ID       string
		Path     string
		Line     int // 0 for a file
		Head     string
		Review   int64
		Resolved bool
		By       string // login of the person who resolved it; "" for an App
		Comments []*Comment
	}
)

// Dawn is when the clock begins that limits are told by.
var Dawn = time.Date(2027, 1, 15, 8, 0, 0, 0, time.UTC)

// Token is the one token that the fake knows, besides those of the App.
const Token = "token-of-the-test"

// NewFake returns a GitHub whose pull request 7 replaces the one line of a.md and
// tells no diff.
func NewFake() *Fake {
	f := &Fake{
		Login: "austauschbar[bot]", Now: time.Now, nextID: 3_000_000_000, Pulls: map[int]*Pull{},
		trees: map[string][]fakeEntry{}, commits: map[string]string{}, Blobs: map[string][]byte{}, tokens: map[string]time.Time{},
	}
	f.sender.Patience, f.sender.Header, f.sender.Sent = patience, header, f.exchanges.keepEvent
	f.Pull = f.open(7, map[string]string{"a.md": "one\n"}, map[string]string{"a.md": "two\n"})
	f.Files = nil
	f.route()
	return f
}

func (f *Fake) route() {
	f.mux = http.NewServeMux()
	for pattern, handle := range map[string]http.HandlerFunc{
		"GET /user":                                  f.getUser,
		"GET /app":                                   f.getApp,
		"GET /app/installations":                     f.getInstallations,
		"GET /installation/repositories":             f.getRepositories,
		"GET /repos/o/r/installation":                f.getInstallation,
		"POST /app/installations/{id}/access_tokens": f.postAccessToken,

		"GET /repos/o/r/pulls":                                 f.getPulls,
		"GET /repos/o/r/pulls/{number}":                        f.getPull,
		"GET /repos/o/r/pulls/{number}/files":                  f.getFiles,
		"GET /repos/o/r/git/trees/{sha}":                       f.getTree,
		"GET /repos/o/r/git/blobs/{sha}":                       f.getBlob,
		"GET /repos/o/r/collaborators/{login}/permission":      f.getPermission,
		"GET /repos/o/r/issues/{number}/labels":                f.getLabels,
		"POST /repos/o/r/issues/{number}/labels":               f.postLabels,
		"DELETE /repos/o/r/issues/{number}/labels/{name}":      f.deleteLabel,
		"GET /repos/o/r/issues/{number}/comments":              f.getComments,
		"POST /repos/o/r/issues/{number}/comments":             f.postComment,
		"PATCH /repos/o/r/issues/comments/{id}":                f.patchComment,
		"DELETE /repos/o/r/issues/comments/{id}":               f.deleteComment,
		"POST /repos/o/r/issues/comments/{id}/reactions":       f.postReaction,
		"POST /repos/o/r/pulls/{number}/reviews":               f.postReview,
		"GET /repos/o/r/pulls/{number}/comments":               f.getReviewComments,
		"POST /repos/o/r/pulls/{number}/comments":              f.postReviewComment,
		"POST /repos/o/r/pulls/{number}/comments/{id}/replies": f.postReply,
		"PATCH /repos/o/r/pulls/comments/{id}":                 f.patchReviewComment,
		"POST /repos/o/r/pulls/comments/{id}/reactions":        f.postReviewReaction,
		"GET /repos/o/r/commits/{sha}/check-runs":              f.getRuns,
		"POST /repos/o/r/check-runs":                           f.postRun,
		"PATCH /repos/o/r/check-runs/{id}":                     f.patchRun,
		"GET /repos/o/r/check-runs/{id}/annotations":           f.getAnnotations,
		"GET /repos/o/r/commits/{sha}/statuses":                f.getStatuses,
		"POST /repos/o/r/statuses/{sha}":                       f.postStatus,
		"POST /graphql":                                        f.postGraphQL,
		"GET /repos/o/elsewhere/pulls/7": func(w http.ResponseWriter, r *http.Request) {
			inject(w)
			http.Redirect(w, r, "http://evil.example/", http.StatusFound)
		},
		"/": func(w http.ResponseWriter, _ *http.Request) { notFound(w) },
	} {
		f.mux.HandleFunc(pattern, handle)
	}
}

// ServeHTTP answers as GitHub does.
func (f *Fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the client has gone
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	given := &reply{Reply: replies.New()}
	f.serve(given, r, body)
	f.exchanges.keep(r, body, given)
	given.Send(w)
}

func (f *Fake) serve(w *reply, r *http.Request, body []byte) {
	f.lock.Lock()
	defer f.lock.Unlock()
	w.provoked = f.Provoked
	query := r.URL.Path == "/graphql" && !bytes.Contains(body, []byte("mutation"))
	writes := r.Method != http.MethodGet && !query && !ofApp(r.URL.Path)
	switch {
	case f.out(w) || !f.admit(w, r) || writes && f.limit(w):
		return
	case r.Method == http.MethodGet:
		f.Reads = append(f.Reads, r.URL.Path)
	case writes:
		if f.OnWrite != nil {
			if status := f.OnWrite(f.Log); status != 0 {
				inject(w)
				refuse(w, status, "the test says so")
				return
			}
		}
		f.Log = append(f.Log, r.Method+" "+strings.TrimPrefix(r.URL.Path, "/repos/o/r/"))
	}
	f.mux.ServeHTTP(w, r)
}

// out answers the next of f.Outages.
func (f *Fake) out(w http.ResponseWriter) bool {
	if len(f.Outages) == 0 {
		return false
	}
	status := f.Outages[0]
	f.Outages = f.Outages[1:]
	inject(w)
	answer(w, status, map[string]any{"message": "Server Error"})
	return true
}

// limit answers the next of f.Limits, once each, in GitHub's words.
func (f *Fake) limit(w http.ResponseWriter) bool {
	if len(f.Limits) == 0 {
		return false
	}
	status := f.Limits[0]
	f.Limits = f.Limits[1:]
	inject(w)
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

// Look calls look while nothing is served.
func (f *Fake) Look(look func()) {
	f.lock.Lock()
	defer f.lock.Unlock()
	look()
}

// Writes counts the requests that changed something, refused ones included.
func (f *Fake) Writes() int {
	f.lock.Lock()
	defer f.lock.Unlock()
	return len(f.Log)
}

// Open opens a pull request from one set of files to another. The diff is made
// from them where none is given.
func (f *Fake) Open(number int, base, head map[string]string, diff ...FakeFile) *Pull {
	f.lock.Lock()
	defer f.lock.Unlock()
	if f.Pulls[number] != nil {
		panic(fmt.Sprintf("pull request %d is open", number))
	}
	pull := f.open(number, base, head, diff...)
	f.tell(pullEvent{f, pull, "opened", ""})
	return pull
}

func (f *Fake) open(number int, base, head map[string]string, diff ...FakeFile) *Pull {
	now := f.now()
	pull := &Pull{
		Number: number, Title: fmt.Sprintf("Change %d", number), State: "open", Branch: fmt.Sprintf("topic-%d", number),
		Author: "alice", Created: now, Updated: now,
	}
	pull.Base, pull.Head = f.commit(base, number), f.commit(head, number)
	pull.Files = f.diffOr(pull, diff)
	f.Pulls[number] = pull
	return pull
}

func (f *Fake) diffOr(pull *Pull, diff []FakeFile) []FakeFile {
	if diff != nil {
		return diff
	}
	return f.diff(pull.Base, pull.Head)
}

// Push moves the head of pull request 7.
func (f *Fake) Push(files map[string]string, diff ...FakeFile) { f.PushTo(7, files, diff...) }

// PushTo moves a head to other files. The diff is made from them where none is
// given.
func (f *Fake) PushTo(number int, files map[string]string, diff ...FakeFile) {
	f.lock.Lock()
	defer f.lock.Unlock()
	pull := f.Pulls[number]
	before := pull.Head
	pull.Head = f.commit(files, number)
	pull.Files = f.diffOr(pull, diff)
	f.touch(pull)
	f.tell(pullEvent{f, pull, "synchronize", before})
}

// Say is a comment by somebody on pull request 7.
func (f *Fake) Say(login, body string) { f.SayTo(7, login, body) }

// SayTo is a comment by somebody on a pull request.
func (f *Fake) SayTo(number int, login, body string) {
	f.lock.Lock()
	defer f.lock.Unlock()
	f.say(f.Pulls[number], login, body)
}

func (f *Fake) say(pull *Pull, login, body string) *Comment {
	comment := f.comment(login, body)
	pull.Comments = append(pull.Comments, comment)
	f.touch(pull)
	f.tell(commentEvent{f, pull, comment})
	return comment
}

func (f *Fake) comment(login, body string) *Comment {
	now := f.now()
	return &Comment{ID: f.id(), Body: body, User: Account(login), Created: now, Updated: now}
}

// Reply answers in the thread of a finding.
func (f *Fake) Reply(t testing.TB, text, login, body string) {
	t.Helper()
	thread := f.Thread(t, text)
	f.lock.Lock()
	defer f.lock.Unlock()
	thread.Comments = append(thread.Comments, f.comment(login, body))
}

// Thread is the one of pull request 7 whose first comment has a text.
func (f *Fake) Thread(t testing.TB, text string) *Thread {
	t.Helper()
	f.lock.Lock()
	defer f.lock.Unlock()
	i := slices.IndexFunc(f.Threads, func(thread *Thread) bool { return strings.Contains(thread.Comments[0].Body, text) })
	if i < 0 {
		t.Fatalf("no thread says %q", text)
	}
	return f.Threads[i]
}

// NewThread returns a thread of pull request 7 that is not in it yet.
func (f *Fake) NewThread(path string, line int, text string) *Thread {
	f.lock.Lock()
	defer f.lock.Unlock()
	return f.newThread(f.Pull, path, line, text)
}

func (f *Fake) newThread(pull *Pull, path string, line int, text string) *Thread {
	return &Thread{ID: fmt.Sprintf("PRRT_%d", f.id()), Path: path, Line: line, Head: pull.Head, Comments: []*Comment{f.comment(f.Login, text)}}
}

// ID returns a number that was not given before.
func (f *Fake) ID() int64 {
	f.lock.Lock()
	defer f.lock.Unlock()
	return f.id()
}

func (f *Fake) id() int64 {
	f.nextID++
	return f.nextID
}

// now is the time in GitHub's precision.
func (f *Fake) now() time.Time { return f.Now().UTC().Truncate(time.Second) }

func (f *Fake) touch(pull *Pull) { pull.Updated = f.now() }

// Account is the user of a login; that of an App ends in "[bot]".
func Account(login string) User {
	if strings.HasSuffix(login, "[bot]") {
		return User{login, "Bot"}
	}
	return User{login, "User"}
}
