package gitlab

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/gitlab/gitlabtest"
)

func TestFetch(t *testing.T) {
	base := map[string]string{"a.md": sample(), "gone.md": "x\n", "sub/b.docx": "PK\x00old"}
	head := map[string]string{"a.md": sample(3), "new.md": "y\n", "sub/b.docx": "PK\x00new", "sub/link": "link:a.md", "sub/module": "module:x"}
	for i := range 250 {
		base[fmt.Sprintf("many/%d.txt", i)], head[fmt.Sprintf("many/%d.txt", i)] = "same", "same"
	}
	fake := gitlabtest.NewFake()
	fake.Open(8, base, head)
	forge, _ := on(t, fake)
	eighth := change
	eighth.Number = 8
	fetched, err := forge.Fetch(t.Context(), eighth)
	if err != nil {
		t.Fatal(err)
	}
	merge := fake.Merges[8]
	if got := fetched.Change; got.Head != merge.Head || got.Base != fake.Branches["main-8"] || got.Author != "alice" {
		t.Errorf("change %+v", got)
	}
	if fetched.Closed || fetched.Fork || fetched.Cut {
		t.Errorf("closed %v, fork %v, cut %v", fetched.Closed, fetched.Fork, fetched.Cut)
	}
	for name, want := range map[string]string{"a.md": sample(3), "sub/b.docx": "PK\x00new", "many/249.txt": "same"} {
		if data, err := fs.ReadFile(fetched.Head, name); err != nil || string(data) != want {
			t.Errorf("%s at the head: %q, %v", name, data, err)
		}
	}
	if data, err := fs.ReadFile(fetched.Base, "gone.md"); err != nil || string(data) != "x\n" {
		t.Errorf("gone.md at the base: %q, %v", data, err)
	}
	for _, name := range []string{"sub/link", "sub/module"} {
		if _, err := fs.ReadFile(fetched.Head, name); !errors.Is(err, fs.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	want := []bot.FileDiff{
		{Path: "a.md", Old: "a.md", Changed: []int{3}, Context: []int{1, 2, 4, 5, 6}},
		{Old: "gone.md"},
		{Path: "new.md", Changed: []int{1}},
		{Path: "sub/b.docx", Old: "sub/b.docx", Binary: true},
		{Path: "sub/link", Changed: []int{1}},
		{Path: "sub/module", Changed: []int{1}},
	}
	if diff := cmp.Diff(want, fetched.Diff); diff != "" {
		t.Error(diff)
	}
}

// Each blob is fetched once, however often it is read.
func TestFetchKeepsBlobs(t *testing.T) {
	fake := gitlabtest.NewFake()
	forge, _ := on(t, fake)
	for range 2 {
		fetched, err := forge.Fetch(t.Context(), change)
		if err != nil {
			t.Fatal(err)
		}
		for _, files := range []fs.FS{fetched.Head, fetched.Base} {
			if _, err := fs.ReadFile(files, "a.md"); err != nil {
				t.Fatal(err)
			}
		}
	}
	blobs := slices.DeleteFunc(fake.Reads, func(path string) bool { return !strings.HasSuffix(path, "/raw") })
	if len(blobs) != 2 {
		t.Errorf("blobs fetched: %q", blobs)
	}
}

func TestFetchRefusesOtherBytes(t *testing.T) {
	fake := gitlabtest.NewFake()
	for id := range fake.Blobs {
		fake.Blobs[id] = []byte("other")
	}
	forge, _ := on(t, fake)
	fetched, err := forge.Fetch(t.Context(), change)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fs.ReadFile(fetched.Head, "a.md"); err == nil || !strings.Contains(err.Error(), "other bytes") {
		t.Error(err)
	}
}

// GitLab tells no sizes, so that a file which is too large is fetched, but not to its
// end.
func TestFetchRefusesLargeFiles(t *testing.T) {
	fake := gitlabtest.NewFake()
	endless := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, "/raw") {
			fake.ServeHTTP(w, r)
			return
		}
		for some := make([]byte, 1<<20); r.Context().Err() == nil; {
			if _, err := w.Write(some); err != nil {
				return
			}
		}
	})
	forge, _ := on(t, endless)
	fetched, err := forge.Fetch(t.Context(), change)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fs.ReadFile(fetched.Head, "a.md"); !errors.Is(err, austauschbar.ErrTooLarge) {
		t.Error(err)
	}
}

// What decides is read from the target branch as it is now, not from where the author
// branched off.
func TestFetchTrustsTheTargetBranch(t *testing.T) {
	fake := gitlabtest.NewFake()
	fake.Advance(map[string]string{"a.md": "one\n", ".austauschbar.yaml": "fail_on: gate\n"})
	forge, _ := on(t, fake)
	fetched, err := forge.Fetch(t.Context(), change)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fs.Stat(fetched.Base, ".austauschbar.yaml"); err != nil || fetched.Change.Base == fake.MergeBase {
		t.Errorf("%v, base %s", err, fetched.Change.Base)
	}
}

