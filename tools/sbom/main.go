// Command sbom prints a CycloneDX bill of materials of a Go program: the modules
// that its build information names. What the linker left out is not in it.
//
//	sbom PROGRAM
package main

import (
	"debug/buildinfo"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path"
	"runtime/debug"
	"strings"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: sbom PROGRAM")
		os.Exit(2)
	}
	info, err := buildinfo.ReadFile(os.Args[1])
	if err == nil {
		err = write(os.Stdout, info)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "sbom:", err)
		os.Exit(1)
	}
}

// A bill follows the CycloneDX 1.5 JSON schema. It has neither serial number nor
// time stamp, so that the same program gives the same bytes.
type bill struct {
	Format      string      `json:"bomFormat"`
	SpecVersion string      `json:"specVersion"`
	Version     int         `json:"version"`
	Metadata    metadata    `json:"metadata"`
	Components  []component `json:"components"`
}

type metadata struct {
	Component component `json:"component"`
}

type component struct {
	Ref     string `json:"bom-ref"`
	Type    string `json:"type"` // "application", "library"
	Name    string `json:"name"`
	Version string `json:"version,omitempty"` // left out of a program built outside of a tag
	URL     string `json:"purl"`
}

// write prints the bill, modules in the order of the build information, which is
// that of their paths; Go's standard library comes first.
func write(out io.Writer, info *debug.BuildInfo) error {
	main := module("application", &info.Main)
	main.Name = path.Base(info.Path)
	b := bill{"CycloneDX", "1.5", 1, metadata{main}, []component{standardLibrary(info.GoVersion)}}
	for _, dependency := range info.Deps {
		if dependency.Replace != nil {
			dependency = dependency.Replace
		}
		b.Components = append(b.Components, module("library", dependency))
	}
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(b); err != nil {
		return fmt.Errorf("write bill of materials: %w", err)
	}
	return nil
}

func module(kind string, m *debug.Module) component {
	url, version := "pkg:golang/"+m.Path, m.Version
	if version == "(devel)" {
		version = ""
	}
	if version != "" {
		url += "@" + strings.ReplaceAll(version, "+", "%2B")
	}
	return component{Ref: url, Type: kind, Name: m.Path, Version: version, URL: url}
}

func standardLibrary(goVersion string) component {
	version, _, _ := strings.Cut(strings.TrimPrefix(goVersion, "go"), " ")
	url := "pkg:golang/std@" + version
	return component{Ref: url, Type: "library", Name: "std", Version: version, URL: url}
}
