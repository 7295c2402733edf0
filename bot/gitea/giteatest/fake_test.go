package giteatest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// ask sends a request as our account and returns the answer.
func ask(fake *Fake, method, path, body string) *httptest.ResponseRecorder {
	request := httptest.NewRequest(method, "/api/v1"+path, strings.NewReader(body))
	request.Header.Set("Authorization", "token "+Token)
	request.Header.Set("Content-Type", "application/json")
	answer := httptest.NewRecorder()
	fake.ServeHTTP(answer, request)
	return answer
}

// The fake refuses what servers were seen to refuse, and takes what they take. 1001 is
// a comment at the change, 1002 one at a line.
func TestRules(t *testing.T) {
	for name, test := range map[string]struct {
		version string // the newest unless given
		request string
		body    string
		want    int
	}{
		"a comment":                   {request: "POST /repos/o/r/issues/7/comments", body: `{"body": "B"}`, want: 201},
		"an empty comment":            {request: "POST /repos/o/r/issues/7/comments", body: `{"body": ""}`, want: 422},
		"a comment nowhere":           {request: "POST /repos/o/r/issues/9/comments", body: `{"body": "B"}`, want: 404},
		"no JSON":                     {request: "POST /repos/o/r/issues/7/comments", body: `{`, want: 422},
		"a field too many":            {request: "POST /repos/o/r/issues/7/comments", body: `{"body": "B", "colour": "red"}`, want: 201},
		"an edit":                     {request: "PATCH /repos/o/r/issues/comments/1001", body: `{"body": "B"}`, want: 200},
		"an edit at a line":           {request: "PATCH /repos/o/r/issues/comments/1002", body: `{"body": "B"}`, want: 200},
		"an edit of nothing":          {request: "PATCH /repos/o/r/issues/comments/5", body: `{"body": "B"}`, want: 404},
		"a review":                    {request: "POST /repos/o/r/pulls/7/reviews", body: `{"event": "COMMENT", "comments": [{"path": "a.md", "body": "B", "new_position": 1}]}`, want: 200},
		"a review outside the diff":   {request: "POST /repos/o/r/pulls/7/reviews", body: `{"event": "COMMENT", "comments": [{"path": "b.md", "body": "B", "new_position": 99}]}`, want: 200},
		"a review that says nothing":  {request: "POST /repos/o/r/pulls/7/reviews", body: `{"event": "COMMENT"}`, want: 422},
		"a refusal that says nothing": {request: "POST /repos/o/r/pulls/7/reviews", body: `{"event": "REQUEST_CHANGES", "comments": [{"path": "a.md", "body": "B"}]}`, want: 422},
		"a status":                    {request: "POST /repos/o/r/statuses/HEAD", body: `{"state": "success", "context": "C"}`, want: 201},
		"a strange state":             {request: "POST /repos/o/r/statuses/HEAD", body: `{"state": "neutral", "context": "C"}`, want: 422},
		"a status of no commit":       {request: "POST /repos/o/r/statuses/0123", body: `{"state": "success"}`, want: 500},
		"a label without a colour":    {request: "POST /repos/o/r/labels", body: `{"name": "L"}`, want: 422},
		"a label that is none":        {request: "DELETE /repos/o/r/issues/7/labels/5", want: 422},
		"a reaction":                  {request: "POST /repos/o/r/issues/comments/1001/reactions", body: `{"content": "eyes"}`, want: 201},
		"a strange reaction":          {request: "POST /repos/o/r/issues/comments/1001/reactions", body: `{"content": "shrug"}`, want: 403},
		"a tree of no commit":         {request: "GET /repos/o/r/git/trees/0123", want: 400},
		"no blob":                     {request: "GET /repos/o/r/git/blobs/0123", want: 400},
		"resolving":                   {request: "POST /repos/o/r/pulls/comments/1002/resolve", want: 204},
		"resolving, 1.26":             {version: "1.26.0", request: "POST /repos/o/r/pulls/comments/1002/resolve", want: 204},
		"resolving, 1.25":             {version: "1.25.4", request: "POST /repos/o/r/pulls/comments/1002/resolve", want: 405},
		"resolving, Forgejo":          {version: Forgejo, request: "POST /repos/o/r/pulls/comments/1002/resolve", want: 405},
		"resolving the change":        {request: "POST /repos/o/r/pulls/comments/1001/resolve", want: 400},
		"a reply":                     {request: "POST /repos/o/r/pulls/7/comments/1002/replies", body: `{"body": "B"}`, want: 201},
		"a reply, 1.26":               {version: "1.26.0", request: "POST /repos/o/r/pulls/7/comments/1002/replies", body: `{"body": "B"}`, want: 405},
	} {
		t.Run(name, func(t *testing.T) {
			fake := NewFake()
			if test.version != "" {
				fake.Version = test.version
			}
			if first, second := fake.Say("alice", "A"), fake.SayAt("alice", "a.md", 1, "A"); first.ID != 1001 || second.ID != 1002 {
				t.Fatalf("comments %d and %d", first.ID, second.ID)
			}
			method, path, _ := strings.Cut(test.request, " ")
			answer := ask(fake, method, strings.Replace(path, "HEAD", fake.Head, 1), test.body)
			if answer.Code != test.want {
				t.Errorf("answered %d, want %d: %s", answer.Code, test.want, answer.Body)
			}
			if wrote := len(fake.Log) == 1; wrote != (method != http.MethodGet) {
				t.Errorf("log is %v", fake.Log)
			}
		})
	}
}

