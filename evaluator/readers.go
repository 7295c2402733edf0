package evaluator

import (
	"bytes"
	"context"
	"path"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/docx"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/markdown"
	"github.com/austauschbar/austauschbar/evaluator/odf"
	"github.com/austauschbar/austauschbar/evaluator/pdf"
	"github.com/austauschbar/austauschbar/evaluator/plain"
	"github.com/austauschbar/austauschbar/evaluator/xlsx"
)

// A Reader turns a document's bytes into text. Its error wraps
// austauschbar.ErrUnreadable where the document cannot be read; any other
// error stops the review.
type Reader func(context.Context, []byte) (austauschbar.Text, error)

// readers is the only place where a format is named: by file name extension,
// in lower case.
var readers = map[string]struct {
	format string
	read   Reader
}{
	".docm":     {"docx", docx.Read},
	".docx":     {"docx", docx.Read},
	".dotm":     {"docx", docx.Read},
	".dotx":     {"docx", docx.Read},
	".fods":     {"ods", odf.Read},
	".fodt":     {"odt", odf.Read},
	".markdown": {"markdown", markdown.Read},
	".md":       {"markdown", markdown.Read},
	".ods":      {"ods", odf.Read},
	".odt":      {"odt", odf.Read},
	".ots":      {"ods", odf.Read},
	".ott":      {"odt", odf.Read},
	".pdf":      {"pdf", pdf.Read},
	".txt":      {"text", plain.Read},
	".xlsb":     {"xlsx", xlsx.Read}, // refused, with its reason
	".xlsm":     {"xlsx", xlsx.Read},
	".xlsx":     {"xlsx", xlsx.Read},
	".xltm":     {"xlsx", xlsx.Read},
	".xltx":     {"xlsx", xlsx.Read},
}

// oldFormats are known and not readable; the gap says what to do.
var oldFormats = []string{".doc", ".xls", ".ppt", ".dot", ".xlt"}

// magicOLE begins Word, Excel and PowerPoint files before 2007, and encrypted
// newer ones.
var magicOLE = []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}

// read reads one document within its limits.
func read(ctx context.Context, document austauschbar.Document) (format string, text austauschbar.Text, err error) {
	extension := strings.ToLower(path.Ext(document.Path))
	reader, known := readers[extension]
	switch {
	case slices.Contains(oldFormats, extension):
		return "", text, limit.Refuse("old_format", extension)
	case !known:
		return "", text, limit.Refuse("unknown_format", extension)
	case document.Size > limit.File:
		return reader.format, text, limit.Refuse("too_large", "")
	}
	data, err := document.Load(ctx)
	switch {
	case err != nil:
		return reader.format, text, err
	case len(data) == 0:
		return reader.format, text, limit.Refuse("empty", "")
	case bytes.HasPrefix(data, magicOLE):
		return reader.format, text, limit.Refuse("encrypted", "")
	}
	ctx, cancel := context.WithTimeout(ctx, limit.Time)
	defer cancel()
	text, err = reader.read(ctx, data)
	return reader.format, text, err
}
