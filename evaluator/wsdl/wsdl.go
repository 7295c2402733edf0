// Package wsdl reads descriptions of web services, WSDL 1.1 and 2.0, and of what stands
// in XML files, XML Schema. What a file imports is not followed.
package wsdl

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"regexp"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
)

// Namespaces of the root elements.
const (
	wsdl1  = "http://schemas.xmlsoap.org/wsdl/"
	wsdl2  = "http://www.w3.org/ns/wsdl"
	schema = "http://www.w3.org/2001/XMLSchema"
)

// Read reads each service of a description as an interface and the component that
// offers it; the settings are their addresses. A description without services, which
// others import, is one interface that nobody offers, and so is a schema.
func Read(ctx context.Context, data []byte) (austauschbar.Text, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	x, source := limit.NewXML(ctx, bytes.NewReader(data)), lines.NewSource(data)
	root, err := x.Root()
	if err != nil {
		return limit.Finish(ctx, austauschbar.Text{}, err)
	}
	var architecture *austauschbar.Architecture
	switch {
	case root.Name.Space == schema && root.Name.Local == "schema":
		architecture = readSchema(x, source, root)
	case root.Name.Space == wsdl1 && root.Name.Local == "definitions", root.Name.Space == wsdl2 && root.Name.Local == "description":
		d := &description{x: x, source: source, interfaces: map[string]*portType{}, bindings: map[string]binding{}}
		if err := d.read(root); err != nil {
			return limit.Finish(ctx, austauschbar.Text{}, err)
		}
		architecture = d.architecture()
	default:
		return austauschbar.Text{}, limit.Refuse("unknown_content", "neither WSDL nor XML Schema: "+root.Name.Local)
	}
	return austauschbar.Text{Architecture: architecture}, nil
}

// readSchema reads no more of a schema than its root says.
func readSchema(x *limit.XML, source *lines.Source, root xml.StartElement) *austauschbar.Architecture {
	space, version := limit.Attr(root, "targetNamespace"), lines.Clean(limit.Attr(root, "version"))
	line := source.Find(x.Begin(), x.Line(), space)
	return &austauschbar.Architecture{Interfaces: []austauschbar.Interface{{
		ID: "schema", Name: lines.Clean(space), Kind: "files", Formats: []string{"application/xml"},
		Specification: &austauschbar.Specification{Format: "xsd", Version: version, Versioned: version != "" || versioned(space)},
		Evidence:      []austauschbar.Evidence{source.Evidence(line, space)},
	}}}
}

// numbered matches a namespace with a part that is a version: "urn:akte:2.1",
// "http://example.org/person/2014-01", "…/xta/v3".
var numbered = regexp.MustCompile(`(?i)[/:#](?:v?[0-9]{1,3}(?:[._][0-9]{1,4}){0,3}|v[0-9]{1,3}|20[0-9]{2}[-/_][01][0-9](?:[-/_][0-3][0-9])?)(?:[/:#]|$)`)

// versioned says whether a namespace or address carries a version. The port of an
// address is none.
func versioned(address string) bool {
	scheme, rest, found := strings.Cut(address, "://")
	if !found {
		return numbered.MatchString(":" + address)
	}
	_, path, _ := strings.Cut(rest, "/")
	return lines.Versioned(scheme+"://"+rest) || numbered.MatchString("/"+path)
}

// A description is what is read of one file.
type description struct {
	x          *limit.XML
	source     *lines.Source
	root       xml.StartElement
	from, to   int // lines of the root's tag
	interfaces map[string]*portType
	order      []string // names of interfaces
	bindings   map[string]binding
	services   []service
	security   map[string]bool
	elements   int
}

// A portType is what WSDL 2.0 calls an interface: operations without a protocol.
type portType struct {
	name                  string
	line                  int
	operations, described int
	writes                bool
}

// A binding says over which protocol an interface is spoken.
type binding struct{ of, protocol string }

type service struct {
	name  string
	line  int
	of    string // its interface, which WSDL 2.0 names
	ports []port
}

type port struct {
	binding, address string
	line             int
}

// Bounds of one file.
const (
	maxServices = 200
	maxPorts    = 2_000 // of all services
)

func (d *description) read(root xml.StartElement) error {
	d.root, d.from, d.to, d.security = root, d.x.Begin(), d.x.Line(), map[string]bool{}
	return d.children(func(element xml.StartElement) error {
		if element.Name.Space != root.Name.Space {
			return d.policy(element)
		}
		switch element.Name.Local {
		case "portType", "interface":
			return d.portType(element)
		case "binding":
			return d.binding(element)
		case "service":
			return d.service(element)
		}
		return nil
	})
}

