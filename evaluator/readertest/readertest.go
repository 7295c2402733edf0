// Package readertest holds what is expected of every reader of a text, whatever its
// format.
package readertest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// A Reader turns a document's bytes into its text.
type Reader func(context.Context, []byte) (austauschbar.Text, error)

// Show writes passages as lines: line, kind with level, number, text, headings of the
// cells.
func Show(passages []austauschbar.Passage) []string {
	var shown []string
	for _, p := range passages {
		level, hidden, heads := "", "", ""
		if p.Level > 0 {
			level = fmt.Sprint(p.Level)
		}
		if p.Hidden {
			hidden = "hidden "
		}
		for _, cell := range p.Cells {
			if cell.Header != "" {
				heads += " {" + cell.Header + "}"
			}
		}
		shown = append(shown, fmt.Sprintf("%d %s%s%s [%s] %s%s", p.Line, hidden, p.Kind, level, p.Number, p.Text, heads))
	}
	return shown
}

// Reads holds that a source is read as the passages wanted, in the words of show.
func Reads(t *testing.T, read Reader, source string, show func([]austauschbar.Passage) []string, want []string) {
	t.Helper()
	text, err := read(context.Background(), []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	if got := show(text.Passages); !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Refuses holds that a source is refused as unreadable, by a code.
func Refuses(t *testing.T, read Reader, source, code string) {
	t.Helper()
	_, err := read(context.Background(), []byte(source))
	var refusal *limit.Refusal
	if !errors.As(err, &refusal) || refusal.Code != code || !errors.Is(err, austauschbar.ErrUnreadable) {
		t.Errorf("got %v, want %s", err, code)
	}
}

// Cancels holds that a review that was stopped stops the reader.
func Cancels(t *testing.T, read Reader, source string) {
	t.Helper()
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := read(cancelled, []byte(source)); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: error %v", err)
	}
}

// EndsLate holds that a reader whose time is over says so in a gap.
func EndsLate(t *testing.T, read Reader, source string) {
	t.Helper()
	late, cancel := context.WithDeadline(context.Background(), time.Unix(0, 0))
	defer cancel()
	text, err := read(late, []byte(source))
	if err != nil || len(text.Gaps) != 1 || text.Gaps[0].Reason != "timeout" {
		t.Errorf("late: gaps %v, error %v", text.Gaps, err)
	}
}

// slow is far more than a reader takes for a few MiB whose time grows with length
// alone, and far less than where it grows with the square.
const slow = 8 * time.Second

// InTime holds that a source of one or two MiB is read or refused in time.
func InTime(t *testing.T, read Reader, source string) {
	t.Helper()
	begun := time.Now()
	_, err := read(context.Background(), []byte(source))
	if err != nil && !errors.Is(err, austauschbar.ErrUnreadable) {
		t.Fatal(err)
	}
	if taken := time.Since(begun); taken > slow {
		t.Errorf("%d bytes took %v", len(source), taken)
	}
}

// Sound holds of any bytes that they are refused as unreadable or read: every passage
// has a text, holds its cells and stands at a line of the document, in its order; and
// the same bytes give the same text, which is returned. The decoder is that of the
// reader.
func Sound(t *testing.T, read Reader, decode func([]byte) (string, error), data []byte) austauschbar.Text {
	t.Helper()
	text, err := read(context.Background(), data)
	if err != nil {
		if !errors.Is(err, austauschbar.ErrUnreadable) {
			t.Fatal(err)
		}
		return austauschbar.Text{}
	}
	source, _ := decode(data)
	last, before := 1+strings.Count(source, "\n"), 1
	for _, p := range text.Passages {
		if p.Line < before || p.Line > last {
			t.Errorf("%q: line %d after %d, of %d", p.Text, p.Line, before, last)
		}
		if p.Text == "" {
			t.Errorf("line %d: no text", p.Line)
		}
		for _, cell := range p.Cells {
			if cell.Text == "" || !strings.Contains(p.Text, cell.Text) {
				t.Errorf("line %d: cell %q is not in %q", p.Line, cell.Text, p.Text)
			}
		}
		before = p.Line
	}
	if again, _ := read(context.Background(), data); !reflect.DeepEqual(again, text) {
		t.Error("the same bytes give another text")
	}
	return text
}

// Folded holds that passages bear no white space but single blanks between words.
func Folded(t *testing.T, passages []austauschbar.Passage) {
	t.Helper()
	for _, p := range passages {
		if p.Text != strings.Join(strings.Fields(p.Text), " ") {
			t.Errorf("line %d: text %q is not folded", p.Line, p.Text)
		}
	}
}

// Apart holds that no two passages begin on the same line.
func Apart(t *testing.T, passages []austauschbar.Passage) {
	t.Helper()
	before := 0
	for _, p := range passages {
		if p.Line == before {
			t.Errorf("%q: line %d again", p.Text, p.Line)
		}
		before = p.Line
	}
}
