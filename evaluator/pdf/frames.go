package pdf

import (
	"bufio"
	"encoding/gob"
	"errors"
	"fmt"
	"io"

	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// maxAnswer is the most bytes that a worker may answer with at once: a page with
// all the text that a document may have, and its places.
const maxAnswer = 8 * limit.Text

// A question asks a worker to open a document, whose bytes follow, or for a page
// of the one that is open, or for what writes notes into it. The empty one has no
// answer: it closes the document.
type question struct {
	Size   int // bytes of the document; 0 where it is open
	Page   int
	Quotes *[]quote // that are looked for on the page; nil where it is read
	Stamp  *stamp   // nil where no pages are stamped
}

// An answer answers a question, or, as a worker's first, says that it is ready.
type answer struct {
	Overview overview
	Page     page
	Spots    []spot
	Stamped  stamped
	Refusal  *limit.Refusal // of the document
	Failure  string         // of the page, or of PDFium; "" for none
}

// answerOf packs what a desk answered.
func answerOf(a answer, err error) answer {
	if err != nil && !errors.As(err, &a.Refusal) {
		a.Failure = err.Error()
	}
	return a
}

// err unpacks the error.
func (a answer) err() error {
	switch {
	case a.Refusal != nil:
		return a.Refusal
	case a.Failure != "":
		return errors.New(a.Failure)
	}
	return nil
}

// A line to a worker, from its parent's side.
type wire struct {
	in      io.Writer
	ask     *gob.Encoder
	out     io.LimitedReader
	answers *gob.Decoder
}

func newWire(in io.Writer, out io.Reader) *wire {
	w := &wire{in: in, ask: gob.NewEncoder(in), out: io.LimitedReader{R: out}}
	w.answers = gob.NewDecoder(&w.out)
	return w
}

// send sends a question, and the document it is about.
func (w *wire) send(q question, data []byte) error {
	if err := w.ask.Encode(q); err != nil {
		return fmt.Errorf("ask worker: %w", err)
	}
	if _, err := w.in.Write(data); err != nil {
		return fmt.Errorf("send document to worker: %w", err)
	}
	return nil
}

// receive waits for an answer. One of more than maxAnswer bytes is an error.
func (w *wire) receive() (answer, error) {
	w.out.N = maxAnswer
	var a answer
	if err := w.answers.Decode(&a); err != nil {
		return answer{}, fmt.Errorf("hear worker: %w", err)
	}
	return a, nil
}

// A task is a question as a worker receives it.
type task struct {
	question
	data []byte
}

// tasks calls hand with what is asked until in ends, and returns what ended it.
func tasks(in io.Reader, hand func(task)) error {
	buffered := bufio.NewReader(in)
	questions := gob.NewDecoder(buffered) // reads no byte beyond a question
	for {
		var t task
		if err := questions.Decode(&t.question); err != nil {
			return err
		}
		if t.Size > limit.File {
			return fmt.Errorf("document of %d bytes", t.Size)
		}
		t.data = make([]byte, max(0, t.Size))
		if _, err := io.ReadFull(buffered, t.data); err != nil {
			return err
		}
		hand(t)
	}
}
