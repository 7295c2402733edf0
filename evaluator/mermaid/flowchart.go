package mermaid

import (
	"cmp"
	"regexp"
	"strings"

	"github.com/austauschbar/austauschbar/evaluator/diagram"
)

// A flowchart is a drawing of boxes of all kinds, in frames.
type flowchart struct {
	diagram.Drawing
	open []string // ids of the frames that are open, the outermost first
}

var (
	styled   = regexp.MustCompile(`^(?:classDef|class|style|linkStyle|click|direction|accTitle|accDescr|title)\b`)
	subgraph = regexp.MustCompile(`^subgraph(?:\s+(.*))?$`)
	titled   = regexp.MustCompile(`^([^\s\["]+)\s*\[(.*)\]$`)
)

func (f *flowchart) take(s statement) {
	for _, text := range split(s.text) {
		part := statement{text, s.evidence}
		switch m := subgraph.FindStringSubmatch(text); {
		case styled.MatchString(text):
		case m != nil:
			f.enter(m[1], part)
		case text == "end":
			f.open = f.open[:max(0, len(f.open)-1)]
		default:
			f.chain(part)
		}
	}
}

// split cuts a line at semicolons outside labels.
func split(text string) []string {
	var found []string
	quoted, depth, begin := false, 0, 0
	for at, char := range text {
		switch {
		case char == '"':
			quoted = !quoted
		case quoted:
		case strings.ContainsRune("[({", char):
			depth++
		case strings.ContainsRune("])}", char):
			depth = max(0, depth-1)
		case char == ';' && depth == 0 && !entity(text[begin:at]):
			found = append(found, strings.TrimSpace(text[begin:at]))
			begin = at + 1
		}
	}
	return append(found, strings.TrimSpace(text[begin:]))
}

// entity says whether a text ends in what a semicolon makes a character: "#40".
func entity(text string) bool {
	hash := strings.LastIndexByte(text, '#')
	return hash >= 0 && hash > len(text)-9 && code.MatchString(text[hash:]+";")
}

// around is the id of the frame that is open.
func (f *flowchart) around() string {
	if len(f.open) == 0 {
		return ""
	}
	return f.open[len(f.open)-1]
}

// enter opens a frame: "id [title]", "title" or a title of several words.
func (f *flowchart) enter(head string, s statement) {
	id, label := strings.TrimSpace(head), head
	if m := titled.FindStringSubmatch(id); m != nil {
		id, label = m[1], m[2]
	}
	id = cmp.Or(strings.Trim(id, `"`), "frame "+s.evidence.Quote)
	name, technology := diagram.Name(decode(strings.Trim(strings.TrimSpace(label), `"`+"`")))
	f.Box(diagram.Box{ID: id, Name: cmp.Or(name, id), Technology: technology, Role: diagram.Group, Within: f.around(), Evidence: s.evidence})
	if len(f.open) < 1000 {
		f.open = append(f.open, id)
	}
}

// chain reads nodes with the arrows between them: "A & B --> C --> D".
func (f *flowchart) chain(s statement) {
	text := &cursor{text: s.text}
	before := f.nodes(text, s)
	for len(before) > 0 {
		arrow, ok := text.arrow()
		if !ok {
			return
		}
		after := f.nodes(text, s)
		for _, from := range before {
			for _, to := range after {
				if !arrow.hidden {
					f.connect(from, to, arrow, s)
				}
			}
		}
		before = after
	}
}

func (f *flowchart) connect(from, to string, arrow arrow, s statement) {
	if arrow.back {
		from, to = to, from
	}
	f.Arrow(diagram.Arrow{From: from, To: to, Label: diagram.Text(decode(arrow.label)), Plain: arrow.plain, Evidence: s.evidence})
}

// nodes reads nodes joined by "&" and returns their ids.
func (f *flowchart) nodes(text *cursor, s statement) []string {
	var ids []string
	for {
		node, ok := text.node()
		if !ok {
			return ids
		}
		ids = append(ids, node.id)
		f.Box(node.box(f.around(), s))
		if !text.skip("&") {
			return ids
		}
	}
}

// A node is a node with its label, "" where none is given here.
type node struct{ id, label, shape string }

// box is what a node draws. Its name is its id until a label comes.
func (n node) box(within string, s statement) diagram.Box {
	name, technology := diagram.Name(decode(n.label))
	box := diagram.Box{ID: n.id, Name: cmp.Or(name, n.id), Technology: technology, Within: within, Evidence: s.evidence, Kind: diagram.Person(cmp.Or(name, n.id))}
	switch n.shape {
	case "[(", "cyl", "cylinder", "db", "database", "h-cyl", "das", "horizontal-cylinder", "lin-cyl", "disk", "lined-cylinder":
		box.Kind = "database"
	case "{", "diam", "diamond", "decision", "question":
		box.Role = diagram.Decision
	case "(((", "dbl-circ", "double-circle", "f-circ", "sm-circ", "start", "stop", "fr-circ", "framed-circle", "small-circle":
		box.Role = diagram.Terminal
	}
	return box
}

// A cursor reads along a statement.
type cursor struct {
	text string
	at   int
}

func (c *cursor) rest() string { return c.text[c.at:] }

func (c *cursor) blanks() {
	for c.at < len(c.text) && strings.IndexByte(" \t\n", c.text[c.at]) >= 0 {
		c.at++
	}
}

