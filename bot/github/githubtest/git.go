package githubtest

import (
	"crypto/sha1" // #nosec G505 -- Git's ids, not a signature
	"encoding/base64"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/diff"
)

// A FakeFile is a file of the diff.
type FakeFile struct {
	Name, Previous, Status, Patch string // no patch for a binary file
}

type fakeEntry struct {
	Path string `json:"path"`
	Mode string `json:"mode"`
	Type string `json:"type"`
	Size int    `json:"size,omitempty"`
	SHA  string `json:"sha"`
	URL  string `json:"url,omitempty"` // none for a submodule
}

// Commit stores files and returns the commit's id. "link:" and "module:" before
// the content make a link and a submodule.
func (f *Fake) Commit(files map[string]string) string {
	f.lock.Lock()
	defer f.lock.Unlock()
	return f.commit(files, 0)
}

// commit makes a commit of a pull request: the same files on another one are
// another commit.
func (f *Fake) commit(files map[string]string, pull int) string {
	tree := f.tree(files)
	id := sha("commit", fmt.Sprintf("%s %d", tree, pull))
	f.commits[id] = tree
	return id
}

func (f *Fake) tree(files map[string]string) string {
	direct := map[string]map[string]string{}
	var entries []fakeEntry
	for name, content := range files {
		if folder, rest, nested := strings.Cut(name, "/"); nested {
			if direct[folder] == nil {
				direct[folder] = map[string]string{}
			}
			direct[folder][rest] = content
			continue
		}
		entry := fakeEntry{Path: name, Mode: "100644", Type: "blob", SHA: f.store(content), Size: len(content)}
		switch {
		case strings.HasPrefix(content, "link:"):
			entry.Mode = "120000"
		case strings.HasPrefix(content, "module:"):
			entry.Mode, entry.Type, entry.Size = "160000", "commit", 0
		}
		entries = append(entries, entry)
	}
	for folder, below := range direct {
		entries = append(entries, fakeEntry{Path: folder, Mode: "040000", Type: "tree", SHA: f.tree(below)})
	}
	for i, entry := range entries {
		if entry.Type != "commit" {
			entries[i].URL = fmt.Sprintf("%s/git/%ss/%s", repo, entry.Type, entry.SHA)
		}
	}
	slices.SortFunc(entries, func(a, b fakeEntry) int { return strings.Compare(a.Path, b.Path) })
	id := sha("tree", fmt.Sprint(entries))
	f.trees[id] = entries
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

func (f *Fake) getTree(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("sha")
	if tree, ok := f.commits[id]; ok {
		id = tree
	}
	entries, ok := f.trees[id]
	if !ok {
		notFound(w)
		return
	}
	if r.URL.Query().Get("recursive") != "" {
		entries = f.flat("", entries)
	}
	truncated := f.TreeLimit > 0 && len(entries) > f.TreeLimit
	if truncated {
		entries = entries[:f.TreeLimit]
	}
	if entries == nil {
		entries = []fakeEntry{}
	}
	answer(w, http.StatusOK, object{"sha": id, "url": repo + "/git/trees/" + id, "tree": entries, "truncated": truncated})
}

func (f *Fake) flat(folder string, entries []fakeEntry) []fakeEntry {
	var all []fakeEntry
	for _, entry := range entries {
		entry.Path = folder + entry.Path
		all = append(all, entry)
		if entry.Type == "tree" {
			all = append(all, f.flat(entry.Path+"/", f.trees[entry.SHA])...)
		}
	}
	return all
}

func (f *Fake) getBlob(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("sha")
	data, ok := f.Blobs[id]
	switch {
	case !ok:
		notFound(w)
	case !strings.HasPrefix(r.Header.Get("Accept"), "application/vnd.github.raw"):
		answer(w, http.StatusOK, object{"sha": id, "node_id": "B_" + id, "url": repo + "/git/blobs/" + id, "size": len(data), "encoding": "base64", "content": base64.StdEncoding.EncodeToString(data)})
	default:
		w.Header().Set("Content-Type", "application/vnd.github.raw; charset=utf-8")
		_, _ = w.Write(data)
	}
}

// diff lists what a commit changes of another, without looking for renames.
func (f *Fake) diff(base, head string) []FakeFile {
	before, after := f.contents(base), f.contents(head)
	names := map[string]bool{}
	for name := range before {
		names[name] = true
	}
	for name := range after {
		names[name] = true
	}
	var files []FakeFile
	for name := range names {
		old, was := before[name]
		text, is := after[name]
		if was && is && old == text {
			continue
		}
		status := "modified"
		switch {
		case !was:
			status = "added"
		case !is:
			status = "removed"
		}
		files = append(files, FakeFile{Name: name, Status: status, Patch: Patch(old, text)})
	}
	slices.SortFunc(files, func(a, b FakeFile) int { return strings.Compare(a.Name, b.Name) })
	return files
}

// contents are a commit's files by path.
func (f *Fake) contents(commit string) map[string]string {
	files := map[string]string{}
	for _, entry := range f.flat("", f.trees[f.commits[commit]]) {
		if entry.Type != "tree" {
			files[entry.Path] = string(f.Blobs[entry.SHA])
		}
	}
	return files
}

// Patch is what GitHub tells as the change from one text to another: hunks
// without the names of the files; "" where one is binary.
func Patch(before, after string) string {
	if binary(before) || binary(after) {
		return ""
	}
	_, hunks, _ := strings.Cut(string(diff.Diff("a", []byte(before), "b", []byte(after))), "\n@@ ")
	if hunks == "" {
		return ""
	}
	return "@@ " + strings.TrimSuffix(hunks, "\n")
}

func binary(text string) bool { return !utf8.ValidString(text) || strings.Contains(text, "\x00") }

var hunkHeader = regexp.MustCompile(`^@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@`)

// shows says whether a line of the head is in the diff, by a reading of the patch
// of its own.
func (p *Pull) shows(path string, line int) bool {
	for _, file := range p.Files {
		if file.Name != path {
			continue
		}
		at := 0
		for text := range strings.SplitSeq(file.Patch, "\n") {
			if header := hunkHeader.FindStringSubmatch(text); header != nil {
				at, _ = strconv.Atoi(header[1])
				continue
			}
			if strings.HasPrefix(text, "+") || strings.HasPrefix(text, " ") {
				if at == line {
					return true
				}
				at++
			}
		}
	}
	return false
}

// hunk is what is shown above a comment: the head of the file's first hunk.
func (p *Pull) hunk(path string) string {
	i := slices.IndexFunc(p.Files, func(file FakeFile) bool { return file.Name == path })
	if i < 0 {
		return ""
	}
	head, _, _ := strings.Cut(p.Files[i].Patch, "\n")
	return head
}

// counts returns the added and removed lines of a patch.
func (f FakeFile) counts() (added, removed int) {
	for line := range strings.SplitSeq(f.Patch, "\n") {
		switch {
		case strings.HasPrefix(line, "+"):
			added++
		case strings.HasPrefix(line, "-"):
			removed++
		}
	}
	return added, removed
}

func (p *Pull) fileShape(file FakeFile) object {
	added, removed := file.counts()
	told := object{
		"sha": sha("blob", p.Head+file.Name), "filename": file.Name, "status": file.Status, "additions": added, "deletions": removed, "changes": added + removed,
		"blob_url": site + "/o/r/blob/" + p.Head + "/" + file.Name, "raw_url": site + "/o/r/raw/" + p.Head + "/" + file.Name,
		"contents_url": repo + "/contents/" + file.Name + "?ref=" + p.Head,
	}
	if file.Previous != "" {
		told["previous_filename"] = file.Previous
	}
	if file.Patch != "" {
		told["patch"] = file.Patch
	}
	return told
}
