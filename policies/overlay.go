package policies

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
)

// Overlay lays files over others: a file with the same path replaces, any other
// is added.
func Overlay(over, base fs.FS) fs.FS { return overlay{over, base} }

type overlay struct{ over, base fs.FS }

// Open opens the upper file, else the lower one. A folder is opened as the lower
// one, or the upper one where only that exists; ReadDir sees both.
func (o overlay) Open(name string) (fs.File, error) {
	file, err := o.over.Open(name)
	if err == nil {
		if info, statErr := file.Stat(); statErr != nil || !info.IsDir() {
			return file, statErr
		}
		if lower, lowerErr := o.base.Open(name); lowerErr == nil {
			return lower, file.Close()
		}
		return file, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return o.base.Open(name)
}

// ReadDir lists the entries of both, sorted by name.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	upper, err := fs.ReadDir(o.over, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	lower, lowerErr := fs.ReadDir(o.base, name)
	if lowerErr != nil && (!errors.Is(lowerErr, fs.ErrNotExist) || err != nil) {
		return nil, lowerErr
	}
	for _, entry := range lower {
		if !slices.ContainsFunc(upper, func(u fs.DirEntry) bool { return u.Name() == entry.Name() }) {
			upper = append(upper, entry)
		}
	}
	slices.SortFunc(upper, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return upper, nil
}
