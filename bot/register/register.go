// Package register makes a register of what lies in folders: reviews, results of
// batches, and descriptions of software.
package register

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
)

// A Maker makes registers.
type Maker struct {
	Tool austauschbar.Tool
	// Software reads a publiccode.yml, as the path says.
	Software func(path string, data []byte) (austauschbar.Repository, error)
	// Link is where a page that lies beside a review is, seen from the register; "" for
	// nothing that could be said elsewhere.
	Link func(page string) string
}

// largest bounds a file, in bytes.
const largest = 256 << 20

// A found entry is one before those that tell of the same are one.
type found struct {
	austauschbar.RegisterEntry
	folder string // of its file
}

// Make makes the register of some folders. Its error joins one for each file that could
// not be taken in; the register then holds the rest.
func (m Maker) Make(folders []string) (austauschbar.Register, error) {
	var all []found
	var failures []error
	for _, folder := range folders {
		entries, err := m.in(folder)
		all = append(all, entries...)
		failures = append(failures, err)
	}
	register := austauschbar.Register{Version: austauschbar.RegisterVersion, Tool: m.Tool, Entries: []austauschbar.RegisterEntry{}}
	for _, one := range newest(joined(all)) {
		register.Today = max(register.Today, one.Judged)
		register.Entries = append(register.Entries, one.RegisterEntry)
	}
	slices.SortStableFunc(register.Entries, func(a, b austauschbar.RegisterEntry) int {
		return cmp.Or(cmp.Compare(a.Title, b.Title), cmp.Compare(a.Path, b.Path), cmp.Compare(a.Source, b.Source))
	})
	return register, errors.Join(failures...)
}

// in reads what lies in a folder. Names that begin with a dot are passed over, and so is
// in and below the folder of a project whatever is none of ours: it is the project's.
func (m Maker) in(folder string) ([]found, error) {
	var entries []found
	var failures []error
	projects := map[string]bool{}
	err := filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != folder && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "node_modules"):
			return filepath.SkipDir
		case entry.IsDir():
			_, err := os.Lstat(filepath.Join(name, publicCode))
			projects[name] = err == nil || name != folder && projects[filepath.Dir(name)]
			return nil
		case !entry.Type().IsRegular():
			return nil
		}
		read := m.readers()[kindOf(entry.Name())]
		if read == nil {
			return nil
		}
		within, err := filepath.Rel(folder, name)
		if err != nil {
			return err
		}
		some, err := m.file(name, filepath.ToSlash(within), read)
		entries = append(entries, some...)
		if err != nil && !(projects[filepath.Dir(name)] && errors.Is(err, errNotOurs)) {
			failures = append(failures, fmt.Errorf("read %s: %w", name, err))
		}
		return nil
	})
	return entries, errors.Join(append(failures, err)...)
}

// publicCode is the name of a file that describes software.
const publicCode = "publiccode.yml"

// kindOf says which reader takes a file: ".json", ".jsonl" or publicCode; other names
// have none.
func kindOf(name string) string {
	switch name {
	case publicCode:
		return publicCode
	case "batch.json": // when a batch began
		return ""
	}
	return strings.ToLower(filepath.Ext(name))
}

// file reads one file.
func (m Maker) file(name, source string, read reader) ([]found, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err == nil && info.Size() > largest {
		err = fmt.Errorf("is larger than %d bytes", largest)
	}
	if err != nil {
		return nil, err
	}
	entries, err := read(name, io.LimitReader(file, largest))
	some := make([]found, len(entries))
	for i, entry := range entries {
		entry.Source = bounded(source)
		some[i] = found{entry, filepath.Dir(name)}
	}
	return some, err
}

// joined makes one entry of the software and the review of its architecture that share a
// folder, where it holds one of each.
func joined(all []found) []found {
	type shared struct{ folder, kind string }
	count := map[shared]int{}
	for _, one := range all {
		count[shared{one.folder, joinable(one)}]++
	}
	software := map[string]found{}
	for _, one := range all {
		if one.Software != nil && count[shared{one.folder, austauschbar.Software}] == 1 && count[shared{one.folder, "architecture"}] == 1 {
			software[one.folder] = one
		}
	}
	var rest []found
	for _, one := range all {
		described, ok := software[one.folder]
		switch {
		case ok && one.Software != nil:
			continue
		case ok && joinable(one) == "architecture":
			one.Kind, one.Title, one.Software = austauschbar.Software, cmp.Or(described.Title, one.Title), described.Software
		}
		rest = append(rest, one)
	}
	return rest
}

// joinable is "software", "architecture" of a review that judges one, or "" of another.
func joinable(one found) string {
	switch one.Kind {
	case austauschbar.Software:
		return one.Kind
	case "architecture", "both":
		return "architecture"
	}
	return ""
}

// newest keeps of the entries that tell of the same the one judged last; of one day, the
// one that tells more, and the later read of these. What an older one knows of its
// notice stays known.
func newest(all []found) []found {
	at := map[string]int{}
	var kept []found
	for _, one := range all {
		key := strings.Join([]string{one.Title, one.Path}, "\x00")
		if one.Software != nil {
			key = strings.Join([]string{austauschbar.Software, one.Title, one.Software.URL}, "\x00")
		}
		i, again := at[key]
		if !again {
			at[key] = len(kept)
			kept = append(kept, one)
			continue
		}
		older := kept[i]
		if cmp.Or(cmp.Compare(one.Judged, older.Judged), cmp.Compare(told(one), told(older))) < 0 {
			one, older = older, one
		}
		if one.Notice == nil {
			one.Notice = older.Notice
		}
		kept[i] = one
	}
	return kept
}

// told is how much an entry tells that only whole reviews do.
func told(one found) int {
	n := len(one.Situations) + len(one.Models)
	if one.Parts != nil {
		n++
	}
	if one.Report != "" {
		n++
	}
	return n
}
