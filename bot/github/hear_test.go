package github

import (
	"crypto/hmac"
	"crypto/sha1" // #nosec G505 -- to see it refused
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/github/githubtest"
)

const secret = "secret-of-the-test"

func listening(t testing.TB) *Host {
	t.Helper()
	host, err := NewHost(HostOptions{Token: githubtest.Token, Secret: secret})
	if err != nil {
		t.Fatal(err)
	}
	return host
}

func sign(secret, body string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(body))
	return "sha256=" + hex.EncodeToString(mac.Sum(nil))
}

// delivered is the header of an event that is signed as it should be.
func delivered(event, body string) http.Header {
	header := http.Header{}
	header.Set("X-GitHub-Event", event)
	header.Set("X-GitHub-Delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958")
	header.Set("X-Hub-Signature-256", sign(secret, body))
	return header
}

var (
	someHead  = strings.Repeat("0a", 20)
	inPull    = `"repository": {"id": 5, "full_name": "o/r"}, "pull_request": {"number": 7, "head": {"sha": "` + someHead + `"}, "base": {"repo": {"id": 5}}}`
	someCheck = func(pulls string) string { return `{"pull_requests": [` + pulls + `]}` }
)

func pullAt(number, repository int) string {
	return fmt.Sprintf(`{"number": %d, "head": {"sha": %q}, "base": {"repo": {"id": %d}}}`, number, someHead, repository)
}

func commentBy(login, kind, body string) string {
	return fmt.Sprintf(`{"id": 99, "body": %q, "user": {"login": %q, "type": %q}}`, body, login, kind)
}

