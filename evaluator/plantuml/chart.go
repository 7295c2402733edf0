package plantuml

import (
	"cmp"
	"regexp"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/diagram"
)

// A chart is a drawing of components, nodes and C4 elements.
type chart struct {
	diagram.C4
	label *described // that goes on in the next lines; nil where none does
}

// A described element is one whose label takes several lines.
type described struct {
	box   diagram.Box
	label []string
}

// words are what elements are called.
const words = `actor|person|agent|artifact|boundary|card|circle|cloud|collections|component|control|database|entity|file|folder|frame|hexagon|interface|node|package|process|queue|rectangle|stack|storage|together`

// kinds are the kinds of elements whose word tells it.
var kinds = map[string]string{
	"actor": "person", "person": "person", "cloud": "platform", "component": "application", "database": "database", "node": "platform", "queue": "queue", "storage": "storage",
}

const end = `"[^"]*"|\[[^\]]*\]|\(\)\s*"[^"]*"|\(\)\s*[\p{L}\p{N}_]+|:[^:]+:|[\p{L}\p{N}_$.@/]+`

var (
	element  = regexp.MustCompile(`^(` + words + `)(?:\s+("[^"]*"|\[[^\]]*\]|[^\s{\["<#]+))?(?:\s+as\s+("[^"]*"|\[[^\]]*\]|[^\s{\["<#]+))?\s*((?:<<[^>]*>>\s*|\$\w+\s*)*)(?:#\S*\s*)?([{\[])?\s*(\}?)$`)
	short    = regexp.MustCompile(`^(\[[^\]]+\]|\(\)\s*(?:"[^"]*"|[\p{L}\p{N}_]+)|:[^:]+:)(?:\s+as\s+("[^"]*"|[\p{L}\p{N}_.$]+))?\s*((?:<<[^>]*>>\s*)*)(?:#\S*)?$`)
	relation = regexp.MustCompile(`^(` + end + `)\s*(?:"[^"]*"\s*)?([<|*+^#{}()@\\]{0,3}|[ox0])([-.=~]+(?:\[[^\]]*\])?(?:left|right|up|down|le|ri|do|[lrud])?(?:\[[^\]]*\])?[-.=~]*)([>|*+^#{}()@/\\]{0,3}|[ox0])\s*(?:"[^"]*"\s*)?(` + end + `)\s*(?:<<[^>]*>>\s*)?(?:#\S+\s*)?(?::\s*(.*))?$`)
	stereo   = regexp.MustCompile(`<<\s*([^<>]*?)\s*>>`)
)

func (c *chart) take(l line) {
	if c.label != nil {
		c.describe(l.text)
		return
	}
	evidence := diagram.Evidence(l.number, l.text)
	if macro, ok := diagram.ParseMacro(l.text); ok {
		if !c.Take(macro, evidence) && !c.icon(macro, l, evidence) {
			c.Open(macro.Opens, "")
		}
		return
	}
	if strings.HasPrefix(l.text, "}") {
		c.Close()
		return
	}
	if m := element.FindStringSubmatch(l.text); m != nil {
		c.element(m, evidence)
		return
	}
	if m := short.FindStringSubmatch(l.text); m != nil {
		box := c.end(m[1], evidence)
		if m[2] != "" {
			box.ID = unquoted(m[2])
		}
		box.Technology = technologyOf(m[3])
		c.Box(box)
		return
	}
	if m := relation.FindStringSubmatch(l.text); m != nil {
		c.relation(m, evidence)
		return
	}
	if strings.HasSuffix(l.text, "{") {
		c.Open(true, "")
	}
}

// element draws what begins with an element's word.
func (c *chart) element(m []string, evidence austauschbar.Evidence) {
	word, first, second, opens := m[1], m[2], m[3], m[5] == "{" && m[6] == ""
	if word == "together" {
		c.Open(opens, "")
		return
	}
	id, label := first, first
	switch { // the label is what is quoted: "X" as x; x as "X"
	case second != "" && (strings.HasPrefix(second, `"`) || strings.HasPrefix(second, "[")):
		label = second
	case second != "":
		id = second
	}
	id = cmp.Or(unquoted(id), "at "+evidence.Quote)
	box := diagram.Box{ID: id, Kind: kinds[word], Within: c.Around(), Evidence: evidence}
	box.Name, box.Technology = diagram.Name(unquoted(label))
	box.Technology = cmp.Or(technologyOf(m[4]), box.Technology)
	switch {
	case word == "interface" || word == "circle":
		box.Role = diagram.Port
	case opens:
		box.Role = diagram.Group
	}
	if box.Kind == "" && box.Role == diagram.Thing {
		box.Kind = diagram.Person(box.Name)
	}
	if m[5] == "[" {
		c.label = &described{box: box}
		return
	}
	if word == "file" || word == "artifact" || word == "card" { // not what runs
		box.Role = max(box.Role, diagram.Group)
	}
	c.Box(box)
	c.Open(opens, id)
}

