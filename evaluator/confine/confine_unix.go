//go:build linux || darwin

package confine

import (
	"fmt"
	"syscall"
)

// Process takes from this process what reading does not need: from now on it opens no
// file and no connection and starts no program, since all of these need a number that is
// not given out, writes to no file, and has a bounded memory, in bytes. What it has open
// stays so.
func Process(memory uint64) error {
	for _, bound := range []struct {
		name  string
		what  int
		limit uint64
	}{
		{"files", syscall.RLIMIT_NOFILE, 0},
		{"file size", syscall.RLIMIT_FSIZE, 0},
		{"core dump", syscall.RLIMIT_CORE, 0},
		{"memory", syscall.RLIMIT_DATA, memory},
	} {
		if err := syscall.Setrlimit(bound.what, &syscall.Rlimit{Cur: bound.limit, Max: bound.limit}); err != nil {
			return fmt.Errorf("bound %s: %w", bound.name, err)
		}
	}
	return nil
}

// Time bounds the processor time that this process has, in seconds, for all it does.
func Time(seconds uint64) error {
	if err := syscall.Setrlimit(syscall.RLIMIT_CPU, &syscall.Rlimit{Cur: seconds, Max: seconds}); err != nil {
		return fmt.Errorf("bound processor time: %w", err)
	}
	return nil
}

// MoreTime bounds the processor time that this process has from now on, in seconds,
// should its parent not be there to stop it.
func MoreTime(seconds int64) {
	var used syscall.Rusage
	var bound syscall.Rlimit
	if syscall.Getrusage(syscall.RUSAGE_SELF, &used) != nil || syscall.Getrlimit(syscall.RLIMIT_CPU, &bound) != nil {
		return
	}
	bound.Cur = min(uint64(used.Utime.Sec+used.Stime.Sec+seconds), bound.Max) // #nosec G115 -- times are positive
	_ = syscall.Setrlimit(syscall.RLIMIT_CPU, &bound)
}
