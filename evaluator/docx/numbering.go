package docx

import (
	"strconv"
	"strings"

	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
	"github.com/austauschbar/austauschbar/evaluator/office"
)

// levels is how many levels a list has.
const levels = 9

// numbering is what numbering.xml says.
type numbering struct {
	lists map[string]*list // by abstractNumId
	nums  map[string]*num  // by numId
}

// A list is an abstractNum. Its counters are shared by all nums that refer to it.
type list struct {
	levels    [levels]*level
	styleLink string // the list is the definition of this numbering style
	linked    string // the list is that of this numbering style
}

// A num is one use of a list.
type num struct {
	list   string
	levels [levels]*level // overrides
	starts [levels]*int   // startOverride, for the first paragraph of this num
}

// A level says how one level of a list is counted and written.
type level struct {
	start   int
	format  string // numFmt: "decimal", "lowerLetter", "bullet", …
	text    string // "%1.%2": level numbers in their places, 1-based
	restart int    // lvlRestart: level that restarts this one, 1-based; 0 none; -1 each higher one
	legal   bool   // isLgl: all numbers in decimals
	style   string // id of the paragraph style that is on this level
}

func readNumbering(x *limit.XML) (numbering, error) {
	n := numbering{lists: map[string]*list{}, nums: map[string]*num{}}
	err := x.Children(func(element start) error {
		switch element.Name.Local {
		case "abstractNum":
			l, err := readList(x)
			n.lists[limit.Attr(element, "abstractNumId")] = l
			return err
		case "num":
			u, err := readNum(x)
			n.nums[limit.Attr(element, "numId")] = u
			return err
		}
		return nil
	})
	return n, err
}

func readList(x *limit.XML) (*list, error) {
	l := &list{}
	err := x.Children(func(element start) error {
		switch element.Name.Local {
		case "styleLink":
			l.styleLink = limit.Attr(element, "val")
		case "numStyleLink":
			l.linked = limit.Attr(element, "val")
		case "lvl":
			return readLevel(x, element, &l.levels)
		}
		return nil
	})
	return l, err
}

func readNum(x *limit.XML) (*num, error) {
	n := &num{}
	err := x.Children(func(element start) error {
		switch element.Name.Local {
		case "abstractNumId":
			n.list = limit.Attr(element, "val")
		case "lvlOverride":
			at := number(limit.Attr(element, "ilvl"), levels)
			if at >= levels {
				return nil
			}
			return x.Children(func(element start) error {
				switch element.Name.Local {
				case "startOverride":
					value := number(limit.Attr(element, "val"), 0)
					n.starts[at] = &value
				case "lvl":
					return readLevel(x, element, &n.levels)
				}
				return nil
			})
		}
		return nil
	})
	return n, err
}

func readLevel(x *limit.XML, element start, into *[levels]*level) error {
	at := number(limit.Attr(element, "ilvl"), levels)
	if at >= levels {
		return nil
	}
	l := &level{format: "decimal", restart: -1}
	into[at] = l
	return readLevelProperties(x, l)
}

func readLevelProperties(x *limit.XML, l *level) error {
	return x.Children(func(element start) error {
		value := limit.Attr(element, "val")
		switch element.Name.Local {
		case "start":
			l.start = number(value, 0)
		case "numFmt":
			l.format = value
		case "lvlText":
			l.text = value
		case "lvlRestart":
			l.restart = number(value, -1)
		case "isLgl":
			l.legal = on(value, true)
		case "pStyle":
			l.style = value
		case "AlternateContent", "Choice": // custom formats; their fallback repeats numFmt
			return readLevelProperties(x, l)
		}
		return nil
	})
}

// counters count the numbered paragraphs of a document.
type counters struct {
	numbering
	byLink map[string]string      // styleLink -> abstractNumId
	counts map[string]*listCounts // by abstractNumId
	begun  map[string]*[levels]bool
}

// listCounts are the current values of a list's levels.
type listCounts struct {
	value   [levels]int
	running [levels]bool // false before the first paragraph and after a restart
}

func newCounters(n numbering) *counters {
	c := &counters{
		numbering: n,
		byLink:    map[string]string{},
		counts:    map[string]*listCounts{},
		begun:     map[string]*[levels]bool{},
	}
	for id, l := range n.lists {
		if l.styleLink != "" {
			c.byLink[l.styleLink] = min(id, or(c.byLink[l.styleLink], id))
		}
	}
	return c
}

