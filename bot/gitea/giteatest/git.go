package giteatest

import (
	"crypto/sha1" // #nosec G505 -- Git's ids, not a signature
	"encoding/base64"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/diff"
)

type entry struct {
	Path string `json:"path"`
	Mode string `json:"mode"`
	Type string `json:"type"`
	Size int    `json:"size"`
	SHA  string `json:"sha"`
}

// Commit stores files and returns the commit's id. "link:" and "module:" before the
// content make a link and a submodule.
func (f *Fake) Commit(files map[string]string) string {
	f.lock.Lock()
	defer f.lock.Unlock()
	return f.commit(files, 0)
}

// commit makes a commit of a pull request: the same files on another one are another
// commit.
func (f *Fake) commit(files map[string]string, pull int) string {
	var entries []entry
	folders := map[string]bool{}
	for name, content := range files {
		blob := entry{Path: name, Mode: "100644", Type: "blob", SHA: f.store(content), Size: len(content)}
		switch {
		case strings.HasPrefix(content, "link:"):
			blob.Mode = "120000"
		case strings.HasPrefix(content, "module:"):
			blob.Mode, blob.Type, blob.Size = "160000", "commit", 0
		}
		entries = append(entries, blob)
		for i, letter := range name {
			if folder := name[:i]; letter == '/' && !folders[folder] {
				folders[folder] = true
				entries = append(entries, entry{Path: folder, Mode: "040000", Type: "tree", SHA: sha("tree", folder)})
			}
		}
	}
	slices.SortFunc(entries, func(a, b entry) int { return strings.Compare(a.Path, b.Path) })
	id := sha("commit", fmt.Sprintf("%v %d", entries, pull))
	f.trees[id], f.commits[id] = entries, maps.Clone(files)
	return id
}

func (f *Fake) store(content string) string {
	id := sha("blob", content)
	f.Blobs[id] = []byte(content)
	return id
}

func sha(kind, content string) string {
	return fmt.Sprintf("%x", sha1.Sum(fmt.Appendf(nil, "%s %d\x00%s", kind, len(content), content))) // #nosec G401
}

// has says whether a repository has a commit: a fork those of its own.
func (f *Fake) has(owner, commit string) bool {
	for _, pull := range f.Pulls {
		if pull.Fork != "" && pull.Head == commit {
			return owner == "o" && !f.Lag || owner == pull.Fork && !pull.NoFork
		}
	}
	return owner == "o"
}

// getTree lists a commit's files. Its pages are of another size, asked for by another
// name, than those of all other lists.
func (f *Fake) getTree(w http.ResponseWriter, r *http.Request) {
	id, query := r.PathValue("sha"), r.URL.Query()
	entries, ok := f.trees[id]
	if !ok || !f.has(r.PathValue("owner"), id) {
		refuse(w, http.StatusBadRequest, fmt.Sprintf("sha not found [%s]", id))
		return
	}
	if query.Get("recursive") == "" {
		entries = slices.DeleteFunc(slices.Clone(entries), func(e entry) bool { return strings.Contains(e.Path, "/") })
	}
	limit, _ := strconv.Atoi(query.Get("per_page"))
	if limit < 1 || limit > f.TreeLimit {
		limit = f.TreeLimit
	}
	page, _ := strconv.Atoi(query.Get("page"))
	page = max(page, 1)
	from := min(len(entries), (page-1)*limit)
	to := min(len(entries), from+limit)
	told := append([]entry{}, entries[from:to]...)
	answer(w, http.StatusOK, object{"sha": id, "tree": told, "truncated": to < len(entries), "page": page, "total_count": len(entries)})
}

func (f *Fake) getBlob(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("sha")
	data, ok := f.Blobs[id]
	if !ok {
		refuse(w, http.StatusBadRequest, "object does not exist")
		return
	}
	told := object{"sha": id, "size": len(data), "encoding": nil, "content": nil}
	if len(data) <= f.BlobLimit {
		told["encoding"], told["content"] = "base64", base64.StdEncoding.EncodeToString(data)
	}
	answer(w, http.StatusOK, told)
}

func (f *Fake) getRaw(w http.ResponseWriter, r *http.Request) {
	commit := r.URL.Query().Get("ref")
	data, ok := f.commits[commit][r.PathValue("path")]
	if !ok || !f.has(r.PathValue("owner"), commit) {
		notFound(w)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	_, _ = w.Write([]byte(data))
}

// changed lists the paths at which a pull request differs from its base.
func (f *Fake) changed(pull *Pull) []string {
	before, after := f.commits[pull.Base], f.commits[pull.Head]
	var paths []string
	for name, text := range after {
		if old, was := before[name]; !was || old != text {
			paths = append(paths, name)
		}
	}
	for name := range before {
		if _, is := after[name]; !is {
			paths = append(paths, name)
		}
	}
	slices.Sort(paths)
	return paths
}

func (f *Fake) getFiles(w http.ResponseWriter, r *http.Request) {
	pull := f.pull(w, r)
	if pull == nil {
		return
	}
	before, after := f.commits[pull.Base], f.commits[pull.Head]
	answer(w, http.StatusOK, shapes(paged(f, w, r, f.changed(pull), true), func(name string) object {
		status := "changed"
		if _, was := before[name]; !was {
			status = "added"
		}
		if _, is := after[name]; !is {
			status = "deleted"
		}
		return object{"filename": name, "status": status, "previous_filename": ""}
	}))
}

// diff is what Git writes of a pull request, without looking for renames.
func (f *Fake) diff(pull *Pull) string {
	var text strings.Builder
	before, after := f.commits[pull.Base], f.commits[pull.Head]
	for _, name := range f.changed(pull) {
		old, was := before[name]
		now, is := after[name]
		fmt.Fprintf(&text, "diff --git a/%s b/%s\n", name, name)
		if !was {
			text.WriteString("new file mode 100644\n")
		}
		if !is {
			text.WriteString("deleted file mode 100644\n")
		}
		fmt.Fprintf(&text, "index %s..%s\n", sha("blob", old), sha("blob", now))
		if binary(old) || binary(now) {
			fmt.Fprintf(&text, "Binary files a/%s and b/%s differ\n", name, name)
			continue
		}
		_, hunks, _ := strings.Cut(string(diff.Diff("a", []byte(old), "b", []byte(now))), "\n@@ ")
		fmt.Fprintf(&text, "--- %s\n+++ %s\n@@ %s", side("a/", name, was), side("b/", name, is), hunks)
	}
	return text.String()
}

func side(prefix, name string, there bool) string {
	if !there {
		return "/dev/null"
	}
	return prefix + name
}

func binary(text string) bool { return !utf8.ValidString(text) || strings.Contains(text, "\x00") }
