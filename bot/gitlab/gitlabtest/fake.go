// Package gitlabtest is a GitLab for tests: it keeps what is written to it and refuses
// what the real one refuses.
package gitlabtest

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/austauschbar/austauschbar/bot/forgetest/hooks"
	"github.com/austauschbar/austauschbar/bot/forgetest/replies"
)

// A Fake is a GitLab with one project and the merge requests that were opened there; 7
// is there from the start. It keeps what is written to it, and the rules of the real
// one. It is an http.Handler, so that it can be wrapped.
//
// Its methods may be called while it serves. Its fields are read and set before and
// after, or within Look.
type Fake struct {
	*Merge                 // number 7
	Merges map[int]*Merge  // all of them, 7 included
	Us     User            // who the token writes as
	Users  map[string]User // all others, by name; made when they first say something
	// Levels are the access levels of members by name. Developers, with 30, may write.
	Levels map[string]int
	Hooks  Hooks            // where events are sent
	Now    func() time.Time // for the times in answers

	NoResolve bool // resolving is forbidden
	NoFiles   bool // positions at whole files are unknown, as before GitLab 16.4
	NoKeys    bool // events bear no idempotency keys, as before GitLab 17.4
	ReadOnly  bool // the token may only read
	// Unready is how often a merge request is told without its commits after it was
	// opened or pushed to.
	Unready int
	Limits  []http.Header // the next requests are refused as too many, once each
	Outages []int         // the next requests are answered so, whatever they ask, once each
	// Bad names words in a text for which a discussion is refused, though its place is
	// right.
	Bad string
	// OnWrite is called before each write, with the writes counted from 1; a status
	// other than 0 is answered. Where it says done, the write is carried out all the
	// same.
	OnWrite func(n int) (status int, done bool)

	Log          []string // writes: method and path below the project
	Reads        []string // paths below the API's root
	QuickActions []string // that texts of ours gave by mistake
	Statuses     []*Status
	Blobs        map[string][]byte
	Branches     map[string]string // commit by branch

	lock    sync.Mutex
	mux     *http.ServeMux
	nextID  int64
	trees   map[string]map[string]entry // files by path, by commit
	unready map[int]int                 // how often still, by merge request
	sender  hooks.Sender
}

// Project is the path of the fake's project, ProjectID its id.
const (
	Project   = "amt/vergabe/vorgang"
	ProjectID = 5
	forkID    = 6 // of the project that forks come from
)

// Token is the one token that the fake knows.
const Token = "token-of-the-test"

type (
	// A User is an account.
	User struct {
		ID   int64
		Name string
		Bot  bool
	}
	// A Merge is a merge request.
	Merge struct {
		Number     int
		State      string // "opened", "closed", "merged", "locked"
		Draft      bool
		Fork       bool   // the head is of another project
		Head       string // commits
		MergeBase  string // where the branches parted
		Start      string // of the target branch when the head was pushed
		Source     string // branches
		Target     string
		Author     string
		Files      []File // of the diff
		Cut        bool   // there are more than Files
		Labels     []string
		Discussion []*Discussion
		Version    int64 // id of the latest
		Updated    time.Time
	}
	// A Discussion is a thread, or a note at the merge request itself.
	Discussion struct {
		ID       string
		Single   bool      // a note at the merge request, which cannot be resolved
		Position *Position // nil for none
		Resolved bool
		By       string // who resolved it
		Notes    []*Note
	}
	// A Note is a comment.
	Note struct {
		ID               int64
		Body             string
		Author           User
		System, Internal bool
		Emoji            []string
		Created          time.Time
	}
)

// NewFake returns a GitLab whose merge request 7 replaces the one line of a.md.
func NewFake() *Fake {
	f := &Fake{
		Us: User{90, "project_5_bot_0123456789abcdef", true}, Now: time.Now, nextID: 3_000_000_000, Merges: map[int]*Merge{},
		Users: map[string]User{}, Levels: map[string]int{"alice": 30, "project_5_bot_0123456789abcdef": 30}, Blobs: map[string][]byte{}, Branches: map[string]string{},
		trees: map[string]map[string]entry{}, unready: map[int]int{},
	}
	f.sender.Patience, f.sender.Header = patience, f.header
	f.Merge = f.open(7, map[string]string{"a.md": "one\n"}, map[string]string{"a.md": "two\n"})
	f.route()
	return f
}

