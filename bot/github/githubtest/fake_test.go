package githubtest

import (
	"bytes"
	"crypto"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// key is the App's; keys that tests make take a noticeable time.
var key = sync.OnceValue(func() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key
})

// sign makes a JSON Web Token of claims.
func sign(claims object) string {
	encode := func(value any) string {
		data, _ := json.Marshal(value)
		return base64.RawURLEncoding.EncodeToString(data)
	}
	signed := encode(object{"alg": "RS256", "typ": "JWT"}) + "." + encode(claims)
	digest := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPKCS1v15(nil, key(), crypto.SHA256, digest[:])
	if err != nil {
		panic(err)
	}
	return signed + "." + base64.RawURLEncoding.EncodeToString(signature)
}

func claims(now time.Time) object {
	return object{"iss": "17", "iat": now.Unix(), "exp": now.Add(time.Minute).Unix()}
}

func withApp() *Fake {
	f := NewFake()
	f.App = &App{ID: 17, Slug: "austauschbar", Key: &key().PublicKey, Installation: 170}
	return f
}

// ask sends a request to a fake and decodes the answer.
func ask(t *testing.T, f *Fake, token, method, path, body string, into any) *http.Response {
	t.Helper()
	request := httptest.NewRequest(method, path, strings.NewReader(body))
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("User-Agent", "test")
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	recorder := httptest.NewRecorder()
	f.ServeHTTP(recorder, request)
	if into != nil {
		if err := json.NewDecoder(recorder.Body).Decode(into); err != nil {
			t.Fatalf("%s %s: %v", method, path, err)
		}
	}
	return recorder.Result()
}

