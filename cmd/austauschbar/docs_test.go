package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/gitlab/gitlabtest"
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

// A documented is a forge whose page tells how to run a server for it.
type documented struct {
	document string
	instead  []string          // of the page's words, what the test has: pairs
	files    map[string]string // that the page leads to
	open     func(files map[string]string)
	say      func(command string)
	hook     func(address string)
	// shown counts our summaries and our answers.
	shown func() (summaries, answers int)
}

func documentedGitHub(t *testing.T) documented {
	fake, api := newHost(t)
	fake.Permissions = map[string]string{"alice": "write"}
	key := ""
	for _, variable := range asApp(t, fake) {
		if value, ok := strings.CutPrefix(variable, "AUSTAUSCHBAR_GITHUB_PRIVATE_KEY="); ok {
			key = value
		}
	}
	return documented{
		document: "../../docs/github.md",
		instead:  []string{"APP_ID=123456", "APP_ID=12\nexport AUSTAUSCHBAR_GITHUB_PAUSE=1ms AUSTAUSCHBAR_GITHUB_URL=" + api},
		files:    map[string]string{"github-private-key.pem": key, "github-webhook-secret": webhookSecret},
		open:     func(files map[string]string) { fake.Open(1, map[string]string{"README.md": "x"}, files) },
		say:      func(command string) { fake.SayTo(1, "alice", command) },
		hook:     func(address string) { hooked(fake, address) },
		shown:    func() (int, int) { return len(summaries(fake, 1)), len(answersTo(fake, 1)) },
	}
}

func documentedGitLab(t *testing.T) documented {
	fake := gitlabtest.NewFake()
	fake.Levels["alice"] = 30
	server := httptest.NewServer(fake)
	t.Cleanup(server.Close)
	return documented{
		document: "../../docs/opencode.md",
		instead:  []string{"https://gitlab.opencode.de", server.URL},
		files:    map[string]string{"gitlab-token": gitlabtest.Token, "gitlab-webhook-secret": webhookSecret},
		open:     func(files map[string]string) { fake.Open(1, map[string]string{"README.md": "x"}, files) },
		say:      func(command string) { fake.SayTo(1, "alice", command) },
		hook: func(address string) {
			fake.Look(func() { fake.Hooks.URL, fake.Hooks.Secret = "http://"+address+"/webhooks/gitlab", webhookSecret })
		},
		shown: func() (summaries, answers int) {
			fake.Look(func() {
				for _, discussion := range fake.Merges[1].Discussion {
					for _, note := range discussion.Notes {
						if strings.HasPrefix(note.Body, bot.SummaryMarker) {
							summaries++
						}
						if _, ok := bot.AnswerOf(note.Body); ok {
							answers++
						}
					}
				}
			})
			return summaries, answers
		},
	}
}

// What the pages say to type starts a server that reviews a first change and answers
// the commands that they list.
func TestDocs(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("the pages use curl (Debian: curl)")
	}
	for name, forge := range map[string]func(*testing.T) documented{"GitHub": documentedGitHub, "GitLab": documentedGitLab} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			followed(t, forge(t))
		})
	}
}

func followed(t *testing.T, forge documented) {
	folder, port := t.TempDir(), freeAddress(t)[len("127.0.0.1"):]
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range forge.files {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(self, filepath.Join(folder, "austauschbar")); err != nil {
		t.Fatal(err)
	}
	typed := func(script string) *exec.Cmd {
		script = strings.NewReplacer(append(forge.instead, ":8080", port, "https://austauschbar.example.org", "http://localhost"+port)...).Replace(script)
		command := exec.Command("sh", "-ec", script)
		command.Dir = folder
		command.Env = append(os.Environ(), "AUSTAUSCHBAR_TEST=1", "PATH="+folder+":"+os.Getenv("PATH"))
		return command
	}
	blocks := shellBlocks(t, forge.document, "### 2. Start the server")
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

	forge.hook("localhost" + port)
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
	forge.open(map[string]string{"README.md": "x", "tender/dossier.yaml": string(manifest), "tender/Leistungsbeschreibung.docx": string(text)})
	wait(t, "a summary", log, func() bool { summaries, _ := forge.shown(); return summaries == 1 })
	for i, command := range commandsIn(t, forge.document) {
		forge.say(command)
		wait(t, "an answer to "+command, log, func() bool { _, answers := forge.shown(); return answers == i+1 })
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
