// Package server is the bot that listens: webhooks come in, are remembered in the
// queue, and changes are carried to their reviews, one of each at a time.
package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/queue"
)

// A Listener is an instance of a forge that sends webhooks to us.
type Listener struct {
	Forge    string // "github", …
	Instance string // which one, where there are several of a forge; "" else
	Host     bot.Host
}

// path is where the listener's webhooks come in.
func (l Listener) path() string {
	if l.Instance == "" {
		return "/webhooks/" + l.Forge
	}
	return "/webhooks/" + l.Forge + "/" + l.Instance
}

// Carry carries a change to its review on its forge.
type Carry func(context.Context, bot.Forge, austauschbar.Change) error

// Options of a server.
type Options struct {
	Listeners []Listener
	Queue     *queue.Queue
	Carry     Carry
	Log       *slog.Logger
	Sweep     time.Duration // between two looks for missed events; 0 for none
	Pages     http.Handler  // shows what was reviewed; nil for nobody
	Drain     time.Duration // how long requests and running reviews may go on at the end
}

// A Server is the bot. It keeps nothing that matters: what it must not forget is in
// the queue.
type Server struct {
	Options
	metrics  *metrics
	draining atomic.Bool
	seen     sync.WaitGroup // acknowledgements under way
	room     chan struct{}  // for them
}

// maxSeen bounds the acknowledgements under way; further commands get none.
const maxSeen = 16

// New returns a server that does nothing yet.
func New(options Options) *Server {
	s := &Server{Options: options, room: make(chan struct{}, maxSeen)}
	s.metrics = newMetrics(s.Queue)
	return s
}

// Run serves webhooks and works the queue until the context ends. Then it takes no
// more requests, lets what runs go on for Options.Drain, and returns nil.
func (s *Server) Run(ctx context.Context, listener net.Listener) error {
	serving := &http.Server{
		Handler:           s.Handler(),
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute,
		WriteTimeout:      time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(s.Log.Handler(), slog.LevelDebug),
	}
	group, groupCtx := errgroup.WithContext(ctx)
	group.Go(func() error {
		if err := serving.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("serve: %w", err)
		}
		return nil
	})
	group.Go(func() error { return s.Queue.Run(groupCtx, s.work) })
	group.Go(func() error { s.sweepAll(groupCtx); return nil })
	group.Go(func() error {
		<-groupCtx.Done()
		s.draining.Store(true)
		after, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.Drain)
		defer cancel()
		return serving.Shutdown(after)
	})
	err := group.Wait()
	s.seen.Wait()
	return err
}

// work carries one change of the queue.
func (s *Server) work(ctx context.Context, asked queue.Change) error {
	i := s.listener(asked.Forge, asked.Instance)
	if i < 0 {
		// Configured no longer: nobody could be told.
		s.Log.Warn("change of an unknown forge left out", "forge", asked.Forge, "instance", asked.Instance)
		return nil
	}
	change := austauschbar.Change{Forge: asked.Forge, Instance: asked.Instance, Repository: asked.Repository, Number: asked.Number, Head: asked.Head}
	began := time.Now()
	forge, err := s.Listeners[i].Host.Forge(ctx, change)
	result := ""
	if err == nil {
		err = s.Carry(ctx, forge, change)
		result = outcome(err)
	} else if result = outcome(err); result == "incomplete" {
		result = "not_ours" // our account may not even look
	}
	s.metrics.reviewed(asked.Forge, result, time.Since(began))
	log := s.Log.With("forge", asked.Forge, "instance", asked.Instance, "repository", asked.Repository, "number", asked.Number,
		"delivery", asked.Delivery, "result", result, "seconds", time.Since(began).Seconds())
	switch result {
	case "reviewed":
		log.Info("reviewed")
		return nil
	case "not_ours":
		log.Info("left out", "error", err)
		return nil
	case "incomplete":
		// Another try would not be allowed more.
		log.Warn("reviewed, but not all could be written", "error", err)
		return nil
	case "limited":
		var later bot.Later
		errors.As(err, &later)
		log.Info("rate limit", "until", later.Again())
		return &queue.Later{Until: later.Again(), Cause: err}
	}
	return err
}

// outcome names how a review went, for logs and metrics.
func outcome(err error) string {
	switch {
	case err == nil:
		return "reviewed"
	case errors.As(err, new(bot.Later)):
		return "limited"
	case errors.Is(err, bot.ErrForbidden), errors.Is(err, bot.ErrRefused):
		return "incomplete"
	case errors.Is(err, bot.ErrMoved):
		return "moved"
	case errors.Is(err, context.Canceled):
		return "interrupted"
	}
	return "failed"
}

func (s *Server) listener(forge, instance string) int {
	for i, l := range s.Listeners {
		if l.Forge == forge && l.Instance == instance {
			return i
		}
	}
	return -1
}
