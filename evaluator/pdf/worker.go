package pdf

import (
	"context"
	"encoding/gob"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/austauschbar/austauschbar/evaluator/confine"
)

// workerVariable is set in the environment of a worker, to the folder of the
// compiled module.
const workerVariable = "AUSTAUSCHBAR_PDF_WORKER"

// Work lets Read use workers: processes of this same program, which can be
// stopped and whose memory is bounded by the system. A process that was started
// as a worker works in this call and ends with it. Call it before all else in
// main, and in TestMain; Read reads in its own process where nobody did.
func Work() {
	folder, isWorker := os.LookupEnv(workerVariable)
	if !isWorker {
		staff.may.Store(true)
		return
	}
	signal.Ignore(os.Interrupt, syscall.SIGTERM) // its parent decides, by closing standard input
	if err := serve(folder, os.Stdin, os.Stdout); err != nil {
		os.Exit(1)
	}
	os.Exit(0)
}

// Bounds of a worker.
const (
	workerHeap    = 96 << 20  // bytes above which Go collects garbage all the time
	workerStack   = 64 << 20  // bytes of one goroutine's stack
	workerMemory  = 640 << 20 // bytes, held by the system, of which 270 MiB are set aside by Go and for PDFium before the first page, used or not
	workerSeconds = 90        // of processor time for one document, held by the system
)

// serve answers questions until in ends.
func serve(folder string, in io.Reader, out io.Writer) error {
	debug.SetMemoryLimit(workerHeap)
	debug.SetMaxStack(workerStack)
	pool, err := newPool(folder)
	if err != nil {
		return err
	}
	engine.pool = pool
	if err := confine.Process(workerMemory); err != nil {
		return err
	}
	answers := gob.NewEncoder(out)
	if err := answers.Encode(answer{}); err != nil {
		return err
	}
	open := &instance{}
	// Questions are read beside the work: when the parent is gone, nobody wants
	// the answer.
	asked := make(chan task)
	go func() {
		_ = tasks(in, func(t task) { asked <- t })
		os.Exit(0)
	}()
	for t := range asked {
		if t.question == (question{}) {
			open.close()
			large := len(open.data) > largeFile
			*open = instance{}
			if large {
				debug.FreeOSMemory() // the worker may idle for long
			}
			continue
		}
		if err := answers.Encode(perform(open, t)); err != nil {
			return err
		}
	}
	return nil
}

// perform does one task.
func perform(open *instance, t task) answer {
	ctx := context.Background()
	switch {
	case t.Size > 0:
		confine.MoreTime(workerSeconds)
		found, err := open.open(ctx, t.data)
		return answerOf(answer{Overview: found}, err)
	case t.Stamp != nil:
		found, err := open.stamp(ctx, *t.Stamp)
		return answerOf(answer{Stamped: found}, err)
	case t.Quotes != nil:
		found, err := open.places(ctx, t.Page, *t.Quotes)
		return answerOf(answer{Spots: found}, err)
	}
	read, err := open.page(ctx, t.Page)
	return answerOf(answer{Page: read}, err)
}