func (f *Fake) route() {
	f.mux = http.NewServeMux()
	const project, merge = "/api/v4/projects/{project}", "/api/v4/projects/{project}/merge_requests/{iid}"
	for pattern, handle := range map[string]http.HandlerFunc{
		"GET /api/v4/user":                                      f.getSelf,
		"GET /api/v4/users/{id}":                                f.getUser,
		"GET /api/v4/projects":                                  f.getProjects,
		"GET " + project + "/members/all/{id}":                  f.getMember,
		"GET " + project + "/repository/tree":                   f.getTree,
		"GET " + project + "/repository/blobs/{sha}/raw":        f.getBlob,
		"GET " + project + "/repository/branches/{branch}":      f.getBranch,
		"GET " + project + "/repository/commits/{sha}/statuses": f.getStatuses,
		"POST " + project + "/statuses/{sha}":                   f.postStatus,
		"GET " + project + "/merge_requests":                    f.getMerges,
		"GET " + merge:                                          f.getMerge,
		"PUT " + merge:                                          f.putMerge,
		"GET " + merge + "/diffs":                               f.getDiffs,
		"GET " + merge + "/versions":                            f.getVersions,
		"GET " + merge + "/versions/{version}":                  f.getVersion,
		"GET " + merge + "/discussions":                         f.getDiscussions,
		"POST " + merge + "/discussions":                        f.postDiscussion,
		"PUT " + merge + "/discussions/{discussion}":            f.putDiscussion,
		"POST " + merge + "/discussions/{discussion}/notes":     f.postReply,
		"POST " + merge + "/notes":                              f.postNote,
		"PUT " + merge + "/notes/{note}":                        f.putNote,
		"DELETE " + merge + "/notes/{note}":                     f.deleteNote,
		"POST " + merge + "/notes/{note}/award_emoji":           f.postEmoji,
		"/": func(w http.ResponseWriter, _ *http.Request) { notFound(w, "") },
	} {
		f.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			switch r.PathValue("project") {
			case "", Project, strconv.Itoa(ProjectID):
				handle(w, r)
			case "amt/umgezogen":
				http.Redirect(w, r, strings.Replace(r.URL.RequestURI(), "amt%2Fumgezogen", strconv.Itoa(ProjectID), 1), http.StatusMovedPermanently)
			case "amt/anderswo":
				http.Redirect(w, r, "http://evil.example/", http.StatusFound)
			default:
				notFound(w, "Project")
			}
		})
	}
}

// ServeHTTP answers as GitLab does.
func (f *Fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the client has gone
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	given := replies.New()
	if f.admit(&given, r) {
		f.serve(&given, r)
	}
	given.Send(w)
}

// admit refuses strangers, and what the test wants refused.
func (f *Fake) admit(w http.ResponseWriter, r *http.Request) bool {
	f.lock.Lock()
	defer f.lock.Unlock()
	switch {
	case len(f.Outages) > 0:
		status := f.Outages[0]
		f.Outages = f.Outages[1:]
		answer(w, status, object{"message": strconv.Itoa(status) + " trouble"})
	case r.Header.Get("Private-Token") != Token:
		answer(w, http.StatusUnauthorized, object{"message": "401 Unauthorized"})
	case len(f.Limits) > 0:
		for name, values := range f.Limits[0] {
			w.Header()[name] = values
		}
		f.Limits = f.Limits[1:]
		w.Header().Set("Content-Type", "text/plain")
		w.WriteHeader(http.StatusTooManyRequests)
		_, _ = io.WriteString(w, "Retry later\n")
	default:
		return true
	}
	return false
}

