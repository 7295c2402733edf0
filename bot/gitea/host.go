package gitea

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/blobs"
)

// keepForge is how long a forge is used before the instance is asked for its version
// again: it may have been updated.
const keepForge = time.Hour

// A Host is one instance. It may be used by several goroutines.
type Host struct {
	secret  []byte
	options Options
	now     func() time.Time

	lock  sync.Mutex
	forge *Forge // nil before the first use
	until time.Time
}

var _ bot.Host = (*Host)(nil)

// NewHost returns a host whose webhooks bear signatures by a secret. It sends nothing
// yet.
func NewHost(options Options, secret string) (*Host, error) {
	switch _, err := address(options.URL); {
	case err != nil:
		return nil, fmt.Errorf("set up Gitea: %w", err)
	case secret == "":
		return nil, errors.New("set up Gitea: the webhook's secret is empty, so that anybody could send events")
	case options.Token == "":
		return nil, errors.New("set up Gitea: the token is empty")
	}
	if options.Blobs == nil {
		options.Blobs = blobs.Memory(maxBlobs)
	}
	return &Host{secret: []byte(secret), options: options, now: time.Now}, nil
}

// Forge returns the forge, which serves all repositories alike.
func (h *Host) Forge(ctx context.Context, change austauschbar.Change) (bot.Forge, error) {
	if _, err := placeOf(change); err != nil {
		return nil, fmt.Errorf("find our account: %w", err)
	}
	return h.at(ctx)
}

func (h *Host) at(ctx context.Context) (*Forge, error) {
	h.lock.Lock()
	defer h.lock.Unlock()
	if h.forge != nil && h.now().Before(h.until) {
		return h.forge, nil
	}
	forge, err := New(ctx, h.options)
	if err != nil {
		return nil, err
	}
	h.forge, h.until = forge, h.now().Add(keepForge)
	return forge, nil
}

// react shows a person that a command has arrived.
func (h *Host) react(ctx context.Context, at place, command command) error {
	forge, err := h.at(ctx)
	if err == nil {
		err = forge.react(ctx, at, command)
	}
	if err != nil {
		return fmt.Errorf("react to comment %d of %s: %w", command.id, at, classified(err))
	}
	return nil
}

// either returns the first of two headers that is set: Forgejo sends both, the same.
func either(header http.Header, name string) string {
	if value := header.Get("X-Gitea-" + name); value != "" {
		return value
	}
	return header.Get("X-Forgejo-" + name)
}
