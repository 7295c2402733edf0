package local

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/austauschbar/austauschbar/bot/tree"
)

// At returns the files below a folder as they are at a Git revision, and whether
// the folder is there. Needs the command git.
func At(ctx context.Context, folder, revision string) (fs.FS, error) {
	commit, err := git(ctx, folder, "rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}")
	if err != nil {
		return nil, fmt.Errorf("find revision %q in %s: %w", revision, folder, err)
	}
	listed, err := git(ctx, folder, "ls-tree", "-r", "-z", "-l", strings.TrimSpace(string(commit)), "--", ".")
	if err != nil {
		return nil, fmt.Errorf("list %s at %q: %w", folder, revision, err)
	}
	files, err := parseTree(listed)
	if err != nil {
		return nil, fmt.Errorf("list %s at %q: %w", folder, revision, err)
	}
	return tree.New(files, func(id string) ([]byte, error) { return git(ctx, folder, "cat-file", "blob", id) }), nil
}

// parseTree reads what 'git ls-tree -l -z' prints: mode, type, id, size, tab, path.
func parseTree(listed []byte) ([]tree.File, error) {
	var files []tree.File
	for line := range bytes.SplitSeq(listed, []byte{0}) {
		if len(line) == 0 {
			continue
		}
		head, name, ok := strings.Cut(string(line), "\t")
		fields := strings.Fields(head)
		if !ok || len(fields) != 4 {
			return nil, fmt.Errorf("line %q is not understood", line)
		}
		size, _ := strconv.ParseInt(fields[3], 10, 64) // "-" for what is no file
		files = append(files, tree.File{Path: name, Mode: tree.Mode(fields[0]), Size: size, ID: fields[2]})
	}
	return files, nil
}

func git(ctx context.Context, folder string, args ...string) ([]byte, error) {
	command := exec.CommandContext(ctx, "git", append([]string{"-C", filepath.Clean(folder)}, args...)...)
	var stderr bytes.Buffer
	command.Stderr = &stderr
	out, err := command.Output()
	if err != nil && stderr.Len() > 0 {
		return nil, errors.New(strings.TrimPrefix(strings.TrimSpace(stderr.String()), "fatal: "))
	}
	return out, err
}
