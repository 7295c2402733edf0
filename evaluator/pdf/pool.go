package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing/fstest"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// strays is how many readings may go on unheard, after their time was up,
// before further documents have to wait for one of them to end.
const strays = 4

// engine is the one pool of PDFium instances of this process. Making it costs
// seconds where the compiled module is not cached yet.
var engine = shared{slots: make(chan struct{}, width)}

// width is how many documents are read at once.
var width = min(runtime.GOMAXPROCS(0), 4)

// shared makes its pool when it is first asked for.
type shared struct {
	sync.Mutex
	pool    pdfium.Pool
	making  chan struct{} // closed when making has ended; nil while nobody makes
	err     error         // of the last making
	closing bool
	running sync.WaitGroup // instances in use
	slots   chan struct{}  // one for each reading that somebody waits for
}

// enter waits for a slot. Its error is the context's.
func (s *shared) enter(ctx context.Context) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	select {
	case s.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// leave gives a slot back.
func (s *shared) leave() { <-s.slots }

// Prepare makes the pool of PDFium instances unless it stands already. The
// first time on a machine it compiles PDFium, which takes some seconds; from
// then on the compiled module comes from the user's cache folder. Read calls it
// by itself.
func Prepare(ctx context.Context) error {
	_, err := engine.get(ctx)
	return err
}

// Prepared reports whether PDFs can be read without compiling PDFium first:
// because the pool stands, or because the cache folder holds a compiled module.
func Prepared() bool {
	engine.Lock()
	stands := engine.pool != nil
	engine.Unlock()
	if stands {
		return true
	}
	folder, err := cacheFolder()
	if err != nil {
		return false
	}
	found, err := filepath.Glob(filepath.Join(folder, "wazero-*", "*"))
	return err == nil && len(found) > 0
}

// Close waits for the readings that run and frees the pool. A later Read makes
// a new one.
func Close() error {
	engine.Lock()
	if engine.pool == nil || engine.closing {
		engine.Unlock()
		return nil
	}
	engine.closing = true
	engine.Unlock()

	// The memory of an instance is given back to the system when it is closed,
	// so none may be closed while it runs.
	engine.running.Wait()

	engine.Lock()
	defer engine.Unlock()
	err := engine.pool.Close()
	engine.pool, engine.closing = nil, false
	if err != nil {
		return fmt.Errorf("close pdfium: %w", err)
	}
	return nil
}

// get returns the pool. Where it has to be made, that goes on even when the
// context ends: the next document will want it.
func (s *shared) get(ctx context.Context) (pdfium.Pool, error) {
	s.Lock()
	if s.closing {
		s.Unlock()
		return nil, errors.New("start pdfium: closing")
	}
	if s.pool != nil {
		defer s.Unlock()
		return s.pool, nil
	}
	if s.making == nil {
		s.making = make(chan struct{})
		go s.make(s.making)
	}
	making := s.making
	s.Unlock()

	select {
	case <-making:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	s.Lock()
	defer s.Unlock()
	if s.pool == nil {
		return nil, fmt.Errorf("start pdfium: %w", s.err)
	}
	return s.pool, nil
}

// make makes the pool and closes done.
func (s *shared) make(done chan struct{}) {
	pool, err := newPool()
	s.Lock()
	defer s.Unlock()
	s.pool, s.err, s.making = pool, err, nil
	close(done)
}

// borrow hands out a fresh instance; the caller gives it back. Nothing of one
// document survives into the next.
func (s *shared) borrow(ctx context.Context) (pdfium.Pdfium, error) {
	pool, err := s.get(ctx)
	if err != nil {
		return nil, err
	}
	s.Lock()
	if s.closing {
		s.Unlock()
		return nil, errors.New("start pdfium: closing")
	}
	s.running.Add(1)
	s.Unlock()
	instance, err := pool.GetInstanceWithContext(ctx)
	if err != nil {
		s.running.Done()
		return nil, fmt.Errorf("start pdfium: %w", err)
	}
	return instance, nil
}

// giveBack ends an instance. One that has failed is not asked to tidy up.
func (s *shared) giveBack(instance pdfium.Pdfium, failed bool) {
	defer s.running.Done()
	if failed {
		_ = instance.Kill()
		return
	}
	if instance.Close() != nil {
		_ = instance.Kill()
	}
}

// newPool compiles PDFium, or loads it from the cache. The module sees no
// files, prints nothing and has a bounded memory.
func newPool() (pdfium.Pool, error) {
	settings := wazero.NewRuntimeConfig().WithCoreFeatures(
		api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling)
	if folder, err := cacheFolder(); err == nil {
		if cache, err := wazero.NewCompilationCacheWithDir(folder); err == nil {
			settings = settings.WithCompilationCache(cache)
		}
	}
	return webassembly.Init(webassembly.Config{
		Context:       experimental.WithMemoryAllocator(context.Background(), experimental.MemoryAllocatorFunc(allocate)),
		MaxTotal:      width + strays,
		RuntimeConfig: settings,
		FSConfig:      wazero.NewFSConfig().WithFSMount(fstest.MapFS{}, "/"),
		Stdout:        io.Discard,
		Stderr:        io.Discard,
	})
}

// cacheFolder names the folder of the compiled module.
func cacheFolder() (string, error) {
	folder, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(folder, "austauschbar", "pdfium"), nil
}
