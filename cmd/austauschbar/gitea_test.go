package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/gitea/giteatest"
)

// onGitea runs the command as a job of Gitea's Actions for the fake's pull request
// does, by the environment alone.
func onGitea(t *testing.T, fake *giteatest.Fake, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	server := httptest.NewServer(fake)
	defer server.Close()
	event := filepath.Join(t.TempDir(), "event.json")
	if err := os.WriteFile(event, []byte(`{"action": "synchronized", "number": 7}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{
		"GITHUB_SERVER_URL": server.URL, "GITHUB_API_URL": server.URL + "/api/v1", "GITHUB_EVENT_PATH": event, "GITHUB_REPOSITORY": "o/r", "GITHUB_TOKEN": giteatest.Token,
	} {
		t.Setenv(name, value)
	}
	var out, errOut bytes.Buffer
	a := &app{stdout: &out, stderr: &errOut, log: newLog(&errOut)}
	root := a.root()
	root.SetArgs(append([]string{"review", "--forge", "gitea", "--today", "2026-11-23"}, args...))
	code = exitCode(root.ExecuteContext(t.Context()), &errOut)
	return out.String(), errOut.String(), code
}

// giteaChange makes good.md bad, on a server that reviews are shown on by a job.
func giteaChange() *giteatest.Fake {
	fake := giteatest.NewFake()
	fake.Login = "gitea-actions"
	fake.Base = fake.Commit(files(nil))
	fake.Push(files(map[string]string{"tender/a.md": bad}))
	return fake
}

func TestGitea(t *testing.T) {
	fake := giteaChange()
	stdout, stderr, code := onGitea(t, fake, "--only", "EX-02")
	if code != exitReviewed || stdout+stderr != "" {
		t.Fatalf("exit code %d: %s%s", code, stdout, stderr)
	}
	if len(fake.Comments) != 1 || !strings.HasPrefix(fake.Comments[0].Body, bot.SummaryMarker) || strings.Contains(fake.Comments[0].Body, "@everyone") {
		t.Fatalf("comments: %v", fake.Comments)
	}
	if len(fake.Reviews) != 1 || len(fake.Reviews[0].Comments) != 1 || fake.Reviews[0].Comments[0].Line != 3 {
		t.Errorf("reviews: %+v", fake.Reviews)
	}
	if len(fake.Statuses) != 1 || fake.Statuses[0].State != "success" {
		t.Errorf("statuses: %+v", fake.Statuses)
	}

	// The same again writes nothing.
	before := len(fake.Log)
	if _, stderr, code := onGitea(t, fake, "--only", "EX-02"); code != exitReviewed || len(fake.Log) != before {
		t.Errorf("again: exit code %d, %d writes, %s", code, len(fake.Log)-before, stderr)
	}

	// Mended: the thread is resolved and the summary says so.
	fake.Push(files(nil))
	if _, stderr, code := onGitea(t, fake, "--only", "EX-02"); code != exitReviewed || fake.Reviews[0].Comments[0].Resolver != fake.Login {
		t.Errorf("mended: exit code %d, thread %+v: %s", code, fake.Reviews[0].Comments[0], stderr)
	}
}

// A token that may only read: the review goes to the job's log.
func TestGiteaFork(t *testing.T) {
	fake := giteaChange()
	fake.OnWrite = func([]string) int { return http.StatusForbidden }
	stdout, stderr, code := onGitea(t, fake, "--only", "EX-02")
	if code != exitReviewed || !strings.Contains(stderr, "forks") || !strings.Contains(stdout, "EX-02") || strings.Contains(stdout, "<!--") {
		t.Errorf("exit code %d: %s\n%s", code, stdout, stderr)
	}
}

// Another token goes before the job's own.
func TestGiteaToken(t *testing.T) {
	t.Setenv(giteaToken, "another")
	if _, stderr, code := onGitea(t, giteaChange()); code != exitCould || !strings.Contains(stderr, "401") {
		t.Errorf("exit code %d: %s", code, stderr)
	}
}

func TestNotInGiteaActions(t *testing.T) {
	t.Setenv("GITHUB_EVENT_PATH", "")
	var stderr bytes.Buffer
	if code := run([]string{"review", "--forge", "gitea"}, &bytes.Buffer{}, &stderr); code != exitUsage || !strings.Contains(stderr.String(), "GITHUB_EVENT_PATH") {
		t.Errorf("exit code %d: %s", code, stderr.String())
	}
}
