// Package giteatest is a Gitea for tests, or a Forgejo: it keeps what is written to it
// and refuses what the real one refuses.
package giteatest

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/austauschbar/austauschbar/bot/forgetest/hooks"
	"github.com/austauschbar/austauschbar/bot/forgetest/replies"
)

// A Fake is a server with one repository, o/r, and the pull requests that were opened
// there; 7 is there from the start. It is an http.Handler, so that it can be wrapped.
//
// Its methods may be called while it serves. Its fields are read and set before and
// after, or within Look.
type Fake struct {
	*Pull                  // number 7
	Pulls map[int]*Pull    // all of them, 7 included
	Login string           // who the token writes as
	Hooks Hooks            // where events are sent
	Now   func() time.Time // for the times in answers

	// Version is what the server calls itself: "1.25.4", or of Forgejo
	// "11.0.1+gitea-1.22.0". What it offers follows from it.
	Version string
	// Admin says that our account administers the repository, so that it may ask
	// what others may do.
	Admin bool
	// Permissions are those of collaborators by login: "owner", "admin", "write",
	// "read", "none"; "" for a login that nobody has.
	Permissions map[string]string
	NoResolve   bool // resolving is forbidden
	Lag         bool // the commits of forks were not copied yet
	PageLimit   int  // things on a page
	TreeLimit   int  // entries of a tree on a page
	BlobLimit   int  // bytes of a blob that is told
	// BreakReview breaks the next review off after so many comments; 0 for never.
	BreakReview int
	// Bad names words in a comment at which the server breaks down.
	Bad     string
	Limits  int   // the next requests are answered that there were too many
	Outages []int // the next requests are answered so, whatever they ask, once each
	// OnWrite is called before each write; a status other than 0 is answered in its
	// place. It must not call methods of the fake.
	OnWrite func(log []string) int

	Log        []string // writes: method and path
	Reads      []string // paths
	Statuses   []*Status
	RepoLabels []string // their ids are their places, counted from 1
	Blobs      map[string][]byte

	lock    sync.Mutex
	mux     *http.ServeMux
	nextID  int64
	trees   map[string][]entry
	commits map[string]map[string]string // files by commit
	sender  hooks.Sender
}

// A Pull is a pull request.
type Pull struct {
	Number     int
	Title      string
	State      string // "open" or "closed"
	Fork       string // who owns the repository that the head is in; "" for o
	NoFork     bool   // that repository is gone
	Branch     string // of the head
	Head, Base string // commits
	Author     string
	Labels     []string
	Comments   []*Comment // at the change
	Reviews    []*Review
	Updated    time.Time
}

type (
	// A Comment is one at the change or, in a review, at a line.
	Comment struct {
		ID        int64
		Body      string
		Login     string
		Path      string
		Line      int    // negative for one of the base
		Resolver  string // "" for nobody
		Reactions []string
	}
	// A Review holds comments; those that answer one belong to its review.
	Review struct {
		ID       int64
		Login    string
		State    string // "COMMENT", "PENDING", …
		Body     string
		Commit   string
		Comments []*Comment
	}
	// A Status is a commit's.
	Status struct {
		ID                                      int64
		Commit, State, Context, Description, By string
	}
)

// Token is the one token that the fake knows.
const Token = "token-of-the-test"

// Limits as the servers have them unless their owners say otherwise.
const (
	pageLimit = 50
	treeLimit = 1_000
	blobLimit = 10 << 20
)

// Versions that people run: the oldest that we support, and the newest.
const (
	Oldest  = "1.22.6"
	Newest  = "1.27.3"
	Forgejo = "11.0.1+gitea-1.22.0"
)

// NewFake returns a server of the newest version, whose pull request 7 replaces the
// one line of a.md.
func NewFake() *Fake {
	f := &Fake{
		Login: "austauschbar", Version: Newest, Admin: true, Now: time.Now, nextID: 1_000, Pulls: map[int]*Pull{},
		PageLimit: pageLimit, TreeLimit: treeLimit, BlobLimit: blobLimit,
		trees: map[string][]entry{}, commits: map[string]map[string]string{}, Blobs: map[string][]byte{},
	}
	f.sender.Patience, f.sender.Header = patience, f.header
	f.Pull = f.open(7, map[string]string{"a.md": "one\n"}, map[string]string{"a.md": "two\n"})
	f.route()
	return f
}

