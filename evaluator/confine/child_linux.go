package confine

import "syscall"

// Program names this program, even where its file was replaced since it started.
func Program() (string, error) { return "/proc/self/exe", nil }

// Child lets a process that is started die with its parent.
func Child() *syscall.SysProcAttr { return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }
