package github

import (
	"context"
	"fmt"
	"io/fs"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/github/githubtest"
)

func fetch(t *testing.T, forge *Forge, fake *githubtest.Fake) bot.Fetched {
	t.Helper()
	fetched, err := forge.Fetch(context.Background(), change(fake))
	if err != nil {
		t.Fatal(err)
	}
	return fetched
}

func TestFetch(t *testing.T) {
	files := map[string]string{"a.md": "two\n", "docs/b.md": "bee\n", "docs/deep/c.md": "sea\n", "docs/link.md": "link:../a.md", "lib": "module:x"}
	for name, limit := range map[string]int{"at once": 0, "cut short": 5, "cut short twice": 4} {
		t.Run(name, func(t *testing.T) {
			fake := githubtest.NewFake()
			fake.Push(files, githubtest.FakeFile{Name: "a.md", Status: "modified", Patch: "@@ -1 +1 @@\n-one\n+two"})
			fake.TreeLimit = limit
			forge, _ := start(t, fake, full)
			fetched := fetch(t, forge, fake)
			if c := fetched.Change; c.Head != fake.Head || c.Base != fake.Base || c.Author != "alice" || c.Number != 7 {
				t.Errorf("change is %+v", c)
			}
			if slices.ContainsFunc(fake.Reads, func(path string) bool { return strings.Contains(path, "/blobs/") }) {
				t.Error("files were fetched before they were read")
			}
			for name, want := range map[string]string{"a.md": "two\n", "docs/b.md": "bee\n", "docs/deep/c.md": "sea\n"} {
				if got, err := fs.ReadFile(fetched.Head, name); err != nil || string(got) != want {
					t.Errorf("%s is %q, error %v", name, got, err)
				}
			}
			if got, err := fs.ReadFile(fetched.Base, "a.md"); err != nil || string(got) != "one\n" {
				t.Errorf("a.md of the base is %q, error %v", got, err)
			}
			for _, name := range []string{"docs/link.md", "lib"} {
				if info, err := fs.Stat(fetched.Head, name); err != nil || info.Mode().IsRegular() || info.IsDir() {
					t.Errorf("%s: mode %v, error %v", name, info, err)
				}
				if _, err := fs.ReadFile(fetched.Head, name); err == nil {
					t.Errorf("%s can be read", name)
				}
			}
			if want := []bot.FileDiff{{Path: "a.md", Old: "a.md", Changed: []int{1}}}; cmp.Diff(want, fetched.Diff) != "" {
				t.Errorf("diff is %+v", fetched.Diff)
			}
		})
	}
}

func TestFetchedFilesAreAFileSystem(t *testing.T) {
	fake := githubtest.NewFake()
	fake.Push(map[string]string{"a.md": "two\n", "docs/b.md": "bee\n", "docs/empty": ""})
	forge, _ := start(t, fake, full)
	if err := fstest.TestFS(fetch(t, forge, fake).Head, "a.md", "docs/b.md", "docs/empty"); err != nil {
		t.Error(err)
	}
}

// A blob is fetched once, whichever commit it belongs to.
func TestBlobsAreKept(t *testing.T) {
	fake := githubtest.NewFake()
	forge, _ := start(t, fake, full)
	for range 3 {
		for _, files := range []fs.FS{fetch(t, forge, fake).Head, fetch(t, forge, fake).Base} {
			if _, err := fs.ReadFile(files, "a.md"); err != nil {
				t.Fatal(err)
			}
		}
	}
	blobs := 0
	for _, path := range fake.Reads {
		if strings.Contains(path, "/blobs/") {
			blobs++
		}
	}
	if blobs != 2 {
		t.Errorf("%d blobs fetched, want 2", blobs)
	}
}

// An answer that broke off must not pass for the file.
func TestBlobsAreVerified(t *testing.T) {
	fake := githubtest.NewFake()
	for id, data := range fake.Blobs {
		fake.Blobs[id] = data[:len(data)-1]
	}
	forge, _ := start(t, fake, full)
	if got, err := fs.ReadFile(fetch(t, forge, fake).Head, "a.md"); err == nil {
		t.Errorf("%q was read", got)
	}
}

