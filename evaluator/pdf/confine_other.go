//go:build !linux && !darwin

package pdf

// confine does nothing where the system cannot bound a process from within.
func confine() error { return nil }

// allowTime does nothing: only the parent stops a worker.
func allowTime() {}
