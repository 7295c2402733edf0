package main

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// shellBlocks are the sh blocks of a document below a heading, up to the next one.
func shellBlocks(t *testing.T, document, heading string) []string {
	t.Helper()
	data, err := os.ReadFile(document)
	if err != nil {
		t.Fatal(err)
	}
	_, section, ok := strings.Cut(string(data), "\n"+heading+"\n")
	if !ok {
		t.Fatalf("%s has no heading %q", document, heading)
	}
	section, _, _ = strings.Cut(section, "\n#")
	var blocks []string
	for i, part := range strings.Split(section, "```") {
		if block, isShell := strings.CutPrefix(part, "sh\n"); isShell && i%2 == 1 {
			blocks = append(blocks, block)
		}
	}
	return blocks
}

// What docs/github.md says to type starts a server that reviews a first pull request
// and answers the commands that it lists.
func TestDocsGitHub(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("the document uses curl (Debian: curl)")
	}
	const document = "../../docs/github.md"
	fake, api := newHost(t)
	fake.Permissions = map[string]string{"alice": "write"}
	folder, port := t.TempDir(), freeAddress(t)[len("127.0.0.1"):]
	key := ""
	for _, variable := range asApp(t, fake) {
		if value, ok := strings.CutPrefix(variable, "AUSTAUSCHBAR_GITHUB_PRIVATE_KEY="); ok {
			key = value
		}
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"github-private-key.pem": key, "github-webhook-secret": webhookSecret} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(self, filepath.Join(folder, "austauschbar")); err != nil {
		t.Fatal(err)
	}
	typed := func(script string) *exec.Cmd {
		// The fake's address, its App's number and a free port stand in for the reader's.
		script = strings.NewReplacer(":8080", port, "APP_ID=123456", "APP_ID=12", "https://austauschbar.example.org", "http://localhost"+port).Replace(script)
		command := exec.Command("sh", "-ec", script)
		command.Dir = folder
		command.Env = append(os.Environ(), "AUSTAUSCHBAR_TEST=1", "AUSTAUSCHBAR_GITHUB_URL="+api, "PATH="+folder+":"+os.Getenv("PATH"))
		return command
	}
	blocks := shellBlocks(t, document, "### 2. Start the server")
	if len(blocks) != 4 || !strings.Contains(blocks[1], "austauschbar serve") {
		t.Fatalf("blocks: %q", blocks)
	}
	server := typed("exec 2>server.log\n" + strings.Replace(blocks[1], "austauschbar serve", "exec austauschbar serve", 1))
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	log := func() string { data, _ := os.ReadFile(filepath.Join(folder, "server.log")); return string(data) }
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	wait(t, "the server is ready", log, func() bool {
		response, err := http.Get("http://localhost" + port + "/readyz")
		if err != nil {
			return false
		}
		response.Body.Close()
		return response.StatusCode == http.StatusOK
	})
	if out, err := typed(blocks[2]).CombinedOutput(); err != nil {
		t.Errorf("%s: %v: %s", blocks[2], err, out)
	}
	if out, err := typed(blocks[3]).CombinedOutput(); err != nil || strings.TrimSpace(string(out)) != "401" {
		t.Errorf("%s: %v: %s", blocks[3], err, out)
	}

	hooked(fake, "localhost"+port)
	if out, err := typed("austauschbar new dossier tender").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	manifest, err := os.ReadFile(filepath.Join(folder, "tender", "dossier.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(example, "Leistungsbeschreibung.docx"))
	if err != nil {
		t.Fatal(err)
	}
	fake.Open(1, map[string]string{"README.md": "x"}, map[string]string{"README.md": "x", "tender/dossier.yaml": string(manifest), "tender/Leistungsbeschreibung.docx": string(text)})
	wait(t, "a summary", log, func() bool { return len(summaries(fake, 1)) == 1 })
	for i, command := range commandsIn(t, document) {
		fake.SayTo(1, "alice", command)
		wait(t, "an answer to "+command, log, func() bool { return len(answersTo(fake, 1)) == i+1 })
	}
}

// commandsIn are the commands that a document's table lists.
func commandsIn(t *testing.T, document string) []string {
	t.Helper()
	data, err := os.ReadFile(document)
	if err != nil {
		t.Fatal(err)
	}
	var commands []string
	for line := range strings.Lines(string(data)) {
		if rest, ok := strings.CutPrefix(line, "| `/austauschbar"); ok {
			command, _, _ := strings.Cut(rest, "`")
			commands = append(commands, "/austauschbar"+command)
		}
	}
	if len(commands) < 4 {
		t.Fatalf("commands: %q", commands)
	}
	return commands
}

// wait waits for something to come true; what it shows where it does not is the log.
func wait(t testing.TB, what string, log func() string, true func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if true() {
			return
		}
	}
	t.Fatalf("not in a minute: %s\n%s", what, log())
}
