package asciidoc

import (
	"encoding/csv"
	"regexp"
	"strconv"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// columns is how many columns of a table are told apart.
const columns = 256

var tableFence = regexp.MustCompile(`^[|,:!]={3,}$`)

// A cell is a cell of a table before it is placed.
type cell struct {
	line         int
	text         string
	across, down int  // columns and rows it spans
	blocks       bool // it holds blocks, not a text
	copies       int
}

// A grid places cells in rows.
type grid struct {
	width  int
	row    int
	column int
	until  []int // by column: the row up to which a cell above reaches
	cells  []placed
}

type placed struct {
	cell
	column int
}

// table reads a table.
func (p *parser) table(fence string, in within) error {
	attrs := p.take()
	p.endLists()
	if err := p.endTerm(); err != nil {
		return err
	}
	begin := p.at + 1
	for p.at++; p.at < len(p.lines) && p.lines[p.at].text != fence; p.at++ {
	}
	body := p.lines[begin:p.at]
	p.at = min(p.at+1, len(p.lines))
	width, blocks := columnsOf(attrs.named["cols"])
	var cells []cell
	var first int
	switch format := formatOf(fence, attrs); format {
	case "csv", "tsv", "dsv":
		cells, first = separated(body, format, attrs.named["separator"])
	default:
		bar := string(fence[0])
		if separator := attrs.named["separator"]; separator != "" {
			bar = separator
		}
		cells, first = barred(body, bar)
	}
	if width == 0 {
		width = max(first, 1)
	}
	headed := attrs.options["header"] || !attrs.options["noheader"] && first == width && implied(body)
	g := &grid{width: min(width, columns), row: 1, until: make([]int, min(width, columns))}
	var heads []string
	for at, c := range cells {
		if at%1000 == 0 && p.ctx.Err() != nil {
			return p.ctx.Err()
		}
		for range max(c.copies, 1) {
			c.blocks = c.blocks || g.column < len(blocks) && blocks[g.column]
			if !g.place(c) {
				continue
			}
			if err := p.row(g, &heads, headed && g.row == 1, in); err != nil {
				return err
			}
			g.next()
		}
	}
	return p.row(g, &heads, false, in)
}

// place puts a cell into the open row and reports whether that is full.
func (g *grid) place(c cell) bool {
	g.skip()
	end := min(g.column+max(c.across, 1), g.width)
	g.cells = append(g.cells, placed{c, g.column})
	for column := g.column; column < end; column++ {
		g.until[column] = g.row + max(c.down, 1) - 1
	}
	g.column = end
	g.skip()
	return g.column == g.width
}

// skip passes the columns that cells above reach into.
func (g *grid) skip() {
	for g.column < g.width && g.until[g.column] >= g.row && g.row > 1 {
		g.column++
	}
}

// next begins the next row that has room.
func (g *grid) next() {
	g.cells = g.cells[:0]
	for {
		g.row, g.column = g.row+1, 0
		if g.skip(); g.column < g.width {
			return
		}
	}
}

// row makes a passage of a row, or the heads of the columns.
func (p *parser) row(g *grid, heads *[]string, heading bool, in within) error {
	if len(g.cells) == 0 {
		return nil
	}
	found := austauschbar.Passage{Kind: austauschbar.Row}
	var texts []string
	var notes []string
	for _, c := range g.cells {
		text, more, err := p.cellText(c.cell, in)
		if err != nil {
			return err
		}
		notes = append(notes, more...)
		if heading {
			for len(*heads) < min(c.column+max(c.across, 1), g.width) {
				*heads = append(*heads, text)
			}
			continue
		}
		if text == "" {
			continue
		}
		if found.Line == 0 {
			found.Line = c.line
		}
		head := ""
		if c.column < len(*heads) {
			head = (*heads)[c.column]
		}
		found.Cells = append(found.Cells, austauschbar.Cell{Header: head, Text: text})
		texts = append(texts, text)
	}
	found.Text = strings.Join(texts, " | ")
	if err := p.add(found); err != nil {
		return err
	}
	return p.footnotes(notes, found.Line)
}

// cellText returns the text of a cell; of one with blocks, that of its blocks.
func (p *parser) cellText(c cell, in within) (string, []string, error) {
	if !c.blocks || in.depth > 8 {
		text, notes := inline(c.text)
		return text, notes, nil
	}
	inner := &parser{ctx: p.ctx, meter: &limit.Meter{}}
	for i, text := range strings.Split(c.text, "\n") {
		inner.lines = append(inner.lines, line{number: c.line + i, text: strings.TrimSpace(text)})
	}
	err := inner.blocks(within{depth: in.depth + 2})
	var texts, notes []string
	for _, found := range inner.passages {
		if found.Kind == austauschbar.Footnote {
			notes = append(notes, found.Text)
			continue
		}
		texts = append(texts, strings.TrimSpace(found.Number+" "+found.Text))
	}
	return strings.Join(texts, " "), notes, err
}

func formatOf(fence string, attrs attributes) string {
	switch {
	case attrs.named["format"] != "":
		return attrs.named["format"]
	case fence[0] == ',':
		return "csv"
	case fence[0] == ':':
		return "dsv"
	}
	return "psv"
}

// implied reports whether the first row is one of heads though nothing says so: it
// stands on the first line and a blank one follows.
func implied(body []line) bool {
	return len(body) > 2 && body[0].text != "" && body[1].text == ""
}

var columnSpec = regexp.MustCompile(`^(?:(\d{1,3})\*)?[^a-z]*([a-z])?$`)

// columnsOf returns the number of columns that an attribute states, and which of
// them hold blocks.
func columnsOf(spec string) (int, []bool) {
	spec = strings.TrimSpace(spec)
	if spec == "" {
		return 0, nil
	}
	if n, err := strconv.Atoi(spec); err == nil && n > 0 && n < columns && !strings.ContainsAny(spec, ",;") {
		return 1, nil // the width of one column
	}
	var blocks []bool
	for part := range strings.FieldsFuncSeq(spec, func(char rune) bool { return char == ',' || char == ';' }) {
		times, style := 1, ""
		if m := columnSpec.FindStringSubmatch(strings.TrimSpace(part)); m != nil {
			style = m[2]
			if n, err := strconv.Atoi(m[1]); err == nil {
				times = n
			}
		}
		for range min(times, columns-min(len(blocks), columns)) {
			blocks = append(blocks, style == "a")
		}
	}
	return len(blocks), blocks
}

// cellSpec is what stands before a cell's bar: "2+^.>s".
var cellSpec = regexp.MustCompile(`(?:^|[ \t])(?:(\d{1,4})?(?:\.(\d{1,4}))?([+*]))?(?:[<^>](?:\.[<^>])?|\.[<^>])?([a-z])?$`)

// barred splits lines into cells at bars, and counts those that begin on the first
// line that has any.
func barred(body []line, bar string) (cells []cell, first int) {
	var open *cell
	var text []string
	begun := 0
	finish := func() {
		if open != nil {
			open.text = strings.Join(text, "\n")
			cells = append(cells, *open)
		}
	}
	for _, l := range body {
		rest := l.text
		for {
			at := unescaped(rest, bar)
			if at < 0 {
				break
			}
			before := rest[:at]
			next := cell{line: l.number}
			if m := cellSpec.FindStringSubmatchIndex(before); m != nil && (open != nil || m[0] == 0) {
				next.read(before, m)
				before = before[:m[0]]
			}
			text = append(text, before)
			if open != nil && strings.TrimSpace(strings.Join(text, "")) != "" {
				open.line = lineOf(open.line, text)
			}
			finish()
			open, text = &next, nil
			if begun == 0 || begun == l.number {
				begun = l.number
				first += max(next.across, 1) * max(next.copies, 1)
			}
			rest = rest[at+len(bar):]
		}
		text = append(text, strings.ReplaceAll(rest, `\`+bar, bar))
	}
	finish()
	return cells, first
}

// lineOf returns the line on which the text of a cell begins.
func lineOf(begun int, text []string) int {
	for i, part := range text {
		if strings.TrimSpace(part) != "" {
			return begun + i
		}
	}
	return begun
}

// read takes the specification of a cell.
func (c *cell) read(text string, m []int) {
	group := func(i int) string {
		if m[2*i] < 0 {
			return ""
		}
		return text[m[2*i]:m[2*i+1]]
	}
	number, _ := strconv.Atoi(group(1))
	if group(3) == "*" {
		c.copies = min(number, columns)
	} else {
		c.across = min(number, columns)
		c.down, _ = strconv.Atoi(group(2))
	}
	c.blocks = group(4) == "a"
}

// unescaped returns the offset of a bar without a backslash before it; -1 for none.
func unescaped(text, bar string) int {
	for from := 0; from < len(text); {
		at := strings.Index(text[from:], bar)
		if at < 0 {
			return -1
		}
		if at += from; at == 0 || text[at-1] != '\\' {
			return at
		}
		from = at + len(bar)
	}
	return -1
}

// separated splits lines into cells at commas, tabulators or colons, and counts those
// of the first row.
func separated(body []line, format, separator string) (cells []cell, first int) {
	comma := map[string]rune{"csv": ',', "tsv": '\t', "dsv": ':'}[format]
	if separator == `\t` {
		comma = '\t'
	} else if len(separator) == 1 && separator[0] > ' ' && separator[0] < 0x7f && separator != `"` {
		comma = rune(separator[0])
	}
	var text strings.Builder
	for _, l := range body {
		text.WriteString(l.text + "\n")
	}
	r := csv.NewReader(strings.NewReader(text.String()))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord, r.TrimLeadingSpace = comma, true, -1, format != "tsv"
	for {
		record, err := r.Read()
		if err != nil {
			return cells, first
		}
		if first == 0 {
			first = len(record)
		}
		for i, value := range record {
			at, _ := r.FieldPos(i)
			cells = append(cells, cell{line: body[min(at, len(body))-1].number, text: value})
		}
	}
}
