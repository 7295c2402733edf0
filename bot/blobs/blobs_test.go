package blobs

import (
	"bytes"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
)

// blob is a blob of a size and its SHA-1.
func blob(number, size int) (id string, data []byte) {
	data = bytes.Repeat(fmt.Appendf(nil, "%08d", number), size/8+1)[:size]
	return idOf(data), data
}

func idOf(data []byte) string {
	sum := sha1.Sum(append(fmt.Appendf(nil, "blob %d\x00", len(data)), data...))
	return hex.EncodeToString(sum[:])
}

func TestThrough(t *testing.T) {
	id, data := blob(1, 64)
	store := Memory(1 << 20)
	for name, test := range map[string]struct {
		data []byte
		err  error
		told string
	}{
		"other bytes": {data: data[:63], told: "fetch blob " + id + ": the answer holds other bytes"},
		"an error":    {err: errors.New("gone"), told: "fetch blob " + id + ": gone"},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := Through(store, id, func() ([]byte, error) { return test.data, test.err }); got != nil || err == nil || err.Error() != test.told {
				t.Errorf("%d bytes, %v", len(got), err)
			}
		})
	}
	downloads := 0
	for range 2 {
		got, err := Through(store, id, func() ([]byte, error) { downloads++; return data, nil })
		if err != nil || !bytes.Equal(got, data) {
			t.Fatalf("%d bytes, %v", len(got), err)
		}
	}
	if downloads != 1 {
		t.Errorf("downloaded %d times", downloads)
	}
}

func TestHasID(t *testing.T) {
	long := sha256.Sum256([]byte("blob 3\x00one"))
	for name, test := range map[string]struct {
		data, id string
		want     bool
	}{
		"as Git says":  {"one\n", "5626abf0f72e58d7a153368ba57db4c673c0e171", true},
		"empty":        {"", "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391", true},
		"SHA-256":      {"one", hex.EncodeToString(long[:]), true},
		"broken off":   {"one", "5626abf0f72e58d7a153368ba57db4c673c0e171", false},
		"no id":        {"", "", false},
		"part of one":  {"one\n", "5626abf0f72e", false},
		"large digits": {"one\n", "5626ABF0F72E58D7A153368BA57DB4C673C0E171", true},
	} {
		t.Run(name, func(t *testing.T) {
			if got := HasID([]byte(test.data), test.id); got != test.want {
				t.Errorf("got %t", got)
			}
		})
	}
}

func TestMemory(t *testing.T) {
	const room = 100_000
	m := Memory(room)
	want, data := blob(0, 1000)
	m.Put(want, data)
	if got, ok := m.Get(want); !ok || !bytes.Equal(got, data) {
		t.Fatalf("got %d bytes, %t", len(got), ok)
	}
	huge, hugeData := blob(1, 2*room)
	m.Put(huge, hugeData)
	for i := range 500 {
		m.Put(blob(2+i, 1000))
		m.Get(want)
		m.cache.CleanUp()
	}
	if _, ok := m.Get(want); !ok {
		t.Error("the blob asked for most is gone")
	}
	if _, ok := m.Get(huge); ok {
		t.Error("a blob larger than the store is kept")
	}
	var group sync.WaitGroup
	for worker := range 8 {
		group.Go(func() {
			for i := range 200 {
				id, data := blob(worker*1000+i, 1000)
				m.Put(id, data)
				if got, ok := m.Get(id); ok && !bytes.Equal(got, data) {
					t.Errorf("%s is another blob", id)
				}
			}
		})
	}
	group.Wait()
	m.cache.CleanUp()
	if used := m.cache.WeightedSize(); used > room || used < room/2 {
		t.Errorf("%d bytes kept, want nearly %d", used, room)
	}
}

var hostile = []string{"", ".", "..", "../../../../etc/passwd", strings.Repeat("../", 14)[:40], strings.Repeat("A", 40), strings.Repeat("0", 39), strings.Repeat("0", 41),
	strings.Repeat("0", 39) + "/", strings.Repeat("0", 39) + "\x00", `..\` + strings.Repeat("0", 37), strings.Repeat("ａ", 20)[:40], unfinished + strings.Repeat("0", 30), "C:" + strings.Repeat("0", 38)}

func TestHostileIDs(t *testing.T) {
	folder := t.TempDir()
	d := open(t, folder, 1000)
	for _, id := range hostile {
		d.Put(id, []byte("data"))
		if _, ok := d.Get(id); ok {
			t.Errorf("%q is kept", id)
		}
	}
	if kept := names(t, folder); len(kept) != 0 {
		t.Errorf("files %v were written", kept)
	}
}
