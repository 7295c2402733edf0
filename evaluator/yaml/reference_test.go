package yaml

import (
	"errors"
	"testing"

	"github.com/austauschbar/austauschbar/evaluator/limit"
)

func TestDocument(t *testing.T) {
	for name, test := range map[string]struct {
		data, want, code string
		line             int
	}{
		"YAML":                   {"a:\n  b: c\n", "c", "", 2},
		"several documents":      {"---\na: {b: c}\n---\na: {b: d}\n", "c", "", 2},
		"JSON":                   {"\xef\xbb\xbf{\"a\":\n{\"b\": \"c\"}}", "c", "", 2},
		"JSON with tabs":         {"{\t\"a\":\t{\"b\":\t\"c\"}}", "c", "", 1},
		"YAML that has a brace":  {"{a: {b: c}}", "c", "", 1},
		"damaged, with a brace":  {`{"a": {"b": "c"}`, "", "damaged", 0},
		"nothing":                {"# a\n", "", "empty", 0},
		"more than YAML may be":  {"a: " + string(make([]byte, limit.YAML)), "", "too_large", 0},
		"as much as JSON may be": {`{"x": "` + string(spaces(limit.YAML)) + `", "a": {"b": "c"}}`, "c", "", 1},
	} {
		t.Run(name, func(t *testing.T) {
			document, err := Document(t.Context(), []byte(test.data))
			var refusal *limit.Refusal
			if errors.As(err, &refusal) != (test.code != "") || refusal != nil && refusal.Code != test.code {
				t.Fatalf("error %v, want %q", err, test.code)
			}
			found := document.At("a", "b")
			if found.String() != test.want || found != nil && found.Line != test.line {
				t.Errorf("got %v", found)
			}
		})
	}
}

func spaces(n int) []byte {
	data := make([]byte, n)
	for i := range data {
		data[i] = ' '
	}
	return data
}

func TestFollow(t *testing.T) {
	root, err := Document(t.Context(), []byte(`
plain: {a: b}
to: {$ref: '#/plain'}
far: {$ref: '#/to'}
deep: {$ref: '#/paths/~1x~1%7By%7D/~01'}
paths: {'/x/{y}': {'~1': found}}
circle: {$ref: '#/circle'}
nowhere: {$ref: '#/none/of/it'}
file: {$ref: 'a.yaml#/plain'}
network: {$ref: 'https://example.org/a.yaml'}
word: {$ref: {a: b}}
twice: {$ref: '#/double'}
double: first
double: second
`))
	if err != nil {
		t.Fatal(err)
	}
	references := References{Root: root}
	for name, want := range map[string]*limit.Value{
		"plain": root.At("plain"), "to": root.At("plain"), "far": root.At("plain"), "deep": root.At("paths", "/x/{y}", "~1"),
		"circle": nil, "nowhere": nil, "file": nil, "network": nil, "word": root.At("word"), "twice": root.At("double"),
	} {
		if got := references.Follow(root.At(name)); got != want {
			t.Errorf("%s leads to %v, want %v", name, got, want)
		}
	}
	if references.Follow(nil) != nil || Members(root.At("double")) != nil {
		t.Error("something in nothing")
	}
}
