package policies

import (
	"reflect"
	"strconv"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/austauschbar/austauschbar"
)

// factsValue turns facts into OPA's own values, their lists side by side: of a large
// dossier, topics, names and clauses take about the same time each.
func factsValue(facts austauschbar.Facts) ast.Value {
	v := reflect.ValueOf(facts)
	fields := fieldsOf(v.Type())
	values := make([]ast.Value, len(fields))
	var group sync.WaitGroup
	for i, field := range fields {
		group.Go(func() { values[i] = toValue(v.Field(field.index)) })
	}
	group.Wait()
	object := ast.NewObjectWithCapacity(len(fields))
	for i, field := range fields {
		if value := v.Field(field.index); !field.omitEmpty || !value.IsZero() && !isEmptyList(value) {
			object.Insert(field.key, ast.NewTerm(values[i]))
		}
	}
	return object
}

// toValue turns facts into OPA's own values without a detour through JSON,
// which takes four times as long. It follows encoding/json's tags.
func toValue(v reflect.Value) ast.Value {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return ast.Null{}
		}
		return toValue(v.Elem())
	case reflect.String:
		return ast.String(v.String())
	case reflect.Bool:
		return ast.Boolean(v.Bool())
	case reflect.Int, reflect.Int64:
		return ast.Number(strconv.FormatInt(v.Int(), 10))
	case reflect.Float64:
		return ast.FloatNumberTerm(v.Float()).Value
	case reflect.Slice:
		terms := make([]*ast.Term, v.Len())
		for i := range terms {
			terms[i] = ast.NewTerm(toValue(v.Index(i)))
		}
		return ast.NewArray(terms...)
	case reflect.Map:
		object := ast.NewObjectWithCapacity(v.Len())
		for entry := v.MapRange(); entry.Next(); {
			object.Insert(ast.StringTerm(entry.Key().String()), ast.NewTerm(toValue(entry.Value())))
		}
		return object
	case reflect.Struct:
		fields := fieldsOf(v.Type())
		object := ast.NewObjectWithCapacity(len(fields))
		for _, field := range fields {
			if value := v.Field(field.index); !field.omitEmpty || !value.IsZero() && !isEmptyList(value) {
				object.Insert(field.key, ast.NewTerm(toValue(value)))
			}
		}
		return object
	}
	panic("policies: facts hold a " + v.Kind().String())
}

func isEmptyList(v reflect.Value) bool {
	return (v.Kind() == reflect.Slice || v.Kind() == reflect.Map) && v.Len() == 0
}

type field struct {
	index     int
	key       *ast.Term
	omitEmpty bool
}

var knownFields sync.Map // reflect.Type -> []field

func fieldsOf(t reflect.Type) []field {
	if known, ok := knownFields.Load(t); ok {
		return known.([]field)
	}
	var fields []field
	for i := range t.NumField() {
		name, options, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		fields = append(fields, field{i, ast.StringTerm(name), strings.Contains(options, "omitempty")})
	}
	knownFields.Store(t, fields)
	return fields
}
