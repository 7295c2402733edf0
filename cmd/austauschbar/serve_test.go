package main

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/github/githubtest"
)

const webhookSecret = "secret-of-the-test"

// A served is a server in a process of its own.
type served struct {
	address string
	process *exec.Cmd
	ended   chan struct{}
	lock    sync.Mutex
	lines   []logLine
}

type logLine struct {
	Time    time.Time `json:"time"`
	Level   string    `json:"level"`
	Message string    `json:"msg"`
	Address string    `json:"address"`
	Result  string    `json:"result"`
	Number  int       `json:"number"`
	Seconds float64   `json:"seconds"`
	Error   string    `json:"error"`
	raw     string
}

// An account is how a server shows GitHub who it is, by environment variables.
type account []string

var withToken = account{"AUSTAUSCHBAR_GITHUB_TOKEN=" + githubtest.Token}

// asApp installs an App in a fake's repository.
func asApp(t testing.TB, fake *githubtest.Fake) account {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	fake.Look(func() {
		fake.App = &githubtest.App{ID: 12, Slug: "austauschbar", Key: &key.PublicKey, Installation: 34}
	})
	return account{"AUSTAUSCHBAR_GITHUB_APP_ID=12",
		"AUSTAUSCHBAR_GITHUB_PRIVATE_KEY=" + string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}))}
}

// serveGitHub starts a server for a fake and waits until it listens.
func serveGitHub(t testing.TB, api string, account account, database, address string, args ...string) *served {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	s := &served{ended: make(chan struct{})}
	s.process = exec.Command(self, append([]string{"serve", "--listen", address, "--database", database, "--today", "2026-11-23"}, args...)...)
	s.process.Env = append(os.Environ(), "AUSTAUSCHBAR_TEST=1", "AUSTAUSCHBAR_GITHUB_URL="+api, "AUSTAUSCHBAR_GITHUB_WEBHOOK_SECRET="+webhookSecret, "AUSTAUSCHBAR_GITHUB_PAUSE=1ms")
	s.process.Env = append(s.process.Env, account...)
	stderr, err := s.process.StderrPipe()
	if err == nil {
		err = s.process.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	listening := make(chan struct{})
	go s.read(stderr, listening)
	t.Cleanup(func() { s.kill() })
	select {
	case <-listening:
	case <-s.ended:
		t.Fatalf("the server ended:\n%s", s.log())
	case <-time.After(time.Minute):
		t.Fatalf("the server does not listen:\n%s", s.log())
	}
	return s
}

func (s *served) read(stderr io.Reader, listening chan struct{}) {
	lines := bufio.NewScanner(stderr)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := logLine{raw: lines.Text()}
		_ = json.Unmarshal(lines.Bytes(), &line) // what is no JSON stays raw
		s.lock.Lock()
		s.lines = append(s.lines, line)
		s.lock.Unlock()
		if line.Message == "listening" {
			s.address = line.Address
			close(listening)
		}
	}
	_ = s.process.Wait() // killed ones say so
	close(s.ended)
}

func (s *served) log() string {
	var text strings.Builder
	for _, line := range s.said() {
		fmt.Fprintln(&text, line.raw)
	}
	return text.String()
}

func (s *served) said() []logLine {
	s.lock.Lock()
	defer s.lock.Unlock()
	return slices.Clone(s.lines)
}

func (s *served) kill() {
	_ = s.process.Process.Kill() // ended before, it is gone
	<-s.ended
}

// end asks the server to end and returns its exit code.
func (s *served) end(t testing.TB) int {
	t.Helper()
	if err := s.process.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	select {
	case <-s.ended:
	case <-time.After(time.Minute):
		t.Fatalf("the server does not end:\n%s", s.log())
	}
	return s.process.ProcessState.ExitCode()
}