func or(value, instead string) string {
	if value == "" {
		return instead
	}
	return value
}

// find returns the num, and its list through the link to a numbering style.
func (c *counters) find(id string) (n *num, listID string) {
	n = c.nums[id]
	if n == nil || c.lists[n.list] == nil {
		return nil, ""
	}
	if link := c.lists[n.list].linked; link != "" {
		if target, found := c.byLink[link]; found {
			return n, target
		}
	}
	return n, n.list
}

// styled returns the level of a num that belongs to a paragraph style, 0 where none
// does.
func (c *counters) styled(id, style string) int {
	n, listID := c.find(id)
	if n == nil {
		return 0
	}
	for at := range levels {
		if l := c.level(n, listID, at); l != nil && l.style == style && style != "" {
			return at
		}
	}
	return 0
}

func (c *counters) level(n *num, listID string, at int) *level {
	if n.levels[at] != nil {
		return n.levels[at]
	}
	return c.lists[listID].levels[at]
}

// next counts a paragraph of this num on this level, from 0, and returns its mark as
// Word prints it: "3.2.1", "a)"; "" of a bullet. listed is false where the document
// has no such list.
func (c *counters) next(id string, at int) (mark string, listed bool) {
	n, listID := c.find(id)
	if n == nil {
		return "", false
	}
	at = min(max(at, 0), levels-1)
	counts := c.counts[listID]
	if counts == nil {
		counts = &listCounts{}
		c.counts[listID] = counts
	}
	c.count(counts, n, id, listID, at)
	return c.mark(counts, n, listID, at), true
}

func (c *counters) count(counts *listCounts, n *num, id, listID string, at int) {
	begun := c.begun[id]
	if begun == nil {
		begun = &[levels]bool{}
		c.begun[id] = begun
	}
	for higher := range at {
		if !counts.running[higher] {
			counts.value[higher] = c.startOf(n, listID, higher)
			counts.running[higher] = true
		}
	}
	switch {
	case !begun[at] && n.starts[at] != nil:
		counts.value[at] = *n.starts[at]
	case !counts.running[at]:
		counts.value[at] = c.startOf(n, listID, at)
	default:
		counts.value[at]++
	}
	begun[at], counts.running[at] = true, true
	for deeper := at + 1; deeper < levels; deeper++ {
		if l := c.level(n, listID, deeper); l == nil || l.restart < 0 || l.restart > deeper || at < l.restart {
			counts.running[deeper] = false
		}
	}
}

// startOf returns the first value of a level.
func (c *counters) startOf(n *num, listID string, at int) int {
	if n.starts[at] != nil {
		return *n.starts[at]
	}
	if l := c.level(n, listID, at); l != nil {
		return l.start
	}
	return 1
}

// mark writes the number of a level by its text.
func (c *counters) mark(counts *listCounts, n *num, listID string, at int) string {
	l := c.level(n, listID, at)
	if l == nil || l.format == "bullet" || l.format == "none" {
		return ""
	}
	var mark strings.Builder
	for i := 0; i < len(l.text); i++ {
		place := levels
		if l.text[i] == '%' && i+1 < len(l.text) {
			place = int(l.text[i+1]) - '1'
		}
		if place < 0 || place >= levels {
			mark.WriteByte(l.text[i])
			continue
		}
		i++
		if place > at {
			continue // a level below has no number here
		}
		format := "decimal"
		if placed := c.level(n, listID, place); placed != nil && !l.legal {
			format = placed.format
		}
		mark.WriteString(render(counts.value[place], format))
	}
	return lines.Clean(mark.String())
}

// render writes a number in a format of numFmt, in decimals where the format is not
// known or has no sign for the number.
func render(value int, format string) string {
	switch format {
	case "none", "bullet":
		return ""
	case "lowerLetter":
		return office.Letters(value)
	case "upperLetter":
		return strings.ToUpper(office.Letters(value))
	case "lowerRoman":
		return office.Roman(value)
	case "upperRoman":
		return strings.ToUpper(office.Roman(value))
	case "decimalZero":
		if value < 10 {
			return "0" + strconv.Itoa(value)
		}
	case "ordinal":
		return strconv.Itoa(value) + "."
	}
	return strconv.Itoa(value)
}
