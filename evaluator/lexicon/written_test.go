package lexicon

import "testing"

func TestNameAs(t *testing.T) {
	for name, test := range map[string]struct{ entry, written, want string }{
		"same":         {"PostgreSQL", "postgresql", "PostgreSQL"},
		"part":         {"Microsoft SharePoint", "SharePoint", "Microsoft SharePoint"},
		"beginning":    {"Slack channel", "Slack", "Slack"},
		"short":        {"SAP (Produkt nicht genannt)", "SAP", "SAP"},
		"maker added":  {"Cerner PowerChart", "Cerner", "Cerner"},
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

// Of a family of models the one that is written is shown.
func TestNameAsModel(t *testing.T) {
	model := Entry{Name: "GPT", Kind: "ai_model"}
	for written, want := range map[string]string{"GPT-4o": "GPT-4o", "gpt-4.1": "gpt-4.1", "OpenAI GPT": "GPT", "GPT-Modelle": "GPT"} {
		if got := model.NameAs(written); got != want {
			t.Errorf("%s: got %q, want %q", written, got, want)
		}
	}
}
