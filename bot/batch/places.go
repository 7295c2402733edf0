package batch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/tree"
)

// What is a dossier in a folder that a batch is given. Each "" is the default:
// a folder with a dossier.yaml is one dossier; else each direct subfolder is, or the
// folders in it that hold a dossier.yaml, and each document beside them.
const (
	EachDossier  = "dossier"  // as a review finds them: each folder with a dossier.yaml, else the folder given
	EachFolder   = "folder"   // each direct subfolder, and each document beside them; else the folder given
	EachDocument = "document" // each document, however deep
)

// Each lists what may be a dossier.
var Each = []string{EachDossier, EachFolder, EachDocument}

// A place is where a dossier lies.
type place struct {
	path string // as the batch's results name it
	open func(context.Context) (austauschbar.Dossier, error)
}

// A Lister lists what an archive holds, without keeping it: its documents, and the
// gaps that it cannot hand out.
type Lister func(ctx context.Context, archive io.ReaderAt, size int64) ([]austauschbar.Document, []austauschbar.Gap, error)

// places finds the dossiers of a batch.
type places struct {
	each  string
	list  Lister
	found []place
	files []*os.File // archives, open until the batch ends
}

func (p *places) add(at string, open func(context.Context) (austauschbar.Dossier, error)) {
	p.found = append(p.found, place{at, open})
}

// fail notes what cannot be a dossier, so that it is told among the results.
func (p *places) fail(at string, err error) {
	p.add(at, func(context.Context) (austauschbar.Dossier, error) { return austauschbar.Dossier{}, err })
}

// find finds the dossiers at paths, sorted by their own; what several paths lead to
// is there once. An error is that of a path which is not there or cannot be a batch.
func (p *places) find(ctx context.Context, asked []string) error {
	for _, at := range asked {
		if err := p.at(ctx, at); err != nil {
			return err
		}
	}
	slices.SortStableFunc(p.found, func(a, b place) int { return cmp.Compare(a.path, b.path) })
	p.found = slices.CompactFunc(p.found, func(a, b place) bool { return a.path == b.path })
	return nil
}

func (p *places) close() {
	for _, file := range p.files {
		file.Close()
	}
}

// unpackable are archives that only other programs open.
var unpackable = []string{".tar", ".tgz", ".gz", ".bz2", ".xz", ".zst", ".7z", ".rar"}

func (p *places) at(ctx context.Context, asked string) error {
	info, err := os.Stat(asked)
	if err != nil {
		return fmt.Errorf("open %s: %w", asked, bot.Cause(err))
	}
	name := filepath.ToSlash(filepath.Clean(asked))
	switch extension := strings.ToLower(filepath.Ext(asked)); {
	case info.IsDir():
		return p.folder(ctx, os.DirFS(asked), name, nil)
	case extension == ".zip":
		return p.archive(ctx, asked, name)
	case extension == ".jsonl" || extension == ".ndjson":
		return p.listed(ctx, asked, name)
	case slices.Contains(unpackable, extension):
		return fmt.Errorf("open %s: archives of this kind are not opened; unpack it and name the folder, or make a ZIP of it", asked)
	}
	p.document(os.DirFS(filepath.Dir(asked)), filepath.Base(asked), name)
	return nil
}

// folder finds the dossiers of a tree. Gaps are what the tree lacks.
func (p *places) folder(ctx context.Context, files fs.FS, name string, gaps []austauschbar.Gap) error {
	s := &source{files: files, name: name, gaps: gaps, places: p}
	if err := s.split(ctx); err != nil {
		return err
	}
	for _, gap := range gaps {
		if !slices.ContainsFunc(s.folders, func(folder string) bool { return folder == "." || strings.HasPrefix(gap.Path, folder+"/") }) {
			p.fail(path.Join(name, gap.Path), errors.New(strings.TrimSpace(gap.Reason+" "+gap.Detail)))
		}
	}
	return nil
}

// A source is a tree of files with its name.
type source struct {
	files   fs.FS
	name    string
	gaps    []austauschbar.Gap
	folders []string // that are dossiers
	*places
}

