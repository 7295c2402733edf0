package odf

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
	"github.com/austauschbar/austauschbar/evaluator/office"
)

// levels is how many levels a list has.
const levels = 10

// A listStyle says how the levels of a list, or of the headings, are numbered; nil
// are those it does not define.
type listStyle struct{ levels [levels]*level }

// A level says how one level is counted and written.
type level struct {
	start          int
	format         string // "1", "a", "A", "i", "I"; "" of bullets and where there is no number
	synced         bool   // letters go on with aa, bb, not with aa, ab
	prefix, suffix string
	shown          int    // how many levels, this one included, the number shows
	pattern        string // "%1%.%2%)": says the same as prefix, suffix and shown, where it is there
	legal          bool   // the levels above are written in decimals
}

// read reads the levels of a list style or of text:outline-style.
func (l *listStyle) read(x *limit.XML) error {
	return x.Children(func(element start) error {
		at := number(limit.Attr(element, "level"), 0) - 1
		if at < 0 || at >= levels {
			return nil
		}
		defined := &level{start: 1, shown: 1}
		l.levels[at] = defined
		switch element.Name.Local {
		case "list-level-style-number", "outline-level-style":
			defined.take(element)
		}
		return nil
	})
}

func (l *level) take(element start) {
	for _, attr := range element.Attr {
		switch attr.Name.Local {
		case "num-format":
			l.format = attr.Value
		case "num-letter-sync":
			l.synced = attr.Value == "true"
		case "num-prefix":
			l.prefix = attr.Value
		case "num-suffix":
			l.suffix = attr.Value
		case "num-list-format":
			l.pattern = attr.Value
		case "is-legal":
			l.legal = attr.Value == "true"
		case "display-levels":
			l.shown = max(number(attr.Value, 1), 1)
		case "start-value":
			l.start = number(attr.Value, 1)
		}
	}
}

// level returns a level, from 0; one without a number where it is not defined.
func (l *listStyle) level(at int) *level {
	if l.levels[at] == nil {
		return &level{start: 1, shown: 1}
	}
	return l.levels[at]
}

// counts are the current values of a list's levels.
type counts struct {
	style   string // of the list that opened them
	value   [levels]int
	running [levels]bool // false before the first item and after a restart
}

// next counts an item on this level, from 0; value is the one it is given, -1 none. A
// level above that was left out counts as its first.
func (c *counts) next(style *listStyle, at, value int) {
	for higher := range at {
		if !c.running[higher] {
			c.value[higher], c.running[higher] = style.level(higher).start, true
		}
	}
	switch {
	case value >= 0:
		c.value[at] = value
	case !c.running[at]:
		c.value[at] = style.level(at).start
	default:
		c.value[at]++
	}
	c.running[at] = true
	c.restart(at + 1)
}

// restart lets this level and those below it begin anew.
func (c *counts) restart(at int) {
	for ; at < levels; at++ {
		c.running[at] = false
	}
}

// mark writes the number of a level as it is shown: "3.2.1", "a)"; "" of a bullet.
func (c *counts) mark(style *listStyle, at int) string {
	l := style.level(at)
	if l.format == "" {
		return ""
	}
	if l.pattern != "" {
		return lines.Clean(c.fill(style, at))
	}
	var numbers []string
	for shown := max(at+1-l.shown, 0); shown <= at; shown++ {
		if written := c.render(style, at, shown); written != "" {
			numbers = append(numbers, written)
		}
	}
	return lines.Clean(l.prefix + strings.Join(numbers, ".") + l.suffix)
}

// fill puts the numbers into the pattern of a level.
func (c *counts) fill(style *listStyle, at int) string {
	var filled strings.Builder
	rest := style.level(at).pattern
	for {
		before, after, found := strings.Cut(rest, "%")
		filled.WriteString(before)
		if !found {
			return filled.String()
		}
		place, behind, closed := strings.Cut(after, "%")
		shown := number(place, 0) - 1
		if !closed || shown < 0 || shown >= levels {
			filled.WriteByte('%')
			rest = after
			continue
		}
		if shown <= at {
			filled.WriteString(c.render(style, at, shown))
		}
		rest = behind
	}
}

// render writes the number of one level as another shows it.
func (c *counts) render(style *listStyle, at, shown int) string {
	l := style.level(shown)
	if shown < at && l.format != "" && style.level(at).legal {
		return strconv.Itoa(c.value[shown])
	}
	return l.render(c.value[shown])
}

