//go:build linux || darwin

package pdf

import (
	"fmt"
	"syscall"
)

// Bounds of a worker that the system holds.
const (
	workerData    = 640 << 20 // bytes of memory, of which 270 MiB are set aside by Go and for PDFium before the first page, used or not
	workerSeconds = 90        // of processor time for one document
)

// confine takes from this process what reading a PDF does not need: from now on
// it opens no file and no connection, since both need a number that is not given
// out, writes to none, and has a bounded memory. What it has open stays so.
func confine() error {
	for _, bound := range []struct {
		name  string
		what  int
		limit uint64
	}{
		{"files", syscall.RLIMIT_NOFILE, 0},
		{"file size", syscall.RLIMIT_FSIZE, 0},
		{"core dump", syscall.RLIMIT_CORE, 0},
		{"memory", syscall.RLIMIT_DATA, workerData},
	} {
		if err := syscall.Setrlimit(bound.what, &syscall.Rlimit{Cur: bound.limit, Max: bound.limit}); err != nil {
			return fmt.Errorf("bound %s: %w", bound.name, err)
		}
	}
	return nil
}

// allowTime bounds the processor time of one document, should the parent not be
// there to do so.
func allowTime() {
	var used syscall.Rusage
	var bound syscall.Rlimit
	if syscall.Getrusage(syscall.RUSAGE_SELF, &used) != nil || syscall.Getrlimit(syscall.RLIMIT_CPU, &bound) != nil {
		return
	}
	bound.Cur = min(uint64(used.Utime.Sec+used.Stime.Sec)+workerSeconds, bound.Max) // #nosec G115 -- times are positive
	_ = syscall.Setrlimit(syscall.RLIMIT_CPU, &bound)
}
