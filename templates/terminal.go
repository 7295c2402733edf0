package templates

import (
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/clipperhouse/displaywidth"
	"github.com/fatih/color"
)

// colours are hints only: the words say the same.
var colours = map[string][]color.Attribute{
	"blocker": {color.FgRed, color.Bold}, "major": {color.FgYellow, color.Bold}, "minor": {color.FgYellow},
	"hint": {color.FgCyan}, "question": {color.FgMagenta},
	"met": {color.FgGreen}, "partly": {color.FgYellow}, "not_met": {color.FgRed},
	"A": {color.FgGreen, color.Bold}, "B": {color.FgGreen}, "C": {color.FgYellow}, "D": {color.FgRed}, "E": {color.FgRed, color.Bold},
	"bold": {color.Bold}, "faint": {color.Faint},
}

// screen measures and cuts what a terminal shows; colours take no room.
var screen = displaywidth.Options{ControlSequences: true}

// terminal offers shapes:
//
//	paint COLOUR TEXT         bold, faint, or the colour of a severity, rating, level
//	pad N TEXT, right N TEXT  filled up with blanks to N columns
//	cut N TEXT                cut to N columns
//	left N                    columns left beside N
//	line TEXT…                one line, cut at the right margin
//	para FIRST REST TEXT      wrapped, with what the lines begin with
//	rule                      a line across
//	bar SCORE                 ten boxes
//	shown COUNT MOST          how many of a list fit, the last line left to the rest
//	source REFERENCE          description and address
func terminal(options Options) voice {
	width := options.Width
	if width == 0 {
		width = 80
	}
	page := page{width: max(width, 40), colour: options.Colour, voice: voice{shape: "terminal", escape: visible}}
	page.voice.functions = map[string]any{
		"paint": page.paint, "pad": page.pad, "right": page.right, "cut": page.cut, "left": page.left,
		"line": page.line, "para": page.para, "rule": page.rule,
		"bar": bar, "shown": fitting, "rest": restFrom, "ids": idsOf, "source": source,
	}
	return page.voice
}

// A page is what a terminal shows of a review.
type page struct {
	width  int // columns
	colour bool
	voice  voice
}

func (p page) paint(name string, text any) markup {
	plain := string(p.voice.safe(text))
	attributes, known := colours[name]
	if !known || !p.colour {
		return markup(plain)
	}
	paint := color.New(attributes...)
	paint.EnableColor()
	return markup(paint.Sprint(plain))
}

func (p page) cut(columns int, text any) markup {
	return markup(screen.TruncateString(string(p.voice.safe(text)), max(columns, 1), "…"))
}

func (p page) pad(columns int, text any) markup {
	short, blanks := p.filled(columns, text)
	return short + blanks
}

func (p page) right(columns int, text any) markup {
	short, blanks := p.filled(columns, text)
	return blanks + short
}

// filled cuts a text and gives the blanks that fill its columns up.
func (p page) filled(columns int, text any) (short, blanks markup) {
	short = p.cut(columns, text)
	return short, markup(strings.Repeat(" ", columns-screen.String(string(short))))
}

func (p page) left(columns int) int { return max(p.width-columns, 8) }

func (p page) line(texts ...any) markup {
	var whole markup
	for _, text := range texts {
		whole += p.voice.safe(text)
	}
	return markup(strings.TrimRight(string(p.cut(p.width, whole)), " "))
}

func (p page) para(first, rest string, text any) markup {
	return markup(wrap(string(p.voice.safe(text)), first, rest, p.width))
}

func (p page) rule() markup { return markup(strings.Repeat("─", p.width)) }

func bar(score *float64) markup {
	if score == nil {
		return ""
	}
	boxes := int(min(max(*score, 0), 100)/10 + 0.5)
	return markup(strings.Repeat("█", boxes) + strings.Repeat("░", 10-boxes))
}

func fitting(count, most int) int {
	if count > most {
		return most - 1
	}
	return count
}

func restFrom(criteria []austauschbar.Criterion, from int) []austauschbar.Criterion {
	return criteria[from:]
}

func idsOf(criteria []austauschbar.Criterion) string {
	names := make([]string, len(criteria))
	for i, criterion := range criteria {
		names[i] = criterion.ID
	}
	return strings.Join(names, ", ")
}

func source(reference austauschbar.Reference) string {
	if reference.Description == "" {
		return reference.Ref
	}
	return reference.Description + ", " + reference.Ref
}

// wrap breaks a text at blanks only, so that "EX-02" stays whole, and anywhere
// within what is longer than a line. Addresses are never broken: they are there
// to be followed.
func wrap(text, first, rest string, width int) string {
	var out strings.Builder
	out.WriteString(first)
	column, margin := screen.String(first), screen.String(first)
	newLine := func() {
		out.WriteString("\n" + rest)
		margin = screen.String(rest)
		column = margin
	}
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' }) {
		size := screen.String(word)
		switch {
		case column == margin:
		case column+1+size <= width:
			out.WriteByte(' ')
			column++
		default:
			newLine()
		}
		for column+size > width && width > margin && !strings.HasPrefix(word, "http") {
			head := screen.TruncateString(word, width-column, "")
			if head == "" || !strings.HasPrefix(word, head) {
				break
			}
			out.WriteString(head)
			word = strings.TrimPrefix(word, head)
			size = screen.String(word)
			newLine()
		}
		out.WriteString(word)
		column += size
	}
	return out.String()
}
