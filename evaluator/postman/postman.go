// Package postman reads collections of requests as the Postman program keeps them: they
// show an interface in use and are no specification of it.
package postman

import (
	"bytes"
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
)

// Read reads a collection as one interface without a specification and the component
// that offers it. Its settings are the addresses that requests go to. What has but the
// same members at its top is refused as "not_this_format".
func Read(ctx context.Context, data []byte) (austauschbar.Text, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	root, err := limit.NewJSON(ctx, bytes.NewReader(data)).Next()
	if err != nil {
		return limit.Finish(ctx, austauschbar.Text{}, err)
	}
	info := root.At("info")
	if !strings.Contains(info.At("schema").String(), "getpostman.com") {
		return austauschbar.Text{}, limit.Refuse("not_this_format", "info.schema is none of Postman")
	}
	c := &collection{source: lines.NewSource(data), variables: variables(root), security: map[string]bool{}, servers: map[string]bool{}}
	name := lines.Clean(info.At("name").String())
	c.api = austauschbar.Interface{ID: "api", Name: name, Kind: "api", Protocol: "http", Evidence: []austauschbar.Evidence{c.source.Evidence(info.Line, "")}}
	if name != "" {
		c.api.To = "offer"
		c.api.Evidence = []austauschbar.Evidence{c.source.Evidence(info.At("name").Line, name)}
		c.found.Components = []austauschbar.Component{{ID: "offer", Name: name, Kind: "application", Evidence: slices.Clone(c.api.Evidence)}}
	}
	c.add(root)
	c.api.Security = slices.Sorted(maps.Keys(c.security))
	c.found.Interfaces = []austauschbar.Interface{c.api}
	return austauschbar.Text{Title: name, Architecture: &c.found}, nil
}

// A collection is what is read of one file.
type collection struct {
	source    *lines.Source
	variables *strings.Replacer
	api       austauschbar.Interface
	security  map[string]bool
	servers   map[string]bool
	found     austauschbar.Architecture
}

// Bounds of one collection.
const (
	maxServers   = 50
	maxVariables = 50
	maxAddress   = 200 // bytes of a variable's value
)

// variables puts the values of a collection's variables in place of their names.
func variables(root *limit.Value) *strings.Replacer {
	var pairs []string
	for _, variable := range root.Elements("variable") {
		key, value := cmp.Or(variable.At("key").String(), variable.At("id").String()), variable.At("value").String()
		if key != "" && len(value) <= maxAddress && len(pairs) < 2*maxVariables {
			pairs = append(pairs, "{{"+key+"}}", value)
		}
	}
	return strings.NewReplacer(pairs...)
}

// security by the words of the program; what it calls "noauth" is none.
var security = map[string]string{"apikey": "apiKey", "basic": "basic", "bearer": "bearer", "digest": "digest", "ntlm": "ntlm", "oauth1": "oauth1", "oauth2": "oauth2"}

// add adds the requests of a folder and of the folders in it, which are no deeper than
// values may be.
func (c *collection) add(folder *limit.Value) {
	c.addSecurity(folder)
	for _, item := range folder.Elements("item") {
		if request := item.At("request"); request != nil {
			c.addRequest(request)
		}
		c.add(item)
	}
}

func (c *collection) addSecurity(of *limit.Value) {
	if kind := security[of.At("auth", "type").String()]; kind != "" {
		c.security[kind] = true
	}
}

// addRequest adds a request, which may be no more than its address.
func (c *collection) addRequest(request *limit.Value) {
	method := strings.ToUpper(cmp.Or(request.At("method").String(), "GET"))
	c.api.Operations++
	c.api.Writes = c.api.Writes || slices.Contains([]string{"DELETE", "PATCH", "POST", "PUT"}, method)
	c.addSecurity(request)
	url := request
	if request.Kind == limit.Object {
		url = request.At("url")
	}
	if url.At("raw") != nil {
		url = url.At("raw")
	}
	written := url.String()
	scheme, rest, found := strings.Cut(c.variables.Replace(written[:min(len(written), 10*maxAddress)]), "://")
	host, _, _ := strings.Cut(rest, "/")
	host, _, _ = strings.Cut(host, "?")
	if !found || host == "" || strings.Contains(scheme+host, "{{") || len(c.servers) == maxServers {
		return
	}
	address := lines.Address(scheme + "://" + host)
	if c.servers[address] {
		return
	}
	c.servers[address] = true
	if strings.EqualFold(scheme, "https") {
		c.api.Protocol = "https"
	}
	at := c.source.Evidence(url.Line, "")
	c.found.Settings = append(c.found.Settings, austauschbar.Setting{Component: c.api.To, Name: "server", Value: address, Evidence: austauschbar.Evidence{Line: at.Line}})
}