// describe takes a line of a label up to the bracket that ends it.
func (c *chart) describe(text string) {
	const most = 50 // lines
	rest, ended := text, false
	if !strings.Contains(text, "[") {
		rest, ended = strings.CutSuffix(text, "]")
	}
	if rest = strings.TrimSpace(rest); rest != "" && strings.Trim(rest, "-=.") != "" {
		c.label.label = append(c.label.label, rest)
	}
	if !ended && len(c.label.label) < most {
		return
	}
	box := c.label.box
	name, technology := diagram.Name(strings.Join(c.label.label, "\n"))
	box.Name, box.Technology = cmp.Or(name, box.Name), cmp.Or(box.Technology, technology)
	c.Box(box)
	c.label = nil
}

// relation draws an arrow between ends that may be named here for the first time.
func (c *chart) relation(m []string, evidence austauschbar.Evidence) {
	from, to := c.end(m[1], evidence), c.end(m[5], evidence)
	for _, box := range []diagram.Box{from, to} {
		if !c.Has(box.ID) {
			c.Box(box)
		}
	}
	begin, finish := strings.ContainsAny(m[2], "<(*+^"), strings.ContainsAny(m[4], ">)*+^(")
	arrow := diagram.Arrow{From: from.ID, To: to.ID, Label: diagram.Text(strings.TrimSuffix(strings.TrimSpace(strings.TrimPrefix(m[6], "<")), ">")), Plain: !begin && !finish, Evidence: evidence}
	if begin && !finish {
		arrow.From, arrow.To = arrow.To, arrow.From
	}
	c.Arrow(arrow)
}

// end is the box that an arrow's end names, in brackets or by its id.
func (c *chart) end(text string, evidence austauschbar.Evidence) diagram.Box {
	box := diagram.Box{Within: c.Around(), Evidence: evidence}
	switch {
	case strings.HasPrefix(text, "["):
		box.Kind = "application"
	case strings.HasPrefix(text, "()"):
		box.Role, text = diagram.Port, strings.TrimSpace(text[2:])
	case strings.HasPrefix(text, ":"):
		box.Kind, text = "person", strings.Trim(text, ":")
	}
	box.ID = unquoted(text)
	box.Name, box.Technology = diagram.Name(box.ID)
	return box
}

// icon draws a macro of a library of icons: Lambda(fn, "Upload", "Python").
func (c *chart) icon(macro diagram.Macro, l line, evidence austauschbar.Evidence) bool {
	label := macro.Arg("label", 1)
	if l.library == "" || label == "" || !strings.HasPrefix(strings.ToUpper(macro.Name[:1]), macro.Name[:1]) || strings.HasPrefix(macro.Name, "LAYOUT") || strings.HasPrefix(macro.Name, "Add") || strings.HasPrefix(macro.Name, "Update") || strings.HasPrefix(macro.Name, "SHOW") {
		return false
	}
	box := diagram.Box{ID: macro.Arg("alias", 0), Name: diagram.Text(label), Technology: l.library + " " + macro.Name, Within: c.Around(), Evidence: evidence}
	if macro.Opens {
		box.Role = diagram.Group
	}
	c.Box(box)
	c.Open(macro.Opens, box.ID)
	return true
}

// unquoted takes off what a name stands in.
func unquoted(text string) string {
	text = strings.TrimSpace(text)
	if len(text) > 1 && (text[0] == '"' || text[0] == '[') {
		return strings.TrimSpace(text[1 : len(text)-1])
	}
	return text
}

// technologyOf returns what a stereotype tells of an element: <<PostgreSQL>>. Those of
// UML itself and sprites tell nothing.
func technologyOf(stereotypes string) string {
	for _, m := range stereo.FindAllStringSubmatch(stereotypes, 5) {
		switch name := strings.ToLower(m[1]); {
		case name == "", strings.HasPrefix(name, "$"):
		case name == "component", name == "database", name == "service", name == "system", name == "external", name == "internal", name == "interface", name == "node", name == "device", name == "subsystem", name == "person", name == "container", name == "application":
		default:
			return diagram.Text(m[1])
		}
	}
	return ""
}
