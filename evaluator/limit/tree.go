package limit

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// Tree reads a whole document as a value: each element an object with its local name as
// key, its own text, and as members its attributes ("@id") and then the elements below
// it. The line is that on which the element begins.
func (x *XML) Tree() (*Value, error) {
	root, err := x.Root()
	if err != nil {
		return nil, err
	}
	count := 0
	return x.tree(root, &count)
}

// tree reads the element that is open.
func (x *XML) tree(element xml.StartElement, count *int) (*Value, error) {
	if *count += 1 + len(element.Attr); *count > Elements {
		return nil, Refuse("too_large", fmt.Sprintf("there are more than %d values", Elements))
	}
	line := x.Begin()
	v := &Value{Kind: Object, Key: element.Name.Local, Line: line}
	for _, attr := range element.Attr {
		v.Items = append(v.Items, &Value{Kind: String, Key: "@" + attr.Name.Local, Text: attr.Value, Line: line})
	}
	var text strings.Builder
	for {
		token, err := x.next()
		if err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			item, err := x.tree(token, count)
			if err != nil {
				return nil, err
			}
			v.Items = append(v.Items, item)
		case xml.CharData:
			text.Write(token)
		case xml.EndElement:
			v.Text = strings.TrimSpace(text.String())
			return v, nil
		}
	}
}

// All lists the members of an object that have a key, as the elements of one name below
// an element.
func (v *Value) All(key string) []*Value {
	if v == nil || v.Kind != Object {
		return nil
	}
	var found []*Value
	for _, item := range v.Items {
		if item.Key == key {
			found = append(found, item)
		}
	}
	return found
}
