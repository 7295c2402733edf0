// Package gitea is the forge of Gitea and of Forgejo, which Codeberg runs: pull
// requests and webhooks in; a summary, a review with inline comments, a commit
// status, labels and answers out.
package gitea

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"code.gitea.io/sdk/gitea"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/blobs"
	"github.com/austauschbar/austauschbar/bot/courier"
)

// checkName is what our commit status is called. Required checks name it, so it
// never changes.
const checkName = "Austauschbar"

// maxBlobs bounds the store of blobs that stands in where none is given, in bytes.
const maxBlobs = 256 << 20

// Options are what a Forge needs to know.
type Options struct {
	URL   string // of the instance: "https://codeberg.org"
	Token string
	// HTTP sends the requests; nil for the default. Only its transport is used:
	// its timeout would end waits for a rate limit.
	HTTP      *http.Client
	Labels    string        // what our labels begin with; "" for no labels
	MaxInline int           // inline comments of one change; 0 for no limit
	Blobs     blobs.Store   // keeps what was fetched; nil for 256 MiB in memory
	Patience  time.Duration // longest wait of one request for a rate limit; 0 for two minutes
}

// A Forge reads from and writes to one instance as one account. It may be used by
// several goroutines.
type Forge struct {
	root    string // address of the instance, without a slash at its end
	http    *http.Client
	options Options
	blobs   blobs.Store
	server  features

	noResolve atomic.Bool // what was refused once is not asked for again

	accountLock sync.Mutex
	account     *gitea.User // that we write as; nil before it is asked for
}

var (
	_ bot.Forge = (*Forge)(nil)
)

// New returns a forge. It asks the instance for its version, since what it can
// depends on it.
func New(ctx context.Context, options Options) (*Forge, error) {
	root, err := address(options.URL)
	if err != nil {
		return nil, err
	}
	f := &Forge{root: root, options: options, blobs: options.Blobs}
	f.http = &http.Client{Transport: newTransport(options), CheckRedirect: courier.SameHost}
	if f.blobs == nil {
		f.blobs = blobs.Memory(maxBlobs)
	}
	version, _, err := f.api(ctx).ServerVersion()
	if err != nil {
		return nil, fmt.Errorf("ask %s for its version: %w", root, classified(err))
	}
	if f.server, err = featuresOf(version); err != nil {
		return nil, fmt.Errorf("use %s: %w", root, err)
	}
	return f, nil
}

// address is an instance's, with or without the part that all requests begin with.
func address(given string) (string, error) {
	root := strings.TrimSuffix(strings.TrimSuffix(strings.TrimRight(given, "/"), "/api/v1"), "/")
	parsed, err := url.Parse(root)
	if err != nil {
		return "", fmt.Errorf("read the instance's address: %w", err)
	}
	if parsed.Scheme != "https" && parsed.Scheme != "http" || parsed.Host == "" || parsed.User != nil {
		return "", fmt.Errorf("read the instance's address: %q is no web address", parsed.Redacted())
	}
	return root, nil
}

// api is a client for requests of one context: the library's has but one. It sends
// nothing when it is made, since the version is ours to know.
func (f *Forge) api(ctx context.Context) *gitea.Client {
	client, err := gitea.NewClient(f.root, gitea.SetGiteaVersion(""), gitea.SetHTTPClient(f.http), gitea.SetContext(ctx), gitea.SetUserAgent("austauschbar"))
	if err != nil {
		panic(err) // of options that do not fail
	}
	return client
}

// Can says what the server offers. Comments need a line, suggestions are shown as
// code, and there are no check runs.
func (f *Forge) Can() bot.Capabilities {
	return bot.Capabilities{
		Summary: true, Inline: true, Status: true,
		Resolve: f.canResolve(), Labels: f.options.Labels != "", MaxInline: f.options.MaxInline,
	}
}

func (f *Forge) canResolve() bool { return f.server.resolve && !f.noResolve.Load() }

// A place is the pull request that a change stands for.
type place struct {
	owner, name string
	number      int64
}

func placeOf(change austauschbar.Change) (place, error) {
	owner, name, ok := strings.Cut(change.Repository, "/")
	if !ok || !bot.IsPlain(owner) || !bot.IsPlain(name) {
		return place{}, fmt.Errorf("repository %q is not owner/name", change.Repository)
	}
	if change.Number < 1 {
		return place{}, fmt.Errorf("%d is no pull request's number", change.Number)
	}
	return place{owner, name, int64(change.Number)}, nil
}

func (p place) String() string { return fmt.Sprintf("%s/%s#%d", p.owner, p.name, p.number) }

// us returns the account that we write as.
func (f *Forge) us(ctx context.Context) (*gitea.User, error) {
	f.accountLock.Lock()
	defer f.accountLock.Unlock()
	if f.account != nil {
		return f.account, nil
	}
	account, _, err := f.api(ctx).GetMyUserInfo()
	if err != nil {
		return nil, fmt.Errorf("ask who we are: %w", err)
	}
	f.account = account
	return account, nil
}

// pageSize is the most that a server gives at once, unless its owner says otherwise.
const pageSize = 50

// each calls list for one page after the other; list says how many things are on it.
// Some lists tell their pages, some only how many things there are in all, and some
// are given whole.
func each(list func(gitea.ListOptions) (int, *gitea.Response, error)) error {
	seen := 0
	for page := (gitea.ListOptions{Page: 1, PageSize: pageSize}); ; page.Page++ {
		count, response, err := list(page)
		if err != nil {
			return err
		}
		if count == 0 {
			return nil
		}
		seen += count
		total, _ := strconv.Atoi(response.Header.Get("X-Total-Count"))
		if seen >= total && response.NextPage == 0 {
			return nil
		}
	}
}

// number reads an id that we gave out as text.

// same compares logins and labels, which have no case.
func same(a, b string) bool { return strings.EqualFold(a, b) }
