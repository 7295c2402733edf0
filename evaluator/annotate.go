package evaluator

import (
	"context"
	"maps"
	"slices"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/docx"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/odf"
	"github.com/austauschbar/austauschbar/evaluator/pdf"
	"github.com/austauschbar/austauschbar/evaluator/xlsx"
)

// annotators write notes into a copy of a document, by the format's name: that of its
// reader. They know where its reader found a passage.
var annotators = map[string]func(context.Context, []byte, austauschbar.Notes) ([]byte, error){
	"docx": docx.Annotate,
	"ods":  odf.Annotate,
	"odt":  odf.Annotate,
	"pdf":  pdf.Annotate,
	"xlsx": xlsx.Annotate,
}

// Annotated lists the formats that notes can be written into, sorted.
func Annotated() []string { return slices.Sorted(maps.Keys(annotators)) }

// Annotate returns a copy of a document with notes at their passages. Its error wraps
// austauschbar.ErrUnreadable where the document cannot be changed.
func Annotate(ctx context.Context, document austauschbar.Document, format string, notes austauschbar.Notes) ([]byte, error) {
	data, err := loadBounded(ctx, document)
	if err != nil {
		return nil, err
	}
	annotate := annotators[format]
	if annotate == nil {
		return nil, limit.Refuse("not_this_format", "")
	}
	ctx, cancel := context.WithTimeout(ctx, limit.Time)
	defer cancel()
	return annotate(ctx, data, notes)
}

// Unpacked returns a dossier's documents and those that its archives and mails hold, as
// Facts reads them.
func Unpacked(ctx context.Context, documents []austauschbar.Document) ([]austauschbar.Document, error) {
	found, _, err := unpack(ctx, documents)
	return found, err
}