// Look calls look while nothing is served.
func (f *Fake) Look(look func()) {
	f.lock.Lock()
	defer f.lock.Unlock()
	look()
}

// Open opens a pull request.
func (f *Fake) Open(number int, base, head map[string]string) *Pull {
	f.lock.Lock()
	defer f.lock.Unlock()
	pull := f.open(number, base, head)
	f.tell(pullEvent{f, pull, "opened", ""})
	return pull
}

func (f *Fake) open(number int, base, head map[string]string) *Pull {
	pull := &Pull{Number: number, Title: fmt.Sprintf("Change %d", number), State: "open", Branch: "change", Author: "alice", Base: f.commit(base, 0), Head: f.commit(head, number)}
	f.Pulls[number] = pull
	f.touch(pull)
	return pull
}

// Push makes a commit of files the head of 7.
func (f *Fake) Push(files map[string]string) { f.PushTo(7, files) }

// PushTo makes a commit of files the head of a pull request.
func (f *Fake) PushTo(number int, files map[string]string) {
	f.lock.Lock()
	defer f.lock.Unlock()
	pull := f.Pulls[number]
	pull.Head = f.commit(files, number)
	f.touch(pull)
	f.tell(pullEvent{f, pull, "synchronized", ""})
}

// Retarget puts 7 on another base, of these files.
func (f *Fake) Retarget(files map[string]string) {
	f.lock.Lock()
	defer f.lock.Unlock()
	f.Base = f.commit(files, 0)
	f.touch(f.Pull)
	f.tell(pullEvent{f, f.Pull, "edited", "main"})
}

// Say writes a comment at 7 as somebody.
func (f *Fake) Say(login, body string) *Comment {
	f.lock.Lock()
	defer f.lock.Unlock()
	return f.say(f.Pull, login, body)
}

func (f *Fake) say(pull *Pull, login, body string) *Comment {
	comment := &Comment{ID: f.id(), Body: body, Login: login}
	pull.Comments = append(pull.Comments, comment)
	f.touch(pull)
	f.tell(commentEvent{f, pull, comment})
	return comment
}

// SayAt writes a comment at a line of 7 as somebody: a review of its own.
func (f *Fake) SayAt(login, path string, line int, body string) *Comment {
	f.lock.Lock()
	defer f.lock.Unlock()
	comment := &Comment{ID: f.id(), Body: body, Login: login, Path: path, Line: line}
	f.Reviews = append(f.Reviews, &Review{ID: f.id(), Login: login, State: "COMMENT", Commit: f.Head, Comments: []*Comment{comment}})
	f.touch(f.Pull)
	return comment
}

// Reply answers a comment at a line of 7 as somebody.
func (f *Fake) Reply(login string, to int64, body string) *Comment {
	f.lock.Lock()
	defer f.lock.Unlock()
	return f.reply(f.Pull, login, to, body)
}

func (f *Fake) reply(pull *Pull, login string, to int64, body string) *Comment {
	for _, review := range pull.Reviews {
		for _, comment := range review.Comments {
			if comment.ID == to {
				reply := &Comment{ID: f.id(), Body: body, Login: login, Path: comment.Path, Line: comment.Line}
				review.Comments = append(review.Comments, reply)
				f.touch(pull)
				f.tell(commentEvent{f, pull, reply})
				return reply
			}
		}
	}
	return nil
}

// Click resolves the thread at a comment of 7 as somebody: the server notes it at the
// thread's first comment.
func (f *Fake) Click(login string, at int64) {
	f.lock.Lock()
	defer f.lock.Unlock()
	for _, review := range f.Reviews {
		for _, comment := range review.Comments {
			if comment.ID != at {
				continue
			}
			first := slices.IndexFunc(review.Comments, func(c *Comment) bool { return c.Path == comment.Path && c.Line == comment.Line })
			review.Comments[first].Resolver = login
		}
	}
}

// Label gives 7 a label, as a person does.
func (f *Fake) Label(name string) {
	f.lock.Lock()
	defer f.lock.Unlock()
	f.labelled(name)
	f.Labels = append(f.Labels, name)
}

func (f *Fake) id() int64 {
	f.nextID++
	return f.nextID
}

// touch says that a pull request has moved.
func (f *Fake) touch(pull *Pull) { pull.Updated = f.Now() }

