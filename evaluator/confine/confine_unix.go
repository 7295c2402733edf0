//go:build linux || darwin

package worker

import (
	"fmt"
	"syscall"
)

// Bounds of a worker that the system holds.
const (
	data    = 768 << 20 // bytes of memory
	seconds = 15        // of processor time
)

// confine takes from this process what a task does not need: from now on it opens no
// file and no connection, starts no program, since all of these need a number that is
// not given out, writes to no file, and has a bounded memory. What it has open stays
// so.
func confine() error {
	for _, bound := range []struct {
		name  string
		what  int
		limit uint64
	}{
		{"files", syscall.RLIMIT_NOFILE, 0},
		{"file size", syscall.RLIMIT_FSIZE, 0},
		{"core dump", syscall.RLIMIT_CORE, 0},
		{"memory", syscall.RLIMIT_DATA, data},
		{"processor time", syscall.RLIMIT_CPU, seconds},
	} {
		if err := syscall.Setrlimit(bound.what, &syscall.Rlimit{Cur: bound.limit, Max: bound.limit}); err != nil {
			return fmt.Errorf("bound %s: %w", bound.name, err)
		}
	}
	return nil
}
