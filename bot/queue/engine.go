package queue

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/rivermigrate"
	"github.com/riverqueue/river/rivertype"
)

// botQueue is the queue of the bot. Its jobs and those of queues beside it are of one
// kind, so that whoever is there puts back what any of them left undone.
const botQueue = river.QueueDefault

// A target is the job of River: the change, whatever its head.
type target struct {
	Forge      string `json:"forge"`
	Instance   string `json:"instance"`
	Repository string `json:"repository"`
	Number     int    `json:"number"`
}

// Kind names the job in River's table.
func (target) Kind() string { return "review" }

// InsertOpts lets a change have one job that is not finished. How often it is
// tried is counted for each head, in our own table, not by River: its last
// attempt could fail while a new head is being enqueued, and lose it.
func (target) InsertOpts() river.InsertOpts {
	return river.InsertOpts{MaxAttempts: 10_000, UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{
		rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateScheduled,
		rivertype.JobStateRunning, rivertype.JobStateRetryable,
	}}}
}

func (t target) key() []any { return []any{t.Forge, t.Instance, t.Repository, t.Number} }

func (t target) attributes() []any {
	return []any{"forge", t.Forge, "instance", t.Instance, "repository", t.Repository, "number", t.Number}
}

func (t target) String() string {
	return fmt.Sprintf("%s %s %s#%d", t.Forge, t.Instance, t.Repository, t.Number)
}

// riverEngine works jobs by River on a store. D is River's driver, T its
// transaction.
type riverEngine[D riverdriver.Driver[T], T any] struct {
	river.WorkerDefaults[target]
	store   store[T]
	client  *river.Client[T]
	options Options
	log     *slog.Logger
	running atomic.Bool
	work    Work // set while running
}

// start brings the tables up to date and makes a queue on a store, which it
// closes where that fails.
func start[D riverdriver.Driver[T], T any](ctx context.Context, store store[T], options Options) (engine, error) {
	e := &riverEngine[D, T]{store: store, options: options, log: options.Logger}
	var err error
	if e.client, err = river.NewClient(store.driver(), e.config()); err == nil {
		err = store.alone(ctx, func(first bool) error { return e.prepare(ctx, first) })
	}
	if err != nil {
		store.close()
		return nil, err
	}
	return e, nil
}

// prepare makes the tables, and where no process can be working puts back what
// they say is being worked.
func (e *riverEngine[D, T]) prepare(ctx context.Context, first bool) error {
	if err := e.migrate(ctx); err != nil {
		return err
	}
	if first {
		return e.rescueAll(ctx)
	}
	return nil
}

func (e *riverEngine[D, T]) migrate(ctx context.Context) error {
	migrator, err := rivermigrate.New(e.store.driver(), &rivermigrate.Config{Logger: e.log})
	if err != nil {
		return err
	}
	if _, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return e.store.transact(ctx, func(tx T) error {
		for _, statement := range []string{createDeliveries, indexDeliveries, createChanges, indexFailed, indexOpen, createResults, indexResults, createHistory, indexHistory} {
			if _, err := e.store.exec(ctx, tx, statement); err != nil {
				return fmt.Errorf("create tables: %w", err)
			}
		}
		return nil
	})
}

func (e *riverEngine[D, T]) config() *river.Config {
	workers := river.NewWorkers()
	river.AddWorker(workers, e)
	return &river.Config{
		Queues:  map[string]river.QueueConfig{e.options.Name: {MaxWorkers: e.options.Workers}},
		Workers: workers,
		Logger:  e.log,
		// Reviews take seconds: fetching must not be what they wait for.
		FetchCooldown:               10 * time.Millisecond,
		FetchPollInterval:           250 * time.Millisecond,
		JobTimeout:                  e.options.Timeout,
		RescueStuckJobsAfter:        e.options.RescueAfter,
		RetryPolicy:                 retryPolicy{e.options.Backoff},
		SoftStopTimeout:             e.options.Drain,
		CompletedJobRetentionPeriod: e.options.Keep,
		CancelledJobRetentionPeriod: e.options.Keep,
		DiscardedJobRetentionPeriod: e.options.Keep,
	}
}

