// Package repository looks at what lies in a repository's folder: its description,
// licences, explanations, and what should not lie there. It has no opinion: what a
// repository must have is for the policies.
package repository

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/google/licensecheck"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/licence"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/markdown"
	"github.com/austauschbar/austauschbar/evaluator/plain"
	"github.com/austauschbar/austauschbar/evaluator/publiccode"
)

// Bounds of one repository.
const (
	maxFiles    = 100_000
	maxSearched = 1 << 20 // bytes of a file that is searched for secrets
	maxPassages = 500     // of a file that explains
	maxQuote    = 300     // runes
)

// Read looks at a repository. Files is what belongs to it, by path; nil for all below
// the root, version control left out. A file that cannot be read is a gap.
func Read(ctx context.Context, root fs.FS, files []string, history *austauschbar.History, today time.Time) (austauschbar.Checkout, error) {
	if files == nil {
		var err error
		if files, err = below(root); err != nil {
			return austauschbar.Checkout{}, err
		}
	}
	slices.Sort(files)
	r := reading{root: root, found: austauschbar.Checkout{
		Today: today.Format(time.DateOnly), Files: []string{}, Licences: []austauschbar.LicenceFile{}, Secrets: []austauschbar.Secret{}, History: history, Gaps: []austauschbar.Gap{},
	}}
	if len(files) > maxFiles {
		files = files[:maxFiles]
		r.gap(".", "too_many_files")
	}
	for _, file := range files {
		if err := ctx.Err(); err != nil {
			return austauschbar.Checkout{}, err
		}
		if err := r.file(ctx, file); err != nil {
			return austauschbar.Checkout{}, fmt.Errorf("read %s: %w", file, err)
		}
	}
	return r.found, nil
}

// below lists the files below a folder, Git's own left out.
func below(root fs.FS) ([]string, error) {
	var files []string
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && entry.Name() == ".git":
			return fs.SkipDir
		case entry.Type().IsRegular():
			files = append(files, name)
		}
		return nil
	})
	return files, err
}

// reading is the state of looking at one repository.
type reading struct {
	root  fs.FS
	found austauschbar.Checkout
}

func (r *reading) gap(at, reason string) {
	r.found.Gaps = append(r.found.Gaps, austauschbar.Gap{Path: at, Reason: reason})
}

// near are the folders besides the root in which forges look for explanations.
var near = []string{".", ".github", ".gitlab", "docs"}

// licenceName matches the file that holds the licence of the whole.
var licenceName = regexp.MustCompile(`(?i)^(licen[cs]es?|copying|unlicense)([._-].*)?$`)

// readMeName matches the file that explains a repository.
var readMeName = regexp.MustCompile(`(?i)^readme(\.(md|markdown|txt|rst|adoc))?$`)

// file looks at one file. Whatever is no regular file is passed over, so that no
// symbolic link leads out of the folder.
func (r *reading) file(ctx context.Context, name string) error {
	info, err := fs.Lstat(r.root, name)
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && !info.Mode().IsRegular():
		return nil // deleted since Git listed it, a link, another repository
	case err != nil:
		return err
	}
	folder, base := path.Split(name)
	folder = path.Clean("./" + folder)
	if slices.Contains(near, folder) {
		r.found.Files = append(r.found.Files, name)
	}
	if kind := suspicious(base); kind != "" {
		r.found.Secrets = append(r.found.Secrets, austauschbar.Secret{Path: name, Kind: kind})
	}
	if info.Size() > maxSearched {
		return nil
	}
	data, err := fs.ReadFile(r.root, name)
	if errors.Is(err, fs.ErrPermission) {
		r.gap(name, "permission_denied")
		return nil
	}
	if err != nil {
		return err
	}
	r.found.Secrets = append(r.found.Secrets, secrets(name, data)...)
	switch {
	case name == publiccode.Name:
		r.publicCode(name, data)
	case folder == "." && licenceName.MatchString(base), folder == "LICENSES":
		r.found.Licences = append(r.found.Licences, licenceFile(name, folder == ".", data))
	case folder == "." && readMeName.MatchString(base) && r.found.ReadMe == nil:
		return r.readMe(ctx, name, data)
	}
	return nil
}

func (r *reading) publicCode(name string, data []byte) {
	said, err := publiccode.Read(name, data)
	if err != nil {
		r.found.Unreadable = &austauschbar.Unreadable{Path: name, Detail: err.Error()}
		return
	}
	r.found.PublicCode = &said
}

// licenceFile recognises a licence by its text, and in LICENSES by its name too.
func licenceFile(name string, root bool, data []byte) austauschbar.LicenceFile {
	file := austauschbar.LicenceFile{Path: name, Root: root, Licences: []austauschbar.LicenceID{}}
	if !root {
		named := licence.Of(strings.TrimSuffix(path.Base(name), path.Ext(name)))
		file.Named = &named
	}
	coverage := licensecheck.Scan(data)
	file.Percent = coverage.Percent
	for _, match := range coverage.Match {
		if id := licence.Of(match.ID); !match.IsURL && !slices.Contains(file.Licences, id) {
			file.Licences = append(file.Licences, id)
		}
	}
	return file
}

// readMe keeps the first passages of the file that explains the repository.
func (r *reading) readMe(ctx context.Context, name string, data []byte) error {
	read := plain.Read
	if slices.Contains([]string{".md", ".markdown"}, strings.ToLower(path.Ext(name))) {
		read = markdown.Read
	}
	text, err := read(ctx, data)
	if refusal := (*limit.Refusal)(nil); errors.As(err, &refusal) {
		r.gap(name, refusal.Code)
		text.Passages = nil
	} else if err != nil {
		return err
	}
	readMe := &austauschbar.ReadMe{Path: name, Passages: []austauschbar.ReadMePassage{}}
	for _, passage := range text.Passages[:min(len(text.Passages), maxPassages)] {
		readMe.Passages = append(readMe.Passages, austauschbar.ReadMePassage{Kind: string(passage.Kind), Text: cut(passage.Text), Line: passage.Line})
	}
	r.found.ReadMe = readMe
	return nil
}

func cut(text string) string {
	if runes := []rune(text); len(runes) > maxQuote {
		return string(runes[:maxQuote])
	}
	return text
}
