package main

import (
	"bytes"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/gitlab/gitlabtest"
)

// inGitLabCI runs the command as a job of GitLab CI for the fake's merge request does,
// by the environment alone.
func inGitLabCI(t *testing.T, fake *gitlabtest.Fake, variables map[string]string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	server := httptest.NewServer(fake)
	defer server.Close()
	for name, value := range map[string]string{
		"CI_API_V4_URL": server.URL + "/api/v4", "CI_PROJECT_PATH": gitlabtest.Project, "CI_MERGE_REQUEST_PROJECT_PATH": "",
		"CI_MERGE_REQUEST_IID": "7", "CI_MERGE_REQUEST_DIFF_BASE_SHA": "", "CI_PROJECT_DIR": "", gitlabToken: gitlabtest.Token,
	} {
		if given, ok := variables[name]; ok {
			value = given
		}
		t.Setenv(name, value)
	}
	var out, errOut bytes.Buffer
	a := &app{stdout: &out, stderr: &errOut, log: newLog(&errOut)}
	root := a.root()
	root.SetArgs(append([]string{"review", "--forge", "gitlab", "--today", "2026-11-23"}, args...))
	code = exitCode(root.ExecuteContext(t.Context()), &errOut)
	return out.String(), errOut.String(), code
}

// mergeRequest changes base into head.
func mergeRequest(base, head map[string]string) *gitlabtest.Fake {
	fake := gitlabtest.NewFake()
	fake.Begin(base)
	fake.Push(head)
	return fake
}

func TestGitLab(t *testing.T) {
	fake := mergeRequest(files(nil), files(map[string]string{"tender/a.md": bad}))
	if stdout, stderr, code := inGitLabCI(t, fake, nil, "--only", "EX-02"); code != exitReviewed || stdout+stderr != "" {
		t.Fatalf("exit code %d: %s%s", code, stdout, stderr)
	}
	if notes := fake.Notes(); len(notes) != 1 || !strings.HasPrefix(notes[0].Body, bot.SummaryMarker) || !strings.Contains(notes[0].Body, "EX-02") || strings.Contains(notes[0].Body, "@everyone") {
		t.Errorf("notes: %+v", notes)
	}
	if threads := fake.Threads(); len(threads) != 1 || threads[0].Position.NewLine != 3 || threads[0].Position.NewPath != "tender/a.md" {
		t.Errorf("threads: %+v", threads)
	}
	if len(fake.Statuses) != 1 || fake.Statuses[0].State != "success" || fake.Statuses[0].Name != "Austauschbar" {
		t.Errorf("statuses: %+v", fake.Statuses)
	}

	// The same again writes nothing.
	before := fake.Writes()
	if _, stderr, code := inGitLabCI(t, fake, nil, "--only", "EX-02"); code != exitReviewed || fake.Writes() != before {
		t.Errorf("again: exit code %d, %d writes, %s", code, fake.Writes()-before, stderr)
	}

	// Mended: the thread is resolved and the summary says so.
	fake.Push(files(map[string]string{"tender/a.md": good + "\nMehr.\n"}))
	if _, stderr, code := inGitLabCI(t, fake, nil, "--only", "EX-02"); code != exitReviewed {
		t.Fatalf("mended: exit code %d: %s", code, stderr)
	}
	if len(fake.Notes()) != 1 || strings.Contains(fake.Notes()[0].Body, "nicht vorzulegen") || !fake.Threads()[0].Resolved || !fake.Mergeable(7) {
		t.Errorf("mended: notes %+v, threads %+v", fake.Notes(), fake.Threads())
	}
	if len(fake.QuickActions) > 0 {
		t.Errorf("carried out: %q", fake.QuickActions)
	}
}

// In the pipeline of a fork, the merge request is of the project that it is to go to.
func TestGitLabFork(t *testing.T) {
	fake := mergeRequest(files(nil), files(map[string]string{"tender/a.md": bad}))
	fake.Fork = true
	variables := map[string]string{"CI_PROJECT_PATH": "bieter/vorgang", "CI_MERGE_REQUEST_PROJECT_PATH": gitlabtest.Project}
	if _, stderr, code := inGitLabCI(t, fake, variables, "--only", "EX-02"); code != exitReviewed || len(fake.Notes()) != 1 {
		t.Errorf("exit code %d: %s", code, stderr)
	}
}

// Configuration, policies and waivers are those of the target branch, as it is now.
func TestGitLabTrust(t *testing.T) {
	head := files(map[string]string{"tender/a.md": bad, ".austauschbar.yaml": "fail_on: never\n"})
	fake := mergeRequest(files(nil), head)
	fake.Advance(files(map[string]string{".austauschbar.yaml": "fail_on: gate\n"}))
	if _, stderr, code := inGitLabCI(t, fake, nil, "--only", "EX-02"); code != exitFailOn || fake.Statuses[0].State != "failed" {
		t.Errorf("exit code %d, statuses %+v: %s", code, fake.Statuses, stderr)
	}
}

