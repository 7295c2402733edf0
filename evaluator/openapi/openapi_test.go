package openapi

import (
	"fmt"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

func TestReadCorpus(t *testing.T) {
	for name, want := range map[string][]string{
		"openapi_aitema_terminvergabe.yaml": {
			`application "aitema|Termin API" @3`,
			`"" -> "aitema|Termin API" api "aitema|Termin API" [https] formats=application/json security=apiKey operations=38 writes openapi version=1.0.0 described=38 versioned licence="EUPL-1.2" @3,32,34,28`,
			`setting of "aitema|Termin API" server="http://localhost:3000" @32`,
			`setting of "aitema|Termin API" server="https://termin.aitema.de" @34`,
		},
		"openapi_gematik_timessenger_contact.yaml": {
			`application "I_TiMessengerContactManagement" @3`,
			`"" -> "I_TiMessengerContactManagement" api "I_TiMessengerContactManagement" [https] formats=application/json security=bearer operations=6 writes openapi version=1.0.3 described=6 versioned licence="Apache 2.0" @3,51,43`,
			`setting of "I_TiMessengerContactManagement" server="https://localhost/tim-contact-mgmt/v1.0.2/" @51`,
		},
	} {
		t.Run(name, func(t *testing.T) { readertest.Draws(t, Read, readertest.Corpus(t, name), want) })
	}
}

func TestRead(t *testing.T) {
	for name, test := range map[string]struct {
		source string
		want   []string
	}{
		"Swagger 2.0 in JSON": {
			`{"swagger": "2.0",
"info": {"title": "a", "version": "2", "license": {"name": "MIT"}, "termsOfService": "https://example.org/t"},
"host": "example.org", "basePath": "/v2", "schemes": ["http", "https"],
"consumes": ["application/json"], "produces": ["application/xml; charset=utf-8"],
"securityDefinitions": {"a": {"type": "basic"}, "b": {"type": "oauth2"}, "c": {"type": "oauth2"}},
"paths": {"/x": {"get": {"deprecated": true, "produces": ["text/csv"]}, "parameters": []}, "x-more": {"get": {}}}}`,
			[]string{
				`application "a" @2`,
				`"" -> "a" api "a" [https] formats=application/json,application/xml,text/csv security=basic,oauth2 operations=1 openapi version=2 deprecated=1 versioned licence="MIT" terms=https://example.org/t @2,3,3,2`,
				`setting of "a" server="http://example.org/v2" @3`,
				`setting of "a" server="https://example.org/v2" @3`,
			},
		},
		"operations that give out all": {
			`openapi: 3.1.0
info: {title: a, version: '1'}
paths:
  /orders/export: {get: {}}
  /orders: {get: {operationId: exportOrders}, post: {summary: Export to another system}}
  /orders/{id}: {get: {summary: One order}}`,
			[]string{
				`application "a" @2`,
				`"" -> "a" api "a" [http] operations=4 exports=2 writes openapi version=1 described=2 @2`,
			},
		},
		"references within the file": {
			`openapi: 3.1.0
info: {title: a, version: '1'}
paths:
  /x: {$ref: '#/components/pathItems/x~1y'}
  /loop: {$ref: '#/paths/~1loop'}
  /else: {$ref: 'other.yaml#/x'}
  /far: {$ref: 'https://example.org/x.yaml'}
components:
  pathItems:
    x/y:
      post:
        description: b
        requestBody: {$ref: '#/components/requestBodies/b'}
        responses: {'200': {$ref: '#/components/responses/r'}, '400': {$ref: '#/nowhere'}}
  requestBodies: {b: {content: {Application/JSON: {}, '*/*': {}}}}
  responses: {r: {content: {text/plain;charset=utf-8: {}}}}
  securitySchemes: {k: {$ref: '#/components/securitySchemes/o'}, o: {type: openIdConnect}, m: {type: mutualTLS}, h: {type: http, scheme: Basic}}
`,
			[]string{`application "a" @2`, `"" -> "a" api "a" [http] formats=application/json,text/plain security=basic,mutualTLS,openIdConnect operations=1 writes openapi version=1 described=1 @2`},
		},
		"servers": {
			`openapi: 3.0.0
info:
  title: a
  license: {name: B, identifier: EUPL-1.2}
servers:
  - url: https://me:x1@{region}.example.org/api
    variables: {region: {default: eu}}
  - url: https://eu.example.org/api
  - url: /v1/api
`,
			[]string{
				`application "a" @3`, `"" -> "a" api "a" [https] openapi versioned licence="EUPL-1.2" @3,6,9,4`,
				`setting of "a" server="https://eu.example.org/api" @6`, `setting of "a" server="/v1/api" @9`,
			},
		},
		"anchors": {
			"openapi: 3.0.0\ninfo: {title: a}\npaths:\n  /x: &x\n    get: {summary: b}\n  /y: *x\n  /z:\n    <<: *x\n    delete: {}\n",
			[]string{`application "a" @2`, `"" -> "a" api "a" [http] operations=4 writes openapi described=3 @2`},
		},
		"without a title": {
			"# b\nopenapi: 3.0.0\npaths: {/v1: {get: {}}}\n",
			[]string{`"" -> "" api [http] operations=1 openapi versioned @2`},
		},
		"parts for others": {"openapi: 3.0.0\ninfo: {title: a}\npaths: {}\ncomponents: {schemas: {b: {}}}\n", nil},
		"calls of others": {
			"openapi: 3.1.0\ninfo: {title: a}\nwebhooks: {b: {post: {}}}\n",
			[]string{`application "a" @2`, `"" -> "a" api "a" [http] openapi @2`},
		},
		"of another shape": {
			"openapi: 3.0.0\ninfo: [a]\npaths: {/a: [{get: b}]}\nservers: a\ncomponents: {securitySchemes: [a]}\n",
			[]string{`"" -> "" api [http] openapi @1`},
		},
	} {
		t.Run(name, func(t *testing.T) { readertest.Draws(t, Read, []byte(test.source), test.want) })
	}
}

func TestVersioned(t *testing.T) {
	for name, test := range map[string]struct {
		source string
		want   bool
	}{
		"in most paths":           {"paths: {/api/v1/a: {}, /v1/b: {}, /health: {}}", true},
		"in few paths":            {"paths: {/api/v1/a: {}, /b: {}, /c: {}}", false},
		"in a host":               {"servers: [{url: 'https://v2.example.org'}]", true},
		"in a date":               {"servers: [{url: 'https://example.org/2024-05-01/a'}]", true},
		"in a query":              {"servers: [{url: 'https://example.org/a?x=/v1/'}]", false},
		"in a media type":         {"paths: {/a: {get: {responses: {'200': {content: {application/vnd.a.v2+json: {}}}}}}}", true},
		"in a media type's words": {"paths: {/a: {get: {responses: {'200': {content: {application/json; version=2: {}}}}}}}", true},
		"in a parameter":          {"paths: {/a: {}}\ncomponents: {parameters: {v: {name: X-API-Version, in: header}}}", true},
		"of another thing":        {"paths: {/a: {}}\ncomponents: {parameters: {v: {name: documentVersion, in: query}}}", false},
		"in a word":               {"paths: {/vat/v/video1: {}}", false},
	} {
		t.Run(name, func(t *testing.T) {
			text, err := Read(t.Context(), []byte("openapi: 3.0.0\n"+test.source))
			if err != nil {
				t.Fatal(err)
			}
			if got := text.Architecture.Interfaces[0].Specification.Versioned; got != test.want {
				t.Errorf("versioned %t", got)
			}
		})
	}
}

func TestRefusals(t *testing.T) {
	for name, test := range map[string]struct{ source, code string }{
		"something else":     {"info: {title: a}\n", "unknown_content"},
		"nothing":            {"\n", "empty"},
		"a list":             {"[openapi]", "unknown_content"},
		"damaged":            {"openapi: [", "damaged"},
		"damaged JSON":       {`{"openapi": "3.0.0"`, "damaged"},
		"aliases of aliases": {bomb(), "too_large"},
		"nested deeply":      {"openapi: 3.0.0\nx: " + strings.Repeat("[", 400) + strings.Repeat("]", 400), "too_large"},
		"shared by all":      {shared(3000, 1000), "too_large"},
	} {
		t.Run(name, func(t *testing.T) { readertest.Refuses(t, Read, test.source, test.code) })
	}
}

func TestCancelled(t *testing.T) { readertest.Cancels(t, Read, shared(10, 10)) }

func TestInTime(t *testing.T) {
	for name, source := range map[string]string{
		"one reference to the next": chain(20_000),
		"a part shared by all":      shared(9_000, 9_000),
	} {
		t.Run(name, func(t *testing.T) { readertest.InTime(t, Read, source) })
	}
}

// bomb returns aliases that stand for 9 of the ones before.
func bomb() string {
	source := "openapi: 3.0.0\na0: &a0 [x]\n"
	for i := range 9 {
		source += fmt.Sprintf("a%d: &a%d [%s]\n", i+1, i+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i), 9), ", "))
	}
	return source
}

