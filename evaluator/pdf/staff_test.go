package pdf

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// stuck are operators that keep PDFium busy for seconds.
var stuck = strings.Repeat("0 0 9 9 re W n ", 2_500_000)

// crew returns workers of a test's own.
func crew(t testing.TB, patience time.Duration) *team {
	t.Helper()
	c := &team{patience: patience}
	c.may.Store(true)
	t.Cleanup(c.dismiss)
	return c
}

// seated opens a document at a desk in a worker.
func seated(t testing.TB, c *team, data []byte) *remote {
	t.Helper()
	d := &remote{team: c}
	t.Cleanup(d.close)
	if _, err := d.open(t.Context(), data); err != nil {
		t.Fatal(err)
	}
	return d
}

func text(p page) string {
	var all []string
	for _, l := range p.Lines {
		all = append(all, l.Text)
	}
	return strings.Join(all, "\n")
}

// ends fails unless the worker's process ends soon.
func ends(t *testing.T, w *worker) {
	t.Helper()
	select {
	case <-w.ended:
	case <-time.After(3 * time.Second):
		t.Error("the worker goes on")
	}
}

func TestWorkerReadsAsThisProcessDoes(t *testing.T) {
	data := file("Titel", column(700, "3.2 Titel", "", "Text"), column(700, "eins"))
	var answers []string
	for _, d := range []desk{&remote{team: crew(t, time.Minute)}, &local{}} {
		found, err := d.open(t.Context(), data)
		answer := fmt.Sprintf("%+v %v", found, err)
		for number := range 3 { // the last page is not there
			read, err := d.page(t.Context(), number+1)
			answer += fmt.Sprintf("\n%s, %v high, failed: %t", text(read), read.Height, err != nil)
		}
		d.close()
		answers = append(answers, answer)
	}
	if answers[0] != answers[1] {
		t.Errorf("worker: %s\nprocess: %s", answers[0], answers[1])
	}
}

func TestCancelStopsWorker(t *testing.T) {
	d := seated(t, crew(t, time.Minute), fileOf("", stuck))
	w := d.worker
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(100*time.Millisecond, cancel)
	if _, err := d.page(ctx, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	ends(t, w)
}

// A page that takes too long, and one over which the worker dies, cost nothing but
// themselves.
func TestPagesBehindALostOne(t *testing.T) {
	d := seated(t, crew(t, time.Second), fileOf("", column(700, "eins").content(), stuck, column(700, "drei").content()))
	w := d.worker
	_, err := d.page(t.Context(), 2)
	if refusal, _ := errors.AsType[*limit.Refusal](err); refusal == nil || refusal.Code != "timeout" {
		t.Errorf("got %v", err)
	}
	ends(t, w)
	if read, err := d.page(t.Context(), 3); err != nil || text(read) != "drei" {
		t.Errorf("got %q, %v", text(read), err)
	}
	d.worker.kill()
	<-d.worker.ended
	if _, err := d.page(t.Context(), 3); err == nil {
		t.Error("read by a dead worker")
	}
	if read, err := d.page(t.Context(), 1); err != nil || text(read) != "eins" {
		t.Errorf("got %q, %v", text(read), err)
	}
}

func TestWorkerEndsWithItsParent(t *testing.T) {
	d := seated(t, crew(t, time.Minute), fileOf("", stuck))
	if err := d.worker.send(question{Page: 1}, nil); err != nil {
		t.Fatal(err)
	}
	if err := d.worker.in.(interface{ Close() error }).Close(); err != nil {
		t.Fatal(err)
	}
	ends(t, d.worker)
}

func TestWorkerIsKept(t *testing.T) {
	c := crew(t, time.Minute)
	data := file("", column(700, "Text"))
	first := seated(t, c, data)
	w := first.worker
	first.close()
	second := seated(t, c, data)
	if second.worker != w {
		t.Error("the second document has another worker")
	}
	w.read = readings
	second.close()
	ends(t, w)
}
