package limit

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// outline writes a value in short, with the line of each part.
func outline(v *Value) string {
	switch v.Kind {
	case Object, Array:
		var parts []string
		for _, item := range v.Items {
			key := ""
			if v.Kind == Object {
				key = item.Key + ":"
			}
			parts = append(parts, key+outline(item))
		}
		return fmt.Sprintf("%d{%s}", v.Line, strings.Join(parts, " "))
	}
	return fmt.Sprintf("%d=%s", v.Line, v.Text)
}

func TestJSON(t *testing.T) {
	for name, test := range map[string]struct{ document, want, code string }{
		"parts and their lines": {"{\n\"a\": [1,\n2.50, true],\n\n\"b\": {\"c\": \"x\\ny\"}, \"d\": null}", "1{a:2{2=1 3=2.50 3=true} b:5{c:5=x\ny} d:5=}", ""},
		"one after the other":   {"1\n\n\"a\"\n[]", "1=1 3=a 4{}", ""},
		"nothing":               {" \n", "", ""},
		"cut off":               {`1 {"a": [1`, "1=1", "damaged"},
		"no JSON":               {`{a: 1}`, "", "damaged"},
		"as deep as is allowed": {strings.Repeat("[", Depth) + strings.Repeat("]", Depth), strings.Repeat("1{", Depth) + strings.Repeat("}", Depth), ""},
		"too deep":              {strings.Repeat("[", Depth+1) + strings.Repeat("]", Depth+1), "", "too_large"},
		"too many":              {"[" + strings.Repeat("1,", Elements) + "1]", "", "too_large"},
	} {
		t.Run(name, func(t *testing.T) {
			j := NewJSON(context.Background(), iotest.HalfReader(strings.NewReader(test.document)))
			var got []string
			var err error
			for {
				var v *Value
				if v, err = j.Next(); err != nil {
					break
				}
				got = append(got, outline(v))
			}
			if strings.Join(got, " ") != test.want || code(err) != test.code || test.code == "" && !errors.Is(err, io.EOF) {
				t.Errorf("got %s, error %v; want %s, %q", got, err, test.want, test.code)
			}
		})
	}
}

func TestJSONStream(t *testing.T) {
	for name, test := range map[string]struct{ document, visited, whole string }{
		"members of a name":    {"{\"a\": 1, \"list\": [{\"x\": 1},\n2], \"b\": [3]}", "list 0 1{x:1=1}, list 1 2=2", "1{a:1=1 list:1{} b:2{2=3}}"},
		"an array":             {"[1,\n2]", " 0 1=1,  1 2=2", "1{}"},
		"something else":       {"5", "", "1=5"},
		"not a list after all": {`{"list": {"a": 1}}`, "", "1{list:1{a:1=1}}"},
	} {
		t.Run(name, func(t *testing.T) {
			var visited []string
			whole, err := NewJSON(context.Background(), strings.NewReader(test.document)).Stream(func(key string, index int, element *Value) error {
				visited = append(visited, fmt.Sprintf("%s %d %s", key, index, outline(element)))
				return nil
			}, "list")
			if got := strings.Join(visited, ", "); err != nil || got != test.visited || outline(whole) != test.whole {
				t.Errorf("visited %q of %s, error %v; want %q of %s", got, outline(whole), err, test.visited, test.whole)
			}
		})
	}
}

func TestValueThatIsNotThere(t *testing.T) {
	v := &Value{Kind: Object, Items: []*Value{{Key: "a", Kind: String, Text: "x"}}}
	if v.At("a").String() != "x" || v.At("b") != nil || v.At("a", "b").String() != "" || v.Elements("a") != nil {
		t.Errorf("found %v, %v, %v", v.At("b"), v.At("a", "b"), v.Elements("a"))
	}
}
