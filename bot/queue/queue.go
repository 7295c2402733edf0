// Package queue remembers which changes wait for a review, in SQLite or
// PostgreSQL, and works them: one review of a change at a time, the newest head
// wins, and what was accepted survives a crash. It alone knows River, SQLite and
// pgx.
package queue

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/austauschbar/austauschbar"
)

// A Change is a request to review a pull or merge request.
type Change struct {
	Forge      string // "github", …
	Instance   string // which one, as "https://github.com"; "" where there is but one
	Repository string // "owner/name"
	Number     int    // of the pull or merge request, from 1
	// Head is the commit to review. The last one enqueued is handed to the work,
	// and forges deliver out of order: the work asks its forge what the head is.
	// "" where the delivery does not tell; the last known one stays, if any.
	Head string
	// Delivery is the forge's id of the event. One seen before does nothing. A new
	// one asks for a review even where its head is reviewed. "" for a sweep, which
	// only asks where the head is not the last one enqueued.
	Delivery string
}

// What the history keeps of reviews, where nobody says otherwise.
const (
	HistoryDays = 90
	HistoryMost = 5_000 // reviews
)

// Options of a queue; the zero value has the defaults.
type Options struct {
	Name        string        // of a queue beside the bot's, in the same database: small letters, digits, single hyphens; "" for the bot's
	Workers     int           // reviews at a time in this process; 4
	Timeout     time.Duration // of one review; 2 minutes
	RescueAfter time.Duration // when a review is begun anew that no crash explains; 30 s more than Timeout
	Attempts    int           // before a review is given up until its change moves; 20, about 10 hours
	Backoff     time.Duration // before the second attempt, doubled for each further, at most an hour; 5 s
	Drain       time.Duration // how long running reviews may go on when Run ends; 20 s
	Keep        time.Duration // how long deliveries and finished jobs are kept, changes 13 times as long; 7 days
	History     time.Duration // how long reviews are kept; HistoryDays
	HistoryMost int           // how many at most; of that name
	Logger      *slog.Logger  // of River and of failed reviews; nil for none
}

// Stats counts changes.
type Stats struct {
	Waiting int // for their first or another attempt
	Running int // in any process; after a crash for some seconds more
	Failed  int // given up, until a new delivery asks again
	// Oldest is how long the change is wanted that waits longest for the end of a
	// review; 0 for none.
	Oldest time.Duration
}

// A Queue is a durable queue of changes. Its methods may be called from
// everywhere at once.
type Queue struct{ engine engine }

// engine is what both databases offer the queue.
type engine interface {
	enqueue(context.Context, Change) error
	run(context.Context, Work) error
	stats(context.Context) (Stats, error)
	keep(ctx context.Context, key, line string) error
	kept(ctx context.Context, key string) (line string, err error)
	keepReview(ctx context.Context, values []any) error
	reviews(ctx context.Context, visit func(row) error) error
	review(ctx context.Context, id string) (entry *austauschbar.HistoryEntry, review []byte, err error)
	ping(context.Context) error
	clean(ctx context.Context, now time.Time) error
	close()
}

// Work reviews a change. It returns soon after its context ends and may be
// called again for the same change, so it must not mind what it has done before.
type Work func(context.Context, Change) error

// Later is the error of a work that cannot succeed before some time, as where a
// forge limits requests. The change waits until then, at least a second and at
// most an hour, and the try does not count.
type Later struct {
	Until time.Time
	Cause error // nil where there is nothing to say
}

func (l *Later) Error() string {
	until := "not before " + l.Until.Format(time.RFC3339)
	if l.Cause == nil {
		return until
	}
	return fmt.Sprintf("%s: %v", until, l.Cause)
}

// Unwrap gives the cause.
func (l *Later) Unwrap() error { return l.Cause }

func (l *Later) wait(now time.Time) time.Duration {
	return min(max(l.Until.Sub(now), time.Second), time.Hour)
}

// Open opens a queue and brings its tables up to date. The address is
// "sqlite:PATH" for a file that belongs to one process and is refused to a second
// one, or "postgres://user@host/database", which any number may share. On
// PostgreSQL it needs sessions (LISTEN, advisory locks), so no pooler that hands
// them out by transaction.
func Open(ctx context.Context, url string, options Options) (*Queue, error) {
	options, err := withDefaults(options)
	if err != nil {
		return nil, fmt.Errorf("open queue: %w", err)
	}
	scheme, rest, _ := strings.Cut(url, ":")
	var opened engine
	switch scheme {
	case "sqlite":
		opened, err = openSQLite(ctx, rest, options)
	case "postgres", "postgresql":
		opened, err = openPostgres(ctx, url, options)
	default: // the address itself may hold a password
		err = errors.New("the address begins with neither \"sqlite:\" nor \"postgres:\"")
	}
	if err != nil {
		return nil, fmt.Errorf("open queue: %w", err)
	}
	return &Queue{opened}, nil
}

