package yaml

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// Members lists the members of an object; none of what is something else.
func Members(value *limit.Value) []*limit.Value {
	if value == nil || value.Kind != limit.Object {
		return nil
	}
	return value.Items
}

// References follow what a document says with "$ref", within the document alone. Zero
// but for Root they are ready for use.
type References struct {
	Root    *limit.Value
	indexes map[*limit.Value]map[string]*limit.Value // members by key, of objects that were led through
}

// maxHops bounds references to references, and the keys of one.
const maxHops = 10

// Follow returns what a value stands for: what it refers to, else itself; nil where the
// reference leads nowhere, out of the document or in a circle.
func (r *References) Follow(value *limit.Value) *limit.Value {
	for range maxHops {
		reference := value.At("$ref")
		if reference == nil || reference.Kind != limit.String {
			return value
		}
		pointer, within := strings.CutPrefix(reference.Text, "#/")
		if !within || strings.Count(pointer, "/") > maxHops {
			return nil
		}
		value = r.Root
		for key := range strings.SplitSeq(pointer, "/") {
			value = r.member(value, unescape.Replace(key))
		}
	}
	return nil
}

// unescape undoes what a JSON pointer in an address writes for characters of a key.
var unescape = strings.NewReplacer("~1", "/", "~0", "~", "%7B", "{", "%7D", "}", "%7b", "{", "%7d", "}")

// member finds a member of an object without looking at all of them each time.
func (r *References) member(of *limit.Value, key string) *limit.Value {
	index, known := r.indexes[of]
	if !known {
		index = map[string]*limit.Value{}
		for _, item := range slices.Backward(Members(of)) {
			index[item.Key] = item
		}
		if r.indexes == nil {
			r.indexes = map[*limit.Value]map[string]*limit.Value{}
		}
		r.indexes[of] = index
	}
	return index[key]
}

// Steps count the values that a reader looks at, those again that many references lead
// to: a small file can refer to a large part of itself many times.
type Steps int

// maxSteps bounds them.
const maxSteps = 4 * limit.Elements

// Next counts one more. Its error is a *limit.Refusal ("too_large") or the context's.
func (s *Steps) Next(ctx context.Context) error {
	if *s++; *s > maxSteps {
		return limit.Refuse("too_large", fmt.Sprintf("more than %d values behind references", maxSteps))
	}
	return ctx.Err()
}