// retryPolicy is for what River counts itself: rescued jobs, and those whose
// outcome could not be written down.
type retryPolicy struct{ first time.Duration }

// NextRetry says when to try again.
func (p retryPolicy) NextRetry(job *rivertype.JobRow) time.Time {
	return time.Now().Add(backoff(p.first, job.Attempt))
}

// backoff is the time before the try after the nth.
func backoff(first time.Duration, n int) time.Duration {
	const longest = time.Hour
	wait := first
	for ; n > 1 && wait < longest; n-- {
		wait *= 2
	}
	return min(wait, longest)
}

func (e *riverEngine[D, T]) enqueue(ctx context.Context, change Change) error {
	return e.store.transact(ctx, func(tx T) error {
		if change.Delivery != "" {
			isNew, err := e.store.exec(ctx, tx, rememberDelivery, change.Forge, change.Instance, change.Delivery, time.Now().Unix())
			if err != nil || isNew == 0 {
				return err
			}
		}
		job := target{change.Forge, change.Instance, change.Repository, change.Number}
		wanted, err := e.store.exec(ctx, tx, wantChange, append(job.key(), change.Head, change.Delivery, time.Now().Unix())...)
		if err != nil || wanted == 0 {
			return err
		}
		inserted, err := e.client.InsertTx(ctx, tx, job, &river.InsertOpts{Queue: e.options.Name})
		if err != nil {
			return err
		}
		if inserted.UniqueSkippedAsDuplicate {
			// What made it wait was the trouble of an earlier head. A job that runs
			// is left alone: it sees the request when it ends.
			_, err = e.client.JobRetryTx(ctx, tx, inserted.Job.ID)
		}
		return err
	})
}

func (e *riverEngine[D, T]) run(ctx context.Context, work Work) error {
	if !e.running.CompareAndSwap(false, true) {
		return errors.New("it runs already")
	}
	e.work = work
	if err := e.client.Start(ctx); err != nil {
		e.running.Store(false)
		if ctx.Err() != nil {
			return nil
		}
		return err
	}
	var upkeep sync.WaitGroup
	upkeep.Go(func() { e.keepClean(ctx) })
	upkeep.Go(func() { e.keepRescuing(ctx) })
	upkeep.Wait()
	limit := e.options.Drain + 5*time.Second // for reviews to heed the end of their context
	select {
	case <-e.client.Stopped():
		e.running.Store(false)
		return nil
	case <-time.After(limit):
		return fmt.Errorf("reviews still go on after %s", limit)
	}
}

// changesKept is how long a change is remembered that nobody asks for, in times
// of Options.Keep: a sweep of the open ones asks once more for a forgotten one.
const changesKept = 13

// keepClean forgets every hour what is old; River cleans up its jobs itself.
func (e *riverEngine[D, T]) keepClean(ctx context.Context) {
	hour := time.NewTicker(time.Hour)
	defer hour.Stop()
	for {
		if err := e.clean(ctx, time.Now()); err != nil && ctx.Err() == nil {
			e.log.Warn("old deliveries and changes stay", "error", text(err))
		}
		select {
		case <-ctx.Done():
			return
		case <-hour.C:
		}
	}
}

func (e *riverEngine[D, T]) clean(ctx context.Context, now time.Time) error {
	return e.store.transact(ctx, func(tx T) error {
		if _, err := e.store.exec(ctx, tx, forgetDeliveries, now.Add(-e.options.Keep).Unix()); err != nil {
			return err
		}
		if err := e.cleanHistory(ctx, tx, now); err != nil {
			return err
		}
		old := now.Add(-changesKept * e.options.Keep).Unix()
		if _, err := e.store.exec(ctx, tx, forgetResults, old); err != nil {
			return err
		}
		_, err := e.store.exec(ctx, tx, forgetChanges, old)
		return err
	})
}

func (e *riverEngine[D, T]) stats(ctx context.Context) (Stats, error) {
	var stats Stats
	var since int64
	err := e.store.transact(ctx, func(tx T) error {
		return e.store.row(ctx, tx, countAll, e.options.Name).Scan(&stats.Waiting, &stats.Running, &stats.Failed, &since)
	})
	if since > 0 {
		stats.Oldest = max(0, time.Since(time.Unix(since, 0)))
	}
	return stats, err
}

