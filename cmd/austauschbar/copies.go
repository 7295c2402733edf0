package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator"
	"github.com/austauschbar/austauschbar/templates"
)

// The formats that are no text: copies of the documents with comments.
const (
	formatDocx   = "docx"   // of Office's, as it has always been
	formatCopies = "copies" // of all that can have some
)

// ofOffice are the formats of documents that formatDocx copies.
var ofOffice = []string{"docx", "xlsx"}

// copies says whether copies are asked for.
func (f reviewFlags) copies() bool { return f.format == formatDocx || f.format == formatCopies }

// copies writes what reviews say into copies of their documents.
type copies struct {
	app       *app
	folder    string // to write to
	suggest   bool
	formats   []string                           // of documents that are copied
	documents map[string][]austauschbar.Document // by the dossier's path
	written   map[string]bool                    // paths below the folder
}

// checkCopies says what does not go with copies, and what only goes with them.
func (f reviewFlags) checkCopies() error {
	switch {
	case !f.copies() && f.suggest:
		return usageError{errors.New("--suggest: only with --format docx or copies")}
	case !f.copies():
		return nil
	case f.forge != "":
		return usageError{fmt.Errorf("--format %s: not with --forge, which posts text", f.format)}
	case f.output == "":
		return usageError{fmt.Errorf("--format %s: name a folder for the copies with --output", f.format)}
	}
	return nil
}

// newCopies prepares copies of what is asked for. Its error says when the folder lies
// where the next review would read the copies as documents, or they would take the
// place of the originals.
func newCopies(a *app, flags reviewFlags, asked []string) (*copies, error) {
	folder := resolved(flags.output)
	for _, name := range asked {
		info, err := os.Stat(name)
		if err != nil {
			continue // is told when it is opened
		}
		original := resolved(name)
		if !info.IsDir() {
			original = filepath.Dir(original)
		}
		below, err := filepath.Rel(original, folder)
		if err == nil && (below == "." || info.IsDir() && filepath.IsLocal(below)) {
			return nil, usageError{fmt.Errorf("--output %s: lies among the documents of %s; name a folder outside", flags.output, name)}
		}
	}
	copied := evaluator.Annotated()
	if flags.format == formatDocx {
		copied = ofOffice
	}
	return &copies{app: a, folder: flags.output, suggest: flags.suggest, formats: copied, documents: map[string][]austauschbar.Document{}, written: map[string]bool{}}, nil
}

// resolved is an absolute path without links, as far as it is there.
func resolved(name string) string {
	absolute, err := filepath.Abs(name)
	if err != nil {
		return name
	}
	if real, err := filepath.EvalSymlinks(absolute); err == nil {
		return real
	}
	if parent := filepath.Dir(absolute); parent != absolute {
		return filepath.Join(resolved(parent), filepath.Base(absolute))
	}
	return absolute
}

// reading keeps the documents of the dossiers that are read; of one that is compared
// with its base, those that come first.
func (c *copies) reading(read func(context.Context, austauschbar.Dossier) (austauschbar.Facts, error)) func(context.Context, austauschbar.Dossier) (austauschbar.Facts, error) {
	return func(ctx context.Context, dossier austauschbar.Dossier) (austauschbar.Facts, error) {
		if _, known := c.documents[dossier.Path]; !known {
			c.documents[dossier.Path] = dossier.Documents
		}
		return read(ctx, dossier)
	}
}

// write writes the copies and lists them on standard output. What cannot be annotated
// is told on standard error.
func (c *copies) write(ctx context.Context, words *templates.Words, reviews []austauschbar.Review) error {
	if err := os.MkdirAll(c.folder, 0o755); err != nil {
		return fmt.Errorf("write copies: %w", err)
	}
	root, err := os.OpenRoot(c.folder) // names within archives come from strangers
	if err != nil {
		return fmt.Errorf("write copies: %w", err)
	}
	defer root.Close()
	for _, review := range reviews {
		below := "."
		if len(reviews) > 1 {
			below = folderFor(review.Dossier)
		}
		if err := c.dossier(ctx, words, root, below, review); err != nil {
			return fmt.Errorf("write copies of %s: %w", review.Dossier.Path, err)
		}
	}
	return nil
}

// alone says whether a dossier is a single document.
func alone(dossier austauschbar.ReviewDossier) bool {
	return len(dossier.Documents) == 1 && dossier.Documents[0].Path == path.Base(dossier.Path)
}

// folderFor is where the copies of one of several dossiers belong.
func folderFor(dossier austauschbar.ReviewDossier) string {
	folder := fromHere(dossier.Path)
	if alone(dossier) {
		folder = path.Dir(folder)
	}
	if !filepath.IsLocal(folder) {
		folder = path.Base(folder)
	}
	return folder
}

