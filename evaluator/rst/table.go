package rst

import (
	"encoding/csv"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// Bounds of a table: how many columns are told apart, and how many rows can head it.
const (
	columns     = 256
	headingRows = 8
)

// A cell is a cell while its table is read.
type cell struct {
	column, span int
	lines        []line
}

var (
	gridBorder   = regexp.MustCompile(`^\+(?:[-=]+\+)+$`)
	simpleBorder = regexp.MustCompile(`^=+(?:[ \t]+=+)+$`)
	simpleSpan   = regexp.MustCompile(`^-+(?:[ \t]+-+)*$`)
)

// tableEnd returns the index behind the table that begins at an index; the index
// itself where none does.
func tableEnd(block []line, at, base int) int {
	switch text := block[at].text; {
	case gridBorder.MatchString(text):
		end := at
		for end < len(block) && block[end].indent == base && block[end].text != "" && strings.IndexByte("+|", block[end].text[0]) >= 0 {
			end++
		}
		return end
	case simpleBorder.MatchString(text):
		borders, last := 0, at
		for end := at; end < len(block) && (block[end].text == "" || block[end].indent >= base); end++ {
			if block[end].text == "" || !simpleBorder.MatchString(block[end].text) {
				continue
			}
			borders, last = borders+1, end
			if borders == 3 || borders > 1 && (end+1 == len(block) || block[end+1].text == "") {
				break
			}
		}
		if last > at {
			return last + 1
		}
	}
	return at
}

// table reads a table that is drawn.
func (p *parser) table(block []line, in within) error {
	if err := p.endTerm(); err != nil {
		return err
	}
	if block[0].text[0] == '+' {
		return p.drawn(block)
	}
	return p.ruled(block)
}

// drawn reads a table whose cells are boxes. A rule that crosses only some of them
// ends the row for all.
func (p *parser) drawn(block []line) error {
	var edges []int
	for _, l := range block {
		if l.text[0] != '+' {
			continue
		}
		for at, char := range []rune(l.text) {
			if char == '+' && !slices.Contains(edges, at) && len(edges) <= columns {
				edges = append(edges, at)
			}
		}
	}
	slices.Sort(edges)
	t := &rows{parser: p}
	heads := slices.ContainsFunc(block[1:max(len(block)-1, 1)], func(l line) bool { return gridBorder.MatchString(l.text) && strings.Contains(l.text, "=") })
	for _, l := range block {
		text := []rune(l.text)
		crossed := false
		var cells []cell
		open := 0
		for i := 1; i < len(edges); i++ {
			if edges[i] < len(text) && text[edges[i]] != '|' && text[edges[i]] != '+' && i+1 < len(edges) {
				continue // the cell spans this edge
			}
			from, to := min(edges[open]+1, len(text)), min(edges[i], len(text))
			part := strings.TrimSpace(string(text[from:max(from, to)]))
			if rule := strings.Trim(part, "-=+") == "" && len(part) > 0 && to > from && len(part) == to-from; rule {
				crossed = true
			} else if part != "" {
				cells = append(cells, cell{column: open, span: i - open, lines: []line{{number: l.number, indent: from + indentOf(text[from:max(from, to)]), text: part}}})
			}
			open = i
		}
		if crossed {
			if err := t.end(heads); err != nil {
				return err
			}
			heads = heads && !strings.Contains(l.text, "=")
		}
		for _, c := range cells {
			t.write(c)
		}
	}
	return t.end(false)
}

func indentOf(text []rune) int {
	for at, char := range text {
		if char != ' ' {
			return at
		}
	}
	return 0
}

// ruled reads a table of columns below rules. A line without a first cell belongs to
// the row above.
func (p *parser) ruled(block []line) error {
	var starts []int
	rule := []rune(block[0].text)
	for at := range rule {
		if rule[at] == '=' && (at == 0 || rule[at-1] != '=') && len(starts) < columns {
			starts = append(starts, at)
		}
	}
	borders := 0
	for _, l := range block {
		if simpleBorder.MatchString(l.text) {
			borders++
		}
	}
	t := &rows{parser: p}
	heads := borders > 2
	for _, l := range block[1:] {
		switch {
		case simpleBorder.MatchString(l.text):
			if err := t.end(heads); err != nil {
				return err
			}
			heads = false
			continue
		case l.text == "", simpleSpan.MatchString(l.text):
			if err := t.end(heads); err != nil {
				return err
			}
			continue
		}
		text := []rune(strings.Repeat(" ", min(max(l.indent-block[0].indent, 0), 1000)) + l.text)
		if text[0] != ' ' && !heads {
			if err := t.end(false); err != nil {
				return err
			}
		}
		for i := 0; i < len(starts); i++ {
			open, from := i, min(starts[i], len(text))
			for i+1 < len(starts) && starts[i+1] < len(text) && text[starts[i+1]-1] != ' ' {
				i++ // the text spans columns
			}
			to := len(text)
			if i+1 < len(starts) {
				to = min(starts[i+1], len(text))
			}
			if part := strings.TrimSpace(string(text[from:to])); part != "" {
				t.write(cell{column: open, span: i - open + 1, lines: []line{{number: l.number, indent: from, text: part}}})
			}
		}
	}
	return t.end(false)
}

// rows makes passages of rows.
type rows struct {
	*parser
	cells  []cell
	header []string // by column
	headed int      // rows that went into the header
}

// write adds a line to the open cell of its column.
func (t *rows) write(c cell) {
	if at := slices.IndexFunc(t.cells, func(open cell) bool { return open.column == c.column }); at >= 0 {
		t.cells[at].lines = append(t.cells[at].lines, c.lines...)
		return
	}
	t.cells = append(t.cells, c)
}

// end ends the open row, which may head those below.
func (t *rows) end(heads bool) error {
	cells := t.cells
	t.cells = nil
	if len(cells) == 0 {
		return nil
	}
	if heads {
		t.headed++
		heads = t.headed <= headingRows
	}
	slices.SortStableFunc(cells, func(a, b cell) int { return a.column - b.column })
	found := austauschbar.Passage{Kind: austauschbar.Row}
	var texts []string
	for _, c := range cells {
		text, err := t.textOf(c.lines)
		if err != nil {
			return err
		}
		if text == "" {
			continue
		}
		if heads {
			for len(t.header) < c.column+c.span {
				t.header = append(t.header, "")
			}
			for column := c.column; column < c.column+c.span; column++ {
				t.header[column] = strings.TrimSpace(t.header[column] + " " + text)
			}
			continue
		}
		head := ""
		if c.column < len(t.header) {
			head = t.header[c.column]
		}
		if first := c.lines[0].number; found.Line == 0 || first < found.Line {
			found.Line = first
		}
		found.Cells = append(found.Cells, austauschbar.Cell{Header: head, Text: text})
		texts = append(texts, text)
	}
	found.Text = strings.Join(texts, " | ")
	return t.add(found)
}

// textOf returns the text of a cell's blocks.
func (p *parser) textOf(block []line) (string, error) {
	inner := &parser{document: p.document, ctx: p.ctx, meter: &limit.Meter{}, steps: p.steps}
	err := inner.blocks(block, within{depth: depth - 4})
	var texts []string
	for _, found := range inner.passages {
		texts = append(texts, strings.TrimSpace(found.Number+" "+found.Text))
	}
	return strings.Join(texts, " "), err
}

// listed reads a table that is written as a list of lists.
func (p *parser) listed(d directive) error {
	heading, _ := strconv.Atoi(d.options["header-rows"])
	t := &rows{parser: p}
	for number, row := range items(d.content) {
		for column, content := range items(row) {
			if column < columns {
				t.write(cell{column: column, span: 1, lines: content})
			}
		}
		if err := t.end(number < heading); err != nil {
			return err
		}
	}
	return nil
}

// items returns the contents of the items of a bullet list.
func items(block []line) [][]line {
	base := margin(block)
	var found [][]line
	for at := 0; at < len(block); {
		mark := ""
		if block[at].text != "" {
			mark = bullet.FindString(block[at].text)
		}
		if mark == "" {
			at++
			continue
		}
		end := extent(block, at+1, base)
		content := slices.Clone(block[at:end])
		content[0] = line{number: content[0].number, indent: base + len(mark), text: content[0].text[len(mark):]}
		found = append(found, content)
		at = end
	}
	return found
}

// separated reads a table of separated values.
func (p *parser) separated(d directive) error {
	if file := d.options["file"] + d.options["url"]; file != "" {
		p.include(file)
		return nil
	}
	heading, _ := strconv.Atoi(d.options["header-rows"])
	text := ""
	if stated := d.options["header"]; stated != "" {
		text, heading = stated+"\n", heading+1
	}
	skipped := strings.Count(text, "\n")
	var b strings.Builder
	b.WriteString(text)
	for _, l := range d.content {
		b.WriteString(l.text + "\n")
	}
	r := csv.NewReader(strings.NewReader(b.String()))
	r.LazyQuotes, r.FieldsPerRecord, r.TrimLeadingSpace = true, -1, true
	if delimiter := d.options["delim"]; len(delimiter) == 1 && strings.Contains(";|:", delimiter) {
		r.Comma = rune(delimiter[0])
	} else if delimiter == "tab" {
		r.Comma = '\t'
	}
	t := &rows{parser: p}
	for number := 0; ; number++ {
		record, err := r.Read()
		if err != nil {
			return nil
		}
		for column, value := range record {
			at, _ := r.FieldPos(column)
			first := d.line
			if at > skipped && at-skipped <= len(d.content) {
				first = d.content[at-skipped-1].number
			}
			if column < columns {
				t.write(cell{column: column, span: 1, lines: []line{{number: first, text: strings.Join(strings.Fields(value), " ")}}})
			}
		}
		if err := t.end(number < heading); err != nil {
			return err
		}
	}
}
