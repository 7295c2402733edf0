package dockerfile

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

func TestRead(t *testing.T) {
	for name, test := range map[string]struct {
		source              string
		components, edges   []string
		settings            []string
		licence, vendor, at string
	}{
		"stages": {
			source: "# syntax=docker/dockerfile:1\nARG GO=1.26\nFROM golang:${GO} AS build\nENV CGO_ENABLED=0\nRUN go build\nFROM gcr.io/distroless/static:nonroot\n" +
				"LABEL org.opencontainers.image.title=\"Portal\" \\\n  org.opencontainers.image.licenses=EUPL-1.2 org.opencontainers.image.vendor=\"Example\"\nENV A=b C=\"d e\"\nENV OLD way of it\nEXPOSE 8080 443/tcp\nCMD [\"/portal\", \"serve\"]\n",
			components: []string{"Portal (built)", "static gcr.io/distroless/static:nonroot"},
			edges:      []string{"Portal → static", "→ Portal api", "→ Portal user https"},
			settings:   []string{"9 A=b", "9 C=d e", "10 OLD=way of it", "12 cmd=/portal", "12 cmd=serve"},
			licence:    "EUPL-1.2", vendor: "Example",
		},
		"a stage that continues": {
			source:     "FROM node:22 AS base\nENV A=1\nFROM base AS last\nENV B=2\n",
			components: []string{"image (built)", "node node:22"}, edges: []string{"image → node"}, settings: []string{"2 A=1", "4 B=2"},
		},
		"from nothing":            {source: "FROM scratch\nCOPY x /\n", components: []string{"image (built)"}, edges: []string{}},
		"a variable of nothing":   {source: "ARG BASE\nFROM $BASE\n", components: []string{"$BASE $BASE", "image (built)"}, edges: []string{"image → $BASE"}},
		"a stage under its name":  {source: "FROM a AS a\nFROM a\n", components: []string{"a a", "image (built)"}, edges: []string{"image → a"}},
		"a variable with default": {source: "FROM ${X:-alpine:3.20}\n", components: []string{"alpine alpine:3.20", "image (built)"}, edges: []string{"image → alpine"}},
	} {
		t.Run(name, func(t *testing.T) {
			found := readertest.Graph(t, Read, []byte(test.source))
			if got := readertest.Components(found); !slices.Equal(got, test.components) {
				t.Errorf("components %q", got)
			}
			if got := readertest.Edges(found); !slices.Equal(got, test.edges) {
				t.Errorf("edges %q", got)
			}
			var settings []string
			for _, s := range found.Settings {
				settings = append(settings, fmt.Sprintf("%d %s=%s", s.Evidence.Line, s.Name, s.Value))
			}
			if !slices.Equal(settings, test.settings) {
				t.Errorf("settings %q", settings)
			}
			if of := found.Components[0]; of.Licence != test.licence || of.Vendor != test.vendor {
				t.Errorf("licence %q of %q", of.Licence, of.Vendor)
			}
		})
	}
}

func TestRefusals(t *testing.T) {
	for name, test := range map[string]struct{ source, code string }{
		"nothing built on": {"RUN x\n", "unknown_content"},
		"no instructions":  {"\n", "damaged"},
		"too long":         {strings.Repeat("#\n", 1<<20), "too_large"},
	} {
		t.Run(name, func(t *testing.T) { readertest.Refuses(t, Read, test.source, test.code) })
	}
	readertest.Cancels(t, Read, "FROM a")
	readertest.InTime(t, Read, "FROM a\n"+strings.Repeat("ENV A=b \\\n", 90_000)+"\n")
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("ARG A=1\nFROM x:${A} AS b\nENV A=b C='d'\nLABEL a=b\nEXPOSE 80 1-2/udp\nCMD [\"a\"]\nFROM b\nENTRYPOINT x y\nRUN <<EOF\nx\nEOF\n"))
	f.Fuzz(func(t *testing.T, data []byte) { readertest.Graph(t, Read, data) })
}

// BenchmarkRead reads a thousand files as small as most are.
func BenchmarkRead(b *testing.B) {
	data := []byte("FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /portal\nFROM debian:12\nCOPY --from=build /portal /portal\nENV A=b\nEXPOSE 8080\nCMD [\"/portal\"]\n")
	for b.Loop() {
		for range 1000 {
			if _, err := Read(b.Context(), data); err != nil {
				b.Fatal(err)
			}
		}
	}
}
