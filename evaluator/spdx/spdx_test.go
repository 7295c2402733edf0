package spdx

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

const document = `{"spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT", "name": "x", "dataLicense": "CC0-1.0", "documentNamespace": "https://example.org/x",
"creationInfo": {"created": "2026-01-01T00:00:00Z", "creators": ["Tool: x"]}, "documentDescribes": ["SPDXRef-app"],
"packages": [
{"SPDXID": "SPDXRef-app", "name": "App", "versionInfo": "1", "primaryPackagePurpose": "APPLICATION", "licenseDeclared": "EUPL-1.2", "downloadLocation": "NONE"},
{"SPDXID": "SPDXRef-a",
 "name": "a", "versionInfo": "2", "licenseDeclared": "NOASSERTION", "licenseConcluded": "MIT", "downloadLocation": "NONE",
 "externalRefs": [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": "pkg:npm/%40x/a@2"}]},
{"SPDXID": "SPDXRef-b", "name": "b", "licenseDeclared": "GPL-2.0-only AND LicenseRef-x", "downloadLocation": "NONE"}],
"relationships": [
{"spdxElementId": "SPDXRef-app", "relationshipType": "DEPENDS_ON", "relatedSpdxElement": "SPDXRef-a"},
{"spdxElementId": "SPDXRef-b", "relationshipType": "DEPENDENCY_OF", "relatedSpdxElement": "SPDXRef-a"}]}`

const tags = `SPDXVersion: SPDX-2.2
DataLicense: CC0-1.0
SPDXID: SPDXRef-DOCUMENT
DocumentName: x
DocumentNamespace: https://example.org/x
Creator: Tool: x
Created: 2026-01-01T00:00:00Z
DocumentComment: <text>
PackageName: not one
SPDXID: SPDXRef-app
</text>

PackageName: App
SPDXID: SPDXRef-app
PackageDownloadLocation: NONE
PackageLicenseDeclared: EUPL-1.2

PackageName: a
SPDXID: SPDXRef-a
PackageDownloadLocation: NONE
PackageLicenseConcluded: MIT

Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-app
Relationship: SPDXRef-a RUNTIME_DEPENDENCY_OF SPDXRef-app
`

const yamlDocument = `SPDXID: SPDXRef-DOCUMENT
spdxVersion: SPDX-2.3
creationInfo: {created: "2026-01-01T00:00:00Z", creators: ["Tool: x"]}
packages:
  - &a
    SPDXID: SPDXRef-a
    name: a
    versionInfo: 1.10
    filesAnalyzed: false
    licenseDeclared: MIT
`

func TestRead(t *testing.T) {
	for name, test := range map[string]struct {
		document string
		want     []string
	}{
		"JSON": {document, []string{
			`application "App" version=1 licence=EUPL-1.2 @4`,
			`package "a" version=2 purl=pkg:npm/%40x/a licence=MIT of "App" direct @6`,
			`package "b" licence=GPL-2.0-only,LicenseRef-x of "App" @8`,
		}},
		"tags with values": {tags, []string{
			`other "App" licence=EUPL-1.2 @13`,
			`package "a" licence=MIT of "App" direct @18`,
		}},
		"YAML": {yamlDocument, []string{
			`package "a" version=1.10 licence=MIT @7`,
		}},
		"nothing": {`{"spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT"}`, nil},
	} {
		t.Run(name, func(t *testing.T) { readertest.Draws(t, Read, []byte(test.document), test.want) })
	}
}

func TestRefuse(t *testing.T) {
	for name, test := range map[string]struct{ document, code string }{
		"RDF":                  {`<rdf:RDF xmlns:rdf="x"/>`, "unknown_content"},
		"version 3":            {`{"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": []}`, "unknown_content"},
		"another version":      {`{"spdxVersion": "SPDX-9"}`, "unknown_content"},
		"other YAML":           {"a: b\n", "unknown_content"},
		"tags that are broken": {"SPDXVersion: SPDX-2.2\nPackageName: <text>x\n", "damaged"},
		"nothing":              {"\n", "empty"},
		"cut off":              {`{"spdxVersion": "SPDX-2.3"`, "damaged"},
		"packages elsewhere":   {`{"spdxVersion": "SPDX-2.3", "packages": 1}`, "damaged"},
		"too deep":             {`{"spdxVersion": "SPDX-2.3", "packages": ` + strings.Repeat("[", limit.Depth+1), "too_large"},
		"a bomb of aliases":    {"spdxVersion: SPDX-2.3\na: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\n", "too_large"},
	} {
		t.Run(name, func(t *testing.T) { readertest.Refuses(t, Read, test.document, test.code) })
	}
	if _, err := ReadRDF(context.Background(), nil); err == nil {
		t.Error("RDF was read")
	}
}

func TestCancelled(t *testing.T) { readertest.Cancels(t, Read, document) }

// Real files, drawn by hand.
func TestCorpus(t *testing.T) {
	for file, want := range map[string][]string{
		"spdx_example1.spdx": []string{
			`other "hello" licence=GPL-3.0-or-later @13`,
		},
		"spdx_example11.json": []string{
			`other "hello-server-src" version=0.1.0 licence=Apache-2.0 @21`,
			`package "hyper" version=0.14 purl=pkg:cargo/hyper licence=MIT of "hello-server-src" direct @39`,
			`package "tokio" version=1.19.2 purl=pkg:cargo/tokio licence=MIT of "hello-server-src" direct @62`,
			`package "pretty_env_logger" version=0.4.0 purl=pkg:cargo/pretty_env_logger licence=MIT,Apache-2.0 of "hello-server-src" direct @85`,
		},
	} {
		t.Run(file, func(t *testing.T) { readertest.Draws(t, Read, readertest.Corpus(t, file), want) })
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{document, tags, yamlDocument} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) { readertest.SoundGraph(t, Read, data) })
}

func BenchmarkThousand(b *testing.B) {
	var files [][]byte
	for i := range 1000 {
		files = append(files, []byte(strings.ReplaceAll(document, `"App"`, fmt.Sprintf(`"App%d"`, i))))
	}
	for b.Loop() {
		for _, file := range files {
			if _, err := Read(context.Background(), file); err != nil {
				b.Fatal(err)
			}
		}
	}
}
