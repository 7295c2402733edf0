package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/batch"
	"github.com/austauschbar/austauschbar/bot/queue"
	"github.com/austauschbar/austauschbar/evaluator/archive"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/policies"
	"github.com/austauschbar/austauschbar/templates"
)

type batchFlags struct {
	output, each, profile, failOn, database string
	only                                    []string
	jobs                                    int
	timeout                                 time.Duration
	retry, convert                          bool
}

// batchRetries is how often a shared batch tries a dossier whose process dies.
const batchRetries = 3

func (a *app) batch() *cobra.Command {
	var flags batchFlags
	command := &cobra.Command{
		Use:   "batch PATH…",
		Short: "Review many dossiers: a line of JSON for each, a summary and an overview as HTML",
		Long: `Reviews the dossiers at each PATH:

  a folder                      a folder with a dossier.yaml is one dossier. Else each direct
                                subfolder is, or the folders in it that hold a dossier.yaml, and
                                each document beside them. --each says otherwise.
  a ZIP archive                 as a folder
  a list (.jsonl, .ndjson)      a dossier on each line: "path/from/the/list", {"path": "…"},
                                an OCDS release or record; a package of these is several
  any other document            a dossier of its own

DIR, which --output names, then holds results.jsonl (a line for each dossier, sorted by path;
'austauschbar schema batch' describes it), summary.json and overview.html. Whatever ends the
command, what is done stays done: the same command goes on where it was, and does anew only
what changed in documents, policies, profile or program. The day of the first run stays that
of judging until --today names another.

With --database, the same command on several machines shares the work. Each needs the
documents at the same paths, and each ends with all results in its own DIR.`,
		Example: `  austauschbar batch --output results ausschreibungen/
  austauschbar batch --each document --output notices notices-2026.zip
  austauschbar batch --database postgres://austauschbar@db/austauschbar --output results /shared/tenders`,
		Args: arguments(cobra.MinimumNArgs(1)),
		RunE: func(command *cobra.Command, args []string) error { return a.runBatch(command, args, flags) },
	}
	set := command.Flags()
	set.StringVarP(&flags.output, "output", "o", "", "`DIR` for the results (default: none are kept, only the table is printed)")
	set.StringVar(&flags.each, "each", "", "what is a dossier in a folder: `dossier|folder|document`: each folder with a dossier.yaml, else PATH itself; each direct subfolder; each document (default: see above)")
	set.IntVarP(&flags.jobs, "jobs", "j", runtime.GOMAXPROCS(0), "dossiers at a time: `N`")
	set.DurationVar(&flags.timeout, "timeout", reviewTime, "`TIME` that a dossier may take")
	set.BoolVar(&flags.retry, "retry", false, "try dossiers again that had an error")
	set.BoolVar(&flags.convert, "convert", false, "have LibreOffice convert old Office formats, and Tesseract recognise scans, where installed")
	set.StringVarP(&flags.profile, "profile", "p", "", "`PROFILE` that weighs the criteria (default: by each dossier's regime)")
	set.StringSliceVar(&flags.only, "only", nil, "judge only these criteria: `ID,…`")
	set.StringVar(&flags.failOn, "fail-on", "never", "exit with 3 on `never|gate|level:X`: a dossier with an open gate; with level X or worse")
	set.StringVar(&flags.database, "database", "", "share the work through this PostgreSQL: `URL` (default: AUSTAUSCHBAR_BATCH_DATABASE, which may hold a password)")
	a.languageFlag(command)
	a.todayFlag(command)
	complete(command, "each", batch.Each)
	complete(command, "lang", templates.Languages())
	return command
}