// shared returns paths that all refer to one with this many answers.
func shared(paths, answers int) string {
	var source strings.Builder
	source.WriteString("openapi: 3.0.0\npaths:\n  /x:\n    get:\n      responses:\n")
	for i := range answers {
		fmt.Fprintf(&source, "        '%d': {}\n", i)
	}
	for i := range paths {
		fmt.Fprintf(&source, "  /x%d: {$ref: '#/paths/~1x'}\n", i)
	}
	return source.String()
}

// chain returns answers that each refer to the next, and a path that asks for all.
func chain(n int) string {
	var source, answers strings.Builder
	for i := range n {
		fmt.Fprintf(&source, "    a%d: {$ref: '#/components/responses/a%d'}\n", i, i+1)
		fmt.Fprintf(&answers, "        '%d': {$ref: '#/components/responses/a%d'}\n", i, i)
	}
	return "openapi: 3.0.0\npaths:\n  /x:\n    get:\n      responses:\n" + answers.String() + "components:\n  responses:\n" + source.String()
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"openapi: 3.0.0\ninfo: {title: a}\nservers: [{url: 'https://{r}.example.org/v1', variables: {r: {default: eu}}}]\npaths: {/x: {$ref: '#/paths/~1y'}, /y: {post: {}}}\n",
		`{"swagger": "2.0", "info": {"title": "a"}, "host": "example.org", "schemes": ["https"], "paths": {}}`,
		shared(2, 2), chain(3),
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) { readertest.SoundGraph(t, Read, data) })
}

// BenchmarkRead reads 1,000 small descriptions.
func BenchmarkRead(b *testing.B) {
	source := []byte(chain(10) + "info: {title: a}\n")
	for b.Loop() {
		for range 1_000 {
			if _, err := Read(b.Context(), source); err != nil {
				b.Fatal(err)
			}
		}
	}
}
