package lexicon

import "testing"

func TestNameAs(t *testing.T) {
	for name, test := range map[string]struct{ entry, written, want string }{
		"same":         {"PostgreSQL", "postgresql", "PostgreSQL"},
		"part":         {"Microsoft SharePoint", "SharePoint", "Microsoft SharePoint"},
		"inflected":    {"Microsoft Word", "Word-Dokument", "Microsoft Word"},
		"joined":       {"Vue.js", "VueJS", "Vue.js"},
		"abbreviation": {"Microsoft SQL Server", "MSSQL", "Microsoft SQL Server"},
		"family":       {"Facebook", "Instagram", "Instagram"},
		"other name":   {"Matomo", "Piwik", "Piwik"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := (Entry{Name: test.entry}).NameAs(test.written); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
