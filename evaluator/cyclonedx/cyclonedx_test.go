package cyclonedx

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

const corpus = "../../../shared/corpus/architectures"

func TestRead(t *testing.T) {
	for name, test := range map[string]struct{ document, want string }{
		"direct and indirect packages": {`{"bomFormat": "CycloneDX", "specVersion": "1.5",
"metadata": {"component": {"type": "application", "bom-ref": "app", "name": "App", "version": "1", "licenses": [{"license": {"id": "EUPL-1.2"}}]}},
"components": [
{"type": "library", "bom-ref": "a", "group": "org.x", "name": "a", "version": "1.0", "purl": "pkg:maven/org.x/a@1.0?type=jar", "licenses": [{"expression": "MIT OR Apache-2.0"}]},
{"type": "library", "bom-ref": "b", "name": "b", "licenses": [{"license": {"name": "Own terms"}}]},
{"type": "library", "name": "tests", "scope": "excluded"},
{"type": "file", "name": "x.c"}],
"dependencies": [{"ref": "app", "dependsOn": ["a"]},
{"ref": "a", "dependsOn": ["b"]}]}`, `
2 component app name=App kind=application version=1 licence=EUPL-1.2
4 package org.x/a version=1.0 purl=pkg:maven/org.x/a licence=MIT Apache-2.0 component=app direct=true
5 package b licence=Own terms component=app direct=false`},
		"what runs": {`{"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [
{"type": "container", "name": "docker.io/library/postgres", "version": "16"},
{"type": "container", "name": "redis", "version": "sha256:abc"},
{"type": "container", "name": "nginx:1", "version": "1"},
{"type": "platform", "name": "k8s"},
{"type": "application", "name": "Keycloak", "version": "26",
 "components": [{"type": "library", "name": "inner"}]},
{"type": "application", "name": "app/package-lock.json"}]}`, `
2 component docker.io/library/postgres name=docker.io/library/postgres kind=other image=docker.io/library/postgres:16 version=16
3 component redis name=redis kind=other image=redis@sha256:abc version=sha256:abc
4 component nginx:1 name=nginx:1 kind=other image=nginx:1 version=1
5 component k8s name=k8s kind=platform
6 component Keycloak name=Keycloak kind=application version=26
7 package inner direct=false`},
		"a model and who uses it": {`{"bomFormat": "CycloneDX", "specVersion": "1.6",
"metadata": {"component": {"type": "application", "bom-ref": "app", "name": "App"}},
"components": [{"type": "machine-learning-model", "bom-ref": "m", "publisher": "Mistral AI",
"name": "Mistral-7B", "licenses": [{"license": {"id": "Apache-2.0"}}], "modelCard": {"modelParameters": {"task": "text-generation"}}}],
"dependencies": [{"ref": "app", "dependsOn": ["m"]}]}`, `
2 component app name=App kind=application
4 model Mistral-7B vendor=Mistral AI licence=Apache-2.0 used=app`},
		"flows between services": {`{"bomFormat": "CycloneDX", "specVersion": "1.5", "services": [
{"bom-ref": "a", "name": "A", "endpoints": ["amqp://user:secret@broker/x"], "data": [
{"flow": "outbound", "classification": "PII", "destination": ["b", "https://elsewhere.example"]}]},
{"bom-ref": "b", "name": "B"}]}`, `
2 component a name=A kind=other
4 component b name=B kind=other
2 api  -> a name=amqp://broker/x protocol=amqp
3 dependency a -> b name=PII`},
		"XML": {`<?xml version="1.0"?>
<b:bom xmlns:b="http://cyclonedx.org/schema/bom/1.4" version="1">
 <b:metadata><b:component type="application" bom-ref="app"><b:name>App</b:name></b:component></b:metadata>
 <b:components>
  <b:component type="library" bom-ref="a">
   <b:name>a</b:name>
   <b:licenses><b:license><b:id>MIT</b:id></b:license><b:license><b:name>Own terms</b:name></b:license></b:licenses>
  </b:component>
 </b:components>
 <b:services><b:service bom-ref="s">
  <b:name>S</b:name>
  <b:endpoints><b:endpoint>https://s.example/</b:endpoint></b:endpoints>
 </b:service></b:services>
 <b:dependencies><b:dependency ref="app">
  <b:dependency ref="a"/>
  <b:dependency ref="s"/>
 </b:dependency></b:dependencies>
</b:bom>`, `
3 component app name=App kind=application
11 component s name=S kind=other
12 api  -> s name=https://s.example/ protocol=https
16 dependency app -> s
6 package a licence=MIT Own terms component=app direct=true`},
		"ids that are there twice": {`{"bomFormat": "CycloneDX", "specVersion": "1.4", "services": [{"name": "a"}, {"name": "a"}]}`, `
1 component a name=a kind=other
1 component a #2 name=a kind=other`},
		"nothing": {`{"bomFormat": "CycloneDX", "specVersion": "1.4"}`, ""},
	} {
		t.Run(name, func(t *testing.T) { readertest.Draws(t, Read, []byte(test.document), test.want) })
	}
}

