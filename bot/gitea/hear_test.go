package gitea

import (
	"context"
	"crypto/hmac"
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
)

const secret = "secret-of-the-test"

func listening(t testing.TB) *Host {
	t.Helper()
	host, err := NewHost(Options{URL: "https://git.example", Token: "t"}, secret)
	if err != nil {
		t.Fatal(err)
	}
	return host
}

func sign(secret, body string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(body))
	return hex.EncodeToString(mac.Sum(nil))
}

// delivered is the header of an event that is signed as it should be.
func delivered(product, event, body string) http.Header {
	header := http.Header{}
	header.Set("X-"+product+"-Event", event)
	header.Set("X-"+product+"-Delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958")
	header.Set("X-"+product+"-Signature", sign(secret, body))
	return header
}

var (
	someHead = strings.Repeat("0a", 20)
	inPull   = `"number": 7, "repository": {"id": 5, "full_name": "o/r"}, "pull_request": {"number": 7, "head": {"sha": "` + someHead + `"}}`
)

func comment99(login string, id int, body string) string {
	return fmt.Sprintf(`{"action": "created", "is_pull": true, "repository": {"full_name": "o/r"}, "issue": {"number": 7}, "pull_request": {"number": 7}, "comment": {"id": 99, "body": %q, "user": {"id": %d, "login": %q}}}`, body, id, login)
}

func TestHear(t *testing.T) {
	for name, test := range map[string]struct {
		event, body string
		told        string // the event as metrics know it
		heard       bool   // it asks for a review
		command     bool   // by a person
	}{
		"opened":             {event: "pull_request", body: `{"action": "opened", ` + inPull + `}`, told: "pull_request.opened", heard: true},
		"pushed":             {event: "pull_request", body: `{"action": "synchronized", ` + inPull + `}`, told: "pull_request.synchronized", heard: true},
		"reopened":           {event: "pull_request", body: `{"action": "reopened", ` + inPull + `}`, told: "pull_request.reopened", heard: true},
		"to another branch":  {event: "pull_request", body: `{"action": "edited", "changes": {"ref": {"from": "main"}}, ` + inPull + `}`, told: "pull_request.edited", heard: true},
		"another title":      {event: "pull_request", body: `{"action": "edited", "changes": {"title": {"from": "x"}}, ` + inPull + `}`, told: "pull_request.edited"},
		"edited somehow":     {event: "pull_request", body: `{"action": "edited", ` + inPull + `}`, told: "pull_request.edited"},
		"closed":             {event: "pull_request", body: `{"action": "closed", ` + inPull + `}`, told: "pull_request.closed"},
		"labelled":           {event: "pull_request", body: `{"action": "label_updated", ` + inPull + `}`, told: "other"},
		"reviewed":           {event: "pull_request_comment", body: `{"action": "reviewed", ` + inPull + `}`, told: "other"},
		"pushed to a branch": {event: "push", body: `{"ref": "refs/heads/main", "repository": {"full_name": "o/r"}}`, told: "push"},
		"command":            {event: "issue_comment", body: comment99("alice", 5, "\r\n/Austauschbar recheck\r\nplease"), told: "issue_comment.created", heard: true, command: true},
		"command edited":     {event: "issue_comment", body: strings.Replace(comment99("alice", 5, "/austauschbar"), "created", "edited", 1), told: "issue_comment.edited", heard: true, command: true},
		"command removed":    {event: "issue_comment", body: strings.Replace(comment99("alice", 5, "/austauschbar"), "created", "deleted", 1), told: "issue_comment.deleted"},
		"talk about us":      {event: "issue_comment", body: comment99("alice", 5, "Is /austauschbar any good?"), told: "issue_comment.created"},
		"a longer word":      {event: "issue_comment", body: comment99("alice", 5, "/austauschbarkeit recheck"), told: "issue_comment.created"},
		"command of a bot":   {event: "issue_comment", body: comment99("other[bot]", 5, "/austauschbar"), told: "issue_comment.created"},
		"command of a job":   {event: "issue_comment", body: comment99("gitea-actions", -2, "/austauschbar"), told: "issue_comment.created"},
		"command of a ghost": {event: "issue_comment", body: `{"action": "created", "is_pull": true, "comment": {"body": "/austauschbar", "user": null}}`, told: "issue_comment.created"},
		"command elsewhere":  {event: "issue_comment", body: strings.Replace(comment99("alice", 5, "/austauschbar"), "true", "false", 1), told: "issue_comment.created"},
		"unknown event":      {event: "star", body: `{"action": "created", "comment": 5}`, told: "other"},
		"no event":           {event: "", body: `{}`, told: "other"},
	} {
		for _, product := range []string{"Gitea", "Forgejo"} {
			t.Run(name+", "+product, func(t *testing.T) {
				got, err := listening(t).Hear(delivered(product, test.event, test.body), []byte(test.body))
				if err != nil {
					t.Fatal(err)
				}
				if got.ID != "72d3162e-cc78-11e3-81ab-4c9367dc0958" || got.Event != test.told || got.Sweep || (got.Seen != nil) != test.command {
					t.Errorf("delivery is %+v", got)
				}
				var want []austauschbar.Change
				if test.heard {
					want = []austauschbar.Change{{Forge: "gitea", Repository: "o/r", Number: 7, Head: someHead}}
				}
				if test.command {
					want[0].Head = ""
				}
				if diff := cmp.Diff(want, got.Changes, cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("changes (-want +got):\n%s", diff)
				}
			})
		}
	}
}