func TestHear(t *testing.T) {
	issue := func(comment string) string {
		return `{"action": "created", "repository": {"full_name": "o/r"}, "issue": {"number": 7, "pull_request": {}}, "comment": ` + comment + `}`
	}
	for name, test := range map[string]struct {
		event, body string
		told        string // the event as metrics know it
		pulls       []int
		noHead      bool
		sweep, seen bool
	}{
		"opened":               {event: "pull_request", body: `{"action": "opened", ` + inPull + `}`, told: "pull_request.opened", pulls: []int{7}},
		"pushed":               {event: "pull_request", body: `{"action": "synchronize", ` + inPull + `}`, told: "pull_request.synchronize", pulls: []int{7}},
		"reopened":             {event: "pull_request", body: `{"action": "reopened", ` + inPull + `}`, told: "pull_request.reopened", pulls: []int{7}},
		"ready":                {event: "pull_request", body: `{"action": "ready_for_review", ` + inPull + `}`, told: "pull_request.ready_for_review", pulls: []int{7}},
		"to another branch":    {event: "pull_request", body: `{"action": "edited", "changes": {"base": {"ref": {"from": "main"}}}, ` + inPull + `}`, told: "pull_request.edited", pulls: []int{7}},
		"another title":        {event: "pull_request", body: `{"action": "edited", "changes": {"title": {"from": "x"}}, ` + inPull + `}`, told: "pull_request.edited"},
		"closed":               {event: "pull_request", body: `{"action": "closed", ` + inPull + `}`, told: "pull_request.closed"},
		"labelled":             {event: "pull_request", body: `{"action": "labeled", ` + inPull + `}`, told: "other"},
		"command":              {event: "issue_comment", body: issue(commentBy("alice", "User", "\r\n/Austauschbar recheck\r\nplease")), told: "issue_comment.created", pulls: []int{7}, noHead: true, seen: true},
		"command edited":       {event: "issue_comment", body: strings.Replace(issue(commentBy("alice", "User", "/austauschbar")), "created", "edited", 1), told: "issue_comment.edited", pulls: []int{7}, noHead: true, seen: true},
		"command removed":      {event: "issue_comment", body: strings.Replace(issue(commentBy("alice", "User", "/austauschbar")), "created", "deleted", 1), told: "issue_comment.deleted"},
		"talk about us":        {event: "issue_comment", body: issue(commentBy("alice", "User", "Is /austauschbar any good?")), told: "issue_comment.created"},
		"a longer word":        {event: "issue_comment", body: issue(commentBy("alice", "User", "/austauschbarkeit recheck")), told: "issue_comment.created"},
		"quoted command":       {event: "issue_comment", body: issue(commentBy("alice", "User", "> /austauschbar recheck\n\nWhy?")), told: "issue_comment.created"},
		"command of a bot":     {event: "issue_comment", body: issue(commentBy("other[bot]", "Bot", "/austauschbar recheck")), told: "issue_comment.created"},
		"command of a ghost":   {event: "issue_comment", body: issue(`{"id": 99, "body": "/austauschbar recheck", "user": null}`), told: "issue_comment.created"},
		"our own answer":       {event: "issue_comment", body: issue(commentBy("bert", "User", bot.MarkAnswer("98", "/austauschbar recheck looks again"))), told: "issue_comment.created"},
		"command at an issue":  {event: "issue_comment", body: strings.Replace(issue(commentBy("alice", "User", "/austauschbar")), `, "pull_request": {}`, "", 1), told: "issue_comment.created"},
		"command in a thread":  {event: "pull_request_review_comment", body: `{"action": "created", "comment": ` + commentBy("alice", "User", "/austauschbar explain") + `, ` + inPull + `}`, told: "pull_request_review_comment.created", pulls: []int{7}, seen: true},
		"button":               {event: "check_run", body: `{"action": "requested_action", "requested_action": {"identifier": "recheck"}, "repository": {"id": 5, "full_name": "o/r"}, "check_run": ` + someCheck(pullAt(7, 5)+","+pullAt(8, 5)) + `}`, told: "check_run.requested_action", pulls: []int{7, 8}},
		"another button":       {event: "check_run", body: `{"action": "requested_action", "requested_action": {"identifier": "fix"}, "repository": {"id": 5, "full_name": "o/r"}, "check_run": ` + someCheck(pullAt(7, 5)) + `}`, told: "check_run.requested_action"},
		"run asked again":      {event: "check_run", body: `{"action": "rerequested", "repository": {"id": 5, "full_name": "o/r"}, "check_run": ` + someCheck(pullAt(7, 5)) + `}`, told: "check_run.rerequested", pulls: []int{7}},
		"suite asked again":    {event: "check_suite", body: `{"action": "rerequested", "repository": {"id": 5, "full_name": "o/r"}, "check_suite": ` + someCheck(pullAt(7, 5)) + `}`, told: "check_suite.rerequested", pulls: []int{7}},
		"suite of a fork":      {event: "check_suite", body: `{"action": "rerequested", "repository": {"id": 5, "full_name": "o/r"}, "check_suite": {"pull_requests": []}}`, told: "check_suite.rerequested"},
		"elsewhere too":        {event: "check_suite", body: `{"action": "rerequested", "repository": {"id": 5, "full_name": "o/r"}, "check_suite": ` + someCheck(pullAt(3, 6)+","+pullAt(7, 5)) + `}`, told: "check_suite.rerequested", pulls: []int{7}},
		"installed":            {event: "installation", body: `{"action": "created"}`, told: "installation.created", sweep: true},
		"no longer suspended":  {event: "installation", body: `{"action": "unsuspend"}`, told: "installation.unsuspend", sweep: true},
		"more permissions":     {event: "installation", body: `{"action": "new_permissions_accepted"}`, told: "installation.new_permissions_accepted", sweep: true},
		"uninstalled":          {event: "installation", body: `{"action": "deleted"}`, told: "installation.deleted"},
		"repository added":     {event: "installation_repositories", body: `{"action": "added"}`, told: "installation_repositories.added", sweep: true},
		"ping":                 {event: "ping", body: `{"zen": "Keep it logically awesome."}`, told: "ping"},
		"unknown event":        {event: "star", body: `{"action": "created", "comment": 5}`, told: "other"},
		"no event":             {event: "", body: `{}`, told: "other"},
		"event with an action": {event: "pull_request.opened", body: `{` + inPull + `}`, told: "pull_request.opened", pulls: []int{7}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := listening(t).Hear(delivered(test.event, test.body), []byte(test.body))
			if err != nil {
				t.Fatal(err)
			}
			if got.ID != "72d3162e-cc78-11e3-81ab-4c9367dc0958" || got.Event != test.told || got.Sweep != test.sweep || (got.Seen != nil) != test.seen {
				t.Errorf("delivery is %+v", got)
			}
			var want []austauschbar.Change
			for _, number := range test.pulls {
				change := austauschbar.Change{Forge: "github", Repository: "o/r", Number: number, Head: someHead}
				if test.noHead {
					change.Head = ""
				}
				want = append(want, change)
			}
			if diff := cmp.Diff(want, got.Changes, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("changes (-want +got):\n%s", diff)
			}
		})
	}
}

