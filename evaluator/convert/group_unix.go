//go:build unix

package convert

import (
	"os/exec"
	"syscall"
)

// group makes a program and those that it starts end together.
func group(c *exec.Cmd) {
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	c.Cancel = func() error { return syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }
}
