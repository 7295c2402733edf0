// Package bpmn reads models of processes (BPMN) and decisions (DMN).
package bpmn

import (
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
)

// Namespaces of the standards contain these; what stands behind differs by version.
const (
	bpmn = "/spec/BPMN/"
	dmn  = "/spec/DMN/"
)

// engines are the namespaces of what engines add to the standards.
var engines = map[string]string{
	"http://activiti.org/bpmn":                 "activiti",
	"http://camunda.org/schema/1.0/bpmn":       "camunda",
	"http://camunda.org/schema/1.0/dmn":        "camunda",
	"http://camunda.org/schema/modeler/1.0":    "camunda",
	"http://camunda.org/schema/zeebe/1.0":      "zeebe",
	"http://camunda.org/schema/zeebe/dmn/1.0":  "zeebe",
	"http://flowable.org/bpmn":                 "flowable",
	"http://flowable.org/dmn":                  "flowable",
	"http://flowable.org/design":               "flowable",
	"http://www.jboss.org/drools":              "drools",
	"http://www.jboss.org/drools/kie/dmn/1.2":  "drools",
	"http://www.drools.org/kie/dmn/1.1":        "drools",
	"http://www.omg.org/bpmn20/jbpm":           "jbpm",
	"http://www.bonitasoft.org/ns/bpmn/client": "bonita",
	"http://www.signavio.com":                  "signavio",
	"http://www.bizagi.com/bpmn20":             "bizagi",
}

// Bounds of a model.
const (
	maxElements = 100_000
	maxKept     = 5_000 // stores, processes and settings
)

// Read reads a model. A store of data that it names is a component: pools, lanes and
// tasks are people and steps, and tell no system. Each process and decision is a
// resource whose provider is the engines whose own elements or attributes it uses,
// sorted; "" where it keeps to the standard. How service tasks are implemented is kept
// as settings.
//
// Refusals: "damaged", "too_large", "unknown_content" for other XML, "timeout".
func Read(ctx context.Context, data []byte) (austauschbar.Text, error) {
	m := &model{x: limit.NewXML(ctx, bytes.NewReader(data)), stores: map[string]int{}, resources: map[string]bool{}}
	root, err := m.x.Root()
	if err == nil && (root.Name.Local != "definitions" || !strings.Contains(root.Name.Space, bpmn) && !strings.Contains(root.Name.Space, dmn)) {
		return austauschbar.Text{}, limit.Refuse("unknown_content", "the root is "+root.Name.Local)
	}
	if err == nil {
		m.used(root, m.everywhere())
		err = m.children(m.everywhere())
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		return austauschbar.Text{}, ctx.Err()
	}
	if err != nil {
		gap := limit.Gap("", err)
		return austauschbar.Text{}, limit.Refuse(gap.Reason, gap.Detail)
	}
	m.provide()
	return austauschbar.Text{Architecture: &m.said}, nil
}

// A model is what is read of a model so far.
type model struct {
	x         *limit.XML
	said      austauschbar.Architecture
	stores    map[string]int // by id: index of its component
	resources map[string]bool
	engines   []map[string]bool // by index of the resource; those of the whole file first
	elements  int
}

// everywhere is what the whole file uses.
func (m *model) everywhere() map[string]bool {
	if len(m.engines) == 0 {
		m.engines = append(m.engines, map[string]bool{})
	}
	return m.engines[0]
}

// children reads what stands in the element that is open; used is what its process uses
// of engines.
func (m *model) children(used map[string]bool) error {
	return m.x.Children(func(element xml.StartElement) error {
		if m.elements++; m.elements > maxElements {
			return limit.Refuse("too_large", fmt.Sprintf("the model has more than %d elements", maxElements))
		}
		inner := m.element(element, used)
		m.used(element, inner)
		if element.Name.Local == "inputParameter" && isAddress(limit.Attr(element, "name")) {
			return m.address(element)
		}
		return m.children(inner)
	})
}

