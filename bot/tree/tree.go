// Package tree makes a file system of a commit's files: a list that a forge or
// Git gives, with contents that are fetched when they are read.
package tree

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// A File is one entry of a commit's tree. What is neither a plain file nor
// executable (links, submodules) has another mode and cannot be read.
type File struct {
	Path string // slash-separated, from the root
	Mode fs.FileMode
	Size int64  // bytes
	ID   string // what Read is given: a blob's id
}

// ID is a file's id, as its FileInfo's Sys gives it.
type ID string

// MaxFile bounds the files that are read, in bytes.
const MaxFile = 64 << 20

// New makes a file system of files. Read fetches a file's bytes by its id.
func New(files []File, read func(id string) ([]byte, error)) fs.FS {
	t := &tree{files: map[string]File{}, folders: map[string][]string{".": nil}, read: read}
	for _, file := range files {
		if fs.ValidPath(file.Path) && file.Path != "." {
			t.add(file)
		}
	}
	for folder, names := range t.folders {
		slices.Sort(names)
		t.folders[folder] = slices.Compact(names)
	}
	return t
}

type tree struct {
	files   map[string]File
	folders map[string][]string // names in each, sorted
	read    func(id string) ([]byte, error)
}

func (t *tree) add(file File) {
	t.files[file.Path] = file
	for name := file.Path; name != "."; name = path.Dir(name) {
		folder := path.Dir(name)
		t.folders[folder] = append(t.folders[folder], path.Base(name))
	}
}

// Open opens a file or folder. A file's bytes are fetched here.
func (t *tree) Open(name string) (fs.File, error) {
	fail := func(err error) (fs.File, error) { return nil, &fs.PathError{Op: "open", Path: name, Err: err} }
	info, err := t.Stat(name)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return &openFolder{info: info, tree: t, name: name}, nil
	}
	switch file := t.files[name]; {
	case !file.Mode.IsRegular():
		return fail(fs.ErrInvalid)
	case file.Size > MaxFile:
		return fail(fmt.Errorf("larger than %d bytes", MaxFile))
	default:
		data, err := t.read(file.ID)
		if err != nil {
			return fail(err)
		}
		return &openFile{info: info, Reader: bytes.NewReader(data)}, nil
	}
}

// Stat describes a file or folder without fetching it.
func (t *tree) Stat(name string) (fs.FileInfo, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrInvalid}
	}
	if file, ok := t.files[name]; ok {
		return entry{path.Base(name), file.Mode, file.Size, ID(file.ID)}, nil
	}
	if _, ok := t.folders[name]; ok {
		return entry{name: path.Base(name), mode: fs.ModeDir | 0o755}, nil
	}
	return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
}

// ReadDir lists a folder.
func (t *tree) ReadDir(name string) ([]fs.DirEntry, error) {
	names, ok := t.folders[strings.TrimSuffix(name, "/")]
	if !ok {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	}
	entries := make([]fs.DirEntry, len(names))
	for i, base := range names {
		info, err := t.Stat(path.Join(name, base))
		if err != nil {
			return nil, err
		}
		entries[i] = fs.FileInfoToDirEntry(info)
	}
	return entries, nil
}

// entry is a file's or folder's description.
type entry struct {
	name string
	mode fs.FileMode
	size int64
	id   ID // "" of a folder
}

func (e entry) Name() string       { return e.name }
func (e entry) Size() int64        { return e.size }
func (e entry) Mode() fs.FileMode  { return e.mode }
func (e entry) ModTime() time.Time { return time.Time{} }
func (e entry) IsDir() bool        { return e.mode.IsDir() }
func (e entry) Sys() any           { return e.id }

type openFile struct {
	info fs.FileInfo
	*bytes.Reader
}

func (f *openFile) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *openFile) Close() error               { return nil }

type openFolder struct {
	info fs.FileInfo
	tree *tree
	name string
	seen int
}

func (f *openFolder) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *openFolder) Close() error               { return nil }

func (f *openFolder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: f.name, Err: fs.ErrInvalid}
}

// ReadDir gives the next n entries, all that are left for n <= 0.
func (f *openFolder) ReadDir(n int) ([]fs.DirEntry, error) {
	entries, err := f.tree.ReadDir(f.name)
	if err != nil {
		return nil, err
	}
	entries = entries[f.seen:]
	if n > 0 {
		if len(entries) == 0 {
			return nil, io.EOF
		}
		entries = entries[:min(n, len(entries))]
	}
	f.seen += len(entries)
	return entries, nil
}

// Mode turns a mode of Git's trees, as "100644", into a file system's.
func Mode(mode string) fs.FileMode {
	switch mode {
	case "100644":
		return 0o644
	case "100755":
		return 0o755
	case "120000":
		return fs.ModeSymlink
	}
	return fs.ModeIrregular // a submodule
}
