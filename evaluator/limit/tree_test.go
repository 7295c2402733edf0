package limit

import (
	"context"
	"strings"
	"testing"
)

func TestTree(t *testing.T) {
	for name, test := range map[string]struct{ document, want, code string }{
		"elements and their lines": {"<?xml version='1.0'?>\n<a\n x='1'>\n<b>t</b> u\n<n:b xmlns:n='y'/></a>", "2 a=u{2 @x=1 4 b=t 5 b={5 @n=y}}", ""},
		"cut off":                  {"<a><b>", "", "damaged"},
		"too deep":                 {strings.Repeat("<a>", Depth+1), "", "too_large"},
		"too many":                 {"<a>" + strings.Repeat("<b/>", Elements) + "</a>", "", "too_large"},
		"a declared type":          {"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "", "damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := NewXML(context.Background(), strings.NewReader(test.document)).Tree()
			if code(err) != test.code {
				t.Fatalf("error %v, want %q", err, test.code)
			}
			if err == nil && branch(got) != test.want {
				t.Errorf("got %s, want %s", branch(got), test.want)
			}
		})
	}
}

// branch writes an element in short, with the line of each part.
func branch(v *Value) string {
	var parts []string
	for _, item := range v.Items {
		parts = append(parts, branch(item))
	}
	below := ""
	if len(parts) > 0 {
		below = "{" + strings.Join(parts, " ") + "}"
	}
	return strings.Join([]string{string(rune('0' + v.Line)), " ", v.Key, "=", v.Text, below}, "")
}

func TestAll(t *testing.T) {
	tree, err := NewXML(context.Background(), strings.NewReader("<a><b>1</b><c/><b>2</b></a>")).Tree()
	if err != nil {
		t.Fatal(err)
	}
	if got := tree.All("b"); len(got) != 2 || got[1].Text != "2" {
		t.Errorf("got %v", got)
	}
	if got := tree.At("d").All("b"); got != nil {
		t.Errorf("of nothing got %v", got)
	}
}