func TestRefuse(t *testing.T) {
	for name, test := range map[string]struct{ document, code string }{
		"other JSON":      {`{"name": "x"}`, "unknown_content"},
		"other XML":       {`<bom xmlns="urn:x"/>`, "unknown_content"},
		"cut off":         {`{"bomFormat": "CycloneDX"`, "damaged"},
		"XML cut off":     {`<bom xmlns="http://cyclonedx.org/schema/bom/1.4">`, "damaged"},
		"nothing":         {" ", "empty"},
		"no version":      {`{"bomFormat": "CycloneDX", "specVersion": "9"}`, "damaged"},
		"too deep":        {`{"bomFormat": "CycloneDX", "components": ` + strings.Repeat("[", limit.Depth+1), "too_large"},
		"too many":        {`{"bomFormat": "CycloneDX", "x": [` + strings.Repeat("1,", limit.Elements) + `1]}`, "too_large"},
		"a bomb of XML":   {`<!DOCTYPE bom [<!ENTITY a "aaaa">]><bom xmlns="http://cyclonedx.org/schema/bom/1.4">&a;</bom>`, "damaged"},
		"a list":          {`[]`, "unknown_content"},
		"parts elsewhere": {`{"bomFormat": "CycloneDX", "specVersion": "1.4", "components": {"a": 1}}`, "damaged"},
	} {
		t.Run(name, func(t *testing.T) { readertest.Refuses(t, Read, test.document, test.code) })
	}
}

func TestCancelled(t *testing.T) {
	readertest.Cancels(t, Read, `{"bomFormat": "CycloneDX", "specVersion": "1.4"}`)
}

// A SaaSBOM, drawn by hand.
func TestServices(t *testing.T) {
	readertest.Draws(t, Read, real(t, "cyclonedx_saasbom_apigateway.json"), `
11 component acme-application name=Acme Cloud Example kind=application version=2022-1
23 component api-gateway name=API Gateway kind=other version=2022-1 provider=Acme Inc
60 component ms-1.example.com name=Microservice 1 kind=other version=2022-1 within=api-gateway provider=Acme Inc
88 component ms-2.example.com name=Microservice 2 kind=other version=2022-1 within=api-gateway provider=Acme Inc
116 component ms-3.example.com name=Microservice 3 kind=other version=2022-1 within=api-gateway provider=Acme Inc
140 component ms-1-pgsql.example.com name=Postgres kind=other version=14.1 within=api-gateway
158 component s3-example.amazon.com name=S3 kind=other within=api-gateway
27 api  -> api-gateway name=https://example.com/ protocol=https
28 api  -> api-gateway name=https://example.com/app protocol=https
64 api  -> ms-1.example.com name=https://ms-1.example.com protocol=https security=authenticated
92 api  -> ms-2.example.com name=https://ms-2.example.com protocol=https security=authenticated
120 api  -> ms-3.example.com name=https://ms-3.example.com protocol=https security=authenticated
144 api  -> ms-1-pgsql.example.com name=https://ms-1-pgsql.example.com:5432 protocol=https security=authenticated
161 api  -> s3-example.amazon.com name=https://s3-example.amazon.com protocol=https security=authenticated
178 dependency acme-application -> api-gateway
183 dependency api-gateway -> ms-1.example.com
184 dependency api-gateway -> ms-2.example.com
185 dependency api-gateway -> ms-3.example.com
190 dependency ms-1.example.com -> ms-1-pgsql.example.com
198 dependency ms-3.example.com -> s3-example.amazon.com`)
}

// Counted in the files themselves.
func TestPackages(t *testing.T) {
	for file, want := range map[string]struct {
		packages, direct int
		first            string
	}{
		"cyclonedx_cern_vdm_editor.json": {43, 0, "49 package puppeteer version=1.19.0 purl=pkg:npm/puppeteer licence=Apache-2.0 component=pkg:npm/lhc-vdm-editor@0.0.1 direct=false"},
		"cyclonedx_laravel.xml":          {62, 1, "44 package asm89/stack-cors version=1.3.0 purl=pkg:composer/asm89/stack-cors licence=MIT component=cyclonedx/cyclonedx-php-composer-demo-dev-master direct=false"},
	} {
		t.Run(file, func(t *testing.T) {
			text, err := Read(context.Background(), real(t, file))
			if err != nil {
				t.Fatal(err)
			}
			found := text.Architecture
			direct := 0
			for _, p := range found.Packages {
				if p.Direct {
					direct++
				}
			}
			if len(found.Packages) != want.packages || direct != want.direct || len(found.Components) != 1 || !slices.Contains(readertest.Drawn(*found), want.first) {
				t.Errorf("%d packages, %d direct, %d components; first %s", len(found.Packages), direct, len(found.Components), readertest.Drawn(*found)[1])
			}
		})
	}
}

func real(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(corpus, name))
	if err != nil {
		t.Skip("the corpus is not there")
	}
	return data
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [{"type": "library", "name": "a", "bom-ref": "a"}], "dependencies": [{"ref": "a", "dependsOn": ["a"]}]}`))
	f.Add([]byte(`<bom xmlns="http://cyclonedx.org/schema/bom/1.4"><services><service><name>s</name></service></services></bom>`))
	for _, file := range []string{"cyclonedx_saasbom_apigateway.json", "cyclonedx_cern_vdm_editor.json"} {
		if data, err := os.ReadFile(filepath.Join(corpus, file)); err == nil {
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) { readertest.SoundGraph(t, Read, data) })
}

func BenchmarkThousand(b *testing.B) {
	var files [][]byte
	for i := range 1000 {
		files = append(files, fmt.Appendf(nil, `{"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [{"type": "library", "name": "a%d", "version": "1"}]}`, i))
	}
	for b.Loop() {
		for _, file := range files {
			if _, err := Read(context.Background(), file); err != nil {
				b.Fatal(err)
			}
		}
	}
}
