// Package batch reviews many dossiers: it finds them, works them side by side or with
// other machines through a queue, keeps each one's line on disk as it is done, and in
// the end writes all lines in order and what they say together. What was done before
// with the same documents and the same rules is not done again.
package batch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/queue"
)

// A Batch is what to review and how.
type Batch struct {
	Paths    []string      // folders, documents, ZIP archives, lists in JSON Lines
	Each     string        // what is a dossier in a folder; "" for the default
	Folder   string        // for the results; it is made where it is not there
	Jobs     int           // dossiers at a time
	Timeout  time.Duration // of one dossier
	Again    bool          // dossiers without a review are tried again
	What     string        // digest of all that judges
	Largest  int64         // bytes of a document beyond which it is not read
	Tool     austauschbar.Tool
	Stations bot.Stations // Speak is not asked
	List     Lister
	Progress func(done, fresh, total int) // fresh ones were not known before; nil for none
	Queue    *queue.Queue                 // that other machines work at too; nil for none
	// Finish completes a summary and writes it beside the results, in words.
	Finish func(summary *austauschbar.BatchSummary, overview io.Writer) error
}

// Begin returns the day that a folder's batch judges at: that of its first run, or the
// one given, where it is not "".
func Begin(folder, day string, today time.Time) (string, error) {
	var begun struct {
		Today string `json:"today"`
	}
	name := filepath.Join(folder, beginFile)
	if data, err := os.ReadFile(name); err == nil && json.Unmarshal(data, &begun) == nil {
		if _, err := time.Parse(time.DateOnly, begun.Today); err == nil && (day == "" || day == begun.Today) {
			return begun.Today, nil
		}
	}
	begun.Today = day
	if day == "" {
		begun.Today = today.Format(time.DateOnly)
	}
	data, err := json.Marshal(begun)
	if err == nil {
		err = os.MkdirAll(folder, 0o755)
	}
	if err == nil {
		err = os.WriteFile(name, append(data, '\n'), 0o644)
	}
	if err != nil {
		return "", fmt.Errorf("begin batch in %s: %w", folder, bot.Cause(err))
	}
	return begun.Today, nil
}

// Run reviews what is not done yet and writes the results. Visit is told each line, in
// the order of paths. Where the context ends, what is done stays done.
func (b Batch) Run(ctx context.Context, visit func(austauschbar.BatchLine)) (austauschbar.BatchSummary, error) {
	found := &places{each: b.Each, list: b.List}
	defer found.close()
	if err := found.find(ctx, b.Paths); err != nil {
		return austauschbar.BatchSummary{}, err
	}
	unlock, err := lockFolder(b.Folder)
	if err != nil {
		return austauschbar.BatchSummary{}, err
	}
	defer unlock()
	journal, err := openJournal(b.Folder, b.Again)
	if err != nil {
		return austauschbar.BatchSummary{}, fmt.Errorf("open %s: %w", b.Folder, err)
	}
	r := &run{Batch: b, places: found.found, journal: journal, keys: make([]key, len(found.found)), errors: map[int]error{}}
	if b.Queue == nil {
		err = r.each(ctx, r.fresh)
	} else {
		err = r.share(ctx)
	}
	if err := errors.Join(err, journal.flush()); err != nil {
		return austauschbar.BatchSummary{}, errors.Join(err, journal.closeFiles())
	}
	return r.finish(visit)
}

// A run is a batch at work.
type run struct {
	Batch
	places  []place
	journal *journal
	keys    []key

	done, made atomic.Int64 // dossiers, and those of them that were reviewed now

	lock   sync.Mutex
	errors map[int]error // of dossiers that cannot be opened, by their place
}

// each finds every dossier's key and calls make for those that nobody has made, from
// as many goroutines as there are jobs.
func (r *run) each(ctx context.Context, make func(context.Context, int, austauschbar.Dossier) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	next := atomic.Int64{}
	var workers sync.WaitGroup
	for range max(1, r.Jobs) {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(r.places) && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				if err := r.one(ctx, i, make); err != nil {
					stop(err)
					return
				}
			}
		})
	}
	workers.Wait()
	return context.Cause(ctx)
}

func (r *run) one(ctx context.Context, i int, make func(context.Context, int, austauschbar.Dossier) error) error {
	defer r.tell()
	opened, err := r.open(ctx, i)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		r.lock.Lock()
		r.errors[i] = err
		r.lock.Unlock()
	default:
		if r.keys[i] = opened.key; r.journal.claim(opened.key) {
			return make(ctx, i, opened.dossier)
		}
	}
	r.done.Add(1)
	return nil
}

// opened is a dossier with its key.
type opened struct {
	dossier austauschbar.Dossier
	key     key
}

func (r *run) open(ctx context.Context, i int) (opened, error) {
	return inTime(ctx, r.Timeout, func(ctx context.Context) (o opened, err error) {
		if o.dossier, err = r.places[i].open(ctx); err == nil {
			o.key, err = r.keyOf(ctx, o.dossier)
		}
		return o, err
	})
}

func (r *run) tell() {
	if r.Progress != nil {
		r.Progress(int(r.done.Load()), int(r.made.Load()), len(r.places))
	}
}

// fresh reviews a dossier and keeps its line.
func (r *run) fresh(ctx context.Context, i int, dossier austauschbar.Dossier) error {
	line, err := r.review(ctx, i, dossier)
	if err == nil {
		err = r.journal.add(ctx, r.keys[i], line)
	}
	if err == nil {
		r.done.Add(1)
		r.made.Add(1)
	}
	return err
}

// review makes a dossier's line. Its error is the end of the context; all else is told
// in the line.
func (r *run) review(ctx context.Context, i int, dossier austauschbar.Dossier) ([]byte, error) {
	line, err := inTime(ctx, r.Timeout, func(ctx context.Context) (austauschbar.BatchLine, error) {
		facts, err := r.Stations.Read(ctx, dossier)
		if err != nil {
			return austauschbar.BatchLine{}, err
		}
		review, err := r.Stations.Judge(ctx, facts)
		return lineOf(facts, review), err
	})
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		line = failed(r.Tool, err)
	}
	line.Path, line.Key = r.places[i].path, r.keys[i].String()
	return encode(line)
}

// heeds is how long a dossier whose time is up may take to notice.
const heeds = 10 * time.Second

// inTime does something within the time that a dossier has. What does not end is left
// behind, and a panic is an error.
func inTime[T any](ctx context.Context, limit time.Duration, do func(context.Context) (T, error)) (T, error) {
	type outcome struct {
		value T
		err   error
	}
	timed, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	ended := make(chan outcome, 1)
	go func() {
		defer func() {
			if panicked := recover(); panicked != nil {
				ended <- outcome{err: fmt.Errorf("the review broke: %v", panicked)}
			}
		}()
		value, err := do(timed)
		ended <- outcome{value, err}
	}()
	var got outcome
	select {
	case got = <-ended:
	case <-timed.Done():
		select {
		case got = <-ended:
		case <-time.After(heeds):
			got.err = context.DeadlineExceeded
		}
	}
	if got.err != nil && errors.Is(timed.Err(), context.DeadlineExceeded) {
		got.err = fmt.Errorf("not done within %s; --timeout gives more", limit)
	}
	return got.value, got.err
}
