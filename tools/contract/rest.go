package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
)

// rest checks exchanges against the description of the REST API.
type rest struct{ router routers.Router }

// loadREST loads what the description says of the lines' paths.
func loadREST(file string, lines []exchange) (*rest, error) {
	paths := map[string]bool{}
	for _, line := range lines {
		paths[line.path()] = true
	}
	description, err := loadDescription(file, paths)
	if err != nil {
		return nil, err
	}
	// The description as a whole is not validated: GitHub's has two paths that
	// cannot be told apart.
	router, err := gorillamux.NewRouter(description)
	return &rest{router}, err
}

// options demand described answers. Tokens are the fake's to judge.
var options = &openapi3filter.Options{
	MultiError: true, IncludeResponseStatus: true, AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, SkipSettingDefaults: true,
	RejectWhenRequestBodyNotSpecified: true, SchemaValidationOptions: []openapi3.SchemaValidationOption{openapi3.DisableSchemaErrorDetails()},
}

// check returns the operation of an exchange, "" where none is described, and what
// violates the description.
func (r *rest) check(line exchange) (operation string, faults []string) {
	request, err := line.request()
	if err != nil {
		return "", []string{fmt.Sprintf("%s: %v", line.URL, err)}
	}
	route, parameters, err := r.router.FindRoute(request)
	if err != nil {
		if line.Injected || line.refused() {
			return "", nil
		}
		return "", []string{fmt.Sprintf("%s %s: not described", line.Method, line.path())}
	}
	operation = route.Method + " " + route.Path
	input := &openapi3filter.RequestValidationInput{Request: request, PathParams: parameters, Route: route, Options: options}
	if !line.refused() {
		faults = append(faults, queryFaults(route, request)...)
		faults = append(faults, tell("request", openapi3filter.ValidateRequest(context.Background(), input))...)
	}
	if line.Event == "" && !line.Injected {
		faults = append(faults, answerFaults(line, input)...)
	}
	return operation, faults
}

// queryFaults lists the query parameters that are not described.
func queryFaults(route *routers.Route, request *http.Request) (faults []string) {
	described := slices.Concat(route.PathItem.Parameters, route.Operation.Parameters)
	for name := range request.URL.Query() {
		if described.GetByInAndName("query", name) == nil {
			faults = append(faults, fmt.Sprintf("request: query parameter %q is not described", name))
		}
	}
	return faults
}

// common are refusals that any operation may give, described for it or not.
var common = []int{http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusUnprocessableEntity}

func answerFaults(line exchange, input *openapi3filter.RequestValidationInput) []string {
	described := input.Route.Operation.Responses.Status(line.Status) != nil
	answer := fmt.Sprintf("answer %d", line.Status)
	switch {
	case !described && slices.Contains(common, line.Status):
		return refusalFaults(answer, line.Answer)
	case described && line.Answer == nil && strings.HasPrefix(line.Header["Accept"], "application/vnd.github.raw"):
		// The description tells of JSON only.
		return nil
	}
	response := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: input, Status: line.Status, Header: http.Header{"Content-Type": {line.Type}}, Options: options,
		Body: io.NopCloser(strings.NewReader(string(line.Answer))),
	}
	return tell(answer, openapi3filter.ValidateResponse(context.Background(), response))
}

// refusalFaults checks the shape that all refusals have.
func refusalFaults(answer string, body json.RawMessage) []string {
	var refusal struct {
		Message       string `json:"message"`
		Documentation string `json:"documentation_url"`
	}
	if err := json.Unmarshal(body, &refusal); err != nil {
		return []string{answer + ": is no refusal: " + err.Error()}
	}
	if refusal.Message == "" || refusal.Documentation == "" {
		return []string{answer + ": refusal without message or documentation_url"}
	}
	return nil
}

// tell lists an error's causes, each on a line, without the schema and the value
// that the library prints.
func tell(where string, err error) (faults []string) {
	for _, cause := range causes(err) {
		faults = append(faults, where+": "+cause)
	}
	return faults
}

var index = regexp.MustCompile(`/\d+(/|$)`)

func causes(err error) (all []string) {
	var schema *openapi3.SchemaError
	var request *openapi3filter.RequestError
	var response *openapi3filter.ResponseError
	var many openapi3.MultiError
	switch {
	case err == nil:
	case isA(err, &many):
		for _, each := range many {
			all = append(all, causes(each)...)
		}
	case isA(err, &request) && request.Parameter != nil:
		for _, cause := range causesOr(request.Err, request.Reason) {
			all = append(all, fmt.Sprintf("%s parameter %q: %s", request.Parameter.In, request.Parameter.Name, cause))
		}
	case isA(err, &request):
		return causesOr(request.Err, request.Reason)
	case isA(err, &response):
		return causesOr(response.Err, response.Reason)
	case isA(err, &schema):
		place := "/" + strings.Join(schema.JSONPointer(), "/")
		// All entries of a list count as one.
		all = append(all, index.ReplaceAllString(place, "/*$1")+": "+reason(schema))
	default:
		return []string{err.Error()}
	}
	return all
}

// isA says whether an error itself, none that it wraps, is of a type.
func isA[T any](err error, target *T) bool {
	found, ok := err.(T)
	*target = found
	return ok
}

func causesOr(err error, reason string) []string {
	if err == nil {
		return []string{reason}
	}
	return causes(err)
}

// reason tells of alternatives what each was missing.
func reason(schema *openapi3.SchemaError) string {
	if schema.Origin == nil {
		return schema.Reason
	}
	var inner []string
	for _, cause := range causes(schema.Origin) {
		if !slices.Contains(inner, cause) {
			inner = append(inner, cause)
		}
	}
	return schema.Reason + " (" + strings.Join(inner, "; ") + ")"
}
