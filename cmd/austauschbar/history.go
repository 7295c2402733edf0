package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot/pages"
	"github.com/austauschbar/austauschbar/bot/queue"
	"github.com/austauschbar/austauschbar/bot/server"
	"github.com/austauschbar/austauschbar/policies"
	"github.com/austauschbar/austauschbar/templates"
)

// A keeper keeps the reviews that the server makes.
type keeper struct {
	queue *queue.Queue
	log   *slog.Logger
}

// keep puts reviews into the history as their repository lets them be told. A change is
// answered even where that fails.
func (k keeper) keep(ctx context.Context, change austauschbar.Change, words *templates.Words, confidential bool, reviews []austauschbar.Review) {
	for _, review := range reviews {
		if err := k.one(ctx, change, words, confidential, review); err != nil {
			k.log.Warn("review not kept", "repository", change.Repository, "number", change.Number, "error", err)
		}
	}
}

func (k keeper) one(ctx context.Context, change austauschbar.Change, words *templates.Words, confidential bool, review austauschbar.Review) error {
	filled, err := words.Fill(review)
	if err != nil {
		return err
	}
	var text bytes.Buffer
	if err := words.JSON(&text, filled); err != nil {
		return err
	}
	var told austauschbar.Review
	if err := json.Unmarshal(text.Bytes(), &told); err != nil {
		return err
	}
	return k.queue.KeepReview(ctx, austauschbar.HistoryEntry{
		Change: change, Dossier: review.Dossier.Path, HistorySummary: austauschbar.HistorySummaryOf(told, words.Language, confidential),
	}, text.Bytes())
}

// pagesVoice speaks a language on the pages.
type pagesVoice struct{ *templates.Words }

// Report writes a review in the language in which it was kept.
func (pagesVoice) Report(out io.Writer, entry austauschbar.HistoryEntry, text []byte) (string, error) {
	var review austauschbar.Review
	if err := json.Unmarshal(text, &review); err != nil {
		return "", err
	}
	words, err := wordsIn(entry.Language)
	if err != nil {
		return "", err
	}
	if entry.Confidential {
		words = words.Confidential()
	}
	return words.ReportPolicy(), words.HTML(out, review, nil)
}

// historyPages makes the pages that a configuration asks for; nil for none.
func (a *app) historyPages(config *austauschbar.PagesConfig, flags serveFlags, listeners []server.Listener, waiting *queue.Queue, log *slog.Logger) (http.Handler, error) {
	if config == nil {
		return nil, nil
	}
	voices, titles, err := a.pagesWords()
	if err != nil {
		return nil, err
	}
	shown := pages.Pages{
		History: waiting, Voice: voices, Title: func(id string) string { return titles[id] }, Settings: a.settings(*config, flags, listeners), Log: log,
		Health: func(ctx context.Context) austauschbar.HistoryHealth { return health(ctx, waiting) },
	}
	if shown.Rules, err = pagesRules(config.Allow, listeners); err != nil {
		return nil, usageError{fmt.Errorf("read %s: pages: %w", flags.config, err)}
	}
	switch {
	case (config.Header == "") == (config.SignIn == nil):
		err = errors.New("name either a header or a sign_in")
	case config.SignIn == nil:
		shown.Gate, err = headerGate(*config)
	default:
		var gate pages.SignIn
		if gate, err = signInGate(*config.SignIn, pages.Groups(shown.Rules), log); err == nil {
			shown.Gate = gate
			return gate.Wrap(shown.Handler()), nil
		}
	}
	if err != nil {
		return nil, usageError{fmt.Errorf("read %s: pages: %w", flags.config, err)}
	}
	return shown.Handler(), nil
}

// pagesWords are the voices of the pages, each for who prefers its language, and the
// titles of criteria.
func (a *app) pagesWords() (func(*http.Request) pages.Voice, map[string]string, error) {
	voices := map[string]pages.Voice{}
	for _, language := range templates.Languages() {
		words, err := wordsIn(language)
		if err != nil {
			return nil, nil, err
		}
		voices[language] = pagesVoice{words}
	}
	criteria, err := policies.Catalogue(a.policyFiles())
	if err != nil {
		return nil, nil, err
	}
	titles := map[string]string{}
	for _, criterion := range criteria {
		titles[criterion.ID] = criterion.Title
	}
	own := a.language
	return func(r *http.Request) pages.Voice {
		for wanted := range strings.SplitSeq(r.Header.Get("Accept-Language"), ",") {
			language, _, _ := strings.Cut(strings.TrimSpace(wanted), ";")
			language, _, _ = strings.Cut(strings.ToLower(language), "-")
			if voice, ok := voices[language]; ok {
				return voice
			}
		}
		return voices[own]
	}, titles, nil
}

