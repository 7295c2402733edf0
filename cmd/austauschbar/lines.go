package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/austauschbar/austauschbar/templates"
)

// longestText bounds the text files whose lines are looked up, in bytes. What is larger
// was read and judged, but where in its lines a quote stands is not told.
const longestText = 64 << 20

// lines looks up lines of text files of this machine. A file is read once.
func lines() templates.Line {
	known := map[string][]string{}
	return func(path string, line int) string {
		if _, isKnown := known[path]; !isKnown {
			known[path] = linesOf(path)
		}
		if line < 1 || line > len(known[path]) {
			return ""
		}
		return strings.TrimSuffix(known[path][line-1], "\r")
	}
}

// linesOf are the lines of a regular file, without a byte order mark; none where it
// cannot be read.
func linesOf(path string) []string {
	name := filepath.FromSlash(path)
	if info, err := os.Lstat(name); err != nil || !info.Mode().IsRegular() {
		return nil
	}
	file, err := os.Open(name)
	if err != nil {
		return nil
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, longestText+1))
	if err != nil || len(data) > longestText {
		return nil
	}
	return strings.Split(strings.TrimPrefix(string(data), "\ufeff"), "\n")
}
