package pdf

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/austauschbar/austauschbar/evaluator/confine"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// width is how many workers there are at most, and how many documents or parts
// of documents are read at once.
var width = min(runtime.GOMAXPROCS(0), 2)

const (
	readings  = 200             // documents that a worker reads before it is replaced
	startTime = 2 * time.Minute // for a worker that compiles PDFium on a slow machine
)

// staff are the workers of this program.
var staff = team{seats: make(chan struct{}, width), patience: 20 * time.Second}

// A team starts workers when they are needed and keeps them for the next document.
type team struct {
	may      atomic.Bool   // the program becomes a worker where it is asked to
	seats    chan struct{} // one taken for each desk in use
	patience time.Duration // with one page, or with the opening of a document

	sync.Mutex
	idle     []*worker
	starting sync.Mutex // held while the first worker is made, which may compile PDFium
	ready    atomic.Bool
}

// enter waits for a seat. Its error is the context's.
func (t *team) enter(ctx context.Context) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	select {
	case t.seats <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// tryEnter takes a seat if one is free.
func (t *team) tryEnter() bool {
	select {
	case t.seats <- struct{}{}:
		return true
	default:
		return false
	}
}

// leave gives a seat back.
func (t *team) leave() { <-t.seats }

// desk returns a desk for whoever has a seat.
func (t *team) desk() desk {
	if t.may.Load() {
		return &remote{team: t}
	}
	return &local{}
}

// hire returns a worker that idles, or starts one. The start goes on where the
// context ends: the next document will want it.
func (t *team) hire(ctx context.Context) (*worker, error) {
	if w := t.idler(); w != nil {
		return w, nil
	}
	type result struct {
		worker *worker
		err    error
	}
	started := make(chan result, 1)
	go func() {
		w, err := t.start()
		started <- result{w, err}
	}()
	select {
	case r := <-started:
		return r.worker, r.err
	case <-ctx.Done():
		go func() {
			if r := <-started; r.err == nil {
				t.keep(r.worker)
			}
		}()
		return nil, ctx.Err()
	}
}

// idler returns a worker that idles and is alive; nil for none.
func (t *team) idler() *worker {
	t.Lock()
	defer t.Unlock()
	for len(t.idle) > 0 {
		last := len(t.idle) - 1
		w := t.idle[last]
		t.idle = t.idle[:last]
		select {
		case <-w.ended:
		default:
			return w
		}
	}
	return nil
}

// keep lets a worker idle, or ends it where it is used up or one too many.
func (t *team) keep(w *worker) {
	t.Lock()
	defer t.Unlock()
	if w.gone.Load() || w.read >= readings || len(t.idle) >= width {
		w.kill()
		return
	}
	t.idle = append(t.idle, w)
}

// dismiss ends the workers that idle.
func (t *team) dismiss() {
	t.Lock()
	defer t.Unlock()
	for _, w := range t.idle {
		w.kill()
		<-w.ended
	}
	t.idle = nil
}

// start starts a worker. Where the first one has to compile PDFium, the others wait
// for it, as they can load what it compiled.
func (t *team) start() (*worker, error) {
	if !Prepared() {
		t.starting.Lock()
		defer t.starting.Unlock()
	}
	w, err := newWorker()
	if err != nil {
		return nil, fmt.Errorf("start pdf worker: %w", err)
	}
	late := time.AfterFunc(startTime, w.kill)
	defer late.Stop()
	if _, err := w.receive(); err != nil {
		w.kill()
		return nil, fmt.Errorf("start pdf worker: %w", err)
	}
	t.ready.Store(true)
	return w, nil
}

// A worker is a process that reads PDFs, one after the other.
type worker struct {
	*wire
	process *os.Process
	gone    atomic.Bool   // killed, or found dead
	ended   chan struct{} // closed when the process has ended
	read    int           // documents
}

// newWorker starts this program as a worker, with nothing in its environment but
// that.
func newWorker() (*worker, error) {
	program, err := confine.Program()
	if err != nil {
		return nil, err
	}
	command := exec.Command(program) // #nosec G204 -- this program
	command.Env = []string{workerVariable + "=" + cacheFolder(), "GOTRACEBACK=none", "GOMAXPROCS=2"}
	command.SysProcAttr = confine.Child()
	in, err := command.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	w := &worker{ended: make(chan struct{})}
	started := make(chan error)
	go w.run(command, started)
	if err := <-started; err != nil {
		return nil, err
	}
	w.wire = newWire(in, out)
	return w, nil
}

// run starts the process and waits for its end, on a thread of its own: where that
// ended, Linux would take the parent for dead.
func (w *worker) run(command *exec.Cmd, started chan<- error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := command.Start(); err != nil {
		started <- err
		return
	}
	w.process = command.Process
	started <- nil
	_ = command.Wait() // which closes the pipes as well
	close(w.ended)
}

// kill ends the process at once.
func (w *worker) kill() {
	w.gone.Store(true)
	_ = w.process.Kill()
}

// consult asks a question and waits for the answer. The worker is killed where the
// context ends first.
func (w *worker) consult(ctx context.Context, q question, data []byte) (answer, error) {
	stop := context.AfterFunc(ctx, w.kill)
	err := w.send(q, data)
	var a answer
	if err == nil {
		a, err = w.receive()
	}
	if stop() && err == nil {
		return a, nil
	}
	w.kill()
	return answer{}, cmp.Or(ctx.Err(), limit.Refuse("damaged", "PDFium ended unexpectedly"))
}

// A remote desk reads in a worker.
type remote struct {
	team   *team
	worker *worker // nil where the last one was lost
	data   []byte
}

func (r *remote) open(ctx context.Context, data []byte) (overview, error) {
	r.data = data
	w, err := r.team.hire(ctx)
	if err != nil {
		return overview{}, err
	}
	r.worker = w
	w.read++
	a, err := r.consult(ctx, question{Size: len(data)}, data)
	return a.Overview, err
}

func (r *remote) page(ctx context.Context, number int) (page, error) {
	a, err := r.ask(ctx, question{Page: number})
	return a.Page, err
}

func (r *remote) places(ctx context.Context, number int, quotes []quote) ([]spot, error) {
	a, err := r.ask(ctx, question{Page: number, Quotes: &quotes})
	return a.Spots, err
}

func (r *remote) stamp(ctx context.Context, s stamp) (stamped, error) {
	a, err := r.ask(ctx, question{Stamp: &s})
	return a.Stamped, err
}

// ask asks about the document, which it opens again where the last worker was lost.
func (r *remote) ask(ctx context.Context, q question) (answer, error) {
	if r.worker == nil {
		if _, err := r.open(ctx, r.data); err != nil {
			return answer{}, err
		}
	}
	return r.consult(ctx, q, nil)
}

// consult asks the worker, and lets go of it where it is lost.
func (r *remote) consult(ctx context.Context, q question, data []byte) (answer, error) {
	limited, cancel := context.WithTimeout(ctx, r.team.patience)
	defer cancel()
	a, err := r.worker.consult(limited, q, data)
	if err == nil {
		return a, a.err()
	}
	r.worker = nil
	if limited.Err() != nil && ctx.Err() == nil {
		err = limit.Refuse("timeout", fmt.Sprintf("a page took longer than %s", r.team.patience))
	}
	return answer{}, err
}

func (r *remote) close() {
	if r.worker != nil {
		_ = r.worker.send(question{}, nil) // a dead worker is found out when it is hired
		r.team.keep(r.worker)
	}
	r.worker = nil
}
