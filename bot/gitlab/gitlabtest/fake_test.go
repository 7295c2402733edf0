package gitlabtest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// lines is a text of 20 of them, of which the third may be another.
func lines(third string) map[string]string {
	text := ""
	for i := 1; i <= 20; i++ {
		text += fmt.Sprintf("line %d\n", i)
	}
	return map[string]string{"a.md": strings.Replace(text, "line 3\n", third, 1)}
}

// a fake whose a.md has a new third line.
func changed() *Fake {
	fake := NewFake()
	fake.Begin(lines("line 3\n"))
	fake.Push(lines("new\nand more\n"))
	return fake
}

const merge = "projects/amt%2Fvergabe%2Fvorgang/merge_requests/7"

// ask sends a request as our account, or another.
func ask(t *testing.T, fake *Fake, method, path, body string, token ...string) (*http.Response, string) {
	t.Helper()
	server := httptest.NewServer(fake)
	defer server.Close()
	request, err := http.NewRequestWithContext(t.Context(), method, server.URL+"/api/v4/"+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Private-Token", append(token, Token)[0])
	response, err := server.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(data)
}

func TestRefuses(t *testing.T) {
	fake := changed()
	position := func(more string) string {
		return fmt.Sprintf(`{"body": "x", "position": {"base_sha": %q, "start_sha": %q, "head_sha": %q, "old_path": "a.md", "new_path": "a.md", %s}}`, fake.MergeBase, fake.Start, fake.Head, more)
	}
	other := fake.Say("alice", "mine").ID
	statuses := "projects/5/statuses/" + fake.Head
	for name, test := range map[string]struct {
		method, path, body string
		token              string
		status             int
	}{
		"wrong token":             {"GET", merge, "", "other", 401},
		"another project":         {"GET", "projects/a%2Fb/merge_requests/7", "", Token, 404},
		"no such merge request":   {"GET", "projects/5/merge_requests/99", "", Token, 404},
		"added line":              {"POST", merge + "/discussions", position(`"position_type": "text", "new_line": 3`), Token, 201},
		"added line, both sides":  {"POST", merge + "/discussions", position(`"position_type": "text", "new_line": 3, "old_line": 3`), Token, 400},
		"line before, both sides": {"POST", merge + "/discussions", position(`"position_type": "text", "new_line": 2, "old_line": 2`), Token, 201},
		"line below, both sides":  {"POST", merge + "/discussions", position(`"position_type": "text", "new_line": 5, "old_line": 4`), Token, 201},
		"line below, new side":    {"POST", merge + "/discussions", position(`"position_type": "text", "new_line": 5`), Token, 400},
		"line that is not shown":  {"POST", merge + "/discussions", position(`"position_type": "text", "new_line": 18, "old_line": 17`), Token, 400},
		"no line":                 {"POST", merge + "/discussions", position(`"position_type": "text"`), Token, 400},
		"whole file":              {"POST", merge + "/discussions", position(`"position_type": "file"`), Token, 201},
		"another head":            {"POST", merge + "/discussions", strings.Replace(position(`"position_type": "file"`), fake.Head, fake.Start, 1), Token, 400},
		"another file":            {"POST", merge + "/discussions", strings.ReplaceAll(position(`"position_type": "file"`), "a.md", "b.md"), Token, 400},
		"one path":                {"POST", merge + "/discussions", strings.Replace(position(`"position_type": "file"`), `"old_path": "a.md", `, "", 1), Token, 400},
		"unknown field":           {"POST", merge + "/notes", `{"body": "x", "colour": "red"}`, Token, 400},
		"empty note":              {"POST", merge + "/notes", `{"body": " \n"}`, Token, 400},
		"longest note":            {"POST", merge + "/notes", `{"body": "` + strings.Repeat("ä", 1_000_000) + `"}`, Token, 201},
		"longer note":             {"POST", merge + "/notes", `{"body": "` + strings.Repeat("ä", 1_000_001) + `"}`, Token, 400},
		"note of another":         {"PUT", fmt.Sprintf("%s/notes/%d", merge, other), `{"body": "x"}`, Token, 403},
		"deletes one of another":  {"DELETE", fmt.Sprintf("%s/notes/%d", merge, other), "", Token, 403},
		"status":                  {"POST", statuses, `{"state": "success", "ref": "topic-7"}`, Token, 201},
		"status without a ref":    {"POST", statuses, `{"state": "success"}`, Token, 404},
		"unknown state":           {"POST", statuses, `{"state": "neutral", "ref": "topic-7"}`, Token, 400},
		"long description":        {"POST", statuses, `{"state": "success", "ref": "topic-7", "description": "` + strings.Repeat("x", 256) + `"}`, Token, 400},
		"status of nothing":       {"POST", "projects/5/statuses/" + strings.Repeat("0", 40), `{"state": "success", "ref": "topic-7"}`, Token, 404},
		"nothing to change":       {"PUT", merge, `{}`, Token, 400},
		"stranger's membership":   {"GET", "projects/5/members/all/1", "", Token, 404},
	} {
		t.Run(name, func(t *testing.T) {
			if response, body := ask(t, fake, test.method, test.path, test.body, test.token); response.StatusCode != test.status {
				t.Errorf("%d, want %d: %.200s", response.StatusCode, test.status, body)
			}
		})
	}
	for _, again := range []struct {
		state  string
		status int
	}{{"success", 400}, {"failed", 201}, {"failed", 400}, {"success", 201}} {
		if response, _ := ask(t, fake, "POST", statuses, `{"state": "`+again.state+`", "ref": "topic-7"}`); response.StatusCode != again.status {
			t.Errorf("%s: %d, want %d", again.state, response.StatusCode, again.status)
		}
	}
}

// Lists come in pages: 20 entries unless asked, 100 at most, and the next one is named.
func TestPages(t *testing.T) {
	fake := changed()
	for i := range 250 {
		fake.Say("alice", fmt.Sprintf("chat %d", i))
	}
	for query, want := range map[string]struct {
		entries int
		next    string
	}{
		"": {20, "2"}, "?per_page=7&page=2": {7, "3"}, "?per_page=500": {100, "2"}, "?per_page=100&page=3": {50, ""}, "?page=99": {0, ""},
	} {
		response, body := ask(t, fake, "GET", merge+"/discussions"+query, "")
		var told []any
		if err := json.Unmarshal([]byte(body), &told); err != nil {
			t.Fatal(err)
		}
		if next := response.Header.Get("X-Next-Page"); len(told) != want.entries || next != want.next || (response.Header.Get("Link") == "") != (want.next == "") {
			t.Errorf("%q: %d entries, next page %q", query, len(told), next)
		}
	}
}

// A merge request that is new has no commits yet.
func TestUnready(t *testing.T) {
	fake := NewFake()
	fake.Unready = 1
	fake.Push(lines("x\n"))
	for _, ready := range []bool{false, true} {
		_, body := ask(t, fake, "GET", merge, "")
		if strings.Contains(body, `"diff_refs":null`) == ready {
			t.Errorf("ready %v: %s", ready, body)
		}
	}
}

func TestQuickActions(t *testing.T) {
	fake := changed()
	ask(t, fake, "POST", merge+"/notes", `{"body": "x\n/close\n\r/label ~a\n/austauschbar\n /merge"}`)
	if diff := cmp.Diff([]string{"/close\n", "/label ~a\n"}, fake.QuickActions); diff != "" {
		t.Error(diff)
	}
	if got := fake.Notes()[0].Body; got != "x\n/austauschbar\n /merge" {
		t.Errorf("kept %q", got)
	}
}

func TestMergeable(t *testing.T) {
	fake := changed()
	fake.Say("alice", "a note")
	if !fake.Mergeable(7) {
		t.Error("a note blocks")
	}
	fake.SayAt("a.md", 3, "alice", "a thread")
	if fake.Mergeable(7) {
		t.Error("a thread does not block")
	}
	thread := fake.Thread(t, "a thread")
	if ask(t, fake, "PUT", merge+"/discussions/"+thread.ID, `{"resolved": true}`); !fake.Mergeable(7) {
		t.Error("a resolved thread blocks")
	}
	fake.Draft = true
	if fake.Mergeable(7) {
		t.Error("a draft can be merged")
	}
}

// What is dropped and sent again depends on the order of events only.
func TestDeliveries(t *testing.T) {
	received := make(chan http.Header, 20)
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { received <- r.Header }))
	defer server.Close()
	fake := changed()
	fake.Hooks = Hooks{URL: server.URL, Secret: "s", Drop: 3, Repeat: 2, Jitter: time.Millisecond}
	fake.Push(lines("1\n"))
	fake.Say("alice", "x")
	fake.MakeReady(7)
	var got []string
	for _, delivery := range fake.Deliveries() {
		got = append(got, fmt.Sprintf("%s %s %v", delivery.Event, delivery.Action, delivery.Dropped))
	}
	if diff := cmp.Diff([]string{"Merge Request Hook update false", "Note Hook create false", "Merge Request Hook update true"}, got); diff != "" {
		t.Error(diff)
	}
	if len(received) != 3 || (<-received).Get("X-Gitlab-Token") != "s" {
		t.Errorf("%d received", len(received))
	}
}
