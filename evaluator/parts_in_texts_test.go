package evaluator

import "testing"

// A text on the architecture tells of what nobody knows which product it is a part of.
func TestPartsInTexts(t *testing.T) {
	for name, test := range map[string]struct{ sentence, within string }{
		"in the context of":       {"The Import Service is deployed in the context of Nextcloud.", "nextcloud"},
		"a part of it":            {"The Import Service is part of Nextcloud and reads files.", "nextcloud"},
		"in German":               {"Der Import-Service ist Bestandteil von Nextcloud.", "nextcloud"},
		"no part of it":           {"The Import Service is not part of Nextcloud.", ""},
		"used by it":              {"The Import Service is used by Nextcloud.", ""},
		"a part of something":     {"The Import Service is part of the platform.", ""},
		"another one is its part": {"The Export Service is part of Nextcloud.", ""},
	} {
		t.Run(name, func(t *testing.T) {
			facts := factsOf(t, map[string]string{
				"architecture.md": "# Architecture\n\n## Building blocks\n\n```mermaid\nflowchart TD\n  N[Nextcloud]-->I[Import Service]\n  P[OpenProject]-->N\n```\n\n" + test.sentence + "\n",
			})
			for _, c := range facts.Components {
				if c.Name == "Import Service" {
					if c.Within != test.within {
						t.Errorf("within %q, want %q", c.Within, test.within)
					}
					return
				}
			}
			t.Error("got no service")
		})
	}
}
