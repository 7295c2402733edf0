// Package arc42 finds in the text of an architecture document what it says in a form of
// its own: building blocks and interfaces that stand in tables or, as arc42's template
// has it, in headings as "Whitebox …" and "… (Blackbox)".
package arc42

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/lines"
)

// Find returns the components and interfaces of a text; nil where it has none.
func Find(passages []austauschbar.Passage) *austauschbar.Architecture {
	f := &finder{components: map[string]int{}, interfaces: map[string]int{}}
	for i := 0; i < len(passages); {
		passage := passages[i]
		switch passage.Kind {
		case austauschbar.Heading:
			f.enter(passage)
		case austauschbar.Row:
			rows := tableAt(passages[i:])
			f.table(rows)
			i += len(rows)
			f.leads = nil
			continue
		default:
			f.leads = append(f.leads, passage.Text)
		}
		i++
	}
	if f.said.Empty() {
		return nil
	}
	return &f.said
}

// A finder goes through a text.
type finder struct {
	said       austauschbar.Architecture
	components map[string]int // index by name in lower case
	interfaces map[string]int // index by ends and name
	headings   []heading      // that stand above, outermost first
	leads      []string       // what stands between the last heading or table and the next table
}

type heading struct {
	level     int
	text      string
	component string // id of what the heading describes; "" where that is no building block
}

// box matches headings that describe a building block from outside or inside.
var box = regexp.MustCompile(`(?i)^(?:(?:black|white)[ -]?box[: ]+(.+)|(.+?)[ ,:–-]*\(?(?:black|white)[ -]?box\)?)$`)

// unnamed are words of the template that stand for a name.
var unnamed = regexp.MustCompile(`(?i)<|gesamtsystem|overall system|template|^(?:ebene|level|baustein|building block) ?\d*$`)

func (f *finder) enter(passage austauschbar.Passage) {
	keep := slices.IndexFunc(f.headings, func(h heading) bool { return h.level >= passage.Level })
	if keep < 0 {
		keep = len(f.headings)
	}
	f.headings, f.leads = f.headings[:keep], nil
	h := heading{level: passage.Level, text: passage.Text}
	if match := box.FindStringSubmatch(passage.Text); match != nil {
		if name := lines.Clean(match[1] + match[2]); name != "" && !unnamed.MatchString(name) {
			h.component = f.component(name, passage)
		}
	}
	f.headings = append(f.headings, h)
}

// described is the building block that the text above a table describes; "" where there
// is none.
func (f *finder) described() string {
	for _, h := range slices.Backward(f.headings) {
		if h.component != "" {
			return h.component
		}
	}
	return ""
}

// component returns the id of a component, which is added where it is not known.
func (f *finder) component(name string, from austauschbar.Passage) string {
	key := strings.ToLower(name)
	i, known := f.components[key]
	if !known {
		i = len(f.said.Components)
		f.components[key] = i
		f.said.Components = append(f.said.Components, austauschbar.Component{ID: strconv.Itoa(i + 1), Name: name, Kind: "application"})
	}
	of := &f.said.Components[i]
	if len(of.Evidence) < maxPlaces {
		of.Evidence = append(of.Evidence, f.evidence(from))
	}
	return of.ID
}

// maxPlaces bounds the places of one component or interface.
const maxPlaces = 20

func (f *finder) evidence(passage austauschbar.Passage) austauschbar.Evidence {
	e := austauschbar.Evidence{Page: passage.Page, Line: passage.Line, Paragraph: passage.Paragraph, Quote: lines.Quote(passage.Text)}
	if len(f.headings) > 0 {
		e.Section = f.headings[len(f.headings)-1].text
	}
	return e
}

