package pdf

import (
	"context"
	"fmt"
	"math"
	"slices"
	"unicode"
	"unicode/utf16"

	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/structs"
	"golang.org/x/text/unicode/norm"

	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// Bounds of the search for quotes. What lies beyond stands at the page's top.
const (
	searchedRunes = 200_000 // of one page
	quoteParts    = 40      // parts of a quote that the page's text has not in one piece
	reach         = 4_000   // runes between two such parts
	telling       = 4       // runes that a part has at least, unless it is the end of the quote or of the page
	foot          = 200     // runes at a page's end among which its text ends
	quoteBoxes    = 200     // boxes of one quote
)

// A quote is what is looked for on a page, and what stands around it in its passage,
// which tells it from the same words elsewhere on the page.
type quote struct{ Text, Before, After string }

// A spot is where a quote stands on a page.
type spot struct {
	Boxes []box  // in reading order, one for each line; nil where it is not there
	Rest  string // of the quote, for the next page; "" where all of it is here
}

// A box is a part of a page, in the page's own coordinates: its corners as they who read
// its text see them, upper left, upper right, lower left and lower right.
type box [4]point

type point struct{ X, Y float64 }

// spots finds quotes on a page, counted from 1.
func (i *instance) spots(number int, quotes []quote) ([]spot, error) {
	loaded, err := i.lib.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: i.document, Index: number - 1})
	if err != nil {
		return nil, fmt.Errorf("load page %d: %w", number, err)
	}
	if i.filledIn(loaded.Page) {
		if loaded.Page, err = i.flatten(loaded.Page, number); err != nil {
			return nil, err
		}
	}
	handle := requests.Page{ByReference: &loaded.Page}
	opened, err := i.lib.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: handle})
	if err != nil {
		return nil, fmt.Errorf("read page %d: %w", number, err)
	}
	text := opened.TextPage
	on, err := i.wording(text)
	if err != nil {
		return nil, fmt.Errorf("read page %d: %w", number, err)
	}
	found := make([]spot, len(quotes))
	for at, q := range quotes {
		parts, rest := on.find(q)
		found[at] = spot{Rest: rest}
		for _, p := range parts {
			found[at].Boxes = append(found[at].Boxes, i.boxes(text, on.units[p.from], on.units[p.to-1])...)
		}
		if len(found[at].Boxes) == 0 || len(found[at].Boxes) > quoteBoxes {
			found[at] = spot{Rest: q.Text}
		}
	}
	if _, err := i.lib.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text}); err != nil {
		return nil, fmt.Errorf("read page %d: %w", number, err)
	}
	_, err = i.lib.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page})
	return found, err
}

// wording reads what is compared of a page's text.
func (i *instance) wording(text references.FPDF_TEXTPAGE) (wording, error) {
	count, err := i.lib.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text})
	if err != nil || count.Count < 1 {
		return wording{}, err
	}
	got, err := i.lib.FPDFText_GetText(&requests.FPDFText_GetText{TextPage: text, Count: min(count.Count, limit.Text)})
	if err != nil {
		return wording{}, err
	}
	i.exact = count.Count == units(got.Text)
	return compared(got.Text), nil
}

// boxes returns the boxes of the characters from one UTF-16 unit of a page's text to
// another, those side by side as one.
func (i *instance) boxes(text references.FPDF_TEXTPAGE, first, last int) []box {
	from, ok := i.character(text, first)
	if !ok {
		return nil
	}
	to, ok := i.character(text, last)
	if !ok || to < from {
		return nil
	}
	var lines []written
	for index := from; index <= to && len(lines) <= quoteBoxes; index++ {
		// By the height of the type, so that the letters of a line are of one height.
		// FPDFText_CountRects leaves out what stands behind some letters.
		char, err := i.lib.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: text, Index: index})
		if err != nil || char.Rect.Left == char.Rect.Right || char.Rect.Bottom == char.Rect.Top {
			continue // line ends
		}
		way := i.way(text, index)
		next := way.seen(char.Rect)
		if at := len(lines) - 1; at >= 0 && lines[at].way == way && lines[at].beside(next) {
			lines[at].rule = lines[at].with(next)
			continue
		}
		lines = append(lines, written{next, way})
	}
	found := make([]box, len(lines))
	for at, l := range lines {
		found[at] = l.way.box(l.rule)
	}
	return found
}

