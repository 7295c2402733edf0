// Package html reads web pages (.html, .htm, .xhtml): what a person sees of them,
// without the parts that serve for finding one's way around a site.
package html

import (
	"bytes"
	"context"
	"regexp"
	"sort"
	"unicode/utf8"

	"golang.org/x/net/html/charset"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/plain"
)

// Read turns a page into passages, each with the line its text begins on. List
// items bear the marks that a browser shows. A table's heading rows stand in the
// cells below them; a row with headings, inner tables or a single cell lays out the
// page and gives its contents one by one. A term and its description are a row.
// Images keep their alternative text. Struck text, scripts, buttons, references to
// footnotes and embedded drawings are left out, as are navigation, the site's
// consent dialogue and, of a page that marks its main content, the headers, footers
// and asides around it. Blocks that the page itself hides are marked as hidden; style
// sheets are not looked at.
//
// The encoding is that of the byte order mark, UTF-8, or else the one declared, or
// else Windows-1252. Refusals: "empty", "too_large", "not_text", "timeout".
func Read(ctx context.Context, data []byte) (austauschbar.Text, error) {
	source, err := decode(data)
	if err != nil {
		return austauschbar.Text{}, err
	}
	w := newWalker(ctx, source, furniture{main: main.MatchString(source)})
	err = w.read()
	if err == nil && len(w.passages) == 0 && w.furniture.dropped {
		w = newWalker(ctx, source, furniture{keep: true})
		err = w.read()
	}
	return limit.Finish(ctx, austauschbar.Text{Title: w.title, Passages: w.sorted()}, err)
}

// main finds the mark of a page's main content.
var main = regexp.MustCompile(`(?i)<main[\s>]|\srole\s*=\s*["']?main\b`)

// A Setting says where in another document a fragment stands.
type Setting struct {
	Line   int // on which the fragment begins, 1-based
	Level  int // of lists around it
	Quoted bool
}

// Fragment turns HTML within another document into passages; of rows outside tables
// it makes a table. Its error is a *limit.Refusal where a limit was reached; what
// stands before it is returned too.
func Fragment(ctx context.Context, source string, in Setting) ([]austauschbar.Passage, error) {
	w := newWalker(ctx, source, furniture{keep: true})
	w.line, w.fragment = in.Line, true
	w.stack[0].lists = in.Level
	if in.Quoted {
		w.stack[0].kind = austauschbar.Quotation
	}
	err := w.read()
	return w.sorted(), err
}

// sorted returns the passages by line: what stands in a row's cells beside its text
// follows the row.
func (w *walker) sorted() []austauschbar.Passage {
	sort.SliceStable(w.passages, func(a, b int) bool { return w.passages[a].Line < w.passages[b].Line })
	return w.passages
}

// declared finds the encoding that an XML declaration states.
var declared = regexp.MustCompile(`^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]+)`)

// decode returns a page as UTF-8 with "\n" at the ends of its lines. A few control
// characters, as old editors leave them, are dropped.
func decode(data []byte) (string, error) {
	if len(data) > limit.File {
		return "", limit.Refuse("too_large", "")
	}
	switch {
	case bytes.HasPrefix(data, []byte("<\x00")): // UTF-16 without a byte order mark
		data = append([]byte("\xff\xfe"), data...)
	case bytes.HasPrefix(data, []byte("\x00<")):
		data = append([]byte("\xfe\xff"), data...)
	}
	if marked := bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")); marked {
		return plain.Decode(data)
	}
	if !utf8.Valid(data) {
		encoding, name, _ := charset.DetermineEncoding(data, "")
		if m := declared.FindSubmatch(data[:min(len(data), 1024)]); m != nil {
			if stated, statedName := charset.Lookup(string(m[1])); stated != nil {
				encoding, name = stated, statedName
			}
		}
		if name == "utf-8" {
			data = bytes.ToValidUTF8(data, []byte("\ufffd"))
		} else if decoded, err := encoding.NewDecoder().Bytes(data); err == nil {
			data = decoded
		}
	}
	return plain.Decode(withoutControls(data))
}

// withoutControls drops control characters unless there are so many that the data
// is no text.
func withoutControls(data []byte) []byte {
	controls := 0
	for _, char := range data {
		if control(rune(char)) {
			controls++
		}
	}
	if controls == 0 || controls > len(data)/100 {
		return data
	}
	return bytes.Map(func(char rune) rune {
		if control(char) {
			return -1
		}
		return char
	}, data)
}

func control(char rune) bool {
	return char < ' ' && char != '\n' && char != '\r' && char != '\t' && char != '\f'
}
