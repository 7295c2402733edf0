package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/blobs"
	"github.com/austauschbar/austauschbar/bot/queue"
	"github.com/austauschbar/austauschbar/bot/server"
	"github.com/austauschbar/austauschbar/evaluator/pdf"
)

type serveFlags struct {
	reviewFlags
	listen, database string
	config           string
	cache, cacheSize string
	workers          int
	sweep, drain     time.Duration
}

func (a *app) serve() *cobra.Command {
	var flags serveFlags
	command := &cobra.Command{
		Use:   "serve",
		Short: "Run the bot: webhooks in, reviews on pull requests out",
		Long: `Listens for the webhooks of forges and keeps a review on each of their changes up
to date. Forges are configured by the environment; each variable may also be
given as NAME_FILE, the name of a file that holds the value:

  AUSTAUSCHBAR_GITHUB_URL              API's root (default: https://api.github.com/)
  AUSTAUSCHBAR_GITHUB_GRAPHQL_URL      default: the one beside it
  AUSTAUSCHBAR_GITHUB_APP_ID           of a GitHub App, with
  AUSTAUSCHBAR_GITHUB_PRIVATE_KEY      its key (PEM); or instead of both
  AUSTAUSCHBAR_GITHUB_TOKEN            a token
  AUSTAUSCHBAR_GITHUB_WEBHOOK_SECRET   what GitHub signs deliveries with
  AUSTAUSCHBAR_GITHUB_PAUSE            between two writes (default: 1s, as GitHub asks for)
  AUSTAUSCHBAR_GITLAB_URL              the instance, as https://gitlab.opencode.de
  AUSTAUSCHBAR_GITLAB_TOKEN            of a project, a group or an account, with scope "api"
  AUSTAUSCHBAR_GITLAB_WEBHOOK_SECRET   the webhooks' secret token or signing token
  AUSTAUSCHBAR_GITEA_URL               address of a Gitea or Forgejo: https://codeberg.org
  AUSTAUSCHBAR_GITEA_TOKEN             a token of our account there
  AUSTAUSCHBAR_GITEA_WEBHOOK_SECRET    what it signs deliveries with
  AUSTAUSCHBAR_DATABASE                as --database, which may hold a password

Several instances of a forge are configured by --config instead. Deliveries come in
at /webhooks/FORGE, or /webhooks/FORGE/NAME of such an instance; /healthz, /readyz
and /metrics tell how the server is. Where --config has 'pages:', reviews are kept and
shown at /pages/ to those whom it allows.`,
		Example: `  austauschbar serve --listen 127.0.0.1:8080 --database sqlite:/var/lib/austauschbar/queue.db
  austauschbar serve --database postgres://austauschbar@db/austauschbar`,
		Args: arguments(cobra.NoArgs),
		RunE: func(command *cobra.Command, _ []string) error { return a.runServe(command, flags) },
	}
	set := command.Flags()
	set.StringVar(&flags.listen, "listen", ":8080", "`ADDRESS` to listen at")
	set.StringVar(&flags.database, "database", "", "sqlite:PATH, for one server, or postgres://…, for any number: `URL` (default sqlite:austauschbar.db)")
	set.StringVar(&flags.config, "config", "", "`FILE` that names several instances of forges, and who may see pages ('austauschbar schema server')")
	set.StringVar(&flags.cache, "cache", "", "`DIR` for documents fetched before (default: in the user's cache folder)")
	set.StringVar(&flags.cacheSize, "cache-size", "2GiB", "how much of them is kept: `SIZE`")
	set.IntVar(&flags.workers, "workers", 2, "reviews at a time: `N`")
	set.DurationVar(&flags.sweep, "sweep", 5*time.Minute, "`TIME` between two looks for missed events; 0 for none")
	set.DurationVar(&flags.drain, "drain", 20*time.Second, "how long reviews may go on at the end: `TIME`")
	set.StringVarP(&flags.profile, "profile", "p", "", "`PROFILE` that weighs the criteria where the repository names none (default: by what the dossier is)")
	set.StringVar(&flags.failOn, "fail-on", "never", "`never|gate|level:X`: what makes the check fail where the repository says nothing")
	a.languageFlag(command)
	a.todayFlag(command)
	return command
}

