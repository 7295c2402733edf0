package postman

import (
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

const collectionOfAkten = `{
"info": {
 "name": "Akten",
 "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
"auth": {"type": "oauth2"},
"variable": [{"key": "base", "value": "https://me:x1@akte.example.org/v1"}],
"item": [
 {"name": "lesen", "item": [
  {"name": "a", "request": {"method": "GET", "url": {"raw": "{{base}}/akten?x=1"}, "auth": {"type": "noauth"}}},
  {"name": "b", "request": {"method": "post", "auth": {"type": "apikey"}, "url": "{{base}}/akten"}}]},
 {"name": "c", "request": "http://localhost:8080?a"},
 {"name": "d", "request": {"url": {"raw": "{{unknown}}/a"}}}
]}`

func TestRead(t *testing.T) {
	for name, test := range map[string]struct {
		source string
		want   []string
	}{
		"folders": {collectionOfAkten, []string{
			`application "Akten" @3`,
			`"" -> "Akten" api "Akten" [https] security=apiKey,oauth2 operations=4 writes @3`,
			`setting of "Akten" server="https://akte.example.org" @9`,
			`setting of "Akten" server="http://localhost:8080" @11`,
		}},
		"nothing in it": {`{"info": {"schema": "https://schema.getpostman.com/"}}`, []string{
			`"" -> "" api [http] @1`,
		}},
	} {
		t.Run(name, func(t *testing.T) { readertest.Draws(t, Read, []byte(test.source), test.want) })
	}
}

func TestRefusals(t *testing.T) {
	for name, test := range map[string]struct{ source, code string }{
		"another one":   {`{"info": {"name": "a"}, "item": []}`, "not_this_format"},
		"cut off":       {collectionOfAkten[:200], "damaged"},
		"nested deeply": {`{"info": {}, "item": ` + strings.Repeat(`[{"item": `, 200) + "[]" + strings.Repeat("}]", 200) + "}", "too_large"},
	} {
		t.Run(name, func(t *testing.T) { readertest.Refuses(t, Read, test.source, test.code) })
	}
}

func TestInTime(t *testing.T) {
	readertest.InTime(t, Read, collectionOfAkten[:strings.LastIndex(collectionOfAkten, "]")]+strings.Repeat(`,{"request": "https://example.org/a"}`, 50_000)+"]}")
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(collectionOfAkten))
	f.Fuzz(func(t *testing.T, data []byte) { readertest.SoundGraph(t, Read, data) })
}

// BenchmarkRead reads 1,000 small collections.
func BenchmarkRead(b *testing.B) {
	for b.Loop() {
		for range 1_000 {
			if _, err := Read(b.Context(), []byte(collectionOfAkten)); err != nil {
				b.Fatal(err)
			}
		}
	}
}
