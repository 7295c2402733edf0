package main

import (
	"encoding/json"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
)

func TestWrite(t *testing.T) {
	var out strings.Builder
	err := write(&out, &debug.BuildInfo{
		GoVersion: "go1.26.8",
		Path:      "example.org/tool/cmd/tool",
		Main:      debug.Module{Path: "example.org/tool", Version: "v1.2.3"},
		Deps: []*debug.Module{
			{Path: "example.org/a", Version: "v25.2.10+incompatible"},
			{Path: "example.org/b", Version: "v1.0.0", Replace: &debug.Module{Path: "example.org/c", Version: "v2.0.0"}},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	var b bill
	if err := json.Unmarshal([]byte(out.String()), &b); err != nil {
		t.Fatal(err)
	}
	if got, want := b.Metadata.Component, (component{"pkg:golang/example.org/tool@v1.2.3", "application", "tool", "v1.2.3", "pkg:golang/example.org/tool@v1.2.3"}); got != want {
		t.Errorf("program %+v, want %+v", got, want)
	}
	var urls []string
	for _, c := range b.Components {
		urls = append(urls, c.URL)
	}
	want := []string{"pkg:golang/std@1.26.8", "pkg:golang/example.org/a@v25.2.10%2Bincompatible", "pkg:golang/example.org/c@v2.0.0"}
	if !slices.Equal(urls, want) {
		t.Errorf("components %v, want %v", urls, want)
	}
}

func TestAProgramWithoutVersion(t *testing.T) {
	got := module("application", &debug.Module{Path: "example.org/tool", Version: "(devel)"})
	if got.Version != "" || got.URL != "pkg:golang/example.org/tool" {
		t.Errorf("got %+v", got)
	}
}
