// Package archive opens ZIP archives as tender platforms hand them out, so that
// their members can be read as documents.
package archive

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// Bounds beside those of package limit.
const (
	directory = 2 << 20 // bytes read to find what an archive holds
	harmless  = 1 << 20 // bytes of a member whose ratio does not matter
	ratio     = 200     // most bytes that one stored byte may become
)

// Open lists an archive's members as documents, with their paths in the archive, in
// stored order; the gaps name those that cannot be. A member is decompressed each
// time it is loaded: to the size the directory gives it and no further, so that the
// sum of all sizes bounds what comes out of the archive. The documents hold data.
//
// The error is a *limit.Refusal: "empty", "too_large", "archive_format" for an
// archive of another kind, "not_this_format", "damaged".
func Open(ctx context.Context, data []byte) ([]austauschbar.Document, []austauschbar.Gap, error) {
	return OpenAt(ctx, bytes.NewReader(data), int64(len(data)))
}

// OpenAt is Open for an archive that stays where it lies: its documents read from it.
func OpenAt(ctx context.Context, data io.ReaderAt, size int64) ([]austauschbar.Document, []austauschbar.Gap, error) {
	reader, err := open(data, size)
	if err != nil {
		return nil, nil, err
	}
	if err := apart(reader.File, size); err != nil {
		return nil, nil, err
	}
	l := &listing{seen: map[string]bool{}}
	for _, file := range reader.File {
		if ctx.Err() != nil {
			return nil, nil, ctx.Err()
		}
		l.add(file)
	}
	return l.documents, l.gaps, nil
}

// others are archives that are not opened, by what they begin with.
var others = map[string]string{
	"Rar!\x1a\x07":       "RAR",
	"7z\xbc\xaf\x27\x1c": "7z",
	"\x1f\x8b":           "gzip",
	"BZh":                "bzip2",
	"\xfd7zXZ\x00":       "xz",
}

func open(data io.ReaderAt, size int64) (*zip.Reader, error) {
	if size == 0 {
		return nil, limit.Refuse("empty", "")
	}
	head := make([]byte, 8)
	n, err := data.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, limit.Refuse("damaged", err.Error())
	}
	head = head[:n]
	for magic, name := range others {
		if bytes.HasPrefix(head, []byte(magic)) {
			return nil, limit.Refuse("archive_format", name)
		}
	}
	source := &source{ReaderAt: data, left: directory}
	reader, err := zip.NewReader(source, size)
	switch {
	case errors.Is(err, errDirectory):
		return nil, limit.Refuse("too_large", "the archive's directory")
	case errors.Is(err, zip.ErrFormat) && !bytes.HasPrefix(head, []byte("PK")):
		return nil, limit.Refuse("not_this_format", "")
	case err != nil && !errors.Is(err, zip.ErrInsecurePath):
		return nil, limit.Refuse("damaged", err.Error())
	case len(reader.File) == 0:
		return nil, limit.Refuse("empty", "")
	case len(reader.File) > limit.Entries:
		return nil, limit.Refuse("too_large", fmt.Sprintf("more than %d members", limit.Entries))
	}
	source.found = true
	return reader, nil
}

var errDirectory = errors.New("the directory is too large")

// A source is an archive of which only so much is read before its directory is
// found: the directory's own word on its size is not to be trusted.
type source struct {
	io.ReaderAt
	left  int64 // bytes that may be read until then
	found bool
}

func (s *source) ReadAt(p []byte, at int64) (int, error) {
	if !s.found {
		if s.left -= int64(len(p)); s.left < 0 {
			return 0, errDirectory
		}
	}
	return s.ReaderAt.ReadAt(p, at)
}

// apart refuses an archive whose members share bytes, as only archives made to
// expand without end do.
func apart(files []*zip.File, size int64) error {
	type extent struct{ start, end int64 }
	extents := make([]extent, 0, len(files))
	for _, file := range files {
		start, err := file.DataOffset()
		if err != nil || file.CompressedSize64 == 0 || file.CompressedSize64 > uint64(size) {
			continue // damaged, as loading will tell, or without bytes
		}
		extents = append(extents, extent{start, start + int64(file.CompressedSize64)}) // #nosec G115 -- compared above
	}
	slices.SortFunc(extents, func(a, b extent) int { return cmp.Compare(a.start, b.start) })
	for i := 1; i < len(extents); i++ {
		if extents[i].start < extents[i-1].end {
			return limit.Refuse("damaged", "members overlap")
		}
	}
	return nil
}

// A listing collects an archive's members.
type listing struct {
	documents []austauschbar.Document
	gaps      []austauschbar.Gap
	seen      map[string]bool // paths in lower case
}

func (l *listing) add(file *zip.File) {
	name := nameOf(file)
	if strings.HasSuffix(name, "/") || file.Mode().IsDir() || ignored(name) {
		return
	}
	if !safe(name) {
		l.gaps = append(l.gaps, austauschbar.Gap{Reason: "unsafe_path", Detail: shown(name)})
		return
	}
	key := strings.ToLower(name)
	if reason, detail := unreadable(file); reason != "" {
		l.gaps = append(l.gaps, austauschbar.Gap{Path: name, Reason: reason, Detail: detail})
		return
	}
	if l.seen[key] {
		l.gaps = append(l.gaps, austauschbar.Gap{Path: name, Reason: "same_path"})
		return
	}
	l.seen[key] = true
	l.documents = append(l.documents, austauschbar.Document{
		Path: name,
		Size: int64(file.UncompressedSize64), // #nosec G115 -- at most limit.File
		Load: func(ctx context.Context) ([]byte, error) { return load(ctx, file) },
	})
}

// unreadable says why a member is not read; "" where it is.
func unreadable(file *zip.File) (reason, detail string) {
	switch size, stored := file.UncompressedSize64, file.CompressedSize64; {
	case file.Mode()&fs.ModeSymlink != 0:
		return "symlink", ""
	case file.Flags&1 != 0:
		return "encrypted", ""
	case file.Method != zip.Store && file.Method != zip.Deflate:
		return "compression", fmt.Sprintf("method %d", file.Method)
	case size > limit.File:
		return "too_large", fmt.Sprintf("more than %d MiB", limit.File>>20)
	case size > harmless && size/ratio > stored:
		return "too_large", fmt.Sprintf("expands more than %d-fold", ratio)
	}
	return "", ""
}

// load decompresses a member.
func load(ctx context.Context, file *zip.File) ([]byte, error) {
	content, err := file.Open()
	if err != nil {
		return nil, limit.Refuse("damaged", err.Error())
	}
	defer content.Close()
	var data bytes.Buffer
	data.Grow(int(file.UncompressedSize64) + bytes.MinRead) // #nosec G115 -- at most limit.File
	stated := int64(file.UncompressedSize64)                // #nosec G115 -- at most limit.File
	switch _, err = data.ReadFrom(io.LimitReader(&stoppable{content, ctx}, stated+1)); {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return nil, limit.Refuse("damaged", err.Error())
	case int64(data.Len()) > stated:
		return nil, limit.Refuse("damaged", "expands beyond its stated size")
	}
	return data.Bytes(), nil
}

// stoppable ends with the context.
type stoppable struct {
	io.Reader
	ctx context.Context
}

func (s *stoppable) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.Reader.Read(p[:min(len(p), 1<<20)])
}