// A way is where letters lead: how often a quarter turn clockwise from left to right, in
// the page's own coordinates.
type way int

// A written line is the space of letters that lead one way, turned so that they lead to
// the right.
type written struct {
	rule
	way way
}

// way returns where a character leads.
func (i *instance) way(text references.FPDF_TEXTPAGE, index int) way {
	angle, err := i.lib.FPDFText_GetCharAngle(&requests.FPDFText_GetCharAngle{TextPage: text, Index: index})
	if err != nil || math.IsNaN(float64(angle.CharAngle)) {
		return 0
	}
	return way(math.Round(float64(angle.CharAngle)/(math.Pi/2))) & 3
}

// turn turns a point so that what leads this way leads to the right, and back turns it
// back.
func (w way) turn(x, y float64) (float64, float64) {
	switch w {
	case 1:
		return -y, x
	case 2:
		return -x, -y
	case 3:
		return y, -x
	}
	return x, y
}

func (w way) back(x, y float64) (float64, float64) { return (-w & 3).turn(x, y) }

// seen is the space of a character that leads this way.
func (w way) seen(edges structs.FPDF_FS_RECTF) rule {
	x1, y1 := w.turn(float64(edges.Left), float64(edges.Bottom))
	x2, y2 := w.turn(float64(edges.Right), float64(edges.Top))
	return rule{min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)}
}

// box returns the box of what leads this way.
func (w way) box(r rule) box {
	var b box
	for at, corner := range []point{{r.Left, r.Top}, {r.Right, r.Top}, {r.Left, r.Bottom}, {r.Right, r.Bottom}} {
		b[at].X, b[at].Y = w.back(corner.X, corner.Y)
	}
	return b
}

// beside reports whether what follows, from the left or the right, stands on the same
// line, a word's gap away at most.
func (r rule) beside(next rule) bool {
	height := min(r.Top-r.Bottom, next.Top-next.Bottom)
	overlap := min(r.Top, next.Top) - max(r.Bottom, next.Bottom)
	gap := max(next.Left-r.Right, r.Left-next.Right)
	return overlap > height/2 && gap < max(r.Top-r.Bottom, next.Top-next.Bottom)
}

// with is the space of both.
func (r rule) with(next rule) rule {
	return rule{min(r.Left, next.Left), min(r.Bottom, next.Bottom), max(r.Right, next.Right), max(r.Top, next.Top)}
}

// wording are what is compared of a text: without white space, dashes and what is not
// seen, ligatures and accents taken apart. The reader has joined lines, so that these
// may differ between a page and what is quoted from it.
type wording struct {
	runes []rune
	units []int  // of each, the UTF-16 unit it stands at
	heads []bool // of each, whether a word begins with it
}

func compared(text string) wording {
	var l wording
	unit, head := 0, true
	for _, char := range text {
		kept := 0
		for _, part := range norm.NFKD.String(string(char)) {
			if seen(part) {
				l.runes = append(l.runes, part)
				l.units = append(l.units, unit)
				l.heads = append(l.heads, head && kept == 0)
				kept++
			}
		}
		head = unicode.IsSpace(char) || head && kept == 0
		unit += max(1, utf16.RuneLen(char))
	}
	return l
}

// seen reports whether a sign is compared. Private characters are the bullets of
// symbol fonts.
func seen(char rune) bool {
	switch char {
	case unicode.ReplacementChar, '\ufffe', '\uffff':
		return false
	}
	return !unicode.In(char, unicode.White_Space, unicode.Pd, unicode.Cc, unicode.Cf, unicode.Co)
}

