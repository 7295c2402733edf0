package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"net/http"
	"os"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// graphQL checks exchanges against the schema of the GraphQL API.
type graphQL struct{ schema *ast.Schema }

func loadGraphQL(file string) (*graphQL, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	document, err := parser.ParseSchemas(validator.Prelude, &ast.Source{Name: file, Input: string(data)})
	if err != nil {
		return nil, err
	}
	for _, definition := range document.Definitions {
		definition.Fields = once(definition.Fields)
	}
	schema, err := validator.ValidateSchemaDocument(document)
	if err != nil {
		return nil, err
	}
	return &graphQL{schema}, nil
}

// once drops second fields of one name: the published schema has some, and the
// parser does not take it with them.
func once(fields ast.FieldList) ast.FieldList {
	seen := map[string]bool{}
	return slices.DeleteFunc(fields, func(field *ast.FieldDefinition) bool {
		again := seen[field.Name]
		seen[field.Name] = true
		return again
	})
}

// check returns the operation of an exchange, by its first field, and what
// violates the schema.
func (g *graphQL) check(line exchange) (operation string, faults []string) {
	var sent struct {
		Query     string
		Variables map[string]any
	}
	if err := json.Unmarshal(line.Body, &sent); err != nil {
		return "graphql", []string{"request: " + err.Error()}
	}
	document, errs := gqlparser.LoadQueryWithRules(g.schema, sent.Query, rules.NewDefaultRules())
	for _, err := range errs {
		faults = append(faults, fmt.Sprintf("document: line %d: %s", err.Locations[0].Line, err.Message))
	}
	if len(faults) > 0 {
		return "graphql", faults
	}
	if len(document.Operations) != 1 {
		return "graphql", []string{fmt.Sprintf("document: %d operations", len(document.Operations))}
	}
	asked := document.Operations[0]
	operation = "graphql " + string(asked.Operation)
	if first, ok := asked.SelectionSet[0].(*ast.Field); ok {
		operation += " " + first.Name
	}
	faults = append(faults, g.variableFaults(asked, sent.Variables)...)
	if !line.Injected {
		faults = append(faults, g.answerFaults(asked, line)...)
	}
	return operation, faults
}

func (g *graphQL) variableFaults(asked *ast.OperationDefinition, variables map[string]any) (faults []string) {
	if _, err := validator.VariableValues(g.schema, asked, variables); err != nil {
		faults = append(faults, "variables: "+err.Error())
	}
	for name := range variables {
		if asked.VariableDefinitions.ForName(name) == nil {
			faults = append(faults, fmt.Sprintf("variables: $%s is not declared", name))
		}
	}
	return faults
}

// answerFaults checks that an answer has the selected fields, in their types, or
// tells errors.
func (g *graphQL) answerFaults(asked *ast.OperationDefinition, line exchange) []string {
	if line.Status != http.StatusOK {
		return refusalFaults(fmt.Sprintf("answer %d", line.Status), line.Answer)
	}
	var answer struct {
		Data   any
		Errors []struct{ Message string }
	}
	if err := json.Unmarshal(line.Answer, &answer); err != nil {
		return []string{"answer: " + err.Error()}
	}
	if len(answer.Errors) > 0 {
		if slices.ContainsFunc(answer.Errors, func(e struct{ Message string }) bool { return e.Message == "" }) {
			return []string{"answer: an error without a message"}
		}
		return nil // data may be null or partial
	}
	var root *ast.Definition
	switch asked.Operation {
	case ast.Mutation:
		root = g.schema.Mutation
	default:
		root = g.schema.Query
	}
	return g.objectFaults(root, asked.SelectionSet, answer.Data, "answer: data")
}

func (g *graphQL) objectFaults(of *ast.Definition, selected ast.SelectionSet, value any, at string) (faults []string) {
	fields, ok := value.(map[string]any)
	if !ok {
		return []string{at + " is no object"}
	}
	unasked := maps.Clone(fields)
	for _, selection := range selected {
		field, ok := selection.(*ast.Field)
		if !ok {
			faults = append(faults, at+": answers to fragments cannot be checked")
			continue
		}
		name := at + "." + field.Alias
		got, has := fields[field.Alias]
		delete(unasked, field.Alias)
		switch {
		case !has:
			faults = append(faults, name+" is missing")
		case field.Name == "__typename":
			faults = append(faults, g.nameFaults(of, got, name)...)
		default:
			faults = append(faults, g.valueFaults(field.Definition.Type, field.SelectionSet, got, name)...)
		}
	}
	for name := range unasked {
		faults = append(faults, fmt.Sprintf("%s.%s was not asked for", at, name))
	}
	return faults
}

// nameFaults checks a __typename: a type that may stand here.
func (g *graphQL) nameFaults(of *ast.Definition, got any, at string) []string {
	if slices.ContainsFunc(g.schema.GetPossibleTypes(of), func(d *ast.Definition) bool { return d.Name == got }) {
		return nil
	}
	return []string{fmt.Sprintf("%s is %v, which is no %s", at, got, of.Name)}
}

func (g *graphQL) valueFaults(of *ast.Type, selected ast.SelectionSet, got any, at string) (faults []string) {
	switch {
	case got == nil && of.NonNull:
		return []string{at + " is null"}
	case got == nil:
		return nil
	case of.Elem != nil:
		list, ok := got.([]any)
		if !ok {
			return []string{at + " is no list"}
		}
		for _, each := range list {
			faults = append(faults, g.valueFaults(of.Elem, selected, each, at+"[]")...)
		}
		return faults
	}
	definition := g.schema.Types[of.NamedType]
	if definition.IsCompositeType() {
		return g.objectFaults(definition, selected, got, at)
	}
	if !isLeaf(definition, got) {
		return []string{fmt.Sprintf("%s is no %s", at, strings.TrimSuffix(of.String(), "!"))}
	}
	return nil
}

// isLeaf says whether a value is one of an enumeration or a scalar. GitHub's own
// scalars are told as text.
func isLeaf(of *ast.Definition, got any) bool {
	text, isText := got.(string)
	number, isNumber := got.(float64)
	_, isBool := got.(bool)
	switch {
	case of.Kind == ast.Enum:
		return isText && of.EnumValues.ForName(text) != nil
	case of.Name == "Int":
		return isNumber && number == math.Trunc(number)
	case of.Name == "Float":
		return isNumber
	case of.Name == "Boolean":
		return isBool
	}
	return isText
}
