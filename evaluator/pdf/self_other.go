//go:build !linux

package pdf

import (
	"os"
	"syscall"
)

// self names this program.
func self() (string, error) { return os.Executable() }

// attributes asks for nothing: a worker notices by its standard input that its
// parent is gone.
func attributes() *syscall.SysProcAttr { return nil }