// A token that may only read: the review stands in the log, and stderr says why.
func TestGitLabReadOnly(t *testing.T) {
	for name, test := range map[string]struct {
		config string
		code   int
		quoted bool
	}{
		"advice":       {"language: en\n", exitReviewed, true},
		"gate":         {"fail_on: gate\n", exitFailOn, true},
		"confidential": {"confidential: true\n", exitReviewed, false},
	} {
		t.Run(name, func(t *testing.T) {
			config := map[string]string{".austauschbar.yaml": test.config}
			fake := mergeRequest(files(config), files(map[string]string{"tender/a.md": bad, ".austauschbar.yaml": test.config}))
			fake.ReadOnly = true
			stdout, stderr, code := inGitLabCI(t, fake, nil, "--only", "EX-02")
			if code != test.code || !strings.Contains(stderr, gitlabToken) || !strings.Contains(stderr, "Developer") {
				t.Errorf("exit code %d: %s", code, stderr)
			}
			if !strings.Contains(stdout, "EX-02") || strings.Contains(stdout, "nicht vorzulegen") != test.quoted || len(fake.Discussion) > 0 {
				t.Errorf("stdout:\n%s", stdout)
			}
		})
	}
}

// A token that may not even read reviews nothing: that is no success.
func TestGitLabWrongToken(t *testing.T) {
	fake := mergeRequest(files(nil), files(map[string]string{"tender/a.md": bad}))
	if _, stderr, code := inGitLabCI(t, fake, map[string]string{gitlabToken: "expired"}); code != exitCould || !strings.Contains(stderr, "401") {
		t.Errorf("exit code %d: %s", code, stderr)
	}
}

// Without a token, what is checked out is reviewed, compared with its base.
func TestGitLabNoToken(t *testing.T) {
	folder := t.TempDir()
	git := func(args ...string) string {
		t.Helper()
		command := exec.Command("git", append([]string{"-C", folder, "-c", "user.name=a", "-c", "user.email=a@example.org"}, args...)...)
		out, err := command.CombinedOutput()
		if err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
		return strings.TrimSpace(string(out))
	}
	write := func(files map[string]string) string {
		for name, text := range files {
			if err := os.MkdirAll(filepath.Dir(filepath.Join(folder, name)), 0o750); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		git("add", "-A")
		git("commit", "-q", "-m", "x")
		return git("rev-parse", "HEAD")
	}
	git("init", "-q")
	base := write(files(map[string]string{".austauschbar.yaml": "fail_on: gate\n"}))
	write(files(map[string]string{"tender/a.md": bad, ".austauschbar.yaml": "fail_on: never\n"}))
	fake := gitlabtest.NewFake()
	for name, test := range map[string]struct {
		base string
		code int
		want string // in standard output or error
	}{
		"reviewed":     {base, exitFailOn, "EX-02"},
		"part history": {strings.Repeat("0a", 20), exitCould, "GIT_DEPTH"},
	} {
		t.Run(name, func(t *testing.T) {
			variables := map[string]string{gitlabToken: "", "CI_PROJECT_DIR": folder, "CI_MERGE_REQUEST_DIFF_BASE_SHA": test.base}
			stdout, stderr, code := inGitLabCI(t, fake, variables, "--only", "EX-02")
			if code != test.code || !strings.Contains(stdout+stderr, test.want) || !strings.Contains(stderr, gitlabToken+" is not set") || len(fake.Reads) > 0 {
				t.Errorf("exit code %d: %s\n%s", code, stderr, stdout)
			}
		})
	}
}

func TestGitLabDryRun(t *testing.T) {
	fake := mergeRequest(files(nil), files(map[string]string{"tender/a.md": bad}))
	stdout, stderr, code := inGitLabCI(t, fake, nil, "--only", "EX-02", "--dry-run")
	if code != exitReviewed || fake.Writes() > 0 || !strings.Contains(stdout, "tender/a.md:3") {
		t.Errorf("exit code %d, %d writes: %s\n%s", code, fake.Writes(), stderr, stdout)
	}
}

func TestNotInGitLabCI(t *testing.T) {
	for name, variables := range map[string]map[string]string{
		"no merge request": {"CI_MERGE_REQUEST_IID": ""},
		"no project":       {"CI_PROJECT_PATH": ""},
		"no number":        {"CI_MERGE_REQUEST_IID": "x"},
	} {
		if _, stderr, code := inGitLabCI(t, gitlabtest.NewFake(), variables); code != exitUsage || !strings.Contains(stderr, "CI_MERGE_REQUEST_IID") {
			t.Errorf("%s: exit code %d: %s", name, code, stderr)
		}
	}
}
