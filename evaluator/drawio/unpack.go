package drawio

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"fmt"
	"io"
	"net/url"

	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// unpack undoes how a page is packed: XML, its special characters escaped as in an
// address, deflated, in base64. Its error is a *limit.Refusal; at most so many bytes are
// unpacked.
func unpack(packed []byte, most int) ([]byte, error) {
	packed = bytes.TrimSpace(packed)
	if bytes.HasPrefix(packed, []byte("<")) { // escaped XML in place of an element
		return packed, nil
	}
	deflated, err := base64.StdEncoding.AppendDecode(nil, bytes.Join(bytes.Fields(packed), nil))
	if err != nil {
		return nil, limit.Refuse("damaged", "the page is no base64: "+err.Error())
	}
	escaped, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(deflated)), int64(most)+1))
	switch {
	case len(escaped) > most:
		return nil, limit.Refuse("too_large", fmt.Sprintf("the pages unpack to more than %d MiB", limit.File>>20))
	case err != nil:
		return nil, limit.Refuse("damaged", "the page cannot be unpacked: "+err.Error())
	}
	model, err := url.PathUnescape(string(escaped))
	if err != nil {
		return escaped, nil // of programs that do not escape
	}
	return []byte(model), nil
}
