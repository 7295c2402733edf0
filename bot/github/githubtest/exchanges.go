package githubtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"sync"
)

// ExchangesVariable names the folder where fakes write down what they were asked
// and what they answered, for tools/contract to check; unset for nowhere.
const ExchangesVariable = "AUSTAUSCHBAR_EXCHANGES"

// An exchange is one line of a fake's file: a request and its answer, or an event.
type exchange struct {
	Method   string            `json:"method,omitempty"`
	URL      string            `json:"url,omitempty"`
	Header   map[string]string `json:"header,omitempty"`
	Body     json.RawMessage   `json:"body,omitempty"`
	Status   int               `json:"status,omitempty"`
	Type     string            `json:"type,omitempty"`   // the answer's content type
	Answer   json.RawMessage   `json:"answer,omitempty"` // absent where it is no JSON
	Injected bool              `json:"injected,omitempty"`
	Provoked bool              `json:"provoked,omitempty"`
	Event    string            `json:"event,omitempty"` // of a webhook, whose payload is the body
	Action   string            `json:"action,omitempty"`
}

// exchanges is a fake's file, made with its first line. Each line is written at
// once: a process that is killed loses none that was answered.
type exchanges struct {
	lock sync.Mutex
	file *os.File
}

var headersThatMatter = []string{"Accept", "Content-Type", "User-Agent", "X-GitHub-Api-Version"}

func (e *exchanges) keep(r *http.Request, body []byte, given *reply) {
	if os.Getenv(ExchangesVariable) == "" {
		return
	}
	line := exchange{
		Method: r.Method, URL: r.URL.RequestURI(), Header: map[string]string{}, Body: jsonOf(body),
		Status: given.Status, Type: given.Header().Get("Content-Type"), Answer: jsonOf(given.Body.Bytes()),
		Injected: given.injected, Provoked: given.provoked,
	}
	for _, name := range headersThatMatter {
		if value := r.Header.Get(name); value != "" {
			line.Header[name] = value
		}
	}
	e.write(line)
}

func (e *exchanges) keepEvent(delivery Delivery, payload []byte) {
	if os.Getenv(ExchangesVariable) != "" {
		e.write(exchange{Event: delivery.Event, Action: delivery.Action, Body: payload})
	}
}

// jsonOf is a body that is JSON; nil for any other.
func jsonOf(body []byte) json.RawMessage {
	if !json.Valid(body) {
		return nil
	}
	return body
}

// write stops the tests where it cannot: what is not written would not be checked.
func (e *exchanges) write(line exchange) {
	data, err := json.Marshal(line)
	if err != nil {
		panic(err)
	}
	e.lock.Lock()
	defer e.lock.Unlock()
	if e.file == nil {
		if e.file, err = os.CreateTemp(os.Getenv(ExchangesVariable), "fake-*.jsonl"); err != nil {
			panic(fmt.Sprintf("write down exchanges: %v", err))
		}
	}
	if _, err := e.file.Write(append(data, '\n')); err != nil {
		panic(fmt.Sprintf("write down exchanges: %v", err))
	}
}