// table reads one table as what its headings say it is.
func (f *finder) table(rows []austauschbar.Passage) {
	columns := columnsOf(rows)
	switch {
	case columns == nil && f.listsBlocks():
		for _, row := range rows {
			if len(row.Cells) > 1 && isBlock(row.Cells[0].Text, row.Cells[1].Text) {
				f.place(f.component(row.Cells[0].Text, row), f.described())
			}
		}
	case isInterfaces(columns):
		for _, row := range rows {
			f.edge(row, columns)
		}
	case f.isComponents(columns):
		for _, row := range rows {
			f.block(row, columns)
		}
	}
}

// contained matches what leads into a table of building blocks that has no headings.
var contained = regexp.MustCompile(`(?i)\b(?:contained|enthaltene)\b.{0,20}(?:black ?boxes|building blocks|bausteine|blackboxen|komponenten|components)`)

// listsBlocks looks at the last paragraphs: a table's title may stand between.
func (f *finder) listsBlocks() bool {
	return slices.ContainsFunc(f.leads[max(0, len(f.leads)-2):], contained.MatchString)
}

// place puts a component into another one, unless that would lead in a circle.
func (f *finder) place(id, within string) {
	of := f.byID(id)
	if within == "" || of.Within != "" {
		return
	}
	steps := 0
	for above := within; above != ""; above = f.byID(above).Within {
		if steps++; above == id || steps > maxDepth {
			return
		}
	}
	of.Within = within
}

// maxDepth bounds building blocks within each other.
const maxDepth = 100

// byID finds a component by its id, which counts them.
func (f *finder) byID(id string) *austauschbar.Component {
	i, _ := strconv.Atoi(id)
	return &f.said.Components[i-1]
}

// block reads a row of a table of building blocks.
func (f *finder) block(row austauschbar.Passage, columns map[string]column) {
	said := cellsOf(row, columns)
	if said[name] == "" || !isBlock(said[name], said[beside]) {
		return
	}
	id := f.component(said[name], row)
	f.place(id, f.described())
	of := f.byID(id)
	for column, to := range map[column]*string{technology: &of.Technology, version: &of.Version, licence: &of.Licence} {
		if *to == "" {
			*to = said[column]
		}
	}
}

// edge reads a row of a table of interfaces.
func (f *finder) edge(row austauschbar.Passage, columns map[string]column) {
	said := cellsOf(row, columns)
	i := austauschbar.Interface{Name: said[interfaces], Kind: "api", Protocol: said[protocol]}
	if i.Protocol == "" {
		i.Protocol = said[technology]
	}
	if i.Protocol == "" {
		i.Protocol = protocolIn(i.Name, said[beside])
	}
	if said[format] != "" {
		i.Formats = []string{said[format]}
	}
	if said[source] != "" {
		i.From = f.component(said[source], row)
	}
	if said[target] != "" {
		i.To = f.component(said[target], row)
	}
	if said[partner] != "" {
		id := f.component(said[partner], row)
		of := f.byID(id)
		of.Kind, of.External = "system", true
		if inbound.MatchString(said[direction]) && i.From == "" {
			i.From = id
		} else if i.To == "" {
			i.To = id
		}
	}
	// What a section about a building block lists is its own.
	if described := f.described(); i.To == "" && i.From != described {
		i.To = described
	} else if i.From == "" && i.To != described {
		i.From = described
	}
	if i.Name == "" && (i.From == "" || i.To == "") {
		return
	}
	key := strings.Join([]string{i.From, i.To, i.Name, i.Protocol}, "\x00")
	at, known := f.interfaces[key]
	if !known {
		at = len(f.said.Interfaces)
		f.interfaces[key] = at
		i.ID = strconv.Itoa(at + 1)
		f.said.Interfaces = append(f.said.Interfaces, i)
	}
	if of := &f.said.Interfaces[at]; len(of.Evidence) < maxPlaces {
		of.Evidence = append(of.Evidence, f.evidence(row))
	}
}

// inbound matches directions in which the other side calls.
var inbound = regexp.MustCompile(`(?i)^(?:in\b|inbound|incoming|eingehend|eingang|import)`)
