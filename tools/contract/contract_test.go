package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A description as small as it can be, with all that the checks look at.
const description = `{
  "openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "servers": [{"url": "https://api.github.com"}],
  "paths": {
    "/repos/{owner}/check-runs": {"post": {
      "parameters": [{"name": "owner", "in": "path", "required": true, "schema": {"type": "string"}}],
      "requestBody": {"content": {"application/json": {"schema": {"type": "object", "required": ["conclusion"], "properties": {
        "conclusion": {"type": "string", "enum": ["failure", "neutral"]},
        "output": {"type": "object", "properties": {"annotations": {"type": "array", "maxItems": 50, "items": {"type": "object", "properties": {"path": {"type": "string"}}}}}}}}}}},
      "responses": {"201": {"description": "D", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/run"}}}}}}},
    "/repos/{owner}/pulls": {"get": {
      "parameters": [{"name": "owner", "in": "path", "required": true, "schema": {"type": "string"}}, {"name": "page", "in": "query", "schema": {"type": "integer"}}],
      "responses": {"200": {"description": "D", "content": {"application/json": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/run"}}}}}}}},
    "/repos/{owner}/labels": {"post": {
      "parameters": [{"name": "owner", "in": "path", "required": true, "schema": {"type": "string"}}],
      "requestBody": {"content": {"application/json": {"schema": {"oneOf": [{"type": "object", "properties": {"labels": {"type": "array", "items": {"type": "string"}}}}, {"type": "string"}]}}}},
      "responses": {"200": {"description": "D"}}}},
    "/unused": {"get": {"responses": {"200": {"$ref": "#/components/responses/none"}}}}
  },
  "x-webhooks": {"pull-request-opened": {"post": {
    "requestBody": {"content": {"application/json": {"schema": {"type": "object", "required": ["number"], "properties": {"number": {"type": "integer"}}}}}},
    "responses": {"200": {"description": "D"}}}}},
  "components": {"schemas": {"run": {"type": "object", "required": ["id", "owner"], "properties": {"id": {"type": "integer"}, "owner": {"$ref": "#/components/schemas/owner"}}},
    "owner": {"type": "object", "required": ["login"], "properties": {"login": {"type": "string"}}}}}
}`

// As in GitHub's schema, one field stands there twice.
const schema = `
interface Actor { login: String! }
type User implements Actor { login: String! state: State login: String! }
type Bot implements Actor { login: String! }
type Team { name: String! }
enum State { OPEN CLOSED }
type Thread { id: ID! isResolved: Boolean! line: Int by: Actor }
type Query { threads(first: Int!, after: String): [Thread!]! me: User }
type Mutation { resolve(id: ID!): Thread }
`

const (
	good   = `"answer": {"id": 1, "owner": {"login": "o"}}, "status": 201, "type": "application/json; charset=utf-8"}`
	runs   = `{"method": "POST", "url": "/repos/o/check-runs", "header": {"Content-Type": "application/json"}, "body": `
	labels = `{"method": "POST", "url": "/repos/o/labels", "header": {"Content-Type": "application/json"}, "status": 200, "body": `
	pulls  = `{"method": "GET", "url": "/repos/o/pulls", "status": 200, "type": "application/json", "answer": `
	graph  = `{"method": "POST", "url": "/graphql", "status": 200, "type": "application/json", "body": {"query": "query($n: Int!) { threads(first: $n) { id isResolved line by { __typename login } } }", "variables": {"n": 1}}, "answer": `
)

// asking is an exchange of a GraphQL document that was answered with a refusal.
func asking(document, variables string) string {
	return `{"method": "POST", "url": "/graphql", "status": 200, "body": {"query": "` + document + `", "variables": ` + variables + `}, "answer": {"data": null, "errors": [{"message": "M"}]}}`
}

func answered(thread string) string { return graph + `{"data": {"threads": [` + thread + `]}}}` }

