package notice

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"slices"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
)

// An element is one of an XML document, by its local name. A nil one is an
// element that is not there: its methods answer accordingly.
type element struct {
	name       string
	attributes []xml.Attr
	text       string // clean, without that of the elements below
	line       int    // 1-based, on which its start tag ends
	position   int    // 1-based, among its siblings of the same name
	parent     *element
	children   []*element
}

// parse reads a document into its outermost element, which wanted must accept.
// Where its error is a *limit.Refusal, what was read before is returned too.
func parse(ctx context.Context, r io.Reader, wanted func(name string) error) (*element, error) {
	x := limit.NewXML(ctx, r)
	start, err := x.Root()
	if err != nil {
		return nil, err
	}
	if err := wanted(start.Name.Local); err != nil {
		return nil, err
	}
	t := &tree{open: &element{name: start.Name.Local, attributes: attributesOf(start), line: x.Line(), position: 1}, below: []beneath{{}}}
	root := t.open
	for t.open != nil {
		token, err := x.Token()
		if err != nil {
			return root, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			err = t.enter(token, x.Line())
		case xml.CharData:
			err = t.write(token)
		case xml.EndElement:
			t.leave()
		}
		if err != nil {
			return root, err
		}
	}
	return root, nil
}

// A tree is a document that is being read.
type tree struct {
	open     *element  // nil behind the end
	below    []beneath // of each open element, outermost first
	meter    limit.Meter
	elements int
}

// beneath is what has been read of an open element.
type beneath struct {
	text  []byte
	names map[string]int // of its children; nil before the first
}

func (t *tree) enter(start xml.StartElement, line int) error {
	if t.elements++; t.elements > limit.Elements {
		return limit.Refuse("too_large", fmt.Sprintf("there are more than %d elements", limit.Elements))
	}
	names := &t.below[len(t.below)-1].names
	if *names == nil {
		*names = map[string]int{}
	}
	(*names)[start.Name.Local]++
	child := &element{name: start.Name.Local, attributes: attributesOf(start), line: line, parent: t.open, position: (*names)[start.Name.Local]}
	t.open.children = append(t.open.children, child)
	t.open = child
	t.below = append(t.below, beneath{})
	return nil
}

func (t *tree) write(data xml.CharData) error {
	last := &t.below[len(t.below)-1]
	last.text = append(last.text, data...)
	return t.meter.Text(len(bytes.TrimSpace(data)))
}

// leave closes an element. The text of one that marks up a word is its parent's.
func (t *tree) leave() {
	last := len(t.below) - 1
	if t.open.name == "FT" && last > 0 {
		t.below[last-1].text = append(t.below[last-1].text, t.below[last].text...)
	}
	t.open.text = lines.Clean(string(bytes.TrimSpace(t.below[last].text)))
	t.below = t.below[:last]
	t.open = t.open.parent
}

// attributesOf leaves out declarations of namespaces.
func attributesOf(start xml.StartElement) []xml.Attr {
	return slices.DeleteFunc(start.Attr, func(a xml.Attr) bool { return a.Name.Space == "xmlns" || a.Name.Local == "xmlns" })
}

// all lists the elements that a path of names leads to, in document order. An
// extension's wrappers need not be named.
func (e *element) all(path ...string) []*element {
	if e == nil {
		return nil
	}
	if len(path) == 0 {
		return []*element{e}
	}
	var found []*element
	for _, child := range e.children {
		switch {
		case child.name == path[0]:
			found = append(found, child.all(path[1:]...)...)
		case slices.Contains(wrappers, child.name):
			found = append(found, child.all(path...)...)
		}
	}
	return found
}

// wrappers stand around the elements that eForms adds to UBL.
var wrappers = []string{"UBLExtensions", "UBLExtension", "ExtensionContent", "EformsExtension"}

// at returns the first element that a path leads to; nil where there is none.
func (e *element) at(path ...string) *element {
	if found := e.all(path...); len(found) > 0 {
		return found[0]
	}
	return nil
}

// value returns the text of the first element that a path leads to.
func (e *element) value(path ...string) string {
	if found := e.at(path...); found != nil {
		return found.text
	}
	return ""
}

func (e *element) attribute(name string) string {
	if e == nil {
		return ""
	}
	for _, attribute := range e.attributes {
		if attribute.Name.Local == name {
			return attribute.Value
		}
	}
	return ""
}

// evidence says where an element stands. Its section is the path of local names.
func (e *element) evidence() austauschbar.Evidence {
	if e == nil {
		return austauschbar.Evidence{}
	}
	return austauschbar.Evidence{Line: e.line, Section: e.path(), Quote: quote(e.text)}
}

// path writes an XPath of local names, with the position of what is not the first
// of its name.
func (e *element) path() string {
	path := ""
	for ; e != nil; e = e.parent {
		step := "/" + e.name
		if e.position > 1 {
			step = fmt.Sprintf("/%s[%d]", e.name, e.position)
		}
		path = step + path
	}
	return path
}

// maxQuote bounds quotes, in runes.
const maxQuote = 300

func quote(text string) string {
	if len(text) <= maxQuote {
		return text
	}
	if runes := []rune(text); len(runes) > maxQuote {
		return string(runes[:maxQuote])
	}
	return text
}
