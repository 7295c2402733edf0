package gitlabtest

import (
	"crypto/sha1" // #nosec G505 -- Git's ids, not a signature
	"fmt"
	"maps"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/diff"
)

// A File is one of the diff.
type File struct {
	Old, New            string // paths; the same where the file is new or deleted
	Added, Deleted      bool
	Diff                string // "" for a binary file
	Collapsed, TooLarge bool
}

// An entry is a file of a commit.
type entry struct{ mode, id string }

// commit stores files as a commit of a merge request: the same files in another one
// are another commit. "link:" and "module:" before the content make a link and a
// submodule.
func (f *Fake) commit(files map[string]string, number int) string {
	tree := map[string]entry{}
	for name, content := range files {
		kind := entry{"100644", f.store(content)}
		switch {
		case strings.HasPrefix(content, "link:"):
			kind.mode = "120000"
		case strings.HasPrefix(content, "module:"):
			kind.mode = "160000"
		}
		tree[name] = kind
	}
	id := sha("commit", fmt.Sprint(tree, number))
	f.trees[id] = tree
	return id
}

// store keeps a file's bytes and returns their id.
func (f *Fake) store(content string) string {
	id := sha("blob", content)
	f.Blobs[id] = []byte(content)
	return id
}

func sha(kind, content string) string {
	return fmt.Sprintf("%x", sha1.Sum(fmt.Appendf(nil, "%s %d\x00%s", kind, len(content), content))) // #nosec G401
}

// getTree lists a commit's files and folders by keyset: a page begins after the entry
// that its token names.
func (f *Fake) getTree(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	tree, ok := f.trees[query.Get("ref")]
	if !ok {
		notFound(w, "Tree")
		return
	}
	if query.Get("recursive") != "true" || query.Get("pagination") != "keyset" {
		bad(w, "the test wants whole trees, by keyset")
		return
	}
	told := []object{}
	for name, file := range tree {
		kind := "blob"
		if file.mode == "160000" {
			kind = "commit"
		}
		told = append(told, object{"id": file.id, "name": path.Base(name), "type": kind, "path": name, "mode": file.mode})
	}
	for folder := range folders(tree) {
		told = append(told, object{"id": sha("tree", folder), "name": path.Base(folder), "type": "tree", "path": folder, "mode": "040000"})
	}
	slices.SortFunc(told, func(a, b object) int { return strings.Compare(a["path"].(string), b["path"].(string)) })
	if token := query.Get("page_token"); token != "" {
		i := slices.IndexFunc(told, func(o object) bool { return sha("token", o["path"].(string)) == token })
		told = told[i+1:]
	}
	if n := size(r); len(told) > n {
		told = told[:n]
		link(w, r, "page_token", sha("token", told[n-1]["path"].(string)))
	}
	answer(w, http.StatusOK, told)
}

func folders(tree map[string]entry) map[string]bool {
	found := map[string]bool{}
	for name := range tree {
		for folder := path.Dir(name); folder != "."; folder = path.Dir(folder) {
			found[folder] = true
		}
	}
	return found
}

func (f *Fake) getBlob(w http.ResponseWriter, r *http.Request) {
	data, ok := f.Blobs[r.PathValue("sha")]
	if !ok {
		notFound(w, "Blob")
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	_, _ = w.Write(data)
}

func (f *Fake) getBranch(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("branch")
	commit, ok := f.Branches[name]
	if !ok {
		notFound(w, "Branch")
		return
	}
	answer(w, http.StatusOK, object{"name": name, "protected": true, "default": true, "commit": object{"id": commit, "short_id": commit[:8]}})
}

// diff lists what a commit changes of another, without looking for renames.
func (f *Fake) diff(base, head string) []File {
	before, after := f.trees[base], f.trees[head]
	names := maps.Clone(before)
	maps.Copy(names, after)
	files := []File{}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		old, was := before[name]
		now, is := after[name]
		if was && is && old == now {
			continue
		}
		files = append(files, File{Old: name, New: name, Added: !was, Deleted: !is, Diff: hunks(f.Blobs[old.id], f.Blobs[now.id])})
	}
	return files
}

// hunks is what GitLab tells as the change from one text to another; "" where one is
// binary.
func hunks(before, after []byte) string {
	binary := func(text []byte) bool { return !utf8.Valid(text) || slices.Contains(text, 0) }
	if binary(before) || binary(after) {
		return ""
	}
	_, hunks, _ := strings.Cut(string(diff.Diff("a", before, "b", after)), "\n@@ ")
	if hunks == "" {
		return ""
	}
	return "@@ " + hunks
}

var hunkHeader = regexp.MustCompile(`^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@`)

// oldLine is the number that a line of the head has at the base, by a reading of the
// diff of its own: 0 where it was added, and not shown where the diff has it not.
func (f File) oldLine(line int) (old int, shown bool) {
	left, right := 0, 0
	for text := range strings.SplitSeq(f.Diff, "\n") {
		if header := hunkHeader.FindStringSubmatch(text); header != nil {
			left, _ = strconv.Atoi(header[1])
			right, _ = strconv.Atoi(header[2])
			continue
		}
		switch {
		case strings.HasPrefix(text, "-"):
			left++
		case strings.HasPrefix(text, "+"):
			if right == line {
				return 0, true
			}
			right++
		case strings.HasPrefix(text, " "):
			if right == line {
				return left, true
			}
			left, right = left+1, right+1
		}
	}
	return 0, false
}

func (f File) shape() object {
	return object{
		"old_path": f.Old, "new_path": f.New, "a_mode": "100644", "b_mode": "100644", "diff": f.Diff,
		"new_file": f.Added, "renamed_file": f.Old != f.New, "deleted_file": f.Deleted, "generated_file": false,
		"collapsed": f.Collapsed, "too_large": f.TooLarge,
	}
}
