package gitlab

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/gitlab/gitlabtest"
)

const plainSecret = "a secret of the test"

var signingSecret = signingPrefix + base64.StdEncoding.EncodeToString([]byte("0123456789abcdef0123456789abcdef"))

// hostOf returns a host of the fake.
func hostOf(t *testing.T, fake http.Handler, secret string) *Host {
	t.Helper()
	server := httptest.NewServer(fake)
	t.Cleanup(server.Close)
	host, err := NewHost(HostOptions{URL: server.URL + "/", Token: gitlabtest.Token, Secret: secret, Labels: labelPrefix})
	if err != nil {
		t.Fatal(err)
	}
	return host
}

const body = `{"object_kind": "merge_request", "project": {"path_with_namespace": "a/b"},
  "object_attributes": {"iid": 3, "action": "open", "last_commit": {"id": "da1560886d4f094c3e6c9ef40349f7d38b5d27d7"}}}`

func TestHearVerifies(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	hooks := func(secret string) gitlabtest.Hooks { return gitlabtest.Hooks{Secret: secret} }
	signed := func(at time.Time) http.Header {
		return hooks(signingSecret).Header("id-1", "Merge Request Hook", []byte(body), at)
	}
	with := func(header http.Header, name, value string) http.Header {
		header = header.Clone()
		header.Set(name, value)
		return header
	}
	other := signingPrefix + base64.StdEncoding.EncodeToString([]byte("another"))
	for name, test := range map[string]struct {
		secret string
		header http.Header
		body   string
		ok     bool
	}{
		"token":                     {plainSecret, hooks(plainSecret).Header("id-1", "Merge Request Hook", nil, now), body, true},
		"wrong token":               {plainSecret, hooks("other").Header("id-1", "Merge Request Hook", nil, now), body, false},
		"longer token":              {plainSecret, hooks(plainSecret+"x").Header("id-1", "Merge Request Hook", nil, now), body, false},
		"nothing":                   {plainSecret, http.Header{"Idempotency-Key": {"id-1"}}, body, false},
		"signed":                    {signingSecret, signed(now), body, true},
		"signed by another":         {signingSecret, hooks(other).Header("id-1", "Merge Request Hook", []byte(body), now), body, false},
		"signed for another body":   {signingSecret, signed(now), body + " ", false},
		"signed for another id":     {signingSecret, with(signed(now), "webhook-id", "id-2"), body, false},
		"signed for another time":   {signingSecret, with(signed(now), "webhook-timestamp", "1800000001"), body, false},
		"signed just now":           {signingSecret, signed(now.Add(-4 * time.Minute)), body, true},
		"signed long ago":           {signingSecret, signed(now.Add(-6 * time.Minute)), body, false},
		"signed in the future":      {signingSecret, signed(now.Add(6 * time.Minute)), body, false},
		"no time":                   {signingSecret, with(signed(now), "webhook-timestamp", "x"), body, false},
		"several signatures":        {signingSecret, with(signed(now), "webhook-signature", "v1,AAAA v2,x "+signed(now).Get("webhook-signature")), body, true},
		"another scheme":            {signingSecret, with(signed(now), "webhook-signature", strings.Replace(signed(now).Get("webhook-signature"), "v1,", "v1a,", 1)), body, false},
		"no signature":              {signingSecret, with(signed(now), "webhook-signature", ""), body, false},
		"signing token shown":       {signingSecret, http.Header{"X-Gitlab-Token": {signingSecret}, "Idempotency-Key": {"id-1"}}, body, true},
		"signed with a bad secret":  {plainSecret, signed(now), body, false},
		"old and shown at one time": {signingSecret, with(signed(now.Add(-time.Hour)), "X-Gitlab-Token", signingSecret), body, false},
	} {
		t.Run(name, func(t *testing.T) {
			host := hostOf(t, http.NotFoundHandler(), test.secret)
			host.now = func() time.Time { return now }
			_, err := host.Hear(test.header, []byte(test.body))
			if (err == nil) != test.ok || !test.ok && !errors.Is(err, bot.ErrUnverified) {
				t.Error(err)
			}
		})
	}
}