func TestDiffOfManyFiles(t *testing.T) {
	fake := githubtest.NewFake()
	for i := range 250 {
		fake.Files = append(fake.Files, githubtest.FakeFile{Name: fmt.Sprintf("f%03d.md", i), Status: "added", Patch: "@@ -0,0 +1 @@\n+x"})
	}
	fake.Files = append(fake.Files,
		githubtest.FakeFile{Name: "gone.md", Status: "removed", Patch: "@@ -1,2 +0,0 @@\n-a\n-b"},
		githubtest.FakeFile{Name: "new.md", Previous: "old.md", Status: "renamed", Patch: "@@ -1,2 +1,2 @@\n a\n-b\n+c"},
		githubtest.FakeFile{Name: "copy.md", Previous: "old.md", Status: "copied", Patch: "@@ -1 +1,2 @@\n a\n+b"},
		githubtest.FakeFile{Name: "b.docx", Status: "modified"},
		githubtest.FakeFile{Name: "odd.md", Status: "modified", Patch: "Binary files differ"})
	forge, _ := start(t, fake, full)
	diff := fetch(t, forge, fake).Diff
	if len(diff) != 255 {
		t.Fatalf("%d files", len(diff))
	}
	want := []bot.FileDiff{
		{Path: "f249.md", Changed: []int{1}},
		{Old: "gone.md"},
		{Path: "new.md", Old: "old.md", Changed: []int{2}, Context: []int{1}},
		{Path: "copy.md", Changed: []int{2}, Context: []int{1}},
		{Path: "b.docx", Old: "b.docx", Binary: true},
		{Path: "odd.md", Old: "odd.md", Binary: true},
	}
	if d := cmp.Diff(want, diff[249:]); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// What a change's state and its repositories mean, a deleted one included.
func TestFetchOrigin(t *testing.T) {
	for name, test := range map[string]struct {
		prepare func(*githubtest.Fake)
		cut     bool // the repository of the head is gone
		fork    bool
		closed  bool
	}{
		"own branch": {prepare: func(*githubtest.Fake) {}},
		"fork":       {prepare: func(f *githubtest.Fake) { f.Fork = "mallory" }, fork: true},
		"fork gone":  {prepare: func(f *githubtest.Fake) { f.Fork = "mallory" }, cut: true, fork: true},
		"closed":     {prepare: func(f *githubtest.Fake) { f.State = "closed" }, closed: true},
	} {
		t.Run(name, func(t *testing.T) {
			fake := githubtest.NewFake()
			test.prepare(fake)
			forge, _ := startBehind(t, full, func(w http.ResponseWriter, r *http.Request) {
				if !test.cut || !strings.HasSuffix(r.URL.Path, "/pulls/7") {
					fake.ServeHTTP(w, r)
					return
				}
				fmt.Fprintf(w, `{"state": "open", "user": null, "head": {"sha": %q, "user": null, "repo": null}, "base": {"sha": %q, "ref": "main", "repo": {"id": 1, "html_url": "https://github.com/o/r"}}}`, fake.Head, fake.Base)
			})
			fetched := fetch(t, forge, fake)
			if fetched.Fork != test.fork || fetched.Closed != test.closed {
				t.Errorf("fork %v, closed %v", fetched.Fork, fetched.Closed)
			}
			if got, err := fs.ReadFile(fetched.Head, "a.md"); err != nil || string(got) != "two\n" {
				t.Errorf("a.md is %q, error %v", got, err)
			}
			if got, want := fetched.Edit("Los 1/waivers.yaml", false, "x"), "https://github.com/o/r/new/main/Los%201?filename=waivers.yaml&value=x"; got != want {
				t.Errorf("the editor is at %s, want %s", got, want)
			}
		})
	}
}
