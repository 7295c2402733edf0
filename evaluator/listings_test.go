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
			`other "Portal" @7`, `database "Daten" @7`, `other "C" @9`, `"Portal" -> "Daten" database @7`, `"Daten" -> "C" dependency @9`}},
		"Markdown, two":  {markdown.Read, "```mermaid\nflowchart\nA --> B\n```\n\n```plantuml\ncomponent B\ncomponent C\nB --> C : REST\n```\n", []string{`other "A" @3`, `other "B" @3`, `application "B" @7`, `application "C" @8`, `"A" -> "B" dependency @3`, `"B" -> "C" api "REST" [REST] @9`}},
		"Markdown, list": {markdown.Read, "- so:\n\n  ```mermaid\n  flowchart\n  A --> B\n  ```\n", []string{`other "A" @5`, `other "B" @5`, `"A" -> "B" dependency @5`}},
		"other code":     {markdown.Read, "```go\nA --> B\n```\n\n```\nflowchart\nA --> B\n```\n\n```mermaid\nkein Diagramm\n```\n\n```mermaid\ngantt\n```\n", nil},
		"AsciiDoc":       {asciidoc.Read, "= T\n\n[plantuml, bild, svg]\n----\n@startuml\ncomponent A\ncomponent B\nA --> B\n@enduml\n----\n", []string{`application "A" @6`, `application "B" @7`, `"A" -> "B" dependency @8`}},
		"AsciiDoc, more": {asciidoc.Read, "[mermaid]\n....\nflowchart\nA --> B\n....\n\n[source,mermaid]\n----\nflowchart\nB --> C\n----\n\n```mermaid\nflowchart\nC --> D\n```\n", []string{
			`other "A" @4`, `other "B" @4,10`, `other "C" @10,15`, `other "D" @15`, `"A" -> "B" dependency @4`, `"B" -> "C" dependency @10`, `"C" -> "D" dependency @15`}},
		"reStructuredText": {rst.Read, "Titel\n=====\n\n.. uml::\n   :scale: 50\n\n   component A\n   component B\n   A --> B\n\n.. mermaid::\n\n   flowchart\n     B --> C\n\n.. code-block:: mermaid\n\n   flowchart\n   C --> D\n", []string{
			`application "A" @7`, `application "B" @8`, `other "B" @14`, `other "C" @14,19`, `other "D" @19`, `"A" -> "B" dependency @9`, `"B" -> "C" dependency @14`, `"C" -> "D" dependency @19`}},
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
		`person "User" @60`, `other "Keycloak" in "Nubus" @60,174`, `other "OpenLDAP" in "Nubus" @63,175`, `other "Nextcloud" in "Apps" @65,143,260,381`, `"User" -> "Keycloak" user "Log In" @60`, `"Nextcloud" -> "Collabora Online" dependency "Edit Office Documents" @69`,
		`"Nextcloud" -> "LDAP" dependency @143`, `"OpenProject" -> "Keycloak" api "POST https://id.domain.tld/oauth/token" [https] @183`,
		`"Nextcloud" -> "OX-AppSuite_Backend" dependency "Central Contacts" @269`, `"Postfix" -> "Dovecot" api "lmtps" [lmtps] @393`, `other "dovecot-external" in "K8s External Servies" @375`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q", want)
		}
	}
	if len(said.Components) != 37 {
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
