// Package github is GitHub's forge: pull requests and webhooks in; a summary, a review
// with inline comments, a check run, labels and answers out.
package github

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/go-github/v62/github"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/blobs"
	"github.com/austauschbar/austauschbar/bot/courier"
)

// checkName is what our check run and commit status are called. Required checks
// name it, so it never changes.
const checkName = "Austauschbar"

// maxBody is GitHub's limit of a comment. It counts characters; we count bytes,
// which are never fewer.
const maxBody = 65_536

// maxBlobs bounds the store of blobs that stands in where none is given, in bytes.
const maxBlobs = 256 << 20

// Options are what a Forge needs to know.
type Options struct {
	API     string // base URL of the REST API; "" for https://api.github.com/
	GraphQL string // URL of the GraphQL API; "" for the one beside API
	Token   string // "" where HTTP signs requests itself, as for an App's installation
	// Login is the account that we write as: "<slug>[bot]" for an App,
	// "github-actions[bot]" for the token of GitHub Actions. "" to ask GitHub,
	// which answers a user's token only.
	Login string
	// HTTP sends the requests; nil for the default. Only its transport is used:
	// its timeout would end waits for a rate limit.
	HTTP *http.Client
	// Checks says that the token may write check runs; a commit status is
	// written else. Users' tokens may not.
	Checks bool
	// Resolve says that the token may resolve threads. Apps were seen to need
	// "contents: write" for it.
	Resolve   bool
	Labels    string        // what our labels begin with; "" for no labels
	MaxInline int           // inline comments of one change; 0 for no limit
	Blobs     blobs.Store   // keeps what was fetched; nil for 256 MiB in memory
	Pause     time.Duration // between two writes; 0 for the second that GitHub asks for
	Patience  time.Duration // longest wait of one request for a rate limit; 0 for two minutes
}

// A Forge reads from and writes to GitHub as one account. It may be used by several
// goroutines; writes are spaced over all of them.
type Forge struct {
	client  *github.Client
	graphQL string
	options Options
	blobs   blobs.Store
	courier *courier.Courier

	// What GitHub refused once is not asked for again.
	noChecks, noResolve, noGraphQL atomic.Bool

	loginLock sync.Mutex
	login     string
}

var (
	_ bot.Forge = (*Forge)(nil)
)

// New returns a forge. It sends nothing yet.
func New(options Options) (*Forge, error) {
	api, err := apiAddress(options.API)
	if err != nil {
		return nil, err
	}
	graphQL, err := address(options.GraphQL, graphQLBeside(*api))
	if err != nil {
		return nil, fmt.Errorf("read the GraphQL API's address: %w", err)
	}
	carrier := newCourier(options)
	store := options.Blobs
	if store == nil {
		store = blobs.Memory(maxBlobs)
	}
	return &Forge{client: newClient(api, carrier), graphQL: graphQL.String(), options: options, blobs: store, courier: carrier, login: options.Login}, nil
}

func newClient(api *url.URL, transport http.RoundTripper) *github.Client {
	client := github.NewClient(&http.Client{Transport: transport, CheckRedirect: courier.SameHost})
	client.BaseURL, client.UserAgent = api, "austauschbar"
	return client
}

// apiAddress is the REST API's base URL, which ends with a slash.
func apiAddress(given string) (*url.URL, error) {
	api, err := address(given, "https://api.github.com/")
	if err != nil {
		return nil, fmt.Errorf("read the API's address: %w", err)
	}
	if !strings.HasSuffix(api.Path, "/") {
		api.Path += "/"
	}
	return api, nil
}

func address(given, standard string) (*url.URL, error) {
	if given == "" {
		given = standard
	}
	parsed, err := url.Parse(given)
	if err != nil {
		return nil, err
	}
	if parsed.Scheme != "https" && parsed.Scheme != "http" || parsed.Host == "" {
		return nil, fmt.Errorf("%q is no web address", given)
	}
	return parsed, nil
}

// graphQLBeside derives the GraphQL address: an Enterprise server has its REST API at
// /api/v3/ and GraphQL at /api/graphql.
func graphQLBeside(api url.URL) string {
	api.Path = strings.TrimSuffix(api.Path, "v3/") + "graphql"
	return api.String()
}

// Can says what the account may do.
func (f *Forge) Can() bot.Capabilities {
	checks := f.options.Checks && !f.noChecks.Load()
	return bot.Capabilities{
		Summary: true, Inline: true, File: true, Suggestions: true,
		Resolve: f.options.Resolve && !f.noResolve.Load() && !f.noGraphQL.Load(),
		Checks:  checks, Status: !checks,
		Labels:  f.options.Labels != "",
		MaxBody: maxBody, MaxInline: f.options.MaxInline,
	}
}

// A place is the pull request that a change stands for.
type place struct {
	owner, name string
	number      int
}

func placeOf(change austauschbar.Change) (place, error) {
	owner, name, ok := strings.Cut(change.Repository, "/")
	if !ok || !bot.IsPlain(owner) || !bot.IsPlain(name) {
		return place{}, fmt.Errorf("repository %q is not owner/name", change.Repository)
	}
	if change.Number < 1 {
		return place{}, fmt.Errorf("%d is no pull request's number", change.Number)
	}
	return place{owner, name, change.Number}, nil
}

func (p place) String() string { return fmt.Sprintf("%s/%s#%d", p.owner, p.name, p.number) }

// url is an address below the repository.
func (p place) url(format string, args ...any) string {
	return fmt.Sprintf("repos/%s/%s/", p.owner, p.name) + fmt.Sprintf(format, args...)
}

// us returns the login that we write as.
func (f *Forge) us(ctx context.Context) (string, error) {
	f.loginLock.Lock()
	defer f.loginLock.Unlock()
	if f.login != "" {
		return f.login, nil
	}
	user, _, err := f.client.Users.Get(ctx, "")
	if err != nil {
		return "", fmt.Errorf("ask who we are, since no login is set: %w", err)
	}
	f.login = user.GetLogin()
	return f.login, nil
}

// each calls list for one page after the other; list says which is the next.
func each(list func(github.ListOptions) (*github.Response, error)) error {
	for page := (github.ListOptions{PerPage: 100}); ; {
		response, err := list(page)
		if err != nil {
			return err
		}
		if response.NextPage == 0 {
			return nil
		}
		page.Page = response.NextPage
	}
}