func (s *served) get(t testing.TB, path string) (int, string) {
	t.Helper()
	response, err := http.Get("http://" + s.address + path)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

// hooked makes a fake send its events to a server.
func hooked(fake *githubtest.Fake, address string) {
	fake.Look(func() { fake.Hooks.URL, fake.Hooks.Secret = "http://"+address+"/webhooks/github", webhookSecret })
}

func newHost(t testing.TB) (*githubtest.Fake, string) {
	fake := githubtest.NewFake()
	fake.Now = time.Now
	fake.Look(func() { delete(fake.Pulls, 7) })
	server := httptest.NewServer(fake)
	t.Cleanup(server.Close)
	return fake, server.URL
}

// until waits for something to come true at a server.
func until(t testing.TB, what string, s *served, true func() bool) {
	t.Helper()
	wait(t, what, s.log, true)
}

// stand is a dossier in its nth edition, with n findings of its own.
func stand(pull, n int) map[string]string {
	text := "# Leistungsbeschreibung\n\n"
	for i := range n {
		text += fmt.Sprintf("Ein Exit-Konzept für Teil %d ist nicht vorzulegen.\n\n", i+1)
	}
	return map[string]string{"tender/dossier.yaml": fmt.Sprintf("title: Vorgang %d, Stand %d\n", pull, n), "tender/a.md": text}
}

// summaries are the bodies of our summaries in a pull request.
func summaries(fake *githubtest.Fake, pull int) []string {
	var found []string
	fake.Look(func() {
		for _, comment := range fake.Pulls[pull].Comments {
			if strings.HasPrefix(comment.Body, bot.SummaryMarker) {
				found = append(found, comment.Body)
			}
		}
	})
	return found
}

// answersTo are the bodies of our answers in a pull request.
func answersTo(fake *githubtest.Fake, pull int) []string {
	var found []string
	fake.Look(func() {
		for _, comment := range fake.Pulls[pull].Comments {
			if _, ok := bot.AnswerOf(comment.Body); ok {
				found = append(found, comment.Body)
			}
		}
	})
	return found
}

func TestServe(t *testing.T) {
	t.Parallel()
	fake, api := newHost(t)
	fake.Permissions = map[string]string{"alice": "write", "mallory": "read"}
	s := serveGitHub(t, api, withToken, "sqlite:"+filepath.Join(t.TempDir(), "queue.db"), "127.0.0.1:0", "--cache", t.TempDir(), "--sweep", "0")
	hooked(fake, s.address)
	for path, want := range map[string]string{"/healthz": "ok", "/readyz": "ready"} {
		if status, body := s.get(t, path); status != http.StatusOK || strings.TrimSpace(body) != want {
			t.Errorf("%s: %d %q", path, status, body)
		}
	}
	fake.Open(1, stand(1, 0), stand(1, 2))
	until(t, "a summary", s, func() bool { return len(summaries(fake, 1)) == 1 })
	fake.PushTo(1, stand(1, 1))
	until(t, "the summary of the second push", s, func() bool { return strings.Contains(summaries(fake, 1)[0], "Stand 1") })

	// Commands, and somebody who may give none.
	fake.SayTo(1, "mallory", "/austauschbar recheck")
	for i, command := range []string{"help", "recheck", "explain EX-02", "explain XX-99", "waive x y", "frobnicate"} {
		fake.SayTo(1, "alice", "/austauschbar "+command)
		until(t, "an answer to "+command, s, func() bool { return len(answersTo(fake, 1)) == i+1 })
	}
	told := answersTo(fake, 1)
	for i, want := range []string{"/austauschbar recheck", "Neu geprüft", "EX-02", "XX-99", "`x`", "frobnicate"} {
		if !strings.Contains(told[i], want) {
			t.Errorf("answer %d does not say %q:\n%s", i, want, told[i])
		}
	}
	fake.Look(func() {
		reactions := map[string]string{}
		for _, comment := range fake.Pulls[1].Comments {
			for _, reaction := range comment.Reactions {
				reactions[comment.User.Login] = reaction.Content
			}
		}
		if reactions["alice"] != "eyes" || reactions["mallory"] != "confused" {
			t.Errorf("reactions: %v", reactions)
		}
	})

	// A waiver is proposed for a finding that a thread is about, and nothing written.
	finding := regexp.MustCompile(`ex-02-[0-9a-f]+`).FindString(summaries(fake, 1)[0])
	fake.SayTo(1, "alice", "/austauschbar waive "+finding+" Der Vertrag endet ohnehin.")
	until(t, "a proposal", s, func() bool { return len(answersTo(fake, 1)) == 7 })
	if proposal := answersTo(fake, 1)[6]; !strings.Contains(proposal, `text: "Der Vertrag endet ohnehin."`) || !strings.Contains(proposal, `author: "alice"`) || !strings.Contains(proposal, "/tender?filename=waivers.yaml") {
		t.Errorf("proposal:\n%s", proposal)
	}

	// Nobody gets in without the secret.
	response, err := http.Post("http://"+s.address+"/webhooks/github", "application/json", strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusUnauthorized {
		t.Errorf("unsigned: %d", response.StatusCode)
	}
	if _, metrics := s.get(t, "/metrics"); !strings.Contains(metrics, `austauschbar_deliveries_total{event="pull_request.opened",forge="github",result="accepted"} 1`) ||
		!strings.Contains(metrics, "austauschbar_queue_waiting 0") {
		t.Errorf("metrics:\n%s", metrics)
	}
	for _, secret := range []string{githubtest.Token, webhookSecret, "nicht vorzulegen"} {
		if strings.Contains(s.log(), secret) {
			t.Errorf("the log tells %q", secret)
		}
	}
	if code := s.end(t); code != exitReviewed {
		t.Errorf("exit code %d:\n%s", code, s.log())
	}
}

func TestServeRefuses(t *testing.T) {
	key := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(key, []byte("no key\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		environment map[string]string
		args        []string
		says        string
	}{
		"no forge":         {nil, nil, "no forge is configured"},
		"no secret":        {map[string]string{"TOKEN": "t"}, nil, "secret"},
		"no account":       {map[string]string{"WEBHOOK_SECRET": "s"}, nil, "token"},
		"a broken key":     {map[string]string{"WEBHOOK_SECRET": "s", "APP_ID": "1", "PRIVATE_KEY_FILE": key}, nil, "key"},
		"an id in words":   {map[string]string{"WEBHOOK_SECRET": "s", "APP_ID": "one"}, nil, `"one" is no number`},
		"value and file":   {map[string]string{"WEBHOOK_SECRET": "s", "TOKEN": "t", "TOKEN_FILE": key}, nil, "both set"},
		"no such file":     {map[string]string{"WEBHOOK_SECRET": "s", "TOKEN_FILE": key + "-"}, nil, "AUSTAUSCHBAR_GITHUB_TOKEN_FILE"},
		"a wrong database": {map[string]string{"WEBHOOK_SECRET": "s", "TOKEN": "t"}, []string{"--database", "mysql://x"}, "sqlite:"},
		"a size in words":  {map[string]string{"WEBHOOK_SECRET": "s", "TOKEN": "t"}, []string{"--cache-size", "much"}, "--cache-size"},
		"an unknown profile": {map[string]string{"WEBHOOK_SECRET": "s", "TOKEN": "t"},
			[]string{"--profile", "nix", "--listen", "127.0.0.1:0", "--database", "sqlite:" + filepath.Join(t.TempDir(), "q.db")}, "nix"},
	} {
		t.Run(name, func(t *testing.T) {
			for variable, value := range test.environment {
				t.Setenv("AUSTAUSCHBAR_GITHUB_"+variable, value)
			}
			var stderr bytes.Buffer
			if code := run(append([]string{"serve", "--cache", t.TempDir()}, test.args...), io.Discard, &stderr); code == exitReviewed || !strings.Contains(stderr.String(), test.says) {
				t.Errorf("exit code %d, no %q in: %s", code, test.says, stderr.String())
			}
		})
	}
}

// A server that is killed again and again, whose events come late, twice, in the
// wrong order or never, leaves one summary on each pull request, that of its head.
func TestServeKilled(t *testing.T) {
	t.Parallel()
	survives(t, "sqlite:"+filepath.Join(t.TempDir(), "queue.db"))
}

func TestServePostgresKilled(t *testing.T) {
	t.Parallel()
	survives(t, newPostgres(t))
}

const (
	pulls  = 20
	pushes = 5 // to each
)

// pushAll opens all pull requests and pushes to each, in turns.
func pushAll(fake *githubtest.Fake, pause time.Duration) {
	for n := 1; n <= pushes; n++ {
		for pull := 1; pull <= pulls; pull++ {
			if n == 1 {
				fake.Open(pull, stand(pull, 0), stand(pull, n))
			} else {
				fake.PushTo(pull, stand(pull, n))
			}
			time.Sleep(pause)
		}
	}
}

func survives(t *testing.T, database string) {
	fake, api := newHost(t)
	address, account := freeAddress(t), asApp(t, fake)
	fake.Look(func() {
		fake.Hooks = githubtest.Hooks{Seed: 1, Delay: time.Millisecond, Jitter: 50 * time.Millisecond, Drop: 7, Repeat: 3}
	})
	hooked(fake, address)
	cache := t.TempDir()
	start := func() *served {
		return serveGitHub(t, api, account, database, address, "--cache", cache, "--sweep", "2s")
	}
	s := start()
	pushed := make(chan struct{})
	go func() {
		defer close(pushed)
		pushAll(fake, 50*time.Millisecond)
	}()
	var recovered []time.Duration
	for kills, going := 0, true; going; kills++ {
		time.Sleep(time.Duration(300+kills*271%900) * time.Millisecond)
		s.kill()
		killed := time.Now()
		before := fake.Writes()
		s = start()
		until(t, "a write after the kill", s, func() bool { return fake.Writes() > before || !unfinished(fake) })
		recovered = append(recovered, time.Since(killed))
		select {
		case <-pushed:
			going = kills < 5
		default:
		}
	}
	<-pushed
	until(t, "the last stand everywhere", s, func() bool { return !unfinished(fake) })
	slices.Sort(recovered)
	t.Logf("killed %d times; from kill to the next write %s median, %s at most, with the process's start", len(recovered), recovered[len(recovered)/2], recovered[len(recovered)-1])
	time.Sleep(3 * time.Second) // a sweep more, which must find nothing to do
	wantOneReview(t, fake)
	if code := s.end(t); code != exitReviewed {
		t.Errorf("exit code %d:\n%s", code, s.log())
	}
}

// unfinished says whether a pull request lacks the summary or check of its head.
func unfinished(fake *githubtest.Fake) bool {
	for pull := 1; pull <= pulls; pull++ {
		missing := true
		fake.Look(func() {
			at := fake.Pulls[pull]
			if at == nil {
				return
			}
			told := slices.ContainsFunc(at.Comments, func(c *githubtest.Comment) bool {
				return strings.Contains(c.Body, fmt.Sprintf("Vorgang %d, Stand %d", pull, pushes))
			})
			checked := slices.ContainsFunc(fake.Runs, func(r *githubtest.Run) bool { return r.Head == at.Head })
			missing = !told || !checked
		})
		if missing {
			return true
		}
	}
	return false
}

// wantOneReview checks that each pull request shows one review, and nothing twice.
func wantOneReview(t *testing.T, fake *githubtest.Fake) {
	t.Helper()
	for pull := 1; pull <= pulls; pull++ {
		if found := summaries(fake, pull); len(found) != 1 {
			t.Errorf("pull request %d: %d summaries", pull, len(found))
		}
		fake.Look(func() {
			seen := map[string]int{}
			for _, thread := range fake.Pulls[pull].Threads {
				finding, _ := bot.FindingOf(thread.Comments[0].Body)
				seen[finding]++
			}
			if len(seen) < pushes {
				t.Errorf("pull request %d: remarks for %d findings, want at least %d", pull, len(seen), pushes)
			}
			for finding, times := range seen {
				if times > 1 {
					t.Errorf("pull request %d: %d threads for %s", pull, times, finding)
				}
			}
		})
	}
}

// Three servers on one database share the work, and no two work on one pull request
// at once.
func TestServePostgresShared(t *testing.T) {
	t.Parallel()
	database := newPostgres(t)
	fake, api := newHost(t)
	account := asApp(t, fake)
	var servers []*served
	var targets []*url.URL
	for range 3 {
		s := serveGitHub(t, api, account, database, "127.0.0.1:0", "--cache", t.TempDir(), "--sweep", "1s")
		servers = append(servers, s)
		targets = append(targets, &url.URL{Scheme: "http", Host: s.address})
	}
	var turn atomic.Int64
	balancer := httptest.NewServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(targets[turn.Add(1)%int64(len(targets))])
	}})
	defer balancer.Close()
	hooked(fake, strings.TrimPrefix(balancer.URL, "http://"))
	pushAll(fake, 20*time.Millisecond)
	until(t, "the last stand everywhere", servers[0], func() bool { return !unfinished(fake) })
	wantOneReview(t, fake)
	var reviews []logLine
	for i, s := range servers {
		worked := 0
		for _, line := range s.said() {
			if line.Seconds > 0 {
				reviews, worked = append(reviews, line), worked+1
			}
		}
		t.Logf("server %d: %d reviews", i, worked)
		if worked == 0 {
			t.Errorf("server %d did nothing", i)
		}
		if code := s.end(t); code != exitReviewed {
			t.Errorf("exit code %d:\n%s", code, s.log())
		}
	}
	slices.SortFunc(reviews, func(a, b logLine) int { return a.Time.Compare(b.Time) })
	last := map[int]time.Time{} // end of the last review, by pull request
	for _, review := range reviews {
		began := review.Time.Add(-time.Duration(review.Seconds * float64(time.Second)))
		if began.Before(last[review.Number]) {
			t.Errorf("pull request %d: a review began at %s, the one before ended at %s", review.Number, began, last[review.Number])
		}
		last[review.Number] = review.Time
	}
}

func freeAddress(t testing.TB) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// newPostgres makes a database on the server that the environment names.
func newPostgres(t testing.TB) string {
	t.Helper()
	address := os.Getenv("AUSTAUSCHBAR_TEST_POSTGRES")
	if address == "" {
		t.Skip("set AUSTAUSCHBAR_TEST_POSTGRES to the address of a PostgreSQL where databases may be created")
	}
	admin, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close(t.Context())
	name := fmt.Sprintf("serve_%d", time.Now().UnixNano())
	if _, err := admin.Exec(t.Context(), "CREATE DATABASE "+name); err != nil {
		t.Fatal(err)
	}
	fresh, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	fresh.Path = "/" + name
	return fresh.String()
}