func TestHearRefuses(t *testing.T) {
	const name = "X-Gitea-Signature"
	good := `{"action": "opened", ` + inPull + `}`
	for title, test := range map[string]struct {
		body       string
		header     func(http.Header)
		unverified bool
	}{
		"no signature": {good, func(h http.Header) { h.Del(name) }, true},
		"GitHub's only": {good, func(h http.Header) {
			h.Del(name)
			h.Set("X-Hub-Signature-256", "sha256="+sign(secret, good))
		}, true},
		"GitHub's in its place": {good, func(h http.Header) { h.Set(name, "sha256="+sign(secret, good)) }, true},
		"another secret":        {good, func(h http.Header) { h.Set(name, sign("guessed", good)) }, true},
		"an empty secret":       {good, func(h http.Header) { h.Set(name, sign("", good)) }, true},
		"no digits":             {good, func(h http.Header) { h.Set(name, "") }, true},
		"a beginning only":      {good, func(h http.Header) { h.Set(name, sign(secret, good)[:20]) }, true},
		"not hexadecimal":       {good, func(h http.Header) { h.Set(name, strings.Repeat("zz", 32)) }, true},
		"another body":          {strings.Replace(good, "7", "8", 1), func(h http.Header) { h.Set(name, sign(secret, good)) }, true},
		"one good, one bad": {good, func(h http.Header) {
			h.Set(name, sign("guessed", good))
			h.Set("X-Forgejo-Signature", sign(secret, good))
		}, true},
		"no delivery":           {good, func(h http.Header) { h.Del("X-Gitea-Delivery") }, false},
		"a strange delivery":    {good, func(h http.Header) { h.Set("X-Gitea-Delivery", "a\nb") }, false},
		"a form":                {"payload=%7B%7D", nil, false},
		"no JSON":               {"{", nil, false},
		"another type":          {`{"action": "opened", "pull_request": {"number": "7"}}`, nil, false},
		"no repository":         {`{"action": "opened", "pull_request": {"number": 7}}`, nil, false},
		"another address":       {strings.Replace(good, "o/r", "o/r/../../x", 1), nil, false},
		"no number":             {strings.ReplaceAll(good, `"number": 7`, `"number": -7`), nil, false},
		"a head that is a name": {strings.Replace(good, someHead, "main", 1), nil, false},
	} {
		t.Run(title, func(t *testing.T) {
			header := delivered("Gitea", "pull_request", test.body)
			if test.header != nil {
				test.header(header)
			}
			got, err := listening(t).Hear(header, []byte(test.body))
			if err == nil || errors.Is(err, bot.ErrUnverified) != test.unverified {
				t.Errorf("error %v", err)
			}
			if len(got.Changes) > 0 || got.Seen != nil {
				t.Errorf("delivery asks for something: %+v", got)
			}
		})
	}
}

// What is not signed never asks for anything; what is signed asks for what has an
// address only.
func FuzzHear(f *testing.F) {
	f.Add("pull_request", `{"action": "opened", `+inPull+`}`, false)
	f.Add("issue_comment", comment99("alice", 5, "/austauschbar"), false)
	f.Add("pull_request", `{"action": "edited", "changes": {"ref": {}}, `+inPull+`}`, true)
	host := listening(f)
	f.Fuzz(func(t *testing.T, event, body string, forged bool) {
		header := delivered("Gitea", event, body)
		if forged {
			header.Set("X-Gitea-Signature", sign("guessed", body))
		}
		got, err := host.Hear(header, []byte(body))
		if forged && (!errors.Is(err, bot.ErrUnverified) || len(got.Changes) > 0 || got.Seen != nil) {
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

func TestNewHostRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		options Options
		secret  string
	}{
		"no secret":  {Options{URL: "https://git.example", Token: "t"}, ""},
		"no token":   {Options{URL: "https://git.example"}, secret},
		"no address": {Options{Token: "t"}, secret},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := NewHost(test.options, test.secret); err == nil {
				t.Error("it is taken")
			}
		})
	}
}

// A host finds no forge for what has no address.
func TestHostRefuses(t *testing.T) {
	if _, err := listening(t).Forge(context.Background(), austauschbar.Change{Repository: "r", Number: 7}); err == nil {
		t.Error("there is a forge")
	}
}
