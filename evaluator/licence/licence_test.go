package licence

import (
	"strings"
	"testing"
)

func TestNamed(t *testing.T) {
	for expression, want := range map[string]string{
		"MIT":                              "MIT",
		"mit":                              "MIT",
		"AGPL-3.0-or-later":                "AGPL-3.0-or-later",
		"GPL-2.0+":                         "GPL-2.0",
		"MIT AND (Apache-2.0 OR MIT)":      "MIT Apache-2.0",
		"Apache-2.0 WITH LLVM-exception":   "Apache-2.0",
		"(MIT with X or Y)":                "MIT Y?",
		"LicenseRef-Eigene or BUSL-1.1":    "LicenseRef-Eigene? BUSL-1.1!",
		"":                                 "",
		"Creative Commons Attribution 4.0": "Creative? Commons? Attribution? 4.0?",
	} {
		var got []string
		for _, id := range Named(expression) {
			switch {
			case !id.Known:
				id.ID += "?"
			case !id.OSI:
				id.ID += "!"
			}
			got = append(got, id.ID)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", expression, got, want)
		}
	}
}