// pagesRules are who may see what. A rule that could never let anybody see anything is a
// mistake.
func pagesRules(config []austauschbar.PagesRule, listeners []server.Listener) ([]pages.Rule, error) {
	var rules []pages.Rule
	for i, rule := range config {
		known := false
		for _, listener := range listeners {
			known = known || listener.Forge == rule.Forge && listener.Instance == rule.Name
		}
		switch {
		case !known:
			return nil, fmt.Errorf("allow: rule %d: no instance %q of %s is configured", i+1, rule.Name, rule.Forge)
		case len(rule.Users)+len(rule.Groups) == 0:
			return nil, fmt.Errorf("allow: rule %d: name users or groups", i+1)
		}
		for _, pattern := range rule.Repositories {
			if _, err := path.Match(pattern, ""); err != nil {
				return nil, fmt.Errorf("allow: rule %d: %q: %w", i+1, pattern, err)
			}
		}
		rules = append(rules, pages.Rule{Forge: rule.Forge, Instance: rule.Name, Repositories: rule.Repositories, Users: rule.Users, Groups: rule.Groups})
	}
	return rules, nil
}

func headerGate(config austauschbar.PagesConfig) (pages.Gate, error) {
	if len(config.From) == 0 {
		return nil, errors.New("from: name the addresses of the proxy that sets the header")
	}
	for i, rule := range config.Allow {
		if len(rule.Groups) > 0 {
			return nil, fmt.Errorf("allow: rule %d: groups are known by a sign_in only: name users", i+1)
		}
	}
	gate := pages.Header{Name: config.Header}
	for _, from := range config.From {
		prefix, err := netip.ParsePrefix(from)
		if address, errAddress := netip.ParseAddr(from); errAddress == nil {
			prefix, err = netip.PrefixFrom(address, address.BitLen()), nil
		}
		if err != nil {
			return nil, fmt.Errorf("from: %q is no address: want 192.0.2.1 or 192.0.2.0/24", from)
		}
		gate.From = append(gate.From, prefix)
	}
	return gate, nil
}

// shortestKey is how long the key of cookies must be, in bytes.
const shortestKey = 32

func signInGate(config austauschbar.SignInConfig, groups []string, log *slog.Logger) (pages.SignIn, error) {
	secret, err := secretOf("client_secret", config.ClientSecretEnv, config.ClientSecretFile)
	if err != nil {
		return pages.SignIn{}, err
	}
	key, err := secretOf("key", config.KeyEnv, config.KeyFile)
	switch {
	case err != nil:
		return pages.SignIn{}, err
	case secret == "":
		return pages.SignIn{}, errors.New("sign_in: name client_secret_env or client_secret_file")
	case len(key) < shortestKey:
		return pages.SignIn{}, fmt.Errorf("sign_in: key_env or key_file must hold at least %d characters, as `openssl rand -hex 32` makes them", shortestKey)
	}
	return pages.NewSignIn(pages.Application{
		Forge: config.Forge, Root: config.URL, Address: config.Address, ID: config.ClientID, Secret: secret,
	}, []byte(key), groups, log), nil
}

// settings are those in force, each chosen to be shown: what may hold a secret is not.
func (a *app) settings(config austauschbar.PagesConfig, flags serveFlags, listeners []server.Listener) []austauschbar.HistorySetting {
	database, _, _ := strings.Cut(flags.database, ":")
	who := "header " + config.Header
	if config.SignIn != nil {
		who = "sign_in " + config.SignIn.Forge
	}
	list := []austauschbar.HistorySetting{
		{Name: "--listen", Value: flags.listen}, {Name: "--database", Value: database}, {Name: "--workers", Value: strconv.Itoa(flags.workers)},
		{Name: "--sweep", Value: flags.sweep.String()}, {Name: "--drain", Value: flags.drain.String()}, {Name: "--cache-size", Value: flags.cacheSize},
		{Name: "--lang", Value: a.language}, {Name: "--profile", Value: flags.profile}, {Name: "--fail-on", Value: flags.failOn},
		{Name: "pages", Value: who}, {Name: "pages.keep_days", Value: strconv.Itoa(cmp.Or(config.KeepDays, queue.HistoryDays))}, {Name: "pages.keep_reviews", Value: strconv.Itoa(cmp.Or(config.KeepReviews, queue.HistoryMost))},
	}
	for _, listener := range listeners {
		list = append(list, austauschbar.HistorySetting{Name: "forge", Value: strings.TrimSuffix(listener.Forge+"/"+listener.Instance, "/")})
	}
	return list
}

func health(ctx context.Context, waiting *queue.Queue) austauschbar.HistoryHealth {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	stats, err := waiting.Stats(ctx)
	return austauschbar.HistoryHealth{Version: version(), Database: err == nil, Waiting: stats.Waiting, Running: stats.Running, Failed: stats.Failed, Oldest: stats.Oldest}
}