func TestNewHostRefuses(t *testing.T) {
	whole := HostOptions{URL: "https://gitlab.example", Token: "t", Secret: "s"}
	for name, change := range map[string]func(*HostOptions){
		"no address":           func(o *HostOptions) { o.URL = "" },
		"no token":             func(o *HostOptions) { o.Token = "" },
		"no secret":            func(o *HostOptions) { o.Secret = "" },
		"broken signing token": func(o *HostOptions) { o.Secret = "whsec_%%%" },
		"empty signing token":  func(o *HostOptions) { o.Secret = "whsec_" },
	} {
		options := whole
		change(&options)
		if _, err := NewHost(options); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
	if _, err := NewHost(whole); err != nil {
		t.Error(err)
	}
}

func TestHear(t *testing.T) {
	const head = "da1560886d4f094c3e6c9ef40349f7d38b5d27d7"
	merge := func(attributes, changes string) string {
		return `{"object_kind": "merge_request", "event_type": "merge_request", "user": {"id": 1, "username": "alice"}, "project": {"path_with_namespace": "a/b/c"},
			"object_attributes": {"iid": 3, "last_commit": {"id": "` + head + `"}, ` + attributes + `}, "changes": {` + changes + `}}`
	}
	note := func(more string) string {
		return `{"object_kind": "note", "event_type": "note", "user": {"id": 1, "username": "alice"}, "project": {"path_with_namespace": "a/b/c"},
			"object_attributes": {"id": 12, "author_id": 1, "note": "/austauschbar recheck", "noteable_type": "MergeRequest", "action": "create"` + more + `},
			"merge_request": {"iid": 3, "last_commit": {"id": "` + head + `"}}}`
	}
	reviewed := []austauschbar.Change{{Forge: "gitlab", Repository: "a/b/c", Number: 3, Head: head}}
	asked := []austauschbar.Change{{Forge: "gitlab", Repository: "a/b/c", Number: 3}}
	for name, test := range map[string]struct {
		hook, body string
		event      string
		changes    []austauschbar.Change
		fails      bool
	}{
		"opened":             {"Merge Request Hook", merge(`"action": "open"`, ""), "merge_request.open", reviewed, false},
		"reopened":           {"Merge Request Hook", merge(`"action": "reopen"`, ""), "merge_request.reopen", reviewed, false},
		"pushed":             {"Merge Request Hook", merge(`"action": "update", "oldrev": "x"`, ""), "merge_request.update", reviewed, false},
		"retargeted":         {"Merge Request Hook", merge(`"action": "update"`, `"target_branch": {"previous": "x", "current": "y"}`), "merge_request.update", reviewed, false},
		"ready":              {"Merge Request Hook", merge(`"action": "update"`, `"draft": {"previous": true, "current": false}`), "merge_request.update", reviewed, false},
		"ready, once":        {"Merge Request Hook", merge(`"action": "update"`, `"work_in_progress": {"previous": true, "current": false}`), "merge_request.update", reviewed, false},
		"made a draft":       {"Merge Request Hook", merge(`"action": "update"`, `"draft": {"previous": false, "current": true}`), "merge_request.update", nil, false},
		"labelled":           {"Merge Request Hook", merge(`"action": "update"`, `"labels": {"previous": [], "current": []}`), "merge_request.update", nil, false},
		"merged":             {"Merge Request Hook", merge(`"action": "merge"`, ""), "merge_request.merge", nil, false},
		"unknown action":     {"Merge Request Hook", merge(`"action": "applaud"`, ""), "other", nil, false},
		"of the system":      {"System Hook", merge(`"action": "open"`, ""), "merge_request.open", reviewed, false},
		"system's other":     {"System Hook", `{"event_name": "project_create", "path_with_namespace": "a/b"}`, "other", nil, false},
		"push":               {"Push Hook", `{"object_kind": "push", "project": {"path_with_namespace": "a/b"}}`, "other", nil, false},
		"another shape":      {"Some Hook", `["a"]`, "other", nil, false},
		"command":            {"Note Hook", note(""), "note.create", asked, false},
		"command, no action": {"Note Hook", strings.Replace(note(""), `, "action": "create"`, "", 1), "note.create", asked, false},
		"command, edited":    {"Note Hook", strings.Replace(note(""), `"create"`, `"update"`, 1), "note.update", asked, false},
		"chat":               {"Note Hook", strings.Replace(note(""), "/austauschbar recheck", "we should use /austauschbar", 1), "note.create", nil, false},
		"internal":           {"Note Hook", note(`, "internal": true`), "note.create", nil, false},
		"confidential":       {"Note Hook", note(`, "confidential": true`), "note.create", nil, false},
		"confidential hook":  {"Confidential Note Hook", note(""), "other", nil, false},
		"confidential type":  {"Note Hook", strings.Replace(note(""), `"event_type": "note"`, `"event_type": "confidential_note"`, 1), "note.create", nil, false},
		"by GitLab":          {"Note Hook", note(`, "system": true`), "note.create", nil, false},
		"by a bot":           {"Note Hook", strings.Replace(note(""), "alice", "project_5_bot_0a", 1), "note.create", nil, false},
		"by an old bot":      {"Note Hook", strings.Replace(note(""), "alice", "project_5_bot2", 1), "note.create", nil, false},
		"edited by another":  {"Note Hook", note(`, "author_id": 2`), "note.create", nil, false},
		"at an issue":        {"Note Hook", note(`, "noteable_type": "Issue"`), "note.create", nil, false},
		"no JSON":            {"Note Hook", "{", "", nil, true},
		"strange project":    {"Merge Request Hook", strings.Replace(merge(`"action": "open"`, ""), "a/b/c", "a/../c", 1), "", nil, true},
		"strange head":       {"Merge Request Hook", strings.Replace(merge(`"action": "open"`, ""), head, "main", 1), "", nil, true},
		"strange number":     {"Merge Request Hook", strings.Replace(merge(`"action": "open"`, ""), `"iid": 3`, `"iid": -3`, 1), "", nil, true},
		"text for a number":  {"Merge Request Hook", strings.Replace(merge(`"action": "open"`, ""), `"iid": 3`, `"iid": "3"`, 1), "", nil, true},
	} {
		t.Run(name, func(t *testing.T) {
			host := hostOf(t, http.NotFoundHandler(), plainSecret)
			delivery, err := host.Hear(gitlabtest.Hooks{Secret: plainSecret}.Header("id-1", test.hook, nil, time.Now()), []byte(test.body))
			if (err != nil) != test.fails || errors.Is(err, bot.ErrUnverified) {
				t.Fatal(err)
			}
			if test.fails {
				return
			}
			if delivery.Event != test.event || delivery.ID != "id-1" || delivery.Sweep {
				t.Errorf("delivery %+v", delivery)
			}
			if diff := cmp.Diff(test.changes, delivery.Changes); diff != "" {
				t.Error(diff)
			}
			if seen := delivery.Seen != nil; seen != (strings.HasPrefix(delivery.Event, "note.") && len(test.changes) > 0) {
				t.Errorf("seen %v", seen)
			}
		})
	}
}

// A delivery that is sent again has its id again, and no other has it.
func TestDeliveryID(t *testing.T) {
	header := func(pairs ...string) http.Header {
		header := http.Header{}
		for i := 0; i < len(pairs); i += 2 {
			header.Set(pairs[i], pairs[i+1])
		}
		return header
	}
	for name, test := range map[string]struct {
		header http.Header
		same   bool // for another body
		none   bool
	}{
		"signed":             {header("webhook-id", "a", "X-Gitlab-Event-UUID", "b"), true, false},
		"key":                {header("Idempotency-Key", "a", "X-Gitlab-Event-UUID", "b"), true, false},
		"what somebody did":  {header("X-Gitlab-Event-UUID", "b", "X-Gitlab-Webhook-UUID", "c"), false, false},
		"nothing that stays": {header("X-Gitlab-Webhook-UUID", "c"), false, true},
		"nothing":            {header(), false, true},
	} {
		t.Run(name, func(t *testing.T) {
			first, again, other := deliveryID(test.header, []byte("x")), deliveryID(test.header, []byte("x")), deliveryID(test.header, []byte("y"))
			if first != again || (first == "") != test.none || !test.none && (first == other) != test.same {
				t.Errorf("%q, %q, %q", first, again, other)
			}
		})
	}
	host := hostOf(t, http.NotFoundHandler(), plainSecret)
	if _, err := host.Hear(header("X-Gitlab-Token", plainSecret), []byte(body)); err == nil {
		t.Error("a delivery without an id is accepted")
	}
}

// The library's samples of what GitLab sends are understood or left alone.
func TestHearSamples(t *testing.T) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "gitlab.com/gitlab-org/api/client-go/v2").Output()
	if err != nil {
		t.Fatal(err)
	}
	samples, err := filepath.Glob(filepath.Join(strings.TrimSpace(string(out)), "testdata", "*hooks", "*.json"))
	if err != nil || len(samples) < 50 {
		t.Fatalf("%v, %d samples", err, len(samples))
	}
	host := hostOf(t, http.NotFoundHandler(), plainSecret)
	heard := map[string]string{} // repository by sample
	for _, sample := range samples {
		data, err := os.ReadFile(sample)
		if err != nil {
			t.Fatal(err)
		}
		folder := filepath.Base(filepath.Dir(sample))
		delivery, err := host.Hear(gitlabtest.Hooks{Secret: plainSecret}.Header("id-1", folder, nil, time.Now()), data)
		if err != nil {
			t.Errorf("%s: %v", sample, err)
		}
		for _, change := range delivery.Changes {
			heard[folder+"/"+filepath.Base(sample)] = fmt.Sprintf("%s!%d", change.Repository, change.Number)
		}
	}
	want := map[string]string{"webhooks/merge_request.json": "gitlabhq/gitlab-test!1", "webhooks/service_merge_request.json": "test/woodpecker!2"}
	if diff := cmp.Diff(want, heard); diff != "" {
		t.Error(diff)
	}
	data, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(out)), "testdata", "webhooks", "note_merge_request.json"))
	if err != nil {
		t.Fatal(err)
	}
	command := strings.ReplaceAll(string(data), `"This MR needs work."`, `"/austauschbar"`)
	delivery, err := host.Hear(gitlabtest.Hooks{Secret: plainSecret}.Header("id-1", "Note Hook", nil, time.Now()), []byte(command))
	if err != nil || len(delivery.Changes) != 1 || delivery.Changes[0].Repository != "gitlab-org/gitlab-test" || delivery.Seen == nil {
		t.Errorf("%v, %+v", err, delivery)
	}
}

// Whatever a stranger's body holds who knows the secret, Hear does not panic, and what
// it tells can stand in an address.
func FuzzHear(f *testing.F) {
	f.Add("Note Hook", []byte(body))
	f.Add("Merge Request Hook", []byte(`{"object_kind":"note","object_attributes":{"action":"create","note":"/austauschbar","noteable_type":"MergeRequest","id":1},"merge_request":{"iid":1},"project":{"path_with_namespace":"a/b"}}`))
	host, err := NewHost(HostOptions{URL: "https://gitlab.example", Token: "t", Secret: plainSecret})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, hook string, body []byte) {
		header := gitlabtest.Hooks{Secret: plainSecret}.Header("id-1", hook, body, time.Now())
		delivery, err := host.Hear(header, body)
		if err == nil && !json.Valid(body) {
			t.Error("what is no JSON is understood")
		}
		for _, change := range delivery.Changes {
			if _, err := placeOf(change); err != nil {
				t.Error(err)
			}
		}
	})
}