func TestToken(t *testing.T) {
	for path, want := range map[string]int{"/version": 200, "/user": 401} {
		answer := httptest.NewRecorder()
		NewFake().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/api/v1"+path, nil))
		if answer.Code != want {
			t.Errorf("%s answered %d without a token, want %d", path, answer.Code, want)
		}
	}
}

// Only administrators may ask what others may do.
func TestPermissions(t *testing.T) {
	for name, test := range map[string]struct {
		admin bool
		login string
		want  int
	}{
		"anybody":            {true, "alice", 200},
		"nobody":             {true, "nobody", 404},
		"anybody, no admin":  {false, "alice", 403},
		"ourselves":          {true, "austauschbar", 200},
		"ourselves no admin": {false, "austauschbar", 200},
	} {
		t.Run(name, func(t *testing.T) {
			fake := NewFake()
			fake.Admin, fake.Permissions = test.admin, map[string]string{"nobody": ""}
			if got := ask(fake, "GET", "/repos/o/r/collaborators/"+test.login+"/permission", "").Code; got != test.want {
				t.Errorf("answered %d, want %d", got, test.want)
			}
		})
	}
}

// No more than 50 things are on a page, whatever is asked for; comments come at once.
func TestPageSizes(t *testing.T) {
	fake := NewFake()
	files := map[string]string{}
	for i := range 120 {
		files[fmt.Sprintf("f%d.md", i)] = "x\n"
		fake.Say("alice", "A")
	}
	fake.Push(files)
	for query, want := range map[string]int{"": 30, "?limit=100": 50, "?limit=100&page=3": 21, "?limit=100&page=4": 0} {
		answer := ask(fake, "GET", "/repos/o/r/pulls/7/files"+query, "")
		if got := strings.Count(answer.Body.String(), `"filename"`); got != want || answer.Header().Get("X-Total-Count") != "121" {
			t.Errorf("%d files at %q, want %d; header %v", got, query, want, answer.Header())
		}
		if links := answer.Header().Get("Link") != ""; links != (want >= 30) {
			t.Errorf("there is a link at %q: %v", query, links)
		}
	}
	if got := strings.Count(ask(fake, "GET", "/repos/o/r/issues/7/comments?limit=10&page=2", "").Body.String(), `"body"`); got != 120 {
		t.Errorf("%d comments", got)
	}
}
