package evaluator

import (
	"context"
	"errors"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// A Converter turns a document that was refused for a reason into one of another
// extension, which a reader reads; the note says so in the review. Its error is
// errors.ErrUnsupported for documents that it is not made for.
type Converter interface {
	Convert(ctx context.Context, data []byte, extension, refused string) (converted []byte, as string, note austauschbar.Gap, err error)
}

// Convert makes an Evaluator hand a Converter the documents that it cannot read.
func Convert(converter Converter) Option {
	return func(e *Evaluator) { e.converter = converter }
}

// read reads a document as it is, else converted where that can be done.
func (e *Evaluator) read(ctx context.Context, document austauschbar.Document) (string, austauschbar.Text, error) {
	format, text, err := read(ctx, document)
	refusal, refused := errors.AsType[*limit.Refusal](err)
	if e.converter == nil || !refused {
		return format, text, err
	}
	data, loadErr := loadBounded(ctx, document)
	if loadErr != nil {
		return format, text, err
	}
	converted, as, note, failed := e.converter.Convert(ctx, data, extensionOf(document.Path), refusal.Code)
	switch {
	case errors.Is(failed, errors.ErrUnsupported):
		return format, text, err
	case ctx.Err() != nil:
		return "", text, ctx.Err()
	case failed != nil:
		return "", text, limit.Refuse(refusal.Code, "convert: "+failed.Error())
	}
	format, text, err = readBytes(ctx, converted, as)
	text.Gaps = append(text.Gaps, note)
	return format, text, err
}