func TestHearRefuses(t *testing.T) {
	good := `{"action": "opened", ` + inPull + `}`
	old := hmac.New(sha1.New, []byte(secret))
	old.Write([]byte(good))
	for name, test := range map[string]struct {
		body       string
		header     func(http.Header)
		unverified bool
	}{
		"no signature": {good, func(h http.Header) { h.Del("X-Hub-Signature-256") }, true},
		"SHA-1 only": {good, func(h http.Header) {
			h.Del("X-Hub-Signature-256")
			h.Set("X-Hub-Signature", fmt.Sprintf("sha1=%x", old.Sum(nil)))
		}, true},
		"SHA-1 in its place":    {good, func(h http.Header) { h.Set("X-Hub-Signature-256", fmt.Sprintf("sha1=%x", old.Sum(nil))) }, true},
		"another secret":        {good, func(h http.Header) { h.Set("X-Hub-Signature-256", sign("guessed", good)) }, true},
		"an empty secret":       {good, func(h http.Header) { h.Set("X-Hub-Signature-256", sign("", good)) }, true},
		"no digits":             {good, func(h http.Header) { h.Set("X-Hub-Signature-256", "sha256=") }, true},
		"a beginning only":      {good, func(h http.Header) { h.Set("X-Hub-Signature-256", sign(secret, good)[:20]) }, true},
		"no prefix":             {good, func(h http.Header) { h.Set("X-Hub-Signature-256", strings.TrimPrefix(sign(secret, good), "sha256=")) }, true},
		"not hexadecimal":       {good, func(h http.Header) { h.Set("X-Hub-Signature-256", "sha256="+strings.Repeat("zz", 32)) }, true},
		"another body":          {strings.Replace(good, "7", "8", 1), func(h http.Header) { h.Set("X-Hub-Signature-256", sign(secret, good)) }, true},
		"no delivery":           {good, func(h http.Header) { h.Del("X-GitHub-Delivery") }, false},
		"a strange delivery":    {good, func(h http.Header) { h.Set("X-GitHub-Delivery", "a\nb") }, false},
		"a form":                {"payload=%7B%7D", nil, false},
		"no JSON":               {"{", nil, false},
		"another type":          {`{"action": "opened", "pull_request": {"number": "7"}}`, nil, false},
		"no repository":         {`{"action": "opened", "pull_request": {"number": 7}}`, nil, false},
		"another address":       {strings.Replace(good, "o/r", "o/r/../../x", 1), nil, false},
		"no number":             {strings.Replace(good, `"number": 7`, `"number": -7`, 1), nil, false},
		"a head that is a name": {strings.Replace(good, someHead, "main", 1), nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			header := delivered("pull_request", test.body)
			if test.header != nil {
				test.header(header)
			}
			got, err := listening(t).Hear(header, []byte(test.body))
			if err == nil || errors.Is(err, bot.ErrUnverified) != test.unverified {
				t.Errorf("error %v", err)
			}
			if len(got.Changes) > 0 || got.Sweep || got.Seen != nil {
				t.Errorf("delivery asks for something: %+v", got)
			}
		})
	}
}

// What is not signed never asks for anything; what is signed asks for what has an
// address only.
func FuzzHear(f *testing.F) {
	f.Add("pull_request", `{"action": "opened", `+inPull+`}`, false)
	f.Add("issue_comment", `{"action": "created", "issue": {"number": 7, "pull_request": {}}, "comment": `+commentBy("alice", "User", "/austauschbar")+`, "repository": {"full_name": "o/r"}}`, false)
	f.Add("check_suite", `{"action": "rerequested", "repository": {"id": 5, "full_name": "o/r"}, "check_suite": `+someCheck(pullAt(7, 5))+`}`, true)
	f.Add("installation", `{"action": "created"}`, true)
	host := listening(f)
	f.Fuzz(func(t *testing.T, event, body string, forged bool) {
		header := delivered(event, body)
		if forged {
			header.Set("X-Hub-Signature-256", sign("guessed", body))
		}
		got, err := host.Hear(header, []byte(body))
		if forged && (!errors.Is(err, bot.ErrUnverified) || len(got.Changes) > 0 || got.Sweep || got.Seen != nil) {
			t.Errorf("a forged event gives %+v, error %v", got, err)
		}
		if events[got.Event] == nil && got.Event != "other" && err == nil {
			t.Errorf("event %q is none that we know", got.Event)
		}
		for _, change := range got.Changes {
			if _, err := placeOf(change); err != nil {
				t.Error(err)
			}
		}
	})
}
