package queue

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// look is how often a process looks for orphans: jobs that run, as their rows
// say, though their process has died.
const look = 2 * time.Second

// sightings says of jobs that run and that nobody holds when their try began.
type sightings map[int64]time.Time

// keepRescuing puts orphans back. River's own rescue knows only how long a job
// runs, so it must wait for as long as a review may take; it is left for what
// happens to a process that lives.
//
// A job that runs and is not held is an orphan, or its worker is between two
// steps: the job is fetched and not yet held, or let go and River has yet to note
// how the try ended. So it is put back when two looks find the same try like
// that, and is held meanwhile. If a step does take longer than a look, no harm is
// done:
//
//   - Whoever comes second finds the change held and waits a second (Work). So
//     reviews do not overlap.
//   - River notes the end of a try in the row of the job wherever that says
//     "running", even if another try does. A late note only ever makes a job wait,
//     since Work completes jobs itself, in the transaction that sees that nothing
//     newer is wanted. So the job of the other try is fetched while that goes on,
//     waits for it, and then finds nothing to do (begin), or what the other left
//     undone. Nothing is lost; a try may come sooner than its back-off.
//   - A late worker that completes the row of another's job has seen under the
//     lock of the change's row that what was wanted is reviewed.
func (e *riverEngine[D, T]) keepRescuing(ctx context.Context) {
	again := time.NewTicker(look)
	defer again.Stop()
	var before sightings
	for {
		now, err := e.rescue(ctx, before)
		if err != nil && ctx.Err() == nil {
			e.log.Warn("orphans stay", "error", text(err))
		}
		before = now
		select {
		case <-ctx.Done():
			return
		case <-again.C:
		}
	}
}

// rescue puts back what the look before has seen too, and returns what it sees.
func (e *riverEngine[D, T]) rescue(ctx context.Context, before sightings) (sightings, error) {
	running, err := e.listRunning(ctx)
	if err != nil {
		return nil, err
	}
	now := sightings{}
	for _, job := range running {
		held, free, err := e.store.hold(ctx, job.Args.String())
		if err != nil {
			return nil, err
		}
		if !free {
			continue
		}
		now[job.ID] = *job.AttemptedAt
		if seen, twice := before[job.ID]; twice && seen.Equal(now[job.ID]) {
			err = e.putBack(ctx, job)
		}
		held.release()
		if err != nil {
			return nil, err
		}
	}
	return now, nil
}

// rescueAll puts all jobs back that run.
func (e *riverEngine[D, T]) rescueAll(ctx context.Context) error {
	running, err := e.listRunning(ctx)
	if err != nil {
		return err
	}
	for _, job := range running {
		if err := e.putBack(ctx, job); err != nil {
			return err
		}
	}
	return nil
}

func (e *riverEngine[D, T]) listRunning(ctx context.Context) ([]*river.Job[target], error) {
	const most = 10_000 // that River lists; the rest has its turn later
	list, err := e.client.JobList(ctx, river.NewJobListParams().
		Kinds(target{}.Kind()).States(rivertype.JobStateRunning).First(most))
	if err != nil {
		return nil, fmt.Errorf("list running jobs: %w", err)
	}
	var jobs []*river.Job[target]
	for _, row := range list.Jobs {
		job := &river.Job[target]{JobRow: row}
		if err := json.Unmarshal(row.EncodedArgs, &job.Args); err != nil {
			return nil, fmt.Errorf("read job %d: %w", row.ID, err)
		}
		jobs = append(jobs, job)
	}
	return jobs, nil
}

// putBack makes a job available, unless its change may be what ends its process
// each time: then a later look does.
func (e *riverEngine[D, T]) putBack(ctx context.Context, job *river.Job[target]) error {
	if time.Since(*job.AttemptedAt) < crashed(e.options.Backoff, job.Attempt) {
		return nil
	}
	return e.store.transact(ctx, func(tx T) error {
		done, err := e.store.exec(ctx, tx, makeAvailable, job.ID, job.Attempt)
		if err != nil {
			return fmt.Errorf("put job %d back: %w", job.ID, err)
		}
		if done > 0 {
			e.log.Warn("review begins anew: its process died", append(job.Args.attributes(), "crashes", job.Attempt)...)
		}
		return nil
	})
}

// crashed is the time from the beginning of a try to the next where the process
// died during the last n. Deployments and power cuts cost no time.
func crashed(first time.Duration, n int) time.Duration {
	const atOnce = 3
	if n <= atOnce {
		return 0
	}
	return backoff(first, n-atOnce)
}