func (a *app) runBatch(command *cobra.Command, paths []string, flags batchFlags) error {
	ctx := command.Context()
	database, err := environment("AUSTAUSCHBAR_BATCH_DATABASE")
	if err != nil {
		return err
	}
	flags.database = cmp.Or(flags.database, database)
	if err := flags.check(); err != nil {
		return err
	}
	config, root, err := findConfig(paths[0])
	if err != nil {
		return err
	}
	a.useRepository(root)
	if flags.profile == "" {
		flags.profile = config.Profile
	}
	if config.FailOn != "" && !command.Flags().Changed("fail-on") {
		flags.failOn = config.FailOn
	}
	if !command.Flags().Changed("lang") && config.Language != "" {
		a.language = config.Language
	}
	fails, err := parseFailOn(flags.failOn)
	if err != nil {
		return err
	}
	words, err := a.words()
	if err != nil {
		return err
	}
	work, done, err := a.newBatch(ctx, paths, flags, words)
	if err != nil {
		return err
	}
	failing := false
	summary, err := work.Run(ctx, func(line austauschbar.BatchLine) {
		failing = failing || line.Score != nil && fails(austauschbar.Review{Score: *line.Score})
	})
	if err := errors.Join(err, done()); err != nil {
		if ctx.Err() != nil && flags.output != "" {
			return fmt.Errorf("interrupted: what is done stays in %s, and the same command goes on from there", flags.output)
		}
		return err
	}
	if err := words.Overview(a.stdout, templates.FormatTerminal, summary, optionsFor(a.stdout)); err != nil {
		return err
	}
	switch {
	case summary.Failed > 0:
		return fmt.Errorf("review %d of %d dossiers: no result; their lines tell why", summary.Failed, summary.Dossiers)
	case failing:
		return errFailOn
	}
	return nil
}

func (f batchFlags) check() error {
	scheme, _, _ := strings.Cut(f.database, ":")
	switch {
	case f.each != "" && !slices.Contains(batch.Each, f.each):
		return usageError{fmt.Errorf("--each %q: want one of %s", f.each, strings.Join(batch.Each, ", "))}
	case f.jobs < 1:
		return usageError{fmt.Errorf("--jobs %d: want at least 1", f.jobs)}
	case f.timeout <= 0:
		return usageError{fmt.Errorf("--timeout %s: want a time such as 10m", f.timeout)}
	case f.database == "":
		return nil
	case scheme != "postgres" && scheme != "postgresql": // the address itself may hold a password
		return usageError{errors.New("--database: want postgres://…, which several machines can share")}
	case f.output == "":
		return usageError{errors.New("--database: name a folder for the results with --output")}
	case f.retry:
		return usageError{errors.New("--retry: not with --database, where errors of others count too; leave that out to try again on this machine")}
	}
	return nil
}

// newBatch wires a batch. What it returns besides gives back what the batch holds.
func (a *app) newBatch(ctx context.Context, paths []string, flags batchFlags, words *templates.Words) (batch.Batch, func() error, error) {
	done := func() error { return nil }
	work := batch.Batch{
		Paths: paths, Each: flags.each, Folder: flags.output, Jobs: flags.jobs, Timeout: flags.timeout, Again: flags.retry,
		Largest: limit.File, List: archive.OpenAt, Tool: austauschbar.Tool{Name: "austauschbar", Version: version()}, Progress: a.batchProgress(),
	}
	options, err := converting(flags.convert)
	if err != nil {
		return work, nil, err
	}
	asked, err := a.day()
	if err != nil {
		return work, nil, err
	}
	rules, err := loadRules(ctx, a.overlay, options...)
	if err != nil {
		return work, nil, err
	}
	if flags.output == "" {
		if work.Folder, err = os.MkdirTemp("", "austauschbar-batch-"); err != nil {
			return work, nil, fmt.Errorf("make a folder for the results: %w", err)
		}
		done = func() error { return os.RemoveAll(work.Folder) }
	}
	today, err := batch.Begin(work.Folder, a.today, asked)
	if err == nil {
		work.Stations, err = a.batchStations(rules, flags, today)
	}
	if err == nil {
		work.What = batch.What(version(), rules.judge.Digest(), flags.profile, strings.Join(flags.only, ","), today, fmt.Sprint(flags.convert))
		work.Finish, err = a.batchFinish(rules.judge.Digest(), today, words)
	}
	if err == nil && flags.database != "" {
		work.Queue, err = queue.Open(ctx, flags.database, queue.Options{
			Name: batch.QueueName(work.What, paths, flags.each), Workers: flags.jobs, Attempts: batchRetries,
			Timeout: 2*flags.timeout + time.Minute, Drain: time.Second, Logger: slog.New(logrusHandler{log: a.log, least: slog.LevelWarn}),
		})
	}
	if err != nil {
		return work, nil, errors.Join(err, done())
	}
	if work.Queue != nil {
		done = func() error { work.Queue.Close(); return nil }
	}
	return work, done, nil
}

