package evaluator

import (
	"fmt"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

func TestLanguages(t *testing.T) {
	for name, test := range map[string]struct {
		files map[string]string
		want  []string
	}{
		"manifest":          {map[string]string{"go.mod": "module example.org/app\n"}, []string{"Golang true"}},
		"Dockerfile":        {map[string]string{"Dockerfile": "FROM python:3.12\n"}, []string{"Python true"}},
		"of no language":    {map[string]string{"Dockerfile": "FROM alpine:3.20\n"}, nil},
		"what others wrote": {map[string]string{"compose.yaml": "services: {web: {image: \"python:3.12\"}}\n"}, []string{"Python true"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, component := range factsOf(t, test.files).Components {
				for _, language := range component.Languages {
					if component.Kind != "platform" {
						got = append(got, fmt.Sprintf("%s %t", language.Name, language.Open))
					}
				}
			}
			if diff := gocmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	facts := factsOf(t, map[string]string{"workspace.dsl": "workspace {\n model {\n s = softwareSystem S {\n container Logik \"\" \"ABAP\"\n }\n }\n}\n"})
	for _, component := range facts.Components {
		if component.Name == "Logik" && (len(component.Languages) != 1 || component.Languages[0].Open) {
			t.Errorf("written in %v, want ABAP", component.Languages)
		}
	}
}
