package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/blobs"
)

// HostOptions are what a Host needs to know. It is either an App, or has a token.
type HostOptions struct {
	API     string // as in Options, like all below that has the same name
	GraphQL string
	Token   string // of a user
	App     int64  // the App's id
	Key     []byte // the App's private key, PEM
	Secret  string // of the webhook; never empty
	HTTP    *http.Client

	Labels    string
	MaxInline int
	// Blobs serves all repositories. An id is only asked for where a repository
	// lists it.
	Blobs    blobs.Store
	Pause    time.Duration
	Patience time.Duration
}

// A Host is one GitHub: the public one, or an Enterprise server. It may be used by
// several goroutines.
type Host struct {
	secret []byte
	forge  *Forge // the token's; nil for an App
	app    *app   // nil for a token
}

var _ bot.Host = (*Host)(nil)

// NewHost returns a host. It sends nothing yet.
func NewHost(options HostOptions) (*Host, error) {
	isApp := options.App != 0 || len(options.Key) > 0
	switch {
	case options.Secret == "":
		return nil, errors.New("set up GitHub: the webhook's secret is empty, so that anybody could send events")
	case isApp == (options.Token != ""):
		return nil, errors.New("set up GitHub: it takes either a token, or an App's id and private key")
	case isApp && (options.App <= 0 || len(options.Key) == 0):
		return nil, errors.New("set up GitHub: an App needs both its id and its private key")
	}
	forge := Options{
		API: options.API, GraphQL: options.GraphQL, Token: options.Token, HTTP: options.HTTP,
		Checks: isApp, Resolve: true, Labels: options.Labels, MaxInline: options.MaxInline,
		Blobs: options.Blobs, Pause: options.Pause, Patience: options.Patience,
	}
	if forge.Blobs == nil {
		forge.Blobs = blobs.Memory(maxBlobs)
	}
	host, err := &Host{secret: []byte(options.Secret)}, error(nil)
	if isApp {
		host.app, err = newApp(options.App, options.Key, forge)
	} else {
		host.forge, err = New(forge)
	}
	if err != nil {
		return nil, fmt.Errorf("set up GitHub: %w", err)
	}
	return host, nil
}

// Forge returns the forge as it serves a change's repository: for an App, by its
// installation there.
func (h *Host) Forge(ctx context.Context, change austauschbar.Change) (bot.Forge, error) {
	at, err := placeOf(change)
	if err != nil {
		return nil, fmt.Errorf("find our account: %w", err)
	}
	forge, err := h.at(ctx, at)
	if err != nil {
		return nil, fmt.Errorf("find our account for %s: %w", at, classified(err))
	}
	return forge, nil
}

func (h *Host) at(ctx context.Context, at place) (*Forge, error) {
	if h.app == nil {
		return h.forge, nil
	}
	return h.app.find(ctx, at.owner, at.name)
}
