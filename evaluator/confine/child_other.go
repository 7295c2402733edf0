//go:build !linux

package worker

import (
	"os"
	"syscall"
)

// self names this program.
func self() (string, error) { return os.Executable() }

// attributes asks for nothing: the parent stops a worker whose time is over.
func attributes() *syscall.SysProcAttr { return nil }
