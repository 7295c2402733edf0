// Package protobuf reads the services of Protocol Buffers. What a file imports is not
// followed.
package protobuf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/bufbuild/protocompile/ast"
	"github.com/bufbuild/protocompile/parser"
	"github.com/bufbuild/protocompile/reporter"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
)

// maxFile bounds the bytes of a file, since its parser cannot be stopped and takes up to
// 150 times the memory.
const maxFile = 2 << 20

// Read reads each service as an interface and the component that offers it. A file of
// messages alone says nothing.
func Read(ctx context.Context, data []byte) (austauschbar.Text, error) {
	switch {
	case ctx.Err() != nil:
		return limit.Finish(ctx, austauschbar.Text{}, ctx.Err())
	case len(bytes.TrimSpace(data)) == 0:
		return austauschbar.Text{}, limit.Refuse("empty", "")
	case len(data) > maxFile:
		return austauschbar.Text{}, limit.Refuse("too_large", fmt.Sprintf("more than %d MiB", maxFile>>20))
	}
	if depth(data) > limit.Depth {
		return austauschbar.Text{}, limit.Refuse("too_large", fmt.Sprintf("brackets are nested more than %d deep", limit.Depth))
	}
	file, err := parse(data)
	if err != nil {
		return austauschbar.Text{}, limit.Refuse("damaged", detail(err))
	}
	d := &description{file: file, source: lines.NewSource(data)}
	for _, element := range file.Decls {
		switch element := element.(type) {
		case *ast.PackageNode:
			d.space = string(element.Name.AsIdentifier())
		case *ast.OptionNode:
			d.deprecated = d.deprecated || isDeprecated(element)
		}
	}
	for _, element := range file.Decls {
		if service, isService := element.(*ast.ServiceNode); isService && len(d.found.Interfaces) < maxServices {
			d.add(service)
		}
	}
	return austauschbar.Text{Architecture: &d.found}, nil
}

// parse parses a file whose bytes that are no UTF-8 are replaced: the parser takes them
// for longer ones, and panics where that puts the place of an error before the file. Any
// other panic is damage too.
func parse(data []byte) (file *ast.FileNode, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			file, err = nil, fmt.Errorf("parser: %v", cause)
		}
	}()
	return parser.Parse("", bytes.NewReader(bytes.ToValidUTF8(data, []byte("\ufffd"))), reporter.NewHandler(nil))
}

// detail is where and why the parser stopped.
func detail(err error) string {
	var at reporter.ErrorWithPos
	if errors.As(err, &at) {
		return fmt.Sprintf("line %d: %v", at.GetPosition().Line, at.Unwrap())
	}
	return err.Error()
}

// maxServices bounds the services of one file.
const maxServices = 500

// A description is what is read of one file.
type description struct {
	file       *ast.FileNode
	source     *lines.Source
	space      string // its package; "" where it names none
	deprecated bool   // all of it
	found      austauschbar.Architecture
}

func (d *description) add(service *ast.ServiceNode) {
	name := service.Name.Val
	at := d.source.Evidence(d.line(service.Name), name)
	version := versionOf(d.space)
	offered := austauschbar.Interface{
		ID: fmt.Sprintf("service %d", len(d.found.Interfaces)), Name: strings.TrimPrefix(d.space+"."+name, "."), Kind: "api", Protocol: "gRPC",
		To: fmt.Sprintf("offer %d", len(d.found.Interfaces)), Formats: []string{"protobuf"}, Evidence: []austauschbar.Evidence{at},
		Specification: &austauschbar.Specification{Format: "protobuf", Version: version, Versioned: version != ""},
	}
	all := d.deprecated
	for _, element := range service.Decls {
		switch element := element.(type) {
		case *ast.RPCNode:
			d.addOperation(&offered, element)
		case *ast.OptionNode:
			all = all || isDeprecated(element)
			d.addHost(offered.To, element)
		}
	}
	if all {
		offered.Specification.Deprecated = offered.Operations
	}
	d.found.Interfaces = append(d.found.Interfaces, offered)
	d.found.Components = append(d.found.Components, austauschbar.Component{ID: offered.To, Name: name, Kind: "application", Evidence: []austauschbar.Evidence{at}})
}

func (d *description) addOperation(offered *austauschbar.Interface, operation *ast.RPCNode) {
	offered.Operations++
	offered.Writes = offered.Writes || lines.Changing(operation.Name.Val)
	if d.described(operation) {
		offered.Specification.Described++
	}
	for _, element := range operation.Decls {
		if option, isOption := element.(*ast.OptionNode); isOption && isDeprecated(option) {
			offered.Specification.Deprecated++
			return
		}
	}
}

// described says whether a comment with a word in it stands above an operation or
// behind it.
func (d *description) described(operation *ast.RPCNode) bool {
	info := d.file.NodeInfo(operation)
	for _, comments := range []ast.Comments{info.LeadingComments(), info.TrailingComments()} {
		for i := range comments.Len() {
			if strings.Trim(comments.Index(i).RawText(), "/* \t\r\n-=#") != "" {
				return true
			}
		}
	}
	return false
}

// defaultHost is the option that names where a service of Google answers.
const defaultHost = "google.api.default_host"

func (d *description) addHost(component string, option *ast.OptionNode) {
	host, isText := option.Val.Value().(string)
	if !isText || nameOf(option) != defaultHost || host == "" {
		return
	}
	d.found.Settings = append(d.found.Settings, austauschbar.Setting{
		Component: component, Name: "server", Value: lines.Address(host), Evidence: austauschbar.Evidence{Line: d.line(option)},
	})
}

func (d *description) line(node ast.Node) int { return d.file.NodeInfo(node).Start().Line }

// isDeprecated says whether an option marks what it stands in as deprecated.
func isDeprecated(option *ast.OptionNode) bool {
	value, isWord := option.Val.Value().(ast.Identifier)
	return isWord && value == "true" && nameOf(option) == "deprecated"
}

// nameOf is an option's name without brackets.
func nameOf(option *ast.OptionNode) string {
	var parts []string
	for _, part := range option.Name.Parts {
		parts = append(parts, string(part.Name.AsIdentifier()))
	}
	return strings.TrimPrefix(strings.Join(parts, "."), ".")
}

// versionOf is the last part of a package that is a version: of "akte.v1", "v1"; "" where
// none is.
func versionOf(space string) string {
	for _, part := range slices.Backward(strings.Split(space, ".")) {
		if lines.IsVersion(part) {
			return part
		}
	}
	return ""
}