func TestFetchKinds(t *testing.T) {
	for name, test := range map[string]struct {
		prepare func(*gitlabtest.Merge)
		want    bot.Fetched // of which the flags count
	}{
		"open":   {func(*gitlabtest.Merge) {}, bot.Fetched{}},
		"draft":  {func(m *gitlabtest.Merge) { m.Draft = true }, bot.Fetched{}},
		"fork":   {func(m *gitlabtest.Merge) { m.Fork = true }, bot.Fetched{Fork: true}},
		"closed": {func(m *gitlabtest.Merge) { m.State = "closed" }, bot.Fetched{Closed: true}},
		"merged": {func(m *gitlabtest.Merge) { m.State = "merged" }, bot.Fetched{Closed: true}},
		"locked": {func(m *gitlabtest.Merge) { m.State = "locked" }, bot.Fetched{Closed: true}},
		"cut":    {func(m *gitlabtest.Merge) { m.Cut = true }, bot.Fetched{Cut: true}},
	} {
		t.Run(name, func(t *testing.T) {
			fake := gitlabtest.NewFake()
			test.prepare(fake.Merge)
			forge, _ := on(t, fake)
			fetched, err := forge.Fetch(t.Context(), change)
			if err != nil {
				t.Fatal(err)
			}
			if fetched.Closed != test.want.Closed || fetched.Fork != test.want.Fork || fetched.Cut != test.want.Cut {
				t.Errorf("closed %v, fork %v, cut %v", fetched.Closed, fetched.Fork, fetched.Cut)
			}
			if !fetched.Closed {
				// Of a fork too, whose project we may not read.
				if _, err := fs.ReadFile(fetched.Head, "a.md"); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// A merge request that was just opened has no commits yet.
func TestFetchWaits(t *testing.T) {
	for name, test := range map[string]struct {
		unready int
		waited  []time.Duration
		fails   bool
	}{
		"soon":  {2, []time.Duration{time.Second, 2 * time.Second}, false},
		"never": {99, []time.Duration{time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second}, true},
	} {
		t.Run(name, func(t *testing.T) {
			fake := gitlabtest.NewFake()
			fake.Unready = test.unready
			fake.Push(map[string]string{"a.md": "three\n"})
			forge, clock := on(t, fake)
			fetched, err := forge.Fetch(t.Context(), change)
			if errors.Is(err, bot.ErrUnavailable) != test.fails || !slices.Equal(clock.waited, test.waited) {
				t.Errorf("%v, waited %v", err, clock.waited)
			}
			if err == nil && fetched.Change.Head != fake.Head {
				t.Errorf("head %s", fetched.Change.Head)
			}
		})
	}
}

func TestDiffOf(t *testing.T) {
	for name, test := range map[string]struct {
		file gitlabtest.File
		want bot.FileDiff
	}{
		"renamed":   {gitlabtest.File{Old: "a.md", New: "b.md", Diff: "@@ -1 +1 @@\n-a\n+b\n"}, bot.FileDiff{Path: "b.md", Old: "a.md", Changed: []int{1}}},
		"moved":     {gitlabtest.File{Old: "a.md", New: "b.md"}, bot.FileDiff{Path: "b.md", Old: "a.md", Binary: true}},
		"collapsed": {gitlabtest.File{Old: "a.md", New: "a.md", Diff: "@@ -1 +1 @@\n-a\n+b\n", Collapsed: true}, bot.FileDiff{Path: "a.md", Old: "a.md", Binary: true}},
		"too large": {gitlabtest.File{Old: "a.md", New: "a.md", TooLarge: true}, bot.FileDiff{Path: "a.md", Old: "a.md", Binary: true}},
	} {
		t.Run(name, func(t *testing.T) {
			fake := gitlabtest.NewFake()
			fake.Files = []gitlabtest.File{test.file}
			forge, _ := on(t, fake)
			fetched, err := forge.Fetch(t.Context(), change)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]bot.FileDiff{test.want}, fetched.Diff); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestEdit(t *testing.T) {
	fake := gitlabtest.NewFake()
	fake.Branches["lot 1/main"] = fake.Branches[fake.Target]
	fake.Target = "lot 1/main"
	forge, _ := on(t, fake)
	fetched, err := forge.Fetch(t.Context(), change)
	if err != nil {
		t.Fatal(err)
	}
	const project = "https://gitlab.example/" + gitlabtest.Project + "/-/"
	for name, test := range map[string]struct {
		path    string
		exists  bool
		content string
		want    string
	}{
		"new":      {"sub/a b.yaml", false, "x: 1\n", project + "new/lot%201/main?file_name=sub%2Fa+b.yaml&content=x%3A+1%0A"},
		"too long": {"a.yaml", false, strings.Repeat("x", maxAddress), project + "new/lot%201/main?file_name=a.yaml"},
		"there":    {"sub/a b.yaml", true, "x: 1\n", project + "edit/lot%201/main/sub/a%20b.yaml"},
	} {
		if got := fetched.Edit(test.path, test.exists, test.content); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}
