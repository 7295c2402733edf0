//go:build unix

package pdf

import (
	"syscall"

	"github.com/tetratelabs/wazero/experimental"
)

// mapped is a memory that grows in place: its addresses are reserved at once,
// but the system lends pages only as they are touched.
type mapped []byte

// allocate reserves the memory of one instance, or falls back to one that grows
// by copying where the system refuses.
func allocate(_, _ uint64) experimental.LinearMemory {
	reserved, err := syscall.Mmap(-1, 0, memoryLimit, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		return &copied{}
	}
	return mapped(reserved)
}

// Reallocate returns the first size bytes, or nil above the limit.
func (m mapped) Reallocate(size uint64) []byte {
	if size > memoryLimit {
		return nil
	}
	return m[:size]
}

// Free gives the memory back to the system.
func (m mapped) Free() { _ = syscall.Munmap(m) }