func (e *riverEngine[D, T]) keep(ctx context.Context, key, line string) error {
	return e.store.transact(ctx, func(tx T) error {
		_, err := e.store.exec(ctx, tx, keepResult, key, line, time.Now().Unix())
		return err
	})
}

func (e *riverEngine[D, T]) kept(ctx context.Context, key string) (line string, err error) {
	err = e.store.transact(ctx, func(tx T) error { return e.store.row(ctx, tx, readResult, key).Scan(&line) })
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return line, err
}

func (e *riverEngine[D, T]) ping(ctx context.Context) error {
	return e.store.transact(ctx, func(tx T) error {
		var one int
		return e.store.row(ctx, tx, "SELECT 1").Scan(&one)
	})
}

func (e *riverEngine[D, T]) close() { e.store.close() }

// elsewhere is how long a change waits that is still being worked: by a review
// that outlived its time.
const elsewhere = time.Second

// Work does one job. River calls it.
func (e *riverEngine[D, T]) Work(ctx context.Context, job *river.Job[target]) error {
	held, free, err := e.store.hold(ctx, job.Args.String())
	if err != nil {
		return fmt.Errorf("lock the change: %w", err)
	}
	if !free {
		return river.JobSnooze(elsewhere)
	}
	// Until the end is written down: a job that runs and is not held looks like
	// one whose process died.
	defer held.release()
	r, err := e.begin(ctx, job)
	if err != nil || r == nil {
		return err
	}
	err = e.guard(ctx, held, r)
	// What happened is written down even where it happened because time was up.
	after, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer cancel()
	var later *Later
	switch {
	case err == nil:
		return e.end(after, job, r)
	case errors.Is(ctx.Err(), context.Canceled), errors.Is(err, errLost):
		return e.stop(after, r)
	case errors.As(err, &later):
		return e.wait(after, r, later)
	default:
		return e.fail(after, job, r, err)
	}
}

// A review is one try at a request.
type review struct {
	target
	change Change
	wanted int64 // number of the request
	tries  int   // with this one
}

// begin reads what is wanted and counts the try. It completes the job and returns
// nil where there is nothing to do: the request was reviewed by a worker that was
// taken for dead, or the process ended during each try.
func (e *riverEngine[D, T]) begin(ctx context.Context, job *river.Job[target]) (*review, error) {
	r := &review{target: job.Args, change: Change{
		Forge: job.Args.Forge, Instance: job.Args.Instance, Repository: job.Args.Repository, Number: job.Args.Number,
	}}
	todo := false
	err := e.store.transact(ctx, func(tx T) error {
		var reviewed int64
		err := e.store.row(ctx, tx, beginReview, r.key()...).
			Scan(&r.wanted, &r.change.Head, &r.change.Delivery, &reviewed, &r.tries)
		switch {
		case errors.Is(err, sql.ErrNoRows): // somebody emptied our table, but not River's
			return e.complete(ctx, tx, job)
		case err != nil:
			return err
		case reviewed == r.wanted:
			return e.complete(ctx, tx, job)
		case r.tries > e.options.Attempts:
			return e.abandon(ctx, tx, job, r, errors.New("the process ended during each try"))
		}
		todo = true
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("begin review: %w", err)
	}
	if !todo {
		return nil, nil
	}
	return r, nil
}

// heartbeat is how often a hold is checked: so often that a review which lost it
// has been told before another process believes that it is free (look).
const heartbeat = time.Second

// errLost is why a review was cancelled whose hold was lost, with the
// connection to the database.
var errLost = errors.New("others may review the change")

// guard calls the work, and ends its context where others may begin.
func (e *riverEngine[D, T]) guard(ctx context.Context, held hold, r *review) error {
	ctx, end := context.WithCancelCause(ctx)
	var heart sync.WaitGroup
	heart.Go(func() {
		beat := time.NewTicker(heartbeat)
		defer beat.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-beat.C:
				if err := held.check(); err != nil {
					e.log.Warn("review cancelled: its lock is lost", append(r.attributes(), "error", text(err))...)
					end(errLost)
				}
			}
		}
	})
	err := e.attempt(ctx, r.change)
	end(nil)
	heart.Wait()
	if err != nil && errors.Is(context.Cause(ctx), errLost) {
		return errLost
	}
	return err
}

