package limit

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// XML reads the elements of a document within Depth and refuses document types that
// declare something, since only hostile Office parts have one. A type that is but
// named, as OpenOffice once did, is never fetched. Elements are matched by their
// local names: the prefix is a convention, and the strict and transitional flavours
// of a format differ in nothing but the namespace.
//
// Errors are a *Refusal ("damaged", "too_large") or the context's.
type XML struct {
	ctx     context.Context
	decoder *xml.Decoder
	depth   int // of the element that is open
	tokens  int
	begun   int   // line on which the last token begins
	from    int64 // where the last token begins
}

// NewXML returns a reader of r.
func NewXML(ctx context.Context, r io.Reader) *XML {
	decoder := xml.NewDecoder(r)
	decoder.CharsetReader = charset
	return &XML{ctx: ctx, decoder: decoder}
}

// Root enters the outermost element.
func (x *XML) Root() (xml.StartElement, error) {
	for {
		token, err := x.next()
		if err != nil {
			return xml.StartElement{}, err
		}
		if element, ok := token.(xml.StartElement); ok {
			return element, nil
		}
	}
}

// Children calls visit for each element directly below the one that is open, and
// leaves that one. What visit does not read of an element is skipped.
func (x *XML) Children(visit func(xml.StartElement) error) error {
	return x.Content(nil, visit)
}

// Content is Children for an element in which text and elements alternate: it calls
// text, unless that is nil, for the character data between them, which is valid until
// text returns.
func (x *XML) Content(text func([]byte) error, visit func(xml.StartElement) error) error {
	within := x.depth
	for {
		token, err := x.next()
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case xml.StartElement:
			if err := visit(token); err != nil {
				return err
			}
			if err := x.leave(within); err != nil {
				return err
			}
		case xml.CharData:
			if text == nil {
				continue
			}
			if err := text(token); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		}
	}
}

// Text returns the character data of the element that is open, without that of
// elements below it, and leaves it.
func (x *XML) Text() (string, error) {
	within := x.depth
	var (
		first string
		more  strings.Builder // for the rare text in several pieces
	)
	for x.depth >= within {
		token, err := x.next()
		if err != nil {
			return first + more.String(), err
		}
		if data, ok := token.(xml.CharData); ok && x.depth == within {
			if first == "" {
				first = string(data)
			} else {
				more.Write(data)
			}
		}
	}
	return first + more.String(), nil
}

// Token returns the next token, for readers that need elements and text in their
// order. At the end of the document, that of the outermost element, it is damage.
func (x *XML) Token() (xml.Token, error) { return x.next() }

// Line returns the line on which the last token ends, 1-based.
func (x *XML) Line() int {
	line, _ := x.decoder.InputPos()
	return line
}

// Begin returns the line on which the last token begins, 1-based.
func (x *XML) Begin() int { return x.begun }

// Span returns where the last token begins and ends, in bytes. That of the end of an
// element that is written as one tag ("<w:tab/>") is empty and stands behind it.
func (x *XML) Span() (from, to int) { return int(x.from), int(x.decoder.InputOffset()) }

// leave skips to the end of what is open below depth within.
func (x *XML) leave(within int) error {
	for x.depth > within {
		if _, err := x.next(); err != nil {
			return err
		}
	}
	return nil
}

func (x *XML) next() (xml.Token, error) {
	if x.tokens++; x.tokens%1024 == 0 {
		if err := x.ctx.Err(); err != nil {
			return nil, err
		}
	}
	x.begun, _ = x.decoder.InputPos()
	x.from = x.decoder.InputOffset()
	token, err := x.decoder.Token()
	if err != nil {
		return nil, refuseXML(err)
	}
	switch token := token.(type) {
	case xml.StartElement:
		if x.depth++; x.depth > Depth {
			return nil, Refuse("too_large", fmt.Sprintf("elements are nested more than %d deep", Depth))
		}
	case xml.EndElement:
		x.depth--
	case xml.Directive:
		if bytes.IndexByte(token, '[') >= 0 {
			return nil, Refuse("damaged", "the part declares a document type")
		}
	}
	return token, nil
}

func refuseXML(err error) error {
	var refusal *Refusal
	if errors.As(err, &refusal) {
		return err
	}
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return Refuse("damaged", err.Error())
}

// Attr returns an attribute by its local name; "" where the element has none.
func Attr(element xml.StartElement, name string) string {
	for _, attr := range element.Attr {
		if attr.Name.Local == name {
			return attr.Value
		}
	}
	return ""
}