// Each route answers; what it answers is tools/contract's to judge.
func TestRoutes(t *testing.T) {
	f := withApp()
	f.Permissions = map[string]string{"bert": "maintain", "nobody": ""}
	f.Open(8, map[string]string{"a.md": "one\n", "b.bin": "\x00"}, map[string]string{"a.md": "one\ntwo\n", "c.md": "new\n"}).Fork = "alice"
	f.SayTo(8, "bert", "hello") // 3000000001
	head := f.Pulls[8].Head
	var thread struct{ ID int64 }
	ask(t, f, Token, "POST", "/repos/o/r/pulls/8/comments", fmt.Sprintf(`{"body": "B", "commit_id": %q, "path": "a.md", "line": 2, "side": "RIGHT"}`, head), &thread)
	var run struct{ ID int64 }
	ask(t, f, Token, "POST", "/repos/o/r/check-runs", fmt.Sprintf(`{"name": "N", "head_sha": %q, "status": "completed", "conclusion": "neutral",
		"output": {"title": "T", "summary": "S", "text": "X", "annotations": [{"path": "a.md", "start_line": 1, "end_line": 1, "annotation_level": "notice", "message": "M"}]},
		"actions": [{"label": "L", "description": "D", "identifier": "I"}]}`, head), &run)
	var given struct{ Token string }
	ask(t, f, sign(claims(time.Now())), "POST", "/app/installations/170/access_tokens", "", &given)

	app := sign(claims(time.Now()))
	for _, test := range []struct {
		token, method, path, body string
		want                      int
	}{
		{Token, "GET", "/user", "", 200},
		{Token, "GET", "/repos/o/r/pulls", "", 200},
		{Token, "GET", "/repos/o/r/pulls/8", "", 200},
		{Token, "GET", "/repos/o/r/pulls/9", "", 404},
		{Token, "GET", "/repos/o/r/pulls/8/files", "", 200},
		{Token, "GET", "/repos/o/r/pulls/8/comments", "", 200},
		{Token, "GET", "/repos/o/r/git/trees/" + head + "?recursive=1", "", 200},
		{Token, "GET", "/repos/o/r/git/blobs/" + sha("blob", "new\n"), "", 200},
		{Token, "GET", "/repos/o/r/issues/8/comments?since=2001-01-01T00:00:00Z", "", 200},
		{Token, "POST", "/repos/o/r/issues/8/comments", `{"body": "S"}`, 201},
		{Token, "POST", "/repos/o/r/issues/8/comments", `{"body": ""}`, 422},
		{Token, "PATCH", "/repos/o/r/issues/comments/3000000001", `{"body": "S"}`, 403},
		{Token, "POST", "/repos/o/r/issues/comments/3000000001/reactions", `{"content": "eyes"}`, 201},
		{Token, "POST", "/repos/o/r/issues/comments/3000000001/reactions", `{"content": "eyes"}`, 200},
		{Token, "POST", fmt.Sprintf("/repos/o/r/pulls/comments/%d/reactions", thread.ID), `{"content": "+1"}`, 201},
		{Token, "PATCH", fmt.Sprintf("/repos/o/r/pulls/comments/%d", thread.ID), `{"body": "C"}`, 200},
		{Token, "POST", fmt.Sprintf("/repos/o/r/pulls/8/comments/%d/replies", thread.ID), `{"body": "R"}`, 201},
		{Token, "POST", fmt.Sprintf("/repos/o/r/pulls/7/comments/%d/replies", thread.ID), `{"body": "R"}`, 404},
		{Token, "GET", "/repos/o/r/commits/" + head + "/check-runs", "", 200},
		{Token, "GET", fmt.Sprintf("/repos/o/r/check-runs/%d/annotations", run.ID), "", 200},
		{Token, "GET", "/repos/o/r/collaborators/bert/permission", "", 200},
		{Token, "GET", "/repos/o/r/collaborators/nobody/permission", "", 404},
		{Token, "GET", "/repos/o/r/installation", "", 401},
		{Token, "GET", "/installation/repositories", "", 403},
		{"wrong", "GET", "/repos/o/r/pulls", "", 401},
		{app, "GET", "/repos/o/r/pulls", "", 401},
		{app, "GET", "/app", "", 200},
		{app, "GET", "/app/installations", "", 200},
		{app, "GET", "/repos/o/r/installation", "", 200},
		{app, "POST", "/app/installations/171/access_tokens", "", 404},
		{given.Token, "GET", "/installation/repositories", "", 200},
		{given.Token, "GET", "/repos/o/r/pulls/8", "", 200},
		{given.Token, "GET", "/user", "", 403},
	} {
		if got := ask(t, f, test.token, test.method, test.path, test.body, nil).StatusCode; got != test.want {
			t.Errorf("%s %s: %d, want %d", test.method, test.path, got, test.want)
		}
	}
}

func TestPulls(t *testing.T) {
	f := NewFake()
	clock := Dawn
	f.Now = func() time.Time { clock = clock.Add(time.Minute); return clock }
	for number := range 3 {
		f.Open(10+number, nil, map[string]string{"a.md": "one\n"})
	}
	f.PushTo(11, map[string]string{"a.md": "two\n"})
	f.Pulls[12].State = "closed"
	for query, want := range map[string][]int{
		"":                              {11, 10, 7},
		"?state=closed":                 {12},
		"?sort=updated&direction=desc":  {11, 10, 7},
		"?sort=updated&direction=asc":   {7, 10, 11},
		"?state=all&per_page=2&page=2":  {10, 7},
		"?state=all&sort=updated":       {7, 10, 12, 11},
		"?state=all&per_page=2&page=99": nil,
	} {
		var listed []struct{ Number int }
		ask(t, f, Token, "GET", "/repos/o/r/pulls"+query, "", &listed)
		var got []int
		for _, pull := range listed {
			got = append(got, pull.Number)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q lists %v, want %v", query, got, want)
		}
	}
	if f.Pulls[10].Head == f.Pulls[12].Head {
		t.Error("two pull requests with the same files have the same head")
	}
}

