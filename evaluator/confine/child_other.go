//go:build !linux

package confine

import (
	"os"
	"syscall"
)

// Program names this program.
func Program() (string, error) { return os.Executable() }

// Child asks for nothing: the parent stops a child whose time is over, and one that
// works on notices by its standard input that its parent is gone.
func Child() *syscall.SysProcAttr { return nil }