// attempt calls the work; a panic is its error.
func (e *riverEngine[D, T]) attempt(ctx context.Context, change Change) (err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			e.log.Error("review panicked", "panic", text(fmt.Errorf("%v", panicked)), "stack", string(debug.Stack()))
			err = fmt.Errorf("panic: %v", panicked)
		}
	}()
	return e.work(ctx, change)
}

// end writes down what was reviewed, and completes the job where nothing newer is
// wanted.
func (e *riverEngine[D, T]) end(ctx context.Context, job *river.Job[target], r *review) error {
	return e.settle(ctx, r, func(tx T) error { return e.complete(ctx, tx, job) },
		endReview, append(r.key(), r.wanted, r.change.Head)...)
}

// fail lets a review wait for its next try, unless it was the last. River notes
// the wait a moment later; a request that comes in between waits as long.
func (e *riverEngine[D, T]) fail(ctx context.Context, job *river.Job[target], r *review, cause error) error {
	return e.settle(ctx, r, func(tx T) error {
		if r.tries >= e.options.Attempts {
			return e.abandon(ctx, tx, job, r, cause)
		}
		wait := backoff(e.options.Backoff, r.tries)
		e.log.Warn("review failed", append(r.attributes(), "error", text(cause), "again_in", wait.String())...)
		return river.JobSnooze(wait)
	}, failReview, append(r.key(), text(cause))...)
}

// wait lets a review wait for as long as its work says; it does not count as a
// try.
func (e *riverEngine[D, T]) wait(ctx context.Context, r *review, later *Later) error {
	return e.settle(ctx, r, func(T) error {
		wait := later.wait(time.Now())
		e.log.Info("review waits", append(r.attributes(), "error", text(later), "again_in", wait.String())...)
		return river.JobSnooze(wait)
	}, stopReview, r.key()...)
}

// stop puts a review back that was cancelled because the queue ends or its hold
// was lost; it does not count as a try.
func (e *riverEngine[D, T]) stop(ctx context.Context, r *review) error {
	return e.settle(ctx, r, func(T) error { return river.JobSnooze(0) }, stopReview, r.key()...)
}

// settle writes how a review went, which locks the row of its change, and then
// looks: a newer request is worked at once, else the function decides about the
// job. What it wants to wait is no error for the transaction.
func (e *riverEngine[D, T]) settle(ctx context.Context, r *review, same func(T) error, statement string, args ...any) error {
	var again error
	err := e.store.transact(ctx, func(tx T) error {
		var wanted int64
		if err := e.store.row(ctx, tx, statement, args...).Scan(&wanted); err != nil {
			return err
		}
		if wanted != r.wanted {
			again = river.JobSnooze(0)
			return nil
		}
		err := same(tx)
		if errors.As(err, new(*rivertype.JobSnoozeError)) {
			again, err = err, nil
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("end review: %w", err)
	}
	return again
}

func (e *riverEngine[D, T]) complete(ctx context.Context, tx T, job *river.Job[target]) error {
	_, err := river.JobCompleteTx[D](ctx, tx, job)
	return err
}

// abandon gives a request up: its job is done, and its change counts as failed.
func (e *riverEngine[D, T]) abandon(ctx context.Context, tx T, job *river.Job[target], r *review, cause error) error {
	e.log.Error("review given up", append(r.attributes(), "error", text(cause))...)
	if _, err := e.store.exec(ctx, tx, giveUp, r.key()...); err != nil {
		return err
	}
	return e.complete(ctx, tx, job)
}

func (r *review) attributes() []any {
	return append(r.target.attributes(), "head", r.change.Head, "delivery", r.change.Delivery, "try", r.tries)
}

// text is an error as databases take it: valid, without NUL, not too long.
func text(err error) string {
	message := strings.ReplaceAll(err.Error(), "\x00", "")
	return strings.ToValidUTF8(message[:min(len(message), 500)], "")
}