// serve answers, and keeps what it was asked. OnWrite is called while nothing is
// locked.
func (f *Fake) serve(w *replies.Reply, r *http.Request) {
	path := strings.TrimPrefix(r.URL.Path, "/api/v4/")
	writes := r.Method != http.MethodGet
	f.lock.Lock()
	if writes {
		f.Log = append(f.Log, r.Method+" "+strings.TrimPrefix(path, "projects/"+Project+"/"))
	} else {
		f.Reads = append(f.Reads, path)
	}
	count, hook := len(f.Log), f.OnWrite
	f.lock.Unlock()
	status, done := 0, true
	if writes && hook != nil {
		status, done = hook(count)
	}
	f.lock.Lock()
	defer f.lock.Unlock()
	switch {
	case writes && f.ReadOnly:
		answer(w, http.StatusForbidden, object{"message": "403 Forbidden"})
		return
	case status == 0 || done:
		w.Header().Set("RateLimit-Limit", "1") // the library must not heed it
		f.mux.ServeHTTP(w, r)
	}
	if status != 0 {
		*w = replies.New()
		answer(w, status, object{"message": strconv.Itoa(status) + " the test says so"})
	}
}

// Look calls look while nothing is served.
func (f *Fake) Look(look func()) {
	f.lock.Lock()
	defer f.lock.Unlock()
	look()
}

// Writes counts the requests that would change something, refused ones included.
func (f *Fake) Writes() int {
	f.lock.Lock()
	defer f.lock.Unlock()
	return len(f.Log)
}

// Mergeable says whether a merge request can be merged where all threads must be
// resolved first.
func (f *Fake) Mergeable(number int) bool {
	f.lock.Lock()
	defer f.lock.Unlock()
	return f.mergeable(f.Merges[number])
}

func (f *Fake) mergeable(merge *Merge) bool {
	return merge.State == "opened" && !merge.Draft &&
		!slices.ContainsFunc(merge.Discussion, func(d *Discussion) bool { return !d.Single && !d.Resolved })
}

// Open opens a merge request from one set of files to another.
func (f *Fake) Open(number int, base, head map[string]string) *Merge {
	f.lock.Lock()
	defer f.lock.Unlock()
	if f.Merges[number] != nil {
		panic(fmt.Sprintf("merge request %d is open", number))
	}
	merge := f.open(number, base, head)
	f.tell(mergeEvent{f, merge, "open", nil})
	return merge
}

func (f *Fake) open(number int, base, head map[string]string) *Merge {
	merge := &Merge{Number: number, State: "opened", Source: fmt.Sprintf("topic-%d", number), Target: fmt.Sprintf("main-%d", number), Author: "alice"}
	f.Branches[merge.Target] = f.commit(base, number)
	merge.MergeBase = f.Branches[merge.Target]
	f.Merges[number] = merge
	f.push(merge, head)
	return merge
}

// push makes files the head.
func (f *Fake) push(merge *Merge, files map[string]string) {
	merge.Head, merge.Start, merge.Version = f.commit(files, merge.Number), f.Branches[merge.Target], f.id()
	merge.Files = f.diff(merge.MergeBase, merge.Head)
	f.unready[merge.Number] = f.Unready
	f.touch(merge)
}

// Push moves the head of merge request 7.
func (f *Fake) Push(files map[string]string) { f.PushTo(7, files) }

// PushTo moves a head to other files.
func (f *Fake) PushTo(number int, files map[string]string) {
	f.lock.Lock()
	defer f.lock.Unlock()
	merge := f.Merges[number]
	before := merge.Head
	f.push(merge, files)
	f.tell(mergeEvent{f, merge, "update", object{"oldrev": before}})
}

// Advance moves the target branch of merge request 7, as another merge does: where the
// branches parted stays.
func (f *Fake) Advance(files map[string]string) {
	f.lock.Lock()
	defer f.lock.Unlock()
	f.Branches[f.Target] = f.commit(files, -1)
}

// Begin makes files what merge request 7 is compared with: the target branch, from where
// the source branch parted.
func (f *Fake) Begin(files map[string]string) {
	f.lock.Lock()
	defer f.lock.Unlock()
	f.MergeBase = f.commit(files, -1)
	f.Start, f.Branches[f.Target] = f.MergeBase, f.MergeBase
	f.Files = f.diff(f.MergeBase, f.Head)
}

