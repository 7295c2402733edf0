package packages

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

const goMod = `module example.org/app

go 1.26

require (
	github.com/jackc/pgx/v5 v5.11.0
	golang.org/x/net v0.1.0 // indirect
)

require github.com/openai/openai-go v1.0.0
`

const npm = `{
  "name": "@amt/app", "version": "1.2.0", "license": "EUPL-1.2",
  "dependencies": {
    "@azure/openai": "^1.0.0",
    "fork": "git+https://user:token@git.example/fork.git"
  },
  "devDependencies": {"eslint": "9"},
  "peerDependencies": {"react": ">=18"}
}`

const maven = `<?xml version="1.0"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <parent><groupId>org.example</groupId><version>3</version></parent>
  <artifactId>app</artifactId>
  <name>Fachverfahren</name>
  <version>${revision}</version>
  <properties><revision>2.1</revision><pg>42.7</pg></properties>
  <licenses><license><name>EUPL-1.2</name></license></licenses>
  <dependencyManagement><dependencies><dependency><groupId>a</groupId><artifactId>managed</artifactId></dependency></dependencies></dependencyManagement>
  <dependencies>
    <dependency>
      <groupId>org.postgresql</groupId>
      <artifactId>postgresql</artifactId>
      <version>${pg}</version>
    </dependency>
    <dependency><groupId>${project.groupId}</groupId><artifactId>lib</artifactId><version>${project.version}</version></dependency>
    <dependency><groupId>org.junit</groupId><artifactId>junit</artifactId><scope>test</scope></dependency>
    <dependency><groupId>x</groupId><artifactId>y</artifactId><version>${elsewhere}</version></dependency>
  </dependencies>
</project>`

const requirements = `# what runs
-r base.txt
--extra-index-url https://user:secret@index.example/simple
Django>=5,<6  # the framework
psycopg[binary]==3.2.1 \
    --hash=sha256:abc
openai~=1.40; python_version > "3.9"
Flask_Login
pkg @ https://files.example/pkg.whl
git+https://git.example/tool.git#egg=tool
`

const pyproject621 = `[build-system]
requires = ["hatchling"]

[project]
name = "assistent"
version = "0.3"
license = "MIT"
dependencies = [
  "openai>=1",
  'fastapi[all]',
]

[project.optional-dependencies]
vector = ["qdrant-client"]
dev = ["pytest"]
`

const poetry = `[tool.poetry]
name = "assistent"
version = "0.3"
license = "EUPL-1.2"

[tool.poetry.dependencies]
python = "^3.12"
langchain = { version = "^0.2", extras = ["x"] }
Anthropic = "^0.30"

[tool.poetry.dependencies.redis]
version = "^5"

[tool.poetry.group.dev.dependencies]
pytest = "*"
`

const composer = `{
  "name": "amt/app",
  "license": ["MIT", "EUPL-1.2"],
  "require": {
    "php": ">=8.2", "ext-pdo": "*",
    "laravel/framework": "^11"
  },
  "require-dev": {"phpunit/phpunit": "*"}
}`

const dotNet = `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <AssemblyName>Amt.App</AssemblyName>
    <Version>1.0</Version>
    <PackageLicenseExpression>EUPL-1.2</PackageLicenseExpression>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Azure.AI.OpenAI" Version="2.0.0" />
    <PackageReference Include="Npgsql">
      <Version>8.0</Version>
    </PackageReference>
    <PackageReference Include="Central" />
    <PackageReference Update="Other" Version="1" />
  </ItemGroup>
</Project>`

