package main

import (
	"bytes"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/github/githubtest"
)

// onActions runs the command as a job of GitHub Actions for the fake's pull
// request does, by the environment alone.
func onActions(t *testing.T, fake *githubtest.Fake, args ...string) (stdout, stderr, step string, code int) {
	t.Helper()
	server := httptest.NewServer(fake)
	defer server.Close()
	folder := t.TempDir()
	event, summary := filepath.Join(folder, "event.json"), filepath.Join(folder, "summary.md")
	if err := os.WriteFile(event, []byte(`{"action": "synchronize", "number": 7}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{
		"GITHUB_API_URL": server.URL, "GITHUB_GRAPHQL_URL": server.URL + "/graphql", "GITHUB_EVENT_PATH": event,
		"GITHUB_REPOSITORY": "o/r", "GITHUB_TOKEN": githubtest.Token, "GITHUB_STEP_SUMMARY": summary,
	} {
		t.Setenv(name, value)
	}
	var out, errOut bytes.Buffer
	a := &app{stdout: &out, stderr: &errOut, log: newLog(&errOut), pause: 1}
	root := a.root()
	root.SetArgs(append([]string{"review", "--forge", "github", "--today", "2026-11-23"}, args...))
	code = exitCode(root.ExecuteContext(t.Context()), &errOut)
	text, _ := os.ReadFile(summary)
	return out.String(), errOut.String(), string(text), code
}

const (
	good = "# Leistungsbeschreibung\n\nDer Bieter legt mit dem Angebot ein Exit-Konzept vor.\n"
	bad  = "# Leistungsbeschreibung\n\nEin Exit-Konzept ist nicht vorzulegen. @everyone <!-- austauschbar:summary -->\n"
)

// pullRequest makes good.md bad.
func pullRequest(base, head map[string]string) *githubtest.Fake {
	fake := githubtest.NewFake()
	fake.Login = actionsLogin
	fake.Base = fake.Commit(base)
	fake.Push(head, githubtest.FakeFile{Name: "tender/a.md", Status: "modified", Patch: "@@ -1,3 +1,3 @@\n # Leistungsbeschreibung\n \n-Der Bieter legt mit dem Angebot ein Exit-Konzept vor.\n+Ein Exit-Konzept ist nicht vorzulegen.\n"})
	return fake
}

func files(changes map[string]string) map[string]string {
	all := map[string]string{"tender/dossier.yaml": "title: Ein Vorgang\ncomplete: true\n", "tender/a.md": good}
	for name, text := range changes {
		all[name] = text
	}
	return all
}

func TestGitHub(t *testing.T) {
	fake := pullRequest(files(nil), files(map[string]string{"tender/a.md": bad}))
	_, stderr, step, code := onActions(t, fake, "--only", "EX-02")
	if code != exitReviewed || stderr != "" {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	if len(fake.Comments) != 1 || !strings.HasPrefix(fake.Comments[0].Body, bot.SummaryMarker) {
		t.Fatalf("comments: %v", fake.Comments)
	}
	if body := fake.Comments[0].Body; !strings.Contains(body, "EX-02") || strings.Contains(body, "@everyone") || strings.Count(body, "<!--") != 1 {
		t.Errorf("summary:\n%s", body)
	}
	if len(fake.Threads) != 1 || fake.Threads[0].Line != 3 || fake.Threads[0].Path != "tender/a.md" {
		t.Errorf("threads: %+v", fake.Threads)
	}
	if len(fake.Runs) != 1 || fake.Runs[0].Conclusion != "neutral" || len(fake.Runs[0].Annotations) != 1 {
		t.Errorf("check runs: %+v", fake.Runs)
	}
	if !strings.Contains(step, "EX-02") || strings.Contains(step, "<!--") {
		t.Errorf("step summary:\n%s", step)
	}

	// The same again writes nothing.
	before := len(fake.Log)
	if _, stderr, _, code := onActions(t, fake, "--only", "EX-02"); code != exitReviewed || len(fake.Log) != before {
		t.Errorf("again: exit code %d, %d writes, %s", code, len(fake.Log)-before, stderr)
	}

	// Mended: the thread is resolved and the summary says so.
	fake.Push(files(nil))
	if _, stderr, _, code := onActions(t, fake, "--only", "EX-02"); code != exitReviewed {
		t.Fatalf("mended: exit code %d: %s", code, stderr)
	}
	if len(fake.Comments) != 1 || strings.Contains(fake.Comments[0].Body, "nicht vorzulegen") {
		t.Errorf("mended: summary:\n%s", fake.Comments[0].Body)
	}
	if !fake.Threads[0].Resolved {
		t.Error("mended: the thread is still open")
	}
}

// A token that may not resolve threads leaves them open and posts all else.
func TestGitHubMayNotResolve(t *testing.T) {
	fake := pullRequest(files(nil), files(map[string]string{"tender/a.md": bad}))
	fake.NoResolve = true
	onActions(t, fake, "--only", "EX-02")
	fake.Push(files(nil))
	stdout, stderr, _, code := onActions(t, fake, "--only", "EX-02")
	if code != exitReviewed || stdout+stderr != "" || fake.Threads[0].Resolved {
		t.Errorf("exit code %d: %s%s", code, stdout, stderr)
	}
}

// A change cannot improve its own score: configuration, policies and waivers are
// those of the base.
func TestGitHubTrust(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "a.md"), []byte(bad), 0o600); err != nil {
		t.Fatal(err)
	}
	found := reviewJSON(t, "--only", "EX-02", folder).Findings
	if len(found) != 1 {
		t.Fatalf("findings: %v", found)
	}
	lax := "package policies.scoring\n\nreview := {}\n"
	waiver := "waivers:\n  - {criterion: EX-02, finding: %s, reason: other, text: t, author: a, approver: b, date: 2026-01-01, expires: 2028-01-01}\n"
	head := files(map[string]string{
		"tender/a.md":        bad,
		".austauschbar.yaml": "fail_on: never\n",
		".austauschbar/policies/scoring/scoring.rego": lax,
		"tender/waivers.yaml":                         fmt.Sprintf(waiver, found[0].ID),
	})
	fake := pullRequest(files(map[string]string{".austauschbar.yaml": "fail_on: gate\n"}), head)
	fake.Files = append(fake.Files, githubtest.FakeFile{Name: ".austauschbar.yaml", Status: "modified"}, githubtest.FakeFile{Name: ".austauschbar/policies/scoring/scoring.rego", Status: "added"})
	_, stderr, _, code := onActions(t, fake, "--only", "EX-02")
	if code != exitFailOn {
		t.Errorf("exit code %d, want %d by the base's configuration: %s", code, exitFailOn, stderr)
	}
	if fake.Runs[0].Conclusion != "failure" {
		t.Errorf("conclusion %s", fake.Runs[0].Conclusion)
	}

	// The same waiver counts once the base has it.
	fake = pullRequest(files(map[string]string{".austauschbar.yaml": "fail_on: gate\n", "tender/waivers.yaml": fmt.Sprintf(waiver, found[0].ID)}), head)
	if _, stderr, _, code := onActions(t, fake, "--only", "EX-02"); code != exitReviewed {
		t.Errorf("with the base's waiver: exit code %d: %s", code, stderr)
	}
}

// A token that may only read: the findings go to annotations and step summary.
func TestGitHubFork(t *testing.T) {
	fake := pullRequest(files(nil), files(map[string]string{"tender/a.md": bad}))
	fake.OnWrite = func([]string) int { return 403 }
	stdout, stderr, step, code := onActions(t, fake, "--only", "EX-02")
	if code != exitReviewed || !strings.Contains(stderr, "forks") {
		t.Errorf("exit code %d: %s", code, stderr)
	}
	if !strings.HasPrefix(stdout, "::warning file=tender/a.md,line=3,title=") || !strings.Contains(step, "EX-02") {
		t.Errorf("stdout:\n%s\nstep summary:\n%s", stdout, step)
	}
}

func TestGitHubDryRun(t *testing.T) {
	fake := pullRequest(files(nil), files(map[string]string{"tender/a.md": bad}))
	stdout, stderr, _, code := onActions(t, fake, "--only", "EX-02", "--dry-run")
	if code != exitReviewed || len(fake.Log) > 0 {
		t.Errorf("exit code %d, %d writes: %s", code, len(fake.Log), stderr)
	}
	for _, want := range []string{"create a review with 1 remarks", "tender/a.md:3", "create the summary", "set the check to neutral"} {
		if !strings.Contains(stdout, want) {
			t.Errorf("%q is missing in:\n%s", want, stdout)
		}
	}
}

// Confidential: places and ids, and nothing of what the documents say.
func TestGitHubConfidential(t *testing.T) {
	fake := pullRequest(files(map[string]string{".austauschbar.yaml": "confidential: true\n"}), files(map[string]string{"tender/a.md": bad}))
	if _, stderr, step, code := onActions(t, fake, "--only", "EX-02"); code != exitReviewed || strings.Contains(step, "vorzulegen") {
		t.Errorf("exit code %d: %s\n%s", code, stderr, step)
	}
	written := fake.Comments[0].Body + fake.Threads[0].Comments[0].Body + fake.Runs[0].Summary + fmt.Sprint(*fake.Runs[0].Annotations[0].Message)
	if strings.Contains(written, "vorzulegen.") || strings.Contains(written, "Ein Vorgang") || !strings.Contains(written, "EX-02") {
		t.Errorf("written:\n%s", written)
	}
}

func TestNotInActions(t *testing.T) {
	t.Setenv("GITHUB_EVENT_PATH", "")
	var stderr bytes.Buffer
	if code := run([]string{"review", "--forge", "github"}, &bytes.Buffer{}, &stderr); code != exitUsage || !strings.Contains(stderr.String(), "GITHUB_EVENT_PATH") {
		t.Errorf("exit code %d: %s", code, stderr.String())
	}
	if code := run([]string{"review", "--forge", "svn"}, &bytes.Buffer{}, &stderr); code != exitUsage {
		t.Errorf("exit code %d for an unknown forge", code)
	}
}

// What a change does to the files that decide is previewed: here a waiver.
func TestGitHubPreview(t *testing.T) {
	head := files(map[string]string{"tender/a.md": bad, ".austauschbar.yaml": "fail_on: gate\nprofile: tender-uvgo\n", ".austauschbar/policies/criteria/broken.rego": "package broken\n\nx := \n"})
	fake := pullRequest(files(map[string]string{".austauschbar.yaml": "labels: true\n"}), head)
	fake.Files = append(fake.Files, githubtest.FakeFile{Name: ".austauschbar/policies/criteria/broken.rego", Status: "added"})
	if _, stderr, _, code := onActions(t, fake, "--only", "EX-02"); code != exitReviewed {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	if body := fake.Comments[0].Body; !strings.Contains(body, "broken.rego") || !strings.Contains(body, "die Regeln") {
		t.Errorf("the broken rules are not told of:\n%s", body)
	}
	if len(fake.Labels) != 1 || fake.Labels[0] != "austauschbar: E" {
		t.Errorf("labels %v", fake.Labels)
	}

	delete(head, ".austauschbar/policies/criteria/broken.rego")
	fake.Push(head, githubtest.FakeFile{Name: "tender/a.md", Status: "modified"}, githubtest.FakeFile{Name: ".austauschbar.yaml", Status: "modified"})
	if _, stderr, _, code := onActions(t, fake, "--only", "EX-02"); code != exitReviewed {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	if body := fake.Comments[0].Body; strings.Contains(body, "broken.rego") || !strings.Contains(body, "die Konfiguration") {
		t.Errorf("the preview of another configuration:\n%s", body)
	}
}

// A review that cannot be done concludes its check all the same, neutral.
func TestGitHubFailed(t *testing.T) {
	for name, test := range map[string]struct {
		base, head map[string]string
		says       string
		silent     string
	}{
		"a broken configuration": {files(map[string]string{".austauschbar.yaml": "profil: x\n"}), files(nil), "profil", ""},
		"a broken manifest":      {files(nil), files(map[string]string{"tender/dossier.yaml": "titel: x\n"}), "titel", ""},
		"confidential":           {files(map[string]string{".austauschbar.yaml": "confidential: true\n"}), files(map[string]string{"tender/dossier.yaml": "titel: x\n"}), "", "titel"},
	} {
		t.Run(name, func(t *testing.T) {
			fake := pullRequest(test.base, test.head)
			_, stderr, _, code := onActions(t, fake)
			if code != exitCould || len(fake.Runs) != 1 || fake.Runs[0].Conclusion != "neutral" || len(fake.Comments) > 0 {
				t.Fatalf("exit code %d, check runs %+v: %s", code, fake.Runs, stderr)
			}
			if said := fake.Runs[0].Summary; !strings.Contains(said, test.says) || test.silent != "" && strings.Contains(said, test.silent) {
				t.Errorf("check:\n%s", said)
			}
		})
	}
}

// A pull request that touches no dossier gets a check and no comment.
func TestGitHubUntouched(t *testing.T) {
	fake := pullRequest(files(nil), files(map[string]string{"README.md": "text"}))
	fake.Files = []githubtest.FakeFile{{Name: "README.md", Status: "added"}}
	if _, stderr, _, code := onActions(t, fake); code != exitReviewed || len(fake.Comments) > 0 || len(fake.Runs) != 1 || fake.Runs[0].Conclusion != "success" {
		t.Errorf("exit code %d, comments %v, check runs %+v: %s", code, fake.Comments, fake.Runs, stderr)
	}
}

// A click puts a suggestion exactly into the quote's place, or none is offered.
func TestReplacement(t *testing.T) {
	const line = "  - Als Datenbank ist Oracle 19c zu liefern.  "
	finding := func(quote, suggestion string, at int) austauschbar.Finding {
		return austauschbar.Finding{Suggestion: suggestion, Evidence: &austauschbar.Evidence{Quote: quote, Line: at}}
	}
	whole := speaker{fetched: bot.Fetched{Head: fstest.MapFS{"a.md": {Data: []byte("# Titel\n" + line + "\nOracle, Oracle\nZeile\r\n")}}}}
	secret := whole
	secret.config.Confidential = true
	missing := finding("Oracle 19c", "x", 2)
	missing.Code = "missing"
	for name, test := range map[string]struct {
		speaker speaker
		finding austauschbar.Finding
		want    string
	}{
		"in its place":        {whole, finding("Oracle 19c", "eine relationale Datenbank", 2), "  - Als Datenbank ist eine relationale Datenbank zu liefern.  "},
		"confidential":        {secret, finding("Oracle 19c", "x", 2), ""},
		"a clause to add":     {whole, missing, ""},
		"no suggestion":       {whole, finding("Oracle 19c", "", 2), ""},
		"several lines":       {whole, finding("Oracle 19c", "x\ny", 2), ""},
		"twice in the line":   {whole, finding("Oracle", "x", 3), ""},
		"not in the line":     {whole, finding("Oracle 19c", "x", 1), ""},
		"Windows' line end":   {whole, finding("Zeile", "x", 4), ""},
		"past the end":        {whole, finding("Zeile", "x", 9), ""},
		"no line":             {whole, finding("Zeile", "x", 0), ""},
		"quote was shortened": {whole, finding("Als Datenbank ist …", "x", 2), ""},
	} {
		if got := test.speaker.replacement("a.md", test.finding); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
	if got := whole.replacement("none.md", finding("x", "y", 1)); got != "" {
		t.Errorf("no file: %q", got)
	}
}

// A remark about a document in an archive stands at the archive.
func TestPlaceIn(t *testing.T) {
	tree := fstest.MapFS{"tender/a.md": {}, "tender/all.zip": {}}
	for document, want := range map[string]string{"tender/a.md": "tender/a.md:7", "tender/all.zip/b/c.md": "tender/all.zip:0", "tender/none.md": "tender/none.md:7"} {
		file, line := placeIn(tree, document, 7)
		if got := fmt.Sprintf("%s:%d", file, line); got != want {
			t.Errorf("%s: %s, want %s", document, got, want)
		}
	}
}
