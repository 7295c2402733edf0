package main

import (
	"strings"
	"testing"
)

func TestRender(t *testing.T) {
	for name, test := range map[string]struct {
		colours palette
		width   int
		want    []string
	}{
		"light, wide":  {light, 930, []string{"color-scheme: light", "background: #ffffff", "calc(930px - 32px)"}},
		"dark, narrow": {dark, 400, []string{"color-scheme: dark", "background: #0d1117", "calc(400px - 32px)"}},
	} {
		t.Run(name, func(t *testing.T) {
			var out strings.Builder
			if err := render(strings.NewReader("<details open><summary>S</summary>\n\n| a |\n|--:|\n| 1 |\n\n</details>\n"), &out, test.colours, test.width); err != nil {
				t.Fatal(err)
			}
			for _, want := range append(test.want, "<details open>", `<td style="text-align:right">1</td>`, "</main></article>\n") {
				if !strings.Contains(out.String(), want) {
					t.Errorf("%q is missing in:\n%s", want, out.String())
				}
			}
		})
	}
}
