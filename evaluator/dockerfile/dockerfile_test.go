package dockerfile

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
		"stages": {
			source: "# syntax=docker/dockerfile:1\nARG GO=1.26\nFROM golang:${GO} AS build\nENV CGO_ENABLED=0\nRUN go build\nFROM gcr.io/distroless/static:nonroot\n" +
				"LABEL org.opencontainers.image.title=\"Portal\" \\\n  org.opencontainers.image.licenses=EUPL-1.2 org.opencontainers.image.vendor=\"Example\"\nENV A=b C=\"d e\"\nENV OLD way of it\nEXPOSE 8080 443/tcp\nCMD [\"/portal\", \"serve\"]\n",
			want: []string{
				`application "Portal" custom licence=EUPL-1.2 vendor=Example @6`,
				`platform "static" image=gcr.io/distroless/static:nonroot version=nonroot @6`,
				`"" -> "Portal" api "8080" @11`,
				`"" -> "Portal" user "443/tcp" [https] @11`,
				`"Portal" -> "static" dependency @6`,
				`setting of "Portal" A="b" @9`,
				`setting of "Portal" C="d e" @9`,
				`setting of "Portal" OLD="way of it" @10`,
				`setting of "Portal" cmd="/portal" @12`,
				`setting of "Portal" cmd="serve" @12`,
			},
		},
		"a stage that continues": {
			source: "FROM node:22 AS base\nENV A=1\nFROM base AS last\nENV B=2\n",
			want: []string{
				`application "image" custom @3`,
				`platform "node" image=node:22 version=22 @1`,
				`"image" -> "node" dependency @1`,
				`setting of "image" A="1" @2`,
				`setting of "image" B="2" @4`,
			},
		},
		"sources of others, changed": {
			source: "FROM alpine:3.20\nRUN tar xf x.tgz && patch -d x -p1 < fix-login.patch\nRUN git apply /p/a.diff\nRUN apk add patch && echo patched\n",
			want: []string{
				`application "image" custom @1`,
				`platform "alpine" image=alpine:3.20 version=3.20 @1`,
				`resource "patch 1" type=patch name="fix-login.patch" of "image" @2`,
				`resource "patch 2" type=patch name="a.diff" of "image" @3`,
				`"image" -> "alpine" dependency @1`,
			},
		},
		"from nothing": {source: "FROM scratch\nCOPY x /\n", want: []string{
			`application "image" custom @1`,
		}},
		"a variable of nothing": {source: "ARG BASE\nFROM $BASE\n", want: []string{
			`application "image" custom @2`,
			`platform "$BASE" image=$BASE @2`,
			`"image" -> "$BASE" dependency @2`,
		}},
		"a stage under its name": {source: "FROM a AS a\nFROM a\n", want: []string{
			`application "image" custom @2`,
			`platform "a" image=a @1`,
			`"image" -> "a" dependency @1`,
		}},
		"a variable with default": {source: "FROM ${X:-alpine:3.20}\n", want: []string{
			`application "image" custom @1`,
			`platform "alpine" image=alpine:3.20 version=3.20 @1`,
			`"image" -> "alpine" dependency @1`,
		}},
	} {
		t.Run(name, func(t *testing.T) { readertest.Draws(t, Read, []byte(test.source), test.want) })
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
	f.Fuzz(func(t *testing.T, data []byte) { readertest.SoundGraph(t, Read, data) })
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
