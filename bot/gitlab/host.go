package gitlab

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"gitlab.com/gitlab-org/api/client-go/v2"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/blobs"
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
	Blobs     blobs.Store
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

// Forge returns the forge, the same for all projects that our account is a member of.
// Its error wraps bot.ErrForbidden for any other: a system hook tells of them too, and
// nobody there has asked for reviews.
func (h *Host) Forge(ctx context.Context, change austauschbar.Change) (bot.Forge, error) {
	at, err := placeOf(change)
	if err != nil {
		return nil, fmt.Errorf("find our account: %w", err)
	}
	if err := classified(h.forge.belongs(ctx, at)); err != nil {
		return nil, fmt.Errorf("find our account for %s: %w", at, err)
	}
	return h.forge, nil
}

// belongs refuses a project that our account is no member of.
func (f *Forge) belongs(ctx context.Context, at place) error {
	us, err := f.us(ctx)
	if err != nil {
		return err
	}
	_, _, err = f.client.ProjectMembers.GetInheritedProjectMember(at.project, us, gitlab.WithContext(ctx))
	if status(err) == http.StatusNotFound {
		return fmt.Errorf("%w: it is no member", bot.ErrForbidden)
	}
	return err
}

// react shows at a command that it has arrived, or that its author may not give it.
func (h *Host) react(ctx context.Context, at place, command command) error {
	err := h.forge.belongs(ctx, at)
	if err == nil {
		err = h.forge.award(ctx, at, command)
	}
	if err != nil {
		return fmt.Errorf("react to note %d of %s: %w", command.note, at, classified(err))
	}
	return nil
}
