// Package gitlab is GitLab's forge, openCoDE's among them: merge requests and webhooks
// in; a summary, discussions at lines, a commit status, labels and answers out.
package gitlab

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"gitlab.com/gitlab-org/api/client-go/v2"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/blobs"
	"github.com/austauschbar/austauschbar/bot/courier"
)

// statusName is what our commit status is called. Rules of projects name it, so it
// never changes.
const statusName = "Austauschbar"

// maxBody is GitLab's limit of a note. It counts characters; we count bytes, which are
// never fewer.
const maxBody = 1_000_000

// maxBlobs bounds the store of blobs that stands in where none is given, in bytes.
const maxBlobs = 256 << 20

// Options are what a Forge needs to know.
type Options struct {
	API   string // root of the REST API, as https://gitlab.opencode.de/api/v4
	Token string // of a project, a group or a user, with the scope "api"
	// HTTP sends the requests; nil for the default. Only its transport is used:
	// its timeout would end waits for a rate limit.
	HTTP      *http.Client
	Labels    string        // what our labels begin with; "" for no labels
	MaxInline int           // inline comments of one change; 0 for no limit
	Blobs     blobs.Store   // keeps what was fetched; nil for 256 MiB in memory
	Patience  time.Duration // longest wait of one request for a rate limit; 0 for two minutes
}

// A Forge reads from and writes to GitLab as one account. It may be used by several
// goroutines.
type Forge struct {
	client  *gitlab.Client
	options Options
	blobs   blobs.Store
	limits  limits

	noResolve atomic.Bool // what GitLab refused once is not asked for again

	selfLock sync.Mutex
	self     int64 // id of the account that we write as; 0 before it is known
}

var (
	_ bot.Forge = (*Forge)(nil)
)

// New returns a forge. It sends nothing yet.
func New(options Options) (*Forge, error) {
	if err := checkAddress(options.API); err != nil {
		return nil, fmt.Errorf("read the API's address: %w", err)
	}
	if options.Token == "" {
		return nil, errors.New("the token is empty")
	}
	waiting := newLimits(options)
	// Retries and limits are ours: the library would send writes again, and spread
	// requests by a limit that it guesses.
	client, err := gitlab.NewClient(options.Token, gitlab.WithBaseURL(options.API), gitlab.WithoutRetries(),
		gitlab.WithUserAgent("austauschbar"), gitlab.WithHTTPClient(&http.Client{Transport: waiting, CheckRedirect: sameHost}))
	if err != nil {
		return nil, err
	}
	store := options.Blobs
	if store == nil {
		store = blobs.Memory(maxBlobs)
	}
	return &Forge{client: client, options: options, blobs: store, limits: waiting}, nil
}

func checkAddress(given string) error {
	parsed, err := url.Parse(given)
	if err != nil {
		return err
	}
	if parsed.Scheme != "https" && parsed.Scheme != "http" || parsed.Host == "" {
		return fmt.Errorf("%q is no web address", given)
	}
	return nil
}

// sameHost follows redirects of renamed projects as a courier does, but for a write: it
// would become a read, and pass for done.
func sameHost(request *http.Request, via []*http.Request) error {
	if err := courier.SameHost(request, via); err != nil {
		return err
	}
	if request.Method != via[0].Method {
		return fmt.Errorf("follow redirect: the project has moved to %s", request.URL.Path)
	}
	return nil
}

// Can says what the account may do.
func (f *Forge) Can() bot.Capabilities {
	return bot.Capabilities{
		Summary: true, Inline: true, File: true, Suggestions: true,
		Resolve: !f.noResolve.Load(),
		Status:  true,
		Labels:  f.options.Labels != "",
		MaxBody: maxBody, MaxInline: f.options.MaxInline,
		Spell: spell,
	}
}

// A place is the merge request that a change stands for.
type place struct {
	project string // path with namespace
	number  int64
}

func placeOf(change austauschbar.Change) (place, error) {
	names := strings.Split(change.Repository, "/")
	if len(names) < 2 {
		return place{}, fmt.Errorf("repository %q is not group/project", change.Repository)
	}
	for _, name := range names {
		if !bot.IsPlain(name) {
			return place{}, fmt.Errorf("repository %q is not group/project", change.Repository)
		}
	}
	if change.Number < 1 {
		return place{}, fmt.Errorf("%d is no merge request's number", change.Number)
	}
	return place{change.Repository, int64(change.Number)}, nil
}

func (p place) String() string { return fmt.Sprintf("%s!%d", p.project, p.number) }

// us returns the account that we write as: the user of the token, or the bot that
// GitLab makes for the token of a project or group.
func (f *Forge) us(ctx context.Context) (int64, error) {
	f.selfLock.Lock()
	defer f.selfLock.Unlock()
	if f.self != 0 {
		return f.self, nil
	}
	user, _, err := f.client.Users.CurrentUser(gitlab.WithContext(ctx))
	if err != nil {
		return 0, fmt.Errorf("ask who we are: %w", err)
	}
	if user.ID == 0 {
		return 0, errors.New("ask who we are: GitLab tells nobody")
	}
	f.self = user.ID
	return f.self, nil
}

// pages calls list for one page after the other; further is what asks for the next
// one.
func pages(ctx context.Context, list func(further ...gitlab.RequestOptionFunc) (*gitlab.Response, error)) error {
	options := []gitlab.RequestOptionFunc{gitlab.WithContext(ctx)}
	for {
		response, err := list(options...)
		if err != nil {
			return err
		}
		next, more := gitlab.WithNext(response)
		if !more {
			return nil
		}
		options = []gitlab.RequestOptionFunc{gitlab.WithContext(ctx), next}
	}
}

// perPage asks for as many entries of a list as GitLab gives at once.
var perPage = gitlab.ListOptions{PerPage: 100}
