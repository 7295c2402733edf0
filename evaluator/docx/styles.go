package docx

import (
	"cmp"
	"encoding/xml"
	"strconv"

	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/office"
)

type start = xml.StartElement

// styles are the document's styles by id.
type styles struct {
	byID     map[string]*style
	standard string // id of the paragraph style that applies where none is named
}

// A style is what styles.xml says of one; what it leaves out comes from its base.
type style struct {
	name    office.StyleName
	base    string // id of the style it is based on
	outline int    // outlineLvl: 0 to 8 a heading, 9 body text, -1 unsaid
	list    listing
	run     run
}

// A run is what is said of the look of some text; nil where nothing is said.
type run struct {
	hidden, struck, bold *bool
	font                 string
	style                string // id of the character style; "" where none is named
}

// A listing says which list a paragraph belongs to.
type listing struct {
	num   string // numId: "0" switches the number off, "" unsaid
	level int    // ilvl from 0; -1 unsaid
}

// basedOn is the longest chain of styles that is followed; Word allows fewer.
const basedOn = 20

func readStyles(x *limit.XML) (styles, error) {
	all := styles{byID: map[string]*style{}}
	err := x.Children(func(element start) error {
		if element.Name.Local != "style" {
			return nil
		}
		id := limit.Attr(element, "styleId")
		if limit.Attr(element, "type") == "paragraph" && on(limit.Attr(element, "default"), false) {
			all.standard = id
		}
		s, err := readStyle(x)
		all.byID[id] = s
		return err
	})
	return all, err
}

func readStyle(x *limit.XML) (*style, error) {
	s := &style{outline: -1, list: listing{level: -1}}
	err := x.Children(func(element start) error {
		switch element.Name.Local {
		case "name":
			s.name = office.NewStyleName(limit.Attr(element, "val"))
		case "basedOn":
			s.base = limit.Attr(element, "val")
		case "rPr":
			return readRun(x, &s.run)
		case "pPr":
			return x.Children(func(element start) error {
				switch element.Name.Local {
				case "outlineLvl":
					s.outline = number(limit.Attr(element, "val"), -1)
				case "numPr":
					return readListing(x, &s.list)
				}
				return nil
			})
		}
		return nil
	})
	return s, err
}

// readRun reads rPr.
func readRun(x *limit.XML, r *run) error {
	return x.Children(func(element start) error {
		value := on(limit.Attr(element, "val"), true)
		switch element.Name.Local {
		case "vanish":
			r.hidden = &value
		case "strike", "dstrike":
			// Word writes both, one of them switched off.
			value = value || r.struck != nil && *r.struck
			r.struck = &value
		case "b":
			r.bold = &value
		case "rFonts":
			r.font = cmp.Or(limit.Attr(element, "ascii"), limit.Attr(element, "hAnsi"))
		case "rStyle":
			r.style = limit.Attr(element, "val")
		}
		return nil
	})
}

// readListing reads numPr.
func readListing(x *limit.XML, l *listing) error {
	return x.Children(func(element start) error {
		switch element.Name.Local {
		case "numId":
			l.num = limit.Attr(element, "val")
		case "ilvl":
			l.level = number(limit.Attr(element, "val"), -1)
		}
		return nil
	})
}

// chain calls visit for a style and those it is based on, until visit says stop.
func (s styles) chain(id string, visit func(id string, s *style) (more bool)) {
	for range basedOn {
		found := s.byID[id]
		if found == nil || !visit(id, found) {
			return
		}
		id = found.base
	}
}

// or returns the id of the style of a paragraph that names none.
func (s styles) or(id string) string {
	if id == "" {
		return s.standard
	}
	return id
}

// heading returns the depth of a heading style, 1-based; 0 of any other.
func (s styles) heading(id string) int {
	depth := 0
	s.chain(id, func(_ string, s *style) bool {
		if depth = s.name.Heading(); depth > 0 {
			return false
		}
		if s.outline >= 0 {
			depth = outlineDepth(s.outline)
			return false
		}
		return true
	})
	return depth
}

// outlineDepth turns outlineLvl into a depth: 9 stands for body text.
func outlineDepth(outline int) int {
	if outline < 0 || outline > 8 {
		return 0
	}
	return outline + 1
}

// named says whether a style or one it is based on has such a name.
func (s styles) named(id string, is func(name office.StyleName) bool) bool {
	found := false
	s.chain(id, func(_ string, s *style) bool {
		found = is(s.name)
		return !found
	})
	return found
}

// listing completes what a paragraph says of its list from its style; by is the
// style that names the list, "" where the paragraph does.
func (s styles) listing(id string, direct listing) (l listing, by string) {
	l = direct
	s.chain(id, func(id string, s *style) bool {
		if l.num == "" && s.list.num != "" {
			l.num, by = s.list.num, id
		}
		if l.level < 0 {
			l.level = s.list.level
		}
		return l.num == "" || l.level < 0
	})
	return l, by
}

// run completes what is said of some text from the styles named, the first of which
// prevails.
func (s styles) run(direct run, ids ...string) run {
	for _, id := range ids {
		s.chain(id, func(_ string, s *style) bool {
			inherit(&direct.hidden, s.run.hidden)
			inherit(&direct.struck, s.run.struck)
			inherit(&direct.bold, s.run.bold)
			direct.font = cmp.Or(direct.font, s.run.font)
			return true
		})
	}
	return direct
}

func inherit(value **bool, from *bool) {
	if *value == nil {
		*value = from
	}
}

func is(value *bool) bool { return value != nil && *value }

// on reads an on-off value; unsaid is what the empty one means.
func on(value string, unsaid bool) bool {
	switch value {
	case "":
		return unsaid
	case "0", "false", "off", "none":
		return false
	}
	return true
}

// number reads a whole number from 0 to a million, which no level, span or start
// value of an honest document exceeds; unsaid is what anything else means.
func number(value string, unsaid int) int {
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 || n > 1_000_000 {
		return unsaid
	}
	return n
}
