package gitea

import (
	"context"
	"io/fs"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/gitea/giteatest"
)

func fetch(t *testing.T, forge *Forge, fake *giteatest.Fake) bot.Fetched {
	t.Helper()
	fetched, err := forge.Fetch(context.Background(), change(fake))
	if err != nil {
		t.Fatal(err)
	}
	return fetched
}

func TestFetch(t *testing.T) {
	files := map[string]string{"a.md": "two\n", "docs/b.md": "bee\n", "docs/deep/c ä.md": "sea\n", "docs/link.md": "link:../a.md", "lib": "module:x", "new.docx": "PK\x00"}
	for name, set := range map[string]func(*giteatest.Fake){
		"at once":            func(*giteatest.Fake) {},
		"in pages":           func(f *giteatest.Fake) { f.TreeLimit = 2 },
		"large files":        func(f *giteatest.Fake) { f.BlobLimit = 2 },
		"of a fork":          func(f *giteatest.Fake) { f.Fork = "mallory" },
		"of a slow fork":     func(f *giteatest.Fake) { f.Fork, f.Lag = "mallory", true },
		"large, slow fork":   func(f *giteatest.Fake) { f.Fork, f.Lag, f.BlobLimit = "mallory", true, 2 },
		"of a fork that was": func(f *giteatest.Fake) { f.Fork, f.NoFork = "mallory", true },
	} {
		t.Run(name, func(t *testing.T) {
			fake := giteatest.NewFake()
			fake.Push(files)
			set(fake)
			fetched := fetch(t, start(t, fake, full), fake)
			if c := fetched.Change; c.Head != fake.Head || c.Base != fake.Base || c.Author != "alice" || c.Number != 7 {
				t.Errorf("change is %+v", c)
			}
			if slices.ContainsFunc(fake.Reads, func(path string) bool { return strings.Contains(path, "/blobs/") }) {
				t.Error("files were fetched before they were read")
			}
			for name, want := range map[string]string{"a.md": "two\n", "docs/b.md": "bee\n", "docs/deep/c ä.md": "sea\n"} {
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
			}
			if len(fetched.Diff) != 6 {
				t.Fatalf("diff is %+v", fetched.Diff)
			}
			want := []bot.FileDiff{{Path: "a.md", Old: "a.md", Changed: []int{1}}, {Path: "docs/b.md", Changed: []int{1}}, {Path: "docs/deep/c ä.md", Changed: []int{1}}}
			if d := cmp.Diff(want, fetched.Diff[:3]); d != "" {
				t.Errorf("diff (-want +got):\n%s", d)
			}
			if last := fetched.Diff[5]; last.Path != "new.docx" || !last.Binary {
				t.Errorf("of the document, the diff tells %+v", last)
			}
			if fetched.Fork != (fake.Fork != "") || fetched.Closed {
				t.Errorf("fork %v, closed %v", fetched.Fork, fetched.Closed)
			}
			if got, want := fetched.Edit("Los 1/waivers.yaml", false, "x"), "https://gitea.example/o/r/_new/main/Los%201"; got != want {
				t.Errorf("the editor is at %s, want %s", got, want)
			}
		})
	}
}

func TestFetchClosed(t *testing.T) {
	fake := giteatest.NewFake()
	fake.State = "closed"
	if !fetch(t, start(t, fake, full), fake).Closed {
		t.Error("it is not closed")
	}
}

// Commits that are nowhere are no empty folders.
func TestFetchLost(t *testing.T) {
	fake := giteatest.NewFake()
	fake.Fork, fake.Lag, fake.NoFork = "mallory", true, true
	if _, err := start(t, fake, full).Fetch(context.Background(), change(fake)); status(err) != http.StatusBadRequest {
		t.Errorf("error %v", err)
	}
}

func TestFetchedFilesAreAFileSystem(t *testing.T) {
	fake := giteatest.NewFake()
	fake.Push(map[string]string{"a.md": "two\n", "docs/b.md": "bee\n", "docs/empty": ""})
	if err := fstest.TestFS(fetch(t, start(t, fake, full), fake).Head, "a.md", "docs/b.md", "docs/empty"); err != nil {
		t.Error(err)
	}
}

// A blob is fetched once, whichever commit it belongs to.
func TestBlobsAreKept(t *testing.T) {
	fake := giteatest.NewFake()
	forge := start(t, fake, full)
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
	fake := giteatest.NewFake()
	for id, data := range fake.Blobs {
		fake.Blobs[id] = data[:len(data)-1]
	}
	if got, err := fs.ReadFile(fetch(t, start(t, fake, full), fake).Head, "a.md"); err == nil {
		t.Errorf("%q was read", got)
	}
}