// render writes a number in the level's format, in decimals where the format is not
// known or has no sign for the number.
func (l *level) render(value int) string {
	switch {
	case l.format == "":
		return ""
	case l.format == "i":
		return office.Roman(value)
	case l.format == "I":
		return strings.ToUpper(office.Roman(value))
	case l.format == "a":
		return strings.ToLower(l.letters(value))
	case l.format == "A":
		return strings.ToUpper(l.letters(value))
	case strings.HasPrefix(l.format, "0"): // "01, 02, 03, ..."
		width := strings.IndexByte(l.format, '1') + 1
		return fmt.Sprintf("%0*d", min(max(width, 1), levels), value)
	}
	return strconv.Itoa(value)
}

func (l *level) letters(value int) string {
	if l.synced || value < 1 {
		return office.Letters(value)
	}
	return office.Column(value - 1)
}

// A list is a text:list while it is read.
type list struct {
	style  string // name; "" where neither it nor one around it names any
	level  int    // from 0
	counts *counts
	goesOn bool // it continues another, and so do the lists in it that do not say otherwise
	item   item
}

// An item is what a list's item says of its number.
type item struct {
	labelled bool   // it has no number, or its first paragraph has had it
	value    int    // that the number is set to; -1 none
	style    string // that replaces the list's; "" none
}

// readList reads text:list.
func (w *walker) readList(element start) error {
	outer := w.list
	w.list = w.openList(element)
	err := w.x.Children(func(element start) error {
		switch element.Name.Local {
		case "list-item":
			w.list.item = item{value: number(limit.Attr(element, "start-value"), -1), style: limit.Attr(element, "style-override")}
		case "list-header":
			w.list.item = item{labelled: true}
		default:
			return nil
		}
		return w.blocks()
	})
	w.list = outer
	return err
}

// openList says what a list counts on from: what it says it continues, the list
// around it, or nothing.
func (w *walker) openList(element start) *list {
	l := &list{style: limit.Attr(element, "style-name"), goesOn: limit.Attr(element, "continue-numbering") == "true"}
	continued := w.named[limit.Attr(element, "continue-list")]
	switch {
	case w.list != nil:
		w.list.within(l, limit.Attr(element, "continue-numbering") != "")
	case w.outline != nil && w.lists[l.style] == w.outline:
		l.counts, l.goesOn = w.headings, true
	case continued != nil:
		l.counts, l.goesOn = continued, true
	case l.goesOn && w.lastList != nil && w.lastList.style == l.style:
		l.counts = w.lastList
	default:
		l.counts = &counts{style: l.style}
	}
	if w.list == nil {
		w.lastList = l.counts
	}
	w.name(limit.Attr(element, "id"), l.counts)
	return l
}

// name remembers a list for those that continue it.
func (w *walker) name(id string, c *counts) {
	if id != "" && len(w.named) < limit.Passages {
		w.named[id] = c
	}
}

// within opens a list in an item of another; says is whether it says for itself that
// it goes on or begins anew.
func (outer *list) within(l *list, says bool) {
	l.level, l.counts = min(outer.level+1, levels-1), outer.counts
	l.style = cmp.Or(l.style, outer.style)
	l.goesOn = l.goesOn || !says && outer.goesOn
	if !l.goesOn {
		l.counts.restart(l.level)
	}
}

// numbered reads text:numbered-paragraph, an item that stands outside of a list.
func (w *walker) numbered(element start) error {
	outer, id := w.list, limit.Attr(element, "list-id")
	counted := w.named[id]
	if counted == nil {
		counted = &counts{}
		w.name(id, counted)
	}
	w.list = &list{
		style:  limit.Attr(element, "style-name"),
		level:  min(max(number(limit.Attr(element, "level"), 1), 1), levels) - 1,
		counts: counted,
		item:   item{value: number(limit.Attr(element, "start-value"), -1)},
	}
	err := w.blocks()
	w.list = outer
	return err
}

// mark counts a paragraph in its list, or a heading, and returns its number; listed
// says that it is an item of its own, with a number or a bullet.
func (w *walker) mark(p *paragraph) (mark string, listed bool) {
	if w.list == nil {
		return w.headingMark(p), false
	}
	item := &w.list.item
	if item.labelled || p.unnumbered {
		return "", false
	}
	item.labelled = true
	style := w.lists[item.style]
	if style == nil {
		style = w.lists[w.list.style]
	}
	if style == nil && w.list.style == "" && p.style.list != nil {
		style = w.lists[*p.style.list]
	}
	if style == nil {
		return "", true
	}
	w.list.counts.next(style, w.list.level, item.value)
	return w.list.counts.mark(style, w.list.level), true
}

// headingMark counts a heading outside of lists. One whose style names a list, even
// none, is left out of the outline's numbers.
func (w *walker) headingMark(p *paragraph) string {
	if p.depth == 0 || p.unnumbered || w.outline == nil {
		return ""
	}
	if list := p.style.list; list != nil && w.lists[*list] != w.outline {
		return ""
	}
	w.headings.next(w.outline, p.depth-1, p.value)
	return w.headings.mark(w.outline, p.depth-1)
}
