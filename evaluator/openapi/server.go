package openapi

import (
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
	"github.com/austauschbar/austauschbar/evaluator/yaml"
)

// A server is an address under which an interface answers.
type server struct {
	address string // with the default values of its variables, without login
	written string
	line    int
}

// servers lists the addresses of a file, each once, in their order; one that is but a
// path ("/api") too.
func (d *description) servers() []server {
	var found []server
	add := func(s server) {
		s.address = lines.Address(s.address)
		same := func(other server) bool { return other.address == s.address }
		if s.address != "" && len(found) < maxServers && !slices.ContainsFunc(found, same) {
			found = append(found, s)
		}
	}
	for _, said := range d.root.Elements("servers") {
		if url := said.At("url"); url.String() != "" {
			add(server{filled(url.Text, said.At("variables")), url.Text, url.Line})
		}
	}
	if host, base := d.root.At("host"), d.root.At("basePath"); host.String() != "" {
		for _, scheme := range d.root.Elements("schemes") {
			add(server{strings.ToLower(scheme.String()) + "://" + host.Text + base.String(), host.Text, host.Line})
		}
		if len(found) == 0 {
			add(server{"//" + host.Text + base.String(), host.Text, host.Line})
		}
	} else if base.String() != "" {
		add(server{base.Text, base.Text, base.Line})
	}
	return found
}

// Bounds, in bytes, of an address and of the value of a variable in it.
const (
	maxAddress  = 2_000
	maxVariable = 200
)

// filled puts the default values of variables into an address.
func filled(address string, variables *limit.Value) string {
	for _, variable := range yaml.Members(variables) {
		if len(address) > maxAddress {
			break
		}
		if value := variable.At("default").String(); value != "" && len(value) <= maxVariable {
			address = strings.ReplaceAll(address, "{"+variable.Key+"}", value)
		}
	}
	return address
}

// protocolOf is "https" where some server says it, else the first server's; "http"
// where none says one, since the format describes nothing else.
func protocolOf(servers []server) string {
	first := ""
	for _, s := range servers {
		scheme, _, found := strings.Cut(s.address, "://")
		scheme = strings.ToLower(scheme)
		if !found || strings.ContainsAny(scheme, "{}/ ") {
			continue
		}
		if scheme == "https" {
			return scheme
		}
		if first == "" {
			first = scheme
		}
	}
	if first == "" {
		return "http"
	}
	return first
}
