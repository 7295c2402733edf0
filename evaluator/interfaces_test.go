package evaluator

import (
	"context"
	"testing"

	"github.com/austauschbar/austauschbar"
)

// Descriptions of interfaces are told by what they hold where their names say no more
// than YAML, JSON or XML.
func TestFormatsOfInterfaces(t *testing.T) {
	wsdl := `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/"/>`
	for name, test := range map[string]struct{ path, content, format, reason string }{
		"OpenAPI in YAML":    {"a.yml", "openapi: 3.1.0\ninfo: {title: a}\n", "openapi", ""},
		"OpenAPI in JSON":    {"a.json", `{"info": {"title": "a"}, "openapi": "3.1.0"}`, "openapi", ""},
		"Swagger":            {"a.yaml", "swagger: '2.0'\ninfo: {title: a}\n", "openapi", ""},
		"settings of a tool": {"a.yaml", "openapi: {generate: true}\n", "", "unknown_content"},
		"AsyncAPI":           {"a.yaml", "# b\nasyncapi: 2.6.0\n", "asyncapi", ""},
		"Postman":            {"a.json", `{"info": {"schema": "https://schema.getpostman.com/json"}, "item": []}`, "postman", ""},
		"much like Postman":  {"a.json", `{"info": "a", "item": []}`, "", "unknown_content"},
		"WSDL":               {"a.wsdl", wsdl, "wsdl", ""},
		"WSDL named .xml":    {"a.xml", wsdl, "wsdl", ""},
		"WSDL 2.0":           {"a.xml", `<w:description xmlns:w="http://www.w3.org/ns/wsdl"/>`, "wsdl", ""},
		"XML Schema":         {"a.xsd", `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>`, "xsd", ""},
		"no service":         {"a.xml", `<definitions xmlns="http://example.org/words"/>`, "", "unknown_content"},
		"XML named .wsdl":    {"a.wsdl", "<a/>", "", "unknown_content"},
		"GraphQL":            {"a.graphqls", "type Query { a: Int }", "graphql", ""},
		"Protocol Buffers":   {"a.proto", "service A {}", "protobuf", ""},
	} {
		t.Run(name, func(t *testing.T) {
			document := austauschbar.Document{Path: test.path, Load: func(context.Context) ([]byte, error) { return []byte(test.content), nil }}
			format, text, err := read(t.Context(), document)
			if test.reason != "" {
				if !refusedAs(err, test.reason) {
					t.Errorf("error %v, want %s", err, test.reason)
				}
				return
			}
			if err != nil || format != test.format || text.Architecture == nil {
				t.Errorf("format %q, error %v; want %s", format, err, test.format)
			}
		})
	}
}
