package batch

import (
	"errors"
	"io"
	"os"
	"path/filepath"

	"github.com/austauschbar/austauschbar"
)

// errGivenUp is why a dossier of a shared batch has no line.
var errGivenUp = errors.New("given up after several tries: the process ended each time, or the documents changed meanwhile; review it alone to see why")

// finish writes the results in the order of paths, what they say together, and keeps
// what was not asked for this time.
func (r *run) finish(visit func(austauschbar.BatchLine)) (austauschbar.BatchSummary, error) {
	total, asked := newTally(), make(map[key]bool, len(r.keys))
	err := r.journal.prepare(ResultsFile, func(out io.Writer) error {
		for i := range r.places {
			line, err := r.line(i)
			if err != nil {
				return err
			}
			asked[r.keys[i]] = true
			text, err := encode(line)
			if err == nil {
				_, err = out.Write(text)
			}
			if err != nil {
				return err
			}
			total.add(line)
			visit(line)
		}
		return nil
	})
	if err != nil {
		return austauschbar.BatchSummary{}, errors.Join(err, r.journal.closeFiles())
	}
	summary := total.sum()
	err = r.journal.prepare(OverviewFile, func(out io.Writer) error { return r.Finish(&summary, out) })
	if err == nil {
		err = r.journal.prepare(SummaryFile, func(out io.Writer) error { return encodeSummary(out, summary) })
	}
	spare := 0
	if err == nil {
		err = r.journal.prepare(journalFile, func(out io.Writer) error {
			return r.journal.spare(asked, func(line austauschbar.BatchLine) error {
				if line.Policy == nil || line.Tool != r.Tool || line.Policy.Digest != summary.Digest || line.Policy.Today != summary.Today {
					return nil
				}
				spare++
				text, err := encode(line)
				if err == nil {
					_, err = out.Write(text)
				}
				return err
			})
		})
	}
	if err != nil {
		return austauschbar.BatchSummary{}, errors.Join(err, r.journal.closeFiles())
	}
	if err := r.journal.replace(ResultsFile, SummaryFile, OverviewFile, journalFile); err != nil {
		return austauschbar.BatchSummary{}, err
	}
	if spare == 0 {
		err = os.Remove(filepath.Join(r.Folder, journalFile))
	}
	return summary, err
}

// line is what is known of a dossier in the end.
func (r *run) line(i int) (austauschbar.BatchLine, error) {
	err := r.errors[i]
	if err == nil {
		line, ok, readErr := r.journal.read(r.keys[i])
		if ok || readErr != nil {
			line.Path = r.places[i].path
			return line, readErr
		}
		err = errGivenUp
	}
	line := failed(r.Tool, err)
	line.Path = r.places[i].path
	return line, nil
}