func withDefaults(o Options) (Options, error) {
	o.Name = cmp.Or(o.Name, botQueue)
	o.Workers = cmp.Or(o.Workers, 4)
	o.Timeout = cmp.Or(o.Timeout, 2*time.Minute)
	o.RescueAfter = cmp.Or(o.RescueAfter, o.Timeout+30*time.Second)
	o.Attempts = cmp.Or(o.Attempts, 20)
	o.Backoff = cmp.Or(o.Backoff, 5*time.Second)
	o.Drain = cmp.Or(o.Drain, 20*time.Second)
	o.Keep = cmp.Or(o.Keep, 7*24*time.Hour)
	o.History = cmp.Or(o.History, HistoryDays*24*time.Hour)
	o.HistoryMost = cmp.Or(o.HistoryMost, HistoryMost)
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	for name, value := range map[string]time.Duration{
		"workers": time.Duration(o.Workers), "timeout": o.Timeout, "attempts": time.Duration(o.Attempts),
		"backoff": o.Backoff, "drain": o.Drain, "keep": o.Keep, "history": o.History, "reviews of the history": time.Duration(o.HistoryMost),
	} {
		if value < 0 {
			return o, fmt.Errorf("%s must not be negative", name)
		}
	}
	if o.RescueAfter <= o.Timeout {
		return o, fmt.Errorf("a rescue after %s would start reviews that may still run for %s", o.RescueAfter, o.Timeout)
	}
	return o, nil
}

// Enqueue remembers a delivery and asks for a review of its change, both or
// neither. When it returns nil, neither a crash nor a restart loses them.
func (q *Queue) Enqueue(ctx context.Context, change Change) error {
	err := check(change)
	if err == nil {
		err = q.engine.enqueue(ctx, change)
	}
	if err != nil {
		return fmt.Errorf("enqueue %s#%d: %w", change.Repository, change.Number, err)
	}
	return nil
}

func check(change Change) error {
	switch {
	case change.Forge == "" || change.Repository == "" || change.Number < 1:
		return errors.New("a change needs a forge, a repository and a number")
	case change.Head == "" && change.Delivery == "":
		return errors.New("a change needs a head or a delivery")
	}
	return nil
}

// Run reviews changes until the context ends. Then it starts no more, lets
// running ones go on for Options.Drain, cancels what is left, which begins anew
// with the next Run, and returns nil; or an error where some did not heed that.
// A review that fails is tried again after a while. One whose process died is
// begun anew within seconds: on SQLite when the file is opened again, on
// PostgreSQL by any process that runs.
func (q *Queue) Run(ctx context.Context, work Work) error {
	if err := q.engine.run(ctx, work); err != nil {
		return fmt.Errorf("run queue: %w", err)
	}
	return nil
}

// Stats counts what all processes of this queue have to do.
func (q *Queue) Stats(ctx context.Context) (Stats, error) {
	stats, err := q.engine.stats(ctx)
	if err != nil {
		return Stats{}, fmt.Errorf("count the queue: %w", err)
	}
	return stats, nil
}

// Batch is the forge of what a batch has its workers do: changes of a queue beside the
// bot's, whose name is their instance.
const Batch = "batch"

// Keep remembers what came of a piece of work, not empty and without NUL, for all
// processes and as long as changes are remembered. What is kept first stays.
func (q *Queue) Keep(ctx context.Context, key, line string) error {
	if err := q.engine.keep(ctx, key, line); err != nil {
		return fmt.Errorf("keep a result: %w", err)
	}
	return nil
}

// Kept returns what is kept under a key; "" for nothing.
func (q *Queue) Kept(ctx context.Context, key string) (string, error) {
	line, err := q.engine.kept(ctx, key)
	if err != nil {
		return "", fmt.Errorf("look up a result: %w", err)
	}
	return line, nil
}

// Ping says whether the database takes transactions.
func (q *Queue) Ping(ctx context.Context) error {
	if err := q.engine.ping(ctx); err != nil {
		return fmt.Errorf("reach the queue: %w", err)
	}
	return nil
}

// Close closes the database, once Run has returned.
func (q *Queue) Close() { q.engine.close() }
