// Package replies holds the answers of a forge's fake back while it is locked.
package replies

import (
	"bytes"
	"maps"
	"net/http"
)

// A Reply is an answer that is written while the fake is locked and sent when it is
// not.
type Reply struct {
	Status int
	Body   bytes.Buffer
	header http.Header
}

// New returns an answer without a body, which is fine unless said otherwise.
func New() Reply { return Reply{Status: http.StatusOK, header: http.Header{}} }

func (r *Reply) Header() http.Header            { return r.header }
func (r *Reply) WriteHeader(status int)         { r.Status = status }
func (r *Reply) Write(data []byte) (int, error) { return r.Body.Write(data) }

// Send sends the answer.
func (r *Reply) Send(w http.ResponseWriter) {
	maps.Copy(w.Header(), r.header)
	w.WriteHeader(r.Status)
	_, _ = w.Write(r.Body.Bytes())
}
