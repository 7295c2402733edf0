package diagram

import (
	"cmp"
	"regexp"
	"strings"

	"github.com/austauschbar/austauschbar"
)

// A Macro is a call as C4-PlantUML and Mermaid write them: Rel(a, b, "Uses", $techn="JDBC").
type Macro struct {
	Name  string
	Opens bool // a brace follows: what comes next is within it
	args  []string
	named map[string]string
}

var call = regexp.MustCompile(`^([A-Za-z_]\w*)\s*\(`)

// ParseMacro reads a line that is a call; false for other lines.
func ParseMacro(line string) (Macro, bool) {
	m := call.FindStringSubmatch(line)
	if m == nil {
		return Macro{}, false
	}
	macro := Macro{Name: m[1], named: map[string]string{}}
	rest := line[len(m[0]):]
	var arg strings.Builder
	depth, quoted := 0, false
	for at, char := range rest {
		switch {
		case char == '"':
			quoted = !quoted
		case quoted:
		case char == '(':
			depth++
		case char == ')' && depth > 0:
			depth--
		case char == ')':
			macro.take(arg.String())
			after := strings.TrimSpace(rest[at+1:])
			macro.Opens = strings.HasPrefix(after, "{")
			return macro, after == "" || macro.Opens
		case char == ',' && depth == 0:
			macro.take(arg.String())
			arg.Reset()
			continue
		}
		arg.WriteRune(char)
	}
	return Macro{}, false
}

var namedArg = regexp.MustCompile(`^\$(\w+)\s*=\s*(.*)$`)

func (m *Macro) take(arg string) {
	arg = strings.TrimSpace(arg)
	if n := namedArg.FindStringSubmatch(arg); n != nil {
		m.named[n[1]] = unquote(n[2])
		return
	}
	m.args = append(m.args, unquote(arg))
}

func unquote(text string) string {
	return strings.Trim(strings.TrimSpace(text), `"`)
}

// Arg returns an argument by its name, else by its place; "" where it is left out.
func (m Macro) Arg(name string, place int) string {
	if value, named := m.named[name]; named {
		return value
	}
	if place < len(m.args) {
		return m.args[place]
	}
	return ""
}

// elements say the kind of a C4 element, and at which place its technology stands.
var elements = map[string]struct {
	kind  string
	techn int // -1 where it has none
}{
	"Person": {"person", -1}, "System": {"system", -1}, "SystemDb": {"database", -1}, "SystemQueue": {"queue", -1},
	"Container": {"application", 2}, "ContainerDb": {"database", 2}, "ContainerQueue": {"queue", 2},
	"Component": {"application", 2}, "ComponentDb": {"database", 2}, "ComponentQueue": {"queue", 2},
}

// boundaries are the kinds of C4 boundaries.
var boundaries = map[string]string{
	"Boundary": "other", "Enterprise_Boundary": "other", "System_Boundary": "system", "Container_Boundary": "application", "Component_Boundary": "application",
	"Deployment_Node": "platform", "Deployment_Node_L": "platform", "Deployment_Node_R": "platform", "Node": "platform", "Node_L": "platform", "Node_R": "platform",
}

// C4 is a drawing of C4 macros.
type C4 struct {
	Drawing
	open []string // ids of what is around, the outermost first; "" of what is no box
}

// Known says whether C4 knows a macro that draws.
func Known(name string) bool {
	_, element := elements[strings.TrimSuffix(name, "_Ext")]
	_, boundary := boundaries[name]
	return element || boundary || strings.HasPrefix(name, "Rel") || strings.HasPrefix(name, "BiRel")
}

// Take draws what a macro says; false where it is none of C4.
func (c *C4) Take(macro Macro, evidence austauschbar.Evidence) bool {
	name, external := strings.CutSuffix(macro.Name, "_Ext")
	if element, known := elements[name]; known {
		box := Box{
			ID: macro.Arg("alias", 0), Name: Text(cmp.Or(macro.Arg("label", 1), macro.Arg("alias", 0))), Kind: element.kind, External: external,
			Within: c.Around(), System: strings.HasPrefix(name, "System"), Evidence: evidence,
		}
		box.Technology = technologyOf(macro, element.kind, element.techn)
		c.Box(box)
		c.Open(macro.Opens, box.ID)
		return true
	}
	if kind, known := boundaries[macro.Name]; known {
		box := Box{ID: macro.Arg("alias", 0), Name: Text(cmp.Or(macro.Arg("label", 1), macro.Arg("alias", 0))), Kind: kind, Within: c.Around(), System: kind == "system", Evidence: evidence}
		if macro.Opens {
			box.Role = Group
		}
		if kind == "platform" {
			box.Technology = Text(cmp.Or(macro.Arg("type", 2), macro.Arg("techn", 2)))
		}
		c.Box(box)
		c.Open(macro.Opens, box.ID)
		return true
	}
	return c.relate(macro, evidence)
}

// mostNames is how many words a description has that may name a technology.
const mostNames = 3

// technologyOf is an element's technology. Of whole systems C4 asks for none: there a
// description of few words may be one, as in System(api, "REST API", "PostgREST").
func technologyOf(macro Macro, kind string, place int) string {
	if place > 0 {
		return Text(macro.Arg("techn", place))
	}
	described := Text(macro.Arg("descr", 2))
	if kind == "person" || len(strings.Fields(described)) > mostNames {
		return ""
	}
	return described
}

// relate draws an arrow. Those that point back lead from their second end to the first.
func (c *C4) relate(macro Macro, evidence austauschbar.Evidence) bool {
	shift := 0
	switch {
	case macro.Name == "RelIndex" || strings.HasPrefix(macro.Name, "RelIndex_"):
		shift = 1
	case macro.Name != "Rel" && macro.Name != "BiRel" && !strings.HasPrefix(macro.Name, "Rel_") && !strings.HasPrefix(macro.Name, "BiRel_"):
		return false
	}
	from, to := macro.Arg("from", shift), macro.Arg("to", shift+1)
	if strings.Contains(macro.Name, "_Back") {
		from, to = to, from
	}
	c.Arrow(Arrow{From: from, To: to, Label: Text(macro.Arg("label", shift+2)), Technology: Text(macro.Arg("techn", shift+3)), Evidence: evidence})
	return true
}

// Around returns the id of the innermost box that is open; "" where none is.
func (c *C4) Around() string {
	for i := len(c.open) - 1; i >= 0; i-- {
		if c.open[i] != "" {
			return c.open[i]
		}
	}
	return ""
}

// Open enters a box where a brace opens.
func (c *C4) Open(opens bool, id string) {
	if opens && len(c.open) < maxBoxes {
		c.open = append(c.open, id)
	}
}

// Close leaves the innermost box.
func (c *C4) Close() {
	if len(c.open) > 0 {
		c.open = c.open[:len(c.open)-1]
	}
}
