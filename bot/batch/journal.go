package batch

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
)

// Files of a batch's folder.
const (
	ResultsFile  = "results.jsonl" // whole, sorted by path
	SummaryFile  = "summary.json"
	OverviewFile = "overview.html"

	journalFile = "journal.jsonl" // lines in the order they were done
	beginFile   = "batch.json"
	lockName    = ".lock"
)

// A journal keeps lines as they are done, and knows those of earlier runs. A line is
// on disk before it counts as done. Its methods may be called by several goroutines.
type journal struct {
	folder string
	files  [2]*os.File // results of earlier runs, nil for none; the journal
	writes chan entry
	done   chan struct{} // closed when all is written

	lock  sync.Mutex
	known map[key]location // size 0 while it is being done
	err   error            // of writing
}

// location is where a line lies.
type location struct {
	at   int64
	size int32
	file int8
}

type entry struct {
	key  key
	line []byte
}

// openJournal reads what earlier runs left in a folder; again forgets lines without a
// review, so that they are tried again.
func openJournal(folder string, again bool) (*journal, error) {
	j := &journal{folder: folder, known: map[key]location{}, writes: make(chan entry, 64), done: make(chan struct{})}
	results, err := os.Open(filepath.Join(folder, ResultsFile))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if err == nil {
		j.files[0] = results
		if _, err := j.load(0, again); err != nil {
			return nil, errors.Join(err, j.closeFiles())
		}
	}
	if j.files[1], err = os.OpenFile(filepath.Join(folder, journalFile), os.O_RDWR|os.O_CREATE, 0o644); err != nil {
		return nil, errors.Join(err, j.closeFiles())
	}
	end, err := j.load(1, again)
	if err == nil {
		// A line that was cut off when the process ended is done anew.
		if err = j.files[1].Truncate(end); err == nil {
			_, err = j.files[1].Seek(end, io.SeekStart)
		}
	}
	if err != nil {
		return nil, errors.Join(err, j.closeFiles())
	}
	go j.write(end)
	return j, nil
}

// load notes where a file's lines lie and returns where the last whole one ends. What
// is no line of ours is passed over.
func (j *journal) load(file int8, again bool) (end int64, err error) {
	reader := bufio.NewReaderSize(j.files[file], 1<<20)
	for {
		line, size, err := readLine(reader)
		switch {
		case errors.Is(err, io.EOF):
			return end, nil
		case err != nil:
			return 0, fmt.Errorf("read %s: %w", j.files[file].Name(), bot.Cause(err))
		}
		var known struct{ Key, Error string }
		if json.Unmarshal(line, &known) == nil && (known.Error == "" || !again) {
			if k, ok := parseKey(known.Key); ok {
				j.known[k] = location{end, int32(size), file} // #nosec G115 -- at most longestLine
			}
		}
		end += size
	}
}

// claim says whether a line is for the caller to make: nobody has made or claimed it.
func (j *journal) claim(k key) bool {
	j.lock.Lock()
	defer j.lock.Unlock()
	if _, known := j.known[k]; known {
		return false
	}
	j.known[k] = location{}
	return true
}

// add takes a line that was claimed.
func (j *journal) add(ctx context.Context, k key, line []byte) error {
	select {
	case j.writes <- entry{k, line}:
		return j.failed()
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (j *journal) failed() error {
	j.lock.Lock()
	defer j.lock.Unlock()
	return j.err
}

// write writes whatever waits in one go, since each waits for the disk.
func (j *journal) write(at int64) {
	defer close(j.done)
	for first := range j.writes {
		entries, text := []entry{first}, bytes.Clone(first.line)
	waiting:
		for len(entries) < cap(j.writes) {
			select {
			case next, open := <-j.writes:
				if !open {
					break waiting
				}
				entries, text = append(entries, next), append(text, next.line...)
			default:
				break waiting
			}
		}
		if j.failed() != nil {
			continue // the first error stands
		}
		_, err := j.files[1].Write(text)
		if err == nil {
			err = j.files[1].Sync()
		}
		j.lock.Lock()
		if err != nil {
			j.err = fmt.Errorf("write %s: %w", journalFile, bot.Cause(err))
		} else {
			for _, entry := range entries {
				j.known[entry.key] = location{at, int32(len(entry.line)), 1} // #nosec G115 -- lines are short
				at += int64(len(entry.line))
			}
		}
		j.lock.Unlock()
	}
}

// flush ends the writing; add must not be called any more.
func (j *journal) flush() error {
	close(j.writes)
	<-j.done
	return j.err
}

// read returns a line that is done; false for one that is not.
func (j *journal) read(k key) (line austauschbar.BatchLine, ok bool, err error) {
	found := j.known[k]
	if found.size == 0 {
		return line, false, nil
	}
	text := make([]byte, found.size)
	if _, err := j.files[found.file].ReadAt(text, found.at); err != nil {
		return line, false, fmt.Errorf("read %s: %w", j.files[found.file].Name(), bot.Cause(err))
	}
	return line, true, json.Unmarshal(text, &line)
}

func (j *journal) closeFiles() error {
	var errs []error
	for _, file := range j.files {
		if file != nil {
			errs = append(errs, file.Close())
		}
	}
	return errors.Join(errs...)
}

// prepare writes a file of the folder beside the one it is to replace.
func (j *journal) prepare(name string, write func(io.Writer) error) error {
	file, err := os.Create(j.part(name))
	if err != nil {
		return fmt.Errorf("write %s: %w", name, bot.Cause(err))
	}
	buffered := bufio.NewWriterSize(file, 1<<16)
	err = write(buffered)
	if err == nil {
		err = buffered.Flush()
	}
	if err == nil {
		err = file.Sync()
	}
	if err := errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("write %s: %w", name, bot.Cause(err))
	}
	return nil
}

func (j *journal) part(name string) string { return filepath.Join(j.folder, name+".part") }

// replace puts prepared files in their places, once nothing is read any more. The
// journal comes last: until then its lines are there twice, which does no harm.
func (j *journal) replace(names ...string) error {
	if err := j.closeFiles(); err != nil {
		return err
	}
	for _, name := range names {
		if err := os.Rename(j.part(name), filepath.Join(j.folder, name)); err != nil {
			return fmt.Errorf("write %s: %w", name, bot.Cause(err))
		}
	}
	return nil
}

// spare visits the lines that a run did not ask for, in the order they lie in.
func (j *journal) spare(asked map[key]bool, visit func(austauschbar.BatchLine) error) error {
	var keys []key
	for k := range j.known {
		if !asked[k] {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, func(a, b key) int {
		return cmp.Or(cmp.Compare(j.known[a].file, j.known[b].file), cmp.Compare(j.known[a].at, j.known[b].at))
	})
	for _, k := range keys {
		line, ok, err := j.read(k)
		if err == nil && ok {
			err = visit(line)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
