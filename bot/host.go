package bot

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/austauschbar/austauschbar"
)

// ErrUnverified says that a delivery does not bear the signature it should.
var ErrUnverified = errors.New("the delivery is not signed with our secret")

// A Host is one instance of a forge as the server knows it: it sends webhooks and
// has many repositories.
type Host interface {
	// Hear verifies a webhook's delivery and says what it asks for. It sends
	// nothing. Its error wraps ErrUnverified where the signature is missing or
	// wrong; any other error says that the body is not understood.
	Hear(header http.Header, body []byte) (Delivery, error)
	// Forge returns the forge as it serves a change's repository, by an account
	// that may write there.
	Forge(context.Context, austauschbar.Change) (Forge, error)
	// Recent calls visit with each open change that has moved since a time, its
	// head included. An error of visit ends it.
	Recent(ctx context.Context, since time.Time, visit func(austauschbar.Change) error) error
}

// A Delivery is what a webhook tells.
type Delivery struct {
	ID      string                // the forge's, the same where it is sent again
	Event   string                // "pull_request.opened": for logs and metrics, of a closed set
	Changes []austauschbar.Change // to review; empty where the event asks for nothing
	Sweep   bool                  // repositories were added: look for their changes
	// Seen shows a person who gave a command that it has arrived; nil for nothing
	// to show.
	Seen func(context.Context) error
}

// NewDelivery returns a delivery of an event that asks for nothing.
func NewDelivery(id string) (Delivery, error) {
	if !IsPlain(id) || len(id) > 100 {
		return Delivery{}, errors.New("read webhook: the delivery has no id")
	}
	return Delivery{ID: id, Event: "other"}, nil
}

// NameEvent names an event by its kind and the action that its body tells:
// "pull_request.opened".
func NameEvent(kind string, body []byte) (string, error) {
	var told struct{ Action string }
	if err := json.Unmarshal(body, &told); err != nil {
		return "", fmt.Errorf("read webhook %q: %w", kind, err)
	}
	if told.Action == "" {
		return kind, nil
	}
	return kind + "." + told.Action, nil
}

// CheckHead says when what a webhook tells as a change's head is no commit. Some tell
// none.
func CheckHead(change austauschbar.Change) error {
	if change.Head != "" && !IsCommit(change.Head) {
		return fmt.Errorf("%q is no commit", change.Head)
	}
	return nil
}

// IsSigned says whether a webhook's body bears the HMAC-SHA256, in hexadecimal, that the
// secret gives. An empty secret signs nothing.
func IsSigned(secret, body []byte, signature string) bool {
	sum, err := hex.DecodeString(signature)
	if err != nil || len(secret) == 0 {
		return false
	}
	mac := hmac.New(sha256.New, secret)
	mac.Write(body)
	return hmac.Equal(sum, mac.Sum(nil))
}

// IsCommit says whether a text is a commit's id, of SHA-1 or SHA-256.
func IsCommit(id string) bool {
	return (len(id) == 40 || len(id) == 64) && strings.Trim(id, "0123456789abcdef") == ""
}

// IsPlain says whether a name can stand in an address as it is.
func IsPlain(name string) bool {
	return name != "" && name != "." && name != ".." && strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") == ""
}

// ParseID reads the number by which a forge calls a comment.
func ParseID(id string) (int64, error) {
	parsed, err := strconv.ParseInt(id, 10, 64)
	if err != nil || parsed < 1 {
		return 0, fmt.Errorf("%q is no comment's id", id)
	}
	return parsed, nil
}

// LF undoes the line ends that browsers leave in what people write or edit.
func LF(text string) string { return strings.ReplaceAll(text, "\r\n", "\n") }

// EscapePath makes a path fit for an address; its slashes stay.
func EscapePath(name string) string {
	segments := strings.Split(name, "/")
	for i, segment := range segments {
		segments[i] = url.PathEscape(segment)
	}
	return strings.Join(segments, "/")
}