// manifests are one of each format, with what a person would note of it.
var manifests = map[string]struct {
	read     readertest.Reader
	manifest string
	want     []string
}{
	"go.mod": {ReadGo, goMod, []string{
		`application "example.org/app" custom @1`,
		`package "github.com/jackc/pgx/v5" version=v5.11.0 purl=pkg:golang/github.com/jackc/pgx/v5 of "example.org/app" direct @6`,
		`package "golang.org/x/net" version=v0.1.0 purl=pkg:golang/golang.org/x/net of "example.org/app" @7`,
		`package "github.com/openai/openai-go" version=v1.0.0 purl=pkg:golang/github.com/openai/openai-go of "example.org/app" direct @10`,
	}},
	"package.json": {ReadNPM, npm, []string{
		`application "@amt/app" custom version=1.2.0 licence=EUPL-1.2 @2`,
		`package "@azure/openai" version=^1.0.0 purl=pkg:npm/%40azure/openai of "@amt/app" direct @4`,
		`package "fork" version=git+https://git.example/fork.git purl=pkg:npm/fork of "@amt/app" direct @5`,
		`package "react" version=>=18 purl=pkg:npm/react of "@amt/app" direct @8`,
	}},
	"package.json of old": {ReadNPM, "{\"license\": {\"type\": \"MIT\"},\n\"name\": \"x\", \"dependencies\": [1]}", []string{
		`application "x" custom licence=MIT @2`,
	}},
	"pom.xml": {ReadMaven, maven, []string{
		`application "Fachverfahren" custom version=2.1 licence=EUPL-1.2 @4`,
		`package "org.postgresql:postgresql" version=42.7 purl=pkg:maven/org.postgresql/postgresql of "Fachverfahren" direct @13`,
		`package "org.example:lib" version=2.1 purl=pkg:maven/org.example/lib of "Fachverfahren" direct @16`,
		`package "x:y" version=${elsewhere} purl=pkg:maven/x/y of "Fachverfahren" direct @18`,
	}},
	"requirements.txt": {ReadRequirements, requirements, []string{
		`package "django" version=>=5,<6 purl=pkg:pypi/django direct @4`,
		`package "psycopg" version=3.2.1 purl=pkg:pypi/psycopg direct @5`,
		`package "openai" version=~=1.40 purl=pkg:pypi/openai direct @7`,
		`package "flask-login" purl=pkg:pypi/flask-login direct @8`,
		`package "pkg" version=https://files.example/pkg.whl purl=pkg:pypi/pkg direct @9`,
		`package "tool" purl=pkg:pypi/tool direct @10`,
	}},
	"pyproject.toml": {ReadPyproject, pyproject621, []string{
		`application "assistent" custom version=0.3 licence=MIT @5`,
		`package "openai" version=>=1 purl=pkg:pypi/openai of "assistent" direct @9`,
		`package "fastapi" purl=pkg:pypi/fastapi of "assistent" direct @10`,
		`package "qdrant-client" purl=pkg:pypi/qdrant-client of "assistent" direct @14`,
	}},
	"pyproject.toml of Poetry": {ReadPyproject, poetry, []string{
		`application "assistent" custom version=0.3 licence=EUPL-1.2 @2`,
		`package "anthropic" version=^0.30 purl=pkg:pypi/anthropic of "assistent" direct @9`,
		`package "langchain" version=^0.2 purl=pkg:pypi/langchain of "assistent" direct @8`,
		`package "redis" version=^5 purl=pkg:pypi/redis of "assistent" direct @11`,
	}},
	"pyproject.toml of a tool": {ReadPyproject, "[tool.ruff]\nline-length = 100\n", nil},
	"composer.json": {ReadComposer, composer, []string{
		`application "amt/app" custom licence=MIT OR EUPL-1.2 @2`,
		`package "laravel/framework" version=^11 purl=pkg:composer/laravel/framework of "amt/app" direct @6`,
	}},
	".csproj": {ReadDotNet, dotNet, []string{
		`application "Amt.App" custom version=1.0 licence=EUPL-1.2 @3`,
		`package "Azure.AI.OpenAI" version=2.0.0 purl=pkg:nuget/Azure.AI.OpenAI of "Amt.App" direct @8`,
		`package "Npgsql" version=8.0 purl=pkg:nuget/Npgsql of "Amt.App" direct @9`,
		`package "Central" purl=pkg:nuget/Central of "Amt.App" direct @12`,
	}},
}

func TestRead(t *testing.T) {
	for name, test := range manifests {
		t.Run(name, func(t *testing.T) { readertest.Draws(t, test.read, []byte(test.manifest), test.want) })
	}
}

