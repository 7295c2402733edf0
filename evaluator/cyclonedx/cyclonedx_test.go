package cyclonedx

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

func TestRead(t *testing.T) {
	for name, test := range map[string]struct {
		document string
		want     []string
	}{
		"direct and indirect packages": {`{"bomFormat": "CycloneDX", "specVersion": "1.5",
"metadata": {"component": {"type": "application", "bom-ref": "app", "name": "App", "version": "1", "licenses": [{"license": {"id": "EUPL-1.2"}}]}},
"components": [
{"type": "library", "bom-ref": "a", "group": "org.x", "name": "a", "version": "1.0", "purl": "pkg:maven/org.x/a@1.0?type=jar", "licenses": [{"expression": "MIT OR Apache-2.0"}]},
{"type": "library", "bom-ref": "b", "name": "b", "licenses": [{"license": {"name": "Own terms"}}]},
{"type": "library", "name": "tests", "scope": "excluded"},
{"type": "file", "name": "x.c"}],
"dependencies": [{"ref": "app", "dependsOn": ["a"]},
{"ref": "a", "dependsOn": ["b"]}]}`, []string{
			`application "App" version=1 licence=EUPL-1.2 @2`,
			`package "org.x/a" version=1.0 purl=pkg:maven/org.x/a licence=MIT,Apache-2.0 of "App" direct @4`,
			`package "b" licence=Own,terms of "App" @5`,
		}},
		"what runs": {`{"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [
{"type": "container", "name": "docker.io/library/postgres", "version": "16"},
{"type": "container", "name": "redis", "version": "sha256:abc"},
{"type": "container", "name": "nginx:1", "version": "1"},
{"type": "platform", "name": "k8s"},
{"type": "application", "name": "Keycloak", "version": "26",
 "components": [{"type": "library", "name": "inner"}]},
{"type": "application", "name": "app/package-lock.json"}]}`, []string{
			`other "docker.io/library/postgres" image=docker.io/library/postgres:16 version=16 @2`,
			`other "redis" image=redis@sha256:abc version=sha256:abc @3`,
			`other "nginx:1" image=nginx:1 version=1 @4`,
			`platform "k8s" @5`,
			`application "Keycloak" version=26 @6`,
			`package "inner" @7`,
		}},
		"a model and who uses it": {`{"bomFormat": "CycloneDX", "specVersion": "1.6",
"metadata": {"component": {"type": "application", "bom-ref": "app", "name": "App"}},
"components": [{"type": "machine-learning-model", "bom-ref": "m", "publisher": "Mistral AI",
"name": "Mistral-7B", "licenses": [{"license": {"id": "Apache-2.0"}}], "modelCard": {"modelParameters": {"task": "text-generation"}}}],
"dependencies": [{"ref": "app", "dependsOn": ["m"]}]}`, []string{
			`application "App" @2`,
			`model "Mistral-7B" vendor=Mistral AI licence=Apache-2.0 used by "App" @4`,
		}},
		"flows between services": {`{"bomFormat": "CycloneDX", "specVersion": "1.5", "services": [
{"bom-ref": "a", "name": "A", "endpoints": ["amqp://user:secret@broker/x"], "data": [
{"flow": "outbound", "classification": "PII", "destination": ["b", "https://elsewhere.example"]}]},
{"bom-ref": "b", "name": "B"}]}`, []string{
			`other "A" @2`,
			`other "B" @4`,
			`"" -> "A" api "amqp://broker/x" [amqp] @2`,
			`"A" -> "B" dependency "PII" @3`,
		}},
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
</b:bom>`, []string{
			`application "App" @3`,
			`other "S" @11`,
			`"" -> "S" api "https://s.example/" [https] @12`,
			`"App" -> "S" dependency @16`,
			`package "a" licence=MIT,Own,terms of "App" direct @6`,
		}},
		"ids that are there twice": {`{"bomFormat": "CycloneDX", "specVersion": "1.4", "services": [{"name": "a"}, {"name": "a"}]}`, []string{
			`other "a" @1`,
			`other "a" @1`,
		}},
		"nothing": {`{"bomFormat": "CycloneDX", "specVersion": "1.4"}`, nil},
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
	readertest.Draws(t, Read, readertest.Corpus(t, "cyclonedx_saasbom_apigateway.json"), []string{
		`application "Acme Cloud Example" version=2022-1 @11`,
		`other "API Gateway" version=2022-1 provider=Acme Inc @23`,
		`other "Microservice 1" in "API Gateway" version=2022-1 provider=Acme Inc @60`,
		`other "Microservice 2" in "API Gateway" version=2022-1 provider=Acme Inc @88`,
		`other "Microservice 3" in "API Gateway" version=2022-1 provider=Acme Inc @116`,
		`other "Postgres" in "API Gateway" version=14.1 @140`,
		`other "S3" in "API Gateway" @158`,
		`"" -> "API Gateway" api "https://example.com/" [https] @27`,
		`"" -> "API Gateway" api "https://example.com/app" [https] @28`,
		`"" -> "Microservice 1" api "https://ms-1.example.com" [https] security=authenticated @64`,
		`"" -> "Microservice 2" api "https://ms-2.example.com" [https] security=authenticated @92`,
		`"" -> "Microservice 3" api "https://ms-3.example.com" [https] security=authenticated @120`,
		`"" -> "Postgres" api "https://ms-1-pgsql.example.com:5432" [https] security=authenticated @144`,
		`"" -> "S3" api "https://s3-example.amazon.com" [https] security=authenticated @161`,
		`"Acme Cloud Example" -> "API Gateway" dependency @178`,
		`"API Gateway" -> "Microservice 1" dependency @183`,
		`"API Gateway" -> "Microservice 2" dependency @184`,
		`"API Gateway" -> "Microservice 3" dependency @185`,
		`"Microservice 1" -> "Postgres" dependency @190`,
		`"Microservice 3" -> "S3" dependency @198`,
	})
}

// Counted in the files themselves.
func TestPackages(t *testing.T) {
	for file, want := range map[string]struct {
		packages, direct int
		first            string
	}{
		"cyclonedx_cern_vdm_editor.json": {43, 0, `package "puppeteer" version=1.19.0 purl=pkg:npm/puppeteer licence=Apache-2.0 of "lhc-vdm-editor" @49`},
		"cyclonedx_laravel.xml":          {62, 1, `package "asm89/stack-cors" version=1.3.0 purl=pkg:composer/asm89/stack-cors licence=MIT of "cyclonedx-php-composer-demo" @44`},
	} {
		t.Run(file, func(t *testing.T) {
			text, err := Read(context.Background(), readertest.Corpus(t, file))
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
			if len(found.Packages) != want.packages || direct != want.direct || len(found.Components) != 1 || !slices.Contains(readertest.Drawn(found), want.first) {
				t.Errorf("%d packages, %d direct, %d components; first %s", len(found.Packages), direct, len(found.Components), readertest.Drawn(found)[1])
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [{"type": "library", "name": "a", "bom-ref": "a"}], "dependencies": [{"ref": "a", "dependsOn": ["a"]}]}`))
	f.Add([]byte(`<bom xmlns="http://cyclonedx.org/schema/bom/1.4"><services><service><name>s</name></service></services></bom>`))
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