// batchStations read and judge without a word: several dossiers are at work at once.
func (a *app) batchStations(r rules, flags batchFlags, today string) (bot.Stations, error) {
	day, err := time.Parse(time.DateOnly, today)
	if err != nil {
		return bot.Stations{}, err
	}
	stations, err := a.stations(r, judging{today: day, profile: flags.profile, only: flags.only})
	if err != nil {
		return bot.Stations{}, err
	}
	var preparing sync.Mutex
	stations.Read = func(ctx context.Context, dossier austauschbar.Dossier) (austauschbar.Facts, error) {
		preparing.Lock()
		a.preparePDF(ctx, dossier)
		preparing.Unlock()
		return r.reader.Facts(ctx, dossier, day, nil)
	}
	return stations, nil
}

// batchFinish completes a summary with what its lines do not hold, and writes the
// overview.
func (a *app) batchFinish(digest, today string, words *templates.Words) (func(*austauschbar.BatchSummary, io.Writer) error, error) {
	criteria, err := policies.Catalogue(a.policyFiles())
	if err != nil {
		return nil, err
	}
	titles := map[string]string{}
	for _, criterion := range criteria {
		titles[criterion.ID] = criterion.Title
	}
	return func(summary *austauschbar.BatchSummary, out io.Writer) error {
		summary.Tool, summary.Digest, summary.Today = austauschbar.Tool{Name: "austauschbar", Version: version()}, digest, today
		for i := range summary.Criteria {
			summary.Criteria[i].Title = titles[summary.Criteria[i].ID]
		}
		return words.Overview(out, templates.FormatHTML, *summary, templates.Options{})
	}, nil
}

// batchProgress tells on a terminal how far a batch is, and elsewhere each minute.
func (a *app) batchProgress() func(done, fresh, total int) {
	pace, line := time.Minute, "austauschbar: %s\n"
	if file, ok := a.stderr.(*os.File); ok && isatty.IsTerminal(file.Fd()) {
		pace, line = 200*time.Millisecond, "\r\x1b[K%s"
	}
	begun, told := time.Now(), time.Now()
	var lock sync.Mutex
	return func(done, fresh, total int) {
		lock.Lock()
		defer lock.Unlock()
		now := time.Now()
		switch {
		case done == total && pace < time.Minute:
			fmt.Fprint(a.stderr, "\r\x1b[K")
		case now.Sub(told) >= pace:
			told = now
			fmt.Fprintf(a.stderr, line, howFar(done, fresh, total, now.Sub(begun)))
		}
	}
}

// howFar says how much is done, how fast what was new, and how long the rest takes at
// that rate.
func howFar(done, fresh, total int, since time.Duration) string {
	text := fmt.Sprintf("%s of %s dossiers", humanize.Comma(int64(done)), humanize.Comma(int64(total)))
	if fresh == 0 || since <= 0 {
		return text
	}
	rate := float64(fresh) / since.Seconds()
	left := time.Duration(float64(total-done) / rate * float64(time.Second))
	return fmt.Sprintf("%s, %.1f a second, %s left", text, rate, left.Round(time.Second))
}
