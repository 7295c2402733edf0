// Package graphql reads schemas of GraphQL interfaces.
package graphql

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
)

// maxFile bounds the bytes of a file, since its parser cannot be stopped.
const maxFile = 8 << 20

// Read reads a schema with operations as one interface, which the format gives no name. A
// file of types or of queries alone says nothing.
func Read(ctx context.Context, data []byte) (austauschbar.Text, error) {
	switch {
	case ctx.Err() != nil:
		return limit.Finish(ctx, austauschbar.Text{}, ctx.Err())
	case len(bytes.TrimSpace(data)) == 0:
		return austauschbar.Text{}, limit.Refuse("empty", "")
	case len(data) > maxFile:
		return austauschbar.Text{}, limit.Refuse("too_large", fmt.Sprintf("more than %d MiB", maxFile>>20))
	}
	source := &ast.Source{Input: string(data)}
	schema, err := parser.ParseSchemaWithLimit(source, limit.Elements)
	if err != nil {
		if _, isQuery := parser.ParseQueryWithTokenLimit(source, limit.Elements); isQuery == nil {
			return austauschbar.Text{Architecture: &austauschbar.Architecture{}}, nil
		}
		if strings.Contains(err.Error(), "token limit") {
			return austauschbar.Text{}, limit.Refuse("too_large", fmt.Sprintf("there are more than %d words and signs", limit.Elements))
		}
		return austauschbar.Text{}, limit.Refuse("damaged", err.Error())
	}
	return austauschbar.Text{Architecture: architecture(schema, lines.NewSource(data))}, nil
}

// architecture adds up the fields of the types that operations begin with.
func architecture(schema *ast.SchemaDocument, source *lines.Source) *austauschbar.Architecture {
	api := austauschbar.Interface{ID: "schema", Kind: "api", Protocol: "GraphQL", Specification: &austauschbar.Specification{Format: "graphql"}}
	begins := rootTypes(schema)
	for _, definition := range slices.Concat(schema.Definitions, schema.Extensions) {
		operation, isRoot := begins[definition.Name]
		if !isRoot || definition.Kind != ast.Object || len(definition.Fields) == 0 {
			continue
		}
		if len(api.Evidence) < maxPlaces {
			api.Evidence = append(api.Evidence, source.Evidence(definition.Position.Line, definition.Name))
		}
		api.Operations += len(definition.Fields)
		api.Writes = api.Writes || operation == ast.Mutation
		for _, field := range definition.Fields {
			if lines.Clean(field.Description) != "" {
				api.Specification.Described++
			}
			if field.Directives.ForName("deprecated") != nil {
				api.Specification.Deprecated++
			}
		}
	}
	if api.Operations == 0 {
		return &austauschbar.Architecture{}
	}
	return &austauschbar.Architecture{Interfaces: []austauschbar.Interface{api}}
}

// maxPlaces bounds the places of one interface.
const maxPlaces = 50

// rootTypes are the names of the types that operations begin with, each with its kind of
// operation.
func rootTypes(schema *ast.SchemaDocument) map[string]ast.Operation {
	names := map[ast.Operation]string{ast.Query: "Query", ast.Mutation: "Mutation", ast.Subscription: "Subscription"}
	for _, said := range slices.Concat(schema.Schema, schema.SchemaExtension) {
		for _, operation := range said.OperationTypes {
			names[operation.Operation] = operation.Type
		}
	}
	types := map[string]ast.Operation{}
	for _, operation := range []ast.Operation{ast.Subscription, ast.Query, ast.Mutation} {
		types[names[operation]] = operation
	}
	return types
}
