package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/austauschbar/austauschbar"
)

// html writes the text of a block of HTML: one passage for each element that
// stands by itself.
func (w *walker) html(node *ast.HTMLBlock, in within) error {
	first, ok := start(node)
	if !ok {
		return nil
	}
	var raw bytes.Buffer
	for i := range node.Lines().Len() {
		segment := node.Lines().At(i)
		raw.Write(segment.Value(w.source))
	}
	if node.HasClosure() {
		raw.Write(node.ClosureLine.Value(w.source))
	}
	h := &hypertext{walker: w, in: in, line: w.line(first)}
	h.fresh(austauschbar.Paragraph, 0)
	return h.read(raw.Bytes())
}

// hypertext collects the passages of one block of HTML.
type hypertext struct {
	*walker
	in    within
	line  int // of the tokenizer
	skip  int // open elements whose text nobody sees
	text  strings.Builder
	open  austauschbar.Passage
	cells []string // of an open row; nil outside rows
}

func (h *hypertext) read(raw []byte) error {
	tokens := html.NewTokenizer(bytes.NewReader(raw))
	for {
		kind := tokens.Next()
		length := bytes.Count(tokens.Raw(), []byte("\n"))
		var err error
		switch kind {
		case html.ErrorToken:
			return h.end()
		case html.TextToken:
			h.write(string(tokens.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := tokens.TagName()
			err = h.tag(atom.Lookup(name), kind == html.StartTagToken)
		case html.EndTagToken:
			name, _ := tokens.TagName()
			err = h.endTag(atom.Lookup(name))
		}
		if err != nil {
			return err
		}
		h.line += length
	}
}

// write adds text. The passage begins on the line of its first visible letter.
func (h *hypertext) write(text string) {
	if h.skip > 0 {
		return
	}
	if h.open.Line == 0 {
		if visible := strings.TrimLeft(text, " \t\n"); visible != "" {
			h.open.Line = h.line + strings.Count(text[:len(text)-len(visible)], "\n")
		}
	}
	h.text.WriteString(text)
}

func (h *hypertext) tag(name atom.Atom, opens bool) error {
	switch name {
	case atom.Script, atom.Style, atom.Del, atom.S, atom.Strike:
		if opens {
			h.skip++
		}
	case atom.Br:
		h.write(" ")
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return h.next(austauschbar.Heading, int(name.String()[1]-'0'))
	case atom.Li:
		return h.next(austauschbar.Item, h.in.level+1)
	case atom.Blockquote:
		return h.next(austauschbar.Quotation, 0)
	case atom.Pre:
		return h.next(austauschbar.Code, 0)
	case atom.Tr:
		err := h.next(austauschbar.Row, 0)
		h.cells = []string{}
		return err
	case atom.Td, atom.Th:
		h.cell()
	case atom.P, atom.Div, atom.Ul, atom.Ol, atom.Table, atom.Details, atom.Summary, atom.Section, atom.Dt, atom.Dd, atom.Hr:
		if h.cells == nil {
			return h.next(austauschbar.Paragraph, 0)
		}
		h.write(" ")
	}
	return nil
}

func (h *hypertext) endTag(name atom.Atom) error {
	switch name {
	case atom.Script, atom.Style, atom.Del, atom.S, atom.Strike:
		h.skip = max(0, h.skip-1)
	case atom.Td, atom.Th:
		h.cell()
	case atom.Tr, atom.Table, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Li, atom.Blockquote, atom.Pre:
		return h.next(austauschbar.Paragraph, 0)
	case atom.P, atom.Div, atom.Details, atom.Summary, atom.Section, atom.Dt, atom.Dd:
		if h.cells == nil {
			return h.next(austauschbar.Paragraph, 0)
		}
		h.write(" ")
	}
	return nil
}

// cell closes the cell of an open row.
func (h *hypertext) cell() {
	if h.cells == nil {
		return
	}
	if text := clean(h.text.String()); text != "" {
		h.cells = append(h.cells, text)
	}
	h.text.Reset()
}

// next writes the open passage and opens one of another kind.
func (h *hypertext) next(kind austauschbar.PassageKind, level int) error {
	err := h.end()
	h.fresh(kind, level)
	return err
}

func (h *hypertext) fresh(kind austauschbar.PassageKind, level int) {
	if h.in.quoted && kind != austauschbar.Row {
		kind, level = austauschbar.Quotation, 0
	}
	h.open = austauschbar.Passage{Kind: kind, Level: level}
	h.cells = nil
	h.text.Reset()
}

func (h *hypertext) end() error {
	if h.cells != nil {
		h.cell()
		for _, cell := range h.cells {
			h.open.Cells = append(h.open.Cells, austauschbar.Cell{Text: cell})
		}
		h.open.Text = strings.Join(h.cells, " | ")
	} else {
		h.open.Text = clean(h.text.String())
	}
	if h.open.Line == 0 {
		h.open.Line = h.line
	}
	return h.put(h.open)
}
