//go:build !unix

package pdf

import "github.com/tetratelabs/wazero/experimental"

// allocate returns an empty memory that grows by copying.
func allocate(_, _ uint64) experimental.LinearMemory { return &copied{} }