// element keeps what an element says and returns where the engines within it count.
func (m *model) element(element xml.StartElement, used map[string]bool) map[string]bool {
	switch element.Name.Local {
	case "process":
		return m.resource(element, "bpmn.process")
	case "decision":
		return m.resource(element, "dmn.decision")
	case "dataStore", "dataStoreReference":
		m.store(element)
	case "serviceTask", "sendTask", "businessRuleTask", "scriptTask":
		m.settings(element, "implementation", "class", "delegateExpression", "expression", "topic", "type", "scriptFormat", "resource", "decisionRef")
	case "taskDefinition":
		m.settings(element, "type")
	case "calledElement", "calledDecision":
		m.settings(element, "processId", "decisionId")
	case "input":
		if isAddress(limit.Attr(element, "target")) {
			m.settings(element, "source")
		}
	}
	return used
}

// used notes the engines to whose namespaces an element or its attributes belong.
func (m *model) used(element xml.StartElement, used map[string]bool) {
	note := func(space string) {
		if engine := engines[space]; engine != "" {
			used[engine] = true
		}
	}
	note(element.Name.Space)
	for _, attr := range element.Attr {
		note(attr.Name.Space)
	}
}

// resource keeps a process or decision and returns where the engines within it count.
func (m *model) resource(element xml.StartElement, kind string) map[string]bool {
	id := cmp.Or(limit.Attr(element, "id"), fmt.Sprintf("%s %d", kind, len(m.said.Resources)+1))
	if m.resources[id] || m.full() {
		return m.everywhere()
	}
	used := map[string]bool{}
	m.resources[id] = true
	m.engines = append(m.engines, used)
	m.said.Resources = append(m.said.Resources, austauschbar.Resource{ID: id, Type: kind, Name: nameOf(element), Evidence: m.evidence(element)})
	return used
}

// provide names the engines of each process and decision: its own and those that the
// whole file says.
func (m *model) provide() {
	for i := range m.said.Resources {
		used := maps.Clone(m.engines[i+1])
		maps.Copy(used, m.engines[0])
		m.said.Resources[i].Provider = strings.Join(slices.Sorted(maps.Keys(used)), ", ")
	}
}

// store keeps a store of data. What refers to one that is named is the same.
func (m *model) store(element xml.StartElement) {
	id := cmp.Or(limit.Attr(element, "dataStoreRef"), limit.Attr(element, "id"))
	name := nameOf(element)
	if at, known := m.stores[id]; known {
		m.said.Components[at].Name = cmp.Or(m.said.Components[at].Name, name)
		return
	}
	if name == "" || id == "" || m.full() {
		return
	}
	m.stores[id] = len(m.said.Components)
	m.said.Components = append(m.said.Components, austauschbar.Component{ID: id, Name: name, Kind: "database", Evidence: []austauschbar.Evidence{m.evidence(element)}})
}

// settings keeps attributes of an element.
func (m *model) settings(element xml.StartElement, names ...string) {
	for _, attr := range element.Attr {
		if slices.Contains(names, attr.Name.Local) {
			m.setting(element.Name.Local+"."+attr.Name.Local, attr.Value, m.x.Begin())
		}
	}
}

func (m *model) setting(name, value string, line int) {
	if value == "" || len(value) > 1000 || m.full() {
		return
	}
	m.said.Settings = append(m.said.Settings, austauschbar.Setting{Name: name, Value: value, Evidence: austauschbar.Evidence{Line: line}})
}

// isAddress says whether a connector's input is the address that it calls.
func isAddress(input string) bool { return input == "url" || input == "endpoint" }

// address keeps the address that a connector calls, which is the element's text.
func (m *model) address(element xml.StartElement) error {
	line := m.x.Begin()
	text, err := m.x.Text()
	m.setting(element.Name.Local+"."+limit.Attr(element, "name"), strings.TrimSpace(text), line)
	return err
}

func (m *model) full() bool {
	return len(m.said.Components)+len(m.said.Resources)+len(m.said.Settings) >= maxKept
}

// nameOf is what an element is called, at most 200 runes.
func nameOf(element xml.StartElement) string {
	name := lines.Clean(limit.Attr(element, "name"))
	if utf8.RuneCountInString(name) > 200 {
		name = string([]rune(name)[:200])
	}
	return name
}

// evidence is the place of the element that was just opened, quoted by its name.
func (m *model) evidence(element xml.StartElement) austauschbar.Evidence {
	return austauschbar.Evidence{Line: m.x.Begin(), Quote: cmp.Or(nameOf(element), limit.Attr(element, "id"))}
}
