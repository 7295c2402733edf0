package limit

import (
	"context"
	"errors"
	"fmt"

	"github.com/austauschbar/austauschbar"
)

// Gap returns what a review says of an error that ended the reading of a document
// or of one of its parts; about names the part, "" for the document. An error that
// is no *Refusal counts as damage, a deadline as "timeout".
func Gap(about string, err error) austauschbar.Gap {
	gap := austauschbar.Gap{Reason: "damaged", Detail: err.Error()}
	var refusal *Refusal
	switch {
	case errors.As(err, &refusal):
		gap = austauschbar.Gap{Reason: refusal.Code, Detail: refusal.Detail}
	case errors.Is(err, context.DeadlineExceeded):
		gap = austauschbar.Gap{Reason: "timeout", Detail: "reading took too long"}
	}
	if about != "" {
		gap.Detail = about + ": " + gap.Detail
	}
	return gap
}

// Finish returns what a reader answers once it has stopped: the text with a gap for
// the error that stopped it; the refusal alone where nothing was read; and the
// context's error where the caller has cancelled. A text without any passage is
// refused as "empty", since a document of pictures looks the same.
func Finish(ctx context.Context, text austauschbar.Text, err error) (austauschbar.Text, error) {
	if errors.Is(ctx.Err(), context.Canceled) {
		return austauschbar.Text{}, ctx.Err()
	}
	switch {
	case err != nil && len(text.Passages) > 0:
		text.Gaps = append(text.Gaps, Gap("", err))
		return text, nil
	case err != nil:
		gap := Gap("", err)
		return austauschbar.Text{}, Refuse(gap.Reason, gap.Detail)
	case len(text.Passages) == 0 && len(text.Gaps) > 0:
		return austauschbar.Text{}, Refuse(text.Gaps[0].Reason, text.Gaps[0].Detail)
	case len(text.Passages) == 0:
		return austauschbar.Text{}, Refuse("empty", "the document holds no text")
	}
	return text, nil
}

// Ended returns the error with which a reader ends that gives no passages: the
// context's where the caller has cancelled, else a refusal; nil where nothing stopped it.
func Ended(ctx context.Context, err error) error {
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return ctx.Err()
	case err == nil:
		return nil
	}
	gap := Gap("", err)
	return Refuse(gap.Reason, gap.Detail)
}

// A Meter adds up what a reader has taken from one document.
type Meter struct{ text, passages, cells int }

// Text counts bytes of text. Its error is a *Refusal once Text is exceeded.
func (m *Meter) Text(bytes int) error {
	if m.text += bytes; m.text > Text {
		return Refuse("too_large", fmt.Sprintf("the document has more than %d MiB of text", Text>>20))
	}
	return nil
}

// Passage counts a passage and its cells. Its error is a *Refusal once Passages or
// Cells is exceeded.
func (m *Meter) Passage(cells int) error {
	m.passages++
	m.cells += cells
	if m.passages > Passages {
		return Refuse("too_large", fmt.Sprintf("the document has more than %d passages", Passages))
	}
	if m.cells > Cells {
		return Refuse("too_large", fmt.Sprintf("the document has more than %d cells", Cells))
	}
	return nil
}
