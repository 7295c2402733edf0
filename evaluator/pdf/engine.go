package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing/fstest"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// strays is how many readings may go on unheard in a process that reads by itself,
// after their time was up, before further documents have to wait for one to end.
const strays = 4

// engine is PDFium in this process: in a worker, and in a program that has none.
var engine shared

// shared makes its pool of PDFium instances when it is first asked for.
type shared struct {
	sync.Mutex
	pool    pdfium.Pool
	making  chan struct{} // closed when making has ended; nil while nobody makes
	err     error         // of the last making
	closing bool
	running sync.WaitGroup // instances in use
}

// stands reports whether the pool is there.
func (s *shared) stands() bool {
	s.Lock()
	defer s.Unlock()
	return s.pool != nil
}

// close waits for the readings that run and frees the pool. A later get makes a
// new one.
func (s *shared) close() error {
	s.Lock()
	if s.pool == nil || s.closing {
		s.Unlock()
		return nil
	}
	s.closing = true
	s.Unlock()

	// The memory of an instance is given back to the system when it is closed,
	// so none may be closed while it runs.
	s.running.Wait()

	s.Lock()
	defer s.Unlock()
	err := s.pool.Close()
	s.pool, s.closing = nil, false
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
	pool, err := newPool(cacheFolder())
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

// newPool compiles PDFium, or loads it from the cache in this folder; "" for no
// cache. The module sees no files, prints nothing and has a bounded memory.
func newPool(folder string) (pdfium.Pool, error) {
	settings := wazero.NewRuntimeConfig().WithCoreFeatures(
		api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling)
	if folder != "" {
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

// cacheFolder names the folder of the compiled module; "" where the user has none.
func cacheFolder() string {
	folder, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(folder, "austauschbar", "pdfium")
}
