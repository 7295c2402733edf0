package templates

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
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