func TestRefuse(t *testing.T) {
	for name, test := range map[string]struct {
		read           readertest.Reader
		document, code string
	}{
		"go.mod that is broken":         {ReadGo, "module (\n", "damaged"},
		"JSON that is broken":           {ReadNPM, "{", "damaged"},
		"a list of JSON":                {ReadNPM, "[]", "unknown_content"},
		"nothing":                       {ReadComposer, "", "empty"},
		"other XML":                     {ReadMaven, "<a/>", "unknown_content"},
		"a bomb of XML":                 {ReadDotNet, `<!DOCTYPE a [<!ENTITY x "x">]><Project>&x;</Project>`, "damaged"},
		"requirements of people":        {ReadRequirements, "Anforderungen\n- Das System muss offen sein.\n- Die Daten sind zu exportieren.\n", "not_this_format"},
		"requirements in a paragraph":   {ReadRequirements, "The system must be open.\nThe data must be exported.\n", "not_this_format"},
		"TOML that is broken":           {ReadPyproject, "[", "damaged"},
		"TOML of brackets":              {ReadPyproject, "a = " + strings.Repeat("[", 1<<20), "too_large"},
		"a manifest longer than needed": {ReadGo, strings.Repeat(" ", 3<<20), "too_large"},
	} {
		t.Run(name, func(t *testing.T) { readertest.Refuses(t, test.read, test.document, test.code) })
	}
}

func TestInTime(t *testing.T) {
	for name, test := range map[string]struct {
		read     readertest.Reader
		document string
	}{
		"texts of TOML":   {ReadPyproject, "[project]\ndependencies = [\n" + strings.Repeat("\"a\",\n", 200_000) + "]\n"},
		"properties":      {ReadMaven, "<project><properties><a>" + strings.Repeat("x", 500) + "</a></properties><version>" + strings.Repeat("${a}", 200_000) + "</version></project>"},
		"requirements":    {ReadRequirements, strings.Repeat("a[b]==1,<2;x\n", 100_000)},
		"a line of signs": {ReadRequirements, "a" + strings.Repeat("=", 1_000_000)},
	} {
		t.Run(name, func(t *testing.T) { readertest.InTime(t, test.read, test.document) })
	}
}

func TestCancelled(t *testing.T) { readertest.Cancels(t, ReadGo, goMod) }

// Our own file is one.
func TestOwnFile(t *testing.T) {
	data, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	text, err := ReadGo(context.Background(), data)
	if err != nil || text.Architecture.Components[0].Name != "github.com/austauschbar/austauschbar" || len(text.Architecture.Packages) < 50 {
		t.Errorf("%+v, error %v", text.Architecture, err)
	}
}

func FuzzRead(f *testing.F) {
	readers := []readertest.Reader{ReadGo, ReadNPM, ReadMaven, ReadRequirements, ReadPyproject, ReadComposer, ReadDotNet}
	for i, manifest := range []string{goMod, npm, maven, requirements, pyproject621, composer, dotNet, poetry} {
		f.Add([]byte(manifest), uint8(i%7))
	}
	f.Fuzz(func(t *testing.T, data []byte, reader uint8) {
		readertest.SoundGraph(t, readers[int(reader)%len(readers)], data)
	})
}

func BenchmarkThousand(b *testing.B) {
	var files [][]byte
	for i := range 1000 {
		files = append(files, []byte(strings.ReplaceAll(npm, "@amt/app", fmt.Sprint("@amt/app", i))))
	}
	for b.Loop() {
		for _, file := range files {
			if _, err := ReadNPM(context.Background(), file); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// A module that stands in the place of another one is named; a release of the same is none.
func TestReplaced(t *testing.T) {
	text, err := ReadGo(t.Context(), []byte("module example.org/app\n\nrequire (\n\texample.org/a v1.0.0\n\texample.org/b v1.0.0\n\texample.org/c v1.0.0\n)\n\nreplace example.org/a => github.com/me/a v1.0.1\n\nreplace (\n\texample.org/b => ./b\n\texample.org/c v1.0.0 => example.org/c v1.1.0\n)\n"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, pack := range text.Architecture.Packages {
		got = append(got, pack.Replaced)
	}
	if want := []string{"github.com/me/a v1.0.1", "./b", ""}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
