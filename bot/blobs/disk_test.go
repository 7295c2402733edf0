package blobs

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// open opens a store where nothing may go wrong.
func open(t testing.TB, folder string, room int64) *OnDisk {
	t.Helper()
	d, err := Disk(folder, room, func(err error) { t.Error(err) })
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// names lists the files below a folder.
func names(t testing.TB, folder string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			found = append(found, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func sizeOn(t testing.TB, folder string) (bytes int64) {
	t.Helper()
	for _, name := range names(t, folder) {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		bytes += info.Size()
	}
	return bytes
}

func age(t testing.TB, name string, by time.Duration) {
	t.Helper()
	if err := os.Chtimes(name, time.Time{}, time.Now().Add(-by)); err != nil {
		t.Fatal(err)
	}
}

func TestDiskKeeps(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "a", "b")
	d := open(t, folder, 1<<20)
	for _, size := range []int{0, 1, 5000} {
		id, data := blob(size, size)
		if _, ok := d.Get(id); ok {
			t.Fatalf("%d bytes: there before they were put", size)
		}
		d.Put(id, data)
		d.Put(id, data)
		for name, store := range map[string]*OnDisk{"this": d, "another": open(t, folder, 1<<20)} {
			if got, ok := store.Get(id); !ok || !bytes.Equal(got, data) {
				t.Errorf("%d bytes: %s store returns %d bytes, %t", size, name, len(got), ok)
			}
		}
	}
	if d.used != 5001 {
		t.Errorf("%d bytes counted, want 5001", d.used)
	}
}

func TestOthersCannotRead(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("modes are POSIX")
	}
	folder := filepath.Join(t.TempDir(), "store")
	id, data := blob(1, 10)
	open(t, folder, 1000).Put(id, data)
	err := filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", name, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What was unused longest goes first; reading counts as use.
func TestLimit(t *testing.T) {
	folder := t.TempDir()
	d := open(t, folder, 10_000)
	var ids []string
	for i := range 10 {
		id, data := blob(i, 1000)
		d.Put(id, data)
		age(t, d.path(id), time.Duration(20-i)*time.Hour)
		ids = append(ids, id)
	}
	if _, ok := d.Get(ids[0]); !ok {
		t.Fatal("the first blob is gone before the store is full")
	}
	id, data := blob(10, 1000)
	d.Put(id, data)
	huge, hugeData := blob(11, 10_001)
	d.Put(huge, hugeData)
	want := []string{ids[0]}
	want = append(append(want, ids[3:]...), id)
	var got []string
	for _, id := range append(slices.Clone(ids), id, huge) {
		if _, ok := d.Get(id); ok {
			got = append(got, id)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("kept %v, want %v", got, want)
	}
	smaller := open(t, folder, 5000)
	if size := sizeOn(t, folder); size > 5000 || smaller.used != size {
		t.Errorf("a smaller store has %d bytes and counts %d", size, smaller.used)
	}
}

func TestDamaged(t *testing.T) {
	for name, damage := range map[string]func(string) error{
		"broken off": func(name string) error { return os.Truncate(name, 5) },
		"emptied":    func(name string) error { return os.Truncate(name, 0) },
		"changed": func(name string) error {
			return os.WriteFile(name, bytes.Repeat([]byte("x"), 100), 0o600)
		},
	} {
		t.Run(name, func(t *testing.T) {
			var told []error
			d, err := Disk(t.TempDir(), 1000, func(err error) { told = append(told, err) })
			if err != nil {
				t.Fatal(err)
			}
			id, data := blob(1, 100)
			d.Put(id, data)
			if err := damage(d.path(id)); err != nil {
				t.Fatal(err)
			}
			if got, ok := d.Get(id); ok {
				t.Fatalf("%q was returned", got)
			}
			if len(told) != 1 || len(names(t, d.folder)) != 0 {
				t.Errorf("told %v; files %v", told, names(t, d.folder))
			}
			d.Put(id, data)
			if got, ok := d.Get(id); !ok || !bytes.Equal(got, data) {
				t.Errorf("put again: %q, %t", got, ok)
			}
		})
	}
}

// A disk that does not work any more is told of and fails nothing.
func TestBrokenDisk(t *testing.T) {
	for name, breaking := range map[string]func(*OnDisk, string) error{
		"folder is gone":  func(d *OnDisk, _ string) error { return os.RemoveAll(d.folder) },
		"cannot write":    func(d *OnDisk, _ string) error { return os.RemoveAll(filepath.Join(d.folder, unfinished)) },
		"file in the way": func(d *OnDisk, id string) error { return os.WriteFile(filepath.Dir(d.path(id)), nil, 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			var told []error
			d, err := Disk(filepath.Join(t.TempDir(), "store"), 1000, func(err error) { told = append(told, err) })
			if err != nil {
				t.Fatal(err)
			}
			id, data := blob(1, 50)
			if err := breaking(d, id); err != nil {
				t.Fatal(err)
			}
			d.Put(id, data)
			if _, ok := d.Get(id); ok || len(told) == 0 {
				t.Errorf("kept %t, told %v", ok, told)
			}
			if d.writing != 0 || d.used != 0 {
				t.Errorf("counts %d bytes used and %d being written", d.used, d.writing)
			}
		})
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Disk(file, 1000, nil); err == nil {
		t.Error("a file was opened as a store")
	}
}

// Only our own files are removed, and what a dead process left.
func TestTidies(t *testing.T) {
	folder := t.TempDir()
	id, data := blob(1, 100)
	open(t, folder, 1000).Put(id, data)
	want := map[string]bool{
		filepath.Join(folder, "notes.txt"):              true,
		filepath.Join(folder, "aa", "notes.txt"):        true,
		filepath.Join(folder, "other", id[2:]):          true,
		filepath.Join(folder, unfinished, "old-1"):      false,
		filepath.Join(folder, unfinished, "new-1"):      true,
		filepath.Join(folder, id[:2], id[2:]):           false,
		filepath.Join(folder, id[:2], id[2:]+".backup"): true,
	}
	for name := range want {
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o700), os.WriteFile(name, data, 0o600)); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(name, "new-") {
			age(t, name, 2*abandoned)
		}
	}
	open(t, folder, 10)
	for name, want := range want {
		if _, err := os.Stat(name); (err == nil) != want {
			t.Errorf("%s: %v, want it kept: %t", name, err, want)
		}
	}
}

// Several stores on one folder, as several processes have, each used by several
// goroutines.
func TestManyAtOnce(t *testing.T) {
	const stores, workers, rounds, size, room = 3, 4, 150, 2000, 200_000
	folder := t.TempDir()
	var found, most atomic.Int64
	var group, watch sync.WaitGroup
	for store := range stores {
		d := open(t, folder, room)
		for worker := range workers {
			group.Go(func() {
				for i := range rounds {
					id, data := blob((i*7+worker*31+store)%rounds, size)
					d.Put(id, data)
					if got, ok := d.Get(id); ok {
						found.Add(1)
						if !bytes.Equal(got, data) {
							t.Errorf("%s is another blob", id)
						}
					}
				}
			})
		}
	}
	over := make(chan struct{})
	watch.Go(func() {
		for {
			select {
			case <-over:
				return
			default:
				files, err := (&OnDisk{folder: folder, warn: func(error) {}}).files()
				if err != nil {
					t.Error(err)
				}
				var used int64
				for _, file := range files {
					used += file.size
				}
				most.Store(max(most.Load(), used))
			}
		}
	})
	group.Wait()
	close(over)
	watch.Wait()
	// One tenth for each store besides the first, and what is being written.
	if limit := int64(room + (stores-1)*room/10 + stores*workers*size); most.Load() > limit {
		t.Errorf("%d bytes at most, want no more than %d", most.Load(), limit)
	}
	if found.Load() < stores*workers*rounds/2 {
		t.Errorf("%d of %d blobs were found again", found.Load(), stores*workers*rounds)
	}
	if left := len(names(t, filepath.Join(folder, unfinished))); left != 0 {
		t.Errorf("%d files are left unfinished", left)
	}
}

// A store of 10,000 blobs of 64 KiB: reading one, putting one that makes others go.
func BenchmarkDisk(b *testing.B) {
	const size, count = 64 << 10, 10_000
	d := open(b, b.TempDir(), size*count)
	ids := make([]string, count)
	for i := range ids {
		id, data := blob(i, size)
		d.Put(id, data)
		ids[i] = id
	}
	b.Run("get", func(b *testing.B) {
		b.SetBytes(size)
		for i := 0; b.Loop(); i++ {
			if _, ok := d.Get(ids[i%count]); !ok {
				b.Fatal("blob is gone")
			}
		}
	})
	next := count
	b.Run("put", func(b *testing.B) {
		b.SetBytes(size)
		for b.Loop() {
			b.StopTimer()
			id, data := blob(next, size)
			next++
			b.StartTimer()
			d.Put(id, data)
		}
	})
	b.Run("trim", func(b *testing.B) {
		for b.Loop() {
			d.lock.Lock()
			if err := d.trim(0); err != nil {
				b.Fatal(err)
			}
			d.lock.Unlock()
		}
		b.ReportMetric(float64(d.used/size), "files")
	})
}
