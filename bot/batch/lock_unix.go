//go:build unix

package batch

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"

	"github.com/austauschbar/austauschbar/bot"
)

// lockFolder keeps other processes from a batch's folder until this one unlocks it or
// ends, however it ends.
func lockFolder(folder string) (unlock func(), err error) {
	file, err := os.OpenFile(filepath.Join(folder, lockName), os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, fmt.Errorf("lock %s: %w", folder, bot.Cause(err))
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil { // #nosec G115 -- a descriptor
		file.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, fmt.Errorf("lock %s: another batch writes there; name another folder with --output", folder)
		}
		return nil, fmt.Errorf("lock %s: %w", folder, err)
	}
	return func() { file.Close() }, nil
}