// A stretch is a part of wording.
type stretch struct{ from, to int }

// find returns where a quote stands: at one place where it can be, else in parts that
// follow each other, as the lines of a cell do between those of its neighbours. The
// rest is what is not there.
func (l wording) find(q quote) ([]stretch, string) {
	wanted := compared(q.Text)
	if len(wanted.runes) == 0 {
		return nil, ""
	}
	if at := l.nearest(wanted.runes, compared(q.Before).runes, compared(q.After).runes); at >= 0 {
		return []stretch{{at, at + len(wanted.runes)}}, ""
	}
	found, taken := l.parts(wanted)
	rest := []rune{}
	for at := taken; at < len(wanted.runes); at++ {
		if wanted.heads[at] && at > taken {
			rest = append(rest, ' ')
		}
		rest = append(rest, wanted.runes[at])
	}
	return found, string(rest)
}

// nearest returns where runes stand, of several places that with the most of what
// stands before and after them; -1 for nowhere.
func (l wording) nearest(wanted, before, after []rune) int {
	best, most := -1, -1
	for at := 0; at+len(wanted) <= min(len(l.runes), searchedRunes); at++ {
		if l.runes[at] != wanted[0] || !slices.Equal(l.runes[at:at+len(wanted)], wanted) {
			continue
		}
		around := same(l.runes[at+len(wanted):], after) + trailing(l.runes[:at], before)
		if around > most {
			best, most = at, around
		}
	}
	return best
}

// same counts the runes that two texts begin with.
func same(a, b []rune) int {
	count := 0
	for count < min(len(a), len(b)) && a[count] == b[count] {
		count++
	}
	return count
}

// trailing counts the runes that two texts end with.
func trailing(a, b []rune) int {
	count := 0
	for count < min(len(a), len(b)) && a[len(a)-1-count] == b[len(b)-1-count] {
		count++
	}
	return count
}

// parts finds a quote in parts, each as long as can be, and returns how many of its
// runes they hold.
func (l wording) parts(wanted wording) (found []stretch, taken int) {
	from, to := 0, min(len(l.runes), searchedRunes)
	for taken < len(wanted.runes) && len(found) < quoteParts {
		at, length := l.longest(wanted, taken, from, to)
		if length < telling && taken == 0 {
			at, length = l.last(wanted)
		} else if length < min(telling, len(wanted.runes)-taken) {
			length = 0
		}
		if length == 0 {
			break
		}
		found = append(found, stretch{at, at + length})
		taken += length
		from, to = at+length, min(at+length+reach, len(l.runes), searchedRunes)
	}
	return found, taken
}

// longest returns where the most of what is wanted begins, up to the end of a word.
func (l wording) longest(wanted wording, taken, from, to int) (at, length int) {
	rest := wanted.runes[taken:]
	for start := from; start < to; start++ {
		if l.runes[start] != rest[0] || wanted.heads[taken] != l.heads[start] {
			continue
		}
		count := same(l.runes[start:to], rest)
		for count < len(rest) && count > 0 && !wanted.heads[taken+count] {
			count--
		}
		if count > length {
			at, length = start, count
		}
	}
	return at, length
}

// last returns where the first words of what is wanted stand last at the page's end:
// the others may follow on the next page.
func (l wording) last(wanted wording) (at, length int) {
	for start := len(l.runes) - 1; start >= max(0, len(l.runes)-foot); start-- {
		if at, length = l.longest(wanted, 0, start, min(start+telling, len(l.runes))); length > 0 {
			return at, length
		}
	}
	return 0, 0
}

// places finds quotes on a page, counted from 1, in their order.
func (i *instance) places(ctx context.Context, number int, quotes []quote) (found []spot, err error) {
	err = i.attempt(ctx, number, func() (err error) {
		found, err = i.spots(number, quotes)
		return err
	})
	return found, err
}
