package diagram

import (
	"fmt"

	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/plain"
)

// Large is more than any author draws, in bytes.
const Large = 1 << 20

// Decode returns the source of a diagram that is written as text.
//
// Refusals: "empty", "too_large", "not_text".
func Decode(data []byte) (string, error) {
	source, err := plain.Decode(data)
	if err == nil && len(source) > Large {
		err = limit.Refuse("too_large", fmt.Sprintf("more than %d MiB", Large>>20))
	}
	return source, err
}
