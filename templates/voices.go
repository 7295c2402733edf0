package templates

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
	"github.com/clipperhouse/displaywidth"
	"github.com/fatih/color"
)

// Options of the output on a terminal.
type Options struct {
	Width  int  // columns; 0 means 80, less than 40 means 40
	Colour bool // colours and bold type; nothing is said by them alone
}

// Terminal writes a review as Fill returned it for reading on a terminal, or as
// plain text without Options.Colour. The first 24 lines of 80 columns tell how
// good, how sure, what blocks and what to do first.
func (words *Words) Terminal(out io.Writer, review austauschbar.Review, options Options) error {
	v, err := words.view(review)
	if err != nil {
		return fmt.Errorf("write terminal: %w", err)
	}
	v.Most, v.Least = 5, rowsShown
	return words.write(out, terminal(options), "review", v)
}

// Markdown writes a review as Fill returned it as a comment for GitHub, GitLab
// and their like, with all findings.
func (words *Words) Markdown(out io.Writer, review austauschbar.Review) error {
	v, err := words.view(review)
	if err != nil {
		return fmt.Errorf("write markdown: %w", err)
	}
	return words.write(out, markdown, "review", v)
}

// Comment writes the Markdown of a review in at most limit bytes, for forges
// that refuse longer comments. It is the Summary of one dossier.
func (words *Words) Comment(out io.Writer, review austauschbar.Review, limit int) error {
	return words.Summary(out, SummaryInput{Reviews: []austauschbar.Review{review}}, limit)
}

// JSON writes a review as Fill returned it: indented, with a newline at its end.
// Characters that have no visible form are written as \u escapes, so that the
// output is safe to look at; a parser reads the same text.
func (words *Words) JSON(out io.Writer, review austauschbar.Review) error {
	review, err := words.shown(review)
	if err != nil {
		return fmt.Errorf("write json: %w", err)
	}
	return writeJSON(out, review)
}

func writeJSON(out io.Writer, value any) error {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(value); err != nil {
		return fmt.Errorf("write json: %w", err)
	}
	var safe bytes.Buffer
	for rest := text.Bytes(); len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		rest = rest[size:]
		switch {
		case r == '\n' || !unicode.In(r, unicode.Cc, unicode.Cf):
			safe.WriteRune(r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&safe, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&safe, `\u%04x`, r)
		}
	}
	if _, err := out.Write(safe.Bytes()); err != nil {
		return fmt.Errorf("write json: %w", err)
	}
	return nil
}

// markdown is for GitHub, GitLab, Gitea and readers of plain text.
var markdown = voice{shape: "markdown", escape: escapeMarkdown, functions: map[string]any{
	"link":    link,
	"mermaid": drawing.mermaid,
	// code is for ids, which are there to be copied.
	"code": func(id string) markup {
		if plainID.MatchString(id) {
			return markup("`" + id + "`")
		}
		return markup(escapeMarkdown(id))
	},
}}

// link is a reference as a link of Markdown; its text alone where its address is none
// of the web.
func link(reference austauschbar.Reference) markup {
	text := reference.Description
	if text == "" {
		text = reference.Ref
	}
	if address := escapeAddress(reference.Ref); address != "" {
		return markup("[" + escapeMarkdown(text) + "](<" + address + ">)")
	}
	return markup(escapeMarkdown(text))
}

// plainID matches ids that can be shown as code as they are.
var plainID = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z:._-]*$`)

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
//	source REFERENCE          description and address
func terminal(options Options) voice {
	width := options.Width
	if width == 0 {
		width = 80
	}
	width = max(width, 40)
	v := voice{shape: "terminal", escape: visible}
	cut := func(columns int, text any) markup {
		return markup(screen.TruncateString(string(v.safe(text)), max(columns, 1), "…"))
	}
	filled := func(columns int, text any) (markup, string) {
		short := cut(columns, text)
		return short, strings.Repeat(" ", columns-screen.String(string(short)))
	}
	v.functions = map[string]any{
		"paint": func(name string, text any) markup {
			plain := string(v.safe(text))
			attributes, known := colours[name]
			if !known || !options.Colour {
				return markup(plain)
			}
			paint := color.New(attributes...)
			paint.EnableColor()
			return markup(paint.Sprint(plain))
		},
		"pad": func(columns int, text any) markup {
			short, blanks := filled(columns, text)
			return short + markup(blanks)
		},
		"right": func(columns int, text any) markup {
			short, blanks := filled(columns, text)
			return markup(blanks) + short
		},
		"cut":  cut,
		"left": func(columns int) int { return max(width-columns, 8) },
		"line": func(texts ...any) markup {
			var whole markup
			for _, text := range texts {
				whole += v.safe(text)
			}
			return markup(strings.TrimRight(string(cut(width, whole)), " "))
		},
		"para": func(first, rest string, text any) markup {
			return markup(wrap(string(v.safe(text)), first, rest, width))
		},
		// shown leaves the last of most lines to the rest.
		"shown": func(count, most int) int {
			if count > most {
				return most - 1
			}
			return count
		},
		"rest": func(criteria []austauschbar.Criterion, from int) []austauschbar.Criterion { return criteria[from:] },
		"ids": func(criteria []austauschbar.Criterion) string {
			var ids []string
			for _, criterion := range criteria {
				ids = append(ids, criterion.ID)
			}
			return strings.Join(ids, ", ")
		},
		"source": func(reference austauschbar.Reference) string {
			if reference.Description == "" {
				return reference.Ref
			}
			return reference.Description + ", " + reference.Ref
		},
		"rule": func() markup { return markup(strings.Repeat("─", width)) },
		"bar": func(score *float64) markup {
			if score == nil {
				return ""
			}
			boxes := int(min(max(*score, 0), 100)/10 + 0.5)
			return markup(strings.Repeat("█", boxes) + strings.Repeat("░", 10-boxes))
		},
	}
	return v
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