func (c *copies) dossier(ctx context.Context, words *templates.Words, root *os.Root, below string, review austauschbar.Review) error {
	filled, err := words.Fill(review)
	if err != nil {
		return err
	}
	main := c.mainDocument(review.Dossier.Documents)
	notes, err := words.Notes(filled, main)
	if err != nil {
		return err
	}
	if main == "" {
		c.tell(review.Dossier.Path, "no document gets comments, nor do the findings about the dossier as a whole stand in one")
	}
	documents, err := evaluator.Unpacked(ctx, c.documents[review.Dossier.Path])
	if err != nil {
		return err
	}
	for _, fact := range review.Dossier.Documents {
		of := notes[fact.Path]
		at := slices.IndexFunc(documents, func(d austauschbar.Document) bool { return d.Path == fact.Path })
		if !slices.Contains(c.formats, fact.Format) || at < 0 {
			if len(of.Notes) > 0 {
				c.tell(fact.Path, c.whyNot(fact.Format))
			}
			continue
		}
		name := path.Join(below, fact.Path)
		if err := c.free(name, review.Dossier, fact.Path); err != nil {
			return err
		}
		if err := c.copy(ctx, root, name, documents[at], fact.Format, of); err != nil {
			return err
		}
	}
	return nil
}

// whyNot says why documents of a format are not copied.
func (c *copies) whyNot(format string) string {
	why := fmt.Sprintf("documents of the format %s get no comments (%s do)", format, strings.Join(c.formats, ", "))
	if slices.Contains(evaluator.Annotated(), format) {
		why += "; with --format copies they do"
	}
	return why
}

// mainDocument is where findings are shown that are about the dossier as a whole: the
// specification, else a Word file, else any that takes comments; "" for none.
func (c *copies) mainDocument(documents []austauschbar.DocumentFact) string {
	for _, fits := range []func(austauschbar.DocumentFact) bool{
		func(d austauschbar.DocumentFact) bool { return d.Role == austauschbar.RoleSpecification },
		func(d austauschbar.DocumentFact) bool { return d.Format == "docx" },
		func(austauschbar.DocumentFact) bool { return true },
	} {
		for _, document := range documents {
			if slices.Contains(c.formats, document.Format) && fits(document) {
				return document.Path
			}
		}
	}
	return ""
}

// free says when a copy would take the place of another one or of its original.
func (c *copies) free(name string, dossier austauschbar.ReviewDossier, document string) error {
	if c.written[name] {
		return fmt.Errorf("%s: is the copy of another dossier; review them one by one", name)
	}
	c.written[name] = true
	original := filepath.Join(filepath.FromSlash(dossier.Path), filepath.FromSlash(document))
	if alone(dossier) {
		original = filepath.FromSlash(dossier.Path)
	}
	there, err := os.Stat(filepath.Join(c.folder, filepath.FromSlash(name)))
	if err != nil {
		return nil
	}
	if info, err := os.Stat(original); err == nil && os.SameFile(info, there) {
		return usageError{fmt.Errorf("%s: the copy would take the place of the document; name another folder with --output", original)}
	}
	return nil
}

// copy writes one document with its notes; without any, it is the same.
func (c *copies) copy(ctx context.Context, root *os.Root, name string, document austauschbar.Document, format string, notes austauschbar.Notes) error {
	if !c.suggest {
		for i := range notes.Notes {
			notes.Notes[i].Change = ""
		}
	}
	data, err := document.Load(ctx)
	if len(notes.Notes) > 0 {
		data, err = evaluator.Annotate(ctx, document, format, notes)
	}
	switch {
	case errors.Is(err, austauschbar.ErrUnreadable) || errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil:
		c.tell(document.Path, fmt.Sprintf("cannot be changed (%v)", err))
		return nil
	case err != nil:
		return fmt.Errorf("annotate %s: %w", document.Path, err)
	}
	if err := root.MkdirAll(filepath.FromSlash(path.Dir(name)), 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	if err := replace(root, filepath.FromSlash(name), data); err != nil {
		return err
	}
	_, err = fmt.Fprintln(c.app.stdout, filepath.Join(c.folder, filepath.FromSlash(name)))
	return err
}

// replace writes a file below a folder, whole or not at all.
func replace(root *os.Root, name string, data []byte) error {
	beside := filepath.Join(filepath.Dir(name), "."+filepath.Base(name)+".part")
	err := root.WriteFile(beside, data, 0o644)
	if err == nil {
		err = root.Rename(beside, name)
	}
	if err != nil {
		_ = root.Remove(beside) // the error tells more
	}
	return err
}

// tell says what has no copy, and where its findings are.
func (c *copies) tell(what, why string) {
	fmt.Fprintf(c.app.stderr, "austauschbar: %+q: %s; what was found there stands in the other formats of the review\n", what, why)
}
