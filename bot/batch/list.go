package batch

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
)

// longestLine bounds a line of a list, in bytes.
const longestLine = 64 << 20

// listed finds the dossiers that the lines of a list are: a path as a JSON string, or
// an object with "path", from the list's folder; a release or record of OCDS, each a
// dossier; a package of them, each of which is one.
func (p *places) listed(ctx context.Context, asked, name string) error {
	file, err := os.Open(asked)
	if err != nil {
		return fmt.Errorf("open %s: %w", asked, bot.Cause(err))
	}
	p.files = append(p.files, file)
	l := &list{file: file, name: name, folder: filepath.Dir(asked), places: p}
	reader, at := bufio.NewReaderSize(file, 1<<20), int64(0)
	for number := 1; ; number++ {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		line, size, err := readLine(reader)
		if size > 0 {
			l.line(number, bytes.TrimSpace(line), at, size)
		}
		at += size
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("read %s: %w", asked, bot.Cause(err))
		}
	}
}

// readLine reads a line with its end; nil in place of one that is too long.
func readLine(reader *bufio.Reader) (line []byte, size int64, err error) {
	for {
		part, err := reader.ReadSlice('\n')
		size += int64(len(part))
		if size > longestLine {
			line = nil
		} else {
			line = append(line, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, size, err
		}
	}
}

// A list is one whose lines are read again when it is their turn.
type list struct {
	file   *os.File
	name   string // slash-separated
	folder string
	*places
}

func (l *list) line(number int, line []byte, at, size int64) {
	name := fmt.Sprintf("%s#%d", l.name, number)
	if size > longestLine {
		l.fail(name, fmt.Errorf("the line is longer than %d MiB", longestLine>>20))
		return
	}
	line = bytes.TrimPrefix(line, []byte("\xef\xbb\xbf"))
	if len(line) == 0 {
		return
	}
	var given string
	if json.Unmarshal(line, &given) == nil {
		l.path(name, given)
		return
	}
	var entry struct {
		Path     string
		OCID     string
		Releases []json.RawMessage
		Records  []json.RawMessage
	}
	err := json.Unmarshal(line, &entry)
	switch {
	case err != nil:
		l.fail(name, fmt.Errorf("the line is no JSON: %w", err))
	case entry.OCID != "":
		l.release(name, at, size, -1)
	case len(entry.Releases)+len(entry.Records) > 0:
		for i := range len(entry.Releases) + len(entry.Records) {
			l.release(fmt.Sprintf("%s/%d", name, i), at, size, i)
		}
	case entry.Path != "":
		l.path(name, entry.Path)
	default:
		l.fail(name, errors.New(`the line is neither a path nor an OCDS release; write "notice.xml" or {"path": "notice.xml"}`))
	}
}

// path adds what lies at a path: a folder is one dossier, a file another.
func (l *list) path(line, given string) {
	if strings.ContainsRune(given, 0) {
		l.fail(line, errors.New("the path holds a NUL"))
		return
	}
	at, name := filepath.FromSlash(given), path.Clean(filepath.ToSlash(given))
	if !filepath.IsAbs(at) {
		at, name = filepath.Join(l.folder, at), path.Join(path.Dir(l.name), name)
	}
	info, err := os.Stat(at)
	switch {
	case err != nil:
		l.fail(name, bot.Cause(err))
	case info.IsDir():
		(&source{files: os.DirFS(at), name: name, places: l.places}).dossier(".")
	default:
		l.document(os.DirFS(filepath.Dir(at)), filepath.Base(at), name)
	}
}

// release adds a line, or one element of the package that it is.
func (l *list) release(name string, at, size int64, element int) {
	load := func(context.Context) ([]byte, error) {
		data := make([]byte, size)
		if _, err := l.file.ReadAt(data, at); err != nil {
			return nil, fmt.Errorf("the list changed while it was read: %w", err)
		}
		if element < 0 {
			return bytes.TrimSpace(data), nil
		}
		var whole struct{ Releases, Records []json.RawMessage }
		if err := json.Unmarshal(data, &whole); err != nil {
			return nil, fmt.Errorf("the list changed while it was read: %w", err)
		}
		elements := append(whole.Releases, whole.Records...)
		if element >= len(elements) {
			return nil, errors.New("the list changed while it was read")
		}
		return elements[element], nil
	}
	l.add(name, func(ctx context.Context) (austauschbar.Dossier, error) {
		data, err := load(ctx)
		if err != nil {
			return austauschbar.Dossier{}, err
		}
		return austauschbar.Dossier{Documents: []austauschbar.Document{{Path: "release.json", Size: int64(len(data)), Load: load}}}, nil
	})
}