// children visits what is below the open element, and counts it.
func (d *description) children(visit func(xml.StartElement) error) error {
	return d.x.Children(func(element xml.StartElement) error {
		if d.elements++; d.elements > limit.Elements {
			return limit.Refuse("too_large", fmt.Sprintf("there are more than %d elements", limit.Elements))
		}
		return visit(element)
	})
}

func (d *description) portType(element xml.StartElement) error {
	read := &portType{name: lines.Clean(limit.Attr(element, "name")), line: d.x.Begin()}
	if _, known := d.interfaces[read.name]; !known {
		d.order = append(d.order, read.name)
	}
	d.interfaces[read.name] = read
	return d.children(func(operation xml.StartElement) error {
		if operation.Name.Local != "operation" {
			return nil
		}
		read.operations++
		read.writes = read.writes || lines.Changing(limit.Attr(operation, "name"))
		described := false
		err := d.children(func(inner xml.StartElement) error {
			if inner.Name.Local != "documentation" || described {
				return nil
			}
			text, err := d.x.Text()
			described = lines.Clean(text) != ""
			return err
		})
		if described {
			read.described++
		}
		return err
	})
}

func (d *description) binding(element xml.StartElement) error {
	read := binding{of: local(limit.Attr(element, "type"))}
	if of := limit.Attr(element, "interface"); of != "" { // of WSDL 2.0, whose type is the protocol
		read = binding{of: local(of), protocol: protocolOf2(limit.Attr(element, "type"), limit.Attr(element, "version"))}
	}
	err := d.children(func(inner xml.StartElement) error {
		if inner.Name.Local == "binding" {
			read.protocol = protocolOf1(inner.Name.Space)
		}
		if inner.Name.Local == "Policy" {
			return d.policy(inner)
		}
		return nil
	})
	d.bindings[lines.Clean(limit.Attr(element, "name"))] = read
	return err
}

// protocolOf1 names the protocol whose namespace a binding of WSDL 1.1 has.
func protocolOf1(namespace string) string {
	switch strings.TrimSuffix(namespace, "/") {
	case "http://schemas.xmlsoap.org/wsdl/soap":
		return "SOAP 1.1"
	case "http://schemas.xmlsoap.org/wsdl/soap12":
		return "SOAP 1.2"
	case "http://schemas.xmlsoap.org/wsdl/http":
		return "HTTP"
	}
	return ""
}

// protocolOf2 names the protocol of a binding of WSDL 2.0, where SOAP is that of version
// 1.2 unless it says another.
func protocolOf2(kind, version string) string {
	switch strings.TrimSuffix(kind, "/") {
	case wsdl2 + "/soap":
		if version == "1.1" {
			return "SOAP 1.1"
		}
		return "SOAP 1.2"
	case wsdl2 + "/http":
		return "HTTP"
	}
	return ""
}

func (d *description) service(element xml.StartElement) error {
	read := service{name: lines.Clean(limit.Attr(element, "name")), line: d.x.Begin(), of: local(limit.Attr(element, "interface"))}
	ports := 0
	for _, s := range d.services {
		ports += len(s.ports)
	}
	err := d.children(func(inner xml.StartElement) error {
		if inner.Name.Local != "port" && inner.Name.Local != "endpoint" || ports+len(read.ports) >= maxPorts {
			return nil
		}
		found := port{binding: local(limit.Attr(inner, "binding")), address: lines.Address(limit.Attr(inner, "address")), line: d.x.Begin()}
		err := d.children(func(at xml.StartElement) error {
			if location := limit.Attr(at, "location"); at.Name.Local == "address" && location != "" {
				found.address, found.line = lines.Address(location), d.source.Find(d.x.Begin(), d.x.Line(), location)
			}
			return nil
		})
		read.ports = append(read.ports, found)
		return err
	})
	if len(d.services) < maxServices {
		d.services = append(d.services, read)
	}
	return err
}

// local is a name without its prefix.
func local(name string) string { return lines.Clean(name[strings.LastIndex(name, ":")+1:]) }

// assertions are elements of WS-Policy by what they ask of a caller.
var assertions = map[string]string{
	"BasicAuthentication": "basic", "HttpBasicAuthentication": "basic", "HttpDigestAuthentication": "digest", "DigestAuthentication": "digest",
	"NegotiateAuthentication": "negotiate", "NtlmAuthentication": "ntlm", "X509Token": "mutualTLS", "RequireClientCertificate": "mutualTLS",
	"UsernameToken": "usernameToken", "SamlToken": "saml", "IssuedToken": "saml", "KerberosToken": "kerberos",
}

// policy notes what a policy asks of a caller.
func (d *description) policy(element xml.StartElement) error {
	if kind, known := assertions[element.Name.Local]; known {
		d.security[kind] = true
	}
	if limit.Attr(element, "RequireClientCertificate") == "true" {
		d.security["mutualTLS"] = true
	}
	return d.children(d.policy)
}
