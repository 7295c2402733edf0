package batch

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot/queue"
)

// QueueName names the queue of all processes that are given the same batch: the same
// paths, and the same that judges.
func QueueName(what string, paths []string, each string) string {
	return "batch-" + digest(append([]string{what, each}, paths...)...)[:32]
}

// share puts the dossiers that nobody has done into the queue, works at the queue
// together with whoever else does, and takes over what they all have made. A dossier
// is one piece of work by its key, so it is the same from whatever machine it comes;
// where its line is kept, it is done.
func (r *run) share(ctx context.Context) error {
	s := &sharing{run: r, at: map[string]int{}}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	working := make(chan error, 1)
	go func() { working <- r.Queue.Run(ctx, s.work); stop() }()
	err := r.each(ctx, s.ask)
	if err == nil {
		err = s.collect(ctx)
	}
	stop()
	if broken := <-working; broken != nil {
		return broken
	}
	return err
}

// sharing is what a process knows of work that it shares.
type sharing struct {
	*run
	lock sync.Mutex
	at   map[string]int // places by their keys: those that are in the queue
	keys []key          // of these
}

func (s *sharing) ask(ctx context.Context, i int, _ austauschbar.Dossier) error {
	k := s.run.keys[i]
	s.lock.Lock()
	s.at[k.String()] = i
	s.keys = append(s.keys, k)
	s.lock.Unlock()
	line, err := s.Queue.Kept(ctx, k.String())
	if err != nil || line != "" {
		return err
	}
	return s.Queue.Enqueue(ctx, queue.Change{Forge: queue.Batch, Instance: s.name(), Repository: k.String(), Number: 1, Head: "1"})
}

func (s *sharing) name() string { return QueueName(s.What, s.Paths, s.Each) }

// stranger is how long work waits that this process does not know, since it has yet
// to find the dossier or another process alone has it.
const stranger = 2 * time.Second

func (s *sharing) work(ctx context.Context, change queue.Change) error {
	s.lock.Lock()
	i, known := s.at[change.Repository]
	s.lock.Unlock()
	if !known {
		return &queue.Later{Until: time.Now().Add(stranger)}
	}
	if line, err := s.Queue.Kept(ctx, change.Repository); err != nil || line != "" {
		return err
	}
	opened, err := s.open(ctx, i)
	switch {
	case err != nil:
		return err
	case opened.key.String() != change.Repository:
		return fmt.Errorf("review %s: it changed during the batch", s.places[i].path)
	}
	line, err := s.review(ctx, i, opened.dossier)
	if err == nil {
		err = s.Queue.Keep(ctx, change.Repository, string(line))
	}
	if err == nil {
		s.made.Add(1)
	}
	return err
}

// collect takes over the lines as they come, until all are there or nobody works at
// what is missing.
func (s *sharing) collect(ctx context.Context) error {
	missing := s.keys
	for {
		stats, err := s.Queue.Stats(ctx)
		if err != nil {
			return err
		}
		var left []key
		for _, k := range missing {
			line, err := s.Queue.Kept(ctx, k.String())
			if err == nil && line != "" {
				err = s.journal.add(ctx, k, []byte(line))
				s.done.Add(1)
				s.tell()
			} else {
				left = append(left, k)
			}
			if err != nil {
				return err
			}
		}
		// Stats came first: what was then done had its line.
		if missing = left; len(missing) == 0 || stats.Waiting+stats.Running == 0 {
			return nil
		}
		select {
		case <-time.After(poll(len(missing))):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// poll is the time between two looks at so many missing lines: they cost a thousandth
// of a second each.
func poll(missing int) time.Duration {
	return max(250*time.Millisecond, time.Duration(missing)*5*time.Millisecond)
}