// ServeHTTP answers as the server does.
func (f *Fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the client has gone
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	given := replies.New()
	f.serve(&given, r)
	given.Send(w)
}

func (f *Fake) serve(w *replies.Reply, r *http.Request) {
	f.lock.Lock()
	defer f.lock.Unlock()
	path := strings.TrimPrefix(r.URL.Path, "/api/v1")
	switch {
	case len(f.Outages) > 0:
		status := f.Outages[0]
		f.Outages = f.Outages[1:]
		refuse(w, status, "the test says so")
		return
	case f.Limits > 0:
		f.Limits--
		w.Header().Set("Retry-After", "7")
		refuse(w, http.StatusTooManyRequests, "")
		return
	case r.Method == http.MethodGet:
		f.Reads = append(f.Reads, path)
	default:
		if f.OnWrite != nil {
			if status := f.OnWrite(f.Log); status != 0 {
				refuse(w, status, "the test says so")
				return
			}
		}
		f.Log = append(f.Log, r.Method+" "+strings.TrimPrefix(path, "/repos/o/r/"))
	}
	if path != "/version" && r.Header.Get("Authorization") != "token "+Token {
		refuse(w, http.StatusUnauthorized, "invalid username, password or token")
		return
	}
	f.mux.ServeHTTP(w, r)
}

func (f *Fake) route() {
	f.mux = http.NewServeMux()
	for pattern, handle := range map[string]http.HandlerFunc{
		"GET /version":      f.getVersion,
		"GET /user":         f.getUser,
		"GET /repos/search": f.getRepositories,

		"GET /repos/{owner}/r/git/trees/{sha}":                 f.getTree,
		"GET /repos/{owner}/r/git/blobs/{sha}":                 f.getBlob,
		"GET /repos/{owner}/r/raw/{path...}":                   f.getRaw,
		"GET /repos/o/r/pulls":                                 f.getPulls,
		"GET /repos/o/r/pulls/{number}":                        f.getPull,
		"GET /repos/o/r/pulls/{number}/files":                  f.getFiles,
		"GET /repos/o/r/pulls/{number}/reviews":                f.getReviews,
		"POST /repos/o/r/pulls/{number}/reviews":               f.postReview,
		"DELETE /repos/o/r/pulls/{number}/reviews/{id}":        f.deleteReview,
		"GET /repos/o/r/pulls/{number}/reviews/{id}/comments":  f.getReviewComments,
		"POST /repos/o/r/pulls/{number}/comments/{id}/replies": f.postReply,
		"POST /repos/o/r/pulls/comments/{id}/resolve":          f.postResolve,
		"POST /repos/o/r/pulls/comments/{id}/unresolve":        f.postUnresolve,
		"GET /repos/o/r/collaborators/{login}/permission":      f.getPermission,
		"GET /repos/o/r/labels":                                f.getRepoLabels,
		"POST /repos/o/r/labels":                               f.postRepoLabel,
		"GET /repos/o/r/issues/{number}/labels":                f.getLabels,
		"POST /repos/o/r/issues/{number}/labels":               f.postLabels,
		"DELETE /repos/o/r/issues/{number}/labels/{id}":        f.deleteLabel,
		"GET /repos/o/r/issues/{number}/comments":              f.getComments,
		"POST /repos/o/r/issues/{number}/comments":             f.postComment,
		"PATCH /repos/o/r/issues/comments/{id}":                f.patchComment,
		"DELETE /repos/o/r/issues/comments/{id}":               f.deleteComment,
		"POST /repos/o/r/issues/comments/{id}/reactions":       f.postReaction,
		"GET /repos/o/r/commits/{sha}/statuses":                f.getStatuses,
		"POST /repos/o/r/statuses/{sha}":                       f.postStatus,
		"GET /repos/o/elsewhere/pulls/7": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://evil.example/", http.StatusFound)
		},
		"GET /repos/o/old/pulls/7": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/api/v1/repos/o/r/pulls/7", http.StatusMovedPermanently)
		},
		"/": func(w http.ResponseWriter, _ *http.Request) { notFound(w) },
	} {
		method, path, ok := strings.Cut(pattern, " ")
		if !ok {
			f.mux.HandleFunc(pattern, handle)
			continue
		}
		f.mux.HandleFunc(method+" /api/v1"+path, handle)
	}
}