// The diff is made from the files where none is given.
func TestDiff(t *testing.T) {
	f := NewFake()
	long := strings.Repeat("x\n", 10)
	pull := f.Open(8, map[string]string{"a.md": long + "old\n" + long, "docs/gone.md": "gone\n", "same.md": "same\n", "b.docx": "\x00"},
		map[string]string{"a.md": long + "new\n" + long, "docs/new.md": "one\ntwo", "same.md": "same\n", "b.docx": "\x01\x00"})
	want := []FakeFile{
		{Name: "a.md", Status: "modified", Patch: "@@ -8,7 +8,7 @@\n x\n x\n x\n-old\n+new\n x\n x\n x"},
		{Name: "b.docx", Status: "modified"},
		{Name: "docs/gone.md", Status: "removed", Patch: "@@ -1,1 +0,0 @@\n-gone"},
		{Name: "docs/new.md", Status: "added", Patch: "@@ -0,0 +1,2 @@\n+one\n+two\n\\ No newline at end of file"},
	}
	if d := cmp.Diff(want, pull.Files); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if pull.shows("a.md", 7) || !pull.shows("a.md", 8) || !pull.shows("a.md", 14) || pull.shows("a.md", 15) {
		t.Error("the lines that can be commented on are not those of the hunk")
	}
}

func TestAppTokens(t *testing.T) {
	now := time.Now()
	with := func(name string, value any) object {
		changed := claims(now)
		changed[name] = value
		return changed
	}
	for name, test := range map[string]struct {
		token string
		want  int
	}{
		"good":              {sign(claims(now)), 200},
		"number as issuer":  {sign(with("iss", 17)), 200},
		"ten minutes":       {sign(with("exp", now.Unix()+600)), 200},
		"too long":          {sign(with("exp", now.Unix()+601)), 401},
		"expired":           {sign(with("exp", now.Unix()-1)), 401},
		"issued later":      {sign(with("iat", now.Unix()+60)), 401},
		"issued never":      {sign(with("iat", 0)), 401},
		"another App":       {sign(with("iss", "18")), 401},
		"changed":           {strings.Replace(sign(claims(now)), ".", ".e", 1), 401},
		"unsigned":          {sign(claims(now)) + "x", 401},
		"no JSON Web Token": {Token, 401},
	} {
		t.Run(name, func(t *testing.T) {
			if got := ask(t, withApp(), test.token, "GET", "/app", "", nil).StatusCode; got != test.want {
				t.Errorf("%d, want %d", got, test.want)
			}
		})
	}
}

func TestTokensExpire(t *testing.T) {
	f := withApp()
	clock := Dawn
	f.Now = func() time.Time { return clock }
	var given struct {
		Token   string
		Expires time.Time `json:"expires_at"`
	}
	ask(t, f, sign(claims(clock)), "POST", "/app/installations/170/access_tokens", "", &given)
	if !strings.HasPrefix(given.Token, "ghs_") || !given.Expires.Equal(Dawn.Add(time.Hour)) {
		t.Fatalf("given %+v", given)
	}
	for after, want := range map[time.Duration]int{59 * time.Minute: 200, time.Hour: 401} {
		clock = Dawn.Add(after)
		if got := ask(t, f, given.Token, "GET", "/repos/o/r/pulls", "", nil).StatusCode; got != want {
			t.Errorf("after %v: %d, want %d", after, got, want)
		}
	}
	if f.Tokens != 1 || f.Writes() != 0 {
		t.Errorf("%d tokens, %d writes", f.Tokens, f.Writes())
	}
}

func TestOutages(t *testing.T) {
	f := NewFake()
	f.Outages, f.NoGraphQL = []int{502, 503}, true
	for _, want := range []int{502, 503, 200} {
		if got := ask(t, f, Token, "GET", "/repos/o/r/pulls", "", nil).StatusCode; got != want {
			t.Errorf("%d, want %d", got, want)
		}
	}
	if got := ask(t, f, Token, "POST", "/graphql", `{"query": "query { viewer { login } }"}`, nil).StatusCode; got != 404 {
		t.Errorf("graphql: %d", got)
	}
}

