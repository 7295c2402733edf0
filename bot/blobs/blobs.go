// Package blobs keeps files' bytes by their blob id, as Git calls them: in memory or
// on disk, within a size. A blob never changes under its id. What is lost is fetched
// again, so that nothing here is an error to whoever asks.
package blobs

import (
	"crypto/sha1" // #nosec G505 -- Git's ids, not a signature
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"strings"

	"github.com/maypok86/otter/v2"
)

// A Store keeps files' bytes by blob id. A blob never changes under its id, so that
// one store may serve all repositories that one token reads. It is used by several
// goroutines, and what it returns is not changed.
type Store interface {
	Get(id string) ([]byte, bool)
	Put(id string, data []byte)
}

var (
	_ Store = (*InMemory)(nil)
	_ Store = (*OnDisk)(nil)
)

// HasID says whether bytes are those that Git calls by an id: a SHA-1 or SHA-256 in
// hexadecimal digits. An answer or file that broke off would else pass for the whole.
func HasID(data []byte, id string) bool {
	var sum hash.Hash = sha1.New() // #nosec G401
	if len(id) == 2*sha256.Size {
		sum = sha256.New()
	}
	fmt.Fprintf(sum, "blob %d\x00", len(data))
	sum.Write(data)
	return strings.EqualFold(hex.EncodeToString(sum.Sum(nil)), id)
}

// isID says whether a string can be a blob's id, in small digits, and so a file's name.
func isID(id string) bool {
	return (len(id) == 2*sha1.Size || len(id) == 2*sha256.Size) && strings.Trim(id, "0123456789abcdef") == ""
}

// Through gives a file's bytes from a store, or downloads and keeps them. Bytes that are
// not those of the id are an error.
func Through(store Store, id string, download func() ([]byte, error)) ([]byte, error) {
	if data, ok := store.Get(id); ok {
		return data, nil
	}
	data, err := download()
	if err == nil && !HasID(data, id) {
		err = errors.New("the answer holds other bytes")
	}
	if err != nil {
		return nil, fmt.Errorf("fetch blob %s: %w", id, err)
	}
	store.Put(id, data)
	return data, nil
}

// InMemory is a store that ends with the process. It may be used by several
// goroutines.
type InMemory struct {
	cache *otter.Cache[string, []byte]
}

// Memory makes a store in memory that keeps about room bytes of the blobs asked for
// last or most.
func Memory(room uint64) *InMemory {
	return &InMemory{otter.Must(&otter.Options[string, []byte]{MaximumWeight: max(1, room), Weigher: weigh})}
}

// entryBytes is about what an entry takes besides its data.
const entryBytes = 200

func weigh(_ string, data []byte) uint32 {
	return uint32(min(entryBytes+uint64(len(data)), 1<<32-1)) // #nosec G115 -- bounded
}

// Get returns a blob; nobody may change it. False where it is not kept.
func (m *InMemory) Get(id string) ([]byte, bool) { return m.cache.GetIfPresent(id) }

// Put keeps a blob, which nobody may change from then on.
func (m *InMemory) Put(id string, data []byte) { m.cache.SetIfAbsent(id, data) }
