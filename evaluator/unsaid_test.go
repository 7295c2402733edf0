package evaluator

import (
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar/evaluator/lexicon"
)

func TestSaid(t *testing.T) {
	for name, test := range map[string]struct {
		text, match string
		want        bool
	}{
		"a blank beside its heading":      {"Important Interfaces <description of important interfaces>", "description of important interfaces", false},
		"a match that begins before it":   {"Interfaces <description of interfaces>", "Interfaces <description", false},
		"a blank in a sentence":           {"The system offers an interface to <name of the register> and an export of all data.", "export of all data", true},
		"only the blank of a sentence":    {"The operator of the portal fills in <export of all data> before the start.", "export of all data", false},
		"a name in square brackets":       {"The contractor licenses [name of the software with an export of all data] to the agency.", "export of all data", false},
		"an option in square brackets":    {"The contractor provides [an export of all data] to the agency.", "export of all data", true},
		"a file's name":                   {"export.sig: Contains signature information", "export.sig: Contains signature information", false},
		"a file's name at the end":        {"The data stand in the last export.csv of the day", "data stand in the last export.csv", false},
		"a file's name between the words": {"An export as data.csv of all records", "export as data.csv of all records", true},
		"the end of a sentence":           {"There is an export of all data.", "export of all data", true},
		"a comparison":                    {"An export of all data takes < 5 minutes, > 2 in general", "export of all data", true},
	} {
		t.Run(name, func(t *testing.T) {
			start := strings.Index(test.text, test.match)
			topics := []lexicon.TopicReading{{ID: "data_export", Start: start, End: start + len(test.match)}}
			if got := len(said(test.text, topics)) == 1; got != test.want {
				t.Errorf("said is %t, want %t", got, test.want)
			}
		})
	}
}
