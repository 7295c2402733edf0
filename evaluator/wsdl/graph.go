package wsdl

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
)

func (d *description) architecture() *austauschbar.Architecture {
	found := &austauschbar.Architecture{}
	for i, s := range d.services {
		d.add(found, i, s)
	}
	if len(d.services) == 0 {
		found.Interfaces = []austauschbar.Interface{d.abstract()}
	}
	return found
}

// add adds a service with its component and addresses.
func (d *description) add(found *austauschbar.Architecture, i int, s service) {
	at := d.source.Evidence(s.line, s.name)
	offered := d.interfaceOf(d.spoken(s))
	offered.ID, offered.Name, offered.Evidence = fmt.Sprintf("service %d", i), s.name, []austauschbar.Evidence{at}
	if s.name != "" {
		offered.To = fmt.Sprintf("offer %d", i)
		found.Components = append(found.Components, austauschbar.Component{ID: offered.To, Name: s.name, Kind: "application", Evidence: []austauschbar.Evidence{at}})
	}
	for _, p := range s.ports {
		offered.Protocol = better(offered.Protocol, p.protocol(d.bindings))
		if p.address == "" {
			continue
		}
		stands := d.source.Evidence(p.line, p.address)
		offered.Specification.Versioned = offered.Specification.Versioned || versioned(p.address)
		offered.Evidence = append(offered.Evidence, stands)
		found.Settings = append(found.Settings, austauschbar.Setting{
			Component: offered.To, Name: "server", Value: p.address, Evidence: austauschbar.Evidence{Line: stands.Line},
		})
	}
	found.Interfaces = append(found.Interfaces, offered)
}

// protocol is that of the port's binding; where its address is none of HTTP, the
// address says more: "net.tcp".
func (p port) protocol(bindings map[string]binding) string {
	if scheme, _, found := strings.Cut(strings.ToLower(p.address), "://"); found && scheme != "http" && scheme != "https" {
		return scheme
	}
	return bindings[p.binding].protocol
}

// better is the later version of SOAP, else the first protocol that is told.
func better(one, other string) string {
	if one == "" || strings.HasPrefix(other, "SOAP") && other > one {
		return other
	}
	return one
}

// spoken lists the interfaces of a service, each once.
func (d *description) spoken(s service) []*portType {
	names := []string{s.of}
	for _, p := range s.ports {
		names = append(names, d.bindings[p.binding].of)
	}
	slices.Sort(names)
	var found []*portType
	for _, name := range slices.Compact(names) {
		if known, ok := d.interfaces[name]; ok && name != "" {
			found = append(found, known)
		}
	}
	return found
}

// interfaceOf adds up what interfaces offer.
func (d *description) interfaceOf(spoken []*portType) austauschbar.Interface {
	made := austauschbar.Interface{
		Kind: "api", Formats: []string{"application/xml"}, Security: slices.Sorted(maps.Keys(d.security)),
		Specification: &austauschbar.Specification{Format: "wsdl", Versioned: versioned(limit.Attr(d.root, "targetNamespace"))},
	}
	for _, p := range spoken {
		made.Operations += p.operations
		made.Specification.Described += p.described
		made.Writes = made.Writes || p.writes
	}
	return made
}

// abstract is the interface of a description without services, named as the description
// is, else after its first interface.
func (d *description) abstract() austauschbar.Interface {
	var all []*portType
	for _, name := range d.order {
		all = append(all, d.interfaces[name])
	}
	made := d.interfaceOf(all)
	for _, name := range slices.Sorted(maps.Keys(d.bindings)) {
		made.Protocol = better(made.Protocol, d.bindings[name].protocol)
	}
	name := limit.Attr(d.root, "name")
	line := d.source.Find(d.from, d.to, name)
	if name == "" && len(all) > 0 {
		name, line = all[0].name, all[0].line
	}
	made.ID, made.Name = "abstract", lines.Clean(name)
	made.Evidence = []austauschbar.Evidence{d.source.Evidence(line, name)}
	return made
}
