package evaluator

import (
	"archive/zip"
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"github.com/austauschbar/austauschbar"
)

// Models of architectures are told by name or by what stands at their top.
func TestArchitectures(t *testing.T) {
	const (
		exchange = `<?xml version="1.0"?><model xmlns="http://www.opengroup.org/xsd/archimate/3.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><elements><element identifier="a" xsi:type="ApplicationComponent"><name>Portal</name></element></elements></model>`
		archi    = `<archimate:model xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:archimate="http://www.archimatetool.com/archimate" name="M"><folder type="application"><element xsi:type="archimate:ApplicationComponent" name="Portal" id="a"/></folder></archimate:model>`
	)
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	part, err := w.Create("model.xml")
	if err == nil {
		_, err = part.Write([]byte(archi))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct{ path, content, format, place string }{
		"DSL":                    {"portal.dsl", "workspace {\n model {\n a = softwareSystem Portal\n }\n}\n", "structurizr", "portal.dsl, line 3"},
		"workspace":              {"workspace.json", `{"name": "W", "model": {"softwareSystems": [{"id": "1", "name": "Portal"}]}}`, "structurizr", "workspace.json, line 1"},
		"workspace with views":   {"w.json", `{"views": {}, "model": {"softwareSystems": [{"id": "1", "name": "Portal"}]}}`, "structurizr", "w.json, line 1"},
		"exchange format":        {"model.xml", exchange, "archimate", "model.xml, line 1"},
		"Archi":                  {"model.archimate", archi, "archimate", "model.archimate, line 1"},
		"Archi with pictures":    {"model.archimate", packed.String(), "archimate", "model.archimate, model.xml"},
		"a table under a folder": {"architecture/parts.md", "# Parts\n\n| Component | Technology |\n|---|---|\n| Portal | Go |\n", "markdown", "architecture/parts.md, Parts, line 5"},
	} {
		t.Run(name, func(t *testing.T) {
			facts := factsOf(t, map[string]string{test.path: test.content})
			if len(facts.Documents) != 1 || facts.Documents[0].Format != test.format || facts.Documents[0].Role != austauschbar.RoleArchitecture {
				t.Fatalf("documents %+v, gaps %+v", facts.Documents, facts.Gaps)
			}
			if len(facts.Components) != 1 || facts.Components[0].Name != "Portal" || facts.Components[0].Evidence[0].Place != test.place {
				t.Errorf("components %+v", facts.Components)
			}
		})
	}
}

// A workspace is read with its parts, which are documents of their own.
func TestArchitecturesInParts(t *testing.T) {
	facts := factsOf(t, map[string]string{
		"c4/workspace.dsl":   "workspace {\n model {\n !include model\n }\n}\n",
		"c4/model/model.dsl": "a = softwareSystem Portal\nb = softwareSystem Register\na -> b Asks HTTPS\n",
	})
	if len(facts.Documents) != 2 || len(facts.Components) != 2 || len(facts.Interfaces) != 1 || len(facts.Gaps) > 0 {
		t.Fatalf("documents %+v, components %+v, interfaces %+v, gaps %+v", facts.Documents, facts.Components, facts.Interfaces, facts.Gaps)
	}
	if at := facts.Interfaces[0].Evidence[0].Place; at != "c4/model/model.dsl, line 3" {
		t.Errorf("place %s", at)
	}
}

// JSON with a word of such models is none.
func TestArchitecturesOfOthers(t *testing.T) {
	deep := strings.Repeat(`{"model": `, 5000) + "1" + strings.Repeat("}", 5000)
	for name, content := range map[string]string{"a name of a model": `{"model": "gpt", "name": "x"}`, "models within models": deep} {
		t.Run(name, func(t *testing.T) {
			begun := time.Now()
			if format, _, ok := readerByShape(context.Background(), []byte(content), ".json"); ok {
				t.Errorf("told as %s", format)
			}
			if taken := time.Since(begun); taken > time.Second {
				t.Errorf("took %v", taken)
			}
		})
	}
}
