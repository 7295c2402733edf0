// Package archimate reads models in the ArchiMate language: the Open Group's exchange
// format and the files of Archi. Of them it takes what runs and what is used: the
// application and technology layers, and of the business layer who uses these.
package archimate

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
)

// Namespace is what the exchange format's namespaces have in common, whatever their
// version.
const Namespace = "opengroup.org/xsd/archimate"

// archi is what the namespaces of Archi's files have in common.
const archi = "archimatetool.com/archimate"

// Read reads a model, a damaged one up to where it is. Archi packs one with pictures into
// an archive; places in that have no lines.
//
// Refusals: "unknown_content" for other XML, "damaged", "too_large".
func Read(ctx context.Context, data []byte) (austauschbar.Text, error) {
	part := ""
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		var err error
		part = packed
		if data, err = unpack(data); err != nil {
			return austauschbar.Text{}, err
		}
	}
	m, err := parse(ctx, data)
	if err := limit.Ended(ctx, err); err != nil {
		return austauschbar.Text{}, err
	}
	if part != "" {
		m.placeIn(part)
	}
	said, err := m.architecture()
	return austauschbar.Text{Title: m.title, Architecture: said, Gaps: m.gaps}, err
}

// packed is the model's part in an archive of Archi.
const packed = "model.xml"

func unpack(data []byte) ([]byte, error) {
	archive, err := limit.Open(data)
	if err != nil {
		return nil, err
	}
	if !archive.Has(packed) {
		return nil, limit.Refuse("unknown_content", "no model of Archi")
	}
	content, err := archive.Part(packed)
	if err != nil {
		return nil, err
	}
	defer content.Close()
	data, err = io.ReadAll(io.LimitReader(content, limit.File+1))
	if err == nil && len(data) > limit.File {
		err = limit.Refuse("too_large", fmt.Sprintf("%s has more than %d MiB", packed, limit.File>>20))
	}
	return data, err
}

// A model is what a file says.
type model struct {
	title     string
	elements  []*item
	relations []*item
	byID      map[string]*item // elements
	gaps      []austauschbar.Gap
}

// An item is an element or a relation.
type item struct {
	kind       string // in the words of ArchiMate 3: "ApplicationComponent", "Serving"
	name       string
	from, to   string            // ids of a relation's ends
	properties map[string]string // by name in lower case, or by the id of its definition
	austauschbar.Evidence
}

// A parser reads a model's XML.
type parser struct {
	model
	xml         *limit.XML
	source      *lines.Source
	definitions map[string]string // names of properties, by id
}

func parse(ctx context.Context, data []byte) (*model, error) {
	p := &parser{xml: limit.NewXML(ctx, bytes.NewReader(data)), source: lines.NewSource(data), definitions: map[string]string{}}
	p.byID = map[string]*item{}
	root, err := p.xml.Root()
	if err != nil {
		return nil, err
	}
	if root.Name.Local != "model" || !strings.Contains(root.Name.Space, Namespace) && !strings.Contains(root.Name.Space, archi) {
		return nil, limit.Refuse("unknown_content", "root element "+lines.Quote(root.Name.Local))
	}
	p.title = lines.Clean(limit.Attr(root, "name"))
	if err := p.xml.Children(p.part); err != nil {
		if len(p.elements) == 0 {
			return nil, err
		}
		p.gaps = append(p.gaps, limit.Gap("", err))
	}
	for _, of := range [][]*item{p.elements, p.relations} {
		for _, i := range of {
			for id, value := range i.properties {
				if name, known := p.definitions[id]; known {
					i.properties[name] = value
				}
			}
		}
	}
	return &p.model, nil
}

// part reads what stands in a model or in one of its folders.
func (p *parser) part(element xml.StartElement) error {
	switch element.Name.Local {
	case "name":
		title, err := p.xml.Text()
		if p.title == "" {
			p.title = lines.Clean(title)
		}
		return err
	case "elements", "relationships", "propertyDefinitions":
		return p.xml.Children(p.part)
	case "folder":
		if limit.Attr(element, "type") == "diagrams" {
			return nil
		}
		return p.xml.Children(p.part)
	case "propertyDefinition":
		return p.definition(element)
	case "element", "relationship":
		return p.item(element)
	}
	return nil
}

func (p *parser) definition(element xml.StartElement) error {
	id := limit.Attr(element, "identifier")
	return p.xml.Children(func(child xml.StartElement) error {
		if child.Name.Local != "name" {
			return nil
		}
		name, err := p.xml.Text()
		p.definitions[id] = strings.ToLower(lines.Clean(name))
		return err
	})
}

// item reads an element or a relation: Archi writes both as elements.
func (p *parser) item(element xml.StartElement) error {
	if len(p.elements)+len(p.relations) >= limit.Elements {
		return limit.Refuse("too_large", fmt.Sprintf("there are more than %d elements and relations", limit.Elements))
	}
	i := &item{kind: kindOf(limit.Attr(element, "type")), name: lines.Clean(limit.Attr(element, "name")), from: limit.Attr(element, "source"), to: limit.Attr(element, "target")}
	i.Line = p.xml.Begin()
	if err := p.xml.Children(func(child xml.StartElement) error { return p.detail(i, child) }); err != nil {
		return err
	}
	i.Quote = p.source.Evidence(i.Line, i.name).Quote
	if i.from != "" && i.to != "" {
		p.relations = append(p.relations, i)
		return nil
	}
	id := limit.Attr(element, "id")
	if id == "" {
		id = limit.Attr(element, "identifier")
	}
	if id != "" && p.byID[id] == nil {
		p.byID[id] = i
		p.elements = append(p.elements, i)
	}
	return nil
}

func (p *parser) detail(of *item, element xml.StartElement) error {
	switch element.Name.Local {
	case "name":
		line := p.xml.Begin()
		name, err := p.xml.Text()
		if of.name == "" { // the first of several languages
			of.name, of.Line = lines.Clean(name), line
		}
		return err
	case "properties":
		return p.xml.Children(func(child xml.StartElement) error { return p.detail(of, child) })
	case "property":
		key, value := strings.ToLower(limit.Attr(element, "key")), limit.Attr(element, "value")
		if key == "" {
			key = limit.Attr(element, "propertyDefinitionRef")
		}
		err := p.xml.Children(func(child xml.StartElement) error {
			if child.Name.Local != "value" {
				return nil
			}
			var err error
			value, err = p.xml.Text()
			return err
		})
		if of.properties == nil {
			of.properties = map[string]string{}
		}
		of.properties[key] = lines.Clean(value)
		return err
	}
	return nil
}

// renamed are words of ArchiMate 2 for those of ArchiMate 3.
var renamed = map[string]string{
	"UsedBy": "Serving", "Realisation": "Realization", "Specialisation": "Specialization", "InfrastructureService": "TechnologyService",
	"InfrastructureInterface": "TechnologyInterface", "InfrastructureFunction": "TechnologyFunction", "AndJunction": "Junction", "OrJunction": "Junction",
}

// kindOf reads a type: "archimate:ServingRelationship", "Serving".
func kindOf(written string) string {
	_, after, prefixed := strings.Cut(written, ":")
	if prefixed {
		written = after
	}
	written = strings.TrimSuffix(written, "Relationship")
	if now, old := renamed[written]; old {
		return now
	}
	return written
}

// placeIn says that all places are those of a part without lines.
func (m *model) placeIn(part string) {
	for _, of := range [][]*item{m.elements, m.relations} {
		for _, i := range of {
			i.Line, i.Section = 0, part
		}
	}
}
