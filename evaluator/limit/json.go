package limit

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
)

// A Value is a part of a JSON document. A nil one is a part that is not there: its
// methods answer accordingly.
type Value struct {
	Kind  ValueKind
	Key   string   // of a member of an object
	Text  string   // of a string; a number or boolean as it is written
	Line  int      // 1-based, on which it begins
	Items []*Value // of an object its members, of an array its elements
}

// ValueKind says what a value is.
type ValueKind int

// The kinds of values.
const (
	Null ValueKind = iota
	Object
	Array
	String
	Scalar // a number or boolean
)

// At follows keys down through objects; nil where one of them is missing.
func (v *Value) At(keys ...string) *Value {
	for _, key := range keys {
		if v == nil || v.Kind != Object {
			return nil
		}
		i := slices.IndexFunc(v.Items, func(item *Value) bool { return item.Key == key })
		if i < 0 {
			return nil
		}
		v = v.Items[i]
	}
	return v
}

// Elements lists the elements of the array that keys lead to.
func (v *Value) Elements(keys ...string) []*Value {
	if found := v.At(keys...); found != nil && found.Kind == Array {
		return found.Items
	}
	return nil
}

// String returns the text of a string, number or boolean, else "".
func (v *Value) String() string {
	if v == nil {
		return ""
	}
	return v.Text
}

// JSON reads the values of a document one after the other, within Depth and
// Elements. A document may hold several, as JSON Lines do.
//
// Errors are a *Refusal ("damaged", "too_large") or the context's.
type JSON struct {
	ctx     context.Context
	decoder *json.Decoder
	lines   *lineCounter
	depth   int
	tokens  int // of the value that is read
}

// NewJSON returns a reader of r.
func NewJSON(ctx context.Context, r io.Reader) *JSON {
	lines := &lineCounter{reader: r, line: 1}
	decoder := json.NewDecoder(lines)
	decoder.UseNumber()
	return &JSON{ctx: ctx, decoder: decoder, lines: lines}
}

// Next returns the next value of the document; io.EOF behind the last one.
func (j *JSON) Next() (*Value, error) {
	j.tokens = 0
	token, err := j.token()
	if err != nil {
		return nil, err
	}
	return j.value(token)
}

// Stream returns the next value of the document, but hands the elements of its
// members of these names to visit, with the key and the element's index, and keeps
// them no longer. Of a document that is an array the key is "".
func (j *JSON) Stream(visit func(key string, index int, element *Value) error, keys ...string) (*Value, error) {
	j.tokens = 0
	token, err := j.token()
	if err != nil {
		return nil, err
	}
	switch token {
	case json.Delim('['):
		return &Value{Kind: Array, Line: j.line()}, j.elements(func(index int, element *Value) error { return visit("", index, element) })
	case json.Delim('{'):
	default:
		return j.value(token)
	}
	whole := &Value{Kind: Object, Line: j.line()}
	err = j.members(func(key string, token json.Token) error {
		if token == json.Delim('[') && slices.Contains(keys, key) {
			whole.Items = append(whole.Items, &Value{Kind: Array, Key: key, Line: j.line()})
			return j.elements(func(index int, element *Value) error { return visit(key, index, element) })
		}
		member, err := j.value(token)
		if member != nil {
			member.Key = key
			whole.Items = append(whole.Items, member)
		}
		return err
	})
	return whole, err
}

// elements reads an open array, each element counted anew.
func (j *JSON) elements(visit func(index int, element *Value) error) error {
	for index := 0; ; index++ {
		j.tokens = 0
		token, err := j.inside()
		if err != nil || token == json.Delim(']') {
			return err
		}
		element, err := j.value(token)
		if err != nil {
			return err
		}
		if err := visit(index, element); err != nil {
			return err
		}
	}
}

// members reads an open object; visit is given the first token of each value.
func (j *JSON) members(visit func(key string, token json.Token) error) error {
	for {
		token, err := j.inside()
		if err != nil || token == json.Delim('}') {
			return err
		}
		key, _ := token.(string)
		if token, err = j.inside(); err != nil {
			return err
		}
		if err := visit(key, token); err != nil {
			return err
		}
	}
}

// value builds the value that a token begins.
func (j *JSON) value(token json.Token) (*Value, error) {
	v := &Value{Line: j.line()}
	switch token := token.(type) {
	case string:
		v.Kind, v.Text = String, token
	case json.Number:
		v.Kind, v.Text = Scalar, token.String()
	case bool:
		v.Kind, v.Text = Scalar, strconv.FormatBool(token)
	case json.Delim:
		if j.depth++; j.depth > Depth {
			return nil, Refuse("too_large", fmt.Sprintf("values are nested more than %d deep", Depth))
		}
		defer func() { j.depth-- }()
		add := func(key string, token json.Token) error {
			item, err := j.value(token)
			if err != nil {
				return err
			}
			item.Key = key
			v.Items = append(v.Items, item)
			return nil
		}
		if token == '{' {
			v.Kind = Object
			return v, j.members(add)
		}
		v.Kind = Array
		for {
			token, err := j.inside()
			if err != nil || token == json.Delim(']') {
				return v, err
			}
			if err := add("", token); err != nil {
				return v, err
			}
		}
	}
	return v, nil
}

// inside is token within a value, where the document must not end.
func (j *JSON) inside() (json.Token, error) {
	token, err := j.token()
	if errors.Is(err, io.EOF) {
		return nil, Refuse("damaged", io.ErrUnexpectedEOF.Error())
	}
	return token, err
}

func (j *JSON) token() (json.Token, error) {
	if j.tokens++; j.tokens%1024 == 0 && j.ctx.Err() != nil {
		return nil, j.ctx.Err()
	}
	if j.tokens > Elements {
		return nil, Refuse("too_large", fmt.Sprintf("there are more than %d values", Elements))
	}
	token, err := j.decoder.Token()
	if err != nil && err != io.EOF {
		return nil, Refuse("damaged", err.Error())
	}
	return token, err
}

func (j *JSON) line() int { return j.lines.at(j.decoder.InputOffset()) }

// A lineCounter tells which line an offset stands on. It remembers the ends of
// lines that were read ahead of the last offset asked for.
type lineCounter struct {
	reader io.Reader
	offset int64   // of what is read next
	line   int     // of the last offset asked for
	ends   []int64 // of the lines behind it, ascending
}

func (l *lineCounter) Read(p []byte) (int, error) {
	n, err := l.reader.Read(p)
	for i, char := range p[:n] {
		if char == '\n' {
			l.ends = append(l.ends, l.offset+int64(i))
		}
	}
	l.offset += int64(n)
	return n, err
}

// at returns the line of an offset, which is no smaller than the last one.
func (l *lineCounter) at(offset int64) int {
	passed := 0
	for passed < len(l.ends) && l.ends[passed] < offset {
		passed++
	}
	l.line += passed
	l.ends = l.ends[passed:]
	return l.line
}