// reviewTime bounds one review, waits for rate limits included.
const reviewTime = 10 * time.Minute

func (a *app) runServe(command *cobra.Command, flags serveFlags) error {
	ctx := command.Context()
	log := a.serverLog()
	store, err := openCache(flags, log)
	if err != nil {
		return err
	}
	config, err := serverConfig(flags.config)
	if err != nil {
		return err
	}
	listeners, err := listenersOf(config, flags.config, store)
	if err != nil {
		return err
	}
	database, err := environment("AUSTAUSCHBAR_DATABASE")
	if err != nil {
		return err
	}
	flags.database = cmp.Or(flags.database, database, "sqlite:austauschbar.db")
	options := queue.Options{Workers: flags.workers, Timeout: reviewTime, Drain: flags.drain, Logger: slog.New(logrusHandler{log: a.log, least: slog.LevelWarn})}
	if config.Pages != nil {
		options.History, options.HistoryMost = time.Duration(config.Pages.KeepDays)*24*time.Hour, config.Pages.KeepReviews
	}
	waiting, err := queue.Open(ctx, flags.database, options)
	if err != nil {
		return err
	}
	defer waiting.Close()
	reviewer := a.reviewer(command, flags.reviewFlags)
	shown, err := a.historyPages(config.Pages, flags, listeners, waiting, log)
	if err != nil {
		return err
	}
	if shown != nil {
		reviewer.keep = keeper{waiting, log}.keep
	}
	listener, err := net.Listen("tcp", flags.listen)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	if err := reviewer.warm(ctx); err != nil {
		return errors.Join(err, listener.Close())
	}
	carrier := reviewer.carrier()
	log.Info("listening", "address", listener.Addr().String(), "version", version())
	return server.New(server.Options{
		Listeners: listeners, Queue: waiting, Log: log, Sweep: flags.sweep, Drain: flags.drain, Pages: shown,
		Carry: func(ctx context.Context, forge bot.Forge, change austauschbar.Change) error {
			_, _, err := carrier.Carry(ctx, forge, change)
			return err
		},
	}).Run(ctx, listener)
}

// warm loads the built-in policies and the PDF reader before they are needed. A
// mistake in the policies or flags stops the start.
func (r reviewer) warm(ctx context.Context) error {
	if _, err := parseFailOn(r.flags.failOn); err != nil {
		return err
	}
	if _, err := wordsIn(r.app.language); err != nil {
		return err
	}
	rules, err := r.shelf.get(ctx, r.app.overlay)
	if err == nil {
		_, err = r.app.stations(rules, judging{profile: r.flags.profile})
	}
	if err != nil {
		return err
	}
	if err := pdf.Prepare(ctx); err != nil {
		r.app.log.WithError(err).Warn("the PDF reader cannot be prepared: PDFs will be gaps")
	}
	return nil
}

// openCache opens the store of fetched documents.
func openCache(flags serveFlags, log *slog.Logger) (*blobs.OnDisk, error) {
	size, err := humanize.ParseBytes(flags.cacheSize)
	if err != nil || size == 0 {
		return nil, usageError{fmt.Errorf("--cache-size %q: want a size such as 2GiB", flags.cacheSize)}
	}
	folder := flags.cache
	if folder == "" {
		if folder, err = os.UserCacheDir(); err != nil {
			return nil, usageError{fmt.Errorf("find the cache folder: %w; name one with --cache", err)}
		}
		folder = filepath.Join(folder, "austauschbar", "blobs")
	}
	store, err := blobs.Disk(folder, int64(size), func(err error) { log.Warn("cache of documents", "error", err) })
	if err != nil {
		return nil, fmt.Errorf("open cache: %w", err)
	}
	return store, nil
}