// skip goes over a mark where it comes next.
func (c *cursor) skip(mark string) bool {
	c.blanks()
	if !strings.HasPrefix(c.rest(), mark) {
		return false
	}
	c.at += len(mark)
	return true
}

// shapes are what nodes' labels stand in, the longer marks first.
var shapes = []struct{ open, close string }{
	{"(((", ")))"}, {"((", "))"}, {"([", "])"}, {"(", ")"}, {"[[", "]]"}, {"[(", ")]"}, {"[/", "/]"}, {"[/", `\]`}, {`[\`, `\]`}, {`[\`, "/]"}, {"[", "]"},
	{"{{", "}}"}, {"{", "}"}, {">", "]"},
}

var class = regexp.MustCompile(`^:::[\w-]+`)

func (c *cursor) node() (node, bool) {
	c.blanks()
	n := node{id: c.id()}
	if n.id == "" {
		return n, false
	}
	if strings.HasPrefix(c.rest(), "@{") {
		c.attributes(&n)
	}
	for _, shape := range shapes {
		if !strings.HasPrefix(c.rest(), shape.open) {
			continue
		}
		if label, length, ok := labelled(c.rest()[len(shape.open):], shape.close); ok {
			n.label, n.shape = label, shape.open
			c.at += len(shape.open) + length
			break
		}
	}
	c.at += len(class.FindString(c.rest()))
	return n, true
}

// id reads a node's id: a dash or equals sign belongs to it unless an arrow begins there.
func (c *cursor) id() string {
	begin := c.at
	for c.at < len(c.text) {
		char, next := c.text[c.at], byte(0)
		if c.at+1 < len(c.text) {
			next = c.text[c.at+1]
		}
		if strings.IndexByte(" \t\n[](){}<>|&;:\"'@~^,", char) >= 0 || char == '-' && strings.IndexByte(">-.", next) >= 0 || char == '=' && next == '=' {
			break
		}
		c.at++
	}
	return c.text[begin:c.at]
}

// labelled reads a label up to what closes it, which a quoted label may contain.
func labelled(text, end string) (label string, length int, ok bool) {
	trimmed := strings.TrimLeft(text, " \t\n")
	if strings.HasPrefix(trimmed, `"`) {
		close := strings.IndexByte(trimmed[1:], '"')
		if close < 0 {
			return "", 0, false
		}
		behind := strings.TrimLeft(trimmed[close+2:], " \t\n")
		if !strings.HasPrefix(behind, end) {
			return "", 0, false
		}
		return strings.Trim(trimmed[1:close+1], "`"), len(text) - len(behind) + len(end), true
	}
	at := strings.Index(text, end)
	if at < 0 {
		return "", 0, false
	}
	return text[:at], at + len(end), true
}

var attribute = regexp.MustCompile(`(?:^|[,{\s])(shape|label)\s*:\s*(?:"([^"]*)"|([\w-]+))`)

// attributes reads "@{ shape: cyl, label: "Data" }".
func (c *cursor) attributes(n *node) {
	end := strings.IndexByte(c.rest(), '}')
	if end < 0 {
		return
	}
	for _, m := range attribute.FindAllStringSubmatch(c.rest()[1:end], 10) {
		if m[1] == "label" {
			n.label = m[2] + m[3]
		} else {
			n.shape = m[2] + m[3]
		}
	}
	c.at += end + 1
}

// An arrow is what stands between nodes.
type arrow struct {
	label               string
	plain, back, hidden bool // without a head; with one at its begin only; not shown
}

var (
	edgeID = regexp.MustCompile(`^[\w-]+@[-=<xo~]`)
	whole  = regexp.MustCompile(`^([xo<]?)(?:--+([-xo>])|==+([=xo>])|-\.+-([xo>]?))`)
	opened = regexp.MustCompile(`^([xo<]?)(--|==|-\.)`)
	closed = regexp.MustCompile(`(?:--+([-xo>])|==+([=xo>])|\.+-([xo>]?))`)
)

func (c *cursor) arrow() (arrow, bool) {
	c.blanks()
	if m := edgeID.FindString(c.rest()); m != "" {
		c.at += len(m) - 1
	}
	if strings.HasPrefix(c.rest(), "~~~") {
		c.at += len(c.rest()) - len(strings.TrimLeft(c.rest(), "~"))
		return arrow{hidden: true}, true
	}
	if m := whole.FindStringSubmatch(c.rest()); m != nil {
		c.at += len(m[0])
		found := headed(m[1], m[2]+m[3]+m[4])
		if c.skip("|") {
			end := strings.IndexByte(c.rest(), '|')
			if end < 0 {
				return arrow{}, false
			}
			found.label = strings.Trim(strings.TrimSpace(c.rest()[:end]), `"`)
			c.at += end + 1
		}
		return found, true
	}
	begin := opened.FindStringSubmatch(c.rest())
	if begin == nil {
		return arrow{}, false
	}
	inner := c.rest()[len(begin[0]):]
	end := closed.FindStringSubmatchIndex(inner)
	if end == nil {
		return arrow{}, false
	}
	head := closed.FindStringSubmatch(inner[end[0]:end[1]])
	found := headed(begin[1], head[1]+head[2]+head[3])
	found.label = strings.Trim(strings.TrimSpace(inner[:end[0]]), `"`)
	c.at += len(begin[0]) + end[1]
	return found, true
}

// headed is an arrow with these heads.
func headed(begin, end string) arrow {
	none := end == "" || end == "-" || end == "="
	return arrow{plain: begin == "" && none, back: begin != "" && none}
}
