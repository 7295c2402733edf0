package blobs

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"
)

// OnDisk is a store in a folder. It may be used by several goroutines, and its folder
// by several processes. A blob lies in a file of its own, below a folder for the first
// two digits of its id; files appear whole, by a rename, and are compared with their
// ids when they are read.
type OnDisk struct {
	folder string
	room   int64
	warn   func(error)

	lock    sync.Mutex
	used    int64 // bytes: when last counted, and what we put since
	added   int64 // bytes that we put since
	writing int64 // bytes that are being put
}

const (
	// unfinished is where files are written before they get their name.
	unfinished = "unfinished"
	// abandoned is the age at which an unfinished file is one of a process that died.
	abandoned = time.Hour
	// stale is how old a file's time of last use may become before it is set anew.
	stale = time.Hour
)

// Disk opens a store in a folder, which is made where it is not there yet, and brings it
// within room bytes. Documents may be confidential: other users of the machine can read
// nothing. The size is that of the blobs, which a disk rounds up; each further process
// on the folder may exceed it by a tenth. Files that are not ours are left alone. Warn
// is told what goes wrong later on: a full disk, a damaged file. It may be nil and is
// called by several goroutines.
func Disk(folder string, room int64, warn func(error)) (*OnDisk, error) {
	if warn == nil {
		warn = func(error) {}
	}
	d := &OnDisk{folder: folder, room: room, warn: warn}
	if err := os.MkdirAll(filepath.Join(folder, unfinished), 0o700); err != nil {
		return nil, fmt.Errorf("open store of blobs: %w", err)
	}
	if err := d.trim(0); err != nil {
		return nil, fmt.Errorf("open store of blobs %s: %w", folder, err)
	}
	return d, nil
}

// Get returns a blob; false where it is not kept. A file that does not hold what its id
// says is removed.
func (d *OnDisk) Get(id string) ([]byte, bool) {
	if !isID(id) {
		return nil, false
	}
	name := d.path(id)
	data, err := os.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, false
	case err != nil:
		d.warn(fmt.Errorf("read kept blob: %w", err))
		return nil, false
	case !HasID(data, id):
		d.warn(fmt.Errorf("read kept blob %s: damaged", name))
		d.remove(name)
		return nil, false
	}
	d.touch(name)
	return data, true
}

// Put keeps a blob that the id names. One that is larger than the store is not kept.
func (d *OnDisk) Put(id string, data []byte) {
	size := int64(len(data))
	if !isID(id) || size > d.room || d.touch(d.path(id)) || !d.begin(size) {
		return
	}
	err := d.write(id, data)
	d.end(size, err == nil)
	if err != nil {
		d.warn(fmt.Errorf("keep blob: %w", err))
	}
}

func (d *OnDisk) path(id string) string { return filepath.Join(d.folder, id[:2], id[2:]) }

// write writes a file beside the others and moves it to its place, so that nobody sees
// a part of it.
func (d *OnDisk) write(id string, data []byte) error {
	file, err := os.CreateTemp(filepath.Join(d.folder, unfinished), id[:8]+"-*") // for us alone: 0600
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if err = errors.Join(err, file.Close()); err == nil {
		err = d.place(file.Name(), d.path(id))
	}
	if err != nil {
		d.remove(file.Name())
	}
	return err
}

func (d *OnDisk) place(from, to string) error {
	if err := os.Mkdir(filepath.Dir(to), 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return os.Rename(from, to)
}

// touch notes that a file is in use, unless that was noted lately, and says whether
// it is there.
func (d *OnDisk) touch(name string) bool {
	info, err := os.Stat(name)
	if err == nil && time.Since(info.ModTime()) > stale {
		err = os.Chtimes(name, time.Time{}, time.Now())
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		d.warn(fmt.Errorf("note use of a kept blob: %w", err))
	}
	return info != nil
}

func (d *OnDisk) remove(name string) {
	if err := remove(name); err != nil {
		d.warn(fmt.Errorf("remove kept blob: %w", err))
	}
}

// remove removes a file; another process may have done so.
func remove(name string) error {
	if err := os.Remove(name); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// begin reserves room for bytes that are about to be put; false where there is none.
// What other processes put is seen after we have put a tenth of the room.
func (d *OnDisk) begin(size int64) bool {
	d.lock.Lock()
	defer d.lock.Unlock()
	if !d.fits(size) || d.added+size > d.room/10 {
		if err := d.trim(size); err != nil {
			d.warn(fmt.Errorf("make room for blobs: %w", err))
		}
	}
	if !d.fits(size) {
		return false
	}
	d.writing += size
	return true
}

// end gives the reservation back; where the bytes were written, they count as used.
func (d *OnDisk) end(size int64, written bool) {
	d.lock.Lock()
	defer d.lock.Unlock()
	d.writing -= size
	if written {
		d.used += size
		d.added += size
	}
}

func (d *OnDisk) fits(size int64) bool { return d.used+d.writing+size <= d.room }

// trim counts what is there. Where the bytes to come do not fit, it removes what was
// unused longest, a tenth more than needed so that it is seldom called for.
func (d *OnDisk) trim(size int64) error {
	files, err := d.files()
	if err = errors.Join(err, d.tidy()); err != nil {
		return err
	}
	d.used, d.added = 0, 0
	for _, file := range files {
		d.used += file.size
	}
	if d.fits(size) {
		return nil
	}
	slices.SortFunc(files, func(a, b file) int { return a.lastUsed.Compare(b.lastUsed) })
	for _, file := range files {
		if d.fits(size + d.room/10) {
			break
		}
		if failed := remove(file.name); failed != nil {
			err = failed
			continue
		}
		d.used -= file.size
	}
	return err
}

// A file is one kept blob.
type file struct {
	name     string
	size     int64 // bytes
	lastUsed time.Time
}

// files lists all kept blobs.
func (d *OnDisk) files() ([]file, error) {
	folders, err := os.ReadDir(d.folder)
	if err != nil {
		return nil, err
	}
	var files []file
	for _, folder := range folders {
		if len(folder.Name()) != 2 || !folder.IsDir() {
			continue
		}
		err := d.each(folder.Name(), func(name string, info fs.FileInfo) {
			if isID(folder.Name()+info.Name()) && info.Mode().IsRegular() {
				files = append(files, file{name, info.Size(), info.ModTime()})
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return files, nil
}

// tidy removes what processes that died left unfinished.
func (d *OnDisk) tidy() error {
	return d.each(unfinished, func(name string, info fs.FileInfo) {
		if time.Since(info.ModTime()) > abandoned {
			d.remove(name)
		}
	})
}

// each visits the files of one folder that are still there.
func (d *OnDisk) each(folder string, visit func(name string, info fs.FileInfo)) error {
	entries, err := os.ReadDir(filepath.Join(d.folder, folder))
	for _, entry := range entries {
		if info, err := entry.Info(); err == nil {
			visit(filepath.Join(d.folder, folder, entry.Name()), info)
		}
	}
	return err
}
