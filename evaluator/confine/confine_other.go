//go:build !linux && !darwin

package confine

// Process does nothing where the system cannot bound a process from within.
func Process(uint64) error { return nil }

// Time does nothing: only the parent stops a process.
func Time(uint64) error { return nil }

// MoreTime does nothing.
func MoreTime(int64) {}
