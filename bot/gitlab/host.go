package gitlab

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
)

// HostOptions are what a Host needs to know.
type HostOptions struct {
	URL   string // of the instance, as https://gitlab.opencode.de
	Token string // as in Options, like all below that has the same name
	// Secret is what GitLab shows to be the sender: the secret token, sent as it is,
	// or the signing token, which begins with "whsec_". Never empty.
	Secret string
	HTTP   *http.Client

	Labels    string
	MaxInline int
	Blobs     Blobs
	Patience  time.Duration
}

// A Host is one GitLab, with the projects that one account is a member of. It may be
// used by several goroutines.
type Host struct {
	secret []byte
	key    []byte // that signs deliveries; nil where the secret is sent as it is
	forge  *Forge
	now    func() time.Time
}

var _ bot.Host = (*Host)(nil)

// signingPrefix begins a signing token; the rest is the key in Base64.
const signingPrefix = "whsec_"

// NewHost returns a host. It sends nothing yet.
func NewHost(options HostOptions) (*Host, error) {
	if options.Secret == "" {
		return nil, errors.New("set up GitLab: the webhook's secret is empty, so that anybody could send events")
	}
	if err := checkAddress(options.URL); err != nil {
		return nil, fmt.Errorf("set up GitLab: read the instance's address: %w", err)
	}
	host := &Host{secret: []byte(options.Secret), now: time.Now}
	if encoded, signs := strings.CutPrefix(options.Secret, signingPrefix); signs {
		key, err := base64.StdEncoding.DecodeString(encoded)
		if err != nil || len(key) == 0 {
			return nil, errors.New("set up GitLab: the webhook's signing token is not whole")
		}
		host.key = key
	}
	var err error
	host.forge, err = New(Options{
		API: strings.TrimSuffix(options.URL, "/") + "/api/v4", Token: options.Token, HTTP: options.HTTP,
		Labels: options.Labels, MaxInline: options.MaxInline, Blobs: options.Blobs, Patience: options.Patience,
	})
	if err != nil {
		return nil, fmt.Errorf("set up GitLab: %w", err)
	}
	return host, nil
}

// Forge returns the forge, the same for all projects.
func (h *Host) Forge(_ context.Context, change austauschbar.Change) (bot.Forge, error) {
	if _, err := placeOf(change); err != nil {
		return nil, fmt.Errorf("find our account: %w", err)
	}
	return h.forge, nil
}
