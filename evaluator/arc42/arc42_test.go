package arc42_test

import (
	"context"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/arc42"
	"github.com/austauschbar/austauschbar/evaluator/asciidoc"
	"github.com/austauschbar/austauschbar/evaluator/markdown"
	"github.com/austauschbar/austauschbar/evaluator/plain"
	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

// reader reads a text and what arc42 finds in it.
func reader(name string) readertest.Reader {
	read := markdown.Read
	if strings.HasSuffix(name, ".adoc") {
		read = asciidoc.Read
	}
	return func(ctx context.Context, data []byte) (austauschbar.Text, error) {
		text, err := read(ctx, data)
		if text.Architecture = arc42.Find(text.Passages); text.Architecture == nil {
			text.Architecture = &austauschbar.Architecture{}
		}
		return text, err
	}
}

func TestRealFiles(t *testing.T) {
	for name, want := range map[string][]string{
		"arc42_biking2_03_system_scope_and_context.adoc": {
			`"" -> "" api "Format conversions" [System processes, command line interface]`,
			`"" -> "" api "Collection of biking pictures" [RSS feed over Internet (http)]`,
			`"" -> "" api "Embeddable content" [oEmbed format over Internet (http)]`,
			`"" -> "" api "API for business functions" [Internet (http)]`,
		},
		"arc42_biking2_05_building_block_view.adoc": {
			`application "biking2::api"`,
			`application "bikes" in "biking2::api"`,
			`application "tracks" in "biking2::api"`,
			`application "trips" in "biking2::api"`,
			`application "locations" in "biking2::api"`,
			`application "bikingPictures" in "biking2::api"`,
			`application "galleryPictures" in "biking2::api"`,
			`application "statistics" in "biking2::api"`,
			`application "highcharts" in "bikes"`,
			`"" -> "biking2::api" api "bikes Api" [REST]`,
			`"" -> "biking2::api" api "charts"`,
			`"" -> "biking2::api" api "tracks Api" [REST]`,
			`"" -> "biking2::api" api "trips Api" [REST]`,
			`"" -> "biking2::api" api "oEmbed" [HTTP]`,
			`"" -> "biking2::api" api "Real time locations" [WebSocket / STOMP]`,
			`"" -> "biking2::api" api "Real time location updates" [MQTT]`,
			`"" -> "biking2::api" api "RSS feed reader" [RSS]`,
			`"" -> "biking2::api" api "galleryPictures Api" [REST]`,
			`"" -> "bikes" api "REST interface /api/bikes/*" [REST]`,
			`"" -> "bikes" api "REST interface /api/charts/*" [REST]`,
			`"" -> "tracks" api "REST interface /api/tracks/*" [REST]`,
			`"" -> "tracks" api "/api/oembed" [HTTP]`,
			`"" -> "tracks" api "/tracks/*" [HTTP]`,
			`"" -> "trips" api "REST interface /api/trips/*" [REST]`,
			`"" -> "locations" api "REST interface /api/locations/*" [REST]`,
			`"" -> "locations" api "WebSocket / STOMP topic /topic/currentLocation" [WebSocket / STOMP]`,
			`"" -> "locations" api "MQTT interface" [MQTT]`,
			`"" -> "bikingPictures" api "RSS Feed reader" [RSS]`,
			`"" -> "bikingPictures" api "Image reader"`,
			`"" -> "bikingPictures" api "REST interface /api/bikingPictures/*" [REST]`,
			`"" -> "galleryPictures" api "REST interface /api/galleryPictures/*" [REST]`,
			`"" -> "statistics" api "REST interface /api/charts/*" [REST]`,
			`"" -> "statistics" api "REST interface /api/summary/*" [REST]`,
		},
		// The other tables list accounts, not building blocks.
		"opendesk_1_11_4_architecture.md": {
			`application "ClamAV (Distributed)"`, `application "ClamAV (Simple)"`, `application "Collabora"`,
			`application "CryptPad"`, `application "dkimpy-milter"`, `application "Element"`, `application "Jitsi"`, `application "MariaDB"`,
			`application "Memcached"`, `application "MinIO"`, `application "Nextcloud"`, `application "Nubus (UMS)"`, `application "OpenProject"`,
			`application "OX Appsuite & Dovecot"`, `application "Postfix"`, `application "PostgreSQL"`, `application "Redis"`, `application "XWiki"`,
		},
		"opendesk_1_11_4_readme.md": {
			`application "Element ft. Nordeck widgets" version=1.12.6 licence=AGPL-3.0-or-later (Element Web), AGPL-3.0-only (Synapse), Apache-2.0 (Nordeck widgets)`, `application "Notes (aka Docs)" version=4.4.0 licence=MIT`, `application "CryptPad ft. diagrams.net" version=2025.9.0 licence=AGPL-3.0-only`,
			`application "Nextcloud" version=31.0.7 licence=AGPL-3.0-or-later`, `application "OX App Suite" version=8.44 licence=GPL-2.0-only (backend), AGPL-3.0-or-later (frontend)`, `application "XWiki" version=17.4.7 licence=LGPL-2.1-or-later`, `application "Nubus" version=1.16.0 licence=AGPL-3.0-or-later`,
			`application "OpenProject" version=16.6.5 licence=GPL-3.0-only`, `application "Jitsi" version=2.0.10590 licence=Apache-2.0`, `application "Collabora" version=25.04.7 licence=MPL-2.0`,
		},
		// Building blocks stand in sentences only.
		"arc42_sva_studio_07-deployment-view.md": nil,
		// Tables hold pictures.
		"cwa_solution_architecture.md": nil,
	} {
		t.Run(name, func(t *testing.T) {
			text, err := reader(name)(context.Background(), readertest.Corpus(t, name))
			if err != nil {
				t.Fatal(err)
			}
			readertest.Alike(t, text.Architecture, want)
			if !arc42.Told("a/"+name, text.Passages) && !strings.HasPrefix(name, "cwa_") {
				t.Error("not told to be about an architecture")
			}
		})
	}
}

func TestFind(t *testing.T) {
	for name, test := range map[string]struct {
		source string
		want   []string
	}{
		"what blocks are made of": {"# Bausteine\n\n| **Komponente** | Technologie | Version | Lizenz |\n|---|---|---|---|\n| Portal | Java | 21 | EUPL-1.2 |\n| Suche | OpenSearch | | |\n",
			[]string{`application "Portal" [Java] version=21 licence=EUPL-1.2`, `application "Suche" [OpenSearch]`}},
		"the product that does it": {"| Component | Product | Purpose |\n|---|---|---|\n| Identity | Keycloak | Login |\n", []string{`application "Identity" [Keycloak]`}},
		"interfaces to neighbours": {"# Whitebox Fachverfahren\n\n| Schnittstelle | Nachbarsystem | Protokoll | Format | Richtung |\n|---|---|---|---|---|\n| Meldeauskunft | Melderegister | OSCI | XMeld | ausgehend |\n| Bescheide | E-Akte | REST | XDOMEA | eingehend |\n",
			[]string{`application "Fachverfahren"`, `system "Melderegister" external`, `system "E-Akte" external`,
				`"Fachverfahren" -> "Melderegister" api "Meldeauskunft" [OSCI] formats=XMeld`, `"E-Akte" -> "Fachverfahren" api "Bescheide" [REST] formats=XDOMEA`}},
		"protocols that a name or a description tells": {"# Portal (Blackbox)\n\n| Interface | Description |\n|---|---|\n| SOAP service for letters | a |\n| Status | LDAP-basierte Schnittstelle für Konten |\n| Rest of the world | What is left of the interface |\n| Upload | SFTP is planned |\n",
			[]string{`application "Portal"`, `"" -> "Portal" api "SOAP service for letters" [SOAP]`, `"" -> "Portal" api "Status" [LDAP]`, `"" -> "Portal" api "Rest of the world"`, `"" -> "Portal" api "Upload"`}},
		"what is no building block": {"# Portal (Whitebox)\n\n| Component | Purpose |\n|---|---|\n| schema | Generated _JAXB_ classes for parsing |\n| Zertifikate | TLS |\n| Certificate Authority | Signs |\n| reports | Generates classes of reports |\n",
			[]string{`application "Portal"`, `application "Certificate Authority" in "Portal"`, `application "reports" in "Portal"`}},
		"edges": {"| From | To | Protocol |\n|---|---|---|\n| Portal | Register | SOAP |\n| Portal | Register | SOAP |\n| | Register | FTP |\n",
			[]string{`application "Portal"`, `application "Register"`, `"Portal" -> "Register" api [SOAP]`}},
		"a name is enough under a heading that says of what": {"## Components\n\n| Name | Description |\n|---|---|\n| Portal | Entry |\n\n## Contacts\n\n| Name | Description |\n|---|---|\n| Ada | Boss |\n",
			[]string{`application "Portal"`}},
		"columns of another table": {"## Services\n\n| Application | Account name | Purpose |\n|---|---|---|\n| Portal | admin | Login |\n", nil},
		"deadlines are no edges":   {"| From | To |\n|---|---|\n| 1 May | 3 May |\n", nil},
		"words of the template":    {"# Whitebox Gesamtsystem\n\n## Blackbox <Name>\n\n## Portal (Blackbox)\n", []string{`application "Portal"`}},
		"boxes in a circle":        {"# A (Whitebox)\n\n| Component | Purpose |\n|---|---|\n| B | x |\n\n# B (Whitebox)\n\n| Component | Purpose |\n|---|---|\n| A | x |\n| B | x |\n", []string{`application "A"`, `application "B" in "A"`}},
		"text":                     {"# Ziele\n\nDie Software nutzt PostgreSQL.\n", nil},
	} {
		t.Run(name, func(t *testing.T) {
			text, err := reader("a.md")(context.Background(), []byte(test.source))
			if err != nil {
				t.Fatal(err)
			}
			readertest.Alike(t, text.Architecture, test.want)
		})
	}
}

func TestEvidence(t *testing.T) {
	text, err := reader("a.md")(context.Background(), []byte("# Parts\n\n| Component | Technology | Licence |\n|---|---|---|\n| Portal | Go | MIT |\n"))
	if err != nil {
		t.Fatal(err)
	}
	said := text.Architecture.Components[0]
	if want := (austauschbar.Evidence{Section: "Parts", Line: 5, Quote: "Portal | Go | MIT"}); said.Evidence[0] != want || said.Licence != "MIT" {
		t.Errorf("got %+v", said)
	}
}

func TestTold(t *testing.T) {
	for name, test := range map[string]struct {
		path, source string
		want         bool
	}{
		"its name":                     {"unterlagen/opendesk_1_11_4_architecture.md", "# Overview\n", true},
		"its name, arc42":              {"arc42-ziele.md", "# Ziele\n", true},
		"its folder":                   {"docs/Architektur/ziele.md", "# Ziele\n", true},
		"a chapter":                    {"03.md", "# 03 Kontext und Scope\n", true},
		"chapters":                     {"a.md", "# Portal\n\n## 4. Solution Strategy\n\nx\n\n## 5. Building Block View\n", true},
		"one chapter among others":     {"a.md", "# Statement of Work\n\n## Solution Strategy\n\nx\n\n## Payment\n", false},
		"a decision":                   {"0007-use-go.md", "# 7. Use Go\n\n## Status\n\nAccepted\n\n## Context\n\nx\n\n## Decision\n\ny\n\n## Consequences\n\nz\n", true},
		"a table of parts":             {"README.md", "# Portal\n\n| Component | Version | Licence |\n|---|---|---|\n| A | 1 | MIT |\n| B | 2 | MIT |\n| C | 3 | MIT |\n", true},
		"a form of parts":              {"annex.md", "# Form\n\n| Component | Version | Licence |\n|---|---|---|\n| A | | |\n| B | | |\n| C | | |\n", false},
		"a decision, in German":        {"a.md", "# 1. Datenbank\n\n## Kontext\n\nx\n\n## Betrachtete Alternativen\n\n- y\n\n## Entscheidung\n\nz\n", true},
		"a decision, as MADR has it":   {"a.md", "# Database\n\n## Context and Problem Statement\n\nx\n\n## Considered Options\n\n- y\n\n## Decision Outcome\n\nz\n", true},
		"a decision with its status":   {"a.md", "# 2. Posteingang\n\nStatus: angenommen, 26.10.2026\n\n## Kontext\n\nx\n\n## Entscheidung\n\nz\n", true},
		"a decision among others":      {"docs/entscheidungen/2.md", "# 2. Posteingang\n\n## Kontext\n\nx\n\n## Entscheidung\n\nz\n", true},
		"a folder of other decisions":  {"rat/entscheidungen/2.md", "# Beschluss\n\n## Sachverhalt\n\nx\n\n## Entscheidung\n\nz\n", false},
		"the first chapter":            {"a.adoc.md", "# 1. Introduction and Goals\n\n## Requirements Overview\n\nx\n\n## Quality Goals\n\ny\n", true},
		"the first chapter, in German": {"ziele.md", "# Einführung und Ziele\n\n## Aufgabenstellung\n\nx\n\n## 1.3 Stakeholder\n\ny\n", true},
		"the first chapter, by name":   {"docs/01-introduction-and-goals.md", "# 01 Einführung und Ziele\n\n## Zweck\n\nx\n", true},
		"an introduction of others":    {"a.md", "# Einführung und Ziele\n\n## Aufgabenstellung\n\nx\n\n## Fristen\n\ny\n", false},
		"context and decision alone":   {"a.md", "# Award\n\n## Context\n\nx\n\n## Decision\n\ny\n", false},
		"architecture among its words": {"architecture-services-sow.md", "# Enterprise architecture services\n", false},
	} {
		t.Run(name, func(t *testing.T) {
			text, err := markdown.Read(context.Background(), []byte(test.source))
			if err != nil {
				t.Fatal(err)
			}
			if got := arc42.Told(test.path, text.Passages); got != test.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestInTime(t *testing.T) {
	table := "| Component | Purpose |\n|---|---|\n"
	for name, source := range map[string]string{
		"boxes in boxes": strings.Repeat("# A (Whitebox)\n\n"+table+"| B | x |\n\n# B (Whitebox)\n\n"+table+"| A | x |\n\n", 5000),
		"a long table":   table + strings.Repeat("| A | x |\n", 50_000),
	} {
		t.Run(name, func(t *testing.T) { readertest.InTime(t, reader("a.md"), source) })
	}
}

func FuzzFind(f *testing.F) {
	f.Add([]byte("# A (Whitebox)\n\nContained blackboxes\n\n| Component | Technology |\n|---|---|\n| B | Go |\n\n| Interface | Partner | Protocol | Direction |\n|---|---|---|---|\n| C | D | SOAP | in |\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if text, err := plain.Decode(data); err == nil { // which says what a line is
			readertest.SoundGraph(t, reader("a.md"), []byte(text))
		}
	})
}
