package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// A draft is a file while it is written: beside its place, where it is put once it is
// whole. It is made with the first byte, so that no reader of its folder meets it
// before.
type draft struct {
	name string // without links
	part *os.File
}

// newDraft returns what a file is written with, and what finishes it: given no error,
// that puts it in its place; given one, that leaves there what was there before. The
// error is returned with what else has failed.
func newDraft(name string) (io.Writer, func(error) error, error) {
	info, err := os.Stat(name)
	if err == nil && !info.Mode().IsRegular() && !info.IsDir() { // a pipe, a terminal: nothing to replace
		opened, err := os.OpenFile(name, os.O_WRONLY, 0)
		if err != nil {
			return nil, nil, err
		}
		return opened, func(err error) error { return errors.Join(err, opened.Close()) }, nil
	}
	if err == nil && info.IsDir() {
		return nil, nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("is a folder")}
	}
	if folder, err := os.Stat(filepath.Dir(name)); err != nil || !folder.IsDir() {
		return nil, nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("its folder is not there")}
	}
	if real, err := filepath.EvalSymlinks(name); err == nil {
		name = real
	}
	d := &draft{name: name}
	return d, d.finish, nil
}

func (d *draft) Write(data []byte) (int, error) {
	if err := d.open(); err != nil {
		return 0, err
	}
	return d.part.Write(data)
}

// open makes the file unless it is made already.
func (d *draft) open() error {
	if d.part != nil {
		return nil
	}
	beside := filepath.Join(filepath.Dir(d.name), fmt.Sprintf(".%s.%d.part", filepath.Base(d.name), os.Getpid()))
	opened, err := os.Create(beside)
	if err != nil {
		return err
	}
	d.part = opened
	if info, err := os.Stat(d.name); err == nil {
		return opened.Chmod(info.Mode().Perm())
	}
	return nil
}

func (d *draft) finish(err error) error {
	if err == nil {
		err = d.open()
	}
	if d.part == nil {
		return err
	}
	err = errors.Join(err, d.part.Close())
	if err == nil {
		err = os.Rename(d.part.Name(), d.name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(d.part.Name()))
	}
	return nil
}

// writeFile writes a file whole or not at all.
func writeFile(name string, write func(io.Writer) error) error {
	out, finish, err := newDraft(name)
	if err != nil {
		return err
	}
	return finish(write(out))
}

// out opens what results are written to, standard output for "", and returns what
// finishes that, as newDraft does.
func (a *app) out(file string) (io.Writer, func(error) error, error) {
	if file == "" {
		return a.stdout, func(err error) error { return err }, nil
	}
	out, finish, err := newDraft(file)
	if err != nil {
		return nil, nil, fmt.Errorf("write review: %w", err)
	}
	return out, finish, nil
}