// MakeReady makes a draft a draft no more.
func (f *Fake) MakeReady(number int) {
	f.lock.Lock()
	defer f.lock.Unlock()
	merge := f.Merges[number]
	merge.Draft = false
	f.touch(merge)
	f.tell(mergeEvent{f, merge, "update", object{"changes": object{"draft": object{"previous": true, "current": false}}}})
}

// Say is a note by somebody at merge request 7.
func (f *Fake) Say(name, body string) *Note { return f.SayTo(7, name, body) }

// SayTo is a note by somebody at a merge request.
func (f *Fake) SayTo(number int, name, body string) *Note {
	f.lock.Lock()
	defer f.lock.Unlock()
	return f.say(f.Merges[number], &Discussion{Single: true}, name, body)
}

// SayAt is a thread that somebody begins at a line of merge request 7.
func (f *Fake) SayAt(path string, line int, name, body string) *Note {
	f.lock.Lock()
	defer f.lock.Unlock()
	return f.say(f.Merge, &Discussion{Position: &Position{Type: "text", NewPath: path, NewLine: line}}, name, body)
}

// say adds a note to a discussion, which is begun where it is new.
func (f *Fake) say(merge *Merge, discussion *Discussion, name, body string) *Note {
	note := &Note{ID: f.id(), Body: body, Author: f.user(name), Created: f.Now().UTC()}
	if len(discussion.Notes) == 0 {
		discussion.ID = fmt.Sprintf("%040x", f.id())
		merge.Discussion = append(merge.Discussion, discussion)
	} else {
		discussion.Single = false
	}
	discussion.Notes = append(discussion.Notes, note)
	f.touch(merge)
	f.tell(noteEvent{f, merge, discussion, note})
	return note
}

// Reply answers in the thread that has a text.
func (f *Fake) Reply(t testing.TB, text, name, body string) *Note {
	t.Helper()
	thread := f.Thread(t, text)
	f.lock.Lock()
	defer f.lock.Unlock()
	return f.say(f.Merge, thread, name, body)
}

// Thread is the one of merge request 7 whose first note has a text.
func (f *Fake) Thread(t testing.TB, text string) *Discussion {
	t.Helper()
	f.lock.Lock()
	defer f.lock.Unlock()
	i := slices.IndexFunc(f.Discussion, func(d *Discussion) bool { return strings.Contains(d.Notes[0].Body, text) })
	if i < 0 {
		t.Fatalf("no thread says %q", text)
	}
	return f.Discussion[i]
}

// Threads are those of merge request 7, without the notes at itself.
func (f *Fake) Threads() []*Discussion {
	return slices.DeleteFunc(slices.Clone(f.Discussion), func(d *Discussion) bool { return d.Single })
}

// Notes are those at merge request 7 itself.
func (f *Fake) Notes() []*Note {
	var notes []*Note
	for _, discussion := range f.Discussion {
		if discussion.Single {
			notes = append(notes, discussion.Notes...)
		}
	}
	return notes
}

// user is the account of a name.
func (f *Fake) user(name string) User {
	if name == f.Us.Name {
		return f.Us
	}
	if _, known := f.Users[name]; !known {
		f.Users[name] = User{ID: int64(100 + len(f.Users)), Name: name}
	}
	return f.Users[name]
}

func (f *Fake) id() int64 {
	f.nextID++
	return f.nextID
}

func (f *Fake) touch(merge *Merge) { merge.Updated = f.Now().UTC() }

// quickAction matches a line that GitLab carries out and removes; those it does not
// know are text.
var quickAction = regexp.MustCompile(`(?im)^/(approve|assign|close|draft|due|label|lock|merge|ready|rebase|relabel|remove_\w+|reopen|shrug|target_branch|title|unlabel)\b.*\n?`)

// obeyed is what GitLab keeps of a text: quick actions are carried out, and gone.
func (f *Fake) obeyed(text string) string {
	text = strings.ReplaceAll(text, "\r", "")
	f.QuickActions = append(f.QuickActions, quickAction.FindAllString(text, -1)...)
	return strings.TrimRight(quickAction.ReplaceAllString(text, ""), " \n\t")
}
