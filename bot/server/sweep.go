package server

import (
	"context"
	"errors"
	"time"

	"github.com/austauschbar/austauschbar"
)

// sweptWindow is how far back a sweep looks: GitHub keeps failed deliveries for
// three days, but nobody waits for a review for longer than one.
const sweptWindow = 24 * time.Hour

// sweepAll looks for missed events at the start and then again and again.
func (s *Server) sweepAll(ctx context.Context) {
	if s.Sweep <= 0 {
		return
	}
	ticker := time.NewTicker(s.Sweep)
	defer ticker.Stop()
	for {
		for _, listener := range s.Listeners {
			if err := s.sweep(ctx, listener); err != nil && ctx.Err() == nil {
				s.Log.Warn("sweep", "forge", listener.Forge, "instance", listener.Instance, "error", err)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// sweep asks for a review of each change whose head is not the one last asked for.
func (s *Server) sweep(ctx context.Context, listener Listener) error {
	var failed []error
	err := listener.Host.Recent(ctx, time.Now().Add(-sweptWindow), func(change austauschbar.Change) error {
		s.metrics.swept.Inc()
		if err := s.Queue.Enqueue(ctx, listener.asked(change, "")); err != nil {
			failed = append(failed, err)
		}
		return ctx.Err()
	})
	return errors.Join(append(failed, err)...)
}