func TestActions(t *testing.T) {
	f := NewFake()
	f.Provoked = true
	action := func(label, description, identifier int) object {
		return object{"label": strings.Repeat("ä", label), "description": strings.Repeat("d", description), "identifier": strings.Repeat("i", identifier)}
	}
	for name, test := range map[string]struct {
		actions []object
		want    int
	}{
		"three":            {[]object{action(20, 40, 20), action(1, 1, 1), action(1, 1, 2)}, 201},
		"four":             {[]object{action(1, 1, 1), action(1, 1, 2), action(1, 1, 3), action(1, 1, 4)}, 422},
		"long label":       {[]object{action(21, 1, 1)}, 422},
		"long description": {[]object{action(1, 41, 1)}, 422},
		"long identifier":  {[]object{action(1, 1, 21)}, 422},
	} {
		t.Run(name, func(t *testing.T) {
			body, _ := json.Marshal(object{"name": "N", "head_sha": f.Head, "status": "completed", "conclusion": "success", "output": object{"title": "T", "summary": "S"}, "actions": test.actions})
			if got := ask(t, f, Token, "POST", "/repos/o/r/check-runs", string(body), nil).StatusCode; got != test.want {
				t.Errorf("%d, want %d", got, test.want)
			}
		})
	}
}

// receiver is a bot that keeps the events it is sent.
type receiver struct {
	lock sync.Mutex
	got  []string // delivery, event, action, head or comment
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	body, _ := io.ReadAll(request.Body)
	sum := hmac.New(sha256.New, []byte("secret"))
	sum.Write(body)
	if request.Header.Get("X-Hub-Signature-256") != fmt.Sprintf("sha256=%x", sum.Sum(nil)) {
		http.Error(w, "signature", http.StatusUnauthorized)
		return
	}
	var payload struct {
		Action      string
		Comment     struct{ Body string }
		PullRequest struct{ Head struct{ SHA string } } `json:"pull_request"`
	}
	if err := json.Unmarshal(body, &payload); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	r.lock.Lock()
	defer r.lock.Unlock()
	r.got = append(r.got, strings.Join([]string{request.Header.Get("X-GitHub-Delivery"), request.Header.Get("X-GitHub-Event"), payload.Action, payload.Comment.Body + payload.PullRequest.Head.SHA}, " "))
}

// received plays changes against a receiver and returns what it got, in its order.
func received(t *testing.T, hooks Hooks, play func(*Fake)) ([]string, []Delivery) {
	t.Helper()
	r := &receiver{}
	server := httptest.NewServer(r)
	defer server.Close()
	f := withApp()
	hooks.URL, hooks.Secret = server.URL, "secret"
	f.Hooks = hooks
	play(f)
	sent := f.Deliveries()
	for _, delivery := range sent {
		if !delivery.Dropped && (delivery.Status != http.StatusOK || delivery.Err != nil) {
			t.Errorf("delivery %+v", delivery)
		}
	}
	return r.got, sent
}

