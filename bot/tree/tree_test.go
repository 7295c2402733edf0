package tree

import (
	"errors"
	"io/fs"
	"testing"
	"testing/fstest"
)

var files = []File{
	{Path: "a.md", Mode: 0o644, Size: 1, ID: "1"},
	{Path: "dir/b.md", Mode: 0o755, Size: 1, ID: "2"},
	{Path: "dir/sub/c.md", Mode: 0o644, Size: 1, ID: "3"},
}

func read(id string) ([]byte, error) { return []byte(id), nil }

func TestTree(t *testing.T) {
	if err := fstest.TestFS(New(files, read), "a.md", "dir/b.md", "dir/sub/c.md"); err != nil {
		t.Error(err)
	}
}

func TestRefuses(t *testing.T) {
	odd := New(append(files, File{Path: "link", Mode: fs.ModeSymlink, ID: "4"}, File{Path: "big", Mode: 0o644, Size: MaxFile + 1, ID: "5"},
		File{Path: "../out", Mode: 0o644, ID: "6"}, File{Path: "broken", Mode: 0o644, ID: "7"}), func(id string) ([]byte, error) {
		if id == "7" {
			return nil, errors.New("gone")
		}
		return read(id)
	})
	for _, name := range []string{"link", "big", "../out", "broken", "missing", "dir/missing", "/a.md"} {
		if data, err := fs.ReadFile(odd, name); err == nil {
			t.Errorf("%s: read %q, want an error", name, data)
		}
	}
	if _, err := fs.Stat(odd, "missing"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing: %v", err)
	}
	if info, err := fs.Stat(odd, "big"); err != nil || info.Sys() != ID("5") {
		t.Errorf("big: %v, %v; want the id 5", info, err)
	}
	if info, err := fs.Stat(odd, "link"); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("link: %v, %v", info, err)
	}
}
