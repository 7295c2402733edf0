package yaml

import (
	"bytes"
	"context"

	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// Document returns the first document of a file that may be YAML or JSON. JSON has the
// bounds of limit.JSON, which allow for larger files.
//
// Errors are those of Parse; a file without a document is refused as "empty".
func Document(ctx context.Context, data []byte) (*limit.Value, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if bytes.HasPrefix(bytes.TrimLeft(data, " \t\r\n"), []byte("{")) {
		document, err := limit.NewJSON(ctx, bytes.NewReader(data)).Next()
		if err == nil || ctx.Err() != nil {
			return document, err
		}
		// YAML may begin with a brace too.
		if documents, of := Parse(ctx, data); of == nil && len(documents) > 0 {
			return documents[0], nil
		}
		return nil, err
	}
	documents, err := Parse(ctx, data)
	if err == nil && len(documents) == 0 {
		err = limit.Refuse("empty", "")
	}
	if err != nil {
		return nil, err
	}
	return documents[0], nil
}
