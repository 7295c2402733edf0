package lexicon

import "testing"

func TestAtVersion(t *testing.T) {
	store := Entry{Licence: "AGPL-3.0-only", Open: true, Earlier: []Earlier{
		{Before: "7.4", Licence: "BSD-3-Clause", Open: true},
		{Before: "8", Licence: "LicenseRef-RSALv2 OR SSPL-1.0"},
	}}
	tests := map[string]struct {
		version, licence string
		open             bool
	}{
		"no version":             {"", "AGPL-3.0-only", true},
		"a name":                 {"alpine", "AGPL-3.0-only", true},
		"the first licence":      {"6.2.14", "BSD-3-Clause", true},
		"the last with it":       {"7.2.4-debian-12-r9", "BSD-3-Clause", true},
		"the second licence":     {"7.4.1-alpine", "LicenseRef-RSALv2 OR SSPL-1.0", false},
		"the last of a major":    {"7-alpine", "LicenseRef-RSALv2 OR SSPL-1.0", false},
		"an old major":           {"v6", "BSD-3-Clause", true},
		"the present licence":    {"8.0", "AGPL-3.0-only", true},
		"the present major":      {"8", "AGPL-3.0-only", true},
		"two digits":             {"10.1", "AGPL-3.0-only", true},
		"a commit is no version": {"7f3c2d1", "AGPL-3.0-only", true},
		"a date":                 {"2021-05-01", "AGPL-3.0-only", true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := store.AtVersion(test.version); got.Licence != test.licence || got.Open != test.open {
				t.Errorf("%s, open %v; want %s, open %v", got.Licence, got.Open, test.licence, test.open)
			}
		})
	}
}

func TestCheckEarlier(t *testing.T) {
	tests := map[string]struct {
		list []Earlier
		ok   bool
	}{
		"none":           {nil, true},
		"in their order": {[]Earlier{{Before: "7.11", Licence: "A"}, {Before: "8.16", Licence: "B"}}, true},
		"out of order":   {[]Earlier{{Before: "8.16", Licence: "B"}, {Before: "7.11", Licence: "A"}}, false},
		"the same twice": {[]Earlier{{Before: "8", Licence: "B"}, {Before: "8", Licence: "A"}}, false},
		"no licence":     {[]Earlier{{Before: "8"}}, false},
		"no version":     {[]Earlier{{Before: "eight", Licence: "B"}}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if err := checkEarlier(test.list); (err == nil) != test.ok {
				t.Errorf("got %v", err)
			}
		})
	}
}
