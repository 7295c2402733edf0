package templates

import (
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar"
)

// A component's openness is told by its licence, and that a model is but a variable's default.
func TestWordsOfComponents(t *testing.T) {
	for name, test := range map[string]struct {
		component austauschbar.MapComponent
		want      string
	}{
		"open source":          {austauschbar.MapComponent{Kind: "database", Open: "yes", Licence: "PostgreSQL"}, "quelloffen"},
		"proprietary":          {austauschbar.MapComponent{Kind: "database", Open: "no", Licence: "proprietary"}, "proprietär"},
		"sources can be seen":  {austauschbar.MapComponent{Kind: "database", Open: "no", Licence: "SSPL-1.0"}, "Quellen einsehbar, nicht quelloffen"},
		"one of two licences":  {austauschbar.MapComponent{Kind: "cache", Open: "no", Licence: "LicenseRef-RSALv2 OR SSPL-1.0"}, "Quellen einsehbar, nicht quelloffen"},
		"a variable's default": {austauschbar.MapComponent{Kind: "model", Open: "unknown", Assumed: true}, "nur als Vorgabe einer Variablen genannt"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := load(t, "de").about(test.component)
			if err != nil || !strings.HasSuffix(got, ", "+test.want) {
				t.Errorf("%q, %v; want %q", got, err, test.want)
			}
		})
	}
}

// Variables that are not at hand hold no prose that could be missing.
func TestMayHoldText(t *testing.T) {
	for reason, want := range map[string]bool{"absent_files": false, "unset_variable": false, "remote_module": false, "damaged": true, "included": true} {
		if got := mayHoldText(austauschbar.Gap{Reason: reason}); got != want {
			t.Errorf("%s: %t", reason, got)
		}
	}
}
