// Package browsertest drives a headless Chromium in tests, over a pipe and without any
// other program: https://chromedevtools.github.io/devtools-protocol/.
package browsertest

import (
	"bufio"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// patience bounds each step of a page.
const patience = 60 * time.Second

// A Page is a tab of a Chromium that ends with its test.
type Page struct {
	t         testing.TB
	to        *os.File
	answers   chan message
	next      int
	session   string
	requested []string // addresses since the page was opened
}

type message struct {
	ID     int             `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
	Result json.RawMessage `json:"result"`
	Error  *struct {
		Message string `json:"message"`
	} `json:"error"`
}

// Command is where Chromium lies; "" where it does not.
func Command() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if at, err := exec.LookPath(name); err == nil {
			return at
		}
	}
	return ""
}

// Start starts a Chromium with an empty profile. The caller has made sure that there is
// one.
func Start(t testing.TB) *Page {
	t.Helper()
	fromUs, to, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	from, fromIt, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	profile, err := os.MkdirTemp("", "browser")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	command := exec.CommandContext(ctx, Command(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
		"--user-data-dir="+profile, "--remote-debugging-pipe", "about:blank")
	command.ExtraFiles = []*os.File{fromUs, fromIt} // 3 and 4
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	fromUs.Close()
	fromIt.Close()
	p := &Page{t: t, to: to, answers: make(chan message, 10_000)}
	go p.listen(from)
	t.Cleanup(func() {
		cancel()
		_ = command.Wait() // it was killed
		to.Close()
		from.Close()
		remove(profile)
	})
	var target struct{ TargetID string }
	p.Do("Target.createTarget", map[string]any{"url": "about:blank"}, &target)
	var attached struct{ SessionID string }
	p.Do("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &attached)
	p.session = attached.SessionID
	for _, domain := range []string{"Page", "Network", "Runtime"} {
		p.Do(domain+".enable", nil, nil)
	}
	return p
}

// remove removes a profile, into which Chromium's other processes may write for a moment
// after it was killed.
func remove(profile string) {
	for range 50 {
		if os.RemoveAll(profile) == nil {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// listen hands on what Chromium says: messages that end in a zero byte.
func (p *Page) listen(from *os.File) {
	defer close(p.answers)
	reader := bufio.NewReader(from)
	for {
		text, err := reader.ReadBytes(0)
		if err != nil {
			return
		}
		var said message
		if json.Unmarshal(text[:len(text)-1], &said) == nil {
			p.answers <- said
		}
	}
}

// Do asks for something and waits for the answer.
func (p *Page) Do(method string, params map[string]any, result any) {
	p.t.Helper()
	p.next++
	asked := map[string]any{"id": p.next, "method": method, "params": params}
	if params == nil {
		asked["params"] = map[string]any{}
	}
	if p.session != "" {
		asked["sessionId"] = p.session
	}
	text, err := json.Marshal(asked)
	if err != nil {
		p.t.Fatal(err)
	}
	if _, err := p.to.Write(append(text, 0)); err != nil {
		p.t.Fatalf("%s: %v", method, err)
	}
	said := p.await(method, func(m message) bool { return m.ID == p.next })
	if said.Error != nil {
		p.t.Fatalf("%s: %s", method, said.Error.Message)
	}
	if result != nil {
		if err := json.Unmarshal(said.Result, result); err != nil {
			p.t.Fatalf("%s: %v", method, err)
		}
	}
}

// await waits for a message and notes the requests before it.
func (p *Page) await(what string, wanted func(message) bool) message {
	p.t.Helper()
	late := time.After(patience)
	for {
		select {
		case said, ok := <-p.answers:
			if !ok {
				p.t.Fatalf("%s: Chromium has ended", what)
			}
			if said.Method == "Network.requestWillBeSent" {
				var sent struct{ Request struct{ URL string } }
				if json.Unmarshal(said.Params, &sent) == nil {
					p.requested = append(p.requested, sent.Request.URL)
				}
			}
			if wanted(said) {
				return said
			}
		case <-late:
			p.t.Fatalf("%s: no answer within %v", what, patience)
		}
	}
}

// Open loads an address and waits until all of it is there.
func (p *Page) Open(address string) {
	p.t.Helper()
	p.requested = nil
	p.Do("Page.navigate", map[string]any{"url": address}, nil)
	p.await("load "+address, func(m message) bool { return m.Method == "Page.loadEventFired" })
}

// Requested lists the addresses that were asked for since the page was opened, its own
// included.
func (p *Page) Requested() []string { return p.requested }

// Width makes the window as wide as that, in CSS pixels.
func (p *Page) Width(pixels int) {
	p.t.Helper()
	p.Do("Emulation.setDeviceMetricsOverride", map[string]any{"width": pixels, "height": 900, "deviceScaleFactor": 1, "mobile": false}, nil)
}

// Scheme is what the reader prefers: "light", "dark".
func (p *Page) Scheme(colours string) {
	p.t.Helper()
	p.Do("Emulation.setEmulatedMedia", map[string]any{"features": []map[string]any{{"name": "prefers-color-scheme", "value": colours}}}, nil)
}

// Evaluate runs a script in the page, which may give a promise, and reads what it
// gives.
func (p *Page) Evaluate(script string, result any) {
	p.t.Helper()
	var said struct {
		Result           struct{ Value json.RawMessage }
		ExceptionDetails *struct {
			Text      string
			Exception struct{ Description string }
		}
	}
	p.Do("Runtime.evaluate", map[string]any{"expression": script, "awaitPromise": true, "returnByValue": true}, &said)
	if failed := said.ExceptionDetails; failed != nil {
		p.t.Fatalf("%.80s: %s %s", script, failed.Text, failed.Exception.Description)
	}
	if result != nil {
		if err := json.Unmarshal(said.Result.Value, result); err != nil {
			p.t.Fatalf("%.80s: %v", script, err)
		}
	}
}

// Tab presses the key.
func (p *Page) Tab() {
	p.t.Helper()
	for _, kind := range []string{"keyDown", "keyUp"} {
		p.Do("Input.dispatchKeyEvent", map[string]any{"type": kind, "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}, nil)
	}
}

// Press presses the key that opens what has the focus.
func (p *Page) Press() {
	p.t.Helper()
	p.Do("Input.dispatchKeyEvent", map[string]any{"type": "keyDown", "key": "Enter", "code": "Enter", "text": "\r", "windowsVirtualKeyCode": 13}, nil)
	p.Do("Input.dispatchKeyEvent", map[string]any{"type": "keyUp", "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13}, nil)
}

// PDF prints the page as its style says.
func (p *Page) PDF() []byte {
	p.t.Helper()
	return p.data("Page.printToPDF", map[string]any{"printBackground": true, "preferCSSPageSize": true})
}

func (p *Page) data(method string, params map[string]any) []byte {
	p.t.Helper()
	var said struct{ Data string }
	p.Do(method, params, &said)
	data, err := base64.StdEncoding.DecodeString(said.Data)
	if err != nil {
		p.t.Fatal(err)
	}
	return data
}

// A Violation is what axe-core objects to.
type Violation struct {
	ID    string
	Help  string
	Nodes []struct{ HTML string }
}

func (v Violation) String() string {
	text := fmt.Sprintf("%s: %s, %d places", v.ID, v.Help, len(v.Nodes))
	for _, node := range v.Nodes[:min(3, len(v.Nodes))] {
		text += "\n\t" + strings.TrimSpace(node.HTML)
	}
	return text
}

// Violations are those of WCAG 2.2 up to AA and of best practice, as axe-core, whose
// source is handed over, finds them.
func (p *Page) Violations(axe string) []Violation {
	p.t.Helper()
	p.Evaluate(axe+"\n;0", nil)
	var found []Violation
	p.Evaluate(`axe.run(document, {resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
		.then(result => result.violations.map(v => ({id: v.id, help: v.help, nodes: v.nodes.map(n => ({html: n.html}))})))`, &found)
	return found
}
