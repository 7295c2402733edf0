package protobuf

import (
	"fmt"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

func TestRead(t *testing.T) {
	for name, test := range map[string]struct {
		source string
		want   []string
	}{
		"two services": {`// Akten.
syntax = "proto3";
package stadt.akte.v1beta1;
import "google/api/annotations.proto";

service Auskunft {
  option (google.api.default_host) = "akte.example.org";
  // Liefert eine Akte.
  rpc GetAkte(Frage) returns (Antwort) { option (google.api.http) = {get: "/v1/{name=akte/*}"}; }
  // ----
  rpc FindAkte(Frage) returns (stream Antwort) { option deprecated = true; }
  rpc ListAkte(Frage) returns (Antwort); // Alle.
}
message Frage { string id = 1 [deprecated = true]; }
service Pflege {
  option deprecated = true;
  rpc DeleteAkte(stream Frage) returns (Antwort) {}
}
`, []string{
			`application "Auskunft" @6`,
			`application "Pflege" @15`,
			`"" -> "Auskunft" api "stadt.akte.v1beta1.Auskunft" [gRPC] formats=protobuf operations=3 protobuf version=v1beta1 deprecated=1 described=2 versioned @6`,
			`"" -> "Pflege" api "stadt.akte.v1beta1.Pflege" [gRPC] formats=protobuf operations=1 writes protobuf version=v1beta1 deprecated=1 versioned @15`,
			`setting of "Auskunft" server="akte.example.org" @7`,
		}},
		"deprecated as a whole": {"option deprecated = true;\nservice A { rpc B(C) returns (D); }\n", []string{
			`application "A" @2`,
			`"" -> "A" api "A" [gRPC] formats=protobuf operations=1 protobuf deprecated=1 @2`,
		}},
		"messages alone": {"syntax = \"proto2\";\nmessage A { optional group B = 1 { required int32 c = 2; } }\n", nil},
		"an edition":     {"edition = \"2023\";\npackage a.v2;\n", nil},
		"comments alone": {"// a\n", nil},
	} {
		t.Run(name, func(t *testing.T) { readertest.Draws(t, Read, []byte(test.source), test.want) })
	}
}

func TestRefusals(t *testing.T) {
	for name, test := range map[string]struct{ source, code string }{
		"nothing":       {" \n", "empty"},
		"another one":   {"a: b\n", "damaged"},
		"cut off":       {"service A {", "damaged"},
		"bad escape":    {"\"\\\xc4I", "damaged"},
		"nested deeply": {strings.Repeat("message A {", 300) + strings.Repeat("}", 300), "too_large"},
		"too large":     {"//" + strings.Repeat(" ", maxFile), "too_large"},
	} {
		t.Run(name, func(t *testing.T) { readertest.Refuses(t, Read, test.source, test.code) })
	}
}

func TestDepth(t *testing.T) {
	for source, want := range map[string]int{
		"":                       0,
		"a { b [c] } d (e)":      2,
		"map<string, map<a, b>>": 2,
		"} } a {":                1,
		"// {{{\na { /* {{ */ b = \"{\"; c = '\\'{{'; }": 1,
		"/* {{ ":          0,
		"a / b { \"{\n }": 1,
	} {
		if got := depth([]byte(source)); got != want {
			t.Errorf("%s: %d", source, got)
		}
	}
}

func TestCancelled(t *testing.T) { readertest.Cancels(t, Read, many(1)) }

func TestInTime(t *testing.T) {
	for name, source := range map[string]string{
		"services":   many(40_000),
		"operations": "service A {" + strings.Repeat("rpc B(C) returns (D);\n", 90_000) + "}",
		"comments":   "service A {" + strings.Repeat("/* a */\n", 200_000) + "rpc B(C) returns (D); }",
		"messages":   strings.Repeat(strings.Repeat("message A {", 200)+strings.Repeat("}", 200), 500),
		"fields":     "message A {" + strings.Repeat("A b=1;", 200_000) + "}",
		"one string": "option a = " + strings.Repeat(`"b" `, 400_000) + ";",
	} {
		t.Run(name, func(t *testing.T) { readertest.InTime(t, Read, source) })
	}
}

// many returns this many services.
func many(services int) string {
	var source strings.Builder
	for i := range services {
		fmt.Fprintf(&source, "service A%d { rpc B(C) returns (D); }\n", i)
	}
	return source.String()
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"syntax = \"proto3\";\npackage a.v1;\nservice B {\n  option (google.api.default_host) = \"c\";\n  // d\n  rpc E(F) returns (stream .a.G) { option deprecated = true; }\n}\n",
		"option deprecated = true;\nmessage A { map<string, B> c = 1; oneof d { string e = 2 [(f) = {g: [1, -inf]}]; } extensions 4 to max; }\nenum H { I = 0; }\n",
		"\"\\\xc4I\x80\"",
		"edition = \"2023\";\nextend A { repeated group B = 1 {} }\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) { readertest.SoundGraph(t, Read, data) })
}

// BenchmarkRead reads 1,000 small files.
func BenchmarkRead(b *testing.B) {
	source := []byte(many(10))
	for b.Loop() {
		for range 1_000 {
			if _, err := Read(b.Context(), source); err != nil {
				b.Fatal(err)
			}
		}
	}
}