// contract runs the program on lines and returns its output and exit code.
func contract(t *testing.T, lines string, args ...string) (string, int) {
	t.Helper()
	descriptions, exchanges := t.TempDir(), t.TempDir()
	for name, text := range map[string]string{
		filepath.Join(descriptions, "api.github.com.json"): description, filepath.Join(descriptions, "schema.graphql"): schema, filepath.Join(exchanges, "a.jsonl"): lines,
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var out strings.Builder
	code := run(append([]string{"-operations", "1", "-descriptions", descriptions}, append(args, exchanges)...), &out, &out)
	return out.String(), code
}

func TestContract(t *testing.T) {
	annotations := func(n int) string { return strings.TrimSuffix(strings.Repeat(`{"path": "a"},`, n), ",") }
	for name, test := range map[string]struct {
		line string
		want string // violation; "" for none
	}{
		"run":                      {runs + `{"conclusion": "failure", "output": {"annotations": [` + annotations(50) + `]}}, ` + good, ""},
		"51 annotations":           {runs + `{"conclusion": "failure", "output": {"annotations": [` + annotations(51) + `]}}, ` + good, "request: /output/annotations: maximum number of items is 50"},
		"no such conclusion":       {runs + `{"conclusion": "failed"}, ` + good, "request: /conclusion: value is not one of the allowed values"},
		"no conclusion":            {runs + `{}, ` + good, `request: /conclusion: property "conclusion" is missing`},
		"misspelt property":        {runs + `{"conclusion": "failure", "output": {"anotations": []}}, ` + good, `property "anotations" is unsupported`},
		"misspelt inside":          {runs + `{"conclusion": "failure", "output": {"annotations": [{"pth": "a"}]}}, ` + good, `property "pth" is unsupported`},
		"alternative":              {labels + `{"labels": ["a"]}}`, ""},
		"misspelt alternative":     {labels + `{"label": ["a"]}}`, `property "label" is unsupported`},
		"parameter not described":  {strings.Replace(pulls, "pulls", "pulls?size=3", 1) + `[]}`, `query parameter "size" is not described`},
		"parameter of wrong type":  {strings.Replace(pulls, "pulls", "pulls?page=x", 1) + `[]}`, `query parameter "page"`},
		"answer without a field":   {pulls + `[{"id": 1}]}`, `answer 200: /*/owner: property "owner" is missing`},
		"answer of another type":   {pulls + `[{"id": "1", "owner": {"login": "o"}}]}`, "answer 200: /*/id: value must be an integer"},
		"path not described":       {`{"method": "GET", "url": "/repos/o/pulse", "status": 200, "answer": {}}`, "GET /repos/o/pulse: not described"},
		"path asked in vain":       {`{"method": "DELETE", "url": "/repos/o/pulse", "status": 404, "answer": {}}`, "DELETE /repos/o/pulse: not described"},
		"path provoked":            {`{"method": "GET", "url": "/repos/o/pulse", "status": 404, "answer": {}, "provoked": true}` + "\n" + pulls + `[]}`, ""},
		"status not described":     {strings.Replace(pulls, "200", "500", 1) + `{}}`, "answer 500: status is not supported"},
		"status of the test":       {strings.Replace(pulls, "200", "500", 1) + `{}, "injected": true}`, ""},
		"request under an outage":  {runs + `{"conclusion": "failed"}, "status": 502, "injected": true}`, "request: /conclusion"},
		"common refusal":           {strings.Replace(pulls, "200", "404", 1) + `{"message": "M", "documentation_url": "D"}}`, ""},
		"refusal without message":  {strings.Replace(pulls, "200", "404", 1) + `{}}`, "answer 404: refusal without message"},
		"provoked refusal":         {runs + `{"conclusion": "failed"}, "provoked": true, "status": 422, "answer": {"message": "M", "documentation_url": "D"}}`, ""},
		"provoked and let through": {runs + `{"conclusion": "failed"}, "provoked": true, ` + good, "request: /conclusion"},
		"webhook":                  {`{"event": "pull_request", "action": "opened", "body": {"number": 1}}`, ""},
		"webhook without a field":  {`{"event": "pull_request", "action": "opened", "body": {}}`, `/number: property "number" is missing`},
		"no such webhook":          {`{"event": "pull_request", "action": "reviewed", "body": {}}`, "/webhooks/pull-request-reviewed: not described"},

		"threads":                   {answered(`{"id": "T", "isResolved": true, "line": null, "by": {"__typename": "Bot", "login": "b"}}`), ""},
		"no such field":             {asking("{ threads(first: 1) { state } }", "{}"), `Cannot query field`},
		"no such mutation":          {asking("mutation { close { id } }", "{}"), `Cannot query field`},
		"variable of another type":  {asking("query($n: Int!) { threads(first: $n) { id } }", `{"n": "x"}`), "variables:"},
		"variable missing":          {asking("query($n: Int!) { threads(first: $n) { id } }", `{}`), "variables:"},
		"variable not declared":     {asking("{ me { login } }", `{"n": 1}`), "$n is not declared"},
		"variable for another type": {asking("query($n: String!) { threads(first: $n) { id } }", `{"n": "x"}`), "document:"},
		"field not answered":        {answered(`{"id": "T", "line": 1, "by": null}`), "data.threads[].isResolved is missing"},
		"null":                      {answered(`{"id": "T", "isResolved": null, "line": 1, "by": null}`), "isResolved is null"},
		"no number":                 {answered(`{"id": "T", "isResolved": true, "line": "1", "by": null}`), "line is no Int"},
		"not asked for":             {answered(`{"id": "T", "isResolved": true, "line": 1, "by": null, "path": "a"}`), "path was not asked for"},
		"type that cannot be":       {answered(`{"id": "T", "isResolved": true, "line": 1, "by": {"__typename": "Team", "login": "b"}}`), "which is no Actor"},
		"no data":                   {graph + `{"data": null}}`, "data is no object"},
	} {
		t.Run(name, func(t *testing.T) {
			out, code := contract(t, test.line+"\n")
			if (code == 0) != (test.want == "") || !strings.Contains(out, test.want) {
				t.Errorf("exit code %d, want %q:\n%s", code, test.want, out)
			}
		})
	}
}

// A check that saw nothing says nothing.
func TestTooLittle(t *testing.T) {
	one := pulls + `[]}` + "\n"
	for name, test := range map[string]struct {
		lines string
		least string
		want  string
		code  int
	}{
		"enough":         {one, "1", "1 exchanges of 1 operations, 0 violations", 0},
		"nothing":        {"", "0", "nothing was written down", 1},
		"one operation":  {one + one, "2", "only 1 operations were seen", 1},
		"killed process": {one + one[:20], "1", "1 exchanges", 0},
		"garbage":        {"garbage\n", "1", "line 1", 1},
	} {
		t.Run(name, func(t *testing.T) {
			if out, code := contract(t, test.lines, "-operations", test.least); code != test.code || !strings.Contains(out, test.want) {
				t.Errorf("exit code %d:\n%s", code, out)
			}
		})
	}
}

// A violation is printed once, with its count.
func TestCounts(t *testing.T) {
	out, _ := contract(t, strings.Repeat(pulls+`[{"id": 1}, {"id": 2}]}`+"\n", 3))
	if want := `GET /repos/{owner}/pulls: answer 200: /*/owner: property "owner" is missing (3 times)` + "\n3 exchanges of 1 operations, 1 violations\n"; out != want {
		t.Errorf("got\n%s\nwant\n%s", out, want)
	}
}
