package publiccode

import (
	"fmt"
	"slices"
	"testing"
)

// What a file tells in sentences is read as text, each sentence on its line.
func TestProse(t *testing.T) {
	const head = "publiccodeYmlVersion: '0.4'\nname: a\n"
	for name, test := range map[string]struct {
		data string
		want []string
	}{
		"folded paragraphs": {
			head + "description:\n  de:\n    longDescription: >\n      Die Lösung hat\n      zwei Teile.\n\n      Sie läuft überall.\n",
			[]string{"6 paragraph Die Lösung hat zwei Teile.", "9 paragraph Sie läuft überall."},
		},
		"kept lines, quotes and features": {
			head + "description:\n  en:\n    features:\n      - Export\n      - \"Import\"\n    shortDescription: 'A tool'\n",
			[]string{"8 paragraph A tool", "6 item Export", "6 item Import"},
		},
		"two languages": {
			head + "description:\n  en:\n    shortDescription: Tool\n  de:\n    shortDescription: Werkzeug\n",
			[]string{"7 paragraph Werkzeug", "5 paragraph Tool"},
		},
		"none": {head, nil},
	} {
		t.Run(name, func(t *testing.T) {
			text, err := ReadArchitecture(t.Context(), []byte(test.data))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, passage := range text.Passages {
				got = append(got, fmt.Sprintf("%d %s %s", passage.Line, passage.Kind, passage.Text))
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
