package local

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/austauschbar/austauschbar/bot/tree"
)

// Whole returns the files below a folder as they are at a Git revision, all read at
// once, which At does one by one; none where the folder is not there. Needs the
// command git.
func Whole(ctx context.Context, folder, revision string) (fs.FS, error) {
	commit, err := git(ctx, folder, "rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}")
	if err != nil {
		return nil, fmt.Errorf("find revision %q in %s: %w", revision, folder, err)
	}
	id := strings.TrimSpace(string(commit))
	if listed, err := git(ctx, folder, "ls-tree", id, "--", "."); err != nil || len(listed) == 0 {
		return tree.New(nil, nil), err
	}
	packed, err := git(ctx, folder, "archive", "--format=tar", id, "--", ".")
	if err != nil {
		return nil, fmt.Errorf("read %s at %q: %w", folder, revision, err)
	}
	files, err := unpack(packed)
	if err != nil {
		return nil, fmt.Errorf("read %s at %q: %w", folder, revision, err)
	}
	return files, nil
}

// unpack reads what 'git archive' made. Links are left out.
func unpack(packed []byte) (fs.FS, error) {
	var files []tree.File
	contents := map[string][]byte{}
	for reader := tar.NewReader(bytes.NewReader(packed)); ; {
		header, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return tree.New(files, func(id string) ([]byte, error) { return contents[id], nil }), nil
		}
		if err != nil {
			return nil, err
		}
		if header.Typeflag != tar.TypeReg {
			continue
		}
		data, err := io.ReadAll(reader)
		if err != nil {
			return nil, err
		}
		contents[header.Name] = data
		files = append(files, tree.File{Path: header.Name, Mode: 0o644, Size: header.Size, ID: header.Name})
	}
}