func TestHooks(t *testing.T) {
	var heads []string
	got, sent := received(t, Hooks{Drop: 3, Repeat: 2}, func(f *Fake) {
		heads = append(heads, f.Open(8, nil, map[string]string{"a.md": "one\n"}).Head)
		f.Deliveries()
		f.PushTo(8, map[string]string{"a.md": "two\n"})
		heads = append(heads, f.Pulls[8].Head)
		f.Deliveries()
		f.PushTo(8, map[string]string{"a.md": "three\n"})
		f.SayTo(8, "bert", "hello")
	})
	want := []string{
		sent[0].ID + " pull_request opened " + heads[0],
		sent[1].ID + " pull_request synchronize " + heads[1],
		sent[1].ID + " pull_request synchronize " + heads[1],
		sent[3].ID + " issue_comment created hello",
		sent[3].ID + " issue_comment created hello",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if len(sent) != 4 || !sent[2].Dropped || sent[0].Dropped {
		t.Errorf("sent %+v", sent)
	}
}

// Late deliveries overtake each other, and tell of the head that there was.
func TestHooksOutOfOrder(t *testing.T) {
	play := func(f *Fake) {
		f.Open(8, nil, map[string]string{"a.md": "0\n"})
		for i := range 9 {
			f.PushTo(8, map[string]string{"a.md": fmt.Sprintf("%d\n", i+1)})
		}
	}
	got, sent := received(t, Hooks{Seed: 1, Jitter: 200 * time.Millisecond}, play)
	arrived := make([]string, len(got))
	for i, event := range got {
		arrived[i], _, _ = strings.Cut(event, " ")
	}
	order := each(sent, func(d Delivery) string { return d.ID })
	if len(arrived) != 10 || slices.Equal(arrived, order) {
		t.Errorf("%d arrived, in the order of their events", len(arrived))
	}
	slices.SortFunc(got, strings.Compare)
	again, _ := received(t, Hooks{Seed: 1}, play)
	slices.SortFunc(again, strings.Compare)
	if d := cmp.Diff(got, again); d != "" {
		t.Errorf("the same seed sends others (-want +got):\n%s", d)
	}
}

// Many talk to the fake at once while its events are received by one who asks it.
func TestConcurrency(t *testing.T) {
	f := withApp()
	asking := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		request := httptest.NewRequest("GET", "/repos/o/r/pulls?state=all", nil)
		request.Header.Set("Authorization", "Bearer "+Token)
		request.Header.Set("User-Agent", "test")
		f.ServeHTTP(httptest.NewRecorder(), request)
	}))
	defer asking.Close()
	f.Hooks.URL = asking.URL
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			f.Open(100+i, nil, map[string]string{"a.md": "one\n"})
			for range 5 {
				f.PushTo(100+i, map[string]string{"a.md": fmt.Sprintf("%d\n", f.ID())})
				ask(t, f, Token, "POST", fmt.Sprintf("/repos/o/r/issues/%d/comments", 100+i), `{"body": "S"}`, nil)
				ask(t, f, Token, "GET", fmt.Sprintf("/repos/o/r/pulls/%d/files", 100+i), "", nil)
			}
		})
	}
	all.Wait()
	if sent := f.Deliveries(); len(sent) != 20*11 || slices.ContainsFunc(sent, func(d Delivery) bool { return d.Status != 200 }) {
		t.Errorf("%d deliveries, or some failed", len(sent))
	}
	f.Look(func() {
		if len(f.Pulls) != 21 || len(f.Pulls[100].Comments) != 5 {
			t.Errorf("%d pull requests", len(f.Pulls))
		}
	})
}

// What is asked and answered is written down where the variable names a folder.
func TestExchanges(t *testing.T) {
	folder := t.TempDir()
	t.Setenv(ExchangesVariable, folder)
	f := NewFake()
	f.Limits = []int{429}
	ask(t, f, Token, "POST", "/repos/o/r/issues/7/comments", `{"body": "S"}`, nil)
	ask(t, f, Token, "GET", "/repos/o/r/pulls?state=all", "", nil)
	data := f.exchanges.read(t)
	var lines []exchange
	for line := range bytes.Lines(data) {
		var one exchange
		if err := json.Unmarshal(line, &one); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, one)
	}
	if len(lines) != 2 || !lines[0].Injected || lines[0].Status != 429 || string(lines[0].Body) != `{"body":"S"}` || lines[0].Header["Content-Type"] != "application/json" {
		t.Fatalf("lines: %+v", lines)
	}
	if lines[1].Injected || lines[1].URL != "/repos/o/r/pulls?state=all" || lines[1].Body != nil || !bytes.HasPrefix(lines[1].Answer, []byte("[{")) {
		t.Errorf("second line: %+v", lines[1])
	}
}

func (e *exchanges) read(t *testing.T) []byte {
	t.Helper()
	if e.file == nil {
		t.Fatal("nothing was written down")
	}
	defer e.file.Close()
	if _, err := e.file.Seek(0, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(e.file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
