package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// An exchange is one line that a fake wrote down: a request with its answer, or a
// webhook with its payload. The fake's side is bot/github/githubtest/exchanges.go.
type exchange struct {
	Method   string            `json:"method"`
	URL      string            `json:"url"` // path and query
	Header   map[string]string `json:"header"`
	Body     json.RawMessage   `json:"body"` // absent for none
	Status   int               `json:"status"`
	Type     string            `json:"type"`     // the answer's content type
	Answer   json.RawMessage   `json:"answer"`   // absent where it is no JSON
	Injected bool              `json:"injected"` // the answer is the test's, not GitHub's
	Provoked bool              `json:"provoked"` // the test asks for a refusal
	Event    string            `json:"event"`    // of a webhook
	Action   string            `json:"action"`
}

// readExchanges reads all files of a folder. A last line that broke off is left
// out: its process was killed.
func readExchanges(folder string) ([]exchange, error) {
	names, err := filepath.Glob(filepath.Join(folder, "*.jsonl"))
	if err != nil {
		return nil, err
	}
	var lines []exchange
	for _, name := range names {
		read, err := readFile(name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		lines = append(lines, read...)
	}
	if len(lines) == 0 {
		return nil, fmt.Errorf("nothing was written down in %s", folder)
	}
	return lines, nil
}

func readFile(name string) ([]exchange, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var lines []exchange
	for reader := bufio.NewReader(file); ; {
		text, err := reader.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return lines, nil
		}
		if err != nil {
			return nil, err
		}
		var line exchange
		if err := json.Unmarshal(text, &line); err != nil {
			return nil, fmt.Errorf("line %d: %w", len(lines)+1, err)
		}
		lines = append(lines, line)
	}
}

// path is without query; a webhook's is made up of its names, as in the
// description.
func (e exchange) path() string {
	if e.Event != "" {
		return webhookPath(strings.ReplaceAll(e.Event+"-"+e.Action, "_", "-"))
	}
	path, _, _ := strings.Cut(e.URL, "?")
	return path
}

// request is the exchange's request, as if it were sent to GitHub.
func (e exchange) request() (*http.Request, error) {
	method, target := e.Method, e.URL
	if e.Event != "" {
		method, target = http.MethodPost, e.path()
	}
	parsed, err := url.Parse("https://api.github.com" + target)
	if err != nil {
		return nil, err
	}
	request := &http.Request{Method: method, URL: parsed, Host: parsed.Host, Header: http.Header{}, Body: http.NoBody}
	for name, value := range e.Header {
		request.Header.Set(name, value)
	}
	if e.Event != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	if e.Body != nil {
		request.Body, request.ContentLength = io.NopCloser(strings.NewReader(string(e.Body))), int64(len(e.Body))
	}
	return request, nil
}

// refused says whether the answer is a refusal that the test asked for.
func (e exchange) refused() bool { return e.Provoked && e.Status >= 400 && e.Status < 500 }
