package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/pages"
	"github.com/austauschbar/austauschbar/bot/queue"
)

// maxBody bounds a delivery, in bytes: GitHub sends at most 25 MB.
const maxBody = 25 << 20

// Handler answers webhooks, and those who look after the server.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	for _, listener := range s.Listeners {
		mux.Handle("POST "+listener.path(), s.hear(listener))
	}
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusOK, "ok") })
	mux.HandleFunc("GET /readyz", s.ready)
	mux.Handle("GET /metrics", promhttp.HandlerFor(s.metrics.registry, promhttp.HandlerOpts{}))
	if s.Pages != nil {
		mux.Handle(pages.Root, s.Pages)
	}
	return mux
}

func say(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text+"\n")
}

// ready says whether deliveries are taken.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 5*time.Second)
	defer cancel()
	switch err := s.Queue.Ping(ctx); {
	case s.draining.Load():
		say(w, http.StatusServiceUnavailable, "draining")
	case err != nil:
		s.Log.Warn("not ready", "error", err)
		say(w, http.StatusServiceUnavailable, "the database does not answer")
	default:
		say(w, http.StatusOK, "ready")
	}
}

// hear takes a listener's deliveries. What it answers tells the forge's people, not
// strangers, what went wrong: the reason stands in the log.
func (s *Server) hear(listener Listener) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		event, result, status := "unknown", "", 0
		delivery, err := s.read(w, r, listener)
		switch {
		case errors.As(err, new(*http.MaxBytesError)):
			result, status = "too_large", http.StatusRequestEntityTooLarge
		case errors.Is(err, bot.ErrUnverified):
			result, status = "unverified", http.StatusUnauthorized
		case err != nil:
			result, status = "malformed", http.StatusBadRequest
		default:
			event = delivery.Event
			result, status, err = s.take(r.Context(), listener, delivery)
		}
		s.metrics.delivered(listener.Forge, event, result, time.Since(began))
		log := s.Log.With("forge", listener.Forge, "instance", listener.Instance, "event", event, "delivery", delivery.ID, "result", result)
		if err != nil {
			log.Warn("delivery not taken", "error", err)
		} else {
			log.Info("delivery")
		}
		say(w, status, result)
	}
}

func (s *Server) read(w http.ResponseWriter, r *http.Request, listener Listener) (bot.Delivery, error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		return bot.Delivery{}, fmt.Errorf("read the delivery: %w", err)
	}
	return listener.Host.Hear(r.Header, body)
}

// take remembers what a delivery asks for. Once it has said "accepted", neither a
// crash nor a restart loses it.
func (s *Server) take(ctx context.Context, listener Listener, delivery bot.Delivery) (result string, status int, err error) {
	for i, change := range delivery.Changes {
		id := delivery.ID
		if i > 0 {
			id = fmt.Sprintf("%s#%d", delivery.ID, i)
		}
		if err := s.Queue.Enqueue(ctx, listener.asked(change, id)); err != nil {
			return "not_stored", http.StatusServiceUnavailable, err
		}
	}
	if delivery.Seen != nil {
		s.acknowledge(delivery.Seen)
	}
	if delivery.Sweep && s.Sweep > 0 {
		s.acknowledge(func(ctx context.Context) error { return s.sweep(ctx, listener) })
	}
	if len(delivery.Changes) == 0 {
		return "ignored", http.StatusOK, nil
	}
	return "accepted", http.StatusAccepted, nil
}

func (l Listener) asked(change austauschbar.Change, delivery string) queue.Change {
	return queue.Change{Forge: l.Forge, Instance: l.Instance, Repository: change.Repository, Number: change.Number, Head: change.Head, Delivery: delivery}
}

// acknowledge does what nobody needs to wait for and nobody misses where it fails.
func (s *Server) acknowledge(do func(context.Context) error) {
	select {
	case s.room <- struct{}{}:
	default:
		return
	}
	s.seen.Go(func() {
		defer func() { <-s.room }()
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		if err := do(ctx); err != nil {
			s.Log.Info("acknowledgement left out", "error", err)
		}
	})
}
