package evaluator

import (
	"context"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/asciidoc"
	"github.com/austauschbar/austauschbar/evaluator/markdown"
	"github.com/austauschbar/austauschbar/evaluator/readertest"
	"github.com/austauschbar/austauschbar/evaluator/rst"
)

func TestDrawn(t *testing.T) {
	for name, test := range map[string]struct {
		read   Reader
		source string
		want   []string
	}{
		"Markdown": {markdown.Read, "# Systeme\n\nText\n\n```mermaid\nflowchart\nA[Portal] --> B[(Daten)]\n\nB --> C\n```\n", []string{
			"7 other Portal", "7 database Daten", "9 other C", "7 Portal -> Daten database", "9 Daten -> C dependency"}},
		"Markdown, two":  {markdown.Read, "```mermaid\nflowchart\nA --> B\n```\n\n```plantuml\ncomponent B\ncomponent C\nB --> C : REST\n```\n", []string{"3 other A", "3 other B", "7 application B", "8 application C", "3 A -> B dependency", "9 B -> C REST {REST} api"}},
		"Markdown, list": {markdown.Read, "- so:\n\n  ```mermaid\n  flowchart\n  A --> B\n  ```\n", []string{"5 other A", "5 other B", "5 A -> B dependency"}},
		"other code":     {markdown.Read, "```go\nA --> B\n```\n\n```\nflowchart\nA --> B\n```\n\n```mermaid\nkein Diagramm\n```\n\n```mermaid\ngantt\n```\n", nil},
		"AsciiDoc":       {asciidoc.Read, "= T\n\n[plantuml, bild, svg]\n----\n@startuml\ncomponent A\ncomponent B\nA --> B\n@enduml\n----\n", []string{"6 application A", "7 application B", "8 A -> B dependency"}},
		"AsciiDoc, more": {asciidoc.Read, "[mermaid]\n....\nflowchart\nA --> B\n....\n\n[source,mermaid]\n----\nflowchart\nB --> C\n----\n\n```mermaid\nflowchart\nC --> D\n```\n", []string{
			"4 other A", "4 other B", "10 other C", "15 other D", "4 A -> B dependency", "10 B -> C dependency", "15 C -> D dependency"}},
		"reStructuredText": {rst.Read, "Titel\n=====\n\n.. uml::\n   :scale: 50\n\n   component A\n   component B\n   A --> B\n\n.. mermaid::\n\n   flowchart\n     B --> C\n\n.. code-block:: mermaid\n\n   flowchart\n   C --> D\n", []string{
			"7 application A", "8 application B", "14 other B", "14 other C", "19 other D", "9 A -> B dependency", "14 B -> C dependency", "19 C -> D dependency"}},
	} {
		t.Run(name, func(t *testing.T) {
			text, err := test.read(context.Background(), []byte(test.source))
			if err != nil {
				t.Fatal(err)
			}
			said, err := drawn(context.Background(), text.Listings)
			if err != nil || (said == nil) != (test.want == nil) {
				t.Fatalf("%+v, error %v", said, err)
			}
			if got := readertest.Drawn(said); said != nil && strings.Join(got, "\n") != strings.Join(test.want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

// The diagrams of openDesk's architecture: what runs, how it signs in, what talks to
// what, how mail goes.
func TestDrawnCorpus(t *testing.T) {
	text, err := markdown.Read(context.Background(), readertest.Corpus(t, "opendesk_1_11_4_architecture.md"))
	if err != nil {
		t.Fatal(err)
	}
	said, err := drawn(context.Background(), text.Listings)
	if err != nil || said == nil {
		t.Fatal(said, err)
	}
	got := strings.Join(readertest.Drawn(said), "\n")
	for _, want := range []string{
		"60 person User", "60 other Keycloak <Nubus", "63 other OpenLDAP <Nubus", "65 other Nextcloud", "60 User -> Keycloak Log In user", "69 Nextcloud -> Collabora Online Edit Office Documents dependency",
		"143 Nextcloud -> LDAP dependency", "183 OpenProject -> Keycloak POST https://id.domain.tld/oauth/token {https} api",
		"269 Nextcloud -> OX-AppSuite_Backend Central Contacts dependency", "393 Postfix -> Dovecot lmtps {lmtps} api", "375 other dovecot-external <K8s External Servies",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q", want)
		}
	}
	if len(said.Components) != 39 {
		t.Errorf("%d components:\n%s", len(said.Components), got)
	}
}

func TestReadByShape(t *testing.T) {
	for name, test := range map[string]struct{ source, want string }{
		"draw.io": {"<?xml version=\"1.0\"?><mxfile/>", "drawio"}, "draw.io's model": {"<mxGraphModel/>", "drawio"},
		"BPMN": {`<b:definitions xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL"/>`, "bpmn"}, "DMN": {`<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>`, "dmn"},
	} {
		t.Run(name, func(t *testing.T) {
			document := austauschbar.Document{Path: "a/bild.xml", Load: func(context.Context) ([]byte, error) { return []byte(test.source), nil }}
			if format, _, err := read(context.Background(), document); err != nil || format != test.want {
				t.Errorf("read as %q, error %v", format, err)
			}
		})
	}
}
