package main

import (
	"strings"
	"testing"
)

func TestTranslate(t *testing.T) {
	const header = "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
	for name, test := range map[string]struct{ toml, want, err string }{
		"one glob": {
			toml: "version = 1\n[[annotations]]\npath = \"**\"\nSPDX-FileCopyrightText = \"2026 We\"\nSPDX-License-Identifier = \"EUPL-1.2\"\n",
			want: header + "\nFiles: *\nCopyright: 2026 We\nLicense: EUPL-1.2\n",
		},
		"list": {
			toml: "[[annotations]]\npath = [\"a/**\", \"b.md\"]\nSPDX-FileCopyrightText = \"2026 We\"\nSPDX-License-Identifier = \"CC0-1.0\"\n",
			want: header + "\nFiles: a/* b.md\nCopyright: 2026 We\nLicense: CC0-1.0\n",
		},
		"no licence":  {toml: "[[annotations]]\npath = \"**\"\nSPDX-FileCopyrightText = \"2026 We\"\n", err: "annotation 1: has no copyright text or no licence"},
		"no path":     {toml: "[[annotations]]\nSPDX-FileCopyrightText = \"2026 We\"\n", err: "neither a glob nor a list"},
		"single star": {toml: "[[annotations]]\npath = \"*.md\"\n", err: "only ** can be translated"},
		"no toml":     {toml: "[[annotations", err: "read REUSE.toml"},
	} {
		t.Run(name, func(t *testing.T) {
			var out strings.Builder
			err := translate(strings.NewReader(test.toml), &out)
			if test.err != "" {
				if err == nil || !strings.Contains(err.Error(), test.err) {
					t.Errorf("error %v, want one with %q", err, test.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if out.String() != test.want {
				t.Errorf("got\n%s\nwant\n%s", out.String(), test.want)
			}
		})
	}
}
