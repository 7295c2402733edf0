package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/bradleyfalzon/ghinstallation/v2"
	"github.com/google/go-github/v62/github"

	"github.com/austauschbar/austauschbar/bot/courier"
)

// How long it is believed where an App is installed, and where it is not.
const (
	keepPlace   = 10 * time.Minute
	keepNoPlace = time.Minute
)

// errNoToken says that GitHub gives an installation no token: it is suspended, say,
// or gone.
var errNoToken = errors.New("the App gets no token")

// An app is a GitHub App. It has one forge for each installation, since each has a
// rate limit of its own.
type app struct {
	id     int64
	key    []byte // PEM
	api    *url.URL
	base   http.RoundTripper
	forge  Options        // of each installation, but for the account
	client *github.Client // signs as the App itself, which may only look for installations
	now    func() time.Time

	loginLock sync.Mutex
	login     string

	lock   sync.Mutex
	forges map[int64]*Forge // by installation
	places map[string]installed
}

// installed says where the App is installed for a repository.
type installed struct {
	id    int64 // 0 for nowhere
	until time.Time
}

func newApp(id int64, key []byte, forge Options) (*app, error) {
	api, err := apiAddress(forge.API)
	if err != nil {
		return nil, err
	}
	a := &app{id: id, key: key, api: api, base: http.DefaultTransport, forge: forge, now: time.Now, forges: map[int64]*Forge{}, places: map[string]installed{}}
	if forge.HTTP != nil && forge.HTTP.Transport != nil {
		a.base = forge.HTTP.Transport
	}
	signing, err := ghinstallation.NewAppsTransport(a.base, id, key)
	if err != nil {
		return nil, fmt.Errorf("read the App's private key: %w", err)
	}
	forge.HTTP = &http.Client{Transport: signing}
	a.client = newClient(api, newCourier(forge))
	return a, nil
}

// find returns the forge of the installation that a repository belongs to.
func (a *app) find(ctx context.Context, owner, name string) (*Forge, error) {
	id, err := a.installation(ctx, owner, name)
	if err != nil {
		return nil, fmt.Errorf("find the App's installation: %w", err)
	}
	return a.at(ctx, id)
}

func (a *app) installation(ctx context.Context, owner, name string) (int64, error) {
	key := strings.ToLower(owner + "/" + name)
	a.lock.Lock()
	known, ok := a.places[key]
	a.lock.Unlock()
	if !ok || !a.now().Before(known.until) {
		found, _, err := a.client.Apps.FindRepositoryInstallation(ctx, owner, name)
		if unlessGone(err) != nil {
			return 0, err
		}
		known = installed{found.GetID(), a.now().Add(keepPlace)}
		if known.id == 0 {
			known.until = a.now().Add(keepNoPlace)
		}
		a.lock.Lock()
		a.places[key] = known
		a.lock.Unlock()
	}
	if known.id == 0 {
		return 0, errors.New("it is not installed there")
	}
	return known.id, nil
}

// at returns the forge of an installation.
func (a *app) at(ctx context.Context, id int64) (*Forge, error) {
	login, err := a.us(ctx)
	if err != nil {
		return nil, err
	}
	a.lock.Lock()
	defer a.lock.Unlock()
	if forge := a.forges[id]; forge != nil {
		return forge, nil
	}
	options := a.forge
	options.Login = login
	options.HTTP = &http.Client{Transport: &installation{app: a, id: id}}
	forge, err := New(options)
	if err != nil {
		return nil, err
	}
	a.forges[id] = forge
	return forge, nil
}

// us is the account that the App writes as.
func (a *app) us(ctx context.Context) (string, error) {
	a.loginLock.Lock()
	defer a.loginLock.Unlock()
	if a.login != "" {
		return a.login, nil
	}
	self, _, err := a.client.Apps.Get(ctx, "")
	if err != nil {
		return "", fmt.Errorf("ask for the App's name: %w", err)
	}
	if self.GetSlug() == "" {
		return "", errors.New("ask for the App's name: GitHub tells none")
	}
	a.login = self.GetSlug() + "[bot]"
	return a.login, nil
}

// An installation signs requests with a token of its own, which is renewed before it
// expires or where GitHub no longer knows it.
type installation struct {
	app *app
	id  int64

	lock    sync.Mutex
	signing *ghinstallation.Transport // nil before the first request
}

// RoundTrip signs and sends a request. Its error wraps errNoToken where GitHub refuses
// a token.
func (i *installation) RoundTrip(request *http.Request) (*http.Response, error) {
	signing, kept, err := i.signer(nil)
	if err != nil {
		return nil, err
	}
	response, err := refusedToken(signing.RoundTrip(request))
	if err != nil || response.StatusCode != http.StatusUnauthorized || !kept {
		return response, err
	}
	// What is not signed is not carried out, so that a write can be sent again.
	again := request.Clone(request.Context())
	if request.GetBody != nil {
		if again.Body, err = request.GetBody(); err != nil {
			return response, nil
		}
	}
	response.Body.Close()
	if signing, _, err = i.signer(signing); err != nil {
		return nil, err
	}
	return refusedToken(signing.RoundTrip(again))
}

// signer returns what signs requests, a new one in place of the one that is no longer
// any good, and whether it had a token before.
func (i *installation) signer(bad *ghinstallation.Transport) (signing *ghinstallation.Transport, kept bool, err error) {
	i.lock.Lock()
	defer i.lock.Unlock()
	if i.signing != nil && i.signing != bad {
		return i.signing, true, nil
	}
	// One for each: they change what they are made of.
	signing, err = ghinstallation.New(i.app.base, i.app.id, i.id, i.app.key)
	if err != nil {
		return nil, false, err
	}
	signing.BaseURL = strings.TrimSuffix(i.app.api.String(), "/")
	signing.InstallationTokenOptions = &github.InstallationTokenOptions{} // else it sends "null"
	i.signing = signing
	return signing, false, nil
}

// refusedToken closes the answer that the library leaves open.
func refusedToken(response *http.Response, err error) (*http.Response, error) {
	refusal := (*ghinstallation.HTTPError)(nil)
	if !errors.As(err, &refusal) || refusal.Response == nil {
		return response, err
	}
	refusal.Response.Body.Close()
	if courier.IsTrouble(refusal.Response.StatusCode) {
		return nil, err
	}
	return nil, fmt.Errorf("%w: %s", errNoToken, refusal.Response.Status)
}
