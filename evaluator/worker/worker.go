// Package worker does a task in a process of its own, which can be stopped, opens no
// file and no connection, and has a bounded memory: what strangers' templates may do
// cannot be bounded within a program that must live on.
package worker

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"runtime/debug"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/austauschbar/austauschbar/evaluator/confine"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// A Task turns what it is given into an answer. It has neither files nor environment.
type Task func(input []byte) []byte

// variable is set in the environment of a worker, to the name of its task.
const variable = "AUSTAUSCHBAR_WORKER"

// Bounds of a worker.
const (
	Patience = 10 * time.Second // wall time for one task
	seconds  = 15               // of processor time, held by the system
	memory   = 768 << 20        // bytes, held by the system
	heap     = 192 << 20        // bytes above which Go collects garbage all the time
	stack    = 64 << 20         // bytes of one goroutine's stack
	answer   = 64 << 20         // bytes
)

// seats are taken by the workers at work.
var seats = make(chan struct{}, min(runtime.GOMAXPROCS(0), 2))

// may says that the program becomes a worker where it is asked to.
var may atomic.Bool

// Work lets Do use processes of this same program. A process that was started as a
// worker works in this call and ends with it. Call it before all else in main, and in
// TestMain; Do works in its own process where nobody did.
func Work(tasks map[string]Task) {
	name, isWorker := os.LookupEnv(variable)
	if !isWorker {
		may.Store(true)
		return
	}
	signal.Ignore(os.Interrupt, syscall.SIGTERM) // its parent decides
	if err := serve(tasks[name]); err != nil {
		os.Exit(1)
	}
	os.Exit(0)
}

func serve(task Task) error {
	if task == nil {
		return errors.New("no such task")
	}
	debug.SetMemoryLimit(heap)
	debug.SetMaxStack(stack)
	log.SetOutput(io.Discard)
	slog.SetDefault(slog.New(slog.DiscardHandler))
	input, err := io.ReadAll(os.Stdin)
	if err != nil {
		return fmt.Errorf("hear task: %w", err)
	}
	if err := confine.Process(memory); err != nil {
		return err
	}
	if err := confine.Time(seconds); err != nil {
		return err
	}
	_, err = os.Stdout.Write(task(input))
	return err
}

// Do does a task of Work by its name. Its error is a *limit.Refusal ("timeout", or
// "too_large" where the worker died of its bounds) or the context's.
func Do(ctx context.Context, name string, task Task, input []byte) ([]byte, error) {
	select {
	case seats <- struct{}{}:
		defer func() { <-seats }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	limited, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	output, err := do(limited, name, task, input)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case limited.Err() != nil:
		return nil, limit.Refuse("timeout", fmt.Sprintf("it took longer than %s", Patience))
	case err != nil:
		return nil, limit.Refuse("too_large", "it wanted more memory or time than there is for it")
	}
	return output, nil
}

func do(ctx context.Context, name string, task Task, input []byte) ([]byte, error) {
	if !may.Load() {
		return here(ctx, task, input)
	}
	program, err := confine.Program()
	if err != nil {
		return nil, err
	}
	command := exec.CommandContext(ctx, program) // #nosec G204 -- this program
	command.Env = []string{variable + "=" + name, "GOTRACEBACK=none", "GOMAXPROCS=2"}
	command.Stdin = bytes.NewReader(input)
	output := &bounded{}
	command.Stdout = output
	command.SysProcAttr = confine.Child()
	// Where the thread that starts a process ends, Linux takes the parent for dead.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := command.Run(); err != nil {
		return nil, fmt.Errorf("run worker: %w", err)
	}
	return output.taken.Bytes(), nil
}

// here works in this process, where a task cannot be stopped: one whose context has
// ended goes on unheard.
func here(ctx context.Context, task Task, input []byte) ([]byte, error) {
	done := make(chan []byte, 1)
	go func() { done <- task(input) }()
	select {
	case output := <-done:
		return output, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// bounded takes an answer, and no more than that. The buffer is no part of its methods:
// it would read by itself, past the bound.
type bounded struct{ taken bytes.Buffer }

func (b *bounded) Write(p []byte) (int, error) {
	if b.taken.Len()+len(p) > answer {
		return 0, errors.New("the answer is too long")
	}
	return b.taken.Write(p)
}
