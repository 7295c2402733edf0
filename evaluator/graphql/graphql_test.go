package graphql

import (
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

func TestRead(t *testing.T) {
	for name, test := range map[string]struct {
		source string
		want   []string
	}{
		"usual names": {`scalar Date
"""
Fragen.
"""
type Query {
  "Alle Akten."
  akten(seit: Date = "2024"): [Akte!]!
  akte(id: ID!): Akte @deprecated(reason: "akten")
}
type Mutation { loesche(id: ID!): Boolean }
extend type Query @key(fields: "id") { personen: [String] }
type Akte { id: ID! alt: String @deprecated }
`, []string{`"" -> "" api [GraphQL] operations=4 writes graphql deprecated=1 described=1 @5,10,11`}},
		"other names": {`schema { query: Q subscription: S }
type Q { a: Int }
type S { b: Int }
type Mutation { c: Int }
`, []string{`"" -> "" api [GraphQL] operations=3 writes graphql @2,3,4`}},
		"types alone":    {"type Akte { id: ID! }\nenum A { B }\n", nil},
		"queries":        {"query A($id: ID!) { akte(id: $id) { ...f } }\nfragment f on Akte { id }\n", nil},
		"comments alone": {"# a\n", nil},
	} {
		t.Run(name, func(t *testing.T) { readertest.Draws(t, Read, []byte(test.source), test.want) })
	}
}

func TestRefusals(t *testing.T) {
	for name, test := range map[string]struct{ source, code string }{
		"nothing":       {" \n", "empty"},
		"another one":   {"a: b\n", "damaged"},
		"cut off":       {"type Query {", "damaged"},
		"nested deeply": {"type Query { a(b: A = " + strings.Repeat("[", 5_000) + "): A }", "damaged"},
		"too many":      {"type Query { " + strings.Repeat("a: A ", 200_000) + "}", "too_large"},
		"too large":     {"#" + strings.Repeat(" ", maxFile), "too_large"},
	} {
		t.Run(name, func(t *testing.T) { readertest.Refuses(t, Read, test.source, test.code) })
	}
}

func TestCancelled(t *testing.T) { readertest.Cancels(t, Read, "type Query { a: A }") }

func TestInTime(t *testing.T) {
	for name, source := range map[string]string{
		"fields":   "type Query { " + strings.Repeat("a: A ", 100_000) + "}",
		"types":    strings.Repeat("extend type Query { a: A }\n", 50_000),
		"comments": strings.Repeat("# a\n", 500_000),
		"strings":  strings.Repeat(`"""a\"""`+"\n", 200_000),
	} {
		t.Run(name, func(t *testing.T) { readertest.InTime(t, Read, source) })
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"schema { query: Q }\n\"\"\"a\"\"\"\ntype Q { a(b: [A!]! = [{c: 1}]): A @deprecated }\nextend type Q { b: B }\ntype Mutation { c: C }\n",
		"query A { a { ...f } }\nfragment f on A { b }\n", "union A = | B | C\ninput D { e: E = 1 }\ndirective @a on FIELD\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) { readertest.SoundGraph(t, Read, data) })
}

// BenchmarkRead reads 1,000 small schemas.
func BenchmarkRead(b *testing.B) {
	source := []byte("type Query { " + strings.Repeat("a: A ", 50) + "}")
	for b.Loop() {
		for range 1_000 {
			if _, err := Read(b.Context(), source); err != nil {
				b.Fatal(err)
			}
		}
	}
}
