// Command dep5 translates a REUSE.toml on standard input into the file that it
// replaced, .reuse/dep5, for versions of the reuse tool that know only that one.
package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/BurntSushi/toml"
)

func main() {
	if err := translate(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "dep5:", err)
		os.Exit(1)
	}
}

// licensing is a REUSE.toml, as far as we use it. Of annotations for the same
// file the last one counts, in both formats.
type licensing struct {
	Annotations []struct {
		Path      any    `toml:"path"` // one glob or a list
		Copyright string `toml:"SPDX-FileCopyrightText"`
		Licence   string `toml:"SPDX-License-Identifier"`
	} `toml:"annotations"`
}

func translate(in io.Reader, out io.Writer) error {
	var read licensing
	if _, err := toml.NewDecoder(in).Decode(&read); err != nil {
		return fmt.Errorf("read REUSE.toml: %w", err)
	}
	fmt.Fprintln(out, "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/")
	for i, annotation := range read.Annotations {
		globs, err := globsOf(annotation.Path)
		if err != nil {
			return fmt.Errorf("read REUSE.toml: annotation %d: %w", i+1, err)
		}
		if annotation.Copyright == "" || annotation.Licence == "" {
			return fmt.Errorf("read REUSE.toml: annotation %d: has no copyright text or no licence", i+1)
		}
		fmt.Fprintf(out, "\nFiles: %s\nCopyright: %s\nLicense: %s\n", strings.Join(globs, " "), annotation.Copyright, annotation.Licence)
	}
	return nil
}

// globsOf turns globs into those of dep5, in which * matches slashes too. A *
// that is to match within one folder has no equal there.
func globsOf(path any) ([]string, error) {
	var globs []string
	switch path := path.(type) {
	case string:
		globs = []string{path}
	case []any:
		for _, glob := range path {
			globs = append(globs, fmt.Sprint(glob))
		}
	}
	if len(globs) == 0 {
		return nil, fmt.Errorf("path %v is neither a glob nor a list of globs", path)
	}
	for i, glob := range globs {
		wide := strings.ReplaceAll(glob, "**", "\x00")
		if strings.Contains(wide, "*") || strings.Contains(glob, " ") {
			return nil, fmt.Errorf("path %q: only ** can be translated, and no blanks", glob)
		}
		globs[i] = strings.ReplaceAll(wide, "\x00", "*")
	}
	return globs, nil
}