// split finds the dossiers of a source.
func (s *source) split(ctx context.Context) error {
	if _, err := fs.ReadDir(s.files, "."); err != nil {
		return fmt.Errorf("open %s: %w", s.name, bot.Cause(err))
	}
	switch s.each {
	case EachDossier:
		return s.marked(ctx, ".")
	case EachDocument:
		return s.documents(ctx, ".")
	}
	if info, err := fs.Stat(s.files, "dossier.yaml"); err == nil && info.Mode().IsRegular() {
		return s.marked(ctx, ".")
	}
	folders, loose, err := bot.Within(s.files, ".")
	if err != nil {
		return fmt.Errorf("open %s: %w", s.name, bot.Cause(err))
	}
	if s.each == EachFolder && len(folders) == 0 {
		s.dossier(".")
		return nil
	}
	for _, folder := range folders {
		if s.each == EachFolder {
			s.dossier(folder)
		} else if err := s.marked(ctx, folder); err != nil {
			return err
		}
	}
	for _, file := range loose {
		s.loose(file)
	}
	return nil
}

// marked adds the folders below one that hold a dossier.yaml; itself where none does.
func (s *source) marked(ctx context.Context, folder string) error {
	below, err := fs.Sub(s.files, folder)
	if err != nil {
		return err
	}
	folders, err := bot.Marked(ctx, below)
	if err != nil && ctx.Err() != nil {
		return err
	}
	if len(folders) == 0 { // or it cannot be looked into, as opening it tells
		folders = []string{"."}
	}
	for _, marked := range folders {
		s.dossier(path.Join(folder, marked))
	}
	return nil
}

func (s *source) dossier(folder string) {
	s.folders = append(s.folders, folder)
	s.add(path.Join(s.name, folder), func(ctx context.Context) (austauschbar.Dossier, error) {
		dossier, err := bot.Open(ctx, s.files, folder)
		for _, gap := range s.gaps {
			if below, ok := strings.CutPrefix(gap.Path, folder+"/"); ok {
				dossier.Gaps = append(dossier.Gaps, austauschbar.Gap{Path: below, Reason: gap.Reason, Detail: gap.Detail})
			} else if folder == "." {
				dossier.Gaps = append(dossier.Gaps, gap)
			}
		}
		return dossier, bot.Cause(err)
	})
}

// documents adds each document below a folder.
func (s *source) documents(ctx context.Context, folder string) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	folders, files, err := bot.Within(s.files, folder)
	if err != nil {
		s.fail(path.Join(s.name, folder), bot.Cause(err))
		return nil
	}
	for _, file := range files {
		s.loose(file)
	}
	for _, below := range folders {
		if err := s.documents(ctx, below); err != nil {
			return err
		}
	}
	return nil
}

// own are files that speak to this program.
var own = []string{"dossier.yaml", bot.WaiversFile}

// loose adds a document by itself.
func (s *source) loose(file string) {
	if !slices.Contains(own, path.Base(file)) {
		s.document(s.files, file, path.Join(s.name, file))
	}
}

// document adds a document as a dossier of its own.
func (p *places) document(files fs.FS, file, name string) {
	p.add(name, func(context.Context) (austauschbar.Dossier, error) {
		info, err := fs.Lstat(files, file)
		switch {
		case err != nil:
			return austauschbar.Dossier{}, bot.Cause(err)
		case info.Mode()&fs.ModeSymlink != 0:
			return austauschbar.Dossier{}, errors.New("it is a link, which may lead anywhere; name what it leads to")
		case !info.Mode().IsRegular():
			return austauschbar.Dossier{}, errors.New("it is no file")
		}
		return austauschbar.Dossier{Documents: []austauschbar.Document{bot.Document(files, file, path.Base(file), info)}}, nil
	})
}

// archive finds dossiers in an archive as in a folder. What it cannot hand out is a
// gap of the dossier it belongs to, or a failure beside them.
func (p *places) archive(ctx context.Context, asked, name string) error {
	file, err := os.Open(asked)
	if err != nil {
		return fmt.Errorf("open %s: %w", asked, bot.Cause(err))
	}
	p.files = append(p.files, file)
	info, err := file.Stat()
	if err != nil {
		return fmt.Errorf("open %s: %w", asked, bot.Cause(err))
	}
	documents, gaps, err := p.list(ctx, file, info.Size())
	if err != nil {
		if ctx.Err() == nil {
			p.fail(name, err)
		}
		return ctx.Err()
	}
	held, files := map[string]austauschbar.Document{}, make([]tree.File, 0, len(documents))
	for _, document := range documents {
		held[document.Path] = document
		files = append(files, tree.File{Path: document.Path, Mode: 0o644, Size: document.Size, ID: document.Path})
	}
	return p.folder(ctx, tree.New(files, func(id string) ([]byte, error) { return held[id].Load(ctx) }), name, gaps)
}
