package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/austauschbar/austauschbar"
)

// A Carrier carries changes of forges to their reviews. It may be used by several
// goroutines.
type Carrier struct {
	Prepare func(Fetched) Prepare
	// Failed is the check of a change whose review could not be done; nil for none.
	Failed func(Fetched, error) Check
	// Rehearse is given what would be written, and nothing is; nil to write.
	Rehearse func([]Operation)
}

// maxRounds is how often a change is reviewed where its head moves meanwhile. Each
// push asks again anyway.
const maxRounds = 3

// Carry reviews a change as its forge has it now and brings what the forge shows
// into line. A closed change is left alone. Its error wraps ErrForbidden or
// ErrRefused where something could not be written and all else was, and ErrMoved
// where the head keeps moving.
func (c Carrier) Carry(ctx context.Context, forge Forge, change austauschbar.Change) (Result, Wanted, error) {
	for round := 1; ; round++ {
		result, wanted, err := c.once(ctx, forge, change)
		if !errors.Is(err, ErrMoved) || round == maxRounds {
			return result, wanted, err
		}
	}
}

func (c Carrier) once(ctx context.Context, forge Forge, change austauschbar.Change) (Result, Wanted, error) {
	fetched, err := forge.Fetch(ctx, change)
	if err != nil {
		return Result{}, Wanted{}, fmt.Errorf("fetch %s#%d: %w", change.Repository, change.Number, err)
	}
	if fetched.Closed {
		return Result{}, Wanted{}, nil
	}
	result, wanted, err := Review(ctx, fetched, c.Prepare(fetched))
	if err != nil {
		return result, wanted, errors.Join(err, c.conclude(ctx, forge, fetched, err))
	}
	if c.Rehearse == nil {
		return result, wanted, Publish(ctx, forge, fetched.Change, wanted, fetched.Diff)
	}
	posted, err := forge.Posted(ctx, fetched.Change)
	if err != nil {
		return result, wanted, fmt.Errorf("look what is posted: %w", err)
	}
	c.Rehearse(Plan(wanted, posted, fetched.Diff, forge.Can()))
	return result, wanted, nil
}

// conclude writes the check of a review that could not be done: one that never
// reports would block the change where it is required.
func (c Carrier) conclude(ctx context.Context, forge Forge, fetched Fetched, cause error) error {
	can := forge.Can()
	if c.Rehearse != nil || c.Failed == nil || ctx.Err() != nil || !can.Checks && !can.Status {
		return nil
	}
	check := c.Failed(fetched, cause)
	check.Head = fetched.Change.Head
	if err := forge.Apply(ctx, fetched.Change, SetCheck{check}); err != nil {
		return fmt.Errorf("conclude the check: %w", err)
	}
	return nil
}

// Publish brings what the forge shows into line with what is wanted: it plans
// against what is posted and carries the plan out. Where the forge has trouble, it
// looks again what is posted and plans anew, so that nothing is written twice. What
// our account may not do, or the forge refuses, is left out; the error wraps
// ErrForbidden or ErrRefused then, after everything else was done.
func Publish(ctx context.Context, forge Forge, change austauschbar.Change, wanted Wanted, diff []FileDiff) error {
	const tries = 3
	for try := 1; ; try++ {
		err := publish(ctx, forge, change, wanted, diff)
		if !errors.Is(err, ErrUnavailable) || try == tries {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(time.Second << (try - 1)):
		}
	}
}

func publish(ctx context.Context, forge Forge, change austauschbar.Change, wanted Wanted, diff []FileDiff) error {
	posted, err := forge.Posted(ctx, change)
	if err != nil {
		return fmt.Errorf("look what is posted: %w", err)
	}
	var left []error
	for _, operation := range Plan(wanted, posted, diff, forge.Can()) {
		switch err := forge.Apply(ctx, change, operation); {
		case errors.Is(err, ErrForbidden) && optional(operation):
		case errors.Is(err, ErrForbidden), errors.Is(err, ErrRefused):
			left = append(left, err)
		case err != nil:
			return fmt.Errorf("post: %w", err)
		}
	}
	return errors.Join(left...)
}

// optional says whether nobody misses an operation: a thread that may not be
// resolved is left for people to resolve.
func optional(operation Operation) bool {
	switch operation.(type) {
	case Resolve, Reopen:
		return true
	}
	return false
}
