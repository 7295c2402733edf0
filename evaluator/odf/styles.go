package odf

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/office"
)

// styles are the document's styles. Those in styles.xml and the automatic ones of
// the content share their names.
type styles map[styleKey]*style

// A styleKey names a style: names are unique within a family, which is "paragraph",
// "text", "table", "table-cell", ….
type styleKey struct{ family, name string }

// A style is what is said of one; what it leaves out comes from its parent.
type style struct {
	parent  string
	depth   *int    // of a heading, 1-based; 0 body text; nil unsaid
	titles  int     // the depth of a heading that its name tells; 0 none
	meaning meaning // what else its name tells
	list    *string // name of the list style; "" takes the number off; nil unsaid
	look    look
	filled  *bool   // of a cell: it has a ground of its own
	size    float64 // of the type, in points; 0 unsaid
	display *bool   // of a sheet: it is shown
	whole   bool    // it is completed
}

// A meaning is what the names of a style and of those above it tell.
type meaning struct{ contents, quotation, code bool }

// A look is what is said of the look of some text; nil where nothing is said.
type look struct{ hidden, struck, bold *bool }

// within returns the look that style s gives to text inside of text of look l.
func (l look) within(s *style) look {
	inner := s.look
	inherit(&inner.hidden, l.hidden)
	inherit(&inner.struck, l.struck)
	inherit(&inner.bold, l.bold)
	return inner
}

func inherit[T any](value **T, from *T) {
	if *value == nil {
		*value = from
	}
}

func is(value *bool) bool { return value != nil && *value }

// basedOn is the longest chain of styles that is followed.
const basedOn = 32

// nothing is the style of what names none.
var nothing = &style{whole: true}

// of returns a style with all that it inherits.
func (s styles) of(family, name string) *style {
	found := s[styleKey{family, name}]
	if found == nil {
		return nothing
	}
	if found.whole {
		return found
	}
	found.whole = true
	for parent, i := found.parent, 0; i < basedOn; i++ {
		above := s[styleKey{family, parent}]
		if above == nil {
			break
		}
		found.take(above)
		if above.whole {
			break
		}
		parent = above.parent
	}
	return found
}

// take completes a style by the one above it.
func (s *style) take(above *style) {
	s.titles = cmp.Or(s.titles, above.titles)
	s.meaning.contents = s.meaning.contents || above.meaning.contents
	s.meaning.quotation = s.meaning.quotation || above.meaning.quotation
	s.meaning.code = s.meaning.code || above.meaning.code
	inherit(&s.depth, above.depth)
	inherit(&s.list, above.list)
	inherit(&s.look.hidden, above.look.hidden)
	inherit(&s.look.struck, above.look.struck)
	inherit(&s.look.bold, above.look.bold)
	inherit(&s.filled, above.filled)
	inherit(&s.display, above.display)
	if s.size == 0 {
		s.size = above.size
	}
}

// heading returns the depth of a heading style, 1-based; 0 of any other.
func (s *style) heading() int {
	if s.depth != nil {
		return min(*s.depth, levels)
	}
	return s.titles
}

// readStyles reads office:styles or office:automatic-styles. Those over limit.Styles
// are a gap.
func (d *document) readStyles(x *limit.XML) error {
	return x.Children(func(element start) error {
		if len(d.styles)+len(d.lists) >= limit.Styles {
			d.tell("too_large", fmt.Sprintf("the document has more than %d styles", limit.Styles))
			return nil
		}
		name := limit.Attr(element, "name")
		switch element.Name.Local {
		case "style":
			s := newStyle(element)
			d.styles[styleKey{limit.Attr(element, "family"), name}] = s
			return s.read(x)
		case "list-style":
			l := &listStyle{}
			d.lists[name] = l
			return l.read(x)
		case "outline-style":
			d.outline = &listStyle{}
			d.lists[cmp.Or(name, "Outline")] = d.outline // it had no name before OpenDocument 1.2
			return d.outline.read(x)
		}
		return nil
	})
}

func newStyle(element start) *style {
	s := &style{parent: limit.Attr(element, "parent-style-name")}
	for _, attr := range element.Attr {
		switch attr.Name.Local {
		case "list-style-name":
			s.list = &attr.Value
		case "default-outline-level":
			depth := number(attr.Value, 0)
			s.depth = &depth
		}
	}
	name := office.NewStyleName(cmp.Or(limit.Attr(element, "display-name"), strings.ReplaceAll(limit.Attr(element, "name"), "_20_", " ")))
	s.titles = name.Heading()
	s.meaning = meaning{contents: name.Contents(), quotation: name.Quotation(), code: name.Code()}
	return s
}

// read reads the properties of a style.
func (s *style) read(x *limit.XML) error {
	return x.Children(func(element start) error {
		for _, attr := range element.Attr {
			switch element.Name.Local {
			case "text-properties":
				s.say(attr.Name.Local, attr.Value)
			case "table-cell-properties":
				if attr.Name.Local == "background-color" {
					filled := attr.Value != "transparent" && !strings.EqualFold(attr.Value, "#ffffff")
					s.filled = &filled
				}
			case "table-properties":
				if attr.Name.Local == "display" {
					shown := attr.Value != "false"
					s.display = &shown
				}
			}
		}
		return nil
	})
}

// say takes a property of text.
func (s *style) say(name, value string) {
	switch name {
	case "display":
		hidden := value == "none"
		s.look.hidden = &hidden
	case "text-line-through-style", "text-line-through-type":
		struck := value != "none" || is(s.look.struck) // both may be there
		s.look.struck = &struck
	case "font-weight":
		weight := number(value, 0)
		bold := value == "bold" || weight >= 600
		s.look.bold = &bold
	case "font-size":
		if points, found := strings.CutSuffix(value, "pt"); found {
			if size, err := strconv.ParseFloat(points, 64); err == nil {
				s.size = size
			}
		}
	}
}

// number reads a whole number from 0 to a billion; unsaid is what anything else means.
func number(value string, unsaid int) int {
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 || n > 1_000_000_000 {
		return unsaid
	}
	return n
}
