package worker

import "syscall"

// self names this program, even where its file was replaced since it started.
func self() (string, error) { return "/proc/self/exe", nil }

// attributes lets a worker die with its parent.
func attributes() *syscall.SysProcAttr { return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }
