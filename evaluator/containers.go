package evaluator

import (
	"context"
	"fmt"
	"path"
	"strconv"
	"strings"
	"sync"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/archive"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/mail"
)

// A container lists the documents that another one holds, with their paths in it, in
// an order that depends on its bytes alone. Its gaps name what it holds and cannot
// hand out; its error is that of a Reader.
type container func(context.Context, []byte) ([]austauschbar.Document, []austauschbar.Gap, error)

// containers are the formats that hold documents, by file name extension, in lower
// case. One that has no reader as well is no document itself.
var containers = map[string]container{
	".eml": mail.Attachments,
	".zip": archive.Open,
}

// extensionOf is a path's file name extension in lower case.
func extensionOf(name string) string { return strings.ToLower(path.Ext(name)) }

// unpack puts the documents that archives and mails hold among those of the dossier,
// below their container's path ("unterlagen.zip/vertrag.docx"). The bounds of a
// dossier count what containers say of themselves, so that they hold before
// anything is unpacked.
func unpack(ctx context.Context, documents []austauschbar.Document) ([]austauschbar.Document, []austauschbar.Gap, error) {
	u := &unpacking{documents: len(documents), paths: make(map[string]bool, len(documents)), opened: &shelf{}}
	for _, document := range documents {
		u.paths[document.Path] = true
	}
	found, err := u.all(ctx, documents, 0)
	return found, u.gaps, err
}

// An unpacking is a dossier's containers while they are listed.
type unpacking struct {
	documents int   // so far, those that are gaps too
	bytes     int64 // of what containers hold
	paths     map[string]bool
	gaps      []austauschbar.Gap
	opened    *shelf
}

// all lists documents and what those among them hold that lie in so many containers.
func (u *unpacking) all(ctx context.Context, documents []austauschbar.Document, within int) ([]austauschbar.Document, error) {
	found := make([]austauschbar.Document, 0, len(documents))
	for _, document := range documents {
		extension := extensionOf(document.Path)
		list, holds := containers[extension]
		_, read := readers[extension]
		if read || !holds {
			found = append(found, document)
		}
		if !holds {
			continue
		}
		held, err := u.held(ctx, document, list, within, read)
		if err != nil {
			return nil, err
		}
		found = append(found, held...)
	}
	return found, nil
}

// held lists what one container holds. A container that is a document as well tells
// itself why it cannot be read.
func (u *unpacking) held(ctx context.Context, outer austauschbar.Document, list container, within int, read bool) ([]austauschbar.Document, error) {
	if within >= limit.Nesting && !read {
		u.gap(outer.Path, "nested_archive", "")
		return nil, nil
	}
	documents, gaps, err := u.opened.open(ctx, outer, list)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		gap, isGap := gapOf(outer.Path, err)
		switch {
		case !isGap:
			return nil, fmt.Errorf("open %s: %w", outer.Path, err)
		case !read:
			u.gaps = append(u.gaps, gap)
		}
		return nil, nil
	}
	for _, gap := range gaps {
		u.gap(path.Join(outer.Path, gap.Path), gap.Reason, gap.Detail)
	}
	var inner []austauschbar.Document
	for i, document := range documents {
		document.Path = outer.Path + "/" + document.Path
		switch {
		case u.paths[document.Path]:
			u.gap(document.Path, "same_path", "")
			continue
		case within >= limit.Nesting:
			u.gap(document.Path, "nested_archive", "")
			continue
		case u.documents >= limit.Documents:
			u.gaps = append(u.gaps, austauschbar.Gap{Path: outer.Path, Reason: "too_many", Detail: fmt.Sprintf("from %s on", document.Path)})
			return u.all(ctx, inner, within+1)
		case u.bytes+document.Size > limit.Unpacked:
			u.gap(document.Path, "too_large", fmt.Sprintf("archives hold more than %d MiB", limit.Unpacked>>20))
			continue
		}
		u.documents++
		u.paths[document.Path] = true
		u.bytes += document.Size
		inner = append(inner, u.opened.document(outer, list, i, document))
	}
	return u.all(ctx, inner, within+1)
}

// gap notes what is not read. Gaps count as documents, so that their number is
// bounded too.
func (u *unpacking) gap(at, reason, detail string) {
	if u.documents < limit.Documents {
		u.documents++
		u.gaps = append(u.gaps, austauschbar.Gap{Path: at, Reason: reason, Detail: detail})
	}
}

// A shelf keeps the containers of one dossier that were opened last. Their documents
// are read in order, so that each container is opened once for its list and once
// more for what it holds, and few lie in memory at a time.
type shelf struct {
	lock sync.Mutex
	rows []*opened // the last used first
}

// shelved is how many containers a shelf keeps open.
const shelved = 3

// opened is a container with what it holds.
type opened struct {
	path      string
	fill      sync.Once
	documents []austauschbar.Document
	gaps      []austauschbar.Gap
	err       error
}

// document is what a container holds at a place, loaded through the shelf. Its id is
// made of the container's, which names the same bytes for good, and the place.
func (s *shelf) document(outer austauschbar.Document, list container, place int, held austauschbar.Document) austauschbar.Document {
	if outer.ID != "" {
		held.ID = outer.ID + ":" + strconv.Itoa(place)
	}
	held.Load = func(ctx context.Context) ([]byte, error) {
		documents, _, err := s.open(ctx, outer, list)
		if err != nil {
			return nil, err
		}
		if place >= len(documents) {
			return nil, limit.Refuse("damaged", "the file changed while it was read")
		}
		return documents[place].Load(ctx)
	}
	return held
}

// open returns what a container holds. Whoever asks while another opens it waits for
// the other.
func (s *shelf) open(ctx context.Context, document austauschbar.Document, list container) ([]austauschbar.Document, []austauschbar.Gap, error) {
	row := s.row(document.Path)
	row.fill.Do(func() {
		data, err := loadBounded(ctx, document)
		if err != nil {
			row.err = err
			return
		}
		row.documents, row.gaps, row.err = list(ctx, data)
	})
	return row.documents, row.gaps, row.err
}

func (s *shelf) row(path string) *opened {
	s.lock.Lock()
	defer s.lock.Unlock()
	for i, row := range s.rows {
		if row.path == path {
			copy(s.rows[1:], s.rows[:i])
			s.rows[0] = row
			return row
		}
	}
	row := &opened{path: path}
	s.rows = append([]*opened{row}, s.rows[:min(len(s.rows), shelved-1)]...)
	return row
}
